"""The contrast matrix: what each colour of a palette reaches on each that it may stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vydno.themes.pairs import RULES, SURFACES, Pair, Palette, pairs
from vydno.themes.solver import STEP, tone

# Roles that are shapes, not letters: their specimen is one too.
SHAPES = frozenset(
    role for rule in RULES if rule.normal < 4.5 and "text" not in rule.foregrounds
    for role in rule.foregrounds
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A foreground and its pairs, surface to pair; ``nearest`` passes where the colour does not."""

    role: str
    colour: str
    cells: Mapping[str, Pair]
    nearest: str = ""

    @property
    def closest(self) -> Pair:
        """The pair with the smallest margin."""
        return min(self.cells.values(), key=lambda pair: pair.margin)

    @property
    def passes(self) -> bool:
        """Whether every pair of the row reaches its target."""
        return self.closest.passes


@dataclass(frozen=True)
class Matrix:
    """Two tables, as two kinds of surfaces have it; the rows closest to their limit come first."""

    surfaces: Sequence[str]
    rows: Sequence[Row]

    @property
    def found(self) -> list[Pair]:
        """Every pair of the matrix."""
        return [pair for row in self.rows for pair in row.cells.values()]


def matrices(theme: str, variant: str, palette: Palette) -> list[Matrix]:
    """The foregrounds on the surfaces of a page, and those on fills."""
    found = list(pairs(theme, variant, palette))
    on_page = [pair for pair in found if pair.surface in (*SURFACES, "focus-gap")]
    on_fills = [pair for pair in found if pair not in on_page]
    return [_matrix(variant, palette, part) for part in (on_page, on_fills)]


def _matrix(variant: str, palette: Palette, found: Sequence[Pair]) -> Matrix:
    rows: dict[str, dict[str, Pair]] = {}
    for pair in found:
        rows.setdefault(pair.foreground, {})[pair.surface] = pair
    made = [Row(role, palette[role], cells) for role, cells in rows.items()]
    helped = [row if row.passes else _helped(row, variant, palette) for row in made]
    surfaces = tuple(dict.fromkeys(pair.surface for pair in found))
    return Matrix(surfaces, sorted(helped, key=lambda row: row.closest.margin))


def _helped(row: Row, variant: str, palette: Palette) -> Row:
    return replace(row, nearest=nearest(row.role, variant, palette))


def tried(palette: Palette, role: str, colour: str) -> Palette:
    """A palette in which one role has another colour; the gap is the page's surface."""
    changed = {**palette, role: colour} if role else dict(palette)
    return {**changed, "focus-gap": changed["surface"]}


def nearest(role: str, variant: str, palette: Palette) -> str:
    """The colour nearest in lightness, of the same hue and chroma, that passes in a role.

    "" if there is none: what stands on a surface, or next to it, may leave no room for any.
    """
    return next(
        (each for each in _nearby(palette[role]) if _passes(role, variant, palette, each)), ""
    )


def _passes(role: str, variant: str, palette: Palette, colour: str) -> bool:
    changed = tried(palette, role, colour)
    mine = (pair for pair in pairs("", variant, changed) if role in (pair.foreground, pair.surface))
    return all(pair.passes for pair in mine)


def _nearby(colour: str) -> Iterator[str]:
    start = tone(colour)
    yield colour
    for count in range(1, round(1 / STEP) + 1):
        for sign in (-1, 1):
            lightness = start.lightness + sign * count * STEP
            if 0 <= lightness <= 1:
                yield replace(start, lightness=lightness).hex
