"""Headings: text that only looks like one, and headings that are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..page import Page
from ..reading import Reading, is_inline, read, size, weight
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import is_file_name, letters, says
from .check import Found, advice, check, fails, needs_review

_BOLD = 600
_LONGEST = 90
"""Characters of a heading that nobody marked up; longer bold text is an emphasised sentence."""
_LARGER = 1.15
_BODY_LENGTH = 40
_ENDS = (".", ",", ";", ":", "!", "…", "»", '"')


def _headings(page: Page) -> list[Element]:
    return [
        element
        for element in page.snapshot.elements
        if element.exposed and element.heading_level and element.rendered
    ]


# Text that looks like a heading. -----------------------------------------------------------------

_NO_HEADING_IN = {
    *("a", "button", "label", "legend", "caption", "th", "td", "dt", "figcaption", "summary"),
    *("blockquote", "address", "pre", "code", "select", "nav", "footer", "svg", "dialog", "figure"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "q", "option", "time"),
}
_NO_HEADING_ROLE = {
    *("heading", "button", "link", "tab", "tooltip", "status", "alert", "menuitem", "option"),
    *("navigation", "contentinfo", "log", "img", "cell", "columnheader", "rowheader", "listbox"),
    *("menu", "menubar", "tablist", "toolbar", "term", "note", "timer", "marquee", "search"),
}


@check(
    "heading-not-marked-up",
    criteria=["1.3.1"],
    title="Text looks like a heading and is not marked up as one",
    method="A short text that stands alone in its block or line, is bold or at least 15 % larger "
    "than most text of the page, ends without a full stop, and is followed by plain text.",
    limits="Text in links, tables, forms and navigation is left out. Whether it heads what follows "
    "is for a person to say.",
    fix="Use `<h1>` to `<h6>` for what heads a section.",
    broken="<p><b>Opening hours</b></p><p>The town hall is open from Monday to Friday, from eight "
    "in the morning.</p>",
    sound="<h2>Opening hours</h2><p>The town hall is open from Monday to Friday, from eight in the "
    "morning.</p>",
)
def heading_not_marked_up(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    usual = _usual_size(shown)
    taken = _named_by(shown)
    blocks = _text_blocks(shown, reading)
    for position, (element, text) in enumerate(blocks):
        inner = _emphasised_line(element, reading, usual)
        if inner is not None:
            if not _is_out_of_place(inner, taken):
                yield needs_review(inner, _LOOKS, measured=_look(inner, usual))
            continue
        if not _may_head(text) or _is_out_of_place(element, taken):
            continue
        if not _is_emphasised(element, reading, usual):
            continue
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if following and _is_headed(element, following, reading, usual):
            yield needs_review(element, _LOOKS, measured=_look(element, usual))


_LOOKS = "It stands alone, looks stronger than the text below it, and no heading is marked up."


def _usual_size(shown: Snapshot) -> float:
    """The font size in which most of the page's letters are set."""
    sizes: Counter[float] = Counter()
    for element in shown.texts:
        if not element.closest("nav", "header", "footer"):
            sizes[size(element)] += len(element.text)
    return sizes.most_common(1)[0][0] if sizes else 16.0


def _named_by(shown: Snapshot) -> set[str]:
    """Ids of what names something else."""
    ids: set[str] = set()
    for element in shown.elements:
        for attribute in ("aria-labelledby", "aria-describedby"):
            ids.update(element.attributes.get(attribute, "").split())
    return ids


def _text_blocks(shown: Snapshot, reading: Reading) -> list[tuple[Element, str]]:
    """Visible blocks that hold text and no further block, in document order."""
    with_block = {
        element.parent.number
        for element in shown.elements
        if element.parent and element.rendered and not is_inline(element) and element.tag != "br"
    }
    found = []
    for element in shown.elements:
        if not element.visible or is_inline(element) or element.number in with_block:
            continue
        text = reading.text(element)
        if text:
            found.append((element, text))
    return found


def _may_head(text: str) -> bool:
    return 3 <= len(text) <= _LONGEST and letters(text) >= 3 and not text.endswith(_ENDS)


def _is_out_of_place(element: Element, taken: set[str]) -> bool:
    for around in (element, *element.ancestors()):
        if around.tag in _NO_HEADING_IN or around.role in _NO_HEADING_ROLE:
            return True
        if around.attributes.get("id") in taken or around.attributes.get("aria-hidden") == "true":
            return True
    return False


def _is_emphasised(element: Element, reading: Reading, usual: float) -> bool:
    """Whether all of its text is bold or larger than usual, and none of it a link."""
    speaking = [
        part
        for part in (element, *element.descendants())
        if part.rendered
        and any(isinstance(item, str) and item.strip() for item in reading.parts(part))
    ]
    return bool(speaking) and all(
        (weight(part) >= _BOLD or size(part) >= usual * _LARGER)
        and not part.closest("a", "button", "label")
        for part in speaking
    )


