"""`python -m tests.benchmarks.audit`: pages a second, beside those who audit pages too.

Forty pages of the demo, on this machine, in turns: a bare loop of Playwright's asynchronous
interface with axe, ours with axe alone, ours with all checks, ours in twelve variants; with
`--peers` also @axe-core/cli and pa11y-ci, which npm fetches into a temporary folder. Timings on a
busy machine say little, their ratios within a round more: the table has the median of the ratios.

Exit status: 0 kept, 1 missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from vydno.audit import axe
from vydno.audit.checks import all_checks
from vydno.audit.engine import Plan
from vydno.audit.findings import PageResult, Status
from vydno.audit.runner import Limits, Runner
from vydno.audit.sessions import Settings
from vydno.audit.sources import open_source
from vydno.audit.variants import Variant, matrix
from vydno.browsers import playwright_options

from demo.app import create_app
from tests.demo_pages import DEMO_PAGES
from tests.servers import serve

PAGES = 40
ROUNDS = 3
WORKERS = os.cpu_count() or 1
TWELVE: dict[str, list[object]] = {
    "theme": ["blue", "green", "orange", "red"],
    "text_scale": [100, 150, 200],
}

BARE, AXE, ALL, VARIANTS = "bare loop", "axe alone", "all checks", "12 variants, axe"
AXE_CLI, PA11Y = "@axe-core/cli", "pa11y-ci"
PEERS = {AXE_CLI: "@axe-core/cli@4.13", PA11Y: "pa11y-ci@4.1"}


@dataclass(frozen=True)
class Limit:
    """How many times as long as another one may take."""

    what: str
    beside: str
    most: float


LIMITS = (Limit(AXE, BARE, 1.1), Limit(ALL, AXE, 4.0), Limit(VARIANTS, AXE, 4.0))


def addresses(site: str) -> list[str]:
    """Forty addresses of the municipal pages, each another one for a browser's cache."""
    pages = [page.path for page in DEMO_PAGES if page.of_the_city and "no-such" not in page.path]
    return [f"{site}{path}?{number}" for number, path in enumerate(islice(cycle(pages), PAGES))]


# Those who take part. ---------------------------------------------------------------------------


async def bare(urls: Sequence[str]) -> int:
    """What anybody would write: as many pages at once as there are cores."""
    source, asked = axe.script(), axe.options()
    async with async_playwright() as playwright:
        options = playwright_options("chromium", playwright.chromium.executable_path)
        browser = await playwright.chromium.launch(**options)
        left = list(reversed(urls))
        done = await asyncio.gather(*(_bare(browser, left, source, asked) for _ in range(WORKERS)))
        await browser.close()
    return sum(done)


async def _bare(browser: Browser, left: list[str], source: str, asked: Mapping[str, object]) -> int:
    page = await browser.new_page()
    done = 0
    while left:
        await page.goto(left.pop())
        await page.evaluate(source)
        await page.evaluate("(options) => axe.run(options)", asked)
        done += 1
    return done


class Known:
    """Pages that are known, and lead to no others."""

    def __init__(self, urls: Sequence[str]) -> None:
        self.urls = urls

    def start(self) -> Sequence[str]:
        return self.urls

    def more(self, _: str, __: Sequence[str]) -> Sequence[str]:
        return ()


def ours(urls: Sequence[str], plan: Plan) -> list[PageResult]:
    with open_source(Settings()) as source:
        results = list(Runner(source, Known(urls), plan, Limits(workers=WORKERS)))
    unwell = [f"{one.url}: {one.reason}" for one in results if one.status is not Status.AUDITED]
    if unwell:
        raise SystemExit(f"Not all pages were audited, so that no time means a thing: {unwell[0]}")
    return results


def plan_of(variants: Sequence[Variant] = (Variant(),), *, checks: bool = False) -> Plan:
    chosen = [check for check in all_checks().values() if not check.advice] if checks else []
    return Plan(variants=variants, checks=chosen, axe_options=axe.options())


def peers(folder: Path) -> Iterator[tuple[str, Callable[[Sequence[str]], object]]]:
    """Those that npm could fetch."""
    npm = shutil.which("npm")
    if npm is None:
        return
    # Their packages fetch browsers of their own when they are installed; this machine's will do.
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    if subprocess.run([npm, "install", *flags, *PEERS.values()], cwd=folder).returncode:
        return
    options = playwright_options("chromium", "")
    switches = [flag.removeprefix("--") for flag in options.get("args", [])]
    tools = folder / "node_modules" / ".bin"

    def axe_cli(urls: Sequence[str]) -> object:
        program: list[str | Path] = [tools / "axe", *urls]
        driver = shutil.which("chromedriver") or "chromedriver"
        chosen = [
            f"--chrome-path={options['executable_path']}",
            f"--chrome-options={','.join(switches)}",
            f"--chromedriver-path={driver}",
        ]
        return _quietly([*program, *chosen, f"--tags={','.join(axe.TAGS)}"], folder)

    def pa11y(urls: Sequence[str]) -> object:
        chrome = {"executablePath": options["executable_path"], "args": options.get("args", [])}
        defaults = {
            "runners": ["axe"],
            "concurrency": WORKERS,
            # In contexts of their own, every second page dies when two run at once (pa11y-ci 4.1).
            "useIncognitoBrowserContext": False,
            "chromeLaunchConfig": chrome,
        }
        config = folder / "pa11y.json"
        config.write_text(json.dumps({"defaults": defaults, "urls": list(urls)}))
        return _quietly([tools / "pa11y-ci", "--config", config], folder)

    yield AXE_CLI, axe_cli
    yield PA11Y, pa11y


