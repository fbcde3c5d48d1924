"""Lengths: what they are worth, how they grow, and how they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st
from vydno.lint.sizes import (
    Setting,
    UnknownSizeError,
    exact,
    growth,
    size_in_px,
    written,
    zoomed_growth,
)


def tokens(value: str) -> list[object]:
    return list(tinycss2.parse_component_value_list(value))


def nothing(_: str) -> None:
    """No custom property is known."""


@pytest.mark.parametrize(
    ("value", "px"),
    [
        ("14px", 14),
        ("1rem", 16),
        ("50%", 8),
        ("1vw", 12.8),
        ("1vh", 7.2),
        ("1vmax", 12.8),
        ("calc(1rem + 2px * 3)", 22),
        ("calc((1rem + 2px) * 3)", 54),
        ("calc(2 * 1rem - 8px / 2)", 28),
        ("min(1rem, 12px, 20px)", 12),
        ("clamp(10px, 1vw, 11px)", 11),
        ("clamp(none, 1vw, none)", 12.8),
        ("var(--a, 14px)", 14),
    ],
)
def test_an_expression_is_worked_out(value: str, px: float) -> None:
    assert size_in_px(tokens(value), Setting(), nothing) == pytest.approx(px)


@pytest.mark.parametrize(
    "value", ["", "1foo", "calc(1px / 0)", "calc(1px 2px)", "var(--a)", "clamp(1px)", "env(a)", "a"]
)
def test_what_only_a_browser_can_tell_is_unknown(value: str) -> None:
    with pytest.raises(UnknownSizeError):
        size_in_px(tokens(value), Setting(), nothing)


@pytest.mark.parametrize(
    ("value", "grown", "zoomed"),
    [
        ("14px", 1, 5),
        ("1rem", 2, 5),
        ("5vw", 1, 1),
        ("calc(1rem + 16px)", 1.5, 5),
    ],
)
def test_growth_is_that_of_the_worst_window(value: str, grown: float, zoomed: float) -> None:
    assert growth(tokens(value), nothing) == pytest.approx(grown)
    assert zoomed_growth(tokens(value), nothing) == pytest.approx(zoomed)


@given(st.decimals(min_value=0, max_value=2000, places=2), st.sampled_from([16, 10, 20]))
def test_px_written_in_rem_are_the_same_px(px: object, root: int) -> None:
    [token] = tinycss2.parse_component_value_list(f"{px}px")
    rem = written(Fraction(str(px)) / root, token.representation)
    assert Fraction(rem) * root == Fraction(str(px))


@pytest.mark.parametrize("number", ["1e999", "1e-999", "1" * 50, "0", "1e6"])
def test_numbers_that_no_page_means_are_refused(number: str) -> None:
    [token] = tinycss2.parse_component_value_list(f"{number}px")
    with pytest.raises(ValueError):  # noqa: PT011 - it says the number
        exact(token)
