"""A whole run, from its options to its verdict."""

from __future__ import annotations

import datetime
import importlib
import importlib.util
import sys
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import __version__
from ..browsers import NAMES
from ..errors import VydnoError
from . import axe, baseline, baseline_file, resume, sites
from .checks import Check, all_checks
from .engine import Plan
from .findings import Outcome, PageResult, Run
from .options import Options
from .runner import Limits, Runner
from .sessions import Settings
from .sources import open_source
from .targets import Targets, targets
from .visitor import Visitor

Tell = Callable[[PageResult, int], None]
"""Called for each result with the number of pages that are known so far."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a run found, and what people must be told beside it."""

    run: Run
    notes: Sequence[str] = ()
    complaints: Sequence[str] = ()
    """What is wrong with the baseline; any of them fails the run."""
    fail_on: Outcome | None = Outcome.FAILS

    def exit_code(self) -> int:
        """0 clean, 1 findings, 2 when something could not be audited."""
        return self.run.exit_code(self.fail_on) or int(bool(self.complaints))


def audit(
    options: Options, *, tell: Tell = lambda *_: None, note: Callable[[str], None] = lambda _: None
) -> Verdict:
    """Audit what the options name.

    `tell` gets each page's result as it comes, `note` sentences that people should see meanwhile.
    Ctrl-C ends the run early; the verdict then has what was done. Raises VydnoError when nothing
    could begin.
    """
    plan = plan_of(options)
    known = _known(options)
    with targets(options) as pages:
        for sentence in pages.notes:
            note(sentence)
        names = pages.names()
        before = _earlier(options, pages, plan)
        run = _run(options, plan, pages, tell)
        told = dict.fromkeys(note for page in run.pages for note in page.notes)
        notes = [*told, *pages.left_out()]
    if before:
        run = resume.joined(before, run, names)
    run = sites.judged(run, plan.checks, advice=plan.advice)
    if known is None:
        return Verdict(run=run, notes=notes, fail_on=options.fail_on)
    judged = sites.judged_here(baseline.judged_by(options), known.entries, run)
    if options.update_baseline and options.baseline:
        known = known.update(run, judged=judged, outcomes=baseline.failing(options.fail_on))
        baseline_file.write(known, options.baseline)
    marked = known.apply(run, judged=judged)
    return Verdict(
        run=marked.run, notes=notes, complaints=marked.complaints, fail_on=options.fail_on
    )


def _known(options: Options) -> baseline.Baseline | None:
    if not options.baseline:
        return None
    return baseline_file.read(options.baseline, missing=options.update_baseline)


def _run(options: Options, plan: Plan, pages: Targets, tell: Tell) -> Run:
    started, start = datetime.datetime.now(datetime.UTC).astimezone(), time.monotonic()
    found: list[PageResult] = []
    interrupted = False
    order = pages.start()
    with open_source(_settings(options, pages)) as source:
        runner = Runner(source, pages, plan, _limits(options))
        try:
            for page in runner:
                found.append(pages.named(page))
                tell(found[-1], runner.known)
        except KeyboardInterrupt:
            interrupted = True
            runner.stop()
    place = {pages.name(url): number for number, url in enumerate(order)}
    # Workers end in any order; a report has them as they were named.
    found.sort(key=lambda page: (place.get(page.url, len(place)), page.url))
    return Run(
        pages=found,
        started=started.isoformat(timespec="seconds"),
        seconds=time.monotonic() - start,
        tools=_tools(options) | {NAMES[name]: version for name, version in runner.versions.items()},
        variants=plan.variants,
        interrupted=interrupted,
    )


def _earlier(options: Options, pages: Targets, plan: Plan) -> Run | None:
    if not options.resume or not options.json:
        return None
    before = resume.earlier(options.json, variants=plan.variants, tools=_tools(options))
    pages.leave_out(resume.done(before))
    return before


def _tools(options: Options) -> dict[str, str]:
    tools = {"vydno": __version__}
    if options.axe is not False:
        tools["axe-core"] = axe.version(axe.script(_axe_path(options)))
    return tools


def _axe_path(options: Options) -> Path | None:
    return options.axe if isinstance(options.axe, Path) else None


def _limits(options: Options) -> Limits:
    # A crawl goes where nobody has looked: one page at a time unless somebody says more.
    workers = options.workers or (1 if options.crawl else 0)
    return Limits(workers=workers, page_seconds=options.page_timeout)


def _settings(options: Options, pages: Targets) -> Settings:
    programs = {
        f"VYDNO_{name.upper()}": str(path)
        for name in ("chromium", "chromedriver", "firefox", "webkit", "webkit_driver")
        if (path := getattr(options, name))
    }
    return Settings(
        connect=options.connect,
        webdriver="local" if options.webdriver else None,
        grid=options.grid,
        axe=_axe_path(options),
        programs=programs,
        load_seconds=min(30.0, options.page_timeout),
        visitor=Visitor(
            origins=pages.origins,
            storage_state=options.storage_state,
            cookies=dict(options.cookie),
            headers=dict(options.header),
            basic_auth=options.basic_auth,
            ignore_https_errors=options.ignore_https_errors,
        ),
    )


# What is done with each page. -------------------------------------------------------------------


def plan_of(options: Options) -> Plan:
    """Raises VydnoError for a rule that there is not, or a check that cannot be imported."""
    for name in options.own_checks:
        _import(name)
    ours = all_checks()
    return Plan(
        variants=options.variants,
        checks=_checks(options, ours),
        axe_options=_axe_options(options, ours),
        passive=options.passive,
        advice=options.advice,
        accept_errors=options.accept_errors,
        pictures=bool(options.html),
        links=bool(options.crawl),
    )


def _checks(options: Options, ours: Mapping[str, Check]) -> list[Check]:
    return [
        check
        for rule, check in ours.items()
        if (options.checks or check.source != "vydno")
        and (options.advice or not check.advice)
        and (not options.rule or rule in options.rule)
        and rule not in options.skip_rule
    ]


def _axe_options(options: Options, ours: Mapping[str, Check]) -> dict[str, Any] | None:
    if options.axe is False:
        return None
    script = axe.script(_axe_path(options))
    for rule in (*options.rule, *options.skip_rule):
        if rule not in ours and not axe.has_rule(script, rule):
            raise VydnoError(
                f"There is no rule {rule!r}, neither axe's nor ours; `vydno audit --rules` names "
                "them."
            )
    without = [rule for rule in options.skip_rule if rule not in ours]
    if not options.rule:
        return axe.options(options.axe_tag, without=without)
    asked = [rule for rule in options.rule if rule not in ours]
    if not asked:
        return None
    return axe.options() | {"runOnly": {"type": "rule", "values": asked}}


def _import(name: str) -> None:
    """A team's checks, from a module or from a file."""
    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        if name.endswith(".py"):
            _import_file(Path(name))
        else:
            importlib.import_module(name)
    except VydnoError:
        raise
    except Exception as error:
        raise VydnoError(
            f"The checks of {name} could not be imported: {type(error).__name__}: {error}."
        ) from None


def _import_file(path: Path) -> None:
    # Two teams may both call theirs checks.py.
    module = f"vydno_own_checks_{path.stem}_{zlib.crc32(str(path.resolve()).encode()):x}"
    if module in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(module, path)
    if spec is None or spec.loader is None:
        raise VydnoError(f"{path} is no Python file.")
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[module] = loaded
    spec.loader.exec_module(loaded)
