"""From a request to a page in its language, with its visitor's preferences."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from vydno import Preferences
from vydno.templating import Macros
from vydno.web.asgi import preferences

from .content import LANGUAGES, NAVIGATION, NEWS, PAGES, address, load_strings, other
from .typography import typeset

# What was made for one visitor is kept by that visitor's browser alone, which asks again each time;
# what is the same for everybody may lie in any cache for a while.
PERSONAL = "private, no-cache"
SHARED = "public, max-age=300"

# The section of the navigation to which a page belongs that is no section itself.
_SECTIONS = {"news": "home", "sent": "street_light"}

# What may stand in a query (RFC 3986, section 3.4); anything else that came is percent-encoded.
_QUERY = "!$&'()*+,;=:@/?%"

_TEMPLATES = Path(__file__).with_name("templates")


class Pages:
    """Renders the pages of the site.

    ``version`` gives the version of a file of ours by its name; without ``javascript`` no page
    links to a script.
    """

    def __init__(self, *, version: Callable[[str], str], javascript: bool) -> None:
        self.strings = load_strings()
        self.templates = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters["typeset"] = lambda html: Markup(typeset(html))  # noqa: S704
        self.templates.globals.update(
            asset=lambda name: f"/static/{name}?v={version(name)}",
            javascript=javascript,
            navigation=NAVIGATION,
            news=NEWS,
            vydno=Macros(),
        )

    def render(
        self,
        request: Request,
        page: str,
        *,
        template: str = "inner",
        status: int = 200,
        shared: bool = False,
        **context: Any,
    ) -> Response:
        """Answer with a page; one that is ``shared`` looks the same whoever asks for it."""
        language = language_of(request)
        html = self.templates.get_template(f"{template}.html").render(
            self._words(page, language)
            | self._place(request, page, language)
            | {"preferences": Preferences() if shared else preferences(request), "shared": shared}
            | context
        )
        headers = {"Cache-Control": SHARED if shared else PERSONAL, "Content-Language": language}
        return HTMLResponse(html, status, headers)

    def _words(self, page: str, language: str) -> dict[str, Any]:
        """The words of a language, and of those the ones at the head of this page."""
        table = self.strings[language]
        folder, _, name = page.rpartition("/")
        words = table[folder][name] if folder else table[page]
        return {
            "language": language,
            "t": table,
            "words": words,
            "title": words.get("page_title", words["title"]),
        }

    def _place(self, request: Request, page: str, language: str) -> dict[str, Any]:
        """Where this page is, and the way from it to others."""
        known = page in PAGES or page.startswith("news/")
        here = address(language, page) if known else quote(request.scope["path"])
        query = quote(request.scope["query_string"], safe=_QUERY)
        code = other(language)
        return {
            "page": page,
            "section": _SECTIONS.get(page.partition("/")[0], page),
            "to": partial(address, language),
            "here": here,
            # The studio keeps all that it shows in the query.
            "return_to": f"{here}?{query}" if query else here,
            "counterpart": address(code, page) if known else None,
            "other": {**self.strings[code], "home": address(code, "home")},
        }


def language_of(request: Request) -> str:
    """The language of a path; Ukrainian where it names none."""
    # Not its URL, which cannot be read where the query is not what a query may be.
    first = request.scope["path"].split("/")[1]
    return next((code for code, folder in LANGUAGES.items() if folder == f"/{first}"), "uk")
