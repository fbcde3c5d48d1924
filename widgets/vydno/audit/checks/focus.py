"""The focus: where it goes, whether it can be seen there, and what it sets off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ..contrast import parse, ratio
from ..findings import Box
from ..icons import lacks_content
from ..operate import operated, used
from ..page import Page
from ..snapshot import Element
from ..variants import Variant
from ..walk import KEYBOARD, NOWHERE, Stop, Walk, alike, ask, come_back, element_of, heard, walk
from ..words import letters, mentions
from .check import COLOUR, LAYOUT, Found, advice, check, fails, needs_review

# Where it goes. ---------------------------------------------------------------------------------


@check(
    "focus-on-load",
    criteria=["2.4.3"],
    title="The focus begins in the middle of the page",
    method="`autofocus`, or the focus when the page has come, on a field, link or button that "
    "stands after a text of 20 letters and more in the main part of the page, outside of dialogs.",
    limits="Where the first thing to do is to type, it may help.",
    fix="Leave `autofocus` out: who listens begins at the top.",
    broken="<main><h1>Write to us</h1><p>We answer within a week, and never ask for passwords.</p>"
    "<label>Message <textarea autofocus></textarea></label></main>",
    sound="<main><h1>Log in</h1><label>User name <input autofocus autocomplete=username></label>"
    "</main>",
    advice=True,
    in_frames=False,
)
def focus_on_load(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    for element in shown.elements:
        begins = "autofocus" in element.attributes or element.number == shown.focus
        if not begins or element.tag not in _BEGUN or not element.visible:
            continue
        if any(one.tag == "dialog" or "dialog" in one.role for one in element.ancestors()):
            return
        main = element.closest("main", "body") or shown.root
        before = (one for one in main.descendants() if one.number < element.number)
        text = sum(letters(one.text) for one in before if one.visible and _is_read(one))
        if text >= 20:
            yield advice(
                element, "What stands before it is passed over.", measured=f"{text} letters before"
            )
        return


_BEGUN = ("input", "textarea", "select", "button", "a")
_PASSED = ("label", "legend", "nav", "header", "h1")


def _is_read(element: Element) -> bool:
    return bool(element.text) and element.closest(*_PASSED) is None


@check(
    "focus-order",
    criteria=["2.4.3"],
    title="The focus jumps about",
    method="The stops of the Tab key are compared with where they are seen: within one part of the "
    "page the next must not lie directly above, or before in the same line. So is the order with "
    "positive `tabindex` with the order of the source.",
    limits="Whether the order still makes sense, a person must decide; columns may be read in "
    "either direction.",
    fix="Put the source in the order in which it is read, and leave out positive tabindex.",
    broken='<a href="/1" tabindex="2">One</a> <a href="/2" tabindex="1">Two</a> '
    '<a href="/3">Three</a>',
    sound='<a href="/1">One</a> <a href="/2">Two</a> <a href="/3">Three</a>',
    depends_on=LAYOUT,
    acts=True,
)
def focus_order(page: Page, _: Variant) -> Iterator[Found]:
    walked = page.once(walk)
    found = list(_by_tabindex(page, walked))
    yield from found
    if not found:
        yield from _against_sight(page, walked)


def _by_tabindex(page: Page, walked: Walk) -> Iterator[Found]:
    order = [element for stop in walked.order if (element := element_of(page, stop.at))]
    positive = [element for element in order if _tabindex(element) > 0]
    if not positive or [one.number for one in order] == sorted(one.number for one in order):
        return
    first = min(order, key=lambda element: element.number)
    for element in positive:
        backward = _comes_back(order, element)
        if backward is not None:
            said = f"By its tabindex Tab comes here before <{backward.tag}>, which is before it."
            if is_above(backward.box, element.box) or is_in_line(backward.box, element.box):
                yield fails(element, said, measured=f"tabindex {_tabindex(element)}")
            else:
                yield needs_review(element, said, measured=f"tabindex {_tabindex(element)}")
        elif element is not first:
            yield needs_review(
                element,
                "Its tabindex takes it out of the order of the page.",
                measured=f"tabindex {_tabindex(element)}",
            )


def _tabindex(element: Element) -> int:
    value = element.attributes.get("tabindex", "0").strip()
    return int(value) if re.fullmatch(r"-?\d{1,9}", value) else 0


def _comes_back(order: Sequence[Element], element: Element) -> Element | None:
    """A stop after the element's that has its place before it, with a tabindex of its own too."""
    place = order.index(element)
    later = order[place + 1 :]
    return next(
        (one for one in later if one.number < element.number and _tabindex(one) > 0), None
    ) or next((one for one in later[:1] if one.number < element.number), None)


