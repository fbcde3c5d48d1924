"""Layout: what happens to a page when it is narrow or enlarged, and its text large or spaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..findings import Outcome
from ..losses import Loss, gone, losses
from ..page import NARROW, Page
from ..showing import counterparts, showing
from ..snapshot import Element, Snapshot
from ..variants import Variant
from .check import Found, Rendition, check, fails, needs_review

# A pixel's rounding is no second dimension to scroll in.
_TOLERANCE = 1


# Scrolling in two dimensions. -------------------------------------------------------------------


@check(
    "reflow",
    criteria=["1.4.10"],
    title="Reading needs scrolling in two dimensions",
    method="The page is drawn 320 CSS px wide. Neither it nor a box in it may need sideways "
    "scrolling for text, but for what needs two dimensions to be understood: data tables, maps, "
    "diagrams, video, and code. Pictures, frames, tables used for layout, and boxes with nothing "
    "in the part beyond the edge are left to a person.",
    limits="Content of frames is not measured. With text larger than 100 % a person must decide, "
    "as no criterion asks for both at once.",
    fix="Let it wrap: no fixed widths, `min-width: 0` in flexible rows, `overflow-wrap: anywhere` "
    "for long words, `max-width: 100%` for pictures.",
    broken='<p style="width: 600px">A paragraph of a fixed width, so that its lines are longer '
    "than a narrow window, and reading each of them takes scrolling.</p>",
    sound='<p style="max-width: 600px">A paragraph that may be narrower, so that its lines are '
    "never longer than a narrow window, however long they are.</p>",
    rendition=Rendition.NARROW,
    depends_on=["text_scale"],
)
def reflow(page: Page, variant: Variant) -> Iterator[Found]:
    shown = page.snapshot
    for found in (*_too_wide(shown), *_too_wide_inside(shown)):
        yield _for(variant, found)


def _for(variant: Variant, found: Found) -> Found:
    """With larger text a person must decide: no criterion asks for both at once."""
    if variant.text_scale <= 100:
        return found
    return replace(
        found,
        outcome=Outcome.NEEDS_REVIEW,
        message=f"With text of {variant.text_scale} %: {found.message[0].lower()}"
        f"{found.message[1:]}",
    )


def _too_wide(shown: Snapshot) -> Iterator[Found]:
    width = shown.viewport[0]
    # What a page that cannot scroll cuts off is another check's.
    if shown.size[0] <= width + _TOLERANCE or showing(shown).page.right <= width:
        return
    blamed: set[int] = set()
    for element in _culprits(shown):
        row = _row(element, width)
        if row.number in blamed:
            continue
        if row.tag not in ("body", "html", "main"):
            blamed.add(row.number)
        certain = _content_reach(element) > width + _TOLERANCE and not _may_be_wide(element)
        yield (fails if certain else needs_review)(
            element,
            f"At {NARROW.width} CSS px it reaches beyond the page, which then scrolls sideways.",
            measured=f"{_reach(element):.0f} px",
            needed=f"at most {width} px",
        )


def _row(element: Element, width: float) -> Element:
    """The nearest box around it that does fit: what else is too wide in it has the same cause."""
    around = list(element.ancestors())
    fits = (one for one in around if one.box.right <= width + _TOLERANCE)
    return next(fits, around[-1] if around else element)


# What may need two dimensions for its meaning, by the criterion's own exceptions.
_TWO_DIMENSIONAL = {"math", "pre"}
# Of these a person must say.
_PICTURES = {"canvas", "embed", "iframe", "img", "map", "object", "picture", "svg", "video"}
_CONTROLS = {"button", "input", "select", "textarea"}


def _culprits(shown: Snapshot) -> Iterator[Element]:
    """The innermost elements that reach beyond the page and whose content needs no second
    dimension."""
    width = shown.viewport[0] + _TOLERANCE
    for element in shown.elements:
        if not element.visible or _reach(element) <= width or _kept_inside(element):
            continue
        if element.closest(*_TWO_DIMENSIONAL) or _in_data(element):
            continue
        if any(child.visible and _reach(child) > width for child in element.children):
            continue
        if not any(around.tag == "svg" for around in element.ancestors()):
            yield element


def _reach(element: Element) -> float:
    """Where it ends at the right; its text may go further than its box."""
    return max([element.box.right, *(line.right for line in element.lines)])


def _content_reach(element: Element) -> float:
    """Where its text, or the control that it is, ends at the right."""
    own = [element.box.right] if element.tag in _CONTROLS else []
    inside = [line.right for one in element.descendants() if one.visible for line in one.lines]
    return max([0.0, *own, *inside, *(line.right for line in element.lines)])


def _may_be_wide(element: Element) -> bool:
    wide = element.tag in _PICTURES or element.closest("table") is not None
    return wide or _lies_over_a_picture(element)


def _lies_over_a_picture(element: Element) -> bool:
    """Whether it is placed in a box that a video or the like fills: a part of a player or a map."""
    for placed in (element, *element.ancestors()):
        if placed.style.get("position") == "absolute" and placed.parent:
            filling = (one for one in placed.parent.children if one.tag in _PICTURES)
            if any(
                one.visible and one.box.width > 0.8 * placed.parent.box.width for one in filling
            ):
                return True
    return False


def _in_data(element: Element) -> bool:
    return any(
        around.tag == "table" and not is_for_layout(around)
        for around in (element, *element.ancestors())
    )


_BLOCKS = {"article", "div", "fieldset", "form", "h1", "h2", "h3", "h4", "nav", "p", "section"}
_BLOCKS |= {"table", "ul"}


def is_for_layout(table: Element) -> bool:
    """Whether a table holds the page's parts instead of data."""
    if table.attributes.get("role") in ("presentation", "none"):
        return True
    if table.attributes.get("role") in ("table", "grid", "treegrid"):
        return False
    inside = list(table.descendants())
    if any(one.tag in ("th", "caption", "thead") or one.attributes.get("scope") for one in inside):
        return False
    cells = [one for one in inside if one.tag == "td"]
    holding = [cell for cell in cells if any(child.tag in _BLOCKS for child in cell.children)]
    return len(holding) * 2 > len(cells)


