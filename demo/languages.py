"""The controls in every language that they speak."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from vydno import Preferences
from vydno.strings import NAMES, direction
from vydno.templating import Macros
from vydno.web.asgi import preferences

from .content import PAGES, address
from .pages import Pages, language_of


@dataclass(frozen=True)
class Spoken:
    """A language: its name for itself, its direction, and the controls in it."""

    tag: str
    name: str
    direction: str
    controls: Markup


class Languages:
    """Answers with one page of all languages, in the order of their names."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.macros = Macros()
        self.routes = [Route(PAGES["languages"], self.page)]

    async def page(self, request: Request) -> Response:
        """All languages; every control on the page is a real one, and they agree."""
        chosen = preferences(request)
        back = address(language_of(request), "languages")
        return self.pages.render(
            request,
            "languages",
            template="languages",
            workshop=True,
            spoken=[self._spoken(tag, chosen, back) for tag in sorted(NAMES, key=_place)],
        )

    def _spoken(self, tag: str, chosen: Preferences, back: str) -> Spoken:
        controls = self.macros.text_scale(chosen, lang=tag, id=f"scale-{tag}", return_to=back)
        controls += self.macros.theme_switch(chosen, lang=tag, id=f"theme-{tag}", return_to=back)
        return Spoken(tag, NAMES[tag], direction(tag), controls)


def _place(tag: str) -> tuple[bool, str]:
    """Ukrainian first, then by the tag."""
    return tag != "uk", tag
