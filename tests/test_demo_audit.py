"""Our own audit finds nothing on any page of the demo, in any variant.

What a person looked at and found right stands in `known.json`, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.routing import Route
from vydno.audit import axe, baseline_file, sites
from vydno.audit.checks import all_checks
from vydno.audit.engine import Plan, audit, audit_opened
from vydno.audit.findings import Finding, Outcome, PageResult, Run, Status
from vydno.audit.page import Page
from vydno.audit.playwright_driver import PlaywrightDriver
from vydno.audit.variants import Variant, Viewport, matrix
from vydno.themes.certificate import palettes

from demo.app import create_app

from . import axe as plain_axe
from .audit.drivers import driver_of
from .demo_pages import DEMO_PAGES, NARROW, SCHEMES, THEMES, WIDE, DemoPage, open_page
from .engines import PlaywrightVisitor, open_visitor
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
# In one language they wear every colour, narrow and wide, every other time in large text.
IN_EVERY_COLOUR = [
    replace(variant, text_scale=(100, 200)[turn % 2])
    for turn, variant in enumerate(variant for variant in EVERY if variant.text_scale == 100)
]
# What presses and hovers does so in a page of its own for each: some of the variants will do.
USED = matrix(
    {"viewport": VIEWPORTS, "contrast": ["normal", "more"], "theme": [THEMES[0], THEMES[2]]}
)
CHECKS = [check for check in all_checks().values() if not check.advice]


@pytest.fixture
def driver(chromium: Browser) -> Iterator[PlaywrightDriver]:
    with driver_of(chromium) as opened:
        yield opened


# What the page really is: its surface, its text size, its width.
WORN = """() => [
  getComputedStyle(document.body).backgroundColor,
  getComputedStyle(document.documentElement).fontSize,
  innerWidth,
]"""


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
@pytest.mark.parametrize(
    "what",
    [page for page in LOADED if not page.of_the_city and not page.path.startswith("/en/")],
    ids=str,
)
def test_the_workshop_has_nothing_to_mend_in_any_colour(
    driver: PlaywrightDriver, site: str, what: DemoPage
) -> None:
    axe_alone = replace(plan(IN_EVERY_COLOUR), checks=())
    assert found(audit(driver, site + what.path, axe_alone), axe_alone) == []


def test_a_variant_comes_over_the_page(driver: PlaywrightDriver, site: str) -> None:
    colours = palettes()
    driver.open(f"{site}/", EVERY[0].viewport)
    driver.inject()
    page = Page(driver, site)
    for variant in EVERY:
        page.wear(variant)
        more = "-more" if variant.contrast == "more" else ""
        surface = colours[str(variant.theme)][f"{variant.color_scheme}{more}"]["surface"]
        red, green, blue = bytes.fromhex(surface[1:])
        size = f"{16 * variant.text_scale // 100}px"
        worn = [f"rgb({red}, {green}, {blue})", size, variant.viewport.width]
        assert driver.evaluate(WORN) == worn, variant


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


@pytest.mark.parametrize("what", DEMO_PAGES, ids=str)
def test_axe_finds_nothing_after_the_controls_were_used(
    chromium: Browser, site: str, what: DemoPage
) -> None:
    visitor = open_visitor(chromium, viewport={"width": WIDE, "height": 900})
    open_page(visitor, site, what)
    plain_axe.inject(visitor.page)
    visitor.page.focus("#text-scale button[value=larger]")
    visitor.press(*["Enter"] * 5)
    found = plain_axe.run(visitor.page)
    visitor.click("#theme-switch input[data-theme=green]")
    visitor.press("ArrowRight")
    found += plain_axe.run(visitor.page)
    visitor.click("#text-scale button[value=reset]")
    visitor.click("#text-scale button[value=smaller]")
    visitor.page.emulate_media(color_scheme="dark")
    found += plain_axe.run(visitor.page)
    worn = visitor.read("return { ...document.documentElement.dataset }")
    visitor.context.close()
    assert worn == {"textScale": "90", "theme": "orange"}
    assert found == []


def test_every_route_of_the_demo_is_among_the_pages() -> None:
    routes = [route for route in create_app().routes if isinstance(route, Route)]
    assert routes
    for route in routes:
        seen = [page for page in DEMO_PAGES if route.path_regex.match(page.path)]
        assert seen, route.path
        if "POST" in (route.methods or ()):
            assert any(page.sent_empty for page in seen), route.path


@pytest.mark.browser
def test_all_its_pages_together_make_one_sound_site(driver: PlaywrightDriver, site: str) -> None:
    asked = Plan(
        variants=[Variant()],
        checks=[check for check in CHECKS if check.over_site],
        axe_options=None,
        accept_errors=True,
    )
    pages = [audit(driver, site + what.path, asked) for what in LOADED]
    run = sites.judged(
        Run(pages=pages, started="", seconds=0, tools={}, variants=asked.variants), asked.checks
    )
    assert [f"{one.rule} {one.page} {one.target}: {one.message}" for one in run.findings] == []


def test_a_broken_page_fails_the_same_check(driver: PlaywrightDriver) -> None:
    broken = PAGES / "broken.html"
    result = audit(driver, broken.as_uri(), plan(EVERY[:2]))
    rules = {line.split()[0] for line in found(result, plan(EVERY[:2]))}
    assert {"button-name", "color-contrast", "html-has-lang", "label"} <= rules
