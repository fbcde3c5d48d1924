"""Using the controls of a page, one after the other: what several checks want to know of them.

The page does it by itself (`operate.js`) and puts back what changed; where it cannot, it is loaded
again. Nothing is sent and no other page is gone to (`early.js`, `measure.js`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from .page import Page
from .snapshot import Element
from .walk import Heard, ask, heard, prepare, walk

OPERATE = 'window[Symbol.for("vydno.operate")]'
"""What `operate.js` left in the page."""
PRESSES = frozenset(
    {
        "click",
        "mousedown",
        "mouseup",
        "pointerdown",
        "pointerup",
        "dblclick",
        "touchstart",
        "touchend",
    }
)
KEYS = frozenset({"keydown", "keypress", "keyup"})
NATIVE = frozenset({"a", "area", "button", "input", "select", "textarea", "summary", "option"})
"""What the browser itself lets be used by the keyboard."""
_CONTROLS = 12
_CLICKABLES = 12
_OF_A_KIND = 2
_RELOADS = 1
_SCRIPT = Path(__file__).with_name("operate.js").read_text(encoding="utf-8")

BUTTON_ROLES = frozenset({"button", "link", "checkbox", "switch", "radio", "tab", "menuitem"})
BUTTON_ROLES |= {"menuitemcheckbox", "menuitemradio", "option", "treeitem", "combobox"}
"""Roles that promise that something can be pressed."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The outermost of what a press made visible."""

    number: int
    tag: str
    role: str
    hint: str
    """Its id and its classes."""
    text: str
    controls: int
    live: bool
    """Whether a live region holds it, or is in it."""
    position: str


@dataclass(frozen=True, kw_only=True)
class Told(Shown):
    """A short text that was seen before the press, and says something else after it."""

    old: str


@dataclass(frozen=True, kw_only=True)
class Used:
    """What came of a click on one control."""

    element: Element
    focusable: bool
    native: bool
    strong: bool
    """Whether somebody would notice."""
    weak: bool
    """Whether anything in the document changed."""
    shown: Sequence[Shown]
    hidden: int
    left: Sequence[str]
    """Where it wanted to go."""
    did: Sequence[Mapping[str, str]]
    focus: int
    """Number of the element with the focus afterwards."""
    lost: bool
    """Whether the focus is on nothing afterwards."""
    gone: bool
    """Whether the control is."""
    dialog: Mapping[str, bool] | None
    expanded: tuple[str | None, str | None]
    """`aria-expanded` before and after."""
    name: tuple[str, str]
    undone: str
    """`again` when the same press took it back."""
    told: Sequence[Told]
    said: tuple[str, str]
    """`aria-checked` and `aria-pressed` before and after."""
    turned: bool
    """Whether it looks different after one press, and as before after the next."""
    keys: Mapping[str, bool] = field(default_factory=dict)
    """Of what is no native control: whether the key did something, too."""


def ready(page: Page) -> None:
    """See to it that `operate.js` is in the page.

    The walk comes first: where something had the focus, Tab goes on from there. A script can only
    take it back to the body, from where a positive `tabindex` is passed over.
    """
    page.once(walk)
    ask(page, f"() => {{ {_SCRIPT} }}")


def used(page: Page) -> Mapping[int, Used]:
    """What clicks do, by number of the element; ask with `page.once(used)`."""
    listening = page.once(heard)
    wanted = [*_some(controls(page, listening), _CONTROLS, listening)]
    wanted += _some(clickables(page, listening), _CLICKABLES, listening)
    found = dict[int, Used]()
    for row in operated(page, "operate", [element.number for element in wanted]):
        keys = row.get("keys") or {}
        found[row["number"]] = _used(page, row, keys)
    return found


def operated(page: Page, function: str, wanted: Sequence[Any]) -> list[Any]:
    """Call a function of `operate.js` with all that is wanted; where a change cannot be undone the
    page is loaded again, and the rest is tried there."""
    if not wanted:
        return []
    page.once(ready)
    found: list[Any] = []
    left = list(wanted)
    for again in range(_RELOADS + 1):
        answer = ask(page, f"(wanted) => {OPERATE}.{function}(wanted)", left)
        found += answer["found"]
        if not answer["dirty"]:
            break
        if not renewed(page):
            return []
        if not answer["found"]:
            break
        # The one that could not be undone is the last that was tried.
        last = answer["found"][-1]
        tried = last["number"] if isinstance(last, dict) else last
        left = left[_place(left, tried) + 1 :]
        if not left or again == _RELOADS:
            break
    return found


def _place(left: Sequence[Any], tried: Any) -> int:
    keys = [one[0] if isinstance(one, list) else one for one in left]
    key = tried[0] if isinstance(tried, list) else tried
    return keys.index(key) if key in keys else len(left)


def renewed(page: Page) -> bool:
    """Load the page again, with the scripts in it. Says whether its elements are the same."""
    same = page.reopen()
    prepare(page)
    ask(page, f"() => {{ {_SCRIPT} }}")
    return same


