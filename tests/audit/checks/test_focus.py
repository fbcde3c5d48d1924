"""Which of two boxes comes first, and how well a ring shows."""

from __future__ import annotations

import pytest
from vydno.audit.checks.focus import contrast_of, first_round, is_above, is_in_line
from vydno.audit.findings import Box

from .walks import stop


def box(x: float, y: float, width: float = 100, height: float = 20) -> Box:
    return Box(x=x, y=y, width=width, height=height)


def test_a_box_over_another_is_above_it() -> None:
    assert is_above(box(0, 0), box(0, 40))
    assert not is_above(box(0, 40), box(0, 0))


def test_a_box_in_the_next_column_is_not_above() -> None:
    assert not is_above(box(200, 0), box(0, 40))


def test_a_box_to_the_left_in_the_same_line_is_before() -> None:
    assert is_in_line(box(0, 5), box(120, 0))
    assert not is_in_line(box(0, 40), box(120, 0))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("rgb(0, 0, 0)", "rgb(255, 255, 255)", 21.0),
        ("rgb(255, 255, 255)", "rgb(0, 0, 0)", 21.0),
        ("rgb(119, 119, 119)", "rgb(255, 255, 255)", 4.48),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast_of(one, other) == pytest.approx(ratio, abs=0.01)


def test_what_is_no_plain_colour_has_no_contrast() -> None:
    assert contrast_of("rgba(0, 0, 0, 0.5)", "rgb(0, 0, 0)") is None


@pytest.mark.parametrize(
    ("moves", "judged"),
    [
        ([(1,), (), (1,), (1,)], [(1,), ()]),
        ([(1,), (2,), (), (1,)], [(1,), (2,), ()]),
        ([(), (1,), (), (1,)], [(), (1,), ()]),
        ([(1,), (), (2,)], [(1,), (), (2,)]),
        ([(1,), (1,), (2,)], [(1,), (1,), (2,)]),
    ],
)
def test_a_control_is_judged_until_the_focus_comes_round(
    moves: list[tuple[int, ...]], judged: list[tuple[int, ...]]
) -> None:
    assert [one.moves for one in first_round(stop(moves=numbers) for numbers in moves)] == judged
