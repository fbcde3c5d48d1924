"""Contrast of text where it cannot be computed from two colours: by pixels.

On images and gradients, under filters, over what lies elsewhere in the document, in drawings, and
written by CSS: there axe says nothing, or that it does not know.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..contrast import Rgba, needed, over, ratio, say
from ..findings import Box
from ..page import Page
from ..painting import (
    Pictured,
    Style,
    around,
    ask,
    canvas,
    colours,
    disabled_labels,
    is_disabled,
    moved,
    one_of_each,
    seen,
    up,
    without_ink,
)
from ..showing import showing
from ..snapshot import Element
from ..variants import Variant
from .check import COLOUR, Found, check, fails, needs_review

if TYPE_CHECKING:
    from PIL.Image import Image

_SVG_TEXT = ("text", "tspan")
_MOVING = ("video", "canvas", "iframe", "object", "embed")
_STILL = ("img", "svg", "picture")
_MOST = 40
"""Texts that are looked at in one page."""
_CLEAR, _SOME = 0.35, 0.12
"""Shares of the ground about the letters: from the first on it fails, from the second a person must
look."""


@check(
    "text-on-image-contrast",
    criteria=["1.4.3"],
    title="Text has too little contrast with the image or gradient behind it",
    method="For text on an image or gradient, over another element, under a filter, or in a "
    "drawing, two pictures are taken, one without the letters. The ground close to the letters is "
    "held against their colour: it fails when a third of it or more has too little contrast, and a "
    "person must decide from an eighth on.",
    limits="Up to 40 texts of a page, and the first three lines of each, are looked at. Over "
    "video, canvas and frames the picture of one moment is not taken: a person must look.",
    fix="Put a plain or translucent ground behind the text, or change its colour; a shadow helps "
    "if it is strong all around the letters.",
    broken='<p style="background: linear-gradient(90deg, #fff, #ddd); color: #999">Opening hours'
    "</p>",
    sound='<p style="background: linear-gradient(90deg, #036, #024); color: #fff">Opening hours'
    "</p>",
    depends_on=(*COLOUR, "viewport"),
)
def text_on_image_contrast(page: Page, _: Variant) -> Iterator[Found]:
    grounds = list(_undecided(page))
    for text in grounds:
        if text.moving:
            yield needs_review(
                text.element,
                "The text lies over a video, a canvas or a frame: whether it can be read depends "
                "on what is shown there.",
                needed=f"at least {_needed(text.element)}:1",
            )
    still = [text for text in grounds if not text.moving][:_MOST]
    if still:
        yield from _measured(page, still)


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """A text, and why two colours do not tell its contrast."""

    element: Element
    ground: str
    """What it lies on: an image of CSS, or the name of an element."""
    moving: bool = False
    blended: bool = False
    """Whether its own colour on the screen is not the computed one."""


def _needed(element: Element) -> float:
    return needed(element.px("font-size", 16), element.px("font-weight", 400))


def _undecided(page: Page) -> Iterator[Undecided]:
    shown = page.snapshot
    painted = page.once(covers)
    pseudo = page.once(_painting_pseudos)
    exempt = disabled_labels(shown)
    known: set[tuple[int, int, bool]] = set()
    for element in shown.texts:
        if not element.lines or len(element.text) < 2 or is_disabled(element):
            continue
        chain = up(element)
        if exempt.intersection(chain) or element.tag == "option":
            continue
        if not any(showing(shown).shown_lines(element)):
            continue
        behind = painted.at(element, element.lines[0], chain)
        reason = _pictured(chain, pseudo)
        blended = any(_blends(one.style) for one in chain)
        drawn = element.tag in _SVG_TEXT
        if not behind and reason is None and not blended and not drawn:
            continue
        if behind and _floats(behind) and not any(_is_fixed(one) for one in chain):
            continue
        kind = (id(element.style), (behind or reason or element).number, drawn)
        if kind not in known:
            known.add(kind)
            moving = behind is not None and behind.tag in _MOVING
            faded = blended or any(one.px("opacity", 1) < 1 for one in chain)
            only_behind = not (reason or blended or drawn)
            # Images behind a text leave axe undecided, and other things do not.
            over_image = behind is not None and behind.tag in (*_MOVING, *_STILL)
            if only_behind and not over_image and _is_plainly_pale(page, element):
                continue
            ground = reason.style.get("background-image", "") if reason else ""
            ground += behind.tag if behind else ""
            yield Undecided(element=element, ground=ground, moving=moving, blended=faded)


def _is_fixed(element: Element) -> bool:
    return element.style.get("position") == "fixed"


def _floats(element: Element) -> bool:
    """Whether it stays over the page, which can be scrolled from under it."""
    return _is_fixed(element) or any(_is_fixed(one) for one in element.ancestors())


def _is_plainly_pale(page: Page, element: Element) -> bool:
    """Whether its computed colours have too little contrast already, which axe tells."""
    told, (ground, _text) = page.once(colours), page.once(canvas)
    look = seen(element, told(element.style.get("color", "")), told, ground)
    return look.ratio < _needed(element)


def _pictured(chain: Sequence[Element], pseudo: set[int]) -> Element | None:
    """The element around the text that has an image or a gradient behind it."""
    for one in chain:
        if one.style.get("background-image", "none") != "none" or one.number in pseudo:
            return one
        background = one.style.get("background-color", "")
        if background.startswith("rgb(") and one.style.get("opacity", "1") == "1":
            return None
    return None


def _blends(style: Style) -> bool:
    filtered = style.get("filter", "none") not in ("none", "")
    return filtered or style.get("mix-blend-mode", "normal") != "normal"


def _painting_pseudos(page: Page) -> set[int]:
    """Numbers of the elements whose empty pseudo-elements paint a ground."""
    found: set[int] = set()
    for name in ("before", "after"):
        having = [
            one
            for one in page.snapshot.elements
            if one.visible and (one.before if name == "before" else one.after) == '""'
        ]
        if not having:
            continue
        styles = ask(
            page,
            "pseudo",
            numbers=[one.number for one in having],
            name=f"::{name}",
            properties=["position", "background-color", "background-image", "width", "height"],
        )
        for one, style in zip(having, styles, strict=True):
            if _covers_much(one, style):
                found.add(one.number)
    return found


def _covers_much(element: Element, style: Style) -> bool:
    painted = style["background-image"] != "none" or style["background-color"] != "rgba(0, 0, 0, 0)"
    sizes = [style[name].removesuffix("px") for name in ("width", "height")]
    if not painted or style["position"] not in ("absolute", "fixed"):
        return False
    try:
        width, height = map(float, sizes)
    except ValueError:
        return False
    return width >= element.box.width / 2 and height >= element.box.height / 2


class Covers:
    """What is painted where, to find what lies behind something without being around it."""

    _STEP = 64.0

    def __init__(self, elements: Iterable[Element]) -> None:
        self._rows: dict[int, list[Element]] = defaultdict(list)
        for element in elements:
            if element.visible and element.box.height < 5000 and _paints(element):
                first, last = int(element.box.y / self._STEP), int(element.box.bottom / self._STEP)
                for row in range(first, last + 1):
                    self._rows[row].append(element)

    def at(self, element: Element, line: Box, chain: Sequence[Element]) -> Element | None:
        """The last that lies at the middle of a line of the element's, and is neither in the chain
        around it nor in it."""
        x, y = line.x + line.width / 2, line.y + line.height / 2
        for cover in reversed(self._rows.get(int(y / self._STEP), ())):
            box = cover.box
            if box.x <= x <= box.right and box.y <= y <= box.bottom and cover not in chain:
                within = any(one is element for one in up(cover))
                if not within:
                    return cover
        return None


def covers(page: Page) -> Covers:
    """What the page paints where; use through `page.once`."""
    return Covers(page.snapshot.elements)


def _paints(element: Element) -> bool:
    if element.tag in (*_MOVING, *_STILL):
        return element.tag != "svg" or "display" in element.style
    background = element.style.get("background-color", "rgba(0, 0, 0, 0)")
    image = element.style.get("background-image", "none")
    return background != "rgba(0, 0, 0, 0)" or image != "none"


# Pixels. ----------------------------------------------------------------------------------------


def _measured(page: Page, texts: Sequence[Undecided]) -> Iterator[Found]:
    # A few lines tell what the rest does.
    boxes = [around(text.element.lines[:3], page.snapshot.size) for text in texts]
    inked = Pictured.of(page, boxes)
    with without_ink(page):
        bare = Pictured.of(page, boxes)
    told = page.once(colours)
    alike: dict[tuple[object, ...], list[Found]] = {}
    strayed = moved(page, [text.element for text in texts])
    for text, box in zip(texts, boxes, strict=True):
        element = text.element
        if element in strayed:
            continue
        with_ink, ground = inked.crop(box), bare.crop(box)
        if with_ink is None or ground is None:
            continue
        ink = told(element.style.get("fill" if element.tag in _SVG_TEXT else "color", ""))
        own = None if text.blended or ink.alpha < 1 else ink
        for found in _judged(element, near_letters(with_ink, ground, own)):
            kind = (found.outcome, element.tag, ink, text.ground, found.needed)
            alike.setdefault(kind, []).append(found)
    for first, *rest in alike.values():
        more = f" So have {len(rest)} more like it." if rest else ""
        yield replace(first, message=first.message + more)


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """The colour of letters, and the colours close to them with their shares."""

    ink: Rgba
    shares: Sequence[tuple[float, Rgba]]

    def short_of(self, least: float) -> float:
        """The share of the ground with less contrast than that."""
        return sum(share for share, ground in self.shares if ratio(self.ink, ground) < least)

    def worst(self, share: float = 0.1) -> float:
        """The contrast that all but a share of the ground has."""
        total = 0.0
        for contrast, part in sorted(
            (ratio(self.ink, ground), part) for part, ground in self.shares
        ):
            total += part
            if total >= share:
                return contrast
        return 21.0


_INK = 24
"""Difference of a channel from which a pixel belongs to a letter."""


_FOREIGN = 2.0
"""Contrast to the computed colour from which letters are another text's."""