def _kept_inside(element: Element) -> bool:
    """Whether a box around it keeps what is too wide for the page inside."""
    return any(
        around.style.get("overflow-x", "visible") != "visible"
        for around in element.ancestors()
        if around.tag not in ("html", "body")
    )


def _too_wide_inside(shown: Snapshot) -> Iterator[Found]:
    """Boxes that scroll sideways and hold lines which do not fit into them."""
    wide: dict[int, int] = {}
    for element in shown.texts:
        scroller = _scroller(element)
        if scroller is None or element.closest(*_TWO_DIMENSIONAL, "textarea", "code"):
            continue
        if _in_data(element) or len(element.lines) < 2:
            continue
        if any(line.width > scroller.scroll.client_width + _TOLERANCE for line in element.lines):
            wide[scroller.number] = wide.get(scroller.number, 0) + len(element.lines)
    for number in wide:
        scroller = shown.elements[number]
        yield fails(
            scroller,
            "The lines of text in this box are longer than it is wide: "
            "each takes scrolling sideways to be read.",
            measured=f"{scroller.scroll.width:.0f} px in {scroller.scroll.client_width:.0f} px",
            needed="lines that fit into the box",
        )


def _scroller(element: Element) -> Element | None:
    for around in element.ancestors():
        across = around.style.get("overflow-x", "visible")
        if around.tag in ("html", "body") or across in ("hidden", "clip"):
            return None
        if across != "visible" and around.scroll.width > around.scroll.client_width + _TOLERANCE:
            return around
    return None


# Covered. ---------------------------------------------------------------------------------------

_MOST_COVERED = 0.5
_CURTAIN = 0.95


