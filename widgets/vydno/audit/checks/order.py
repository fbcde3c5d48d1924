"""Order: what the eye meets first against what the source says first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from ..losses import quote
from ..page import Page
from ..snapshot import Element
from ..variants import Variant
from .check import LAYOUT, Found, check, fails, needs_review

_LANDMARKS = {"main", "aside", "nav", "header", "footer", "form", "article", "dialog"}
_LANDMARK_ROLES = {"main", "complementary", "navigation", "banner", "contentinfo", "search", "form"}
_LANDMARK_ROLES |= {"region", "dialog"}
_TOLERANCE = 2
_MANY = 200
_LEAST_LETTERS = 3
_LEAST_FLOATS = 3
_LEAST_NUMBERS = 3


@check(
    "order-differs",
    criteria=["1.3.2"],
    title="Things stand in another order than in the source",
    method="Texts side by side in the source are compared with where they stand on the screen, "
    "row by row in the direction of reading. Where they are numbered and the numbers are in order "
    "on the screen only, it fails; else a person must say whether the order matters.",
    limits="Landmarks, such as a sidebar beside the main part, may stand in any order. Text next "
    "to elements in the same parent is not compared.",
    fix="Put things into the source in the order in which they are to be read, and drop `order`, "
    "`row-reverse`, grid placement and absolute positions that change it.",
    broken='<div style="display: flex; flex-direction: column-reverse"><p>Then press the button.'
    "</p><p>First fill in the form.</p></div>",
    sound='<div style="display: flex; flex-direction: column"><p>First fill in the form.</p>'
    "<p>Then press the button.</p></div>",
    depends_on=LAYOUT,
)
def order_differs(page: Page, _: Variant) -> Iterator[Found]:
    said: set[tuple[object, ...]] = set()
    for element in page.snapshot.elements:
        if len(element.children) < 2 or not element.visible:
            continue
        items = [child for child in element.children if _is_placed(child, element)]
        turned = next((pair for pair in pairwise(items) if _is_turned(*pair, element)), None)
        if turned is None or not _matters(items, turned):
            continue
        first, second = turned
        cause = _cause(element, first, second)
        around = element.parent.attributes.get("class") if element.parent else None
        kind = (element.tag, element.attributes.get("class"), around, cause)
        if kind in said:
            continue
        said.add(kind)
        yield (fails if _is_numbered(items, element) else needs_review)(
            element,
            f"{quote(_said(second))} stands before {quote(_said(first))} on the screen, "
            "and after it in the source.",
            measured=cause,
            needed="one order for eyes and listeners, where it matters",
        )


def _is_placed(child: Element, parent: Element) -> bool:
    style = child.style
    if not child.visible or child.box.area < 1 or child.tag in ("svg", "br", "img", "option"):
        return False
    if style.get("position") in ("fixed", "sticky") or not child.exposed:
        return False
    return _arranges(parent) or not style.get("display", "").startswith(("inline", "table-"))


def _arranges(parent: Element) -> bool:
    return parent.style.get("display", "").endswith(("flex", "grid"))


def _is_turned(first: Element, second: Element, parent: Element) -> bool:
    """Whether the second stands before the first on the screen."""
    floats = [one.style.get("float", "none") for one in (first, second)]
    lifted = [one.style.get("position") == "absolute" for one in (first, second)]
    # A date at the right of a title, a badge on a card: one of the two is out of the flow.
    if (floats[0] == "none") != (floats[1] == "none") or lifted[0] != lifted[1]:
        return False
    above, below = second.box, first.box
    beside = min(above.bottom, below.bottom) - max(above.y, below.y)
    if beside > 0.5 * min(above.height, below.height):
        if parent.style.get("direction") == "rtl":
            return above.x >= below.right - _TOLERANCE
        return above.right <= below.x + _TOLERANCE
    under = min(above.right, below.right) - max(above.x, below.x)
    return above.bottom <= below.y + _TOLERANCE and (under > 0 or _arranges(parent))


def _matters(items: list[Element], turned: tuple[Element, Element]) -> bool:
    """Whether both say something, and are no parts that stand by themselves."""
    if any(_is_landmark(one) for one in turned):
        return False
    if any(len(re.findall(r"[^\W_]", _said(one))) < _LEAST_LETTERS for one in turned):
        return False
    if all(one.style.get("float", "none") != "none" for one in turned):
        return len([one for one in items if one.style.get("float") == "right"]) >= _LEAST_FLOATS
    return True


def _is_landmark(element: Element) -> bool:
    inside = (element, *islice(element.descendants(), _MANY))
    return any(
        one.tag in _LANDMARKS or one.attributes.get("role") in _LANDMARK_ROLES for one in inside
    )


def _said(element: Element) -> str:
    """The start of its visible text."""
    inside = (one for one in islice(element.descendants(), _MANY) if one.visible)
    return " ".join(filter(None, [element.text, *(one.text for one in inside)]))[:200]


def _is_numbered(items: list[Element], parent: Element) -> bool:
    """Whether the items begin with numbers that rise on the screen and not in the source."""
    numbered = [(one, re.search(r"\d+", _said(one)[:20])) for one in items]
    found = [(one, int(match[0])) for one, match in numbered if match and len(match[0]) < 5]
    if len(found) < _LEAST_NUMBERS or len(found) < len(items):
        return False
    backwards = -1 if parent.style.get("direction") == "rtl" else 1
    on_screen = sorted(found, key=lambda pair: _place(pair[0], backwards))
    seen, told = [number for _, number in on_screen], [number for _, number in found]
    return seen == sorted(set(seen)) and told != seen


def _place(element: Element, backwards: int) -> tuple[int, float]:
    return round(element.box.y / 8), element.box.x * backwards


def _cause(parent: Element, first: Element, second: Element) -> str:
    direction = parent.style.get("flex-direction", "")
    if _arranges(parent) and direction.endswith("reverse"):
        return f"flex-direction: {direction}"
    orders = [one.style.get("order", "0") for one in (first, second)]
    if orders[0] != orders[1]:
        return f"order: {orders[0]} and {orders[1]}"
    if first.style.get("float", "none") != "none":
        return f"float: {first.style['float']}"
    if parent.style.get("display", "").endswith("grid"):
        return "a place in the grid"
    return f"position: {second.style.get('position', 'static')}"
