"""`python -m tests.benchmarks.click`: what a press on a control costs on a long page.

A page of 10,000 elements in Chromium. A real click, sent through the browser's input pipeline, on
the control, and a real click on a plain button whose listener does nothing but set the attribute
on `<html>`: both make the browser style and lay out the same page. Measured are the time from the
click's own time stamp to the first task after the frame that shows the result, and the time that
the page's main thread worked for it, which other work on the machine hardly touches.

The kinds of click take turns within one page, in an order that rotates. The plain button stands
twice in the table: how far it is from itself is what the noise makes of a ratio.

Exit status: 0 kept, 1 missed, 2 undecided, because the machine was too busy for the clock.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from vydno.templating import Macros
from vydno.web.asgi import VydnoMiddleware, preferences

from tests import browsers
from tests.servers import serve

ELEMENTS = 10_000
BUDGET = 1.05  # times the attribute set by hand
NOISE = 0.025  # half of what the budget allows: beyond it the clock decides nothing
ROUNDS = 40
WARM_UP = 3
# Without a screen there is nothing to wait for: a frame comes when it is ready.
UNPACED = ("--disable-gpu-vsync", "--disable-frame-rate-limit")

CONTROL, HAND, HAND_AGAIN = "the control", "by hand", "by hand, once more"
KINDS = (HAND, CONTROL, HAND_AGAIN)

KEPT, MISSED, UNDECIDED = "kept", "missed", "undecided"
# The worst first.
STATUS = {MISSED: 1, UNDECIDED: 2, KEPT: 0}


@dataclass(frozen=True)
class Subject:
    """A control's press, and the attribute that it sets."""

    what: str
    control: str
    attribute: str
    value: str


SUBJECTS = (
    Subject("A+", "text-scale button[value=larger]", "data-text-scale", "110"),
    Subject("red", "theme-switch label:has([data-theme=red])", "data-theme", "red"),
)

SCRIPT = """
// A task that is posted while a frame is made runs after it has been painted.
const { port1, port2 } = new MessageChannel();
let done;
port1.onmessage = () => done();
const painted = () => new Promise((resolve) => {
  done = resolve;
  requestAnimationFrame(() => port2.postMessage(0));
});

let measured;
addEventListener("click", async ({ isTrusted, timeStamp }) => {
  if (!isTrusted || !measured) return;
  const finish = measured;
  measured = null;
  await painted();
  finish(performance.now() - timeStamp);
}, true);

for (const button of document.querySelectorAll("button[data-attribute]")) {
  const { attribute, value } = button.dataset;
  button.onclick = () => document.documentElement.setAttribute(attribute, value);
}

// Back to nothing chosen; everything that this sets off is over when the promise is kept.
window.prepare = async () => {
  const root = document.documentElement;
  for (const name of ["data-text-scale", "data-theme"]) root.removeAttribute(name);
  document.cookie = "vydno=; Path=/; Max-Age=0";
  for (let frames = 0; frames < 3; frames += 1) await painted();
  window.result = new Promise((resolve) => { measured = resolve; });
};
"""

macros = Macros(lang="en")


# The page


def long_page(request: Request) -> Response:
    """News without end: headings, paragraphs and links, laid out in rem."""
    chosen = preferences(request)
    buttons = "".join(
        f'<button data-attribute="{one.attribute}" data-value="{one.value}">{one.what}</button>'
        for one in SUBJECTS
    )
    top = (
        f'<!doctype html><html lang="en"{macros.html_attributes(chosen)}><head>'
        f'<meta charset="utf-8"><title>Long</title><link rel="icon" href="data:,">'
        f"{macros.head()}<style>body {{ margin: 1rem; max-inline-size: 42rem }}</style></head>"
        f"<body>{macros.text_scale(chosen)}{macros.theme_switch(chosen)}<p>{buttons}</p><main>"
    )
    return HTMLResponse(f"{top}{''.join(articles())}</main><script>{SCRIPT}</script></body></html>")


def articles() -> Iterator[str]:
    """Five elements each, ELEMENTS altogether."""
    for number in range(ELEMENTS // 5):
        yield (
            f"<article><h2>Heading {number}</h2><p>The council met and <em>decided</em> what is "
            f'told <a href="#{number}">elsewhere</a> at greater length.</p></article>'
        )


@contextmanager
def opened(url: str) -> Iterator[Page]:
    """The page in a Chromium of its own. Raises MissingBrowserError where there is none."""
    machine = browsers.Machine()
    found = browsers.find_or_install(machine, print, install=False)["chromium"]
    options = found.playwright_options
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(**options | {"args": [*options["args"], *UNPACED]}) as browser,
    ):
        page = browser.new_page()
        page.goto(url)
        page.wait_for_selector("theme-switch:defined")
        yield page


