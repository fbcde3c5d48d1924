"""Running text: blocks with the texts that flow in them, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import hypot
from statistics import median

from .findings import Box
from .page import Page
from .snapshot import Element, Snapshot


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A block with all text that flows in it; that of blocks inside it is not its."""

    block: Element
    texts: Sequence[Element]
    """The visible elements with text of their own that flow in the block, maybe itself."""

    @cached_property
    def text(self) -> str:
        """All of it; the order of texts and elements side by side is lost."""
        return " ".join(element.text for element in self.texts)

    @cached_property
    def rows(self) -> list[Box]:
        """The lines as the eye sees them, from the top."""
        return _rows(sorted((line for one in self.texts for line in one.lines), key=_middle))

    @property
    def size(self) -> float:
        """The font size of most of it, in CSS px."""
        return max(self.texts, key=lambda element: len(element.text)).px("font-size")

    @cached_property
    def pitch(self) -> float:
        """The usual distance from line to line, in CSS px; 0 of less than two lines."""
        steps = [below.bottom - above.bottom for above, below in pairwise(self.rows)]
        return median(steps) if steps else 0.0

    @property
    def scale(self) -> float:
        """How much higher it is drawn than its style sheets have it, where that is known; 0 where
        it is not."""
        scale = 1.0
        for element in (self.texts[0], *self.texts[0].ancestors()):
            matrix = element.matrix
            if len(matrix) > 6:
                return 0.0
            if matrix:
                scale *= hypot(matrix[2], matrix[3])
        return scale

    @cached_property
    def measure(self) -> float:
        """How many characters fit into its longest line; 0 of text without width."""
        drawn = sum(row.width for row in self.rows)
        return max(row.width for row in self.rows) * len(self.text) / drawn if drawn else 0.0

    def share(self, name: str, *values: str) -> float:
        """How much of its text, 0 to 1, has one of the values for the property."""
        having = sum(len(one.text) for one in self.texts if one.style.get(name) in values)
        return having / len(self.text) if self.text else 0.0


def passages(page: Page) -> list[Passage]:
    """All passages of the page as it stands, in document order; for `page.once`."""
    return list(_passages(page.snapshot))


def _passages(snapshot: Snapshot) -> Iterator[Passage]:
    flowing: dict[int, list[Element]] = {}
    blocks: list[Element] = []
    for element in snapshot.elements:
        parent = element.parent
        flows = element.style.get("display", "").startswith(("inline", "contents"))
        blocks.append(blocks[parent.number] if parent and flows else element)
        if element.text and element.visible and element.lines:
            flowing.setdefault(blocks[-1].number, []).append(element)
    for number in sorted(flowing):
        yield Passage(block=snapshot.elements[number], texts=flowing[number])


def _middle(line: Box) -> float:
    return line.y + line.height / 2


def _rows(lines: Sequence[Box]) -> list[Box]:
    rows: list[Box] = []
    for line in lines:
        last = rows[-1] if rows else None
        if last and _middle(line) < last.bottom - last.height * 0.3:
            rows[-1] = _around(last, line)
        else:
            rows.append(line)
    return rows


def _around(one: Box, other: Box) -> Box:
    x, y = min(one.x, other.x), min(one.y, other.y)
    width = max(one.right, other.right) - x
    return Box(x=x, y=y, width=width, height=max(one.bottom, other.bottom) - y)
