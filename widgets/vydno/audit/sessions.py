"""Where drivers come from: one interface, whatever drives the browsers and wherever they run.

A worker of the audit has a session of its own and uses it from one thread:

    with sources.open_source(settings) as source:
        session = source.session("chromium")
        driver = session.page(60)
        …
        session.close()

After a LostError it asks `session.is_alive()`. If so, the page is to blame; if not, the browser
died, maybe of something else, and the page deserves another try. In both cases `session.renew()`
comes before the next `page`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self

from ..errors import VydnoError
from .driver import Driver
from .visitor import Visitor

START_SECONDS = 60.0
"""How long a browser may take to start."""
END_SECONDS = 5.0
"""How long it may take to end in good order; then it is left, or killed."""
FORGET = """async () => {
  const attempts = [
    () => localStorage.clear(),
    () => sessionStorage.clear(),
    async () => (await indexedDB.databases()).forEach(({ name }) => indexedDB.deleteDatabase(name)),
    async () => (await caches.keys()).forEach((name) => caches.delete(name)),
    async () =>
      (await navigator.serviceWorker.getRegistrations()).forEach((worker) => worker.unregister()),
  ];
  // What a page may not have, it has nothing in.
  for (const attempt of attempts) try { await attempt(); } catch {}
}"""
"""Takes away what a page stored, so that the next of its site is a first visit too: the order of
the pages must not decide what is found. Cookies are taken away from outside."""


class NoRoomError(VydnoError):
    """A browser was lost, and there is no room for another as long as others are at work: a node
    of a Grid went away. Who asks a second time waits for its turn."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What all sessions of a run share."""

    connect: str | None = None
    """Address of a Playwright server (`ws://…`) or of a Chromium with DevTools (`http://…`)."""
    webdriver: str | None = None
    """`local` drives the browsers of this machine through Selenium; an address, the WebDriver that
    runs there."""
    grid: str | None = None
    """Address of a Selenium Grid's hub."""
    axe: Path | None = None
    programs: Mapping[str, str] = field(default_factory=dict)
    """Where browsers and drivers are, by the variables of `vydno.browsers`; before those of the
    environment."""
    load_seconds: float = 30.0
    """How long a server may take to answer with a page."""
    visitor: Visitor = field(default_factory=Visitor)


class Session(Protocol):
    """One browser at work. It starts when it is first asked for a page."""

    @property
    def browser(self) -> str:
        """`chromium`, `firefox` or `webkit`."""

    def page(self, seconds: float) -> Driver:
        """An empty page of the visitor, as if nobody had been anywhere before; from now on it has
        so many seconds. The page that was asked for before is gone.

        Raises VydnoError when no browser starts, NoRoomError when that is no wonder, and LostError
        when the one that runs does not answer.
        """

    def is_alive(self) -> bool:
        """Whether the browser, its driver and its node are there, whatever became of the page. A
        renderer that crashed or hangs is the page's fault: then it is."""

    def renew(self) -> None:
        """Put an end to the browser, however it is; the next page comes from a fresh one."""

    def close(self) -> None:
        """The same for good."""


class Source(Protocol):
    """Where sessions come from. Its methods may be called from any thread."""

    def slots(self, browser: str) -> int | None:
        """How many sessions there may be at once; `None` where this machine is the only limit.

        Raises VydnoError when there are none of this browser.
        """

    def session(self, browser: str) -> Session: ...

    def close(self) -> None:
        """End what the sessions shared; they were closed before."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
