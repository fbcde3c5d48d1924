"""EARL 1.0 (https://www.w3.org/TR/EARL10-Schema/) as JSON-LD, its context written out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..criteria import Criterion
from ..findings import Finding, Outcome, PageResult, Run
from .issues import state
from .text import uri

CONTEXT: dict[str, Any] = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "ptr": "http://www.w3.org/2009/pointers#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct:date": {"@type": "xsd:dateTime"},
    "earl:assertedBy": {"@type": "@id"},
    "earl:subject": {"@type": "@id"},
    "earl:test": {"@type": "@id"},
    "earl:mode": {"@type": "@id"},
    "earl:outcome": {"@type": "@id"},
    "dct:isPartOf": {"@type": "@id"},
}
_WCAG = "https://www.w3.org/TR/WCAG22/"
_ASSERTOR = "urn:vydno:audit"
_OUTCOMES = {
    Outcome.FAILS: "earl:failed",
    Outcome.NEEDS_REVIEW: "earl:cantTell",
    # Of the rule itself, or of a criterion at level AAA.
    Outcome.ADVICE: "earl:failed",
}
"""Nothing is ever said to have passed: that a machine saw nothing proves no criterion."""


def render(run: Run) -> str:
    """One assertion for each finding and each of its criteria; of a page that was not audited
    one that says so, about all of WCAG."""
    graph = [_assertor(run), _wcag(), *_subjects(run), *_tests(run), *_assertions(run)]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, indent=1) + "\n"


def _assertor(run: Run) -> dict[str, Any]:
    version = run.tools.get("vydno", "unknown")
    others = ", ".join(f"{name} {number}" for name, number in run.tools.items() if name != "vydno")
    return {
        "@id": _ASSERTOR,
        "@type": ["earl:Assertor", "earl:Software"],
        "dct:title": "vydno audit",
        "dct:hasVersion": version,
        "doap:release": {"doap:revision": version},
    } | ({"dct:description": f"With {others}"} if others else {})


def _subjects(run: Run) -> list[dict[str, Any]]:
    found = {uri(page.url): page for page in run.pages}
    return [
        {"@id": _id(page.url), "@type": ["earl:TestSubject"], "dct:source": page.url}
        | ({"dct:title": page.title} if page.title else {})
        for page in found.values()
    ]


def _id(address: str) -> str:
    """An IRI that JSON-LD takes for a whole one, whatever the address is."""
    return uri(address) if "://" in address else f"urn:vydno:page:{uri(address)}"


def _wcag() -> dict[str, Any]:
    title = "Web Content Accessibility Guidelines (WCAG) 2.2"
    return {
        "@id": _WCAG,
        "@type": ["earl:TestCriterion", "earl:TestRequirement"],
        "dct:title": title,
    }


def _tests(run: Run) -> Iterator[dict[str, Any]]:
    """Each criterion that is named; a rule that has none is its own."""
    criteria = {each.number: each for finding in run.findings for each in finding.explanations}
    for criterion in criteria.values():
        yield {
            "@id": _criterion_id(criterion),
            "@type": ["earl:TestCriterion", "earl:TestRequirement"],
            "dct:identifier": criterion.number,
            "dct:title": f"{criterion.number} {criterion.name}",
            "dct:description": f"Level {criterion.level}; {criterion.url}",
            "dct:isPartOf": _WCAG,
        }
    rules = {_rule_id(finding): finding for finding in run.findings if not finding.explanations}
    for name, finding in rules.items():
        types = ["earl:TestCriterion", "earl:TestCase"]
        yield {"@id": name, "@type": types, "dct:title": finding.rule}


def _criterion_id(criterion: Criterion) -> str:
    return f"{_WCAG}#{criterion.url.rpartition('/')[2]}"


def _rule_id(finding: Finding) -> str:
    return f"urn:vydno:rule:{uri(finding.source)}:{uri(finding.rule)}"


def _assertions(run: Run) -> Iterator[dict[str, Any]]:
    for page in run.pages:
        for finding in page.findings:
            tests = [_criterion_id(each) for each in finding.explanations] or [_rule_id(finding)]
            for test in tests:
                yield _assertion(finding.page, test, _result(finding, run.started))
    for page in run.not_audited:
        yield _assertion(page.url, _WCAG, _untested(page, run.started))


def _assertion(page: str, test: str, result: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": ["earl:Assertion"],
        "earl:assertedBy": _ASSERTOR,
        "earl:subject": _id(page),
        "earl:test": test,
        "earl:mode": "earl:automatic",
        "earl:result": result,
    }


def _result(finding: Finding, started: str) -> dict[str, Any]:
    known = f"Known: {finding.known}" if finding.known is not None else ""
    against = (finding.measured, finding.needed and f"needed: {finding.needed}")
    info = (", ".join(filter(None, against)), finding.holds_for, finding.fix, known)
    return {
        "@type": ["earl:TestResult"],
        "earl:outcome": _OUTCOMES[finding.outcome],
        "dct:date": started,
        "dct:title": f"{finding.source}/{finding.rule}: {state(finding)}",
        "dct:description": finding.message,
        "earl:info": "\n".join(filter(None, info)),
        "earl:pointer": {"@type": ["ptr:CSSSelectorPointer"], "ptr:expression": finding.target},
    }


def _untested(page: PageResult, started: str) -> dict[str, Any]:
    return {
        "@type": ["earl:TestResult"],
        "earl:outcome": "earl:untested",
        "dct:date": started,
        "dct:description": page.reason,
    }
