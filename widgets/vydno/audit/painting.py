"""What elements are painted with, and what that amounts to on the screen.

Values come from a snapshot where it has them; for pseudo-elements, shapes of drawings, states and
boxes that are checked and not, `painting.js` asks the browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .contrast import BLACK, NOTHING, WHITE, Rgba, over, parse, ratio
from .driver import UnsupportedError
from .findings import Box
from .snapshot import Element, Snapshot

if TYPE_CHECKING:
    from PIL.Image import Image

    from .page import Page

_SCRIPT = Path(__file__).with_name("painting.js").read_text(encoding="utf-8")
_COLOURED = ("color", "background-color", "fill", "stroke", "outline-color")
_SIDES = ("top", "right", "bottom", "left")

Style = Mapping[str, str]


def ask(page: Page, what: str, **arguments: Any) -> Any:
    """One question of `painting.js`."""
    return page.evaluate(_SCRIPT, {"ask": what, **arguments})


# Colours. ---------------------------------------------------------------------------------------


class Colours:
    """What the page's colours are on the screen; the browser converts those that need it."""

    def __init__(self, page: Page, known: Sequence[str] = ()) -> None:
        self._page = page
        self._known: dict[str, Rgba | None] = {}
        self._convert([text for text in dict.fromkeys(known) if _is_unread(text)])

    def _convert(self, texts: Sequence[str]) -> None:
        if texts:
            answers = ask(self._page, "convert", texts=texts)
            for text, found in zip(texts, answers, strict=True):
                self._known[text] = Rgba(*found) if found else None

    def get(self, text: str) -> Rgba | None:
        """None for `none`, `url(…)` and whatever is no colour."""
        if not _is_unread(text):
            return parse(text)
        if text not in self._known:
            self._convert([text])
        return self._known[text]

    def __call__(self, text: str) -> Rgba:
        return self.get(text) or NOTHING


def _is_unread(text: str) -> bool:
    """Whether only the browser knows what colour it is."""
    return bool(text) and text != "none" and "url(" not in text and parse(text) is None


def colours(page: Page) -> Colours:
    """The page's colours; use through `page.once`."""
    styles = {id(element.style): element.style for element in page.snapshot.elements}
    return Colours(page, [style.get(name, "") for style in styles.values() for name in _COLOURED])


