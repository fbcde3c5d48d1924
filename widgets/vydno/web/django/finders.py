"""Static files for ``collectstatic`` and ``runserver``: ours, in a folder ``vydno``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import get_files
from django.core.files.storage import FileSystemStorage

from ...static import static_dir

FOLDER = "vydno"


class VydnoFinder(BaseFinder):
    """``"vydno.web.django.finders.VydnoFinder"`` in ``STATICFILES_FINDERS``."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.storage = FileSystemStorage(location=static_dir())
        # Where collectstatic puts them.
        self.storage.prefix = FOLDER  # type: ignore[attr-defined]

    def find(self, path: str, find_all: bool = False, **old: Any) -> Any:
        """The file of an address below ``STATIC_URL``; Django before 5.2 calls the flag ``all``."""
        folder, _, name = path.partition("/")
        found = [self.storage.path(name)] if folder == FOLDER and self._has(name) else []
        return found if find_all or old.get("all") else next(iter(found), [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every file, and where it lies."""
        for path in get_files(self.storage, ignore_patterns):
            yield path, self.storage

    def _has(self, name: str) -> bool:
        return bool(name) and name in get_files(self.storage)
