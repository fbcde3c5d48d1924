"""The door for Flask: ``Vydno(app)``, or ``vydno = Vydno()`` and ``vydno.init_app(app)``.

Templates get ``vydno``, the macros, and ``preferences``, the visitor's. The settings stand in
``app.config``: ``VYDNO_ENDPOINT``, ``VYDNO_STATIC``, ``VYDNO_SITE``, ``VYDNO_PROXY``,
``VYDNO_ASSET_BASE`` and ``VYDNO_LANG``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, request
from werkzeug.local import LocalProxy

from ..errors import VydnoError
from ..preferences import Preferences
from ..static import static_dir
from ..templating import Macros
from .accounts import Accounts
from .environ import form_request, request_headers, root_path, to_bytes, to_text
from .files import built_files
from .form import take
from .response import Response as Answer
from .settings import Settings
from .visit import Visit

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_PREFIX = "VYDNO_"


class Vydno:
    """The extension; ``load`` and ``store`` keep a signed-in visitor's preferences.

    See ``accounts`` for when they are called; both get Flask's request.
    """

    def __init__(
        self,
        app: Flask | None = None,
        *,
        load: Callable[[Any], Any] | None = None,
        store: Callable[[Any, Preferences], Any] | None = None,
    ) -> None:
        self.accounts = Accounts(load, store)
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Answer the form and serve the files; raises VydnoError for a wrong setting."""
        settings = Settings.of(
            {
                name.removeprefix(_PREFIX).lower(): value
                for name, value in app.config.items()
                if name.startswith(_PREFIX)
            },
            called=lambda name: _PREFIX + name.upper(),
        )
        files = built_files(static_dir())
        app.extensions["vydno"] = (settings, self.accounts)

        def form() -> Response:
            answer, preferences = take(form_request(request.environ, settings))
            self.accounts.took(request, preferences)
            return _response(answer)

        def file(name: str) -> Response:
            headers = request_headers(request.environ)
            query = request.query_string.decode("latin-1")
            # Werkzeug takes the body from an answer to HEAD, and its length with it.
            method = "GET" if request.method == "HEAD" else request.method
            return _response(files.respond(method, name, query, headers))

        # All methods, because it is the answer itself that refuses one in a sentence.
        for path, name, view in (
            (settings.endpoint, "vydno.form", form),
            (f"{settings.static}<path:name>", "vydno.file", file),
        ):
            app.add_url_rule(
                path,
                endpoint=name,
                view_func=view,
                methods=_METHODS,
                provide_automatic_options=False,
                strict_slashes=True,
            )
        # Flask-WTF asks every form for a token; this one has a guard of its own.
        if "csrf" in app.extensions:
            app.extensions["csrf"].exempt(form)
        app.context_processor(_context)
        app.after_request(_finish)


def preferences() -> Preferences:
    """The visitor's preferences; to ask makes the response vary by the cookie."""
    return _visit().preferences


def macros(*, lang: str = "") -> Macros:
    """The macros, with addresses below this request's prefix; ``lang`` if not the site's."""
    return _visit().macros(lang)


def sign_in() -> Preferences:
    """Call it once somebody has signed in: the account's preferences reach the cookie.

    Returns what holds from now on; what the browser had chosen by itself stays.
    """
    _, accounts = _extension()
    return accounts.sign_in(request, _visit())


def sign_out() -> None:
    """Call it when somebody signs out: the cookie goes, the account keeps what it has."""
    _visit().sign_out()


def _extension() -> tuple[Settings, Accounts]:
    if "vydno" not in current_app.extensions:
        raise VydnoError("This application does not know Vydno yet; call Vydno(app) at its start.")
    extension: tuple[Settings, Accounts] = current_app.extensions["vydno"]
    return extension


def _visit() -> Visit:
    if "vydno" not in g:
        settings, _ = _extension()
        g.vydno = Visit.of(
            request_headers(request.environ),
            settings=settings,
            scheme=request.scheme,
            root_path=root_path(request.environ),
        )
    visit: Visit = g.vydno
    return visit


def _context() -> dict[str, Any]:
    # Proxies: a template that shows nothing of it does not come to vary by the cookie.
    return {"vydno": LocalProxy(macros), "preferences": LocalProxy(preferences)}


def _finish(response: Response) -> Response:
    if "vydno" in g:
        _, accounts = _extension()
        accounts.saw(request, _visit())
        headers = _visit().headers(to_bytes(response.headers.items()))
        response.headers.clear()
        response.headers.extend(to_text(headers))
    return response


def _response(answer: Answer) -> Response:
    response = Response(answer.body, answer.status)
    del response.headers["content-type"]
    for name, value in answer.headers:
        response.headers[name] = value
    return response
