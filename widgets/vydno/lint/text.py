"""Sizes of text and heights of lines that do not grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import tinycss2

from .custom_properties import Use, is_variable
from .findings import Edit, Finding
from .font import parts
from .reporting import finding
from .sheet import Declaration, Root
from .site import Site
from .sizes import (
    ABSOLUTE,
    KEYWORDS,
    USUAL_ROOT,
    VIEWPORT,
    Setting,
    UnknownSizeError,
    dimensions,
    exact,
    growth,
    significant,
    size_in_px,
    written,
    zoomed_growth,
)

_GROWN = 1.9
"""How many times as large text must become when twice is asked for: no eye misses the rest."""
_DOUBLED = 2 - 1e-6
_SMALLEST = 1.0
"""CSS px of text that anybody could be meant to read."""
_LOWEST_LINE = 8.0
_LARGEST = 2000.0
_LONGEST = 80
"""Characters of a value that are quoted."""


@dataclass(frozen=True, kw_only=True)
class _Value:
    """A value that ends in a size of text or a height of lines."""

    site: Site
    declaration: Declaration
    tokens: Sequence[Any]
    use: Use
    shared: str = ""
    """Why it is left alone: what else the custom property is for."""

    @property
    def root(self) -> Root:
        """Whether it sizes the root itself; a custom property that is set there sizes others."""
        return Root.NO if self.is_definition else self.declaration.context.root

    @property
    def text(self) -> str:
        said = " ".join(tinycss2.serialize(significant_ends(self.tokens)).split())
        return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"

    @property
    def rem(self) -> Fraction:
        """What 1rem is here, in px; the usual where nobody knows."""
        if self.root is Root.ALONE:
            return USUAL_ROOT
        return self.site.root.px or USUAL_ROOT

    @property
    def is_definition(self) -> bool:
        return self.declaration.name.startswith("--")

    @property
    def is_whole(self) -> bool:
        return self.site.custom_properties.is_whole_size(self.declaration.name)

    def growth(self) -> float:
        return growth(self.tokens, self.site.custom_properties.value, float(self.rem))

    def zoomed_growth(self) -> float:
        return zoomed_growth(self.tokens, self.site.custom_properties.value, float(self.rem))

    def px(self) -> float:
        setting = Setting(text=float(self.rem))
        return size_in_px(self.tokens, setting, self.site.custom_properties.value)


def significant_ends(tokens: Sequence[Any]) -> Sequence[Any]:
    """Without spaces and comments before and after."""
    places = [
        place for place, each in enumerate(tokens) if each.type not in ("whitespace", "comment")
    ]
    return tokens[places[0] : places[-1] + 1] if places else ()


def text_sizes(site: Site, declaration: Declaration) -> Iterator[Finding]:
    """Everything about the size of text in one declaration."""
    if declaration.context.printed:
        return
    value = _size_of(site, declaration)
    if value is not None and significant(value.tokens):
        yield from _judge(value)


def line_heights(site: Site, block: Sequence[Declaration]) -> Iterator[Finding]:
    """Heights of lines in the declarations of one rule."""
    size: Sequence[Any] = ()
    for declaration in block:
        own = parts(declaration)
        size = own.size or size
        if declaration.context.printed:
            continue
        if own.line:
            value = _Value(site=site, declaration=declaration, tokens=own.line, use=Use.LINE)
            yield from _judge_line(value, size)
        elif declaration.name.startswith("--") and _uses(site, declaration) == {Use.LINE}:
            value = _Value(
                site=site, declaration=declaration, tokens=declaration.value, use=Use.LINE
            )
            yield from _judge_line(value, ())


def _uses(site: Site, declaration: Declaration) -> frozenset[Use]:
    """What the custom property that it sets ends in."""
    return site.custom_properties.uses(declaration.name)


def _size_of(site: Site, declaration: Declaration) -> _Value | None:
    if not declaration.name.startswith("--"):
        own = parts(declaration)
        return _Value(site=site, declaration=declaration, tokens=own.size, use=Use.SIZE)
    uses = _uses(site, declaration)
    if not uses & {Use.SIZE, Use.ROOT_SIZE}:
        return None
    return _Value(
        site=site,
        declaration=declaration,
        tokens=declaration.value,
        use=Use.SIZE,
        shared=_shared(site, uses),
    )


def _shared(site: Site, uses: frozenset[Use]) -> str:
    if others := uses - {Use.SIZE, Use.ROOT_SIZE}:
        named = " and ".join(sorted(other.value for other in others))
        return f"the custom property is also for {named}"
    if Use.ROOT_SIZE in uses and site.root.px != USUAL_ROOT:
        return "the custom property is also for the root, where rem is another length"
    return ""


def _judge(value: _Value) -> Iterator[Finding]:
    only = significant(value.tokens)
    if len(only) == 1 and only[0].type == "ident":
        yield from _judge_word(value, only[0])
        return
    try:
        grown, px = value.growth(), value.px()
        doubled = value.zoomed_growth() >= _DOUBLED
    except UnknownSizeError:
        return
    if px < _SMALLEST or (value.is_definition and not any(dimensions(value.tokens))):
        return
    fixed = [token for token in dimensions(value.tokens) if token.lower_unit in ABSOLUTE]
    if value.is_definition and not value.is_whole:
        # What a part of a size is, only the whole can tell.
        if fixed and not _windowed(value) and _holds_back(value):
            yield _fixed(value, fixed, grown)
    elif not doubled:
        # Of `var()` alone the definition is to blame.
        if _windowed(value) or not is_variable(value.tokens):
            yield _windows(value)
    elif grown < _GROWN and fixed and _held_back(value, fixed, grown):
        yield _fixed(value, fixed, grown)
    elif grown < _GROWN and _windowed(value):
        yield _fluid(value, grown)


def _windowed(value: _Value) -> list[str]:
    return [token.unit for token in dimensions(value.tokens) if token.lower_unit in VIEWPORT]


def _holds_back(value: _Value) -> bool:
    """Whether some size that is worked out with the custom property does not grow."""
    known = value.site.custom_properties
    for size in known.sizes_with(value.declaration.name):
        try:
            if growth(size, known.value, float(value.rem)) < _GROWN:
                return True
        except UnknownSizeError:
            continue
    return False


def _held_back(value: _Value, fixed: Sequence[Any], grown: float) -> bool:
    """Whether the text would grow more if the fixed lengths in it were in rem."""
    if len(significant(value.tokens)) == 1 and significant(value.tokens)[0].type == "dimension":
        return True
    edits = [_edit(token, value.rem, (0, 0)) for token in fixed]
    instead = _with(value.tokens, fixed, [edit.text for edit in edits if edit is not None])
    if instead is None:
        return False
    tokens = tinycss2.parse_component_value_list(instead)
    try:
        return replace(value, tokens=tokens).growth() > grown + 1e-6
    except UnknownSizeError:
        return False


# Sayings. -----------------------------------------------------------------------------------------


def _judge_word(value: _Value, token: Any) -> Iterator[Finding]:
    word = token.lower_value
    if value.root is Root.ALONE or value.is_definition:
        return
    if word not in KEYWORDS and not (word == "initial" and value.declaration.name == "font-size"):
        return
    px = KEYWORDS.get(word, 16)
    root = value.site.root.px
    yield finding(
        "text-keyword-size",
        value.declaration,
        f"`{word}` follows the browser's text size but not the root's, by which the page's own "
        "control sizes text",
        at=token,
        instead=f"{written(Fraction(px) / root, '0')}rem" if root else "",
    )


def _windows(value: _Value) -> Finding:
    only = significant(value.tokens)
    plain = len(only) == 1 and only[0].type == "dimension"
    every = ", nor can what is in rem" if value.root is not Root.NO else ""
    return finding(
        "text-viewport-units",
        value.declaration,
        f"Text of {value.text} cannot be made twice as large by zooming{every}",
        at=only[0],
        instead=f"clamp(1rem, {value.text}, 2.5rem)"
        if plain
        else "bounds in rem, the upper at most 2.5 times the lower",
    )


def _said(grown: float) -> str:
    if grown <= 1:
        return "keeps its size when the visitor asks for larger text"
    return f"grows to {grown * 100:.0f} % in some window when the visitor asks for 200 %"


def _fluid(value: _Value, grown: float) -> Finding:
    return finding(
        "text-fluid",
        value.declaration,
        f"Text of {value.text} {_said(grown)}",
        at=significant(value.tokens)[0],
    )


def _fixed(value: _Value, fixed: Sequence[Any], grown: float) -> Finding:
    if value.root is Root.ALONE:
        return _fixed_root(value, fixed)
    edits, left = _edits(value, fixed)
    instead = _with(value.tokens, fixed, [edit.text for edit in edits]) if edits else ""
    return finding(
        "text-fixed-size",
        value.declaration,
        f"Text of {value.text} {_said(grown)}",
        at=fixed[0],
        instead=instead or "",
        left=left or value.shared,
        edits=() if left or value.shared else edits,
    )


def _fixed_root(value: _Value, fixed: Sequence[Any]) -> Finding:
    only = significant(value.tokens)
    plain = len(only) == 1 and only[0].type == "dimension"
    edits, left = _edits(value, fixed, root=USUAL_ROOT, percent=plain)
    return finding(
        "root-fixed-size",
        value.declaration,
        f"A root size of {value.text} replaces the size that the visitor chose, for every rem",
        at=fixed[0],
        instead=_with(value.tokens, fixed, [edit.text for edit in edits]) or "" if edits else "",
        left=left,
        edits=() if left else edits,
    )


def _judge_line(value: _Value, size: Sequence[Any]) -> Iterator[Finding]:
    fixed = [token for token in dimensions(value.tokens) if token.lower_unit in ABSOLUTE]
    if not fixed and not _windowed(value):
        return
    try:
        if value.px() < _LOWEST_LINE or value.growth() > 1:
            return
    except UnknownSizeError:
        return
    edits, left = _edits(value, fixed)
    unitless = _unitless(value, size)
    in_rem = _with(value.tokens, fixed, [edit.text for edit in edits]) if edits else ""
    yield finding(
        "line-height-fixed",
        value.declaration,
        f"Lines of {value.text} stay as high as they are when the text in them grows",
        at=significant(value.tokens)[0],
        instead=unitless or in_rem or "a number without a unit, such as 1.5",
        left=left,
        edits=() if left else edits,
    )


def _unitless(value: _Value, size: Sequence[Any]) -> str:
    """The height in sizes of the rule's own text, where that comes out even."""
    known = value.site.custom_properties.value
    try:
        share = value.px() / size_in_px(size, Setting(text=float(value.rem)), known)
    except (UnknownSizeError, ZeroDivisionError):
        return ""
    relative = any(token.type == "percentage" for token in size) or any(
        token.lower_unit not in ABSOLUTE and token.lower_unit != "rem" for token in dimensions(size)
    )
    relative = relative or value.site.root.px is None
    even = abs(share - round(share, 4)) < 1e-9
    return f"{round(share, 4):g}" if even and not relative and 0.5 < share < 5 else ""


