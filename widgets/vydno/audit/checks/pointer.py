"""Pointer: how large targets are, whether they have the names they show, and what is dragged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..losses import quote
from ..page import Page
from ..pointing import (
    LEAST,
    controls,
    flows_in_text,
    is_control,
    is_hardly_styled,
    is_undersized,
    too_small,
)
from ..reading import BUTTON_TYPES, Reading, is_field, read
from ..saying import Said, label_of, says, words
from ..showing import counterparts
from ..snapshot import Element
from ..variants import Variant
from ..walk import Heard, heard
from ..words import mentions
from .check import LAYOUT, Found, Rendition, check, fails, needs_review

# Size. ------------------------------------------------------------------------------------------

_SIZE_FIX = f"Give it at least {LEAST} × {LEAST} CSS px, or more room around it."
_NEEDED = f"{LEAST} × {LEAST} px, or as much room around its centre"


@check(
    "target-small-narrow",
    criteria=["2.5.8"],
    title="Targets are too small on a narrow page",
    method=f"Links, buttons and fields at a width of 320 CSS px: {LEAST} × {LEAST} px, or a circle "
    f"of {LEAST} px that meets no other target. Those that are so at full width too are axe's.",
    limits="Whether another control does the same, or whether the size matters, a machine cannot "
    "know; links in a line of text are left out.",
    fix=_SIZE_FIX,
    broken="<style>a { display: block; padding: 1em } @media (max-width: 600px) { a { padding: 0; "
    'font: 12px/12px serif } }</style><a href="#a">One</a><a href="#b">Two</a>',
    sound="<style>a { display: block; padding: 1em } @media (max-width: 600px) { a { padding: .5em "
    '} }</style><a href="#a">One</a><a href="#b">Two</a>',
    rendition=Rendition.NARROW,
    depends_on=["text_scale"],
)
def target_small_narrow(page: Page, _: Variant) -> Iterator[Found]:
    wide = controls(page.as_is)
    numbers = {element.number for element in wide}
    before = {element.number for element in too_small(wide, wide)}
    known = counterparts(page.as_is, page.snapshot)
    every = controls(page.snapshot)
    for element in too_small(every, every):
        old = known.get(element.number)
        if old is None or old.number in before or not old.visible:
            continue
        # What flows in text at one of the widths may do so by the criterion's exception.
        doubtful = flows_in_text(old, numbers) or is_hardly_styled(element)
        yield (needs_review if doubtful else fails)(
            element,
            "At 320 CSS px this target is too small, and too near to the next one.",
            measured=_size(element),
            needed=_NEEDED,
        )


@check(
    "target-small",
    criteria=["2.5.8"],
    title="What reacts to clicks is too small",
    method=f"Elements without a role, or that cannot be focused, to which scripts listen for "
    f"clicks: {LEAST} × {LEAST} CSS px, or a circle of {LEAST} px that meets no other target. "
    "Links, buttons and fields are axe's.",
    limits="A listener may do nothing that a visitor wants.",
    fix=_SIZE_FIX,
    broken='<span style="display: inline-block; width: 12px" onclick="go(1)">1</span>'
    '<span style="display: inline-block; width: 12px" onclick="go(2)">2</span>',
    sound='<span style="display: inline-block; padding: 1em" onclick="go(1)">1</span>'
    '<span style="display: inline-block; padding: 1em" onclick="go(2)">2</span>',
    depends_on=LAYOUT,
)
def target_small(page: Page, _: Variant) -> Iterator[Found]:
    listening = page.once(heard)
    clicked = [one for one in page.snapshot.elements if _is_clicked(one, listening)]
    inner = {one.number for one in clicked}
    clicked = [one for one in clicked if not _holds_targets(one, inner)]
    kinds: dict[object, list[Element]] = {}
    for element in too_small([*controls(page.snapshot), *clicked], clicked):
        kind = element.attributes.get("class") or element.number
        kinds.setdefault((element.tag, kind), []).append(element)
    for element, *alike in kinds.values():
        more = f" (and {len(alike)} more like it)" if alike else ""
        yield needs_review(
            element,
            f"It reacts to clicks, is too small, and too near to another target{more}.",
            measured=_size(element),
            needed=_NEEDED,
        )


_CLICKS = {"click", "mousedown", "mouseup", "pointerdown", "pointerup"}


def _is_clicked(element: Element, listening: Heard) -> bool:
    if not element.visible or is_control(element) or element.tag in ("html", "body", "label"):
        return False
    if not is_undersized(element):
        return False
    inline = any(f"on{kind}" in element.attributes for kind in _CLICKS)
    return (inline or bool(listening.of(element) & _CLICKS)) and not any(
        is_control(around) for around in element.ancestors()
    )


def _holds_targets(element: Element, clicked: set[int]) -> bool:
    return any(
        one.number in clicked or (is_control(one) and one.visible) for one in element.descendants()
    )


def _size(element: Element) -> str:
    return f"{element.box.width:.0f} × {element.box.height:.0f} px"


# Label in name. ---------------------------------------------------------------------------------

_LABELLED = {"button", "checkbox", "link", "menuitem", "menuitemcheckbox", "menuitemradio"}
_LABELLED |= {"option", "radio", "switch", "tab", "treeitem"}
"""Roles whose content is their label; that of a list or a field is its value."""
_CARD = 8
"""Words from which the text in a link is more than its label."""


@check(
    "label-not-in-name",
    criteria=["2.5.3"],
    title="The name does not say what the label shows",
    method="The text seen in a link, button or other control, or in the label of a field, is held "
    "against the accessible name, word by word: case, punctuation, icons, hidden parts and what "
    "stands in brackets do not count. Where the words are shortened or parted in another way, or "
    "where the text is long, a person must decide.",
    limits="Text in pictures is not read. Single letters and signs are taken for symbols.",
    fix="Begin the name with the label; best drop `aria-label` and let the label be the name.",
    broken='<button aria-label="Submit the form">Send</button>',
    sound='<button aria-label="Send the form">Send</button>',
)
def label_not_in_name(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for element in page.snapshot.elements:
        if not element.visible or not element.exposed or not _is_named_apart(element):
            continue
        label = _label(element, reading)
        if not _is_words(label) or not element.name:
            continue
        said = says(element.name, label)
        if said is Said.ALL or (_is_card(label) and says(label, element.name) is Said.ALL):
            continue
        certain = said is not Said.SHORTENED and not _is_card(label) and _is_long_enough(label)
        yield (fails if certain else needs_review)(
            element,
            f"It shows {quote(label)} and is called {quote(element.name)}: who says what is "
            "seen does not reach it.",
            measured=f"name {quote(element.name)}",
            needed=f"a name with {quote(label)} in it",
        )


def _is_named_apart(element: Element) -> bool:
    """Whether its name is written somewhere else than its label."""
    named = element.attributes.get("aria-label") or element.attributes.get("aria-labelledby")
    if is_field(element):
        return bool(named)
    if element.tag == "input":
        return bool(named)
    return bool(named) and element.role in _LABELLED


def _label(element: Element, reading: Reading) -> str:
    if is_field(element):
        seen = [one for one in reading.labels_of(element) if one.visible]
        return " ".join(label_of(one, reading) for one in seen)
    if element.tag == "input" and element.attributes.get("type", "").lower() in BUTTON_TYPES:
        return element.attributes.get("value", "")
    return label_of(element, reading)


def _is_words(label: str) -> bool:
    """Whether it is more than a symbol: an ×, a B for bold, a number of something."""
    letters = re.findall(r"[^\W\d_]", label)
    return len(letters) >= 2 and bool(words(label))


def _is_long_enough(label: str) -> bool:
    """Abbreviations such as EN or UA may stand for what the name says."""
    return len(re.findall(r"[^\W\d_]", label)) > 2


def _is_card(label: str) -> bool:
    return len(words(label)) > _CARD


# Dragging. --------------------------------------------------------------------------------------

_START = {"mousedown", "pointerdown", "touchstart", "dragstart"}
_MOVE = {"mousemove", "pointermove", "touchmove", "drag", "dragover"}
_GRABBING = {"move", "grab", "ew-resize", "ns-resize", "col-resize", "row-resize"}
_DRAG_NAMES = re.compile(
    r"\b(?:ui-draggable|ui-sortable|sortable|draggable|gu-|drag-?handle|rbd-draggable|dnd)\b"
)


@check(
    "drag-only",
    criteria=["2.5.7"],
    title="Something is moved by dragging, and maybe by nothing else",
    method="Elements with `draggable`, and those to which scripts listen for a press, and for "
    "moves or with a cursor that grabs, without a button near them that moves things, and without "
    "a native control.",
    limits="What else moves them may be elsewhere on the page: try it without dragging.",
    fix="Add buttons, such as “up” and “down”, or let things be picked and put by single presses.",
    broken='<ul><li draggable="true">First</li><li draggable="true">Second</li></ul>',
    sound='<ul><li draggable="true">First <button>Move down</button></li>'
    '<li draggable="true">Second <button>Move up</button></li></ul>',
)
def drag_only(page: Page, _: Variant) -> Iterator[Found]:
    listening = page.once(heard)
    said: set[int] = set()
    for element in page.snapshot.elements:
        if not element.visible or not _is_dragged(element, listening):
            continue
        around = element.parent or element
        if around.number in said or _can_be_moved(around):
            continue
        # The thumb of a slider goes where its track is pressed.
        if element.role == "slider" and listening.of(around) & (_START | {"click"}):
            continue
        said.add(around.number)
        yield needs_review(
            element,
            "It is moved by dragging; nothing was found that moves it by single presses.",
            needed="another way, by single presses",
        )


@check(
    "swipe-only",
    criteria=["2.5.1"],
    title="Something is moved by a stroke of the finger, and maybe by nothing else",
    method="Larger elements to which scripts listen for where a touch begins and where it goes or "
    "ends, and neither for clicks nor for keys, without a button in them or beside them.",
    limits="Whether the stroke does anything of use, and what else does it, a person must try.",
    fix="Add buttons, such as “previous” and “next”.",
    broken='<div id="photos" style="height: 200px">The square at night</div><script>let x = 0; '
    "photos.ontouchstart = (event) => { x = event.touches[0].clientX }; photos.ontouchend = () => "
    "{ x = 0 }</script>",
    sound='<div id="photos" style="height: 200px; overflow-x: auto">The square at night</div>',
)
def swipe_only(page: Page, _: Variant) -> Iterator[Found]:
    listening = page.once(heard)
    for element in page.snapshot.elements:
        if not element.visible or element.box.area < _SURFACE or element.tag in _SURFACES:
            continue
        kinds = listening.of(element)
        if "touchstart" not in kinds or not kinds & {"touchend", "touchmove"}:
            continue
        if kinds & {"click", "keydown"} or _has_buttons(element.parent or element):
            continue
        yield needs_review(
            element,
            "It follows a stroke of the finger; nothing was found that does the same by a press.",
            needed="a way without a path, such as two buttons",
        )


_SURFACE = 5_000
_SURFACES = {
    "html",
    "body",
    "a",
    "button",
    "input",
    "textarea",
    "canvas",
    "video",
    "audio",
    "label",
}


def _has_buttons(around: Element) -> bool:
    return any(
        one.tag in ("button", "input", "summary") or one.role in ("button", "tab", "slider")
        for one in around.descendants()
        if one.visible
    )


@check(
    "moved-by-device",
    criteria=["2.5.4"],
    title="A script follows the motion of the device",
    method="Scripts that listen to `devicemotion` or `deviceorientation`.",
    limits="What it does then, whether something else does the same, and whether it can be turned "
    "off, a person must try.",
    fix="Let a control do the same, and let people turn the motion off.",
    broken="<p>Shake to undo.</p><script>addEventListener('devicemotion', () => {})</script>",
    sound="<p><button type=button>Undo</button></p>",
)
def moved_by_device(page: Page, _: Variant) -> Iterator[Found]:
    found = page.once(heard).around & {"devicemotion", "deviceorientation"}
    if found and page.snapshot.body is not None:
        yield needs_review(
            page.snapshot.body,
            "A script follows the motion of the device.",
            measured=", ".join(sorted(found)),
            needed="the same by a control, and a way to turn it off",
        )


def _is_dragged(element: Element, listening: Heard) -> bool:
    if element.attributes.get("draggable") == "true":
        # Pictures and links can be dragged everywhere; that serves no purpose of the page.
        return element.tag not in ("img", "a")
    if element.tag in ("html", "body", "input", "select", "textarea", "canvas", "video"):
        return False
    kinds = {kind for kind in _START | _MOVE if f"on{kind}" in element.attributes}
    kinds |= listening.of(element)
    pressed = bool(kinds & _START)
    grabs = element.style.get("cursor") in _GRABBING
    if pressed and kinds & _MOVE:
        # Diagrams follow the pointer to show what is under it.
        return grabs or not any(child.tag in ("svg", "canvas") for child in element.children)
    marked = _DRAG_NAMES.search(element.attributes.get("class", "").lower())
    return pressed and (grabs or bool(marked))


def _can_be_moved(around: Element) -> bool:
    for count, one in enumerate(around.descendants()):
        if count > 500:
            return False
        if one.tag in ("button", "select", "input", "a") or one.role == "button":
            text = " ".join([one.name, one.text, one.attributes.get("title", "")])
            if mentions("move", text) or one.tag == "select" or _is_number_or_range(one):
                return True
    return False


def _is_number_or_range(element: Element) -> bool:
    return element.attributes.get("type") in ("number", "range", "file")


# Pressing. --------------------------------------------------------------------------------------


@check(
    "acts-on-press",
    criteria=["2.5.2"],
    title="Something happens when the pointer goes down",
    method="Buttons, links and other controls to which scripts listen for the press and neither "
    "for the click nor for the release.",
    limits="What happens may be a sound that ends with the release, as a piano's, or be undone by "
    "it.",
    fix="Listen for `click`.",
    broken='<button onmousedown="send()">Send</button>',
    sound='<button onclick="send()">Send</button>',
)
def acts_on_press(page: Page, _: Variant) -> Iterator[Found]:
    listening = page.once(heard)
    for element in controls(page.snapshot):
        if is_field(element):
            continue
        kinds = set(listening.of(element))
        kinds |= {kind for kind in _DOWN | _UP if f"on{kind}" in element.attributes}
        written = element.attributes.get("onmousedown") or element.attributes.get("ontouchstart")
        if kinds & _DOWN and not kinds & _UP and (written or not kinds & _MOVE):
            yield needs_review(
                element,
                "It listens for the press, and neither for the click nor for the release.",
                measured=", ".join(sorted(kinds & _DOWN)),
                needed="an action on release, so that it can be taken back",
            )


_DOWN = {"mousedown", "pointerdown", "touchstart"}
_UP = {"click", "mouseup", "pointerup", "touchend", "submit"}
