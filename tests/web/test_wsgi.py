"""vydno.web.wsgi: what is WSGI's own."""

from __future__ import annotations

import io
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vydno import Preferences, VydnoError
from vydno.web.environ import read_body
from vydno.web.form import MAX_BODY
from vydno.web.wsgi import VydnoMiddleware, macros, preferences

from .browser import stays
from .doors import FORM, send


def page(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    body = preferences(environ)["theme"] if environ["PATH_INFO"] == "/page" else "for all"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Vary", "Accept-Language")])
    return [body.encode()]


SITE = VydnoMiddleware(page)


def environ(**more: Any) -> dict[str, Any]:
    made: dict[str, Any] = more
    setup_testing_defaults(made)
    return made


def test_a_page_that_asked_varies_by_the_cookie_and_no_other_does() -> None:
    app = VydnoMiddleware(page)
    assert send(app, "GET", "/page").headers["vary"] == "Accept-Language, Cookie"
    assert send(app, "GET", "/other").headers["vary"] == "Accept-Language"


def test_preferences_can_be_read_without_the_middleware() -> None:
    assert preferences({"HTTP_COOKIE": "vydno=theme=red"}) == Preferences({"theme": "red"})


def test_the_macros_cannot_and_say_what_is_missing() -> None:
    with pytest.raises(VydnoError, match="did not pass VydnoMiddleware; wrap the application"):
        macros({})


def test_the_files_can_lie_at_a_cdn() -> None:
    made: list[str] = []

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        made.append(str(macros(environ).head()))
        return page(environ, start_response)

    send(VydnoMiddleware(app, asset_base="https://cdn.example/v/"), "GET", "/", prefix="/city")
    assert 'src="https://cdn.example/v/vydno.js?v=' in made[0]
    assert made[0].count('crossorigin="anonymous"') == 3


@pytest.mark.parametrize(("proxy", "secure"), [("", False), ("x-forwarded", True)])
def test_a_proxy_that_is_named_is_believed(proxy: str, secure: bool) -> None:
    headers = {**FORM, "x-forwarded-proto": "https", "x-forwarded-host": "city.example"}
    answer = send(VydnoMiddleware(page, proxy=proxy), "POST", "/vydno/preferences", headers=headers)
    assert answer.headers["set-cookie"].endswith("; Secure") is secure


@pytest.mark.parametrize(
    ("length", "terminated", "read"),
    [
        ("5", False, 5),
        ("", False, 0),
        ("-1", False, 0),
        ("x", False, 0),
        ("٣", False, 0),
        ("99999999", False, MAX_BODY + 1),
        ("", True, MAX_BODY + 1),
    ],
)
def test_no_more_of_a_body_is_read_than_there_may_be(
    length: str, terminated: bool, read: int
) -> None:
    given: dict[str, Any] = {"CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(bytes(9999))}
    if terminated:
        given["wsgi.input_terminated"] = True
    assert len(read_body(given, at_most=MAX_BODY)) == read


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/page", "/vydno/preferences", "/vydno/static/vydno.js"])
def test_the_middleware_keeps_to_the_standard(method: str, path: str) -> None:
    """wsgiref's validator, on both sides of it, raises AssertionError where it does not."""
    request = environ(REQUEST_METHOD=method, PATH_INFO=path, SCRIPT_NAME="", QUERY_STRING="")
    seen: list[str] = []

    def start_response(status: str, _headers: Any, _error: Any = None) -> Any:
        seen.append(status)

    answer: Any = validator(VydnoMiddleware(validator(page)))(request, start_response)
    list(answer)
    answer.close()
    assert seen[0][:3] in ("200", "405")


@given(st.text(st.characters(max_codepoint=255)), st.binary(max_size=200))
def test_anything_is_answered_sensibly(text: str, body: bytes) -> None:
    seen: list[Any] = []

    def start_response(status: str, headers: Any, _error: Any = None) -> Any:
        seen.append((status, headers))

    request = environ(
        REQUEST_METHOD="POST",
        PATH_INFO="/vydno/preferences",
        SCRIPT_NAME=text,
        CONTENT_TYPE=FORM["content-type"],
        CONTENT_LENGTH=str(len(body)),
        HTTP_COOKIE=text,
        HTTP_REFERER=text,
        HTTP_SEC_FETCH_SITE="same-origin",
        **{"wsgi.input": io.BytesIO(body)},
    )
    list(SITE(request, start_response))
    ((status, headers),) = seen
    assert status == "303 See Other"
    assert stays(dict(headers)["location"])
