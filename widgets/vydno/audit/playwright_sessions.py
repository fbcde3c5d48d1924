"""Sessions of Playwright's: of this machine's browsers, or of a server's."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Self

from playwright.async_api import Error, Playwright, async_playwright

from ..browsers import NAMES, playwright_options
from ..errors import VydnoError
from . import axe
from .driver import MEASURE, Driver, LostError
from .playwright_chromium import OwnChromium
from .playwright_driver import Deadline, Loop, PlaywrightDriver
from .playwright_login import add_cookies, context_options, log_in
from .sessions import END_SECONDS, FORGET, START_SECONDS, Session, Settings

Start = Callable[[], Awaitable[Any]]


class _Source:
    """One Playwright in one event loop, which all sessions share."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._axe = axe.script(settings.axe)
        self._loop = Loop()
        self._playwright: Playwright = self._loop.wait(async_playwright().start(), START_SECONDS)

    def slots(self, browser: str) -> int | None:
        self._start(browser)
        return None

    def session(self, browser: str) -> Session:
        return PlaywrightSession(
            browser, self._start(browser), self._loop, self._axe, self.settings
        )

    def _start(self, browser: str) -> Start:
        """What starts a browser. Raises VydnoError when there is none to start."""
        raise NotImplementedError

    def close(self) -> None:
        # A browser that hangs must not hang us.
        with suppress(LostError):
            self._loop.wait(self._playwright.stop(), END_SECONDS)
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class LocalPlaywright(_Source):
    """The browsers of this machine."""

    def _start(self, browser: str) -> Start:
        kind = getattr(self._playwright, browser)
        options = playwright_options(
            browser, kind.executable_path, {**os.environ, **self.settings.programs}
        )
        return lambda: kind.launch(**options, timeout=START_SECONDS * 1000)


class PlaywrightServer(_Source):
    """Browsers of a Playwright server, or one Chromium that listens for DevTools."""

    def __init__(self, address: str, settings: Settings) -> None:
        if not address.startswith(("ws://", "wss://", "http://", "https://")):
            raise VydnoError(
                f"--connect takes an address such as ws://127.0.0.1:3000/ (a Playwright server) or "
                f"http://127.0.0.1:9222 (Chromium's DevTools); not {address!r}."
            )
        self.address = address
        super().__init__(settings)

    def _start(self, browser: str) -> Start:
        kind = getattr(self._playwright, browser)
        limit = START_SECONDS * 1000
        if self.address.startswith("ws"):
            return lambda: kind.connect(self.address, timeout=limit)
        if browser != "chromium":
            raise VydnoError(f"{self.address} is Chromium's DevTools; it has no {NAMES[browser]}.")
        return lambda: kind.connect_over_cdp(self.address, timeout=limit)


class PlaywrightSession:
    """A browser of its own with one page, which forgets whatever was before.

    A new page takes longer to make than most take to audit. Only what a storage state put into
    `localStorage` cannot be put there a second time: with one there is a new profile every time.
    """

    def __init__(
        self, browser: str, start: Start, loop: Loop, axe_script: str, settings: Settings
    ) -> None:
        self._name = browser
        self._start = start
        self._loop = loop
        self._axe = axe_script
        self._settings = settings
        self._browser: Any = None
        self._context: Any = None
        self._driver: PlaywrightDriver | None = None

    @property
    def browser(self) -> str:
        return self._name

    def page(self, seconds: float) -> Driver:
        if self._browser is None:
            self._browser = self._started()
        try:
            if self._driver and self._is_well(self._driver):
                self._loop.wait(self._forgotten(self._driver.page), START_SECONDS)
            else:
                self._driver = self._first(self._loop.wait(self._opened(), START_SECONDS))
        except Error as error:
            raise LostError(f"the browser said: {_line(error)}") from None
        self._deadline.start(seconds)
        return self._driver

    def _is_well(self, driver: PlaywrightDriver) -> bool:
        """Whether its page may be used again: a new one takes longer than forgetting."""
        whole = driver.arrived and not driver.dialogs()
        return whole and not self._settings.visitor.storage_state

    def _started(self) -> Any:
        try:
            return self._loop.wait(self._start(), START_SECONDS + END_SECONDS)
        except (Error, LostError) as error:
            raise VydnoError(f"{NAMES[self._name]} does not start: {_line(error)}.") from None

    async def _opened(self) -> Any:
        if self._context:
            await self._context.close()
        visitor = self._settings.visitor
        self._context = await self._browser.new_context(**context_options(visitor))
        await add_cookies(self._context, visitor)
        await self._context.add_init_script(f"{self._axe};{MEASURE}")
        page = await self._context.new_page()
        await log_in(page, self._name, visitor)
        return page

    def _first(self, page: Any) -> PlaywrightDriver:
        self._deadline = Deadline(self._loop, START_SECONDS)
        kind = OwnChromium if self._name == "chromium" else PlaywrightDriver
        return kind(
            page,
            browser=self._name,
            axe_script=self._axe,
            wait=self._deadline,
            prepared=True,
            load_timeout=self._settings.load_seconds,
        )

    async def _forgotten(self, page: Any) -> None:
        await page.evaluate(FORGET)
        await self._context.clear_cookies()
        await add_cookies(self._context, self._settings.visitor)

    def is_alive(self) -> bool:
        return self._browser is not None and bool(self._browser.is_connected())

    def renew(self) -> None:
        browser, self._browser, self._context, self._driver = self._browser, None, None, None
        # One that is gone, or so lost that it does not even close, is left.
        with suppress(Error, LostError):
            if browser is not None:
                self._loop.wait(browser.close(), END_SECONDS)

    close = renew


def _line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".")
