"""Images that look like text, by their rows of pixels."""

from __future__ import annotations

import pytest
from vydno.audit.imagery import Imagery, _lines

GAP, LETTERS = [0] * 8, [20, 90, 110, 105, 100, 112, 108, 95, 18]


def test_bands_of_many_steps_between_quiet_rows_are_lines() -> None:
    steps = [*GAP, *LETTERS, *GAP, *LETTERS, *GAP]
    assert _lines(width=400, height=len(steps), flat=0.9, steps=steps) == 2


@pytest.mark.parametrize(
    ("steps", "flat"),
    [
        ([*GAP, *LETTERS, *GAP], 0.2),
        ([50] * 200, 0.9),
        ([*GAP, *[12] * 12, *GAP], 0.9),
        ([], 1.0),
    ],
    ids=["of many colours", "a pattern all over", "a row of bars", "nothing"],
)
def test_what_is_no_text_has_no_lines(steps: list[int], flat: float) -> None:
    assert _lines(width=400, height=len(steps), flat=flat, steps=steps) == 0


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("https://vydne.example/a/town-hall.jpg?w=4", "town-hall"),
        ("/%D1%80%D0%B0%D1%82%D1%83%D1%88%D0%B0.png", "ратуша"),
        ("data:image/png;base64,AAAA", ""),
    ],
)
def test_a_file_has_its_name(url: str, file: str) -> None:
    assert Imagery(url=url, natural=(0, 0), lines=0).file == file
