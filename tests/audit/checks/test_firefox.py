"""Firefox says of the pages of the checks what Chromium says, but for what it cannot draw.

An even choice of the pages in `tests/pages/checks/` is taken, broken and sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import vydno.audit
from playwright.sync_api import Browser
from vydno.audit.checks import all_checks
from vydno.audit.checks.check import Found
from vydno.audit.findings import Outcome, PageResult
from vydno.audit.operate import used
from vydno.audit.page import Page
from vydno.audit.playwright_driver import PlaywrightDriver
from vydno.audit.variants import Variant
from vydno.audit.walk import walk

from ..drivers import driver_of, run_checks
from . import PAGES

CHECKS = all_checks()
ABOUT = 60

_NO_FORCED_COLOURS = "Firefox does not emulate forced_colors"
DIFFERS = {
    "forced-colors-contrast": _NO_FORCED_COLOURS,
    "forced-colors-focus": _NO_FORCED_COLOURS,
    "forced-colors-state": _NO_FORCED_COLOURS,
    "forced-colors-vanish": _NO_FORCED_COLOURS,
}
"""Rules that cannot run there, and what the result says of them."""
ENLARGED = ("large-text-loss", "text-fixed-size")
"""Rules that run there on pages with Vydno's own control of the text's size alone."""


def chosen() -> list[Path]:
    every = sorted(
        path.relative_to(PAGES)
        for path in PAGES.rglob("*.html")
        if path.name.startswith(("broken-", "review-", "sound-"))
        and path.relative_to(PAGES).parts[0] not in (*DIFFERS, *ENLARGED)
    )
    return every[:: max(1, round(len(every) / ABOUT))]


@pytest.fixture(scope="module")
def driver(firefox: Browser) -> Iterator[PlaywrightDriver]:
    with driver_of(firefox, "firefox") as opened:
        yield opened


def result_of(driver: PlaywrightDriver, address: str, path: Path) -> PageResult:
    result = run_checks(driver, f"{address}/{path.as_posix()}", [CHECKS[path.parts[0]]])
    assert result.reason == ""
    return result


def outcomes(result: PageResult) -> set[Outcome]:
    return {finding.outcome for finding in result.findings}


@pytest.mark.parametrize("path", chosen(), ids=str)
def test_a_page_gives_what_its_name_says(driver: PlaywrightDriver, pages: str, path: Path) -> None:
    found = outcomes(result_of(driver, pages, path))
    match path.name.partition("-")[0]:
        case "broken":
            assert found
        case "review":
            assert found == {Outcome.NEEDS_REVIEW}
        case _:
            assert found == set()


def test_a_ring_that_a_script_moves_is_seen_after_the_focus_left_the_page(
    driver: PlaywrightDriver, pages: str
) -> None:
    path = Path("focus-not-visible", "sound-ring-that-follows.html")
    assert outcomes(result_of(driver, pages, path)) == set()


def test_a_page_is_walked_from_its_start_in_a_tab_that_the_focus_had_left(
    driver: PlaywrightDriver, pages: str
) -> None:
    walks = []

    def note(page: Page, _: Variant) -> Iterator[Found]:
        page.once(used)
        walks.append(
            [(page.snapshot.elements[stop.at].tag, stop.changed) for stop in page.once(walk).order]
        )
        yield from ()

    rule = replace(CHECKS["focus-on-nothing"], function=note)
    for _ in range(2):
        run_checks(driver, f"{pages}/focus-on-nothing/review-paragraph.html", [rule])
    assert walks == [[("p", ["outline"]), ("a", ["outline"])]] * 2


@pytest.mark.parametrize("rule", DIFFERS)
def test_what_cannot_be_drawn_is_told_and_not_found(
    driver: PlaywrightDriver, pages: str, rule: str
) -> None:
    broken = min((PAGES / rule).glob("broken-*.html"))
    result = result_of(driver, pages, broken.relative_to(PAGES))
    assert outcomes(result) == set()
    assert any(DIFFERS[rule] in note and rule in note for note in result.notes)


@pytest.mark.parametrize("rule", ENLARGED)
def test_text_that_cannot_be_enlarged_is_told(
    driver: PlaywrightDriver, pages: str, rule: str
) -> None:
    pages_of_it = (page for page in (PAGES / rule).glob("*.html") if "sound" not in page.name)
    broken = next(page for page in pages_of_it if _has_no_control(page))
    result = result_of(driver, pages, broken.relative_to(PAGES))
    assert outcomes(result) == set()
    assert any("does not change its font size" in note for note in result.notes)


def _has_no_control(page: Path) -> bool:
    return "data-text-scale" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", [*DIFFERS, *ENLARGED])
def test_the_docs_name_what_differs(rule: str) -> None:
    docs = Path(vydno.audit.__file__).parent.joinpath("checks", "README.md")
    [section] = re.findall(
        r"\*\*In Firefox\*\*.*?<!--", docs.read_text(encoding="utf-8"), re.DOTALL
    )
    assert f"`{rule}`" in section
