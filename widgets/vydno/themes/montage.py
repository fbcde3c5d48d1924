"""The contact sheet as a picture: themes across rows, variants across columns.

Normal vision is drawn large; under it, small and side by side, what is left of it for eyes without
one kind of cone. Lettering is in the font that Pillow carries, so that the sheet is the same on
every machine with the same browser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from .colour_vision import DEFICIENCIES, NORMAL
from .pairs import VARIANTS, floor

Shots = Mapping[tuple[str, str, str], Image.Image]

# A neutral that is neither of the pages' whites nor their blacks, and no theme's tint.
_PAPER, _INK, _QUIET = "#dddcd9", "#1b1b1a", "#565552"

_MARGIN, _GAP, _SMALL_GAP, _BLOCK_GAP = 96, 28, 10, 64
_TITLE, _HEADING, _LABEL = 92, 44, 28
_RADIUS = 14
# Rounded corners are cut at this many times the size and scaled down: Pillow's are jagged.
_SMOOTH = 4

_VARIANT_NAMES = {
    "light": "light",
    "dark": "dark",
    "light-more": "light, more contrast",
    "dark-more": "dark, more contrast",
}
_VISION_NAMES = {
    "protan": ("protanopia", "no cones for red"),
    "deutan": ("deuteranopia", "no cones for green"),
    "tritan": ("tritanopia", "no cones for blue"),
}


def montage(shots: Shots, themes: Sequence[str], proof: Mapping[str, Any]) -> Image.Image:
    """The sheet of all pictures, with what is proven beside them."""
    shot = next(iter(shots.values()))
    width = 4 * shot.width + 3 * _GAP
    small = _small(shot, width)
    top = _MARGIN + 2 * _TITLE + 60
    below = top + _LABEL + 34 + len(themes) * (shot.height + _GAP + _HEADING + 20)
    height = below + 140 + len(themes) * (small[1] + _SMALL_GAP) - _SMALL_GAP + _MARGIN
    sheet = Image.new("RGB", (width + 2 * _MARGIN, height), _PAPER)
    _head(sheet, proof)
    _large(sheet, shots, themes, top)
    for place, vision in enumerate(DEFICIENCIES):
        left = _MARGIN + place * (4 * small[0] + 3 * _SMALL_GAP + _BLOCK_GAP)
        _block(sheet, shots, themes, vision, (left, below), small, proof)
    return sheet


def _small(shot: Image.Image, width: int) -> tuple[int, int]:
    """The size of a picture when three blocks of four stand side by side."""
    across = (width - 2 * _BLOCK_GAP - 3 * 3 * _SMALL_GAP) // 12
    return across, round(across * shot.height / shot.width)


def _head(sheet: Image.Image, proof: Mapping[str, Any]) -> None:
    _write(sheet, (_MARGIN, _MARGIN - 12), "Vydno themes", _TITLE)
    failed = len(proof["failures"])
    said = f"{proof['pairs']} pairs of colours measured, {failed or 'none'} below its target"
    _write(sheet, (_MARGIN, _MARGIN + _TITLE + 24), said, _HEADING, _QUIET)


def _large(sheet: Image.Image, shots: Shots, themes: Sequence[str], top: int) -> None:
    shot = next(iter(shots.values()))
    for column, variant in enumerate(VARIANTS):
        left = _MARGIN + column * (shot.width + _GAP)
        _write(sheet, (left, top), _VARIANT_NAMES[variant], _LABEL, _QUIET)
        for row, theme in enumerate(themes):
            y = top + _LABEL + 34 + row * (shot.height + _GAP + _HEADING + 20)
            if column == 0:
                _write(sheet, (left, y - 6), theme, _HEADING)
            _paste(sheet, shots[NORMAL, theme, variant], (left, y + _HEADING + 14))


def _block(
    sheet: Image.Image,
    shots: Shots,
    themes: Sequence[str],
    vision: str,
    corner: tuple[int, int],
    size: tuple[int, int],
    proof: Mapping[str, Any],
) -> None:
    left, top = corner
    name, cones = _VISION_NAMES[vision]
    _write(sheet, (left, top + 20), name, _HEADING)
    _write(sheet, (left, top + 80), f"{cones}{_apart(vision, proof)}", _LABEL, _QUIET)
    for row, theme in enumerate(themes):
        for column, variant in enumerate(VARIANTS):
            x = left + column * (size[0] + _SMALL_GAP)
            y = top + 140 + row * (size[1] + _SMALL_GAP)
            small = shots[vision, theme, variant].resize(size, Image.Resampling.LANCZOS)
            _paste(sheet, small, (x, y), radius=_RADIUS // 2)


def _apart(vision: str, proof: Mapping[str, Any]) -> str:
    """The distance between the two nearest accents; one theme alone has none."""
    found = [row[vision] for row in proof["colour-vision"].values()]
    return f"; accents at least {floor(min(found), 1)} apart (CIEDE2000)" if found else ""


def _paste(
    sheet: Image.Image, picture: Image.Image, corner: tuple[int, int], radius: int = _RADIUS
) -> None:
    width, height = picture.width * _SMOOTH, picture.height * _SMOOTH
    mask = Image.new("L", (width, height), 0)
    box = (0, 0, width - 1, height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius * _SMOOTH, fill=255)
    sheet.paste(picture, corner, mask.resize(picture.size, Image.Resampling.LANCZOS))


def _write(
    sheet: Image.Image, corner: tuple[int, int], text: str, size: int, colour: str = _INK
) -> None:
    font = ImageFont.load_default(size)
    ImageDraw.Draw(sheet).text(corner, text, fill=colour, font=font)
