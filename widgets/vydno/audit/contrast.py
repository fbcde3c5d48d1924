"""What colours on a page amount to: parsing computed values, laying one on another, contrast."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..themes import contrast as wcag

TEXT, LARGE_TEXT, NON_TEXT = 4.5, 3.0, 3.0
"""Contrast that criteria 1.4.3 and 1.4.11 ask for."""
_LARGE_PX, _LARGE_BOLD_PX, _BOLD = 24.0, 18.66, 700


class Rgba(NamedTuple):
    """A colour as a screen shows it: channels from 0 to 255, alpha from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    @property
    def hex(self) -> str:
        """`#rrggbb`, the alpha left out."""
        channels = (self.red, self.green, self.blue)
        return "#" + bytes(min(255, max(0, round(channel))) for channel in channels).hex()

    def faded(self, opacity: float) -> Rgba:
        return self._replace(alpha=self.alpha * opacity)


BLACK, WHITE, NOTHING = Rgba(0, 0, 0), Rgba(255, 255, 255), Rgba(0, 0, 0, 0)

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?%?|none")
_FUNCTION = re.compile(r"(rgba?|color)\((srgb )?([^()]*)\)")


@lru_cache(maxsize=4096)
def parse(text: str) -> Rgba | None:
    """`rgb(…)`, `rgba(…)`, `color(srgb …)` or `transparent`; None for what only a browser can
    convert, and for what is no colour."""
    text = text.strip().lower()
    if text == "transparent":
        return NOTHING
    match = _FUNCTION.fullmatch(text)
    if match is None or (match[1] == "color") != bool(match[2]):
        return None
    numbers = _NUMBER.findall(match[3])
    if len(numbers) not in (3, 4):
        return None
    scale = 255.0 if match[1] == "color" else 1.0
    red, green, blue = (
        _component(number, 255.0 if "%" in number else scale) for number in numbers[:3]
    )
    return Rgba(red, green, blue, _component(numbers[3], 1.0) if len(numbers) == 4 else 1.0)


def _component(number: str, scale: float) -> float:
    if number == "none":
        return 0.0
    if number.endswith("%"):
        return float(number[:-1]) / 100 * scale
    return float(number) * scale


def over(top: Rgba, bottom: Rgba) -> Rgba:
    """What is seen where one lies on the other, by simple alpha compositing."""
    if top.alpha >= 1:
        return top
    alpha = top.alpha + bottom.alpha * (1 - top.alpha)
    if alpha <= 0:
        return NOTHING
    share = top.alpha / alpha
    mixed = (share * above + (1 - share) * below for above, below in zip(top, bottom, strict=True))
    red, green, blue, _ = mixed
    return Rgba(red, green, blue, alpha)


def ratio(one: Rgba, other: Rgba) -> float:
    """Contrast of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    return wcag.contrast(one.hex, other.hex)


def say(number: float) -> str:
    """`4.49:1`: cut off and not rounded, since 4.499 is not 4.5."""
    return f"{int(number * 100) / 100:.2f}:1"


def needed(font_size: float, font_weight: float) -> float:
    """Contrast that a text needs by 1.4.3; sizes in CSS px."""
    large = font_size >= _LARGE_PX or (font_size >= _LARGE_BOLD_PX and font_weight >= _BOLD)
    return LARGE_TEXT if large else TEXT
