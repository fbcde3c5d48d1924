"""Forced colours: what is lost when the visitor's own few colours take the place of the page's.

The browser says what it would paint: computed values are the forced ones. axe is wrong there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import compress
from typing import Any, TypeVar

from ..choices import MOST, boxes, is_known, look_of, pairs, state_of
from ..contrast import NON_TEXT, Rgba, needed, ratio, say
from ..findings import Box
from ..icons import (
    OWN_PIXELS,
    drawing_contrasts,
    grown,
    is_painted_mark,
    paints,
    shown_text,
    speaks_alone,
    within,
)
from ..page import Page
from ..painting import (
    Change,
    Colours,
    Pictured,
    Style,
    ask,
    background,
    canvas,
    colours,
    disabled_labels,
    emulated,
    focused,
    focused_of,
    is_control,
    is_disabled,
    paint,
    px,
    ring,
    seen,
    strongest,
    up,
)
from ..snapshot import Element
from ..variants import Variant
from .check import COLOUR, Found, Rendition, check, fails, needs_review

T = TypeVar("T")

_ASKED = (
    " It fails where forced colours are asked for (`--forced-colors active`); elsewhere a person "
    "decides, since WCAG does not name them."
)

_ADJUST = "forced-color-adjust"
_SVG_TEXT = ("text", "tspan")


# Text. ------------------------------------------------------------------------------------------


@check(
    "forced-colors-contrast",
    criteria=["1.4.3"],
    title="Text cannot be read in forced colours",
    method="The page is drawn in forced colours. Of every text the computed colour is held against "
    "the computed backgrounds around it, with their opacity." + _ASKED,
    limits="The colours of one light palette are taken, and of one dark one where something keeps "
    "its own colours; a visitor's may be others. On images only text that keeps its own colours "
    "is reported, for a person to decide.",
    fix="Leave colours to the browser; where `forced-color-adjust: none` must be, set both the "
    "colour and the background, best to system colours such as CanvasText and Canvas.",
    broken='<div style="background: #036"><p style="forced-color-adjust: none; color: #fff">'
    "White text, whose ground turns white.</p></div>",
    sound='<p style="forced-color-adjust: none; background: #036; color: #fff">White text that '
    "keeps its ground.</p>",
    rendition=Rendition.FORCED_COLORS,
    depends_on=COLOUR,
)
def forced_colors_contrast(page: Page, variant: Variant) -> Iterator[Found]:
    told = page.once(colours)
    ground, _ = page.once(canvas)
    exempt = disabled_labels(page.snapshot)
    keeping = []
    for element in page.snapshot.texts:
        if not element.lines or is_disabled(element) or exempt.intersection(up(element)):
            continue
        keeps = _keeps_colours(element)
        look = seen(element, _ink(element, element.style, told), told, ground)
        if look.pictured and keeps:
            yield needs_review(
                element,
                "In forced colours the text keeps its own colour, and lies on an image or gradient "
                "that may be another then.",
            )
        elif look.ratio < _needed(element) and not _was_so(page, element, look.ratio, variant):
            yield _unreadable(element, look.ratio)
        elif keeps:
            keeping.append(element)
    if keeping:
        yield from _in_other_palette(page, keeping)


def _keeps_colours(element: Element) -> bool:
    return element.style.get(_ADJUST) == "none" or element.tag in _SVG_TEXT


def _ink(element: Element, style: Style, told: Colours) -> Rgba:
    return told(style.get("fill" if element.tag in _SVG_TEXT else "color", ""))


def _needed(element: Element) -> float:
    return needed(element.px("font-size", 16), element.px("font-weight", 400))


def _was_so(page: Page, element: Element, now: float, variant: Variant) -> bool:
    """Whether it is as unreadable without forced colours, or more so, which axe tells."""
    if variant.forced_colors:
        return False
    was = page.as_is.elements
    if element.number >= len(was) or not was[element.number].style:
        return False
    before = was[element.number]
    told = Colours(page)
    look = seen(before, _ink(before, before.style, told), told, Rgba(255, 255, 255))
    return look.ratio < _needed(element) and look.ratio - now < 0.5


def _unreadable(element: Element, contrast: float, where: str = "") -> Found:
    return fails(
        element,
        f"In forced colours{where} the text cannot be told from what is behind it.",
        measured=say(contrast),
        needed=f"at least {_needed(element)}:1",
    )


def _in_other_palette(page: Page, elements: Sequence[Element]) -> Iterator[Found]:
    """The same where what is light is dark: a text of a fixed colour on the visitor's ground."""
    other = _other(page)
    with emulated(page, color_scheme=other) as drawn:
        if not drawn:
            return
        ground, _ = canvas(page)
        styles = _styles_of(page, elements)
    told = page.once(colours)
    for element in elements:
        style = styles[element.number]
        ink = _ink(element, style, told)
        look = seen(element, ink, told, ground, lambda one: styles.get(one.number, one.style))
        if look.ratio < _needed(element) and not look.pictured:
            yield _unreadable(element, look.ratio, f" of a {other} palette")


