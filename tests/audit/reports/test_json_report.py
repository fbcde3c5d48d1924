"""JSON: what its schema says, and the same run when it is read again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from vydno.audit.findings import Finding, Outcome, PageResult, Run, Status
from vydno.audit.reports import json_report, write
from vydno.audit.variants import Variant
from vydno.errors import VydnoError

from .. import sample_runs

RUNS = ("clean", "mixed", "interrupted", "empty", "hostile")


def report(run: Run) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(json_report.render(run, run.exit_code()))
    return content


def again(run: Run, folder: Path) -> Run:
    write(run, "json", folder / "report.json")
    return json_report.read(folder / "report.json")


def pictures(run: Run) -> list[bytes | None]:
    return [finding.picture for finding in run.findings]


def as_tuples(run: Run) -> Run:
    """Lists or tuples: a run is the same."""

    def finding(each: Finding) -> Finding:
        return replace(each, variants=tuple(each.variants), criteria=tuple(each.criteria))

    def page(each: PageResult) -> PageResult:
        findings = tuple(map(finding, each.findings))
        return replace(each, variants=tuple(each.variants), findings=findings)

    return replace(run, pages=tuple(map(page, run.pages)), variants=tuple(run.variants))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_report.schema())


@pytest.mark.parametrize("name", RUNS)
def test_every_report_is_what_the_schema_says(name: str) -> None:
    Draft202012Validator(json_report.schema()).validate(report(getattr(sample_runs, name)()))


@pytest.mark.parametrize("field", ["rule", "outcome", "variants", "known"])
def test_the_schema_refuses_a_finding_that_lacks_something(field: str) -> None:
    broken = report(sample_runs.mixed())
    del broken["findings"][0][field]
    assert not Draft202012Validator(json_report.schema()).is_valid(broken)


def test_the_schema_knows_every_status_and_every_outcome() -> None:
    definitions = json_report.schema()["$defs"]
    assert definitions["page"]["properties"]["status"]["enum"] == list(Status)
    assert definitions["finding"]["properties"]["outcome"]["enum"] == list(Outcome)


def test_the_schema_knows_every_field_of_a_variant() -> None:
    fullest = Variant(
        theme="red", color_scheme="dark", contrast="more", forced_colors=True, reduced_motion=True
    )
    assert set(json_report.schema()["$defs"]["variant"]["properties"]) == set(fullest.to_json())


def test_the_report_says_what_the_run_was() -> None:
    found = report(sample_runs.mixed())
    assert found["version"] == json_report.VERSION
    assert (found["exit-code"], found["interrupted"], found["seconds"]) == (2, False, 12.5)
    assert found["tools"]["axe-core"] == "4.12.1"
    statuses = [page["status"] for page in found["pages"]]
    assert statuses == ["audited"] * 4 + ["partly-audited", "not-audited"]
    first = found["findings"][0]
    assert (first["criteria"], first["outcome"], first["holds-for"]) == (
        ["1.4.3"],
        "fails",
        "only in dark",
    )


def test_a_finding_is_a_line() -> None:
    lines = json_report.render(sample_runs.mixed(), 2).splitlines()
    assert sum(line.startswith('{"rule"') for line in lines) == 8


@pytest.mark.parametrize("name", RUNS)
def test_what_was_written_is_read_again_with_its_pictures(tmp_path: Path, name: str) -> None:
    run: Run = getattr(sample_runs, name)()
    assert again(run, tmp_path) == as_tuples(run)
    assert pictures(again(run, tmp_path)) == pictures(run)


@given(text=st.text(st.characters(codec=None), max_size=40))
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    run = sample_runs.run(sample_runs.page(text, sample_runs.contrast(text, html=text)))
    content = json.loads(json_report.render(run, 0).encode())
    assert content["pages"][0]["url"] == content["findings"][0]["html"] == text


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"pages": []}', "[" * 100_000, '{"$schema": 1}', "\0"]
)
def test_a_file_that_is_no_report_is_one_clear_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(VydnoError, match=r"report\.json is no report of `vydno audit --json`\.$"):
        json_report.read(path)


def test_a_file_that_is_no_text_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_bytes(sample_runs.picture())
    with pytest.raises(VydnoError, match="is no report"):
        json_report.read(tmp_path / "report.json")


def test_a_file_that_is_not_there_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(VydnoError, match=r"could not be read \(No such file or directory\)"):
        json_report.read(tmp_path / "report.json")


def test_a_report_of_another_version_is_one_clear_sentence(tmp_path: Path) -> None:
    content = report(sample_runs.clean()) | {"version": 99}
    (tmp_path / "report.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(VydnoError, match="version 99, and this Vydno reads version 1: audit anew"):
        json_report.read(tmp_path / "report.json")


@pytest.mark.parametrize(
    ("where", "field", "value"),
    [
        ("pages", "status", "fine"),
        ("pages", "variants", [{"browser": "chromium"}]),
        ("pages", "variants", [{"viewport": "1x1", "browser": "chromium"}]),
        ("findings", "page", "https://elsewhere.example/"),
        ("findings", "outcome", None),
        ("findings", "html", 7),
        ("findings", "picture", "%"),
        ("findings", "variants", [{"viewport": "1280x800", "colour": "red"}]),
        ("findings", "variants", [7]),
    ],
)
def test_a_report_that_somebody_changed_is_one_clear_sentence(
    tmp_path: Path, where: str, field: str, value: object
) -> None:
    content = report(sample_runs.mixed())
    content[where][0][field] = value
    (tmp_path / "report.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(VydnoError, match="is a report that somebody changed"):
        json_report.read(tmp_path / "report.json")
