"""A file's representations: its type, and its bytes in each content coding worth sending."""

from __future__ import annotations

import gzip
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

# Our own list, because the system's differs from machine to machine.
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "text/xml; charset=utf-8",
    # JSON is UTF-8 by definition and has no charset parameter (RFC 8259, section 11).
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
_COMPRESSIBLE = ("text/", "application/json", "application/manifest+json", "image/svg+xml")


def _compressors() -> Mapping[str, Callable[[bytes], bytes]]:
    """Content codings to functions; Brotli where a module for it is installed."""
    coders: dict[str, Callable[[bytes], bytes]] = {}
    try:
        brotli = importlib.import_module("brotli")
    except ImportError:
        pass
    else:
        coders["br"] = lambda content: brotli.compress(content, quality=11)
    coders["gzip"] = lambda content: gzip.compress(content, 9, mtime=0)
    return coders


@dataclass(frozen=True)
class File:
    """One file: content coding to its bytes, the smallest first, and to its strong ETag."""

    content_type: str
    version: str
    bodies: Mapping[str, bytes]
    etags: Mapping[str, str]


def prepare(name: str, content: bytes) -> File:
    """Compress and hash one file; of the compressed forms only shorter ones stay."""
    content_type = _TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
    bodies = {"identity": content}
    if content_type.startswith(_COMPRESSIBLE):
        shorter = {coding: compress(content) for coding, compress in _compressors().items()}
        bodies |= {coding: body for coding, body in shorter.items() if len(body) < len(content)}
    bodies = dict(sorted(bodies.items(), key=lambda item: len(item[1])))
    etags = {coding: f'"{sha256(body).hexdigest()[:20]}"' for coding, body in bodies.items()}
    return File(content_type, sha256(content).hexdigest()[:12], bodies, etags)
