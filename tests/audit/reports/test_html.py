"""The report for people, as a file: whole, strict, and with nothing hostile alive in it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from vydno.audit.findings import PageResult, Run, Status
from vydno.audit.reports import html

from .. import sample_runs
from ..sample_runs import SITE

RUNS = ("clean", "mixed", "interrupted", "empty", "hostile")
each_run = pytest.mark.parametrize("name", RUNS)
# Attributes through which a page loads something, goes somewhere, or runs something.
ADDRESSES = {"href", "src", "action", "formaction", "srcset", "data", "poster", "xlink:href"}


def document(run: Run) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(html.render(run).encode(errors="replace").decode())
    return root


def attributes(root: Element) -> Iterator[tuple[str, str, str]]:
    for element in root.iter():
        for name, value in element.items():
            yield str(element.tag), name, value


def sha256(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def texts(root: Element, path: str) -> list[str]:
    return [" ".join("".join(each.itertext()).split()) for each in root.iterfind(path)]


def with_class(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


def words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


# One file


@each_run
def test_the_file_needs_nothing_else(name: str) -> None:
    root = document(getattr(sample_runs, name)())
    for tag, attribute, value in attributes(root):
        if attribute in ADDRESSES and tag != "a":
            assert value.startswith("data:"), (tag, attribute, value)


@each_run
def test_the_policy_allows_what_is_in_the_file_by_its_hash_and_nothing_else(name: str) -> None:
    root = document(getattr(sample_runs, name)())
    (policy,) = (
        meta.get("content", "")
        for meta in root.iter("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    for tag in ("script", "style"):
        hashes = {sha256(each.text or "") for each in root.iter(tag)}
        (directive,) = re.findall(rf"{tag}-src ([^;]*)", policy)
        assert set(directive.replace("'", "").split()) == hashes


@each_run
def test_no_attribute_is_a_style_or_a_handler(name: str) -> None:
    root = document(getattr(sample_runs, name)())
    found = {attribute for _, attribute, _ in attributes(root)}
    assert not {each for each in found if each == "style" or each.startswith("on")}


@each_run
def test_every_id_is_one_and_every_reference_leads_to_one(name: str) -> None:
    root = document(getattr(sample_runs, name)())
    ids = [value for _, attribute, value in attributes(root) if attribute == "id"]
    assert len(set(ids)) == len(ids)
    references = {
        value.removeprefix("#")
        for tag, attribute, value in attributes(root)
        if attribute in {"for", "aria-labelledby"} or (attribute == "href" and value[:1] == "#")
    }
    assert references <= set(ids)


def test_the_controls_of_the_widgets_are_in_it() -> None:
    tags = {str(each.tag) for each in document(sample_runs.clean()).iter()}
    assert {"text-scale", "theme-switch", "color-scheme-switch", "contrast-switch"} <= tags


# Hostile


SOUND = document(sample_runs.mixed())


def known_parts() -> set[tuple[str, str]]:
    """Elements and attributes of reports on harmless pages, one of them in some variants alone."""
    finding = sample_runs.contrast(variants=sample_runs.VARIANTS[:1])
    some = sample_runs.page(f"{SITE}/", finding, variants=sample_runs.VARIANTS[:1])
    roots = [SOUND, document(sample_runs.run(some))]
    return {(tag, attribute) for root in roots for tag, attribute, _ in attributes(root)}


KNOWN_PARTS = known_parts()


def test_hostile_text_makes_no_element_and_no_attribute() -> None:
    root = document(sample_runs.hostile())
    assert {(tag, attribute) for tag, attribute, _ in attributes(root)} <= KNOWN_PARTS


def test_hostile_addresses_are_no_links() -> None:
    root = document(sample_runs.hostile())
    addresses = {each.get("href", "") for each in root.iter("a")}
    assert {address.partition(":")[0] for address in addresses if address[0] != "#"} == {"https"}


def test_hostile_text_is_there_to_be_read() -> None:
    shown = words(document(sample_runs.hostile()))
    assert "<script>alert(1)</script> </pre></code><img src=x onerror=alert(1)>" in shown
    assert "{{ 7 * 7 }}{% raw %}" in shown


def test_a_change_of_direction_and_what_nobody_can_see_does_not_get_in() -> None:
    rendered = html.render(sample_runs.hostile())
    assert not set(rendered) & set("\u202e\u2066\x1b\x00\x08")


@settings(max_examples=10, phases=[Phase.generate])
@given(text=st.text(st.characters(codec=None), max_size=40))
def test_no_text_makes_an_element_or_an_attribute(text: str) -> None:
    root = document(sample_runs.hostile(text))
    assert {(tag, attribute) for tag, attribute, _ in attributes(root)} <= KNOWN_PARTS


# What it says


@pytest.mark.parametrize(
    ("name", "headline"),
    [
        ("mixed", "5 failures on 3 of 5 pages"),
        ("clean", "Nothing found on 2 pages"),
        ("empty", "Nothing was audited"),
    ],
)
def test_the_headline_says_the_worst(name: str, headline: str) -> None:
    assert texts(document(getattr(sample_runs, name)()), ".//h1") == [headline]


def test_findings_that_need_review_alone_are_no_failures() -> None:
    run = sample_runs.run(sample_runs.page(f"{SITE}/", sample_runs.review()))
    assert texts(document(run), ".//h1") == ["No failures found, 1 finding to review"]


def test_pages_that_were_not_audited_have_their_reasons() -> None:
    (listed, *_) = with_class(SOUND, "lost")
    assert "The page did not finish loading within 30 seconds." in words(listed)
    assert "WebKit crashed in 2 of 8 variants" in words(listed)


def test_a_finding_says_all_that_is_known() -> None:
    rule = next(each for each in with_class(SOUND, "rule") if each.get("data-rule") == "reflow")
    for part in (
        "1.4.10 Reflow level AA",
        "The page scrolls sideways, and this element is what sticks out.",
        "How to fix Take min-width away",
        "main > .timetable",
        "Measured 656 CSS px wide",
        "Needed at most 320 CSS px",
        "Only at 200 % at 320 px",
        '<div class="timetable" style="min-width: 40rem">',
        "/timetable/",
    ):
        assert part in words(rule)
    links = {each.get("href") for each in rule.iter("a")}
    assert "https://www.w3.org/WAI/WCAG22/Understanding/reflow" in links


def test_a_picture_says_what_it_shows_and_takes_its_room_at_once() -> None:
    picture = next(SOUND.iter("img"))
    assert picture.get("alt") == "How footer .notice > a looks on the page"
    assert (picture.get("width"), picture.get("height")) == ("320", "96")


def test_what_is_no_png_is_left_out() -> None:
    finding = sample_runs.contrast(picture=b"<svg onload=alert(1)>")
    root = document(sample_runs.run(sample_runs.page(f"{SITE}/", finding)))
    assert not list(root.iter("img"))


def test_pictures_stop_before_the_report_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(sample_runs.picture())
    monkeypatch.setattr(html, "PICTURES", 3 * size)
    found = [sample_runs.contrast(target=f"p:nth-child({number})") for number in range(5)]
    root = document(sample_runs.run(sample_runs.page(f"{SITE}/", *found)))
    assert len(list(root.iter("img"))) == 3


def test_a_site_of_200_pages_with_3000_findings_fits_into_three_megabytes() -> None:
    assert len(html.render(sample_runs.huge()).encode()) < 3_000_000


def test_a_known_finding_says_why() -> None:
    known = [each for each in with_class(SOUND, "rule") if each.get("data-outcome") == "known"]
    assert "Known Bought in, till May." in words(known[0])


# The matrix


def heard(cell: Element) -> str:
    link = cell.find("a")
    return words(cell) if link is None else link.get("aria-label", "")


def rows(root: Element) -> dict[str, list[str]]:
    return {
        words(row.find("th")): [heard(cell) for cell in row.iterfind("td")]  # type: ignore[arg-type]
        for row in root.iterfind(".//tbody/tr")
    }


def test_the_matrix_counts_each_page_in_each_variant() -> None:
    assert rows(SOUND)["/timetable/"] == ["0", "1 Fails"] * 3 + ["1 Fails", "2 Fails"]
    assert list(rows(SOUND)) == ["/", "/timetable/", "/news/"]


def test_a_variant_in_which_a_page_was_not_audited_is_no_zero() -> None:
    page = sample_runs.page(
        f"{SITE}/",
        sample_runs.contrast(variants=sample_runs.VARIANTS[:1]),
        variants=sample_runs.VARIANTS[:2],
    )
    assert rows(document(sample_runs.run(page)))["/"] == ["1 Fails", "0"] + ["– not audited"] * 6


def test_every_header_of_the_matrix_has_a_scope() -> None:
    (table,) = SOUND.iter("table")
    assert {each.get("scope") for each in table.iter("th")} == {"col", "row"}
    columns = texts(table, ".//thead/tr/th")
    assert columns[:3] == ["Page", "1280 px, 100 %, light", "1280 px, 100 %, dark"]


def test_a_number_of_the_matrix_leads_to_a_finding_of_that_page() -> None:
    targets = {each.get("id"): each for each in with_class(SOUND, "element")}
    pages = {
        words(row.find("th")): [link.get("href", "")[1:] for link in row.iterfind("td/a")]  # type: ignore[arg-type]
        for row in SOUND.iterfind(".//tbody/tr")
    }
    for page, links in pages.items():
        for link in links:
            assert page in [
                words(each) for each in targets[link].iter("li") if each.get("data-page")
            ]


@pytest.mark.parametrize(
    ("fix", "html_of_it"),
    [
        ("Use `rem` & `<b>`.", "Use <code>rem</code> &amp; <code>&lt;b&gt;</code>."),
        ("One ` alone <b>.", "One ` alone &lt;b&gt;."),
    ],
)
def test_code_in_a_fix_is_marked_up_as_code(fix: str, html_of_it: str) -> None:
    finding = sample_runs.contrast(fix=fix)
    page = PageResult(url=finding.page, status=Status.AUDITED, findings=[finding])
    run = Run(pages=[page], started="2026-11-26T10:00:00+00:00", seconds=1, tools={})
    assert f"<b>How to fix</b> {html_of_it}</p>" in html.render(run)