def _used(page: Page, row: Mapping[str, Any], keys: Mapping[str, bool]) -> Used:
    return Used(
        element=page.snapshot.elements[row["number"]],
        focusable=row["focusable"],
        native=row["native"],
        strong=row["strong"],
        weak=row["weak"],
        shown=[Shown(**one) for one in row["shown"]],
        hidden=row["hidden"],
        left=row["left"],
        did=row["did"],
        focus=row["focus"],
        lost=row["lost"],
        gone=row["gone"],
        dialog=row["dialog"],
        expanded=(row["expanded"][0], row["expanded"][-1]),
        name=(row["name"][0], row["name"][-1]),
        undone=row["undone"],
        told=[Told(**one) for one in row["told"]],
        said=(row["said"][0], row["said"][-1]),
        turned=row["turned"],
        keys=keys,
    )


def _some(elements: Iterable[Element], most: int, listening: Heard) -> list[Element]:
    """A few of each kind, the first of every kind before the second of any."""
    kinds: dict[tuple[Any, ...], list[Element]] = {}
    for element in elements:
        alike = kinds.setdefault(_kind(element, listening), [])
        if len(alike) < _OF_A_KIND:
            alike.append(element)
    rounds = zip_longest(*kinds.values())
    chosen = [element for together in rounds for element in together if element is not None][:most]
    return sorted(chosen, key=lambda element: element.number)


def _kind(element: Element, listening: Heard) -> tuple[Any, ...]:
    names = ("role", "class", "type", "onclick", "aria-haspopup")
    own = tuple(element.attributes.get(name, "") for name in names)
    around = element.parent.attributes.get("class", "") if element.parent else ""
    return (element.tag, *own, around, listening.of(element), "id" in element.attributes)


def is_disabled(element: Element) -> bool:
    """Whether it says that it cannot be used now."""
    return "disabled" in element.attributes or element.attributes.get("aria-disabled") == "true"


def controls(page: Page, listening: Heard) -> Iterator[Element]:
    """What has the focus and may do something in the page when it is pressed."""
    for element in page.snapshot.elements:
        if not element.visible or element.tab_index < 0 or is_disabled(element):
            continue
        if element.flags & _IGNORED or "download" in element.attributes:
            continue
        if _may_act(element, listening):
            yield element


_IGNORED = 8
_PROMISES = ("aria-expanded", "aria-haspopup", "aria-controls", "popovertarget", "command")


def _may_act(element: Element, listening: Heard) -> bool:
    own = bool(listening.of(element) & (PRESSES | KEYS))
    promising = any(name in element.attributes for name in _PROMISES)
    around = bool(listening.above(element) & PRESSES)
    match element.tag:
        case "summary":
            return True
        case "a" if "href" in element.attributes:
            target = element.attributes["href"].strip()
            inert = target == "#" or target.lower().startswith("javascript:")
            return own or inert or (promising and (own or around))
        case "input":
            return element.attributes.get("type") == "button" and (own or around)
        case "button":
            return not _submits(element) and (own or promising or around)
        case "select" | "textarea" | "iframe" | "video" | "audio" | "area" | "embed" | "object":
            return False
    return own or "tabindex" in element.attributes


def _submits(element: Element) -> bool:
    if element.attributes.get("type", "submit").strip().lower() not in ("submit", "reset"):
        return False
    return "form" in element.attributes or element.closest("form") is not None


def clickables(page: Page, listening: Heard) -> Iterator[Element]:
    """What answers to a pointer, as far as can be told, and cannot have the focus."""
    focusable = _holding(page.snapshot.elements)
    for element in page.snapshot.elements:
        if not element.visible or element.tab_index >= 0 or is_disabled(element):
            continue
        if element.tag in _NEVER or element.number in focusable:
            continue
        own = bool(listening.of(element) & PRESSES)
        role = element.attributes.get("role", "") in BUTTON_ROLES
        # Arrow keys go to those: another check's.
        if role and element.focusable:
            continue
        if (own or role or _looks(element, listening)) and not _inside_control(element):
            yield element


_NEVER = {"html", "body", "label", "option", "optgroup", "video", "audio", "form", "main", "iframe"}
_NEVER |= {"canvas", "fieldset", "legend", "select", "input", "textarea", "button", "dialog"}


def _holding(elements: Sequence[Element]) -> set[int]:
    """Numbers of the elements that hold something focusable: they may only hand on its clicks."""
    found: set[int] = set()
    for element in elements:
        if element.focusable:
            for outer in element.ancestors():
                if outer.number in found:
                    break
                found.add(outer.number)
    return found


def _inside_control(element: Element) -> bool:
    return any(
        outer.tab_index >= 0 or outer.tag in ("label", "summary") for outer in element.ancestors()
    )


