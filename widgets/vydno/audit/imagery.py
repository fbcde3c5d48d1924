"""Images of a page: where they come from, what they are called, whether they look like text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from .driver import API
from .snapshot import Element

if TYPE_CHECKING:
    from .page import Page

_SCRIPT = Path(__file__).with_name("imagery.js").read_text(encoding="utf-8").strip().rstrip(";")
_URL = re.compile(r"""url\(["']?(.*?)["']?\)""")
_MOST = 300
_LOOKED_AT = 12
"""Different images of a page whose pixels are read; each takes some milliseconds."""


@dataclass(frozen=True, kw_only=True)
class Imagery:
    """What is known of an image besides its element."""

    url: str
    """At most 300 characters."""
    natural: tuple[int, int]
    """Width and height of the file, in its own pixels; zeros where they are not known."""
    lines: int
    """Rows of what looks like letters; 0 also where the pixels could not be read."""

    @property
    def file(self) -> str:
        """The file's name without its ending; empty of what stands in the page itself."""
        if self.url.startswith(("data:", "blob:")):
            return ""
        return unquote(urlsplit(self.url).path.rpartition("/")[2]).rpartition(".")[0]


def background(element: Element) -> str:
    """The address of its background image; empty where there is none, or a gradient."""
    found = _URL.search(element.style.get("background-image", ""))
    return found[1] if found else ""


def imagery(page: Page) -> Mapping[int, Imagery]:
    """By the element's number, of visible images and backgrounds; for `page.once`."""
    wanted = []
    for element in page.snapshot.elements:
        if not element.visible:
            continue
        if element.tag == "img" or (
            element.tag == "input" and element.attributes.get("type", "").lower() == "image"
        ):
            wanted.append((element.number, ""))
        elif (url := background(element)) and min(element.box.width, element.box.height) >= 12:
            wanted.append((element.number, url))
    if not wanted:
        return {}
    script = f"([wanted, most]) => ({_SCRIPT})([{API}.nodes(), wanted, most])"
    facts = json.loads(page.evaluate(script, [wanted[:_MOST], _LOOKED_AT]))
    return {
        fact["number"]: Imagery(
            url=fact["url"],
            natural=(fact["width"], fact["height"]),
            lines=_lines(**fact["rows"]) if fact.get("rows") else 0,
        )
        for fact in facts
    }


def _lines(width: int, height: int, flat: float, steps: Sequence[int]) -> int:
    """How many lines of text the rows of pixels look like: bands in which lightness changes often
    from left to right, on one plain colour, between rows in which it hardly does."""
    if flat < 0.35:
        return 0
    # Bars and dots step less often.
    many = max(8, min(22, width // 16))
    found = 0
    for inked, group in groupby(steps, key=lambda step: step > 2):
        rows = list(group)
        if inked and 5 <= len(rows) <= max(90, height // 3) and len(rows) < width / 2:
            # Few strokes go up or down beyond the small letters.
            found += sum(step >= many for step in rows) >= max(3, len(rows) * 0.3)
    # One row of strokes in a high image is part of a drawing.
    return found if found > 1 or width >= 2.5 * height else 0
