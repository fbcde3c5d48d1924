"""Sitemaps and indexes of them (sitemaps.org, protocol 0.9), read as they arrive."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO, cast
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from ..errors import VydnoError
from .address import LONGEST

MOST_BYTES = 52_428_800
"""Of one sitemap, unpacked, as the protocol has it."""
MOST_SITEMAPS = 1000
"""Of one run: who has more pages audits a part."""
_CHUNK = 65_536
_PACKED = b"\x1f\x8b"

Open = Callable[[str], AbstractContextManager[BinaryIO]]
"""Opens a file or an address."""


def addresses(source: str, open_: Open) -> Iterator[tuple[str, str]]:
    """Each entry, and the sitemap that has it.

    Nothing is read further than the entries are asked for. Raises VydnoError for what is not a
    sitemap, and for what is made to harm who reads it.
    """
    waiting, seen = [source], {source}
    while waiting:
        sitemap = waiting.pop(0)
        for is_sitemap, place in _entries(sitemap, open_):
            if not is_sitemap:
                yield place, sitemap
            elif place not in seen:
                seen.add(place)
                waiting.append(place)
            if len(seen) > MOST_SITEMAPS:
                raise VydnoError(f"{source} leads to more than {MOST_SITEMAPS} sitemaps.")


def _entries(sitemap: str, open_: Open) -> Iterator[tuple[bool, str]]:
    """Of each `<loc>` whether it is that of a sitemap, and what it says."""
    places = _Places(sitemap)
    parser = make_parser()
    parser.setContentHandler(places)
    try:
        with open_(sitemap) as file:
            for chunk in _chunks(file, sitemap):
                parser.feed(chunk)
                yield from places.take()
            parser.close()
            yield from places.take()
    except DefusedXmlException:
        raise VydnoError(
            f"{sitemap} declares entities, as XML bombs do and sitemaps need not; it was not read."
        ) from None
    except SAXParseException as error:
        raise VydnoError(
            f"{sitemap} is not a sitemap: line {error.getLineNumber()} is not XML "
            f"({error.getMessage()})."
        ) from None
    except (gzip.BadGzipFile, zlib.error, EOFError):
        raise VydnoError(f"{sitemap} is packed with gzip, and broken.") from None
    except OSError as error:
        raise VydnoError(f"{sitemap} could not be read: {error.strerror or error}.") from None


def _chunks(file: BinaryIO, sitemap: str) -> Iterator[bytes]:
    # Both what is opened here and what a server sends can look ahead.
    packed = cast("gzip.GzipFile", file).peek(2)[:2] == _PACKED
    unpacked: BinaryIO = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
    read = 0
    while chunk := unpacked.read(_CHUNK):
        read += len(chunk)
        if read > MOST_BYTES:
            raise VydnoError(f"{sitemap} is larger than the 50 MB that a sitemap may have.")
        yield chunk
    if not read:
        raise VydnoError(f"{sitemap} is not a sitemap: it is empty.")


class _Places(ContentHandler):
    """Takes the `<loc>` of `<url>` and of `<sitemap>`, and of nothing else (`<image:loc>`)."""

    _ROOTS = ("urlset", "sitemapindex")

    def __init__(self, sitemap: str) -> None:
        super().__init__()
        self._sitemap = sitemap
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._found: list[tuple[bool, str]] = []

    def take(self) -> list[tuple[bool, str]]:
        """What was found since the last time."""
        found, self._found = self._found, []
        return found

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: ARG002, N802
        local = name.rpartition(":")[2]
        if not self._path and local not in self._ROOTS:
            raise VydnoError(f"{self._sitemap} is not a sitemap but <{local[:40]}>.")
        self._path.append(local)
        self._text, self._length = [], 0

    def characters(self, content: str) -> None:
        if self._is_place():
            self._length += len(content)
            if self._length > 2 * LONGEST:
                raise VydnoError(f"{self._sitemap} has an address of more than {LONGEST} signs.")
            self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802
        if self._is_place():
            text = "".join(self._text).strip()
            if text:
                self._found.append((self._path[-2] == "sitemap", text))
        self._path.pop()

    def _is_place(self) -> bool:
        return self._path in (["urlset", "url", "loc"], ["sitemapindex", "sitemap", "loc"])
