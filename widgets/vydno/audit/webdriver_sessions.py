"""Sessions of WebDriver's: of this machine's browsers, of a running driver, of a Selenium Grid."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Self
from urllib.parse import urlsplit

import urllib3
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.common.proxy import Proxy
from selenium.webdriver.common.service import Service
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.service import Service as WebKitService
from urllib3.exceptions import HTTPError

from ..browsers import NAMES, chromium_arguments, for_webdriver
from ..errors import VydnoError
from . import axe
from .driver import Driver, UnsupportedError
from .selenium_driver import SeleniumDriver, answer_within, engine_of
from .sessions import END_SECONDS, FORGET, START_SECONDS, NoRoomError, Session, Settings
from .visitor import Visitor

# What WebKitGTK draws on: large enough for every window that somebody asks for.
_SCREEN = "2600x2600x24"
_SERVICES: Mapping[str, type[Service]] = {
    "chromium": ChromeService,
    "firefox": FirefoxService,
    "webkit": WebKitService,
}


class _Source:
    """What local and remote ones have in common."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        axe.script(settings.axe)  # says at once when it is none

    def slots(self, browser: str) -> int | None:  # noqa: ARG002
        _check_visitor(self.settings.visitor)
        return None

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class LocalWebDriver(_Source):
    """The browsers of this machine, each session with a driver of its own."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._display: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def session(self, browser: str) -> Session:
        _check_visitor(self.settings.visitor)
        program, driver = for_webdriver(browser, {**os.environ, **self.settings.programs})
        return LocalSession(browser, program, driver, self._environment(browser), self.settings)

    def _environment(self, browser: str) -> dict[str, str]:
        """With a screen that nobody sees, for the engine that has no headless mode."""
        if browser != "webkit" or not shutil.which("Xvfb"):
            return dict(os.environ)
        with self._lock:
            if self._display is None:
                self._display, self._number = _screen()
        return {**os.environ, "DISPLAY": f":{self._number}"}

    def close(self) -> None:
        if self._display is not None:
            self._display.terminate()
            self._display.communicate()
            self._display = None


def _screen() -> tuple[subprocess.Popen[str], str]:
    """An X server without a screen, and its number."""
    command = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-screen", "0", _SCREEN]
    server = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    return server, (server.stdout.readline().strip() if server.stdout else "")


class RemoteWebDriver(_Source):
    """A WebDriver that runs somewhere."""

    def __init__(self, address: str, settings: Settings) -> None:
        super().__init__(settings)
        if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
            raise VydnoError(
                f"A WebDriver has an address such as http://127.0.0.1:4444; not {address!r}."
            )
        self.address = address.rstrip("/").removesuffix("/wd/hub")
        self.status()

    def session(self, browser: str) -> Session:
        _check_visitor(self.settings.visitor)
        return RemoteSession(browser, self)

    def browser_names(self, browser: str) -> list[str]:
        """What it may call the engine; the first is asked for."""
        return [_BROWSER_NAMES[browser]]

    def status(self) -> dict[str, Any]:
        """What it says of itself. Raises VydnoError when it does not."""
        found = _status(self.address, END_SECONDS)
        if found is None:
            raise VydnoError(
                f"No WebDriver answers at {self.address}/status: start it, or correct the address."
            )
        return found

    def has_room(self, _browser: str) -> bool:
        """Whether a session would start without having to wait."""
        return True

    def holds(self, _session: str) -> bool:
        """Whether the session is on a machine that answers."""
        return _status(self.address, END_SECONDS) is not None


class Grid(RemoteWebDriver):
    """A Selenium Grid's hub, with nodes that come and go."""

    def slots(self, browser: str) -> int | None:
        """As many as are free; one when all are taken, for which the hub makes us wait."""
        super().slots(browser)
        nodes = self._nodes()
        if not any(_is_of(slot, browser) for node in nodes for slot in node["slots"]):
            offered = sorted({_name(slot) for node in nodes for slot in node["slots"]})
            raise VydnoError(
                f"The Grid at {self.address} has no {NAMES[browser]}; "
                f"it has {', '.join(offered) or 'no nodes'}."
            )
        return max(1, _free(nodes, browser))

    def has_room(self, browser: str) -> bool:
        return _free(self._nodes(), browser) > 0

    def browser_names(self, browser: str) -> list[str]:
        found = {_name(slot) for node in self._nodes() for slot in node["slots"]}
        fitting = sorted(name for name in found if _engine(name) == browser)
        return fitting or super().browser_names(browser)

    def _nodes(self) -> list[dict[str, Any]]:
        nodes = self.status().get("nodes", [])
        return [node for node in nodes if node.get("availability") == "UP"]

    def holds(self, session: str) -> bool:
        found = _status(self.address, END_SECONDS)
        for node in (found or {}).get("nodes", []):
            sessions = [slot.get("session") or {} for slot in node["slots"]]
            if any(one.get("sessionId") == session for one in sessions):
                # The hub may think well of a node for minutes after it died.
                return _status(node["uri"], END_SECONDS) is not None
        return False


