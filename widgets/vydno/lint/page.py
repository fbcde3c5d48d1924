"""An HTML page as what concerns the size of its text, with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import tinycss2
from tinyhtml5.constants import Token
from tinyhtml5.tokenizer import HTMLTokenizer

from ..errors import VydnoError
from . import suppressions
from .sheet import Sheet, for_print
from .source import Source

_LINE_END = re.compile(r"\r\n|\n|\r")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# HTML, section 13.2.6: how the content of an element is read.
_STATES = {
    **dict.fromkeys(("title", "textarea"), "rcdata_state"),
    **dict.fromkeys(("style", "xmp", "iframe", "noembed", "noframes"), "rawtext_state"),
    "script": "script_data_state",
    "plaintext": "plaintext_state",
}
_SPACE = " \t\n\r\f"
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Viewport:
    """What `<meta name=viewport>` says."""

    content: str
    offset: int
    silent: frozenset[str]


@dataclass(kw_only=True, eq=False)
class PageSource:
    """The styles of a page."""

    source: Source
    sheets: list[Sheet] = field(default_factory=list)
    viewports: list[Viewport] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    """Addresses of style sheets, as they are written."""
    base: str = ""
    """The address in `<base>`."""
    bad_comments: list[tuple[int, str]] = field(default_factory=list)
    silent_everywhere: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        style: _Tag | None = None
        waiting = _NOTHING
        for tag in _tags(self.source.text):
            if tag.type == "comment":
                waiting |= self._silenced(tag)
            elif tag.type == "end":
                if style is not None and tag.name == "style":
                    self._read_style(style, tag.start, waiting)
                    style, waiting = None, _NOTHING
            elif tag.name == "style":
                style = tag
            else:
                self._read_tag(tag, waiting)
                waiting = _NOTHING
        if style is not None:
            self._read_style(style, len(self.source.text), waiting)

    def _read_style(self, tag: _Tag, end: int, silent: frozenset[str]) -> None:
        kind = tag.attributes.get("type", "").strip().lower()
        if kind in ("", "text/css"):
            self.sheets.append(
                Sheet(
                    source=self.source,
                    start=tag.end,
                    css=self.source.text[tag.end : end],
                    printed=_printed(tag),
                    silent=silent,
                )
            )

    def _read_tag(self, tag: _Tag, silent: frozenset[str]) -> None:
        given = tag.attributes
        if "style" in given:
            self._read_attribute(tag, silent)
        if tag.name == "base" and not self.base:
            self.base = given.get("href", "").strip()
        elif tag.name == "link" and "stylesheet" in given.get("rel", "").lower().split():
            if given.get("href", "").strip() and not _printed(tag):
                self.links.append(given["href"].strip())
        elif tag.name == "meta" and given.get("name", "").strip().lower() == "viewport":
            start, _ = tag.span("content") or (tag.start, 0)
            self.viewports.append(
                Viewport(content=given.get("content", ""), offset=start, silent=silent)
            )

    def _read_attribute(self, tag: _Tag, silent: frozenset[str]) -> None:
        value = tag.attributes["style"]
        start, end = tag.span("style") or (tag.start, tag.start)
        written = self.source.text[start:end]
        as_written = _unified(written) == value
        self.sheets.append(
            Sheet(
                source=self.source,
                start=start,
                css=written if as_written else value,
                as_written=as_written,
                is_attribute=True,
                is_root=tag.name == "html",
                silent=silent,
            )
        )

    def _silenced(self, comment: _Tag) -> frozenset[str]:
        try:
            said = suppressions.read(comment.name)
        except VydnoError as error:
            self.bad_comments.append((comment.start, str(error)))
            return _NOTHING
        if said is not None and said.whole_file:
            self.silent_everywhere |= said.rules
        return said.rules if said is not None and not said.whole_file else _NOTHING


def _unified(text: str) -> str:
    """As a parser of HTML has it."""
    return _LONE_SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text))


def _printed(tag: _Tag) -> bool:
    media = tag.attributes.get("media", "")
    return bool(media.strip()) and for_print(tinycss2.parse_component_value_list(media))


# Tokens with places. ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Tag:
    """A start tag, an end tag or a comment; `name` is then the comment's text."""

    type: str
    name: str
    start: int
    end: int
    text: str
    """All of the page."""
    attributes: Mapping[str, str] = field(default_factory=dict)

    def span(self, name: str) -> tuple[int, int] | None:
        """Start and end of an attribute's value, in the page, without quotation marks."""
        return next((span for known, span in self._spans() if known == name), None)

    def _spans(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """By the rules of HTML, section 13.2.5.32 on."""
        text, end = self.text, self.end - 1
        at = self._skip(self.start, end, lambda sign: sign not in _SPACE + "/")
        while at < end:
            at = self._skip(at, end, lambda sign: sign in _SPACE + "/")
            # A name may start with an equals sign, and cannot be empty.
            start, at = at, self._skip(at + 1, end, lambda sign: sign not in _SPACE + "/=")
            name = text[start:at].lower()
            at = self._skip(at, end, lambda sign: sign in _SPACE)
            if at >= end or text[at] != "=":
                continue
            at = self._skip(at + 1, end, lambda sign: sign in _SPACE)
            if at < end and text[at] in "\"'":
                close = text.find(text[at], at + 1, end)
                close = end if close < 0 else close
                yield name, (at + 1, close)
                at = close + 1
            else:
                start, at = at, self._skip(at, end, lambda sign: sign not in _SPACE)
                yield name, (start, at)

    def _skip(self, at: int, end: int, while_: Any) -> int:
        while at < end and while_(self.text[at]):
            at += 1
        return at


class _Whole:
    """A text that is read in one piece: the tokenizer loses its place between two."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, most: int) -> str:
        if not most:  # a look at what it gives
            return ""
        text, self._text = self._text, ""
        return text


def _tags(text: str) -> Iterator[_Tag]:
    lines = [0, *(found.end() for found in _LINE_END.finditer(text))]
    tokenizer = HTMLTokenizer(_Whole(_LONE_SURROGATE.sub("\ufffd", text) or " "))
    start = 0
    for token in tokenizer:
        kind = token["type"]
        if kind == Token.PARSE_ERROR:
            continue
        line, column = tokenizer.stream.position()
        end = lines[min(line, len(lines)) - 1] + column
        if kind in (Token.START_TAG, Token.EMPTY_TAG):
            name, attributes = token["name"], token["data"]
            yield _Tag(
                type="start", name=name, start=start, end=end, text=text, attributes=attributes
            )
            if name in _STATES:
                tokenizer.state = getattr(tokenizer, _STATES[name])
        elif kind == Token.END_TAG:
            yield _Tag(type="end", name=token["name"], start=start, end=end, text=text)
        elif kind == Token.COMMENT:
            yield _Tag(type="comment", name=token["data"], start=start, end=end, text=text)
        start = max(start, end)
