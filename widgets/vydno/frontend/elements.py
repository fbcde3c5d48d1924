"""The custom elements as their READMEs describe them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import VydnoError
from ..preferences import PREFERENCES

SOURCES = Path(__file__).parents[1]

_SUMMARY = re.compile(r"\A# .+\n\n((?:.+\n)+)")
_WORDS = re.compile(r"\bwords of `([^`]+)`")
_ALTERNATIVE = re.compile(r"\bone of the values, or `([^`]+)`")


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """``values`` are all that may stand there; empty for a text. ``example`` is a list of words."""

    name: str
    description: str
    values: tuple[str, ...] = ()
    example: str = ""

    @property
    def type(self) -> str:
        """As TypeScript writes it."""
        return " | ".join(f'"{value}"' for value in self.values) or "string"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One that the element sends."""

    name: str
    description: str


@dataclass(frozen=True, kw_only=True)
class Element:
    """``file`` is the script that carries this element alone, without its suffix."""

    tag: str
    summary: str
    attributes: tuple[Attribute, ...]
    events: tuple[Event, ...]

    @property
    def preference(self) -> str:
        """The name of what it shows and changes."""
        return self.tag.removesuffix("-switch")

    @property
    def class_name(self) -> str:
        """Of the script's class."""
        return f"{self._name}Element"

    @property
    def attributes_name(self) -> str:
        """Of the type of its attributes."""
        return f"{self._name}Attributes"

    @property
    def _name(self) -> str:
        return "".join(part.capitalize() for part in self.tag.split("-"))


def elements(sources: Path = SOURCES) -> list[Element]:
    """Every folder with a script of its own name, in the order of the names.

    Raises VydnoError for a README that does not describe its element.
    """
    folders = (
        path.parent for path in sorted(sources.glob("*/*.js")) if path.stem == path.parent.name
    )
    return [_element(folder) for folder in folders]


def registered_by(entry: str, known: list[Element], sources: Path = SOURCES) -> list[Element]:
    """Those that a script which carries several registers; ``entry`` is its name in the sources."""
    text = (sources / entry).read_text(encoding="utf-8")
    folders = re.findall(r'^import "\./(\w+)/\1\.js";$', text, re.MULTILINE)
    return [each for each in known if each.tag.replace("-", "_") in folders]


def _element(folder: Path) -> Element:
    tag = folder.name.replace("_", "-")
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    summary = _SUMMARY.match(text)
    attributes = tuple(_attribute(tag, *row) for row in rows(text, "attribute"))
    events = tuple(Event(name=name, description=when) for name, when in rows(text, "event"))
    if not (summary and attributes and events):
        raise VydnoError(
            f"{folder.name}/README.md must describe <{tag}>: a paragraph below its heading, a "
            "table «attribute | meaning», and a table «event | when»."
        )
    return Element(
        tag=tag, summary=" ".join(summary[1].split()), attributes=attributes, events=events
    )


def _attribute(tag: str, name: str, description: str) -> Attribute:
    words, alternative = _WORDS.search(description), _ALTERNATIVE.search(description)
    values: tuple[str, ...] = ()
    if alternative:
        values = (*PREFERENCES[tag.removesuffix("-switch")].values, alternative[1])
    return Attribute(
        name=name, description=description, values=values, example=words[1] if words else ""
    )


def rows(text: str, first: str) -> Iterator[tuple[str, str]]:
    """The table whose first heading is ``first``: a name, without its backquotes, and the rest."""
    table = re.search(rf"^\| {first} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    for row in table[1].splitlines() if table else ():
        name, description = (cell.strip() for cell in row.strip("|").split("|", 1))
        yield name.strip("`"), description