def _free(nodes: Sequence[Mapping[str, Any]], browser: str) -> int:
    free = 0
    for node in nodes:
        empty = [slot for slot in node["slots"] if not slot.get("session")]
        taken = len(node["slots"]) - len(empty)
        room = max(0, int(node.get("maxSessions", len(node["slots"]))) - taken)
        free += min(room, sum(_is_of(slot, browser) for slot in empty))
    return free


def _status(address: str, seconds: float) -> dict[str, Any] | None:
    try:
        answer = urllib3.request(
            "GET", f"{address}/status", timeout=seconds, retries=False, redirect=False
        )
        value = json.loads(answer.data).get("value")
    except (HTTPError, ValueError, AttributeError):
        return None
    return value if isinstance(value, dict) else None


def _name(slot: Mapping[str, Any]) -> str:
    return str(slot.get("stereotype", {}).get("browserName", ""))


def _engine(name: str) -> str:
    try:
        return engine_of({"browserName": name})
    except VydnoError:
        return ""


def _is_of(slot: Mapping[str, Any], browser: str) -> bool:
    return _engine(_name(slot)) == browser


# Sessions. --------------------------------------------------------------------------------------


class _Session:
    """A browser with one window, which forgets whatever was before."""

    def __init__(self, browser: str, settings: Settings) -> None:
        self._name = browser
        self._settings = settings
        self._driver: SeleniumDriver | None = None

    @property
    def browser(self) -> str:
        return self._name

    def page(self, seconds: float) -> Driver:
        if self._driver is None:
            self._driver = self._first(self._start())
        self._driver.hold.start(max(seconds, END_SECONDS))
        self._forget(self._driver)
        self._driver.hold.start(seconds)
        return self._driver

    def _first(self, started: WebDriver) -> SeleniumDriver:
        driver = SeleniumDriver(
            started,
            browser=self._name,
            axe_script=self._settings.axe or axe.carried(),
            seconds=START_SECONDS,
            load_timeout=self._settings.load_seconds,
            visitor=self._settings.visitor,
            prepared=True,
        )
        _log_in(driver, self._settings.visitor)
        return driver

    def _forget(self, driver: SeleniumDriver) -> None:
        if not driver.hold.used:
            return
        driver.evaluate(FORGET)
        if driver.browser == "chromium":
            driver.devtools("Network.clearBrowserCookies")
            _give_cookies(driver, self._settings.visitor)
        else:
            driver.forget_cookies()
        driver.hold.entered.clear()

    def _start(self) -> WebDriver:
        raise NotImplementedError

    def _answers(self, session: str) -> bool:
        """Whether what the session runs on is there."""
        raise NotImplementedError

    def is_alive(self) -> bool:
        if self._driver is None or self._driver.hold.gone:
            return False
        session = self._driver.webdriver.session_id or ""
        return not self._driver.hold.silent or self._answers(session)

    def renew(self) -> None:
        driver, self._driver = self._driver, None
        if driver is None:
            return
        # One that does not even take its leave is left; a hub ends it when it notices.
        with suppress(WebDriverException, HTTPError, OSError):
            answer_within(driver.webdriver, END_SECONDS)
            if not driver.hold.silent:
                driver.webdriver.quit()

    def close(self) -> None:
        self.renew()


class LocalSession(_Session):
    """A browser and its driver, both of this machine and of nobody else."""

    def __init__(
        self,
        browser: str,
        program: str,
        driver: str,
        environ: Mapping[str, str],
        settings: Settings,
    ) -> None:
        super().__init__(browser, settings)
        self._program = program
        self._path = driver
        self._environ = environ
        self._service: Service | None = None

    def _start(self) -> WebDriver:
        service = _SERVICES[self._name](
            executable_path=self._path,
            env=self._environ,
            # A group of their own: all of them can be ended together.
            popen_kw={"start_new_session": True},
        )
        options = browser_options(self._name, self._settings.visitor, program=self._program)
        try:
            service.start()
            self._service = service
            return start(service.service_url, options, START_SECONDS)
        except (WebDriverException, HTTPError, OSError) as error:
            self._end_service()
            raise VydnoError(
                f"{NAMES[self._name]} does not start through {self._path}: {_line(error)}."
            ) from None

    def _answers(self, _session: str) -> bool:
        service = self._service
        if service is None or service.process.poll() is not None:
            return False
        return _status(service.service_url, END_SECONDS) is not None

    def renew(self) -> None:
        super().renew()
        self._end_service()

    def _end_service(self) -> None:
        service, self._service = self._service, None
        if service is None:
            return
        end_group(service.process)
        service.stop()


