"""The whole run as JSON, and back again: `schema.json` beside this file says what is in it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from ...errors import VydnoError
from ..findings import Fact, Finding, Outcome, PageResult, Run, Status
from ..variants import Variant, Viewport

VERSION = 1
"""Of the format; one more whenever a reader of the old one would not understand the new one."""
SCHEMA = f"urn:vydno:audit-report:{VERSION}"
_SCHEMA_FILE = Path(__file__).with_name("schema.json")
_FIELDS = {field.name.replace("_", "-"): field.name for field in fields(Variant)}
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the report."""
    content: dict[str, Any] = json.loads(_SCHEMA_FILE.read_text(encoding="utf-8"))
    return content


def render(run: Run, exit_code: int) -> str:
    """JSON with a page and a finding on each line, so that two reports can be compared."""
    head = {
        "$schema": SCHEMA,
        "version": VERSION,
        "started": run.started,
        "seconds": run.seconds,
        "exit-code": exit_code,
        "interrupted": run.interrupted,
        "tools": dict(run.tools),
        "variants": [variant.to_json() for variant in run.variants],
    }
    members = [f"{_dump(name)}: {_dump(value)}" for name, value in head.items()]
    members.append(f'"pages": {_lines(map(_page, run.pages))}')
    members.append(f'"findings": {_lines(map(_finding, run.findings))}')
    return "{\n" + ",\n".join(members) + "\n}\n"


def _lines(entries: Iterable[Mapping[str, Any]]) -> str:
    lines = ",\n".join(map(_dump, entries))
    return f"[\n{lines}\n]" if lines else "[]"


def _dump(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # UTF-8 has no half surrogate pairs, which pages may have: they stay escapes.
    return _HALF_A_PAIR.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _page(page: PageResult) -> dict[str, Any]:
    return {
        "url": page.url,
        "status": page.status,
        "reason": page.reason,
        "title": page.title,
        "variants": [variant.to_json() for variant in page.variants],
        "seconds": page.seconds,
        "timings": dict(page.timings),
        "facts": [_fact(fact, page) for fact in page.facts],
    }


def _fact(fact: Fact, page: PageResult) -> dict[str, Any]:
    """Facts are many, and most hold in every variant: those are not told again."""
    everywhere = set(fact.variants) == set(page.variants)
    return {
        "rule": fact.rule,
        "target": fact.target,
        "html": fact.html,
        "values": list(fact.values),
    } | ({} if everywhere else {"variants": [variant.to_json() for variant in fact.variants]})


def _finding(finding: Finding) -> dict[str, Any]:
    picture = finding.picture
    return {
        "rule": finding.rule,
        "source": finding.source,
        "criteria": list(finding.criteria),
        "outcome": finding.outcome,
        "page": finding.page,
        "target": finding.target,
        "html": finding.html,
        "message": finding.message,
        "measured": finding.measured,
        "needed": finding.needed,
        "fix": finding.fix,
        "help": finding.help_url,
        "variants": [variant.to_json() for variant in finding.variants],
        "holds-for": finding.holds_for,
        "known": finding.known,
    } | ({"picture": base64.b64encode(picture).decode()} if picture else {})


# And back. ---------------------------------------------------------------------------------------


def read(path: Path) -> Run:
    """The run that a report was made from. Raises VydnoError for a file that is none."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise VydnoError(f"{path} could not be read ({error.strerror}).") from None
    except (ValueError, RecursionError):
        raise _no_report(path) from None
    if not isinstance(report, dict) or not str(report.get("$schema")).startswith("urn:vydno:audit"):
        raise _no_report(path)
    if report.get("version") != VERSION:
        raise VydnoError(
            f"{path} is a report of version {report.get('version')!r}, and this Vydno reads "
            f"version {VERSION}: audit anew."
        )
    try:
        return _run(report)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise VydnoError(
            f"{path} is a report that somebody changed ({error}): audit anew."
        ) from None


def _no_report(path: Path) -> VydnoError:
    return VydnoError(f"{path} is no report of `vydno audit --json`.")


def _run(report: Mapping[str, Any]) -> Run:
    findings: dict[str, list[Finding]] = {page["url"]: [] for page in report["pages"]}
    for entry in report["findings"]:
        findings[entry["page"]].append(_read_finding(entry))
    return Run(
        pages=tuple(_read_page(page, findings.pop(page["url"], [])) for page in report["pages"]),
        started=_text(report["started"]),
        seconds=float(report["seconds"]),
        tools={_text(name): _text(version) for name, version in report["tools"].items()},
        variants=_read_variants(report["variants"]),
        interrupted=bool(report["interrupted"]),
    )


def _read_page(entry: Mapping[str, Any], findings: list[Finding]) -> PageResult:
    variants = _read_variants(entry["variants"])
    return PageResult(
        url=_text(entry["url"]),
        status=Status(entry["status"]),
        reason=_text(entry["reason"]),
        title=_text(entry["title"]),
        variants=variants,
        findings=tuple(findings),
        seconds=float(entry["seconds"]),
        timings={_text(name): float(seconds) for name, seconds in entry["timings"].items()},
        facts=tuple(_read_fact(fact, entry["url"], variants) for fact in entry.get("facts", [])),
    )


def _read_fact(entry: Mapping[str, Any], page: str, variants: Sequence[Variant]) -> Fact:
    return Fact(
        rule=_text(entry["rule"]),
        page=page,
        target=_text(entry["target"]),
        html=_text(entry["html"]),
        values=tuple(map(_text, entry["values"])),
        variants=_read_variants(entry["variants"]) if "variants" in entry else tuple(variants),
    )


def _read_finding(entry: Mapping[str, Any]) -> Finding:
    known, picture = entry["known"], entry.get("picture")
    return Finding(
        rule=_text(entry["rule"]),
        source=_text(entry["source"]),
        criteria=tuple(map(_text, entry["criteria"])),
        outcome=Outcome(entry["outcome"]),
        page=_text(entry["page"]),
        target=_text(entry["target"]),
        html=_text(entry["html"]),
        message=_text(entry["message"]),
        measured=_text(entry["measured"]),
        needed=_text(entry["needed"]),
        fix=_text(entry["fix"]),
        help_url=_text(entry["help"]),
        variants=_read_variants(entry["variants"]),
        holds_for=_text(entry["holds-for"]),
        known=None if known is None else _text(known),
        picture=base64.b64decode(picture, validate=True) if picture else None,
    )


def _read_variants(entries: Iterable[Mapping[str, Any]]) -> tuple[Variant, ...]:
    return tuple(map(_read_variant, entries))


def _read_variant(entry: Mapping[str, Any]) -> Variant:
    viewport = Viewport.parse(entry["viewport"])
    rest = {_FIELDS[name]: value for name, value in entry.items() if name != "viewport"}
    return Variant(viewport=viewport, **rest)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value