def canvas(page: Page) -> tuple[Rgba, Rgba]:
    """The page's ground where nothing is painted, and text on it; use through `page.once`."""
    ground, text = (parse(found) for found in ask(page, "canvas"))
    return ground or WHITE, text or BLACK


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A mark, and the ground on which it is seen."""

    mark: Rgba
    ground: Rgba
    pictured: bool
    """Whether an image or a gradient is a part of the ground."""

    @property
    def ratio(self) -> float:
        return ratio(self.mark, self.ground)


StyleOf = Callable[[Element], Style]
_FAR = 100
"""Elements around another that are looked at: who nests deeper wants the audit never to end."""


def up(element: Element) -> list[Element]:
    """The element and those around it, the nearest first, 100 at most."""
    return [element, *islice(element.ancestors(), _FAR - 1)]


def own_style(element: Element) -> Style:
    return element.style


def seen(
    element: Element, mark: Rgba, colours: Colours, ground: Rgba, style: StyleOf = own_style
) -> Seen:
    """What a mark of the element's comes to on its own background and those around it, with the
    opacity of each; `ground` lies under all."""
    below, pictured = NOTHING, False
    for at in up(element):
        own = style(at)
        if below.alpha < 1:
            fill = colours(own.get("background-color", ""))
            pictured = pictured or own.get("background-image", "none") != "none"
            below, mark = over(below, fill), over(mark, fill)
        opacity = _number(own.get("opacity", "1"), 1.0)
        below, mark = below.faded(opacity), mark.faded(opacity)
    return Seen(mark=over(mark, ground), ground=over(below, ground), pictured=pictured)


def background(
    element: Element | None, colours: Colours, ground: Rgba, style: StyleOf = own_style
) -> Rgba:
    """What is seen behind the content of an element; of no element the ground."""
    return seen(element, NOTHING, colours, ground, style).ground if element else ground


def _number(text: str, default: float) -> float:
    try:
        return float(text.removesuffix("px"))
    except ValueError:
        return default


def px(style: Style, name: str) -> float:
    """A computed length in CSS px; 0 for `auto` and the like."""
    return _number(style.get(name, ""), 0.0)


# What a part paints. ----------------------------------------------------------------------------

_TELLING = 1.1
"""Contrast from which two colours side by side are not simply the same."""
_TEXT_STYLE = ("text-decoration-line", "font-weight", "font-style")
_PLACE = (
    *("transform", "translate", "rotate", "scale", "width", "height", "left", "top"),
    *("margin-left", "clip-path", "mask-image"),
)
_NATIVE = ("input", "meter", "progress", "select")
_REPLACED = ("img", "canvas", "video", "object", "embed", "iframe", "picture")
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polygon", "polyline", "use", "text")

Paint = tuple[str, ...]


def paint(
    style: Style, *, colours: Colours, ground: Rgba, tag: str = "", text: bool = False
) -> Paint:
    """All that can be seen of one element or pseudo-element, as words to compare; empty for
    nothing. What has the colour of the ground is not seen."""
    if style.get("display") == "none" or style.get("visibility", "visible") != "visible":
        return ()
    if _number(style.get("opacity", "1"), 1.0) == 0:
        return ()
    found = [
        *_boxes(style, colours, ground),
        *_texts(style, colours, ground, text),
        *_drawn(style, colours, ground, tag),
    ]
    if not found:
        return ()
    return (*found, style.get("opacity", ""), *(style.get(name, "") for name in _PLACE))


def _visible(colour: Rgba, ground: Rgba) -> bool:
    return ratio(over(colour, ground), ground) >= _TELLING


def _boxes(style: Style, colours: Colours, ground: Rgba) -> Iterator[str]:
    fill = colours(style.get("background-color", ""))
    if _visible(fill, ground):
        yield f"background {over(fill, ground).hex}"
    if style.get("background-image", "none") != "none":
        yield f"image {style['background-image']}"
    for side in _SIDES:
        width = px(style, f"border-{side}-width")
        colour = colours(style.get(f"border-{side}-color", ""))
        if width and _drawn_line(style.get(f"border-{side}-style")) and _visible(colour, ground):
            yield f"border {side} {width} {style[f'border-{side}-style']} {colour.hex}"
    outline = colours(style.get("outline-color", ""))
    if ring(style) and _visible(outline, ground):
        yield f"outline {px(style, 'outline-width')} {style['outline-style']} {outline.hex}"
    if style.get("box-shadow", "none") != "none":
        yield f"shadow {style['box-shadow']}"


def _drawn_line(style: str | None) -> bool:
    return style not in (None, "", "none", "hidden")


def ring(style: Style) -> float:
    """Width of the outline in CSS px; 0 where there is none."""
    return px(style, "outline-width") if _drawn_line(style.get("outline-style")) else 0.0


def _texts(style: Style, colours: Colours, ground: Rgba, text: bool) -> Iterator[str]:
    content = style.get("content", "normal")
    if content not in ("normal", "none", '""', "''", ""):
        text = True
        yield f"content {content}"
    colour = colours(style.get("color", ""))
    if text and _visible(colour, ground):
        yield " ".join(["text", colour.hex, *(style.get(name, "") for name in _TEXT_STYLE)])


def _drawn(style: Style, colours: Colours, ground: Rgba, tag: str) -> Iterator[str]:
    if tag in _NATIVE and style.get("appearance", "none") != "none":
        yield f"native {style['appearance']}"
    if tag in _REPLACED:
        yield tag
    if tag in _SHAPES:
        for name in ("fill", "stroke"):
            value = style.get(name, "none")
            colour = colours.get(value)
            if value != "none" and (colour is None or _visible(colour, ground)):
                yield f"{name} {colour.hex if colour else value}"


_SHADOW = re.compile(r"((?:rgba?|color|ok\w+|lab|lch)\([^()]*\))((?: -?[\d.]+px){4})( inset)?")


@dataclass(frozen=True, kw_only=True)
class Shadow:
    """A box shadow that can be seen as a ring or a line."""

    colour: Rgba
    inset: bool
    spread: float
    """CSS px."""


def shadows(style: Style, told: Colours, before: Style | None = None) -> Iterator[Shadow]:
    """Those that are spread, blurred and not only shifted, or shifted and not blurred; without
    those that were there before."""
    known = _SHADOW.findall((before or {}).get("box-shadow", ""))
    for found in _SHADOW.findall(style.get("box-shadow", "")):
        if found in known:
            continue
        colour, lengths, inset = told(found[0]), found[1], bool(found[2])
        x, y, blur, spread = (float(length.removesuffix("px")) for length in lengths.split())
        if spread > 0 or blur > 0:
            # Half of a blurred edge lies inside, and it fades.
            strength = 1.0 if spread > 0 and blur <= spread * 2 else 0.5
            yield Shadow(colour=colour.faded(strength), inset=inset, spread=spread)
        elif spread == 0 and max(abs(x), abs(y)) >= 1:
            yield Shadow(colour=colour, inset=inset, spread=spread)


# Pixels. ----------------------------------------------------------------------------------------

_AREA = 1_500_000
"""CSS px² that one picture takes in at most: a page of 1280 px and 1200 more."""
_PICTURES = 3


def around(boxes: Sequence[Box], size: tuple[int, int]) -> Box:
    """The least box that holds all of them, inside of the page."""
    left = max(0.0, min(box.x for box in boxes))
    top = max(0.0, min(box.y for box in boxes))
    right = min(float(size[0]), max(box.right for box in boxes))
    bottom = min(float(size[1]), max(box.bottom for box in boxes))
    return Box(x=left, y=top, width=max(1.0, right - left), height=max(1.0, bottom - top))


def clusters(boxes: Sequence[Box], size: tuple[int, int]) -> list[Box]:
    """Few boxes of a moderate area that hold the others, from the top of the page; what would
    take too many is left out."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: box.y):
        if box.area > _AREA or not box.area:
            continue
        merged = around([found[-1], box], size) if found else None
        if merged is not None and merged.area <= _AREA:
            found[-1] = merged
        elif len(found) < _PICTURES:
            found.append(around([box], size))
        else:
            break
    return found


