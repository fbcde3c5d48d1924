"""Pictures of elements that something was found at, with what is around them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .driver import API
from .findings import Box

if TYPE_CHECKING:
    from PIL.Image import Image

    from .page import Page

MOST = 100
"""Pictures of one page; a report with more is slow to open, and says no more."""
_LONGEST = 8000
"""CSS px of a page that are photographed: browsers refuse endless ones."""
_MARGIN = 24
_LARGEST = (640, 400)
_SMALLEST = (160, 80)
_RING = "#d00060"
"""Seen on light and on dark."""


def take(page: Page, targets: Sequence[str]) -> Mapping[str, bytes]:
    """PNG by target, of what is on the page as it is drawn now; what has no box has none."""
    places = page.evaluate(f"(wanted) => {API}.describe(wanted)", list(targets))
    boxes = {
        target: Box(**dict(zip(("x", "y", "width", "height"), place["box"], strict=True)))
        for target, place in zip(targets, places, strict=True)
        if place and place["box"][2] > 0 and place["box"][3] > 0
    }
    if not boxes:
        return {}
    width, height = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    shown = Box(x=0, y=0, width=min(width, _LONGEST), height=min(height, _LONGEST))
    whole = page.picture(shown)
    scale = whole.width / shown.width
    return {
        target: _cut(whole, box, scale)
        for target, box in boxes.items()
        if shown.intersection(box).area > 0
    }


def _cut(whole: Image, box: Box, scale: float) -> bytes:
    from PIL import ImageDraw

    left, right = _side(box.x, box.right, whole.width / scale, 0)
    top, bottom = _side(box.y, box.bottom, whole.height / scale, 1)
    cut = whole.crop((left * scale, top * scale, right * scale, bottom * scale))
    pen = ImageDraw.Draw(cut)
    ring = (box.x - left - 3, box.y - top - 3, box.right - left + 2, box.bottom - top + 2)
    pen.rectangle([side * scale for side in ring], outline=_RING, width=max(2, round(2 * scale)))
    file = io.BytesIO()
    # Few colours: reports carry hundreds of these.
    cut.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _side(start: float, end: float, whole: float, axis: int) -> tuple[float, float]:
    """What is shown of one axis: the element with a margin, not too little and not too much."""
    room = max(_MARGIN, (_SMALLEST[axis] - (end - start)) / 2)
    first = max(0.0, start - room)
    return first, min(whole, end + room, first + _LARGEST[axis])