def _other(page: Page) -> str:
    return "light" if page.variant.color_scheme == "dark" else "dark"


def _styles_of(page: Page, elements: Iterable[Element]) -> Mapping[int, Style]:
    """How the elements and all around them are drawn at the moment."""
    numbers = sorted({one.number for element in elements for one in up(element)})
    return dict(zip(numbers, ask(page, "alone", numbers=numbers), strict=True))


# Things that vanish. ----------------------------------------------------------------------------


@check(
    "forced-colors-vanish",
    criteria=["1.4.11"],
    title="An icon, a field or a bar vanishes in forced colours",
    method="The page is drawn in forced colours. Icons that are all that a control shows, images "
    "made by CSS, fields and bars are looked at: first the computed colours, then the pixels of "
    "what they leave in doubt." + _ASKED,
    limits="Marks without a name are not looked at, since they may be decoration. Whether an icon "
    "vanishes on a dark ground is computed from its fill and stroke alone.",
    fix="Draw icons with `currentColor`; give fields and bars a border, transparent if it must not "
    "show; set `background: CanvasText` or `Highlight` in `@media (forced-colors: active)`.",
    broken='<button aria-label="Close" style="border: 0; background: none; padding: 0"><span '
    'style="display: block; width: 20px; height: 20px; background: #000"></span></button>',
    sound='<button aria-label="Close" style="border: 0; background: none; padding: 0"><span '
    'style="display: block; width: 20px; height: 20px; background: #000; border: 4px solid"></span>'
    "</button>",
    rendition=Rendition.FORCED_COLORS,
    depends_on=COLOUR,
)
def forced_colors_vanish(page: Page, _: Variant) -> Iterator[Found]:
    drawings, marks, fields, bars = _candidates(page)
    doubtful, later = _drawings(page, drawings)
    boxes = [one.box for one in (*doubtful, *marks, *fields, *bars)]
    if boxes:
        picture = Pictured.of(page, [grown(box, 4) for box in boxes])
        yield from _vanished_icons(page, picture, [*doubtful, *marks])
        yield from _vanished_bars(picture, bars)
        yield from _vanished_fields(picture, fields)
    if later:
        yield from _on_other_ground(page, later)


_BARS = ("progressbar", "meter")


def _candidates(
    page: Page,
) -> tuple[list[Element], list[Element], list[Element], list[Element]]:
    """Drawings, marks made by CSS, fields, bars: one of each kind."""
    drawings: list[Element] = []
    marks: list[Element] = []
    fields: list[Element] = []
    bars: list[Element] = []
    known: set[tuple[Any, ...]] = set()
    for element in page.snapshot.elements:
        if not element.visible or element.box.area < 36 or is_disabled(element):
            continue
        kind: list[Element] | None = None
        if element.tag == "svg":
            kind = drawings if speaks_alone(element) else None
        elif element.role in _BARS:
            kind = bars if _is_painted_bar(page, element) else None
        elif element.role in _FIELDS and element.tag in ("input", "select", "textarea", "div"):
            kind = fields if _lost_its_edge(page, element) else None
        elif is_control(element) or (element.role == "img" and element.name):
            kind = marks if is_painted_mark(page, element) else None
        if kind is not None and len(kind) < MOST and not is_known(element, known):
            kind.append(element)
    return drawings, marks, fields, bars


