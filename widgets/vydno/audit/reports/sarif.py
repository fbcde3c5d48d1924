"""SARIF 2.1.0, as code scanning on GitHub and elsewhere takes it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from ..findings import Finding, Outcome, PageResult, Run, Status
from .issues import STATES, Issue, issues, state
from .text import link, uri

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Outcome.FAILS: "error", Outcome.NEEDS_REVIEW: "warning", Outcome.ADVICE: "note"}
# GitHub cuts what is longer, and shows no rule with more tags.
_LONGEST, _TAGS = 1000, 20


def render(run: Run, exit_code: int) -> str:
    """JSON; results are sorted the worst first, since GitHub shows the first 5,000 alone."""
    rules = _rules(run.findings)
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    results = sorted(run.findings, key=lambda finding: STATES.index(state(finding)))
    fingerprints: Counter[str] = Counter()
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(run, rules)},
                "automationDetails": {"id": "vydno-audit/"},
                "invocations": [_invocation(run, exit_code)],
                "results": [_result(finding, places, fingerprints) for finding in results],
                # Columns are never told; the standard asks for it as soon as there are regions.
                "columnKind": "unicodeCodePoints",
                "properties": {"tools": dict(run.tools)},
            }
        ],
    }
    # ASCII alone: half a surrogate pair, which a page may hold, is then still JSON.
    return json.dumps(log) + "\n"


def _driver(run: Run, rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": "vydno audit", "version": run.tools.get("vydno", "unknown"), "rules": rules}


def _rules(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    found = {_rule_id(issue.first): issue for issue in reversed(issues(findings))}
    return [_rule(name, found[name]) for name in reversed(found)]


def _rule_id(finding: Finding) -> str:
    return f"{finding.source}/{finding.rule}"


def _rule(name: str, issue: Issue) -> dict[str, Any]:
    finding = issue.first
    titles = [str(criterion) for criterion in issue.criteria]
    explained = link(finding.help_url) or next((each.url for each in issue.criteria), "")
    help_text = [*titles, finding.fix, explained]
    tags = ["accessibility", *(criterion.tag for criterion in issue.criteria)]
    levels = {f"wcag-level-{criterion.level.lower()}" for criterion in issue.criteria}
    return {
        "id": name,
        "name": finding.rule,
        "shortDescription": {"text": _short(", ".join(titles) or finding.rule)},
        "fullDescription": {"text": _short(finding.message)},
        "help": {"text": _short("\n".join(filter(None, help_text)) or finding.rule)},
        "defaultConfiguration": {"level": _LEVELS[finding.outcome]},
        "properties": {"tags": [*tags, *sorted(levels)][:_TAGS], "precision": "very-high"},
    } | ({"helpUri": explained} if explained else {})


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _result(finding: Finding, places: dict[str, int], fingerprints: Counter[str]) -> dict[str, Any]:
    name = _rule_id(finding)
    result: dict[str, Any] = {
        "ruleId": name,
        "ruleIndex": places[name],
        "level": _LEVELS[finding.outcome],
        "message": {"text": _message(finding)},
        "locations": [_location(finding)],
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(finding, fingerprints)},
        "properties": {
            "outcome": finding.outcome,
            "criteria": list(finding.criteria),
            "measured": finding.measured,
            "needed": finding.needed,
            "holds-for": finding.holds_for,
            "variants": [variant.to_json() for variant in finding.variants],
        },
    }
    if finding.known is not None:
        reason = {"justification": finding.known} if finding.known else {}
        result["suppressions"] = [{"kind": "external", "status": "accepted", **reason}]
    return result


def _message(finding: Finding) -> str:
    against = ", ".join(
        filter(None, (finding.measured, finding.needed and f"needed: {finding.needed}"))
    )
    parts = (
        finding.message,
        against and f"Measured: {against}.",
        finding.holds_for and f"It is so {finding.holds_for}.",
        finding.fix,
        f"Element: {finding.target}",
    )
    # A link in brackets would be one, and braces would be places of arguments (3.11.5, 3.11.6).
    text = " ".join(filter(None, parts))
    return text.translate({ord("["): "\\[", ord("]"): "\\]", ord("{"): "{{", ord("}"): "}}"})


def _location(finding: Finding) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(finding.page)},
            # A page has no lines of its own, but GitHub shows nothing that has none.
            "region": {"startLine": 1, "snippet": {"text": finding.html}},
        },
        "logicalLocations": [{"fullyQualifiedName": finding.target, "kind": "element"}],
    }


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """The same in the next run, whatever is measured then; with a number as GitHub has it."""
    key = json.dumps(finding.key)
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _invocation(run: Run, exit_code: int) -> dict[str, Any]:
    started = datetime.fromisoformat(run.started).astimezone(UTC)
    ended = started + timedelta(seconds=run.seconds)
    notices = [_notice(page) for page in run.not_audited]
    if run.interrupted:
        notices.append(_notification("The run was interrupted: other pages were not audited."))
    return {
        "executionSuccessful": exit_code != 2,
        "exitCode": exit_code,
        "startTimeUtc": _utc(started),
        "endTimeUtc": _utc(ended),
        "toolExecutionNotifications": notices,
    }


def _utc(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _notice(page: PageResult) -> dict[str, Any]:
    what = "audited only in part" if page.status is Status.PARTLY else "not audited"
    place = {"physicalLocation": {"artifactLocation": {"uri": uri(page.url)}}}
    return _notification(f"The page was {what}. {page.reason}") | {"locations": [place]}


def _notification(text: str) -> dict[str, Any]:
    escaped = text.translate({ord("{"): "{{", ord("}"): "}}"})
    return {"level": "error", "message": {"text": escaped}}
