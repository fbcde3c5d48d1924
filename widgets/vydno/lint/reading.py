"""What the user names, as sources: files, folders, patterns, addresses, standard input."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from email.message import Message
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from ..audit.address import checked
from ..audit.files import seen_from_here
from ..errors import VydnoError
from .findings import Unread
from .lint import Document
from .source import Kind, Source

STDIN = "-"
KINDS = {
    ".css": Kind.CSS,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
}
_SKIPPED = "node_modules"
_LARGEST = 20 * 1024 * 1024
"""Bytes of one source."""
_MOST_FETCHED = 100
"""Style sheets of one page."""


@dataclass(kw_only=True)
class Reader:
    """Reads everything once, in the order in which it is named."""

    exclude: Sequence[str] = ()
    """Patterns of paths that are left out of folders."""
    documents: list[Document] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _client: Any = None

    def read(self, targets: Iterable[str]) -> None:
        """Add what each target leads to; what cannot be read goes to `unread`."""
        for target in targets:
            try:
                self._read_target(target)
            except (VydnoError, OSError) as error:
                self._fail(target, error)

    def _read_target(self, target: str) -> None:
        if target == STDIN:
            self._add(_standard_input())
        elif "://" in target:
            self._read_page_of_web(checked(target))
        elif Path(target).is_dir():
            self._read_folder(Path(target))
        elif Path(target).exists() or not glob.has_magic(target):
            self._read_file(Path(target))
        else:
            self._read_pattern(target)

    # Files. -----------------------------------------------------------------------------------

    def _read_folder(self, folder: Path) -> None:
        found = [path for path in _walk(folder) if not self._is_excluded(path)]
        if not found:
            raise VydnoError(f"There is no file in it that ends with {', '.join(KINDS)}.")
        self._read_files(found)

    def _read_pattern(self, pattern: str) -> None:
        found = [
            Path(name)
            # `Path.glob` takes no absolute pattern.
            for name in sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
            if Path(name).suffix.lower() in KINDS and Path(name).is_file()
            if _SKIPPED in pattern or _SKIPPED not in Path(name).parts
        ]
        if not found:
            raise VydnoError("No file is like this.")
        self._read_files([path for path in found if not self._is_excluded(path)])

    def _read_files(self, paths: Iterable[Path]) -> None:
        for path in paths:
            try:
                self._read_file(path)
            except (VydnoError, OSError) as error:
                self._fail(str(seen_from_here(path)), error)

    def _read_file(self, path: Path) -> None:
        kind = KINDS.get(path.suffix.lower())
        if kind is None and path.exists():
            raise VydnoError(f"Its name ends with none of {', '.join(KINDS)}.")
        key = str(path.resolve())
        if key in self._known:
            return
        self._known.add(key)
        if path.exists() and path.stat().st_size > _LARGEST:
            raise VydnoError(f"It is larger than {_LARGEST:,} bytes.")
        source = Source(
            name=seen_from_here(path).as_posix(),
            kind=kind or Kind.CSS,
            raw=path.read_bytes(),
            path=path,
        )
        for address in self._add(source).links:
            self._read_linked(path, address)

    def _read_linked(self, page: Path, address: str) -> None:
        """A sheet that a file names; those of other hosts are theirs to mend."""
        split = urlsplit(urldefrag(address).url)
        if split.scheme or split.netloc or not split.path:
            return
        path = _beside(page, unquote(split.path))
        if path.suffix.lower() != ".css":
            return
        try:
            self._read_file(path)
        except (VydnoError, OSError) as error:
            self._fail(path.as_posix(), error)

    def _is_excluded(self, path: Path) -> bool:
        name = path.as_posix()
        return any(fnmatch(name, each) or fnmatch(path.name, each) for each in self.exclude)

    # The web. ---------------------------------------------------------------------------------

    def _read_page_of_web(self, url: str) -> None:
        source = self._fetch(url)
        left = [urljoin(source.url, address) for address in self._add(source).links]
        for _ in range(_MOST_FETCHED):
            if not left:
                return
            address = urldefrag(left.pop(0)).url
            if address in self._known or urlsplit(address).scheme not in ("http", "https"):
                continue
            try:
                sheet = self._fetch(address, Kind.CSS)
                left += [urljoin(sheet.url, each) for each in self._add(sheet).links]
            except (VydnoError, OSError) as error:
                self._fail(address, error)
        self._fail(url, VydnoError(f"It has more than {_MOST_FETCHED} style sheets."))

    def _fetch(self, url: str, kind: Kind | None = None) -> Source:
        self._known.add(url)
        if self._client is None:
            self._client = _client()
        with self._client.open(url) as file:
            raw = file.read(_LARGEST)
            response = file.raw
            header = Message()
            header["content-type"] = response.headers.get("Content-Type", "")
        final = urljoin(url, response.geturl() or "")
        if kind is None:
            kind = Kind.CSS if header.get_content_type() == "text/css" else Kind.HTML
        charset = header.get_content_charset() or ""
        return Source(name=final, kind=kind, raw=raw, url=final, charset=charset)

    # Both. ------------------------------------------------------------------------------------

    def _add(self, source: Source) -> Document:
        document = Document.of(source)
        self.documents.append(document)
        return document

    def _fail(self, name: str, error: Exception) -> None:
        self.unread.append(Unread(source=name, reason=_reason(error)))


def _standard_input() -> Source:
    raw = sys.stdin.buffer.read(_LARGEST)
    kind = Kind.HTML if raw.lstrip(b"\xef\xbb\xbf \t\r\n\f").startswith(b"<") else Kind.CSS
    return Source(name="<stdin>", kind=kind, raw=raw)


def _walk(folder: Path) -> Iterator[Path]:
    """Pages and sheets, without what starts with a dot and without other people's packages."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == _SKIPPED:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.suffix.lower() in KINDS and path.is_file():
            yield path


def _beside(page: Path, address: str) -> Path:
    """The file; an address from the root is looked for in every folder above the page."""
    if not address.startswith("/"):
        return page.parent / address
    name = address.lstrip("/")
    above = page.resolve().parents
    return next((path for folder in above if (path := folder / name).is_file()), page.parent / name)


def _client() -> Any:
    try:
        from ..audit.fetch import Client
        from ..audit.options import Options
    except ImportError as error:
        raise VydnoError(
            f'Reading an address needs {error.name}: pip install "vydno[audit]".'
        ) from None
    return Client(Options())


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.strerror or error}."
    return str(error)
