"""JUnit XML for the test page of a CI server: a suite is a page, a case is a rule."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from ..findings import Finding, Outcome, PageResult, Run, Status
from .issues import KNOWN, STATES, Issue, Problem, issues
from .text import count, xml


def render(run: Run) -> str:
    """XML whose failures are those of the exit code: what fails, and what could not be audited.

    What a person must look at, and what the baseline knows, is skipped and says why: it is in
    sight, and fails no build. Advice stands in the output of the page's own case.
    """
    suites = [_suite(page, run.started) for page in run.pages]
    if run.interrupted:
        suites.append(_interruption())
    report = JUnitXml("vydno audit")
    for suite in suites:
        suite.update_statistics()  # type: ignore[no-untyped-call]
        report.add_testsuite(suite)
    # Not by its update_statistics: Jenkins' schema has `skipped` of suites alone, and pages are
    # audited side by side, so that their seconds add up to more than the run's.
    report.tests = sum(suite.tests for suite in suites)
    report.failures = sum(suite.failures for suite in suites)
    report.errors = sum(suite.errors for suite in suites)
    report.time = round(run.seconds, 3)
    text: bytes | str = report.tostring()  # type: ignore[no-untyped-call]
    body = text.decode() if isinstance(text, bytes) else text
    return body if body.startswith("<?xml") else f"<?xml version='1.0' encoding='UTF-8'?>\n{body}"


def _suite(page: PageResult, started: str) -> TestSuite:
    suite = TestSuite(xml(page.url))
    # The schemas that there are know no time zone.
    moment = datetime.fromisoformat(started).astimezone(UTC).replace(tzinfo=None)
    suite.timestamp = moment.isoformat(timespec="seconds")
    found = issues(page.findings)
    suite.add_testcase(_page_case(page, [each for each in found if _is_advice(each)]))
    tested = [issue for issue in found if not _is_advice(issue)]
    for _, group in groupby(sorted(tested, key=_name), key=_name):
        suite.add_testcase(_rule_case(page, list(group)))
    return suite


def _is_advice(issue: Issue) -> bool:
    return issue.state == Outcome.ADVICE


def _name(issue: Issue) -> str:
    return f"{issue.first.source}: {issue.first.rule}"


def _page_case(page: PageResult, advice: list[Issue]) -> TestCase:
    """One that passes when the page was audited: a suite must have a case."""
    case = _case("audit", page, page.seconds)
    if page.status is not Status.AUDITED:
        case.result = [Error(xml(page.reason), page.status)]
    if advice:
        case.system_out = xml("\n\n".join(map(_text, advice)))
    return case


def _rule_case(page: PageResult, states: list[Issue]) -> TestCase:
    """The worst state of a rule decides; the others are told with it."""
    states.sort(key=lambda issue: STATES.index(issue.state))
    worst = states[0]
    case = _case(_name(worst), page, 0.0)
    kind = Failure if worst.state == Outcome.FAILS else Skipped
    result = kind(xml(_headline(worst)), worst.state)
    result.text = xml("\n\n".join(map(_text, states)))
    case.result = [result]
    return case


def _case(name: str, page: PageResult, seconds: float) -> TestCase:
    return TestCase(xml(name), classname=xml(page.url), time=round(seconds, 3))


def _headline(issue: Issue) -> str:
    """One line. Rules that say something else of each element are told by the first of them."""
    elements = count(len(issue.findings), "element")
    return f"{_STATES[issue.state]}: {issue.problems[0].message} ({elements})"


_STATES = {
    Outcome.FAILS: "Fails",
    Outcome.NEEDS_REVIEW: "Needs review",
    Outcome.ADVICE: "Advice",
    KNOWN: "Known",
}


def _text(issue: Issue) -> str:
    criteria = ", ".join(map(str, issue.criteria))
    head = filter(None, (_headline(issue), criteria, issue.first.help_url))
    return "\n".join([*head, *map(_problem, issue.problems)])


def _problem(problem: Problem) -> str:
    first = problem.first
    own = not problem.is_one_sentence
    elements = [_element(finding, own=own) for finding in problem.findings]
    told = (problem.message, first.fix and f"Fix: {first.fix}", *elements)
    return "\n".join(filter(None, told))


def _element(finding: Finding, *, own: bool) -> str:
    against = (finding.measured, finding.needed and f"needed: {finding.needed}")
    facts = (
        f"- {finding.target}",
        finding.message if own else "",
        finding.html,
        ", ".join(filter(None, against)),
        finding.holds_for,
        f"Known: {finding.known}" if finding.known is not None else "",
    )
    return "\n  ".join(filter(None, facts))


def _interruption() -> TestSuite:
    suite = TestSuite("vydno audit")
    case = TestCase("interrupted", classname="vydno audit")
    case.result = [
        Error("The run was interrupted, so other pages were not audited.", "not-audited")
    ]
    suite.add_testcase(case)
    return suite
