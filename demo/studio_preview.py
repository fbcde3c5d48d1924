"""A page of the site, worn as the studio says and not as its visitor does, for a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from vydno import Preferences

from . import timetable
from .content import LANGUAGES, other
from .pages import Pages, language_of
from .street_light import PROBLEMS, Report
from .studio_state import EVERY, PAGES, THEMES, State

_ADDRESS = "/studio/preview/"


class Worn:
    """What a page's root wears; unlike a visitor's preferences, a theme that is being made too."""

    fixed = ()

    def __init__(self, state: State) -> None:
        self.attributes = dict(_attributes(state))
        chosen = {
            "theme": state.theme if state.theme in THEMES else "",
            "text-scale": state.scale,
        }
        self._known = Preferences({name: value for name, value in chosen.items() if value})

    def __getitem__(self, name: str) -> str:
        return self._known[name]


def _attributes(state: State) -> Iterator[tuple[str, str]]:
    theme = state.themes[0] if state.start and state.theme == EVERY else state.theme
    chosen = {
        "data-theme": theme,
        "data-color-scheme": state.scheme,
        "data-contrast": state.contrast,
        "data-text-scale": state.scale,
        "data-forced-colors": state.forced,
    }
    for name, value in chosen.items():
        if value not in (EVERY, "none"):
            yield name, value


def preview(pages: Pages, request: Request, state: State, sheet: str) -> Response:
    """Render the page that the state names; its links lead to other previews."""
    language = language_of(request)
    template, context = _content(state.page)
    code = other(language)
    here = LANGUAGES[language] + _ADDRESS + state.query()
    return pages.render(
        request,
        state.page,
        template=template,
        preferences=Worn(state),
        framed=True,
        javascript=False,
        sheet=sheet,
        to=_ways(language, state),
        here=here,
        return_to=here,
        counterpart=None,
        other={**pages.strings[code], "home": LANGUAGES[code] + _ADDRESS + state.query()},
        **context,
    )


def _ways(language: str, state: State) -> Callable[[str], str]:
    def to(page: str) -> str:
        shown = page if page in PAGES else state.page
        return LANGUAGES[language] + _ADDRESS + state.query(page=shown)

    return to


def _content(page: str) -> tuple[str, Mapping[str, Any]]:
    """The template of a page and what it asks for."""
    match page:
        case "home":
            return "home", {}
        case "timetable":
            return "timetable", {
                "weekdays": timetable.WEEKDAYS,
                "weekends": timetable.WEEKENDS,
                "rides": timetable.RIDES,
            }
        case "street_light":
            report = Report(email="olena@")
            found = {"report": report, "problems": PROBLEMS, "errors": report.errors()}
            return "street_light", found
        case "static_page":
            return "inner", {}
    return "article", {"name": page.removeprefix("news/")}
