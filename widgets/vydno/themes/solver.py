"""From a seed to a theme: every role in every variant, and never one that is not proven.

Surfaces come first and stay. A foreground holds its hue and chroma (OKLCH) and walks in lightness
away from the surfaces; each step is fitted to sRGB and quantised to 8 bits, and the first hex whose
unrounded ratio passes on every surface it may stand on is taken.

coloraide is needed here, where a theme is built, and nowhere where one is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from coloraide import Color

from ..errors import VydnoError
from .contrast import contrast
from .pairs import (
    DARK,
    DARK_MORE,
    LIGHT,
    LIGHT_MORE,
    ROLES,
    RULES,
    SURFACES,
    VARIANTS,
    Pair,
    Palette,
    all_pairs,
    failures,
    pairs,
)
from .seeds import Seed

STEP = 0.002


class UnsatisfiableSeedError(VydnoError):
    """A seed asks for an accent that cannot pass: which pair, how far it got, what would work."""

    def __init__(self, pair: Pair, key: str, nearest: str) -> None:
        self.pair = pair
        self.nearest = nearest
        super().__init__(f"{pair}. The nearest {key} that works is '{nearest}'.")


class UnprovenThemeError(VydnoError):
    """A theme made by hand in which pairs fail; they are named, worst first."""

    def __init__(self, failed: Sequence[Pair]) -> None:
        self.failed = failed
        others = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
        super().__init__(f"{failed[0]}{others}.")


@dataclass(frozen=True)
class Theme:
    """A built theme: variant to role to ``#rrggbb``, all pairs proven."""

    seed: Seed
    variants: Mapping[str, Palette]

    @property
    def name(self) -> str:
        """The seed's name, which is the value of ``data-theme``."""
        return self.seed.name


@dataclass(frozen=True)
class Tone:
    """An OKLCH colour that a screen may not be able to show."""

    lightness: float
    chroma: float
    hue: float

    @property
    def hex(self) -> str:
        """The 8-bit sRGB colour of this lightness and hue with as much of the chroma as fits."""
        return _hex(round(self.lightness, 4), round(self.chroma, 4), round(self.hue % 360, 2))


@lru_cache(maxsize=1 << 14)
def _hex(lightness: float, chroma: float, hue: float) -> str:
    colour = Color("oklch", [lightness, chroma, hue]).fit("srgb", method="raytrace")
    return colour.convert("srgb").to_string(hex=True, compress=False)


def tone(colour: str) -> Tone:
    """The OKLCH coordinates of a hex colour; a grey has hue 0."""
    lightness, chroma, hue = Color(colour).convert("oklch").coords(nans=False)
    return Tone(lightness, chroma, hue)


# What each variant looks like before anything is proven. ----------------------------------------


@dataclass(frozen=True)
class Recipe:
    """A role's lightness, in the order of VARIANTS, and how much colour it takes.

    A foreground's walk begins at that lightness: one that is comfortable to read, so that most
    roles need not walk at all. ``chroma`` is the most that is taken from the seed (``in_dark``, if
    given, in the dark variants), and the chroma itself where the role has its own ``hue``.
    """

    lightness: tuple[float, float, float, float]
    chroma: float
    in_dark: float | None = None
    hue: float | None = None

    def tone(self, variant: str, base: Tone) -> Tone:
        """The colour with which the role begins in a theme whose hue and chroma ``base`` has."""
        lightness = self.lightness[VARIANTS.index(variant)]
        if self.hue is not None:
            return Tone(lightness, self.chroma, self.hue)
        chroma = self.chroma if self.in_dark is None or _is_light(variant) else self.in_dark
        return Tone(lightness, min(chroma, base.chroma), _orange(base.hue, lightness))


