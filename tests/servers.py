"""Applications served for a test run, each on a free port of this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from vydno import Preferences
from vydno.templating import Macros
from vydno.web.asgi import VydnoMiddleware, preferences

PAGES = Path(__file__).with_name("pages")


@contextmanager
def serve(app: Any, *, root_path: str = "") -> Iterator[str]:
    """Serve an ASGI application while the context lasts; yields its address without a slash.

    ``root_path`` is the prefix below which a proxy shows it, and which it takes off.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="error", lifespan="off", root_path=root_path)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@contextmanager
def folder(path: Path) -> Iterator[str]:
    """Serve the files of a folder; yields its address without a slash."""
    files = Mount("/", StaticFiles(directory=path, html=True))
    with serve(Starlette(routes=[files])) as address:
        yield address


CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_macros = Macros(lang="en")


def _page(preferences: Preferences, body: str, *, lang: str = "en", **head: bool) -> Response:
    html = (
        f'<!doctype html><html lang="{lang}"{_macros.html_attributes(preferences)}>'
        f'<head><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,">'
        f'<meta name="viewport" content="width=device-width">{_macros.head(**head)}</head>'
        f"<body><p id=text>Text</p>{body}</body></html>"
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": CSP})


async def drawn_by_the_server(request: Request) -> Response:
    chosen = preferences(request)
    back = {"return_to": request.url.path}
    controls = _macros.text_scale(chosen, **back) + _macros.theme_switch(chosen, **back)
    return _page(chosen, controls)


async def from_a_cache(_: Request) -> Response:
    nobody = Preferences()
    controls = _macros.text_scale(nobody) + _macros.theme_switch(nobody)
    return _page(nobody, controls, early=True)


async def without_the_early_script(_: Request) -> Response:
    nobody = Preferences()
    return _page(nobody, _macros.text_scale(nobody) + _macros.theme_switch(nobody))


async def sandboxed(request: Request) -> Response:
    """A page of an opaque origin, to which the browser refuses every cookie."""
    response = await from_a_cache(request)
    response.headers["Content-Security-Policy"] += "; sandbox allow-scripts allow-forms"
    return response


async def from_a_static_host(_: Request) -> Response:
    nobody = Preferences()
    controls = _macros.text_scale(nobody, action=None) + _macros.theme_switch(nobody, action=None)
    return _page(nobody, controls, early=True)


async def empty(request: Request) -> Response:
    body = request.query_params.get(
        "body", "<text-scale></text-scale><theme-switch></theme-switch>"
    )
    return _page(preferences(request), body, lang=request.query_params.get("lang", "en"), all=True)


async def panel(request: Request) -> Response:
    """All four controls behind one button; with ``scripts=no`` there are none to help."""
    chosen = preferences(request)
    script = request.query_params.get("scripts") != "no"
    back = f"{request.url.path}?{request.url.query}"
    return _page(chosen, _macros.panel(chosen, return_to=back), all=True, script=script)


def controls_app() -> Starlette:
    """The controls on bare pages, under the strictest policy that they promise to live with."""
    pages = (
        drawn_by_the_server,
        from_a_cache,
        without_the_early_script,
        sandboxed,
        from_a_static_host,
        empty,
        panel,
    )
    return Starlette(
        routes=[Route("/" + page.__name__.replace("_", "-"), page) for page in pages],
        middleware=[Middleware(VydnoMiddleware)],
    )
