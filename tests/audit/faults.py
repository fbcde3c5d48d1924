"""A server of pages that do to a browser what no page should."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trustme
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ..servers import serve

_PAGE = "<!doctype html><html lang=en><title>{0}</title><main><h1>{0}</h1>{1}</main></html>"
_SCRIPTS = {
    "sound": "",
    "alert": "alert('Good morning')",
    "alerts": "for (;;) alert('Again')",
    "hangs-at-once": "for (;;) {}",
    "hangs-later": "setTimeout(() => { for (;;) {} }, 50)",
}


async def page(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _SCRIPTS:
        return Response("", 404)
    script = _SCRIPTS[name]
    return HTMLResponse(_PAGE.format(name, f"<script>{script}</script>" if script else ""))


async def redirect(request: Request) -> Response:
    return RedirectResponse(request.url)


async def download(_: Request) -> Response:
    held = {"Content-Disposition": "attachment; filename=list.bin"}
    return Response(b"\0" * 16, media_type="application/octet-stream", headers=held)


async def data(_: Request) -> Response:
    return JSONResponse({"a": 1})


async def seen(request: Request) -> Response:
    """What the browser sent."""
    body = "; ".join(f"{name}: {value}" for name, value in sorted(request.headers.items()))
    return HTMLResponse(_PAGE.format("seen", f"<pre>{body}</pre>"))


async def hop(request: Request) -> Response:
    return RedirectResponse(request.query_params["to"])


async def guarded(request: Request) -> Response:
    if "authorization" in request.headers:
        return HTMLResponse(_PAGE.format("guarded", ""))
    return Response("", 401, {"WWW-Authenticate": 'Basic realm="test"'})


@contextmanager
def faulty_site() -> Iterator[str]:
    """Its address without a slash."""
    routes = [
        Route("/redirect", redirect),
        Route("/download", download),
        Route("/data", data),
        Route("/seen", seen),
        Route("/hop", hop),
        Route("/guarded", guarded),
        Route("/{name}", page),
    ]
    with serve(Starlette(routes=routes)) as address:
        yield address


@contextmanager
def untrusted_site() -> Iterator[str]:
    """A page over TLS with a certificate that nobody vouches for; its address."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "own.pem")
        certificate = trustme.CA().issue_cert("127.0.0.1")
        certificate.private_key_and_cert_chain_pem.write_to_path(file)
        app = Starlette(routes=[Route("/{name}", page)])
        with serve(app, ssl_certfile=file) as address:
            yield f"{address}/sound"


@contextmanager
def silent_host() -> Iterator[str]:
    """Takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


@contextmanager
def closed_port() -> Iterator[str]:
    """Nobody listens there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    yield f"http://127.0.0.1:{port}/"