# Light surfaces differ by hundredths only: the darkest of them decides how vivid an accent can be.
_SURFACES = {
    "surface": Recipe((0.985, 0.19, 1, 0), 0.007, 0.014),
    "surface-raised": Recipe((1, 0.225, 1, 0.17), 0.018),
    "surface-sunken": Recipe((0.963, 0.16, 0.97, 0.14), 0.012),
    "surface-tint": Recipe((0.953, 0.25, 0.962, 0.21), 0.03, 0.045),
}

_FOREGROUNDS = {
    "text": Recipe((0.25, 0.94, 0.16, 1), 0.025),
    "text-muted": Recipe((0.46, 0.76, 0.36, 0.86), 0.03),
    "link": Recipe((0.53, 0.74, 0.42, 0.83), 0.4),
    "danger": Recipe((0.52, 0.74, 0.40, 0.83), 0.19, hue=25),
    "success": Recipe((0.48, 0.76, 0.38, 0.84), 0.13, hue=148),
    "warning": Recipe((0.50, 0.79, 0.40, 0.86), 0.12, hue=75),
    "info": Recipe((0.50, 0.76, 0.38, 0.85), 0.13, hue=245),
    "border-strong": Recipe((0.6, 0.55, 0.5, 0.64), 0.04),
}

# Visited links are purple, as readers expect, unless the theme's own links are nearly that.
_VISITED = Recipe((0.46, 0.76, 0.37, 0.84), 0.13, hue=310)
_VISITED_IN_PURPLE = replace(_VISITED, hue=255)

_BORDER = Recipe((0.88, 0.34, 0.6, 0.6), 0.03)
_SELECTION = Recipe((0.86, 0.42, 0.86, 0.42), 0.09)
_ACCENT = Recipe((0.55, 0.72, 0.42, 0.78), 0.4)

# Between these hues a fill that is dark enough for white ink is brown or olive. It stays vivid with
# dark ink and begins as light as any surface might allow.
_BRIGHT_HUES = (40, 120)
_BRIGHT_FILL = 0.68

_INK = Recipe((0.2, 0.2, 0.08, 0.08), 0.05)
_HOVER_STEPS = (0.06, 0.05, 0.04, 0.03, 0.02, 0.01)
# Black lets the hover differ more than a tinted ink does; the tint is not worth an unseen hover.
_SEEN_HOVER = 0.05

# A ring without hue stands out from every accent.
_RING = {LIGHT: "#111111", DARK: "#ffffff", LIGHT_MORE: "#000000", DARK_MORE: "#ffffff"}

# What the eye makes of orange: dark it is brown unless it turns redder, and a tint of it, or a
# black with some of it, looks pink unless it turns yellower. Hue to hue, straight between these.
_BURNT = ((40.0, 40.0), (65.0, 45.0), (105.0, 105.0))
_PALE = ((25.0, 25.0), (52.0, 68.0), (105.0, 105.0))


def _orange(hue: float, lightness: float) -> float:
    if lightness < 0.3 or lightness > 0.84:
        return _bend(hue, _PALE)
    return _bend(hue, _BURNT) if lightness < 0.65 else hue


def _bend(hue: float, points: Sequence[tuple[float, float]]) -> float:
    for (low, to_low), (high, to_high) in pairwise(points):
        if low <= hue <= high:
            return to_low + (hue - low) / (high - low) * (to_high - to_low)
    return hue


# The construction. ------------------------------------------------------------------------------


def build(seed: Seed) -> Theme:
    """The theme of a seed.

    Raises UnsatisfiableSeedError if an exact accent cannot pass, and UnprovenThemeError if
    something in a theme made by hand does not.
    """
    if seed.colours:
        return _proven(made_by_hand(seed))
    return Theme(seed, {variant: _variant(seed, variant) for variant in VARIANTS})


def made_by_hand(seed: Seed) -> Theme:
    """The colours of a seed that has them all, not yet proven."""
    return Theme(
        seed,
        {
            variant: {role: seed.colours[variant][role].lower() for role in ROLES}
            for variant in VARIANTS
        },
    )


