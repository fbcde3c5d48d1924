"""Many pages: whatever one of them does, the others are audited, and none is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import psutil
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from vydno.audit import axe
from vydno.audit.checks import STRUCTURE, Rendition, all_checks
from vydno.audit.engine import Plan
from vydno.audit.findings import PageResult, Status
from vydno.audit.runner import Limits, Runner, merge
from vydno.audit.sessions import Settings
from vydno.audit.sources import open_source
from vydno.audit.variants import Variant, matrix

from ..servers import folder, serve
from .test_engine import make

pytestmark = pytest.mark.browser

PAGES = Path(__file__).parents[1] / "pages"
LEAST = 100
ONCE = {"browser", *STRUCTURE}
SECONDS, LOAD_SECONDS = 12.0, 5.0
"""For a page, and for its server to answer; a busy machine is not a failure."""


class Listed:
    """Addresses that are known, and what pages lead to."""

    def __init__(self, *urls: str, linked: dict[str, Sequence[str]] | None = None) -> None:
        self.urls = urls
        self.linked = linked or {}

    def start(self) -> Sequence[str]:
        return self.urls

    def more(self, url: str, links: Sequence[str]) -> Sequence[str]:  # noqa: ARG002
        return self.linked.pop(url, ())


class Run(Protocol):
    def __call__(
        self, *urls: str, workers: int = 1, pages: Listed | None = None, **plan: Any
    ) -> list[PageResult]: ...


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Runs one after another, with axe alone and one variant unless told."""
    with open_source(Settings(load_seconds=LOAD_SECONDS)) as source:

        def run(
            *urls: str, workers: int = 1, pages: Listed | None = None, **plan: Any
        ) -> list[PageResult]:
            known = {"variants": [Variant()], "checks": [], "axe_options": axe.options()}
            limits = Limits(workers=workers, page_seconds=SECONDS)
            listed = pages or Listed(*urls)
            return list(Runner(source, listed, Plan(**known | plan), limits))

        yield run


# What pages do. ---------------------------------------------------------------------------------

START = '<!doctype html><html lang="en"><head><title>A page</title>'
BODIES = {
    "sound": "<main><h1>Sound</h1></main>",
    "hangs": "<script>addEventListener('load', () => { for (;;); })</script>",
    "hangs-later": "<script>addEventListener('load', () => setTimeout(() => { for (;;); }, 1))"
    "</script>",
    "alerts": "<script>setInterval(() => alert('Hello'), 1)</script><h1>Alerts</h1>",
    "asks": "<script>onbeforeunload = () => 'Stay'; confirm('Go?')</script><h1>Asks</h1>",
    "goes": '<meta http-equiv="refresh" content="0; url=/sound"><p>Going',
    "goes-later": "<script>setTimeout(() => { location = '/sound' }, 300)</script><p>Going</p>",
    "reloads": "<script>setTimeout(() => location.reload(), 100)</script><p>Again</p>",
    "closes": "<script>setTimeout(() => close(), 100)</script><p>Closing</p>",
    "is-huge": "<script>document.write('<p>Text</p>'.repeat(100_000))</script>",
    "is-deep": "<script>document.write('<div>'.repeat(5000) + 'Text')</script>",
    "changes": "<script>setInterval(() => document.body.append('x'), 1)</script><p>More</p>",
    "prints": "<script>print(); open('/sound')</script><h1>Prints</h1>",
    "breaks-builtins": "<script>Array.prototype.map = JSON.stringify = null</script><p>Broken</p>",
}
AUDITED = ("sound", "alerts", "asks", "changes", "prints", "is-deep", "goes-later")


async def page(request: Request) -> Response:
    return HTMLResponse(START + BODIES.get(request.path_params["name"], ""))


async def again(request: Request) -> Response:
    return RedirectResponse(request.url.include_query_params(at=time.monotonic()))


async def download(_: Request) -> Response:
    return Response(b"PK", headers={"Content-Disposition": "attachment; filename=a.zip"})


async def never_ends(_: Request) -> Response:
    async def body() -> Any:
        yield START + "<h1>More to come</h1>"
        await asyncio.sleep(60)

    return StreamingResponse(body(), media_type="text/html")


async def never_comes(_: Request) -> Response:
    await asyncio.sleep(60)
    return Response()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    routes = [
        Route("/redirects", again),
        Route("/downloads", download),
        Route("/never-ends", never_ends),
        Route("/never-comes", never_comes),
        Route("/{name}", page),
    ]
    with serve(Starlette(routes=routes)) as address:
        yield address


FAULTS = {
    "hangs": f"it took longer than {SECONDS:g} s",
    "hangs-later": f"it took longer than {SECONDS:g} s",
    "redirects": "it redirects without end",
    "downloads": "it is a download, not a page",
    "never-comes": "it did not answer within 5 s",
}


