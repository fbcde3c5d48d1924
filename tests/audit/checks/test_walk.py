"""Where a walk by Tab comes round, and what it goes round in."""

from __future__ import annotations

import pytest
from vydno.audit.walk import NOWHERE, Stop, Walk, alike, cycle_of, is_round

from .walks import stop


def stops(*numbers: int, kind: str = "") -> list[Stop]:
    return [stop(number, kind=kind) for number in numbers]


@pytest.mark.parametrize("numbers", [(1, 2, NOWHERE), (1, 2, NOWHERE, 1), (NOWHERE, 1, NOWHERE)])
def test_a_walk_is_round_when_it_left_the_page_at_its_end(numbers: tuple[int, ...]) -> None:
    assert is_round(stops(*numbers))


@pytest.mark.parametrize("numbers", [(), (NOWHERE,), (1, 2), (1, NOWHERE, 2), (1, 2, 1, 2)])
def test_a_walk_that_goes_on_is_not_round(numbers: tuple[int, ...]) -> None:
    assert not is_round(stops(*numbers))


@pytest.mark.parametrize(
    ("numbers", "cycle"),
    [
        ((1, 2, 2, 2), [2]),
        ((1, 2, 3, 2, 3), [2, 3]),
        ((1, 2, 3, 1, 2, 3), [1, 2, 3]),
        ((1, 2, 2), []),
        ((1, 2, 3), []),
        ((1, NOWHERE, 1, NOWHERE), []),
    ],
)
def test_what_the_focus_goes_round_in_is_known(numbers: tuple[int, ...], cycle: list[int]) -> None:
    assert cycle_of(stops(*numbers)) == cycle


def test_a_field_of_several_parts_is_left_after_more_presses() -> None:
    date = 2

    assert cycle_of(stops(1, *[date] * 8), {date}) == []
    assert cycle_of(stops(1, *[date] * 11), {date}) == [date]


def test_the_order_has_each_stop_once() -> None:
    walked = Walk(forward=stops(3, 1, 3, NOWHERE, 1))

    assert [stop.at for stop in walked.order] == [3, 1]


def test_stops_that_are_alike_are_counted() -> None:
    found = list(alike([*stops(1, 2, 3, kind="link"), *stops(4, kind="button")]))

    assert [(stop.at, count) for stop, count in found] == [(1, 3), (4, 1)]
