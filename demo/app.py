"""The site of Vydnohrad, a small municipal site that wears Vydno's controls, and two workshops."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from vydno.themes.css import stylesheet
from vydno.web.asgi import VydnoMiddleware, serve
from vydno.web.files import StaticFiles
from vydno.web.folder import read_folder

from . import timetable
from .content import LANGUAGES, NEWS, PAGES, address
from .docs import Docs
from .documents import FILES, Library
from .gallery import Gallery, stills_css
from .languages import Languages
from .pages import Pages, language_of
from .security import SecurityHeaders, security_headers
from .street_light import MAX_BODY, PROBLEMS, Report
from .studio import Studio
from .studio_simulation import forced_colours, roles

_STATIC = Path(__file__).with_name("static")


def create_app(*, javascript: bool = True) -> Starlette:
    """The whole site; ``javascript=False`` shows it as it is without scripts."""
    headers = security_headers(javascript=javascript)
    files = StaticFiles({**read_folder(_STATIC), **_made()})
    pages = Pages(version=files.version, javascript=javascript)
    site, studio = Site(pages), Studio(pages, javascript=javascript)
    library = Library()
    docs = Docs(pages, library)
    routes = [
        Route(PAGES["home"], site.home),
        Route("/news/{name}/", site.article),
        Route(PAGES["timetable"], site.timetable),
        Route(PAGES["street_light"], site.street_light),
        Route(PAGES["street_light"], site.report_street_light, methods=["POST"]),
        Route(PAGES["sent"], site.sent),
        Route(PAGES["static_page"], site.static_page),
        *docs.routes,
        *Gallery(pages).routes,
        *Languages(pages).routes,
        *studio.routes,
    ]
    return Starlette(
        routes=[
            Mount(FILES, serve(library.files)),
            Mount("/static", serve(files)),
            *docs.english,
            *(_under(folder, route) for folder in LANGUAGES.values() for route in routes),
            *(route for folder in LANGUAGES.values() for route in studio.files(folder)),
        ],
        middleware=[
            Middleware(SecurityHeaders, headers=headers),
            Middleware(VydnoMiddleware),
        ],
        exception_handlers={HTTPException: site.refused, 500: partial(_broken, headers)},
    )


class Site:
    """What the site answers; each method serves a page in every language."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages

    async def home(self, request: Request) -> Response:
        return self.pages.render(request, "home", template="home")

    async def article(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in NEWS:
            raise HTTPException(404)
        return self.pages.render(request, f"news/{name}", template="article", name=name)

    async def timetable(self, request: Request) -> Response:
        return self.pages.render(
            request,
            "timetable",
            template="timetable",
            weekdays=timetable.WEEKDAYS,
            weekends=timetable.WEEKENDS,
            rides=timetable.RIDES,
        )

    async def street_light(self, request: Request) -> Response:
        return self._form(request, Report())

    async def report_street_light(self, request: Request) -> Response:
        """Check what was sent. Nothing of it is kept: there is nobody to mend the lamp."""
        report = Report.from_body(await _body(request))
        if errors := report.errors():
            return self._form(request, report, errors)
        return RedirectResponse(address(language_of(request), "sent"), 303)

    async def sent(self, request: Request) -> Response:
        return self.pages.render(request, "sent")

    async def static_page(self, request: Request) -> Response:
        return self.pages.render(request, "static_page", shared=True)

    async def refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101  (Starlette’s type is wider)
        page = "missing" if error.status_code == 404 else "failed"
        response = self.pages.render(request, page, template="missing", status=error.status_code)
        response.headers.update(error.headers or {})
        return response

    def _form(
        self, request: Request, report: Report, errors: Mapping[str, str] | None = None
    ) -> Response:
        return self.pages.render(
            request,
            "street_light",
            template="street_light",
            status=422 if errors else 200,
            report=report,
            problems=PROBLEMS,
            errors=errors or {},
        )


def _made() -> Mapping[str, bytes]:
    """The style sheets that are made from the controls' and the themes' own."""
    made = {
        "gallery-stills.css": stills_css(),
        "studio-roles.css": roles(),
        "studio-forced-colours.css": forced_colours(stylesheet()),
    }
    return {name: css.encode() for name, css in made.items()}


def _under(folder: str, route: Route) -> Route:
    return Route(folder + route.path, route.endpoint, methods=route.methods)


def _broken(headers: Mapping[str, str], _request: Request, _error: Exception) -> Response:
    """The last answer: no template, which may be what broke; the middleware is passed already."""
    text = "Сталася помилка сервера.\nThe server has failed.\n"
    return PlainTextResponse(text, 500, headers)


async def _body(request: Request) -> bytes:
    """The request's body; raise 413 as soon as it is longer than the form can be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413)
    return bytes(body)
