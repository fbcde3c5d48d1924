"""Orientation: what a page shows only when the window is higher than wide, or wider than high."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from ..losses import quote
from ..page import Page
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import mentions
from .check import Found, Rendition, check, fails, needs_review

_LOCK = re.compile(r"\borientation\s*\.\s*lock\s*\(|\block(?:Orientation)\s*\(")
_MOST = 0.5


@check(
    "orientation-locked",
    criteria=["1.3.4"],
    title="The page works in one orientation only",
    method="The page wider than high is compared with the page 320 × 640 CSS px. In neither may "
    "what holds most of the text be turned by 90°, nor may a request to turn the device stand in "
    "for the content. Scripts in the page that lock the orientation are left to a person.",
    limits="Scripts of their own address are not read. Some content, such as a piano, needs one "
    "orientation.",
    fix="Lay the content out for both orientations; take the lock away.",
    broken="<style>@media (orientation: portrait) { body { rotate: 90deg } }</style>"
    "<p>A page that lies on its side in one orientation.</p>",
    sound="<style>@media (orientation: portrait) { body { padding: 1rem } }</style>"
    "<p>A page that stands upright in both.</p>",
    rendition=Rendition.NARROW,
    depends_on=["viewport"],
)
def orientation_locked(page: Page, _: Variant) -> Iterator[Found]:
    if _LOCK.search(page.source):
        yield needs_review("html", "A script in the page locks the orientation of the screen.")
    wide, high = page.as_is, page.snapshot
    if wide.viewport[0] <= wide.viewport[1]:
        return
    yield from _turned_by_rule(page)
    for shown, other, name in ((high, wide, "higher than wide"), (wide, high, "wider than high")):
        yield from _turned(shown, other, name)
        yield from _asks_to_turn(shown, other, name)


def _turned(shown: Snapshot, other: Snapshot, name: str) -> Iterator[Found]:
    turned, before = _holder(shown), _holder(other)
    if turned is not None and before is None:
        yield fails(
            turned,
            f"What holds most of the text is turned by 90° when the window is {name}.",
            measured=f"transform: {turned.style.get('transform')}; "
            f"rotate: {turned.style.get('rotate')}",
            needed="upright in both orientations",
        )


_RULES = """() => {
  const nodes = window[Symbol.for("vydno.audit")].nodes();
  const found = [];
  const look = (rules, condition) => {
    for (const rule of rules) {
      const media = rule.media?.mediaText ?? "";
      const within = `${condition} ${media}`;
      if (rule.cssRules && (media || rule.type !== 1)) look(rule.cssRules, within);
      const turn = rule.style && `${rule.style.transform} ${rule.style.rotate}`;
      if (!turn || !/orientation|aspect-ratio/.test(within)) continue;
      if (!/(^|[ (])-?(90|270)deg/.test(turn)) continue;
      try {
        const at = nodes.findIndex((node) => node.matches(rule.selectorText));
        if (at >= 0) found.push([at, media || condition, turn.trim()]);
      } catch {}
    }
  };
  for (const sheet of document.styleSheets)
    try {
      look(sheet.cssRules, "");
    } catch {}
  return found.slice(0, 20);
}"""


def _turned_by_rule(page: Page) -> Iterator[Found]:
    """Rules for one orientation that hold in neither of the two windows: of telephones, say."""
    wide, high = page.as_is, page.snapshot
    if _holder(wide) or _holder(high):
        return
    for number, media, turn in page.evaluate(_RULES):
        element = high.elements[number] if number < len(high.elements) else None
        every = len(high.root.text_content)
        if element and every and len(element.text_content) > every * _MOST:
            yield fails(
                element,
                "A rule turns what holds most of the text by 90° in one orientation.",
                measured=f"{turn} where {media.strip()}",
                needed="upright in both orientations",
            )
            return


def _holder(shown: Snapshot) -> Element | None:
    """The element turned by a right angle that holds most of the page's text."""
    letters = [len(element.text) * element.rendered for element in shown.elements]
    for element in reversed(shown.elements):
        if element.parent is not None:
            letters[element.parent.number] += letters[element.number]
    for element in shown.elements:
        if _is_turned(element) and letters[element.number] > letters[0] * _MOST:
            return element
    return None


def _is_turned(element: Element) -> bool:
    transform, rotate = element.style.get("transform", "none"), element.style.get("rotate", "none")
    if transform == rotate == "none":
        return False
    angle = _angle(element.matrix) + _degrees(rotate)
    return abs(angle % 180 - 90) < 5


def _angle(matrix: Sequence[float]) -> float:
    """The turn in the plane of the screen, in degrees, that a matrix makes."""
    return math.degrees(math.atan2(matrix[1], matrix[0])) if matrix else 0.0


def _degrees(rotate: str) -> float:
    found = re.search(r"(-?[\d.]+)deg$", rotate)
    return float(found[1]) if found else 0.0


_SHORT = 300


def _asks_to_turn(shown: Snapshot, other: Snapshot, name: str) -> Iterator[Found]:
    for element in shown.texts:
        if len(element.text) > _SHORT or not mentions("turn-device", element.text):
            continue
        there = (one for one in other.texts if one.text == element.text)
        if next(there, None) is not None:
            continue
        certain = _stands_in(element, shown, other)
        yield (fails if certain else needs_review)(
            element,
            f"When the window is {name}, the page says {quote(element.text)}"
            + (" instead of its content." if certain else "."),
            needed="content in both orientations",
        )
        return


def _stands_in(element: Element, shown: Snapshot, other: Snapshot) -> bool:
    """Whether the request covers the window, or is there while the content is not."""
    width, height = shown.viewport
    for around in (element, *element.ancestors()):
        over = around.style.get("position") in ("fixed", "absolute")
        if over and around.box.width >= 0.9 * width and around.box.height >= 0.8 * height:
            return True
    here, there = _seen(shown), _seen(other)
    return there > 40 and here < there * _MOST


def _seen(shown: Snapshot) -> int:
    return sum(len(one.text) for one in shown.texts)
