"""Findings that are known, and what is wrong with what is known of them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .address import without_host
from .checks import all_checks
from .findings import Finding, Outcome, PageResult, Run, Status
from .options import Options
from .variants import Variant, describe

Key = tuple[str, str, str, Outcome]
"""Rule, page without its host, target, outcome: the same on staging and in production."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One finding that is known in some variants."""

    rule: str
    page: str
    target: str
    variants: frozenset[Variant]
    outcome: Outcome = Outcome.FAILS
    reason: str = ""
    expires: datetime.date | None = None
    """The last day on which it lets the finding pass."""

    @property
    def key(self) -> Key:
        return (self.rule, self.page, self.target, self.outcome)

    def __str__(self) -> str:
        return f"{self.rule} at {self.target} on {self.page}"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A run, with what is known marked, and what is wrong with the baseline."""

    run: Run
    complaints: Sequence[str] = ()
    """Stale and expired entries, a sentence each; any of them fails the run (exit 1)."""


def key_of(finding: Finding) -> Key:
    """What an entry must have to mean this finding."""
    return (finding.rule, without_host(finding.page), finding.target, finding.outcome)


Judged = Callable[[Entry], bool]
"""Whether the run looked for such a finding."""


def judged_by(options: Options) -> Judged:
    """What a run with these options looks for: of the rest nothing can be stale."""
    ours = all_checks()

    def judged(entry: Entry) -> bool:
        if entry.rule in options.skip_rule or (options.rule and entry.rule not in options.rule):
            return False
        if entry.outcome is Outcome.ADVICE and not options.advice:
            return False
        check = ours.get(entry.rule)
        if check is None:
            return options.axe is not False
        return (options.checks or check.source != "vydno") and not (check.acts and options.passive)

    return judged


def failing(fail_on: Outcome | None) -> frozenset[Outcome]:
    """The outcomes from this one up, which an update makes known; at least those that fail."""
    ranked = list(Outcome)
    return frozenset(ranked[: ranked.index(fail_on or Outcome.FAILS) + 1])


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """All that is known."""

    entries: Sequence[Entry] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "entries", tuple(self.entries))

    def apply(
        self,
        run: Run,
        *,
        judged: Judged = lambda _: True,
        today: datetime.date | None = None,
    ) -> Verdict:
        """Mark what is known. A finding that holds in further variants is split in two, of which
        one is new."""
        today = today or datetime.date.today()
        valid = [entry for entry in self.entries if not _is_over(entry, today)]
        known = _by_key(valid)
        whole = [as_found(page) for page in run.pages]
        complaints = [
            f"The baseline's entry for {entry} expired on {entry.expires}: {_reason(entry)}"
            for entry in self.entries
            if _is_over(entry, today)
        ]
        complaints += _stale(valid, whole, judged)
        pages = [replace(page, findings=tuple(_marked(page, known.get))) for page in whole]
        return Verdict(run=replace(run, pages=pages), complaints=complaints)

    def update(
        self,
        run: Run,
        *,
        judged: Judged = lambda _: True,
        outcomes: Collection[Outcome] = (Outcome.FAILS,),
        today: datetime.date | None = None,
    ) -> Baseline:
        """What is known after a run: what it found, and what it did not look at.

        Reasons stay, and so do expiries that are still to come.
        """
        today = today or datetime.date.today()
        pages = [as_found(page) for page in run.pages]
        audited, found = _audited(pages), _found(pages)
        entries = []
        left = {key: set(variants) for key, variants in found.items() if key[3] in outcomes}
        for entry in self.entries:
            looked_at = audited.get(entry.page, frozenset()) if judged(entry) else frozenset()
            holds = found.get(entry.key, frozenset())
            kept = frozenset(v for v in entry.variants if v in holds or v not in looked_at)
            if kept:
                # What was looked at and let pass again would fail at once with its old day.
                over = _is_over(entry, today) and kept & looked_at
                expires = None if over else entry.expires
                entries.append(replace(entry, variants=kept, expires=expires))
                left.get(entry.key, set()).difference_update(kept)
        entries += [_entry(key, variants) for key, variants in left.items() if variants]
        return Baseline(entries=sorted(entries, key=lambda entry: (entry.page, entry.key)))


def exit_code(run: Run, complaints: Sequence[str]) -> int:
    """The run's, and 1 for a clean run with something wrong in the baseline."""
    return run.exit_code() or int(bool(complaints))


