"""The controls from right to left, in every engine: order, alignment, arrows and what is said."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest
from vydno import Preferences
from vydno.strings import text
from vydno.templating import Macros

from .engines import Visitor

vydno = Macros(lang="ar")
BY_THE_SERVER = vydno.text_scale(Preferences(), return_to="/") + vydno.theme_switch(
    Preferences(), return_to="/"
)
BY_THEMSELVES = "<text-scale></text-scale><theme-switch></theme-switch>"
# The box of each element that a selector finds.
BOXES = """
return [...document.querySelectorAll("%s")].map((each) => {
    const { left, right, top } = each.getBoundingClientRect();
    return { left, right, top };
});
"""
FOCUSED = "return document.activeElement.getAttribute('data-theme')"


@pytest.fixture(params=["ar", "he"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(visitor: Visitor, controls: str, lang: str) -> Visitor:
    """Arabic as the server drew it, Hebrew as the elements draw themselves."""
    body = BY_THE_SERVER if lang == "ar" else BY_THEMSELVES
    visitor.goto(f"{controls}/empty?{urlencode({'lang': lang, 'body': body})}")
    visitor.wait("return !document.querySelector(':not(:defined)')")
    return visitor


def boxes(page: Visitor, selector: str) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.read(BOXES % selector)
    assert found
    return found


def falling(places: list[Any]) -> bool:
    return all(before > after for before, after in pairwise(places))


def test_the_controls_stand_and_speak_from_right_to_left(page: Visitor, lang: str) -> None:
    larger, reset, smaller, status, *_ = boxes(page, "text-scale fieldset > div > *")
    assert falling([each["right"] for each in (larger, reset, smaller, status)])
    (group,), (legend,) = boxes(page, "theme-switch fieldset"), boxes(page, "theme-switch legend")
    first, second, *_ = boxes(page, "theme-switch label")
    assert legend["right"] == pytest.approx(group["right"], abs=1)
    assert first["right"] == pytest.approx(group["right"], abs=1)
    assert second["right"] < first["left"]
    swatches = boxes(page, "theme-switch label input")
    labels = boxes(page, "theme-switch label")
    for label, swatch in zip(labels, swatches, strict=True):
        assert label["right"] - swatch["right"] < swatch["left"] - label["left"]

    # A+ is a sign, and reads as it is written.
    assert page.read("return getComputedStyle(document.querySelector('button')).direction") == "ltr"
    page.click("text-scale [value=larger]")
    said = page.read("return document.querySelector('text-scale p:not(:empty)').textContent")
    assert said == text(lang, "size").replace("{}", "110")


def test_arrows_go_to_the_neighbour_and_back(page: Visitor) -> None:
    """Which of the two ArrowLeft goes to is each browser's own, as for every radio."""
    page.click("theme-switch [data-theme=green]")
    page.press("ArrowLeft")
    assert page.read(FOCUSED) in {"blue", "orange"}
    page.press("ArrowRight")
    assert page.read(FOCUSED) == "green"
    assert page.read("return document.documentElement.dataset.theme") == "green"
