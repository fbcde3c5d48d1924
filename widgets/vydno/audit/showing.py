"""What of a page's text shows: what its boxes cut off, what covers what, and what is new of it when
the page is drawn in another way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf
from weakref import WeakKeyDictionary

from .findings import Box
from .snapshot import Element, Snapshot

_MOST = 300
"""Overlaps after which a page is known to be broken."""
_COMPARED = 400_000
"""Pairs of lines that are compared at most, so that a hostile page ends."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """The part of the page in which an element's content shows, and the boxes that bound it."""

    left: float = -inf
    right: float = inf
    top: float = -inf
    bottom: float = inf
    across: Element | None = None
    """The box that cuts at the left and right."""
    down: Element | None = None
    """The box that cuts above and below."""

    def lost_share(self, box: Box) -> float:
        """How much of the box's area lies outside, 0 to 1."""
        wide = max(0.0, min(box.right, self.right) - max(box.x, self.left))
        high = max(0.0, min(box.bottom, self.bottom) - max(box.y, self.top))
        return 1 - wide * high / box.area if box.area else 0.0


@dataclass(frozen=True, kw_only=True)
class Cut:
    """What of an element's own text does not show."""

    by: Element | None
    """The box that cuts it; `None` when it is the page's edge."""
    sideways: bool
    lost: float
    """CSS px of the worst line."""
    whole: bool
    """Whether no line of it shows at all."""
    lines: int = 1
    """How many of its lines are cut."""


class Showing:
    """What shows of each text of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.page, _ = _page_window(snapshot)
        self.windows, self._around = _windows(snapshot, scrolled=True)
        self._painted, _ = _windows(snapshot, scrolled=False)

    def cut(self, element: Element) -> Cut | None:
        """The worst that happens to one of its lines."""
        window = self.windows[element.number]
        size = element.px("font-size", 16)
        cuts = [_cut(line, window, size) for line in element.lines]
        found = [cut for cut in cuts if cut]
        if not found:
            return None
        whole = len(found) == len(cuts) and all(cut.whole for cut in found)
        worst = max(found, key=lambda cut: cut.lost)
        return replace(worst, whole=whole, lines=len(found))

    def lost_share(self, element: Element) -> float:
        """How much of its box is cut off by the boxes around it, 0 to 1."""
        return self._around[element.number].lost_share(element.box)

    def shown_lines(self, element: Element) -> Iterator[Box]:
        """The parts of its lines that show before anything is scrolled but the page."""
        window = self._painted[element.number]
        for line in element.lines:
            left, right = max(line.x, window.left), min(line.right, window.right)
            top, bottom = max(line.y, window.top), min(line.bottom, window.bottom)
            if right > left and bottom > top:
                yield Box(x=left, y=top, width=right - left, height=bottom - top)


_of: WeakKeyDictionary[Snapshot, Showing] = WeakKeyDictionary()


def showing(snapshot: Snapshot) -> Showing:
    """What shows of each text, worked out once a snapshot."""
    found = _of.get(snapshot)
    if found is None:
        found = _of[snapshot] = Showing(snapshot)
    return found


# Windows. ---------------------------------------------------------------------------------------

_CLIPPING = ("hidden", "clip")
_SCROLLING = ("auto", "scroll")


def _windows(snapshot: Snapshot, *, scrolled: bool) -> tuple[list[Window], list[Window]]:
    """Of each element the window of its own text, and that of its box, by the rules of CSS 2.2,
    section 11.1; what boxes can scroll to belongs to it or does not."""
    page, owner = _page_window(snapshot)
    inside: list[Window] = []
    outside: list[Window] = []
    # Of each element the nearest one around it, or itself, that places absolute boxes.
    placing: list[Window] = []
    for element in snapshot.elements:
        parent = element.parent
        if parent is None:
            around, placed = page, page
        else:
            around, placed = inside[parent.number], placing[parent.number]
        position = element.style.get("position", "static")
        if position == "absolute":
            around = placed
        elif position == "fixed":
            around = page
        own = around if element is owner else _narrowed(around, element, scrolled)
        inside.append(own)
        outside.append(around)
        places = position != "static" or element.style.get("transform", "none") != "none"
        placing.append(own if places else placed)
    return inside, outside


def _page_window(snapshot: Snapshot) -> tuple[Window, Element | None]:
    """The window of the page, and the element whose overflow it takes (CSS Overflow 3, 3.3)."""
    owner: Element | None = snapshot.root
    if _overflows(snapshot.root) == ("visible", "visible"):
        owner = snapshot.body
    across, down = _overflows(owner) if owner else ("visible", "visible")
    starts_left = snapshot.root.style.get("direction", "ltr") == "ltr"
    page = Window(
        left=0 if starts_left else -inf,
        right=snapshot.viewport[0] if across in _CLIPPING else inf,
        top=0,
        bottom=snapshot.viewport[1] if down in _CLIPPING else inf,
    )
    return page, owner


def _overflows(element: Element) -> tuple[str, str]:
    return element.style.get("overflow-x", "visible"), element.style.get("overflow-y", "visible")


def _narrowed(window: Window, element: Element, scrolled: bool) -> Window:
    across, down = _overflows(element)
    if across == down == "visible" or element.style.get("display", "") in ("inline", "contents"):
        return window
    left = element.box.x + element.px("border-left-width")
    top = element.box.y + element.px("border-top-width")
    right = element.box.right - element.px("border-right-width")
    bottom = element.box.bottom - element.px("border-bottom-width")
    scroll = element.scroll
    if scrolled and across in _SCROLLING and scroll.width > scroll.client_width + 1:
        window = replace(window, left=-inf, right=inf, across=None)
    elif across != "visible" and (left > window.left or right < window.right):
        left, right = max(left, window.left), min(right, window.right)
        window = replace(window, left=left, right=right, across=element)
    if scrolled and down in _SCROLLING and scroll.height > scroll.client_height + 1:
        window = replace(window, top=-inf, bottom=inf, down=None)
    elif down != "visible" and (top > window.top or bottom < window.bottom):
        top, bottom = max(top, window.top), min(bottom, window.bottom)
        window = replace(window, top=top, bottom=bottom, down=element)
    return window


# What is lost. ----------------------------------------------------------------------------------


def core(line: Box) -> Box:
    """The part of a line in which its letters are, without what is kept for accents and tails."""
    return Box(x=line.x, y=line.y + line.height * 0.2, width=line.width, height=line.height * 0.6)


def _cut(line: Box, window: Window, size: float) -> Cut | None:
    letters = core(line)
    wide = max(0.0, min(line.right, window.right) - max(line.x, window.left))
    high = max(0.0, min(letters.bottom, window.bottom) - max(letters.y, window.top))
    across, down = line.width - wide, letters.height - high
    # Less than half a letter is the space after the last one, or a tail.
    if down > letters.height * 0.12:
        return Cut(by=window.down, sideways=False, lost=down, whole=high == 0)
    if across > size * 0.5:
        return Cut(by=window.across, sideways=True, lost=across, whole=wide == 0)
    return None


# What lies over what. ---------------------------------------------------------------------------

_LETTERS = re.compile(r"[^\W_]")


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Two texts, one over the other; or lines of one, over each other."""

    first: Element
    second: Element
    """The later in document order."""
    width: float
    height: float


