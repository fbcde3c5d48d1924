"""Somebody else's colours and the pairs that they owe: a style sheet or tokens, and a list."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..errors import VydnoError
from .certificate import Palettes
from .contrast import channels
from .pairs import ROLES, RULES, Rule
from .tokens import Mode
from .tokens import read as read_tokens

_KEYS = ("foreground", "surface", "target", "more")
_HEX = re.compile(r"#(?:[0-9a-f]{3}){1,2}", re.IGNORECASE)


@dataclass(frozen=True)
class Expectations:
    """What a file's colours owe: rules over its own names, and what tells its themes apart."""

    rules: Sequence[Rule]
    accent: str = ""

    @property
    def names(self) -> list[str]:
        """Every name in the rules, and the accent's."""
        names = [name for rule in self.rules for name in (*rule.foregrounds, *rule.surfaces)]
        return list(dict.fromkeys([*names, self.accent] if self.accent else names))


@dataclass(frozen=True)
class Foreign:
    """Somebody else's colours, ready to be proven."""

    palettes: Palettes
    expectations: Expectations
    left_out: Sequence[str] = ()


def read(path: Path, pairs: Path | None = None) -> Foreign:
    """The colours of a style sheet (``.css``) or of DTCG tokens (``.json``).

    Without a list of pairs they must have our roles, and owe what our themes owe.
    """
    read_file = {".css": _style_sheet, ".json": _tokens}.get(path.suffix.lower())
    if read_file is None:
        raise VydnoError(
            f"{path.name} is neither a seed file (.toml), a style sheet (.css) nor tokens (.json)."
        )
    return _check_surfaces(read_file(path, None if pairs is None else read_pairs(pairs)))


def _style_sheet(path: Path, expected: Expectations | None) -> Foreign:
    try:
        from .stylesheets import StyleSheet
    except ImportError:
        raise VydnoError('Reading CSS needs a parser: pip install "vydno[themes]".') from None
    try:
        sheet = StyleSheet(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise VydnoError(f"The style sheet {path} could not be read: {error}.") from None
    expected = expected or _ours("--vydno-", sheet.names, path)
    literal, names = _check_names(expected.names, sheet.names, path)
    colours = sheet.palettes(names)
    return Foreign(_with(colours, literal), expected, sheet.left_out)


def _tokens(path: Path, expected: Expectations | None) -> Foreign:
    modes = read_tokens(path)
    known = set.intersection(*(set(mode.names()) for mode in modes))
    expected = expected or _ours("vydno.", known, path)
    literal, names = _check_names(expected.names, known, path)
    colours: dict[str, dict[str, dict[str, str]]] = {}
    for mode in modes:
        theme = _theme(mode, path)
        palette = {name: mode.colour(name) for name in names}
        colours.setdefault(theme, {})[mode.variant] = palette
    return Foreign(_with(colours, literal), expected)


def _theme(mode: Mode, path: Path) -> str:
    said = mode.extension.get("theme")
    return said if isinstance(said, str) else path.name.split(".")[0]


def _ours(prefix: str, known: Iterable[str], path: Path) -> Expectations:
    """What our own themes owe, under the names that our roles have in this kind of file."""
    lacking = [role for role in ROLES if prefix + role not in known]
    if lacking:
        raise VydnoError(
            f"{path.name} lacks {prefix}{lacking[0]} and {len(lacking) - 1} more of our roles; "
            "say with --pairs which of its own colours owe what."
        )
    rules = [
        replace(
            rule,
            foregrounds=tuple(prefix + role for role in rule.foregrounds),
            surfaces=tuple(prefix + role for role in rule.surfaces),
        )
        for rule in RULES
    ]
    return Expectations(rules, prefix + "accent")


def _check_names(
    wanted: Sequence[str], known: Iterable[str], path: Path
) -> tuple[list[str], list[str]]:
    """The wanted colours that are said outright, and those that are names in the file."""
    known = list(known)
    literal = [name for name in wanted if _HEX.fullmatch(name)]
    names = [name for name in wanted if name not in literal]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=3)
            hint = f"; near it are {', '.join(near)}" if near else ""
            raise VydnoError(f"{path.name} has no {name!r} in each of its modes{hint}.")
    return literal, names


def _with(palettes: Palettes, literal: Iterable[str]) -> Palettes:
    """With colours that the list of pairs says outright, each its own name."""
    said = {colour: "#" + bytes(channels(colour)).hex() for colour in literal}
    return {
        theme: {variant: {**palette, **said} for variant, palette in variants.items()}
        for theme, variants in palettes.items()
    }


def _check_surfaces(found: Foreign) -> Foreign:
    """Through a translucent surface one sees what nobody has listed."""
    surfaces = {surface for rule in found.expectations.rules for surface in rule.surfaces}
    for theme, variants in found.palettes.items():
        for variant, palette in variants.items():
            for name in surfaces & palette.keys():
                if len(palette[name]) > 7:
                    raise VydnoError(
                        f"The surface {name} of {theme}, {variant} is {palette[name]}; "
                        "only an opaque one can be measured."
                    )
    return found


# The list of pairs. -----------------------------------------------------------------------------


def read_pairs(path: Path) -> Expectations:
    """A list of pairs from TOML or JSON.

    Each has ``foreground`` and ``surface``, a name or a list of names, ``target``, and perhaps
    ``more``, which is the target where more contrast is wished for. ``accent`` beside the list
    names the colour by which themes are told apart.
    """
    data = _data(path)
    data = {"pairs": data} if isinstance(data, list) else data
    if not isinstance(data, Mapping) or not isinstance(data.get("pairs"), list):
        raise VydnoError(f"{path} has no list of pairs; give [[pairs]] with {', '.join(_KEYS)}.")
    if not data["pairs"]:
        raise VydnoError(f"{path} lists no pair; there would be nothing to prove.")
    accent = data.get("accent", "")
    if not isinstance(accent, str):
        raise VydnoError(f"{path}: accent is {accent!r}; give the name of a colour.")
    return Expectations([_rule(entry, path) for entry in data["pairs"]], accent)


def _data(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
        return json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise VydnoError(f"The list of pairs {path} could not be read: {error}.") from None


def _rule(entry: object, path: Path) -> Rule:
    if not isinstance(entry, Mapping) or not {"foreground", "surface", "target"} <= entry.keys():
        raise VydnoError(f"{path}: {entry!r} is no pair; give {', '.join(_KEYS[:3])}.")
    if unknown := [key for key in entry if key not in _KEYS]:
        raise VydnoError(f"{path}: a pair has {unknown[0]!r}; it takes {', '.join(_KEYS)}.")
    target = _ratio(entry["target"], path)
    return Rule(
        _named(entry["foreground"], path),
        _named(entry["surface"], path),
        target,
        _ratio(entry.get("more", target), path),
        "as listed",
    )


def _named(value: object, path: Path) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise VydnoError(f"{path}: {value!r} names no colour; give a name or a list of names.")
    return tuple(names)


def _ratio(value: Any, path: Path) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not 1 <= value <= 21:
        raise VydnoError(f"{path}: {value!r} is no contrast ratio; give a number from 1 to 21.")
    return float(value)
