"""Lengths of CSS: what they are worth in px, and how they grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

ABSOLUTE = {
    "px": Fraction(1),
    "in": Fraction(96),
    "cm": Fraction(9600, 254),
    "mm": Fraction(960, 254),
    "q": Fraction(240, 254),
    "pt": Fraction(4, 3),
    "pc": Fraction(16),
}
"""CSS px (CSS Values 4, section 6.2)."""
_WINDOW = {
    f"{kind}{axis}"
    for kind in ("v", "sv", "lv", "dv")
    for axis in ("w", "h", "i", "b", "min", "max")
}
_CONTAINER = {"cqw", "cqh", "cqi", "cqb", "cqmin", "cqmax"}
VIEWPORT = _WINDOW | _CONTAINER
# Shares of the font size that the visitor has a hand in; for the last ones any will do.
_GROWING = {
    "%": 0.01,
    **dict.fromkeys(("rem", "em", "ic", "ric"), 1.0),
    **dict.fromkeys(("ex", "rex", "ch", "rch"), 0.5),
    **dict.fromkeys(("cap", "rcap"), 0.7),
    **dict.fromkeys(("lh", "rlh"), 1.2),
}
KNOWN_UNITS = {*ABSOLUTE, *VIEWPORT, *_GROWING} - {"%"}
MATHS = {"calc", "min", "max", "clamp", "var", "-webkit-calc", "-moz-calc"}
"""Functions that can stand for a length."""
KEYWORDS = {
    "xx-small": 9,
    "x-small": 10,
    "small": 13,
    "medium": 16,
    "large": 18,
    "x-large": 24,
    "xx-large": 32,
    "xxx-large": 48,
}
"""What browsers make of them where the visitor's size is 16 px."""
USUAL_ROOT = Fraction(16)
_MOST = 500
"""Terms of one expression, with those of the custom properties in it, which can double and
double."""

Tokens = Sequence[Any]
Definition = Callable[[str], Tokens | None]
"""The value of a custom property, where it is known."""


class UnknownSizeError(Exception):
    """Only a browser can tell."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What the visitor has: the size of text and of the window, in CSS px."""

    text: float = 16.0
    width: float = 1280.0
    height: float = 720.0

    def zoomed(self, by: float) -> Setting:
        return Setting(text=self.text, width=self.width / by, height=self.height / by)

    def with_text(self, size: float) -> Setting:
        return Setting(text=size, width=self.width, height=self.height)


# The widest is the one that WCAG 2.2 reckons with (1.4.10); wider ones have media queries.
WINDOWS = (
    Setting(width=320, height=640),
    Setting(width=768, height=1024),
    Setting(width=1280, height=720),
)
_ZOOMS = (1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0)


def size_in_px(value: Tokens, setting: Setting, definition: Definition) -> float:
    """What a length comes to. Raises UnknownSizeError for what is none, or not known."""
    try:
        return _Reader(setting, definition).sum(value)
    except RecursionError:  # custom properties that name each other in a circle
        raise UnknownSizeError from None


def growth(value: Tokens, definition: Definition, root: float = 16.0) -> float:
    """How many times as large the text becomes, in the worst window, when the visitor asks for
    twice; `root` is 1rem in px. Raises UnknownSizeError."""
    return min(
        _ratio(
            size_in_px(value, window.with_text(2 * root), definition),
            size_in_px(value, window.with_text(root), definition),
        )
        for window in WINDOWS
    )


def zoomed_growth(value: Tokens, definition: Definition, root: float = 16.0) -> float:
    """How many times as large it becomes by zooming to at most 500 %. Raises UnknownSizeError."""
    windows = [window.with_text(root) for window in WINDOWS]
    return min(
        max(
            _ratio(
                zoom * size_in_px(value, window.zoomed(zoom), definition),
                size_in_px(value, window, definition),
            )
            for zoom in _ZOOMS
        )
        for window in windows
    )


def _ratio(large: float, usual: float) -> float:
    # Nothing, or less, is no text that could be too small.
    return large / usual if usual > 0 else 2.0


def dimensions(value: Tokens) -> Iterator[Any]:
    """Every number with a unit, however deep it stands."""
    for token in value:
        if token.type == "dimension":
            yield token
        elif token.type == "function":
            yield from dimensions(token.arguments)
        elif token.type == "() block":
            yield from dimensions(token.content)


