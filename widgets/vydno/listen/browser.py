"""The browser on the desktop: an ordinary window, driven by keys; Playwright only opens pages."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import BrowserContext, Error, Page, Request, sync_playwright

from .. import browsers
from ..errors import VydnoError
from .desktop import Desktop

Answer = TypeVar("Answer")

SECONDS_TO_LOAD = 30
# Chromium collects changes before it tells assistive technology of them, for longest after a load.
# A timer of the page's own that is due later comes later, however busy the machine is.
_TOLD = {"key": 120, "load": 400}
_SETTLED = """(told) => new Promise((resolve) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, told))))"""
# What Playwright says when a page goes away while it is asked.
_LEFT = re.compile(r"context was destroyed|navigat|Cannot find context", re.IGNORECASE)
# Counts the keys that came to the page; Orca keeps some to itself.
_COUNT_KEYS = """addEventListener("keyup", () => {
  window[Symbol.for("vydno.keys")] = (window[Symbol.for("vydno.keys")] ?? 0) + 1;
}, true)"""
_KEYS = '() => window[Symbol.for("vydno.keys")] ?? 0'
# What appears after a while, such as a button for when no script came, is there after that.
_STILL = """() => Promise.race([
  new Promise((resolve) => setTimeout(resolve, 5000)),
  Promise.allSettled(document.getAnimations()
    .filter((each) => Number.isFinite(each.effect.getComputedTiming().endTime))
    .map((each) => each.finished)),
]).then(() => true)"""
_PREFERENCES = {"translate": {"enabled": False}, "credentials_enable_service": False}


class Browser:
    """One window. All of Playwright lives in a thread of its own: a test may have another one."""

    def __init__(self, desktop: Desktop, engine: str = "chromium") -> None:
        self._desktop = desktop
        self._engine = engine
        self._leaving = self._arrived = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="vydno-listen")
        self._do(self._open)

    def _do(self, action: Callable[[], Answer]) -> Answer:
        try:
            return self._thread.submit(action).result()
        except Error as error:
            raise self._desktop.error(f"The browser: {error.message.splitlines()[0]}") from error

    def _open(self) -> None:
        self._playwright = sync_playwright().start()
        kind = getattr(self._playwright, self._engine)
        options = browsers.playwright_options(self._engine, kind.executable_path)
        options |= {"headless": False, "env": self._desktop.environ}
        if self._engine == "chromium":
            self._context: BrowserContext = kind.launch_persistent_context(
                self._profile(), no_viewport=True, **self._chromium(options)
            )
            self._page: Page = self._context.pages[0]
        else:
            self._context = kind.launch(**options).new_context(no_viewport=True)
            self._page = self._context.new_page()
        self._page.add_init_script(_COUNT_KEYS)
        self._page.set_default_timeout(SECONDS_TO_LOAD * 1000)
        self._page.on("request", self._on_request)
        self._page.on("requestfailed", self._on_failure)
        self._page.on("load", self._on_load)

    def _on_request(self, request: Request) -> None:
        if self._leads_away(request):
            self._leaving = True

    def _on_failure(self, request: Request) -> None:
        if self._leads_away(request):
            self._leaving = False

    def _on_load(self, _: Page) -> None:
        self._leaving, self._arrived = False, True

    def _leads_away(self, request: Request) -> bool:
        return request.is_navigation_request() and request.frame == self._page.main_frame

    def _profile(self) -> str:
        folder = Path(tempfile.mkdtemp(prefix="profile-", dir=self._desktop.home))
        (folder / "Default").mkdir()
        (folder / "Default/Preferences").write_text(json.dumps(_PREFERENCES))
        return str(folder)

    def _chromium(self, options: dict[str, Any]) -> dict[str, Any]:
        # A window without the browser's own buttons: Tab begins in the page.
        more = [
            "--force-renderer-accessibility",
            "--test-type",  # no bar that warns of a missing sandbox
            "--app=data:text/html,<title>-</title>",
        ]
        return options | {"args": [*options["args"], *more]}

    def open(self, url: str) -> None:
        """Raises VydnoError for an address that nothing answers at."""

        def go() -> None:
            try:
                self._page.goto(url, wait_until="load")
            except Error as error:
                why = error.message.splitlines()[0]
                raise VydnoError(f"{url} cannot be opened: {why}.") from None

        self._do(go)

    def settle(self) -> bool:
        """Wait until the page has done what a key led to; whether that was another page."""
        return self._do(self._settle)

    def _settle(self) -> bool:
        self._wait(_TOLD["key"])
        elsewhere = False
        while self._leaving or self._arrived:
            elsewhere = True
            if self._leaving:
                self._page.wait_for_event("load")
            self._arrived = False
            self._ask(_STILL)
            self._wait(_TOLD["load"])
        return elsewhere

    def _wait(self, told: int) -> None:
        self._ask(_SETTLED, told)

    def _ask(self, script: str, argument: Any = None) -> Any:
        """What the page answers; `None` where it went away meanwhile."""
        try:
            return self._page.evaluate(script, argument)
        except Error as error:
            if not _LEFT.search(error.message):
                raise
            return None

    def keys(self) -> int | None:
        """How many keys came to this page; `None` where it is on its way to another."""
        counted: int | None = self._do(lambda: self._ask(_KEYS))
        return counted

    def still(self) -> None:
        """Wait until nothing in the page moves that will come to rest."""
        self._do(lambda: self._ask(_STILL))

    def forget(self) -> None:
        """Be a visitor who has never been here."""
        self._do(self._context.clear_cookies)

    def evaluate(self, script: str) -> Any:
        return self._do(lambda: self._page.evaluate(script))

    def close(self) -> None:
        try:
            self._thread.submit(self._playwright.stop).result()
        finally:
            self._thread.shutdown()
