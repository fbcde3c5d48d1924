"""A window of any WebDriver that Selenium drives, with axe through axe-selenium-python."""

from __future__ import annotations

import base64
import io
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

from axe_selenium_python import Axe
from selenium.common.exceptions import (
    InsecureCertificateException,
    InvalidArgumentException,
    InvalidSessionIdException,
    JavascriptException,
    MoveTargetOutOfBoundsException,
    NoSuchElementException,
    NoSuchFrameException,
    NoSuchWindowException,
    StaleElementReferenceException,
    TimeoutException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from urllib3.exceptions import HTTPError

from ..browsers import NAMES
from ..errors import VydnoError
from . import axe, frames, refusals
from .driver import MEASURE, Driver, GoneError, LostError, NotAPageError, UnsupportedError
from .findings import Box
from .variants import Variant, Viewport
from .visitor import Visitor, origin_of

T = TypeVar("T")

_DEFAULT_FONT_SIZE = 16
_ENOUGH_DIALOGS = 50
_GRACE = 5.0
"""Seconds by which a driver may be late with saying that a page is."""
_BLANK = "about:blank"


class Hold:
    """What the windows of one WebDriver share: which one is in front, and the time that is left."""

    def __init__(self, webdriver: WebDriver, seconds: float) -> None:
        self.webdriver = webdriver
        self.front = ""
        self.gone = False
        """Whether the browser, its driver or its node said that it is gone."""
        self.silent = False
        """Whether nobody answered, for which a page may be to blame."""
        self.used = False
        """Whether anything was opened."""
        self.entered: set[str] = set()
        """Sites in which the visitor was logged in."""
        self._limit = 0.0
        self.start(seconds)

    def start(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Let no command take longer than what is left. Raises LostError when nothing is.

        The driver gets the limit first and answers in good order; who does not even do that by a
        little later is gone. A limit is sent anew when it is a fifth off, not with every command.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            raise LostError(refusals.too_long(self.seconds))
        if not 0.8 * self._limit <= left <= self._limit:
            self._wait_for_answers(left)
            self.webdriver.set_script_timeout(left)
            self._limit = left
        self._wait_for_answers(min(left, self._limit))
        yield

    def load_within(self, seconds: float) -> float:
        """Limit how long a page may load, by what is left too; returns the limit."""
        limit = max(0.1, min(seconds, self.end - time.monotonic()))
        self.webdriver.set_page_load_timeout(limit)
        self._wait_for_answers(limit)
        return limit

    def _wait_for_answers(self, seconds: float) -> None:
        answer_within(self.webdriver, seconds + _GRACE)


def answer_within(webdriver: WebDriver, seconds: float) -> None:
    """Wait no longer for the driver, whatever it is asked."""
    connection = webdriver.command_executor
    if isinstance(connection, RemoteConnection):
        connection.client_config.timeout = seconds


class SeleniumDriver:
    """A window of a WebDriver, which may be anybody's.

    `prepared` puts the audit's scripts into every document before its own, where the browser can
    (Chromium); `visitor` is logged in with the first visit of each site.
    """

    def __init__(
        self,
        webdriver: WebDriver,
        *,
        browser: str = "",
        axe_script: Path,
        seconds: float = 60.0,
        load_timeout: float = 30.0,
        visitor: Visitor | None = None,
        hold: Hold | None = None,
        prepared: bool = False,
    ) -> None:
        self.webdriver = webdriver
        self.browser = browser or engine_of(webdriver.capabilities)
        self.hold = hold or Hold(webdriver, seconds)
        self._axe = Axe(webdriver, script_url=str(axe_script))
        self._axe_script = axe_script
        self._load_timeout = load_timeout
        self._visitor = visitor or Visitor()
        self._dialogs: list[str] = []
        self._font_size = 100
        self._emulated = False
        self._margins = (0, 0)
        self._born = 0.0
        """When the document that the next one has to replace was made."""
        self._window = self._ask(lambda: webdriver.current_window_handle, anywhere=True)
        self.hold.front = self._window
        self._prepared = prepared and self.browser == "chromium"
        if self._prepared:
            # The scripts are in every document and frame before the page's own.
            script = f"{axe.script(axe_script)};{MEASURE}"
            self.devtools("Page.addScriptToEvaluateOnNewDocument", source=script)

    # Asking.

    def _ask(self, command: Callable[[], T], *, anywhere: bool = False) -> T:
        """What the command says; whatever goes wrong becomes a LostError with a sentence."""
        for _ in range(_ENOUGH_DIALOGS):
            try:
                with self.hold.limited():
                    if not anywhere:
                        self._come_to_the_front()
                    return command()
            except MoveTargetOutOfBoundsException:
                raise VydnoError("The point is outside of the window.") from None
            except UnexpectedAlertPresentException as dialog:
                # The browser has dismissed it already.
                self._dialogs.append(f"dialog: {(dialog.alert_text or '')[:200]}")
            except (HTTPError, OSError) as error:
                raise self._silence(error) from None
            except WebDriverException as error:
                raise self._lost(error) from None
        raise LostError(refusals.DIALOGS)

    def _come_to_the_front(self) -> None:
        if self.hold.front != self._window:
            self.webdriver.switch_to.window(self._window)
            self.hold.front = self._window

    def _silence(self, error: Exception) -> LostError:
        if "timed out" in str(error).lower():
            self.hold.silent = True
            return LostError(refusals.SILENT)
        self.hold.gone = True
        return LostError(refusals.CLOSED)

    def _lost(self, error: WebDriverException) -> LostError:
        line = (error.msg or "").strip().partition("\n")[0] or type(error).__name__
        lower = line.lower()
        if "crash" in lower:
            return LostError(refusals.CRASHED)
        if isinstance(error, (InvalidSessionIdException, NoSuchWindowException)) or any(
            sign in lower for sign in _GONE
        ):
            self.hold.gone = True
            return LostError(refusals.CLOSED)
        if "timed out receiving message" in lower:
            return LostError(refusals.HANGS)
        if isinstance(error, TimeoutException):
            return LostError(refusals.too_long(self.hold.seconds))
        if any(sign in lower for sign in _ELSEWHERE):
            return LostError(refusals.ELSEWHERE)
        return LostError(f"the browser said: {line[:200]}")

    def devtools(self, command: str, **parameters: Any) -> Any:
        """Chromium's own protocol; through a Grid too."""
        asked = {"cmd": command, "params": parameters}
        return self._ask(lambda: self.webdriver.execute("executeCdpCommand", asked)["value"])

    # The driver's methods.

    @property
    def version(self) -> str:
        return str(self.webdriver.capabilities.get("browserVersion", ""))

    def dialogs(self) -> Sequence[str]:
        return tuple(self._dialogs)

    def open(self, url: str, viewport: Viewport) -> None:
        self._dialogs.clear()
        self.hold.used = True
        self.resize(viewport)
        self._log_in(url)
        for _ in range(_ENOUGH_DIALOGS):
            said = len(self._dialogs)
            address, self._born, _ = self.evaluate(_DOCUMENT)
            if address.partition("#")[0] == url.partition("#")[0]:
                # Else it would stay, and only scroll.
                self._go(_BLANK)
            self._go(url)
            # A driver may dismiss a dialog of the page before and forget about the address.
            if self._has_come() or said == len(self._dialogs):
                break
        self._check_what_came(url)
        self._wait_until_loaded()

    def _has_come(self) -> bool:
        try:
            _, born, _ = self.evaluate(_DOCUMENT)
        except LostError as reason:
            if str(reason) == refusals.HANGS:
                raise LostError(refusals.too_late(self._load_timeout)) from None
            raise
        return bool(born != self._born)

    def _check_what_came(self, url: str) -> None:
        """Raises NotAPageError when nothing came, or the browser's own page about a failure."""
        address, born, text = self.evaluate(_DOCUMENT)
        if born == self._born:
            raise NotAPageError(refusals.NOTHING_CAME)
        if address.startswith(_FAILURE) or (address == _BLANK and url != _BLANK):
            raise NotAPageError(refusals.network(text) or refusals.NOTHING_CAME)

    def _wait_until_loaded(self) -> None:
        """A page that never finishes loading is audited as far as it came."""
        try:
            self.evaluate(_LOADED, self._load_timeout * 1000 / 3)
        except LostError as reason:
            if str(reason) != refusals.ELSEWHERE:
                raise

    def _go(self, url: str) -> None:
        limit = self._load_timeout
        try:
            with self.hold.limited():
                self._come_to_the_front()
                limit = self.hold.load_within(self._load_timeout)
                self.webdriver.get(url)
        except UnexpectedAlertPresentException as dialog:
            self._dialogs.append(f"dialog: {(dialog.alert_text or '')[:200]}")
        except TimeoutException:
            self._stop(limit)
        except (HTTPError, OSError) as error:
            raise self._silence(error) from None
        except InsecureCertificateException:
            raise NotAPageError(refusals.CERTIFICATE) from None
        except InvalidArgumentException:
            raise NotAPageError(refusals.NO_ADDRESS) from None
        except WebDriverException as error:
            if refusals.has_code(error.msg or ""):
                raise NotAPageError(refusals.network(error.msg or "")) from None
            raise self._lost(error) from None

    def _stop(self, seconds: float) -> None:
        """Take what has come of a page that is too slow. Raises NotAPageError for nothing."""
        try:
            come = self._has_come()
            ready = self.evaluate("() => document.readyState")
        except LostError:
            # A script of it hangs, or a driver does nothing before the page is there.
            raise LostError(refusals.too_late(seconds)) from None
        if not come or ready == "loading":
            raise NotAPageError(refusals.too_late(seconds))

    def _log_in(self, url: str) -> None:
        """Where cookies, storage and passwords can be given to a browser only once it is there."""
        visitor, origin = self._visitor, origin_of(url)
        if origin in self.hold.entered or not origin:
            return
        self.hold.entered.add(origin)
        stored = visitor.local_storage().get(origin, {})
        cookies = [] if self.browser == "chromium" else list(_cookies_for(url, visitor))
        auth = visitor.basic_auth if origin in visitor.origins else None
        if not (stored or cookies or auth):
            return
        self._go(_with_password(url, auth) if auth else url)
        for cookie in cookies:
            self._ask(lambda cookie=cookie: self.webdriver.add_cookie(cookie))  # type: ignore[misc]
        if stored:
            self.evaluate("(stored) => Object.assign(localStorage, stored)", stored)
        self._go(_BLANK)

    def forget_cookies(self) -> None:
        """Take away those that the page at hand can see."""
        self._ask(self.webdriver.delete_all_cookies)

    def inject(self) -> None:
        if not self._prepared or not self.evaluate(f"() => {frames.THERE}"):
            self._in_every_frame(self._put_into_frame)

    def _put_into_frame(self) -> None:
        if not self.webdriver.execute_script(f"return {frames.THERE}"):
            self._axe.inject()
            self.webdriver.execute_script(MEASURE)

    def _in_every_frame(self, action: Callable[[], None]) -> None:
        def walk(depth: int) -> None:
            action()
            if not self.webdriver.execute_script("return window.length"):
                return
            for frame in self.webdriver.find_elements(By.CSS_SELECTOR, "iframe, frame"):
                # One that is gone by now, or shows nothing, has nothing to say either.
                with suppress(WebDriverException):
                    self.webdriver.switch_to.frame(frame)
                    if depth < _DEEP:
                        walk(depth + 1)
                    self.webdriver.switch_to.parent_frame()

        def start() -> None:
            self.webdriver.switch_to.default_content()
            try:
                walk(0)
            finally:
                self.webdriver.switch_to.default_content()

        self._ask(start)

    def frames(self) -> Sequence[tuple[str, Driver]]:
        return list(islice(self._frames(()), frames.MOST))

    def _frames(self, around: tuple[tuple[Any, str], ...]) -> Iterator[tuple[str, Driver]]:
        elements = [element for element, _ in around]
        try:
            inside = self._inside(elements, lambda: self.webdriver.execute_script(_FRAMES))
        except GoneError:
            return
        for element, selector in inside:
            path = (*around, (element, selector))
            # Who looks into it says when it is gone.
            with suppress(GoneError):
                self._inside([*elements, element], self._put_into_frame)
            ask = partial(self._ask_inside, [*elements, element])
            yield " >>> ".join(part for _, part in path), frames.FrameDriver(self, ask)
            if len(path) < frames.DEEPEST:
                yield from self._frames(path)

    def _ask_inside(self, path: Sequence[Any], function: str, argument: Any) -> Any:
        script = _ANSWERING % function
        answer = self._inside(path, lambda: self.webdriver.execute_async_script(script, argument))
        if answer[0] == "threw":
            raise GoneError(answer[1].splitlines()[0][:200])
        return answer[1]

    def _inside(self, path: Sequence[Any], command: Callable[[], T]) -> T:
        """What the command gives in the frame of frames. Raises GoneError."""

        def inside() -> T:
            self.webdriver.switch_to.default_content()
            try:
                for element in path:
                    self.webdriver.switch_to.frame(element)
                return command()
            except _FRAME_GONE as error:
                raise GoneError((error.msg or "").partition("\n")[0][:200]) from None
            finally:
                with suppress(WebDriverException):
                    self.webdriver.switch_to.default_content()

        return self._ask(inside)

    def evaluate(self, function: str, argument: Any = None) -> Any:
        script = _ANSWERING % function
        answer = self._ask(lambda: self.webdriver.execute_async_script(script, argument))
        if answer[0] == "threw":
            raise LostError(f"the browser said: {answer[1].splitlines()[0][:200]}")
        return answer[1]

    def run_axe(self, options: Any, context: Sequence[str] | None = None) -> dict[str, Any]:
        # The package writes its options into `axe.run(…).then(…)` as they are, and has nothing for
        # the case that axe refuses: what follows the options here sees to it that it answers.
        within = json.dumps(axe.context(context)) if context else "document"
        asked = f"{within}, {json.dumps(options)}{_CATCHING}"
        answer: dict[str, Any] = self._ask(lambda: self._axe.run(options=asked))
        return answer

    def resize(self, viewport: Viewport) -> None:
        if self.browser == "chromium":
            size = {"width": viewport.width, "height": viewport.height}
            self.devtools(
                "Emulation.setDeviceMetricsOverride", **size, deviceScaleFactor=1, mobile=False
            )
            return
        wanted = [viewport.width, viewport.height]
        found: list[int] = []
        # The second time the difference of the window's outside to its inside is known.
        for _ in range(2):
            outer = [side + margin for side, margin in zip(wanted, self._margins, strict=True)]
            self._ask(lambda outer=outer: self.webdriver.set_window_size(*outer))  # type: ignore[misc]
            found = self.evaluate(_RESIZED, wanted)
            if found == wanted:
                return
            self._margins = (outer[0] - found[0], outer[1] - found[1])
        raise UnsupportedError(
            f"{NAMES[self.browser]} makes its window {found[0]}x{found[1]}, not {viewport}"
        )

    def emulate(self, variant: Variant) -> None:
        wanted = _media(variant)
        if self.browser == "chromium":
            # What nobody asks for stays as whoever opened the page has it.
            if wanted or self._emulated:
                features = [{"name": name, "value": value} for name, value in wanted.items()]
                self.devtools("Emulation.setEmulatedMedia", features=features)
            self._emulated = bool(wanted)
            return
        missing = self.evaluate(_MISSING, wanted)
        if missing:
            raise UnsupportedError(
                f"{NAMES[self.browser]} does not emulate {', '.join(missing)} through WebDriver"
            )

    def set_font_size(self, percent: int) -> None:
        if percent == self._font_size:
            return
        if self.browser != "chromium":
            raise UnsupportedError(
                f"{NAMES[self.browser]} does not change its font size while it runs"
            )
        size = round(_DEFAULT_FONT_SIZE * percent / 100)
        sizes = {"standard": size, "fixed": round(size * 13 / 16)}
        self.devtools("Page.setFontSizes", fontSizes=sizes)
        self._font_size = percent

    def screenshot(self, box: Box | None = None) -> bytes:
        if self.browser == "chromium":
            clip: dict[str, Any] = {}
            if box:
                area = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
                clip = {"clip": {**area, "scale": 1}, "captureBeyondViewport": True}
            answer = self.devtools("Page.captureScreenshot", format="png", **clip)
            return base64.b64decode(answer["data"])
        if box is None:
            return self._ask(self.webdriver.get_screenshot_as_png)
        return self._stitched(box)

    def _stitched(self, box: Box) -> bytes:
        """The box from as many looks as it takes to see all of it."""
        from PIL import Image

        width, height = max(1, round(box.width)), max(1, round(box.height))
        picture = Image.new("RGB", (width, height), "white")
        before = self.evaluate("() => [scrollX, scrollY]")
        y = 0
        while y < height:
            left, top, _, seen = self.evaluate(_SCROLLED, [box.x, box.y + y])
            shot = Image.open(io.BytesIO(self._ask(self.webdriver.get_screenshot_as_png)))
            offset = round(box.y + y - top)
            picture.paste(shot.convert("RGB"), (round(left - box.x), y - offset))
            y += max(1, seen - offset)
        self.evaluate("(at) => scrollTo({ left: at[0], top: at[1], behavior: 'instant' })", before)
        file = io.BytesIO()
        picture.save(file, "png")
        return file.getvalue()

    def press(self, *keys: str) -> None:
        for key in keys:
            codes = key_codes(key)
            chain = ActionChains(self.webdriver, duration=0)
            for code in codes[:-1]:
                chain.key_down(code)
            chain.send_keys(codes[-1])
            for code in reversed(codes[:-1]):
                chain.key_up(code)
            self._ask(chain.perform)

    def move(self, x: float, y: float) -> None:
        self._point(x, y, click=False)

    def click(self, x: float, y: float) -> None:
        self._point(x, y, click=True)

    def _point(self, x: float, y: float, *, click: bool) -> None:
        actions = ActionBuilder(self.webdriver, duration=0)
        actions.pointer_action.move_to_location(round(x), round(y))  # type: ignore[no-untyped-call]
        if click:
            actions.pointer_action.click()
        self._ask(actions.perform)

    def source(self) -> str:
        """The document as the server sent it.

        Chromium still has it. Elsewhere the page fetches its own address, out of the cache where
        it can: it is the same visitor with the same cookies, which Python would not be. Where the
        page's policy, or a `file:` address, does not let it, it is the document as it stands.
        """
        if self.browser == "chromium":
            with suppress(LostError):
                frame = self.devtools("Page.getFrameTree")["frameTree"]["frame"]
                found = self.devtools(
                    "Page.getResourceContent", frameId=frame["id"], url=frame["url"]
                )
                return str(found["content"])
        text = self.evaluate(_SOURCE)
        return str(text if text is not None else self._ask(lambda: self.webdriver.page_source))


def engine_of(capabilities: Mapping[str, Any]) -> str:
    """`chromium`, `firefox` or `webkit`. Raises VydnoError for a browser of no known engine."""
    name = str(capabilities.get("browserName", "")).lower()
    for engine, names in _ENGINES.items():
        if name in names:
            return engine
    raise VydnoError(
        f"The audit does not know the browser {name!r}; it knows "
        f"{', '.join(sorted(name for names in _ENGINES.values() for name in names))}."
    )


_ENGINES = {
    "chromium": ("chrome", "chromium", "chrome-headless-shell", "microsoftedge", "msedge", "opera"),
    "firefox": ("firefox",),
    "webkit": ("safari", "minibrowser", "webkitgtk", "wpe", "epiphany"),
}
# What drivers, hubs and nodes say when one of the others is not there any more.
_GONE = (
    "not reachable",
    "disconnected",
    "unable to find session",
    "unable to execute request for an existing session",
    "session id is null",
    "connection refused",
    "connectexception",
    "no such window",
    "target window already closed",
)
_ELSEWHERE = ("document unloaded", "aborted by navigation", "context was destroyed", "navigat")
_DEEP = 8

_FRAME_GONE = (
    JavascriptException,
    NoSuchElementException,
    NoSuchFrameException,
    StaleElementReferenceException,
)
_FRAMES = f"""
const found = [];
const look = (root) => {{
  for (const element of root.querySelectorAll("*")) {{
    if (/^i?frame$/.test(element.localName)) found.push(element);
    if (element.shadowRoot) look(element.shadowRoot);
  }}
}};
look(document);
return found.map((frame) => [frame, ({frames.SHOWN})(frame)]).filter(([, selector]) => selector);
"""
_ANSWERING = """
const answer = arguments[arguments.length - 1];
const argument = arguments[0];
Promise.resolve()
  .then(() => (%s)(argument))
  .then(
    (value) => answer(["said", value === undefined ? null : value]),
    (error) => answer(["threw", String(error)]),
  );
"""
_CATCHING = (
    ").then(({ violations, incomplete }) => ({ violations, incomplete }))"
    ".catch((error) => ({ refused: String(error) })"
)
# Chromium's; WebKitGTK's own page is an empty one with a sentence.
_FAILURE = "chrome-error:"
_DOCUMENT = """() => [
  location.href,
  performance.timeOrigin,
  /^(chrome-error|about):/.test(location) ? (document.body?.innerText ?? "") : "",
]"""
_LOADED = """(limit) => new Promise((done) => {
  if (document.readyState === "complete") done();
  addEventListener("load", () => done());
  setTimeout(done, limit);
})"""
_RESIZED = """(wanted) => new Promise((done) => {
  const size = () => [innerWidth, innerHeight];
  const end = performance.now() + 1000;
  const look = () => {
    if (String(size()) === String(wanted) || performance.now() > end) done(size());
    else setTimeout(look, 10);
  };
  look();
})"""
_SCROLLED = """([x, y]) => {
  scrollTo({ left: x, top: y, behavior: "instant" });
  return [scrollX, scrollY, innerWidth, innerHeight];
}"""
_SOURCE = """async () => {
  try {
    const answer = await fetch(location.href, { cache: "force-cache" });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}"""

_CONTRASTS = {"more": "more", "normal": "no-preference"}
# An engine that does not know a feature at all has its usual value.
_MISSING = """(wanted) => Object.entries(wanted)
  .filter(([name, value]) => {
    const has = (one) => matchMedia(`(${name}: ${one})`).matches;
    if (name === "prefers-color-scheme" && value === "light") return has("dark");
    return value === "no-preference" ? has("more") : !has(value);
  })
  .map(([name, value]) => `${name}: ${value}`)"""


def _media(variant: Variant) -> dict[str, str]:
    """The media features that the variant asks for, and their values."""
    asked = {
        "prefers-color-scheme": variant.color_scheme,
        "prefers-contrast": _CONTRASTS.get(variant.contrast or ""),
        "forced-colors": "active" if variant.forced_colors else None,
        "prefers-reduced-motion": "reduce" if variant.reduced_motion else None,
    }
    return {name: value for name, value in asked.items() if value}


def _cookies_for(url: str, visitor: Visitor) -> Iterator[dict[str, Any]]:
    """Those that the host of the address may set, as WebDriver writes them."""
    host = urlsplit(url).hostname or ""
    for cookie in visitor.all_cookies():
        domain = cookie.get("domain", urlsplit(cookie.get("url", "")).hostname or "").lstrip(".")
        if host != domain and not host.endswith(f".{domain}"):
            continue
        found = {name: cookie[name] for name in _COOKIE if name in cookie}
        if cookie.get("expires", -1) > 0:
            found["expiry"] = int(cookie["expires"])
        yield found


_COOKIE = ("name", "value", "path", "secure", "httpOnly", "sameSite")


def _with_password(url: str, auth: tuple[str, str]) -> str:
    parts = urlsplit(url)
    name, password = (quote(part, safe="") for part in auth)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{name}:{password}@{host}"))


def key_codes(key: str) -> list[str]:
    """WebDriver's codes for a key that is named as Playwright names it, such as `Shift+Tab`.

    Raises VydnoError for a name that is none.
    """
    # A plus alone is a key, and one at the end is the key that is held last.
    names = (
        [key] if len(key) == 1 else key.removesuffix("++").split("+") + ["+"] * key.endswith("++")
    )
    return [_code(name) for name in names]


def _code(name: str) -> str:
    if len(name) == 1:
        return name
    if name in _KEYS:
        return _KEYS[name]
    if re.fullmatch(r"F([1-9]|1[0-2])", name):
        return str(getattr(Keys, name))
    raise VydnoError(f"There is no key {name!r}; keys are {', '.join(_KEYS)}, F1 to F12, a, 1.")


_KEYS: Mapping[str, str] = {
    "Tab": Keys.TAB,
    "Enter": Keys.ENTER,
    "Space": Keys.SPACE,
    "Escape": Keys.ESCAPE,
    "Backspace": Keys.BACKSPACE,
    "Delete": Keys.DELETE,
    "Insert": Keys.INSERT,
    "Home": Keys.HOME,
    "End": Keys.END,
    "PageUp": Keys.PAGE_UP,
    "PageDown": Keys.PAGE_DOWN,
    "ArrowLeft": Keys.ARROW_LEFT,
    "ArrowRight": Keys.ARROW_RIGHT,
    "ArrowUp": Keys.ARROW_UP,
    "ArrowDown": Keys.ARROW_DOWN,
    "Shift": Keys.SHIFT,
    "Control": Keys.CONTROL,
    "Alt": Keys.ALT,
    "Meta": Keys.META,
}
