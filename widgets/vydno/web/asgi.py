"""The door for ASGI applications: Starlette, FastAPI, Litestar and any other.

Wrap the application, ``VydnoMiddleware(app)``; where a page is made, ask ``preferences(request)``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Protocol, TypeAlias

from ..preferences import Preferences
from ..static import static_dir
from .files import StaticFiles
from .form import MAX_BODY, FormRequest, answer
from .messages import Receive, Scope, Send, read_body, request_headers, send_response
from .settings import Settings, check_path
from .vary import vary_by_cookie

App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

# The scope's key under which stands whether the response depends on the cookie.
_NOTE = "vydno"


class HasScope(Protocol):
    """A request or a connection of any ASGI framework."""

    @property
    def scope(self) -> MutableMapping[str, Any]: ...


def preferences(request: HasScope | Mapping[str, Any]) -> Preferences:
    """The visitor's preferences, from a request, a WebSocket or a bare ASGI scope.

    Asking makes the response depend on the cookie: ``VydnoMiddleware`` adds ``Vary: Cookie`` to a
    response that starts afterwards. Without the middleware the application must say so itself.
    """
    # Starlette's Request is a mapping and has a scope as well.
    scope: Any = getattr(request, "scope", request)
    if _NOTE in scope:
        scope[_NOTE]["varies"] = True
    return Preferences.from_cookie_header(request_headers(scope).get("cookie", ""))


class VydnoMiddleware:
    """Answer the form and serve Vydno's files; pass everything else on.

    The arguments are those of ``Settings``; a wrong one raises VydnoError here.
    """

    def __init__(
        self,
        app: App,
        *,
        endpoint: str = Settings.endpoint,
        static: str = Settings.static,
        site: str = Settings.site,
    ) -> None:
        self.app = app
        self.settings = Settings(endpoint=endpoint, static=static, site=site)
        self.files = serve(StaticFiles(static_dir(), cross_origin=True), below=static)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = _path(scope) if scope["type"] == "http" else None
        if path is None:
            await self.app(scope, receive, send)
        elif path == self.settings.endpoint:
            await self._take_form(scope, receive, send)
        elif path.startswith(self.settings.static):
            await self.files(scope, receive, send)
        else:
            # One object for all copies that a framework makes of the scope.
            note = scope.setdefault(_NOTE, {"varies": False})
            await self.app(scope, receive, vary_by_cookie(send, when=lambda: note["varies"]))

    async def _take_form(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive, at_most=MAX_BODY)
        if body is not None:
            await send_response(answer(_form_request(scope, body, self.settings)), scope, send)


def serve(files: StaticFiles, *, below: str = "/") -> App:
    """An ASGI application that serves ``files`` at the paths that start with ``below``.

    ``Mount("/assets", app=serve(StaticFiles("assets")))`` in Starlette.
    """
    check_path("below", below)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        if scope["type"] == "websocket":  # a router's mount lets it through
            await send({"type": "websocket.close"})
            return
        name = _path(scope).removeprefix(below)
        query = scope.get("query_string", b"").decode("latin-1")
        response = files.respond(scope["method"], name, query, request_headers(scope))
        await send_response(response, scope, send)

    return app


def _path(scope: Scope) -> str:
    """The path below the root path, which some servers and routers leave in front of it."""
    path: str = scope["path"]
    root = scope.get("root_path", "").rstrip("/")
    return path.removeprefix(root) if path.startswith(f"{root}/") else path


def _form_request(scope: Scope, body: bytes, settings: Settings) -> FormRequest:
    headers = request_headers(scope)
    return FormRequest(
        method=scope["method"],
        content_type=headers.get("content-type", ""),
        body=body,
        cookie=headers.get("cookie", ""),
        host=headers.get("host", ""),
        origin=headers.get("origin", ""),
        referer=headers.get("referer", ""),
        sec_fetch_site=headers.get("sec-fetch-site", ""),
        scheme=scope.get("scheme", "http"),
        root_path=scope.get("root_path", ""),
        site=settings.site,
    )
