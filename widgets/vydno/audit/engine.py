"""One page, loaded once for a viewport and switched in place: all variants, all checks."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from typing import Any

from ..errors import VydnoError
from . import axe, frames, pictures
from .checks import Check, Found, Noted, Rendition, in_order
from .criteria import CRITERIA
from .driver import (
    API,
    EARLY,
    Driver,
    GoneError,
    LostError,
    NotAPageError,
    UnsupportedError,
)
from .findings import Fact, Finding, Outcome, PageResult, Status
from .page import Page
from .snapshot import Element, Snapshot
from .variants import Variant, Viewport, describe

_PAGES = ("text/html", "application/xhtml+xml", "image/svg+xml")
_PATIENCE = 2
"""Frames that may change while they are looked at, before the rest is left."""
_WHOLE = re.compile(r"(html|body|(html > )?head\b.*)$")
_ERROR = 400
"""The first of HTTP's answers that say that something went wrong."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is done with each page."""

    variants: Sequence[Variant]
    checks: Sequence[Check]
    axe_options: Mapping[str, Any] | None
    """`None` leaves axe out."""
    passive: bool = False
    """Leave out the checks that act."""
    advice: bool = False
    accept_errors: bool = False
    """Audit a page that came with an HTTP status from 400 up."""
    pictures: bool = False
    """Take a picture of every element that something is found at."""
    links: bool = False
    """Note where the page leads to."""


@dataclass(kw_only=True)
class Progress:
    """What is known of a page so far; it outlives the browser."""

    url: str
    title: str = ""
    links: list[str] = field(default_factory=list)
    audited: list[Variant] = field(default_factory=list)
    found: dict[tuple[str, ...], Finding] = field(default_factory=dict)
    facts: dict[tuple[str, ...], Fact] = field(default_factory=dict)
    holds: dict[tuple[str, ...], list[Variant]] = field(default_factory=lambda: defaultdict(list))
    """The variants of each finding and fact."""
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    done: dict[tuple[Any, ...], list[tuple[str, ...]]] = field(default_factory=dict)
    """Of each check and scope the keys of what it found and noted."""

    fresh: list[tuple[str, ...]] = field(default_factory=list)
    """What was found since pictures were last taken."""

    def add(self, finding: Finding, variant: Variant) -> tuple[str, ...]:
        """Note a finding; returns its key."""
        if finding.key not in self.found:
            self.found[finding.key] = finding
            self.fresh.append(finding.key)
        return self._hold(finding.key, variant)

    def keep(self, fact: Fact, variant: Variant) -> tuple[str, ...]:
        """Keep what a check noted; returns its key."""
        self.facts.setdefault(fact.key, fact)
        return self._hold(fact.key, variant)

    def _hold(self, key: tuple[str, ...], variant: Variant) -> tuple[str, ...]:
        if variant not in self.holds[key]:
            self.holds[key].append(variant)
        return key

    def note(self, reason: str) -> None:
        """Why something could not be audited, once."""
        if reason not in self.reasons:
            self.reasons.append(reason)

    def timed(self, name: str, function: Callable[[], Any]) -> Any:
        """Call the function, and add its seconds to the name's."""
        start = time.monotonic()
        try:
            return function()
        finally:
            self.timings[name] += time.monotonic() - start

    def result(self, seconds: float) -> PageResult:
        status = Status.PARTLY if self.reasons else Status.AUDITED
        if not self.audited:
            status = Status.NOT_AUDITED
        return PageResult(
            url=self.url,
            status=status,
            reason="; ".join(self.reasons),
            title=self.title,
            variants=tuple(self.audited),
            findings=tuple(self._findings()),
            seconds=seconds,
            timings=dict(self.timings),
            links=tuple(self.links),
            notes=tuple(dict.fromkeys(self.notes)),
            facts=tuple(
                replace(fact, variants=tuple(self._variants(key)))
                for key, fact in self.facts.items()
            ),
        )

    def _variants(self, key: tuple[str, ...]) -> Sequence[Variant]:
        held = [variant for variant in self.audited if variant in self.holds[key]]
        return held or self.holds[key]

    def _findings(self) -> Iterator[Finding]:
        held = {key: list(self._variants(key)) for key in self.found}
        for milder in list(held):
            if worse := _certain_elsewhere(milder, held):
                held[worse] = [each for each in self.audited if each in held[worse] + held[milder]]
                del held[milder]
        for key, variants in held.items():
            finding = self.found[key]
            yield replace(
                finding, variants=tuple(variants), holds_for=describe(variants, self.audited)
            )


