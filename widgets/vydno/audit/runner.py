"""Many pages, a few workers, every browser: results as they come, whatever breaks on the way.

Each worker is a thread with one session of its own. What a page does to its browser harms that page
alone: the next one gets a fresh browser.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from ..errors import VydnoError
from .driver import LostError
from .engine import Plan, Progress, audit
from .findings import Fact, Finding, PageResult, Status
from .sessions import NoRoomError, Session, Source
from .variants import Variant, describe

TRIES = 2
"""A page whose browser died, maybe of something else, gets another."""


class Pages(Protocol):
    """The addresses to audit. More may come of what a page links to."""

    def start(self) -> Iterable[str]:
        """Those that are known."""

    def more(self, url: str, links: Sequence[str]) -> Iterable[str]:
        """Those that a page led to and that are wanted too."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a run may take."""

    workers: int = 0
    """0 for one a core: more are slower (measured), since a browser at work is busy."""
    page_seconds: float = 60.0
    """For one page in one browser, all variants and checks together."""

    def workers_for(self, source: Source, browsers: Iterable[str]) -> int:
        """As many as the source has sessions, where it says so."""
        slots = [source.slots(browser) for browser in browsers]
        offered = max((slot for slot in slots if slot is not None), default=0)
        return self.workers or offered or os.cpu_count() or 1


@dataclass(frozen=True, kw_only=True)
class _Job:
    url: str
    browser: str


class Runner:
    """Audits pages; iterate over it for the results, each page's when its last browser is done."""

    def __init__(self, source: Source, pages: Pages, plan: Plan, limits: Limits) -> None:
        self.source = source
        self.pages = pages
        self.limits = limits
        self._plans = _by_browser(plan)
        self.workers = limits.workers_for(source, self._plans)
        self.versions: dict[str, str] = {}
        """The browsers' versions, when a page of theirs was audited."""
        self.known = 0
        """Pages that are known so far."""
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._done: queue.Queue[tuple[_Job, PageResult] | BaseException] = queue.Queue()
        self._sessions: list[Session] = []
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._at_work = 0

    def __iter__(self) -> Iterator[PageResult]:
        """Raises VydnoError when no browser starts. Stop early with `stop()`."""
        parts: dict[str, list[PageResult]] = {}
        left = self._add(self.pages.start())
        threads: list[threading.Thread] = []
        self._grow(threads, max(left, 1))
        try:
            while left:
                done = self._next()
                if isinstance(done, BaseException):
                    raise done
                job, result = done
                left -= 1
                parts.setdefault(job.url, []).append(result)
                if len(parts[job.url]) == len(self._plans):
                    yield merge(parts.pop(job.url))
                left += self._add(self.pages.more(job.url, result.links))
                self._grow(threads, left)
        finally:
            self.stop()
            for thread in threads:
                thread.join(5)

    def _next(self) -> tuple[_Job, PageResult] | BaseException:
        # With a limit the main thread can be interrupted on every system.
        while True:
            with suppress(queue.Empty):
                return self._done.get(timeout=0.5)

    def _add(self, urls: Iterable[str]) -> int:
        jobs = 0
        for url in urls:
            self.known += 1
            for browser in self._plans:
                self._jobs.put(_Job(url=url, browser=browser))
                jobs += 1
        return jobs

    def _grow(self, threads: list[threading.Thread], left: int) -> None:
        """A crawl begins with one page, and has work for more workers later."""
        while len(threads) < min(self.workers, left):
            threads.append(threading.Thread(target=self._work, daemon=True))
            with self._lock:
                self._at_work += 1
            threads[-1].start()

    def stop(self) -> None:
        """Let nothing new begin, and take the browsers from those who are at it."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        for _ in range(self.workers):
            self._jobs.put(None)
        for session in list(self._sessions):
            with suppress(VydnoError):
                session.close()

    # A worker. ----------------------------------------------------------------------------------

    def _work(self) -> None:
        session: Session | None = None
        try:
            while (job := self._jobs.get()) and not self._stopped.is_set():
                session = self._session_for(job, session)
                try:
                    self._done.put((job, self._audit(session, job)))
                except NoRoomError:
                    # The others do it; the last one waits for its turn.
                    self._jobs.put(job)
                    if self._may_leave():
                        return
        except BaseException as error:
            self._done.put(error)
        finally:
            if session:
                self._end(session)

    def _may_leave(self) -> bool:
        """Whether others are left to do the work."""
        with self._lock:
            others = self._at_work > 1
            self._at_work -= others
            return others

    def _session_for(self, job: _Job, session: Session | None) -> Session:
        if session and session.browser == job.browser:
            return session
        if session:
            self._end(session)
        made = self.source.session(job.browser)
        self._sessions.append(made)
        return made

    def _end(self, session: Session) -> None:
        with suppress(ValueError):
            self._sessions.remove(session)
        with suppress(VydnoError):
            session.close()

    def _audit(self, session: Session, job: _Job) -> PageResult:
        progress = Progress(url=job.url)
        start = time.monotonic()
        for attempt in range(1, TRIES + 1):
            progress = Progress(url=job.url)
            try:
                driver = session.page(self.limits.page_seconds)
                self.versions.setdefault(job.browser, driver.version)
                return audit(driver, job.url, self._plans[job.browser], progress)
            except LostError as reason:
                again = attempt < TRIES and not self._stopped.is_set() and not session.is_alive()
                session.renew()
                if not again:
                    progress.note(str(reason))
                    break
        return progress.result(time.monotonic() - start)


def _by_browser(plan: Plan) -> Mapping[str, Plan]:
    """The same plan with the variants of each browser."""
    variants: dict[str, list[Variant]] = {}
    for variant in plan.variants:
        variants.setdefault(variant.browser, []).append(variant)
    return {browser: replace(plan, variants=some) for browser, some in variants.items()}


def merge(parts: Sequence[PageResult]) -> PageResult:
    """One result of one page, from those of its browsers in whatever order they came."""
    if len(parts) == 1:
        return parts[0]
    audited = [variant for part in parts for variant in part.variants]
    found: dict[tuple[str, ...], list[Finding]] = {}
    for part in parts:
        for finding in part.findings:
            found.setdefault(finding.key, []).append(finding)
    return PageResult(
        url=parts[0].url,
        status=_worst([part.status for part in parts]),
        reason="; ".join(dict.fromkeys(part.reason for part in parts if part.reason)),
        title=next((part.title for part in parts if part.title), ""),
        variants=audited,
        findings=[_merged(same, audited) for same in found.values()],
        seconds=sum(part.seconds for part in parts),
        timings=_sums([part.timings for part in parts]),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        links=tuple(dict.fromkeys(link for part in parts for link in part.links)),
        facts=tuple(_same_facts([fact for part in parts for fact in part.facts])),
    )


def _same_facts(facts: Sequence[Fact]) -> Iterator[Fact]:
    by_key: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        by_key.setdefault(fact.key, []).append(fact)
    for same in by_key.values():
        yield replace(same[0], variants=[variant for fact in same for variant in fact.variants])


def _merged(same: Sequence[Finding], audited: Sequence[Variant]) -> Finding:
    variants = [variant for finding in same for variant in finding.variants]
    return replace(same[0], variants=variants, holds_for=describe(variants, audited))


def _worst(statuses: Sequence[Status]) -> Status:
    if len(set(statuses)) == 1:
        return statuses[0]
    return Status.PARTLY


def _sums(timings: Sequence[Mapping[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for timing in timings for name in timing)
    return {name: sum(timing.get(name, 0.0) for timing in timings) for name in names}