def _against_sight(page: Page, walked: Walk) -> Iterator[Found]:
    stops = walked.order
    told: set[int] = set()
    for before, after in pairwise(stops):
        one, other = element_of(page, before.at), element_of(page, after.at)
        if one is None or other is None or before.box is None or after.box is None:
            continue
        around = _common(one, other)
        if around is None or around.number in told or _floats(one) or _floats(other):
            continue
        rtl = around.style.get("direction") == "rtl"
        here, there = _within(one, around), _within(other, around)
        if here is there:
            continue
        up = is_above(there.box, here.box)
        back = is_in_line(here.box, there.box) if rtl else is_in_line(there.box, here.box)
        # Whole columns may be gone through from either side.
        back = back and not (_is_part(here) or _is_part(there))
        if (up or back) and not (before.unseen or after.unseen):
            told.add(around.number)
            where = "directly above" if up else "before it in the same line"
            yield needs_review(other, f"Tab comes here from <{one.tag}>, which this lies {where}.")


_NEAR = 4


def _common(one: Element, other: Element) -> Element | None:
    """What holds both, when it is near to both; else they are in different parts of the page."""
    around = list(one.ancestors())[:_NEAR]
    numbers = {element.number for element in around}
    near = list(other.ancestors())[:_NEAR]
    found = next((element for element in near if element.number in numbers), None)
    return None if found is None or found.tag in ("body", "html") else found


def _floats(element: Element) -> bool:
    chain = [element, *element.ancestors()]
    return any(one.style.get("position") in ("fixed", "sticky") for one in chain) or any(
        one.tag in ("svg", "map", "table") or one.attributes.get("role", "") in _FREE
        for one in chain
    )


_FREE = {"dialog", "menu", "menubar", "grid", "tree", "slider", "application"}


def _is_part(element: Element) -> bool:
    """Whether it holds several stops of its own, or is a landmark."""
    stops = sum(1 for inner in element.descendants() if inner.tab_index >= 0 and inner.visible)
    return stops > 1 or element.tag in ("nav", "aside", "main", "header", "footer", "section")


def _within(element: Element, around: Element) -> Element:
    """The child of what is around that holds the element."""
    found = element
    for outer in element.ancestors():
        if outer is around:
            break
        found = outer
    return found


def is_above(one: Box, other: Box) -> bool:
    """Whether the one is directly above the other."""
    shared = min(one.right, other.right) - max(one.x, other.x)
    return one.bottom <= other.y + 1 and shared > 0.5 * min(one.width, other.width)


def is_in_line(one: Box, other: Box) -> bool:
    """Whether the one is to the left of the other in the same line."""
    shared = min(one.bottom, other.bottom) - max(one.y, other.y)
    return one.right <= other.x + 1 and shared > 0.5 * min(one.height, other.height)


# Whether it can be seen. ------------------------------------------------------------------------


