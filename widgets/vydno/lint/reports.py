"""A result as text, and in the formats that other programs read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..printable import printable
from .findings import Finding, Unread
from .lint import Result
from .rules import RULES, Fix, Level, Rule

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_SARIF_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "note"}
_GITHUB_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "notice"}


def sentences(finding: Finding) -> str:
    """What is wrong, and what to do, in words."""
    rule = RULES[finding.rule]
    wrong = finding.message
    instead = finding.instead if " " in finding.instead else f"`{finding.instead}`"
    parts = [
        f"{wrong}: write {instead}." if finding.instead else f"{wrong}.",
        f"Not for --fix: {finding.left}." if finding.left else "",
        f"(WCAG {rule.criterion})",
    ]
    return " ".join(filter(None, parts))


def text(result: Result) -> str:
    """One line a finding: place, rule, what is wrong. `[*]` marks what `--fix` mends."""
    return "".join(f"{printable(line(each))}\n" for each in result.findings)


def line(finding: Finding) -> str:
    place = f"{finding.source}:{finding.line}:{finding.column}"
    return f"{place}: {finding.rule} {mark(finding)}{sentences(finding)}"


def mark(finding: Finding) -> str:
    """`[*]` where `--fix` alone mends it."""
    return "[*] " if finding.fixable and RULES[finding.rule].fix is Fix.YES else ""


def as_json(result: Result) -> str:
    """Everything, with the rules' titles."""
    said = {
        "version": __version__,
        "sources": [source.name for source in result.sources],
        "findings": [_finding(each) for each in result.findings],
        "unread": [_unread(each) for each in result.unread],
    }
    # ASCII alone: half a surrogate pair, which a name may hold, is then still JSON.
    return json.dumps(said, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    rule = RULES[finding.rule]
    return {
        "source": finding.source,
        "line": finding.line,
        "column": finding.column,
        "rule": rule.id,
        "level": rule.level,
        "criterion": rule.criterion,
        "message": finding.message,
        "instead": finding.instead,
        "fix": rule.fix if finding.fixable else "",
        "left": finding.left,
    }


def _unread(unread: Unread) -> dict[str, Any]:
    return {
        "source": unread.source,
        "line": unread.line,
        "column": unread.column,
        "reason": unread.reason,
    }


def github(result: Result) -> str:
    """Annotations of GitHub's workflows."""
    return "".join(f"{_annotation(each)}\n" for each in result.findings)


def _annotation(finding: Finding) -> str:
    rule = RULES[finding.rule]
    properties = {
        "file": finding.source,
        "line": str(finding.line),
        "col": str(finding.column),
        "title": f"vydno lint: {rule.id}",
    }
    said = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{_GITHUB_LEVELS[rule.level]} {said}::{_escaped(sentences(finding))}"


def _escaped(value: str, more: str = "") -> str:
    """As GitHub's runner undoes it: a line break would end the annotation."""
    for sign in "%\r\n" + more:
        value = value.replace(sign, f"%{ord(sign):02X}")
    return value


def sarif(result: Result) -> str:
    """SARIF 2.1.0, with what `--fix` would write as fixes."""
    rules = sorted({each.rule for each in result.findings})
    driver = {
        "name": "vydno lint",
        "version": __version__,
        "rules": [_sarif_rule(RULES[name]) for name in rules],
    }
    notices = [
        {"level": "warning", "message": {"text": _plain(str(each))}} for each in result.unread
    ]
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "vydno-lint/"},
        "invocations": [
            {
                "executionSuccessful": result.exit_code != 2,
                "exitCode": result.exit_code,
                "toolExecutionNotifications": notices,
            }
        ],
        "results": [_sarif_result(each, rules) for each in result.findings],
        "columnKind": "unicodeCodePoints",
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}) + "\n"


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n{rule.criteria}"},
        "helpUri": rule.criteria.url,
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.level]},
        "properties": {"tags": ["accessibility", rule.criteria.tag]},
    }


def _sarif_result(finding: Finding, rules: list[str]) -> dict[str, Any]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _SARIF_LEVELS[RULES[finding.rule].level],
        "message": {"text": _plain(sentences(finding))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.source)},
                    "region": region,
                }
            }
        ],
    }


def _uri(source: str) -> str:
    if "://" in source:
        return quote(source, safe="%!$&'()*+,;=:@/?~-._[]", errors="replace")
    path = Path(source)
    return path.as_uri() if path.is_absolute() else quote(source, errors="replace")


def _plain(message: str) -> str:
    """Brackets would be links, and braces places of arguments (SARIF, 3.11.5 and 3.11.6)."""
    signs = {"[": "\\[", "]": "\\]", "{": "{{", "}": "}}"}
    return message.translate({ord(sign): instead for sign, instead in signs.items()})


FORMATS: Mapping[str, Callable[[Result], str]] = {
    "text": text,
    "json": as_json,
    "github": github,
    "sarif": sarif,
}
