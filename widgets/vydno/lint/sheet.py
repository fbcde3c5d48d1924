"""A style sheet as its declarations, with what stands around them and where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

import tinycss2

from ..errors import VydnoError
from . import suppressions
from .sizes import KNOWN_UNITS, MATHS, significant, split
from .source import Source

_NOTHING: frozenset[str] = frozenset()
# As tinycss2 counts lines, after CSS Syntax 3, section 3.3.
_LINE_END = re.compile(r"\r\n|\n|\r|\f")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ROOTS = {
    *("html", ":root", ":where(html)", ":where(:root)", ":is(html)", ":is(:root)", "html:root"),
    *(":root:root", ":host", ":where(:host)"),
}
"""Selectors of the root element in any state; `:host` is the like in a shadow tree."""
_HOSTS = {":host", ":where(:host)"}
# At-rules that hold no rule for what is on a screen.
_IRRELEVANT = (
    *("font-face", "page", "property", "counter-style", "font-feature-values", "view-transition"),
    *("font-palette-values", "color-profile", "viewport", "-ms-viewport"),
)
_DEEPEST = 100
"""Levels of brackets."""
_QUERIES = ("media", "container")


class Root(Enum):
    """Whether a rule is for the root element."""

    NO = "no"
    AMONG_OTHERS = "among others"
    ALONE = "alone"


@dataclass(frozen=True, kw_only=True)
class Context:
    """What stands around a declaration."""

    selectors: tuple[str, ...] = ()
    """Those of the innermost rule, without comments, in small letters."""
    root: Root = Root.NO
    printed: bool = False
    """For print alone, where px are as good as any."""
    animated: bool = False
    silent: frozenset[str] = _NOTHING
    """Rules that a comment silences here."""


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A property and its value."""

    name: str
    """In small letters, but for custom properties."""
    value: Sequence[Any]
    node: Any
    context: Context
    sheet: Sheet


@dataclass(frozen=True, kw_only=True)
class Query:
    """What stands after `@media` or `@container`."""

    keyword: str
    prelude: Sequence[Any]
    context: Context
    sheet: Sheet


Block = Sequence[Declaration]


@dataclass(kw_only=True, eq=False)
class Sheet:
    """CSS in a source: the whole of it, an element's content, or a `style` attribute's value."""

    source: Source
    start: int = 0
    css: str
    """The text from `start` on; that of an attribute may be another one, by its `&quot;`."""
    as_written: bool = True
    """Whether `css` is what stands in the source, letter by letter."""
    is_attribute: bool = False
    printed: bool = False
    is_root: bool = False
    """Whether the attribute is one of `<html>`."""
    silent: frozenset[str] = _NOTHING
    blocks: list[Block] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    """Offsets in the source: what is no rule ends there."""
    bad_comments: list[tuple[int, str]] = field(default_factory=list)
    silent_everywhere: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._lines = [0, *(found.end() for found in _LINE_END.finditer(self.css))]
        css = _LONE_SURROGATE.sub("\ufffd", self.css)
        context = Context(printed=self.printed, silent=self.silent)
        tokens = tinycss2.parse_component_value_list(css)
        _check_depth(tokens)
        if self.is_attribute:
            root = Root.ALONE if self.is_root else Root.NO
            self._read_block(tinycss2.parse_blocks_contents(tokens), replace(context, root=root))
        else:
            self._read_rules(tinycss2.parse_stylesheet(tokens), context)

    def offset(self, node: Any) -> int:
        """Where a node starts, in the source."""
        return self.start + self._inner(node)

    def span(self, token: Any) -> tuple[int, int] | None:
        """Start and end, in the source, of a number with a unit; None where that is not written
        as it is read, by an escape."""
        start = self._inner(token)
        said = f"{token.representation}{token.unit}"
        if not self.as_written or not self.css.startswith(said, start):
            return None
        return self.start + start, self.start + start + len(said)

    @property
    def declarations(self) -> Iterator[Declaration]:
        for block in self.blocks:
            yield from block

    def _inner(self, node: Any) -> int:
        if not self.as_written:
            return 0
        return int(self._lines[node.source_line - 1] + node.source_column - 1)

    # Reading. ---------------------------------------------------------------------------------

    def _read_rules(self, nodes: Sequence[Any], context: Context) -> None:
        for node, silent in self._with_comments(nodes):
            inside = replace(context, silent=context.silent | silent)
            if node.type == "qualified-rule":
                self._read_rule(node, inside, nested=False)
            elif node.type == "at-rule":
                self._read_at_rule(node, inside, nested=False)
            elif node.type == "error":
                self.errors.append(self.offset(node))

    def _read_rule(self, node: Any, context: Context, *, nested: bool) -> None:
        selectors = tuple(_said(part) for part in split(node.prelude))
        silent = context.silent
        for comment in _comments(node.prelude):
            silent |= self._silenced(comment)
        root = Root.NO if context.animated else _root(selectors, context.root, nested=nested)
        inside = replace(context, selectors=selectors, root=root, silent=silent)
        self._read_block(tinycss2.parse_blocks_contents(node.content), inside)

    def _read_at_rule(self, node: Any, context: Context, *, nested: bool) -> None:
        keyword = node.lower_at_keyword
        if keyword == "import":
            self._read_import(node)
        if node.content is None or keyword in _IRRELEVANT:
            return
        if keyword in _QUERIES:
            self.queries.append(
                Query(keyword=keyword, prelude=node.prelude, context=context, sheet=self)
            )
        printed = context.printed or (keyword == "media" and for_print(node.prelude))
        animated = context.animated or keyword.endswith("keyframes")
        inside = replace(context, printed=printed, animated=animated)
        if nested:
            self._read_block(tinycss2.parse_blocks_contents(node.content), inside)
        else:
            self._read_rules(tinycss2.parse_rule_list(node.content), inside)

    def _read_block(self, nodes: Sequence[Any], context: Context) -> None:
        found: list[Declaration] = []
        for node, silent in self._with_comments(nodes):
            inside = replace(context, silent=context.silent | silent)
            if node.type == "declaration":
                for comment in _comments(node.value):
                    inside = replace(inside, silent=inside.silent | self._silenced(comment))
                name = node.name if node.name.startswith("--") else node.lower_name
                found.append(
                    Declaration(name=name, value=node.value, node=node, context=inside, sheet=self)
                )
            elif node.type == "qualified-rule":
                self._read_rule(node, inside, nested=True)
            elif node.type == "at-rule":
                self._read_at_rule(node, inside, nested=True)
            # What is none of them, browsers drop too; much of it is meant for the old ones.
        self.blocks.append(_effective(found))

    def _read_import(self, node: Any) -> None:
        first = next(iter(significant(node.prelude)), None)
        if first is None or self.is_attribute:
            return
        if first.type in ("string", "url"):
            self.imports.append(first.value)
        elif first.type == "function" and first.lower_name == "url":
            self.imports += [part.value for part in first.arguments if part.type == "string"]

    # Comments. --------------------------------------------------------------------------------

    def _with_comments(self, nodes: Sequence[Any]) -> list[tuple[Any, frozenset[str]]]:
        """Every node that is no comment, with the rules that comments silence for it.

        A comment at the end of a line is about what stands before it on that line; any other is
        about what comes next.
        """
        found: list[tuple[Any, frozenset[str]]] = []
        waiting = _NOTHING
        same_line = False
        for place, node in enumerate(nodes):
            if node.type == "whitespace":
                same_line = same_line and "\n" not in node.value
            elif node.type == "comment":
                silenced = self._silenced(node)
                if same_line and found and _ends_line(nodes[place + 1 :]):
                    last, before = found[-1]
                    found[-1] = (last, before | silenced)
                else:
                    waiting |= silenced
            else:
                found.append((node, waiting))
                waiting, same_line = _NOTHING, True
        return found

    def _silenced(self, comment: Any) -> frozenset[str]:
        try:
            said = suppressions.read(comment.value)
        except VydnoError as error:
            self.bad_comments.append((self.offset(comment), str(error)))
            return _NOTHING
        if said is None:
            return _NOTHING
        if said.whole_file:
            self.silent_everywhere |= said.rules
            return _NOTHING
        return said.rules