def _is_text(part: str | Element) -> bool:
    return isinstance(part, str) and bool(part.strip())


def _is_headed(
    element: Element, following: tuple[Element, str], reading: Reading, usual: float
) -> bool:
    """Whether what follows is plain text, or a list, below it."""
    after, text = following
    if after.box.y < element.box.bottom - 2 or after.heading_level:
        return False
    if _is_emphasised(after, reading, usual) and size(after) >= size(element):
        return False
    if after.closest("a", "button", "nav", "label", "th", "td"):
        return False
    is_list = after.closest("li", "dl") is not None and letters(text) > 3
    return is_list or letters(text) >= _BODY_LENGTH


def _emphasised_line(element: Element, reading: Reading, usual: float) -> Element | None:
    """The bold or large first line of a block whose other lines are plain."""
    if element.tag == "li":
        return None
    parts = [
        part for part in reading.parts(element) if not (isinstance(part, str) and not part.strip())
    ]
    if len(parts) < 3 or isinstance(parts[0], str) or isinstance(parts[1], str):
        return None
    first, second = parts[0], parts[1]
    if second.tag != "br" or first.tag in _NO_HEADING_IN or not _may_head(reading.text(first)):
        return None
    rest = "".join(part if isinstance(part, str) else reading.text(part) for part in parts[2:])
    plain = weight(element) < _BOLD or size(first) > size(element) * _LARGER
    if plain and _is_emphasised(first, reading, usual) and letters(rest) >= _BODY_LENGTH:
        return first
    return None


def _look(element: Element, usual: float) -> str:
    speaking = [one for one in (element, *element.descendants()) if one.text] or [element]
    largest, boldest = max(map(size, speaking)), max(map(weight, speaking))
    return f"{largest:g} px, weight {boldest:g}; most text {usual:g} px"


# Levels. -----------------------------------------------------------------------------------------


@check(
    "heading-level-skipped",
    criteria=["1.3.1"],
    title="A level of headings is skipped",
    method="The levels of all headings that assistive technology meets, in order: none may be more "
    "than one deeper than the one before it.",
    limits="Whether the levels say how the page is built is not known.",
    fix="Choose the level by the place in the page's outline, and the size by CSS.",
    broken="<h1>Services</h1><h3>Waste</h3><p>Every Tuesday.</p>",
    sound="<h1>Services</h1><h2>Waste</h2><p>Every Tuesday.</p>",
)
def heading_level_skipped(page: Page, _: Variant) -> Iterator[Found]:
    before = 0
    for heading in _headings(page):
        level = heading.heading_level
        if before and level > before + 1:
            yield needs_review(
                heading,
                f"A heading of level {level} follows one of level {before}.",
                measured=f"h{before}, then h{level}",
                needed=f"h{before + 1} at most",
            )
        before = level


@check(
    "heading-h1-missing",
    criteria=["1.3.1", "2.4.6"],
    title="No heading of the first level says what the page is about",
    method="Among the headings that assistive technology meets is none of level 1; or the page has "
    "at least three paragraphs of text and no heading at all.",
    limits="A page may do without one.",
    fix="Make the page's own title an `<h1>`.",
    broken="<h2>Waste</h2><p>Every Tuesday.</p>",
    sound="<h1>Waste</h1><p>Every Tuesday.</p>",
)
def heading_h1_missing(page: Page, _: Variant) -> Iterator[Found]:
    headings = _headings(page)
    body = page.snapshot.body
    if any(heading.heading_level == 1 for heading in headings) or body is None:
        return
    if headings:
        yield needs_review(
            headings[0],
            "The page's headings begin below the first level.",
            measured=f"first heading: h{headings[0].heading_level}",
            needed="an h1",
        )
        return
    long = [p for p in page.snapshot.texts if p.tag in ("p", "div", "li") and letters(p.text) >= 60]
    if len(long) >= 3:
        yield needs_review(
            body, "The page has much text and no heading.", measured=f"{len(long)} long paragraphs"
        )


@check(
    "heading-h1-repeated",
    criteria=["1.3.1"],
    title="Several headings are of the first level",
    method="More than one heading of level 1 is met by assistive technology, outside of dialogs.",
    limits="WCAG allows several.",
    fix="Keep `<h1>` for the page's own title.",
    broken="<h1>Services</h1><h1>Waste</h1>",
    sound="<h1>Services</h1><h2>Waste</h2>",
    advice=True,
)
def heading_h1_repeated(page: Page, _: Variant) -> Iterator[Found]:
    first = [heading for heading in _headings(page) if heading.heading_level == 1]
    for heading in first[1:]:
        if not heading.closest("dialog"):
            yield advice(heading, "It is not the first heading of level 1 in the page.")


# What headings say. ------------------------------------------------------------------------------


