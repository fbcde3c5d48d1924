"""Sitemaps: the good, the broken, and those that are made to harm."""

from __future__ import annotations

import gzip
import io
import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, cast

import pytest
from vydno.audit.sitemap import MOST_SITEMAPS, Open, addresses
from vydno.errors import VydnoError

SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in itertools.pairwise("abcdefgh")
    )
    + "]><urlset><url><loc>https://a.example/&h;</loc></url></urlset>"
)


def urls(*places: str) -> str:
    return f"<urlset {SCHEMA}>{''.join(f'<url><loc>{p}</loc></url>' for p in places)}</urlset>"


def index(*places: str) -> str:
    entries = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in places)
    return f"<sitemapindex {SCHEMA}>{entries}</sitemapindex>"


def served(files: Mapping[str, str | bytes]) -> Open:
    @contextmanager
    def open_(place: str) -> Iterator[BinaryIO]:
        content = files[place]
        raw = io.BytesIO(content.encode() if isinstance(content, str) else content)
        yield cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, raw)))

    return open_


def entries(content: str | bytes, **others: str | bytes) -> list[str]:
    return [place for place, _ in addresses("s", served({"s": content, **others}))]


class Endless(io.RawIOBase):
    """A head, and then the same for ever."""

    def __init__(self, head: bytes, again: bytes) -> None:
        self.pieces = itertools.chain([head], itertools.repeat(again))
        self.read_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = cast(bytearray, buffer)
        piece = next(self.pieces)[: len(room)]
        room[: len(piece)] = piece
        self.read_bytes += len(piece)
        return len(piece)


def endless(head: bytes, again: bytes) -> tuple[Endless, Open]:
    raw = Endless(head, again)

    @contextmanager
    def open_(_: str) -> Iterator[BinaryIO]:
        yield cast(BinaryIO, io.BufferedReader(raw))

    return raw, open_


def test_each_entry_comes_with_the_sitemap_that_has_it() -> None:
    files = served({"s": index("one", "two"), "one": urls("a", "b"), "two": urls("c")})
    assert list(addresses("s", files)) == [("a", "one"), ("b", "one"), ("c", "two")]


def test_entities_of_xml_and_space_around_an_address_are_no_part_of_it() -> None:
    assert entries(urls("\n https://a.example/?x=1&amp;y=%D1%97 \n")) == [
        "https://a.example/?x=1&y=%D1%97"
    ]


def test_a_sitemap_may_be_packed() -> None:
    assert entries(gzip.compress(urls("a").encode())) == ["a"]


def test_a_prefix_is_no_difference_and_pictures_are_no_pages() -> None:
    text = (
        f'<s:urlset xmlns:s="{SCHEMA[7:-1]}" xmlns:image="http://i.example"><s:url><s:loc>a</s:loc>'
        "<image:image><image:loc>picture.png</image:loc></image:image></s:url></s:urlset>"
    )
    assert entries(text) == ["a"]


def test_an_index_that_names_itself_is_read_once() -> None:
    assert entries(index("s", "one", "one"), one=urls("a")) == ["a"]


def test_an_index_without_end_is_refused() -> None:
    def open_(place: str) -> object:
        return served({place: index(f"{place}x")})(place)

    with pytest.raises(VydnoError, match=f"leads to more than {MOST_SITEMAPS} sitemaps"):
        list(addresses("s", cast(Open, open_)))


def test_ten_million_entries_are_read_no_further_than_they_are_asked_for() -> None:
    entry = b"<url><loc>https://a.example/page</loc></url>"
    raw, open_ = endless(b"<urlset>", entry * 100)
    assert len(list(itertools.islice(addresses("s", open_), 1000))) == 1000
    assert raw.read_bytes < 1_000_000


def test_a_sitemap_larger_than_the_protocol_has_it_is_refused() -> None:
    _, open_ = endless(b"<urlset>", b" " * 8000)
    with pytest.raises(VydnoError, match="s is larger than the 50 MB"):
        list(addresses("s", open_))


def test_a_bomb_of_gzip_is_refused_by_what_it_unpacks_to() -> None:
    packed = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    assert len(packed) < 100_000
    with pytest.raises(VydnoError, match="larger than the 50 MB"):
        entries(packed)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (BOMB, "s declares entities, as XML bombs do"),
        (
            '<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            "<urlset><url><loc>&a;</loc></url></urlset>",
            "s declares entities",
        ),
        ("<!DOCTYPE html><html><p>Not found", "s is not a sitemap but <html>."),
        ("<rss><channel/></rss>", "s is not a sitemap but <rss>."),
        ("", "s is not a sitemap: it is empty."),
        ("https://a.example/", "s is not a sitemap: line 1 is not XML"),
        (urls("a")[:-9], "s is not a sitemap: line 1 is not XML"),
        ("<urlset><url><loc>" + "a" * 5000, "s has an address of more than 2048 signs."),
        (gzip.compress(urls("a").encode())[:-9], "s is packed with gzip, and broken."),
        (b"\x1f\x8bnothing", "s is packed with gzip, and broken."),
    ],
)
def test_what_is_no_sitemap_is_one_sentence(content: str | bytes, sentence: str) -> None:
    with pytest.raises(VydnoError) as error:
        entries(content)
    assert str(error.value).startswith(sentence)
    assert "\n" not in str(error.value)


def test_a_doctype_without_entities_does_no_harm() -> None:
    assert entries("<!DOCTYPE urlset>" + urls("a")) == ["a"]


def test_what_was_read_before_a_fault_is_given_first() -> None:
    found = addresses("s", served({"s": urls(*"ab") + " " * 70_000 + "<"}))
    assert [next(found)[0], next(found)[0]] == ["a", "b"]
    with pytest.raises(VydnoError, match="is not XML"):
        next(found)
