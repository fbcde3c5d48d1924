"""Widgets, by what their roles promise: dialogs, disclosures, and those moved in by arrow keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..operate import (
    Dialog,
    Shown,
    Told,
    Used,
    dialogs,
    does,
    is_disabled,
    opened_popups,
    operated,
    used,
)
from ..page import Page
from ..snapshot import Element
from ..submitting import Submitted, submitted
from ..variants import Variant
from ..words import mentions
from .check import Found, check, fails, needs_review

# Dialogs. ---------------------------------------------------------------------------------------

_SCRIPT = "<script>function show() { box.hidden = false; inner.focus() } function shut() "
_SCRIPT += "{ box.hidden = true; opener.focus() } addEventListener('keydown', (event) => { if "
_SCRIPT += "(event.key === 'Escape') shut() })</script>"
_OPENER = '<button type="button" id="opener" onclick="show()">Write to us</button>'
_DIALOG = '<div id="box" role="dialog" aria-label="Letter" hidden style="position: fixed; inset: '
_DIALOG += '2rem; background: #fff"><button type="button" id="inner" onclick="shut()">Close'
_DIALOG += "</button></div>"
_MODAL = '<button type="button" onclick="box.showModal()">Write to us</button><dialog id="box" '
_MODAL += 'aria-label="Letter"><form method="dialog"><button>Close</button></form></dialog>'


@check(
    "dialog-not-entered",
    criteria=["2.4.3"],
    title="A dialog opens and the focus stays behind",
    method="Controls are pressed. When a dialog opens, or something that looks like one, the "
    "focus must be in it within half a second.",
    limits="What is no dialog by its role and only lies over the page is left to a person.",
    fix="Use <dialog> and showModal(), or focus its first control or its heading.",
    broken=_OPENER + _DIALOG + _SCRIPT.replace("; inner.focus()", ""),
    sound=_MODAL,
    acts=True,
)
def dialog_not_entered(page: Page, _: Variant) -> Iterator[Found]:
    for dialog in page.once(dialogs):
        if not dialog.entered:
            said = "The dialog that it opens does not get the focus."
            known = dialog.sure and dialog.modal
            yield fails(dialog.opener, said) if known else needs_review(dialog.opener, said)


@check(
    "dialog-focus-leaves",
    criteria=["2.4.3"],
    title="The focus leaves an open dialog",
    method="In dialogs that lie over the whole page Tab and Shift+Tab are pressed once more than "
    "there are stops. The focus must not go to the page behind.",
    limits="Dialogs that leave the page usable are not judged.",
    fix="Use <dialog> and showModal(), or make what is behind `inert`.",
    broken=_OPENER
    + _DIALOG.replace('role="dialog"', 'role="dialog" aria-modal="true"')
    + '<a href="/behind">Behind</a>'
    + _SCRIPT,
    sound=_MODAL + '<a href="/behind">Behind</a>',
    acts=True,
)
def dialog_focus_leaves(page: Page, _: Variant) -> Iterator[Found]:
    for dialog in page.once(dialogs):
        if dialog.modal and dialog.left:
            said = "Tab leads out of the dialog that it opens, to what is covered."
            yield fails(dialog.opener, said) if dialog.sure else needs_review(dialog.opener, said)


@check(
    "dialog-without-escape",
    criteria=["2.1.2"],
    title="Escape does not close a dialog",
    method="Dialogs are opened and Escape is pressed in them.",
    limits="Where a button closes the dialog no criterion is broken; people expect Escape still.",
    fix="Use <dialog> and showModal(), or close it on Escape.",
    broken=_OPENER + _DIALOG + _SCRIPT.replace("'Escape'", "'Q'"),
    sound=_MODAL,
    acts=True,
)
def dialog_without_escape(page: Page, _: Variant) -> Iterator[Found]:
    for dialog in page.once(dialogs):
        if not dialog.escaped:
            yield needs_review(dialog.opener, "Escape does not close the dialog that it opens.")


@check(
    "dialog-close-unreachable",
    criteria=["2.1.1"],
    title="What closes a dialog is not reached by the keyboard",
    method="In an open dialog, what is named like something to close it and answers to clicks "
    "must be a stop of the Tab key, or something else that closes it must be.",
    limits="Such controls are known by their names and classes.",
    fix="Make it a <button>.",
    broken=_OPENER
    + _DIALOG.replace(
        '<button type="button" id="inner"', '<a href="#a">More</a><span id="inner"'
    ).replace("</button></div>", "</span></div>")
    + _SCRIPT,
    sound=_MODAL,
    acts=True,
)
def dialog_close_unreachable(page: Page, _: Variant) -> Iterator[Found]:
    for dialog in page.once(dialogs):
        if dialog.stuck:
            said = "What closes the dialog that it opens can be clicked and not reached by Tab."
            yield (
                needs_review(dialog.opener, said) if dialog.escaped else fails(dialog.opener, said)
            )


@check(
    "dialog-focus-not-returned",
    criteria=["2.4.3"],
    title="The focus does not come back when a dialog closes",
    method="Dialogs are opened by a control and closed by Escape or by their own button. The "
    "focus must be on the control again.",
    limits="Where the focus goes elsewhere for a reason, a person must decide.",
    fix="Use <dialog>, which does it, or focus the control again.",
    broken=_OPENER + _DIALOG + _SCRIPT.replace("; opener.focus()", ""),
    sound=_MODAL,
    acts=True,
)
def dialog_focus_not_returned(page: Page, _: Variant) -> Iterator[Found]:
    for dialog in page.once(dialogs):
        if not dialog.shut or dialog.back or not dialog.entered:
            continue
        yield _not_returned(dialog)


def _not_returned(dialog: Dialog) -> Found:
    if dialog.lost:
        return needs_review(dialog.opener, "The focus is on nothing when its dialog is closed.")
    return needs_review(dialog.opener, "The focus is elsewhere when its dialog is closed.")


# Disclosures. -----------------------------------------------------------------------------------

_LIST = '<ul id="list" hidden><li>First<li>Second</ul>'


@check(
    "expanded-not-updated",
    criteria=["4.1.2"],
    title="aria-expanded does not say what is so",
    method="Controls with `aria-expanded` are pressed. When that shows or hides something the "
    "value must change.",
    limits="What opens elsewhere, such as a dialog, is left out.",
    fix="Set aria-expanded to true when it opens and to false when it closes.",
    broken='<button type="button" aria-expanded="false" onclick="list.hidden = !list.hidden">'
    f"Departments</button>{_LIST}",
    sound='<button type="button" aria-expanded="false" onclick="list.hidden = !list.hidden; '
    f'this.ariaExpanded = String(!list.hidden)">Departments</button>{_LIST}',
    acts=True,
)
def expanded_not_updated(page: Page, _: Variant) -> Iterator[Found]:
    for one in page.once(used).values():
        before, after = one.expanded
        if before not in ("true", "false") or one.dialog or one.left or one.gone:
            continue
        if before == after and _toggles(one):
            said = "It shows or hides something, and aria-expanded stays as it was."
            yield fails(one.element, said, measured=f"{before} before and after")


def _toggles(one: Used) -> bool:
    """Whether one press shows or hides something, and the next takes it back."""
    return bool(one.shown) != bool(one.hidden) and one.undone == "again"


@check(
    "toggle-without-state",
    criteria=["4.1.2"],
    title="A control shows and hides something and does not say so",
    method="Controls are pressed twice. When the first press shows something and the second hides "
    "it, the control needs `aria-expanded`, another state, or a name that changes.",
    limits="What is a message rather than a part of the page, a person must decide.",
    fix="Set aria-expanded on the control, or use <details> and <summary>.",
    broken='<button type="button" onclick="list.hidden = !list.hidden">Departments</button>'
    f"{_LIST}",
    sound="<details><summary>Departments</summary><ul><li>First<li>Second</ul></details>",
    acts=True,
)
def toggle_without_state(page: Page, _: Variant) -> Iterator[Found]:
    for one in page.once(used).values():
        element = one.element
        if one.dialog or not one.focusable or not _toggles(one) or element.tag == "summary":
            continue
        if one.expanded != (None, None) or one.name[0] != one.name[1]:
            continue
        if any(name in element.attributes for name in _STATES) or _has_state_inside(element):
            continue
        yield needs_review(element, "It shows and hides something, and says no state.")
    for one in page.once(used).values():
        if _is_silent_toggle(one):
            said = "It looks different after one press, and as before after the next, and says no "
            yield needs_review(one.element, f"{said}state.")


def _is_silent_toggle(one: Used) -> bool:
    element = one.element
    if not one.turned or not one.focusable or one.shown or one.hidden or one.dialog or one.left:
        return False
    if element.role not in ("button", "") or "href" in element.attributes:
        return False
    if one.name[0] != one.name[1] or one.expanded != (None, None) or one.told:
        return False
    return not any(name in element.attributes for name in _STATES) and not _has_state_inside(
        element
    )


@check(
    "state-not-updated",
    criteria=["4.1.2"],
    title="A switch is turned and says that it was not",
    method="Controls with `aria-pressed`, and switches and checkboxes by their role, are pressed "
    "twice. When they look different after the first press and as before after the second, "
    "`aria-checked` or `aria-pressed` must have changed too.",
    limits="What is shown elsewhere than in the control is not compared.",
    fix="Set aria-checked or aria-pressed with every press, or use <input type=checkbox>.",
    broken='<style>.on { background: #036; color: #fff }</style><button type="button" '
    'aria-pressed="false" onclick="this.classList.toggle(\'on\')">Large map</button>',
    sound="<style>[aria-pressed=true] { background: #036; color: #fff }</style><button "
    'type="button" aria-pressed="false" onclick="this.ariaPressed = '
    "String(this.ariaPressed !== 'true')\">Large map</button>",
    acts=True,
)
def state_not_updated(page: Page, _: Variant) -> Iterator[Found]:
    for one in page.once(used).values():
        element = one.element
        role = element.attributes.get("role", "").strip()
        stateful = role in _SWITCHES or "aria-pressed" in element.attributes
        if not stateful or element.tag == "input" or one.left or one.dialog:
            continue
        # A button whose name changes with it says its state by the name.
        renamed = role not in _SWITCHES and one.name[0] != one.name[1]
        if one.said[0] == one.said[1] and one.turned and not renamed:
            said = "A press turns it and the next turns it back, and its state stays as it was."
            yield fails(element, said, measured=f"{one.said[0].strip(',')} before and after")


_SWITCHES = {"switch", "checkbox", "menuitemcheckbox"}


_STATES = (
    "aria-pressed",
    "aria-selected",
    "aria-checked",
    "aria-haspopup",
    "aria-current",
    "popovertarget",
    "command",
)


def _has_state_inside(element: Element) -> bool:
    around = [*element.descendants(), *([element.parent] if element.parent else [])]
    return any("aria-expanded" in one.attributes for one in around)


@check(
    "message-not-announced",
    criteria=["4.1.3"],
    title="A message appears that nobody hears of",
    method="Controls are pressed, and forms that a script handles are sent empty, without leaving "
    "the page. A short text that then appears or changes, without a control in it, and that is a "
    "message by its class, its words or as a counter, must be in a live region or have the focus, "
    "or a field with the focus must refer to it.",
    limits="Texts are known as messages by their classes, ids and words only.",
    fix='Put the text into an element with role="status" or role="alert" that is there before.',
    broken='<button type="button" onclick="note.textContent = \'Saved.\'">Save</button>'
    '<p id="note" class="message"></p>',
    sound='<button type="button" onclick="note.textContent = \'Saved.\'">Save</button>'
    '<p id="note" class="message" role="status"></p>',
    acts=True,
)
def message_not_announced(page: Page, _: Variant) -> Iterator[Found]:
    for one in page.once(used).values():
        if one.dialog or one.expanded != (None, None) or len(one.shown) > 3:
            continue
        told = next(filter(None, (_untold(shown, one) for shown in (*one.shown, *one.told))), "")
        if told:
            yield needs_review(
                one.element,
                "Pressing it brings a message that is in no live region.",
                measured=told[:80],
            )
    for sent in page.once(submitted):
        told = next(
            (shown.text for shown in (*sent.shown, *sent.told) if _is_missed(shown, sent)), ""
        )
        if told:
            yield needs_review(
                sent.form,
                "Sending it brings a message that is in no live region.",
                measured=told[:80],
            )


def _untold(shown: Shown, one: Used) -> str:
    """The text, where it is a message that nobody hears of."""
    if shown.live or shown.controls or not 0 < len(shown.text) <= 200:
        return ""
    if one.focus == shown.number or shown.tag in _NO_MESSAGE or shown.role in _NO_MESSAGE:
        return ""
    if one.undone == "again" and not isinstance(shown, Told):
        return shown.text if _MESSAGE.search(shown.hint) else ""
    if _MESSAGE.search(shown.hint) and not isinstance(shown, Told):
        return shown.text
    return shown.text if _is_status(shown) else ""


_SHORT = 120
_NO_MESSAGE = {"label", "li", "td", "button", "a", "option", "h1", "h2", "h3", "h4", "tooltip"}
_NO_MESSAGE |= {"dialog", "menu", "listbox", "tabpanel", "table", "ul", "ol", "code", "pre"}
_DIGITS = re.compile(r"\d+")


def _is_status(shown: Shown) -> bool:
    """Whether its words say that something was done or found; or it is a counter."""
    if len(shown.text) > _SHORT:
        return False
    if isinstance(shown, Told) and _DIGITS.search(shown.old):
        said = f"{shown.text} {shown.hint}"
        counts = mentions("counted", said) or mentions("status", said)
        return counts and _DIGITS.sub("", shown.old)[:6] == _DIGITS.sub("", shown.text)[:6]
    return mentions("status", shown.text)


def _is_missed(shown: Shown, sent: Submitted) -> bool:
    if shown.live or shown.controls or not 0 < len(shown.text) <= 200 or sent.dialog:
        return False
    if shown.number in sent.heard or sent.focus == shown.number:
        return False
    return bool(_MESSAGE.search(shown.hint)) or _is_status(shown) or mentions("error", shown.text)


_MESSAGE = re.compile(
    r"error|success|alert|messag|toast|notif|status|notice|warn|feedback|confirm|result|snack",
    re.IGNORECASE,
)


# Arrow keys. ------------------------------------------------------------------------------------


@check(
    "widget-without-arrows",
    criteria=["2.1.1"],
    title="Arrow keys do nothing in a widget that promises them",
    method="In tab lists, radio groups, menus, list boxes, sliders, spin buttons and trees by "
    "their roles, the four arrow keys are pressed. One of them must move the focus or change a "
    "value. Menus and lists that a button or a combobox opens are opened, and the down arrow is "
    "pressed twice.",
    limits="Widgets whose items are all stops of the Tab key are left to a person.",
    fix="Do as the ARIA Authoring Practices say, or use the elements of HTML.",
    broken='<div role="slider" tabindex="0" aria-label="Size" aria-valuenow="3" aria-valuemin="0" '
    'aria-valuemax="9">3</div>',
    sound='<label>Size <input type="range" min="0" max="9" value="3"></label>',
    acts=True,
)
def widget_without_arrows(page: Page, _: Variant) -> Iterator[Found]:
    pairs = list(_widgets(page))[:_MOST]
    rows = operated(page, "arrows", [[outer.number, inner.number] for outer, inner, _ in pairs])
    moved = dict(rows)
    for outer, inner, reachable in pairs:
        if moved.get(outer.number, True) or does(page, inner, "ArrowRight", "ArrowDown"):
            continue
        role = outer.attributes["role"].strip()
        if reachable:
            yield needs_review(outer, f"Arrow keys do nothing in this {role}; Tab goes through it.")
        else:
            yield fails(outer, f"Arrow keys do nothing in this {role}.")
    for popup in page.once(opened_popups):
        if not popup.acted:
            said = f"Arrow keys do nothing in the {popup.role} that it opens"
            yield (
                needs_review(popup.opener, f"{said}; Tab goes through it.")
                if popup.reachable
                else fails(popup.opener, f"{said}.")
            )


_MOST = 10
_ITEMS = {
    "tablist": ("tab",),
    "radiogroup": ("radio",),
    "menu": ("menuitem", "menuitemcheckbox", "menuitemradio"),
    "menubar": ("menuitem",),
    "listbox": ("option",),
    "tree": ("treeitem",),
}
_VALUES = ("slider", "spinbutton", "scrollbar")


def _widgets(page: Page) -> Iterator[tuple[Element, Element, bool]]:
    """The widget, what has its focus, and whether Tab reaches all of it without arrows."""
    for element in page.snapshot.elements:
        role = element.attributes.get("role", "").strip()
        if not element.visible or is_disabled(element) or "aria-readonly" in element.attributes:
            continue
        if role in _VALUES and element.tab_index >= 0 and element.tag != "input":
            yield element, element, False
        elif role in _ITEMS:
            yield from _composite(element, _ITEMS[role])


def _composite(element: Element, roles: tuple[str, ...]) -> Iterator[tuple[Element, Element, bool]]:
    items = [
        inner
        for inner in element.descendants()
        if inner.attributes.get("role", "").strip() in roles
        and inner.visible
        and not is_disabled(inner)
    ]
    if len(items) < 2 or any(item.tag in ("input", "option") for item in items):
        return
    reached = [item for item in items if item.tab_index >= 0]
    if element.tab_index >= 0:
        yield element, element, False
    elif reached:
        yield element, reached[0], len(reached) == len(items)
