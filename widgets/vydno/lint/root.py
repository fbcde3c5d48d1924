"""What `1rem` is: the size that a site gives its root element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .custom_properties import CustomProperties
from .font import parts
from .sheet import Declaration, is_root_itself
from .sizes import (
    KEYWORDS,
    USUAL_ROOT,
    WINDOWS,
    Tokens,
    UnknownSizeError,
    significant,
    size_in_px,
    variables,
)

_AS_BROWSER = {"inherit", "initial", "unset", "revert", "revert-layer"}


@dataclass(frozen=True, kw_only=True)
class RootSize:
    """In px, where the visitor has changed nothing; None where it is not one number."""

    px: Fraction | None
    why: str = ""
    """Why it is none."""


def root_size(declarations: Iterable[Declaration], known: CustomProperties) -> RootSize:
    """That of all rules for the root in any state that is not one of a class or an attribute."""
    found: set[Fraction] = set()
    for declaration in declarations:
        if declaration.context.printed or not is_root_itself(declaration.context):
            continue
        value = parts(declaration).size
        if value:
            try:
                found |= sizes(value, known)
            except UnknownSizeError:
                return RootSize(px=None, why="a rule for the root gives it no one size")
    if len(found) > 1:
        several = " and ".join(f"{float(px):g}px" for px in sorted(found))
        return RootSize(px=None, why=f"the root's own font size is {several} in different rules")
    return RootSize(px=next(iter(found), USUAL_ROOT))


def sizes(value: Tokens, known: CustomProperties) -> set[Fraction]:
    """What a value makes of the root's size, in px: several, where its custom property has several.

    Raises UnknownSizeError for what is not one number in every window.
    """
    return set(_sizes(value, known))


def _sizes(value: Tokens, known: CustomProperties) -> Iterator[Fraction]:
    only = significant(value)
    if len(only) == 1 and only[0].type == "ident":
        yield _by_word(only[0].lower_value)
        return
    if len(only) == 1 and only[0].type == "function" and only[0].lower_name == "var":
        name = next(variables(only), "")
        definitions = known.values(name)
        if definitions and len(definitions) < 20:
            for definition in definitions:
                yield _calculated(definition, known)
            return
    yield _calculated(value, known)


def _calculated(value: Tokens, known: CustomProperties) -> Fraction:
    if any(len(known.values(name)) > 1 for name in variables(value)):
        raise UnknownSizeError
    found = {size_in_px(value, window, known.value) for window in WINDOWS}
    if len(found) > 1 or not 0 < (px := found.pop()) < 10_000:
        raise UnknownSizeError
    # Sums of floating-point numbers: ten digits of them are meant.
    return Fraction(Decimal(f"{px:.10g}"))


def _by_word(word: str) -> Fraction:
    if word in _AS_BROWSER:
        return USUAL_ROOT
    if word not in KEYWORDS:
        raise UnknownSizeError
    return Fraction(KEYWORDS[word])
