"""What only all pages together tell: the checks of a whole site, when its pages are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from .address import without_host
from .baseline import Entry, Judged
from .checks import Check, all_checks
from .engine import finding_of
from .findings import Fact, Finding, Outcome, PageResult, Run, Status
from .variants import Variant, describe
from .visitor import origin_of


def judged(run: Run, checks: Iterable[Check], *, advice: bool = False) -> Run:
    """The run with what the checks of a whole site find in what they noted of its pages.

    What they found before, on fewer pages, is forgotten.
    """
    over_sites = [check for check in checks if check.over_site]
    if not over_sites:
        return run
    rules = {check.rule for check in over_sites}
    pages = {page.url: _without(page, rules) for page in run.pages}
    for site in _sites(run.pages):
        for check in over_sites:
            _judge(check, [pages[url] for url in site], pages, advice=advice)
    return replace(run, pages=tuple(pages.values()))


def _without(page: PageResult, rules: set[str]) -> PageResult:
    findings = tuple(finding for finding in page.findings if finding.rule not in rules)
    return replace(page, findings=findings)


def _sites(pages: Iterable[PageResult]) -> list[list[str]]:
    """The addresses of each origin's pages; files of this disk are one site."""
    sites: dict[str, list[str]] = {}
    for page in pages:
        sites.setdefault(origin_of(page.url), []).append(page.url)
    return list(sites.values())


def _judge(
    check: Check, site: Sequence[PageResult], pages: dict[str, PageResult], *, advice: bool
) -> None:
    """Put what the check finds into the pages."""
    try:
        found = _found(check, site)
    except Exception as error:  # a team's check may do anything; what is known stays known
        reason = f"{check.rule} did not run to its end: {type(error).__name__}: {error}"[:300]
        for page in site:
            reasons = "; ".join(filter(None, [page.reason, reason]))
            status = Status.PARTLY if page.status is Status.AUDITED else page.status
            pages[page.url] = replace(pages[page.url], reason=reasons, status=status)
        return
    for url, findings in found.items():
        page = pages[url]
        wanted = [one for one in findings if advice or one.outcome is not Outcome.ADVICE]
        pages[url] = replace(page, findings=(*page.findings, *wanted))


def _found(check: Check, site: Sequence[PageResult]) -> Mapping[str, Sequence[Finding]]:
    """By page what is found, once for each of the variants that can tell something else."""
    merged: dict[str, dict[tuple[str, ...], Finding]] = {}
    for variants, facts in _scopes(check, site):
        for found in check.over_site(facts) if check.over_site else ():
            fact = found.element
            if not isinstance(fact, Fact):
                raise TypeError("what is found over a site is found at one of its facts")
            finding = finding_of(check, found, page=fact.page, target=fact.target, html=fact.html)
            held = merged.setdefault(fact.page, {})
            before = held.get(finding.key, finding)
            held[finding.key] = replace(
                before, variants=(*before.variants, *(v for v in fact.variants if v in variants))
            )
    audited = {page.url: page.variants for page in site}
    return {
        url: [_told(finding, audited[url]) for finding in held.values()]
        for url, held in merged.items()
    }


def _scopes(
    check: Check, site: Sequence[PageResult]
) -> Iterator[tuple[set[Variant], Sequence[Fact]]]:
    """Variants in which the check sees the same, and what was noted in them."""
    scopes: dict[tuple[object, ...], dict[Variant, None]] = {}
    for page in site:
        for variant in page.variants:
            scopes.setdefault(check.scope(variant), {})[variant] = None
    facts = [fact for page in site for fact in page.facts if fact.rule == check.rule]
    for variants in map(set, scopes.values()):
        yield variants, [fact for fact in facts if variants & set(fact.variants)]


def _told(finding: Finding, audited: Sequence[Variant]) -> Finding:
    held = set(finding.variants)
    variants = tuple(variant for variant in audited if variant in held)
    return replace(finding, variants=variants, holds_for=describe(variants, audited))


def judged_here(whole: Judged, entries: Iterable[Entry], run: Run) -> Judged:
    """Whether a run can say that an entry of a baseline is gone.

    What a page shares with others is not gone because a run left the others out: rules of whole
    sites are judged where all pages that the baseline knows for them were audited.
    """
    over_sites = {rule for rule, check in all_checks().items() if check.over_site}
    pages = {without_host(page.url) for page in run.pages if page.status is Status.AUDITED}
    partly = {entry.rule for entry in entries if entry.page not in pages} & over_sites
    return lambda entry: entry.rule not in partly and whole(entry)
