"""Documentation that is made from the code: the table of options, and that of the rules."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

from .checks import Check, all_checks
from .criteria import CRITERIA
from .findings import Outcome
from .option import Group, Option
from .options import table


def options() -> str:
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
    return _line([f"`{said}`", key, " ".join([row.help, *filter(None, notes)])])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


# Rules. -----------------------------------------------------------------------------------------

_WORDS = {
    Outcome.FAILS: "certain",
    Outcome.NEEDS_REVIEW: "for a person to decide",
    Outcome.ADVICE: "advice",
}
_BUILDERS = {outcome.value.replace("-", "_"): outcome for outcome in Outcome}


def rules() -> str:
    """A table for each module of checks: the criteria, the rule, what is looked for, how sure."""
    by_module: dict[ModuleType, list[Check]] = {}
    for check in all_checks().values():
        by_module.setdefault(sys.modules[check.judge.__module__], []).append(check)
    return "\n".join(
        line
        for module in sorted(by_module, key=lambda module: module.__name__)
        for line in _rules_of(module, by_module[module])
    )


def _rules_of(module: ModuleType, checks: Sequence[Check]) -> Iterator[str]:
    heading = module.__name__.rpartition(".")[2].replace("_", " ").capitalize()
    yield from (f"## {heading}", "", (module.__doc__ or "").strip().splitlines()[0], "")
    yield from (
        "| criterion | rule | what is wrong | how it is found | how sure |",
        "|---" * 5 + "|",
    )
    for check in sorted(checks, key=lambda check: (_order(check), check.rule)):
        criteria = ", ".join(f"[{one}]({CRITERIA[one].url})" for one in check.criteria)
        sure = ", or ".join(_WORDS[outcome] for outcome in Outcome if outcome in outcomes(check))
        yield _line([criteria, f"`{check.rule}`", f"{check.title}.", check.method, sure])
    yield ""


def _order(check: Check) -> list[int]:
    return [int(part) for part in (*check.criteria, "9.9.9")[0].split(".")]


def outcomes(check: Check) -> frozenset[Outcome]:
    """What the check may yield, read from its code and that of its module which it calls."""
    if check.advice:
        return frozenset([Outcome.ADVICE])
    names = _names(sys.modules[check.judge.__module__])
    todo, seen = [check.judge.__name__], set()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += names.get(name, ())
    return frozenset(outcome for name, outcome in _BUILDERS.items() if name in seen)


@cache
def _names(module: ModuleType) -> dict[str, list[str]]:
    """Each function of a module, and the names that it uses."""
    return {
        node.name: [inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)]
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.FunctionDef)
    }


# The files that hold them. ----------------------------------------------------------------------

MARK = "<!-- What follows is made by `python -m vydno.audit.reference`. -->\n"


def main() -> None:
    """Write both tables into the files beside the code, below the mark."""
    folder = Path(__file__).parent
    for name, made in (("README.md", options), ("checks/README.md", rules)):
        file = folder / name
        head = file.read_text(encoding="utf-8").partition(MARK)[0]
        file.write_text(f"{head}{MARK}\n{made()}", encoding="utf-8")


if __name__ == "__main__":
    main()
