"""The gallery: every control in every state, from the controls' own example files.

A folder of a widget holds ``examples.toml``, a list of ``[[examples]]``:

| key           | holds                                                                       |
|---------------|-----------------------------------------------------------------------------|
| name          | language to the example's name                                              |
| lang, dir     | of the example; without them those of the page                              |
| arguments     | the macro's keyword arguments                                               |
| preferences   | those of the visitor who sees it                                            |
| hover, focus  | an attribute of the control that is in that state, or its start tag, as the |
|               | markup has it                                                               |
| refused       | true where the macro refuses the arguments: what it says is shown           |

A folder with a macro of its own name and without the file is shown at rest.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

import vydno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from vydno import PREFERENCES, Preferences, VydnoError
from vydno.static import static_dir
from vydno.strings import text
from vydno.templating import Macros
from vydno.web.asgi import preferences

from .content import LANGUAGES, PAGES, address
from .gallery_stills import ROOT, still, stylesheet
from .pages import Pages, language_of

WIDGETS = Path(vydno.__file__).parent
_EXAMPLES = "examples.toml"
_STYLES = "vydno-all.css"
_AT_REST: Mapping[str, Any] = {"name": {"uk": "Звичайний стан", "en": "At rest"}}

_FORM = re.compile(r"<form\b[^>]*>")
_BLANK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, kw_only=True)
class Example:
    """One entry of an example file."""

    name: Mapping[str, str]
    lang: str = ""
    dir: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    preferences: Mapping[str, str] = field(default_factory=dict)
    hover: str = ""
    focus: str = ""
    refused: bool = False

    @classmethod
    def parse(cls, entry: Mapping[str, Any], where: str) -> Example:
        """Read an entry; raise VydnoError, naming the file, where it has what no example has."""
        known = [each.name for each in fields(cls)]
        if unknown := [key for key in entry if key not in known]:
            raise VydnoError(f"{where}: no example has {unknown[0]!r}; use {', '.join(known)}.")
        if missing := [code for code in LANGUAGES if not entry.get("name", {}).get(code)]:
            raise VydnoError(f"{where}: an example has no name in {', '.join(missing)}.")
        return cls(**entry)


@dataclass(frozen=True)
class Widget:
    """A folder of a widget: the macro's name and its examples."""

    name: str
    examples: tuple[Example, ...]

    @property
    def element(self) -> str:
        """The element that the macro writes."""
        return self.name.replace("_", "-")


def widgets(folder: Path = WIDGETS) -> list[Widget]:
    """Every folder with a macro of its own name or with examples, in the order of what they prefer.

    What has examples alone is put together of others; its macro stands beside theirs.
    """
    macros = (path for path in folder.glob("*/*.jinja") if path.stem == path.parent.name)
    found = {path.parent for path in (*macros, *folder.glob(f"*/{_EXAMPLES}"))}
    every = [Widget(path.name, tuple(_examples(path / _EXAMPLES))) for path in sorted(found)]
    return sorted(every, key=_place)


def _place(widget: Widget) -> int:
    mine = (place for place, name in enumerate(PREFERENCES) if widget.element.startswith(name))
    return next(mine, len(PREFERENCES))


def _examples(path: Path) -> list[Example]:
    where = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        return [Example.parse(_AT_REST, where)]
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("examples", [])
    except tomllib.TOMLDecodeError as error:
        raise VydnoError(f"{where} is no TOML: {error}.") from None
    return [Example.parse(entry, where) for entry in entries]


# A class by which a style sheet knows what is no element of its own.
_PANEL = "vydno-panel"


def stills_css(folder: Path = WIDGETS) -> str:
    """The style sheet of the stills: the built one, and what no build has put into it yet."""
    every = widgets(folder)
    elements = [*(widget.element for widget in every), _PANEL]
    built = stylesheet((static_dir() / _STYLES).read_text(encoding="utf-8"), elements)
    late = [
        stylesheet(path.read_text(encoding="utf-8"), elements)
        for widget in every
        if still(widget.element) not in built
        for path in sorted((folder / widget.name).glob("*.css"))
    ]
    return "\n".join([built, *late])


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An example as the page shows it."""

    name: str
    lang: str
    dir: str
    attributes: Mapping[str, str]
    still: Markup
    html: str
    call: str
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A widget as the page shows it: one that works, and the stills; ``element`` is its own, or ""
    where it is put together of others."""

    name: str
    element: str
    title: str
    live: Markup
    examples: list[Shown]


