"""WCAG 2.x contrast of two opaque 8-bit colours, by the formulas of its glossary."""

from __future__ import annotations

import re
from functools import lru_cache

_HEX = re.compile(r"#(?:[0-9a-f]{3}){1,2}", re.IGNORECASE)
_TRANSLUCENT = re.compile(r"(#[0-9a-f]{6})([0-9a-f]{2})", re.IGNORECASE)


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of ``#rgb`` or ``#rrggbb``; anything else is a ValueError."""
    if not _HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is no opaque colour; write it as '#0070b1'.")
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def _linear(channel: int) -> float:
    value = channel / 255
    # The glossary's 0.03928 is an old draft's; between it and this lies no 8-bit value.
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


@lru_cache(maxsize=1 << 16)
def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    red, green, blue = map(_linear, channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def over(colour: str, surface: str) -> str:
    """What is seen of a colour on an opaque surface; only ``#rrggbbaa`` lets some of it through."""
    parts = _TRANSLUCENT.fullmatch(colour)
    if parts is None:
        return colour
    alpha = int(parts[2], 16) / 255
    mixed = (
        round(alpha * above + (1 - alpha) * below)
        for above, below in zip(channels(parts[1]), channels(surface), strict=True)
    )
    return "#" + bytes(mixed).hex()


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21, unrounded (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
