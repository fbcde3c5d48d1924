"""Audits within tests: of a page that a test opened and used, or of an address."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from rich.console import Console

from ..errors import VydnoError
from . import axe, baseline, baseline_file
from .audit import plan_of
from .driver import Driver, LostError
from .engine import Plan, audit, audit_opened
from .findings import PageResult, Run, Status
from .option import Group
from .options import Options, table
from .reports import terminal, write
from .reports.json_report import read, render
from .sessions import Session, Settings, Source
from .sources import open_source
from .variants import Variant, Viewport, matrix
from .visitor import Visitor


class Browsers:
    """Browsers for audits of addresses, each started when it is first needed."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._stack = ExitStack()
        self._source: Source | None = None
        self._sessions: dict[str, Session] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for session in self._sessions.values():
            session.close()
        self._stack.close()

    def session(self, browser: str) -> Session:
        if self._source is None:
            self._source = self._stack.enter_context(open_source(self._settings()))
        if browser not in self._sessions:
            self._sessions[browser] = self._source.session(browser)
        return self._sessions[browser]

    def _settings(self) -> Settings:
        return Settings(
            connect=self._options.connect,
            grid=self._options.grid,
            webdriver="local" if self._options.webdriver else None,
            visitor=Visitor(ignore_https_errors=self._options.ignore_https_errors),
        )


class Audit:
    """What the fixture gives: call it with a page, a WebDriver or an address."""

    def __init__(
        self,
        *,
        options: Options,
        variants: Sequence[Variant] | None,
        browsers: Browsers,
        gathered: list[PageResult],
    ) -> None:
        self._options = options
        self._variants = variants
        self._browsers = browsers
        self._gathered = gathered

    def __call__(self, subject: Any) -> PageResult:
        """Audit it. Raises AssertionError, which lists what is to mend; returns the result."""
        __tracebackhide__ = True
        plan = plan_of(self._options)
        if self._variants is not None:
            plan = replace(plan, variants=self._variants)
        result = self._known(self._result(subject, plan))
        self._gathered.append(result)
        if self._fails(result):
            raise AssertionError(readable(result))
        return result

    def _result(self, subject: Any, plan: Plan) -> PageResult:
        if isinstance(subject, str):
            return self._of_address(subject, plan)
        driver, url = driver_of(subject)
        try:
            variants = self._as_opened(driver, plan.variants)
            with as_it_was(driver):
                return audit_opened(driver, url, replace(plan, variants=variants))
        except LostError as reason:
            return PageResult(url=url, status=Status.NOT_AUDITED, reason=str(reason))

    def _as_opened(self, driver: Driver, variants: Sequence[Variant]) -> list[Variant]:
        """In the page's own browser, and in its own window where no other was asked for."""
        width, height = driver.evaluate("() => [innerWidth, innerHeight]")
        own = Viewport(width=width, height=height)
        return [
            replace(
                variant,
                browser=driver.browser,
                viewport=own if variant.viewport == Viewport() else variant.viewport,
            )
            for variant in variants
        ]

    def _of_address(self, url: str, plan: Plan) -> PageResult:
        from .runner import merge

        by_browser: dict[str, list[Variant]] = {}
        for variant in plan.variants:
            by_browser.setdefault(variant.browser, []).append(variant)
        parts = []
        for browser, variants in by_browser.items():
            session = self._browsers.session(browser)
            try:
                driver = session.page(self._options.page_timeout)
                parts.append(audit(driver, url, replace(plan, variants=variants)))
            except LostError as reason:
                session.renew()
                parts.append(PageResult(url=url, status=Status.NOT_AUDITED, reason=str(reason)))
        return merge(parts)

    def _known(self, result: PageResult) -> PageResult:
        if not self._options.baseline:
            return result
        known = baseline_file.read(self._options.baseline, missing=True)
        judged = baseline.judged_by(self._options)
        (page,) = known.apply(_run([result]), judged=judged).run.pages
        return page

    def _fails(self, result: PageResult) -> bool:
        return _run([result]).exit_code(self._options.fail_on) != 0


