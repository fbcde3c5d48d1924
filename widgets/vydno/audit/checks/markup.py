"""Markup: errors that change what a page means, and elements that HTML no longer has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..page import Page
from ..reading import FIELDS
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import words
from .check import Found, advice, check, fails, needs_review

_LARGEST = 300_000
"""Characters of HTML that are parsed; the parser reads about 400,000 a second."""
_DEEPEST = 400
"""Nesting above which the parser slows down."""
_TOLD = 5


@dataclass(frozen=True, kw_only=True)
class ParseError:
    """What the parser says of a place in the source."""

    code: str
    line: int
    column: int
    name: str
    """The element that it is about, where there is one."""
    other: str = ""
    """The element that was expected."""

    def __str__(self) -> str:
        said = _SAID.get(self.code, self.code.replace("-", " "))
        return f"line {self.line}: {said.format(name=self.name, other=self.other)}"


_SAID = {
    "duplicate-attribute": "an attribute stands twice; the second one is lost",
    "invalid-character-in-attribute-name": "a quotation mark is missing or one too many",
    "unexpected-character-in-unquoted-attribute-value": "a quotation mark is missing",
    "unexpected-character-after-attribute-value": "no space between two attributes",
    "unexpected-start-tag-implies-end-tag": "<{name}> in <{other}> ends the outer one",
    "unexpected-start-tag": "<{name}> must not stand here",
    "unexpected-start-tag-ignored": "<{name}> is ignored here",
    "unexpected-start-tag-implies-table-voodoo": "<{name}> is moved out of the table",
    "unexpected-end-tag": "</{name}> closes nothing",
    "end-tag-too-early": "</{name}> comes while something in it is open",
    "expected-one-end-tag-but-got-another": "</{name}> comes while <{other}> is open",
    "adoption-agency-1.3": "</{name}> overlaps with another element",
    "non-void-element-with-trailing-solidus": "<{name}/> is not closed by its slash",
    "unexpected-char-in-comment": "a comment holds two dashes",
    "expected-doctype-but-got-start-tag": "there is no <!doctype html>",
    "expected-doctype-but-got-chars": "there is no <!doctype html>",
    "unknown-doctype": "the doctype is an old one",
    "eof-in-attribute-value-double-quote": "a quotation mark is never closed",
    "eof-in-attribute-value-single-quote": "a quotation mark is never closed",
    "expected-closing-tag-but-got-eof": "<{name}> is never closed",
    "expected-named-closing-tag-but-got-eof": "<{name}> is never closed",
}

_MEANINGFUL = {
    *("a", "button", "label", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "table"),
    *("form", "fieldset", "legend", "caption", "th", "td", "tr", "select", "nav", "main", "header"),
    *("footer", "section", "article", "aside", "title", "textarea", "strong", "em", "option"),
}
_CHANGING = {
    "invalid-character-in-attribute-name",
    "unexpected-character-in-unquoted-attribute-value",
    "unexpected-start-tag-implies-end-tag",
    "unexpected-start-tag-implies-table-voodoo",
    "eof-in-attribute-value-double-quote",
    "eof-in-attribute-value-single-quote",
    "expected-named-closing-tag-but-got-eof",
    "duplicate-attribute",
}
_CHANGING_FOR_SOME = {
    "unexpected-start-tag",
    "unexpected-start-tag-ignored",
    "end-tag-too-early",
    "expected-one-end-tag-but-got-another",
    "expected-closing-tag-but-got-eof",
    "non-void-element-with-trailing-solidus",
    "adoption-agency-1.3",
}


@check(
    "markup-error",
    criteria=["1.3.1", "4.1.2"],
    title="Errors in the HTML change what it means",
    method="The HTML that the server sent goes through an HTML parser that follows the standard. "
    "Errors after which an element ends early, is moved, or loses an attribute need a review, in "
    "one finding a page with their lines; so do texts that were torn into attributes because their "
    "quotation marks are missing. The rest is advice.",
    limits="At most 300,000 characters and 400 levels are read. What scripts write is not seen. "
    "The criterion 4.1.1 about such errors is gone from WCAG 2.2; what they do to others stays.",
    fix="Run the page through https://validator.w3.org/nu/ and mend what it says.",
    broken="<!doctype html><html lang=en><title>Town</title><h1>Town</h2><p>The <button>bridge "
    "<button>is</button> open.</button></p></html>",
    sound="<!doctype html><html lang=en><title>Town</title><h1>Town</h1><p>The bridge is open.</p>"
    "</html>",
    depends_on=(),
)
def markup_error(page: Page, _: Variant) -> Iterator[Found]:
    errors = list(_errors(page))
    changing = [error for error in errors if _changes_meaning(error)]
    others = [error for error in errors if error not in changing]
    if changing:
        yield needs_review(
            "html",
            "The browser reads the HTML otherwise than it is written: "
            + "; ".join(map(str, changing[:_TOLD]))
            + ".",
            measured=f"{len(changing)} errors",
        )
    for element in page.snapshot.elements:
        if lost := _words_as_attributes(element, page):
            yield needs_review(
                element,
                "Without quotation marks a text ends at its first space; the rest is lost.",
                measured=f"attributes {', '.join(lost[:5])}",
            )
    if others:
        yield advice(
            "html",
            "The HTML has errors: " + "; ".join(map(str, others[:_TOLD])) + ".",
            measured=f"{len(others)} errors",
        )


_SPEAKING = {"alt", "title", "aria-label", "placeholder", "content", "label", "summary"}
_ALONE = {
    *("disabled", "required", "readonly", "checked", "selected", "multiple", "autofocus", "hidden"),
    *("inert", "open", "loop", "muted", "autoplay", "controls", "ismap", "reversed", "novalidate"),
    *("download", "itemscope", "allowfullscreen", "async", "defer", "default", "nomodule"),
    *("crossorigin", "contenteditable", "popover", "draggable", "value", "sandbox", "playsinline"),
}


def _words_as_attributes(element: Element, page: Page) -> list[str]:
    """Attributes without a value, right after one that holds a single word of a text, without
    quotation marks: two and more, or one with a letter that no attribute has."""
    names = list(element.attributes)
    for place, name in enumerate(names):
        text = element.attributes[name]
        if name not in _SPEAKING or not text or " " in text or text[:1] in "{[":
            continue
        lost = []
        for after in names[place + 1 :]:
            if element.attributes[after] or after in _ALONE or not after.strip(".,!?").isalpha():
                break
            lost.append(after)
        torn = len(lost) > 1 or any(not word.isascii() for word in lost)
        if torn and re.search(rf"{name}\s*=\s*{re.escape(text)}\s", page.source, re.IGNORECASE):
            return lost
    return []


def _errors(page: Page) -> Iterator[ParseError]:
    from tinyhtml5.parser import HTMLParser

    source = page.source
    if len(source) > _LARGEST or _depth(page.snapshot) > _DEEPEST:
        return
    parser = HTMLParser()
    parser.parse(source)
    for (line, column), code, details in parser.errors:
        # Since 2025 a <select> may hold more than the parser knows.
        if "in-select" not in code:
            yield _error(code, line, column, details)


def _error(code: str, line: int, column: int, details: Mapping[str, Any]) -> ParseError:
    name = details.get("name") or details.get("startName") or details.get("gotName") or ""
    other = details.get("endName") or details.get("expectedName") or ""
    return ParseError(code=code, line=line, column=column, name=name, other=other)


def _depth(shown: Snapshot) -> int:
    depths: dict[int, int] = {-1: 0}
    for element in shown.elements:
        depths[element.number] = depths[element.parent.number if element.parent else -1] + 1
    return max(depths.values())


def _changes_meaning(error: ParseError) -> bool:
    if error.code in _CHANGING:
        return True
    if error.code == "unexpected-start-tag" and error.name in ("meta", "link", "style", "script"):
        return False
    names = {error.name, error.other}
    return error.code in _CHANGING_FOR_SOME and bool(names & _MEANINGFUL)


# Obsolete. ---------------------------------------------------------------------------------------


@check(
    "element-obsolete",
    criteria=["1.3.1"],
    title="An element that HTML no longer has",
    method="Elements of the list “Obsolete features” of the HTML standard: `<font>`, `<center>`, "
    "`<big>`, `<strike>`, `<frame>`, `<applet>` and so on. Those that only paint text need a "
    "review, since their look may be all that says what the text is. `<blink>` and `<marquee>` are "
    "axe's.",
    limits="The first of each kind is named.",
    fix="Use the element that says what the text is, and CSS for its look.",
    broken="<p><font color=red size=6>The bridge is closed.</font></p>",
    sound="<p><strong>The bridge is closed.</strong></p>",
)
def element_obsolete(page: Page, _: Variant) -> Iterator[Found]:
    found: dict[str, list[Element]] = {}
    for element in page.snapshot.elements:
        if element.tag in words("obsolete-element") and element.closest("svg") is None:
            found.setdefault(element.tag, []).append(element)
    for tag, same in found.items():
        yield needs_review(same[0], f"<{tag}> is obsolete.", measured=f"{len(same)} in the page")


@check(
    "attribute-obsolete",
    criteria=["1.3.1"],
    title="Attributes that HTML no longer has set the look",
    method="Attributes of the list “Obsolete features” of the HTML standard: `bgcolor`, `align`, "
    "`valign`, `cellpadding`, `border` of tables and so on.",
    limits="The first of each kind is named.",
    fix="Use CSS.",
    broken="<p align=center>The bridge is closed.</p>",
    sound="<p style='text-align: center'>The bridge is closed.</p>",
    advice=True,
)
def attribute_obsolete(page: Page, _: Variant) -> Iterator[Found]:
    found: dict[str, list[Element]] = {}
    for element in page.snapshot.elements:
        if element.closest("svg") is not None:
            continue
        for name in element.attributes.keys() & words("obsolete-attribute"):
            if not (name == "border" and element.tag == "img"):
                found.setdefault(name, []).append(element)
    for name, same in sorted(found.items()):
        yield advice(same[0], f"`{name}` is obsolete.", measured=f"{len(same)} in the page")


# Ids. --------------------------------------------------------------------------------------------

_REFERRING = (
    *("headers", "list", "form", "popovertarget", "commandfor", "aria-controls", "aria-owns"),
    *("aria-details", "aria-activedescendant", "aria-flowto"),
)


@check(
    "id-referred-twice",
    criteria=["1.3.1", "4.1.2"],
    title="Something refers to an id that several elements have",
    method="`for`, `headers`, `list`, `form`, `aria-…` and links to `#id` whose id stands on more "
    "than one element: browsers take the first. Ids that nothing refers to are advice.",
    limits="Ids inside of shadow roots are not told from those outside.",
    fix="Give every element an id of its own.",
    broken="<a href='#news'>News</a><h2 id=news>Events</h2><p>Concert.</p><h2 id=news>News</h2><p>"
    "Bridge.</p>",
    sound="<a href='#news'>News</a><h2 id=events>Events</h2><p>Concert.</p><h2 id=news>News</h2>"
    "<p>Bridge.</p>",
)
def id_referred_twice(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    if any(element.is_host for element in shown.elements):
        return
    ids = Counter(
        element.attributes["id"] for element in shown.elements if element.attributes.get("id")
    )
    told: set[str] = set()
    referred = {id_ for element in shown.elements for _, id_ in _references(element)}
    loose = [id_ for id_, number in ids.items() if number > 1 and id_ not in referred]
    for id_ in loose:
        if there := shown.by_id(id_):
            yield advice(there, "Its id is not its own.", measured=f"{id_}: {ids[id_]} elements")
    for element in shown.elements:
        for name, id_ in _references(element):
            if ids[id_] > 1 and id_ not in told:
                told.add(id_)
                # Listeners may reach either, a browser the first alone.
                report = fails if name in ("for", "headers") else needs_review
                yield report(
                    element,
                    "It refers to an id that several elements have.",
                    measured=f"{name}={id_}: {ids[id_]} elements",
                    needed="one element",
                )


def _references(element: Element) -> Iterator[tuple[str, str]]:
    attributes = element.attributes
    href = attributes.get("href", "")
    if element.tag in ("a", "area") and href.startswith("#") and len(href) > 1:
        yield "href", href[1:]
    for name in ("for", "aria-labelledby", "aria-describedby", *_REFERRING):
        for id_ in attributes.get(name, "").split():
            yield name, id_


# Nesting. ----------------------------------------------------------------------------------------

_INTERACTIVE = {"a", "button", "select", "textarea", "summary", "details", "embed", "iframe"}
_WIDGETS = {"button", "link", "checkbox", "radio", "switch", "textbox", "combobox", "slider"}
_WIDGETS |= {"tab", "menuitem", "option", "spinbutton", "searchbox"}


@check(
    "interactive-nested",
    criteria=["4.1.2"],
    title="Something to press stands in something to press",
    method="Links, buttons and fields inside a link, a `<label>` of another field or a "
    "`<summary>`, "
    "as the browser's document has them. Controls in buttons are axe's.",
    limits="Nesting that the parser undoes is found as an error of the markup.",
    fix="Put them side by side.",
    broken="<a href='/bridge'>The bridge <button>Save</button></a>",
    sound="<a href='/bridge'>The bridge</a> <button>Save</button>",
)
def interactive_nested(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.elements:
        if not element.exposed or not _is_interactive(element) or element.parent is None:
            continue
        link = element.parent.closest("a")
        if link is not None and link.exposed and "href" in link.attributes:
            yield fails(element, "It stands in a link: two things are to be pressed at one place.")
            continue
        label = element.parent.closest("label")
        if label is not None and element.tag in ("a", "button") and label.exposed:
            report = advice if element.tag == "a" else needs_review
            yield report(element, "It stands in a label: what it says is part of a name.")
        summary = element.parent.closest("summary")
        if summary is not None and summary.exposed:
            yield needs_review(element, "It stands in a summary, which is a button itself.")


def _is_interactive(element: Element) -> bool:
    if element.tag == "a":
        return "href" in element.attributes
    if element.tag == "input":
        return element.attributes.get("type", "").lower() != "hidden"
    if element.tag in ("button", "select", "textarea"):
        return True
    return element.attributes.get("role", "") in _WIDGETS and element.tab_index >= 0


_BLOCKS = {"p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "form", "section"}


@check(
    "block-in-inline",
    criteria=["1.3.1"],
    title="A block stands in an element for parts of a sentence",
    method="Headings, paragraphs, lists, tables and forms inside `<span>`, `<b>`, `<i>`, `<em>`, "
    "`<strong>`, `<label>`, `<button>` or a heading, as the browser's document has them.",
    limits="Browsers show it all the same.",
    fix="Put the smaller element into the larger one.",
    broken="<b><p>The bridge is closed.</p></b>",
    sound="<p><b>The bridge is closed.</b></p>",
    advice=True,
)
def block_in_inline(page: Page, _: Variant) -> Iterator[Found]:
    inline = ("span", "b", "i", "em", "strong", "small", "label", "button", "font", "u", "code")
    headings = ("h1", "h2", "h3", "h4", "h5", "h6")
    for element in page.snapshot.elements:
        parent = element.parent
        if element.tag in _BLOCKS and parent is not None and parent.tag in (*inline, *headings):
            yield advice(element, f"<{element.tag}> must not stand in <{parent.tag}>.")


_VISIBLE_TAG = re.compile(
    r"</(?:p|div|span|b|i|strong|em|a|ul|ol|li|h[1-6]|table|t[dr]|font|button|form)>|<br\s*/?>|"
    r"<(?:p|div|span|a|img|font|table|button|input|form)\s[^<>]*=[^<>]*>|&(?:nbsp|amp|quot|lt|gt|copy|laquo|raquo|mdash|ndash|#\d{2,5});|"
    r"\{\{[^{}]{1,60}\}\}|\{%[^{}]{1,80}%\}|<%[^<>]{1,80}%>|\$\{[\w.]{1,40}\}",
    re.IGNORECASE,
)


@check(
    "markup-shown-as-text",
    criteria=["1.3.1"],
    title="Markup or a template's placeholder stands in the text",
    method="Visible text, outside of code, with a tag, a character reference or the placeholder of "
    "a template language in it.",
    limits="A page about HTML may write it without marking it up as code.",
    fix="Do not escape it twice; fill in what the template asks for.",
    broken="<p>The bridge is &lt;b&gt;closed&lt;/b&gt;.</p>",
    sound="<p>The bridge is <b>closed</b>, as <code>&lt;b&gt;</code> shows.</p>",
)
def markup_shown_as_text(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.texts:
        match = _VISIBLE_TAG.search(element.text)
        if match and not element.closest("code", "pre", "kbd", "samp", "var", *FIELDS):
            yield needs_review(element, "It reads like code.", measured=f"“{match[0][:60]}”")