def _is_painted_bar(page: Page, element: Element) -> bool:
    if element.tag in ("progress", "meter"):
        return False
    if shown_text(element):
        return False
    was = page.as_is.elements[element.number]
    inside = [one for one in was.descendants() if one.visible]
    return any(paints(one.style) for one in inside) and not any(
        one.tag in OWN_PIXELS for one in inside
    )


_FIELDS = ("textbox", "searchbox", "combobox", "spinbutton")
_NOT_TEXT = {"checkbox", "radio", "range", "color", "file", "hidden", "image", "submit", "button"}
_NOT_TEXT |= {"reset"}


def _lost_its_edge(page: Page, field: Element) -> bool:
    """Whether a field that had a ground of its own has no border for when that is gone."""
    if field.tag == "input" and field.attributes.get("type", "text").lower() in _NOT_TEXT:
        return False
    was = page.as_is.elements[field.number]
    told = Colours(page)
    if has_edge(field.style) or not paints(was.style):
        return False
    own = seen(was, Rgba(0, 0, 0, 0), told, Rgba(255, 255, 255)).ground
    beside = background(was.parent, told, Rgba(255, 255, 255))
    # A box around it may draw its edge.
    near = [one for one in up(field)[1:4] if is_near(one.box, field.box)]
    return ratio(own, beside) >= 1.05 and not any(has_edge(one.style) for one in near)


def _vanished_icons(page: Page, picture: Pictured, icons: Sequence[Element]) -> Iterator[Found]:
    gone = {icon: contrast for icon, contrast in _best(picture, icons) if contrast < NON_TEXT}
    if not gone:
        return
    with emulated(page, forced_colors=False):
        picture = Pictured.of(page, [grown(icon.box, 4) for icon in gone])
    for icon, contrast in gone.items():
        # An image or a font that never came vanishes in no colours.
        if _contrast_before(page, picture, icon) > max(contrast, 1.3):
            yield fails(
                icon,
                "In forced colours its icon cannot be seen, and nothing else tells what it is.",
                measured=say(contrast),
                needed="at least 3:1",
            )


def _contrast_before(page: Page, picture: Pictured, icon: Element) -> float:
    """The highest contrast that was seen of it in the page's own colours."""
    was = page.as_is.elements[icon.number]
    filled = was.style.get("background-color", "") != "rgba(0, 0, 0, 0)"
    # A mark that fills a control without a ground of its own is seen against what is around.
    image = picture.crop(within(icon) if filled and icon.tag != "svg" else grown(icon.box, 3))
    return strongest(image) if image else NON_TEXT


def _best(picture: Pictured, elements: Sequence[Element]) -> Iterator[tuple[Element, float]]:
    """Of each element the highest contrast that is seen within it; of what is not in the picture
    one that is enough."""
    for element in elements:
        image = picture.crop(within(element))
        yield element, strongest(image) if image else NON_TEXT


def _vanished_bars(picture: Pictured, bars: Sequence[Element]) -> Iterator[Found]:
    for bar, contrast in _best(picture, bars):
        if contrast >= NON_TEXT:
            continue
        told = bar.parent is not None and any(sign.isdigit() for sign in bar.parent.visible_text)
        tell = needs_review if told else fails
        yield tell(
            bar,
            "In forced colours the bar shows no value: its colours are all the same.",
            measured=say(contrast),
            needed="at least 3:1",
        )


def _vanished_fields(picture: Pictured, fields: Sequence[Element]) -> Iterator[Found]:
    for field in fields:
        box = field.box
        edge = Box(x=box.x, y=box.bottom - 3, width=box.width, height=6)
        image = picture.crop(edge)
        if image and strongest(image, 0.1) < NON_TEXT:
            yield fails(
                field,
                "In forced colours nothing shows where the field is: its background was all that "
                "did.",
                measured="no border",
                needed="a border, which may be transparent",
            )


def is_near(outer: Box, inner: Box) -> bool:
    """Whether one box is drawn tightly around another."""
    return abs(outer.y - inner.y) < 24 and abs(outer.bottom - inner.bottom) < 24


def has_edge(style: Style) -> bool:
    """Whether a border, an outline or a shadow shows where a box ends."""
    bordered = any(
        px(style, f"border-{side}-width") and style.get(f"border-{side}-style") != "none"
        for side in ("top", "right", "bottom", "left")
    )
    return bordered or ring(style) > 0 or style.get("box-shadow", "none") != "none"


