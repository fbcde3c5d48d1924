"""The documentation's pages: what there is, in every language, and each document, in English.

The repository's Markdown is written in English alone. The Ukrainian site says so, says in Ukrainian
what each group is for, and links to it; no document stands in a Ukrainian page.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .content import LANGUAGES, PAGES, address, other
from .documents import Library
from .pages import Pages


class Docs:
    """Answers with the documents, which are read and rendered when the demo starts."""

    def __init__(self, pages: Pages, library: Library) -> None:
        self.pages = pages
        self.library = library
        self.routes = [Route(PAGES["docs"], self.index)]
        # In one language: these are added to the routes as they are.
        self.english = [Route(f"{LANGUAGES['en']}{PAGES['docs']}{{name}}/", self.document)]

    async def index(self, request: Request) -> Response:
        """Every document with its first sentence."""
        return self.pages.render(
            request, "docs", template="docs", workshop=True, groups=self.library.grouped()
        )

    async def document(self, request: Request) -> Response:
        """One document."""
        found = self.library.find(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        document, before, after = found
        code = other("en")
        return self.pages.render(
            request,
            "docs_page",
            template="docs_page",
            workshop=True,
            document=document,
            before=before,
            after=after,
            groups=self.library.grouped(),
            title=document.title.striptags(),
            description=document.description.striptags(),
            # The way to the other language is the way to what it has: the list.
            other={**self.pages.strings[code], "home": address(code, "docs")},
        )
