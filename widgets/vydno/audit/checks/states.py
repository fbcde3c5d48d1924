"""Contrast in states: hovered, focused, pressed, visited, selected, not yet filled in.

The rules of the style sheets say what an element would get: nothing is hovered or pressed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..contrast import NON_TEXT, NOTHING, Rgba, needed, over, ratio, say
from ..page import Page
from ..painting import (
    Change,
    Colours,
    Shadow,
    Style,
    ask,
    background,
    canvas,
    colours,
    focused,
    is_disabled,
    one_of_each,
    px,
    ring,
    seen,
    shadows,
    up,
)
from ..snapshot import Element
from ..variants import Variant
from .check import COLOUR, Found, check, fails, needs_review
from .painted_text import covers

_LIMITS = (
    "Rules of style sheets from other origins cannot be read; what scripts do is not seen. On "
    "images and gradients nothing is said."
)
_PROPERTIES = ("color", "background-color", "background-image", "opacity", "visibility", "display")
_WORDS = {"hover": "hovered", "focus": "focused", "active": "pressed", "visited": "visited"}


# Text. ------------------------------------------------------------------------------------------


@check(
    "state-contrast",
    criteria=["1.4.3"],
    title="Text loses its contrast in a state",
    method="The page's own rules for `:hover`, `:focus`, `:active` and `:visited` are read. Of "
    "every text the colours that they would give it, and what is around it, are computed.",
    limits=_LIMITS,
    fix="Give the state a text colour with 4.5:1 to its background (3:1 for large text).",
    broken="<style>a { color: #036 } a:hover { color: #aab }</style>"
    '<p>Read the <a href="/terms">terms of use</a> first.</p>',
    sound="<style>a { color: #036 } a:hover { color: #000 }</style>"
    '<p>Read the <a href="/terms">terms of use</a> first.</p>',
    depends_on=COLOUR,
)
def state_contrast(page: Page, _: Variant) -> Iterator[Found]:
    told = page.once(colours)
    ground, _text = page.once(canvas)
    texts = _texts(page)
    known: set[tuple[Any, ...]] = set()
    for state, changes in page.once(_changes).items():
        for element in texts:
            look = _contrast(element, changes, told, ground)
            if look is None:
                continue
            kind = (state, *look)
            if kind in known:
                continue
            known.add(kind)
            mark, beneath, large = look
            yield fails(
                element,
                f"When it is {_WORDS[state]}, its text has too little contrast: {mark} on "
                f"{beneath}.",
                measured=say(ratio(_of_hex(mark), _of_hex(beneath))),
                needed=f"at least {large}:1",
            )


def _texts(page: Page) -> list[Element]:
    found = [one for one in page.snapshot.elements if one.text and one.rendered and one.lines]
    return one_of_each(
        one for one in found if (one.visible or one.concealed) and not is_disabled(one)
    )


def _changes(page: Page) -> Mapping[str, Mapping[int, tuple[Style, Style]]]:
    """Of each state: by number what changes, and what it was."""
    numbers = {one.number for text in _texts(page) for one in up(text)}
    links = [one.number for one in page.snapshot.tagged("a") if one.rendered]
    links += [inside.number for one in page.snapshot.tagged("a") for inside in one.descendants()]
    wanted: dict[str, list[int]] = {
        state: sorted(numbers) for state in ("hover", "focus", "active")
    }
    wanted["visited"] = sorted(set(links) & numbers)
    answer = ask(page, "states", wanted=wanted, properties=_PROPERTIES)
    return {
        state: {int(number): tuple(parts[""]) for number, parts in changed.items() if "" in parts}
        for state, changed in answer.items()
    }


def _contrast(
    element: Element,
    changes: Mapping[int, tuple[Style, Style]],
    told: Colours,
    ground: Rgba,
) -> tuple[str, str, float] | None:
    """Colours of text and ground, and the contrast needed; None where it is enough, or was too
    little without the state."""
    if not any(one.number in changes for one in up(element)):
        return None

    def now(one: Element) -> Style:
        return changes[one.number][1] if one.number in changes else one.style

    style = now(element)
    if style.get("visibility") == "hidden" or style.get("opacity") == "0":
        return None
    after = seen(element, told(style.get("color", "")), told, ground, now)
    before = seen(element, told(element.style.get("color", "")), told, ground)
    least = needed(element.px("font-size", 16), element.px("font-weight", 400))
    if after.pictured or after.ratio >= least or (before.ratio < least and not before.pictured):
        return None
    # Text that a state hides is not meant to be read in it.
    if after.ratio < 1.05:
        return None
    return after.mark.hex, after.ground.hex, least


def _of_hex(text: str) -> Rgba:
    return Rgba(*bytes.fromhex(text[1:]))


@check(
    "placeholder-contrast",
    criteria=["1.4.3"],
    title="A placeholder has too little contrast",
    method="The computed colour and opacity of `::placeholder` are held against the field's "
    "background, for empty fields that have one.",
    limits="Placeholders over an image are not looked at.",
    fix="Give `::placeholder` a colour with 4.5:1 to the field's background, and `opacity: 1`.",
    broken="<style>input::placeholder { color: #bbb }</style>"
    '<label>Town <input placeholder="Such as Lviv"></label>',
    sound="<style>input::placeholder { color: #595959 }</style>"
    '<label>Town <input placeholder="Such as Lviv"></label>',
    depends_on=COLOUR,
)
def placeholder_contrast(page: Page, _: Variant) -> Iterator[Found]:
    fields = [
        one
        for one in page.snapshot.tagged("input", "textarea")
        if one.visible and one.attributes.get("placeholder", "").strip() and not is_disabled(one)
    ]
    told = page.once(colours)
    ground, _text = page.once(canvas)
    styles = _pseudo(page, fields, "::placeholder", ("color", "opacity"))
    known: set[tuple[str, str]] = set()
    for field, style in zip(fields, styles, strict=True):
        colour = told(style["color"]).faded(float(style["opacity"] or 1))
        look = seen(field, colour, told, ground)
        least = needed(field.px("font-size", 16), field.px("font-weight", 400))
        kind = (look.mark.hex, look.ground.hex)
        if look.ratio < least and not look.pictured and kind not in known and colour.alpha:
            known.add(kind)
            # Behind what can be seen through, something may be painted that is not around it.
            tell = needs_review if _sees_through(page, field, told) else fails
            yield tell(
                field,
                f"Its placeholder has too little contrast: {kind[0]} on {kind[1]}.",
                measured=say(look.ratio),
                needed=f"at least {least}:1",
            )


def _sees_through(page: Page, field: Element, told: Colours) -> bool:
    """Whether something else is painted between the field and what around it hides all behind."""
    chain = up(field)
    solid = (one for one in chain if told(one.style.get("background-color", "")).alpha == 1)
    ground = next(solid, page.snapshot.root)
    if ground is field:
        return False
    cover = page.once(covers).at(field, field.box, chain)
    return cover is not None and cover.number > ground.number


def _pseudo(
    page: Page, elements: Sequence[Element], name: str, properties: Sequence[str]
) -> list[dict[str, str]]:
    if not elements:
        return []
    numbers = [one.number for one in elements]
    found: list[dict[str, str]] = ask(
        page, "pseudo", numbers=numbers, name=name, properties=properties
    )
    return found


@check(
    "selection-contrast",
    criteria=["1.4.3"],
    title="Selected text cannot be read",
    method="Where the page colours `::selection`, that colour is held against the background that "
    "it gives to selected text.",
    limits="Selections whose background is translucent are taken as lying on the element's own. "
    "Whether the criterion means selected text is not settled: a person decides.",
    fix="Set both colours of `::selection`, with 4.5:1 between them, or neither.",
    broken="<style>::selection { background: #fd0; color: #fff }</style><p>Select this.</p>",
    sound="<style>::selection { background: #036; color: #fff }</style><p>Select this.</p>",
    depends_on=COLOUR,
)
def selection_contrast(page: Page, _: Variant) -> Iterator[Found]:
    told = page.once(colours)
    ground, _text = page.once(canvas)
    texts = one_of_each(page.snapshot.texts)
    styles = _pseudo(page, texts, "::selection", ("color", "background-color"))
    known: set[tuple[str, str]] = set()
    for element, style in zip(texts, styles, strict=True):
        surface = told(style["background-color"])
        if surface.alpha == 0 or style["background-color"] == element.style["background-color"]:
            continue
        below = background(element, told, ground)
        fill = over(surface, below)
        mark = over(told(style["color"]), fill)
        least = needed(element.px("font-size", 16), element.px("font-weight", 400))
        kind = (mark.hex, fill.hex)
        if ratio(mark, fill) < least and kind not in known:
            known.add(kind)
            yield needs_review(
                element,
                f"When it is selected, its text has too little contrast: {kind[0]} on {kind[1]}.",
                measured=say(ratio(mark, fill)),
                needed=f"at least {least}:1",
            )


# Focus indicators. ------------------------------------------------------------------------------


@check(
    "focus-indicator-contrast",
    criteria=["1.4.11"],
    title="What shows the focus has too little contrast",
    method="The page's own rules for focus are read: outline, shadow, border, background. "
    "The best of what changes is held against the colours beside it, or what was there before.",
    limits="The browser's own outline is not judged, nor are shadows that are not rings. "
    + _LIMITS,
    fix="Draw the outline in a colour with 3:1 to what is around the control, such as "
    "`outline: 2px solid; outline-offset: 2px`.",
    broken="<style>button:focus { outline: 3px solid #cde }</style><button>Save</button>",
    sound="<style>button:focus { outline: 3px solid #036 }</style><button>Save</button>",
    depends_on=COLOUR,
)
def focus_indicator_contrast(page: Page, _: Variant) -> Iterator[Found]:
    told = page.once(colours)
    ground, _text = page.once(canvas)
    known: dict[tuple[Any, ...], list[tuple[float, Element]]] = {}
    for element, changed in focus_changes(page):
        shown = _indicator(element, changed, told, ground)
        if shown is None or shown.contrast >= NON_TEXT:
            continue
        kind = (element.tag, element.role, shown.colour_alone)
        known.setdefault(kind, []).append((shown.contrast, element))
    for (*_kind, colour_alone), elements in known.items():
        contrast, first = elements[0]
        rest = f" (and of {len(elements) - 1} more like it)" if len(elements) > 1 else ""
        # In a field the caret shows the focus too.
        tell = needs_review if _has_caret(first) else fails
        if colour_alone:
            # Two states one after the other are beside each other nowhere, which 1.4.11 asks for.
            yield tell(
                first,
                f"Only another colour shows the focus of it{rest}, and the two hardly differ.",
                measured=say(contrast),
                needed="3:1 between them, or an outline",
                criteria=["1.4.1"],
            )
            continue
        yield tell(
            first,
            f"What shows the focus of it{rest} has too little contrast with what is beside it.",
            measured=say(contrast),
            needed="at least 3:1",
        )


def _has_caret(element: Element) -> bool:
    if element.role == "combobox":
        return element.tag != "select"
    return element.role in ("textbox", "searchbox", "spinbutton")


def focus_changes(page: Page) -> Iterator[tuple[Element, Change]]:
    """Controls whose outline is the page's own affair, and what its rules for focus change of
    each."""
    for number, (changed, ruled) in page.once(focused).items():
        element = page.snapshot.elements[number]
        if changed and ruled and element.box.area > 0:
            yield element, changed


@dataclass(frozen=True, kw_only=True)
class _Indicator:
    """The best of what the focus changes."""

    contrast: float
    colour_alone: bool
    """Whether nothing is drawn that was not there before, but in another colour."""


def _indicator(element: Element, changed: Change, told: Colours, ground: Rgba) -> _Indicator | None:
    """None where it cannot be said."""
    if set(changed) != {""}:
        return None
    was, now = changed[""]
    outer = seen(element.parent, NOTHING, told, ground) if element.parent else None
    if outer is None or outer.pictured:
        return None
    if any(was.get(name) != now.get(name) for name in _BEYOND_COLOURS):
        return None
    if ring(now) and now.get("outline-style") == "auto":
        return None
    lines = list(_lines(was, now, told, outer.ground))
    # A line that is hardly seen may come with a colour that is.
    best = max([*lines, *_recoloured(was, now, told, outer.ground)], default=None)
    return None if best is None else _Indicator(contrast=best, colour_alone=not lines)


# What tells the focus whatever the colours are, or in a way that is not computed here.
_BEYOND_COLOURS = (
    *("transform", "translate", "scale", "background-image", "text-decoration-line"),
    *("font-weight", "font-style", "position", "filter", "clip-path", "mask-image"),
    *("display", "visibility", "opacity"),
)


_SIDES = ("top", "right", "bottom", "left")


_NOTICED = 1.5
"""Contrast from which a line that was there before is seen to be another."""


def _lines(was: Style, now: Style, told: Colours, beside: Rgba) -> Iterator[float]:
    """Contrast of outline, shadows and borders with what is beside them."""
    inside = over(told(now.get("background-color", "")), beside)
    if ring(now):
        colour = over(told(now.get("outline-color", "")), beside)
        yield ratio(colour, inside if px(now, "outline-offset") < 0 else beside)
    for shadow in shadows(now, told, was):
        ground = inside if shadow.inset else beside
        if not _fills(shadow):
            yield ratio(over(shadow.colour, ground), ground)
    for side in _SIDES:
        yield from _border(side, was, now, told, beside, inside)


def _border(
    side: str, was: Style, now: Style, told: Colours, beside: Rgba, inside: Rgba
) -> Iterator[float]:
    colour = over(told(now.get(f"border-{side}-color", "")), beside)
    before = over(told(was.get(f"border-{side}-color", "")), beside)
    width = px(now, f"border-{side}-width")
    if width > px(was, f"border-{side}-width"):
        yield ratio(colour, beside)
    elif width and ratio(colour, before) >= _NOTICED:
        yield min(ratio(colour, beside), ratio(colour, inside))


def _fills(shadow: Shadow) -> bool:
    """Whether it is a new ground rather than a ring."""
    return shadow.inset and shadow.spread >= _GROUND


_GROUND = 16
"""CSS px."""


def _recoloured(was: Style, now: Style, told: Colours, beside: Rgba) -> Iterator[float]:
    """Contrast of the ground and of the text with what they were."""
    inside = over(told(now.get("background-color", "")), beside)
    before = over(told(was.get("background-color", "")), beside)
    for shadow in filter(_fills, shadows(now, told, was)):
        inside = over(shadow.colour, inside)
    # Under a picture nobody sees the ground.
    if inside.hex != before.hex and now.get("background-image", "none") == "none":
        yield ratio(inside, before)
    old, new = told(was.get("color", "")), told(now.get("color", ""))
    if old != new:
        yield ratio(over(new, inside), over(old, before))