@check(
    "reflow-covered",
    criteria=["1.4.10"],
    title="What stays in its place covers most of a narrow page",
    method="The page is drawn 320 × 640 CSS px. What is fixed, or sticks while the page scrolls, "
    "must leave half of it to what is read.",
    limits="A dialog that is open may cover all; it is told by its role or by its name.",
    fix="At narrow widths let it scroll with the page: `position: static`.",
    broken='<header style="position: fixed; inset: 0 0 auto; height: 400px">News</header>'
    '<p style="margin-top: 400px; height: 500px">There is little room for this text.</p>',
    sound='<header style="position: fixed; inset: 0 0 auto; height: 60px">News</header>'
    '<p style="margin-top: 80px">There is room enough for this text.</p>',
    rendition=Rendition.NARROW,
    depends_on=["text_scale"],
)
def reflow_covered(page: Page, _: Variant) -> Iterator[Found]:
    bars = _bars(page.snapshot)
    share, before = _share(page.snapshot, bars), _share(page.as_is, _bars(page.as_is))
    # What covers a wide page as well is a curtain that something will lift.
    if share > _MOST_COVERED and before < _CURTAIN:
        width, height = page.snapshot.viewport
        yield needs_review(
            max(bars, key=lambda bar: bar.box.area),
            f"At {width} × {height} CSS px what stays in its place leaves little room to read.",
            measured=f"{share:.0%} covered",
            needed=f"at most {_MOST_COVERED:.0%}",
        )


def _bars(shown: Snapshot) -> list[Element]:
    return [element for element in shown.elements if _stays(element, shown) and _is_bar(element)]


def _share(shown: Snapshot, bars: Iterable[Element]) -> float:
    """How much of the window they cover, 0 to 1."""
    width, height = shown.viewport
    covered = sum(
        max(0.0, min(bar.box.right, width) - max(bar.box.x, 0)) * min(bar.box.height, height)
        for bar in bars
    )
    return min(covered / (width * height), 1.0)


def _stays(element: Element, shown: Snapshot) -> bool:
    """Whether it stays where it is while there is something to scroll under it."""
    width, height = shown.viewport
    box = element.box
    position = element.style.get("position")
    if not element.visible or box.x >= width or box.width < width / 2:
        return False
    if position == "fixed":
        scrolls = shown.size[1] > height + _TOLERANCE
        return box.y < height and (scrolls or _hides_text(element, shown))
    around = element.parent
    # What sticks moves within its parent only, and not at all where the parent is no higher.
    return position == "sticky" and around is not None and around.box.height > box.height + height


def _hides_text(element: Element, shown: Snapshot) -> bool:
    """Whether a line of text that is not its own lies under it."""
    own = {element.number, *(one.number for one in element.descendants())}
    return any(
        line.intersection(element.box).area > line.area / 2 > 0
        for one in shown.texts
        if one.number not in own
        for line in one.lines[:20]
    )


def _is_bar(element: Element) -> bool:
    """Whether it lies over the text: not the page's background, and not a dialog."""
    if element.style.get("pointer-events") == "none" or element.px("z-index") < 0:
        return False
    around = [element, *element.ancestors(), *element.descendants()]
    return bool(element.text or element.children) and not any(_is_dialog(one) for one in around)


def _is_dialog(element: Element) -> bool:
    role = element.attributes.get("role", "")
    return element.tag == "dialog" or role.endswith("dialog") or "aria-modal" in element.attributes


# Lost text. -------------------------------------------------------------------------------------

_LIMITS = (
    "Text in pictures and in frames is not measured. What is shortened by an ellipsis, moved "
    "by a carousel, or lies outside of its box altogether may be shown by a control: a person "
    "must try. With text larger than 100 % a person must decide too, as no criterion asks for both "
    "at once."
)
_FIX = (
    "Let the box grow with its text: `min-height` instead of `height`, sizes in `em` or `rem`, "
    "no `overflow: hidden` around text, and let lines wrap."
)


@check(
    "reflow-loss",
    criteria=["1.4.10"],
    title="Text is lost on a narrow page",
    method="The page is drawn 320 CSS px wide. Text that showed before must not be cut off, lie "
    "over other text, or be hidden; nor may controls be cut off.",
    limits=_LIMITS,
    fix=_FIX,
    broken='<div style="overflow: hidden"><p style="width: 600px">A paragraph whose lines end '
    "beyond the edge of a box that cuts them off and never lets them be read.</p></div>",
    sound='<div style="overflow: hidden"><p style="max-width: 600px">A paragraph whose lines '
    "wrap before the edge of the box, though that cuts off what is beyond it.</p></div>",
    rendition=Rendition.NARROW,
    depends_on=["text_scale"],
)
def reflow_loss(page: Page, variant: Variant) -> Iterator[Found]:
    at = f"At {NARROW.width} CSS px: "
    lost = (*_reported(losses(page), at), *_reported(gone(page), at), *_cut_controls(page))
    for found in lost:
        yield _for(variant, found)