def _looks(element: Element, listening: Heard) -> bool:
    """Whether it has the hand of a link, which what is around it has not, and somebody listens."""
    if element.style.get("cursor") != "pointer" or element.parent is None:
        return False
    if element.parent.style.get("cursor") == "pointer":
        return False
    return bool(listening.above(element) & PRESSES)


# Menus and lists. -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Popup:
    """A menu or a list that a control opened, and what the arrow keys did in it."""

    opener: Element
    role: str
    reachable: bool
    """Whether Tab reaches all of its items."""
    acted: bool
    """Whether one of two presses of the down arrow did something."""


_POPUPS = 3
_DOWNS = 2
_LISTS = ("menu", "listbox", "tree", "grid")


def opened_popups(page: Page) -> list[Popup]:
    """What buttons and comboboxes open; ask with `page.once(opened_popups)`."""
    openers = [one.element for one in page.once(used).values() if _brings_list(one)]
    numbers = {one.number for one in openers}
    openers += [
        one for one in page.snapshot.elements if _is_combobox(one) and one.number not in numbers
    ]
    return [found for one in openers[:_POPUPS] if (found := _popup(page, one))]


def _brings_list(one: Used) -> bool:
    return one.focusable and not one.dialog and any(shown.role in _LISTS for shown in one.shown)


def _is_combobox(element: Element) -> bool:
    if element.attributes.get("role", "").strip() != "combobox" or not element.visible:
        return False
    return element.tab_index >= 0 and element.tag != "select" and not is_disabled(element)


def _popup(page: Page, opener: Element) -> Popup | None:
    page.once(ready)
    known = ask(page, f"(number) => {OPERATE}.popup(number)", opener.number)
    if not known["role"]:
        if known["dirty"]:
            renewed(page)
        return None
    acted = False
    for _ in range(_DOWNS):
        page.driver.press("ArrowDown")
        acted = bool(ask(page, f"() => {OPERATE}.stirred()"))
        if acted:
            break
    if ask(page, f"() => {OPERATE}.fold()")["dirty"]:
        renewed(page)
    return Popup(opener=opener, role=known["role"], reachable=known["reachable"], acted=acted)


# With real keys. --------------------------------------------------------------------------------


def does(page: Page, element: Element, *keys: str) -> bool:
    """Whether any of the keys, really pressed, does something while the element has the focus."""
    page.once(ready)
    for key in keys:
        ask(page, f"(number) => {OPERATE}.ready(number)", element.number)
        page.driver.press(key)
        answer = ask(page, f"(number) => {OPERATE}.came(number)", element.number)
        if answer["dirty"]:
            renewed(page)
        if answer["acted"]:
            return True
    return False


@dataclass(frozen=True, kw_only=True)
class Dialog:
    """What a dialog did when it was opened, tabbed through and closed by real keys."""

    opener: Element
    sure: bool
    """Whether it says that it is one."""
    modal: bool
    """Whether the page behind cannot be used."""
    native: bool
    """Whether the browser keeps the focus in."""
    entered: bool
    """Whether opening it put the focus in."""
    inside: int
    """How many stops of Tab it has."""
    left: bool
    """Whether Tab went out of it, onto the page behind."""
    stuck: bool
    """Whether what closes it is out of the keyboard's reach."""
    escaped: bool
    """Whether Escape closed it."""
    shut: bool
    """Whether it could be closed at all."""
    back: bool
    """Whether the focus went back to the opener."""
    lost: bool
    """Whether it is on nothing."""


_DIALOGS = 3


def dialogs(page: Page) -> list[Dialog]:
    """The dialogs that controls of the page open; ask with `page.once(dialogs)`."""
    openers = [one for one in page.once(used).values() if one.dialog and one.focusable]
    return [found for one in openers[:_DIALOGS] if (found := _dialog(page, one.element))]


def _dialog(page: Page, opener: Element) -> Dialog | None:
    page.once(ready)
    known = ask(page, f"(number) => {OPERATE}.open(number)", opener.number)
    if known is None:
        return None
    left = not known["native"] and known["entered"] and _tabs_out(page, known["inside"])
    if known["entered"]:
        ask(page, f"() => {OPERATE}.enter()")
    page.driver.press("Escape")
    after = ask(page, f"() => {OPERATE}.closed()")
    if after["dirty"]:
        renewed(page)
    names = ("sure", "modal", "native", "entered", "inside", "stuck")
    ends = ("escaped", "shut", "back", "lost")
    return Dialog(
        opener=opener,
        left=left,
        **{name: known[name] for name in names},
        **{name: after[name] for name in ends},
    )


def _tabs_out(page: Page, stops: int) -> bool:
    for key in ("Tab", "Shift+Tab"):
        for _ in range(min(stops, 15) + 1):
            page.driver.press(key)
            outside = ask(page, f"() => !{OPERATE}.inDialog() && !{OPERATE}.onPage()")
            if outside:
                return True
    return False
