"""The report for people, in a browser, opened from a disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page
from vydno.audit.findings import Run
from vydno.audit.reports import write

from ... import axe
from ...demo_pages import NARROW, SCHEMES, THEMES, WIDE
from .. import sample_runs
from ..sample_runs import SITE

HEIGHT = 900
Open = Callable[[Run], Page]
# What should never happen, told by the page itself.
WATCH = """
window.wrong = [];
for (const type of ["securitypolicyviolation", "error", "unhandledrejection"]) {
  addEventListener(type, ({ violatedDirective, message }) =>
    wrong.push(`${type} ${violatedDirective ?? message}`));
}
"""
SHOWN = """() => [...document.querySelectorAll(".rule")].flatMap((rule) =>
  [...rule.querySelectorAll(".element li")]
    .filter((each) => !each.closest("[hidden]"))
    .map((each) => `${rule.dataset.rule} ${each.textContent.trim()}`))"""
FOCUSED = """() => {
  const here = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(here.closest("label") ?? here);
  const own = getComputedStyle(here);
  const { top, bottom, left, right } = here.getBoundingClientRect();
  return {
    body: here === document.body,
    ring: [outlineStyle, own.outlineStyle].some((style) => style !== "none"),
    seen: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
    what: here.outerHTML.slice(0, 80),
  };
}"""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport={"width": WIDE, "height": HEIGHT}) as context:
        context.add_init_script(WATCH)
        yield context


@pytest.fixture
def open_report(context: BrowserContext, tmp_path: Path) -> Iterator[Open]:
    """Opens a run's report; at the end of the test nothing may have gone wrong in it."""
    opened: list[Page] = []
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    def open_it(run: Run) -> Page:
        path = tmp_path / "report.html"
        write(run, "html", path)
        page = context.new_page()
        page.on("dialog", dismiss)
        page.goto(path.as_uri())
        opened.append(page)
        return page

    yield open_it
    assert [page.evaluate("wrong") for page in opened] == [[] for _ in opened]
    assert dialogs == []


def status(page: Page) -> str:
    return page.inner_text(".filters .shown")


def shown(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SHOWN)
    return found


def wear(page: Page, **attributes: str) -> None:
    for name, value in attributes.items():
        page.evaluate(
            "([name, value]) => document.documentElement.setAttribute(name, value)",
            [f"data-{name.replace('_', '-')}", value],
        )


