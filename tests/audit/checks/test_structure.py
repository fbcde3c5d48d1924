"""Lists and spaces in texts."""

from __future__ import annotations

import pytest
from vydno.audit.checks.structure import _counting, _is_alphabet, _longest


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["1. bread", "2. butter", "3. salt"], 3),
        (["a) bread", "b) butter"], 2),
        (["i. bread", "ii. butter", "iii. salt"], 3),
        (["а) хліб", "б) масло", "в) сіль", "г) молоко", "д) сир"], 5),
        (["3. травня", "9. червня", "12. серпня"], 1),
        (["1. bread", "and", "2. butter"], 1),
        (["bread", "butter"], 0),
    ],
)
def test_lines_that_count_up_are_counted(lines: list[str], number: int) -> None:
    assert _counting(lines) == number


def test_the_longest_run_of_one_mark_is_found() -> None:
    assert _longest(["•", "", "–", "–", "–", "•"]) == ("–", 3)
    assert _longest(["", ""]) == ("", 0)


@pytest.mark.parametrize(("text", "is_one"), [("A B C D E", True), ("W E L C O M E", False)])
def test_an_alphabet_is_no_word_spelt_out(text: str, is_one: bool) -> None:
    assert _is_alphabet(text) is is_one
