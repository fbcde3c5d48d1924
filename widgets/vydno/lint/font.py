"""The parts of a declaration that size text and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .sheet import Declaration
from .sizes import KEYWORDS, KNOWN_UNITS, MATHS

_SIZES = {*KEYWORDS, "smaller", "larger"}


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Values; empty where the declaration has none of that kind."""

    size: Sequence[Any] = ()
    line: Sequence[Any] = ()
    rest: Sequence[Any] = ()


def parts(declaration: Declaration) -> Parts:
    """Of `font-size`, `line-height` and `font`; of any other property all is the rest."""
    if declaration.name == "font-size":
        return Parts(size=declaration.value)
    if declaration.name == "line-height":
        return Parts(line=declaration.value)
    if declaration.name == "font":
        return _of_shorthand(declaration.value)
    return Parts(rest=declaration.value)


def _of_shorthand(value: Sequence[Any]) -> Parts:
    """By CSS Fonts 4, section 4.4: the size comes before a slash and the line's height."""
    start = next((place for place, token in enumerate(value) if _may_be_size(token)), None)
    if start is None:
        return Parts(rest=value)
    after = start + 1
    while after < len(value) and value[after].type in ("whitespace", "comment"):
        after += 1
    if after >= len(value) or value[after] != "/":
        return Parts(size=value[start : start + 1], rest=[*value[:start], *value[start + 1 :]])
    line = after + 1
    while line < len(value) and value[line].type in ("whitespace", "comment"):
        line += 1
    return Parts(
        size=value[start : start + 1],
        line=value[line : line + 1],
        rest=[*value[:start], *value[line + 1 :]],
    )


def _may_be_size(token: Any) -> bool:
    if token.type == "dimension":
        # Angles, as in `oblique 10deg`, are none.
        return token.lower_unit in KNOWN_UNITS
    if token.type == "function":
        return token.lower_name in MATHS
    if token.type == "ident":
        return token.lower_value in _SIZES
    return bool(token.type == "percentage")