def _certain_elsewhere(
    milder: tuple[str, ...], held: Mapping[tuple[str, ...], Sequence[Variant]]
) -> tuple[str, ...] | None:
    """The key of what fails in other variants, where this is to be reviewed: one thing to mend."""
    worse = (*milder[:-1], str(Outcome.FAILS))
    if milder[-1] != Outcome.NEEDS_REVIEW or worse not in held:
        return None
    return None if set(held[worse]) & set(held[milder]) else worse


def audit(driver: Driver, url: str, plan: Plan, progress: Progress | None = None) -> PageResult:
    """Audit one page in the variants of the driver's browser.

    Whatever the page does, what was learnt is in the result; LostError passes on with the progress
    filled, since only the caller can get another browser.
    """
    progress = progress or Progress(url=url)
    start = time.monotonic()
    try:
        for viewport, variants in groupby(plan.variants, key=lambda variant: variant.viewport):
            _audit_viewport(driver, url, viewport, list(variants), plan, progress)
    except NotAPageError as reason:
        progress.note(str(reason))
    return progress.result(time.monotonic() - start)


def audit_opened(driver: Driver, url: str, plan: Plan) -> PageResult:
    """The same of a page that somebody opened, and maybe used, before; it is not loaded again."""
    progress = Progress(url=url)
    start = time.monotonic()
    driver.inject()
    page = Page(driver, url)
    width, height = driver.evaluate("() => [innerWidth, innerHeight]")
    page.variant = replace(page.variant, viewport=Viewport(width=width, height=height))
    _audit_variants(page, plan.variants, plan, progress)
    return progress.result(time.monotonic() - start)


def _audit_viewport(
    driver: Driver,
    url: str,
    viewport: Viewport,
    variants: Sequence[Variant],
    plan: Plan,
    progress: Progress,
) -> None:
    try:
        page = progress.timed("load", lambda: _open(driver, url, viewport, plan, progress))
    except UnsupportedError as reason:
        progress.note(f"not at {viewport}: {reason}")
        return
    _audit_variants(page, variants, plan, progress)
    _act(page, variants, plan, progress)


def _open(
    driver: Driver,
    url: str,
    viewport: Viewport,
    plan: Plan,
    progress: Progress,
    before: Snapshot | None = None,
) -> Page:
    driver.open(url, viewport)
    driver.inject()
    facts = driver.evaluate(f"() => {API}.arrive()")
    if facts["status"] >= _ERROR and not plan.accept_errors:
        raise NotAPageError(f"it answered with the status {facts['status']}")
    if facts["type"] not in _PAGES:
        raise NotAPageError(f"it is not a page but {facts['type']}")
    progress.title = facts["title"]
    if plan.links and not progress.links:
        progress.links = driver.evaluate(f"() => {API}.links()")
    page = Page(driver, url, before=before)
    page.variant = replace(page.variant, viewport=viewport)
    return page


def _audit_variants(
    page: Page, variants: Sequence[Variant], plan: Plan, progress: Progress
) -> None:
    asked = plan.axe_options
    on_page = None
    if asked is not None:
        on_page = axe.AxeOnPage(page.driver, asked, page.url, once=len(variants) == 1)
    passive = [check for check in plan.checks if not check.acts]
    for variant in variants:
        try:
            progress.timed("switch", partial(page.wear, variant))
        except UnsupportedError as reason:
            progress.note(f"not {variant}: {reason}")
            continue
        if on_page:
            progress.timed("axe", partial(_run_axe, on_page, variant, plan, progress))
            _take_pictures(page, plan, progress)
        _run_checks(page, variant, passive, plan, progress)
        progress.audited.append(variant)


