"""axe finds nothing on any page of the demo, however its visitor wears it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Literal

import pytest
from playwright.sync_api import Browser
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webdriver import WebDriver
from starlette.routing import Route
from vydno.themes.certificate import Palettes, palettes

from demo.app import create_app

from . import axe
from .browsers import from_environment
from .demo_pages import (
    DEMO_PAGES,
    NARROW,
    SCHEMES,
    THEMES,
    WIDE,
    DemoPage,
    Variant,
    open_page,
    wear,
)
from .engines import PlaywrightVisitor, SeleniumVisitor, Visitor, open_visitor
from .servers import PAGES

BROKEN = (PAGES / "broken.html").as_uri()
# What is wrong with it, as the check must say it.
WRONG = [
    "broken: button-name (critical) : 1 button",
    "broken: color-contrast (serious) : 1 p",
    "broken: html-has-lang (serious) : 1 html",
    "broken: label (critical) : 1 input",
]
HEIGHT = 900
# Seconds that a page or one run of axe may take; none that was seen took one.
PATIENCE = 30
# Seen once in each size and width, and then not again: the studio's samples, which wear colours of
# their own, and on the narrow page what has the colours that it has on the wide one.
SEEN = {WIDE: ".sample", NARROW: ".sample, .still, .matrix"}
CONTRASTS: tuple[Literal["normal", "more"], ...] = ("normal", "more")
# What the page really is: its surface, its text size, its width.
WORN = """
return [
  getComputedStyle(document.body).backgroundColor,
  getComputedStyle(document.documentElement).fontSize,
  innerWidth,
]
"""

each_page = pytest.mark.parametrize("what", DEMO_PAGES, ids=str)
# The solver that makes them takes a while.
colours: Palettes = cache(palettes)()


def every_variant(what: DemoPage) -> list[Variant]:
    """In the order in which the least has to change. The workshop's pages are many times as long:
    in one language all colours and widths are seen, in the other each theme once."""
    if not what.of_the_city:
        return some_variants()[::2] if what.path.startswith("/en/") else more_variants()
    return [
        Variant(theme=theme, scheme=scheme, scale=scale, width=width)
        for width, scale, scheme, theme in product((WIDE, NARROW), ("100", "200"), SCHEMES, THEMES)
    ]


def more_variants() -> list[Variant]:
    """All colours there are, narrow and wide; every other one in large text."""
    every = product((WIDE, NARROW), CONTRASTS, SCHEMES, THEMES)
    return [
        Variant(
            theme=theme,
            scheme=scheme,
            contrast=contrast,
            scale=("100", "200")[turn % 2],
            width=width,
        )
        for turn, (width, contrast, scheme, theme) in enumerate(every)
    ]


def some_variants() -> list[Variant]:
    """Each theme in each scheme, and each of them small and narrow or large and wide in turn."""
    sizes = [("100", NARROW), ("200", WIDE), ("200", NARROW), ("100", WIDE)]
    both = enumerate(product(THEMES, SCHEMES))
    turns = [(theme, scheme, sizes[(turn + turn // 4) % 4]) for turn, (theme, scheme) in both]
    return [
        Variant(theme=theme, scheme=scheme, scale=scale, width=width)
        for theme, scheme, (scale, width) in turns
    ]


def whole(variants: list[Variant]) -> list[Variant]:
    """The first of each size and width."""
    return list({(each.scale, each.width): each for each in reversed(variants)}.values())


def assert_worn(visitor: Visitor, variant: Variant) -> None:
    """A variant that did not come over the page would prove nothing."""
    surface = colours[variant.theme][variant.palette]["surface"]
    red, green, blue = bytes.fromhex(surface[1:])
    size = f"{16 * int(variant.scale) // 100}px"
    assert visitor.read(WORN) == [f"rgb({red}, {green}, {blue})", size, variant.width]


def test_every_route_of_the_demo_is_among_the_pages() -> None:
    routes = [route for route in create_app().routes if isinstance(route, Route)]
    assert routes
    for route in routes:
        seen = [page for page in DEMO_PAGES if route.path_regex.match(page.path)]
        assert seen, route.path
        if "POST" in (route.methods or ()):
            assert any(page.sent_empty for page in seen), route.path


# Through Playwright


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[PlaywrightVisitor]:
    somebody = open_visitor(chromium, viewport={"width": WIDE, "height": HEIGHT})
    yield somebody
    somebody.context.close()


def check(visitor: PlaywrightVisitor, what: str, *, without: str = "") -> list[str]:
    return [f"{what}: {finding}" for finding in axe.run(visitor.page, without=without)]


@each_page
def test_axe_finds_nothing_in_any_theme_scheme_size_and_width(
    visitor: PlaywrightVisitor, site: str, what: DemoPage
) -> None:
    open_page(visitor, site, what)
    axe.inject(visitor.page)
    found = []
    firsts = whole(every_variant(what))
    for variant in every_variant(what):
        visitor.page.set_viewport_size({"width": variant.width, "height": HEIGHT})
        visitor.page.emulate_media(color_scheme=variant.scheme)
        wear(visitor, variant.attributes)
        assert_worn(visitor, variant)
        seen = "" if variant in firsts else SEEN[variant.width]
        found += check(visitor, f"{what} {variant}", without=seen)
    assert found == []


@each_page
def test_axe_finds_nothing_after_the_controls_were_used(
    visitor: PlaywrightVisitor, site: str, what: DemoPage
) -> None:
    open_page(visitor, site, what)
    axe.inject(visitor.page)
    visitor.page.focus("#text-scale button[value=larger]")
    visitor.press(*["Enter"] * 5)
    found = check(visitor, f"{what} at the largest size")
    visitor.click("#theme-switch input[data-theme=green]")
    visitor.press("ArrowRight")
    found += check(visitor, f"{what} in orange by the keyboard")
    visitor.click("#text-scale button[value=reset]")
    visitor.click("#text-scale button[value=smaller]")
    visitor.page.emulate_media(color_scheme="dark")
    found += check(visitor, f"{what} in orange, dark, at the smallest size")
    worn = visitor.read("return { ...document.documentElement.dataset }")
    assert worn == {"textScale": "90", "theme": "orange"}
    assert found == []


def test_the_same_check_names_what_is_wrong_with_a_broken_page(visitor: PlaywrightVisitor) -> None:
    visitor.goto(BROKEN)
    axe.inject(visitor.page)
    assert check(visitor, "broken") == WRONG


# Through axe-selenium-python


@pytest.fixture(scope="module")
def driver() -> Iterator[WebDriver]:
    """Chromium through its WebDriver; without one the tests are skipped, and counted."""
    browser = from_environment().get("chromium")
    if browser is None or browser.driver is None:
        pytest.skip("chromedriver was not found: `python3 -m tests` finds or installs it")
    options = webdriver.ChromeOptions()
    options.binary_location = browser.executable
    for argument in (*browser.arguments, "--headless=new"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(executable_path=browser.driver))
    driver.set_page_load_timeout(PATIENCE)
    driver.set_script_timeout(PATIENCE)
    yield driver
    driver.quit()


def wear_through_selenium(visitor: SeleniumVisitor, variant: Variant) -> None:
    """No media are emulated here: scheme and theme are said on ``<html>``, the default one too."""
    screen = {"width": variant.width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    visitor.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    said = {"data-theme": variant.theme, "data-color-scheme": variant.scheme}
    wear(visitor, variant.attributes | said)


@pytest.mark.browser
@each_page
def test_axe_through_selenium_finds_nothing_either(
    driver: WebDriver, site: str, what: DemoPage
) -> None:
    visitor = SeleniumVisitor(driver)
    open_page(visitor, site, what)
    injected = axe.inject_selenium(driver)
    found = []
    for variant in some_variants() if what.of_the_city else some_variants()[::3]:
        wear_through_selenium(visitor, variant)
        assert_worn(visitor, variant)
        found += [f"{what} {variant}: {finding}" for finding in axe.run_selenium(injected)]
    assert found == []


@pytest.mark.browser
def test_both_ways_agree_on_a_broken_page(driver: WebDriver, visitor: PlaywrightVisitor) -> None:
    driver.get(BROKEN)
    visitor.goto(BROKEN)
    axe.inject(visitor.page)
    through_selenium = axe.run_selenium(axe.inject_selenium(driver))
    assert through_selenium == axe.run(visitor.page)
    assert [f"broken: {finding}" for finding in through_selenium] == WRONG


@pytest.mark.browser
def test_axe_that_refuses_to_run_says_so_at_once(driver: WebDriver) -> None:
    driver.get(BROKEN)
    injected = axe.inject_selenium(driver)
    with pytest.raises(RuntimeError, match=r"axe did not run: .*wcag99"):
        axe.run_selenium(injected, {"runOnly": {"type": "rules", "values": ["wcag99"]}})


def test_the_axe_that_runs_is_not_the_old_one() -> None:
    version = axe.SCRIPT.read_text(encoding="utf-8").split(maxsplit=3)[2]
    assert tuple(int(part) for part in version.removeprefix("v").split(".")) >= (4, 12, 1)
