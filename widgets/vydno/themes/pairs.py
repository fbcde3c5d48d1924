"""Which colour stands on which, how much contrast it owes, and the proof: the one list of pairs.

The solver, the certificate, the tests and the studio's matrix all read ``RULES``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .contrast import contrast, over

# Variants in the order in which the proof lists them.
LIGHT, DARK, LIGHT_MORE, DARK_MORE = "light", "dark", "light-more", "dark-more"
VARIANTS = (LIGHT, DARK, LIGHT_MORE, DARK_MORE)

SURFACES = ("surface", "surface-raised", "surface-sunken", "surface-tint")
STATUS = ("danger", "success", "warning", "info")

# Every role, in the order of the style sheet.
ROLES = (
    *SURFACES,
    "text",
    "text-muted",
    "link",
    "link-visited",
    *STATUS,
    "selection",
    "selection-text",
    "accent",
    "accent-hover",
    "on-accent",
    "border",
    "border-strong",
    "focus-ring",
    "focus-gap",
)

# A hairline between two surfaces: nobody needs it to understand or to operate (WCAG 1.4.11).
DECORATIVE = ("border",)

Palette = Mapping[str, str]
"""One variant of a theme: role to ``#rrggbb``."""


@dataclass(frozen=True)
class Rule:
    """Each of ``foregrounds`` may stand on each of ``surfaces`` and owes these ratios there."""

    foregrounds: tuple[str, ...]
    surfaces: tuple[str, ...]
    normal: float
    more: float
    why: str

    def target(self, variant: str) -> float:
        """The least ratio in a variant; an unrounded one must reach it."""
        return self.more if variant.endswith("-more") else self.normal


RULES = (
    Rule(("text",), SURFACES, 12, 15, "long reading; WCAG 1.4.6 asks for 7"),
    Rule(("text-muted",), SURFACES, 5, 7, "WCAG 1.4.3, and 1.4.6 with more contrast"),
    Rule(("link", "link-visited", *STATUS), SURFACES, 4.5, 7, "WCAG 1.4.3 and 1.4.6"),
    Rule(("selection-text",), ("selection",), 4.5, 7, "WCAG 1.4.3 and 1.4.6"),
    Rule(("on-accent",), ("accent", "accent-hover"), 4.5, 7, "WCAG 1.4.3 and 1.4.6"),
    Rule(("accent", "accent-hover", "border-strong"), SURFACES, 3, 4.5, "WCAG 1.4.11"),
    Rule(("focus-ring",), (*SURFACES, "focus-gap"), 3, 4.5, "WCAG 1.4.11 and 2.4.13"),
    # Between an accent and the ring lies the gap, so both need only differ from the gap.
    Rule(("accent", "accent-hover"), ("focus-gap",), 3, 4.5, "WCAG 1.4.11 and 2.4.13"),
)


@dataclass(frozen=True)
class Pair:
    """One colour on one other, with what it owes and what it reaches."""

    theme: str
    variant: str
    foreground: str
    surface: str
    colours: tuple[str, str]
    ratio: float
    target: float

    @property
    def passes(self) -> bool:
        """Whether the unrounded ratio reaches the target: WCAG allows no rounding up."""
        return self.ratio >= self.target

    @property
    def margin(self) -> float:
        """How far above the target the ratio is, as a part of the target; negative is a failure."""
        return self.ratio / self.target - 1

    def __str__(self) -> str:
        return (
            f"{self.foreground} {self.colours[0]} on {self.surface} {self.colours[1]} "
            f"in {self.theme}, {self.variant}: {floor(self.ratio)}, needs {self.target:g}"
        )

    def as_data(self) -> dict[str, str | float]:
        """The pair as the certificate writes it."""
        return {
            "theme": self.theme,
            "variant": self.variant,
            "foreground": self.foreground,
            "surface": self.surface,
            "ratio": floor(self.ratio),
            "target": self.target,
        }


def floor(ratio: float, digits: int = 3) -> float:
    """A ratio to be shown: cut, never rounded up, so that 4.4996 does not read as 4.5."""
    # The tiny addition undoes what multiplication does to a number that is exact already.
    scale: int = 10**digits
    return math.floor(ratio * scale + 1e-9) / scale


def pairs(
    theme: str, variant: str, palette: Palette, rules: Iterable[Rule] = RULES
) -> Iterator[Pair]:
    """Every pair that the rules make of one variant of a theme."""
    for rule in rules:
        for foreground in rule.foregrounds:
            for surface in rule.surfaces:
                colours = over(palette[foreground], palette[surface]), palette[surface]
                yield Pair(
                    theme,
                    variant,
                    foreground,
                    surface,
                    colours,
                    contrast(*colours),
                    rule.target(variant),
                )


def all_pairs(
    themes: Mapping[str, Mapping[str, Palette]], rules: Sequence[Rule] = RULES
) -> list[Pair]:
    """Every pair of every variant of every theme (theme to variant to palette)."""
    return [
        pair
        for theme, variants in themes.items()
        for variant, palette in variants.items()
        for pair in pairs(theme, variant, palette, rules)
    ]


def failures(found: Iterable[Pair]) -> list[Pair]:
    """The pairs that do not reach their target, worst first."""
    return sorted((pair for pair in found if not pair.passes), key=lambda pair: pair.margin)
