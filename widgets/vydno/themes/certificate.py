"""The contrast certificate: all pairs and all accent distances, as data for anybody to check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .colour_vision import Distance, distances
from .css import PRINT
from .pairs import DECORATIVE, RULES, Pair, Palette, Rule, all_pairs, failures, floor
from .seeds import load
from .solver import Theme, build_all

Palettes = Mapping[str, Mapping[str, Palette]]
"""Theme to variant to role to ``#rrggbb``."""


def palettes(themes: Mapping[str, Theme] | None = None) -> Palettes:
    """The colours of themes, of our own unless others are given."""
    themes = build_all(load()) if themes is None else themes
    return {name: theme.variants for name, theme in themes.items()}


def certificate(themes: Palettes | None = None) -> dict[str, Any]:
    """The whole proof, of our own themes unless others are given.

    Ratios and distances are cut to three decimals, not rounded; they were judged before that.
    """
    colours = palettes() if themes is None else themes
    pairs = all_pairs(colours)
    return {
        "about": "Each colour on each that it may stand on: WCAG 2.2 contrast ratios of the 8-bit "
        "colours, cut to three decimals. Accents: CIEDE2000 between the two nearest themes.",
        "summary": summary(colours),
        "rules": [
            {
                "foregrounds": rule.foregrounds,
                "surfaces": rule.surfaces,
                "target": {"normal": rule.normal, "more": rule.more},
                "why": rule.why,
            }
            for rule in RULES
        ],
        "exempt": dict.fromkeys(DECORATIVE, "decorative (WCAG 1.4.11)"),
        "colours": {**colours, "any": {"print": PRINT}},
        "pairs": [pair.as_data() for pair in pairs],
    }


def summary(
    themes: Palettes | None = None, rules: Sequence[Rule] = RULES, accent: str = "accent"
) -> dict[str, Any]:
    """How many pairs, which fail, the closest for each target, and the colour-vision table.

    Somebody else's palettes come with their own rules, and a name for what tells their themes
    apart; with none the table is empty.
    """
    colours = palettes() if themes is None else themes
    pairs = all_pairs(colours, rules)
    found = distances(colours, accent)
    return {
        "pairs": len(pairs),
        "failures": [str(pair) for pair in failures(pairs)],
        "closest": {f"{pair.target:g}": _margin(pair) for pair in closest(pairs)},
        "colour-vision": _table(found),
        "too-near": [str(distance) for distance in found if not distance.passes],
    }


def closest(pairs: Iterable[Pair]) -> list[Pair]:
    """For each target, smallest first, the pair with the smallest margin."""
    worst: dict[float, Pair] = {}
    for pair in pairs:
        if pair.target not in worst or pair.ratio < worst[pair.target].ratio:
            worst[pair.target] = pair
    return [worst[target] for target in sorted(worst)]


def _margin(pair: Pair) -> dict[str, str | float]:
    return {"ratio": floor(pair.ratio), "margin": floor(pair.margin), "pair": str(pair)}


def _table(found: Iterable[Distance]) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for distance in found:
        table.setdefault(distance.variant, {})[distance.vision] = floor(distance.distance)
    return table
