"""The door for ASGI applications: Starlette, FastAPI, Litestar and any other.

Wrap the application, ``VydnoMiddleware(app)``, or in Starlette and FastAPI list ``configured()``
among the middlewares; where a page is made, ask ``preferences(request)``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, TypeAlias

from ..errors import VydnoError
from ..preferences import Preferences
from ..static import static_dir
from ..templating import Macros
from .accounts import AsyncAccounts
from .files import StaticFiles, built_files
from .form import MAX_BODY, FormRequest, take
from .messages import Message, Receive, Scope, Send, read_body, request_headers, send_response
from .settings import Settings, check_path
from .visit import Visit

# Each framework has types of its own for the three: scope, receive and send.
App: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]
# Of the site's, both given the ASGI scope; either may be a coroutine function.
Load: TypeAlias = Callable[[Scope], Any]
Store: TypeAlias = Callable[[Scope, Preferences], Any]

# The scope's key under which the visit stands.
_VISIT = "vydno"


class HasScope(Protocol):
    """A request or a connection of any ASGI framework."""

    @property
    def scope(self) -> Any: ...


Request: TypeAlias = HasScope | Mapping[str, Any]


def preferences(request: Request) -> Preferences:
    """The visitor's preferences, from a request, a WebSocket or a bare ASGI scope.

    Asking makes the response depend on the cookie: ``VydnoMiddleware`` adds ``Vary: Cookie`` to a
    response that starts afterwards. Without the middleware the application must say so itself.
    """
    scope = _scope(request)
    if _VISIT in scope:
        visit: Visit = scope[_VISIT]["visit"]
        return visit.preferences
    return Preferences.from_cookie_header(request_headers(scope).get("cookie", ""))


def macros(request: Request, *, lang: str = "") -> Macros:
    """The macros, with the addresses at which the middleware answers this request's application.

    They are right below a path prefix too. ``lang`` is the page's language, if not the site's.
    """
    return _visit(request).macros(lang)


async def sign_in(request: Request) -> Preferences:
    """Call it once somebody has signed in: the account's preferences reach the cookie.

    Returns what holds from now on; what the browser had chosen by itself stays.
    """
    scope = _scope(request)
    visit = _visit(request)
    accounts: AsyncAccounts = scope[_VISIT]["accounts"]
    return await accounts.sign_in(scope, visit)


def sign_out(request: Request) -> None:
    """Call it when somebody signs out: the cookie goes, the account keeps what it has."""
    _visit(request).sign_out()


class VydnoMiddleware:
    """Answer the form and serve Vydno's files; pass everything else on.

    The keywords are those of ``Settings``; a wrong one raises VydnoError here. ``load`` and
    ``store`` keep a signed-in visitor's preferences (see ``accounts``); the middleware must then
    stand inside of the one that knows who is signed in.
    """

    def __init__(
        self,
        app: App,
        *,
        endpoint: str = Settings.endpoint,
        static: str = Settings.static,
        site: str = Settings.site,
        proxy: str = Settings.proxy,
        asset_base: str = Settings.asset_base,
        lang: str = Settings.lang,
        load: Load | None = None,
        store: Store | None = None,
    ) -> None:
        self.app = app
        self.settings = Settings(
            endpoint=endpoint,
            static=static,
            site=site,
            proxy=proxy,
            asset_base=asset_base,
            lang=lang,
        )
        self.accounts = AsyncAccounts(load, store)
        self.files = serve(built_files(static_dir()), below=self.settings.static)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = _path(scope) if scope["type"] == "http" else None
        if path is None:
            await self.app(scope, receive, send)
        elif path == self.settings.endpoint:
            await self._take_form(scope, receive, send)
        elif path.startswith(self.settings.static):
            await self.files(scope, receive, send)
        else:
            await self._visited(scope, receive, send)

    async def _visited(self, scope: Scope, receive: Receive, send: Send) -> None:
        visit = Visit.of(
            request_headers(scope),
            settings=self.settings,
            scheme=scope.get("scheme", "http"),
            root_path=scope.get("root_path", ""),
        )
        # One object for all copies that a framework makes of the scope.
        scope[_VISIT] = {"visit": visit, "accounts": self.accounts}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self.accounts.saw(scope, visit)
                message = {**message, "headers": visit.headers(message.get("headers", ()))}
            await send(message)

        await self.app(scope, receive, sending)

    async def _take_form(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive, at_most=MAX_BODY)
        if body is None:
            return
        request = FormRequest.of(
            scope["method"],
            request_headers(scope),
            body,
            settings=self.settings,
            scheme=scope.get("scheme", "http"),
            root_path=scope.get("root_path", ""),
        )
        response, preferences = take(request)
        await self.accounts.took(scope, preferences)
        await send_response(response, scope, send)


class Factory(Protocol):
    """What makes the middleware around an application."""

    def __call__(self, app: App, /) -> VydnoMiddleware: ...


def configured(
    uncalled: object = None,
    /,
    *,
    endpoint: str = Settings.endpoint,
    static: str = Settings.static,
    site: str = Settings.site,
    proxy: str = Settings.proxy,
    asset_base: str = Settings.asset_base,
    lang: str = Settings.lang,
    load: Load | None = None,
    store: Store | None = None,
) -> Factory:
    """For Starlette's ``Middleware(configured())`` and FastAPI's ``add_middleware(configured())``.

    They make their middlewares when the server calls them, too late for an error to stop it: a
    wrong keyword, of those of ``VydnoMiddleware``, raises VydnoError here. So does an application,
    which comes when the brackets were forgotten.
    """
    if uncalled is not None:
        raise VydnoError("Write configured(), with its brackets: any settings stand between them.")

    def vydno_middleware(app: App, /) -> VydnoMiddleware:
        return VydnoMiddleware(
            app,
            endpoint=endpoint,
            static=static,
            site=site,
            proxy=proxy,
            asset_base=asset_base,
            lang=lang,
            load=load,
            store=store,
        )

    vydno_middleware(_nothing)
    return vydno_middleware


async def _nothing(*_: Any) -> None:
    """An application that is never called."""


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


def _scope(request: Request) -> Any:
    # Starlette's Request is a mapping and has a scope as well.
    return getattr(request, "scope", request)


def _visit(request: Request) -> Visit:
    scope = _scope(request)
    if _VISIT not in scope:
        raise VydnoError(
            "This request did not pass VydnoMiddleware; wrap the application in it, "
            "app = VydnoMiddleware(app)."
        )
    visit: Visit = scope[_VISIT]["visit"]
    return visit