def for_print(query: Sequence[Any]) -> bool:
    """Whether a media query is about print and nothing else."""
    kinds = []
    for part in split(query):
        words = significant(part)
        if words and words[0].type == "ident" and words[0].lower_value == "only":
            del words[0]
        kinds.append(words[0].lower_value if words and words[0].type == "ident" else "")
    return all(kind == "print" for kind in kinds)


def is_root_itself(context: Context) -> bool:
    """Whether the rule sizes the root element of a page, and not only that of a shadow tree."""
    hosts = bool(context.selectors) and set(context.selectors) <= _HOSTS
    return context.root is not Root.NO and not hosts


def _root(selectors: tuple[str, ...], around: Root, *, nested: bool) -> Root:
    if nested:
        return around if selectors == ("&",) else Root.NO
    matching = [selector in _ROOTS for selector in selectors]
    if all(matching):
        return Root.ALONE
    return Root.AMONG_OTHERS if any(matching) or "*" in selectors else Root.NO


def _effective(block: Block) -> Block:
    """Without what a later declaration of the same rule replaces in every browser of today:
    `font-size: 14px; font-size: 0.875rem` has a size in px for the old ones alone."""
    kept: list[Declaration] = []
    replaced: set[tuple[str, bool]] = set()
    for declaration in reversed(block):
        important = declaration.node.important
        if (declaration.name, True) in replaced:
            continue
        if (declaration.name, False) in replaced and not important:
            continue
        kept.append(declaration)
        if _is_understood(declaration):
            replaced.add((declaration.name, important))
    return kept[::-1]


def _is_understood(declaration: Declaration) -> bool:
    """Whether every browser of today takes the value."""
    only = significant(declaration.value)
    if declaration.name.startswith("--"):
        return True
    if len(only) != 1:
        return False
    token = only[0]
    if token.type == "dimension":
        return token.lower_unit in KNOWN_UNITS
    if token.type == "function":
        return token.lower_name in MATHS
    return token.type in ("percentage", "number")


def _check_depth(tokens: Sequence[Any]) -> None:
    """Raises VydnoError for brackets in brackets beyond what any reader takes."""
    level = list(tokens)
    for _ in range(_DEEPEST):
        level = [
            inner
            for token in level
            for inner in getattr(token, "content", None) or getattr(token, "arguments", None) or ()
        ]
        if not level:
            return
    raise VydnoError("It is nested too deeply to be read.")


def _said(tokens: Sequence[Any]) -> str:
    kept = [token for token in tokens if token.type != "comment"]
    return " ".join(str(tinycss2.serialize(kept)).lower().split())


def _comments(tokens: Sequence[Any]) -> list[Any]:
    return [token for token in tokens if token.type == "comment"]


def _ends_line(following: Sequence[Any]) -> bool:
    if not following:
        return True
    after = following[0]
    return after.type == "whitespace" and ("\n" in after.value or len(following) == 1)
