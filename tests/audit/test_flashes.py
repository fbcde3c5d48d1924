"""Flashes, counted by WCAG's thresholds."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image
from vydno.audit.flashes import changes, light, moments, of_image, rate

BLACK, WHITE, RED = light(0, 0, 0), light(255, 255, 255), light(255, 0, 0)


def gif(*colours: str, milliseconds: int, loop: int | None = 0) -> str:
    """Frames of one colour each, as base64."""
    first, *others = [Image.new("RGB", (16, 16), colour) for colour in colours]
    file = io.BytesIO()
    options = {} if loop is None else {"loop": loop}
    first.save(file, "GIF", save_all=True, append_images=others, duration=milliseconds, **options)
    return base64.b64encode(file.getvalue()).decode()


def test_a_pair_of_opposing_changes_is_a_flash() -> None:
    series = [(0.0, BLACK), (0.1, WHITE), (0.2, BLACK), (0.3, WHITE), (0.4, BLACK)]
    assert moments(series) == [0.2, 0.4]


def test_a_change_in_one_direction_is_none() -> None:
    series = [(step / 10, light(step * 20, step * 20, step * 20)) for step in range(10)]
    assert moments(series) == []


def test_small_steps_that_add_up_are_one_change() -> None:
    up = [light(*[step * 25] * 3) for step in range(11)]
    series = [(place / 20, shade) for place, shade in enumerate([*up, *up[::-1]])]
    assert len(moments(series)) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 0, 0), (255, 255, 255), True),
        ((120, 120, 120), (125, 125, 125), False),
        ((240, 240, 240), (255, 255, 255), False),
        ((255, 0, 0), (0, 0, 0), True),
        ((255, 0, 0), (0, 90, 0), True),
    ],
)
def test_the_thresholds_are_those_of_wcag(
    one: tuple[int, int, int], other: tuple[int, int, int], expected: bool
) -> None:
    assert changes(light(*one), light(*other)) is expected


def test_the_most_in_one_second_counts() -> None:
    assert rate([0.1, 0.2, 0.3, 5.0, 9.0]) == 3
    assert rate([]) == 0


def test_an_image_that_flashes_is_measured() -> None:
    found = of_image(gif("black", "white", milliseconds=100))
    assert found
    assert found.flashes > 3
    assert found.share == 1
    assert found.seconds is None


def test_a_slow_image_moves_and_does_not_flash() -> None:
    found = of_image(gif("black", "white", milliseconds=1000, loop=2))
    assert found
    assert found.moves
    assert found.share == 0
    assert found.seconds == pytest.approx(4.0, abs=2.1)


def test_what_is_no_image_with_frames_is_nothing() -> None:
    assert of_image(gif("black", milliseconds=100)) is None
    assert of_image(base64.b64encode(b"GIF89a broken").decode()) is None
    assert of_image("") is None
