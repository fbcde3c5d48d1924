"""Our own audit finds nothing on any page of the demo, in any variant.

What a person looked at and found right stands in `known.json`, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from vydno.audit import axe, baseline_file
from vydno.audit.checks import all_checks
from vydno.audit.engine import Plan, audit, audit_opened
from vydno.audit.findings import Finding, Outcome, PageResult, Run, Status
from vydno.audit.playwright_driver import PlaywrightDriver
from vydno.audit.variants import Variant, Viewport, matrix

from .audit.drivers import driver_of
from .demo_pages import DEMO_PAGES, NARROW, SCHEMES, THEMES, WIDE, DemoPage, open_page
from .engines import PlaywrightVisitor
from .servers import PAGES

KNOWN = Path(__file__).with_name("known.json")
ASKED = axe.options((*axe.TAGS, "best-practice"))
VIEWPORTS = [Viewport(width=WIDE, height=900), Viewport(width=NARROW, height=640)]
EVERY = matrix(
    {
        "viewport": VIEWPORTS,
        "text_scale": [100, 200],
        "contrast": ["normal", "more"],
        "color_scheme": SCHEMES,
        "theme": THEMES,
    }
)
# The workshop's pages are many times as long, and wear all themes at once.
OF_THE_WORKSHOP = matrix({"viewport": VIEWPORTS, "color_scheme": SCHEMES, "theme": THEMES[:2]})
# What presses and hovers does so in a page of its own for each: some of the variants will do.
USED = matrix(
    {"viewport": VIEWPORTS, "contrast": ["normal", "more"], "theme": [THEMES[0], THEMES[2]]}
)
CHECKS = [check for check in all_checks().values() if not check.advice]


@pytest.fixture
def driver(chromium: Browser) -> Iterator[PlaywrightDriver]:
    with driver_of(chromium) as opened:
        yield opened


def plan(variants: Sequence[Variant], *, acts: bool = False) -> Plan:
    """What is only looked at, or what is used."""
    return Plan(
        variants=variants,
        checks=[check for check in CHECKS if check.acts == acts],
        axe_options=None if acts else ASKED,
        advice=True,
        accept_errors=True,
    )


def found(result: PageResult, asked: Plan) -> list[str]:
    """What is new, in words; advice counts where it is axe's."""
    assert result.status is Status.AUDITED, result.reason
    looked_for = {check.rule for check in asked.checks}
    marked = baseline_file.read(KNOWN).apply(
        Run(pages=[result], started="", seconds=0, tools={}), judged=looked_for.__contains__
    )
    assert marked.complaints == []
    return [
        f"{one.rule} {one.outcome} {one.target} {one.measured} {one.holds_for}: {one.message}"
        for one in marked.run.findings
        if one.known is None and _counts(one)
    ]


def _counts(finding: Finding) -> bool:
    return finding.outcome is not Outcome.ADVICE or finding.source == "axe"


LOADED = [page for page in DEMO_PAGES if not page.sent_empty]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("what", LOADED, ids=str)
def test_a_page_has_nothing_to_mend_in_any_variant(
    driver: PlaywrightDriver, site: str, what: DemoPage
) -> None:
    variants = EVERY if what.of_the_city else OF_THE_WORKSHOP
    result = audit(driver, site + what.path, plan(variants))
    assert list(result.variants) == variants
    assert found(result, plan(variants)) == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("what", LOADED, ids=str)
def test_a_page_that_is_used_has_nothing_to_mend_either(
    driver: PlaywrightDriver, site: str, what: DemoPage
) -> None:
    variants = USED if what.of_the_city else USED[:1]
    asked = plan(variants, acts=True)
    assert found(audit(driver, site + what.path, asked), asked) == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("what", [page for page in DEMO_PAGES if page.sent_empty], ids=str)
def test_neither_has_a_form_with_errors(chromium: Browser, site: str, what: DemoPage) -> None:
    visitor = PlaywrightVisitor(chromium.new_context(viewport={"width": WIDE, "height": 900}))
    open_page(visitor, site, what)
    driver = PlaywrightDriver(visitor.page, browser="chromium", axe_script=axe.script())
    result = audit_opened(driver, site + what.path, plan(EVERY))
    visitor.context.close()
    # What needs review was looked at on the page before it is sent; “Error:” is explained by the
    # rest of its sentence.
    assert [line for line in found(result, plan(EVERY)) if " needs-review " not in line] == []


def test_a_broken_page_fails_the_same_check(driver: PlaywrightDriver) -> None:
    broken = PAGES / "broken.html"
    result = audit(driver, broken.as_uri(), plan(EVERY[:2]))
    rules = {line.split()[0] for line in found(result, plan(EVERY[:2]))}
    assert {"button-name", "color-contrast", "html-has-lang", "label"} <= rules
