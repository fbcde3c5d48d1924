"""Colours as other people write them, brought to the one form that a screen shows: 8-bit sRGB."""

from __future__ import annotations

from collections.abc import Sequence

from coloraide import Color

from ..errors import VydnoError

# DTCG Color Module 2025.10, section 4; coloraide has the same names. In hsl and hwb the last two
# components are percentages, which coloraide counts from 0 to 1.
SPACES = (
    *("srgb", "srgb-linear", "display-p3", "a98-rgb", "prophoto-rgb", "rec2020"),
    *("hsl", "hwb", "lab", "lch", "oklab", "oklch", "xyz-d65", "xyz-d50"),
)
_PERCENTAGES = ("hsl", "hwb")


class NoColourError(VydnoError):
    """What should be a colour is none, or none that every screen shows."""


def from_css(text: str) -> str:
    """``#rrggbb``, or ``#rrggbbaa`` if it is translucent, of a colour in CSS."""
    match = Color.match(text.strip(), fullmatch=True)
    if match is None:
        raise NoColourError(f"{text.strip()!r} is no colour that can be measured")
    return _hex(match.color, text.strip())


def from_components(space: str, components: Sequence[float | str], alpha: float) -> str:
    """The same from a colour space and its components, as DTCG's tokens have them."""
    if space not in SPACES:
        raise NoColourError(f"{space!r} is no colour space; there are {', '.join(SPACES)}")
    # "none" is a component that does not matter.
    numbers = [0.0 if value == "none" else float(value) for value in components]
    if len(numbers) != 3:
        raise NoColourError(f"{len(numbers)} components are no colour; give three")
    if space in _PERCENTAGES:
        numbers[1:] = [number / 100 for number in numbers[1:]]
    return _hex(Color(space, numbers, alpha), f"{space} {list(components)}")


def _hex(colour: Color, name: str) -> str:
    shown = colour.convert("srgb")
    if not shown.in_gamut(tolerance=1e-4):
        raise NoColourError(f"{name} lies outside sRGB")
    shown.clip()
    return shown.to_string(hex=True, compress=False, upper=False)
