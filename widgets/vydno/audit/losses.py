"""Text that showed on a page and is lost when the page is drawn in another way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from .page import Page
from .showing import Cut, core, counterparts, floating_over, overlaps, showing
from .snapshot import Element, Snapshot


@dataclass(frozen=True, kw_only=True)
class Loss:
    """What is lost, and whether it is certain that nothing brings it back."""

    element: Element
    message: str
    certain: bool
    measured: str = ""


def losses(page: Page) -> Iterator[Loss]:
    """Text that is cut off, covered by other text, or does not fit its field any more, and was not
    so in the page as it is."""
    before, after = page.as_is, page.snapshot
    known = counterparts(before, after)
    yield from _one_of_a_kind(_cut_off(before, after, known))
    yield from _one_of_a_kind(_overlapping(before, after, known))
    yield from _one_of_a_kind(_cut_in_fields(after, known))
    yield from _one_of_a_kind(_out_of_box(after, known))
    yield from _under_bars(before, after, known)


def _one_of_a_kind(found: Iterable[Loss]) -> Iterator[Loss]:
    """The first of elements with the same name and class: what mends one mends all."""
    kinds: dict[object, list[Loss]] = {}
    for loss in found:
        element = loss.element
        kind = element.attributes.get("class") or element.number
        kinds.setdefault((element.tag, kind, loss.certain), []).append(loss)
    for first, *more in kinds.values():
        said = f" The same befalls {len(more)} more of its kind." if more else ""
        yield replace(first, message=first.message + said)


# Cut off. ---------------------------------------------------------------------------------------


def _cut_off(before: Snapshot, after: Snapshot, known: Mapping[int, Element]) -> Iterator[Loss]:
    """One loss for each box that cuts, however much is in it."""
    was, now = showing(before), showing(after)
    opener, folded = _has_opener(after, known), _folded(after)
    cuts_before = {text.number: cut for text in before.texts if (cut := was.cut(text))}
    cutting = {cut.by for cut in cuts_before.values() if cut.by is not None}
    worst: dict[tuple[int, bool], Loss] = {}
    for element in after.texts:
        old = known.get(element.number)
        if old is None or not old.visible or not _says_something(element):
            continue
        cut = now.cut(element)
        if cut is None or _runs_out_of_the_page(cut, element) or is_turned(element):
            continue
        cut_before = cuts_before.get(old.number)
        if cut_before is not None and not _is_worse(cut, cut_before, element, old):
            continue
        if cut.whole and opener and (_is_menu(element) or _is_folded(cut)):
            continue
        if cut.by is not None and cut.by.attributes.get("id", "") in folded:
            continue
        loss = _cut_loss(element, cut)
        # A box that cut off something before is known to hold more than it shows.
        if cut_before is not None or (cut.by is not None and known.get(cut.by.number) in cutting):
            loss = replace(loss, certain=False)
        key = (loss.element.number, cut.sideways)
        if key not in worst or (loss.certain and not worst[key].certain):
            worst[key] = loss
    yield from worst.values()


def _is_worse(now: Cut, before: Cut, element: Element, old: Element) -> bool:
    """Whether a little was cut off before, and now much more of it, without any sign of that."""
    if before.whole or before.sideways or now.sideways or _shortened(element, now):
        return False
    return before.lines * 3 <= len(old.lines) and now.lines >= before.lines + 2


def _folded(after: Snapshot) -> set[str]:
    """The ids of what a visible control says to be folded, and can unfold."""
    return {
        name
        for control in after.elements
        if control.attributes.get("aria-expanded") == "false" and control.visible
        for name in control.attributes.get("aria-controls", "").split()
    }


def _is_folded(cut: Cut) -> bool:
    """Whether nothing at all shows in the box."""
    return cut.by is not None and min(cut.by.box.width, cut.by.box.height) < 2


def _cut_loss(element: Element, cut: Cut) -> Loss:
    quoted = quote(element.text)
    if cut.whole:
        message = f"The text {quoted} no longer shows: it lies outside of the box that holds it."
    elif cut.sideways:
        message = f"The text {quoted} is cut off at the side."
    else:
        message = f"The text {quoted} is cut off above or below."
    return Loss(
        element=cut.by or element,
        message=message,
        certain=not (cut.whole or _shortened(element, cut) or _moves(element, cut)),
        measured=f"{cut.lost:.0f} px of a line lost",
    )


def _runs_out_of_the_page(cut: Cut, element: Element) -> bool:
    """Whether it lies beside the page as a whole: a menu waiting to be opened does."""
    return cut.by is None and cut.whole and element.box.right > 0


def _shortened(element: Element, cut: Cut) -> bool:
    """Whether an ellipsis says that there is more; the whole may stand elsewhere."""
    boxes = [element] if cut.by is None else [element, cut.by]
    return any(
        box.style.get("text-overflow", "clip") != "clip"
        or box.style.get("-webkit-line-clamp", "none") not in ("none", "")
        for box in boxes
    )


_STILL = ("none", "", "matrix(1, 0, 0, 1, 0, 0)")


def _moves(element: Element, cut: Cut) -> bool:
    """Whether something between the text and the box moves it: a carousel, a ticker."""
    for around in (element, *element.ancestors()):
        if around.style.get("transform", "none") not in _STILL:
            return True
        if around.style.get("animation-name", "none") != "none":
            return True
        if around is cut.by:
            return False
    return False


def is_turned(element: Element) -> bool:
    """Whether it is drawn aslant or in space: the box around it holds more than its letters."""
    return any(map(_turns, (element, *element.ancestors())))


def _turns(element: Element) -> bool:
    matrix = element.matrix
    return len(matrix) > 6 or any(abs(number) > 0.01 for number in matrix[1:3])


# Out of its box. --------------------------------------------------------------------------------


def _out_of_box(after: Snapshot, known: Mapping[int, Element]) -> Iterator[Loss]:
    """Text that runs out of the box whose colour lies behind it, and may not be seen there."""
    painted = _painted(after)
    for element in after.texts:
        box, old = painted[element.number], known.get(element.number)
        if box is None or old is None or not old.visible or not _says_something(element):
            continue
        old_box = known.get(box.number)
        if old_box is None or _sticks_out(old, old_box) or not _sticks_out(element, box):
            continue
        yield Loss(
            element=box,
            message=f"The text {quote(element.text)} runs out of its coloured box, which does not "
            "grow with it.",
            certain=False,
            measured=f"a box of {box.box.width:.0f} × {box.box.height:.0f} px",
        )


def _painted(shown: Snapshot) -> list[Element | None]:
    """Of each element the nearest box around it with a background colour of its own that cuts
    nothing off."""
    found: list[Element | None] = []
    for element in shown.elements:
        above = found[element.parent.number] if element.parent else None
        style = element.style
        if style.get("position") in ("absolute", "fixed"):
            above = None
        if element.tag not in ("html", "body") and not style.get("display", "").startswith(
            ("inline", "contents", "table")
        ):
            cuts = style.get("overflow-x", "visible") != "visible"
            colour = style.get("background-color", _CLEAR)
            coloured = colour not in (_CLEAR, _behind(element))
            above = None if cuts else element if coloured else above
        elif style.get("display") == "inline-block":
            above = None
        found.append(above)
    return found


_CLEAR = "rgba(0, 0, 0, 0)"
_WHITE = "rgb(255, 255, 255)"
_NEAR = 20


def _behind(element: Element) -> str:
    """The background colour around the element, as the style sheets have it."""
    around = (one.style.get("background-color", _CLEAR) for one in element.ancestors())
    return next((colour for colour in islice(around, _NEAR) if colour != _CLEAR), _WHITE)


def _sticks_out(element: Element, box: Element) -> bool:
    size = element.px("font-size", 16)
    for line in element.lines:
        letters = core(line)
        if letters.bottom > box.box.bottom + letters.height / 2:
            return True
        if line.right > box.box.right + size / 2 or line.x < box.box.x - size / 2:
            return True
    return False


# One over the other. ----------------------------------------------------------------------------


def _overlapping(before: Snapshot, after: Snapshot, known: Mapping[int, Element]) -> Iterator[Loss]:
    before_pairs = {(one.first.number, one.second.number) for one in overlaps(before)}
    reported: set[int] = set()
    for one in overlaps(after):
        old = known.get(one.first.number), known.get(one.second.number)
        if not old[0] or not old[1] or not (old[0].visible and old[1].visible):
            continue
        if any(is_turned(text) or _is_name_of_icon(text) for text in (one.first, one.second)):
            continue
        numbers = sorted((old[0].number, old[1].number))
        if (numbers[0], numbers[1]) in before_pairs or one.second.number in reported:
            continue
        if _lay_under(old[0], old[1]) or _lay_under(old[1], old[0]):
            continue
        reported.add(one.second.number)
        yield Loss(
            element=one.second,
            message=_overlap_message(one.first, one.second),
            # Diagrams lay labels over each other at any size, and say it again in other words.
            certain=not (one.first.closest("svg") or one.second.closest("svg")),
            measured=f"an overlap of {one.width:.0f} × {one.height:.0f} px",
        )


def _lay_under(text: Element, other: Element) -> bool:
    """Whether a layer with a ground of its own that the other one is in lay over the text."""
    layers = (one for one in (other, *other.ancestors()) if _is_layer(one))
    layer = next(layers, None)
    if layer is None or layer is text or any(one is layer for one in text.ancestors()):
        return False
    return any(line.intersection(layer.box).area > 0 for line in text.lines)


def _is_layer(element: Element) -> bool:
    placed = element.style.get("position") in ("absolute", "relative")
    return placed and element.style.get("background-color", _CLEAR) != _CLEAR


def _overlap_message(first: Element, second: Element) -> str:
    if first is second:
        return f"The lines of the text {quote(first.text)} lie over each other."
    return f"The texts {quote(first.text)} and {quote(second.text)} lie over each other."


# Under what stays in its place. -----------------------------------------------------------------


def _under_bars(before: Snapshot, after: Snapshot, known: Mapping[int, Element]) -> Iterator[Loss]:
    """Bars at the top of the window that grew over the start of the page, where nothing can be
    scrolled from under them."""
    bars = _bars(after)
    if not bars:
        return
    old_bars = _bars(before)
    floating = floating_over(after)
    for element in after.texts:
        old = known.get(element.number)
        if floating[element.number] or old is None or not old.visible:
            continue
        bar = _bar_over(element, bars)
        if bar is None or _bar_over(old, old_bars) is not None or is_turned(element):
            continue
        if _says_something(element):
            yield Loss(
                element=bar,
                message=f"The bar covers the text {quote(element.text)}, and it cannot be "
                "scrolled from under it.",
                certain=False,
                measured=f"a bar of {bar.box.height:.0f} px",
            )
            return


def _bars(shown: Snapshot) -> list[Element]:
    width, height = shown.viewport
    return [
        element
        for element in shown.elements
        if element.style.get("position") == "fixed"
        and element.visible
        and element.box.y <= 2
        and element.box.width > width / 2
        and 0 < element.box.height < 0.9 * height
        and element.style.get("background-color", _CLEAR) != _CLEAR
    ]


def _bar_over(element: Element, bars: Iterable[Element]) -> Element | None:
    for bar in bars:
        for line in element.lines[:1]:
            letters = core(line)
            if letters.intersection(bar.box).area > letters.area / 2:
                return bar
    return None


# In fields. -------------------------------------------------------------------------------------

_BUTTONS = ("submit", "button", "reset")
_TYPED = ("text", "search", "email", "tel", "url", "password", "number", "date", "time")


def _cut_in_fields(after: Snapshot, known: Mapping[int, Element]) -> Iterator[Loss]:
    for element in after.tagged("input", "select"):
        old = known.get(element.number)
        if old is None or not (old.visible and element.visible) or _too_low(old):
            continue
        if _too_low(element):
            yield Loss(
                element=element,
                message="The field is lower than the text in it, which is cut off.",
                certain=True,
                measured=f"{element.scroll.client_height:.0f} px for text of "
                f"{element.px('font-size'):.0f} px",
            )
        elif _too_wide(element) and not _too_wide(old):
            yield Loss(
                element=element,
                message=f"The button's text {quote(element.attributes['value'])} is cut off.",
                certain=True,
                measured=f"{element.scroll.width:.0f} px in {element.scroll.client_width:.0f} px",
            )


def _too_low(element: Element) -> bool:
    kind = element.attributes.get("type", "text").lower()
    if element.tag == "input" and kind not in (*_BUTTONS, *_TYPED):
        return False
    # The letters between the top of an ascender and the line are about 0.75 of the size high.
    return 0 < element.scroll.client_height < 0.8 * element.px("font-size")


def _too_wide(element: Element) -> bool:
    if element.attributes.get("type", "").lower() not in _BUTTONS:
        return False
    scroll = element.scroll
    return bool(element.attributes.get("value")) and scroll.width > scroll.client_width + 2


# Gone. ------------------------------------------------------------------------------------------

_WORDS = re.compile(r"[^\W_]{2,}")
_LEAST_WORDS = 3
_LEAST_LETTERS = 12


def gone(page: Page) -> Iterator[Loss]:
    """The outermost elements with text that were to be seen in the page as it is, are not now, and
    have no stand-in: the same text elsewhere, or a control that may show them."""
    before, after = page.as_is, page.snapshot
    known = counterparts(before, after)
    reverse = {old.number: after.elements[number] for number, old in known.items()}
    there = " ".join(_words(text.text) for text in after.texts)
    opener = _has_opener(after, known)
    lost: set[int] = set()
    for element in before.texts:
        new = reverse.get(element.number)
        if new is None or new.visible or _covered_by(element, lost):
            continue
        outermost = _outermost(element, reverse)
        if outermost.number in lost:
            continue
        lost.add(outermost.number)
        text = outermost.visible_text
        if not _is_much(text) or _stands_elsewhere(outermost, there):
            continue
        if _is_linked_elsewhere(outermost, after):
            continue
        if (opener and _is_menu(outermost)) or _takes_turns(outermost, reverse):
            continue
        yield Loss(
            element=reverse[outermost.number],
            message=f"The text {quote(text)} is hidden, and nothing was found that shows it.",
            certain=False,
        )


def _covered_by(element: Element, lost: set[int]) -> bool:
    return any(around.number in lost for around in element.ancestors())


def _outermost(element: Element, reverse: Mapping[int, Element]) -> Element:
    top = element
    for around in element.ancestors():
        new = reverse.get(around.number)
        if new is None or new.visible or around.tag in ("body", "html"):
            break
        top = around
    return top


def _takes_turns(element: Element, reverse: Mapping[int, Element]) -> bool:
    """Whether another of its kind, not seen before, is seen in its place: slides do so by
    themselves."""
    beside = element.parent.children if element.parent else []
    others = (reverse.get(one.number) for one in beside if one.tag == element.tag != "section")
    now_seen = {one.number for one in others if one is not None and one.visible}
    were_seen = {
        new.number for one in beside if one.visible and (new := reverse.get(one.number)) is not None
    }
    return bool(now_seen - were_seen)


def _is_much(text: str) -> bool:
    words = _WORDS.findall(text)
    return len(words) >= _LEAST_WORDS and sum(map(len, words)) >= _LEAST_LETTERS


def _words(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))


def _stands_elsewhere(element: Element, there: str) -> bool:
    """Whether most of its texts are on the page in another place."""
    texts = [one.text for one in (element, *element.descendants()) if one.text and one.visible]
    missing = [text for text in texts if _words(text) not in there]
    return len(missing) * 3 <= len(texts)


def _is_linked_elsewhere(element: Element, after: Snapshot) -> bool:
    """Whether it is nothing but links, and others lead to the same places."""
    texts = [one for one in (element, *element.descendants()) if one.text and one.visible]
    links = [text.closest("a") for text in texts]
    there = {
        one.attributes["href"]
        for one in after.tagged("a")
        if one.visible and one.name and one.attributes.get("href", "").strip("#")
    }
    return all(one is not None and one.attributes.get("href") in there for one in links)


_MENUS = ("nav", "header", "aside")
_MENU_ROLES = ("navigation", "menu", "menubar", "banner", "complementary", "search", "tablist")


def _is_menu(element: Element) -> bool:
    """Whether it is, is in, or holds little but what sites fold away where there is no room."""
    for one in (element, *element.ancestors()):
        if one.tag in _MENUS or one.attributes.get("role") in _MENU_ROLES:
            return True
    if element.closest("a", "button"):
        return True
    inside = [one for one in element.descendants() if one.text and one.visible]
    linked = [one for one in inside if one.closest("a", "button", "nav")]
    return len(linked) * 2 > len(inside)


def _has_opener(after: Snapshot, known: Mapping[int, Element]) -> bool:
    """Whether a control is there that may show what is folded away: a button, something that can
    be expanded, or a link that was not there before."""
    for element in after.elements:
        if not element.visible:
            continue
        if element.tag in ("button", "summary") or "aria-expanded" in element.attributes:
            return True
        if element.attributes.get("role") == "button":
            return True
        old = known.get(element.number)
        if element.tag in ("a", "label") and old is not None and not old.visible:
            return True
    return False


# Words. -----------------------------------------------------------------------------------------

_QUOTED = 40
_SAYING = re.compile(r"[^\W_]")


def quote(text: str) -> str:
    """The text's start in quotation marks."""
    return f"“{text}”" if len(text) <= _QUOTED else f"“{text[:_QUOTED].rstrip()}…”"


_ICON = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


def _says_something(element: Element) -> bool:
    """Icons of a font and bullets say nothing."""
    if _is_name_of_icon(element):
        return False
    return bool(_SAYING.search(element.text)) and element.style.get("writing-mode", "").startswith(
        "horizontal"
    )


def _is_name_of_icon(element: Element) -> bool:
    """Whether it is the name that a font draws as an icon, if it came."""
    return "icon" in element.attributes.get("class", "") and bool(_ICON.fullmatch(element.text))
