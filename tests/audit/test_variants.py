"""A matrix of variants, and the short words for a part of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vydno.audit.variants import Variant, Viewport, describe, matrix
from vydno.errors import VydnoError

WIDE, PHONE = Viewport(width=1280, height=800), Viewport(width=320, height=640)
VALUES: dict[str, list[Any]] = {
    "viewport": [WIDE, PHONE],
    "text_scale": [100, 150, 175, 200],
    "color_scheme": ["light", "dark"],
    "theme": [None, "red"],
}
EVERY = matrix(VALUES)


def test_a_matrix_has_every_combination_once_and_loads_no_viewport_twice() -> None:
    assert len(set(EVERY)) == len(EVERY) == 32
    viewports = [variant.viewport for variant in EVERY]
    assert viewports == [WIDE] * 16 + [PHONE] * 16


def test_without_values_there_is_the_page_as_it_is() -> None:
    assert matrix({}) == [Variant()]
    assert Variant().to_json() == {"browser": "chromium", "viewport": "1280x800", "text-scale": 100}


def test_a_dimension_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(VydnoError, match=r"There is no 'colour'.*theme"):
        matrix({"colour": ["red"]})


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (lambda _: True, ""),
        (lambda v: v.color_scheme == "dark", "only in dark"),
        (lambda v: v.text_scale >= 175, "only from 175 % up"),
        (lambda v: v.text_scale <= 150, "only up to 150 %"),
        (lambda v: v.text_scale == 200 and v.viewport == PHONE, "only at 200 % at 320 px"),
        (lambda v: v.theme is None, "only in the default theme"),
        (
            lambda v: v.theme == "red" or v.color_scheme == "dark",
            "only in theme red; and in dark",
        ),
    ],
)
def test_a_part_is_said_the_short_way(chosen: object, words: str) -> None:
    assert callable(chosen)
    assert describe([variant for variant in EVERY if chosen(variant)], EVERY) == words


@given(st.sets(st.sampled_from(EVERY), min_size=1))
def test_any_part_can_be_said_and_only_the_whole_needs_no_words(some: set[Variant]) -> None:
    words = describe([variant for variant in EVERY if variant in some], EVERY)
    assert (words == "") == (some == set(EVERY))


@pytest.mark.parametrize(
    ("text", "viewport"), [("1280x800", WIDE), (" 320X640 ", PHONE), ("320", PHONE), ("1280", WIDE)]
)
def test_a_viewport_is_read_with_or_without_its_height(text: str, viewport: Viewport) -> None:
    assert Viewport.parse(text) == viewport


@pytest.mark.parametrize(
    "text", ["", "wide", "0x0", "1280x", "x800", "99x800", "20000x1", "-5", "٣٢٠"]
)
def test_what_is_no_viewport_is_refused(text: str) -> None:
    with pytest.raises(VydnoError, match="viewport"):
        Viewport.parse(text)
