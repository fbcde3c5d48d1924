"""vydno.web.asgi: the middleware in front of a Starlette application."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from vydno import Preferences, VydnoError
from vydno.static import manifest
from vydno.web.asgi import App, VydnoMiddleware, configured, macros, preferences, serve
from vydno.web.files import StaticFiles
from vydno.web.form import MAX_BODY, MEDIA_TYPE
from vydno.web.messages import Message, read_body, request_headers

from .browser import stays
from .client import Answer, http_scope, request, run, wait
from .test_address import hostile

SCRIPT = b"export const answer = 42;\n" * 20
FORM = (b"content-type", MEDIA_TYPE.encode())
RED = {"theme": "red"}


async def page(request: Request) -> Response:
    return PlainTextResponse(preferences(request)["theme"], headers={"vary": "Accept-Language"})


async def plain(request: Request) -> Response:  # noqa: ARG001
    return PlainTextResponse("the same for all")


async def stream(request: Request) -> Response:
    async def parts() -> AsyncIterator[str]:
        yield preferences(request)["theme"]

    return StreamingResponse(parts())


async def copied(request: Request) -> Response:
    return JSONResponse(preferences(dict(request.scope)).attributes)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    folder = tmp_path_factory.mktemp("static")
    (folder / "vydno.js").write_bytes(SCRIPT)
    routes = [Route("/page", page), Route("/plain", plain), Route("/copied", copied)]
    with pytest.MonkeyPatch.context() as patch:  # the folder is read at construction only
        patch.setattr("vydno.web.asgi.static_dir", lambda: folder)
        return VydnoMiddleware(Starlette(routes=[*routes, Route("/stream", stream)]))


async def never() -> Message:
    raise AssertionError("nobody should have asked")


async def never_sent(message: Message) -> None:
    raise AssertionError(message)


def post(app: App, body: bytes, *headers: tuple[bytes, bytes], **more: Any) -> Answer:
    path = more.pop("path", "/vydno/preferences")
    return run(app, http_scope("POST", path, [FORM, *headers], **more), [body])


# A visitor


def test_a_visitor_chooses_a_theme_and_gets_the_page_in_it(app: App) -> None:
    headers = {"sec-fetch-site": "same-origin", "referer": "https://city.example/page"}
    sent = request(app, "POST", "/vydno/preferences", data={"theme": "red"}, headers=headers)
    assert (sent.status_code, sent.headers["location"]) == (303, "/page")
    cookie = sent.headers["set-cookie"].partition(";")[0]
    assert request(app, "GET", "/page", headers={"cookie": cookie}).text == "red"


def test_a_visitor_comes_back_with_the_query_of_the_page(app: App) -> None:
    fields = {"text-scale": "larger", "return-to": "/page?q=їжа&n=2"}
    sent = request(app, "POST", "/vydno/preferences", data=fields)
    assert sent.headers["location"] == "/page?q=%D1%97%D0%B6%D0%B0&n=2"


def test_the_cookie_is_secure_on_https_only(app: App) -> None:
    for scheme, secure in (("https", True), ("http", False)):
        cookie = post(app, b"theme=red", scheme=scheme)["set-cookie"]
        assert cookie.endswith("; Secure") is secure


@pytest.mark.parametrize(("site", "status"), [("", 403), ("https://public.example", 303)])
def test_behind_a_proxy_that_changes_host_the_site_can_be_named(site: str, status: int) -> None:
    app = VydnoMiddleware(Starlette(), site=site)
    assert post(app, b"theme=red", (b"origin", b"https://public.example")).status == status


# Preferences of a request


def test_preferences_come_from_a_request_its_scope_or_a_copy_of_it() -> None:
    scope = http_scope(headers=[(b"cookie", b"vydno=theme=red")])
    read = [preferences(one) for one in (Request(scope), scope, dict(scope))]
    assert read == [Preferences({"theme": "red"})] * 3


def test_preferences_come_from_cookies_that_http_2_sent_apart() -> None:
    cookies = [(b"cookie", b"session=1"), (b"Cookie", b"vydno=theme=red"), (b"cookie", b"a=b")]
    assert preferences(http_scope(headers=cookies))["theme"] == "red"


def test_preferences_come_from_a_websocket_too() -> None:
    scope = {"type": "websocket", "headers": [(b"cookie", b"vydno=theme=red")]}
    assert preferences(scope)["theme"] == "red"


# Vary


def test_a_response_that_depends_on_the_cookie_says_so(app: App) -> None:
    assert request(app, "GET", "/page").headers.get_list("vary") == ["Accept-Language, Cookie"]


def test_a_response_that_does_not_depend_on_the_cookie_stays_as_it_is(app: App) -> None:
    assert "vary" not in request(app, "GET", "/plain").headers


def test_a_framework_may_copy_the_scope(app: App) -> None:
    assert request(app, "GET", "/copied").headers["vary"] == "Cookie"


def test_one_visitor_s_response_says_nothing_about_the_next_one_s(app: App) -> None:
    request(app, "GET", "/page")
    assert "vary" not in request(app, "GET", "/plain").headers


def test_the_body_of_a_stream_comes_through(app: App) -> None:
    answer = request(app, "GET", "/stream", headers={"cookie": "vydno=theme=red"})
    assert answer.text == "red"


# Files


def test_a_file_goes_out_compressed_for_all_origins_and_for_good(app: App) -> None:
    version = StaticFiles({"vydno.js": SCRIPT}).version("vydno.js")
    headers = {"accept-encoding": "gzip"}
    answer = request(app, "GET", f"/vydno/static/vydno.js?v={version}", headers=headers)
    assert (answer.content, answer.headers["content-encoding"]) == (SCRIPT, "gzip")
    assert answer.headers["cache-control"].endswith("immutable")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_file_that_the_client_has_is_not_sent_again(app: App) -> None:
    tag = request(app, "GET", "/vydno/static/vydno.js").headers["etag"]
    again = request(app, "GET", "/vydno/static/vydno.js", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/vydno/static/vydno.js", "/vydno/preferences", "/vydno/static/"])
def test_head_gets_the_headers_of_get_and_no_body(app: App, path: str) -> None:
    head, get = (run(app, http_scope(method, path)) for method in ("HEAD", "GET"))
    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")
    assert get.body


@pytest.mark.parametrize(
    "path", ["", "missing.js", "../asgi.py", "..\\asgi.py", "\0", "/etc/passwd", "vydno.js/", "%2e"]
)
def test_what_is_not_a_file_is_not_found_and_not_passed_on(app: App, path: str) -> None:
    answer = run(app, http_scope(path=f"/vydno/static/{path}"))
    assert (answer.status, answer.body) == (404, b"There is no such file.\n")


def test_the_built_files_are_served_under_the_versions_in_the_manifest() -> None:
    app = VydnoMiddleware(Starlette())
    for name, entry in manifest().items():
        query = f"v={entry['version']}".encode()
        answer = run(app, http_scope(path=f"/vydno/static/{name}", query_string=query))
        assert (name, answer.status) == (name, 200)
        assert answer["cache-control"].endswith("immutable")


def test_any_folder_can_be_served_in_a_mount() -> None:
    files = StaticFiles({"icons/crest.svg": b"<svg/>"})
    app = Starlette(routes=[Mount("/assets", app=serve(files))])
    assert request(app, "GET", "/assets/icons/crest.svg").content == b"<svg/>"
    assert request(app, "GET", "/assets/icons").status_code == 404


def test_a_websocket_to_a_file_is_closed() -> None:
    sent = []

    async def send(message: Message) -> None:
        sent.append(message["type"])

    wait(serve(StaticFiles({}))({"type": "websocket", "path": "/a"}, never, send))
    assert sent == ["websocket.close"]


# Below a prefix


@pytest.mark.parametrize("path", ["/prefix/vydno/preferences", "/vydno/preferences"])
def test_the_endpoint_answers_whether_or_not_the_server_leaves_the_root_path_in(
    app: App, path: str
) -> None:
    answer = post(app, b"theme=red", path=path, root_path="/prefix")
    assert (answer.status, answer["location"]) == (303, "/prefix/")


def test_the_middleware_works_in_a_mounted_application(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vydno.js").write_bytes(SCRIPT)
    monkeypatch.setattr("vydno.web.asgi.static_dir", lambda: tmp_path)
    inner = Starlette(routes=[Route("/page", page)], middleware=[Middleware(VydnoMiddleware)])
    outer = Starlette(routes=[Mount("/prefix", app=inner)])
    assert request(outer, "GET", "/prefix/page").headers["vary"] == "Accept-Language, Cookie"
    assert request(outer, "GET", "/prefix/vydno/static/vydno.js").content == SCRIPT
    sent = request(outer, "POST", "/prefix/vydno/preferences", data={"theme": "red"})
    assert sent.headers["location"] == "/prefix/"


# What is not ours


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_other_protocols_are_passed_on_untouched(kind: str) -> None:
    passed_on = []

    async def inner(*everything: object) -> None:
        passed_on.append(everything)

    scope = {"type": kind, "path": "/vydno/preferences"}
    wait(VydnoMiddleware(inner)(scope, never, never_sent))
    assert passed_on == [(scope, never, never_sent)]


@pytest.mark.parametrize("path", ["/vydno/preferences/", "/vydno/preferences/x", "/vydno/statics"])
def test_paths_like_ours_are_passed_on(app: App, path: str) -> None:
    assert run(app, http_scope(path=path)).body == b"Not Found"


def test_a_wrong_argument_fails_at_construction() -> None:
    with pytest.raises(VydnoError, match="endpoint must be a path"):
        VydnoMiddleware(Starlette(), endpoint="vydno/preferences")


def test_where_middlewares_are_made_late_a_wrong_argument_fails_all_the_same() -> None:
    with pytest.raises(VydnoError, match="site must be an origin"):
        configured(site="city.example")
    with pytest.raises(VydnoError, match="load is given without store"):
        configured(load=print)


def test_forgotten_brackets_are_named() -> None:
    app = Starlette(middleware=[Middleware(configured)])  # type: ignore[arg-type]
    with pytest.raises(VydnoError, match=r"Write configured\(\), with its brackets"):
        request(app, "GET", "/")


def test_what_is_configured_is_what_the_middleware_has() -> None:
    app = Starlette(middleware=[Middleware(configured(endpoint="/look", lang="uk"))])
    assert request(app, "POST", "/look", data={"theme": "red"}).status_code == 303


def test_the_macros_say_which_middleware_is_missing() -> None:
    with pytest.raises(VydnoError, match="did not pass VydnoMiddleware"):
        macros(http_scope())


@pytest.mark.parametrize(("proxy", "secure"), [("", False), ("forwarded", True)])
def test_a_proxy_that_is_named_is_believed(proxy: str, secure: bool) -> None:
    app = VydnoMiddleware(Starlette(), proxy=proxy)
    headers = {"forwarded": "proto=https;host=city.example"}
    answer = request(app, "POST", "http://in/vydno/preferences", data=RED, headers=headers)
    assert answer.headers["set-cookie"].endswith("; Secure") is secure


# Bodies


def test_a_body_may_come_in_pieces(app: App) -> None:
    answer = run(app, http_scope("POST", "/vydno/preferences", [FORM]), [b"the", b"", b"me=red"])
    assert answer["set-cookie"].startswith("vydno=theme=red;")


def test_an_endless_body_is_read_no_further_than_the_limit() -> None:
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        taken += 1000
        return {"type": "http.request", "body": b"x" * 1000, "more_body": True}

    wait(read_body(receive, at_most=MAX_BODY))
    assert MAX_BODY < taken <= MAX_BODY + 1000


def test_a_body_that_is_too_large_is_refused(app: App) -> None:
    scope = http_scope("POST", "/vydno/preferences", [FORM])
    assert run(app, scope, [b"x" * MAX_BODY, b"x" * 1000, b"x"]).status == 413


def test_a_client_that_goes_away_gets_no_answer(app: App) -> None:
    assert run(app, http_scope("POST", "/vydno/preferences", [FORM]), [b"the", None]) == Answer()


# Anything at all

raw = st.binary(max_size=300)
name = st.sampled_from(
    b"cookie host origin referer sec-fetch-site content-type content-length accept-encoding".split()
)
header_list = st.lists(st.tuples(name, raw), max_size=8)


def check(answer: Answer) -> None:
    assert answer.status in (200, 303, 304, 403, 404, 405, 406, 413, 415)
    for key, value in answer.headers:
        assert re.fullmatch(rb"[a-z-]+", key)
        assert re.fullmatch(rb"[ -~]*", value)
    assert all(stays(location) for location in answer.all("location"))


@given(header_list, raw)
@example([(b"cookie", b"vydno=theme=red\r\nSet-Cookie: evil=1")], b"theme=red")
def test_any_form_is_answered_sensibly(
    app: App, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    check(post(app, body, *headers))


@given(hostile)
def test_any_path_is_answered_sensibly(app: App, path: str) -> None:
    check(run(app, http_scope(path=f"/vydno/static/{path}")))
    check(run(app, http_scope(path=f"/vydno/{path}")))


@given(header_list)
@example([(b"cookie", b"; ".join(b"vydno=%d" % number for number in range(5000)))])
@example([(b"cookie", b"vydno=" + b"theme=red&" * 10_000)])
def test_any_headers_get_the_page_with_valid_preferences(
    app: App, headers: list[tuple[bytes, bytes]]
) -> None:
    answer = run(app, http_scope(path="/page", headers=headers))
    assert (answer.status, answer["vary"]) == (200, "Accept-Language, Cookie")
    assert answer.body in (b"", b"blue", b"green", b"orange", b"red")


@given(header_list)
def test_headers_of_one_name_are_joined_and_none_is_lost(
    headers: list[tuple[bytes, bytes]],
) -> None:
    joined = request_headers({"headers": headers})
    assert all(value.decode("latin-1") in joined[key.decode()] for key, value in headers)