def variables(value: Tokens) -> Iterator[str]:
    """Every custom property that the value asks for, however deep."""
    for token in value:
        if token.type == "function":
            if token.lower_name == "var":
                yield from variables_of(token.arguments)
            yield from variables(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from variables(token.content)


def significant(value: Tokens) -> list[Any]:
    """Without spaces and comments."""
    return [token for token in value if token.type not in ("whitespace", "comment")]


def split(value: Tokens) -> list[list[Any]]:
    """The parts between commas."""
    parts: list[list[Any]] = [[]]
    for token in value:
        if token == ",":  # noqa: S105 - a comma
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


class _Reader:
    """Works out an expression (CSS Values 4, section 10) in one setting."""

    def __init__(self, setting: Setting, definition: Definition) -> None:
        self.setting = setting
        self.definition = definition
        self.left = _MOST

    def sum(self, value: Tokens) -> float:
        left = significant(value)
        total, left = self._product(left)
        while left:
            operator, (more, left) = left[0], self._product(left[1:])
            if operator == "+":
                total += more
            elif operator == "-":
                total -= more
            else:
                raise UnknownSizeError
        return total

    def _product(self, left: list[Any]) -> tuple[float, list[Any]]:
        if not left:
            raise UnknownSizeError
        total, left = self._one(left[0]), left[1:]
        while len(left) > 1 and left[0] in ("*", "/"):
            by = self._one(left[1])
            if left[0] == "/" and by == 0:
                raise UnknownSizeError
            total = total * by if left[0] == "*" else total / by
            left = left[2:]
        return total, left

    def _one(self, token: Any) -> float:
        self.left -= 1
        if self.left < 0:
            raise UnknownSizeError
        if token.type == "number":
            return float(token.value)
        if token.type == "percentage":
            return float(token.value) * self._worth("%")
        if token.type == "dimension":
            return float(token.value) * self._worth(token.lower_unit)
        if token.type == "() block":
            return self.sum(token.content)
        if token.type == "function":
            return self._function(token)
        raise UnknownSizeError

    def _worth(self, unit: str) -> float:
        if unit in ABSOLUTE:
            return float(ABSOLUTE[unit])
        if unit in _GROWING:
            return _GROWING[unit] * self.setting.text
        if unit not in VIEWPORT:
            raise UnknownSizeError
        width, height = self.setting.width, self.setting.height
        if unit.endswith("min"):
            return min(width, height) / 100
        if unit.endswith("max"):
            return max(width, height) / 100
        return (height if unit.endswith(("h", "b")) else width) / 100

    def _function(self, token: Any) -> float:
        name = token.lower_name
        if name in ("calc", "-webkit-calc", "-moz-calc"):
            return self.sum(token.arguments)
        if name in ("min", "max"):
            choose: Callable[..., float] = min if name == "min" else max
            return choose(self.sum(part) for part in split(token.arguments))
        if name == "clamp":
            return self._clamp(split(token.arguments))
        if name == "var":
            return self._variable(token.arguments)
        raise UnknownSizeError

    def _clamp(self, parts: list[list[Any]]) -> float:
        if len(parts) != 3:
            raise UnknownSizeError
        low, middle, high = parts
        value = self.sum(middle)
        value = value if _is_none(high) else min(value, self.sum(high))
        return value if _is_none(low) else max(value, self.sum(low))

    def _variable(self, arguments: Tokens) -> float:
        name = next(variables_of(arguments), "")
        known = self.definition(name)
        if known is not None:
            return self.sum(known)
        fallback = split(arguments)[1:]
        if not fallback:
            raise UnknownSizeError
        return self.sum([token for part in fallback for token in part])


def variables_of(arguments: Tokens) -> Iterator[str]:
    """The name in the brackets of `var()`."""
    for token in significant(arguments)[:1]:
        if token.type == "ident":
            yield token.value


def _is_none(part: Tokens) -> bool:
    only = significant(part)
    return len(only) == 1 and only[0].type == "ident" and only[0].lower_value == "none"


def exact(token: Any) -> Fraction:
    """A number with an absolute unit in px. Raises ValueError for what no page means."""
    # A number of a million digits takes its time; an exponent writes one in ten signs.
    if len(token.representation) > 40 or not 1e-6 <= abs(token.value) <= 1e5:
        raise ValueError(token.representation)
    return Fraction(token.representation) * ABSOLUTE[token.lower_unit]


def written(number: Fraction, like: str) -> str:
    """A decimal number of at most six places, with the sign and the leading zero of `like`.

    What does not come out even is rounded to the nearest.
    """
    digits = f"{float(round(number, 6)):.6f}".rstrip("0").rstrip(".")
    digits = "0" if digits == "-0" else digits
    if like.startswith("+"):
        return "+" + digits
    if like.startswith("."):
        # `bold.5px` are two tokens; `bold0.3rem` would be another one.
        return digits[1:] if digits.startswith("0.") else "+" + digits
    return digits
