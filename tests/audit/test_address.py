"""Addresses of pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vydno.audit.address import checked, origin, same, without_host
from vydno.errors import VydnoError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://city.example", "https://city.example"),
        (" https://city.example/#news ", "https://city.example/"),
        ("http://127.0.0.1:8000/?a=b", "http://127.0.0.1:8000/?a=b"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("https://місто.укр/новини", "https://місто.укр/новини"),
    ],
)
def test_good_addresses_lose_their_fragment_alone(text: str, expected: str) -> None:
    assert checked(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("city.example", "no file of that name is there; write https://city.example for the page"),
        ("city.example/news?a", "write https://city.example/news?a for the page"),
        ("місто.укр", "write https://місто.укр for the page"),
        ("localhost:8000", "write http://localhost:8000 for the page"),
        ("127.0.0.1:8000/a", "write http://127.0.0.1:8000/a for the page"),
        ("news", "is not an address and no file or folder of that name is there."),
        ("", "'' is not an address"),
        ("ftp://city.example/", "it starts with http:// or https:// and names a host"),
        ("https://", "it starts with http:// or https:// and names a host"),
        ("https:///news", "names a host"),
        ("https://city.example:port/", "is not an address"),
        ("https://city.example:99999/", "is not an address"),
        ("https://[::1/", "is not an address"),
        ("https://city.example/a b", "there is a space in it"),
        ("https://ann:hush@city.example/", "city.example has a user's name in it"),
        ("https://city.example/" + "a" * 2048, "is longer than 2048 characters"),
    ],
)
def test_what_is_none_is_one_sentence_that_says_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(VydnoError) as error:
        checked(text)
    assert sentence in str(error.value)
    assert "hush" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://City.Example:443/a", "https://city.example"),
        ("http://city.example:8080/", "http://city.example:8080"),
        ("http://[::1]:80/", "http://[::1]"),
    ],
)
def test_an_origin_is_scheme_host_and_the_port_that_is_not_usual(url: str, expected: str) -> None:
    assert origin(url) == expected


def test_a_query_without_a_value_and_one_that_repeats_stay_what_they_are() -> None:
    assert same("https://a.example/?b&a=1&a=2") == "https://a.example/?a=1&a=2&b="


def test_a_slash_at_the_end_makes_another_page() -> None:
    assert same("https://a.example/news") != same("https://a.example/news/")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("https://a.example", "/"),
        ("http://staging.example:8000/news/?a=b", "/news/?a=b"),
        ("site/index.html", "site/index.html"),
        ("/news/", "/news/"),
        ("https://[", "https://["),
    ],
)
def test_a_page_is_the_same_on_every_host(page: str, expected: str) -> None:
    assert without_host(page) == expected


@given(st.text())
def test_any_text_is_an_address_or_one_sentence(text: str) -> None:
    try:
        url = checked(text)
    except VydnoError:
        return
    assert origin(url).startswith("http")
    assert same(url) == same(checked(url))
