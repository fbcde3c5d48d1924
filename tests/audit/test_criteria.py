"""WCAG's criteria as W3C has them."""

from __future__ import annotations

from collections import Counter

import pytest
from vydno.audit.criteria import CRITERIA, check_numbers, criteria_of_tags
from vydno.errors import VydnoError


def test_wcag_2_2_has_86_criteria_of_three_levels() -> None:
    levels = Counter(criterion.level for criterion in CRITERIA.values())
    assert levels == {"A": 31, "AA": 24, "AAA": 31}


def test_each_version_brought_its_own() -> None:
    since = Counter(criterion.since for criterion in CRITERIA.values())
    assert since == {"2.0": 60, "2.1": 17, "2.2": 9}


@pytest.mark.parametrize(
    ("number", "slug"),
    [
        ("1.1.1", "non-text-content"),
        ("1.2.1", "audio-only-and-video-only-prerecorded"),
        ("1.4.3", "contrast-minimum"),
        ("2.3.1", "three-flashes-or-below-threshold"),
        ("2.4.4", "link-purpose-in-context"),
        ("3.3.4", "error-prevention-legal-financial-data"),
        ("4.1.2", "name-role-value"),
    ],
)
def test_a_criterion_links_to_its_explanation(number: str, slug: str) -> None:
    assert CRITERIA[number].url == f"https://www.w3.org/WAI/WCAG22/Understanding/{slug}"


def test_tags_of_axe_become_numbers_and_what_is_no_criterion_is_left_out() -> None:
    tags = ["cat.color", "wcag2aa", "wcag143", "wcag1410", "TTv5"]
    assert criteria_of_tags(tags) == ("1.4.3", "1.4.10")


def test_a_number_that_wcag_does_not_have_is_refused() -> None:
    with pytest.raises(VydnoError, match=r"no success criterion '4\.1\.1'"):
        check_numbers(("1.4.3", "4.1.1"))
