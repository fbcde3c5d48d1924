"""What the custom properties of a site are, and what they are used for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import Any

from .font import parts
from .sheet import Declaration
from .sizes import significant, variables


class Use(Enum):
    """What a value ends in."""

    SIZE = "the size of text"
    ROOT_SIZE = "the root's size of text"
    LINE = "the height of lines"
    OTHER = "something else"


class CustomProperties:
    """Those of all sheets together."""

    def __init__(self, declarations: Iterable[Declaration]) -> None:
        self._values: dict[str, list[Sequence[Any]]] = {}
        self._uses: dict[str, set[Use]] = {}
        self._readers: dict[str, set[str]] = {}
        self._copies: dict[str, set[str]] = {}
        self._sizes: dict[str, list[Sequence[Any]]] = {}
        for declaration in declarations:
            if declaration.name.startswith("--"):
                if not declaration.context.printed:
                    self._values.setdefault(declaration.name, []).append(declaration.value)
                for name in variables(declaration.value):
                    self._readers.setdefault(name, set()).add(declaration.name)
                if is_variable(declaration.value):
                    [name, *_] = variables(declaration.value)
                    self._copies.setdefault(name, set()).add(declaration.name)
            else:
                self._note(declaration)

    def value(self, name: str) -> Sequence[Any] | None:
        """The first that it is given; None for one that no sheet sets."""
        known = self._values.get(name)
        return known[0] if known else None

    def values(self, name: str) -> Sequence[Sequence[Any]]:
        return self._values.get(name, [])

    def uses(self, name: str) -> frozenset[Use]:
        """What it ends in, by way of other custom properties too."""
        return frozenset().union(
            *(self._uses.get(each, set()) for each in self._ends.get(name, ()))
        )

    def is_whole_size(self, name: str) -> bool:
        """Whether some text's size is its value and nothing else."""
        copies = _reached(name, self._copies)
        return any(is_variable(size) for each in copies for size in self._sizes.get(each, ()))

    def sizes_with(self, name: str) -> Iterator[Sequence[Any]]:
        """The sizes of text that are worked out with it."""
        for each in self._ends.get(name, ()):
            yield from self._sizes.get(each, ())

    @cached_property
    def _ends(self) -> dict[str, set[str]]:
        names = self._values.keys() | self._uses.keys() | self._readers.keys()
        return {name: _reached(name, self._readers) for name in names}

    def _note(self, declaration: Declaration) -> None:
        own = parts(declaration)
        for place, use in ((own.size, Use.SIZE), (own.line, Use.LINE), (own.rest, Use.OTHER)):
            if use is Use.SIZE and declaration.context.root.value != "no":
                use = Use.ROOT_SIZE
            for name in variables(place):
                self._uses.setdefault(name, set()).add(use)
                if place is own.size:
                    self._sizes.setdefault(name, []).append(place)


def is_variable(value: Sequence[Any]) -> bool:
    """Whether a value is that of a custom property, and nothing is done with it."""
    only = significant(value)
    return len(only) == 1 and only[0].type == "function" and only[0].lower_name == "var"


def _reached(name: str, ways: Mapping[str, set[str]]) -> set[str]:
    found, left = {name}, [name]
    while left:
        more = ways.get(left.pop(), set()) - found
        found |= more
        left += more
    return found
