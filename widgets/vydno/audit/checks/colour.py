"""Colour: what nothing else tells, and parts of controls that hardly differ from their ground."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from ..choices import boxes, look_of, pairs, state_of
from ..contrast import NON_TEXT, Rgba, over, ratio, say
from ..icons import (
    drawing_contrasts,
    grown,
    is_logo,
    is_painted_mark,
    lacks_content,
    paints,
    speaks_alone,
    within,
)
from ..page import Page
from ..painting import (
    Colours,
    Pictured,
    Style,
    ask,
    background,
    canvas,
    colours,
    is_control,
    is_disabled,
    one_of_each,
    px,
    ring,
    seen,
    shadows,
    strongest,
)
from ..showing import showing
from ..snapshot import Element
from ..variants import Variant
from .check import COLOUR, Found, check, fails, needs_review

_SIDES = ("top", "right", "bottom", "left")
_LEAST = "at least 3:1"


# Links. -----------------------------------------------------------------------------------------


@check(
    "link-by-colour-alone",
    criteria=["1.4.1"],
    title="A link is told from the text around it by its colour alone",
    method="Links within text whose line, weight, slant, size, border and background are those of "
    "the text are compared with it by colour. Where that is all and its contrast is lower than "
    "3:1, or nothing more appears when the link is hovered, a person must decide.",
    limits="What axe-core tells (a contrast below 3:1 in plain paragraphs) is not repeated.",
    fix="Underline links in text.",
    broken="<style>a { color: #06c; text-decoration: none }</style>"
    '<ul><li>Read <a href="/terms" style="display: inline-block">terms of use</a> before you go '
    "on with it.</li></ul>",
    sound='<ul><li>Read <a href="/terms">terms of use</a> before you go on with it.</li></ul>',
    depends_on=COLOUR,
)
def link_by_colour_alone(page: Page, _: Variant) -> Iterator[Found]:
    links = [
        link
        for link in page.snapshot.elements
        if link.visible and link.role == "link" and link.text and link.lines and _in_text(link)
    ]
    links = [link for link in one_of_each(links) if link.parent and _looks_like(link, link.parent)]
    hovered = _hovered(page, links)
    told, (ground, _text) = page.once(colours), page.once(canvas)
    for link in links:
        own, around = (_colour(one, told, ground) for one in (link, _surrounding(link)))
        contrast = ratio(own, around)
        if contrast >= NON_TEXT and link.number in hovered:
            continue
        if contrast < NON_TEXT and _is_plain(link):
            continue
        if contrast >= NON_TEXT:
            yield needs_review(
                link,
                "Its colour alone tells the link from the text around it, and nothing more appears "
                "when it is hovered.",
                measured=say(contrast),
                needed="an underline, or at least one on hover and focus",
            )
        else:
            yield needs_review(
                link,
                "Its colour alone tells the link from the text around it, and the two hardly "
                "differ in lightness.",
                measured=say(contrast),
                needed=_LEAST,
            )


def _surrounding(link: Element) -> Element:
    return link.parent or link


def _in_text(link: Element) -> bool:
    """Whether words stand beside it in its block."""
    parent = link.parent
    if parent is None or link.closest("nav", "header", "footer", "h1", "h2", "h3") is not None:
        return False
    if any(one.role == "navigation" for one in link.ancestors()):
        return False
    words = re.findall(r"\w{2,}", parent.text)
    return len(words) >= 3 and not re.fullmatch(r"[\W\d_]*", parent.text)


_SAME = ("text-decoration-line", "font-weight", "font-style", "font-size", "font-family")
_SAME_TOO = ("outline-style", "text-transform", "box-shadow")


def _looks_like(link: Element, text: Element) -> bool:
    """Whether nothing but its colour tells the link from the text."""
    if any(link.style.get(name) != text.style.get(name) for name in (*_SAME, *_SAME_TOO)):
        return False
    if paints(link.style) or "underline" in link.style.get("text-decoration-line", ""):
        return False
    if any(px(link.style, f"border-{side}-width") for side in _SIDES):
        return False
    inside = list(link.descendants())
    marked = any(one.tag in ("img", "svg", "u", "b", "strong", "i", "em") for one in inside)
    return not marked and not link.before and not link.after


def _is_plain(link: Element) -> bool:
    """Whether axe looks at it: an inline link of a block with more text than links."""
    block = next((one for one in link.ancestors() if one.style.get("display") != "inline"), None)
    if link.style.get("display") != "inline" or block is None:
        return False
    linked = sum(len(one.text) for one in block.descendants() if one.role == "link")
    return len(block.text_content) > 2 * linked


def _colour(element: Element, told: Colours, ground: Rgba) -> Rgba:
    return seen(element, told(element.style.get("color", "")), told, ground).mark


def _hovered(page: Page, links: Sequence[Element]) -> set[int]:
    """Numbers of the links that get more than another colour when they are hovered."""
    if not links:
        return set()
    names = ["text-decoration-line", "border-bottom-width", "background-color", "font-weight"]
    names += ["background-image", "box-shadow", "outline-style"]
    changed = ask(page, "states", wanted={"hover": [one.number for one in links]}, properties=names)
    return {int(number) for number in changed["hover"]}


# Fields. ----------------------------------------------------------------------------------------

_ENTRIES = ("textbox", "searchbox", "combobox", "spinbutton", "listbox")
_NO_ENTRY = {"checkbox", "radio", "range", "color", "file", "hidden", "image", "submit", "button"}
_NO_ENTRY |= {"reset"}


@check(
    "field-edge-contrast",
    criteria=["1.4.11"],
    title="The edge of a field can hardly be seen",
    method="Of fields that the page styles the border, shadow or background that shows where they "
    "are is held against what is around them; the best counts.",
    limits="Where a placeholder or a value shows in it, or something is drawn in its box, a person "
    "must decide whether that is enough. Fields drawn by the browser are exempt.",
    fix="Give the border a colour with 3:1 to the page around, such as #767676 on white.",
    broken='<label>Town <input style="border: 1px solid #ddd; background: #fff"></label>',
    sound='<label>Town <input style="border: 1px solid #666; background: #fff"></label>',
    depends_on=COLOUR,
)
def field_edge_contrast(page: Page, _: Variant) -> Iterator[Found]:
    told, (ground, _text) = page.once(colours), page.once(canvas)
    found: dict[tuple[Any, ...], list[tuple[Element, float]]] = {}
    for field in one_of_each(_entries(page)):
        if showing(page.snapshot).lost_share(field) > 0.5 or _is_native(field):
            continue
        edge = _edge(field, told, ground)
        if edge is not None and edge < NON_TEXT:
            shown = bool(field.attributes.get("placeholder") or field.attributes.get("value"))
            known = shown or field.tag != "input" or field.style["background-image"] != "none"
            found.setdefault((field.tag, known), []).append((field, edge))
    for (_tag, known), alike in found.items():
        field, edge = min(alike, key=lambda pair: pair[1])
        rest = f" (and of {len(alike) - 1} more)" if len(alike) > 1 else ""
        tell = needs_review if known else fails
        yield tell(
            field,
            f"The edge of the field{rest} can hardly be told from what is around it.",
            measured=say(edge),
            needed=_LEAST,
        )


def _entries(page: Page) -> Iterator[Element]:
    for element in page.snapshot.elements:
        if element.role not in _ENTRIES or not element.visible or is_disabled(element):
            continue
        kind = element.attributes.get("type", "text").lower()
        written = element.tag in ("select", "textarea")
        if written or (element.tag == "input" and kind not in _NO_ENTRY):
            yield element


def _is_native(field: Element) -> bool:
    """Whether the browser draws its border."""
    style = field.style
    drawn = style.get("border-top-style") in ("inset", "outset")
    return drawn or (field.tag == "select" and style.get("appearance") == "menulist")


def _edge(field: Element, told: Colours, ground: Rgba) -> float | None:
    """Contrast of what shows best where the field is, or the box that is drawn around it; None
    over an image."""
    best = 1.0
    near = islice(field.ancestors(), 3)
    boxes_ = [field, *(one for one in near if _is_tight(one, field))]
    for box in boxes_:
        outer = seen(box.parent or box, Rgba(0, 0, 0, 0), told, ground)
        if outer.pictured:
            return None
        best = max(best, *_edges(box.style, told, outer.ground))
    return best


def _is_tight(outer: Element, inner: Element) -> bool:
    one, other = outer.box, inner.box
    return abs(one.y - other.y) < 24 and abs(one.bottom - other.bottom) < 24


def _edges(style: Style, told: Colours, ground: Rgba) -> Iterator[float]:
    fill = over(told(style.get("background-color", "")), ground)
    yield ratio(fill, ground)
    for side in _SIDES:
        width = px(style, f"border-{side}-width")
        if width and style.get(f"border-{side}-style") not in ("none", "hidden"):
            yield ratio(over(told(style.get(f"border-{side}-color", "")), fill), ground)
    if ring(style):
        yield ratio(over(told(style.get("outline-color", "")), ground), ground)
    for shadow in shadows(style, told):
        yield ratio(over(shadow.colour, ground), ground)
    if style.get("background-image", "none") != "none":
        yield NON_TEXT


# Icons. -----------------------------------------------------------------------------------------


@check(
    "icon-contrast",
    criteria=["1.4.11"],
    title="An icon can hardly be seen",
    method="Icons that are all that a control shows, and images with a name: of drawings the best "
    "fill or stroke, of signs of icon fonts the colour, of what CSS paints the pixels are held "
    "against the background.",
    limits="Of an icon of several colours the best is taken. Pictures in files are not looked at.",
    fix="Give the icon a colour with 3:1 to its background.",
    broken='<button aria-label="Close" style="border: 0; background: #fff"><svg width="20" '
    'height="20"><path fill="#ccc" d="M2 2h16v16H2z"/></svg></button>',
    sound='<button aria-label="Close" style="border: 0; background: #fff"><svg width="20" '
    'height="20"><path fill="#555" d="M2 2h16v16H2z"/></svg></button>',
    depends_on=COLOUR,
)
def icon_contrast(page: Page, _: Variant) -> Iterator[Found]:
    told, (ground, _text) = page.once(colours), page.once(canvas)
    shown = showing(page.snapshot)
    candidates = [
        one
        for one in page.snapshot.elements
        if one.visible and one.box.area >= 36 and not is_disabled(one)
    ]
    drawings = one_of_each(one for one in candidates if one.tag == "svg" and speaks_alone(one))
    best = dict(drawing_contrasts(page, drawings, told, ground, {}))
    found = {one: value for one, value in best.items() if value is not None and value < NON_TEXT}
    controls = [one for one in candidates if is_control(one) or _is_image(one)]
    found |= dict(_signs(page, one_of_each(controls), told, ground))
    marks = [one for one in one_of_each(controls) if is_painted_mark(page, one)]
    found |= dict(_painted(page, marks[:40]))
    for icon, contrast in found.items():
        if shown.lost_share(icon) < 0.5:
            # A logo may be what its owner made it, and a mark that did not come is not seen at all.
            tell = needs_review if is_logo(icon) or lacks_content(icon) else fails
            yield tell(
                icon,
                "The icon has too little contrast with its background.",
                measured=say(contrast),
                needed=_LEAST,
            )


def _is_image(element: Element) -> bool:
    return element.role == "img" and bool(element.name) and element.tag not in ("img", "svg")


def _signs(
    page: Page, controls: Sequence[Element], told: Colours, ground: Rgba
) -> Iterator[tuple[Element, float]]:
    """Controls that show nothing but signs of an icon font, with their contrast if it is low."""
    having: dict[str, list[tuple[Element, Element]]] = {"::before": [], "::after": []}
    for control in controls:
        inside = [control, *islice(control.descendants(), 20)]
        if any(one.tag in ("img", "svg") for one in inside):
            continue
        if any(sign.isalnum() for one in inside for sign in one.text if one.visible):
            continue
        for one in (one for one in inside if one.visible):
            if _is_sign(one.text):
                look = seen(one, told(one.style.get("color", "")), told, ground)
                if _MEANT <= look.ratio < NON_TEXT and not look.pictured:
                    yield control, look.ratio
            for name, content in (("::before", one.before), ("::after", one.after)):
                if _is_sign(content.strip("\"'")):
                    having[name].append((control, one))
    for name, pairs_ in having.items():
        numbers = [one.number for _control, one in pairs_]
        names = ["color", "opacity"]
        styles = ask(page, "pseudo", numbers=numbers, name=name, properties=names) if pairs_ else []
        for (control, one), style in zip(pairs_, styles, strict=True):
            mark = told(style["color"]).faded(float(style["opacity"] or 1))
            look = seen(one, mark, told, ground)
            if _MEANT <= look.ratio < NON_TEXT and not look.pictured:
                yield control, look.ratio


_MEANT = 1.05
"""Contrast below which nobody meant it to be seen."""


def _is_sign(text: str) -> bool:
    return bool(text.strip()) and not any(
        sign.isalnum() and not "\ue000" <= sign <= "\uf8ff" for sign in text
    )


def _painted(page: Page, marks: Sequence[Element]) -> Iterator[tuple[Element, float]]:
    if not marks:
        return
    picture = Pictured.of(page, [grown(mark.box, 3) for mark in marks])
    for mark in marks:
        # The ground of a button is no icon; what lies on it may be.
        framed = paints(mark.style) or any(
            px(mark.style, f"border-{side}-width") for side in _SIDES
        )
        image = picture.crop(within(mark) if framed else grown(mark.box, 3))
        contrast = strongest(image) if image else NON_TEXT
        # What shows nothing at all did not load, or is not meant to be seen.
        if 1.15 < contrast < NON_TEXT:
            yield mark, contrast


# Choices. ---------------------------------------------------------------------------------------


@check(
    "choice-contrast",
    criteria=["1.4.11"],
    title="A box to check can hardly be seen, or hardly shows that it is checked",
    method="Checkboxes, radios and switches that the page draws are compared checked and "
    "unchecked, without a click: the edge of the empty box, and what changes when only colours "
    "do, must have 3:1.",
    limits="Boxes drawn with images are not looked at, nor states that a script shows.",
    fix="Give the box a border with 3:1 to the page around, and a mark when it is checked.",
    broken="<style>input { appearance: none; width: 20px; height: 20px; border: 1px solid #ddd } "
    'input:checked::before { content: "✓" }</style><label><input type="checkbox"> News</label>',
    sound="<style>input { appearance: none; width: 20px; height: 20px; border: 1px solid #555 } "
    'input:checked::before { content: "✓" }</style><label><input type="checkbox"> News</label>',
    depends_on=COLOUR,
)
def choice_contrast(page: Page, _: Variant) -> Iterator[Found]:
    drawn = boxes(page)
    if not drawn:
        return
    told, (ground, _text) = page.once(colours), page.once(canvas)
    answers = ask(page, "toggled", numbers=[one.number for one in drawn])
    known: set[tuple[str, str]] = set()
    for box, (unchecked, checked) in zip(drawn, answers, strict=True):
        beside = background(box.parent, told, ground)
        edge = _best_edge(unchecked, told, beside)
        kind = (box.role, say(edge or 0))
        if edge is not None and edge < NON_TEXT and kind not in known:
            known.add(kind)
            yield fails(
                box,
                "The edge of the empty box can hardly be told from what is around it.",
                measured=say(edge),
                needed=_LEAST,
            )
        change = _change_of_colours(unchecked, checked, told, beside)
        if change is not None and change < NON_TEXT:
            yield fails(
                box,
                "Only its colour tells that it is checked, and the two colours hardly differ.",
                measured=say(change),
                needed=_LEAST,
                criteria=["1.4.11", "1.4.1"],
            )


Parts = Sequence[Mapping[str, Any]]


def _best_edge(parts: Parts, told: Colours, beside: Rgba) -> float | None:
    """Contrast of the best that is painted of an empty box; None where nothing small is."""
    best: float | None = None
    for part in parts:
        for pseudo, style in part["parts"]:
            if not _is_box(part["tag"], pseudo, style):
                continue
            found = max(_edges(style, told, beside))
            if found > 1.02:
                best = max(best or 1.0, found)
    return best


def _is_box(tag: str, pseudo: str, style: Style) -> bool:
    """Whether a part may be the box that is checked, by its size."""
    if not 8 <= max(px(style, "width"), px(style, "height")) <= 80:
        return False
    if style.get("display") == "none" or float(style.get("opacity") or 1) == 0:
        return False
    if tag == "input" and not pseudo:
        return style.get("appearance", "none") == "none"
    return tag not in ("svg", "img") and (tag != "label" or bool(pseudo))


def _change_of_colours(before: Parts, after: Parts, told: Colours, beside: Rgba) -> float | None:
    """The best contrast of what changes, when nothing but colours does; else None."""
    best: float | None = None
    for old, new in zip(before, after, strict=False):
        for (_p, was), (_q, now) in zip(old["parts"], new["parts"], strict=False):
            if [p for p, _s in old["parts"]] != [p for p, _s in new["parts"]]:
                return None
            names = {name for name in was if was[name] != now.get(name)}
            if not names <= _COLOURS:
                return None
            for name in names & {"background-color", "border-top-color"}:
                pair = [over(told(style[name]), beside) for style in (was, now)]
                best = max(best or 1.0, ratio(*pair))
    return best


_COLOURS = {"color", "background-color", "fill", "stroke", "outline-color"}
_COLOURS |= {f"border-{side}-color" for side in _SIDES}


@check(
    "state-by-colour-alone",
    criteria=["1.4.1"],
    title="Colour alone tells which one is chosen",
    method="What is selected, pressed or current by its ARIA attributes is compared with a "
    "neighbour that is not: they differ in colours alone, and these have less than 3:1 to each "
    "other.",
    limits="A person must decide: the choice may be told elsewhere too. Choices that only a class "
    "tells are not looked at.",
    fix="Add an underline, a border, weight, or a mark.",
    broken="<style>button { border: 0; background: #eee } [aria-pressed=true] { background: #dde "
    '}</style><button aria-pressed="true">Bold</button><button aria-pressed="false">Slant</button>',
    sound="<style>button { border: 0; background: #eee } [aria-pressed=true] { border: 2px solid }"
    '</style><button aria-pressed="true">Bold</button><button aria-pressed="false">Slant</button>',
    depends_on=COLOUR,
)
def state_by_colour_alone(page: Page, _: Variant) -> Iterator[Found]:
    told, (ground, _text) = page.once(colours), page.once(canvas)
    chosen = pairs(page)
    if not chosen:
        return
    numbers = [one.number for pair in chosen for one in pair]
    answers = ask(page, "inside", numbers=numbers, most=40)
    for (element, _other), one, other in zip(chosen, answers[::2], answers[1::2], strict=True):
        if look_of(one, told, ground, sized=False) == look_of(other, told, ground, sized=False):
            continue
        if len(one) != len(other):
            continue
        beside = background(element.parent, told, ground)
        change = _change_of_looks(one, other, told, beside)
        if change is not None and change < NON_TEXT:
            yield needs_review(
                element,
                f"Only its colours tell that it has {state_of(element)}, and they hardly differ "
                "from its neighbours'.",
                measured=say(change),
                needed=_LEAST,
            )


_PLACES = {"width", "height", "left", "top", "margin-left", "transform", "content"}
_IGNORED = {"box-shadow"}


def _change_of_looks(one: Parts, other: Parts, told: Colours, beside: Rgba) -> float | None:
    best: float | None = None
    for new, old in zip(one, other, strict=True):
        if [p for p, _s in old["parts"]] != [p for p, _s in new["parts"]]:
            return None
        for (_p, was), (_q, now) in zip(old["parts"], new["parts"], strict=True):
            names = {name for name in was if was[name] != now.get(name)} - _PLACES - _IGNORED
            if not names <= _COLOURS:
                return None
            for name in names & {"background-color", "color", "fill"}:
                pair = [over(told(style[name]), beside) for style in (was, now)]
                best = max(best or 1.0, ratio(*pair))
    return best


# Words and marks. -------------------------------------------------------------------------------


@check(
    "words-of-colour",
    criteria=["1.4.1", "1.3.3"],
    title="A text refers to something by its colour",
    method="Sentences that speak of what is in a colour, marked by a colour, or of a button or "
    "field of a colour, in English and Ukrainian.",
    limits="A person must decide whether something else tells it too. Sentences about things in "
    "the world that have a colour may be found.",
    fix="Say it by name, place or sign too: “required fields have an asterisk”.",
    broken="<p>Fields marked in red are required.</p>",
    sound="<p>Fields marked with an asterisk are required.</p>",
)
def words_of_colour(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.texts:
        text = element.text if not element.children else element.visible_text[:600]
        phrase = speaks_of_colour(text) if len(text) <= 600 else ""
        if phrase and not any(speaks_of_colour(child.text) for child in element.children):
            yield needs_review(
                element,
                f"It refers to something by its colour: “{phrase}”.",
                needed="a name, a place or a sign too",
            )


def speaks_of_colour(text: str) -> str:
    """The words in which a text gives a colour as the sign of something; else nothing."""
    plain = text.casefold().replace("’", "'").replace("ʼ", "'")
    for phrases, telling in _patterns():
        found = phrases.search(plain)
        if found and telling.search(plain):
            return found[0]
    return ""


@cache
def _patterns() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    data = Path(__file__).parent.with_name("colour_words.toml").read_text(encoding="utf-8")
    return [_pattern(language) for language in tomllib.loads(data).values()]


def _pattern(language: Mapping[str, Sequence[str]]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    # Words of other alphabets are given without their endings.
    open_ = all(word.isascii() for word in language["colours"])
    end = r"\b" if open_ else r"\w*"
    colour = f"(?:{'|'.join(map(re.escape, language['colours']))}){end}"
    phrases = []
    for phrase in language["phrases"]:
        words = [
            colour
            if word == "COLOUR"
            else r"(?:\S+ ){0,2}?"
            if word == "*"
            else re.escape(word) + end
            for word in phrase.split()
        ]
        phrases.append(r"\s*".join(words) if "*" in phrase else r"\s+".join(words))
    told = "|".join(re.escape(word) + end for word in language["telling"])
    return re.compile(rf"\b(?:{'|'.join(phrases)})"), re.compile(rf"\b(?:{told})")


@check(
    "mark-by-colour-alone",
    criteria=["1.4.1"],
    title="Coloured marks may tell something by their colour alone",
    method="Small boxes without text that differ from each other in their colour alone: dots of a "
    "status without a word of it beside them, coloured cells of tables, and swatches that tie a "
    "legend to a chart. Marks before words say something of them where a colour comes again and "
    "the words of its lines have none in common.",
    limits="A person must decide whether the colours say something. Marks that stand alone are not "
    "found.",
    fix="Write the word beside the mark, or give the marks shapes or patterns.",
    broken="<style>i { display: inline-block; width: 12px; height: 12px; border-radius: 50% }"
    '</style><ul><li>Line 1 <i style="background: red"></i></li>'
    '<li>Line 2 <i style="background: green"></i></li></ul>',
    sound="<style>i { display: inline-block; width: 12px; height: 12px; border-radius: 50% }"
    '</style><ul><li><i style="background: red"></i> Line 1: late</li>'
    '<li><i style="background: red"></i> Line 2: late</li></ul>',
    depends_on=COLOUR,
)
def mark_by_colour_alone(page: Page, _: Variant) -> Iterator[Found]:
    groups: dict[tuple[Any, ...], list[Element]] = {}
    for element in page.snapshot.elements:
        if _is_coloured_mark(element) and element.parent is not None:
            around = element.closest("table", "ul", "ol", "dl") or element.parent.parent
            width = 0 if element.tag == "td" else round(element.box.width)
            kind = (element.tag, width, around)
            groups.setdefault(kind, []).append(element)
    charted = any(_may_be_a_chart(one) for one in page.snapshot.elements)
    for marks in groups.values():
        different = {mark.style["background-color"] for mark in marks}
        if len(different) < 2:
            continue
        legend = all(_is_before_words(mark) for mark in marks)
        sorted_by_it = legend and _sorts_lines(marks)
        if legend and not (charted or sorted_by_it):
            continue
        tied = legend and not sorted_by_it
        what = "ties a legend to its chart" if tied else "tells what it means"
        yield needs_review(
            marks[0],
            f"It and {len(marks) - 1} more like it have no text and {len(different)} colours: if "
            f"the colour {what}, nothing else does.",
        )


def _may_be_a_chart(element: Element) -> bool:
    return (
        element.tag in ("svg", "canvas")
        and element.box.width >= 100
        and element.box.area > _CHART
        and element.visible
    )


_CHART = 6_000
"""CSS px² of a bar that is parted into colours; icons are smaller."""


def _sorts_lines(marks: Sequence[Element]) -> bool:
    """Whether lines of one colour share no word that the others lack: then only the colour says
    what they have in common, which a legend, with each colour once, does not do."""
    by_colour: dict[str, list[set[str]]] = {}
    for mark in marks:
        text = mark.parent.text_content if mark.parent else ""
        said = set(re.findall(r"[^\W_]+", text.lower()))
        by_colour.setdefault(mark.style["background-color"], []).append(said)
    for colour, lines in by_colour.items():
        others = [said for other, all_ in by_colour.items() if other != colour for said in all_]
        if len(lines) > 1 and not set.intersection(*lines) - set[str]().union(*others):
            return True
    return False


def _is_coloured_mark(element: Element) -> bool:
    if not element.visible or element.text or element.children or element.before or element.after:
        return False
    box = element.box
    small = 4 <= box.width <= 40 and 4 <= box.height <= 40 and 0.5 <= box.width / box.height <= 2
    if not (small or element.tag == "td") or element.role in (
        "button",
        "link",
        "checkbox",
        "radio",
    ):
        return False
    if element.tag in ("input", "img", "svg", "canvas", "video", "iframe", "option", "hr", "br"):
        return False
    colour = element.style.get("background-color", "")
    image = element.style.get("background-image", "none")
    return colour not in ("", "transparent", "rgba(0, 0, 0, 0)") and image == "none"


def _is_before_words(mark: Element) -> bool:
    """Whether it opens a line of words, as a swatch of a legend does."""
    parent = mark.parent
    first = parent is not None and (not parent.children or parent.children[0] is mark)
    if parent is None or not parent.visible_text.strip() or not first:
        return False
    return not parent.lines or parent.lines[0].x >= mark.box.x


@check(
    "required-by-colour-alone",
    criteria=["1.4.1"],
    title="The colour of a label may be all that tells its field from the others",
    method="In a form the labels of some fields have a colour of their own, and no sign or word "
    "that the others lack.",
    limits="A person must decide whether the colour says anything.",
    fix="Write “(required)” or “(optional)”, or what the colour stands for.",
    broken="<form><p><label>Name <input></label></p>"
    '<p><label style="color: #b00">Town <input></label></p>'
    "<p><label>Street <input></label></p></form>",
    sound="<form><p><label>Name <input></label></p>"
    '<p><label style="color: #b00">Town (required) <input required></label></p>'
    "<p><label>Street <input></label></p></form>",
    depends_on=COLOUR,
)
def required_by_colour_alone(page: Page, _: Variant) -> Iterator[Found]:
    forms: dict[int, list[Element]] = {}
    for label in page.snapshot.tagged("label", "legend"):
        if label.visible and label.text and label.lines and not _is_button(page, label):
            form = label.closest("form")
            forms.setdefault(form.number if form else -1, []).append(label)
    for labels in forms.values():
        by_colour: dict[str, list[Element]] = {}
        for label in labels:
            by_colour.setdefault(label.style["color"], []).append(label)
        if len(by_colour) != 2:
            continue
        few, many = sorted(
            by_colour.values(), key=lambda alike: (len(alike), not _is_red(alike[0]))
        )
        if len(labels) < 3 and not _is_red(few[0]):
            continue
        if not any(_says_more(label) for label in few) and _same_but_colour(few[0], many[0]):
            yield needs_review(
                few[0],
                f"{len(few)} of {len(labels)} labels have another colour ({few[0].style['color']}) "
                "and nothing that says why.",
            )


def _is_red(label: Element) -> bool:
    """Whether it has the colour of what must be filled in."""
    numbers = [float(one) for one in re.findall(r"[\d.]+", label.style["color"])[:3]]
    return len(numbers) == 3 and numbers[0] > 120 and numbers[0] > 2 * max(numbers[1:])


def _is_button(page: Page, label: Element) -> bool:
    """Whether a label is that of a choice, is drawn as a button, or its field is disabled."""
    field = page.snapshot.by_id(label.attributes.get("for", ""))
    own = [one for one in label.descendants() if one.tag in ("input", "select", "textarea")]
    fields = own or ([field] if field else [])
    choice = any(one.attributes.get("type") in ("checkbox", "radio") for one in fields)
    return choice or paints(label.style) or any(is_disabled(one) for one in [label, *fields])


def _says_more(label: Element) -> bool:
    """Whether a label has a sign, or words in brackets."""
    text = label.text_content + label.before + label.after
    return any(sign in text for sign in "*(•✱!") or len(label.text_content.split()) > 6


def _same_but_colour(one: Element, other: Element) -> bool:
    names = ("font-weight", "font-style", "font-size", "text-decoration-line", "tag")
    return one.tag == other.tag and all(one.style.get(n) == other.style.get(n) for n in names)
