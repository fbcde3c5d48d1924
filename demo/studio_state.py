"""What the studio shows, as its address says it: read strictly, written without the defaults."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from vydno import PREFERENCES
from vydno.themes.pairs import ROLES
from vydno.themes.seeds import MOST_CHROMA

THEMES = PREFERENCES["theme"].values
SCALES = PREFERENCES["text-scale"].values
SCHEMES = ("light", "dark")
CONTRASTS = ("normal", "more")
VISIONS = ("normal", "protan", "deutan", "tritan")
FORCED = ("none", "dark", "light")
PAGES = ("home", "news/e-governance", "timetable", "street_light", "static_page")
EVERY = "all"

# What a new theme begins with; its hue is none of ours.
NAME, HUE, CHROMA, BRAND = "my-theme", 310.0, 0.15, "#7a3e9d"
NARROWEST, WIDEST = 240, 1600

# Longer than any address of ours.
_MOST = 1000
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST_NAME = 40
_COLOUR = re.compile(r"#?[0-9a-f]{6}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,4})?")


@dataclass(frozen=True)
class Refusal:
    """Why a field of the address is refused: the key of the sentence, and what it says.

    Nothing of the address is in it, so that nothing of it can come back in a page.
    """

    field: str
    key: str
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)


class RefusedError(Exception):
    """An address that the studio does not take."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(f"{refusal.field}: {refusal.key}" for refusal in refusals))
        self.refusals = refusals


@dataclass(frozen=True, kw_only=True)
class State:
    """Everything that an address can say; ``start`` is what a new theme is made of, if one is.

    ``theme`` is one of ours, the new one, or all; ``scheme`` and ``contrast`` are one of two, or
    all; ``role`` and ``colour`` are a colour that is tried in the contrast matrix.
    """

    start: str = ""
    name: str = NAME
    hue: float = HUE
    chroma: float = CHROMA
    brand: str = BRAND
    theme: str = EVERY
    scheme: str = EVERY
    contrast: str = EVERY
    scale: str = "100"
    vision: str = "normal"
    forced: str = "none"
    page: str = "home"
    width: int = 375
    role: str = ""
    colour: str = ""

    @classmethod
    def from_query(cls, query: str) -> State:
        """Read a query; raise RefusedError, with all that is wrong. Of two values the first counts.

        An empty value is none, as forms send it. Fields that are not the studio's are passed over.
        """
        if len(query) > _MOST:
            raise RefusedError(Refusal("query", "long", {"most": _MOST}))
        try:
            pairs = parse_qsl(query, errors="strict", max_num_fields=100)
        except ValueError:
            raise RefusedError(Refusal("query", "encoding")) from None
        given = {name: value.strip() for name, value in reversed(pairs) if value.strip()}
        return _read(cls, given)

    def query(self, **changes: Any) -> str:
        """The query of this state, or of one that differs, with its ``?``; "" for the defaults."""
        state = replace(self, **changes)
        return f"?{urlencode(pairs)}" if (pairs := list(state.pairs())) else ""

    def pairs(self, *without: str) -> Iterator[tuple[str, str]]:
        """The fields that differ from their defaults, as text, except some."""
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in without or (value == each.default and each.name not in self._kept):
                continue
            yield each.name, f"{value:g}" if isinstance(value, float) else str(value)

    @property
    def _kept(self) -> tuple[str, ...]:
        """A theme's seed is written out, so that its address says what the theme is."""
        return {"hue": ("name", "hue", "chroma"), "brand": ("name", "brand")}.get(self.start, ())

    @property
    def themes(self) -> tuple[str, ...]:
        """The names of the themes that there are, the new one first."""
        return (self.name, *THEMES) if self.start else THEMES


def _read(cls: type[State], given: Mapping[str, str]) -> State:
    refusals: list[Refusal] = []
    values: dict[str, Any] = {}
    for name, parse in _PARSERS.items():
        if name in given:
            try:
                values[name] = parse(name, given[name])
            except RefusedError as refused:
                refusals += refused.refusals
    if refusals:
        raise RefusedError(*refusals)
    if "start" not in values:
        values["start"] = "brand" if "brand" in values else "hue" if "hue" in values else ""
    state = cls(**values)
    if state.theme not in (EVERY, *state.themes):
        choices = ", ".join((EVERY, *state.themes))
        raise RefusedError(Refusal("theme", "choice", {"choices": choices}))
    if bool(state.role) != bool(state.colour):
        raise RefusedError(Refusal("colour", "both"))
    return state


# One field each. --------------------------------------------------------------------------------

_Parser = Callable[[str, str], Any]


def _choice(*choices: str) -> _Parser:
    def parse(name: str, value: str) -> str:
        if value not in choices:
            raise RefusedError(Refusal(name, "choice", {"choices": ", ".join(choices)}))
        return value

    return parse


def _number(least: float, most: float) -> _Parser:
    def parse(name: str, value: str) -> float:
        number = float(value.replace(",", ".")) if _NUMBER.fullmatch(value) else -1
        if not least <= number <= most:
            raise RefusedError(Refusal(name, "number", {"least": least, "most": most}))
        return number

    return parse


def _integer(least: int, most: int) -> _Parser:
    parse_number = _number(least, most)
    return lambda name, value: round(parse_number(name, value))


def _colour(name: str, value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise RefusedError(Refusal(name, "colour"))
    return f"#{value.removeprefix('#').lower()}"


def _name(name: str, value: str) -> str:
    if not _NAME.fullmatch(value) or len(value) > _LONGEST_NAME:
        raise RefusedError(Refusal(name, "name", {"most": _LONGEST_NAME}))
    if value in (EVERY, "site", *THEMES):
        raise RefusedError(Refusal(name, "taken"))
    return value


def _theme(name: str, value: str) -> str:
    """Which themes there are is known once the address is read; here it must only be a name."""
    if not _NAME.fullmatch(value) or len(value) > _LONGEST_NAME:
        raise RefusedError(Refusal(name, "choice", {"choices": ", ".join((EVERY, *THEMES))}))
    return value


_PARSERS: Mapping[str, _Parser] = {
    "start": _choice("hue", "brand"),
    "name": _name,
    "hue": _number(0, 360),
    "chroma": _number(0, MOST_CHROMA),
    "brand": _colour,
    "theme": _theme,
    "scheme": _choice(EVERY, *SCHEMES),
    "contrast": _choice(EVERY, *CONTRASTS),
    "scale": _choice(*SCALES),
    "vision": _choice(*VISIONS),
    "forced": _choice(*FORCED),
    "page": _choice(*PAGES),
    "width": _integer(NARROWEST, WIDEST),
    "role": _choice(*(role for role in ROLES if role != "focus-gap")),
    "colour": _colour,
}
