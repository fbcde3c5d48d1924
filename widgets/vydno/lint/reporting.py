"""Making findings of places."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .findings import Edit, Finding
from .sheet import Context, Declaration, Sheet
from .source import Source


def finding(
    rule: str,
    declaration: Declaration,
    message: str,
    *,
    at: Any = None,
    instead: str = "",
    left: str = "",
    edits: tuple[Edit, ...] = (),
) -> Finding:
    """A finding at a token of a declaration, or at its name."""
    sheet = declaration.sheet
    found = at_offset(
        rule, sheet.source, sheet.offset(at or declaration.node), message, instead=instead
    )
    silent = is_silent(rule, declaration.context, sheet)
    return replace(found, left=left, edits=edits, silent=silent)


def at_offset(
    rule: str, source: Source, offset: int, message: str, *, instead: str = "", silent: bool = False
) -> Finding:
    """A finding at a character of a source."""
    line, column = source.place(offset)
    return Finding(
        rule=rule,
        source=source.name,
        line=line,
        column=column,
        message=message,
        instead=instead,
        silent=silent,
    )


def is_silent(rule: str, context: Context, sheet: Sheet) -> bool:
    """Whether a comment silences the rule there."""
    return rule in context.silent or rule in sheet.silent_everywhere
