"""A file as bytes and as text, so that the text can be changed and the other bytes stay."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from ..errors import VydnoError
from .findings import Edit

_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_CHARSET = re.compile(rb'@charset "([^"\r\n]{1,90})";')
_LINE_END = re.compile(r"\r\n|\n|\r")
_KEPT = "surrogateescape"
"""Bytes that are none of the encoding's become characters of their own, and bytes again."""


class Kind(StrEnum):
    """What a source is."""

    CSS = "CSS"
    HTML = "HTML"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A style sheet or a page. Raises VydnoError, when its text is asked for, if it has none."""

    name: str
    kind: Kind
    raw: bytes
    path: Path | None = None
    """The file; None for what was fetched or came on standard input."""
    url: str = ""
    """The address that it was fetched from."""
    charset: str = ""
    """What the server called its encoding."""

    @cached_property
    def text(self) -> str:
        """Without the byte order mark; line ends as they are."""
        try:
            text = self._codec.decode(self.raw[len(self._bom) :], _KEPT)[0]
        except UnicodeError:
            raise VydnoError(f"It is not the {self._codec.name} that it says it is.") from None
        if "\0" in text:
            raise VydnoError(f"It is not {self.kind}: there are zero bytes in it.")
        return text

    @cached_property
    def is_kept(self) -> bool:
        """Whether the text makes the same bytes again, so that it can be changed in places."""
        return self._encoded(self.text) == self.raw

    def changed(self, edits: Iterable[Edit]) -> bytes:
        """The bytes after the edits, which must not overlap."""
        text, at, parts = self.text, 0, []
        for edit in sorted(set(edits)):
            parts += [text[at : edit.start], edit.text]
            at = edit.end
        return self._encoded("".join([*parts, text[at:]]))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def _encoded(self, text: str) -> bytes:
        try:
            return self._bom + self._codec.encode(text, _KEPT)[0]
        except UnicodeError:
            return b""

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    @cached_property
    def _bom(self) -> bytes:
        return next((bom for bom in _BOMS if self.raw.startswith(bom)), b"")

    @cached_property
    def _codec(self) -> codecs.CodecInfo:
        """As CSS Syntax 3 (section 3.2) and HTML (section 13.2.3) find it; else UTF-8."""
        if self._bom:
            return codecs.lookup(_BOMS[self._bom])
        if self.kind is Kind.HTML:
            return _of_page(self.raw, self.charset)
        declared = _CHARSET.match(self.raw)
        label = declared[1].decode("latin-1") if declared else ""
        return _known(self.charset) or _known(label, declared=True) or codecs.lookup("utf-8")


def _known(label: str, *, declared: bool = False) -> codecs.CodecInfo | None:
    """The encoding of the web's name; what is written in ASCII letters cannot be in UTF-16."""
    from tinyhtml5.inputstream import lookup_encoding

    found = lookup_encoding(label) if label else None
    if found is None:
        return None
    if declared and found.name.startswith("utf-16"):
        return codecs.lookup("utf-8")
    info: codecs.CodecInfo = found.codec_info
    return info


def _of_page(raw: bytes, charset: str) -> codecs.CodecInfo:
    from tinyhtml5.inputstream import HTMLInputStream

    stream = HTMLInputStream(raw, transport_encoding=charset or None, default_encoding="utf-8")
    info: codecs.CodecInfo = stream.encoding[0].codec_info
    return info