def _quietly(command: Sequence[str | Path], folder: Path) -> int:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    # They end with 1 or 2 for findings; a run that did not begin says nothing of its pages.
    if done.stdout.count("http") < PAGES:
        raise SystemExit(f"{command[0]} did not run: {(done.stderr or done.stdout)[-500:]}")
    return done.returncode


# Measuring. -------------------------------------------------------------------------------------

Seconds = dict[str, list[float]]


def measure(contestants: Mapping[str, Callable[[], object]], rounds: int) -> Seconds:
    """Seconds of each, round by round: they take turns, so that what disturbs disturbs all."""
    seconds: Seconds = {name: [] for name in contestants}
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        for number in progress.track(range(rounds), description="Rounds"):
            names = list(contestants)
            for name in names[number % len(names) :] + names[: number % len(names)]:
                start = time.monotonic()
                contestants[name]()
                seconds[name].append(time.monotonic() - start)
    return seconds


def ratio(seconds: Seconds, what: str, beside: str) -> float:
    """The median of the rounds' own ratios."""
    pairs = zip(seconds[what], seconds[beside], strict=True)
    return statistics.median(one / other for one, other in pairs)


def missed(seconds: Seconds) -> list[str]:
    """A sentence for each limit that was not kept."""
    return [
        f"{limit.what} took {ratio(seconds, limit.what, limit.beside):.2f} times as long as "
        f"{limit.beside}; {limit.most:g} is the limit."
        for limit in LIMITS
        if ratio(seconds, limit.what, limit.beside) > limit.most
    ]


def report(seconds: Seconds) -> Table:
    table = Table("", "pages/s", f"x {BARE}", f"x {AXE}", "limit", title=f"{PAGES} pages")
    limits = {limit.what: f"{limit.most:g} x {limit.beside}" for limit in LIMITS}
    for name, taken in seconds.items():
        rate = PAGES / statistics.median(taken)
        ratios = [f"{ratio(seconds, name, beside):.2f}" for beside in (BARE, AXE)]
        table.add_row(name, f"{rate:.2f}", *ratios, limits.get(name, ""))
    return table


@contextmanager
def contest(*, with_peers: bool) -> Iterator[Mapping[str, Callable[[], object]]]:
    """Everybody who takes part, ready to run."""
    with serve(create_app()) as site, tempfile.TemporaryDirectory() as folder:
        urls = addresses(site)
        contestants: dict[str, Callable[[], object]] = {
            BARE: lambda: asyncio.run(bare(urls)),
            AXE: lambda: ours(urls, plan_of()),
            ALL: lambda: ours(urls, plan_of(checks=True)),
            VARIANTS: lambda: ours(urls, plan_of(matrix(TWELVE))),
        }
        for name, run in peers(Path(folder)) if with_peers else ():
            contestants[name] = lambda run=run: run(urls)  # type: ignore[misc]
        yield contestants


def where_time_goes(results: Sequence[PageResult], lines: int = 15) -> Iterator[str]:
    """Milliseconds a page, the most first."""
    sums: dict[str, float] = {}
    for page in results:
        for name, spent in page.timings.items():
            sums[name] = sums.get(name, 0.0) + spent
    for name, spent in sorted(sums.items(), key=lambda one: -one[1])[:lines]:
        yield f"{spent / len(results) * 1000:8.1f} ms a page  {name}"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.audit", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--peers", action="store_true", help="measure others too")
    arguments = parser.parse_args(argv)
    console = Console(width=None if sys.stdout.isatty() else 120)
    with contest(with_peers=arguments.peers) as contestants:
        seconds = measure(contestants, arguments.rounds)
    console.print(report(seconds))
    if arguments.peers and AXE_CLI not in seconds:
        console.print("Left out: npm could not fetch the others.")
    with serve(create_app()) as site:
        for line in where_time_goes(ours(addresses(site)[:10], plan_of(checks=True))):
            console.print(line)
    sentences = missed(seconds)
    for sentence in sentences:
        console.print(f"Missed: {sentence}")
    return int(bool(sentences))


if __name__ == "__main__":
    sys.exit(main())
