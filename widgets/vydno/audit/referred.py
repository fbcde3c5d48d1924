"""The files that pages on this disk need: what they name by relative paths, and what those name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from .folder import PAGES, TYPES

_MOST = 2_000  # files
_LARGEST = 5_000_000  # bytes of a file that is looked through
# What a browser loads with the page; a link that is followed by hand is none of it.
_LOADED = {
    "audio": ("src",),
    "embed": ("src",),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
_DATA = {".json", ".map", ".md", ".pdf", ".txt", ".xml"}
_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
_OF_STYLE = re.compile(
    r"""url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"')]*))\s*\)|@import\s*(?:"([^"\n]*)"|'([^'\n]*)')""",
    re.IGNORECASE,
)
_OF_SCRIPT = re.compile(r"""\b(?:from|import)\b\s*\(?\s*(?:"(\.[^"\n]*)"|'(\.[^'\n]*)')""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Referred:
    """What pages refer to by relative paths."""

    files: frozenset[Path]
    """Those that exist, of types that pages load, wherever they are."""
    missing: tuple[Path, ...]
    """The style sheets that a page names and that are not there."""


def referred(pages: Iterable[Path]) -> Referred:
    """What the pages load; what their scripts ask for when they run is not known before."""
    missing: dict[Path, None] = {}
    waiting: dict[Path, None] = {}
    for page in pages:
        reader = _Reader()
        reader.feed(_text(page))
        base = _based(page.resolve().as_uri(), reader.base)
        sheets = (_file(base, name) for name in reader.sheets)
        missing |= dict.fromkeys(file for file in sheets if file and not file.exists())
        waiting |= dict.fromkeys(file for name in reader.named if (file := _file(base, name)))
    found: set[Path] = set()
    while waiting and len(found) < _MOST:
        file, _ = waiting.popitem()
        if file in found or not _is_loadable(file):
            continue
        found.add(file)
        waiting |= dict.fromkeys(
            more for name in _named(file) if (more := _file(file.as_uri(), name))
        )
    return Referred(frozenset(found), tuple(missing))


class _Reader(HTMLParser):
    """Collects what the page names."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.named: list[str] = []
        self.sheets: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._inside = tag
        self.named += _of_style(told.get("style", ""))
        if tag == "base" and not self.base:
            self.base = told.get("href", "")
        relations = set(told.get("rel", "").lower().split())
        if tag == "link" and not relations & _LINKS:
            return
        for attribute in _LOADED.get(tag, ()):
            value = told.get(attribute, "")
            several = attribute == "srcset"
            self.named += [one.split()[0] for one in value.split(",") if one.strip()] * several
            self.named += [value] * (not several)
        if tag == "link" and "stylesheet" in relations:
            self.sheets.append(told.get("href", ""))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.named += _of_style(data)
        elif self._inside == "script":
            self.named += _of_script(data)


def _named(file: Path) -> Iterator[str]:
    """What a style sheet or a script names."""
    if file.suffix.lower() == ".css":
        yield from _of_style(_text(file))
    elif file.suffix.lower() in (".js", ".mjs"):
        yield from _of_script(_text(file))


def _of_style(text: str) -> list[str]:
    return ["".join(groups) for groups in _OF_STYLE.findall(_COMMENT.sub("", text))]


def _of_script(text: str) -> list[str]:
    return ["".join(groups) for groups in _OF_SCRIPT.findall(text)]


def _file(base: str, name: str) -> Path | None:
    """The file that a relative path leads to; `None` for what a server would decide about."""
    if name.lstrip().startswith(("/", "\\")):
        return None
    try:
        told, whole = urlsplit(name.strip()), urlsplit(urljoin(base, name.strip()))
        if told.scheme or told.netloc or not told.path or whole.scheme != "file" or whole.netloc:
            return None
        return Path(unquote(whole.path, errors="strict")).resolve()
    except (OSError, RuntimeError, ValueError):  # no address, a circle of links, a zero byte
        return None


def _based(page: str, base: str) -> str:
    try:
        return urljoin(page, base.strip())
    except ValueError:
        return page


def _is_loadable(file: Path) -> bool:
    # Data is left out: a page that is opened as a file could not read it either.
    return file.suffix.lower() in {*TYPES, *PAGES} - _DATA and file.is_file()


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST).decode("utf-8-sig", errors="replace")
    except OSError:
        return ""