def _cut_controls(page: Page) -> Iterator[Found]:
    """Controls, most of which lie outside of the box that cuts them off."""
    before, after = showing(page.as_is), showing(page.snapshot)
    known = counterparts(page.as_is, page.snapshot)
    for element in page.snapshot.tagged("input", "select", "textarea", "button"):
        old = known.get(element.number)
        if old is None or not (old.visible and element.visible) or element.box.width <= 0:
            continue
        lost = after.lost_share(element)
        if lost > 0.5 and before.lost_share(old) < 0.1:
            yield needs_review(
                element,
                f"At {NARROW.width} CSS px most of it is cut off.",
                measured=f"{lost:.0%} cut off",
            )


@check(
    "zoom-loss",
    criteria=["1.4.4"],
    title="Text is lost at a page zoom of 200 %",
    method="The page is drawn with a zoom of 200 %: half as wide and high in CSS px. Text that "
    "showed before must not be cut off or lie over other text.",
    limits=_LIMITS
    + " Windows narrower than 640 CSS px are left out: half of them is less than the "
    "320 that a page must fit into, and on phones zooming does not lay it out anew.",
    fix=_FIX,
    broken='<p style="width: 50vw; white-space: nowrap; overflow: hidden">A line that is cut '
    "off when half of it fits into the window, since it may not wrap.</p>",
    sound='<p style="width: 50vw">A line that wraps when only half of it fits into the window, '
    "since nothing keeps it from wrapping.</p>",
    rendition=Rendition.ZOOMED,
    depends_on=["viewport", "text_scale"],
)
def zoom_loss(page: Page, variant: Variant) -> Iterator[Found]:
    if variant.viewport.width >= 2 * NARROW.width:
        for found in _reported(losses(page), "At a zoom of 200 %: "):
            yield _for(variant, found)


@check(
    "large-text-loss",
    criteria=["1.4.4"],
    title="Text is lost when it alone is enlarged to 200 %",
    method="The text is enlarged to 200 %, and nothing else: by the page's own control of the "
    "text's size if it is Vydno's, else by the browser's font size. Text that showed before must "
    "not be cut off or lie over other text.",
    limits=_LIMITS + " Where the page has no control of its own, zooming may do instead: a person "
    "must decide.",
    fix=_FIX,
    broken='<p style="height: 3em; font-size: 16px; overflow: hidden"><span style="font-size: '
    '1rem">Text that grows with the visitor’s setting.</span><br>Its second line.<br>And its '
    'third.</p><p style="font-size: 1rem; height: 40px; overflow: hidden">Text<br>in a box</p>',
    sound='<p style="font-size: 1rem; min-height: 40px">Text<br>in a box that grows with it</p>',
    rendition=Rendition.LARGE_TEXT,
    depends_on=["viewport"],
)
def large_text_loss(page: Page, _: Variant) -> Iterator[Found]:
    yield from _reported(losses(page), "With text at 200 %: ", certain=page.has_text_scale)


@check(
    "spacing-loss",
    criteria=["1.4.12"],
    title="Text is lost when it is spaced",
    method="Lines are spaced 1.5, paragraphs 2, letters 0.12 and words 0.16 of the font size. Text "
    "that showed before must not be cut off or lie over other text.",
    limits=_LIMITS,
    fix=_FIX,
    broken='<p style="height: 60px; line-height: 20px; overflow: hidden">A box<br>of three<br>'
    "lines</p>",
    sound='<p style="min-height: 60px; line-height: 20px">A box<br>of three<br>lines</p>',
    rendition=Rendition.SPACED,
    depends_on=["viewport", "text_scale"],
)
def spacing_loss(page: Page, variant: Variant) -> Iterator[Found]:
    for found in _reported(losses(page), "With spaced text: "):
        yield _for(variant, found)


def _reported(found: Iterable[Loss], at: str, *, certain: bool = True) -> Iterator[Found]:
    for loss in found:
        yield (fails if loss.certain and certain else needs_review)(
            loss.element,
            at + loss.message[0].lower() + loss.message[1:],
            measured=loss.measured,
            needed="all of the text",
        )