# Drawings. --------------------------------------------------------------------------------------


def _drawings(page: Page, drawings: Sequence[Element]) -> tuple[list[Element], list[Element]]:
    """Those that seem to vanish now, and those that keep a colour and may elsewhere."""
    told = page.once(colours)
    ground, _ = page.once(canvas)
    doubtful: list[Element] = []
    rest: list[Element] = []
    for drawing, best in drawing_contrasts(page, drawings, told, ground, {}):
        (doubtful if best is not None and best < NON_TEXT else rest).append(drawing)
    return doubtful, rest


def _on_other_ground(page: Page, drawings: Sequence[Element]) -> Iterator[Found]:
    other = _other(page)
    with emulated(page, color_scheme=other) as drawn:
        if not drawn:
            return
        ground, _ = canvas(page)
        styles = _styles_of(page, drawings)
        told = page.once(colours)
        found = list(drawing_contrasts(page, drawings, told, ground, styles))
    for drawing, best in found:
        if best is not None and best < NON_TEXT:
            yield needs_review(
                drawing,
                f"In forced colours of a {other} palette the icon has the colour of its ground: "
                "its own colour does not change.",
                measured=say(best),
                needed="at least 3:1",
                fix="Draw it with `fill: currentColor` (or `stroke`).",
            )


# States. ----------------------------------------------------------------------------------------


@check(
    "forced-colors-state",
    criteria=["1.4.11"],
    title="A state vanishes in forced colours",
    method="Checkboxes and radios are compared checked and unchecked, selected tabs, options and "
    "pressed buttons with their neighbours: when what can be seen of them differs, but not any "
    "more in forced colours, the state is lost. The boxes are not clicked, and no event is sent."
    + _ASKED,
    limits="A state that a script alone shows is not looked at, nor one that only a class tells.",
    fix="Show the state by a border, an underline, a mark or weight too, or set system colours "
    "such as Highlight in `@media (forced-colors: active)`.",
    broken="<style>input { appearance: none; width: 20px; height: 20px; border: 1px solid }"
    "input:checked { background: #06c }</style>"
    '<label><input type="checkbox" checked> Send me news</label>',
    sound="<style>input { appearance: none; width: 20px; height: 20px; border: 1px solid }"
    "input:checked { background: #06c; border-width: 6px }</style>"
    '<label><input type="checkbox" checked> Send me news</label>',
    rendition=Rendition.FORCED_COLORS,
    depends_on=COLOUR,
)
def forced_colors_state(page: Page, variant: Variant) -> Iterator[Found]:
    ground, _text = page.once(canvas)
    checked = _alike(boxes(page), partial(_toggle_alike, page, ground))
    chosen = _alike(pairs(page), partial(_pairs_alike, page, ground))
    if not checked and not chosen:
        return
    with emulated(page, forced_colors=False):
        ground = _own_ground(page, variant)
        shown = _toggle_alike(page, ground, checked)
        told = _pairs_alike(page, ground, chosen)
    for element, same in zip(checked, shown, strict=True):
        if not same:
            yield fails(
                element,
                "In forced colours it looks the same whether it is checked or not.",
                measured="no difference",
                needed="a difference that is not a background or a shadow alone",
            )
    for (element, _other_one), same in zip(chosen, told, strict=True):
        if not same:
            state = state_of(element)
            tell = needs_review if state == "aria-current" else fails
            yield tell(
                element,
                f"In forced colours it looks like its neighbours, though it has {state}.",
                measured="no difference",
                needed="a difference that is not a background or a shadow alone",
            )


def _own_ground(page: Page, variant: Variant) -> Rgba:
    """The page's ground in its own colours, which must be emulated meanwhile."""
    before = None if variant.forced_colors else page.known(canvas)
    return (before or canvas(page))[0]


def _alike(all_: Sequence[T], are_alike: Callable[[Sequence[T]], Sequence[bool]]) -> list[T]:
    return list(compress(all_, are_alike(all_)))


def _toggle_alike(page: Page, ground: Rgba, boxes: Sequence[Element]) -> list[bool]:
    """Of each box whether it looks checked as it looks unchecked."""
    if not boxes:
        return []
    answers = ask(page, "toggled", numbers=[box.number for box in boxes])
    told = Colours(page)
    return [
        look_of(unchecked, told, ground) == look_of(checked, told, ground)
        for unchecked, checked in answers
    ]


