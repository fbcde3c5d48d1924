"""vydno.web.form: what the endpoint stores, where it sends back to, and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from vydno import PREFERENCES
from vydno.web.form import MAX_BODY, MEDIA_TYPE, FormRequest, answer
from vydno.web.response import Response

from .browser import stays
from .test_address import hostile as hostile_addresses

header = st.text(st.characters(max_codepoint=255)) | st.sampled_from(
    [
        "null",
        "https://city.example",
        "https://evil.example",
        "same-origin",
        "cross-site",
        MEDIA_TYPE,
    ]
)


def form(fields: Mapping[str, str] | bytes = b"", **more: Any) -> FormRequest:
    """A form that a page of city.example sends, unless ``more`` says otherwise."""
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    usual = {"method": "POST", "content_type": MEDIA_TYPE, "host": "city.example"}
    return FormRequest(body=body, **{**usual, **more})


def header_of(response: Response, name: str) -> str:
    return dict(response.headers).get(name, "")


def stored(request: FormRequest) -> str:
    """The value that the answer stores in the cookie."""
    cookie = re.fullmatch(r"vydno=([^;]*); .*", header_of(answer(request), "set-cookie"))
    assert cookie
    return cookie[1]


def location(request: FormRequest) -> str:
    return header_of(answer(request), "location")


# Storing


def test_a_choice_is_stored_and_sent_back_with_303() -> None:
    response = answer(form({"theme": "red", "return-to": "/news"}))
    assert response == Response(
        303,
        (
            ("location", "/news"),
            ("set-cookie", "vydno=theme=red; Path=/; Max-Age=31536000; SameSite=Lax"),
            ("cache-control", "no-store"),
            ("content-length", "0"),
        ),
    )


def test_a_choice_is_added_to_those_in_the_cookie() -> None:
    request = form({"text-scale": "larger"}, cookie="a=b; vydno=text-scale=125&theme=red")
    assert stored(request) == "text-scale=150&theme=red"


def test_coming_back_to_all_defaults_removes_the_cookie() -> None:
    response = answer(form({"theme": ""}, cookie="vydno=theme=red"))
    assert header_of(response, "set-cookie") == "vydno=; Path=/; Max-Age=0; SameSite=Lax"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"theme",
        b"theme=purple",
        b"colour=red",
        b"=&=&&&",
        b"theme=%",
        b"theme=%ff%fe",
        b"\xff\xfe\x00",
        b"theme=red\x00",
        "theme=rеd".encode(),
        "theme=червона".encode("cp1251"),
        b"&" * MAX_BODY,
    ],
)
def test_a_form_without_anything_valid_goes_back_and_changes_nothing(body: bytes) -> None:
    request = form(body, cookie="vydno=text-scale=125")
    assert (answer(request).status, stored(request)) == (303, "text-scale=125")


def test_a_media_type_may_have_parameters_and_capitals() -> None:
    request = form(
        {"theme": "red"}, content_type="Application/X-WWW-Form-URLencoded; charset=UTF-8"
    )
    assert stored(request) == "theme=red"


@pytest.mark.parametrize(
    ("seen", "secure"),
    [
        ({"scheme": "https"}, True),
        ({"scheme": "http"}, False),
        ({"scheme": "http", "origin": "https://city.example"}, True),
        ({"scheme": "http", "origin": "http://city.example"}, False),
    ],
)
def test_the_cookie_is_secure_where_the_browser_sees_https(
    seen: dict[str, str], secure: bool
) -> None:
    cookie = header_of(answer(form({"theme": "red"}, **seen)), "set-cookie")
    assert cookie.endswith("; Secure") is secure


# Going back


@pytest.mark.parametrize(
    ("wanted", "referer", "expected"),
    [
        ("/news?page=2#top", "https://city.example/other", "/news?page=2#top"),
        ("", "https://city.example/other?page=2", "/other?page=2"),
        ("//evil.example", "https://city.example/other", "/other"),
        ("//evil.example", "https://evil.example/other", "/"),
        ("//evil.example", "https://city.example//evil.example", "/"),
        ("", "", "/"),
    ],
)
def test_the_visitor_goes_back_to_the_named_page_or_the_referer_or_the_root(
    wanted: str, referer: str, expected: str
) -> None:
    # Sent from our site beyond doubt, so that a Referer from elsewhere is not refused first.
    request = form({"return-to": wanted}, referer=referer, origin="https://city.example")
    assert location(request) == expected


def test_of_several_return_addresses_the_first_holds() -> None:
    assert location(form(b"return-to=/one&return-to=/two")) == "/one"


def test_a_mounted_application_falls_back_to_its_own_root() -> None:
    assert location(form(root_path="/prefix")) == "/prefix/"


@pytest.mark.parametrize("root_path", ["//evil.example", "/two words", "\\evil", "https://evil"])
def test_a_broken_root_path_leads_to_the_site_s_root(root_path: str) -> None:
    assert location(form(root_path=root_path)) == "/"


def test_behind_a_proxy_that_changes_host_the_referer_holds_if_the_browser_vouches_for_it() -> None:
    request = form(
        host="10.0.0.5:8000", referer="https://city.example/news", sec_fetch_site="same-origin"
    )
    assert location(request) == "/news"


# Refusing


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post", ""])
def test_other_methods_than_post_are_told_so(method: str) -> None:
    response = answer(form(method=method))
    assert (response.status, header_of(response, "allow")) == (405, "POST")


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "multipart/form-data; boundary=x",
        "application/json",
        "text/plain",
        f"x{MEDIA_TYPE}",
        ";",
    ],
)
def test_other_types_than_a_form_s_are_told_what_to_send(content_type: str) -> None:
    response = answer(form(content_type=content_type))
    assert (response.status, header_of(response, "accept")) == (415, MEDIA_TYPE)


def test_a_form_of_the_largest_size_is_taken_and_one_byte_more_is_not() -> None:
    body = b"theme=red&x=".ljust(MAX_BODY, b"x")
    assert (answer(form(body)).status, answer(form(body + b"x")).status) == (303, 413)


def test_the_longest_return_address_fits_into_the_largest_form() -> None:
    address = "/" + "%D1%97" * 333
    assert location(form({"theme": "red", "return-to": address})) == address


@pytest.mark.parametrize(
    "sent",
    [
        {"sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "none"},
        {"sec_fetch_site": "same-origin", "origin": "null"},
        {"sec_fetch_site": "same-origin", "origin": "https://public.example"},
        {"origin": "https://city.example"},
        {"origin": "http://city.example:80"},
        {"origin": "https://city.example", "sec_fetch_site": "unheard-of"},
        {"origin": "https://city.example", "referer": "https://elsewhere.example/"},
        {"origin": "https://public.example", "site": "https://public.example"},
        {"origin": "https://city.example", "site": "https://public.example"},
        {"referer": "https://city.example/news"},
        {},
    ],
)
def test_a_form_of_our_own_pages_is_taken(sent: dict[str, str]) -> None:
    assert answer(form({"theme": "red"}, **sent)).status == 303


@pytest.mark.parametrize(
    "sent",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "origin": "https://city.example"},
        {"sec_fetch_site": "same-site", "origin": "https://city.example"},
        {"origin": "https://evil.example"},
        {"origin": "https://city.example.evil.example"},
        {"origin": "https://city.example:8443"},
        {"origin": "null"},
        {"origin": "null", "referer": "https://city.example/"},
        {"origin": "http://:80", "host": ""},
        {"origin": "https://evil.example", "sec_fetch_site": "unheard-of"},
        {"origin": "https://evil.example", "site": "https://public.example"},
        {"referer": "https://evil.example/city.example"},
    ],
)
def test_a_form_of_another_site_is_refused_and_stores_nothing(sent: dict[str, str]) -> None:
    response = answer(form({"theme": "red"}, **sent))
    assert (response.status, header_of(response, "set-cookie")) == (403, "")


@pytest.mark.parametrize(
    "refused",
    [
        form(method="GET"),
        form(origin="null"),
        form(content_type="text/plain"),
        form(b"x" * (MAX_BODY + 1)),
    ],
)
def test_a_refusal_is_one_sentence_of_plain_text_that_no_cache_keeps(refused: FormRequest) -> None:
    response = answer(refused)
    headers = dict(response.headers)
    assert re.fullmatch(rb"[A-Z][^.\n]*\.\n", response.body)
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert headers["content-length"] == str(len(response.body))
    assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")


# Anything at all


def check(response: Response) -> None:
    """Sensible status, no header that could be split, no way to another site, no unknown value."""
    assert response.status in (303, 403, 405, 413, 415)
    for name, value in response.headers:
        assert re.fullmatch(r"[a-z-]+", name)
        assert re.fullmatch(r"[ -~]*", value)
    if response.status == 303:
        assert stays(header_of(response, "location"))
        values = "|".join(value for one in PREFERENCES.values() for value in one.values)
        pair = rf"(?:{'|'.join(PREFERENCES)})=(?:{values})"
        cookie = rf"vydno=(?:{pair}(?:&{pair})*)?; Path=/; Max-Age=\d+; SameSite=Lax(?:; Secure)?"
        assert re.fullmatch(cookie, header_of(response, "set-cookie"))


@given(st.binary(max_size=MAX_BODY + 100), header)
@example(b"return-to=%0d%0aSet-Cookie:%20evil=1", "")
@example(b"theme=red%0d%0aSet-Cookie:%20evil=1", "vydno=theme=red\r\nSet-Cookie: evil=1")
def test_any_body_is_answered_sensibly(body: bytes, cookie: str) -> None:
    check(answer(form(body, cookie=cookie)))


@given(hostile_addresses)
@example("javascript:alert(1)")
@example("/" + "a" * 3000)
def test_any_return_address_leads_to_the_same_site(address: str) -> None:
    encoded = urlencode({"return-to": address}, errors="surrogatepass").encode()
    check(answer(form(encoded)))
    check(answer(form(b"return-to=" + address.encode(errors="surrogatepass"))))


@given(hostile_addresses)
def test_any_referer_leads_to_the_same_site(address: str) -> None:
    check(answer(form(referer=address, sec_fetch_site="same-origin")))
    check(answer(form(referer=f"https://city.example{address}")))


@given(header, header)
def test_any_method_and_type_are_answered_sensibly(method: str, content_type: str) -> None:
    check(answer(form(method=method, content_type=content_type)))


names = ["cookie", "host", "origin", "referer", "sec_fetch_site", "scheme", "root_path", "site"]


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(names, header)))
def test_any_headers_are_answered_sensibly(sent: dict[str, str]) -> None:
    check(answer(form({"theme": "red"}, **sent)))
