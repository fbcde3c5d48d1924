"""Bytes and text: encodings, places, and what is no text."""

from __future__ import annotations

import pytest
from vydno.errors import VydnoError
from vydno.lint.findings import Edit
from vydno.lint.source import Kind, Source

from .sources import css, html


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("é".encode(), "é"),
        ("\ufeffé".encode(), "é"),
        ("\ufeffé".encode("utf-16-le"), "é"),
        ("\ufeffé".encode("utf-16-be"), "é"),
        ('@charset "windows-1251";ї'.encode("cp1251"), '@charset "windows-1251";ї'),
        (b'@charset "utf-16";a', '@charset "utf-16";a'),
        (b'@charset "nonsense";a', '@charset "nonsense";a'),
    ],
)
def test_a_sheet_is_read_in_its_encoding_and_written_back(raw: bytes, text: str) -> None:
    source = css(raw)
    assert source.text == text
    assert source.is_kept
    assert source.changed([]) == raw


def test_a_page_says_its_encoding_in_a_meta_element() -> None:
    assert html("<meta charset=windows-1251>ї".encode("cp1251")).text.endswith("ї")


def test_the_server_says_it_first() -> None:
    raw = "ї".encode("cp1251")
    source = Source(name="a", kind=Kind.CSS, raw=raw, charset="windows-1251")
    assert source.text == "ї"


def test_bytes_that_are_no_text_of_the_encoding_stay() -> None:
    source = css(b"a\xff\xfe\x80b")
    assert source.changed([Edit(start=0, end=1, text="c")]) == b"c\xff\xfe\x80b"


@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xfea", b"p{}\0"])
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(VydnoError, match="It is not"):
        _ = css(raw).text


def test_places_count_lines_as_editors_do() -> None:
    source = css("a\r\nb\rc\n\fд€e")
    assert [source.place(source.text.index(sign)) for sign in "abcде€"[:4]] == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 2),
    ]
    assert source.place(source.text.index("e")) == (4, 4)
