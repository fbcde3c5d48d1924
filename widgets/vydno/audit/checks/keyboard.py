"""The keyboard: what a pointer can do and keys cannot, and what keys do unasked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from ..operate import BUTTON_ROLES, KEYS, PRESSES, Used, does, is_disabled, operated, used
from ..page import Page
from ..snapshot import Element
from ..variants import Variant
from ..walk import Heard, Trap, element_of, heard, walk
from .check import Found, advice, check, fails, needs_review

_SCRIPT_BUTTON = "onclick=\"document.getElementById('more').hidden = false\""
_MORE = '<p id="more" hidden>Open on weekdays from nine to five.</p>'


@check(
    "click-without-keyboard",
    criteria=["2.1.1"],
    title="Something can be clicked and not reached by the keyboard",
    method="Elements that cannot have the focus and that a script listens to for clicks, or that "
    "show the pointing hand in a page that listens, are clicked. When the page then changes, no "
    "key could have done it.",
    limits="Whether another control does the same is not known. Of each kind of element two are "
    "tried, and twelve in all.",
    fix="Make it a <button> or a link with an address.",
    broken=f"<div {_SCRIPT_BUTTON}>Opening hours</div>{_MORE}",
    sound=f'<button type="button" aria-expanded="false" {_SCRIPT_BUTTON}>Opening hours</button>',
    acts=True,
)
def click_without_keyboard(page: Page, _: Variant) -> Iterator[Found]:
    listening = page.once(heard)
    for one in page.once(used).values():
        element = one.element
        if one.focusable or _is_in_item(element):
            continue
        if _hands_on(page, one) or not _speaks(element):
            continue
        own = bool(listening.of(element) & PRESSES)
        if one.strong and not _is_large(page, element):
            doubtful = _is_beside_field(element, listening) or _turns_pages(page, one)
            tell = needs_review if doubtful else fails
            yield tell(element, "A click on it changes the page, and no key reaches it.")
        elif one.strong or (one.weak and own):
            yield needs_review(element, "A click on it does something, and no key reaches it.")
        elif own and _poses(element):
            yield needs_review(element, "It listens to clicks, and no key reaches it.")
    for number, count in listening.shapes.items():
        drawing = page.snapshot.elements[number]
        if drawing.visible and not any(one.tab_index >= 0 for one in drawing.ancestors()):
            said = "Shapes in it listen to clicks, and no key reaches them."
            yield needs_review(drawing, said, measured=f"{count} shapes")
    for element in page.snapshot.elements:
        if element.number not in page.once(used) and _is_called_button(element):
            yield needs_review(element, "Its class says that it is a button; no key reaches it.")


_INNER = 3
_CELLS = {"gridcell", "columnheader", "rowheader", "row"}


def _is_in_item(element: Element) -> bool:
    """Whether it is a control by its role, or within one: arrow keys may reach a tab, and Enter the
    link in it."""
    chain = [element, *islice(element.ancestors(), _INNER)]
    if any(one.attributes.get("role", "") in BUTTON_ROLES for one in chain):
        return True
    # Arrow keys go from one cell of a grid to the next.
    return any(one.attributes.get("role", "") in _CELLS and one.focusable for one in chain)


def _is_beside_field(element: Element, listening: Heard) -> bool:
    """Whether keys may do the same in a field near it: in a list of chosen words, Backspace takes
    away the last one."""
    for around in islice(element.ancestors(), _INNER):
        for one in islice(around.descendants(), _NEAR):
            writable = one.tag in ("input", "textarea") and one.tab_index >= 0
            if writable and listening.of(one) & KEYS:
                return True
    return False


def _turns_pages(page: Page, one: Used) -> bool:
    """Whether a control elsewhere that has the focus puts something else in the same place: slides
    that dots show at once, two arrows reach one after the other."""
    places = _places(page, one)
    return any(
        other.focusable and other.hidden and not places.isdisjoint(_places(page, other))
        for other in page.once(used).values()
        if other.element.parent is not one.element.parent
    )


def _places(page: Page, one: Used) -> set[Element]:
    """What holds all that a click brought."""
    shown = (element_of(page, each.number) for each in one.shown)
    return {each.parent for each in shown if each is not None and each.parent is not None}


_NEAR = 40
_BUTTONS = {"btn", "button", "fake-button", "fakebutton"}


def _poses(element: Element) -> bool:
    """Whether it looks as if it could be pressed."""
    classes = set(element.attributes.get("class", "").lower().split())
    return element.style.get("cursor") == "pointer" or bool(classes & _BUTTONS)


def _is_called_button(element: Element) -> bool:
    classes = set(element.attributes.get("class", "").lower().split())
    if not classes & _BUTTONS or element.tag not in ("div", "span", "p", "a", "li", "b", "i"):
        return False
    if not element.visible or not element.exposed or element.focusable or is_disabled(element):
        return False
    if "disabled" in classes or element.attributes.get("role", ""):
        return False
    around = (outer.tag in ("label", "button") or outer.focusable for outer in element.ancestors())
    return bool(element.text_content.strip()) and not _holds_focusable(element) and not any(around)


def _hands_on(page: Page, one: Used) -> bool:
    """Whether the click only went to a field, as one on a label does."""
    focus = element_of(page, one.focus)
    return focus is not None and focus.tab_index >= 0 and not one.shown and not one.hidden


def _speaks(element: Element) -> bool:
    """Whether there is something in it to click on."""
    if element.text_content.strip() or element.name or element.before or element.after:
        return True
    inside = [element, *element.descendants()]
    return any(
        one.tag in _DRAWN or one.style.get("background-image", "none") != "none" for one in inside
    )


_DRAWN = {"img", "svg", "canvas", "i", "picture", "circle", "ellipse", "g", "path", "polygon"}
_DRAWN |= {"rect", "use"}


def _is_large(page: Page, element: Element) -> bool:
    """Whether it is a part of the page rather than a control: such clicks mostly close."""
    width, height = page.snapshot.viewport
    descendants = sum(1 for _ in element.descendants())
    return element.box.area > width * height / 3 or descendants > 20


@check(
    "field-hidden-behind-label",
    criteria=["2.1.1"],
    title="A label can be clicked, and its field is hidden from the keyboard",
    method="Visible labels of checkboxes, radio buttons and file fields: the field must not be "
    "`display: none`, `visibility: hidden` or `hidden`, which takes it from the keyboard, unless "
    "the label or something in it has the focus instead.",
    limits="Whether a button elsewhere does the same is not known; where one is near a file field "
    "a person must decide.",
    fix="Hide the field from the eyes only: opacity 0 or clipped, over its label, and show the "
    "focus on the label.",
    broken='<label style="border: 1px solid">Add a file<input type="file" hidden></label>',
    sound='<label>Add a file <input type="file"></label>',
)
def field_hidden_behind_label(page: Page, _: Variant) -> Iterator[Found]:
    said: set[tuple[str, ...]] = set()
    for label in page.snapshot.tagged("label"):
        field = _hidden_field(page, label)
        if field is None or not label.visible or not _speaks(label) or _is_reached(label):
            continue
        kind = tuple(field.attributes.get(name, "") for name in ("type", "name", "class"))
        if kind in said:
            continue
        said.add(kind)
        near = label.parent is not None and _has_button(label.parent)
        tell = needs_review if near and kind[0].lower() == "file" else fails
        yield tell(
            label,
            "It can be clicked, and the field behind it is hidden, so that no key reaches it.",
            measured="a field that is not rendered",
            needed="a field that can have the focus",
        )


_CHOSEN = {"checkbox", "file", "radio"}


def _hidden_field(page: Page, label: Element) -> Element | None:
    named = label.attributes.get("for", "")
    inside = (one for one in label.descendants() if one.tag == "input")
    field = page.snapshot.by_id(named) if named else next(inside, None)
    if field is None or field.tag != "input" or field.rendered or is_disabled(field):
        return None
    return field if field.attributes.get("type", "").lower() in _CHOSEN else None


def _is_reached(label: Element) -> bool:
    return any(
        one.focusable
        for one in (label, *label.descendants(), *label.ancestors())
        if one.tag not in ("body", "html", "dialog", "main")
    )


def _has_button(around: Element) -> bool:
    return any(one.tag == "button" and one.tab_index >= 0 for one in around.descendants())


@check(
    "taken-out-of-tab-order",
    criteria=["2.1.1"],
    title="A control is taken out of the order of the Tab key",
    method="Visible links, buttons and fields with a negative `tabindex`, unless arrow keys go to "
    "them in a widget, another link leads to the same place, or they only help a field beside.",
    limits="Whether a script gives them the focus, or another control does the same, is not known.",
    fix="Take the tabindex away.",
    broken='<p><a href="/apply" tabindex="-1">Apply</a></p>',
    sound='<p><a href="/apply">Apply</a></p>',
)
def taken_out_of_tab_order(page: Page, _: Variant) -> Iterator[Found]:
    reached = {
        element.attributes.get("href")
        for element in page.snapshot.tagged("a")
        if element.tab_index >= 0 and element.visible
    }
    for element in page.snapshot.elements:
        if element.tag not in _REACHED and element.attributes.get("role", "") not in _ALONE:
            continue
        if not element.attributes.get("tabindex", "").strip().startswith("-"):
            continue
        if not element.visible or not element.exposed or is_disabled(element):
            continue
        if element.box.area < 16 or element.style.get("opacity") == "0":
            continue
        if element.attributes.get("href") in reached or _in_widget(element) or _helps(element):
            continue
        if element.tag != "a" or {"href", "role"} & set(element.attributes):
            yield needs_review(
                element, "Tab does not come here.", measured=f"tabindex {_tabindex(element)}"
            )


_REACHED = {"a", "button", "input", "select", "textarea"}


def _tabindex(element: Element) -> str:
    return element.attributes.get("tabindex", "").strip()


_PARTS = {"body", "main", "form", "section", "article"}
_TYPED = {"input", "select", "textarea"}
_WIDGETS = {"tablist", "menu", "menubar", "radiogroup", "toolbar", "listbox", "tree", "treegrid"}
_WIDGETS |= {"grid", "combobox", "spinbutton", "slider", "dialog", "application", "feed", "table"}
_WIDGET_ITEMS = BUTTON_ROLES - {"button", "link", "checkbox", "switch", "combobox"}


def _in_widget(element: Element) -> bool:
    if element.attributes.get("role", "").strip() in _WIDGET_ITEMS | {"gridcell"}:
        return True
    around = [outer.attributes.get("role", "").strip() for outer in element.ancestors()]
    return bool(_WIDGETS & set(around))


def _helps(element: Element) -> bool:
    """Whether it stands beside a field or a control that Tab reaches, as the arrows of a combobox
    and the cross of a search do, or is one of several that take the tabindex in turns."""
    if element.parent is None:
        return False
    around = element.parent
    # What a part of the page holds is not beside each other because of that.
    near = around.children if around.tag in _PARTS else around.descendants()
    beside = [one for one in near if one is not element]
    alike = any(one.tag == element.tag and one.attributes.get("tabindex") == "0" for one in beside)
    return alike or (
        element.tag == "button" and any(one.tag in _TYPED and one.tab_index >= 0 for one in beside)
    )


@check(
    "mouse-only-handler",
    criteria=["2.1.1"],
    title="Something happens under the pointer and not for the keyboard",
    method="Elements with an attribute such as `onmouseover` or `ondblclick`, without one that "
    "the keyboard sets off: `onfocus`, `onkeydown`, or a click on what can have the focus.",
    limits="Whether what happens matters is not known. What appears is another check's.",
    fix="Do the same on focus and blur, or on keydown.",
    broken='<img src="data:," alt="Map" width="99" height="99" onmouseover="this.width = 300">',
    sound='<a href="/map" onmouseover="this.title = 1" onfocus="this.title = 1">Map</a>',
    acts=True,
)
def mouse_only_handler(page: Page, _: Variant) -> Iterator[Found]:
    listening = page.once(heard)
    for element in page.snapshot.elements:
        inline = [name for name in _POINTER_ONLY if element.attributes.get(name, "").strip()]
        if not inline or not element.visible or element.tag in ("body", "html"):
            continue
        keyed = listening.of(element) & (KEYS | _FOCUSES)
        clicked = "click" in listening.of(element) and element.tab_index >= 0
        only_hovers = all(name in _HOVER_ATTRIBUTES for name in inline)
        if keyed or (clicked and not only_hovers):
            continue
        yield needs_review(
            element,
            "It answers to the pointer, and nothing answers to the keyboard.",
            measured=", ".join(inline),
        )


_HOVER_ATTRIBUTES = ("onmouseover", "onmouseenter", "onpointerover", "onpointerenter")
_POINTER_ONLY = (*_HOVER_ATTRIBUTES, "ondblclick", "onmousedown", "onmouseup", "onpointerdown")
_FOCUSES = frozenset({"focus", "focusin"})


@check(
    "role-without-focus",
    criteria=["2.1.1"],
    title="Something says that it is a control and cannot have the focus",
    method="Visible elements whose `role` promises that they can be pressed must be reached by "
    "Tab, or by arrows from one beside them of the same role, or through `aria-activedescendant`.",
    limits="Controls of widgets that are closed are not looked at.",
    fix='Use the HTML element of that role, or add tabindex="0" and let keys do what clicks do.',
    broken='<span role="button">Send</span>',
    sound='<button type="button">Send</button>',
    acts=True,
)
def role_without_focus(page: Page, _: Variant) -> Iterator[Found]:
    groups = _focusable_groups(page.snapshot.elements)
    for element in page.snapshot.elements:
        role = element.attributes.get("role", "").strip()
        if role not in BUTTON_ROLES or not element.visible or not element.exposed:
            continue
        if element.focusable or element.tab_index >= 0 or is_disabled(element):
            continue
        if any(outer.tab_index >= 0 for outer in element.ancestors()) or _holds_focusable(element):
            continue
        if role in _ALONE:
            yield fails(element, f'It has role="{role}", and no key reaches it.')
        elif role not in _OWNED and (_container(element), role) not in groups:
            yield fails(element, f'None of those with role="{role}" here is reached by a key.')


_ALONE = {"button", "link", "checkbox", "switch", "combobox"}
_OWNED = {"option", "treeitem"}
_CONTAINERS = {"tablist", "menu", "menubar", "radiogroup", "toolbar", "group", "listbox", "tree"}


def _container(element: Element) -> int:
    outer = next(
        (one for one in element.ancestors() if one.attributes.get("role", "") in _CONTAINERS),
        element.parent,
    )
    return outer.number if outer else -1


def _focusable_groups(elements: Sequence[Element]) -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    for element in elements:
        role = element.attributes.get("role", "").strip()
        if role in BUTTON_ROLES and element.tab_index >= 0:
            found.add((_container(element), role))
    return found


def _holds_focusable(element: Element) -> bool:
    return any(inner.tab_index >= 0 for inner in element.descendants())


@check(
    "key-not-handled",
    criteria=["2.1.1"],
    title="A control has the focus, and Enter and Space do nothing",
    method="What can have the focus and is no control of HTML is clicked. When that does "
    "something, Enter and Space are pressed on it: one of them must do something too, of a "
    "button both, of a checkbox Space. So are controls of HTML that listen only to the pointer "
    "going down or up, or to double clicks.",
    limits="What the keys do is not compared with what the click does.",
    fix="Use <button>, which needs no script for it, or handle keydown for Enter and Space.",
    broken=f'<div role="button" tabindex="0" {_SCRIPT_BUTTON}>Opening hours</div>{_MORE}',
    sound=f'<button type="button" {_SCRIPT_BUTTON} aria-expanded="false">Opening hours</button>',
    acts=True,
)
def key_not_handled(page: Page, _: Variant) -> Iterator[Found]:
    listening = page.once(heard)
    left = _CONFIRMED
    for one in page.once(used).values():
        if not one.focusable or not (one.strong or one.weak):
            continue
        wanted = _keys_of(one, listening)
        missing = [key for key in wanted if not one.keys.get(_SENT[key])]
        button = one.element.attributes.get("role", "") == "button"
        if not missing or (missing != wanted and not button) or left <= 0:
            continue
        left -= 1
        # A script may tell a key that was pressed from one that was made.
        missing = [key for key in missing if not does(page, one.element, key)]
        if missing == wanted and one.strong:
            said = " and ".join(wanted)
            yield fails(one.element, f"A click does something, and {said} nothing.")
        elif missing == wanted or (missing and button):
            yield needs_review(one.element, f"A click does something, and {missing[0]} nothing.")


_CONFIRMED = 6
_SENT = {"Enter": "Enter", "Space": " "}


def _keys_of(one: Used, listening: Heard) -> list[str]:
    """The keys that should do what a click does."""
    own = listening.of(one.element)
    if one.native:
        pointer_only = own & PRESSES and "click" not in own and not own & KEYS
        return ["Enter"] if pointer_only and one.element.tag in ("a", "button") else []
    match one.element.attributes.get("role", ""):
        case "checkbox" | "switch" | "radio":
            return ["Space"]
        case "treeitem" if "aria-expanded" in one.element.attributes:
            return []  # arrow keys open it
        case "link" | "menuitem" | "option" | "treeitem":
            return ["Enter"]
        case "slider" | "spinbutton" | "scrollbar" | "application" | "textbox" | "tabpanel":
            return []
    return ["Enter", "Space"]


@check(
    "focus-on-nothing",
    criteria=["2.4.3"],
    title="The focus stops at something that does nothing",
    method="Stops of the Tab key with a `tabindex`, without a role that can be operated, without a "
    "script that listens to them, that do not scroll, and where a click and keys change nothing.",
    limits="Whether the stop serves another purpose, a person must decide.",
    fix="Take the tabindex away: screen readers reach text without it.",
    broken='<p tabindex="0">The office is closed on Friday.</p>',
    sound="<p>The office is closed on Friday.</p>",
    acts=True,
)
def focus_on_nothing(page: Page, _: Variant) -> Iterator[Found]:
    listening, results = page.once(heard), page.once(used)
    for stop in page.once(walk).order:
        element = element_of(page, stop.at)
        if element is None or not _is_plain(element) or listening.of(element):
            continue
        result = results.get(stop.at)
        if result and (result.strong or result.weak):
            continue
        if set(stop.changed or ()) & _REVEALING or _is_roving(element):
            continue
        yield needs_review(element, "Tab stops here, and nothing can be done here.")


# With the focus something else than a ring appears: a tooltip, say.
_REVEALING = {"content", "display", "visibility", "opacity", "structure"}
_TAGS = {"a", "button", "input", "select", "textarea", "summary", "iframe", "audio", "video"}
_TAGS |= {"embed", "object", "area", "dialog", "canvas", "model-viewer", "body", "html"}
_PLAIN_ROLES = {"", "text", "heading", "paragraph", "img", "image", "list", "listitem", "note"}
_PLAIN_ROLES |= {"presentation", "none", "generic", "banner", "contentinfo", "main", "figure"}
_PLAIN_ROLES |= {"article", "definition", "term", "caption", "time", "strong", "emphasis"}


def _is_plain(element: Element) -> bool:
    if element.tag in _TAGS or "-" in element.tag or element.tab_index < 0:
        return False
    if element.attributes.get("role", "").strip() not in _PLAIN_ROLES:
        return False
    if "contenteditable" in element.attributes or "tabindex" not in element.attributes:
        return False
    if any(name in element.attributes for name in ("aria-describedby", "title", "aria-haspopup")):
        return False
    return not _scrolls(element)


def _is_roving(element: Element) -> bool:
    """Whether it is the one of several that has the tabindex now."""
    around = element.parent
    return around is not None and any(
        inner is not element and inner.attributes.get("tabindex") == "-1"
        for inner in around.children
    )


def _scrolls(element: Element) -> bool:
    scroll = element.scroll
    down = element.style.get("overflow-y") in ("auto", "scroll")
    across = element.style.get("overflow-x") in ("auto", "scroll")
    return (down and scroll.height > scroll.client_height + 1) or (
        across and scroll.width > scroll.client_width + 1
    )


@check(
    "focus-trap",
    criteria=["2.1.2"],
    title="The focus cannot leave by the keyboard",
    method="Tab is pressed through the whole page. Where it goes round among a few elements while "
    "there are others, Shift+Tab and Escape are tried too. A dialog may keep the focus when Escape "
    "or one of its buttons closes it, and a field whose description tells the way out.",
    limits="150 stops are walked. Other ways out that the page explains are not known.",
    fix="Let Tab and Shift+Tab do what they do; do not take the focus back when it leaves.",
    broken='<label>Code <input onblur="this.focus()"></label> <a href="#a">On</a> <p id="a"></p>',
    sound='<label>Code <input></label> <a href="#a">On</a> <p id="a"></p>',
    acts=True,
)
def focus_trap(page: Page, _: Variant) -> Iterator[Found]:
    for trap in page.once(walk).traps:
        element = element_of(page, trap.inside[-1])
        if element is None or (trap.modal and (trap.escape or trap.buttons)):
            continue
        if (trap.back or trap.escape) and _says_the_way(page, element):
            continue
        yield _of_trap(element, trap)


_KEYS = re.compile(r"\besc(?:ape)?\b|shift\s*\+\s*tab", re.IGNORECASE)


def _says_the_way(page: Page, element: Element) -> bool:
    """Whether its name or its description tells which key leads out."""
    ids = element.attributes.get("aria-describedby", "").split()
    described = (one.text_content for name in ids if (one := page.snapshot.by_id(name)))
    return bool(_KEYS.search(" ".join([element.name, *described])))


def _of_trap(element: Element, trap: Trap) -> Found:
    if not trap.back and not trap.escape:
        return fails(
            element,
            "The focus stays here: Tab, Shift+Tab and Escape do not take it away.",
            measured=f"goes round in {len(trap.inside)}",
        )
    way = "Shift+Tab" if trap.back else "Escape"
    return needs_review(
        element, f"Tab does not take the focus away; only {way} does. Is that said?"
    )


@check(
    "single-key-shortcut",
    criteria=["2.1.4"],
    title="A letter alone does something",
    method="Letters, digits, and a few signs are pressed while nothing has the focus. None should "
    "change what the page shows, move the focus, or lead elsewhere.",
    limits="Whether the shortcut can be turned off or changed is not known.",
    fix="Ask for Ctrl or Alt too, or let people turn the shortcut off.",
    broken="<p>Press h for help.</p><p id=more hidden>Help</p><script>addEventListener('keydown',"
    "(event) => { if (event.key === 'h') more.hidden = !more.hidden; })</script>",
    sound="<p>Press Alt+h for help.</p><p id=more hidden>Help</p><script>addEventListener("
    "'keydown', (event) => { if (event.altKey && event.key === 'h') more.hidden = false; })"
    "</script>",
    acts=True,
)
def single_key_shortcut(page: Page, _: Variant) -> Iterator[Found]:
    listening, body = page.once(heard), page.snapshot.body
    heard_there = listening.around | (listening.of(body) if body else frozenset())
    if body is None or not heard_there & KEYS:
        return
    found = operated(page, "shortcuts", list("abcdefghijklmnopqrstuvwxyz1?/"))
    if found:
        yield needs_review(
            body,
            "A letter alone does something, also when dictation software types it.",
            measured=", ".join(found),
            needed="a modifier key, or a way to turn it off",
        )


@check(
    "accesskey-shared",
    criteria=["2.1.1"],
    title="Two elements have the same access key",
    method="Values of `accesskey` are compared over all rendered elements.",
    limits="Browsers differ in what the second press does.",
    fix="Give each its own key, or better none: they hide keys of browsers and screen readers.",
    broken='<a href="/a" accesskey="s">Search</a> <a href="/b" accesskey="S">Services</a>',
    sound='<a href="/a" accesskey="s">Search</a> <a href="/b" accesskey="v">Services</a>',
)
def accesskey_shared(page: Page, _: Variant) -> Iterator[Found]:
    by_key: dict[str, list[Element]] = defaultdict(list)
    for element in page.snapshot.elements:
        for key in set(element.attributes.get("accesskey", "").lower().split()):
            if element.rendered:
                by_key[key].append(element)
    for key, sharing in by_key.items():
        for element in sharing[1:]:
            yield needs_review(
                element, f"The access key “{key}” is another element's too.", measured=key
            )


@check(
    "accesskey-used",
    criteria=[],
    title="An access key is set",
    method="Rendered elements with `accesskey`.",
    limits="None.",
    fix="Leave access keys out, or document them and let people change them.",
    broken='<a href="/a" accesskey="s">Search</a>',
    sound='<a href="/a">Search</a>',
    advice=True,
)
def accesskey_used(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.elements:
        if element.rendered and element.attributes.get("accesskey", "").strip():
            yield advice(
                element,
                "Access keys clash with keys of browsers and screen readers.",
                measured=element.attributes["accesskey"],
            )
