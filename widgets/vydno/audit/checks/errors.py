"""Hints and errors: whether they are tied to their fields, say enough, and stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..fields import Field, fields, is_red
from ..page import Page
from ..reading import read
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import letters, mentions, plain, says
from .check import Found, advice, check, fails, needs_review

# Hints and errors. -------------------------------------------------------------------------------

_HINT_CLASS = re.compile(
    r"hint|help|descri|instruct|tip(?:$|[\s_-])|note|caption|sub-?text", re.IGNORECASE
)
_ERROR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:error|errors|invalid|invalid-feedback|text-danger|has-error|is-invalid|"
    r"field-error|validation)(?:$|[\s_-])",
    re.IGNORECASE,
)

_WRONG_CLASS = re.compile(
    r"(?:^|[\s_-])(?:error|invalid|is-invalid|has-error)(?:$|[\s_-])", re.IGNORECASE
)


@check(
    "hint-not-tied",
    criteria=["1.3.1", "3.3.2"],
    title="A hint is not tied to its field",
    method="Visible text in the box of one field, outside of its label, that has a class of hints, "
    "is `<small>`, or tells of a format or a limit, and that neither `aria-describedby` nor a "
    "label "
    "of the field refers to.",
    limits="Where a box holds several fields, the text is nobody's.",
    fix="Give the hint an id, and name it in the field's `aria-describedby`.",
    broken="<div><label for=p>Password</label><input id=p type=password><small>At least 8 "
    "characters</small></div>",
    sound="<div><label for=p>Password</label><input id=p type=password aria-describedby=h><small "
    "id=h>At least 8 characters</small></div>",
)
def hint_not_tied(page: Page, _: Variant) -> Iterator[Found]:
    for field in fields(page):
        for text in field.texts_around():
            said = field.reading.text(text)
            if letters(said) < 4 or not text.exposed or field.is_tied(text):
                continue
            if _is_error(text, said):
                continue
            if "aria-live" in text.attributes or text.role in ("status", "alert", "tooltip"):
                continue
            is_hint = (
                text.tag == "small"
                or _HINT_CLASS.search(text.attributes.get("class", ""))
                or mentions("hint", said)
            )
            if is_hint and plain(said) not in plain(field.element.name):
                yield needs_review(
                    text,
                    "It tells how to fill in a field, and is not tied to it.",
                    measured=f"“{said[:60]}”",
                )


def _is_error(text: Element, said: str) -> bool:
    if text.tag in ("input", "select", "textarea", "label", "legend"):
        return False
    near = [text, *list(text.ancestors())[:1]]
    by_class = any(_ERROR_CLASS.search(one.attributes.get("class", "")) for one in near)
    return by_class or (is_red(text.style.get("color", "")) and mentions("error", said))


@check(
    "error-not-tied",
    criteria=["1.3.1", "3.3.1"],
    title="An error is not tied to its field",
    method="A field with `aria-invalid`, a class of errors or a red border that no other field "
    "has: "
    "a message for it must be in text and be named by `aria-describedby`, `aria-errormessage` or a "
    "label. A visible message of errors in a field's box must be tied to it, and the field be "
    "`aria-invalid`. It fails where a field is said to be wrong and no text in the form says why.",
    limits="Errors that show after a form is sent are seen only in a page that has them.",
    fix="Give the message an id, name it in `aria-describedby`, and set `aria-invalid=true`.",
    broken="<form><label>Town <input aria-invalid=true></label><label>Street "
    "<input></label></form>",
    sound="<form><label>Town <input aria-invalid=true aria-describedby=e></label><span id=e>Enter "
    "the name of a town</span></form>",
)
def error_not_tied(page: Page, _: Variant) -> Iterator[Found]:
    found = fields(page)
    plain_types = {field.type for field in found if not _has_red_border(field)}
    for field in found:
        element = field.element
        if field.is_choice and not element.attributes.get("aria-invalid"):
            continue
        invalid = element.attributes.get("aria-invalid", "false") in ("true", "grammar", "spelling")
        tied = [one for one in field.descriptions if field.reading.text(one)]
        texts = [
            text
            for text in field.texts_around()
            if _is_error(text, field.reading.text(text)) and letters(text.text) > 1
        ]
        loose = [text for text in texts if not field.is_tied(text)]
        for text in loose[:1]:
            yield needs_review(
                text,
                "It tells of an error, and is not tied to its field.",
                measured=f"“{text.text[:60]}”",
            )
        if invalid and not tied and not loose and not mentions("error", field.says):
            yield _without_text(field, page)
        elif not invalid and not texts and not tied and _looks_wrong(field, plain_types):
            yield needs_review(
                element,
                "Its colour says that it is wrong, and no text does.",
                criteria=["3.3.1", "1.4.1"],
                measured=element.style.get("border-top-color", ""),
            )


def _without_text(field: Field, page: Page) -> Found:
    around = field.form or page.snapshot.body or page.snapshot.root
    inside = (one for one in around.descendants() if one.text and one.visible)
    somewhere = any(mentions("error", one.text) or _is_error(one, one.text) for one in inside)
    if somewhere:
        return needs_review(
            field.element, "It is said to be wrong; the text that says why is not tied to it."
        )
    return fails(
        field.element,
        "It is said to be wrong, and no text says why.",
        measured="aria-invalid",
        criteria=["3.3.1"],
    )


def _looks_wrong(field: Field, plain_types: Collection[str]) -> bool:
    """Whether it has a class of errors, or a red border that others of its type have not."""
    if not field.element.visible:
        return False
    if _WRONG_CLASS.search(field.element.attributes.get("class", "")):
        return True
    return _has_red_border(field) and field.type in plain_types


def _has_red_border(field: Field) -> bool:
    style = field.element.style
    return style.get("border-top-style") != "none" and is_red(style.get("border-top-color", ""))


@check(
    "error-says-nothing",
    criteria=["3.3.1", "3.3.3"],
    title="A message of an error does not say what is wrong",
    method="Visible messages (`role=alert`, classes of errors, red text beside a field, what "
    "describes a field that is said to be wrong) whose whole text is “Error”, “Invalid”, «Помилка» "
    "or the like.",
    limits="Words are known in eight languages.",
    fix="Say which field is wrong, why, and what would be right.",
    broken="<form><label>E-mail <input></label> <span class=error>Invalid input</span></form>",
    sound="<form><label>E-mail <input></label> <span class=error>Enter an address such as "
    "anna@example.org</span></form>",
)
def error_says_nothing(page: Page, _: Variant) -> Iterator[Found]:
    tied = {
        inside.number
        for field in fields(page)
        if field.element.attributes.get("aria-invalid", "false") not in ("false", "")
        for there in field.descriptions
        for inside in (there, *there.descendants())
    }
    for element in page.snapshot.texts:
        text = element.text.strip()
        if not says("vague-error", text) or element.heading_level or not element.exposed:
            continue
        if element.number in tied:
            yield needs_review(
                element,
                "It is all that is said of what is wrong with a field.",
                measured=f"“{text[:60]}”",
            )
            continue
        around = [element, *list(element.ancestors())[:3]]
        alerting = any(
            one.role == "alert" or _ERROR_CLASS.search(one.attributes.get("class", ""))
            for one in around
        )
        if alerting or is_red(element.style.get("color", "")):
            yield needs_review(
                element,
                "It does not say what is wrong, nor what would be right.",
                measured=f"“{text[:60]}”",
            )


@check(
    "error-without-field",
    criteria=["3.3.1"],
    title="A message of errors does not say in which field they are",
    method="A `role=alert` or a box with a class of errors that speaks of errors, in a page with "
    "fields, while no field is said to be wrong or described by an error, no other message stands "
    "by a field, and the message neither links to a field nor has its label in it.",
    limits="The message may be about the whole, such as a wrong password.",
    fix="Name the field in the message, and mark it with `aria-invalid` and a text of its own.",
    broken="<div role=alert>The form has errors, please look at it again.</div><form><label>Town "
    "<input></label><label>Street <input></label><button>Send</button></form>",
    sound="<div role=alert>The form has an error: enter a town.</div><form><label>Town "
    "<input aria-invalid=true></label><label>Street <input></label><button>Send</button></form>",
)
def error_without_field(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading, found = page.snapshot, page.once(read), fields(page)
    usable = [field for field in found if field.is_usable]
    secret = any(field.type == "password" for field in found)
    if len(usable) < 2 or secret or any(map(_is_marked, found)):
        return
    labels = {plain(field.says) for field in found if letters(field.says) > 2}
    for element in shown.elements:
        marked = element.attributes.get("role") in ("alert", "alertdialog") or _ERROR_CLASS.search(
            element.attributes.get("class", "")
        )
        if not marked or not element.visible or element.tag in ("form", "body", "html", "label"):
            continue
        text = reading.text(element)
        if not (mentions("error", text) or says("vague-error", text)) or len(text) > 400:
            continue
        said = plain(text)
        inside = list(element.descendants())
        if any(one.tag in ("a", "input", "select", "textarea", "button") for one in inside):
            continue
        if not any(_stem(label) in said for label in labels):
            yield needs_review(
                element, "It tells of errors and of no field.", measured=f"“{text[:60]}”"
            )
            return


def _stem(label: str) -> str:
    """The beginning of a label's first word, so that Ukrainian endings do not count."""
    return label.split()[0][:5]