@check(
    "focus-not-visible",
    criteria=["2.4.7"],
    title="The focus cannot be seen",
    method="The styles of each kind of element, of what is in it and around it, are compared with "
    "and without the focus of the keyboard. Where none differs, pictures are compared, too.",
    limits="Two kinds are compared by pictures. Rings too faint to see are another check's. "
    "Fields for text show a caret, which is enough.",
    fix="Leave the browser's outline, or draw one of at least 2px: `:focus-visible { outline: "
    "2px solid }`.",
    broken='<style>a:focus { outline: none }</style><a href="/">Start</a>',
    sound='<style>a:focus { outline: none; background: #fd0 }</style><a href="/">Start</a>',
    depends_on=[*COLOUR, "viewport"],
    acts=True,
)
def focus_not_visible(page: Page, _: Variant) -> Iterator[Found]:
    walked = page.once(walk)
    same = [stop for stop in walked.order if _looks_the_same(page, stop)]
    differing = False
    for count, (stop, alike_ones) in enumerate(alike(same)):
        element = element_of(page, stop.at)
        if element is None:
            continue
        shown = _stand_in(page, element) if stop.unseen else element
        if shown is None:
            continue
        # What has no size itself may hold what has.
        box = stop.box if stop.box and shown is element else shown.box
        if box.area == 0:
            continue
        if count < _PICTURED:
            if _differs_in_picture(page, element, box):
                differing = True
                continue
        elif differing:
            continue
        more = f"; {alike_ones - 1} more like it" if alike_ones > 1 else ""
        yield fails(
            element,
            "It looks the same with the focus as without it.",
            measured=f"no difference in style or picture{more}",
            needed="a visible difference",
        )
    for stop, _count in alike([one for one in walked.order if one.text and one.changed == []]):
        if element := element_of(page, stop.at):
            yield advice(element, "Nothing but the caret shows that it has the focus.")


_PICTURED = 2


def _looks_the_same(page: Page, stop: Stop) -> bool:
    element = element_of(page, stop.at)
    if element is None or stop.changed is None or stop.text:
        return False
    # A ground under a picture or a gradient may be another, and nobody sees it.
    pictured = element.style.get("background-image", "none") != "none"
    if set(stop.changed) - ({"background-color"} if pictured else set()):
        return False
    return not stop.unseen or _stand_in(page, element) is not None


def _differs_in_picture(page: Page, element: Element, seen: Box) -> bool:
    from PIL import ImageChops

    width, height = page.snapshot.size
    box = Box(
        x=max(0, seen.x - 8),
        y=max(0, seen.y - 8),
        width=min(seen.width + 16, 600, max(1, width - seen.x + 8)),
        height=min(seen.height + 16, 400, max(1, height - seen.y + 8)),
    )
    page.driver.press("Shift")
    come_back(page)
    ask(page, f"() => {KEYBOARD}.leave()")
    ask(page, f"(number) => {KEYBOARD}.focus(number)", element.number)
    focused = page.picture(box)
    ask(page, f"() => {KEYBOARD}.leave()")
    plain = page.picture(box)
    if focused.size != plain.size:
        return True
    difference = ImageChops.difference(focused, plain).convert("L").point(_noticed)
    return difference.getbbox() is not None


def _noticed(value: int) -> int:
    return 255 if value > 16 else 0


@check(
    "focus-on-hidden",
    criteria=["2.4.7"],
    title="The focus goes to something that cannot be seen",
    method="At each stop of the Tab key the element must have a size, lie within the page, and be "
    "neither transparent nor clipped away. A hidden checkbox whose label shows the focus is fine.",
    limits="What other elements cover is another check's; frames are not looked into.",
    fix="Hide what is closed from the keyboard as well: `hidden`, `display: none`, or `inert`.",
    broken='<nav style="position: absolute; left: -999px"><a href="/menu">Menu</a></nav>',
    sound='<nav hidden><a href="/menu">Menu</a></nav>',
    acts=True,
)
def focus_on_hidden(page: Page, _: Variant) -> Iterator[Found]:
    hidden = [stop for stop in page.once(walk).order if stop.unseen]
    for stop, count in alike(hidden):
        element = element_of(page, stop.at)
        if element is None or "beside" in (stop.changed or ()) or _stand_in(page, element):
            continue
        more = f", and so do {count - 1} more like it" if count > 1 else ""
        # What did not come, from a server or a script, is not what is hidden.
        tell = needs_review if lacks_content(element) else fails
        yield tell(
            element,
            f"It gets the focus though {stop.unseen}{more}.",
            needed="visible while it has the focus",
        )


def _stand_in(page: Page, element: Element) -> Element | None:
    """The visible label of a field that is hidden itself: it is what people see of it."""
    if element.tag != "input" or element.attributes.get("type") not in _DRAWN_ANEW:
        return None
    own = element.attributes.get("id")
    labels = [outer for outer in element.ancestors() if outer.tag == "label"]
    labels += [one for one in page.snapshot.tagged("label") if own == one.attributes.get("for", "")]
    return next((label for label in labels if label.visible and label.box.area > 4), None)