class Gallery:
    """Answers with the gallery; each language's sections are made when the demo starts."""

    def __init__(self, pages: Pages, folder: Path = WIDGETS) -> None:
        self.pages = pages
        self.macros = Macros()
        self.widgets = widgets(folder)
        self.examples = {
            code: {widget.name: self._shown(widget, code) for widget in self.widgets}
            for code in LANGUAGES
        }
        self.routes = [Route(PAGES["gallery"], self.page)]

    async def page(self, request: Request) -> Response:
        """The whole gallery."""
        language = language_of(request)
        section = partial(self._section, preferences(request), language)
        return self.pages.render(
            request,
            "gallery",
            template="gallery",
            workshop=True,
            root=ROOT,
            widgets=[section(widget) for widget in self.widgets],
        )

    def _section(self, chosen: Preferences, language: str, widget: Widget) -> Section:
        live = self._macro(widget)(
            chosen,
            lang=language,
            id=f"live-{widget.element}",
            return_to=address(language, "gallery"),
        )
        return Section(
            name=widget.name,
            element=widget.element if f"<{widget.element} " in live else "",
            title=text(language, widget.element),
            live=live,
            examples=self.examples[language][widget.name],
        )

    def _shown(self, widget: Widget, language: str) -> list[Shown]:
        elements = [each.element for each in self.widgets]
        make = partial(_shown, self._macro(widget), widget, elements, language)
        return [make(example, place) for place, example in enumerate(widget.examples, 1)]

    def _macro(self, widget: Widget) -> Callable[..., Markup]:
        macro: Callable[..., Markup] = getattr(self.macros, widget.name)
        return macro


def _shown(
    macro: Callable[..., Markup],
    widget: Widget,
    elements: Sequence[str],
    language: str,
    example: Example,
    place: int,
) -> Shown:
    lang = example.lang or language
    worn = Preferences(example.preferences)
    arguments = {"lang": lang} | dict(example.arguments)
    html, error = "", ""
    try:
        html = _BLANK.sub("\n", str(macro(worn, **arguments))).strip()
    except VydnoError as refused:
        error = str(refused)
    if bool(error) != example.refused:
        raise VydnoError(f"{widget.name}: {example.name['en']!r} {error or 'is not refused'}")
    unique = macro(worn, **arguments | {"id": f"{widget.element}-{place}"}) if html else Markup("")
    return Shown(
        name=example.name[language],
        lang=lang,
        dir=example.dir or "ltr",
        attributes=worn.attributes,
        still=_still(unique, widget, elements, example),
        html=html,
        call=_call(widget.name, arguments),
        error=error,
    )


def _still(html: Markup, widget: Widget, elements: Sequence[str], example: Example) -> Markup:
    """The markup under names that no script defines; its form, as a dialog's, leads nowhere."""
    names = "|".join(elements)
    copy = re.sub(rf"(</?)({names})(?=[ >])", lambda tag: tag[1] + still(tag[2]), str(html))
    copy = copy.replace(f'class="{_PANEL}"', f'class="{still(_PANEL)}"')
    copy = _FORM.sub('<form method="dialog">', copy)
    for state in ("hover", "focus"):
        if named := getattr(example, state):
            before, after = (named[:-1], ">") if named.endswith(">") else (f" {named}", "")
            if copy.count(before + after) != 1:
                raise VydnoError(
                    f"{widget.name}: {state} names {named!r}, which the markup of "
                    f"{example.name['en']!r} does not hold exactly once."
                )
            copy = copy.replace(before + after, f'{before} data-state="{state}"{after}')
    return Markup(copy)  # noqa: S704  (it is what the macro escaped)


def _call(name: str, arguments: Mapping[str, Any]) -> str:
    given = "".join(
        f", {key}={json.dumps(value, ensure_ascii=False)}" for key, value in arguments.items()
    )
    return f"{{{{ vydno.{name}(preferences{given}) }}}}"
