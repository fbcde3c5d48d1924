"""Roles: names, states and content that they promise, where axe does not ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..page import Page
from ..reading import read
from ..snapshot import Element
from ..variants import Variant
from .check import Found, check, fails, needs_review

_BARS = {"progress": "progress bar", "meter": "meter"}


@check(
    "widget-without-name",
    criteria=["4.1.2", "1.1.1"],
    title="A dialog, a bar or a text that can be edited has no name",
    method="`<progress>` and `<meter>` without an accessible name fail, other than in a live "
    "region; dialogs that are open, grids, trees, and elements with `contenteditable` and no role, "
    "are for a person.",
    limits="A script may name a dialog as it opens it. Fields, buttons and links without a name "
    "are axe's.",
    fix="`aria-labelledby` with the id of its heading or text, `aria-label`, or `<label>`.",
    broken="<p>Collected so far</p><progress max=100 value=60></progress>",
    sound="<label>Collected so far <progress max=100 value=60></progress></label>",
)
def widget_without_name(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for element in page.snapshot.elements:
        if not element.exposed or element.name.strip():
            continue
        role = element.attributes.get("role", "").strip().lower()
        if element.tag in _BARS and not role:
            if _is_told_live(element) or any(map(reading.text, reading.labels_of(element))):
                continue
            yield fails(element, f"The {_BARS[element.tag]} does not say of what.")
        elif (element.tag == "dialog" and not role) or role in ("dialog", "alertdialog"):
            if not element.attributes.get("title") and element.box.area > 0:
                yield needs_review(element, "The dialog opens and does not say what it is about.")
        elif _is_editable(element) and not role and element.box.area > 0:
            yield needs_review(element, "It can be written in, and does not say what for.")
        elif role in _NEEDING and element.box.area > 0:
            yield needs_review(element, f"The {_NEEDING[role]} has no name.", measured=role)


_NEEDING = {"tree": "tree", "treegrid": "grid", "grid": "grid"}


def _is_editable(element: Element) -> bool:
    return element.attributes.get("contenteditable", "false").lower() in (
        "",
        "true",
        "plaintext-only",
    )


def _is_told_live(element: Element) -> bool:
    """Whether what is around it is read out as it changes."""
    return any(
        around.attributes.get("role") in ("status", "alert", "log")
        or around.attributes.get("aria-live", "off") != "off"
        for around in element.ancestors()
    )


@check(
    "tabs-without-selection",
    criteria=["4.1.2"],
    title="No tab says that it is the chosen one",
    method="Lists of two tabs and more: none has `aria-selected=true`. Where no tab has the "
    "attribute at all it fails.",
    limits="All tabs may be shut on purpose.",
    fix="`aria-selected=true` on the tab whose panel shows, `false` on the others.",
    broken="<div role=tablist aria-label=Hours><button role=tab>Summer</button><button role=tab>"
    "Winter</button></div>",
    sound="<div role=tablist aria-label=Hours><button role=tab aria-selected=true>Summer</button>"
    "<button role=tab aria-selected=false>Winter</button></div>",
)
def tabs_without_selection(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.elements:
        if element.attributes.get("role", "").strip() != "tablist" or not element.exposed:
            continue
        tabs = [
            one
            for one in element.descendants()
            if one.attributes.get("role", "").strip() == "tab" and one.exposed
        ]
        if len(tabs) < 2 or any(one.attributes.get("aria-selected") == "true" for one in tabs):
            continue
        if any("aria-selected" in one.attributes for one in tabs):
            yield needs_review(element, "Every tab says that it is not chosen.")
        elif len({_look(one) for one in tabs}) == 1:
            yield needs_review(element, "No tab says or shows that it is the chosen one.")
        else:
            yield fails(
                element,
                "Which tab is chosen is only seen.",
                measured=f"{len(tabs)} tabs without aria-selected",
                needed="aria-selected=true on one",
            )


def _look(tab: Element) -> tuple[str, ...]:
    """By what a tab that is chosen differs from the others, itself or the item that it is in."""
    around = [tab, tab.parent] if tab.parent else [tab]
    styles = (one.style.get(name, "") for one in around for name in _LOOKS)
    return (*styles, tab.before, tab.after)


_LOOKS = (
    *("color", "background-color", "background-image", "font-weight", "text-decoration-line"),
    *("box-shadow", "opacity", "outline-style", "border-top-color", "border-bottom-color"),
    *("border-top-width", "border-bottom-width", "border-bottom-style"),
)
_TEXT = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "table", "dl", "form", "nav"}


@check(
    "application-on-text",
    criteria=["1.3.1", "4.1.2"],
    title="A text is said to be an application",
    method="`role=application` on `<body>` or around headings, paragraphs, lists, tables or forms: "
    "in it the keys by which a listener moves through a text do nothing.",
    limits="Whether its keys are all handled is not tried.",
    fix="Leave the role out; keep it for what is no text, such as a map or a drawing.",
    broken="<div role=application><h1>Town</h1><p>The bridge is open again.</p></div>",
    sound="<h1>Town</h1><div role=application aria-label='Map of Vydne' tabindex=0></div>",
)
def application_on_text(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for element in page.snapshot.elements:
        if element.attributes.get("role", "").strip() != "application" or not element.exposed:
            continue
        texts = [
            one
            for one in element.descendants()
            if one.tag in _TEXT and one.exposed and reading.text(one)
        ]
        if len(texts) > 1 or element.tag in ("body", "main"):
            yield needs_review(
                element,
                "Its text can hardly be read with a screen reader's own keys.",
                measured=f"{len(texts)} blocks of text in it",
            )


_OF_AN_ERROR = re.compile(r"err|valid|feedback|warn", re.IGNORECASE)


_REFERRING = {"aria-labelledby", "aria-describedby", "aria-errormessage", "aria-details"}
_REFERRING |= {"aria-owns", "list", "form", "popovertarget"}


@check(
    "reference-broken",
    criteria=["1.3.1", "4.1.2"],
    title="Something refers to an id that is not in the page",
    method="`aria-labelledby`, `aria-describedby`, `aria-errormessage`, `aria-details`, "
    "`aria-owns`, `list`, `form` and `popovertarget` none of whose ids is "
    "there. Where the id says that it is of an error, and the field is not said to be wrong, "
    "nothing is missing.",
    limits="A script may bring the text when it is needed.",
    fix="Write the id of the text that is meant.",
    broken="<label for=n>Number</label> <input id=n aria-describedby=hint-n> <span id=hint>12-45"
    "</span>",
    sound="<label for=n>Number</label> <input id=n aria-describedby=hint> <span id=hint>12-45"
    "</span>",
)
def reference_broken(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    if not shown.complete or any(element.is_host for element in shown.elements):
        return
    for element in shown.elements:
        if not element.exposed:
            continue
        for name in sorted(_REFERRING & element.attributes.keys()):
            ids = element.attributes.get(name, "").split()
            if not ids or any(shown.by_id(id_) for id_ in ids):
                continue
            wrong = element.attributes.get("aria-invalid", "false") == "true"
            is_error = name == "aria-errormessage" or any(map(_OF_AN_ERROR.search, ids))
            if is_error and not wrong:
                continue
            yield needs_review(
                element,
                "What it refers to is not in the page.",
                measured=f"{name}=“{' '.join(ids)[:60]}”",
            )