_DRAWN_ANEW = ("checkbox", "radio", "file")


@check(
    "focus-covered",
    criteria=["2.4.11"],
    title="What has the focus is covered",
    method="At each stop of the Tab key forward and back, nine points of the element are looked "
    "up: not all of those in the window may lie under something fixed or sticky.",
    limits="Whether a person could move the cover away is not known.",
    fix="Set `scroll-padding` to the height of what is fixed at the edge.",
    broken='<p style="height: 100rem">A long page.</p><a href="/end">End</a><div style="position: '
    'fixed; bottom: 0; left: 0; right: 0; height: 9rem; background: #eee">Cookies</div>',
    sound="<style>html { scroll-padding-bottom: 10rem }</style>"
    '<p style="height: 100rem">A long page.</p><a href="/end">End</a><p style="height: 11rem"></p>'
    '<div style="position: fixed; bottom: 0; left: 0; right: 0; height: 9rem; background: #eee">'
    "Cookies</div>",
    depends_on=LAYOUT,
    acts=True,
)
def focus_covered(page: Page, _: Variant) -> Iterator[Found]:
    walked = page.once(walk)
    told: set[tuple[int, str]] = set()
    for stop in (*walked.forward, *walked.back):
        element, cover = element_of(page, stop.at), element_of(page, stop.coverer)
        if element is None or cover is None or stop.covered < 1 or stop.unseen:
            continue
        if (cover.number, stop.kind) in told or not _is_opaque(cover):
            continue
        told.add((cover.number, stop.kind))
        name = cover.attributes.get("id") or cover.attributes.get("class", "").split(" ")[0]
        yield fails(
            element,
            f"While it has the focus, <{cover.tag}{' ' + name if name else ''}> covers all of it.",
            measured="100 % covered",
            needed="not all covered",
        )


def _is_opaque(element: Element) -> bool:
    return any(
        not re.search(r"rgba\(.*, 0(\.[0-4]\d*)?\)|transparent", _background(one))
        or one.style.get("background-image", "none") != "none"
        for one in [element, *element.children]
    )


def _background(element: Element) -> str:
    return element.style.get("background-color", "transparent")


@check(
    "focus-ring-weak",
    criteria=["2.4.13"],
    title="The focus shows only faintly",
    method="Where an outline alone shows the focus, it must be at least 2 px thick and have a "
    "contrast of 3:1 with the colour behind.",
    limits="Outlines on pictures and gradients, and shadows, are not judged. This is level AAA.",
    fix="Draw an outline of at least 2px in a colour of 3:1 with what is behind.",
    broken='<style>a:focus { outline: 1px dotted #ccc }</style><a href="/">Start</a>',
    sound='<style>a:focus { outline: 2px solid #036 }</style><a href="/">Start</a>',
    depends_on=[*COLOUR, "viewport"],
    acts=True,
    advice=True,
)
def focus_ring_weak(page: Page, _: Variant) -> Iterator[Found]:
    for stop, _count in alike(page.once(walk).order):
        element = element_of(page, stop.at)
        if element is None or list(stop.changed or ()) != ["outline"]:
            continue
        outline, colour, behind, _shadow = stop.ring
        width, style = outline.split(" ")[:2] if " " in outline else ("0px", "none")
        if style == "auto" or style == "none":
            continue
        thin = float(width.removesuffix("px")) < 2
        contrast = contrast_of(colour, behind)
        if thin:
            yield advice(element, "The ring is thin.", measured=width, needed="at least 2px")
        elif contrast is not None and contrast < 3:
            yield advice(
                element, "The ring is pale.", measured=f"{contrast:.2f}:1", needed="at least 3:1"
            )


def contrast_of(one: str, other: str) -> float | None:
    """Of two computed colours; `None` where one of them lets something through."""
    colours = [parse(text) for text in (one, other)]
    if any(colour is None or colour.alpha < 1 for colour in colours):
        return None
    first, second = (colour for colour in colours if colour)
    return ratio(first, second)


# What it sets off. ------------------------------------------------------------------------------


