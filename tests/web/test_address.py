"""vydno.web.address: nothing but a path on the same site comes through."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from vydno.web.address import MAX_LENGTH, is_at, local_path, path_of

from .browser import follow, stays

# Pieces from which hostile addresses are made, in any order.
ASCII_PIECES = r"/ \ . .. %2f %5c %09 %0d%0a @ : ? # [ ] ; http: https:// javascript: evil.example"
OTHER_PIECES = "\t \r \n \0 \u2215 \uff0f \u29f8 \u2028 \u0085 \u00a0 \u202e \ud800 новини"
pieces = st.lists(
    st.sampled_from([" ", *ASCII_PIECES.split(" "), *OTHER_PIECES.split(" ")]), max_size=12
).map("".join)
hostile = pieces | st.text() | st.text().map("/".__add__) | pieces.map("/".__add__)


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/path\r\nSet-Cookie: evil=1",
        "/path\0",
        "/path\x7f",
        "/two words",
        "/\u2028",
        "/\u0085",
        "/\ud800",
        "https://evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,evil",
        "evil.example",
        "?query",
        "#fragment",
        "",
        ".",
        "/" + "x" * MAX_LENGTH,
        "/" + "ї" * (MAX_LENGTH // 6 + 1),
    ],
)
def test_what_is_not_surely_a_local_path_is_refused(address: str) -> None:
    assert local_path(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/news/?page=2&sort=date",
        "/a;b=c/d,e@f:g",
        "/search?q=%D1%97+%2F&back=https://other.example/",
        "/page#section",
        "/100%",
        "/" + "x" * (MAX_LENGTH - 1),
    ],
)
def test_a_local_path_comes_back_as_it_was(address: str) -> None:
    assert local_path(address) == address


def test_what_is_not_ascii_is_percent_encoded() -> None:
    assert local_path("/їжа?що=є") == "/%D1%97%D0%B6%D0%B0?%D1%89%D0%BE=%D1%94"


@pytest.mark.parametrize("slash", "\u2215\u2044\u29f8\uff0f\uff3c\u2216")
def test_letters_that_look_like_slashes_are_encoded(slash: str) -> None:
    assert re.fullmatch(r"/(%[0-9A-F]{2})+evil\.example", local_path(f"/{slash}evil.example") or "")


@given(hostile)
@example("/.//evil.example")
@example("/..//evil.example")
@example("/%2e%2e//evil.example")
@example("/@evil.example")
def test_whatever_comes_through_stays_on_the_site(address: str) -> None:
    path = local_path(address)
    assert path is None or stays(path)


@given(hostile)
def test_whatever_comes_through_fits_into_a_header(address: str) -> None:
    path = local_path(address)
    assert path is None or re.fullmatch(r"/[!-~]{0,1999}", path)


@given(hostile)
def test_what_came_through_once_comes_through_unchanged(address: str) -> None:
    path = local_path(address)
    assert path is None or local_path(path) == path


@pytest.mark.parametrize("address", ["//evil.example", "/\\evil.example", "\t/\n/evil.example"])
def test_the_browser_of_these_tests_falls_for_what_we_refuse(address: str) -> None:
    assert follow("https://city.example/", address).startswith("https://evil.example")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://city.example/news?page=2", "/news?page=2"),
        ("https://city.example", "/"),
        ("https://city.example?page=2", "/?page=2"),
        ("https://city.example/news#part", "/news"),
        ("https://city.example//evil.example/", None),
        ("https://city.example/\\evil.example", None),
        ("https://[broken/", None),
        ("android-app://city.example/news", None),
        ("about:blank", None),
        ("", None),
    ],
)
def test_the_path_of_a_page_is_taken_only_if_it_is_local(url: str, path: str | None) -> None:
    assert path_of(url) == path


@given(hostile)
def test_the_path_of_any_page_stays_on_the_site(rest: str) -> None:
    path = path_of(f"https://city.example{rest}")
    assert path is None or stays(path)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://city.example", "city.example"),
        ("https://CITY.example/news", "City.Example"),
        ("https://city.example:443", "city.example"),
        ("http://city.example", "city.example:80"),
        ("http://127.0.0.1:8000/", "127.0.0.1:8000"),
        ("http://[::1]:8000", "[::1]:8000"),
    ],
)
def test_an_address_is_at_its_host(url: str, host: str) -> None:
    assert is_at(url, host)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://city.example.evil.example", "city.example"),
        ("https://evil-city.example", "city.example"),
        ("https://city.example@evil.example", "city.example"),
        ("https://city.example:8443", "city.example"),
        ("https://city.example:80", "city.example"),
        ("ftp://city.example", "city.example"),
        ("//city.example", "city.example"),
        ("null", "null"),
        ("https://[broken", "[broken"),
        ("http://:80", ""),
        ("http://", ""),
        ("", ""),
    ],
)
def test_an_address_is_at_no_other_host(url: str, host: str) -> None:
    assert not is_at(url, host)


@given(st.text(), st.text())
def test_comparing_hosts_never_fails(url: str, host: str) -> None:
    assert not is_at(f"https://{url}", "")
    assert not is_at(url, f"{host} ")
