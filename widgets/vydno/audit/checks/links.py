"""Links: what they say, where they go, and what they do instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote, urldefrag, urlsplit

from ..page import Page
from ..reading import Reading, read
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import is_address, is_file_name, letters, mentions, plain, says
from .check import Found, advice, check, fails, needs_review


def _links(page: Page) -> list[Element]:
    """Links with an address that assistive technology meets as such."""
    return [
        element
        for element in page.snapshot.tagged("a", "area")
        if element.exposed and "href" in element.attributes and element.role in ("link", "")
    ]


def _context(link: Element, reading: Reading) -> str:
    """What the sentence, item or cell says besides the link (criterion 2.4.4)."""
    block = link.closest("p", "li", "td", "th", "dd", "figcaption", "blockquote", "label")
    if block is None:
        return ""
    text, own = reading.text(block, exposed=True), reading.text(link, exposed=True)
    return text.replace(own, " ", 1).strip(" .,:;")


def _described(link: Element) -> bool:
    return any(name in link.attributes for name in ("aria-describedby", "title"))


@check(
    "link-text-vague",
    criteria=["2.4.4"],
    title="A link does not say where it leads",
    method="The link's accessible name is a phrase such as “click here”, “here” or «тут»; or one "
    "such as “read more” or «детальніше» whose sentence, list item, table cell and the heading "
    "before say nothing further. With such a context, “more” is advice (2.4.9).",
    limits="Whether the context tells enough is for a person. Phrases are known in nine languages.",
    fix="Let the link say what it leads to: “timetable of the buses”.",
    broken="<p>For the timetable of the buses <a href='/buses'>click here</a>.</p>",
    sound="<p>See the <a href='/buses'>timetable of the buses</a>.</p>",
)
def link_text_vague(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    headed = _headed(page.snapshot)
    for link in _links(page):
        name = link.name.strip()
        if not name:
            continue
        measured = f"“{name[:60]}”"
        if says("vague-link", name):
            yield needs_review(
                link, "The text would fit any link.", measured=measured, criteria=["2.4.4", "2.4.9"]
            )
        elif says("more-link", name):
            if letters(_context(link, reading)) > 10 or _described(link) or link.number in headed:
                yield advice(
                    link,
                    "Only what is around it says of what.",
                    measured=measured,
                    criteria=["2.4.9"],
                )
            elif not link.closest("nav") or says("vague-link", name):
                yield needs_review(
                    link, "It promises more, and nothing around it says of what.", measured=measured
                )


def _headed(shown: Snapshot) -> set[int]:
    """Links in a card or section that has a heading before them: the link's ancestor, below the
    page's main parts, holds a heading too."""
    found: set[int] = set()
    heading_of: dict[int, int] = {}
    for element in shown.elements:
        # The page's own title says nothing of a link further down.
        if element.heading_level > 1 and element.exposed:
            for around in element.ancestors():
                if around.tag in ("main", "body", "html") or around.number in heading_of:
                    break
                heading_of[around.number] = element.number
        elif element.tag == "a":
            for around in element.ancestors():
                if around.number in heading_of:
                    found.add(element.number)
                    break
    return found


