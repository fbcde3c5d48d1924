"""Writing what the rules would have instead."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..audit.files import write_whole
from .lint import Result, edits_of
from .source import Source


@dataclass(frozen=True, kw_only=True)
class Change:
    """A source before and after."""

    source: Source
    after: bytes
    places: int


def changes(result: Result, *, line_heights: bool = False) -> Iterator[Change]:
    """Every source that becomes another one."""
    for source in result.sources:
        edits = set(edits_of(result.findings, source, line_heights=line_heights))
        after = source.changed(edits) if edits else source.raw
        if after != source.raw:
            yield Change(source=source, after=after, places=len(edits))


def write(change: Change) -> None:
    """Replace the file; only for a source that is one. Raises OSError."""
    if change.source.path is None:
        raise ValueError(f"{change.source.name} is no file.")
    mode = change.source.path.stat().st_mode
    write_whole(change.source.path, change.after)
    change.source.path.chmod(mode)


def diff(change: Change) -> bytes:
    """A unified diff of the bytes, as `patch` reads it."""
    name = change.source.name.encode(errors="replace")
    said = difflib.diff_bytes(
        difflib.unified_diff,
        _lines(change.source.raw),
        _lines(change.after),
        fromfile=name,
        tofile=name,
    )
    return b"".join(_ended(line) for line in said)


def _lines(raw: bytes) -> Sequence[bytes]:
    # Not `splitlines`, which knows ends of lines that `patch` does not.
    return io.BytesIO(raw).readlines()


def _ended(line: bytes) -> bytes:
    return line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"