def _is_marked(field: Field) -> bool:
    if field.element.attributes.get("aria-invalid", "false") not in ("false", ""):
        return True
    near = [*field.texts_around(), *field.descriptions]
    return any(_is_error(one, field.reading.text(one)) for one in near)


_VANISHES = re.compile(
    r"setTimeout\s*\((?P<body>.{0,400}?(?:\.remove\(|\.hide\(|fadeOut|display\s*=\s*['\"]none|"
    r"\.hidden\s*=\s*true|textContent\s*=\s*['\"]{2}|innerHTML\s*=\s*['\"]{2}|removeChild|"
    r"visibility\s*=\s*['\"]hidden|classList\.(?:remove|add)\().{0,200}?),\s*(?P<time>\d[\d_]{2,5})\s*\)",
    re.DOTALL,
)
_MESSAGE = re.compile(
    r"alert|error|message|msg|toast|status|notif|flash|snack|success|warn", re.IGNORECASE
)


@check(
    "error-summary-without-links",
    criteria=["3.3.1"],
    title="A summary of errors does not lead to the fields",
    method="A `role=alert` or a box with a class of errors that lists at least two messages, in a "
    "page with fields, and has no link.",
    limits="Summaries that show after a form is sent are seen only in a page that has them.",
    fix="Let each message link to its field.",
    broken="<div role=alert><p>There is a problem</p><ul><li>Enter a town</li><li>Enter a street"
    "</li></ul></div><form><label>Town <input></label><button>Send</button></form>",
    sound="<div role=alert><p>There is a problem</p><ul><li><a href='#t'>Enter a town</a></li><li>"
    "<a href='#t'>Enter a street</a></li></ul></div><form><label for=t>Town</label><input id=t>"
    "<button>Send</button></form>",
    advice=True,
)
def error_summary_without_links(page: Page, _: Variant) -> Iterator[Found]:
    if not fields(page):
        return
    for element in page.snapshot.elements:
        marked = element.role == "alert" or _ERROR_CLASS.search(element.attributes.get("class", ""))
        if not marked or not element.visible or element.tag in ("form", "body", "html"):
            continue
        inside = list(element.descendants())
        items = [one for one in inside if one.tag == "li" and one.visible]
        if len(items) > 1 and not any(one.tag in ("a", "button", "input") for one in inside):
            yield advice(element, "No message leads to its field.", measured=f"{len(items)} items")


