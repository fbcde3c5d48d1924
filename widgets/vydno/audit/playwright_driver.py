"""A page of Playwright's, of its synchronous or of its asynchronous interface."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, Protocol

from playwright.sync_api import Error

from . import axe, frames, refusals
from .driver import MEASURE, Driver, GoneError, LostError, NotAPageError, UnsupportedError
from .findings import Box
from .variants import Variant, Viewport


class Wait(Protocol):
    """Turns what a call gave into its result."""

    def __call__(self, result: Any) -> Any: ...

    def call(self, function: Callable[[], Any]) -> None:
        """Call it where the browser's events arrive."""


_DEFAULT_FONT_SIZE = 16


class AtOnce:
    """For the synchronous interface: what is called has been done."""

    def __call__(self, result: Any) -> Any:
        return result

    def call(self, function: Callable[[], Any]) -> None:
        function()


class Loop:
    """An event loop in a thread of its own: whoever waits for its browser waits so long at most.

    A page whose script never ends answers nothing; a browser that is asked without a limit hangs
    its caller with it.
    """

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def wait(self, coroutine: Any, seconds: float) -> Any:
        """The coroutine's result. Raises LostError when it takes longer."""
        future = asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        try:
            return future.result(max(0.0, seconds))
        except TimeoutError:
            future.cancel()
            raise LostError(refusals.SILENT) from None

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        if not self.loop.is_running():
            self.loop.close()


