"""A folder of pages, served on this machine while a run lasts."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from ..errors import VydnoError
from .files import seen_from_here

PAGES = (".html", ".htm", ".xhtml")
"""Endings of the files that are audited."""
_HOST = "127.0.0.1"
_POLL = 0.05  # seconds until a stopped server has stopped
TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".gif": "image/gif",
    ".htm": "text/html",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/plain",
    ".mjs": "text/javascript",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
}
"""Not the system's: registries of MIME types differ, and a module of another type does not run."""


class Folder:
    """A folder that is served at `address`, such as `http://127.0.0.1:43117`, without a slash."""

    def __init__(self, root: Path, address: str, parts: set[Path] | None = None) -> None:
        self.root = root
        self.address = address
        self._parts = parts

    def serves(self, *parts: Path) -> None:
        """Serve these files and folders in it from now on, where it is not served whole."""
        if self._parts is not None:
            self._parts |= {part.resolve() for part in parts}

    def url_of(self, file: Path) -> str:
        """The address of a file in the folder; of `index.html` the folder's own."""
        path = quote(file.relative_to(self.root).as_posix())
        return self.tidied(f"{self.address}/{path}")

    def tidied(self, url: str) -> str:
        """The one address of a page that has two."""
        return re.sub(r"/index\.html(?=$|[?#])", "/", url) if self.holds(url) else url

    def name_of(self, url: str) -> str:
        """The path of the page at an address, from the working directory if it is in it, with its
        query."""
        split = urlsplit(url)
        file = self.root / unquote(split.path).lstrip("/")
        name = seen_from_here(file / "index.html" if split.path.endswith("/") else file).as_posix()
        return f"{name}?{split.query}" if split.query else name

    def holds(self, url: str) -> bool:
        return url.startswith(f"{self.address}/")


def pages_in(folder: Path) -> list[Path]:
    """The pages of a folder and of those in it, sorted. Raises VydnoError when there are none.

    What starts with a dot is left out, and so are links that lead outside.
    """
    root = folder.resolve()
    found = [
        path
        for path in sorted(root.rglob("*"))
        if path.suffix.lower() in PAGES and path.is_file() and _inside(root, path.resolve())
        if not any(part.startswith(".") for part in path.relative_to(root).parts)
    ]
    if not found:
        raise VydnoError(f"{folder} has no pages: no file that ends with {', '.join(PAGES)}.")
    return found


@contextmanager
def serve(root: Path, *, whole: bool = True) -> Iterator[Folder]:
    """Serve a folder on a free port of this machine's own address, and to nobody else.

    If not whole, then nothing of it before `Folder.serves` names it.
    """
    root = root.resolve()
    parts: set[Path] | None = None if whole else set()
    handler = partial(_Handler, directory=str(root), parts=parts)
    server = _Server((_HOST, 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(_POLL,), daemon=True)
    thread.start()
    try:
        yield Folder(root, f"http://{_HOST}:{server.server_port}", parts)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _inside(root: Path, path: Path) -> bool:
    return path.is_relative_to(root)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: Any) -> None:
        """A browser that goes away in the middle of an answer is no news."""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds that a silent connection is kept
    extensions_map = TYPES
    server: _Server

    def __init__(self, *args: Any, parts: set[Path] | None = None, **options: Any) -> None:
        # Before the base class, which answers the request within its own.
        self._parts = parts
        super().__init__(*args, **options)

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        # A page of elsewhere whose name leads to this machine has no business here.
        if self.headers.get("Host") != f"{_HOST}:{self.server.server_port}":
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return False
        return True

    def translate_path(self, path: str) -> str:
        """The file for a path of an address; one that is not there for all that is not served.

        A path from the root is one from the folder that was meant, where more is served around it.
        """
        root = Path(self.directory)
        asked = Path(super().translate_path(path)).relative_to(root)
        if urlsplit(path).path.endswith("/"):
            asked /= "index.html"
        meant = sorted(self._parts or ())
        for home in (root, *meant):
            found = self._served(home / asked)
            if found:
                return str(found)
        return str(root / ".nothing" / "here")

    def _served(self, asked: Path) -> Path | None:
        root = Path(self.directory)
        try:
            found = asked.resolve()
            if any(part.startswith(".") for part in asked.relative_to(root).parts):
                return None
            served = _inside(root, found) and self._is_meant(found)
            return found if served and (found.is_file() or found.is_dir()) else None
        except (OSError, RuntimeError, ValueError):  # too long, a circle of links, a zero byte
            return None

    def _is_meant(self, found: Path) -> bool:
        if self._parts is None:
            return True
        return not self._parts.isdisjoint((found, *found.parents))

    def list_directory(self, path: Any) -> None:  # noqa: ARG002
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """The run has its own reports."""