def near_letters(inked: Image, bare: Image, ink: Rgba | None = None) -> Grounds | None:
    """What is close to the letters of a picture, given the same without them; the letters' colour
    is read from the pixels unless it is known. None where there are no letters to be seen."""
    from PIL import ImageChops, ImageFilter

    if inked.size != bare.size:
        return None
    channels = ImageChops.difference(inked, bare).split()
    strength = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    letters = strength.point([255 if value >= _INK else 0 for value in range(256)])
    if sum(count for count, value in letters.getcolors() or [] if value) < 12:
        return None
    near = letters.filter(ImageFilter.MaxFilter(5))
    # To fewer colours, with black and white among them.
    reduced = bare.point([round(value / 3) * 3 for value in range(256)] * 3)
    reduced.putalpha(near)
    counted = [
        (count, Rgba(*colour[:3]))
        for count, colour in reduced.getcolors(reduced.width * reduced.height) or []
        if isinstance(colour, tuple) and colour[3]
    ]
    total = sum(count for count, _ in counted)
    colour = _ink_of(inked, strength)
    # Letters of another colour are those of something that lies over the text.
    if ink is not None and ratio(colour, ink) > _FOREIGN:
        return None
    colour = ink or colour
    few = bare.getcolors(4) or []
    plain = [Rgba(*found[:3]) for _, found in few if isinstance(found, tuple)]
    shares = [(count / total, _exact(ground, plain)) for count, ground in counted]
    return Grounds(ink=colour, shares=shares)


