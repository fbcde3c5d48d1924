"""vydno.web.accounts: what a signed-in visitor's account gives to the cookie, and takes from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from vydno import Preferences, VydnoError
from vydno.web import asgi, wsgi
from vydno.web.accounts import Accounts, loaded

from .doors import DJANGO, FORM, application, send, set_up_django

OWN = {**FORM, "sec-fetch-site": "same-origin"}
DOORS = ("asgi", "asgi-coroutines", "wsgi", "flask", *DJANGO)


@dataclass
class Site:
    """A site with one account, which somebody is signed in to unless it is None."""

    account: Any = None
    stored: list[str] = field(default_factory=list)
    app: Any = None

    def load(self, _request: Any) -> Any:
        return self.account

    def store(self, _request: Any, preferences: Preferences) -> None:
        self.account = preferences.to_cookie()
        self.stored.append(self.account)

    async def load_later(self, request: Any) -> Any:
        return self.load(request)

    async def store_later(self, request: Any, preferences: Preferences) -> None:
        self.store(request, preferences)

    def get(self, path: str, cookie: str = "") -> httpx.Response:
        headers = {"cookie": f"session=1; vydno={cookie}" if cookie else "session=1"}
        return send(self.app, "GET", path, headers=headers)

    def post(self, body: str, cookie: str = "") -> httpx.Response:
        headers = {**OWN, "cookie": f"vydno={cookie}"}
        return send(self.app, "POST", "/vydno/preferences", headers=headers, content=body)


def on_asgi(site: Site, *, later: bool = False) -> Any:
    async def page(request: Request) -> Response:
        return PlainTextResponse(asgi.preferences(request).to_cookie())

    async def shared(_: Request) -> Response:
        return PlainTextResponse("the same for all")

    async def sign_in(request: Request) -> Response:
        return PlainTextResponse((await asgi.sign_in(request)).to_cookie())

    async def sign_out(request: Request) -> Response:
        asgi.sign_out(request)
        return PlainTextResponse("")

    views = {"/page": page, "/shared": shared, "/in": sign_in, "/out": sign_out}
    app = Starlette(routes=[Route(path, view) for path, view in views.items()])
    load, store = (site.load_later, site.store_later) if later else (site.load, site.store)
    return asgi.VydnoMiddleware(app, load=load, store=store)


def on_wsgi(site: Site) -> Any:
    def sign_out(environ: Any) -> str:
        wsgi.sign_out(environ)
        return ""

    views: dict[str, Callable[[Any], str]] = {
        "/page": lambda environ: wsgi.preferences(environ).to_cookie(),
        "/shared": lambda _: "the same for all",
        "/in": lambda environ: wsgi.sign_in(environ).to_cookie(),
        "/out": sign_out,
    }

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        body = views[environ["PATH_INFO"]](environ)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [body.encode()]

    return wsgi.VydnoMiddleware(app, load=site.load, store=site.store)


def on_flask(site: Site) -> Any:
    from flask import Flask
    from vydno.web import flask

    def sign_out() -> str:
        flask.sign_out()
        return ""

    app = Flask(__name__)
    flask.Vydno(app, load=site.load, store=site.store)
    app.add_url_rule("/page", "page", lambda: flask.preferences().to_cookie())
    app.add_url_rule("/shared", "shared", lambda: "the same for all")
    app.add_url_rule("/in", "in", lambda: flask.sign_in().to_cookie())
    app.add_url_rule("/out", "out", sign_out)
    return app


@pytest.fixture(params=DOORS)
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """The same site behind each door."""
    site = Site()
    if request.param in DJANGO:
        set_up_django()
        from django.test import override_settings

        names = {"load": site.load, "store": site.store}
        with override_settings(VYDNO=names, ROOT_URLCONF="tests.web.django_urls"):
            site.app = application(request.param)
            yield site
        return
    made: dict[str, Callable[[Site], Any]] = {
        "asgi": on_asgi,
        "asgi-coroutines": lambda site: on_asgi(site, later=True),
        "wsgi": on_wsgi,
        "flask": on_flask,
    }
    site.app = made[request.param](site)
    yield site


def cookie(answer: httpx.Response) -> str | None:
    """What the answer writes into the cookie; None where it writes nothing."""
    found = re.match(r"""\s*vydno=("?)([^;"]*)\1;""", answer.headers.get("set-cookie", ""))
    return found[2] if found else None


# Sign-in


def test_at_sign_in_a_browser_without_any_gets_those_of_the_account(site: Site) -> None:
    site.account = "theme=red"
    answer = site.get("/in")
    assert (answer.text, cookie(answer), site.stored) == ("theme=red", "theme=red", [])
    assert "Max-Age=31536000" in answer.headers["set-cookie"]


def test_at_sign_in_what_the_browser_chose_holds_and_the_account_fills_in(site: Site) -> None:
    site.account = "text-scale=125&theme=red"
    answer = site.get("/in", "text-scale=200")
    assert cookie(answer) == "text-scale=200&theme=red"
    assert site.account == "text-scale=200&theme=red"


def test_at_sign_in_an_empty_account_takes_what_the_browser_has(site: Site) -> None:
    site.account = ""
    assert cookie(site.get("/in", "theme=red")) == "theme=red"
    assert site.account == "theme=red"


# Signed in


def test_a_page_follows_the_cookie_and_not_the_account(site: Site) -> None:
    site.account = "theme=red"
    assert site.get("/page", "theme=green").text == "theme=green"
    assert site.get("/page").text == ""


def test_what_a_script_chose_reaches_the_account_with_the_next_page(site: Site) -> None:
    site.account = "theme=red"
    site.get("/page", "theme=green")
    site.get("/page", "theme=green")
    assert site.stored == ["theme=green"]


def test_a_browser_that_dropped_its_cookie_takes_nothing_from_the_account(site: Site) -> None:
    site.account = "theme=red"
    assert cookie(site.get("/page")) is None
    assert site.account == "theme=red"


def test_a_page_that_did_not_ask_stores_nothing(site: Site) -> None:
    site.account = "theme=red"
    answer = site.get("/shared", "theme=green")
    assert (answer.headers.get("vary"), site.stored) == (None, [])


def test_a_form_reaches_the_account_at_once_defaults_too(site: Site) -> None:
    site.account = "theme=red"
    assert cookie(site.post("theme=green", "theme=red")) == "theme=green"
    assert cookie(site.post("theme=", "theme=green")) == ""
    assert site.stored == ["theme=green", ""]


def test_a_form_that_is_refused_stores_nothing(site: Site) -> None:
    site.account = "theme=red"
    headers = {**OWN, "sec-fetch-site": "cross-site"}
    send(site.app, "POST", "/vydno/preferences", headers=headers, content="theme=green")
    assert site.stored == []


def test_nothing_is_stored_for_who_is_not_signed_in(site: Site) -> None:
    site.post("theme=green")
    site.get("/page", "theme=green")
    assert cookie(site.get("/in", "theme=green")) == "theme=green"
    assert site.stored == []


# Sign-out


def test_at_sign_out_the_cookie_goes_and_the_account_stays(site: Site) -> None:
    site.account = "theme=red"
    answer = site.get("/out", "theme=red")
    assert cookie(answer) == ""
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert site.account == "theme=red"


# Where the middleware stands


@pytest.mark.parametrize("inside", [True, False])
def test_only_inside_of_the_session_s_middleware_the_form_knows_who_is_signed_in(
    inside: bool,
) -> None:
    kept: list[str] = []

    async def sign_in(request: Request) -> Response:
        request.session["user"] = "one"
        return PlainTextResponse("")

    def load(scope: Any) -> str | None:
        return "" if scope.get("session", {}).get("user") else None

    def store(_: Any, preferences: Preferences) -> None:
        kept.append(preferences.to_cookie())

    session = Middleware(SessionMiddleware, secret_key="of a test")
    own = Middleware(asgi.configured(load=load, store=store))
    order = [session, own] if inside else [own, session]
    app = Starlette(routes=[Route("/in", sign_in)], middleware=order)
    cookie = send(app, "GET", "/in").headers["set-cookie"].partition(";")[0]
    headers = {**OWN, "cookie": cookie}
    send(app, "POST", "/vydno/preferences", headers=headers, content="theme=red")
    assert kept == (["theme=red"] if inside else [])


# What the site's functions return


@pytest.mark.parametrize(
    ("value", "preferences"),
    [
        (None, None),
        ("", Preferences()),
        ({}, Preferences()),
        ("theme=red&theme=violet", Preferences({"theme": "red"})),
        (
            {"theme": "red", "text-scale": 125, "colour": "x"},
            Preferences({"text-scale": "125", "theme": "red"}),
        ),
        (Preferences({"theme": "red"}), Preferences({"theme": "red"})),
    ],
)
def test_load_may_return_text_a_mapping_or_none(
    value: object, preferences: Preferences | None
) -> None:
    assert loaded(value) == preferences


@pytest.mark.parametrize("value", [0, 1, b"theme=red", ["theme"], True])
def test_anything_else_is_an_error_that_says_what_may_be_returned(value: object) -> None:
    with pytest.raises(VydnoError, match="load must return a cookie's text, a mapping"):
        loaded(value)


@pytest.mark.parametrize(
    ("functions", "message"),
    [
        ({"load": "theme=red", "store": print}, "load must be a function of the request"),
        ({"load": print, "store": 1}, "store must be a function of the request"),
        ({"load": print}, "load is given without store; give both, or neither"),
        ({"store": print}, "store is given without load; give both, or neither"),
    ],
)
def test_wrong_functions_fail_at_the_start(functions: dict[str, Any], message: str) -> None:
    with pytest.raises(VydnoError, match=message):
        Accounts(**functions)
