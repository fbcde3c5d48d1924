"""Titles and names: of the page, of frames, of controls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..page import Page
from ..reading import read
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import is_address, is_file_name, letters, mentions, plain, says
from .check import Found, advice, check, fails, needs_review

_PARTS = re.compile(r"\s+[|–—·•»«:›>/-]+\s+|\s*[|·•»›]\s*")


@check(
    "title-says-nothing",
    criteria=["2.4.2"],
    title="The page's title does not say what the page is about",
    method="The title is what a tool or a template writes (“Untitled”, “New page”, «Без назви»), a "
    "file's name, an address, or signs without letters: these fail. “Home” and «Головна» alone, "
    "and titles of more than 150 characters, are for a person.",
    limits="Words are known in eight languages.",
    fix="Say what the page is about first, then the site's name.",
    broken="<!doctype html><html lang=en><title>Untitled document</title><h1>Waste</h1></html>",
    sound="<!doctype html><html lang=en><title>Waste – Town of Vydne</title><h1>Waste</h1></html>",
)
def title_says_nothing(page: Page, _: Variant) -> Iterator[Found]:
    title = page.snapshot.title.strip()
    if not title:
        return  # axe says so
    measured = f"“{title[:80]}”"
    if says("vague-title", title):
        yield fails("title", "Any page could have this title.", measured=measured)
    elif is_file_name(title) or is_address(title):
        yield fails("title", "The title is a file's name or an address.", measured=measured)
    elif not letters(title) and not any(map(str.isdigit, title)):
        yield fails("title", "The title has no letter.", measured=measured)
    elif says("short-title", title) or sum(map(str.isalnum, title)) < 3:
        yield needs_review("title", "The title says little outside of its site.", measured=measured)
    elif len(title) > 150:
        yield needs_review(
            "title", "The title is a paragraph.", measured=f"{len(title)} characters"
        )


_FEW = {"the", "and", "for", "with", "from", "this", "that", "your", "our", "you", "are", "page"}
_FEW |= {"та", "для", "від", "про", "або", "наш", "ваш", "сторінка", "сайт", "home", "welcome"}
_FEW |= {"official", "website", "site", "офіційний", "офіційна", "офіційне", "offizielle"}
_FEW |= {"officiel", "oficial", "oficjalna", "oficjalny", "ufficiale", "официальный"}


@check(
    "title-does-not-fit",
    criteria=["2.4.2"],
    title="The page's title does not fit the page",
    method="No word of the title, and no beginning of one of four letters, stands in the page's "
    "headings, texts or links; or none of the parts that are not the site's name stands outside of "
    "header, footer and navigation.",
    limits="A title may use other words for the same. Pages that say that one is not found, and a "
    "site's first page, are held against all words alone.",
    fix="Take the title from the page's first heading.",
    broken="<!doctype html><html lang=en><title>Concert tickets</title><h1>Waste</h1><p>"
    "The lorries come every Tuesday and take glass, paper and metal along. Put the bins out in the "
    "evening before, please.</p></html>",
    sound="<!doctype html><html lang=en><title>Waste – Vydne</title><h1>Waste collection</h1><p>"
    "The lorries come every Tuesday and take glass, paper and metal along. Put the bins out in the "
    "evening before, please.</p></html>",
)
def title_does_not_fit(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    title = shown.title
    words = _stems(title)
    if not words or shown.body is None or says("vague-title", title) or is_file_name(title):
        return
    heard = " ".join(
        [
            *(element.text for element in shown.elements if element.text and element.exposed),
            *(element.attributes.get("alt", "") for element in shown.elements),
            *(one.name for one in shown.tagged("iframe", "svg", "video", "canvas", "object")),
        ]
    )
    headings = [reading.text(element) for element in shown.elements if element.heading_level == 1]
    if letters(heard) < 80:
        return
    if headings and letters(headings[0]) > 3:
        first = _stems(" ".join(headings))
        known = " ".join(headings) + " " + _opening(heard)
    else:
        first, known = set(), heard
    around, inside = _sides(shown)
    # A site's first page may have a motto for a title, and one that is not there other words.
    is_first = urlsplit(shown.url).path.strip("/").lower().partition(".")[0] in ("", "index")
    free = is_first or mentions("not-found", title)
    own = set() if free else _own_parts(title, _said(around))
    strange = own and headings and not own & (_stems(_said(inside)) | first)
    if not words & (_stems(known) | first) or strange:
        yield needs_review(
            "title",
            "No word of the title stands in the page's first heading and text.",
            measured=f"“{title.strip()[:60]}”, heading “{(headings or [''])[0][:60]}”",
        )


def _stems(text: str) -> set[str]:
    """Beginnings of its words, so that Ukrainian endings do not count."""
    words = plain(text).replace("-", " ").split()
    return {word[:4] for word in words if len(word) > 2 and word not in _FEW}


def _own_parts(title: str, around: str) -> set[str]:
    """Stems of the parts of a title that are not the site's name: header and footer have all words
    of that."""
    parts = [part for part in _PARTS.split(title) if part.strip() and not says("short-title", part)]
    known = _stems(around)
    if len(parts) < 2:
        return set()
    return {stem for part in parts if not _stems(part) <= known for stem in _stems(part)}


_AROUND = ("header", "footer", "nav")
_AROUND_ROLES = {"banner", "contentinfo", "navigation"}


def _sides(shown: Snapshot) -> tuple[list[Element], list[Element]]:
    """What stands in header, footer and navigation, and what does not."""
    around: set[int] = set()
    for element in shown.elements:
        marked = element.tag in _AROUND or element.attributes.get("role") in _AROUND_ROLES
        if marked or (element.parent is not None and element.parent.number in around):
            around.add(element.number)
    return (
        [one for one in shown.elements if one.number in around],
        [one for one in shown.elements if one.number not in around and one.tag != "title"],
    )


def _said(elements: list[Element]) -> str:
    """Their texts, names and alternatives."""
    texts = [one.text for one in elements if one.text]
    return " ".join(
        texts + [one.attributes.get("alt", "") or one.name for one in elements if one.name]
    )


def _opening(text: str) -> str:
    return text[:5000]


@check(
    "frame-title-says-nothing",
    criteria=["4.1.2", "2.4.1"],
    title="The name of a frame does not say what is in it",
    method="The accessible name of a frame is a word such as “iframe”, “title” or «фрейм», a "
    "file's "
    "name or an address (these fail); or frames with different addresses have the same name.",
    limits="Frames without any name are axe's.",
    fix="Say in `title` what the frame holds: “Map of the town hall”.",
    broken="<iframe title=iframe src='about:blank'></iframe>",
    sound="<iframe title='Map of the town hall' src='about:blank'></iframe>",
)
def frame_title_says_nothing(page: Page, _: Variant) -> Iterator[Found]:
    seen: dict[str, Element] = {}
    for frame in page.snapshot.tagged("iframe", "frame", "object", "embed"):
        name = (frame.name or frame.attributes.get("title", "")).strip()
        if not name or not frame.exposed:
            continue
        measured = f"“{name[:60]}”"
        if says("vague-frame", name) or is_file_name(name) or is_address(name):
            yield fails(frame, "The name would fit any frame.", measured=measured)
        elif letters(name) < 2:
            yield needs_review(frame, "The name has hardly a letter.", measured=measured)
        elif (other := seen.get(plain(name))) and _source(other) != _source(frame):
            yield needs_review(
                frame, "Another frame with other content has the same name.", measured=measured
            )
        seen[plain(name)] = frame


def _source(frame: Element) -> str:
    attributes = frame.attributes
    return attributes.get("src") or attributes.get("data") or attributes.get("srcdoc", "")


_CONTROLS = {"button", "tab", "menuitem", "switch", "menuitemradio", "menuitemcheckbox", "option"}


@check(
    "control-name-vague",
    criteria=["2.4.6", "4.1.2"],
    title="The name of a button does not say what it does",
    method="Buttons, tabs and items of menus whose name is a word such as “Button” or «Кнопка», a "
    "file's name, or has neither letter, digit nor a sign with a meaning of its own; and "
    "`<details>` without `<summary>`, which browsers call “Details”.",
    limits="Words are known in eight languages.",
    fix="Name the button after what it does.",
    broken="<button>Button</button>",
    sound="<button>Send the letter</button>",
)
def control_name_vague(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.elements:
        if not element.exposed or element.role not in _CONTROLS:
            continue
        name = element.name.strip()
        if name and (says("vague-button", name) or is_file_name(name)):
            yield needs_review(element, "The name would fit any button.", measured=f"“{name}”")
        elif name and not any(map(str.isalnum, name)):
            yield needs_review(element, "The name is a sign.", measured=f"“{name}”")
    for details in page.snapshot.tagged("details"):
        summaries = [child for child in details.children if child.tag == "summary"]
        if details.visible and details.exposed and not summaries and not details.is_host:
            yield needs_review(
                details, "The browser's own word opens it.", measured="details without summary"
            )


@check(
    "controls-alike",
    criteria=["2.4.6"],
    title="Several buttons have the same name and nothing tells them apart",
    method="Three and more buttons of the same accessible name in one page, none of them "
    "described, in a row of a table, or in an item of a list.",
    limits="Buttons that do the same may have the same name.",
    fix="Say what it is done to: “Delete the letter of 3 May”.",
    broken="<div>Bread <button>Delete</button></div><div>Salt <button>Delete</button></div>"
    "<div>Milk <button>Delete</button></div>",
    sound="<div>Bread <button aria-label='Delete bread'>Delete</button></div>"
    "<div>Salt <button aria-label='Delete salt'>Delete</button></div>",
    advice=True,
)
def controls_alike(page: Page, _: Variant) -> Iterator[Found]:
    named: dict[str, list[Element]] = {}
    for element in page.snapshot.elements:
        if element.role != "button" or not element.exposed or not element.name.strip():
            continue
        if not element.attributes.get("aria-describedby") and not element.closest("li", "tr"):
            named.setdefault(plain(element.name), []).append(element)
    for same in named.values():
        if len(same) > 2:
            yield advice(
                same[0],
                "Other buttons of the page have the same name.",
                measured=f"{len(same)} called “{same[0].name.strip()[:40]}”",
            )


@check(
    "role-overrides-element",
    criteria=["1.3.1", "4.1.2"],
    title="A role contradicts the element that it is on",
    method="Roles that HTML does not let an element have, by axe-core's table of what is allowed.",
    limits="The role may work as meant all the same.",
    fix="Use the element that has the role by itself.",
    broken="<h2 role=button tabindex=0>News</h2>",
    sound="<h2><button>News</button></h2>",
)
def role_overrides_element(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    elements = page.snapshot.elements
    for number, is_allowed in reading.allowed.items():
        element = elements[number]
        role = element.attributes.get("role", "").strip()
        redundant = element.tag in ("header", "footer") or role in ("presentation", "none", "")
        if not is_allowed and element.exposed and not redundant:
            yield needs_review(
                element,
                f"<{element.tag}> may not be a {role}: what it is by itself is lost.",
                measured=f"role={role}",
            )