@check(
    "link-text-says-nothing",
    criteria=["2.4.4"],
    title="A link's text is a sign, a letter, a file's name, an address or a paragraph",
    method="The accessible name has neither letter nor digit, or is one letter alone (but in a row "
    "of such), a file's name, an address of more than 30 characters, or has more than 250 "
    "characters without a heading among them; shorter addresses, and names of more than 150 "
    "characters, are advice.",
    limits="An address may be what the text is about.",
    fix="Say what the link leads to.",
    broken="<p>Next week's menu <a href='/menu'>»</a></p>",
    sound="<p><a href='/menu'>Next week's menu »</a></p>",
)
def link_text_says_nothing(page: Page, _: Variant) -> Iterator[Found]:
    for link in _links(page):
        name = " ".join(link.name.split())
        if not name or name.startswith("mailto:") or _is_code(link):
            continue
        measured = f"“{name[:60]}”"
        if not any(map(str.isalnum, name)):
            yield needs_review(link, "Its text is made of signs alone.", measured=measured)
        elif len(plain(name)) == 1 and name[0].isalpha() and not _is_index(link):
            yield needs_review(link, "Its text is one letter.", measured=measured)
        elif is_file_name(name):
            yield needs_review(link, "Its text is a file's name.", measured=measured)
        elif is_address(name) and (name.lower().startswith("http") or len(name) > 30):
            if len(name) > 30:
                yield needs_review(link, "Its text is an address.", measured=measured)
            else:
                yield advice(link, "Its text is an address.", measured=measured, criteria=["2.4.9"])
        elif len(name) > 150:
            headed = any(one.heading_level for one in link.descendants())
            report = needs_review if len(name) > 250 and not headed else advice
            yield report(
                link, "All of it is read out as a link.", measured=f"{len(name)} characters"
            )


def _is_code(link: Element) -> bool:
    return link.closest("code", "pre", "kbd") is not None or any(
        one.tag in ("code", "kbd") for one in link.descendants()
    )


def _is_index(link: Element) -> bool:
    """One of several letters side by side: an index."""
    around = link.parent
    for _ in range(2):
        if around is None:
            return False
        inside = [one for one in around.descendants() if one.tag == "a"]
        if sum(len(plain(one.name)) == 1 for one in inside) > 2:
            return True
        around = around.parent
    return False