def _proven(theme: Theme) -> Theme:
    if failed := failures(all_pairs({theme.name: theme.variants})):
        raise UnprovenThemeError(failed)
    return theme


def build_all(seeds: Mapping[str, Seed]) -> dict[str, Theme]:
    """The themes of several seeds, in their order."""
    return {name: build(seed) for name, seed in seeds.items()}


def _variant(seed: Seed, variant: str) -> Palette:
    palette = _without_accent(seed, variant)
    palette |= _accent(seed, variant, palette)
    if failed := failures(pairs(seed.name, variant, palette)):
        raise AssertionError(f"The solver let through what does not pass: {failed[0]}.")
    return palette


def _without_accent(seed: Seed, variant: str) -> dict[str, str]:
    base = _base(seed)
    palette = _surfaces(variant, base)
    palette["focus-ring"] = _RING[variant]
    palette["selection"] = _SELECTION.tone(variant, base).hex
    palette["selection-text"] = "#000000" if _is_light(variant) else "#ffffff"
    palette["border"] = _BORDER.tone(variant, base).hex
    visited = _VISITED_IN_PURPLE if abs(base.hue - 310) < 40 else _VISITED
    for role, recipe in {**_FOREGROUNDS, "link-visited": visited}.items():
        palette[role] = _walk(role, variant, palette, recipe.tone(variant, base))
    return palette


def _surfaces(variant: str, base: Tone) -> dict[str, str]:
    surfaces = {role: recipe.tone(variant, base).hex for role, recipe in _SURFACES.items()}
    return {**surfaces, "focus-gap": surfaces["surface"]}


def _base(seed: Seed) -> Tone:
    """The seed's hue and chroma; what it does not say is the brand colour's."""
    brand = tone(seed.brand) if seed.brand else Tone(0, 0, 0)
    return Tone(
        brand.lightness,
        brand.chroma if seed.chroma is None else seed.chroma,
        brand.hue if seed.hue is None else seed.hue,
    )


def _is_light(variant: str) -> bool:
    return variant in (LIGHT, LIGHT_MORE)


def _path(start: Tone, variant: str) -> Iterator[Tone]:
    """The tones from the start away from the surfaces, as far as black or white."""
    step, end = (-STEP, 0.0) if _is_light(variant) else (STEP, 1.0)
    for count in range(int(abs(end - start.lightness) / STEP) + 1):
        yield replace(start, lightness=start.lightness + count * step)
    yield replace(start, lightness=end)


def _walk(role: str, variant: str, palette: Palette, start: Tone) -> str:
    path = (step.hex for step in _path(start, variant))
    return next(colour for colour in path if _stands(role, colour, variant, palette))


def _stands(role: str, colour: str, variant: str, palette: Palette) -> bool:
    """Whether a colour passes in this role on all that the palette has so far for it."""
    return all(
        contrast(colour, palette[surface]) >= rule.target(variant)
        for rule in RULES
        if role in rule.foregrounds
        for surface in rule.surfaces
        if surface in palette
    )


# The accent: it, its hover and the ink on both limit each other. --------------------------------


def _accent(seed: Seed, variant: str, palette: Palette) -> Palette:
    key, exact = _exact(seed, variant)
    if exact:
        if fill := _fill(exact, variant, palette):
            return fill
        raise _refusal(seed, variant, palette, key, exact)
    if seed.brand and (fill := _fill(seed.brand.lower(), variant, palette)):
        return fill
    fills = (_fill(step.hex, variant, palette) for step in _path(_start(seed, variant), variant))
    return next(fill for fill in fills if fill)


def _exact(seed: Seed, variant: str) -> tuple[str, str]:
    """The accent that the seed insists on in a variant, and the key that says so."""
    if variant in seed.accent:
        return f"accent.{variant}", seed.accent[variant].lower()
    if variant == LIGHT:
        return "brand", seed.brand.lower()
    return "", ""


