"""Every check finds what is wrong in each of its broken pages, and keeps quiet on the sound ones.

The pages of a rule lie in `tests/pages/checks/RULE/`: `broken-….html` must give a finding,
`review-….html` one that a person must decide and none that fails, `sound-….html` nothing. A further
rule needs no line here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from vydno.audit.checks import Check, all_checks
from vydno.audit.findings import Finding, Outcome
from vydno.audit.playwright_driver import PlaywrightDriver

from ...servers import folder
from ..drivers import run_checks
from . import PAGES

FOUND = sorted(path.relative_to(PAGES) for path in PAGES.rglob("*.html") if "-" in path.name)
# Those of a whole site have sites instead: `tests/audit/test_sites.py`.
CHECKS = {rule: check for rule, check in all_checks().items() if not check.over_site}
LEAST = 3
WHOLE = "<!doctype html>"


def found(driver: PlaywrightDriver, url: str, check: Check) -> list[Finding]:
    result = run_checks(driver, url, [check])
    assert result.reason == ""
    return list(result.findings)


@pytest.mark.parametrize("path", FOUND, ids=str)
def test_a_page_gives_what_its_name_says(driver: PlaywrightDriver, pages: str, path: Path) -> None:
    outcomes = {
        finding.outcome for finding in found(driver, f"{pages}/{path}", CHECKS[path.parts[0]])
    }
    match path.name.partition("-")[0]:
        case "broken":
            assert outcomes
        case "review":
            assert outcomes == {Outcome.NEEDS_REVIEW}
        case "sound":
            assert outcomes == set()
        case other:
            pytest.fail(f"{other}: a page's name begins with broken-, review- or sound-")


@pytest.mark.parametrize("rule", CHECKS)
def test_every_check_has_at_least_three_pages_of_each_kind(rule: str) -> None:
    names = [path.name.partition("-")[0] for path in FOUND if path.parts[0] == rule]
    assert names.count("broken") + names.count("review") >= LEAST
    assert names.count("sound") >= LEAST


@pytest.mark.parametrize("rule", CHECKS)
def test_every_check_says_how_it_works_and_shows_it(rule: str) -> None:
    check = CHECKS[rule]
    assert all([check.title, check.method, check.limits, check.fix, check.broken, check.sound])


@pytest.mark.parametrize("rule", CHECKS)
def test_the_examples_of_a_check_are_what_they_say(
    driver: PlaywrightDriver, tmp_path: Path, rule: str
) -> None:
    check = CHECKS[rule]
    with folder(tmp_path) as address:
        for name, html in (("broken", check.broken), ("sound", check.sound)):
            (tmp_path / f"{name}.html").write_text(whole(html), encoding="utf-8")
        assert found(driver, f"{address}/broken.html", check)
        assert found(driver, f"{address}/sound.html", check) == []


def whole(html: str) -> str:
    """An example is a whole page, or the body of one."""
    if html.lstrip().lower().startswith(("<!doctype", "<html")):
        return html
    return (
        f'{WHOLE}<html lang="en"><head><meta charset="utf-8"><title>Example</title>'
        f'<meta name="viewport" content="width=device-width"></head><body>{html}</body></html>'
    )
