"""The door for WSGI applications.

Wrap the application, ``VydnoMiddleware(app)``; where a page is made, ask ``preferences(environ)``.
Django and Flask have doors of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from ..errors import VydnoError
from ..preferences import Preferences
from ..static import static_dir
from ..templating import Macros
from .accounts import Accounts
from .environ import (
    form_request,
    path_of,
    request_headers,
    root_path,
    send,
    to_bytes,
    to_text,
)
from .files import built_files
from .form import take
from .settings import Settings
from .visit import Visit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Of the site's, both given the environ.
Load: TypeAlias = Callable[[Any], Any]
Store: TypeAlias = Callable[[Any, Preferences], Any]

# The environ's key under which the visit stands; one without a dot would be CGI's.
_VISIT = "vydno.visit"


def preferences(environ: WSGIEnvironment) -> Preferences:
    """The visitor's preferences.

    Asking makes the response depend on the cookie: ``VydnoMiddleware`` adds ``Vary: Cookie`` to a
    response that starts afterwards. Without the middleware the application must say so itself.
    """
    if _VISIT in environ:
        visit: Visit = environ[_VISIT]["visit"]
        return visit.preferences
    return Preferences.from_cookie_header(environ.get("HTTP_COOKIE", ""))


def macros(environ: WSGIEnvironment, *, lang: str = "") -> Macros:
    """The macros, with the addresses at which the middleware answers, below a path prefix too.

    ``lang`` is the page's language, if not the site's.
    """
    return _visit(environ).macros(lang)


def sign_in(environ: WSGIEnvironment) -> Preferences:
    """Call it once somebody has signed in: the account's preferences reach the cookie.

    Returns what holds from now on; what the browser had chosen by itself stays.
    """
    visit = _visit(environ)
    accounts: Accounts = environ[_VISIT]["accounts"]
    return accounts.sign_in(environ, visit)


def sign_out(environ: WSGIEnvironment) -> None:
    """Call it when somebody signs out: the cookie goes, the account keeps what it has."""
    _visit(environ).sign_out()


class VydnoMiddleware:
    """Answer the form and serve Vydno's files; pass everything else on.

    The keywords are those of ``Settings``; a wrong one raises VydnoError here. ``load`` and
    ``store`` keep a signed-in visitor's preferences (see ``accounts``); the middleware must then
    stand inside of the one that knows who is signed in.
    """

    def __init__(
        self,
        app: WSGIApplication,
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
        self.accounts = Accounts(load, store)
        self.files = built_files(static_dir())

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = path_of(environ)
        if path == self.settings.endpoint:
            return self._take_form(environ, start_response)
        if path.startswith(self.settings.static):
            name, query = path.removeprefix(self.settings.static), environ.get("QUERY_STRING", "")
            method, headers = environ["REQUEST_METHOD"], request_headers(environ)
            response = self.files.respond(method, name, query, headers)
            return send(response, environ, start_response)
        return self._visited(environ, start_response)

    def _visited(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        visit = Visit.of(
            request_headers(environ),
            settings=self.settings,
            scheme=environ["wsgi.url_scheme"],
            root_path=root_path(environ),
        )
        environ[_VISIT] = {"visit": visit, "accounts": self.accounts}

        def starting(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            self.accounts.saw(environ, visit)
            return start_response(status, to_text(visit.headers(to_bytes(headers))), *error)

        return self.app(environ, starting)

    def _take_form(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        response, preferences = take(form_request(environ, self.settings))
        self.accounts.took(environ, preferences)
        return send(response, environ, start_response)


def _visit(environ: WSGIEnvironment) -> Visit:
    if _VISIT not in environ:
        raise VydnoError(
            "This request did not pass VydnoMiddleware; wrap the application in it, "
            "app = VydnoMiddleware(app)."
        )
    visit: Visit = environ[_VISIT]["visit"]
    return visit
