"""What a page's markup says: lists, space, pages' parts, and text that it hides or makes up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..page import Page
from ..reading import FIELDS, Reading, is_inline, is_painted, read
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import letters, mentions
from .check import Found, advice, check, fails, needs_review

# Lists. ------------------------------------------------------------------------------------------

_BULLET = re.compile(
    r"^[\s\u00a0]*([•◦▪▫●○■□‣⁃∙·➢➤►▶✓✔✦★☆❖→»*+\-–—✅☑❌✖❗👉🔹🔸🔷🔶🔵🔴🟢🟡📌📍⭐➡⚡💡])\ufe0f?[\s\u00a0]*"
    r"(?=[\w«“„\"])"
)
_SURE = set("•◦▪▫●■‣⁃∙➢➤❖")
_NUMBER = re.compile(
    r"^[\s\u00a0]*\(?(\d{1,2}|[a-zа-яіїєґ]|[ivx]{1,4})[.)][\s\u00a0]+(?=\w)", re.IGNORECASE
)
_LONGEST_ITEM = 300
_NO_LIST_IN = ("li", "dl", "table", "pre", "code", "select", "nav", "form", "a", "button", "svg")


@check(
    "list-not-marked-up",
    criteria=["1.3.1"],
    title="Text looks like a list and is not marked up as one",
    method="Lines parted by `<br>`, or blocks that follow each other, of which at least three (two "
    "with bullets such as •) begin with the same bullet or dash, or with numbers or letters that "
    "count up. Bullets that serve nothing else are known to make a list; the rest is for a person.",
    limits="Numbers may be those of laws or of verses. Dashes before questions and answers are "
    "taken for a dialogue.",
    fix="Use `<ul>` or `<ol>` with `<li>`; the marks are CSS's.",
    broken="<p>• bread<br>• butter<br>• salt</p>",
    sound="<ul><li>bread<li>butter<li>salt</ul>",
)
def list_not_marked_up(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    for element, lines in _in_lines(shown, reading):
        yield from _list(element, lines)
    for parent, run in _runs_of_blocks(shown, reading):
        texts = [text for _, text in run]
        for found in _list(run[0][0], texts):
            if not parent.closest(*_NO_LIST_IN):
                yield found


def _in_lines(shown: Snapshot, reading: Reading) -> Iterator[tuple[Element, list[str]]]:
    """Elements with `<br>` in them, and their lines."""
    parents = {br.parent for br in shown.tagged("br") if br.parent is not None}
    for element in sorted(parents, key=lambda one: one.number):
        if element.visible and element.exposed and not element.closest(*_NO_LIST_IN):
            yield element, reading.lines(element)


def _runs_of_blocks(
    shown: Snapshot, reading: Reading
) -> Iterator[tuple[Element, list[tuple[Element, str]]]]:
    """Neighbours of the same name, each a block of text that begins with a mark."""
    for element in shown.elements:
        if len(element.children) < 2 or not element.rendered:
            continue
        run: list[tuple[Element, str]] = []
        for child in element.children:
            text = ""
            if child.tag in ("p", "div", "span") and child.visible and not is_inline(child):
                text = reading.text(child)
            if len(text) > _LONGEST_ITEM or any(one.heading_level for one in child.descendants()):
                text = ""
            if text and (_BULLET.match(text) or _NUMBER.match(text)):
                run.append((child, text))
                continue
            if len(run) > 1:
                yield element, run
            run = []
        if len(run) > 1:
            yield element, run


def _list(element: Element, lines: Sequence[str]) -> Iterator[Found]:
    spoken = [line for line in lines if line]
    marks = [match[1] if (match := _BULLET.match(line)) else "" for line in spoken]
    mark, number = _longest(marks)
    if mark in _SURE and number >= 2:
        yield fails(
            element,
            "Its lines are a list, and nothing but the bullets says so.",
            measured=f"{number} lines with {mark}",
        )
    elif mark and number >= 3 and not _is_dialogue(mark, spoken):
        yield needs_review(
            element, "Its lines look like a list.", measured=f"{number} lines with {mark}"
        )
    elif (counted := _counting(spoken)) >= 3:
        yield needs_review(
            element, "Its lines count up like a list.", measured=f"{counted} numbered lines"
        )


_SPOKEN = re.compile(r"[?!…]|[,.»”]\s*[—–]\s")


def _is_dialogue(mark: str, lines: Sequence[str]) -> bool:
    """Whether dashes begin what people say: questions, exclamations, «— said she» among it."""
    said = [line for line in lines if line.lstrip().startswith(mark)]
    asked = sum(bool(_SPOKEN.search(line)) for line in said)
    whole = all(line.rstrip().endswith((".", "!", "?", "…", "»", "”")) for line in said)
    return mark in "—–" and asked > 0 and whole


def _longest(marks: Sequence[str]) -> tuple[str, int]:
    """The mark that stands longest without a break, and how long."""
    best, at, length = ("", 0), "", 0
    for mark in marks:
        length = length + 1 if mark and mark == at else int(bool(mark))
        at = mark
        best = max(best, (at, length), key=lambda found: found[1])
    return best


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")


def _counting(lines: Sequence[str]) -> int:
    """How many lines in a row begin with numbers or letters that count up by one."""
    best, length, before = 0, 0, None
    for line in lines:
        match = _NUMBER.match(line)
        now = _value(match[1].lower()) if match else set[int]()
        follows = before is not None and any(one - 1 in before for one in now)
        length = length + 1 if follows else int(bool(now))
        before = now
        best = max(best, length)
    return best


def _value(mark: str) -> set[int]:
    if mark.isdecimal():
        return {int(mark)}
    values = {
        alphabet.index(mark) + 100 for alphabet in _ALPHABETS if len(mark) == 1 and mark in alphabet
    }
    if "г" in mark:
        values |= {103 + 1}  # Ukrainian lists often leave ґ out
    return values | ({_ROMAN[mark]} if mark in _ROMAN else set())


@check(
    "list-odd",
    criteria=["1.3.1"],
    title="A list is empty, torn, or marked twice",
    method="`<ul>`, `<ol>` and `<dl>` without any item, and `<li>` without text, name, picture or "
    "control, that assistive technology meets; numbers or bullets typed into the items of a list; "
    "three lists of one item each in a row; `<dt>` without any `<dd>`, or the other way round. A "
    "list of one item is advice.",
    limits="Lists that a script fills later are judged as they stand.",
    fix="Leave out what holds nothing; write a single item as a paragraph.",
    broken="<ul><li>bread</li><li></li><li>salt</li></ul>",
    sound="<ul><li>bread</li><li>salt</li></ul>",
)
def list_odd(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for one in page.snapshot.tagged("ul", "ol", "dl"):
        if not one.exposed or one.attributes.get("role") or one.is_host or "id" in one.attributes:
            continue
        inside = [child for child in one.children if child.exposed]
        if not inside and not one.text:
            yield needs_review(one, "The list has no item.")
        elif len(inside) == 1 and inside[0].tag == "li" and not one.closest("nav", "li"):
            yield advice(one, "The list has one item.")
    for item in page.snapshot.tagged("li"):
        if item.exposed and not item.attributes.get("role") and _is_void(item, reading):
            yield needs_review(item, "The item is announced, and holds nothing.")
    yield from _marked_twice(page.snapshot, reading)
    yield from _torn(page.snapshot)
    for term in page.snapshot.tagged("dl"):
        kinds = {child.tag for child in term.descendants() if child.exposed}
        if term.exposed and "role" not in term.attributes and ("dt" in kinds) != ("dd" in kinds):
            missing = "dd" if "dt" in kinds else "dt"
            yield needs_review(
                term, "Terms and what is said of them belong together.", measured=f"no <{missing}>"
            )


def _marked_twice(shown: Snapshot, reading: Reading) -> Iterator[Found]:
    """Lists whose items begin with a mark or a number that somebody typed."""
    for one in shown.tagged("ul", "ol"):
        items = [child for child in one.children if child.tag == "li" and child.visible]
        if len(items) < 3 or not one.exposed or "role" in one.attributes:
            continue
        texts = [reading.text(item) for item in items]
        if one.tag == "ul" and _counting(texts) == len(texts):
            yield needs_review(
                one,
                "Numbers are typed into a list that counts nothing.",
                measured=f"{len(texts)} items",
                fix="Use `<ol>`, and let it count.",
            )
        elif all((match := _BULLET.match(text)) and match[1] in _SURE for text in texts):
            yield needs_review(
                one,
                "Bullets are typed into the items, and read out with each.",
                measured=f"{len(texts)} items with {texts[0].strip()[0]}",
                fix="Leave the bullets to the list, or to CSS.",
            )


def _torn(shown: Snapshot) -> Iterator[Found]:
    """Three lists in a row, of one item each."""
    for around in shown.elements:
        run: list[Element] = []
        for child in [*around.children, None]:
            one = child is not None and _has_one_item(child)
            if child is not None and one and (not run or run[0].tag == child.tag):
                run.append(child)
                continue
            if len(run) > 2:
                yield needs_review(
                    run[0],
                    "Each item has a list of its own, though they follow each other.",
                    measured=f"{len(run)} lists of one item",
                )
            run = [child] if child is not None and one else []


def _has_one_item(element: Element) -> bool:
    return (
        element.tag in ("ul", "ol")
        and element.exposed
        and "role" not in element.attributes
        and [child.tag for child in element.children if child.exposed] == ["li"]
    )


@check(
    "struck-by-css",
    criteria=["1.3.1"],
    title="A style sheet alone strikes text out",
    method="Visible text with `line-through` that stands in no `<s>`, `<del>` or `<strike>` and no "
    "role of deletion, with no word for listeners beside it (failure F2 of WCAG).",
    limits="What was done with, in a list of tasks, may be said by a checkbox: such are left out.",
    fix="Use `<s>` or `<del>`, and say “was” and “now” in words.",
    broken="<p><span style='text-decoration: line-through'>89</span> 65</p>",
    sound="<p>Was <s>89</s>, now 65</p>",
)
def struck_by_css(page: Page, _: Variant) -> Iterator[Found]:
    told: set[int] = set()
    for element in page.snapshot.texts:
        if "line-through" not in element.style.get("text-decoration-line", ""):
            continue
        struck = element
        if not element.exposed or element.closest("s", "del", "strike", "label", "ins"):
            continue
        around = struck.parent or struck
        known = any(
            one.concealed or one.role in ("deletion", "checkbox") or "aria-label" in one.attributes
            for one in (struck, *struck.descendants(), around, *around.children)
        )
        if known or around.number in told or _has_words_for_it(element, page.once(read)):
            continue
        told.add(around.number)
        yield needs_review(
            element,
            "That it is struck out is only seen.",
            measured=f"“{element.text[:40]}”: line-through",
        )


_EMPHATIC = ("strong", "b", "em", "i", "cite", "dfn", "mark", "code", "kbd", "var", "abbr", "time")
_BOLD_ALREADY = (
    *("h1", "h2", "h3", "h4", "h5", "h6", "a", "button", "label", "legend", "th", "dt"),
    *("summary", "nav", "header", "footer", "caption", "figcaption", "svg", "option"),
)


@check(
    "emphasis-by-css",
    criteria=["1.3.1"],
    title="A style sheet alone stresses words",
    method="`<span>` and `<font>` of three letters and more within the text of a block, that are "
    "bold or slanted where the text around is not, without a role (failure F2 of WCAG).",
    limits="Whether the look says anything is not known.",
    fix="Use `<strong>` or `<em>` for what is stressed.",
    broken="<p>Send the form <span style='font-weight: bold'>before the first of June</span>, or "
    "pay a fine.</p>",
    sound="<p>Send the form <strong>before the first of June</strong>, or pay a fine.</p>",
    advice=True,
)
def emphasis_by_css(page: Page, _: Variant) -> Iterator[Found]:
    found = [element for element in page.snapshot.texts if _is_stressed_by_css(element)]
    if found:
        yield advice(
            found[0],
            "That it is stressed is only seen.",
            measured=f"“{found[0].text[:40]}”, {len(found)} in the page",
        )


def _is_stressed_by_css(element: Element) -> bool:
    parent = element.parent
    if element.tag not in ("span", "font") or parent is None or element.attributes.get("role"):
        return False
    if not element.exposed or letters(element.text) < 3 or letters(parent.text) < 15:
        return False
    bold = element.px("font-weight", 400) >= 600 > parent.px("font-weight", 400)
    slanted = element.style.get("font-style") != "normal" == parent.style.get("font-style")
    marked = element.closest(*_EMPHATIC, *_BOLD_ALREADY) or is_painted(element)
    return (bold or slanted) and not marked


_STRUCK = re.compile(
    r"\b(?:was|were|old|before|formerly|instead of|cancelled|canceled|sold out|regular|list price|"
    r"rrp|ціна була|було|була|стара|старий|раніше|замість|скасовано|statt|vorher|früher|avant|"
    r"au lieu de|antes|dawniej|zamiast)\b",
    re.IGNORECASE,
)


def _has_words_for_it(element: Element, reading: Reading) -> bool:
    block = element.closest("p", "li", "td", "dd", "div") or element
    return bool(_STRUCK.search(reading.text(block, exposed=True)[:300]))


_SPEAKS = {"img", "svg", "video", "audio", "iframe", "canvas", "object", "embed", "math", "slot"}
_SPEAKS |= {"picture", "meter", "progress", "button", "hr", "a", *FIELDS}


def _is_void(element: Element, reading: Reading) -> bool:
    """Whether nothing in it can be seen or heard."""
    if element.is_host or element.attributes.get("aria-label"):
        return False
    if element.before or element.after or "url(" in element.style.get("background-image", ""):
        return False
    for inside in element.descendants():
        if inside.tag in _SPEAKS or inside.is_host or inside.attributes.get("aria-label"):
            return False
        if is_painted(inside):
            return False
        if inside.before or inside.after or "url(" in inside.style.get("background-image", ""):
            return False
    return not reading.text(element, exposed=True).strip("\u00a0\u200b ")


# Space. ------------------------------------------------------------------------------------------

_GAP = re.compile(r"\u00a0[\u00a0 ]{2,}")
_LETTERS_APART = re.compile(r"(?<!\w)(?:[^\W\d_][ \u00a0]{1,3}){4,}[^\W\d_](?!\w)")


@check(
    "space-by-empty-elements",
    criteria=["1.3.1"],
    title="Empty paragraphs or line breaks make space",
    method="`<p>` without content, or with a no-break space or a `<br>` alone, that takes room; "
    "three and more `<br>` in a row, or two between texts where paragraphs should be.",
    limits="Two `<br>` may part the lines of an address or a poem.",
    fix="Make space with margins, and paragraphs with `<p>`.",
    broken="<p>Monday</p><p>&nbsp;</p><p>Friday</p>",
    sound="<p style='margin-bottom: 3em'>Monday</p><p>Friday</p>",
)
def space_by_empty_elements(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    empty = [p for p in page.snapshot.tagged("p") if _only_makes_room(p, reading)]
    if empty:
        yield needs_review(
            empty[0], "An empty paragraph makes space.", measured=f"{len(empty)} in the page"
        )
    broken = [
        (element, number)
        for element in {br.parent for br in page.snapshot.tagged("br") if br.parent}
        if element.exposed and (number := _breaks(element, reading)) > 1
    ]
    for element, number in sorted(broken, key=lambda found: found[0].number):
        if element.closest("pre", "code", "address", "td", "th", "blockquote"):
            continue
        yield needs_review(
            element, "Line breaks make space or paragraphs.", measured=f"{number} br in a row"
        )


def _only_makes_room(paragraph: Element, reading: Reading) -> bool:
    if not paragraph.exposed or paragraph.attributes.get("id") or paragraph.attributes.get("role"):
        return False
    if "aria-live" in paragraph.attributes or paragraph.style.get("position") in (
        "absolute",
        "fixed",
    ):
        return False
    # What does not show yet is no reason to call it empty.
    if any(one.text for one in (paragraph, *paragraph.descendants())):
        return False
    return paragraph.box.height > 0 and _is_void(paragraph, reading)


def _breaks(element: Element, reading: Reading) -> int:
    """The most `<br>` that follow each other; two count between texts of 40 letters and more, or
    of 25 where there are three texts and no line of verse or address."""
    longest, length, singles = 0, 0, 0
    texts = [0]
    for part in reading.parts(element):
        if isinstance(part, str):
            if part.strip("\u00a0 \n\t"):
                singles += length == 1
                length = 0
                texts[-1] += letters(part)
        elif part.tag == "br":
            length += 1
            longest = max(longest, length)
            if length == 2:
                texts.append(0)
        elif part.rendered:
            singles += length == 1
            length = 0
            texts[-1] += letters(reading.text(part))
    if longest == 2 and singles > 1:
        return 0  # verse, in stanzas
    least = 25 if len(texts) > 2 and not singles else 40
    around = sum(number >= least for number in texts)
    return longest if longest > 2 or (longest == 2 and around > 1) else 0


@check(
    "space-by-characters",
    criteria=["1.3.2"],
    title="Spaces inside of text make a layout or part the letters of a word",
    method="Three and more no-break spaces in a row with text on both sides; words whose letters "
    "are parted by spaces (failure F32 of WCAG).",
    limits="Single letters in a row may be a list of letters.",
    fix="Indent and align with CSS, and widen words with `letter-spacing`.",
    broken="<p>W E L C O M E to our town.</p>",
    sound="<p><span style='letter-spacing: 0.5em'>WELCOME</span> to our town.</p>",
)
def space_by_characters(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for element in page.snapshot.texts:
        if not element.exposed or element.closest("pre", "code", "kbd", "samp", "svg"):
            continue
        for part in reading.parts(element):
            if not isinstance(part, str):
                continue
            match = _GAP.search(part.strip(" "))
            if match:
                yield needs_review(
                    element,
                    "A row of no-break spaces sets the text.",
                    measured=f"{match[0].count(chr(160))} in a row",
                )
                break
            if (apart := _LETTERS_APART.search(part)) and not _is_alphabet(apart[0]):
                yield needs_review(
                    element,
                    "Spaces part the letters; it is spelt out and not found by a search.",
                    measured=f"“{apart[0][:40]}”",
                )
                break


def _is_alphabet(text: str) -> bool:
    """`A B C D`: letters that follow each other, or the same one again and again."""
    found = [char.lower() for char in text if char.isalpha()]
    rising = sum(before < after for before, after in pairwise(found))
    return rising == len(found) - 1 or len(set(found)) <= 2


# What style sheets say. --------------------------------------------------------------------------

_STRINGS = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ICON_FONT = re.compile(
    r"icon|awesome|glyph|material|symbols|fontello|boxicons|remix|codicon", re.IGNORECASE
)


@check(
    "content-by-css",
    criteria=["1.3.1"],
    title="Words come from a style sheet",
    method="`::before` and `::after` whose `content` has at least two letters in a row, in a font "
    "that is not one of icons. Failure F87 of WCAG: without style sheets the words are gone, and "
    "they cannot be selected or translated.",
    limits="Words may repeat what the page says elsewhere; those found in the element's text or "
    "attributes are left out.",
    fix="Write the words in the HTML.",
    broken="<style>.new::after { content: ' (sold out)' }</style><p class=new>Concert</p>",
    sound="<style>.new::after { content: ' →' }</style><p class=new>Concert (sold out)</p>",
)
def content_by_css(page: Page, _: Variant) -> Iterator[Found]:
    seen: set[tuple[str, str]] = set()
    for element in page.snapshot.elements:
        for content in filter(None, (element.before, element.after)):
            words = "".join(_STRINGS.findall(content.partition(" / ")[0]))
            if letters(words) < 2 or not re.search(r"[^\W\d_]{2}", words) or not element.visible:
                continue
            if _ICON_FONT.search(element.style.get("font-family", "")) or _is_code(words):
                continue
            known = " ".join([element.text, *element.attributes.values()])
            key = (element.tag, content)
            if words.strip().lower() in known.lower() or key in seen:
                continue
            seen.add(key)
            yield needs_review(
                element, "CSS puts words into it.", measured=f"content: “{words[:60]}”"
            )


def _is_code(words: str) -> bool:
    """Names of ligatures in icon fonts: `arrow_forward`, `keyboard_arrow_down`."""
    return "_" in words or any("\ue000" <= char <= "\uf8ff" for char in words)


# What is kept from listeners. --------------------------------------------------------------------

_FOR_LISTENERS = re.compile(
    r"(?:^|[\s_-])(?:sr[-_]?only|visually[-_]?hidden|screen[-_]?reader(?:[-_](?:text|only))?|"
    r"visuallyhidden|a11y[-_]hidden|hidden[-_]visually|offscreen|off[-_]screen|assistive[-_]text|"
    r"accessibly[-_]hidden|show[-_]for[-_]sr|sr[-_]text)(?:$|[\s_-])",
    re.IGNORECASE,
)


@check(
    "text-for-listeners-lost",
    criteria=["1.3.1", "4.1.2"],
    title="Text meant for screen readers is hidden from them too",
    method="Elements whose class says that they are for screen readers (`sr-only`, "
    "`visually-hidden` and the like), with text, that are `display: none`, `visibility: hidden`, "
    "`hidden`, `aria-hidden` or of `role=presentation`, while what is around them shows.",
    limits="Text that a name refers to by id is heard although hidden.",
    fix="Hide it by clipping it to one pixel, not by `display: none`.",
    broken="<style>.sr-only { display: none }</style><p>20 <span class=sr-only>hryvnias</span></p>",
    sound="<style>.sr-only { position: absolute; width: 1px; height: 1px; overflow: hidden; "
    "clip-path: inset(50%) }</style><p>20 <span class=sr-only>hryvnias</span></p>",
)
def text_for_listeners_lost(page: Page, _: Variant) -> Iterator[Found]:
    referred = _referred_ids(page.snapshot)
    for element in page.snapshot.elements:
        if not _FOR_LISTENERS.search(element.attributes.get("class", "")):
            continue
        around = element.parent
        if around is None or not around.rendered or not around.exposed or element.exposed:
            continue
        if element.attributes.get("id") in referred or "aria-live" in element.attributes:
            continue
        if element.text or any(inside.text for inside in element.descendants()):
            how = "aria-hidden" if element.rendered else "not rendered"
            yield needs_review(element, "Nobody hears it.", measured=how)


def _referred_ids(shown: Snapshot) -> set[str]:
    ids: set[str] = set()
    for element in shown.elements:
        for name in ("aria-labelledby", "aria-describedby", "aria-errormessage", "aria-details"):
            ids.update(element.attributes.get(name, "").split())
    return ids


@check(
    "aria-hidden-on-text",
    criteria=["1.3.1", "4.1.2"],
    title="Visible text is hidden from assistive technology",
    method="`aria-hidden=true` on visible text of at least two words, or three letters in a "
    "control, "
    "that stands nowhere else in the page's exposed text and names.",
    limits="Whether the text matters is for a person to say.",
    fix="Take `aria-hidden` away.",
    broken="<p aria-hidden=true>The bridge is closed on Monday.</p><p>News</p>",
    sound="<p><span aria-hidden=true>★</span> The bridge is closed on Monday.</p>",
)
def aria_hidden_on_text(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    heard: str | None = None
    for element in shown.elements:
        if element.attributes.get("aria-hidden") != "true" or not element.visible:
            continue
        if element.parent is not None and not element.parent.exposed:
            continue
        text = reading.text(element)
        if letters(text) < 3 or not _is_wordy(text) or _is_icon(element):
            continue
        if heard is None:
            heard = _heard(shown)
        if _plain(text) not in heard:
            yield needs_review(
                element,
                "It is seen and not heard, and nothing else in the page says the same.",
                measured=f"“{text[:60]}”",
            )


def _is_wordy(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= 2


def _is_icon(element: Element) -> bool:
    inside = (element, *element.descendants())
    return element.tag == "svg" or any(
        _ICON_FONT.search(one.style.get("font-family", "")) for one in inside if one.text
    )


def _heard(shown: Snapshot) -> str:
    """All that assistive technology meets: texts, names, alternatives."""
    said: list[str] = []
    for element in shown.elements:
        if element.exposed:
            said += [element.text, element.name, element.attributes.get("alt", "")]
    return _plain(" ".join(said))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


_MEANING = {"h1", "h2", "h3", "h4", "h5", "h6", "th", "ul", "ol", "dl", "nav", "main", "label"}
_MEANING |= {"blockquote", "fieldset", "caption", "legend", "header", "footer", "article"}


@check(
    "role-presentation-on-meaning",
    criteria=["1.3.1"],
    title="The meaning of an element is taken away",
    method="`role=presentation` or `none` on headings, header cells, lists with several items of "
    "text, landmarks, fieldsets and quotations, and on tables with header cells: failure F92 of "
    "WCAG. Headings are known to matter; the rest is for a person.",
    limits="Elements that a widget's role needs in between are left out: those whose children have "
    "roles of their own.",
    fix="Take the role away, or use `<div>`.",
    broken="<h1>Town</h1><h2 role=presentation>News</h2><p>The bridge is open.</p>",
    sound="<h1>Town</h1><h2>News</h2><ul role=tablist><li role=presentation><button role=tab "
    "aria-selected=true>All</button></li></ul>",
)
def role_presentation_on_meaning(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for element in page.snapshot.elements:
        if element.tag not in _MEANING or not element.exposed:
            continue
        if element.attributes.get("role", "").strip().lower() not in ("presentation", "none"):
            continue
        if any("role" in child.attributes for child in element.children):
            continue
        if (element.closest("table") and element.tag == "th") or not reading.text(element):
            continue
        said = f"<{element.tag}> no longer says what it is."
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            yield fails(element, said)
        elif element.tag not in ("ul", "ol") or len(element.children) > 1:
            yield needs_review(element, said)


# Parts of a page. --------------------------------------------------------------------------------


@check(
    "landmark-missing",
    criteria=["1.3.1", "2.4.1"],
    title="The main part of the page is not marked, or several are",
    method="No `<main>` or `role=main` is exposed in a page of at least 30 elements of text, which "
    "is advice; or there are two.",
    limits="WCAG does not ask for landmarks.",
    fix="Put the page's own content into `<main>`, and its navigation into `<nav>`.",
    broken="<div>" + "".join(f"<p>The street {n} is open.</p>" for n in range(30)) + "</div>",
    sound="<main>" + "".join(f"<p>The street {n} is open.</p>" for n in range(30)) + "</main>",
)
def landmark_missing(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    mains = [one for one in shown.elements if one.exposed and _is_main(one) and one.box.area > 0]
    if not mains and shown.body is not None and len(shown.texts) >= 30:
        yield advice(shown.body, "Nothing says where the page's own content begins.")
    for again in mains[1:]:
        yield needs_review(again, "Another part is said to be the main one too.")


def _is_main(element: Element) -> bool:
    role = element.attributes.get("role", "").strip()
    return role == "main" or (element.tag == "main" and not role)


@check(
    "landmarks-alike",
    criteria=["1.3.1", "2.4.6"],
    title="Parts of the page of the same kind have no names of their own",
    method="Several `<nav>`, `<aside>` or `role=region`, `form` and `search` that are exposed and "
    "have the same accessible name, or none.",
    limits="Where their contents are the same, the same name is right.",
    fix="Name each by `aria-label` or `aria-labelledby`.",
    broken="<nav><a href='/a'>News</a></nav><p>Town</p><nav><a href='/b'>Contact</a></nav>",
    sound="<nav aria-label=Main><a href='/a'>News</a></nav><p>Town</p><nav aria-label=Service><a "
    "href='/b'>Contact</a></nav>",
    advice=True,
)
def landmarks_alike(page: Page, _: Variant) -> Iterator[Found]:
    seen: dict[tuple[str, str], Element] = {}
    for element in page.snapshot.elements:
        role = element.role or {"nav": "navigation", "aside": "complementary"}.get(element.tag, "")
        if role not in ("navigation", "complementary", "search") or not element.exposed:
            continue
        name = (
            element.name
            if element.attributes.get("aria-label") or (element.attributes.get("aria-labelledby"))
            else ""
        )
        key = (role, name.strip().casefold())
        if key in seen:
            said = f"named “{name}”" if name else "without a name"
            yield advice(element, f"It is not the first {role} {said}.")
        seen[key] = element


# Quotations. -------------------------------------------------------------------------------------


@check(
    "blockquote-for-indent",
    criteria=["1.3.1"],
    title="A quotation's element indents what is none",
    method="`<blockquote>` around headings, lists, forms, tables or pictures, or without any text.",
    limits="What is quoted may hold a list.",
    fix="Indent with `margin`; keep `<blockquote>` for quotations.",
    broken="<blockquote><h2>Opening hours</h2><ul><li>Monday<li>Friday</ul></blockquote>",
    sound="<blockquote><p>The bridge was the beginning.</p></blockquote>",
)
def blockquote_for_indent(page: Page, _: Variant) -> Iterator[Found]:
    for quote in page.snapshot.tagged("blockquote"):
        if not quote.exposed or quote.attributes.get("role"):
            continue
        odd = [
            inside
            for inside in quote.descendants()
            if inside.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "form", "table", "nav", *FIELDS)
        ]
        cited = any(inside.tag == "cite" for inside in quote.descendants())
        if odd and not cited and "cite" not in quote.attributes:
            yield needs_review(
                quote, "It seems to indent, not to quote.", measured=f"holds <{odd[0].tag}>"
            )


# Sentences that point. ---------------------------------------------------------------------------


@check(
    "words-of-place",
    criteria=["1.3.3"],
    title="A text tells something by its place, shape or size",
    method="Sentences that bid to use something (“press”, «оберіть»), name a control or a part of "
    "the page (“button”, «меню»), and tell it by its place, shape or size (“on the right”, "
    "“round”, «праворуч»).",
    limits="Sentences that also give the name of a link or button of the page are left out. "
    "English and Ukrainian.",
    fix="Tell it by its name: “press Send”.",
    broken="<p>Press the round button on the right to send the letter.</p>",
    sound="<p>Press “Send” to send the letter.</p>",
    depends_on=(),
)
def words_of_place(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    names: set[str] | None = None
    for element in page.snapshot.texts:
        if not element.exposed or is_inline(element) or element.closest("nav", "code", "pre"):
            continue
        for sentence in re.split(r"(?<=[.!?:;])\s+", reading.text(element)):
            if all(mentions(kind, sentence) for kind in ("bid", "place", "control")):
                names = _names_of_controls(page.snapshot) if names is None else names
                # In capitals as on the control: “press Send”, not “to send it”.
                if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence) for name in names):
                    continue
                yield needs_review(
                    element,
                    "Who does not see the page does not know what is meant.",
                    measured=f"“{sentence[:80]}”",
                )
                break


def _names_of_controls(shown: Snapshot) -> set[str]:
    """Of links, buttons and fields, as they are written; words such as “button” tell nothing."""
    named = (one for one in shown.elements if one.exposed and one.role in _TOLD_BY_NAME)
    names = {" ".join(one.name.split()) for one in named}
    return {
        name
        for name in names
        if 1 < letters(name) < 60
        and name[0].isupper()
        and not all(mentions("control", word) for word in name.split())
    }


_TOLD_BY_NAME = {"link", "button", "textbox", "searchbox", "combobox", "checkbox", "tab", "switch"}
