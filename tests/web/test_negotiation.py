"""vydno.web.negotiation: which coding goes out, and whether anything need go out at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vydno.web.negotiation import choose_encoding, is_unchanged, weights

AVAILABLE = ("br", "gzip", "identity")


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", "identity"),
        ("br", "br"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP", "gzip"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("gzip ; q=0.2 , br ; Q=0.5", "br"),
        ("identity, br;q=0.5", "identity"),
        ("br;q=0, gzip;q=0", "identity"),
        ("br;q=0.001", "br"),
        ("*", "br"),
        ("*, br;q=0", "gzip"),
        ("*;q=0, gzip", "gzip"),
        ("identity;q=0, *", "br"),
        ("deflate", "identity"),
        ("deflate, identity;q=0", None),
        ("*;q=0", None),
        ("identity;q=0", None),
    ],
)
def test_the_client_s_favourite_goes_out(header: str, chosen: str | None) -> None:
    assert choose_encoding(header, AVAILABLE) == chosen


@pytest.mark.parametrize(
    "header",
    ["br;q=2", "br;q=-1", "br;q=nan", "br;q=1e9", "br;q=", "br;level=9", "b r", ";q=1", "бр", ";"],
)
def test_an_entry_that_cannot_be_read_counts_as_not_there(header: str) -> None:
    assert weights(f"gzip, {header}") == {"gzip": 1.0}


@given(st.text() | st.text("br gzip,;*q=01.").map("gzip,".__add__))
def test_any_header_chooses_something_that_there_is_or_nothing(header: str) -> None:
    assert choose_encoding(header, AVAILABLE) in (*AVAILABLE, None)


@pytest.mark.parametrize(
    "header", ['"a"', 'W/"a"', '"x", "a"', '"x",W/"a" , "y"', "*", " * ", '"comma, inside", "a"']
)
def test_a_tag_that_the_client_has_is_found(header: str) -> None:
    assert is_unchanged(header, '"a"')


@pytest.mark.parametrize("header", ["", "a", '"b"', '"A"', '"aa"', '"x a"', '"', '"a', "**"])
def test_a_tag_that_the_client_has_not_is_not_found(header: str) -> None:
    assert not is_unchanged(header, '"a"')
