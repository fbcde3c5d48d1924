"""EARL: rdflib reads it, and finds what the schema of EARL 1.0 demands."""

from __future__ import annotations

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.query import ResultRow
from vydno.audit.findings import Run
from vydno.audit.reports import earl

from .. import sample_runs
from ..sample_runs import SITE

# rdflib's own parser uses what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

EARL = Namespace("http://www.w3.org/ns/earl#")
DCT = Namespace("http://purl.org/dc/terms/")
WCAG = "https://www.w3.org/TR/WCAG22/"
RUNS = ("clean", "mixed", "interrupted", "empty", "hostile")
# EARL 1.0 Schema, section 2: of an assertion exactly one of each, and each of its class.
COMPLETE = """
SELECT ?assertion WHERE {
  ?assertion a earl:Assertion ; earl:assertedBy ?who ; earl:subject ?what ;
    earl:test ?test ; earl:result ?result ; earl:mode earl:automatic .
  ?who a earl:Assertor , earl:Software ; dct:title ?name ; dct:hasVersion ?version .
  ?what a earl:TestSubject .
  ?test a earl:TestCriterion .
  { ?test a earl:TestRequirement } UNION { ?test a earl:TestCase }
  ?result a earl:TestResult ; earl:outcome ?outcome ; dct:date ?date .
  FILTER(?outcome IN (earl:failed, earl:cantTell, earl:untested) && datatype(?date) = xsd:dateTime)
}
"""
OUTCOMES = """
SELECT ?page ?test ?outcome WHERE {
  ?assertion earl:subject ?page ; earl:test ?test ; earl:result/earl:outcome ?outcome
}
"""


def graph(run: Run) -> Graph:
    return Graph().parse(data=earl.render(run), format="json-ld")


def outcomes(run: Run) -> set[tuple[str, str, str]]:
    rows = [row for row in graph(run).query(OUTCOMES) if isinstance(row, ResultRow)]
    return {(str(row["page"]), str(row["test"]), str(row["outcome"])) for row in rows}


@pytest.mark.parametrize("name", RUNS)
def test_every_assertion_is_complete(name: str) -> None:
    found = graph(getattr(sample_runs, name)())
    every = list(found.subjects(RDF.type, EARL.Assertion))
    assert len(list(found.query(COMPLETE))) == len(every)
    for assertion in every:
        for predicate in (EARL.assertedBy, EARL.subject, EARL.test, EARL.result):
            assert len(list(found.objects(assertion, predicate))) == 1


def test_the_question_about_assertions_can_be_answered_with_no() -> None:
    found = graph(sample_runs.mixed())
    before = len(list(found.query(COMPLETE)))
    found.remove((URIRef(f"{SITE}/"), RDF.type, None))
    assert 0 < len(list(found.query(COMPLETE))) < before


def test_each_outcome_is_asserted_of_each_criterion() -> None:
    assert outcomes(sample_runs.mixed()) >= {
        (f"{SITE}/", f"{WCAG}#contrast-minimum", str(EARL.failed)),
        (f"{SITE}/", f"{WCAG}#contrast-minimum", str(EARL.cantTell)),
        (f"{SITE}/", f"{WCAG}#non-text-contrast", str(EARL.cantTell)),
        (f"{SITE}/", "urn:vydno:rule:axe:region", str(EARL.failed)),
        (f"{SITE}/timetable/", f"{WCAG}#reflow", str(EARL.failed)),
        (f"{SITE}/gallery/", WCAG, str(EARL.untested)),
        (f"{SITE}/old/", WCAG, str(EARL.untested)),
    }


def test_nothing_is_ever_said_to_have_passed() -> None:
    assert outcomes(sample_runs.clean()) == set()
    assert "earl:passed" not in earl.render(sample_runs.mixed())


def test_the_element_is_pointed_at() -> None:
    expression = URIRef("http://www.w3.org/2009/pointers#expression")
    found = set(graph(sample_runs.mixed()).objects(None, expression))
    assert Literal("main > .timetable") in found


def test_the_tool_has_its_version() -> None:
    assert set(graph(sample_runs.mixed()).objects(None, DCT.hasVersion)) == {Literal("0.1.0")}


def test_hostile_addresses_are_sound_iris_and_keep_their_pages_apart(
    caplog: pytest.LogCaptureFixture,
) -> None:
    found = graph(sample_runs.hostile())
    assert len(list(found.subjects(RDF.type, EARL.TestSubject))) == 4
    for term in {term for triple in found for term in triple if isinstance(term, URIRef)}:
        assert term.n3()
    assert caplog.messages == []  # rdflib logs what does not look like an IRI


def test_nothing_is_fetched_to_understand_it() -> None:
    assert isinstance(earl.CONTEXT, dict)
    assert not [value for value in earl.CONTEXT.values() if "@import" in value]
