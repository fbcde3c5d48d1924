"""Where the browsers of this machine are, for what photographs pages and for what audits them.

| variable             | names                                       |
|----------------------|---------------------------------------------|
| VYDNO_CHROMIUM       | Chromium or Chrome                          |
| VYDNO_FIREFOX        | Firefox                                     |
| VYDNO_WEBKIT         | Playwright's WebKit, or WebKitGTK's browser |
| VYDNO_CHROMEDRIVER   | the WebDriver of Chromium                   |
| VYDNO_GECKODRIVER    | that of Firefox                             |
| VYDNO_WEBKIT_DRIVER  | that of WebKitGTK                           |

A variable comes first, then the system's own.
"""

from __future__ import annotations

import glob
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import VydnoError

NAMES = {"chromium": "Chromium", "firefox": "Firefox", "webkit": "WebKit"}
VARIABLES = {
    "chromium": "VYDNO_CHROMIUM",
    "firefox": "VYDNO_FIREFOX",
    "webkit": "VYDNO_WEBKIT",
}
DRIVER_VARIABLES = {
    "chromium": "VYDNO_CHROMEDRIVER",
    "firefox": "VYDNO_GECKODRIVER",
    "webkit": "VYDNO_WEBKIT_DRIVER",
}

_COMMANDS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "firefox": ("firefox-esr", "firefox"),
    "webkit": (),
}
_DRIVERS = {"chromium": "chromedriver", "firefox": "geckodriver", "webkit": "WebKitWebDriver"}
# WebKitGTK keeps its browser off the PATH.
_MINI_BROWSERS = (
    "/usr/lib/*/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/*/webkit2gtk-4.0/MiniBrowser",
    "/usr/lib/*/webkitgtk-6.0/MiniBrowser",
    "/usr/lib*/webkit*/MiniBrowser",
    "/usr/libexec/webkit*/MiniBrowser",
)
_CHROMIUM_ARGUMENTS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_arguments() -> list[str]:
    """For a Chromium that calls nobody but the page's servers."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    # Chromium's sandbox refuses to run as root.
    return [*_CHROMIUM_ARGUMENTS, *(["--no-sandbox"] if root else [])]


def for_playwright(engine: str, own: str, environ: Mapping[str, str] = os.environ) -> str:
    """The executable that Playwright starts; ``own`` is where it keeps its download, if it has one.

    Raises VydnoError when there is none.
    """
    if engine == "webkit":
        named = environ.get(VARIABLES[engine], "")
        found = [path for path in (named, own) if _is_playwrights(path)]
    else:
        found = [environ.get(VARIABLES[engine], ""), *map(_which, _COMMANDS[engine]), own]
    for path in filter(None, found):
        # A variable that names nothing must be heard of, so it is not passed over.
        if path == environ.get(VARIABLES[engine]) or Path(path).exists():
            return path
    also = "" if engine == "webkit" else "install your system's, "
    raise VydnoError(
        f"No {NAMES[engine]} was found: run `{Path(sys.executable).name} -m playwright install "
        f"{engine}`, {also}or name one in {VARIABLES[engine]}."
    )


def playwright_options(
    engine: str, own: str, environ: Mapping[str, str] = os.environ
) -> dict[str, Any]:
    """Keyword arguments of Playwright's `launch`. Raises VydnoError as `for_playwright` does."""
    path = for_playwright(engine, own, environ)
    options: dict[str, Any] = {"executable_path": path}
    if engine == "chromium":
        options["args"] = chromium_arguments()
    if engine == "firefox" and not _is_playwrights(path):
        options["channel"] = "moz-firefox"  # over BiDi: an unpatched Firefox knows no other way
    return options


def for_webdriver(engine: str, environ: Mapping[str, str] = os.environ) -> tuple[str, str]:
    """The browser and its driver, for WebDriver. Raises VydnoError when one of them is missing."""
    driver = environ.get(DRIVER_VARIABLES[engine]) or _which(_DRIVERS[engine])
    browser = environ.get(VARIABLES[engine], "")
    if not browser or (engine == "webkit" and _is_playwrights(browser)):
        commands = filter(None, map(_which, _COMMANDS[engine]))
        browser = next(commands, "") if engine != "webkit" else _mini_browser()
    if not driver or not browser:
        raise VydnoError(
            f"WebDriver needs {NAMES[engine]} and its {_DRIVERS[engine]}: install them, or name "
            f"them in {VARIABLES[engine]} and {DRIVER_VARIABLES[engine]}."
        )
    return browser, driver


def _which(command: str) -> str:
    return shutil.which(command) or ""


def _is_playwrights(path: str) -> bool:
    """Playwright keeps its own builds in folders such as `firefox-1543`."""
    return re.search(r"[/\\](chromium|firefox|webkit)-\d+[/\\]", path) is not None


def _mini_browser() -> str:
    found = (path for pattern in _MINI_BROWSERS for path in sorted(glob.glob(pattern)))  # noqa: PTH207 (absolute patterns)
    return next(found, "")
