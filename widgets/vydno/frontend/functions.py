"""The functions that a page imports, as their JSDoc describes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .elements import SOURCES

# A comment, and the function right below it; what ends a comment cannot stand in one.
_FUNCTION = re.compile(r"^/\*\*\n?((?:(?!\*/)[\s\S])*)\*/\nexport function (\w+)\(", re.MULTILINE)
_PARAMETER = re.compile(r"^@param \{(.+)\} (?:\[(\w+)\]|(\w+)) ?(.*)$", re.DOTALL)
_RETURNS = re.compile(r"^@returns \{(.+?)\} ?(.*)$", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """Of a function; ``type`` is as in JSDoc."""

    name: str
    type: str
    description: str
    optional: bool


@dataclass(frozen=True, kw_only=True)
class Function:
    """``returns`` is type and description, both empty where it returns nothing."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    returns: tuple[str, str]


def functions() -> dict[str, Function]:
    """What ``vydno.js`` exports, name to function, in its order."""
    entry = (SOURCES / "vydno.js").read_text(encoding="utf-8")
    found: dict[str, Function] = {}
    for names, module in re.findall(
        r'^export \{ (.+) \} from "\./(\w+\.js)";$', entry, re.MULTILINE
    ):
        documented = {each.name: each for each in _documented(module)}
        found |= {name: documented[name] for name in names.split(", ")}
    return found


def _documented(module: str) -> Iterator[Function]:
    source = (SOURCES / module).read_text(encoding="utf-8")
    for comment, name in _FUNCTION.findall(source):
        text, *tags = re.split(
            r"(?=^@)", re.sub(r"^ *\* ?", "", comment, flags=re.MULTILINE), flags=re.MULTILINE
        )
        returns = next(filter(None, map(_RETURNS.match, map(_line, tags))), None)
        yield Function(
            name=name,
            description=_line(text),
            parameters=tuple(_parameters(tags)),
            returns=(returns[1], returns[2]) if returns else ("", ""),
        )


def _parameters(tags: list[str]) -> Iterator[Parameter]:
    for match in filter(None, map(_PARAMETER.match, map(_line, tags))):
        kind, optional, name, description = match.groups()
        yield Parameter(
            name=optional or name, type=kind, description=description, optional=bool(optional)
        )


def _line(text: str) -> str:
    return " ".join(text.split())
