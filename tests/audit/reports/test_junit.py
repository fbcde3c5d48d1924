"""JUnit XML: what turns a build red there is what turns the command's exit code."""

from __future__ import annotations

import re

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase
from vydno.audit.findings import Finding, PageResult, Run
from vydno.audit.reports import junit

from .. import sample_runs
from ..sample_runs import SITE

RUNS = ("clean", "mixed", "interrupted", "empty", "hostile")


def read(run: Run) -> JUnitXml:
    found = JUnitXml.fromstring(junit.render(run).encode(errors="replace"))
    assert isinstance(found, JUnitXml)
    return found


def cases(run: Run) -> dict[tuple[str, str], TestCase]:
    return {(suite.name, case.name): case for suite in read(run) for case in suite}


def test_a_page_is_a_suite_and_a_rule_is_a_case() -> None:
    assert list(cases(sample_runs.mixed()))[:6] == [
        (f"{SITE}/", "audit"),
        (f"{SITE}/", "axe: color-contrast"),
        (f"{SITE}/", "axe: text-over-picture"),
        (f"{SITE}/news/", "audit"),
        (f"{SITE}/news/", "axe: color-contrast"),
        (f"{SITE}/timetable/", "audit"),
    ]


def test_a_page_without_findings_is_a_case_that_passed() -> None:
    assert [case.is_passed for case in cases(sample_runs.clean()).values()] == [True, True]


def test_what_fails_says_where_and_how_to_fix_it() -> None:
    (failure,) = cases(sample_runs.mixed())[f"{SITE}/timetable/", "vydno: reflow"].result
    assert isinstance(failure, Failure)
    assert failure.message == (
        "Fails: The page scrolls sideways, and this element is what sticks out. (1 element)"
    )
    for part in ("1.4.10 Reflow", "main > .timetable", "at most 320", "Fix: Take", "only at 200 %"):
        assert part in str(failure.text)


def test_each_message_and_each_element_of_a_rule_is_told() -> None:
    first, second = sample_runs.contrast(), sample_runs.contrast(target="b", message="Worse.")
    run = sample_runs.run(sample_runs.page(f"{SITE}/", first, second))
    (failure,) = cases(run)[f"{SITE}/", "axe: color-contrast"].result
    assert all(part in str(failure.text) for part in (first.message, "Worse.", "- b"))


@pytest.mark.parametrize("finding", [sample_runs.review(), sample_runs.known_failure(f"{SITE}/")])
def test_what_needs_review_or_is_known_is_skipped(finding: Finding) -> None:
    run = sample_runs.run(sample_runs.page(f"{SITE}/", finding))
    (result,) = cases(run)[f"{SITE}/", f"axe: {finding.rule}"].result
    assert isinstance(result, Skipped)
    assert finding.message in str(result.message)


def test_advice_is_told_in_the_output_of_a_case_that_passed() -> None:
    case = cases(sample_runs.mixed())[f"{SITE}/", "audit"]
    assert case.is_passed
    assert "Content is outside of every landmark." in str(case.system_out)


@pytest.mark.parametrize("page", [sample_runs.partly(), sample_runs.not_audited()])
def test_a_page_that_was_not_audited_is_an_error(page: PageResult) -> None:
    (error,) = cases(sample_runs.run(page))[page.url, "audit"].result
    assert isinstance(error, Error)
    assert error.message == page.reason


def test_an_interruption_is_an_error() -> None:
    (error,) = cases(sample_runs.empty())["vydno audit", "interrupted"].result
    assert isinstance(error, Error)


@pytest.mark.parametrize("name", RUNS)
def test_the_build_is_red_exactly_when_the_exit_code_says_so(name: str) -> None:
    run: Run = getattr(sample_runs, name)()
    report = read(run)
    assert bool(report.failures or report.errors) == bool(run.exit_code())
    assert report.time == 12.5


def test_no_attribute_is_there_that_jenkins_schema_lacks() -> None:
    report = junit.render(sample_runs.mixed())
    (whole,) = re.findall(r"<testsuites ([^>]*)>", report)
    assert set(re.findall(r"(\w+)=", whole)) == {"name", "tests", "failures", "errors", "time"}


def test_hostile_text_stays_text() -> None:
    report = junit.render(sample_runs.hostile())
    assert set(re.findall(r"</?([\w-]+)", report)) == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "error",
        "system-out",
    }
    assert "\x1b" not in report
    assert "&#0;" not in report.replace("&amp;#0;", "")