def _exact(ground: Rgba, plain: Sequence[Rgba]) -> Rgba:
    """Plain grounds keep their very colour; only those of pictures are brought to fewer."""
    if not plain:
        return ground
    return min(plain, key=lambda one: sum(abs(a - b) for a, b in zip(one, ground, strict=True)))


def _ink_of(inked: Image, strength: Image) -> Rgba:
    """The mean of the pixels that the letters change most."""
    top = max(value for value, count in enumerate(strength.histogram()) if count)
    strongest = strength.point([255 if value >= top * 0.9 else 0 for value in range(256)])
    marked = inked.copy()
    marked.putalpha(strongest)
    counted = [
        (count, colour)
        for count, colour in marked.getcolors(marked.width * marked.height) or []
        if isinstance(colour, tuple) and colour[3]
    ]
    total = sum(count for count, _ in counted)
    red, green, blue = (
        sum(count * colour[channel] for count, colour in counted) / total for channel in range(3)
    )
    return Rgba(red, green, blue)


def _judged(element: Element, grounds: Grounds | None) -> Iterator[Found]:
    if grounds is None:
        return
    least = _needed(element)
    short = grounds.short_of(least)
    if short < _SOME:
        return
    tell = fails if short >= _CLEAR else needs_review
    yield tell(
        element,
        f"What is close to its letters has too little contrast with their colour "
        f"({grounds.ink.hex}).",
        measured=f"{say(grounds.worst())} in the worst tenth, too little in {short:.0%} of it",
        needed=f"at least {least}:1",
    )


