"""What custom properties come to on the root element: ``var()`` and ``light-dark()`` worked out.

CSS Custom Properties Module Level 1, and light-dark() of CSS Color Level 5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

from ..errors import VydnoError
from .colours import NoColourError, from_css
from .media_queries import State, split, without_blanks


class UnreadableStyleError(VydnoError):
    """A style sheet does not say what was asked of it."""


@dataclass(frozen=True)
class Root:
    """What the root element's properties come to in a state."""

    declared: Mapping[str, Sequence[Any]]
    state: State

    @property
    def scheme(self) -> str:
        """The used colour scheme; a page that declares none is light, whatever is wished."""
        words = [
            word.lower_value
            for word in without_blanks(self.declared.get("color-scheme", ()))
            if word.type == "ident"
        ]
        known = [word for word in words if word in ("light", "dark")]
        wished = self.state.media["prefers-color-scheme"]
        return "light" if not known else wished if wished in known else known[0]

    def colour(self, name: str) -> str:
        """``#rrggbb`` or ``#rrggbbaa`` of a custom property; what is no colour is refused."""
        where = f"with {self._where()}"
        value = self._value(name, ())
        if value is None:
            raise UnreadableStyleError(f"{name} has no value on the root {where}.")
        try:
            return from_css(tinycss2.serialize(self._light_dark(value)))
        except NoColourError as error:
            raise UnreadableStyleError(f"{name} {where}: {error}.") from None

    def _where(self) -> str:
        theme = f"data-theme={self.state.theme}" if self.state.theme else "no theme"
        return f"{theme} in {self.state.variant}"

    def _value(self, name: str, within: tuple[str, ...]) -> list[Any] | None:
        """The value with all ``var()`` put in; None is what CSS calls guaranteed-invalid."""
        if name in within or name not in self.declared:
            return None
        value = self._put_in(self.declared[name], (*within, name))
        words = [] if value is None else without_blanks(value)
        if len(words) == 1 and words[0].type == "ident" and words[0].lower_value == "initial":
            return None
        return value

    def _put_in(self, tokens: Sequence[Any], within: tuple[str, ...]) -> list[Any] | None:
        done: list[Any] = []
        for token in tokens:
            if token.type == "function" and token.lower_name == "var":
                inside = self._var(token.arguments, within)
            elif token.type == "function":
                inner = self._put_in(token.arguments, within)
                inside = None if inner is None else [_function(token, inner)]
            else:
                inside = [token]
            if inside is None:
                return None
            done += inside
        return done

    def _var(self, arguments: Sequence[Any], within: tuple[str, ...]) -> list[Any] | None:
        words = without_blanks(arguments)
        if not words or words[0].type != "ident":
            return None
        value = self._value(words[0].value, within)
        comma = next((place for place, part in enumerate(arguments) if part == ","), None)
        if value is None and comma is not None:
            return self._put_in(arguments[comma + 1 :], within)
        return value

    def _light_dark(self, tokens: Sequence[Any]) -> list[Any]:
        done: list[Any] = []
        for token in tokens:
            if token.type == "function" and token.lower_name == "light-dark":
                parts = list(split(token.arguments))
                done += self._light_dark(parts[self.scheme == "dark"] if len(parts) == 2 else [])
            else:
                done.append(token)
        return done


def _function(token: Any, arguments: list[Any]) -> Any:
    return tinycss2.ast.FunctionBlock(token.source_line, token.source_column, token.name, arguments)
