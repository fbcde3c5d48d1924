"""Whole sites: what only several pages together tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urldefrag, urlsplit

from ..findings import Fact
from ..page import Page
from ..reading import FIELDS, Reading, is_field, read
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import plain
from .check import Found, Noted, needs_review, note, site_check

_MANY = 300
"""Links of one navigation, and controls of one page, that are kept."""
_ALIKE = 3
"""Links that two navigations share at least, to be the same one."""


def _address(url: str, shown: Snapshot) -> str:
    """Without its fragment, and without the host where it is the page's own: the same page on
    staging and in production."""
    whole = urldefrag(url).url
    parts, own = urlsplit(whole), urlsplit(shown.url)
    if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
        return parts._replace(scheme="", netloc="").geturl() or "/"
    return whole


def _language(shown: Snapshot) -> str:
    return shown.root.attributes.get("lang", "").strip().lower().partition("-")[0]


def _grouped(facts: Iterable[Fact], *parts: int) -> Iterator[list[Fact]]:
    """Facts of which these values are the same."""
    groups: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        groups.setdefault(tuple(fact.values[part] for part in parts), []).append(fact)
    yield from groups.values()


def _quoted(text: str) -> str:
    return f"“{text[:80]}”"


# Titles. ----------------------------------------------------------------------------------------


def _title(page: Page, _: Variant) -> Iterator[Noted]:
    shown = page.snapshot
    canonical = next(
        (
            link.attributes.get("href", "")
            for link in shown.tagged("link")
            if "canonical" in link.attributes.get("rel", "").lower().split()
        ),
        "",
    )
    titles = [title for title in shown.tagged("title") if title.closest("head")]
    if titles and plain(shown.title):
        text = " ".join(shown.title.split())
        yield note(titles[0], plain(text), _language(shown), canonical, text)


@site_check(
    "title-repeated-on-site",
    notes=_title,
    criteria=["2.4.2"],
    title="Several pages have the same title",
    method="Titles of all audited pages of a site that are in one language are compared, whatever "
    "their capitals and signs. Addresses with one canonical address are one page.",
    limits="Pages that were not audited are not known; `--crawl` or `--sitemap` names them. The "
    "parts of one list may share a title, which then does not say which part it is.",
    fix="Say in each title what that page alone is about, before the name of the site.",
    broken="""<!doctype html><html lang="en"><title>Town of Kalynivka</title><h1>Opening hours</h1>
<!-- another page -->
<!doctype html><html lang="en"><title>Town of Kalynivka</title><h1>Buses</h1>""",
    sound="""<!doctype html><html lang="en"><title>Opening hours – Kalynivka</title><h1>Hours</h1>
<!-- another page -->
<!doctype html><html lang="en"><title>Buses – Kalynivka</title><h1>Buses</h1>""",
)
def title_repeated_on_site(facts: Sequence[Fact]) -> Iterator[Found]:
    for alike in _grouped(facts, 0, 1):
        pages = {fact.values[2] or fact.page: fact for fact in alike}
        if len(pages) < 2:
            continue
        for fact in alike:
            others = [one.page for one in pages.values() if one.page != fact.page]
            if others:
                yield needs_review(
                    fact, f"{_also(others)} the same title.", measured=_quoted(fact.values[3])
                )


def _also(pages: Sequence[str]) -> str:
    """`/a has`, `/a and /b have`, `/a and 5 other pages have`."""
    first, *rest = pages
    if not rest:
        return f"{first} has"
    return f"{first} and {rest[0] if len(rest) == 1 else f'{len(rest)} other pages'} have"


# The order of links. ----------------------------------------------------------------------------


def _navigations(page: Page, _: Variant) -> Iterator[Noted]:
    """Label, and name and address of each link in turn."""
    shown, reading = page.snapshot, page.once(read)
    for landmark in shown.elements:
        if landmark.role == "navigation" and landmark.exposed and not landmark.closest("main"):
            links = [link for link in landmark.descendants() if _leads_away(link, reading, shown)]
            told = [
                part
                for link in links[:_MANY]
                for part in (link.name.strip(), _address(reading.hrefs[link.number], shown))
            ]
            if len(links) >= _ALIKE:
                yield note(landmark, plain(landmark.name), *told)


def _leads_away(link: Element, reading: Reading, shown: Snapshot) -> bool:
    """Whether it leads to another page; parts of this one are the page's own."""
    href = reading.hrefs.get(link.number, "")
    here = urldefrag(href).url == urldefrag(shown.url).url and "#" in href
    return link.tag == "a" and link.exposed and href.startswith("http") and not here


