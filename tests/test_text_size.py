"""A+ multiplies the size that the visitor has set in the browser: 24 px and 125 % are 30 px."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright
from selenium.webdriver.remote.webdriver import WebDriver

from demo.content import LANGUAGES

from .conftest import launch
from .engines import SeleniumVisitor, Visitor, open_visitor

SIZES = """
return [document.documentElement, document.querySelector(".prose p")].map((each) =>
  parseFloat(getComputedStyle(each).fontSize));
"""
# The demo sets its body text in 1.125rem.
BODY = 1.125


def assert_multiplied(visitor: Visitor, site: str, size: int) -> None:
    """In every language: a browser may have a size for each script of the world."""
    for folder in LANGUAGES.values():
        visitor.goto(f"{site}{folder}/news/e-governance/")
        assert visitor.read(SIZES) == [size, size * BODY]
        for command in ("larger", "larger"):
            visitor.click(f"#text-scale button[value={command}]")
        assert visitor.read(SIZES) == [size * 1.25, size * 1.25 * BODY]
        visitor.reload()
        assert visitor.read(SIZES) == [size * 1.25, size * 1.25 * BODY]
        visitor.click("#text-scale button[value=reset]")


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_at_the_usual_16_px(visitor: Visitor, site: str) -> None:
    assert_multiplied(visitor, site, 16)


def test_in_chromium_set_to_24_px(playwright: Playwright, site: str) -> None:
    with launch(playwright, "chromium", "--blink-settings=defaultFontSize=24") as browser:
        assert_multiplied(open_visitor(browser), site, 24)


def test_in_firefox_set_to_24_px(playwright: Playwright, site: str) -> None:
    preferences = {f"font.size.variable.x-{script}": 24 for script in ("western", "cyrillic")}
    with launch(playwright, "firefox", firefox_user_prefs=preferences) as browser:
        assert_multiplied(open_visitor(browser), site, 24)


@pytest.fixture
def webkit_arguments(tmp_path: Path, request: pytest.FixtureRequest) -> list[str]:
    settings = tmp_path / "settings.ini"
    settings.write_text(f"[websettings]\ndefault-font-size={request.getfixturevalue('size')}\n")
    return [f"--config={settings}"]


@pytest.mark.parametrize("size", [16, 24])
def test_in_webkit_set_to(webkit: Browser | WebDriver, site: str, size: int) -> None:
    if not isinstance(webkit, WebDriver):
        pytest.skip("Playwright's WebKit has no setting for the size of text")
    assert_multiplied(SeleniumVisitor(webkit), site, size)