def overlaps(snapshot: Snapshot) -> Iterator[Overlap]:
    """Pairs of elements whose texts lie over each other, each pair once.

    What is fixed or sticky lies over what scrolls under it, and is left out.
    """
    shown = showing(snapshot)
    floating = floating_over(snapshot)
    lines = [
        (core(line), element)
        for element in snapshot.texts
        if not floating[element.number] and _LETTERS.search(element.text)
        for line in shown.shown_lines(element)
    ]
    lines.sort(key=lambda pair: pair[0].y)
    active: list[tuple[Box, Element]] = []
    seen: set[tuple[int, int]] = set()
    compared = 0
    for line, element in lines:
        active = [pair for pair in active if pair[0].bottom > line.y]
        compared += len(active)
        if compared > _COMPARED or len(seen) > _MOST:
            return
        for other, owner in active:
            both = line.intersection(other)
            first, second = sorted((element, owner), key=lambda one: one.number)
            pair = (first.number, second.number)
            # A line with an ellipsis has two boxes: of all of it, and of what shows.
            if first is second and abs(line.y - other.y) < 1:
                continue
            if pair not in seen and _covers(both, line, other):
                seen.add(pair)
                yield Overlap(first=first, second=second, width=both.width, height=both.height)
        active.append((line, element))


def _covers(both: Box, one: Box, other: Box) -> bool:
    """Whether letters lie on letters: a hair's breadth is kerning or a tight line height."""
    smaller = min(one.height, other.height)
    return both.height > 0.05 * smaller and both.width > max(3.0, 0.5 * smaller)


def floating_over(snapshot: Snapshot) -> list[bool]:
    """Of each element whether it, or what it is in, stays while the page scrolls under it."""
    found: list[bool] = []
    for element in snapshot.elements:
        above = element.parent is not None and found[element.parent.number]
        found.append(above or element.style.get("position", "") in ("fixed", "sticky"))
    return found


# Before and after. ------------------------------------------------------------------------------


def counterparts(before: Snapshot, after: Snapshot) -> Mapping[int, Element]:
    """Of each element of `after`, by its number, the same one in `before`.

    A script may have changed the page in between: then elements are told by what they say.
    """
    if _same_tree(before, after):
        return {element.number: element for element in before.elements}
    old: dict[tuple[object, ...], list[Element]] = {}
    for element in before.elements:
        old.setdefault(_key(element), []).append(element)
    found: dict[int, Element] = {}
    used: dict[tuple[object, ...], int] = {}
    for element in after.elements:
        key = _key(element)
        place = used.get(key, 0)
        used[key] = place + 1
        if place < len(old.get(key, ())):
            found[element.number] = old[key][place]
    return found


def _same_tree(before: Snapshot, after: Snapshot) -> bool:
    return len(before.elements) == len(after.elements) and all(
        one.tag == other.tag and one.text == other.text
        for one, other in zip(before.elements, after.elements, strict=True)
    )


def _key(element: Element) -> tuple[object, ...]:
    return (element.tag, element.attributes.get("id"), element.text)