class RemoteSession(_Session):
    """A browser that a hub, or a driver somewhere, starts for us."""

    def __init__(self, browser: str, source: RemoteWebDriver) -> None:
        super().__init__(browser, source.settings)
        self._source = source
        self._lost = False

    def _start(self) -> WebDriver:
        lost, self._lost = self._lost, False
        if lost and not self._source.has_room(self._name):
            raise NoRoomError(
                f"{self._source.address} has no room for another {NAMES[self._name]}."
            )
        name = self._source.browser_names(self._name)[0]
        options = browser_options(self._name, self._settings.visitor, name=name)
        try:
            return start(self._source.address, options, 2 * START_SECONDS)
        except (WebDriverException, HTTPError, OSError) as error:
            raise VydnoError(
                f"{self._source.address} starts no {NAMES[self._name]}: {_line(error)}."
            ) from None

    def _answers(self, session: str) -> bool:
        return self._source.holds(session)

    def renew(self) -> None:
        super().renew()
        self._lost = True


def start(address: str, options: ArgOptions, seconds: float) -> WebDriver:
    """A session at an address. Raises what Selenium and urllib3 raise."""
    config = ClientConfig(
        remote_server_addr=address,
        timeout=seconds,  # type: ignore[arg-type]  # fractions are fine
        # Whoever was asked once and does not answer is not asked again and again.
        init_args_for_pool_manager={"init_args_for_pool_manager": {"retries": False}},
        proxy=_proxy(address),
    )
    return webdriver.Remote(command_executor=address, options=options, client_config=config)


def _proxy(address: str) -> Proxy | None:
    local = urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1")
    return Proxy({"proxyType": "DIRECT"}) if local else None


def browser_options(
    browser: str, visitor: Visitor, *, program: str = "", name: str = ""
) -> ArgOptions:
    """The options of a new session; `name` is what a Grid calls the browser."""
    options: ArgOptions
    if browser == "chromium":
        options = webdriver.EdgeOptions() if name == "MicrosoftEdge" else webdriver.ChromeOptions()
        for argument in ("--headless=new", *chromium_arguments()):
            options.add_argument(argument)
        options.page_load_strategy = "eager"
    elif browser == "firefox":
        options = webdriver.FirefoxOptions()
        options.add_argument("-headless")
        options.page_load_strategy = "eager"
    elif name.lower() == "safari":
        options = webdriver.SafariOptions()
    else:
        # It waits for the page before every command, whatever it is told.
        options = webdriver.WebKitGTKOptions()
        options.add_argument("--automation")
        if name:
            options.set_capability("browserName", name)
    if program and not isinstance(options, webdriver.SafariOptions):
        options.binary_location = program
    options.unhandled_prompt_behavior = "dismiss and notify"
    options.accept_insecure_certs = visitor.ignore_https_errors
    return options


_BROWSER_NAMES = {"chromium": "chrome", "firefox": "firefox", "webkit": "MiniBrowser"}


# The visitor. -----------------------------------------------------------------------------------


def _check_visitor(visitor: Visitor) -> None:
    """Raises UnsupportedError for what a browser cannot be given through WebDriver.

    Chromium would take headers, and send them to every host that a page asks for something.
    """
    if visitor.headers:
        raise UnsupportedError(
            "WebDriver cannot keep a header to the hosts that are audited; use Playwright, or a "
            "cookie."
        )


def _log_in(driver: SeleniumDriver, visitor: Visitor) -> None:
    if driver.browser == "chromium":
        _give_cookies(driver, visitor)


def _give_cookies(driver: SeleniumDriver, visitor: Visitor) -> None:
    cookies = list(_for_chromium(visitor))
    if cookies:
        driver.devtools("Network.setCookies", cookies=cookies)


def _for_chromium(visitor: Visitor) -> Iterator[dict[str, Any]]:
    for cookie in visitor.all_cookies():
        # A session cookie has none, and -1 in a storage state.
        left_out = {"expires"} if cookie.get("expires", -1) < 0 else set()
        yield {name: value for name, value in cookie.items() if name not in left_out}


def end_group(process: subprocess.Popen[Any]) -> None:
    """Kill a process that leads a group, and the group."""
    import signal

    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _line(error: Exception) -> str:
    if isinstance(error, HTTPError):
        return "it does not answer"
    text = getattr(error, "msg", None) or str(error)
    return text.strip().partition("\n")[0].rstrip(".")[:200]