@site_check(
    "navigation-order-differs",
    notes=_navigations,
    criteria=["3.2.3"],
    title="The same links stand in another order than on other pages",
    method="Navigations outside of `<main>` that have the same name and share at least three links "
    "with the one that most pages have: what they share must follow in the same order.",
    limits="A visitor may have sorted them. Which links come before others that are not in a "
    "navigation is not looked at.",
    fix="Keep what is repeated in one order; mark the page at hand with aria-current instead of "
    "moving it.",
    broken="""<!doctype html><html lang="en"><title>Hours</title><nav><a href="/">Home</a>
<a href="/buses">Buses</a> <a href="/hours">Hours</a></nav>
<!-- another page -->
<!doctype html><html lang="en"><title>Buses</title><nav><a href="/buses">Buses</a>
<a href="/">Home</a> <a href="/hours">Hours</a></nav>""",
    sound="""<!doctype html><html lang="en"><title>Hours</title><nav><a href="/">Home</a>
<a href="/buses">Buses</a> <a href="/hours">Hours</a></nav>
<!-- another page -->
<!doctype html><html lang="en"><title>Buses</title><nav><a href="/">Home</a>
<a href="/buses">Buses</a> <a href="/news">News</a> <a href="/hours">Hours</a></nav>""",
)
def navigation_order_differs(facts: Sequence[Fact]) -> Iterator[Found]:
    for alike in _grouped(facts, 0):
        links = [_links(fact) for fact in alike]
        if len({fact.page for fact in alike}) < 2:
            continue
        usual, _ = Counter(tuple(one) for one in links).most_common(1)[0]
        place = {address: number for number, address in enumerate(usual)}
        pattern = next(fact for fact, one in zip(alike, links, strict=True) if tuple(one) == usual)
        for fact, names in zip(alike, links, strict=True):
            shared = [address for address in names if address in place]
            ordered = sorted(shared, key=place.__getitem__)
            if len(shared) >= _ALIKE and shared != ordered and fact.page != pattern.page:
                yield needs_review(
                    fact,
                    f"Its links stand in another order than on {pattern.page}.",
                    measured=_listed(names, shared),
                    needed=_listed(names, ordered),
                )


def _links(fact: Fact) -> Mapping[str, str]:
    """Address to name, in order; what is there twice counts where it is first."""
    found: dict[str, str] = {}
    for name, address in zip(fact.values[1::2], fact.values[2::2], strict=False):
        found.setdefault(address, name)
    return found


def _listed(names: Mapping[str, str], addresses: Sequence[str]) -> str:
    told = [names[address] or address for address in addresses]
    return ", ".join([*told[:8], *(["…"] if len(told) > 8 else [])])[:200]


# Names of controls. -----------------------------------------------------------------------------

_REPEATED = {"banner", "navigation", "contentinfo", "search"}
_DIGITS = re.compile(r"\d+")


def _controls(page: Page, _: Variant) -> Iterator[Noted]:
    """What is repeated around the content: its language, what it does, its name."""
    shown, reading = page.snapshot, page.once(read)
    kept = 0
    for element in shown.elements:
        what = _what(element, reading, shown) if element.exposed and element.name.strip() else ""
        if what and _is_repeated(element) and kept < _MANY:
            kept += 1
            yield note(element, _language(shown), what, " ".join(element.name.split()))


