"""vydno.web.settings: a wrong value fails at start-up, in a sentence that says what is right."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from vydno import VydnoError
from vydno.web.settings import Settings

from .test_address import hostile


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"endpoint": "/a11y/", "static": "/assets/vydno/"},
        {"endpoint": "/vydno", "static": "/vydno/"},
        {"site": "https://city.example"},
        {"site": "http://127.0.0.1:8000"},
        {"proxy": "x-forwarded"},
        {"proxy": "forwarded"},
        {"asset_base": "https://cdn.example/"},
        {"asset_base": "https://cdn.example/vydno/1/"},
        {"asset_base": "//cdn.example/"},
        {"asset_base": "/assets/"},
        {"asset_base": "/"},
        {"lang": "uk"},
        {"lang": "zh-Hant-TW"},
    ],
)
def test_sensible_values_are_taken(values: dict[str, str]) -> None:
    assert Settings(**values)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"endpoint": "vydno"}, "endpoint must be a path that starts with one slash"),
        ({"endpoint": "//evil.example"}, "endpoint must be a path"),
        ({"endpoint": "/a?b"}, "endpoint must be a path"),
        ({"endpoint": "/a#b"}, "endpoint must be a path"),
        ({"endpoint": ""}, "endpoint must be a path"),
        ({"endpoint": None}, "endpoint must be a path"),
        ({"endpoint": "/"}, "endpoint must not be '/'"),
        ({"static": "https://cdn.example/"}, "static must be a path"),
        ({"static": "/assets"}, "static must end with a slash: '/assets/'"),
        ({"static": "/"}, "would hide the endpoint"),
        ({"static": "/vydno/"}, "would hide the endpoint '/vydno/preferences'"),
        ({"site": "city.example"}, "site must be an origin"),
        ({"site": "https://city.example/"}, "site must be an origin"),
        ({"site": 8000}, "site must be an origin"),
        ({"site": None}, "site must be an origin"),
        ({"proxy": "nginx"}, "proxy must be one of '', 'x-forwarded', 'forwarded'; 'nginx' is not"),
        ({"proxy": True}, "proxy must be one of"),
        ({"proxy": []}, "proxy must be one of"),
        ({"asset_base": "https://cdn.example"}, "asset_base must be a path or an address"),
        ({"asset_base": "cdn/"}, "asset_base must be a path or an address"),
        ({"asset_base": "/a/?b/"}, "asset_base must be a path or an address"),
        ({"asset_base": None}, "asset_base must be a path or an address"),
        ({"lang": ""}, "lang must be a language tag, such as 'uk' or 'en-GB'; '' is not"),
        ({"lang": "uk_UA"}, "lang must be a language tag"),
        ({"lang": 1}, "lang must be a language tag"),
        ({"lang": "tlh"}, "lang is 'tlh', a language that Vydno does not speak; there are ar, be,"),
    ],
)
def test_a_wrong_value_is_an_error_that_says_what_is_right(
    values: dict[str, Any], message: str
) -> None:
    with pytest.raises(VydnoError, match=message):
        Settings(**values)


@pytest.mark.parametrize("name", ["endpoint", "static", "site", "proxy", "asset_base", "lang"])
@given(hostile)
def test_any_value_is_taken_or_refused_in_one_sentence(name: str, value: str) -> None:
    complaint = ""
    try:
        Settings(**{name: value})
    except VydnoError as error:
        complaint = str(error)
    assert "\n" not in complaint


def test_a_framework_s_configuration_is_named_as_it_is_there() -> None:
    def called(name: str) -> str:
        return f"VYDNO_{name.upper()}"

    assert Settings.of({"site": "https://city.example"}, called=called).site
    with pytest.raises(VydnoError, match=r"^VYDNO_STATIC must end with a slash"):
        Settings.of({"static": "/assets"}, called=called)
    with pytest.raises(VydnoError, match=r"^There is no setting VYDNO_SITES; there are VYDNO_EN"):
        Settings.of({"sites": ""}, called=called)