def _start(seed: Seed, variant: str) -> Tone:
    base = _base(seed)
    start = replace(_ACCENT.tone(variant, base), hue=base.hue)
    low, high = _BRIGHT_HUES
    bright = variant == LIGHT and low <= base.hue <= high
    return replace(start, lightness=_BRIGHT_FILL) if bright else start


def _fill(accent: str, variant: str, palette: Palette) -> Palette | None:
    """Accent, hover and ink if there are such for this accent, or None."""
    if not _stands("accent", accent, variant, palette):
        return None
    here = tone(accent)
    tinted = _INK.tone(variant, here).hex
    for ink, least in (("#ffffff", 0.0), (tinted, _SEEN_HOVER), ("#000000", 0.0)):
        for hover in _hovers(variant, here, least):
            fill = {"accent": accent, "accent-hover": hover, "on-accent": ink}
            on_surfaces = _stands("accent-hover", hover, variant, palette)
            if on_surfaces and _stands("on-accent", ink, variant, fill):
                return fill
    return None


def _hovers(variant: str, accent: Tone, least: float = 0) -> Iterator[str]:
    """Steps away from the surfaces, which never harm there, then towards them; large ones first."""
    away = -1 if _is_light(variant) else 1
    for sign in (away, -away):
        for step in _HOVER_STEPS:
            lightness = accent.lightness + sign * step
            if step >= least and 0 <= lightness <= 1:
                yield replace(accent, lightness=lightness).hex


# The refusal. -----------------------------------------------------------------------------------


def _refusal(
    seed: Seed, variant: str, palette: Palette, key: str, exact: str
) -> UnsatisfiableSeedError:
    pair = _obstacle(seed.name, variant, palette, exact)
    nearest = next(colour for colour in _nearby(exact) if _works(seed, variant, key, colour))
    return UnsatisfiableSeedError(pair, key, nearest)


def _obstacle(theme: str, variant: str, palette: Palette, accent: str) -> Pair:
    """The pair that keeps an accent from passing: on its worst surface, or under its best ink."""
    surface = min(SURFACES, key=lambda role: contrast(accent, palette[role]))
    on_surface = _pair(theme, variant, "accent", surface, accent, palette[surface])
    if not on_surface.passes:
        return on_surface
    ink = max("#ffffff", "#000000", key=lambda colour: contrast(colour, accent))
    on_accent = _pair(theme, variant, "on-accent", "accent", ink, accent)
    if not on_accent.passes:
        return on_accent
    return max(
        (
            min(
                _pair(theme, variant, "on-accent", "accent-hover", ink, hover),
                _pair(theme, variant, "accent-hover", surface, hover, palette[surface]),
                key=lambda pair: pair.margin,
            )
            for hover in _hovers(variant, tone(accent))
        ),
        key=lambda pair: pair.margin,
    )


def _pair(theme: str, variant: str, role: str, on: str, colour: str, surface: str) -> Pair:
    rule = next(rule for rule in RULES if role in rule.foregrounds and on in rule.surfaces)
    colours = colour, surface
    return Pair(theme, variant, role, on, colours, contrast(*colours), rule.target(variant))


def _nearby(colour: str) -> Iterator[str]:
    """The colours of the same hue and chroma, by distance in lightness."""
    start = tone(colour)
    for count in range(1, round(1 / STEP) + 1):
        for sign in (-1, 1):
            lightness = start.lightness + sign * count * STEP
            if 0 <= lightness <= 1:
                yield replace(start, lightness=lightness).hex


def _works(seed: Seed, variant: str, key: str, colour: str) -> bool:
    if key == "brand":
        changed = replace(seed, brand=colour)
    else:
        changed = replace(seed, accent={**seed.accent, variant: colour})
    # Its surfaces, too, may be others: they take their hue from the brand.
    return _fill(colour, variant, _surfaces(variant, _base(changed))) is not None