def unfold(page: Page) -> None:
    """What is folded away is looked at too."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


# Accessible


@pytest.mark.parametrize("name", ["mixed", "clean", "empty"])
def test_axe_finds_nothing_in_any_theme_scheme_and_width(open_report: Open, name: str) -> None:
    page = open_report(getattr(sample_runs, name)())
    axe.inject(page)
    unfold(page)
    found = []
    for theme, scheme, width in product(THEMES, SCHEMES, (WIDE, NARROW)):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        wear(page, theme=theme)
        found += [f"{theme} {scheme} {width}: {line}" for line in axe.run(page)]
    assert found == []


def test_the_same_check_fails_on_a_report_that_was_broken(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    axe.inject(page)
    page.evaluate("document.querySelector('label[for=filter-rule]').remove()")
    assert [line.split()[0] for line in axe.run(page)] == ["select-name"]


def test_axe_finds_nothing_at_200_percent_with_more_contrast(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    axe.inject(page)
    unfold(page)
    wear(page, text_scale="200", contrast="more")
    assert axe.run(page) == []


@pytest.mark.parametrize("name", ["mixed", "hostile", "empty"])
def test_it_flows_into_320_px_at_200_percent(open_report: Open, name: str) -> None:
    page = open_report(getattr(sample_runs, name)())
    unfold(page)
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    wear(page, text_scale="200")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    lost = """() => [...document.querySelectorAll("main :is(p, code, dd, li, h2, h3, h4, select)")]
      .filter((each) => !each.closest(".scroll, .unseen"))
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
      .map((each) => each.outerHTML.slice(0, 80))"""
    assert page.evaluate(lost) == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_stop_of_the_tab_key_is_seen_and_the_walk_ends(open_report: Open, width: int) -> None:
    page = open_report(sample_runs.mixed())
    page.set_viewport_size({"width": width, "height": HEIGHT})
    stops = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stop: dict[str, Any] = page.evaluate(FOCUSED)
        if stop["body"]:
            break
        stops.append(stop)
    else:
        pytest.fail("the Tab key did not come to an end")
    assert [each["what"] for each in stops if not (each["ring"] and each["seen"])] == []
    assert len(stops) > 40


def test_forced_colours_keep_the_words_and_marks_of_every_state(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    page.emulate_media(forced_colors="active")
    mark = "getComputedStyle(document.querySelector('.badge.fails'), '::before').content"
    assert "✕" in page.evaluate(mark)
    assert page.inner_text(".badge.fails") == "Fails"


def test_forced_colours_keep_the_headline_apart_from_what_is_behind_it(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    page.emulate_media(forced_colors="active")
    colours = """() => {
      const { color, backgroundColor } = getComputedStyle(document.querySelector(".masthead"));
      const plate = getComputedStyle(document.body).backgroundColor;
      return { ink: color, band: backgroundColor, plate };
    }"""
    found = page.evaluate(colours)
    assert found["band"] == found["plate"] != found["ink"]


def test_on_paper_there_are_no_controls(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    page.emulate_media(media="print")
    assert not page.is_visible(".filters")
    assert not page.is_visible(".controls summary")
    assert page.is_visible(".rule h3")


# Controls


def test_the_controls_of_the_widgets_work_from_a_disk(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    page.click(".controls summary")
    page.click("text-scale button[value=larger]")
    page.click("theme-switch label:has([data-theme=red])")
    page.click("color-scheme-switch label:has([data-color-scheme=dark])")
    page.click("contrast-switch label:has([data-contrast=more])")
    assert page.evaluate("({ ...document.documentElement.dataset })") == {
        "textScale": "110",
        "theme": "red",
        "colorScheme": "dark",
        "contrast": "more",
    }


# Filters


def test_everything_is_shown_at_first(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    assert status(page) == "8 findings"
    assert len(shown(page)) == 8


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [
        ("outcome", "needs-review", ["text-over-picture /"]),
        ("outcome", "known", ["color-contrast /news/"]),
        ("criterion", "1.4.11", ["text-over-picture /"]),
        ("rule", "reflow", ["reflow /timetable/"]),
        ("source", "vydno", ["reflow /timetable/"]),
        ("page", f"{SITE}/timetable/", ["color-contrast /timetable/", "reflow /timetable/"]),
        (
            "variant",
            "320 px, 200 %, light",
            ["reflow /timetable/", "text-over-picture /", "region /"],
        ),
    ],
)
def test_each_filter_leaves_what_it_asks_for(
    open_report: Open, field: str, value: str, left: list[str]
) -> None:
    page = open_report(sample_runs.mixed())
    page.select_option(f"#filter-{field}", value)
    assert shown(page) == left
    assert status(page) == f"{len(left)} of 8 findings"


def test_words_are_found_in_messages_selectors_and_html(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    for words, left in [("SIDEWAYS", 1), ("footer licence", 3), ("no such word", 0)]:
        page.fill("#filter-text", words)
        assert len(shown(page)) == left
        assert status(page) == f"{left} of 8 findings"


def test_filters_are_used_together_and_taken_back_by_the_keyboard_alone(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    page.focus("#filter-outcome")
    page.keyboard.type("Fails")
    page.focus("#filter-text")
    page.keyboard.type("sideways")
    page.keyboard.press("Enter")
    assert shown(page) == ["reflow /timetable/"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert status(page) == "8 findings"
    assert page.evaluate("location.hash") == ""


def test_the_address_keeps_what_is_asked_for(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    page.select_option("#filter-rule", "reflow")
    page.fill("#filter-text", "100 % & more")
    assert page.evaluate("location.hash") == "#rule=reflow&text=100+%25+%26+more"
    page.reload()
    assert page.input_value("#filter-rule") == "reflow"
    assert page.input_value("#filter-text") == "100 % & more"
    assert status(page) == "0 of 8 findings"


def test_an_address_that_asks_for_what_is_not_there_shows_everything(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    page.evaluate("location.hash = 'rule=no-such-rule&page=javascript:alert(1)'")
    page.wait_for_function("document.querySelector('#filter-rule').selectedIndex === 0")
    assert status(page) == "8 findings"


def test_a_number_of_the_matrix_shows_its_findings_and_back_shows_all(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    page.click("tr:has(th a[href$='/timetable/']) td:last-child a")
    page.wait_for_function("location.hash.includes('variant')")
    page.wait_for_selector("text=2 of 8 findings")
    assert shown(page) == ["color-contrast /timetable/", "reflow /timetable/"]
    assert page.evaluate("document.activeElement.id") == "findings"
    page.go_back()
    page.wait_for_selector(".shown:text-is('8 findings')")


def test_a_link_to_what_a_filter_hides_shows_it(open_report: Open) -> None:
    page = open_report(sample_runs.mixed())
    page.select_option("#filter-outcome", "advice")
    page.click(".worst li:first-child a")
    page.wait_for_selector(".shown:text-is('8 findings')")
    assert page.is_visible("#rule-1")


def test_without_scripts_everything_is_shown_and_the_form_is_not(
    chromium: Browser, tmp_path: Path
) -> None:
    write(sample_runs.mixed(), "html", tmp_path / "report.html")
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((tmp_path / "report.html").as_uri())
        assert not page.is_visible(".filters")
        assert not page.is_visible(".controls")
        elements = page.locator(".element")
        assert elements.count() == 6
        assert all(elements.nth(place).is_visible() for place in range(6))


# Hostile


def test_nothing_of_a_hostile_page_runs(open_report: Open) -> None:
    page = open_report(sample_runs.hostile())
    page.select_option("#filter-outcome", "fails")
    page.select_option("#filter-rule", index=1)
    page.select_option("#filter-page", index=2)
    page.fill("#filter-text", "<script>")
    assert len(shown(page)) == 3
    page.reload()
    assert len(shown(page)) == 3


def test_what_would_run_by_itself_would_be_told(open_report: Open) -> None:
    page = open_report(sample_runs.clean())
    page.evaluate("document.head.append(document.createElement('style'))")
    page.evaluate("document.head.lastChild.textContent = 'body { color: red }'")
    page.wait_for_function("wrong.length > 0")
    assert set(page.evaluate("wrong.splice(0)")) == {"securitypolicyviolation style-src-elem"}
