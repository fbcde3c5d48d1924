"""A seed: the few numbers from which a theme is built, and the files that hold them."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import VydnoError
from .pairs import VARIANTS

OURS = Path(__file__).with_name("seeds.toml")

# The most chroma that sRGB shows is 0.323, in magenta; beyond 0.4 somebody mistook the unit.
MOST_CHROMA = 0.4

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_KEYS = ("hue", "chroma", "brand", "accent")


@dataclass(frozen=True)
class Seed:
    """What a designer gives: a hue and a chroma, or a brand colour, or all of them.

    ``hue`` is in OKLCH degrees (0 to 360), ``chroma`` in OKLCH units (0 grey, 0.3 very vivid);
    where one is None, it is the brand's. ``brand`` is the exact accent of the light variant, and of
    the others where it passes. ``accent`` gives exact accents, variant to ``#rrggbb``, and goes
    before ``brand``.
    """

    name: str
    hue: float | None = None
    chroma: float | None = None
    brand: str = ""
    accent: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise VydnoError(
                f"{self.name!r} is no name for a theme; "
                "use small Latin letters, digits and hyphens, such as 'sea-green'."
            )
        if self.brand == "" and None in (self.hue, self.chroma):
            raise VydnoError(f"The theme {self.name} needs a hue and a chroma, or a brand colour.")
        self._check_number("hue", 360, "degrees, such as 255 for blue")
        self._check_number("chroma", MOST_CHROMA, "OKLCH chroma, such as 0.15")
        if self.brand != "":
            self._check_colour("brand", self.brand)
        self._check_accents()

    def _check_accents(self) -> None:
        if not isinstance(self.accent, Mapping):
            raise VydnoError(
                f"accent of the theme {self.name} is {self.accent!r}; "
                "give a table of variant to colour, such as { light = '#005cb1' }."
            )
        for variant, colour in self.accent.items():
            if variant not in VARIANTS:
                raise VydnoError(
                    f"The theme {self.name} gives an accent for {variant!r}; "
                    f"there are {', '.join(VARIANTS)}."
                )
            self._check_colour(f"accent.{variant}", colour)

    def _check_number(self, key: str, most: float, meaning: str) -> None:
        value = getattr(self, key)
        if value is None:
            return
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not math.isfinite(value) or not 0 <= value <= most:
            raise VydnoError(
                f"{key} of the theme {self.name} is {value!r}; "
                f"give a number from 0 to {most:g} ({meaning})."
            )

    def _check_colour(self, key: str, colour: object) -> None:
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            raise VydnoError(
                f"{key} of the theme {self.name} is {colour!r}; "
                "give an opaque sRGB colour of six digits, such as '#005cb1'."
            )


def parse(name: str, entry: object) -> Seed:
    """A seed from one table of a seed file."""
    if not isinstance(entry, Mapping):
        raise VydnoError(
            f"The theme {name} is {entry!r}; give a table [{name}] with hue and chroma."
        )
    if unknown := [key for key in entry if key not in _KEYS]:
        raise VydnoError(f"The theme {name} has {unknown[0]!r}; a seed takes {', '.join(_KEYS)}.")
    return Seed(name, **entry)


def loads(text: str) -> dict[str, Seed]:
    """Seeds from TOML: one table a theme, in the file's order."""
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VydnoError(f"The seeds are no TOML: {error}.") from None
    return {name: parse(name, entry) for name, entry in data.items()}


def load(path: Path = OURS) -> dict[str, Seed]:
    """Seeds from a file; our four if none is named."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VydnoError(f"The seed file {path} could not be read: {error}.") from None
    return loads(text)
