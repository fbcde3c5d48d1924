"""What checks of layout ask for in windows and text sizes that are not the first."""

from __future__ import annotations

import pytest
from vydno.audit.checks import all_checks
from vydno.audit.findings import Outcome
from vydno.audit.playwright_driver import PlaywrightDriver
from vydno.audit.variants import Variant, Viewport

from ..drivers import page_url, run_checks
from . import PAGES


@pytest.mark.parametrize(
    ("rule", "page"),
    [
        ("reflow", "broken-fixed-width"),
        ("reflow-loss", "broken-cut-paragraph"),
        ("zoom-loss", "broken-overlapping-columns"),
        ("spacing-loss", "broken-overlap"),
    ],
)
def test_with_large_text_as_well_a_person_decides(
    driver: PlaywrightDriver, rule: str, page: str
) -> None:
    large = Variant(browser="chromium", text_scale=200)
    url = page_url(PAGES / rule / f"{page}.html")
    found = run_checks(driver, url, [all_checks()[rule]], large).findings
    assert {one.outcome for one in found} == {Outcome.NEEDS_REVIEW}
    assert all(one.message.startswith("With text of 200 %: ") for one in found)


@pytest.mark.parametrize(("width", "fails"), [(390, False), (1280, True)])
def test_zooming_is_not_asked_for_where_half_a_window_is_less_than_a_page_must_fit_into(
    driver: PlaywrightDriver, width: int, fails: bool
) -> None:
    narrow = Variant(browser="chromium", viewport=Viewport(width=width, height=800))
    url = page_url(PAGES / "zoom-loss" / "broken-nowrap-cut.html")
    assert bool(run_checks(driver, url, [all_checks()["zoom-loss"]], narrow).findings) is fails
