"""The ways in which a page is looked at: a matrix, and short words for a part of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import product
from typing import Any

from ..errors import VydnoError

BROWSERS = ("chromium", "firefox", "webkit")
SCALES = (90, 100, 110, 125, 150, 175, 200)
"""Percent of the visitor's own font size."""
SMALLEST, LARGEST = 100, 10_000
"""Sides of a viewport, in CSS px."""


@dataclass(frozen=True, kw_only=True, order=True)
class Viewport:
    """Width and height of the window's inside, in CSS px."""

    width: int = 1280
    height: int = 800

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"

    @classmethod
    def parse(cls, text: str) -> Viewport:
        """`1280x800`; a width alone gets a usual height. Raises VydnoError for anything else."""
        width, cross, height = text.strip().lower().partition("x")
        sides = [width, height] if cross else [width, "640" if width == "320" else "800"]
        if not all(side.isascii() and side.isdigit() for side in sides):
            raise VydnoError(f"A viewport is written 1280x800, in CSS px; not {text!r}.")
        numbers = [int(side) for side in sides]
        if not all(SMALLEST <= number <= LARGEST for number in numbers):
            raise VydnoError(
                f"Sides of a viewport lie between {SMALLEST} and {LARGEST} px; not {text!r}."
            )
        return cls(width=numbers[0], height=numbers[1])


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One way in which a page is looked at. `None` means: as the page and the browser have it."""

    browser: str = "chromium"
    viewport: Viewport = Viewport()
    text_scale: int = 100
    """Percent: of Vydno's attribute where the page has it, else of the browser's font size."""
    theme: str | None = None
    color_scheme: str | None = None
    """`light` or `dark`."""
    contrast: str | None = None
    """`more` or `normal`."""
    forced_colors: bool = False
    reduced_motion: bool = False

    @property
    def attributes(self) -> dict[str, str | None]:
        """Vydno's attributes of `<html>`; `None` takes one away."""
        return {
            "data-text-scale": None if self.text_scale == 100 else str(self.text_scale),
            "data-theme": self.theme,
            "data-color-scheme": self.color_scheme,
            "data-contrast": self.contrast,
        }

    def to_json(self) -> dict[str, Any]:
        """The fields under the names of the options, what is as the page has it left out."""
        found = {field.name.replace("_", "-"): getattr(self, field.name) for field in fields(self)}
        found["viewport"] = str(self.viewport)
        return {name: value for name, value in found.items() if value not in (None, False)}

    def __str__(self) -> str:
        return ", ".join(filter(None, (d.say_one(getattr(self, d.name)) for d in DIMENSIONS)))


Values = Mapping[str, Sequence[Any]]
"""Dimension to the values that are asked for."""


def matrix(values: Values) -> list[Variant]:
    """Every combination of the values, in an order that switches the costly ones least often.

    Raises VydnoError for a dimension that there is not.
    """
    names = [dimension.name for dimension in DIMENSIONS]
    if unknown := set(values) - set(names):
        raise VydnoError(f"There is no {unknown.pop()!r}; a variant has {', '.join(names)}.")
    base = asdict(Variant()) | {"viewport": Viewport()}
    columns = [list(dict.fromkeys(values.get(name) or [base[name]])) for name in names]
    return [Variant(**dict(zip(names, row, strict=True))) for row in product(*columns)]


# In words. --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A field of a variant, and how its values are said."""

    name: str
    say: Callable[[Any], str]
    ordered: bool = False
    preposition: str = "in"

    def say_one(self, value: Any) -> str:
        return "" if value in (None, False) else self.say(value)

    def say_some(self, some: Collection[Any], every: Collection[Any]) -> str:
        """`from 175 % up`, `only in dark`: those of `every` that `some` names."""
        if self.ordered and len(some) > 1:
            ranked = sorted(every)
            if sorted(some) == ranked[-len(some) :]:
                return f"from {self.say(min(some))} up"
            if sorted(some) == ranked[: len(some)]:
                return f"up to {self.say(max(some))}"
        said = [self.say(value) if value not in (None, False) else self._without for value in some]
        listed = " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))
        return f"{self.preposition} {listed}"

    @property
    def _without(self) -> str:
        return f"the default {self.name.replace('_', ' ')}"


DIMENSIONS = (
    Dimension(name="browser", say=lambda name: name.title().replace("kit", "Kit")),
    Dimension(
        name="viewport",
        say=lambda viewport: f"{viewport.width} px",
        ordered=True,
        preposition="at",
    ),
    Dimension(name="text_scale", say=lambda scale: f"{scale} %", ordered=True, preposition="at"),
    Dimension(name="forced_colors", say=lambda _: "forced colours"),
    Dimension(name="reduced_motion", say=lambda _: "reduced motion"),
    Dimension(name="contrast", say=lambda contrast: f"{contrast} contrast"),
    Dimension(name="color_scheme", say=str),
    Dimension(name="theme", say=lambda theme: f"theme {theme}"),
)


def describe(some: Iterable[Variant], every: Iterable[Variant]) -> str:
    """The shortest words for some of every variant: `only from 175 % up at 320 px`; "" for all."""
    left, universe = list(some), list(every)
    if set(left) == set(universe):
        return ""
    parts: list[str] = []
    wanted = set(left)
    while left:
        box = _grow(left[0], wanted, universe)
        parts.append(_say_box(box, universe))
        left = [variant for variant in left if not _inside(variant, box)]
    return "only " + "; and ".join(parts)


_BoxOf = Mapping[str, frozenset[Any]]


def _grow(seed: Variant, wanted: set[Variant], universe: Sequence[Variant]) -> _BoxOf:
    """The largest product of values around the seed that holds wanted variants alone."""
    box: dict[str, frozenset[Any]] = {
        dimension.name: frozenset([getattr(seed, dimension.name)]) for dimension in DIMENSIONS
    }
    for dimension in DIMENSIONS:
        # A dict keeps their order: the words must not depend on how a set is hashed.
        for value in dict.fromkeys(getattr(variant, dimension.name) for variant in universe):
            larger = box | {dimension.name: box[dimension.name] | {value}}
            if {variant for variant in universe if _inside(variant, larger)} <= wanted:
                box = larger
    return box


def _inside(variant: Variant, box: _BoxOf) -> bool:
    return all(getattr(variant, name) in values for name, values in box.items())


def _say_box(box: _BoxOf, universe: Sequence[Variant]) -> str:
    said = []
    for dimension in reversed(DIMENSIONS):
        every = {getattr(variant, dimension.name) for variant in universe}
        if box[dimension.name] & every != every:
            some = sorted(box[dimension.name], key=_rank)
            said.append(dimension.say_some(some, every))
    return " ".join(said)


def _rank(value: Any) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)


def without(variant: Variant, kept: Collection[str]) -> Variant:
    """The variant with every dimension at its default but those that are kept."""
    default = Variant()
    changed = {
        dimension.name: getattr(default, dimension.name)
        for dimension in DIMENSIONS
        if dimension.name not in kept
    }
    return replace(variant, **changed)
