"""Flashes, by the thresholds of WCAG 2.2: general flash and red flash.

https://www.w3.org/TR/WCAG22/#dfn-general-flash-and-red-flash-thresholds
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

AREA = 341 * 256 * 0.25
"""CSS px² that may flash at the same time: a quarter of 10 degrees of the visual field."""
MOST = 3
"""Flashes in any one second."""
_CELLS = 24
_FRAMES = 120


class Light(NamedTuple):
    """What a spot sends out."""

    luminance: float
    """Relative, 0 to 1."""
    red: float
    """(R - G - B) × 320 of the linear channels, where red is saturated; else 0 and less."""
    is_red: bool


def light(red: float, green: float, blue: float) -> Light:
    """Of channels from 0 to 255."""
    r, g, b = (_LINEAR[min(255, max(0, round(channel)))] for channel in (red, green, blue))
    total = r + g + b
    return Light(
        luminance=0.2126 * r + 0.7152 * g + 0.0722 * b,
        red=max(0.0, (r - g - b) * 320),
        is_red=total > 0 and r / total >= 0.8,
    )


_LINEAR = [
    value / 12.92 if (value := byte / 255) <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    for byte in range(256)
]


def changes(one: Light, other: Light) -> bool:
    """Whether going from one to the other is half of a flash."""
    darker = min(one.luminance, other.luminance)
    general = abs(one.luminance - other.luminance) >= 0.1 and darker < 0.8
    return general or ((one.is_red or other.is_red) and abs(one.red - other.red) > 20)


def moments(lights: Iterable[tuple[float, Light]]) -> list[float]:
    """The seconds at which flashes end: each is a pair of opposing changes."""
    found: list[float] = []
    extreme: Light | None = None
    rising: bool | None = None
    halves = 0
    for second, now in lights:
        if extreme is None:
            extreme = now
            continue
        up = _value(now) > _value(extreme)
        if rising is not None and up == rising:
            # The same change goes on.
            extreme = now
        elif changes(extreme, now):
            extreme, rising, halves = now, up, halves + 1
            if halves % 2 == 0:
                found.append(second)
    return found


def _value(one: Light) -> float:
    return one.luminance + one.red / 320


def rate(ends: Sequence[float]) -> int:
    """The most flashes in one second."""
    return max((sum(start <= end < start + 1 for end in ends) for start in ends), default=0)


@dataclass(frozen=True, kw_only=True)
class Animated:
    """An image with frames."""

    frames: int
    seconds: float | None
    """How long it moves; None without end."""
    moves: bool
    """Whether its frames differ."""
    flashes: int
    """The most in one second of any spot that counts."""
    share: float
    """Of its area that flashes more than three times in a second, 0 to 1."""


def of_image(file: str) -> Animated | None:
    """What the image does, from its bytes in base64; None for what is no image with frames."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(base64.b64decode(file))) as image:
            if getattr(image, "n_frames", 1) < 2:
                return None
            loops = image.info.get("loop")
            # Without the word it is shown once (GIF); 0 is for ever.
            frames: list[tuple[float, list[tuple[int, ...]]]] = []
            second = 0.0
            for frame in ImageSequence.Iterator(image):
                duration = max(20.0, float(frame.info.get("duration") or 100)) / 1000
                shown = Image.new("RGB", frame.size, "white")
                painted = frame.convert("RGBA")
                shown.paste(painted, mask=painted)
                small = shown.resize((_CELLS, _CELLS), Image.Resampling.BOX)
                data = small.tobytes()
                frames.append((second, [tuple(data[at : at + 3]) for at in range(0, len(data), 3)]))
                second += duration
                if len(frames) >= _FRAMES:
                    break
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    times = 1 if loops is None else loops or None
    return _judge(frames, second, times)


def _judge(
    frames: Sequence[tuple[float, list[tuple[int, ...]]]], length: float, times: int | None
) -> Animated:
    moves = any(one != other for (_, one), (_, other) in pairwise(frames))
    rounds = int(min(times or 99, max(1, 2 // max(length, 0.02) + 1)))
    known: dict[tuple[tuple[int, ...], ...], int] = {}
    cells = []
    for spot in range(_CELLS * _CELLS if moves else 0):
        series = tuple(colours[spot] for _, colours in frames)
        if series not in known:
            lights = [
                (second + turn * length, light(*colour))
                for turn in range(min(rounds, 60))
                for (second, _), colour in zip(frames, series, strict=True)
            ]
            known[series] = rate(moments(lights))
        cells.append(known[series])
    many = [cell for cell in cells if cell > MOST]
    return Animated(
        frames=len(frames),
        seconds=None if times is None else length * times,
        moves=moves,
        flashes=max(cells, default=0),
        share=len(many) / (_CELLS * _CELLS),
    )
