"""Text and layout: what happens to a page when it is narrow, and its text large or spaced."""

from __future__ import annotations

from collections.abc import Iterator

from ..page import NARROW, Page
from ..snapshot import Element, Snapshot
from ..variants import Variant
from .check import Found, Rendition, check, fails

# A pixel's rounding is no second dimension to scroll in.
_TOLERANCE = 1


@check(
    "reflow",
    criteria=["1.4.10"],
    title="The page scrolls in two dimensions",
    method="The page is drawn 320 CSS px wide. It must not be wider than that, but for what needs "
    "two dimensions to be understood: tables, images, maps, diagrams, video, and code.",
    limits="Content of frames is not measured.",
    fix="Let it wrap: no fixed widths, `min-width: 0` in flexible rows, `overflow-wrap: anywhere` "
    "for long words.",
    broken='<p style="width: 600px">A paragraph of a fixed width.</p>',
    sound='<p style="max-width: 600px">A paragraph that may be narrower.</p>',
    rendition=Rendition.NARROW,
    depends_on=["text_scale"],
)
def reflow(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    width = shown.viewport[0]
    if shown.size[0] <= width + _TOLERANCE:
        return
    for element in _culprits(shown):
        yield fails(
            element,
            f"At {NARROW.width} CSS px it reaches beyond the page, which then scrolls sideways.",
            measured=f"{_reach(element):.0f} px",
            needed=f"at most {width} px",
        )


# What may need two dimensions for its meaning, by the criterion's own exceptions.
_TWO_DIMENSIONAL = {"canvas", "embed", "iframe", "img", "map", "math", "object", "picture"}
_TWO_DIMENSIONAL |= {"pre", "svg", "table", "video"}


def _culprits(shown: Snapshot) -> Iterator[Element]:
    """The innermost elements that reach beyond the page and whose content needs no second
    dimension."""
    width = shown.viewport[0] + _TOLERANCE
    for element in shown.elements:
        if not element.visible or _reach(element) <= width or _scrolls_by_itself(element):
            continue
        if element.closest(*_TWO_DIMENSIONAL):
            continue
        if not any(child.visible and _reach(child) > width for child in element.children):
            yield element


def _reach(element: Element) -> float:
    """Where it ends at the right; its text may go further than its box."""
    return max([element.box.right, *(line.right for line in element.lines)])


def _scrolls_by_itself(element: Element) -> bool:
    """Whether a box around it keeps what is too wide for the page inside."""
    return any(
        around.style.get("overflow-x", "visible") != "visible"
        for around in element.ancestors()
        if around.tag not in ("html", "body")
    )