@check(
    "heading-empty",
    criteria=["1.3.1", "2.4.6"],
    title="A heading is empty",
    method="A heading that is rendered and exposed, and whose accessible name is empty; a picture "
    "with an empty alternative does not fill it.",
    limits="Headings that a script fills later are judged as they stand.",
    fix="Take the element away, or give it its text; space is made with CSS.",
    broken="<h1>News</h1><h2></h2><p>The bridge is open.</p>",
    sound="<h1>News</h1><h2>The bridge is open</h2>",
)
def heading_empty(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for heading in _headings(page):
        if heading.name.strip() or reading.text(heading, exposed=True):
            continue
        if heading.is_host or any(map(_may_speak, heading.descendants())):
            continue  # what has no alternative is another rule's; slotted text is elsewhere
        yield fails(heading, "The heading is announced, and says nothing.")


def _may_speak(element: Element) -> bool:
    """A picture that nobody declared to be decoration, and what is filled from elsewhere."""
    if element.tag == "img":
        return element.exposed and element.attributes.get("alt", "?") != ""
    return element.is_host or element.tag == "slot" or (element.tag == "svg" and element.exposed)


@check(
    "heading-says-nothing",
    criteria=["2.4.6"],
    title="A heading does not say what it heads",
    method="Headings whose whole text is a word such as “Heading”, “Section 1” or «Заголовок», a "
    "file's name, or no letter and digit at all; and headings of one level that say the same under "
    "the same heading.",
    limits="Words are known in eight languages.",
    fix="Let the heading say what its section is about.",
    broken="<h1>Heading</h1><p>The bridge is open again.</p>",
    sound="<h1>The bridge is open</h1><p>From today on.</p>",
)
def heading_says_nothing(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    above: list[str] = []
    seen: set[tuple[object, ...]] = set()
    for heading in _headings(page):
        text = reading.text(heading, exposed=True) or heading.name.strip()
        level = heading.heading_level
        above = [*above[: level - 1], *[""] * (level - 1 - len(above)), text]
        if not text:
            continue
        if says("vague-heading", text) or is_file_name(text):
            yield needs_review(heading, "It would head any section.", measured=f"“{text}”")
        elif not any(map(str.isalnum, text)):
            yield needs_review(heading, "The heading is made of signs alone.", measured=text)
        elif (key := (level, *above)) in seen:
            yield needs_review(
                heading,
                "Another heading beside it says the same.",
                measured=f"“{text[:60]}” twice",
            )
        else:
            seen.add(key)


@check(
    "heading-for-long-text",
    criteria=["1.3.1"],
    title="A heading holds a paragraph",
    method="Headings of more than 150 characters, or of more than 90 that end with a full stop.",
    limits="Titles of laws and papers can be long.",
    fix="Mark text up as `<p>` and make it large with CSS.",
    broken="<h1>News</h1><h2>The bridge is open again from today on, after two years of work in "
    "which more than four hundred people took part, and the buses go over it as before.</h2>",
    sound="<h1>News</h1><p style='font-size: 1.3em'>The bridge is open again from today on, after "
    "two years of work in which more than four hundred people took part.</p>",
)
def heading_for_long_text(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for heading in _headings(page):
        text = reading.text(heading)
        if len(text) > 150 or (len(text) > 90 and text.endswith((".", "!"))):
            yield needs_review(
                heading,
                "It reads like a paragraph; marked up as a heading it makes the outline useless.",
                measured=f"{len(text)} characters",
            )


_CONTENT = {"img", "svg", "video", "audio", "iframe", "canvas", "object", "embed", "hr", "math"}
_CONTENT |= {"input", "select", "textarea", "button", "table", "ul", "ol", "dl", "picture"}


@check(
    "heading-without-content",
    criteria=["1.3.1", "2.4.6"],
    title="Nothing stands under a heading",
    method="A heading that is followed by another of the same or a higher level with no text, "
    "picture or control between them.",
    limits="Content that a script brings later is not seen.",
    fix="Take the heading away, or mark it up as what it is.",
    broken="<h1>Town</h1><h2>News</h2><h2>Events</h2><p>Concert at seven.</p>",
    sound="<h1>Town</h1><h2>News</h2><p>None.</p><h2>Events</h2><p>Concert at seven.</p>",
)
def heading_without_content(page: Page, _: Variant) -> Iterator[Found]:
    before: Element | None = None
    inside: set[int] = set()
    for element in page.snapshot.elements:
        if element.heading_level and element.exposed:
            deep = before.heading_level if before is not None else 0
            if before is not None and element.heading_level <= deep and not _is_linked(before):
                yield needs_review(
                    before,
                    "The next heading follows at once.",
                    measured=f"h{deep}, then h{element.heading_level}",
                )
            before = element
            inside = {element.number}
        elif element.parent is not None and element.parent.number in inside:
            inside.add(element.number)
        elif element.rendered and (element.text or element.tag in _CONTENT or element.is_host):
            before = None


def _is_linked(heading: Element) -> bool:
    """A heading that is a link heads what the link leads to: lists of articles."""
    around = heading.closest("a", "summary", "button", "li")
    return around is not None or any(
        inside.tag in ("a", "button") for inside in heading.descendants()
    )
