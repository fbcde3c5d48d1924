"""Browsers and servers that a whole run shares.

Which browsers there are was found before pytest started (`tests/browsers.py`) and stands in the
environment; a test of an engine that is not there is skipped, and the run says so at its end.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserType, Playwright, sync_playwright
from selenium import webdriver
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.service import Service as WebKitService
from vydno.listen.parts import missing

from demo.app import create_app

from .browsers import ENGINES, NAMES, Engine, from_environment
from .browsers import Browser as Found
from .engines import SeleniumVisitor, Visitor, open_visitor
from .servers import controls_app, serve

# A machine that is busy is not a failure.
settings.register_profile("vydno", deadline=None)
settings.load_profile("vydno")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-transcripts",
        action="store_true",
        help="Write anew what the screen reader said, and the accessibility trees.",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a browser is marked so: the fast tests run first."""
    needs = {"playwright", "webkit", "visitor", "screen_reader"}
    for item in items:
        if needs & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def vydno_screen_readers(request: pytest.FixtureRequest) -> Any:
    """The plugin's, where the parts are there; without them the tests are skipped and counted."""
    if absent := missing():
        pytest.skip(f"{NAMES['listen']} lacks {', '.join(absent)}: `python3 -m tests` installs it")
    return request.getfixturevalue("vydno_screen_readers")


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Address of the demo."""
    with serve(create_app()) as address:
        yield address


@pytest.fixture(scope="session")
def site_without_scripts() -> Iterator[str]:
    with serve(create_app(javascript=False)) as address:
        yield address


@pytest.fixture(scope="session")
def controls() -> Iterator[str]:
    """Address of the bare pages with the controls on them."""
    with serve(controls_app()) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as instance:
        yield instance


def found(engine: Engine) -> Found:
    """The engine's browser; without it the test is skipped, and the run counts that."""
    browser = from_environment().get(engine)
    if browser is None:
        pytest.skip(f"{NAMES[engine]} was not found: `python3 -m tests` finds or installs it")
    return browser


def launch(playwright: Playwright, engine: Engine, *arguments: str, **options: Any) -> Browser:
    """Start a browser through Playwright; options are those of ``BrowserType.launch``."""
    kind: BrowserType = getattr(playwright, engine)
    known = found(engine).playwright_options
    return kind.launch(**known | {"args": [*known.get("args", []), *arguments]} | options)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright, "chromium", "--js-flags=--expose-gc")
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright, "firefox")
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen that nobody sees, for the engine that has no headless mode."""
    command = [shutil.which("Xvfb") or "Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


@pytest.fixture
def webkit_arguments() -> list[str]:
    """More arguments for MiniBrowser; a test module may have a fixture of its own."""
    return []


@pytest.fixture
def webkit(
    request: pytest.FixtureRequest, webkit_arguments: list[str]
) -> Iterator[Browser | WebDriver]:
    """WebKitGTK through its WebDriver, or Playwright's own WebKit where that is what there is.

    A WebDriver session has one profile, and starts in half a second: each test has its own.
    """
    browser = found("webkit")
    if browser.driven_by == "playwright":
        with launch(request.getfixturevalue("playwright"), "webkit") as launched:
            yield launched
        return
    options = webdriver.WebKitGTKOptions()
    options.binary_location = browser.executable
    for argument in (*browser.arguments, *webkit_arguments):
        options.add_argument(argument)
    screen = {"DISPLAY": request.getfixturevalue("display")}
    service = WebKitService(executable_path=browser.driver, env={**os.environ, **screen})
    driver = webdriver.WebKitGTK(options=options, service=service)
    yield driver
    driver.quit()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def visitor(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Somebody who has never been here, in each engine in turn."""
    browser = request.getfixturevalue(engine)
    if isinstance(browser, WebDriver):
        yield SeleniumVisitor(browser)
    else:
        somebody = open_visitor(browser)
        yield somebody
        somebody.context.close()
