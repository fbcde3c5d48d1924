"""Text: its size and what that depends on, its lines, and how it is set."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..driver import API
from ..losses import quote
from ..page import Page
from ..passages import Passage, passages
from ..showing import counterparts
from ..snapshot import Element, Snapshot
from ..variants import Variant
from .check import LAYOUT, Found, Rendition, advice, check, fails, needs_review

# The size of text. ------------------------------------------------------------------------------

_TINY = 9
_SMALL = 12
# Less is a way of hiding text.
_LEAST = 2


@check(
    "text-tiny",
    criteria=["1.4.4"],
    title="Text is very small",
    method=f"Text of less than {_TINY} CSS px is left to a person; of passages below {_SMALL} px "
    "it is advised to enlarge them.",
    limits="WCAG asks for no least size: only that the text can be enlarged.",
    fix="Give running text 1rem and nothing less than 0.75rem.",
    broken='<p style="font-size: 7px">The small print.</p>',
    sound='<p style="font-size: 1rem">Print like any other.</p>',
    depends_on=LAYOUT,
)
def text_tiny(page: Page, _: Variant) -> Iterator[Found]:
    said: set[str] = set()
    for element in page.snapshot.texts:
        size = element.px("font-size")
        if not _LEAST < size < _SMALL or element.closest("sup", "sub", "svg", "rt", "canvas"):
            continue
        tiny = size < _TINY and len(re.findall(r"[^\W_]", element.text)) > 2
        kind = f"{tiny} {element.tag} {size}"
        if kind in said or not (tiny or len(element.text) >= 40):
            continue
        said.add(kind)
        yield (needs_review if tiny else advice)(
            element,
            f"The text {quote(element.text)} is {'very ' if tiny else ''}small.",
            measured=f"{size:g} px",
            needed=f"at least {_TINY if tiny else _SMALL} px",
        )


@check(
    "text-fixed-size",
    criteria=["1.4.4"],
    title="Text does not grow with the visitor's text size",
    method="The text is enlarged to 200 %, by the page's own control of the text's size if it is "
    "Vydno's, else by the browser's font size. Text that stays as it was is reported.",
    limits="Zooming the page enlarges this text too. Where the page has no control of its own, it "
    "is advice.",
    fix="Write font sizes in `rem`, `em` or percent.",
    broken='<p style="font-size: 16px">It stays as it is.</p>',
    sound='<p style="font-size: 1rem">It grows.</p>',
    rendition=Rendition.LARGE_TEXT,
    depends_on=["viewport"],
)
def text_fixed_size(page: Page, _: Variant) -> Iterator[Found]:
    known = counterparts(page.as_is, page.snapshot)
    fixed = [element for element in page.snapshot.texts if _stays(element, known)]
    kinds: dict[object, list[Element]] = {}
    for element in _outermost(page.snapshot, fixed):
        kind = element.attributes.get("class") or element.number
        kinds.setdefault((element.tag, kind), []).append(element)
    for element, *alike in kinds.values():
        more = f" (and {len(alike)} more like it)" if alike else ""
        yield (needs_review if page.has_text_scale else advice)(
            element,
            f"Its text keeps its size when the visitor enlarges text to 200 %{more}.",
            measured=f"{element.px('font-size'):g} px",
            needed="text that grows",
        )


# What browsers give to buttons and fields that no style sheet touches.
_DEFAULT = "13.3333px"


def _stays(element: Element, known: Mapping[int, Element]) -> bool:
    old = known.get(element.number)
    size = element.style.get("font-size", "")
    if old is None or not old.visible or size == _DEFAULT or element.closest("svg"):
        return False
    return _LEAST < element.px("font-size") < old.px("font-size") * 1.1


def _outermost(shown: Snapshot, chosen: Iterable[Element]) -> Iterator[Element]:
    """The outermost elements, all texts of which are among the chosen ones."""
    left = {element.number for element in chosen}
    others: set[int] = set()
    for element in shown.texts:
        if element.number not in left:
            for around in element.ancestors():
                if around.number in others:
                    break
                others.add(around.number)
    said: set[int] = set()
    for number in sorted(left):
        top = shown.elements[number]
        for around in top.ancestors():
            if around.number in others or around.number in said or around.tag == "html":
                break
            top = around
        if top.number not in said and not any(one.number in said for one in top.ancestors()):
            said.add(top.number)
            yield top


_SCRIPT = (
    Path(__file__).parents[1].joinpath("units.js").read_text(encoding="utf-8").strip().rstrip(";")
)
_VIEWPORT_UNITS = r"\d(?:[sld]?v(?:w|i|h|b|min|max)|cq\w+)\b|var\("


@check(
    "text-viewport-units",
    criteria=["1.4.4"],
    title="Text cannot be enlarged: its size is tied to the window's",
    method="A size that is the same share of the window at 320 CSS px as at full width, and is "
    "written in `vw` or its like, does not grow when the page is zoomed (failure F94 of WCAG).",
    limits="Needs a window of at least 960 px to compare with; style sheets of other sites are not "
    "read: then a person must decide.",
    fix="Add a part that grows: `font-size: calc(1rem + 1vw)`, or `clamp()` with it.",
    broken='<p style="font-size: 2vw">As large as the window, never larger.</p>',
    sound='<p style="font-size: calc(1rem + 1vw)">It grows when the page is zoomed.</p>',
    rendition=Rendition.NARROW,
    depends_on=LAYOUT,
)
def text_viewport_units(page: Page, _: Variant) -> Iterator[Found]:
    ratio = page.as_is.viewport[0] / page.snapshot.viewport[0]
    if ratio < 3:
        return
    known = counterparts(page.as_is, page.snapshot)
    tied = [element for element in page.snapshot.texts if _is_tied(element, known, ratio)]
    if not tied:
        return
    numbers = [element.number for element in tied[:500]]
    script = f"([numbers, units]) => ({_SCRIPT})(numbers.map((at) => {API}.nodes()[at]), units)"
    written, unread = json.loads(page.evaluate(script, [numbers, _VIEWPORT_UNITS]))
    said: set[Any] = set()
    for at, element in enumerate(tied[:500]):
        kind = (element.tag, element.attributes.get("class"), element.style.get("font-size"))
        if kind in said or not (at in written or unread):
            continue
        said.add(kind)
        yield (fails if at in written else needs_review)(
            element,
            f"The text {quote(element.text)} does not grow when the page is zoomed.",
            measured=f"{element.px('font-size') * ratio / _old_size(element, known):.0%} "
            f"at a zoom of {ratio:.0%}",
            needed="at least 200 %",
        )


def _is_tied(element: Element, known: Mapping[int, Element], ratio: float) -> bool:
    before = _old_size(element, known)
    if before <= _LEAST:
        return False
    return 0.95 < element.px("font-size") * ratio / before < 1.05


def _old_size(element: Element, known: Mapping[int, Element]) -> float:
    old = known.get(element.number)
    return old.px("font-size") if old else 0.0


# Lines. -----------------------------------------------------------------------------------------

_PASSAGE = 100
"""Characters from which text is a passage to be read, not a label."""


def _read(page: Page) -> Iterator[Passage]:
    for passage in page.once(passages):
        block = passage.block
        if len(passage.text) < _PASSAGE or block.closest("pre", "code", "svg", "table", "nav"):
            continue
        if block.style.get("writing-mode", "").startswith("horizontal"):
            yield passage


def _each_kind(chosen: Iterable[Passage]) -> Iterator[tuple[Passage, str]]:
    """The first passage of each kind, and how many more there are, in words."""
    kinds: dict[Any, list[Passage]] = {}
    for one in chosen:
        style = one.block.style
        kind = (one.block.tag, one.block.attributes.get("class"), style.get("font-size"))
        kinds.setdefault(kind, []).append(one)
    for alike in kinds.values():
        yield alike[0], f" (and {len(alike) - 1} more like it)" if len(alike) > 1 else ""


_NEEDED_PITCH = 1.5
_TOUCHING = 1.05


@check(
    "line-height-low",
    criteria=["1.4.8"],
    title="Lines stand close together",
    method="The distance between the lines of passages of three lines and more, in font sizes. "
    f"Below {_NEEDED_PITCH} it is advice; below {_TOUCHING}, where letters nearly touch, a person "
    "must decide.",
    limits="WCAG asks for it at level AAA only.",
    fix="`line-height: 1.5` for running text.",
    broken='<p style="width: 20em; line-height: 1">Where lines stand so close together that the '
    "tails of one touch the heads of the next, many readers lose the line that they were in.</p>",
    sound='<p style="width: 20em; line-height: 1.5">Where lines stand well apart, most readers '
    "find their way from the end of one line to the start of the next without any thought.</p>",
    depends_on=LAYOUT,
)
def line_height_low(page: Page, _: Variant) -> Iterator[Found]:
    low = (one for one in _read(page) if len(one.rows) >= 3 and _ratio(one) < _NEEDED_PITCH - 0.02)
    for passage, more in _each_kind(low):
        ratio = _ratio(passage)
        yield (needs_review if ratio < _TOUCHING else advice)(
            passage.block,
            f"The lines of {quote(passage.text)} stand close together{more}.",
            measured=f"{ratio:.2f}",
            needed=f"{_NEEDED_PITCH}",
        )


def _ratio(passage: Passage) -> float:
    as_written = passage.size * passage.scale
    return passage.pitch / as_written if as_written and passage.pitch > 0 else 9.0


_LONGEST = 80


@check(
    "line-long",
    criteria=["1.4.8"],
    title="Lines are long",
    method="How many characters fit into the lines of passages of two lines and more.",
    limits="Counted from the average width of a letter. A passage that goes on in the next column "
    "counts as one as wide as both.",
    fix="`max-width: 66ch` for running text.",
    broken='<p style="width: 1200px">A line that goes on from one edge of a wide window to the '
    "other has far more than eighty characters, and on the way back to the left the eye does not "
    "know any more which of the lines below it was to come next. Most readers of books know lines "
    "of about sixty characters, and for a reason.</p>",
    sound='<p style="max-width: 30em">A line that ends after sixty characters or so lets the eye '
    "find the start of the next one without thought, which is why most books have such lines.</p>",
    depends_on=LAYOUT,
    advice=True,
)
def line_long(page: Page, _: Variant) -> Iterator[Found]:
    wide = (one for one in _read(page) if len(one.rows) >= 2 and one.measure > _LONGEST + 4)
    for passage, more in _each_kind(wide):
        yield advice(
            passage.block,
            f"The lines of {quote(passage.text)} are long{more}.",
            measured=f"about {passage.measure:.0f} characters",
            needed=f"at most {_LONGEST}",
        )


# How text is set. -------------------------------------------------------------------------------


@check(
    "text-justified",
    criteria=["1.4.8"],
    title="Text is justified",
    method="`text-align: justify` in passages of three lines and more.",
    limits="WCAG asks for it at level AAA only.",
    fix="`text-align: start`.",
    broken='<p style="width: 20em; text-align: justify">Spaces of many widths make white rivers '
    "run down through a paragraph, and they lead the eye away from the line that it is in.</p>",
    sound='<p style="width: 20em">Spaces of one width keep the eye in its line, and the ragged '
    "edge at the right helps to tell the lines apart; nobody is the worse for that.</p>",
    advice=True,
)
def text_justified(page: Page, _: Variant) -> Iterator[Found]:
    justified = (
        one
        for one in _read(page)
        if one.block.style.get("text-align") == "justify" and len(one.rows) >= 3
    )
    for passage, more in _each_kind(justified):
        yield advice(passage.block, f"The text {quote(passage.text)} is justified{more}.")


@check(
    "text-italic",
    criteria=["1.4.8"],
    title="A long text is in italics",
    method="Passages of more than 100 characters, nearly all of them in italics.",
    limits="How well italics are read depends on the font.",
    fix="Keep italics for words; set quotations apart by a border or a wider margin.",
    broken="<p><em>Many people with dyslexia find slanted letters hard to read, since they lean "
    "into each other and their shapes differ less from each other than upright ones.</em></p>",
    sound="<p>Upright letters are read by most people with the least effort, so <em>italics</em> "
    "are better kept for a word or two that are to be stressed in a sentence.</p>",
    advice=True,
)
def text_italic(page: Page, _: Variant) -> Iterator[Found]:
    slanted = (one for one in _read(page) if _slanted(one) > 0.9)
    for passage, more in _each_kind(slanted):
        yield advice(passage.block, f"The text {quote(passage.text)} is in italics{more}.")


def _slanted(passage: Passage) -> float:
    having = (
        one for one in passage.texts if not one.style.get("font-style", "").startswith("normal")
    )
    return sum(len(one.text) for one in having) / len(passage.text)


_BOLD = tuple(str(weight) for weight in range(600, 1000, 100))


@check(
    "text-bold",
    criteria=["1.4.8"],
    title="A long text is in bold",
    method="Passages of more than 100 characters, nearly all of them of a weight of 600 or more.",
    limits="Whether it is a heading is another check's.",
    fix="Keep bold for the words that matter.",
    broken="<p><b>Where everything is printed in bold, nothing stands out; and the dense, dark "
    "letters are more tiring to read than those which the eye knows from books.</b></p>",
    sound="<p>Where only a few words are printed in <b>bold</b>, these words stand out, and the "
    "rest of the text is read with the ease that the eye knows from books.</p>",
    advice=True,
)
def text_bold(page: Page, _: Variant) -> Iterator[Found]:
    heavy = (one for one in _read(page) if one.share("font-weight", *_BOLD) > 0.9)
    for passage, more in _each_kind(heavy):
        if not passage.block.closest("h1", "h2", "h3", "h4", "h5", "h6"):
            yield advice(passage.block, f"The text {quote(passage.text)} is in bold{more}.")


_CAPITALS = 20
_WORDS_IN_CAPITALS = 4


@check(
    "text-capitals",
    criteria=["1.4.8"],
    title="A text is in capitals",
    method=f"Texts of {_WORDS_IN_CAPITALS} words and {_CAPITALS} letters or more, all of them "
    "capitals, typed so or made by `text-transform`.",
    limits="Names of several words that are abbreviations are reported too.",
    fix="Write it as in a sentence; for weight use size, space or bold.",
    broken="<p>PLEASE READ ALL OF THE NOTES BELOW BEFORE YOU BEGIN</p>",
    sound="<p>Please read all of the notes below before you begin</p>",
    advice=True,
)
def text_capitals(page: Page, _: Variant) -> Iterator[Found]:
    shouted = (one for one in page.once(passages) if _is_in_capitals(one))
    for passage, more in _each_kind(shouted):
        typed = passage.text.isupper()
        yield advice(
            passage.block,
            f"The text {quote(passage.text)} is in capitals{more}.",
            measured="typed in capitals" if typed else "text-transform: uppercase",
        )


def _is_in_capitals(passage: Passage) -> bool:
    words = re.findall(r"[^\W\d_]+", passage.text)
    letters = [letter for letter in passage.text if letter.upper() != letter.lower()]
    if len(words) < _WORDS_IN_CAPITALS or len(letters) < _CAPITALS:
        return False
    if passage.block.closest("pre", "code", "svg"):
        return False
    upper = sum(letter.isupper() for letter in letters)
    return upper > 0.95 * len(letters) or passage.share("text-transform", "uppercase") > 0.9


@check(
    "text-underlined",
    criteria=["1.4.8"],
    title="Underlined text is no link",
    method="Text with an underline outside of links, buttons, abbreviations and insertions.",
    limits="A script may make the text a link in all but name.",
    fix="Stress with `<strong>` or `<em>`; keep underlines for links.",
    broken="<p>You must <u>bring your passport</u> along.</p>",
    sound="<p>You must <strong>bring your passport</strong> along.</p>",
    advice=True,
)
def text_underlined(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.elements:
        if "underline" not in element.style.get("text-decoration-line", "") or not element.visible:
            continue
        text = element.visible_text if len(element.children) < 20 else element.text
        if len(re.findall(r"[^\W_]", text)) < 3 or _may_be_pressed(element):
            continue
        yield advice(
            element, f"The text {quote(text)} is underlined like a link, and leads nowhere."
        )


_UNDERLINED = ("a", "abbr", "acronym", "button", "del", "ins", "label", "s", "summary", "svg")
_PRESSED = {"link", "button", "menuitem", "tab", "option", "switch", "treeitem"}


def _may_be_pressed(element: Element) -> bool:
    if element.closest(*_UNDERLINED) or element.style.get("cursor") == "pointer":
        return True
    around = (element, *element.ancestors(), *element.descendants())
    return any(
        one.tag == "a" or one.role in _PRESSED or "onclick" in one.attributes for one in around
    )
