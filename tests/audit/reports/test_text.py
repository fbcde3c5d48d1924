"""Addresses and texts of audited pages."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vydno.audit.reports.text import count, link, short_variants, uri, xml
from vydno.audit.variants import Variant, Viewport, matrix


@pytest.mark.parametrize(
    "address",
    [
        "https://city.example/",
        "https://city.example:8080/a%20b/?q=1&r=%D1%96#part",
        "http://[::1]:8000/page",
        "file:///srv/site/index.html",
    ],
)
def test_a_sound_address_stays_as_it_is(address: str) -> None:
    assert uri(address) == address


@pytest.mark.parametrize(
    ("address", "sound"),
    [
        (
            "https://city.example/новини",
            "https://city.example/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8",
        ),
        ("https://city.example/a b?[c]=100%", "https://city.example/a%20b?%5Bc%5D=100%25"),
        ("https://city.example/#a#b", "https://city.example/#a%23b"),
    ],
)
def test_what_a_uri_cannot_hold_is_quoted(address: str, sound: str) -> None:
    assert uri(address) == sound


@given(st.text(st.characters(codec=None)))
def test_any_text_becomes_a_uri_of_ascii_that_stays(text: str) -> None:
    sound = uri(f"https://city.example/{text}")
    assert sound.isascii()
    assert sound.isprintable()
    assert not set(sound) & set(' "<>\\^`{}|')
    assert uri(sound) == sound
    assert urlsplit(sound).hostname == "city.example"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JavaScript:1", " javascript:1", "data:,", "//host", "", "x"]
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert link(address) == ""


def test_a_web_address_becomes_a_link() -> None:
    assert link("HTTPS://city.example/") == "HTTPS://city.example/"


def test_xml_loses_what_it_cannot_hold_and_nothing_else() -> None:
    assert xml("a\tb\n\x00\x1b\ud800\ufffe Ї 🇺🇦") == "a\tb\n\ufffd\ufffd\ufffd\ufffd Ї 🇺🇦"


def test_variants_are_told_by_where_they_differ() -> None:
    found = short_variants(matrix({"color_scheme": ["light", "dark"], "text_scale": [100, 200]}))
    assert list(found.values()) == ["100 %, light", "100 %, dark", "200 %, light", "200 %, dark"]


def test_what_is_the_same_for_all_is_not_told() -> None:
    some = [Variant(theme="red"), Variant(theme="red", viewport=Viewport(width=320, height=640))]
    assert set(short_variants(some).values()) == {"1280 px", "320 px"}
    assert list(short_variants(some[:1]).values()) == ["default"]


def test_numbers_and_nouns_agree() -> None:
    assert [count(1, "page"), count(2, "page"), count(12345, "page")] == [
        "1 page",
        "2 pages",
        "12,345 pages",
    ]