# Measuring


@dataclass(frozen=True)
class Sample:
    """Milliseconds: by the clock, and of work on the page's main thread."""

    clock: float
    work: float


Samples = Mapping[str, Sequence[Sample]]


class Measurer:
    """Clicks on a page and looks at the clock."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        # Counts the processor's time for the thread, not the time that went by.
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def measure(self, subject: Subject, rounds: int) -> dict[str, list[Sample]]:
        """Kind of click to samples, one of each kind a round."""
        targets = dict.fromkeys(KINDS, f"button[data-attribute={subject.attribute}]")
        targets[CONTROL] = subject.control
        samples: dict[str, list[Sample]] = {kind: [] for kind in KINDS}
        for number in range(-WARM_UP, rounds):
            turn = number % len(KINDS)
            for kind in KINDS[turn:] + KINDS[:turn]:
                sample = self.click(targets[kind])
                assert self._value(subject) == subject.value
                if number >= 0:
                    samples[kind].append(sample)
        return samples

    def click(self, target: str) -> Sample:
        """From a click to the frame that shows what came of it."""
        box = self.page.locator(target).bounding_box()
        assert box
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.down()  # what pressing alone changes is painted before the clock starts
        self.page.evaluate("prepare()")
        before = self._work()
        self.page.mouse.up()
        clock = self.page.evaluate("result")
        return Sample(clock, self._work() - before)

    def _work(self) -> float:
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        seconds: float = next(one["value"] for one in metrics if one["name"] == "TaskDuration")
        return seconds * 1000

    def _value(self, subject: Subject) -> str | None:
        value: str | None = self.page.locator("html").get_attribute(subject.attribute)
        return value


def clock(samples: Samples, kind: str) -> float:
    """The median by the clock."""
    return statistics.median(sample.clock for sample in samples[kind])


def work(samples: Samples, kind: str) -> float:
    """The median of the work."""
    return statistics.median(sample.work for sample in samples[kind])


def verdict(samples: Samples) -> str:
    """Of the budget: kept, missed or undecided."""
    if work(samples, CONTROL) > BUDGET * work(samples, HAND):
        return MISSED
    if clock(samples, CONTROL) <= BUDGET * clock(samples, HAND):
        return KEPT
    return MISSED if noise(samples) <= NOISE else UNDECIDED


def noise(samples: Samples) -> float:
    """By how much, by the clock, the plain button differs from itself."""
    return abs(clock(samples, HAND_AGAIN) / clock(samples, HAND) - 1)


# Output


def add_rows(table: Table, subject: Subject, samples: Samples) -> None:
    """One row a kind of click."""
    table.add_section()
    for kind in KINDS:
        times = [sample.clock for sample in samples[kind]]
        figures = [min(times), clock(samples, kind), max(times), work(samples, kind)]
        ratios = ["", ""]
        if kind != HAND:
            ratios = [f"{of(samples, kind) / of(samples, HAND):.3f}" for of in (clock, work)]
        low, middle, high, worked = (f"{figure:.1f}" for figure in figures)
        last = verdict(samples) if kind == CONTROL else ""
        what = f"{subject.what}, {kind}"
        table.add_row(what, low, middle, high, ratios[0], worked, ratios[1], last)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.click")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="clicks of each kind")
    rounds = parser.parse_args(argv).rounds
    title = f"{ELEMENTS:,} elements, {rounds} clicks of each kind, milliseconds; budget {BUDGET}"
    columns = ("min", "to the frame", "max", "ratio", "work", "ratio")
    table = Table("", *columns, f"at most {BUDGET}", title=title)
    for column in table.columns[1:-1]:
        column.justify = "right"
    app = Starlette(routes=[Route("/", long_page)], middleware=[Middleware(VydnoMiddleware)])
    verdicts, worst = set(), 0.0
    try:
        with serve(app) as address, opened(address) as page:
            measurer = Measurer(page)
            for subject in SUBJECTS:
                samples = measurer.measure(subject, rounds)
                add_rows(table, subject, samples)
                verdicts.add(verdict(samples))
                worst = max(worst, noise(samples))
    except browsers.MissingBrowserError as missing:
        print(missing, file=sys.stderr)
        return STATUS[UNDECIDED]
    console = Console(width=None if sys.stdout.isatty() else 100)
    console.print(table)
    if worst > NOISE:
        console.print(
            f"By the clock the plain button differs from itself by {worst:.0%}: only the work "
            "tells. For the clock run it again while the machine has nothing else to do."
        )
    return next(status for word, status in STATUS.items() if word in verdicts)


if __name__ == "__main__":
    sys.exit(main())
