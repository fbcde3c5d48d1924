"""A seed: the few numbers from which a theme is built, and the files that hold them."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import VydnoError
from .pairs import ROLES, VARIANTS, Palette

OURS = Path(__file__).with_name("seeds.toml")

# The most chroma that sRGB shows is 0.323, in magenta; beyond 0.4 somebody mistook the unit.
MOST_CHROMA = 0.4

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_KEYS = ("hue", "chroma", "brand", "accent", "colours")


@dataclass(frozen=True)
class Seed:
    """What a designer gives: a hue and a chroma, or a brand colour, or all of them.

    ``hue`` is in OKLCH degrees (0 to 360), ``chroma`` in OKLCH units (0 grey, 0.3 very vivid);
    where one is None, it is the brand's. ``brand`` is the exact accent of the light variant, and of
    the others where it passes. ``accent`` gives exact accents, variant to ``#rrggbb``, and goes
    before ``brand``.

    A theme that was made by hand has ``colours`` and nothing else: variant to role to ``#rrggbb``,
    all of them.
    """

    name: str
    hue: float | None = None
    chroma: float | None = None
    brand: str = ""
    accent: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, Palette] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise VydnoError(
                f"{self.name!r} is no name for a theme; "
                "use small Latin letters, digits and hyphens, such as 'sea-green'."
            )
        if self.colours != {}:
            self._check_colours()
            return
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

    def _check_colours(self) -> None:
        if self.accent or (self.hue, self.chroma, self.brand) != (None, None, ""):
            raise VydnoError(f"The theme {self.name} has all its colours; take out the rest.")
        _check_keys(self.colours, VARIANTS, f"colours of the theme {self.name}")
        for variant, palette in self.colours.items():
            _check_keys(palette, ROLES, f"colours.{variant} of the theme {self.name}")
            for role, colour in palette.items():
                self._check_colour(f"colours.{variant}.{role}", colour)
            if palette["focus-gap"].lower() != palette["surface"].lower():
                raise VydnoError(
                    f"colours.{variant}.focus-gap of the theme {self.name} is "
                    f"{palette['focus-gap']}; it is always the surface, {palette['surface']}."
                )

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


def _check_keys(table: object, wanted: Sequence[str], what: str) -> None:
    if not isinstance(table, Mapping):
        raise VydnoError(f"{what} are {table!r}; give a table with {', '.join(wanted)}.")
    if unknown := [key for key in table if key not in wanted]:
        raise VydnoError(f"{what} have {unknown[0]!r}; there are {', '.join(wanted)}.")
    if missing := [key for key in wanted if key not in table]:
        raise VydnoError(f"{what} lack {', '.join(missing)}.")


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
    return loads(_read(path))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VydnoError(f"The seed file {path} could not be read: {error}.") from None


def dumps(seed: Seed) -> str:
    """The seed as a table of a seed file."""
    return "\n".join([*_lines(seed), ""])


def _lines(seed: Seed) -> Iterator[str]:
    if not seed.colours:
        yield f"[{seed.name}]"
    for key in ("hue", "chroma"):
        if (value := getattr(seed, key)) is not None:
            yield f"{key} = {value!r}"
    if seed.brand:
        yield f'brand = "{seed.brand}"'
    if seed.accent:
        accents = ", ".join(f'{variant} = "{hex_}"' for variant, hex_ in seed.accent.items())
        yield f"accent = {{ {accents} }}"
    for variant, palette in seed.colours.items():
        yield f"[{seed.name}.colours.{variant}]"
        yield from (f'{role} = "{colour}"' for role, colour in palette.items())


def add(path: Path, new: Iterable[Seed]) -> None:
    """Write seeds to the end of a seed file, which is made if it is not there.

    What stands in it stays as it is; a name that it has already is refused. Either all is written
    or nothing.
    """
    old = _read(path) if path.exists() else ""
    known, text = loads(old), old.rstrip("\n")
    for seed in new:
        if seed.name in known:
            raise VydnoError(
                f"{path} has a theme {seed.name} already; take another name, or take it out first."
            )
        known[seed.name] = seed
        text += ("\n\n" if text else "") + dumps(seed).rstrip("\n")
    if loads(text) != known:
        raise AssertionError(f"What would be written to {path} does not say what it should.")
    _replace(path, text + "\n")


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise VydnoError(f"{path} could not be written: {error.strerror}.") from None
