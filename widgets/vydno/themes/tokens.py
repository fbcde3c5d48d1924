"""Design tokens as files: a reader of what the Design Tokens Community Group's format can say.

Format Module, Color Module and Resolver Module 2025.10 (https://www.designtokens.org/TR/2025.10/).
Colours are all that is asked for; a token of another type is passed over. A hex string as a
colour, which earlier drafts had, is understood.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..errors import VydnoError
from .colours import NoColourError, from_components, from_css
from .contrast import channels

VERSION = "2025.10"
EXTENSION = "vydno"
FIGMA_MODE = "com.figma.modeName"

# Contexts multiply: ten modifiers of ten contexts would be more than anybody can wait for.
_MOST_MODES = 1000

_ALIAS = re.compile(r"\{([^{}]+)\}")
# Six digits, says the format; published tokens have three now and then, and mean the same.
_HEX = re.compile(r"#(?:[0-9a-f]{3}){1,2}", re.IGNORECASE)

Json = Mapping[str, Any]


class NoTokensError(VydnoError):
    """A file that should hold design tokens and does not."""


@dataclass(frozen=True)
class Mode:
    """One set of values: the file or context it is from, and its tokens with all aliases open."""

    name: str
    document: Json

    @property
    def extension(self) -> Json:
        """What Vydno wrote of the theme: its name, the variant, the seed."""
        found = self._extensions.get(EXTENSION, {})
        return found if isinstance(found, Mapping) else {}

    @property
    def variant(self) -> str:
        """The variant that the document says it is, or that Figma calls it, or its own name."""
        for said in (self.extension.get("variant"), self._extensions.get(FIGMA_MODE)):
            if isinstance(said, str):
                return said
        return self.name

    @property
    def _extensions(self) -> Json:
        found = self.document.get("$extensions", {})
        return found if isinstance(found, Mapping) else {}

    def names(self) -> list[str]:
        """The path of each token, such as ``vydno.surface``."""
        return list(_Tokens(self.document).paths())

    def colour(self, path: str) -> str:
        """``#rrggbb``, or ``#rrggbbaa``, of the token at a path; what is no colour is refused."""
        return _Tokens(self.document).colour(path)


def read(path: Path) -> list[Mode]:
    """The modes of a file: of a document of tokens one, of a resolver one for each input."""
    document = _load(path)
    try:
        if "resolutionOrder" in document:
            return list(_resolved(document, path))
        mode = Mode(path.name.removesuffix(".json").removesuffix(".tokens"), document)
        if not mode.names():
            raise NoTokensError(f"{path} has no design tokens: nothing in it has a $value.")
    except RecursionError:
        raise NoTokensError(f"{path} is nested too deeply to be design tokens.") from None
    return [mode]


