"""A page of a Chromium of the audit's own: what Chrome's protocol does sooner than Playwright."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence
from typing import Any

from .findings import Box
from .playwright_driver import PlaywrightDriver
from .variants import Viewport


class OwnChromium(PlaywrightDriver):
    """Of Playwright's asynchronous interface, in a context that nobody else has a hand in.

    Playwright's own pictures would take the size of the page back to the one that it knows of.
    """

    _size: Viewport | None = None

    def open(self, url: str, viewport: Viewport) -> None:
        # Each of both holds the size against that of the other when a new process comes.
        super().resize(viewport)
        super().open(url, viewport)

    def resize(self, viewport: Viewport) -> None:
        """The page, and not the window around it, which takes three times as long."""
        if viewport == self._size:
            return
        upright = viewport.height > viewport.width
        turned = {"angle": 0, "type": "portraitPrimary" if upright else "landscapePrimary"}
        size = {"width": viewport.width, "height": viewport.height}
        screen = {"screenWidth": viewport.width, "screenHeight": viewport.height}
        metrics = {**size, **screen, "deviceScaleFactor": 1, "mobile": False}
        self._send("Emulation.setDeviceMetricsOverride", **metrics, screenOrientation=turned)
        self._size = viewport

    def screenshot(self, box: Box | None = None) -> bytes:
        options: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
        if box:
            clip = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "scale": 1}
            options |= {"captureBeyondViewport": True, "clip": clip}
        return base64.b64decode(self._send("Page.captureScreenshot", **options)["data"])

    def press(self, *keys: str) -> None:
        # Many presses of Tab wait for one another in the browser, not here: half the time.
        if len(keys) > 1 and set(keys) <= set(_TABS):
            self._wait(_press_together(self._devtools(), keys))
        else:
            super().press(*keys)

    def _send(self, method: str, **parameters: Any) -> Any:
        return self._wait(self._devtools().send(method, parameters))


_TABS = {"Tab": 0, "Shift+Tab": 8}
"""The modifiers of each in Chrome's protocol."""


async def _press_together(session: Any, keys: Sequence[str]) -> None:
    tab = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    await asyncio.gather(
        *(
            session.send("Input.dispatchKeyEvent", {**tab, "type": kind, "modifiers": _TABS[key]})
            for key in keys
            for kind in ("rawKeyDown", "keyUp")
        )
    )