@dataclass(frozen=True, kw_only=True)
class Pictured:
    """Parts of the page as pixels."""

    parts: Sequence[tuple[Box, Image]]

    @classmethod
    def of(cls, page: Page, boxes: Sequence[Box]) -> Pictured:
        """Few pictures that hold the boxes."""
        wanted = clusters(boxes, page.snapshot.size)
        return cls(parts=[(box, page.picture(box)) for box in wanted])

    def crop(self, box: Box) -> Image | None:
        """The pixels of a box; None where no picture has them."""
        for whole, image in self.parts:
            part = box.intersection(whole)
            if part.width >= 1 and part.height >= min(box.height, 2):
                return _cut(image, whole, part)
        return None


def _cut(image: Image, whole: Box, part: Box) -> Image | None:
    scale = image.width / whole.width
    left, top = (part.x - whole.x) * scale, (part.y - whole.y) * scale
    right, bottom = left + part.width * scale, top + part.height * scale
    found = image.crop((round(left), round(top), round(right), round(bottom)))
    return found if found.width and found.height else None


def tones(image: Image, most: int = 4096) -> list[tuple[int, Rgba]]:
    """The image's colours with their numbers of pixels, the commonest first."""
    found = image.getcolors(image.width * image.height) or []
    ranked = sorted(found, key=lambda entry: -entry[0])[:most]
    return [(count, Rgba(*colour[:3])) for count, colour in ranked if isinstance(colour, tuple)]


def strongest(image: Image, share: float | None = None) -> float:
    """The highest contrast to the commonest colour that at least a share of the pixels has; without
    one a hundredth, or of a mark that is smaller still a tenth of its own."""
    found = tones(image)
    ground, all_ = found[0][1], sum(count for count, _ in found)
    ranked = sorted(((ratio(colour, ground), count) for count, colour in found), reverse=True)
    mark = sum(count for contrast, count in ranked if contrast >= _TELLING)
    least = min(all_ / 100, max(_DOT, mark / 10)) if share is None else share * all_
    total = 0
    for contrast, count in ranked:
        total += count
        if total >= least:
            return contrast
    return 1.0


_DOT = 4
"""Pixels below which nothing is a mark."""


@contextmanager
def without_ink(page: Page) -> Iterator[None]:
    """Letters are transparent meanwhile, and all that is behind them can be seen."""
    ask(page, "bare", on=True)
    try:
        yield
    finally:
        ask(page, "bare", on=False)