# What a run found. ------------------------------------------------------------------------------


def as_found(page: PageResult) -> PageResult:
    """The page before anything was marked as known: one that comes from a report may be marked."""
    if all(finding.known is None for finding in page.findings):
        return page
    merged: dict[Any, Finding] = {}
    for finding in page.findings:
        there = merged.get(finding.key)
        held = {*(there.variants if there else ()), *finding.variants}
        # In the order of the page's, which the parts of a finding may not have.
        variants = tuple(variant for variant in page.variants if variant in held)
        holds_for = describe(variants, page.variants)
        merged[finding.key] = replace(
            there or finding, variants=variants, holds_for=holds_for, known=None
        )
    return replace(page, findings=tuple(merged.values()))


def _found(pages: Iterable[PageResult]) -> dict[Key, frozenset[Variant]]:
    found: dict[Key, frozenset[Variant]] = {}
    for page in pages:
        for finding in page.findings:
            key = key_of(finding)
            found[key] = found.get(key, frozenset()) | frozenset(finding.variants)
    return found


def _audited(pages: Iterable[PageResult]) -> dict[str, frozenset[Variant]]:
    """Page to the variants in which it was audited as a whole: of others nothing is known."""
    audited: dict[str, frozenset[Variant]] = {}
    for page in pages:
        if page.status is Status.AUDITED:
            name = without_host(page.url)
            audited[name] = audited.get(name, frozenset()) | frozenset(page.variants)
    return audited


def _stale(entries: Iterable[Entry], pages: Sequence[PageResult], judged: Judged) -> Iterator[str]:
    audited, found = _audited(pages), _found(pages)
    for entry in entries:
        looked_at = entry.variants & audited.get(entry.page, frozenset())
        gone = looked_at - found.get(entry.key, frozenset())
        if gone and judged(entry):
            where = describe(sorted(gone, key=str), sorted(entry.variants, key=str))
            yield (
                f"The baseline's entry for {entry} is stale{f' {where}' if where else ''}: it is "
                "not found any more. Take it out, or give --update-baseline."
            )


def _marked(page: PageResult, known: Callable[[Key], Sequence[Entry] | None]) -> Iterator[Finding]:
    for finding in page.findings:
        left = list(finding.variants)
        for entry in known(key_of(finding)) or ():
            if some := [variant for variant in left if variant in entry.variants]:
                yield _part(finding, some, page, known=entry.reason)
                left = [variant for variant in left if variant not in entry.variants]
        if left:
            yield _part(finding, left, page, known=None)


def _part(
    finding: Finding, variants: Sequence[Variant], page: PageResult, *, known: str | None
) -> Finding:
    if len(variants) == len(finding.variants):
        return replace(finding, known=known)
    holds_for = describe(variants, page.variants)
    return replace(finding, variants=tuple(variants), holds_for=holds_for, known=known)


def _by_key(entries: Iterable[Entry]) -> Mapping[Key, Sequence[Entry]]:
    by_key: dict[Key, list[Entry]] = {}
    for entry in entries:
        by_key.setdefault(entry.key, []).append(entry)
    return by_key


def _is_over(entry: Entry, today: datetime.date) -> bool:
    return entry.expires is not None and entry.expires < today


def _reason(entry: Entry) -> str:
    return entry.reason or "it has no reason."


def _entry(key: Key, variants: Iterable[Variant]) -> Entry:
    rule, page, target, outcome = key
    return Entry(rule=rule, page=page, target=target, outcome=outcome, variants=frozenset(variants))
