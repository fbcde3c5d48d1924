"""The table of options as documentation."""

from __future__ import annotations

from .option import Group, Option
from .options import table


def markdown() -> str:
    """A table for each group: what is said on the command line, the key in a file, what it does."""
    return "\n".join(section for group in Group for section in _section(group))


def _section(group: Group) -> list[str]:
    rows = [_row(row) for row in table() if row.group is group]
    head = ["| command line | in a file | what it does |", "|---|---|---|"]
    return [f"**{group}**", "", *head, *rows, ""]


def _row(row: Option) -> str:
    said = row.flag if row.argument or row.switch else f"{row.flag} {row.metavar}"
    key = "" if row.once else f"`{row.key}`"
    notes = [
        f"One of {', '.join([*row.choices, *(['all'] if row.every else [])])}."
        if row.choices
        else "",
        f"Variable `{row.environment}`." if row.environment else "",
        f"Default: {row.usual}." if row.usual else "",
    ]
    cells = [f"`{said}`", key, " ".join([row.help, *filter(None, notes)])]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