def driver_of(subject: Any) -> tuple[Driver, str]:
    """A driver on what a test opened, and its address. Raises TypeError for anything else."""
    kind = type(subject).__module__.partition(".")[0]
    if kind == "playwright" and hasattr(subject, "emulate_media"):
        from .playwright_driver import PlaywrightDriver

        if "async" in type(subject).__module__:
            raise TypeError("The audit takes pages of Playwright's synchronous interface.")
        name = subject.context.browser.browser_type.name if subject.context.browser else "chromium"
        return PlaywrightDriver(subject, browser=name, axe_script=axe.script()), subject.url
    if hasattr(subject, "execute_async_script"):
        from .selenium_driver import SeleniumDriver

        return SeleniumDriver(subject, axe_script=axe.carried()), subject.current_url
    raise TypeError(
        f"A page of Playwright's, a WebDriver or an address can be audited; not {subject!r}."
    )


_STATE = """() => {
  const { attributes } = document.documentElement;
  return {
    attributes: Object.fromEntries(
      ["data-text-scale", "data-theme", "data-color-scheme", "data-contrast"].map((name) =>
        [name, attributes[name]?.value ?? null])),
    size: [innerWidth, innerHeight],
    scroll: [scrollX, scrollY],
  };
}"""


@contextmanager
def as_it_was(driver: Driver) -> Iterator[None]:
    """Give the page back with the attributes, the size and the place that it had: a test goes on
    with it."""
    from .driver import API

    was = driver.evaluate(_STATE)
    try:
        yield
    finally:
        width, height = was["size"]
        driver.resize(Viewport(width=width, height=height))
        driver.emulate(Variant(browser=driver.browser))
        script = f"""([attributes, [x, y]]) => {{
          {API}.wear(attributes); {API}.put("still", false); scrollTo(x, y);
        }}"""
        driver.evaluate(script, [was["attributes"], was["scroll"]])


# Words. -----------------------------------------------------------------------------------------


def readable(result: PageResult) -> str:
    """The list that a failing test shows."""
    out = io.StringIO()
    console = Console(file=out, width=100, markup=False, highlight=False, emoji=False)
    terminal.summary(_run([result]), console)
    return f"The audit of {result.url}:\n{out.getvalue()}"


def variants_of(args: tuple[Any, ...], values: Mapping[str, Any], where: str) -> list[Variant]:
    """The variants of a marker, its values read as the command line reads them.

    Raises VydnoError for a dimension or a value that there is not.
    """
    rows = {row.name: row for row in table() if row.group is Group.VARIANTS}
    if args or set(values) - set(rows):
        raise VydnoError(f"{where}: the marker variants takes {', '.join(rows)}, each by name.")
    read = {
        name: rows[name].read(_words(value), where=f"{where}: {name}", folder=Path())
        for name, value in values.items()
    }
    return matrix(read)


def _words(value: Any) -> list[Any]:
    some = list(value) if isinstance(value, (list, tuple)) else [value]
    return ["default" if one is None else one for one in some]


# Gathering. -------------------------------------------------------------------------------------


def _run(pages: Sequence[PageResult]) -> Run:
    from .. import __version__

    return Run(
        pages=pages,
        started="",
        seconds=sum(page.seconds for page in pages),
        tools={"vydno": __version__, "axe-core": axe.version(axe.script())},
        variants=list(dict.fromkeys(variant for page in pages for variant in page.variants)),
    )


def sent(pages: Sequence[PageResult]) -> str:
    """Results as text, for another process."""
    return render(_run(pages), exit_code=0)


def received(text: str) -> list[PageResult]:
    """The results that another process sent."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "sent.json")
        file.write_text(text, encoding="utf-8")
        return list(read(file).pages)


def write_reports(pages: Sequence[PageResult], files: Mapping[str, Path]) -> None:
    """One report of all tests. A page that several tests audited is one page in it."""
    from .runner import merge

    by_url: dict[str, list[PageResult]] = {}
    for page in pages:
        by_url.setdefault(page.url, []).append(page)
    run = _run([merge(same) for same in by_url.values()])
    for name, path in files.items():
        write(run, name, path)
