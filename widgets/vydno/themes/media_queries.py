"""Media queries (level 4) about a visitor whose wishes are known and whose screen is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class State:
    """What a visitor has: a theme or none, and how the scheme and the contrast came about."""

    theme: str | None
    scheme: str
    contrast: str
    chosen: bool

    @property
    def variant(self) -> str:
        """``dark-more`` and the like; chosen ones are told from those that the system wishes."""
        return f"{'chosen-' if self.chosen else ''}{self.scheme}" + (
            "-more" if self.contrast == "more" else ""
        )

    @property
    def media(self) -> dict[str, str]:
        """The media features that are known. What is chosen must hold against the system."""
        if self.chosen:
            against = "light" if self.scheme == "dark" else "dark"
            wished = {"prefers-color-scheme": against, "prefers-contrast": "no-preference"}
        else:
            contrast = "more" if self.contrast == "more" else "no-preference"
            wished = {"prefers-color-scheme": self.scheme, "prefers-contrast": contrast}
        return {"forced-colors": "none", "inverted-colors": "none", **wished}


def without_blanks(tokens: Sequence[Any]) -> list[Any]:
    """Tokens that say something."""
    return [token for token in tokens if token.type not in ("whitespace", "comment")]


def split(tokens: Sequence[Any]) -> Iterator[list[Any]]:
    """The parts between the commas of the outermost level."""
    part: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def holds(query: Sequence[Any], state: State) -> bool | None:
    """Whether a query does, where None is that only a browser knows."""
    return _any(_query(without_blanks(part), state) for part in split(query))


def _query(words: list[Any], state: State) -> bool | None:
    if not words:
        return True
    first = words[0].lower_value if words[0].type == "ident" else ""
    if first == "not":
        held = _query(words[1:], state)
        return None if held is None else not held
    if first == "only":
        return _query(words[1:], state)
    held = _term(words[0], state)
    if len(words) < 3 or words[1].type != "ident":
        return held if len(words) == 1 else None
    rest = _query(words[2:], state)
    if words[1].lower_value == "or":
        return _any([held, rest])
    return _all([held, rest])


def _term(word: Any, state: State) -> bool | None:
    if word.type == "ident":
        return {"all": True, "screen": True, "print": False, "speech": False}.get(word.lower_value)
    if word.type != "() block":
        return None
    inside = without_blanks(word.content)
    if inside and inside[0].type == "ident" and inside[0].lower_value in state.media:
        value = state.media[inside[0].lower_value]
        if len(inside) == 1:
            return value not in ("none", "no-preference")
        if len(inside) == 3 and inside[2].type == "ident":
            return bool(inside[2].lower_value == value)
    nested = any(item.type == "() block" for item in inside)
    return _query(inside, state) if nested else None


def _any(held: Any) -> bool | None:
    answers = list(held)
    return True if True in answers else None if None in answers else False


def _all(held: Any) -> bool | None:
    answers = list(held)
    return False if False in answers else None if None in answers else True
