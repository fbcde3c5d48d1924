"""Findings as a person mends them."""

from __future__ import annotations

from vydno.audit.reports.issues import issues, quoted

from .. import sample_runs
from ..sample_runs import SITE, advice, contrast, known_failure, reflow, review


def test_the_worst_comes_first() -> None:
    found = issues([known_failure(), advice(), review(), reflow()])
    assert [issue.state for issue in found] == ["fails", "needs-review", "advice", "known"]


def test_what_fails_on_more_pages_comes_before_what_fails_on_one() -> None:
    found = issues([reflow(), contrast(f"{SITE}/a"), contrast(f"{SITE}/b")])
    assert [issue.first.rule for issue in found] == ["color-contrast", "reflow"]


def test_level_a_comes_before_level_aa() -> None:
    found = issues([reflow(), reflow(target="b"), contrast(criteria=("1.1.1",))])
    assert [issue.first.rule for issue in found] == ["color-contrast", "reflow"]


def test_the_same_element_on_many_pages_is_one() -> None:
    pages = [f"{SITE}/{number}" for number in range(5)]
    (issue,) = issues(map(contrast, pages))
    (problem,) = issue.problems
    (element,) = problem.elements
    assert [finding.page for finding in element.findings] == pages


def test_elements_that_were_measured_otherwise_stay_apart() -> None:
    (issue,) = issues([contrast(f"{SITE}/a"), contrast(f"{SITE}/b", measured="3:1")])
    assert len(issue.problems[0].elements) == 2


def test_a_rule_that_says_two_things_has_two_problems() -> None:
    (issue,) = issues([contrast(), contrast(target="b", message="Worse.")])
    assert {problem.first.message for problem in issue.problems} == {contrast().message, "Worse."}


def test_the_same_said_of_other_words_is_one_problem() -> None:
    said = "The text “{}” is cut off. The same befalls {} more of its kind."
    findings = [contrast(target=day, message=said.format(day, n)) for n, day in enumerate("ab", 1)]
    (issue,) = issues(findings)
    (problem,) = issue.problems
    assert problem.message == "The text “…” is cut off. The same befalls some more of its kind."
    assert [quoted(element.first) for element in problem.elements] == ["“a”", "“b”"]
    assert issues(findings[:1])[0].problems[0].message == said.format("a", 1)


def test_no_finding_is_lost_and_none_is_told_twice() -> None:
    findings = sample_runs.mixed().findings
    told = [finding for issue in issues(findings) for finding in issue.findings]
    assert sorted(map(id, told)) == sorted(map(id, findings))
