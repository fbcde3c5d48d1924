"""The themes as a style sheet.

Each role holds its four colours in one value: two ``light-dark()``, of which one is chosen by
two flags that inherit. One of the flags is ``initial``, so that its ``var()`` falls back to the
colours; the other is nothing, and so is its ``var()``. ``light-dark()`` itself stays as it is until
a property uses it, and follows the ``color-scheme`` there. So any element can be an island.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent

from .pairs import ROLES, SURFACES
from .seeds import load
from .solver import Theme, build_all

# Roles that are another one, whatever the theme.
_FOLLOWS = {"focus-gap": "surface"}

# Where any role may change; later rules with this selector win over the themes.
_EVERYWHERE = ":root,[data-theme],[data-contrast]"

_NORMAL = ("--vydno-normal:initial", "--vydno-more: ")
_MORE = ("--vydno-normal: ", "--vydno-more:initial")

# A grey that passes on white and under black ink: whether or not a reader prints backgrounds, a
# band in the accent stays readable.
_PRINTED_ACCENT = {"accent": "#777777", "accent-hover": "#777777", "on-accent": "#000000"}

PRINT: Mapping[str, str] = {
    role: _PRINTED_ACCENT.get(
        role, "#ffffff" if role in (*SURFACES, "selection", "focus-gap") else "#000000"
    )
    for role in ROLES
}
"""The roles on paper: black on white."""

# Canvas and CanvasText are the one pair that is readable in every palette of the system, either way
# round. Without this the roles would show through where the browser forces nothing: in SVG and in
# gradients.
_SYSTEM = {
    **dict.fromkeys((*SURFACES, "focus-gap", "on-accent"), "Canvas"),
    "link": "LinkText",
    "link-visited": "VisitedText",
    "selection": "Highlight",
    "selection-text": "HighlightText",
}

_PAINT = """\
:where(:root[data-theme]) {
  color-scheme: light dark;
}
:where([data-color-scheme=light]) {
  color-scheme: light;
}
:where([data-color-scheme=dark]) {
  color-scheme: dark;
}
:where([data-theme], [data-color-scheme], [data-theme] [data-contrast]) {
  background-color: var(--vydno-surface);
  color: var(--vydno-text);
  accent-color: var(--vydno-accent);
}
:where([data-theme], [data-color-scheme]) :where(:link) {
  color: var(--vydno-link);
}
:where([data-theme], [data-color-scheme]) :where(:visited) {
  color: var(--vydno-link-visited);
}
:where([data-theme], [data-color-scheme]) ::selection {
  background-color: var(--vydno-selection);
  color: var(--vydno-selection-text);
}"""


def stylesheet(themes: Mapping[str, Theme] | None = None) -> str:
    """The whole style sheet, of our own themes unless others are given; the first is the default.

    It is in a layer below the controls' own rules and below whatever a site says outside layers.
    """
    themes = themes or build_all(load())
    rules = indent("\n".join(_rules(themes)), "  ")
    return f"@layer vydno.themes {{\n{rules}\n}}\n"


def _rules(themes: Mapping[str, Theme]) -> Iterator[str]:
    yield _rule(":where(:root),[data-contrast=normal]", _NORMAL)
    yield _media("(prefers-contrast:more)", _rule(":where(:root)", _MORE))
    yield _rule("[data-contrast=more]", _MORE)
    shared = _shared(themes)
    follows = {role: f"var(--vydno-{other})" for role, other in _FOLLOWS.items()}
    yield _rule(_EVERYWHERE, _declarations({**shared, **follows}))
    for place, theme in enumerate(themes.values()):
        own = {role: value for role, value in _values(theme).items() if role not in shared}
        yield _rule(_selector(theme.name, default=place == 0), _declarations(own))
    yield _PAINT
    system = {role: _SYSTEM.get(role, "CanvasText") for role in ROLES}
    yield _media("(forced-colors:active)", _rule(_EVERYWHERE, _declarations(system)))
    paper = {role: _short(colour) for role, colour in PRINT.items()}
    yield _media("print", _rule(_EVERYWHERE, _declarations(paper)))


def _selector(theme: str, *, default: bool) -> str:
    """Where a theme's roles are worked out: where it is named, and where only contrast changes.

    An element that names no theme is left to the nearest that does; where a theme stands inside
    another inside itself the selector cannot tell which is nearest, and the roles are inherited.
    """
    own = f"[data-theme={theme}]"
    selector = f"{own},:where({own} [data-contrast]:not({own} [data-theme] *))"
    if default:
        return f":where(:root,[data-contrast]:not([data-theme] *)),{selector}"
    return selector


def _values(theme: Theme) -> dict[str, str]:
    return {
        role: _value(*(_short(palette[role]) for palette in theme.variants.values()))
        for role in ROLES
        if role not in _FOLLOWS
    }


def _value(light: str, dark: str, light_more: str, dark_more: str) -> str:
    normal, more = f"light-dark({light},{dark})", f"light-dark({light_more},{dark_more})"
    return normal if normal == more else f"var(--vydno-normal,{normal})var(--vydno-more,{more})"


def _shared(themes: Mapping[str, Theme]) -> dict[str, str]:
    """What is the same in every theme need be said only once."""
    first, *others = (_values(theme) for theme in themes.values())
    return {
        role: value
        for role, value in first.items()
        if all(other[role] == value for other in others)
    }


def _declarations(values: Mapping[str, str]) -> Iterator[str]:
    return (f"--vydno-{role}:{value}" for role, value in values.items())


def _rule(selector: str, declarations: Iterable[str]) -> str:
    return "\n".join([f"{selector} {{", *(f"  {line};" for line in declarations), "}"])


def _media(query: str, rule: str) -> str:
    return f"@media {query} {{\n{indent(rule, '  ')}\n}}"


def _short(colour: str) -> str:
    """``#aabbcc`` as ``#abc``: minifiers leave custom properties as they are."""
    return f"#{colour[1::2]}" if colour[1::2] == colour[2::2] else colour
