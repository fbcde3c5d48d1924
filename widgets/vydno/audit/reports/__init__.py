"""What a run found, as files: one format a module."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from ...errors import VydnoError
from ..findings import Run
from .earl import render as _earl
from .html import render as _html
from .json_report import render as _json
from .junit import render as _junit
from .sarif import render as _sarif

FORMATS: Mapping[str, Callable[[Run, int], str]] = {
    "html": lambda run, _: _html(run),
    "json": _json,
    "junit": lambda run, _: _junit(run),
    "sarif": _sarif,
    "earl": lambda run, _: _earl(run),
}
"""Name to what makes the file's text of a run and the exit code."""


def write(run: Run, format: str, path: Path, *, exit_code: int | None = None) -> None:  # noqa: A002
    """Write a report, and folders that are missing above it. Raises VydnoError if that cannot be.

    Whoever reads the file finds the old report or the whole new one: an interruption in the middle
    loses neither. `exit_code` is that of the command, if more than the run decided about it.
    """
    check(format, path)
    code = run.exit_code() if exit_code is None else exit_code
    # A page's own texts may hold half a surrogate pair, which no encoding has.
    content = FORMATS[format](run, code).encode(errors="replace")
    try:
        if path.exists() and not path.is_file():  # a pipe, or a device
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content)  # where a link leads: the link itself stays
    except OSError as error:
        raise _unwritable(path, error) from None


def check(format: str, path: Path) -> None:  # noqa: A002
    """Raise VydnoError now for a report that could not be written after an hour's run."""
    if format not in FORMATS:
        raise VydnoError(f"There is no report {format!r}; there are {', '.join(FORMATS)}.")
    if path.is_dir():
        raise VydnoError(f"{path} is a folder; name a file for the {format} report.")
    try:
        if path.exists() and not path.is_file():
            return
        path.resolve().parent.mkdir(parents=True, exist_ok=True)
        _replace(path.resolve(), b"", keep=False)
    except OSError as error:
        raise _unwritable(path, error) from None


def _replace(path: Path, content: bytes, *, keep: bool = True) -> None:
    # Not of `tempfile`, which makes files that nobody else may read.
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        if keep:
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> VydnoError:
    why = error.strerror or str(error)
    return VydnoError(f"{path} could not be written ({why}); name a file in a folder of yours.")
