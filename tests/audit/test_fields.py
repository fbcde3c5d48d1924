"""Fields: colours that say that something is wrong."""

from __future__ import annotations

import pytest
from vydno.audit.fields import is_red as is_red_colour


@pytest.mark.parametrize(
    ("colour", "is_red"),
    [
        ("rgb(200, 0, 0)", True),
        ("rgb(176, 0, 32)", True),
        ("rgba(220, 53, 69, 0.9)", True),
        ("rgb(85, 85, 85)", False),
        ("rgb(255, 165, 0)", False),
        ("rgb(120, 60, 20)", False),
        ("rgb(255, 255, 255)", False),
        ("transparent", False),
        ("", False),
    ],
)
def test_red_is_told_from_grey_orange_and_brown(colour: str, is_red: bool) -> None:
    assert is_red_colour(colour) is is_red