# Text that axe passes over. ---------------------------------------------------------------------


@check(
    "generated-text-contrast",
    criteria=["1.4.3"],
    title="Text that CSS writes, or a single sign, has too little contrast",
    method="The computed colour of text in `::before` and `::after`, and of texts of one letter or "
    "digit, is held against the backgrounds around it.",
    limits="Signs of icon fonts are left to the checks of icons; text on images is not looked at.",
    fix="Give it a colour with 4.5:1 to its background (3:1 for large text).",
    broken='<style>.new::after { content: "new"; color: #bbb }</style><p class="new">Bus 7 </p>',
    sound='<style>.new::after { content: "new"; color: #444 }</style><p class="new">Bus 7 </p>',
    depends_on=COLOUR,
)
def generated_text_contrast(page: Page, _: Variant) -> Iterator[Found]:
    told = page.once(colours)
    ground, _text = page.once(canvas)
    exempt = disabled_labels(page.snapshot)
    for element, name, style in _generated(page):
        if is_disabled(element) or exempt.intersection(up(element)):
            continue
        base = seen(element, Rgba(0, 0, 0, 0), told, ground)
        if base.pictured or style.get("background-image", "none") != "none":
            continue
        beneath = over(told(style.get("background-color", "")), base.ground)
        opacity = float(style.get("opacity") or 1)
        mark = over(told(style.get("color", "")).faded(opacity), beneath)
        least = needed(_px(style, "font-size"), _px(style, "font-weight"))
        if ratio(mark, beneath) < least and mark.hex != beneath.hex:
            what = f"The text of its {name}" if name else "Its text"
            yield fails(
                element,
                f"{what} has too little contrast: {mark.hex} on {beneath.hex}.",
                measured=say(ratio(mark, beneath)),
                needed=f"at least {least}:1",
            )


def _px(style: Style, name: str) -> float:
    try:
        return float(style.get(name, "").removesuffix("px"))
    except ValueError:
        return 400.0 if name == "font-weight" else 16.0


_PROPERTIES = ["color", "background-color", "background-image", "font-size", "font-weight"]
_PROPERTIES += ["opacity", "display", "visibility"]


def _generated(page: Page) -> Iterator[tuple[Element, str, Mapping[str, str]]]:
    """Elements, the pseudo-element that has text, and its style."""
    for element in one_of_each(page.snapshot.texts, 2000):
        if len(element.text) == 1 and element.text.isalnum() and element.lines:
            yield element, "", element.style
    for name in ("::before", "::after"):
        having = one_of_each(
            one
            for one in page.snapshot.elements
            if one.visible and is_words(one.before if name == "::before" else one.after)
        )
        if having:
            numbers = [one.number for one in having]
            styles = ask(page, "pseudo", numbers=numbers, name=name, properties=_PROPERTIES)
            for one, style in zip(having, styles, strict=True):
                if style["display"] != "none" and style["visibility"] == "visible":
                    yield one, name, style


def is_words(content: str) -> bool:
    """Whether the `content` of a pseudo-element has letters or digits to read."""
    if content.startswith(("counter(", "counters(")):
        return not _COUNTS_IN_SIGNS.search(content)
    if not content.startswith(("'", '"')):
        return False
    return any(sign.isalnum() and not "\ue000" <= sign <= "\uf8ff" for sign in content)


_COUNTS_IN_SIGNS = re.compile(r"\b(?:disc|circle|square|none|disclosure-\w+)\s*\)")