def _run_axe(on_page: axe.AxeOnPage, variant: Variant, plan: Plan, progress: Progress) -> None:
    try:
        found = on_page.findings()
    except LostError:
        raise
    except VydnoError as reason:
        progress.note(str(reason))
        return
    for finding in found:
        # What axe makes of forced colours is wrong; a check of ours judges what is computed.
        wrong = variant.forced_colors and finding.rule == "color-contrast"
        if not wrong and (plan.advice or finding.outcome is not Outcome.ADVICE):
            progress.add(finding, variant)


def _run_checks(
    page: Page, variant: Variant, checks: Sequence[Check], plan: Plan, progress: Progress
) -> None:
    """Run what has not run yet in such a variant; what has holds for this one too."""
    due = []
    for check in checks:
        keys = progress.done.get((check.rule, check.scope(variant)))
        if keys is None:
            due.append(check)
        for key in keys or ():
            progress.holds[key].append(variant)
    for rendition, together in in_order(due):
        try:
            progress.timed(f"draw {rendition}", partial(page.render, rendition))
        except UnsupportedError as reason:
            rules = ", ".join(check.rule for check in together)
            progress.notes.append(f"{reason}: {rules} did not run there.")
            continue
        for check in together:
            progress.timed(check.rule, partial(_run, page, variant, check, plan, progress))
        inside = [check for check in together if check.looks_into_frames]
        if inside:
            _look_into_frames(page, variant, inside, plan, progress)
        _take_pictures(page, plan, progress)
    page.restore()


def _look_into_frames(
    page: Page, variant: Variant, checks: Sequence[Check], plan: Plan, progress: Progress
) -> None:
    """Run checks in the documents of frames, each as a page that cannot be moved."""
    found = progress.timed("frames", page.driver.frames)
    if len(found) == frames.MOST:
        progress.notes.append(f"Of {page.url} only the first {frames.MOST} frames are looked into.")
    changed = 0
    for place, driver in found:
        inside = Page(driver, page.url)
        inside.variant = variant
        try:
            for check in checks:
                run = partial(_run, inside, variant, check, plan, progress, place)
                progress.timed(check.rule, run)
        except GoneError:
            progress.notes.append(
                f"The frame {place} of {page.url} changed while it was looked at."
            )
            changed += 1
        if changed == _PATIENCE:
            break


def _run(
    page: Page, variant: Variant, check: Check, plan: Plan, progress: Progress, place: str = ""
) -> None:
    """Run a check on a page, or in the frame at the place."""
    found: list[Found | Noted] = []
    try:
        # One by one: what a check found before it stumbled is not lost.
        found.extend(check.function(page, variant))
    except (LostError, GoneError, KeyboardInterrupt):
        raise
    except Exception as error:  # a team's check may do anything; the page and the run go on
        # What needs a window of its own has nothing to say of a frame.
        if not (place and isinstance(error, UnsupportedError)):
            where = f" in {place}" if place else ""
            reason = f"did not run to its end{where}: {type(error).__name__}: {error}"
            progress.note(f"{check.rule} {reason}"[:300])
    told = [_judged(one, check, variant) for one in found if isinstance(one, Found)]
    wanted = [one for one in told if plan.advice or one.outcome is not Outcome.ADVICE]
    findings = [_within(finding, place) for finding in _described(page, check, wanted)]
    keys = [progress.add(finding, variant) for finding in findings if finding]
    noted = [one for one in found if isinstance(one, Noted)]
    keys += [progress.keep(fact, variant) for fact in _facts(page, check, noted)]
    progress.done.setdefault((check.rule, check.scope(variant)), []).extend(keys)


def _judged(found: Found, check: Check, variant: Variant) -> Found:
    """WCAG names no forced colours: what is lost in them fails where they were asked for, and is
    for a person where the audit draws them by itself."""
    tried = check.rendition is Rendition.FORCED_COLORS and not variant.forced_colors
    if tried and found.outcome is Outcome.FAILS:
        return replace(found, outcome=Outcome.NEEDS_REVIEW)
    return found