def _load(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NoTokensError(f"{path} could not be read: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:
        raise NoTokensError(f"{path} is no JSON: {error}.") from None
    if not isinstance(document, dict):
        raise NoTokensError(f"{path} has no design tokens: it is no JSON object.")
    return document


# Resolver Module: sets and modifiers, put together in an order. -----------------------------------


def _resolved(document: Json, path: Path) -> Iterator[Mode]:
    """The modes of a resolver document, one for each choice of a context in each modifier."""
    if document.get("version") != VERSION:
        raise NoTokensError(f"{path} is a resolver of version {document.get('version')!r}.")
    steps = [_step(item, document, path) for item in _list(document, "resolutionOrder", path)]
    if prod(len(step) for step in steps) > _MOST_MODES:
        raise NoTokensError(f"{path} has more than {_MOST_MODES} modes.")
    for chosen in product(*(step.items() for step in steps)):
        merged: dict[str, Any] = {}
        for _, sources in chosen:
            for source in sources:
                _merge(merged, _source(source, document, path))
        names = [context for context, _ in chosen if context]
        yield Mode("-".join(names) or path.name.split(".")[0], merged)


def _step(item: object, document: Json, path: Path) -> dict[str, list[Any]]:
    """A step of the order: context to sources; a set has but one context, without a name."""
    if isinstance(item, Mapping) and isinstance(item.get("$ref"), str):
        item = _at(document, item["$ref"].removeprefix("#"), path)
    if isinstance(item, Mapping) and "sources" in item:
        return {"": _list(item, "sources", path)}
    if isinstance(item, Mapping) and isinstance(item.get("contexts"), Mapping) and item["contexts"]:
        return {str(name): _list(item["contexts"], name, path) for name in item["contexts"]}
    raise NoTokensError(f"{path}: a step of the resolution order is neither a set nor a modifier.")


def _source(source: object, document: Json, path: Path) -> Json:
    if not isinstance(source, Mapping):
        raise NoTokensError(f"{path}: {source!r} is no source of tokens.")
    if not isinstance(source.get("$ref"), str):
        return source
    address, _, pointer = source["$ref"].partition("#")
    if "://" in address:
        raise NoTokensError(f"{path}: {address} is not fetched; put the file beside this one.")
    inside = _load(path.parent / unquote(address)) if address else document
    found = _at(inside, pointer, path)
    if isinstance(found, Mapping) and "sources" in found:
        merged: dict[str, Any] = {}
        for inner in _list(found, "sources", path):
            _merge(merged, _source(inner, document, path))
        return merged
    if not isinstance(found, Mapping):
        raise NoTokensError(f"{path}: {source['$ref']} is no object.")
    return found


def _list(table: Json, key: str, path: Path) -> list[Any]:
    found = table.get(key)
    if not isinstance(found, list):
        raise NoTokensError(f"{path}: {key} must be a list.")
    return found


def _at(document: object, pointer: str, where: object) -> Any:
    """What a JSON Pointer (RFC 6901) leads to."""
    for part in unquote(pointer).lstrip("/").split("/") if pointer else ():
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(document, Mapping) and key in document:
            document = document[key]
        elif isinstance(document, list) and key in map(str, range(len(document))):
            document = document[int(key)]
        else:
            raise NoTokensError(f"{where}: '#{pointer}' leads to nothing.")
    return document


def _merge(into: dict[str, Any], other: Json) -> None:
    """Tokens later in the order replace earlier ones; groups are put together."""
    for key, value in other.items():
        here = into.get(key)
        token = isinstance(value, Mapping) and ("$value" in value or "$ref" in value)
        if isinstance(here, dict) and isinstance(value, Mapping) and not token:
            _merge(here, value)
        else:
            into[key] = _copy(value)


def _copy(value: object) -> Any:
    return {key: _copy(inner) for key, inner in value.items()} if isinstance(value, dict) else value


# Format Module: groups, tokens, aliases. ----------------------------------------------------------


@dataclass(frozen=True)
class _Tokens:
    """The groups and tokens of one document."""

    document: Json

    def paths(self) -> Iterator[str]:
        return self._paths(self.document, (), ())

    def _paths(self, group: Json, path: tuple[str, ...], within: tuple[str, ...]) -> Iterator[str]:
        for key, value in self._members(group, within).items():
            if not isinstance(value, Mapping) or (key.startswith("$") and key != "$root"):
                continue
            if "$value" in value or "$ref" in value:
                yield ".".join((*path, key))
            else:
                yield from self._paths(value, (*path, key), within)

    def _members(self, group: Json, within: tuple[str, ...]) -> Json:
        """A group's own members, and those of the group that it extends."""
        extends = group.get("$extends")
        if not isinstance(extends, str):
            return group
        if extends in within:
            raise NoTokensError(f"The group {extends} extends itself.")
        base = self._find(_names(extends), (*within, extends))
        if not isinstance(base, Mapping):
            raise NoTokensError(f"{extends} is no group.")
        merged: dict[str, Any] = {}
        _merge(merged, self._members(base, (*within, extends)))
        _merge(merged, {key: value for key, value in group.items() if key != "$extends"})
        return merged

    def _find(self, names: Sequence[str], within: tuple[str, ...] = ()) -> Any:
        found: Any = self.document
        for place, name in enumerate(names):
            found = self._members(found, within) if isinstance(found, Mapping) else None
            if not isinstance(found, Mapping) or name not in found:
                raise NoTokensError(f"There is no token {'.'.join(names[: place + 1])}.")
            found = found[name]
        return found

    def type(self, names: Sequence[str]) -> str | None:
        """The nearest ``$type``, of the token or of a group around it."""
        for count in range(len(names), -1, -1):
            found = self._find(names[:count])
            if isinstance(found, Mapping) and isinstance(found.get("$type"), str):
                return str(found["$type"])
        return None

    def colour(self, path: str, seen: tuple[str, ...] = ()) -> str:
        if path in seen:
            raise NoTokensError(f"The token {path} is an alias of itself.")
        names = path.split(".")
        token = self._find(names)
        if not isinstance(token, Mapping) or not ("$value" in token or "$ref" in token):
            raise NoTokensError(f"{path} is a group, not a token.")
        value = token.get("$value", {"$ref": token.get("$ref")})
        alias = _alias(value)
        if alias is not None:
            return self.colour(alias, (*seen, path))
        if (kind := self.type(names)) not in (None, "color"):
            raise NoTokensError(f"The token {path} is of type {kind}, not color.")
        try:
            return _colour(self._filled(value))
        except NoColourError as error:
            raise NoTokensError(f"The token {path} is no colour: {error}.") from None

    def _filled(self, value: object) -> object:
        """A value whose parts may be references to other values in the document."""
        if isinstance(value, list):
            return [self._filled(inner) for inner in value]
        if not isinstance(value, Mapping):
            return value
        if isinstance(value.get("$ref"), str):
            return _at(self.document, value["$ref"].removeprefix("#"), "The tokens")
        return {key: self._filled(inner) for key, inner in value.items()}


def _alias(value: object) -> str | None:
    """The path of the token that a value stands for, if it does."""
    if isinstance(value, str) and (match := _ALIAS.fullmatch(value)):
        return match[1]
    if isinstance(value, Mapping) and isinstance(value.get("$ref"), str):
        names = _names(value["$ref"])
        return ".".join(names[:-1] if names[-1:] == ["$value"] else names)
    return None


def _names(reference: str) -> list[str]:
    """The way to a token or group, from ``{a.b}`` or from a JSON Pointer ``#/a/b``."""
    if match := _ALIAS.fullmatch(reference):
        return match[1].split(".")
    parts = unquote(reference).removeprefix("#/").split("/")
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]


def _colour(value: object) -> str:
    if isinstance(value, str):
        return from_css(value)
    if not isinstance(value, Mapping):
        raise NoColourError(f"{value!r} has no colorSpace and components")
    components, alpha = value.get("components"), value.get("alpha", 1)
    if not isinstance(components, list) or not all(map(_is_component, components)):
        raise NoColourError(f"its components are {components!r}")
    if not _is_number(alpha) or not 0 <= alpha <= 1:
        raise NoColourError(f"its alpha is {alpha!r}; give a number from 0 to 1")
    colour = from_components(str(value.get("colorSpace")), components, alpha)
    _check_hex(value, colour)
    return colour


def _check_hex(value: Json, colour: str) -> None:
    """Where both are given they must agree: a hand that changed one would be overruled unseen."""
    said = value.get("hex")
    if said is None or value["colorSpace"] != "srgb":
        return
    if not isinstance(said, str) or not _HEX.fullmatch(said):
        raise NoColourError(f"its hex is {said!r}; give six digits")
    if channels(said) != channels(colour[:7]):
        raise NoColourError(f"its hex is {said}, but its components are {colour[:7]}")


def _is_component(value: object) -> bool:
    return value == "none" or _is_number(value)


def _is_number(value: Any) -> bool:
    """No colour has a component beyond 1000, and arithmetic fails far beyond it."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and -1000 <= value <= 1000
