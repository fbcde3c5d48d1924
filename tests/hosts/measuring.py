"""What a host leaves of the controls: measured in a browser, and held against what is promised."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Locator, Page

from tests.engines import Visitor

_SCRIPT = Path(__file__).with_name("measure.js").read_text(encoding="utf-8")
# The letters' sizes at 100 % in px; all other text of the controls has the visitor's own.
LETTERS = {"A+": 22, "A": 18, "A−": 15}
USUAL = 16
TARGET = 44  # px, WCAG 2.5.5
SWATCH = 24  # px
# A box may end between two pixels.
NEARLY = 0.05


@dataclass(frozen=True)
class Found:
    """One page as the script measured it; sizes are in px."""

    data: Mapping[str, Any]
    scale: float = 1
    """How many times its usual size the visitor's text is."""

    def lost(self) -> frozenset[str]:
        """What of the promises does not hold."""
        return frozenset(name for name, holds in self._promises() if not holds)

    def _promises(self) -> Iterator[tuple[str, bool]]:
        targets, swatches, texts = (self.data[key] for key in ("targets", "swatches", "texts"))
        yield "target", self.target >= TARGET - NEARLY
        yield "text", all(abs(each["size"] - self._size(each["name"])) < NEARLY for each in targets)
        yield "words", all(abs(each["size"] - USUAL * self.scale) < NEARLY for each in texts)
        yield "border", all(each["border"] >= 1 for each in targets)
        yield "contrast", self.contrast >= 4.5
        yield "ring", self.ring >= 2 and all(each["twoTone"] >= 3 for each in targets)
        yield (
            "swatch",
            all(
                each["opacity"] == 1
                and each["marked"]
                and max(abs(each[side] - SWATCH) for side in ("width", "height")) < NEARLY
                for each in swatches
            ),
        )
        yield "speed", self.data["slow"] == 0
        yield "apply", self.data["apply"] == 0

    def _size(self, name: str) -> float:
        return LETTERS.get(name, USUAL) * self.scale

    @property
    def target(self) -> float:
        """The shortest side of any target."""
        return float(min(min(each["width"], each["height"]) for each in self.data["targets"]))

    @property
    def contrast(self) -> float:
        """The lowest of all texts of the controls."""
        every = [*self.data["targets"], *self.data["texts"]]
        return float(min(each["contrast"] for each in every))

    @property
    def ring(self) -> float:
        """The thinnest focus ring."""
        return float(min(each["ring"] for each in self.data["targets"]))

    @property
    def letters(self) -> str:
        """The sizes of A+, A and A−."""
        sizes = {each["name"]: each["size"] for each in self.data["targets"]}
        return " ".join(f"{sizes[name]:g}" for name in LETTERS)


def measure(visitor: Visitor, address: str, *, scale: int = 100, **attributes: str) -> Found:
    """Open a page that wears preferences from its first byte, and measure.

    ``attributes`` are names of ``data-…`` on ``<html>`` with underscores.
    """
    said = {**attributes, **({"text_scale": str(scale)} if scale != 100 else {})}
    query = {f"data-{name.replace('_', '-')}": value for name, value in said.items()}
    visitor.goto(f"{address}?{urlencode(query)}")
    visitor.wait("return document.querySelector('theme-switch:defined')")
    # From a key on, the browser shows where the focus is.
    visitor.press("Tab")
    return Found(visitor.read(_SCRIPT), scale / 100)


def ring_by_pixels(page: Page, target: Locator) -> float:
    """How thick a line around the target would be of all pixels that the focus changes by 3 : 1.

    WCAG 2.4.13 asks for an area of 2 CSS px around it.
    """
    target.evaluate("each => each.scrollIntoView({ block: 'center' })")
    box = target.bounding_box()
    assert box
    around = 8
    clip = {
        "x": box["x"] - around,
        "y": box["y"] - around,
        "width": box["width"] + 2 * around,
        "height": box["height"] + 2 * around,
    }
    page.evaluate("document.activeElement.blur()")
    before = _pixels(page, clip)
    target.evaluate("each => (each.querySelector('input') ?? each).focus()")
    after = _pixels(page, clip)
    changed = sum(
        _contrast(one, other) >= 3 for one, other in zip(before, after, strict=True) if one != other
    )
    return changed / (2 * (box["width"] + box["height"]))


def _pixels(page: Page, clip: Any) -> list[tuple[int, int, int]]:
    raw = page.screenshot(clip=clip)
    channels = Image.open(io.BytesIO(raw)).convert("RGB").tobytes()
    return list(zip(channels[::3], channels[1::3], channels[2::3], strict=True))


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [each / 255 for each in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