_PLACES = """(numbers) => {
  const nodes = window[Symbol.for("vydno.audit")].nodes();
  return numbers.map((number) => {
    const box = nodes[number].getBoundingClientRect();
    return [box.x + scrollX, box.y + scrollY];
  });
}"""
_STRAYED = 1.5


def moved(page: Page, elements: Sequence[Element]) -> set[Element]:
    """Those that are no longer where they were measured: a late font or script may push them away,
    and then a picture shows something else in their place."""
    places = page.evaluate(_PLACES, [element.number for element in elements])
    return {
        element
        for element, (x, y) in zip(elements, places, strict=True)
        if max(abs(element.box.x - x), abs(element.box.y - y)) > _STRAYED
    }


# Other renditions. ------------------------------------------------------------------------------


@contextmanager
def emulated(page: Page, **changes: Any) -> Iterator[bool]:
    """Whether the page is now drawn as its variant with the changes; afterwards it is again as its
    rendition has it."""
    from .checks.check import Rendition

    forced = page.rendition is Rendition.FORCED_COLORS or page.variant.forced_colors
    before = replace(page.variant, forced_colors=forced)
    try:
        page.driver.emulate(replace(before, **changes))
    except UnsupportedError:
        page.driver.emulate(before)
        yield False
        return
    try:
        yield True
    finally:
        page.driver.emulate(before)


# Snapshots. -------------------------------------------------------------------------------------

_CONTROLS = {"button", "link", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "radio"}
_CONTROLS |= {"checkbox", "switch", "tab", "combobox", "textbox", "searchbox", "slider"}
_CONTROLS |= {"spinbutton", "treeitem"}


def is_control(element: Element) -> bool:
    """Whether people do something with it."""
    return element.role in _CONTROLS or element.tag in ("summary", "button")


def one_of_each(elements: Iterable[Element], most: int = 400) -> list[Element]:
    """The first of those that look alike and stand in like places."""
    found: dict[tuple[object, ...], Element] = {}
    for element in elements:
        chain = [element, *islice(element.ancestors(), 2)]
        kind = tuple((one.tag, one.attributes.get("class", "")) for one in chain)
        # Elements of one style share its mapping.
        found.setdefault((*kind, id(element.style), "id" in element.attributes), element)
        if len(found) >= most:
            break
    return list(found.values())


Change = Mapping[str, Sequence[Style]]
"""Of each part that a state changes, by its pseudo-element: what it was, and what it is then."""


def focusable(page: Page) -> list[Element]:
    """The controls that can have the focus, one of each kind."""
    return one_of_each(
        one
        for one in page.snapshot.elements
        if one.visible and one.tab_index >= 0 and not is_disabled(one)
    )


def focused(page: Page) -> Mapping[int, tuple[Change | None, bool]]:
    """Of each that `focusable` names what the page's own rules for focus change of it, and whether
    they decide about its outline; use through `page.once`."""
    return focused_of(page, focusable(page))


def focused_of(page: Page, controls: Sequence[Element]) -> Mapping[int, tuple[Change | None, bool]]:
    """The same of some controls, as they are drawn at the moment."""
    numbers = [one.number for one in controls]
    answers = ask(page, "focused", numbers=numbers) if numbers else ()
    return dict(zip(numbers, map(tuple, answers), strict=True))


def is_disabled(element: Element) -> bool:
    """Whether it, or a control or group that it is a part of, is disabled."""
    return any(_is_switched_off(one) for one in up(element))


def _is_switched_off(element: Element) -> bool:
    attributes = element.attributes
    if attributes.get("aria-disabled") == "true":
        return True
    if "disabled" in attributes and element.tag not in ("link", "style"):
        return True
    # Style sheets have a class for it that takes the pointer away.
    unpressed = element.style.get("pointer-events") == "none"
    return unpressed and "disabled" in attributes.get("class", "").split()


def disabled_labels(shown: Snapshot) -> set[Element]:
    """Labels of disabled fields, which are as exempt as these."""
    found = set()
    for label in shown.tagged("label"):
        field = shown.by_id(label.attributes.get("for", ""))
        inside = (one for one in label.descendants() if one.tag in ("input", "select", "textarea"))
        if any(one is not None and is_disabled(one) for one in [field, *inside]):
            found.add(label)
    return found