@check(
    "message-vanishes",
    criteria=["2.2.1", "3.3.1"],
    title="A message goes away by itself",
    method="Scripts in the page that take a message away some seconds after showing it; elements "
    "with the attributes of known libraries that do so (`data-bs-autohide`, `data-autohide`, "
    "`data-timeout`).",
    limits="Scripts in files of their own are not read.",
    fix="Let the message stay until it is dismissed.",
    broken="<div role=alert id=message>Enter a date</div><script>setTimeout(() => document."
    "getElementById('message').remove(), 60000)</script>",
    sound="<div role=alert id=message>Enter a date</div>",
)
def message_vanishes(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    body = shown.body
    for script in reading.scripts:
        for match in _VANISHES.finditer(script):
            around = script[max(0, match.start() - 300) : match.end()]
            if _MESSAGE.search(around) and body is not None:
                yield needs_review(
                    _shown_message(shown) or body,
                    "A script takes a message away after a time.",
                    measured=f"{int(match['time']) / 1000:g} s",
                )
                return
    for element in shown.elements:
        for name in ("data-bs-autohide", "data-autohide", "data-auto-dismiss", "data-timeout"):
            if element.attributes.get(name, "false") not in ("false", "0"):
                yield needs_review(
                    element,
                    "The message goes away by itself.",
                    measured=f"{name}={element.attributes[name]}",
                )


def _shown_message(shown: Snapshot) -> Element | None:
    return next(
        (one for one in shown.elements if one.role in ("alert", "status") and one.rendered), None
    )