def test_after_each_fault_the_run_goes_on_and_says_why(run: Run, server: str) -> None:
    names = [name for fault in FAULTS for name in (fault, "sound?after=" + fault)]
    results = {result.url.rpartition("/")[2]: result for result in run(*_urls(server, names))}
    assert {name: results[name].reason for name in FAULTS} == FAULTS
    assert {results[name].status for name in FAULTS} == {Status.NOT_AUDITED}
    sound = [results["sound?after=" + fault] for fault in FAULTS]
    assert [result.status for result in sound] == [Status.AUDITED] * len(FAULTS)


@pytest.mark.parametrize("name", AUDITED)
def test_pages_that_disturb_are_audited_all_the_same(run: Run, server: str, name: str) -> None:
    (result,) = run(f"{server}/{name}")
    assert (result.status, result.reason) == (Status.AUDITED, "")


@pytest.mark.parametrize(
    "name", ["goes", "reloads", "closes", "breaks-builtins", "never-ends", "is-huge"]
)
def test_of_pages_that_do_not_stay_or_have_no_end_it_is_said_what_is_known(
    run: Run, server: str, name: str
) -> None:
    start = time.monotonic()
    (result,) = run(f"{server}/{name}")
    assert result.status is Status.AUDITED or result.reason
    assert time.monotonic() - start < SECONDS + 30


def _urls(server: str, names: Sequence[str]) -> list[str]:
    return [f"{server}/{name}" for name in names]


def test_a_browser_that_is_killed_loses_no_page(run: Run, server: str) -> None:
    killed: list[int] = []
    # Those of other tests are left alone.
    others = _browsers()

    def kill(*_: object) -> Iterator[Any]:
        if not killed:
            killed.extend(_kill(_browsers() - others))
        yield from ()

    urls = _urls(server, ["sound?1", "sound?2", "sound?3"])
    results = run(*urls, checks=[make(kill)])
    assert killed
    assert {result.url for result in results} == set(urls)
    assert {result.status for result in results} == {Status.AUDITED}


def _browsers() -> set[int]:
    """Browsers that this process started, by number; not their helpers."""
    own = psutil.Process().children(recursive=True)
    return {
        child.pid
        for child in own
        if "chrom" in child.name() and "--type=" not in " ".join(child.cmdline())
    }


def _kill(pids: set[int]) -> list[int]:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    return list(pids)


# Right. -----------------------------------------------------------------------------------------


def test_two_workers_find_what_one_finds_whatever_the_order(run: Run) -> None:
    # What turns for ever lies over other things from moment to moment.
    still = (path for path in PAGES.rglob("*.html") if "infinite" not in path.read_text("utf-8"))
    paths = sorted(path.relative_to(PAGES) for path in still)
    # An even choice of what there is, axe and what takes but a look: all of it would take minutes.
    chosen = paths[:: len(paths) // LEAST]
    ours = [check for check in all_checks().values() if check.depends_on == ONCE]
    looking = [check for check in ours if check.rendition is Rendition.AS_IS and not check.acts]
    checks = looking[::8]
    with folder(PAGES) as address:
        urls = [f"{address}/{path}" for path in chosen]
        alone = run(*urls, checks=checks)
        together = run(*reversed(urls), workers=2, checks=checks)
    assert _told(alone) == _told(together)
    assert len(alone) >= LEAST
    assert {finding.source for one in alone for finding in one.findings} == {"axe", "vydno"}


def _told(results: Sequence[PageResult]) -> dict[str, PageResult]:
    return {result.url: replace(result, seconds=0, timings={}) for result in results}


def test_pages_that_a_page_leads_to_are_audited_too(run: Run, server: str) -> None:
    first, second, third = _urls(server, ["sound?1", "sound?2", "sound?3"])
    pages = Listed(first, linked={first: [second], second: [third]})
    results = run(pages=pages, workers=2)
    assert [result.url for result in results] == [first, second, third]


def test_what_two_browsers_say_of_a_page_is_one_result() -> None:
    chromium, firefox = matrix({"browser": ["chromium", "firefox"]})
    one = PageResult(url="/", status=Status.AUDITED, title="A", variants=[chromium], seconds=1)
    other = PageResult(url="/", status=Status.NOT_AUDITED, reason="it is late", seconds=2)
    both = merge([other, replace(one, timings={"load": 1.0})])
    assert (both.status, both.reason, both.title) == (Status.PARTLY, "it is late", "A")
    assert (list(both.variants), both.seconds) == ([chromium], 3)
    assert merge([one, replace(one, variants=[firefox])]).variants == [chromium, firefox]
