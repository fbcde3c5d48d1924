"""What a rule found, and where."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, order=True)
class Edit:
    """Characters `start` to `end` of a source's text are to become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One place that keeps text from growing."""

    rule: str
    source: str
    """The file or address, as the user knows it."""
    line: int
    column: int
    """Both from 1; columns count characters."""
    message: str
    """What is wrong, in one sentence without its full stop."""
    instead: str = ""
    """What to write there, where that is known."""
    left: str = ""
    """Why `--fix` leaves it alone, where one could think that it would not."""
    edits: tuple[Edit, ...] = field(default=(), repr=False)
    silent: bool = field(default=False, repr=False)
    """Whether a comment says that it is known, and why."""

    @property
    def fixable(self) -> bool:
        return bool(self.edits)

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        return (self.source, self.line, self.column, self.rule)


@dataclass(frozen=True, kw_only=True)
class Unread:
    """Something that was asked for, or that a page asks for, and could not be read."""

    source: str
    reason: str
    """A sentence."""
    line: int = 0
    """Of what could not be parsed; 0 when nothing could."""
    column: int = 0

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.source}{place}: {self.reason}"
