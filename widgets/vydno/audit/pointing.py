"""Targets of a pointer: which are there, and which are smaller than criterion 2.5.8 asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from math import hypot

from .findings import Box
from .snapshot import Element, Snapshot

LEAST = 24
"""Sides of a target, and the diameter of the circle that stands in for a smaller one; CSS px."""

ROLES = frozenset({"button", "checkbox", "combobox", "link", "listbox", "menuitem", "option"})
ROLES |= {"menuitemcheckbox", "menuitemradio", "radio", "scrollbar", "searchbox", "slider"}
ROLES |= {"spinbutton", "switch", "tab", "textbox", "treeitem"}
_CHOICES = ("checkbox", "radio")
_CELL = 64
_MANY = 100
_ROUNDING = 0.5


def controls(shown: Snapshot) -> list[Element]:
    """The visible elements that browsers or roles make targets."""
    return [element for element in shown.elements if element.visible and is_control(element)]


def is_control(element: Element) -> bool:
    """Whether it is a native control or link, or has the role of one and can be focused."""
    if element.tag in ("input", "button", "select", "textarea", "summary"):
        return element.attributes.get("type") != "hidden" and "disabled" not in element.attributes
    if element.tag == "a" and "href" in element.attributes:
        return True
    return element.role in ROLES and element.focusable


def too_small(every: Collection[Element], looked_at: Iterable[Element]) -> Iterator[Element]:
    """Those of the second that are too small and too near to one of the first: exceptions
    *spacing*, *inline* and *user agent control* of the criterion taken off."""
    cells = _cells(every)
    numbers = {element.number for element in every}
    for element in looked_at:
        if not is_undersized(element) or _is_of_the_browser(element):
            continue
        if flows_in_text(element, numbers):
            continue
        if any(_is_too_near(element, other) for other in _around(element, cells)):
            yield element


def is_undersized(element: Element) -> bool:
    if element.box.area <= 0 or not _is_small(element.box):
        return False
    # A link around blocks or floats is no larger than a line, and can be pressed on all of them.
    inside = (one.box for one in islice(element.descendants(), _MANY) if one.visible)
    return all(box.area <= 0 or _is_small(box) for box in inside)


def _is_small(box: Box) -> bool:
    return min(box.width, box.height) < LEAST - _ROUNDING


def flows_in_text(element: Element, targets: Collection[int]) -> bool:
    """Whether it stands in a line of text, whose height decides on its own; text in other targets,
    told by their numbers, is not meant."""
    at, parent = element, element.parent
    while parent is not None and at.style.get("display", "").startswith("inline"):
        beside = (child for child in parent.children[:_MANY] if child is not at and child.visible)
        if parent.text or any(one.text and one.number not in targets for one in beside):
            return True
        at, parent = parent, parent.parent
    return False


def _is_of_the_browser(element: Element) -> bool:
    """Whether nobody styled it: a native box of 13 px or so, a button with the browser's border
    and font, a summary without padding."""
    style = element.style
    kind = element.attributes.get("type", "").lower()
    if element.tag == "input" and kind in _CHOICES:
        return style.get("appearance") == "auto" and 12 <= element.box.width <= 16
    if element.tag == "summary":
        return element.px("padding-top") == element.px("padding-bottom") == 0
    native = element.tag in ("button", "input", "select", "textarea")
    plain = style.get("font-size") == "13.3333px" and style.get("appearance") == "auto"
    # A width that is too small was asked for: only the height comes from the font.
    return native and plain and element.box.width >= LEAST


def is_hardly_styled(element: Element) -> bool:
    """Whether it is a button with the browser's own padding and border, and a font no smaller than
    its own: whoever only let it inherit the font did not make it small."""
    style = element.style
    own = style.get("appearance") == "auto" and style.get("border-top-style") == "outset"
    padded = (element.px("padding-top"), element.px("padding-left")) == (1, 6)
    return element.tag == "button" and own and padded and element.px("font-size") >= _OWN_FONT


_OWN_FONT = 13.333
_Cells = dict[tuple[int, int], list[Element]]


def _cells(every: Iterable[Element]) -> _Cells:
    cells: _Cells = defaultdict(list)
    for element in every:
        for place in _places(element.box, 0):
            cells[place].append(element)
    return cells


def _places(box: Box, margin: float) -> Iterator[tuple[int, int]]:
    left, right = (box.x - margin) // _CELL, (box.right + margin) // _CELL
    top, bottom = (box.y - margin) // _CELL, (box.bottom + margin) // _CELL
    # What is larger than a window is a surface, and no neighbour.
    if (right - left) * (bottom - top) < 2_000:
        for x in range(int(left), int(right) + 1):
            for y in range(int(top), int(bottom) + 1):
                yield x, y


def _around(element: Element, cells: _Cells) -> Iterator[Element]:
    found = {
        other.number: other
        for place in _places(element.box, LEAST)
        for other in cells.get(place, ())[:200]
    }
    for other in found.values():
        nested = any(one is element for one in other.ancestors()) or any(
            one is other for one in element.ancestors()
        )
        if other is not element and not nested:
            yield other


def _is_too_near(element: Element, other: Element) -> bool:
    """Whether its circle meets the other target, or the other's circle (criterion 2.5.8)."""
    x, y = _centre(element.box)
    if is_undersized(other):
        other_x, other_y = _centre(other.box)
        if hypot(x - other_x, y - other_y) < LEAST - _ROUNDING:
            return True
    return any(_distance(x, y, piece) < LEAST / 2 - _ROUNDING for piece in _pieces(other))


def _pieces(element: Element) -> Sequence[Box]:
    """Where it can be pressed: of a text that goes on in the next line, each line of it."""
    wraps = element.style.get("display") == "inline" and len(element.lines) > 1
    return element.lines if wraps and not element.children else [element.box]


def _distance(x: float, y: float, box: Box) -> float:
    return hypot(max(box.x - x, 0, x - box.right), max(box.y - y, 0, y - box.bottom))


def _centre(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2