def _pairs_alike(page: Page, ground: Rgba, pairs: Sequence[tuple[Element, Element]]) -> list[bool]:
    """Of each pair whether both look the same but for their words and sizes."""
    if not pairs:
        return []
    numbers = [one.number for pair in pairs for one in pair]
    answers = ask(page, "inside", numbers=numbers, most=40)
    told = Colours(page)
    looks = [look_of(parts, told, ground, sized=False) for parts in answers]
    return [one == other for one, other in zip(looks[::2], looks[1::2], strict=True)]


# Focus. -----------------------------------------------------------------------------------------


@check(
    "forced-colors-focus",
    criteria=["2.4.7"],
    title="The focus cannot be seen in forced colours",
    method="The page's own rules for focus are read, and what they would change is computed in "
    "forced colours: shadows and backgrounds are gone there. A control is reported when the "
    "browser's outline is taken away, and nothing that is left differs from the control at rest."
    + _ASKED,
    limits="Rules of style sheets from other origins cannot be read; what scripts do on focus is "
    "not seen. A field to write in may show its focus by the caret alone: a person must decide.",
    fix="Instead of `outline: none` write `outline: 2px solid transparent`, which forced colours "
    "make visible.",
    broken="<style>button:focus { outline: none; box-shadow: 0 0 0 3px #06c }</style>"
    "<button>Save</button>",
    sound="<style>button:focus { outline: 2px solid transparent; box-shadow: 0 0 0 3px #06c }"
    "</style><button>Save</button>",
    rendition=Rendition.FORCED_COLORS,
    depends_on=COLOUR,
)
def forced_colors_focus(page: Page, variant: Variant) -> Iterator[Found]:
    controls = page.snapshot.elements
    ground, _ = page.once(canvas)
    answers = ((controls[number], answer) for number, answer in page.once(focused).items())
    bare = [one for one, answer in answers if not _shows(page, one, answer, ground)]
    bare = [first for alike in _by_tag(bare) for first in alike[:_ALIKE]]
    if not bare:
        return
    before = _before(page, bare, variant)
    # What has no ring in any colours is the keyboard checks' to tell.
    lost = [element for element, shows in zip(bare, before, strict=True) if shows]
    # One rule for all buttons is one thing to mend.
    for alike in _by_tag(lost):
        tell = needs_review if alike[0].role in _FIELDS else fails
        rest = f" (and {len(alike) - 1} more like it)" if len(alike) > 1 else ""
        yield tell(
            alike[0],
            f"In forced colours nothing shows that it{rest} has the focus: its shadow or "
            "background was all that did.",
            measured="no difference",
            needed="an outline, which may be transparent",
        )


_ALIKE = 20


def _by_tag(elements: Iterable[Element]) -> list[list[Element]]:
    found: dict[tuple[str, str], list[Element]] = {}
    for element in elements:
        found.setdefault((element.tag, element.role), []).append(element)
    return list(found.values())


def _before(page: Page, controls: Sequence[Element], variant: Variant) -> list[bool]:
    """Of each control whether something shows its focus in the page's own colours."""
    own = [page.as_is.elements[one.number] for one in controls]
    answers, told = page.known(focused) or {}, page.known(canvas)
    if variant.forced_colors or told is None or any(one.number not in answers for one in own):
        with emulated(page, forced_colors=False):
            answers, told = focused_of(page, own), canvas(page)
    ground, _text = told
    return [_shows(page, one, answers[one.number], ground) for one in own]


def _shows(page: Page, control: Element, answer: tuple[Change | None, bool], ground: Rgba) -> bool:
    """Whether something shows its focus. Without a rule about it the browser draws an outline."""
    changed, ruled = answer
    told = page.once(colours)
    return not ruled or _differs(changed or {}, told, background(control.parent, told, ground))


def _differs(changed: Mapping[str, Sequence[Style]], told: Colours, ground: Rgba) -> bool:
    """Whether a part that the state changes is seen to be another."""
    for pseudo, (was, now) in changed.items():
        old, new = (paint(one, colours=told, ground=ground, text=not pseudo) for one in (was, now))
        if old != new:
            return True
    return False
