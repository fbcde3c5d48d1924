"""Hovering over what shows something then: what several checks want to know of it.

The pointer is really moved; what came, whether it stays, and whether the focus brings it too, the
page says itself (`hover.js`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .driver import EARLY
from .operate import ready, renewed
from .page import Page
from .snapshot import Element
from .walk import ask, heard

HOVERS = frozenset({"mouseover", "mouseenter", "pointerover", "pointerenter"})
_HOVER = 'window[Symbol.for("vydno.hover")]'
_SCRIPT = Path(__file__).with_name("hover.js").read_text(encoding="utf-8")
_MOST = 4
_CORNER = (1.0, 1.0)


@dataclass(frozen=True, kw_only=True)
class Hovered:
    """What came when the pointer was over an element."""

    element: Element
    text: str
    controls: int
    """How many stops of Tab are in what came."""
    named: bool
    """Whether the element's own name or text says it already."""
    stays: bool | None
    """Whether it is still there when the pointer goes to it; `None` when that was not tried."""
    lasts: bool
    """Whether it stays while the pointer does not move."""
    apart: float
    """CSS px between the element and what came."""
    escapes: bool | None
    """Whether Escape takes it away; `None` when it hides nothing, so that it need not."""
    focusable: bool
    """Whether there is anything that could have the focus for it."""
    focus: bool
    """Whether the focus brings it too."""


def hovered(page: Page) -> list[Hovered]:
    """What the pointer brings; ask with `page.once(hovered)`."""
    page.once(ready)
    # What the walk brought by focus may still be there, until a timer takes it away.
    if _scripted(page):
        renewed(page)
    places = ask(
        page, f"(elements) => {{ {_SCRIPT}; return {_HOVER}.places(elements) }}", _scripted(page)
    )
    found = [one for place in places[:_MOST] if (one := _hover(page, place))]
    if places:
        page.driver.move(*_CORNER)
        ask(page, "() => scrollTo({ left: 0, top: 0, behavior: 'instant' })")
    return found


def _scripted(page: Page) -> list[int]:
    """Elements that tell a script when the pointer comes."""
    heard_of = page.once(heard).by_element.items()
    return [number for number, types in heard_of if types & HOVERS][:200]


def _hover(page: Page, place: dict[str, Any]) -> Hovered | None:
    number = place["number"]
    page.driver.move(*_CORNER)
    point = ask(page, f"(number) => {_HOVER}.begin(number)", number)
    page.driver.move(point[0] - 1, point[1])
    page.driver.move(*point)
    came = ask(page, f"(number) => {_HOVER}.brought(number)", number)
    if came is None:
        return None
    lasts = bool(ask(page, f"() => {_HOVER}.lasts()"))
    if not lasts:
        _again(page, number, point)
    escapes = _escapes(page, number, point) if came["obscures"] else None
    stays = _stays(page, point, came["point"]) if came["inWindow"] else None
    page.driver.move(*_CORNER)
    focus = ask(page, f"(number) => {_HOVER}.byFocus(number)", number)
    text, name = " ".join(came["text"].lower().split()), " ".join(came["name"].lower().split())
    return Hovered(
        element=page.snapshot.elements[number],
        text=came["text"],
        controls=came["controls"],
        named=bool(text) and text in name and not came["within"],
        stays=stays,
        lasts=lasts,
        apart=came["apart"],
        escapes=escapes,
        focusable=focus["tried"] > 0,
        focus=focus["brings"],
    )


def _escapes(page: Page, number: int, point: list[float]) -> bool:
    page.driver.press("Escape")
    gone = not ask(page, f"() => {_HOVER}.stays()")
    if gone:
        _again(page, number, point)
    return gone


def _again(page: Page, number: int, point: list[float]) -> None:
    """Bring it once more, for what is tried next."""
    page.driver.move(*_CORNER)
    ask(page, f"(number) => {_HOVER}.begin(number)", number)
    page.driver.move(*point)
    ask(page, f"(number) => {_HOVER}.brought(number)", number)
    ask(page, "() => " + EARLY + ".defer(false)")


def _stays(page: Page, start: list[float], end: list[float]) -> bool:
    for share in (0.25, 0.5, 0.75, 1.0):
        x, y = (one + (other - one) * share for one, other in zip(start, end, strict=True))
        page.driver.move(x, y)
    stays: bool = ask(page, f"() => {_HOVER}.stays()")
    return stays
