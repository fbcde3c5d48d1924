"""Nothing of a page is lost when the screen is small, the text large, or its letters spaced out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from selenium.webdriver.remote.webdriver import WebDriver

from .demo_pages import DEMO_PAGES, NARROW, SCALES, WIDE, DemoPage, open_page, wear
from .engines import PlaywrightVisitor, SeleniumVisitor, Visitor, open_visitor
from .servers import PAGES

HEIGHT = 640
LAYOUT = Path(__file__).with_name("layout.js").read_text(encoding="utf-8")
# WCAG 1.4.12, each at the value that it names; `spaced` says whether they apply.
SPACE = """
window.spacing ??= new CSSStyleSheet();
spacing.replaceSync(spaced ? `
  * {
    line-height: 1.5 !important;
    letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important;
  }
  p { margin-block-end: 2em !important }
` : "");
document.adoptedStyleSheets = [spacing];
"""
TEXT = "return document.body.innerText.replace(/\\s+/g, ' ')"

each_page = pytest.mark.parametrize("what", DEMO_PAGES, ids=str)


# Their names sort them by what they show; a table, a form with errors, long words.
FEW = [
    page
    for page in DEMO_PAGES
    if page.path in ("/", "/timetable/", "/en/timetable/") or page.sent_empty
]


def lost(
    visitor: Visitor, what: DemoPage | str, scale: str = "100", *, spaced: bool = False
) -> list[str]:
    """Wear a size of text and a spacing; what of the page is lost then."""
    wear(visitor, {"data-text-scale": scale})
    visitor.read(f"const spaced = {json.dumps(spaced)}; {SPACE}")
    width = visitor.read("return innerWidth")
    variant = f"{what} {scale}% {width}px{' spaced' if spaced else ''}"
    return [f"{variant}: {finding}" for finding in visitor.read(f"return ({LAYOUT})()")]


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[PlaywrightVisitor]:
    somebody = open_visitor(chromium, viewport={"width": NARROW, "height": HEIGHT})
    yield somebody
    somebody.context.close()


@each_page
def test_nothing_is_lost_at_any_size_on_a_phone_and_on_a_desk(
    visitor: PlaywrightVisitor, site: str, what: DemoPage
) -> None:
    open_page(visitor, site, what)
    found = []
    for width in (NARROW, WIDE):
        visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
        for scale in SCALES:
            found += lost(visitor, what, scale)
    assert found == []


@each_page
def test_nothing_is_lost_when_letters_words_and_lines_are_spaced(
    visitor: PlaywrightVisitor, site: str, what: DemoPage
) -> None:
    open_page(visitor, site, what)
    found = []
    for width, scale in product((NARROW, WIDE), ("100", "200")):
        visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
        found += lost(visitor, what, scale)
        words = visitor.read(TEXT)
        found += lost(visitor, what, scale, spaced=True)
        assert visitor.read(TEXT) == words
    assert found == []


@pytest.mark.parametrize(
    ("name", "scale", "spaced", "said"),
    [
        ("fixed-height", "100", True, "out of p.box: “Three lines of text on a phone”"),
        ("wide-box", "100", False, "off the screen: “Whoever reads this on a phone ”"),
        ("wide-box", "100", False, "scrolls sideways: 488 px in 320"),
        ("overlap", "200", False, "overlap: “Two lines that are four at twi” and “What follows"),
        ("small-target", "100", False, "too small a target: button 24 × 24"),
    ],
)
def test_the_same_look_names_what_is_lost_of_a_broken_page(
    visitor: PlaywrightVisitor, name: str, scale: str, spaced: bool, said: str
) -> None:
    visitor.goto((PAGES / f"{name}.html").as_uri())
    if (scale, spaced) != ("100", False):
        assert lost(visitor, name) == []
    found = lost(visitor, name, scale, spaced=spaced)
    assert any(said in finding for finding in found), found


# The other engines break lines in their own way.


@pytest.mark.parametrize("what", FEW, ids=str)
def test_nothing_is_lost_in_firefox_either(firefox: Browser, site: str, what: DemoPage) -> None:
    visitor = open_visitor(firefox, viewport={"width": NARROW, "height": HEIGHT})
    open_page(visitor, site, what)
    assert lost_anyhow(visitor, what) == []
    visitor.context.close()


@pytest.fixture
def webkit_arguments(tmp_path: Path) -> list[str]:
    """MiniBrowser's window cannot be narrower than 334 px: with letters of 17 px, not 16, a line
    there holds less than one of 320 px does."""
    settings = tmp_path / "settings.ini"
    settings.write_text("[websettings]\ndefault-font-size=17\n")
    return ["--full-screen", f"--config={settings}"]


@pytest.mark.parametrize("what", FEW, ids=str)
def test_nothing_is_lost_in_webkit_either(
    webkit: Browser | WebDriver, site: str, what: DemoPage
) -> None:
    visitor: Visitor
    if isinstance(webkit, WebDriver):
        webkit.set_window_size(NARROW, HEIGHT)
        visitor = SeleniumVisitor(webkit)
    else:
        visitor = open_visitor(webkit, viewport={"width": NARROW, "height": HEIGHT})
    open_page(visitor, site, what)
    size = "return parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert visitor.read("return innerWidth") / visitor.read(size) <= NARROW / 16
    assert lost_anyhow(visitor, what) == []


def lost_anyhow(visitor: Visitor, what: DemoPage) -> list[str]:
    return [
        finding
        for scale, spaced in product(("100", "200"), (False, True))
        for finding in lost(visitor, what, scale, spaced=spaced)
    ]
