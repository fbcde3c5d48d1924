"""Static files out of memory: read, compressed and hashed once, at start.

What is served is what stood in the folder then. A request is a look-up by name, so no path can
leave the folder.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import VydnoError
from .folder import read_folder
from .negotiation import choose_encoding, is_unchanged
from .representations import File, prepare
from .response import Headers, Response, sentence

# A year is the longest that HTTP caches take seriously (RFC 9111 sets no limit, RFC 2616 did).
_FOREVER = "public, max-age=31536000, immutable"
_VARY = ("vary", "Accept-Encoding")


class StaticFiles:
    """The files of a directory, or of a mapping from name to content.

    ``cross_origin`` lets pages of other origins read them, as modules, fonts and everything with
    an ``integrity`` must be readable when a CDN fetches them from here and serves them under its
    own name.
    """

    def __init__(
        self,
        source: str | os.PathLike[str] | Mapping[str, bytes],
        *,
        cross_origin: bool = False,
    ) -> None:
        contents = source if isinstance(source, Mapping) else read_folder(source)
        self._files = {name: prepare(name, content) for name, content in contents.items()}
        self._extra: Headers = (("x-content-type-options", "nosniff"),)
        if cross_origin:
            self._extra += (("access-control-allow-origin", "*"),)

    @property
    def names(self) -> tuple[str, ...]:
        """The files' names, with slashes."""
        return tuple(self._files)

    def version(self, name: str) -> str:
        """What ``?v=`` must say for the answer to be cached for good: 12 hexadecimal digits."""
        if name not in self._files:
            raise VydnoError(f"There is no file {name!r}; there are {', '.join(self._files)}.")
        return self._files[name].version

    def respond(
        self, method: str, path: str, query: str = "", headers: Mapping[str, str] | None = None
    ) -> Response:
        """Answer a request: 200, 304, 404, 405, or 406 where the client rules out every coding.

        ``path`` is a file's name, percent-decoded, without a leading slash. The names in
        ``headers`` are in lower case.
        """
        file = self._files.get(path)
        if file is None:
            return sentence(404, "There is no such file.")
        if method not in ("GET", "HEAD"):
            return sentence(405, "Files can only be read.", ("allow", "GET, HEAD"))
        headers = headers or {}
        coding = choose_encoding(headers.get("accept-encoding", ""), file.bodies)
        if coding is None:
            return sentence(406, f"This file can be had as: {', '.join(file.bodies)}.", _VARY)
        shared = (*self._cached(file, coding, query), *self._extra)
        if is_unchanged(headers.get("if-none-match", ""), file.etags[coding]):
            return Response(304, shared)
        body = file.bodies[coding]
        return Response(
            200, (*shared, *_described(file, coding)), b"" if method == "HEAD" else body
        )

    def _cached(self, file: File, coding: str, query: str) -> Iterator[tuple[str, str]]:
        """The headers that tell caches what this is; 304 needs them as much as 200."""
        current = f"v={file.version}" in query.split("&")
        yield "etag", file.etags[coding]
        yield "cache-control", _FOREVER if current else "no-cache"
        yield _VARY


@functools.cache  # to compress them takes half a second, and a process may have several doors
def built_files(folder: Path) -> StaticFiles:
    """The files of ``static_dir()``, as every door serves them."""
    return StaticFiles(folder, cross_origin=True)


def _described(file: File, coding: str) -> Iterator[tuple[str, str]]:
    yield "content-type", file.content_type
    yield "content-length", str(len(file.bodies[coding]))
    if coding != "identity":
        yield "content-encoding", coding
