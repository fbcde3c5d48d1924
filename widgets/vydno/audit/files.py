"""Files that others read: their names, and writing them."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file, and make the folders above it: who reads it finds the old one or the new one.

    A link stays: what it leads to is replaced. Raises OSError.
    """
    place = path.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    # Not of `tempfile`, which makes files that nobody else may read.
    beside = place.with_name(f".{place.name[:100]}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def seen_from_here(path: Path) -> Path:
    """The path from the working directory, where it is in it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