def _is_repeated(element: Element) -> bool:
    return any(
        around.role in _REPEATED or around.tag == "search" for around in element.ancestors()
    ) and not element.closest("main")


def _what(element: Element, reading: Reading, shown: Snapshot) -> str:
    """What it does, in words that are the same on every page; empty when nobody can say."""
    if _leads_away(element, reading, shown) and not _turns_pages(element):
        return f"link to {_address(reading.hrefs[element.number], shown)}"
    form = reading.forms.get(element.number, -1)
    if form < 0:
        return ""
    action = shown.elements[form].attributes.get("action", "")
    name, kind = (element.attributes.get(key, "") for key in ("name", "type"))
    if is_field(element):
        return f"field {name} of {action}" if name and action else ""
    if element.tag in ("button", *FIELDS) and kind in ("", "submit", "image") and action:
        return f"button {name} {element.attributes.get('value', '') if name else ''} of {action}"
    return ""


def _turns_pages(link: Element) -> bool:
    return bool({"next", "prev"} & set(link.attributes.get("rel", "").lower().split()))


@site_check(
    "control-named-otherwise",
    notes=_controls,
    criteria=["3.2.4"],
    title="The same control has another name than on other pages",
    method="Links with one address, and fields and buttons with one name in forms with one action, "
    "that stand in the header, the footer, a navigation or a search of more than half of the pages "
    "in one language: a page on which none of the usual names is used is told. Numbers, capitals "
    "and what follows a name (“Home, current page”) do not count.",
    limits="What does the same at another address is not known to do so. Icons are not compared.",
    fix="Call it the same everywhere.",
    broken="""<!doctype html><html lang="en"><title>Hours</title><header>
<form role="search" action="/search"><input name="q" aria-label="Search"></form></header>
<!-- another page -->
<!doctype html><html lang="en"><title>Buses</title><header>
<form role="search" action="/search"><input name="q" aria-label="Find"></form></header>""",
    sound="""<!doctype html><html lang="en"><title>Hours</title><header>
<form role="search" action="/search"><input name="q" aria-label="Search"></form></header>
<!-- another page -->
<!doctype html><html lang="en"><title>Buses</title><header>
<form role="search" action="/search"><input name="q" aria-label="Search"></form></header>""",
)
def control_named_otherwise(facts: Sequence[Fact]) -> Iterator[Found]:
    for same_language in _grouped(facts, 0):
        pages = {fact.page for fact in same_language}
        for alike in _grouped(same_language, 1):
            names = _names_by_page(alike)
            if len(names) >= 2 and 2 * len(names) > len(pages):
                yield from _otherwise(alike, names)


def _names_by_page(alike: Iterable[Fact]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for fact in alike:
        name = plain(_DIGITS.sub("", fact.values[2]))
        if name:
            names.setdefault(fact.page, []).append(name)
    return names


def _otherwise(alike: Sequence[Fact], names: Mapping[str, Sequence[str]]) -> Iterator[Found]:
    counted = Counter(name for page in names.values() for name in dict.fromkeys(page))
    ((most, _),) = counted.most_common(1)
    usual = {name for page in names.values() if most in page for name in page}
    where = next(page for page, its in names.items() if most in its)
    there = next(fact.values[2] for fact in alike if fact.page == where and _means(fact, most))
    for fact in alike:
        own = names.get(fact.page, ())
        if own and not any(_is_like(name, other) for name in own for other in usual):
            yield needs_review(
                fact,
                f"On {where} the same is called {_quoted(there)}.",
                measured=_quoted(fact.values[2]),
                needed=_quoted(there),
            )


def _means(fact: Fact, name: str) -> bool:
    return plain(_DIGITS.sub("", fact.values[2])) == name


def _is_like(name: str, other: str) -> bool:
    """Whether one is the other with words before or after it."""
    short, long = sorted((f" {name} ", f" {other} "), key=len)
    return long.startswith(short) or long.endswith(short)
