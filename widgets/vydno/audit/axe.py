"""axe-core: which one, how it is asked, and what becomes of its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import VydnoError
from .criteria import criteria_of_tags
from .driver import KINDS, Driver
from .findings import Finding, Outcome

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""Without `wcag22aa` axe leaves target-size out."""
RUN = """async ([context, options]) => {
  try {
    const { violations, incomplete } = await window.axe.run(context ?? document, options);
    return { violations, incomplete };
  } catch (error) {
    return { refused: String(error) };
  }
}"""
"""It answers whatever happens: who waits for an answer that never comes waits for ever."""


@cache
def script(path: Path | None = None) -> str:
    """The source of axe-core. Raises VydnoError when it is not there or is something else."""
    where = path or carried()
    try:
        text = where.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VydnoError(f"axe-core could not be read from {where}: {error}.") from None
    if "axe.run" not in text and "axe=" not in text.replace(" ", ""):
        raise VydnoError(f"{where} is not axe-core; give the path of its axe.min.js.")
    return text


def carried() -> Path:
    """The axe.min.js that came along. Raises VydnoError when none did."""
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


def has_rule(source: str, rule: str) -> bool:
    """Whether the axe-core of this source has the rule."""
    return re.search(rf"""id:\s*["']{re.escape(rule)}["']""", source) is not None


def options(tags: Sequence[str] = TAGS, *, without: Sequence[str] = ()) -> dict[str, Any]:
    """What axe is asked for: rules by tag, less some; only what is read comes back."""
    return {
        "runOnly": {"type": "tag", "values": list(tags)},
        "resultTypes": ["violations", "incomplete"],
        "rules": {rule: {"enabled": False} for rule in without},
    }


def context(selectors: Sequence[str] | None) -> dict[str, list[list[str]]] | None:
    """What axe takes for a part of a page; `None` for the whole of it."""
    return None if selectors is None else {"include": [[selector] for selector in selectors]}


COLOUR_RULES = frozenset({"color-contrast", "color-contrast-enhanced", "link-in-text-block"})
"""Those whose result colours can change; all others look at the tree, at places and at sizes."""
_LAYOUT = f"() => {KINDS}.layout()"
_NEW_KINDS = f"(known) => {KINDS}.kinds({{ known }})"
_ALIKE = f"(selectors) => {KINDS}.alike(selectors)"
_RULES = "(tags) => window.axe.getRules(tags).map((rule) => rule.ruleId)"


class AxeOnPage:
    """axe on one page in one variant after another.

    A variant that moves nothing is asked about colours alone, and of each kind of text (same
    colours, same background) about one element: only where that fails are all of them looked at.
    So the answers are those of a run of the whole (tested), for a fraction of its time. Pages with
    frames or shadow roots are run as a whole in each variant.
    """

    def __init__(
        self, driver: Driver, asked: Mapping[str, Any], page: str, *, once: bool = False
    ) -> None:
        """`once` says that there is but one variant, so that nothing need be remembered."""
        self._driver = driver
        self._asked = asked
        self._page = page
        self._is_once = once
        self._others: dict[str, list[Finding]] = {}
        self._passed: dict[str, set[str]] = {}
        self._colour_rules: list[str] | None = None

    def findings(self) -> list[Finding]:
        """What axe says of the page as it stands. Raises VydnoError when it refuses to run."""
        if self._is_once:
            return self._run(self._asked)
        layout = self._driver.evaluate(_LAYOUT)
        print_ = layout["print"]
        if layout["simple"] and print_ in self._others:
            return [*self._others[print_], *self._colours(print_)]
        found = self._run(self._asked)
        self._others[print_] = [one for one in found if one.rule not in COLOUR_RULES]
        self._passed[print_] = set()
        return found

    def _colours(self, layout: str) -> list[Finding]:
        rules = self._rules()
        if not rules:
            return []
        passed = self._passed[layout]
        kinds = dict(self._driver.evaluate(_NEW_KINDS, sorted(passed)))
        if not kinds:
            return []
        asked = {**self._asked, "runOnly": {"type": "rule", "values": rules}}
        found = self._run(asked, list(kinds.values()))
        if not found:
            passed.update(kinds)
            return []
        failing = [one.target for one in found]
        return self._run(asked, self._driver.evaluate(_ALIKE, failing) or failing)

    def _rules(self) -> list[str]:
        """The rules about colour among those that are asked for."""
        if self._colour_rules is None:
            only = self._asked["runOnly"]
            named = only["values"]
            if only["type"] == "tag":
                named = self._driver.evaluate(_RULES, named)
            off = {rule for rule, how in self._asked["rules"].items() if not how["enabled"]}
            self._colour_rules = sorted(COLOUR_RULES & set(named) - off)
        return self._colour_rules

    def _run(self, asked: Mapping[str, Any], part: Sequence[str] | None = None) -> list[Finding]:
        answer = self._driver.run_axe(asked, part)
        if "refused" in answer:
            raise VydnoError(f"axe did not run: {answer['refused']}")
        return [
            finding
            for outcome, rules in (
                (Outcome.FAILS, answer["violations"]),
                (Outcome.NEEDS_REVIEW, answer["incomplete"]),
            )
            for rule in rules
            for finding in _findings(rule, outcome, self._page)
        ]


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
