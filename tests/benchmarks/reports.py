"""`python -m tests.benchmarks.reports`: what the reports of a large site weigh and cost.

A run over 200 pages in 64 variants with 3,000 findings: the size of each report, the time that it
takes to make it, and how long Chromium takes to open the one for people and to filter it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table
from vydno.audit.reports import FORMATS, write

from tests.audit.sample_runs import huge
from tests.browsers import Machine, find

# Milliseconds: until something is seen, until all is loaded, until a filter has done its work.
MEASURE = """() => {
  const [paint] = performance.getEntriesByType("paint");
  const [load] = performance.getEntriesByType("navigation");
  const { variant } = document.querySelector("#filters").elements;
  variant.selectedIndex = 5;
  const start = performance.now();
  variant.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.getBoundingClientRect();
  return [paint.startTime, load.loadEventEnd, performance.now() - start];
}"""


def made(folder: Path) -> Table:
    """Write every report into the folder and tell what it took."""
    table = Table("report", "bytes", "seconds", title="200 pages, 64 variants, 3,000 findings")
    run = huge()
    for name in FORMATS:
        start = time.perf_counter()
        write(run, name, folder / f"report.{name}")
        took = time.perf_counter() - start
        table.add_row(name, f"{(folder / f'report.{name}').stat().st_size:,}", f"{took:.2f}")
    return table


def opened(report: Path) -> str:
    """What a reader waits for, in one line."""
    found = find(Machine(), ["chromium"])["chromium"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**found.playwright_options)
        page = browser.new_page()
        page.goto(report.as_uri())
        paint, load, filtered = page.evaluate(MEASURE)
        browser.close()
    return f"first paint {paint:.0f} ms, loaded {load:.0f} ms, filtered in {filtered:.0f} ms"


def main() -> int:
    """Print the figures; there is no budget to miss."""
    out = Console()
    with TemporaryDirectory() as folder:
        out.print(made(Path(folder)))
        out.print(opened(Path(folder, "report.html")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
