"""How far apart the themes' accents stay for eyes that see red, green or blue differently.

Distances are CIEDE2000; deficiencies are complete ones (protanopia, deuteranopia, tritanopia),
simulated by coloraide after Brettel, Viénot and Mollon (1997) and Viénot and others (1999).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from coloraide import Color

from .pairs import Palette, floor

NORMAL = "normal"
DEFICIENCIES = ("protan", "deutan", "tritan")
VISIONS = (NORMAL, *DEFICIENCIES)

# Below about 10 a swatch alone no longer tells two themes apart at a glance; with more contrast all
# accents must be dark (or light), which leaves less room.
GATE = 15.0
GATE_MORE = 11.0


@dataclass(frozen=True)
class Distance:
    """The two accents of a variant that are nearest to each other for one kind of vision."""

    variant: str
    vision: str
    themes: tuple[str, str]
    distance: float

    @property
    def gate(self) -> float:
        """The least distance allowed; eyes without a deficiency see more, so it holds there too."""
        return GATE_MORE if self.variant.endswith("-more") else GATE

    @property
    def passes(self) -> bool:
        """Whether the distance reaches its gate."""
        return self.distance >= self.gate

    def __str__(self) -> str:
        return (
            f"the accents of {' and '.join(self.themes)} in {self.variant} are "
            f"{floor(self.distance)} apart for {self.vision} vision, need {self.gate:g}"
        )


@lru_cache(maxsize=1 << 14)
def seen(colour: str, vision: str) -> tuple[float, float, float]:
    """CIELAB coordinates (D65) of a hex colour as that vision sees it."""
    shown = Color(colour)
    if vision != NORMAL:
        # Without out_space the filter would answer in linear light.
        shown = shown.filter(vision, 1, out_space="srgb").clip("srgb")
    lightness, a, b = shown.convert("lab-d65").coords(nans=False)
    return lightness, a, b


def distance(one: str, other: str, vision: str = NORMAL) -> float:
    """CIEDE2000 between two hex colours as that vision sees them."""
    first, second = (Color("lab-d65", seen(colour, vision)) for colour in (one, other))
    return first.delta_e(second, method="2000")


def distances(
    themes: Mapping[str, Mapping[str, Palette]], accent: str = "accent"
) -> list[Distance]:
    """The nearest two accents of each variant and vision (theme to variant to palette).

    A single theme has nothing to be told from, and gives an empty list.
    """
    return [
        min(_distances(accents, variant, vision), key=lambda found: found.distance)
        for variant, accents in _accents(themes, accent).items()
        for vision in VISIONS
        if len(accents) > 1
    ]


def _accents(themes: Mapping[str, Mapping[str, Palette]], accent: str) -> dict[str, dict[str, str]]:
    """Variant to theme to colour."""
    found: dict[str, dict[str, str]] = {}
    for theme, variants in themes.items():
        for variant, palette in variants.items():
            if accent in palette:
                found.setdefault(variant, {})[theme] = palette[accent]
    return found


def _distances(accents: Mapping[str, str], variant: str, vision: str) -> Iterator[Distance]:
    for one, other in combinations(accents, 2):
        apart = distance(accents[one], accents[other], vision)
        yield Distance(variant, vision, (one, other), apart)