@check(
    "links-alike",
    criteria=["2.4.4"],
    title="Links say the same and lead to different places",
    method="Links with the same accessible name and different addresses (fragments and a slash at "
    "the end apart) in the same kind of surroundings. Where sentence, item, cell or heading tell "
    "them apart it is advice (2.4.9).",
    limits="Two addresses may give the same page.",
    fix="Say in each where it leads.",
    broken="<p><a href='/waste'>Timetable</a></p><p><a href='/buses'>Timetable</a></p>",
    sound="<p><a href='/waste'>Waste timetable</a></p><p><a href='/buses'>Bus timetable</a></p>",
)
def links_alike(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    headed = _headed(page.snapshot)
    first: dict[str, Element] = {}
    told: set[str] = set()
    for link in _links(page):
        name = plain(link.name)
        if not name or name in told or name.isdecimal():
            continue
        other = first.setdefault(name, link)
        if other is link or _place(other, reading) == _place(link, reading):
            continue
        told.add(name)
        contexts = [letters(_context(one, reading)) > 10 for one in (other, link)]
        apart = all(contexts) or all(one.number in headed for one in (other, link))
        if apart or any(_described(one) for one in (other, link)):
            yield advice(
                link,
                "Another link with this name leads elsewhere.",
                criteria=["2.4.9"],
                measured=f"“{link.name.strip()[:60]}”",
            )
        else:
            yield needs_review(
                link,
                "Another link with this name leads elsewhere, and nothing tells them apart.",
                measured=f"“{link.name.strip()[:60]}”: {other.attributes['href'][:60]} and "
                f"{link.attributes['href'][:60]}",
            )


def _place(link: Element, reading: Reading) -> str:
    address = reading.hrefs.get(link.number, link.attributes.get("href", ""))
    whole, fragment = urldefrag(address)
    if whole.startswith("http:"):
        whole = whole.replace("http:", "https:", 1)
    return whole.rstrip("/") + (f"#{fragment}" if whole.startswith("javascript") else "")


@check(
    "links-adjacent",
    criteria=["2.4.4"],
    title="Links side by side lead to the same place",
    method="Two links that follow each other with no text between them and have the same address: "
    "a picture and its caption, mostly. It is for a person where one of them is a picture, and "
    "advice elsewhere.",
    limits="A picture without alternative is axe's.",
    fix="Put picture and text into one link, with `alt` empty.",
    broken="<p><a href='/bridge'><img src='data:,' alt='Bridge'></a> <a href='/bridge'>The "
    "bridge</a>"
    "</p>",
    sound="<p><a href='/bridge'><img src='data:,' alt=''> The bridge</a></p>",
)
def links_adjacent(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    links = [link for link in _links(page) if link.tag == "a" and link.visible]
    for before, after in pairwise(links):
        place = _place(before, reading)
        if place != _place(after, reading) or not before.attributes["href"].strip("#"):
            continue
        if before.attributes["href"].lower().startswith(("#", "javascript:")):
            continue
        if before.attributes["href"] != after.attributes["href"] or not _is_next(
            before, after, page
        ):
            continue
        pictures = [
            any(one.tag in ("img", "svg") for one in link.descendants()) for link in (before, after)
        ]
        report = needs_review if any(pictures) and not all(pictures) else advice
        yield report(
            after,
            "The link before it leads to the same place: it is met and announced twice.",
            measured=f"“{before.name.strip()[:40]}”, “{after.name.strip()[:40]}”",
        )


def _is_next(before: Element, after: Element, page: Page) -> bool:
    """Whether no text is between them, and they are near in the tree."""
    between = page.snapshot.elements[before.number : after.number]
    inside = {before.number}
    for element in between[1:]:
        if element.parent is not None and element.parent.number in inside:
            inside.add(element.number)
        elif element.text and element.rendered:
            return False
    near = set(list(after.ancestors())[:4])
    for depth, around in enumerate(before.ancestors(), start=1):
        if around in near:
            own = before.parent is around or after.parent is around or depth < 4
            return own and not _text_between(around, before, after, page)
        if depth > 3:
            return False
    return False


def _text_between(around: Element, before: Element, after: Element, page: Page) -> bool:
    """Whether the common ancestor's own text parts them."""
    parts = page.once(read).parts(around)
    started = False
    for part in parts:
        if isinstance(part, str):
            if started and part.strip(" \u00a0\n\t|•·,/–—-"):
                return True
        elif part is before or before.parent is part:
            started = True
        elif part is after or after.parent is part:
            return False
    return False


@check(
    "link-leads-nowhere",
    criteria=["2.4.4", "4.1.2"],
    title="A link leads nowhere",
    method="The address is `#`, empty, or `javascript:`; or there is none and the text is that of "
    "a "
    "link. Those with a role of their own, disabled ones and the current page's are left out.",
    limits="What a script does on a click is not tried.",
    fix="Give the link an address, or use `<button>` for what acts on this page.",
    broken="<a href='#'>Timetable</a>",
    sound="<a href='/buses'>Timetable</a> <button>Show the map</button>",
)
def link_leads_nowhere(page: Page, _: Variant) -> Iterator[Found]:
    for link in page.snapshot.tagged("a"):
        attributes = link.attributes
        if not link.exposed or not link.visible or attributes.get("role") not in (None, "", "link"):
            continue
        if "aria-current" in attributes or attributes.get("aria-disabled") == "true":
            continue
        href = attributes.get("href")
        name = link.name.strip()
        if href is None:
            if "onclick" in attributes or ("tabindex" in attributes and name):
                yield needs_review(
                    link, "Without an address it is no link for anybody but a mouse."
                )
            elif name and not ({"id", "name"} & attributes.keys()) and _looks_pressable(link):
                yield needs_review(link, "It has no address, and looks like a link.")
            continue
        target = href.strip().lower()
        if target.startswith("javascript:"):
            yield needs_review(
                link,
                "It runs a script: it is a button that says it is a link.",
                measured=f"href={href.strip()[:60]}",
            )
        elif target in ("#", "#!", "#/", "") and "onclick" in attributes:
            yield needs_review(
                link, "It acts like a button, and says it is a link.", measured=f"href=“{target}”"
            )
        elif target in ("", "#!") or (target == "#" and not _is_to_top(name)):
            yield needs_review(link, "Its address is the page itself.", measured=f"href=“{target}”")


def _is_to_top(name: str) -> bool:
    words = plain(name)
    return bool(re.search(r"\b(top|up|нагору|вгору|догори|початку|наверх|haut|oben)\b", words)) or (
        not any(map(str.isalnum, name)) and any(sign in name for sign in "↑⬆▲^")
    )


def _looks_pressable(link: Element) -> bool:
    style = link.style
    return style.get("cursor") == "pointer" or "underline" in style.get("text-decoration-line", "")


@check(
    "link-to-itself",
    criteria=["2.4.4"],
    title="A link leads to the page that it is on",
    method="The address, without a fragment, is that of the page, and the link does not say so "
    "with `aria-current`.",
    limits="A link in the name of the site to its first page is found too.",
    fix="Leave the link out, or say `aria-current=page`.",
    broken="<nav><a href='?'>News</a></nav>",
    sound="<nav><a href='/news' aria-current=page>News</a></nav>",
    advice=True,
)
def link_to_itself(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    own = urldefrag(page.snapshot.url).url.rstrip("?")
    for link in _links(page):
        href = link.attributes["href"].strip()
        address = reading.hrefs.get(link.number, "")
        is_own = href and "#" not in href and address.rstrip("?") == own
        if is_own and "aria-current" not in link.attributes:
            yield advice(link, "It leads to the page that is open.")


@check(
    "fragment-missing",
    criteria=["2.4.1", "2.4.4"],
    title="A link leads to a place in the page that is not there",
    method="Links with `#name` where no element has the id or name, or where it is not rendered. "
    "A link past repeated blocks (“Skip to content”, «Перейти до вмісту») fails; others are for a "
    "person, since a script may answer them.",
    limits="Addresses that a script reads (`#/…`, `#!…`) are left out, and links with roles or "
    "attributes of widgets.",
    fix="Give the place the id that the link names.",
    broken="<a href='#content'>Skip to content</a><main id=main><h1>Town</h1></main>",
    sound="<a href='#main'>Skip to content</a><main id=main><h1>Town</h1></main>",
)
def fragment_missing(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    own = urldefrag(shown.url).url
    for link in _links(page):
        whole, fragment = urldefrag(reading.hrefs.get(link.number, ""))
        fragment = unquote(fragment)
        if whole != own or not fragment or fragment.startswith(("/", "!", ":~:")):
            continue
        if fragment.lower() == "top" or fragment in reading.names or _is_widget(link):
            continue
        there = shown.by_id(fragment)
        if there is not None and there.rendered:
            continue
        why = "is not rendered" if there is not None else "is not in the page"
        skips = mentions("skip", link.name) or (link.number < 40 and says("skip", link.name))
        if skips:
            yield fails(
                link,
                f"It is to lead past the blocks that repeat, and its target {why}.",
                measured=f"#{fragment}",
            )
        elif there is None and shown.complete:
            yield needs_review(link, f"Its target {why}.", measured=f"#{fragment}")


def _is_widget(link: Element) -> bool:
    return any(
        name.startswith(("data-", "aria-controls", "aria-expanded", "aria-haspopup", "onclick"))
        for name in link.attributes
    )


@check(
    "skip-link-hidden",
    criteria=["2.4.1"],
    title="The link past repeated blocks is there for nobody",
    method="A link to a place in the page with a text such as “Skip to content” that is not "
    "rendered "
    "(`display: none`), or that cannot be focused.",
    limits="A script may show it when the page is used.",
    fix="Hide it by moving it out of sight, and show it when it has the focus.",
    broken="<a href='#main' style='display: none'>Skip to content</a><main id=main><h1>Town</h1>"
    "</main>",
    sound="<style>a:not(:focus) { position: absolute; left: -999px }</style><a href='#main'>Skip "
    "to "
    "content</a><main id=main><h1>Town</h1></main>",
)
def skip_link_hidden(page: Page, _: Variant) -> Iterator[Found]:
    for link in page.snapshot.tagged("a"):
        text = " ".join([link.text, *(one.text for one in link.descendants())])
        if not link.attributes.get("href", "").startswith("#") or not mentions("skip", text):
            continue
        if link.number > 200:
            continue
        around = link.parent
        hidden = not link.rendered and (around is None or around.rendered)
        if hidden or link.attributes.get("tabindex", "0").strip().startswith("-"):
            yield needs_review(
                link,
                "A keyboard does not reach it.",
                measured="tabindex=-1" if link.rendered else "not rendered",
            )


_FILES = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|csv|zip|rar|7z|epub|mp3|mp4|avi|mov|exe|dmg)$",
    re.IGNORECASE,
)
_TYPES = {
    "doc": ("word", "doc"),
    "docx": ("word", "doc"),
    "xls": ("excel", "xls", "spreadsheet", "таблиц"),
    "xlsx": ("excel", "xls", "spreadsheet", "таблиц"),
    "ppt": ("powerpoint", "ppt", "presentation", "slides", "презентац"),
    "pptx": ("powerpoint", "ppt", "presentation", "slides", "презентац"),
    "mp3": ("mp3", "audio", "аудіо"),
    "mp4": ("mp4", "video", "відео"),
    "zip": ("zip", "archive", "архів"),
}
_SIZE = re.compile(r"\d\s*(?:[kmg]i?b|bytes|[кмг]б|байт|pages|с\.|стор)", re.IGNORECASE)


@check(
    "link-to-file-unsaid",
    criteria=["2.4.9"],
    title="A link to a file does not say its type and size",
    method="Links whose address ends in the suffix of a document, archive or recording, with no "
    "word of the type in the name, or none of the size there and just after.",
    limits="The type is known from the address alone.",
    fix="Write “Budget 2026 (PDF, 2 MB)”.",
    broken="<a href='/budget.pdf'>Budget 2026</a>",
    sound="<a href='/budget.pdf'>Budget 2026 (PDF, 2 MB)</a>",
    advice=True,
)
def link_to_file_unsaid(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for link in _links(page):
        suffix = _FILES.search(urlsplit(reading.hrefs.get(link.number, "")).path)
        if not suffix:
            continue
        kind = suffix[1].lower()
        said = f"{link.name} {link.attributes.get('title', '')}".lower()
        around = f"{said} {_context(link, reading)}".lower()
        missing = []
        if not any(word in said for word in _TYPES.get(kind, (kind,))):
            missing.append("type")
        if not _SIZE.search(around):
            missing.append("size")
        if missing:
            yield advice(
                link,
                f"It leads to a file and does not say its {' and '.join(missing)}.",
                measured=f".{kind}",
            )


@check(
    "link-opens-window",
    criteria=["3.2.5"],
    title="A link opens a window and does not say so",
    method="`target` other than the window itself, or `window.open` in `onclick`, and no word of "
    "it "
    "(“new window”, «нова вкладка») in the name, the description, an alternative in it, or in the "
    "text around.",
    limits="Words are known in seven languages.",
    fix="Let it open in the same window; or say “(opens in a new tab)” in the link.",
    broken="<a href='/map' target=_blank>Map</a>",
    sound="<a href='/map' target=_blank>Map (opens in a new tab)</a>",
    advice=True,
)
def link_opens_window(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for link in [*_links(page), *page.snapshot.tagged("button", "form")]:
        attributes = link.attributes
        target = attributes.get("target", "").strip().lower()
        opens = target not in ("", "_self", "_top", "_parent") and "download" not in attributes
        if not opens and "window.open" not in attributes.get("onclick", ""):
            continue
        if not link.exposed or link.tag == "form":
            continue
        described = attributes.get("aria-describedby", "").split()
        texts = [link.name, attributes.get("title", ""), _context(link, reading)]
        texts += [
            reading.text(there) or there.text
            for id_ in described
            if (there := page.snapshot.by_id(id_))
        ]
        if not mentions("new-window", " ".join(texts)):
            yield advice(link, "Nothing says that it opens a window.", measured=f"target={target}")


_GOES = re.compile(
    r"(?:window\.|document\.|self\.|top\.)?location(?:\.href)?\s*=(?!=)|"
    r"location\.(?:assign|replace)\s*\(|window\.open\s*\(|history\.(?:back|go)\s*\("
)


@check(
    "button-navigates",
    criteria=["4.1.2"],
    title="A button is a link",
    method="`onclick` of a `<button>`, or of another element that has the role of a button, goes "
    "to "
    "another page; or an element with an address is said to be a button; or an element that is "
    "neither link nor button goes to another page.",
    limits="Listeners that scripts add are not read.",
    fix="Use `<a href>` for what goes somewhere.",
    broken="<button onclick=\"location.href='/buses'\">Timetable</button>",
    sound="<a href='/buses'>Timetable</a>",
)
def button_navigates(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.elements:
        if not element.exposed:
            continue
        goes = _GOES.search(element.attributes.get("onclick", ""))
        if goes and element.tag != "a" and "history" not in goes[0]:
            yield needs_review(
                element,
                "It goes to another page, and is no link.",
                measured=f"onclick: {element.attributes['onclick'][:60]}",
            )
        elif element.tag == "a" and element.attributes.get("role") == "button":
            href = element.attributes.get("href", "#")
            if not href.startswith(("#", "javascript")) and href and not _is_widget(element):
                yield needs_review(
                    element, "It has an address, and says that it is a button.", measured=href[:60]
                )


_TITLED = (
    *("span", "p", "div", "td", "li", "dd", "strong", "b", "em", "i", "u", "font"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
)


@check(
    "title-only-hovered",
    criteria=["2.1.1"],
    title="A tooltip shows for the pointer alone",
    method="`title` of two words and more on texts that cannot have the focus, that says what the "
    "text does not.",
    limits="Dates, and what may be said elsewhere, are not told apart from what matters.",
    fix="Write it into the text, or behind a button.",
    broken="<p>The <span title='Part of the town with one member'>ward</span> has voted.</p>",
    sound="<p>The ward, a part of the town with one member, has voted.</p>",
    advice=True,
)
def title_only_hovered(page: Page, _: Variant) -> Iterator[Found]:
    said: set[str] = set()
    reading = page.once(read)
    for element in page.snapshot.tagged(*_TITLED):
        title = plain(element.attributes.get("title", ""))
        if len(title.split()) < 2 or letters(title) < 8 or title in said:
            continue
        if element.focusable or not element.visible or element.closest("a", "button", "label"):
            continue
        around = element.closest("p", "li", "td", "div", "section") or element
        if title not in plain(reading.text(around)):
            said.add(title)
            yield advice(
                element, "Keys and fingers do not bring it up.", measured=f"title=“{title[:60]}”"
            )


@check(
    "title-repeats-text",
    criteria=["2.4.4"],
    title="A tooltip repeats the text",
    method="`title` of links, buttons and pictures that says what their text or alternative says.",
    limits="Titles of other elements are not looked at.",
    fix="Leave `title` out.",
    broken="<a href='/buses' title='Timetable'>Timetable</a>",
    sound="<a href='/buses'>Timetable</a>",
    advice=True,
)
def title_repeats_text(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for element in page.snapshot.tagged("a", "button", "img"):
        title = plain(element.attributes.get("title", ""))
        text = element.attributes.get("alt", "") if element.tag == "img" else reading.text(element)
        if title and element.exposed and title == plain(text):
            yield advice(element, "It is said twice.", measured=f"title=“{title[:60]}”")
