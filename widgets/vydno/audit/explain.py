"""What our rules look for, as text: the same words as in the documentation."""

from __future__ import annotations

import difflib
from textwrap import fill, indent

from ..errors import VydnoError
from .checks import Check, all_checks
from .criteria import CRITERIA

WIDTH = 88


def text(rule: str) -> str:
    """The criterion, the method, its limits, a broken and a sound example.

    Raises VydnoError for a rule that is not ours.
    """
    checks = all_checks()
    if rule not in checks:
        near = difflib.get_close_matches(rule, checks, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise VydnoError(
            f"None of our rules is called {rule!r}; {hint}`vydno audit --rules` names them, and "
            "axe's are explained at their own addresses, which reports link to."
        )
    return "\n".join(_sections(checks[rule]))


def _sections(check: Check) -> list[str]:
    lines = [f"{check.rule}: {check.title}", ""]
    for number in check.criteria:
        criterion = CRITERIA[number]
        lines += [f"WCAG 2.2, {criterion}", f"  {criterion.url}"]
    lines += ["", *_paragraph("How", check.method), *_paragraph("Limits", check.limits)]
    lines += _paragraph("Fix", check.fix)
    lines += ["Broken:", indent(check.broken.strip(), "  "), ""]
    lines += ["Sound:", indent(check.sound.strip(), "  ")]
    return lines


def _paragraph(name: str, words: str) -> list[str]:
    return [fill(f"{name}: {words}", WIDTH, subsequent_indent="  "), ""]


def overview() -> str:
    """A line a rule: its id, its criteria, what is wrong."""
    checks = sorted(all_checks().values(), key=lambda check: (_order(check), check.rule))
    width = max(len(check.rule) for check in checks)
    return "\n".join(
        f"{check.rule:<{width}}  {', '.join(check.criteria):<15}  {check.title}" for check in checks
    )


def _order(check: Check) -> list[int]:
    return [int(part) for number in check.criteria[:1] for part in number.split(".")]
