"""Findings put together as a person mends them: a rule, what is wrong, where."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from ..criteria import Criterion
from ..findings import Finding, Outcome

KNOWN = "known"
"""The state of what the baseline lets pass, whatever its outcome is."""
STATES = (*Outcome, KNOWN)
"""The worst first."""
_LEVELS = ("A", "AA", "AAA")
_QUOTED = re.compile("“[^”]*”")
_MORE = re.compile(r"\b\d[\d,]* more ")


def state(finding: Finding) -> str:
    """One of STATES."""
    return finding.outcome if finding.known is None else KNOWN


@dataclass(frozen=True, kw_only=True)
class Element:
    """One element, and all the pages on which the same is wrong with it: a site's header is one."""

    findings: Sequence[Finding]

    @property
    def first(self) -> Finding:
        return self.findings[0]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One sentence of what is wrong, and the elements that it is wrong with."""

    elements: Sequence[Element]

    @property
    def first(self) -> Finding:
        return self.elements[0].first

    @property
    def findings(self) -> list[Finding]:
        return [finding for element in self.elements for finding in element.findings]

    @property
    def is_one_sentence(self) -> bool:
        """Whether the same is said of all the elements, with the same words of the page in it."""
        return len({finding.message for finding in self.findings}) == 1

    @property
    def message(self) -> str:
        """What is said of all of them."""
        return self.first.message if self.is_one_sentence else _of_all(self.first.message)


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A rule in one state, with everything that it found."""

    problems: Sequence[Problem]

    @property
    def first(self) -> Finding:
        return self.problems[0].first

    @property
    def state(self) -> str:
        return state(self.first)

    @property
    def findings(self) -> list[Finding]:
        return [finding for problem in self.problems for finding in problem.findings]

    @property
    def pages(self) -> list[str]:
        return list(dict.fromkeys(finding.page for finding in self.findings))

    @property
    def criteria(self) -> list[Criterion]:
        return self.first.explanations


def issues(findings: Iterable[Finding]) -> list[Issue]:
    """The worst first: by state, then level A before AA, then by how many pages and elements."""
    groups = _grouped(findings, lambda each: (state(each), each.source, each.rule))
    found = [Issue(problems=_problems(group)) for group in groups]
    return sorted(found, key=_rank)


def _rank(issue: Issue) -> tuple[int, int, int, int, str]:
    levels = [_LEVELS.index(criterion.level) for criterion in issue.criteria]
    return (
        STATES.index(issue.state),
        min(levels, default=len(_LEVELS)),
        -len(issue.pages),
        -len(issue.findings),
        issue.first.rule,
    )


def _problems(findings: Iterable[Finding]) -> list[Problem]:
    groups = _grouped(findings, lambda each: (_of_all(each.message), each.fix))
    found = [Problem(elements=_elements(group)) for group in groups]
    return sorted(found, key=lambda problem: -len(problem.findings))


def _of_all(message: str) -> str:
    """The sentence without what it quotes of the page, and without numbers of the like."""
    return _MORE.sub("some more ", _QUOTED.sub("“…”", message))


def quoted(finding: Finding) -> str:
    """What the sentence quotes of the page: `“Monday” “Friday”`."""
    return " ".join(_QUOTED.findall(finding.message))


def _elements(findings: Iterable[Finding]) -> list[Element]:
    groups = _grouped(findings, _element)
    found = [Element(findings=group) for group in groups]
    return sorted(found, key=lambda element: -len(element.findings))


def _element(finding: Finding) -> tuple[object, ...]:
    seen = (finding.measured, finding.needed, finding.holds_for, finding.known)
    return (finding.target, finding.html, *seen, tuple(finding.variants))


def _grouped(
    findings: Iterable[Finding], key: Callable[[Finding], Hashable]
) -> list[list[Finding]]:
    groups: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    return list(groups.values())
