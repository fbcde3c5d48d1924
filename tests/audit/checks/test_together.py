"""No check takes from another what it finds: all run on a page that is broken for one of them.

Every page whose check acts is taken, for a page that was acted upon is another; of the rest an even
choice. They are in `tests/pages/checks/`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from vydno.audit.checks import all_checks
from vydno.audit.playwright_driver import PlaywrightDriver

from ..drivers import run_checks
from . import PAGES

CHECKS = all_checks()
ABOUT = 40


def chosen() -> list[Path]:
    every = sorted(
        path.relative_to(PAGES)
        for kind in ("broken", "review", "advice")
        for path in PAGES.rglob(f"{kind}-*.html")
        if path.parent.name in CHECKS
    )
    acting = [path for path in every if CHECKS[path.parts[0]].acts]
    rest = [path for path in every if path not in acting]
    return acting + rest[:: max(1, len(rest) // ABOUT)]


@pytest.mark.parametrize("path", chosen(), ids=str)
def test_what_one_check_finds_is_found_among_all(
    driver: PlaywrightDriver, pages: str, path: Path
) -> None:
    result = run_checks(driver, f"{pages}/{path.as_posix()}", list(CHECKS.values()))
    assert result.reason == ""
    assert path.parts[0] in {finding.rule for finding in result.findings}
