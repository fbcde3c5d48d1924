"""``asset_base``: files from another host, under their versions and held to their hashes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import override_settings
from flask import Flask, render_template_string
from playwright.sync_api import Browser, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from vydno import Preferences
from vydno.static import manifest, static_dir
from vydno.web.asgi import VydnoMiddleware
from vydno.web.asgi import macros as of_scope
from vydno.web.flask import Vydno
from vydno.web.wsgi import VydnoMiddleware as WsgiMiddleware
from vydno.web.wsgi import macros as of_environ

from tests.servers import folder, serve

from .doors import application, send, set_up_django

CDN = "https://cdn.example/vydno/"


def asgi(base: str) -> Any:
    async def home(request: Request) -> HTMLResponse:
        vydno = of_scope(request)
        return HTMLResponse(
            f"<!doctype html><title>x</title>{vydno.head()}{vydno.text_scale(Preferences())}"
        )

    return VydnoMiddleware(Starlette(routes=[Route("/", home)]), asset_base=base)


def wsgi(base: str) -> Any:
    def home(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        return [str(of_environ(environ).head()).encode()]

    return WsgiMiddleware(home, asset_base=base)


def flask(base: str) -> Any:
    app = Flask(__name__)
    app.config["VYDNO_ASSET_BASE"] = base
    Vydno(app)
    app.add_url_rule("/", view_func=lambda: render_template_string("{{ vydno.head() }}"))
    return app


def django(_: str) -> Any:
    return application("django")


@pytest.mark.parametrize("door", [asgi, wsgi, flask, django])
def test_every_file_of_a_page_comes_from_the_cdn_with_version_and_integrity(
    door: Callable[[str], Any],
) -> None:
    set_up_django()
    with override_settings(VYDNO={"asset_base": CDN}):
        page = send(door(CDN), "GET", "/").text
    asset = rf'="{CDN}([\w.-]+)\?v=(\w+)" integrity="([^"]+)" crossorigin="anonymous"'
    found = re.findall(asset, page)
    assert {name for name, _, _ in found} == {"themes.css", "vydno.css", "vydno.js"}
    for name, version, integrity in found:
        entry = manifest()[name]
        assert (version, integrity) == (entry["version"], entry["integrity"])
    assert "/vydno/static/" not in page


@pytest.fixture
def of_a_door() -> Iterator[str]:
    """The files as a CDN passes them on that fetches them from a door."""
    with serve(VydnoMiddleware(Starlette())) as address:
        yield f"{address}/vydno/static/"


@pytest.fixture
def of_a_plain_host() -> Iterator[str]:
    """The files of a host that does not say that other origins may read them."""
    with folder(static_dir()) as address:
        yield f"{address}/"


@pytest.mark.parametrize(("host", "drawn"), [("of_a_door", True), ("of_a_plain_host", False)])
def test_a_browser_takes_the_files_from_another_origin_that_allows_it(
    host: str, drawn: bool, request: pytest.FixtureRequest, chromium: Browser
) -> None:
    base = request.getfixturevalue(host)
    with serve(asgi(base)) as address, chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/")
        display = "block" if drawn else "inline"
        expect(page.locator("text-scale")).to_have_css("display", display)
        page.click("button[value=larger]")
        if drawn:
            expect(page.locator("text-scale p:not(:empty)")).to_have_text("Text size 110%")
            assert page.url == f"{address}/"
        else:
            page.wait_for_url(f"{address}/#text-scale")
