"""The table of rules as documentation."""

from __future__ import annotations

from .rules import RULES, Rule


def markdown() -> str:
    """A row for each rule: its id, what is wrong, how much it matters, what it looks for."""
    head = ["| rule | what is wrong | WCAG | level | `--fix` |", "|---|---|---|---|---|"]
    return "\n".join([*head, *map(_row, RULES.values())]) + "\n"


def explained() -> str:
    """What each rule looks for and lets pass, as a list."""
    return "\n".join(f"- **{rule.id}**: {rule.why}" for rule in RULES.values()) + "\n"


def _row(rule: Rule) -> str:
    level = rule.level if rule.usual else f"{rule.level}, when selected"
    cells = [f"`{rule.id}`", f"{rule.title}.", rule.criterion, level, rule.fix or "no"]
    return "| " + " | ".join(cells) + " |"
