"""Whether a name says what a label shows."""

from __future__ import annotations

import pytest
from vydno.audit.saying import Said, says, words


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Send the form", "Send"),
        ("Search the catalogue", "SEARCH… »"),
        ("Email", "E-mail*"),
        ("Name", "Name (required)"),
        ("П'ять запитань бібліотекарю", "П’ять запитань"),
        ("Page 1", "1"),
        ("Straße und Hausnummer", "STRASSE"),
    ],
)
def test_case_signs_and_brackets_do_not_count(name: str, label: str) -> None:
    assert says(name, label) is Said.ALL


@pytest.mark.parametrize(
    ("name", "label", "said"),
    [
        ("Submit the form", "Send", Said.NOT),
        ("The full", "The full label", Said.NOT),
        ("Download the annual report", "Download report", Said.SCATTERED),
        ("Our bookshop", "Book shop", Said.SHORTENED),
        ("English", "EN", Said.SHORTENED),
        ("Discovery", "Disco", Said.SHORTENED),
        ("Пошук", "Знайти", Said.NOT),
    ],
)
def test_other_words_are_told_apart_by_how_far_off_they_are(
    name: str, label: str, said: Said
) -> None:
    assert says(name, label) is said


def test_words_are_compared_in_one_writing() -> None:
    assert words("Cafe\u0301 №5") == words("CAFÉ no5")