class Deadline:
    """Until when a page may take."""

    def __init__(self, loop: Loop, seconds: float) -> None:
        self.loop = loop
        self.start(seconds)

    def start(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def call(self, function: Callable[[], Any]) -> None:
        async def called() -> None:
            function()

        self(called())

    def __call__(self, result: Any) -> Any:
        left = self.end - time.monotonic()
        if left <= 0:
            result.close()
            raise LostError(refusals.too_long(self.seconds))
        try:
            return self.loop.wait(result, left)
        except LostError:
            raise LostError(refusals.too_long(self.seconds)) from None


class PlaywrightDriver:
    """A page of whoever made it.

    `wait` is AtOnce for the synchronous interface, a Deadline for the other.
    """

    def __init__(
        self,
        page: Any,
        *,
        browser: str,
        axe_script: str,
        wait: Wait | None = None,
        prepared: bool = False,
        load_timeout: float = 30.0,
    ) -> None:
        self.page = page
        self.browser = browser
        self._axe = axe_script
        self._wait_for = wait = wait or AtOnce()
        # Whether every document of the context gets the scripts before its own.
        self._prepared = prepared
        self._load_timeout = load_timeout
        self._session: Any = None
        self._dialogs: list[str] = []
        self._crashed = False
        self._font_size = 100
        self._emulated: set[str] = set()
        self.arrived = False
        """Whether the page came that was last gone to; until then another may be on its way."""
        self._response: Any = None
        wait.call(lambda: page.on("dialog", self._dismiss))
        wait.call(lambda: page.on("crash", self._crash))

    # What happens to a page.

    def _dismiss(self, dialog: Any) -> Any:
        if dialog.type == "beforeunload":  # it was used, and would like to be kept
            return dialog.accept()
        self._dialogs.append(f"{dialog.type}: {dialog.message[:200]}")
        return dialog.dismiss()

    def _crash(self, _: Any) -> None:
        self._crashed = True

    def dialogs(self) -> Sequence[str]:
        return tuple(self._dialogs)

    def _wait(self, result: Any) -> Any:
        try:
            return self._wait_for(result)
        except Error as error:
            raise LostError(self._reason(error)) from None

    def _reason(self, error: Error) -> str:
        text = error.message.splitlines()[0] if error.message else str(error)
        if self._crashed or "crashed" in text.lower():
            return refusals.CRASHED
        if "has been closed" in text or "Target closed" in text:
            return refusals.CLOSED
        if "context was destroyed" in text or "navigat" in text.lower():
            return refusals.ELSEWHERE
        return f"the browser said: {text[:200]}"

    # The driver's methods.

    @property
    def version(self) -> str:
        browser = self.page.context.browser
        return browser.version if browser else ""

    def open(self, url: str, viewport: Viewport) -> None:
        self._dialogs.clear()
        self._crashed = False
        self.resize(viewport)
        limit = self._load_timeout * 1000
        self.arrived = False
        try:
            if "#" in url and self.page.url.partition("#")[0] == url.partition("#")[0]:
                # Else it would stay, and only scroll.
                self._wait_for(self.page.goto("about:blank"))
            self._response = self._wait_for(
                self.page.goto(url, wait_until="domcontentloaded", timeout=limit)
            )
        except Error as error:
            raise self._refusal(error) from None
        try:
            self._wait_for(self.page.wait_for_load_state("load", timeout=limit / 3))
            self.arrived = True
        except Error:
            if self._crashed:
                raise LostError(refusals.CRASHED) from None
            # A page that never finishes loading is audited as far as it came.

    def _refusal(self, error: Error) -> Exception:
        text = error.message.splitlines()[0]
        if "Download is starting" in text:
            return NotAPageError(refusals.DOWNLOAD)
        if "invalid URL" in text:
            return NotAPageError(refusals.NO_ADDRESS)
        if refusals.has_code(text):
            return NotAPageError(refusals.network(text))
        if "Timeout" in text:
            return NotAPageError(refusals.too_late(self._load_timeout))
        return LostError(self._reason(error))

    def inject(self) -> None:
        there = "() => [typeof window.axe?.run, !!window[Symbol.for('vydno.audit')]]"
        if self._prepared and self.evaluate(there) == ["function", True]:
            return
        for frame in self.page.frames:
            try:
                self._wait_for(frame.evaluate(f"{self._axe};{MEASURE}"))
            except Error:
                if frame == self.page.main_frame:
                    raise LostError(refusals.NO_SCRIPT) from None
                # A frame of another origin may be gone already; axe says that it has no answer.

    def evaluate(self, function: str, argument: Any = None) -> Any:
        return self._wait(self.page.evaluate(function, argument))

    def run_axe(self, options: Any, context: Sequence[str] | None = None) -> dict[str, Any]:
        answer: dict[str, Any] = self.evaluate(axe.RUN, [axe.context(context), options])
        return answer

    def resize(self, viewport: Viewport) -> None:
        size = {"width": viewport.width, "height": viewport.height}
        self._wait(self.page.set_viewport_size(size))

    def emulate(self, variant: Variant) -> None:
        chosen = {
            "color_scheme": variant.color_scheme,
            "contrast": _CONTRASTS.get(variant.contrast or ""),
            "forced_colors": "active" if variant.forced_colors else None,
            "reduced_motion": "reduce" if variant.reduced_motion else None,
        }
        # What nobody asks for stays as whoever opened the page has it.
        wanted = {name: value for name, value in chosen.items() if value or name in self._emulated}
        self._emulated = {name for name, value in wanted.items() if value}
        if not wanted:
            return
        self._wait(self.page.emulate_media(**{k: v or "null" for k, v in wanted.items()}))
        if self.browser == "chromium":
            return
        missing = self.evaluate(_MISSING, _queries({k: v for k, v in wanted.items() if v}))
        if missing:
            raise UnsupportedError(f"{self.browser.title()} does not emulate {', '.join(missing)}")

    def set_font_size(self, percent: int) -> None:
        if percent == self._font_size:
            return
        if self.browser != "chromium":
            raise UnsupportedError(
                f"{self.browser.title()} does not change its font size while it runs"
            )
        size = round(_DEFAULT_FONT_SIZE * percent / 100)
        sizes = {"fontSizes": {"standard": size, "fixed": round(size * 13 / 16)}}
        self._wait(self._devtools().send("Page.setFontSizes", sizes))
        self._font_size = percent

    def _devtools(self) -> Any:
        """A session of Chrome's protocol."""
        if self._session is None:
            self._session = self._wait(self.page.context.new_cdp_session(self.page))
        return self._session

    def screenshot(self, box: Box | None = None) -> bytes:
        options: dict[str, Any] = {"animations": "allow", "caret": "initial", "type": "png"}
        if box:
            options["full_page"] = True
            options["clip"] = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        picture: bytes = self._wait(self.page.screenshot(**options))
        return picture

    def press(self, *keys: str) -> None:
        for key in keys:
            self._wait(self.page.keyboard.press(key))

    def move(self, x: float, y: float) -> None:
        self._wait(self.page.mouse.move(x, y))

    def click(self, x: float, y: float) -> None:
        self._wait(self.page.mouse.click(x, y))

    def source(self) -> str:
        if self._response is None:
            return str(self._wait(self.page.content()))
        return str(self._wait(self._response.text()))

    def frames(self) -> Sequence[tuple[str, Driver]]:
        return list(islice(self._frames(self.page.main_frame, ()), frames.MOST))

    def _frames(self, around: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Driver]]:
        for frame in around.child_frames:
            try:
                selector = self._in(around, partial(_shown, around, frame))
                if not selector:
                    continue
                if not self._ask_in(frame, f"() => {frames.THERE}", None):
                    self._ask_in(frame, f"{self._axe};{MEASURE}", None)
            except GoneError as reason:
                # One that is there, and cannot be asked, is told of.
                if not frame.is_detached():
                    yield frame.url[:200], frames.FrameDriver(self, partial(_refuse, reason))
                continue
            inside = (*path, selector)
            yield " >>> ".join(inside), frames.FrameDriver(self, partial(self._ask_in, frame))
            if len(inside) < frames.DEEPEST:
                yield from self._frames(frame, inside)

    def _ask_in(self, frame: Any, function: str, argument: Any) -> Any:
        return self._in(frame, lambda: frame.evaluate(function, argument))

    def _in(self, frame: Any, call: Callable[[], Any]) -> Any:
        """What a call in the frame gives. Raises GoneError when it gives nothing."""
        if frame.is_detached():
            raise GoneError("it is gone")
        try:
            result = call()
            limited = _limited(result) if asyncio.iscoroutine(result) else result
            return self._wait_for(limited)
        except Error as error:
            if self._crashed or self.page.is_closed():
                raise LostError(self._reason(error)) from None
            raise GoneError(error.message.partition("\n")[0][:200]) from None


async def _limited(result: Any) -> Any:
    try:
        return await asyncio.wait_for(result, frames.SECONDS)
    except TimeoutError:
        raise GoneError("it does not answer") from None


def _refuse(reason: GoneError, *_: Any) -> Any:
    raise reason


def _shown(around: Any, frame: Any) -> Any:
    element = frame.frame_element()
    if asyncio.iscoroutine(element):
        return _shown_async(around, element)
    return around.evaluate(frames.SHOWN, element)


async def _shown_async(around: Any, element: Any) -> Any:
    return await around.evaluate(frames.SHOWN, await element)


_CONTRASTS = {"more": "more", "normal": "no-preference"}
_MISSING = """(queries) => Object.entries(queries)
  .filter(([, query]) => !matchMedia(query).matches).map(([name]) => name)"""


def _queries(wanted: dict[str, str]) -> dict[str, str]:
    return {
        name: f"(prefers-{name.replace('_', '-')}: {value})"
        if name != "forced_colors"
        else f"(forced-colors: {value})"
        for name, value in wanted.items()
    }
