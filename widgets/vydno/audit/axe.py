"""axe-core: which one, how it is asked, and what becomes of its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import VydnoError
from .criteria import criteria_of_tags
from .driver import Driver
from .findings import Finding, Outcome

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""Without `wcag22aa` axe leaves target-size out."""
RUN = """async (options) => {
  try {
    const { violations, incomplete } = await window.axe.run(options);
    return { violations, incomplete };
  } catch (error) {
    return { refused: String(error) };
  }
}"""
"""It answers whatever happens: who waits for an answer that never comes waits for ever."""


@cache
def script(path: Path | None = None) -> str:
    """The source of axe-core. Raises VydnoError when it is not there or is something else."""
    where = path or _carried()
    try:
        text = where.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VydnoError(f"axe-core could not be read from {where}: {error}.") from None
    if "axe.run" not in text and "axe=" not in text.replace(" ", ""):
        raise VydnoError(f"{where} is not axe-core; give the path of its axe.min.js.")
    return text


def _carried() -> Path:
    try:
        import axe_playwright_python
    except ImportError:
        raise VydnoError(
            'The audit needs axe-core: pip install "vydno[audit]", or --axe PATH of an axe.min.js.'
        ) from None
    return Path(axe_playwright_python.__file__).with_name("axe.min.js")


def version(source: str) -> str:
    """`4.12.1`, from the comment that it starts with."""
    found = re.search(r"axe v([\d.]+)", source[:500])
    return found[1] if found else ""


def options(tags: Sequence[str] = TAGS, *, without: Sequence[str] = ()) -> dict[str, Any]:
    """What axe is asked for: rules by tag, less some; only what is read comes back."""
    return {
        "runOnly": {"type": "tag", "values": list(tags)},
        "resultTypes": ["violations", "incomplete"],
        "rules": {rule: {"enabled": False} for rule in without},
    }


def findings(driver: Driver, asked: Mapping[str, Any], page: str) -> Iterator[Finding]:
    """What axe says of the page as it stands. Raises VydnoError when it refuses to run."""
    answer = driver.run_axe(asked)
    if "refused" in answer:
        raise VydnoError(f"axe did not run: {answer['refused']}")
    for rule in answer["violations"]:
        yield from _findings(rule, Outcome.FAILS, page)
    for rule in answer["incomplete"]:
        yield from _findings(rule, Outcome.NEEDS_REVIEW, page)


def _findings(rule: Mapping[str, Any], outcome: Outcome, page: str) -> Iterator[Finding]:
    criteria = criteria_of_tags(rule["tags"])
    # What no criterion asks for fails none.
    if not criteria:
        outcome = Outcome.ADVICE
    for node in rule["nodes"]:
        messages = [result["message"] for result in (*node["any"], *node["all"], *node["none"])]
        measured, needed = _contrast(node)
        yield Finding(
            rule=rule["id"],
            source="axe",
            criteria=criteria,
            outcome=outcome,
            page=page,
            target=target(node["target"]),
            html=node["html"][:300],
            message=_sentence(messages[0] if messages else rule["help"]),
            measured=measured,
            needed=needed,
            fix=_sentence(rule["help"]),
            help_url=rule["helpUrl"],
        )


def target(path: Sequence[str | Sequence[str]]) -> str:
    """axe's path of selectors, each maybe a list of them, as one text."""
    parts: list[str] = []
    for part in path:
        parts += [part] if isinstance(part, str) else part
    return " >>> ".join(parts)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _contrast(node: Mapping[str, Any]) -> tuple[str, str]:
    for result in node["any"]:
        data = result.get("data")
        if isinstance(data, dict) and data.get("contrastRatio"):
            needed = str(data.get("expectedContrastRatio") or "")
            return f"{data['contrastRatio']}:1", f"at least {needed}" if needed else ""
    return "", ""