# Edits. -------------------------------------------------------------------------------------------


def _edits(
    value: _Value, fixed: Sequence[Any], *, root: Fraction | None = None, percent: bool = False
) -> tuple[tuple[Edit, ...], str]:
    """What to change, and why it is not to be changed by a machine."""
    base = root or value.site.root.px
    if base is None:
        return (), f"{value.site.root.why}; say what 1rem is by --root-font-size"
    left = ""
    if value.root is Root.AMONG_OTHERS:
        left = "the rule is for the root and for others, where rem and percent are other lengths"
    sheet = value.declaration.sheet
    spans = [sheet.span(token) for token in fixed]
    edits = [
        _edit(token, base, span or (0, 0), percent=percent)
        for token, span in zip(fixed, spans, strict=True)
    ]
    done = tuple(edit for edit in edits if edit is not None)
    if len(done) < len(edits):
        return (), "there is a number in it that no page means"
    if None in spans:
        left = "it is written with escapes"
    elif not sheet.source.is_kept:
        left = "its bytes are not what its encoding makes of its text"
    return done, left


def _edit(
    token: Any, root: Fraction, span: tuple[int, int], *, percent: bool = False
) -> Edit | None:
    try:
        px = exact(token)
    except ValueError:
        return None
    if abs(px) > _LARGEST:
        return None
    unit, share = ("%", px / root * 100) if percent else ("rem", px / root)
    return Edit(start=span[0], end=span[1], text=f"{written(share, token.representation)}{unit}")


def _with(tokens: Sequence[Any], old: Sequence[Any], new: Sequence[str]) -> str | None:
    """The text of a value with other numbers in it."""
    if len(old) != len(new):
        return None
    instead = {id(token): text for token, text in zip(old, new, strict=True)}
    return _serialized(significant_ends(tokens), instead)


def _serialized(tokens: Sequence[Any], instead: dict[int, str]) -> str:
    said = []
    for token in tokens:
        if id(token) in instead:
            said.append(instead[id(token)])
        elif token.type == "function":
            said.append(f"{token.name}({_serialized(token.arguments, instead)})")
        elif token.type == "() block":
            said.append(f"({_serialized(token.content, instead)})")
        else:
            said.append(token.serialize())
    return "".join(said)
