"""Reading a folder into memory, and nothing from outside of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import VydnoError


def read_folder(directory: str | os.PathLike[str]) -> dict[str, bytes]:
    """All files below a directory: path with slashes, relative to it, to content.

    Names that start with a dot are left out (``.git``, ``.DS_Store``, an editor's copies), and so
    are links that lead outside. A directory that is missing, unreadable or empty is an error.
    """
    root = Path(directory)
    if not root.is_dir():
        raise VydnoError(
            f"There is no directory {str(root)!r} to serve files from; "
            "create it, or name one that exists."
        )
    try:
        contents = {path.relative_to(root).as_posix(): path.read_bytes() for path in _files(root)}
    except OSError as error:
        raise VydnoError(
            f"{error.filename!r} cannot be read ({error.strerror}); "
            "make it readable, or move it out of the directory of files to serve."
        ) from error
    if not contents:
        raise VydnoError(f"The directory {str(root)!r} holds no files to serve; put some into it.")
    return contents


def _files(root: Path) -> Iterator[Path]:
    inside = root.resolve()
    for folder, folders, names in os.walk(root, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            # is_file() leaves out pipes and devices, on which reading would never end.
            if not name.startswith(".") and path.is_file() and _is_in(inside, path):
                yield path


def _is_in(inside: Path, path: Path) -> bool:
    return not path.is_symlink() or path.resolve().is_relative_to(inside)


def _raise(error: OSError) -> None:
    raise error
