"""vydno.web.proxy: scheme and host as the browser sees them, from headers that are trusted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vydno.web.form import MEDIA_TYPE, FormRequest, answer
from vydno.web.proxy import as_seen
from vydno.web.settings import Settings

INSIDE = ("http", "10.0.0.5:8000")
X = {"x-forwarded-proto": "https", "x-forwarded-host": "city.example"}
RFC = {"forwarded": "for=192.0.2.1;proto=https;host=city.example"}


@pytest.mark.parametrize("headers", [X, RFC, X | RFC, {}])
def test_nothing_is_believed_unless_it_is_asked_for(headers: dict[str, str]) -> None:
    assert as_seen(*INSIDE, headers, "") == INSIDE


@pytest.mark.parametrize(
    ("family", "headers"),
    [
        ("x-forwarded", X),
        ("forwarded", RFC),
        ("forwarded", {"forwarded": 'Host="city.example"; PROTO=HTTPS'}),
        ("forwarded", {"forwarded": 'for="a, b";host=evil.example, proto=https;host=city.example'}),
        ("forwarded", {"forwarded": r'for="\"";proto=https;host="city\.example"'}),
        ("x-forwarded", {**X, "x-forwarded-host": "evil.example, city.example"}),
        ("x-forwarded", {**X, "x-forwarded-proto": "http,https"}),
    ],
)
def test_the_last_value_of_the_named_family_holds(family: str, headers: dict[str, str]) -> None:
    assert as_seen(*INSIDE, headers, family) == ("https", "city.example")


@pytest.mark.parametrize("family", ["x-forwarded", "forwarded"])
def test_the_other_family_is_not_believed(family: str) -> None:
    assert as_seen(*INSIDE, RFC if family == "x-forwarded" else X, family) == INSIDE


@pytest.mark.parametrize(
    ("proto", "host"),
    [
        ("", ""),
        ("gopher", "a b"),
        ("https:", "city.example/x"),
        ("-", "u@city.example"),
        ("a", "["),
    ],
)
def test_what_is_no_scheme_and_no_host_is_passed_over(proto: str, host: str) -> None:
    x = {"x-forwarded-proto": proto, "x-forwarded-host": host}
    assert as_seen(*INSIDE, x, "x-forwarded") == INSIDE
    rfc = {"forwarded": f'proto="{proto}";host="{host}"'}
    assert as_seen(*INSIDE, rfc, "forwarded") == INSIDE


@given(st.text(st.characters(max_codepoint=255)))
def test_any_header_gives_a_scheme_and_a_host(value: str) -> None:
    for family, names in (("x-forwarded", [*X]), ("forwarded", [*RFC])):
        scheme, host = as_seen(*INSIDE, dict.fromkeys(names, value), family)
        assert scheme in ("http", "https")
        assert host == INSIDE[1] or not set(host) & set(' /@,;"\\\r\n')


@pytest.mark.parametrize(("proxy", "status"), [("", 403), ("forwarded", 303)])
def test_behind_a_proxy_the_origin_is_compared_with_the_public_host(
    proxy: str, status: int
) -> None:
    headers = {**RFC, "host": INSIDE[1], "origin": "https://city.example"}
    request = FormRequest.of(
        "POST",
        {**headers, "content-type": MEDIA_TYPE},
        b"theme=red",
        settings=Settings(proxy=proxy),
        scheme="http",
    )
    found = answer(request)
    assert found.status == status
    if status == 303:
        assert dict(found.headers)["set-cookie"].endswith("; Secure")