def _within(finding: Finding, place: str) -> Finding | None:
    """The finding with the frame that it was found in; what is said of a document as a whole is
    said of a page, and not of what is in a frame."""
    if not place:
        return finding
    if _WHOLE.match(finding.target):
        return None
    return replace(finding, target=f"{place} >>> {finding.target}")


def _take_pictures(page: Page, plan: Plan, progress: Progress) -> None:
    """Of what was found in the page as it is drawn now."""
    fresh, progress.fresh = progress.fresh, []
    if not plan.pictures or not fresh:
        return
    room = pictures.MOST - sum(finding.picture is not None for finding in progress.found.values())
    targets = {key: progress.found[key].target for key in fresh[: max(0, room)]}
    wanted = list(dict.fromkeys(targets.values()))
    taken = progress.timed("pictures", partial(pictures.take, page, wanted))
    for key, target in targets.items():
        progress.found[key] = replace(progress.found[key], picture=taken.get(target))


def _described(page: Page, check: Check, found: Sequence[Found]) -> Iterator[Finding]:
    """Findings, with what the page says of their elements."""
    for one, (target, html) in zip(found, _places(page, found), strict=True):
        yield finding_of(check, one, page=page.url, target=target, html=html)


def _facts(page: Page, check: Check, noted: Sequence[Noted]) -> Iterator[Fact]:
    for one, (target, html) in zip(noted, _places(page, noted), strict=True):
        yield Fact(rule=check.rule, page=page.url, target=target, html=html, values=one.values)


def finding_of(check: Check, found: Found, *, page: str, target: str, html: str) -> Finding:
    """What a check found, with what is known of the check and of the place."""
    criteria = tuple(found.criteria) or check.criteria
    return Finding(
        rule=check.rule,
        source=check.source,
        criteria=criteria,
        outcome=found.outcome,
        page=page,
        target=target,
        html=html,
        message=found.message,
        measured=found.measured,
        needed=found.needed,
        fix=found.fix or check.fix,
        help_url=CRITERIA[criteria[0]].url if criteria else "",
    )


def _places(page: Page, found: Sequence[Found | Noted]) -> list[tuple[str, str]]:
    """Selector and start of each element; of what is gone, what is known of it."""
    if not found:
        return []
    wanted = [
        one.element.number if isinstance(one.element, Element) else one.element for one in found
    ]
    places = page.evaluate(f"(wanted) => {API}.describe(wanted)", wanted)
    return [
        (place["target"], place["html"]) if place else (_lost(one.element), "")
        for one, place in zip(found, places, strict=True)
    ]


def _lost(element: Element | str | Fact) -> str:
    return element.tag if isinstance(element, Element) else str(element)


# Checks that act. -------------------------------------------------------------------------------


def _act(page: Page, variants: Sequence[Variant], plan: Plan, progress: Progress) -> None:
    """Run the checks that press and hover, each variant in the page as it comes anew: what was
    looked at before cannot be changed by what is pressed now."""
    driver, before = page.driver, page.measured
    checks = [check for check in plan.checks if check.acts and not plan.passive]
    for variant in variants:
        if variant in progress.audited and _due(checks, variant, progress):
            try:
                again = partial(_open, driver, page.url, variant.viewport, plan, progress)
                opened = progress.timed("load again", partial(again, before))
                driver.evaluate(f"() => {EARLY}.guard()")
                opened.wear(variant)
                _run_checks(opened, variant, checks, plan, progress)
            except NotAPageError as reason:
                progress.note(f"the second time {reason}")
        else:
            _run_checks_known(checks, variant, progress)


def _due(checks: Iterable[Check], variant: Variant, progress: Progress) -> bool:
    return any((check.rule, check.scope(variant)) not in progress.done for check in checks)


def _run_checks_known(checks: Iterable[Check], variant: Variant, progress: Progress) -> None:
    for check in checks:
        for key in progress.done.get((check.rule, check.scope(variant)), ()):
            progress.holds[key].append(variant)
