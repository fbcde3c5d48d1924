"""All checks together find nothing that fails on pages that are sound for one of them.

An even choice of the pages in `tests/pages/checks/` is taken: each is a page of some other rule's,
with that rule's traps on it. What needs review is a person's to decide, and not looked at.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from vydno.audit.checks import all_checks
from vydno.audit.findings import Outcome
from vydno.audit.playwright_driver import PlaywrightDriver

from ..drivers import run_checks
from . import PAGES

CHECKS = [check for check in all_checks().values() if not check.advice]
ABOUT = 120

_NO_SCRIPT = "its widget has no script: only how it looks is the matter"
_NO_STOP = "the film or picture is the matter, and to stop it would be another page"
REALLY_WRONG = {
    ("flashes/sound-slow.html", "image-moves"): _NO_STOP,
    ("flashes/sound-small.html", "image-moves"): _NO_STOP,
    ("media-controls-missing/sound-background.html", "motion-not-stoppable"): _NO_STOP,
    ("sound-starts-itself/sound-muted.html", "motion-not-stoppable"): _NO_STOP,
    ("sound-starts-itself/sound-no-sound.html", "motion-not-stoppable"): _NO_STOP,
    ("video-without-captions/sound-background-loop.html", "motion-not-stoppable"): _NO_STOP,
    ("forced-colors-state/sound-media-query.html", "widget-without-arrows"): _NO_SCRIPT,
    ("label-not-in-name/sound-values.html", "widget-without-arrows"): _NO_SCRIPT,
    ("role-presentation-on-meaning/sound-menu.html", "widget-without-arrows"): _NO_SCRIPT,
    ("state-by-colour-alone/sound-marked.html", "widget-without-arrows"): _NO_SCRIPT,
    ("state-by-colour-alone/sound-strong.html", "widget-without-arrows"): _NO_SCRIPT,
    (
        "language-of-name-unmarked/sound-brand.html",
        "alt-file-name",
    ): "a file's name has no language",
    ("title-says-nothing/sound-svg-title.html", "alt-says-nothing"): "a drawing, not the page",
}
"""Pages that are sound for their own rule and break another in earnest, and why they must."""


def chosen() -> list[Path]:
    every = sorted(path.relative_to(PAGES) for path in PAGES.rglob("sound-*.html"))
    return every[:: max(1, round(len(every) / ABOUT))]


def failing(driver: PlaywrightDriver, address: str, path: str) -> set[str]:
    result = run_checks(driver, f"{address}/{path}", CHECKS)
    assert result.reason == ""
    found = (finding for finding in result.findings if finding.outcome is Outcome.FAILS)
    return {finding.rule for finding in found if (path, finding.rule) not in REALLY_WRONG}


@pytest.mark.parametrize("path", chosen(), ids=str)
def test_no_rule_fails_a_page_that_is_sound(
    driver: PlaywrightDriver, pages: str, path: Path
) -> None:
    assert failing(driver, pages, path.as_posix()) == set()


def test_a_rule_fails_a_page_that_is_broken(driver: PlaywrightDriver, pages: str) -> None:
    found = failing(driver, pages, "focus-not-visible/broken-outline-none.html")
    assert "focus-not-visible" in found


@pytest.mark.parametrize(("path", "rule"), REALLY_WRONG)
def test_a_page_that_is_excused_is_there_and_so_is_the_rule(path: str, rule: str) -> None:
    assert (PAGES / path).is_file()
    assert rule in {check.rule for check in CHECKS}
