"""Icons: what controls show instead of words, drawn or painted, and how well it is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from .contrast import Rgba
from .findings import Box
from .page import Page
from .painting import Colours, Style, ask, is_control, px, seen
from .snapshot import Element
from .words import mentions

OWN_PIXELS = {"img", "canvas", "video", "svg", "object", "picture", "iframe", "input", "select"}
OWN_PIXELS |= {"progress", "meter", "textarea", "audio"}
_DRAWN = ("path", "rect", "circle", "ellipse", "line", "polygon", "polyline", "text")


def speaks_alone(drawing: Element) -> bool:
    """Whether a drawing tells what no text beside it does."""
    if any(around.tag == "svg" for around in drawing.ancestors()) or drawing.box.width < 6:
        return False
    if drawing.attributes.get("role") == "img" and drawing.name:
        return True
    named = next((one for one in drawing.ancestors() if one.role == "img" and one.name), None)
    # Of several drawings some may be pale on purpose, such as the stars that were not given.
    if named is not None and len(_drawings(named)) == 1 and not shown_text(named):
        return True
    control = next((one for one in drawing.ancestors() if is_control(one)), None)
    return control is not None and not shown_text(control)


def _drawings(element: Element) -> list[Element]:
    return [one for one in element.descendants() if one.tag in ("svg", "img", "canvas")]


def shown_text(element: Element) -> str:
    """Text in it that is not clipped away; an icon font's letters are text."""
    found = [element, *element.descendants()]
    return "".join(one.text for one in found if one.visible and one.lines and not one.concealed)


def paints(style: Style) -> bool:
    return (
        style.get("background-image", "none") != "none"
        or style.get("mask-image", "none") != "none"
        or style.get("background-color", "") not in ("", "transparent", "rgba(0, 0, 0, 0)")
    )


def is_painted_mark(page: Page, element: Element) -> bool:
    """Whether all that it shows is painted by CSS: backgrounds, masks, empty pseudo-elements.

    What it paints is taken from the page as it is, before colours were forced.
    """
    inside = [element, *element.descendants()]
    if len(inside) > 30 or element.tag in OWN_PIXELS or shown_text(element):
        return False
    if any(one.tag in OWN_PIXELS and one.visible for one in inside):
        return False
    if any(_is_text(one.before) or _is_text(one.after) for one in inside):
        return False
    was = [page.as_is.elements[one.number] for one in inside]
    return any(one.before or one.after or paints(one.style) for one in was if one.rendered)


def is_logo(element: Element) -> bool:
    """Whether the control that it is, or is in, names a brand: in its name, address or classes."""
    control = next((one for one in (element, *element.ancestors()) if is_control(one)), element)
    said = [element.name, control.name]
    for one in (control, *islice(control.descendants(), 10)):
        said += [one.attributes.get(name, "") for name in ("class", "href", "title")]
    return mentions("brand", " ".join(said))


def lacks_content(element: Element) -> bool:
    """Whether something in it waits for a picture, or for what a script or a font puts there, and
    is empty: no text, no size."""
    inside = list(islice(element.descendants(), 10))
    if any(one.text or one.before or one.after for one in (element, *inside)):
        return False
    slots = [one for one in inside if one.tag in _SLOTS and not one.children]
    return any(one.tag == "img" or one.attributes.get("class") for one in slots) and all(
        one.box.area == 0 for one in slots
    )


_SLOTS = ("i", "img", "span", "svg")


def _is_text(content: str) -> bool:
    return bool(content.strip("\"' ")) and not content.startswith("url(")


def drawing_contrasts(
    page: Page,
    drawings: Sequence[Element],
    told: Colours,
    ground: Rgba,
    styles: Mapping[int, Style],
) -> Iterator[tuple[Element, float | None]]:
    """Of each drawing the contrast of what is seen best in it; None where computing cannot tell."""
    numbers = [drawing.number for drawing in drawings]
    if not numbers:
        return
    for drawing, parts in zip(
        drawings, ask(page, "inside", numbers=numbers, most=200), strict=True
    ):
        ratios = [found for part in parts for found in _shape(part, drawing, told, ground, styles)]
        known = [found for found in ratios if found is not None]
        # A drawing of nothing is not one that is hard to see.
        yield drawing, max(known) if known and len(known) == len(ratios) else None


def _shape(
    part: Mapping[str, Any],
    drawing: Element,
    told: Colours,
    ground: Rgba,
    styles: Mapping[int, Style],
) -> Iterator[float | None]:
    tag, style = part["tag"], part["parts"][0][1]
    if tag in ("use", "image", "foreignObject"):
        yield None if tag != "use" else _contrast_of(style, "fill", drawing, told, ground, styles)
    if tag not in _DRAWN or style.get("display") == "none":
        return
    for name in ("stroke",) if part["straight"] else ("fill", "stroke"):
        if style.get(name, "none") != "none":
            yield _contrast_of(style, name, drawing, told, ground, styles)


def _contrast_of(
    style: Style,
    name: str,
    drawing: Element,
    told: Colours,
    ground: Rgba,
    styles: Mapping[int, Style],
) -> float | None:
    colour = told.get(style.get(name, ""))
    if colour is None:
        return None
    look = seen(drawing, colour, told, ground, lambda one: styles.get(one.number, one.style))
    return None if look.pictured else look.ratio


def grown(box: Box, by: float) -> Box:
    return Box(x=box.x - by, y=box.y - by, width=box.width + 2 * by, height=box.height + 2 * by)


def within(element: Element) -> Box:
    """Its box without its borders."""
    edges = [px(element.style, f"border-{side}-width") + 1 for side in ("top", "left")]
    top, left = edges
    box = element.box
    if box.width <= 2 * left + 4 or box.height <= 2 * top + 4:
        return box
    return Box(
        x=box.x + left, y=box.y + top, width=box.width - 2 * left, height=box.height - 2 * top
    )
