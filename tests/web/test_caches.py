"""What each door says to caches, and what a cache between it and its visitors makes of that."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from vydno import Preferences
from vydno.static import manifest
from vydno.web.asgi import configured, macros, preferences

from .doors import DOORS, FORM, send, visit

RED, GREEN = {"cookie": "vydno=theme=red"}, {"cookie": "vydno=theme=green"}
each_door = pytest.mark.parametrize("door", DOORS)
# Django's files lie where its own settings say; its server sends what it thinks right there.
STATIC = "/vydno/static/vydno.css"


@each_door
def test_what_a_door_says_to_caches_is_what_the_table_says(door: str) -> None:
    page = visit(door, "GET", "/", headers=RED)
    assert "Cookie" in page.headers["vary"]
    assert "set-cookie" not in page.headers
    form = {**FORM, "sec-fetch-site": "same-origin"}
    answer = visit(door, "POST", "/vydno/preferences", headers=form, content="theme=red")
    assert answer.headers["cache-control"] == "no-store"
    if not door.startswith("django"):
        versioned = visit(door, "GET", f"{STATIC}?v={manifest()['vydno.css']['version']}")
        assert versioned.headers["cache-control"] == "public, max-age=31536000, immutable"
        plain = visit(door, "GET", STATIC)
        assert plain.headers["cache-control"] == "no-cache"
        again = visit(door, "GET", STATIC, headers={"if-none-match": plain.headers["etag"]})
        assert again.status_code == 304


class SharedCache:
    """A cache that keeps what it may (RFC 9111, sections 3 and 4.1), for all visitors.

    With ``varies=False`` it passes over ``Vary``, as some do until they are told otherwise.
    """

    def __init__(self, ask: Callable[[str, dict[str, str]], httpx.Response], *, varies: bool):
        self.ask = ask
        self.varies = varies
        self.asked = 0
        self.kept: dict[tuple[str, str], httpx.Response] = {}
        self.vary: dict[str, str] = {}

    def get(self, path: str, headers: dict[str, str]) -> str:
        key = path, self._said(path, headers)
        if key in self.kept:
            return self.kept[key].text
        self.asked += 1
        answer = self.ask(path, headers)
        if not {"private", "no-store"} & set(answer.headers["cache-control"].split(", ")):
            self.vary[path] = answer.headers.get("vary", "").lower()
            self.kept[path, self._said(path, headers)] = answer
        return answer.text

    def _said(self, path: str, headers: dict[str, str]) -> str:
        varies = self.varies and "cookie" in self.vary.get(path, "")
        return headers.get("cookie", "") if varies else ""


async def personal(request: Request) -> Response:
    return _page(request, preferences(request), "public, max-age=60")


async def private(request: Request) -> Response:
    return _page(request, preferences(request), "private")


async def for_all(request: Request) -> Response:
    return _page(request, Preferences(), "public, max-age=60")


def _page(request: Request, chosen: Preferences, control: str) -> Response:
    vydno = macros(request)
    html = f"<html{vydno.html_attributes(chosen)}>{vydno.head(early=not chosen.chosen)}"
    return HTMLResponse(html, headers={"Cache-Control": control})


def cache(*, varies: bool) -> SharedCache:
    pages = (personal, private, for_all)
    app = Starlette(
        routes=[Route(f"/{page.__name__}", page) for page in pages],
        middleware=[Middleware(configured())],
    )
    return SharedCache(lambda path, headers: send(app, "GET", path, headers=headers), varies=varies)


def test_a_cache_that_does_as_http_says_keeps_a_copy_for_each_cookie() -> None:
    between = cache(varies=True)
    pages = [between.get("/personal", each) for each in (RED, GREEN, {}, RED, GREEN, {})]
    assert [page.partition(">")[0] for page in pages[:3]] == [
        '<html data-theme="red"',
        '<html data-theme="green"',
        "<html",
    ]
    assert pages[:3] == pages[3:]
    assert between.asked == 3


def test_a_cache_that_passes_over_vary_gives_one_visitor_s_page_to_the_next() -> None:
    between = cache(varies=False)
    assert between.get("/personal", RED) == between.get("/personal", GREEN)


def test_what_is_private_reaches_its_visitor_through_such_a_cache_too() -> None:
    between = cache(varies=False)
    assert 'data-theme="red"' in between.get("/private", RED)
    assert 'data-theme="green"' in between.get("/private", GREEN)
    assert between.asked == 2


@pytest.mark.parametrize("varies", [True, False])
def test_the_page_for_all_is_made_once_and_has_the_early_script(varies: bool) -> None:
    between = cache(varies=varies)
    (page,) = {between.get("/for_all", each) for each in (RED, GREEN, {})}
    assert "vydno-early.js" in page
    assert "data-theme" not in page
    assert between.asked == 1