@check(
    "focus-changes-context",
    criteria=["3.2.1"],
    title="Something happens as soon as it gets the focus",
    method="At each stop of the Tab key the page must not want to go elsewhere, open a window or "
    "a dialog, send a form, take the focus away, or remove the element.",
    limits="What happens later than the next press counts for the next stop.",
    fix="Do it when the control is activated, not when it gets the focus.",
    broken='<input aria-label="Name" onfocus="this.blur()">',
    sound='<input aria-label="Name">',
    acts=True,
)
def focus_changes_context(page: Page, _: Variant) -> Iterator[Found]:
    walked = page.once(walk)
    told: set[int] = set()
    for stop in first_round(walked.forward):
        for number, message, sure in _set_off(page, stop):
            element = element_of(page, number)
            if element is None or number in told:
                continue
            told.add(number)
            yield fails(element, message) if sure else needs_review(element, message)


def first_round(stops: Iterable[Stop]) -> Iterator[Stop]:
    """Those before the focus comes round: a browser that is busy may hand it to its own controls
    so late that it takes it from a control of the page again, and no script did that."""
    seen: set[int] = set()
    round_begun = False
    for stop in stops:
        if not (round_begun and seen.issuperset(stop.moves)):
            yield stop
        round_begun |= bool(seen) and stop.at == NOWHERE and not stop.moves
        seen.update(stop.moves)


def _set_off(page: Page, stop: Stop) -> Iterator[tuple[int, str, bool]]:
    first = stop.moves[0] if stop.moves else stop.at
    if stop.went:
        yield first, "The page wants to go elsewhere as soon as this has the focus.", True
    for done in stop.did:
        match done.get("what"):
            case "window":
                yield first, "A window opens as soon as this has the focus.", True
            case "submit":
                yield first, "A form is sent as soon as this has the focus.", True
            case "alert" | "confirm" | "prompt" | "print":
                yield first, "A message of the browser opens as soon as this has the focus.", False
    if stop.gone:
        yield stop.gone[0], "It vanishes as soon as it has the focus.", False
    elif stop.moves and stop.at == NOWHERE:
        yield stop.moves[-1], "It gives the focus away as soon as it has it.", True
    elif len(stop.moves) > 1 and not _hands_inward(page, stop.moves[0], stop.at):
        yield stop.moves[0], "It sends the focus elsewhere as soon as it has it.", False


def _hands_inward(page: Page, number: int, at: int) -> bool:
    """Whether a container handed the focus to something in it, or the focus ended where it was."""
    element = element_of(page, at)
    outer = element_of(page, number)
    if element is None or outer is None or number == at:
        return True
    return any(one is outer for one in element.ancestors()) or outer.box.area <= 1


@check(
    "input-changes-context",
    criteria=["3.2.2"],
    title="Changing a field does more than that",
    method="Selects, radio buttons, checkboxes and text fields that a script listens to are "
    "changed. The page must not want to go elsewhere, send a form, open a window or a dialog, or "
    "move the focus.",
    limits="Whether the page says so beforehand is known only from the field's own label and "
    "description.",
    fix="Let a button do it.",
    broken="<label>Language <select onchange=\"location = '/' + this.value\"><option>uk"
    "<option>en</select></label>",
    sound="<form><label>Language <select><option>uk<option>en</select></label> <button>Go</button>"
    "</form>",
    acts=True,
)
def input_changes_context(page: Page, _: Variant) -> Iterator[Found]:
    fields = list(_listening_fields(page))[:_FIELDS]
    for row in operated(page, "change", [field.number for field in fields]):
        element = page.snapshot.elements[row["number"]]
        done = {one["what"] for one in row["did"]}
        if row["left"] or "submit" in done or "window" in done:
            what = "goes elsewhere" if row["left"] else "sends the form"
            what = "opens a window" if "window" in done else what
            said = f"The page {what} as soon as the value changes."
            yield needs_review(element, said) if _warns(page, element) else fails(element, said)
        elif row["dialog"] or done & {"alert", "confirm", "prompt"}:
            yield needs_review(element, "A message opens as soon as the value changes.")
        elif row["moved"] != NOWHERE or row["lost"]:
            yield needs_review(element, "The focus goes elsewhere as soon as the value changes.")


