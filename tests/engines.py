"""One way to visit a page, whichever engine draws it: Playwright's or any WebDriver's."""

from __future__ import annotations

from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserContext, Page
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

TIMEOUT = 10  # seconds; a busy machine is not a failure


class Visitor(Protocol):
    """Somebody at a browser. Scripts are function bodies: ``return document.title``."""

    def goto(self, url: str) -> None: ...
    def reload(self) -> None: ...
    def click(self, selector: str) -> None: ...
    def press(self, *keys: str) -> None: ...
    def read(self, script: str) -> Any: ...
    def wait(self, script: str) -> None: ...
    def another_tab(self) -> Visitor: ...


class PlaywrightVisitor:
    """A page of a context of its own."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(TIMEOUT * 1000)

    def goto(self, url: str) -> None:
        self.page.goto(url)

    def reload(self) -> None:
        self.page.reload()

    def click(self, selector: str) -> None:
        self.page.click(selector)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def read(self, script: str) -> Any:
        return self.page.evaluate(f"() => {{ {script} }}")

    def wait(self, script: str) -> None:
        self.page.wait_for_function(f"() => {{ {script} }}")

    def another_tab(self) -> PlaywrightVisitor:
        return PlaywrightVisitor(self.context)


class SeleniumVisitor:
    """A window of a driver that is shared; the visitor switches to it before every step."""

    def __init__(self, driver: WebDriver, window: str | None = None) -> None:
        self.driver = driver
        self.window = window or driver.current_window_handle

    def goto(self, url: str) -> None:
        self._here().get(url)

    def reload(self) -> None:
        self._here().refresh()

    def click(self, selector: str) -> None:
        self._here().find_element(By.CSS_SELECTOR, selector).click()

    def press(self, *keys: str) -> None:
        codes = [getattr(Keys, _KEYS[key]) if key in _KEYS else key for key in keys]
        ActionChains(self._here()).send_keys(*codes).perform()

    def read(self, script: str) -> Any:
        return self._here().execute_script(script)

    def wait(self, script: str) -> None:
        WebDriverWait(self._here(), TIMEOUT).until(lambda _: self.read(script))

    def another_tab(self) -> SeleniumVisitor:
        self._here().switch_to.new_window("tab")
        return SeleniumVisitor(self.driver)

    def _here(self) -> WebDriver:
        if self.driver.current_window_handle != self.window:
            self.driver.switch_to.window(self.window)
        return self.driver


# Playwright's names of keys to those of WebDriver.
_KEYS = {
    "Tab": "TAB",
    "Enter": "ENTER",
    "Space": "SPACE",
    "ArrowRight": "ARROW_RIGHT",
    "ArrowLeft": "ARROW_LEFT",
}


def open_visitor(browser: Browser, **options: Any) -> PlaywrightVisitor:
    """A visitor with a fresh profile; options are those of ``Browser.new_context``."""
    return PlaywrightVisitor(browser.new_context(**options))
