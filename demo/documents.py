"""The documentation: which Markdown files of the repository it is made of, and where each stands.

A README beside code is found by itself and stands in the last group until ``GROUPS`` names it.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from markupsafe import Markup
from vydno import VydnoError
from vydno.web.files import StaticFiles

from .content import address
from .environment import ROOT
from .markdown import Heading, Markdown

# Group to its files, in the order in which they are offered. The words for a group are in content/.
GROUPS: Mapping[str, Sequence[str]] = {
    "start": (
        "README.md",
        "widgets/vydno/web/README.md",
        "widgets/vydno/frontend/README.md",
        "widgets/vydno/bridges/README.md",
        "widgets/vydno/hosts/README.md",
        "widgets/vydno/locale/README.md",
    ),
    "controls": (
        "widgets/vydno/text_scale/README.md",
        "widgets/vydno/theme_switch/README.md",
        "widgets/vydno/color_scheme_switch/README.md",
        "widgets/vydno/contrast_switch/README.md",
        "widgets/vydno/panel/README.md",
        "demo/docs/reference.md",
    ),
    "visitors": ("demo/docs/accessibility.md", "demo/docs/privacy.md"),
    "pages": (
        "widgets/vydno/lint/README.md",
        "widgets/vydno/audit/README.md",
        "widgets/vydno/audit/checks/README.md",
        "widgets/vydno/listen/README.md",
        "widgets/vydno/listen/TRANSCRIPTS.md",
    ),
    "project": ("CONTRIBUTING.md", "CHANGELOG.md"),
}
REST = "project"

# Where READMEs beside code are looked for.
_FOLDERS = ("widgets", "tests")
FILES = "/static/docs"


@dataclass(frozen=True, kw_only=True)
class Document:
    """A page of the documentation; ``name`` stands in its address, ``path`` is its file's."""

    path: str
    name: str
    group: str
    title: Markup
    description: Markup
    headings: Sequence[Heading]
    html: Markup

    @property
    def address(self) -> str:
        """Its place on the site."""
        return _address(self.name)

    @property
    def sections(self) -> Sequence[Heading]:
        """What the list of contents offers."""
        return [heading for heading in self.headings if heading.level == 2]


class Library:
    """All documents, and the files that they show or link to.

    Raises VydnoError, naming the file, where a link leads to nothing.
    """

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        placed = dict(_placed(root))
        read = {path: Markdown((root / path).read_text(encoding="utf-8"), path) for path in placed}
        self._names = {path: _name(path) for path in read}
        self._anchors = {path: {each.id for each in text.headings} for path, text in read.items()}
        self.files = StaticFiles(dict(self._linked(read)))
        self.documents = tuple(
            Document(
                path=path,
                name=self._names[path],
                group=placed[path],
                title=text.title,
                description=text.description,
                headings=text.headings,
                html=text.render(partial(self._address, path), partial(self._size, path)),
            )
            for path, text in read.items()
        )
        self._by_name = {each.name: place for place, each in enumerate(self.documents)}

    def find(self, name: str) -> tuple[Document, Document | None, Document | None] | None:
        """A document with the one before it and the one after it; None if there is none."""
        place = self._by_name.get(name)
        if place is None:
            return None
        before = self.documents[place - 1] if place else None
        return self.documents[place], before, next(iter(self.documents[place + 1 :]), None)

    def grouped(self) -> list[tuple[str, list[Document]]]:
        """The documents of each group that has any."""
        every = [
            (group, [each for each in self.documents if each.group == group]) for group in GROUPS
        ]
        return [(group, documents) for group, documents in every if documents]

    def _address(self, path: str, target: str) -> str:
        """Where a link of a file leads on the site."""
        if urlsplit(target).scheme:
            return target
        to, fragment = self._resolved(path, target)
        if to not in self._names:
            name = _served_as(to)
            return f"{FILES}/{name}?v={self.files.version(name)}"
        if fragment and fragment not in self._anchors[to]:
            raise VydnoError(f"{path}: the link {target!r} leads to no heading of {to}.")
        here = "" if to == path else _address(self._names[to])
        return f"{here}#{fragment}" if fragment or not here else here

    def _resolved(self, path: str, target: str) -> tuple[str, str]:
        """The file in the repository to which a relative link leads, and the fragment."""
        parts = urlsplit(target)
        joined = os.path.normpath(PurePosixPath(path).parent / unquote(parts.path))
        to = path if not parts.path else PurePosixPath(joined).as_posix()
        if to.startswith(("..", "/")) or not (self.root / to).is_file():
            raise VydnoError(f"{path}: the link {target!r} leads to no file of the repository.")
        return to, parts.fragment

    def _linked(self, read: Mapping[str, Markdown]) -> Iterator[tuple[str, bytes]]:
        for path, text in read.items():
            for target in text.targets:
                if not urlsplit(target).scheme:
                    to, _ = self._resolved(path, target)
                    if to not in read:
                        yield _served_as(to), (self.root / to).read_bytes()

    def _size(self, path: str, target: str) -> tuple[int, int] | None:
        """Width and height of a PNG, so that the text below it does not jump when it comes."""
        head = (self.root / self._resolved(path, target)[0]).read_bytes()[:24]
        if not head.startswith(b"\x89PNG\r\n\x1a\n"):
            return None
        width, height = struct.unpack(">II", head[16:24])
        return width, height


def _placed(root: Path) -> Iterator[tuple[str, str]]:
    """Every file with its group: those that are named, and after them what is found besides."""
    found = set(_found(root))
    for group, paths in GROUPS.items():
        for path in paths:
            if (root / path).is_file():
                yield path, group
        if group == REST:
            named = {path for paths in GROUPS.values() for path in paths}
            yield from ((path, REST) for path in sorted(found - named))


def _found(root: Path) -> Iterator[str]:
    yield from (path.relative_to(root).as_posix() for path in (root / "demo/docs").glob("*.md"))
    for start in _FOLDERS:
        for folder, folders, names in os.walk(root / start):
            folders[:] = [name for name in folders if name[0] != "." and name != "node_modules"]
            if "README.md" in names:
                yield Path(folder, "README.md").relative_to(root).as_posix()


def _name(path: str) -> str:
    """``widgets/vydno/audit/checks/README.md`` is ``audit-checks``; the project's is ``start``."""
    place = path.removesuffix(".md").removesuffix("README").strip("/")
    for folder in ("widgets/vydno/", "demo/docs/"):
        place = place.removeprefix(folder)
    return place.lower().replace("/", "-").replace("_", "-") or "start"


def _address(name: str) -> str:
    return address("en", f"docs/{name}")


def _served_as(path: str) -> str:
    """A name from which a browser knows what the file is."""
    return path if PurePosixPath(path).suffix else f"{path}.txt"