_FIELDS = 15
_CHANGES = {"change", "input", "keydown", "keypress", "keyup", "click", "blur", "focusout"}
_TYPES = {"", "text", "search", "tel", "number", "radio", "checkbox"}


def _listening_fields(page: Page) -> Iterator[Element]:
    listening = page.once(heard)
    groups: set[str] = set()
    for element in page.snapshot.tagged("select", "input", "textarea"):
        kind = element.attributes.get("type", "").lower()
        if not element.rendered or "disabled" in element.attributes:
            continue
        if "readonly" in element.attributes or (element.tag == "input" and kind not in _TYPES):
            continue
        own, above = listening.of(element) & _CHANGES, listening.above(element)
        if not own and not above & {"change", "input"}:
            continue
        if kind == "radio" and "checked" in element.attributes:
            continue
        name = f"{element.tag} {kind} {element.attributes.get('name', element.number)}"
        if kind == "radio" and name in groups:
            continue
        groups.add(name)
        yield element


def _warns(page: Page, element: Element) -> bool:
    ids = element.attributes.get("aria-describedby", "").split()
    texts = [found.text_content for name in ids if (found := page.snapshot.by_id(name))]
    return mentions("by-itself", " ".join([element.name, *texts]))


@check(
    "focus-lost",
    criteria=["2.4.3"],
    title="The focus is lost when something is pressed",
    method="Controls are pressed. Afterwards the focus must not be on nothing because the control "
    "was removed, hidden or disabled.",
    limits="Some browsers go on from where the control was.",
    fix="Move the focus to what came instead, or to a heading near it.",
    broken='<button type="button" onclick="this.remove()">Dismiss</button><p>News</p>',
    sound='<div id="news"><button type="button" onclick="heading.focus(); this.remove()">Dismiss'
    '</button></div><h1 id="heading" tabindex="-1">News</h1>',
    acts=True,
)
def focus_lost(page: Page, _: Variant) -> Iterator[Found]:
    for one in page.once(used).values():
        if not one.focusable or not one.lost or one.left or one.dialog or one.did:
            continue
        # A dialog that was open from the start has nothing to give the focus back to.
        around = [one.element, *one.element.ancestors()]
        if any(o.tag == "dialog" or "dialog" in o.attributes.get("role", "") for o in around):
            continue
        if one.gone or one.strong:
            why = "it is gone then" if one.gone else "it gives it away"
            yield needs_review(one.element, f"Pressing it leaves the focus on nothing: {why}.")


# To the content. --------------------------------------------------------------------------------


@check(
    "skip-link-broken",
    criteria=["2.4.1"],
    title="A skip link leads nowhere",
    method="Links to a place in the page among the first five stops of the Tab key that say that "
    "they skip something: their target must be there and be rendered.",
    limits="Skip links are known by their words, in English and Ukrainian, or by their class.",
    fix="Give the main content the id that the link names.",
    broken='<a href="#content">Skip to content</a><main id="main"><h1>News</h1></main>',
    sound='<a href="#content">Skip to content</a><main id="content"><h1>News</h1></main>',
    acts=True,
)
def skip_link_broken(page: Page, _: Variant) -> Iterator[Found]:
    listening = page.once(heard)
    for element in page.snapshot.tagged("a"):
        href = element.attributes.get("href", "").strip()
        if not href.startswith("#") or not _skips(element) or not element.rendered:
            continue
        if element.tab_index < 0:
            yield fails(element, "No key reaches the link that should skip repeated content.")
            continue
        target = _target(page, href[1:])
        if target is None and not listening.of(element):
            yield fails(element, "What it skips to is not in the page.", measured=href)
        elif target is not None and not target.rendered and not target.children:
            yield fails(element, "What it skips to is not rendered.", measured=href)


def _skips(element: Element) -> bool:
    said = element.name or element.text_content
    return mentions("skip", said) or "skip-link" in element.attributes.get("class", "")


def _target(page: Page, name: str) -> Element | None:
    if name.lower() in ("", "top"):
        return None if not name else page.snapshot.root
    found = page.snapshot.by_id(name)
    return found or next(
        (one for one in page.snapshot.tagged("a") if one.attributes.get("name") == name), None
    )
