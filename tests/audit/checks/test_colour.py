"""What needs no browser of the checks of colour: arithmetic, compositing, pixels, phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from vydno.audit.checks.colour import speaks_of_colour
from vydno.audit.checks.painted_text import near_letters
from vydno.audit.contrast import BLACK, NOTHING, WHITE, Rgba, needed, over, parse, ratio, say
from vydno.audit.findings import Box
from vydno.audit.painting import clusters, strongest

CHANNEL = st.floats(0, 255)
COLOURS = st.builds(Rgba, CHANNEL, CHANNEL, CHANNEL, st.floats(0, 1))


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("rgb(1, 2, 3)", Rgba(1, 2, 3)),
        ("rgba(1, 2, 3, 0.5)", Rgba(1, 2, 3, 0.5)),
        ("rgb(1 2 3 / 50%)", Rgba(1, 2, 3, 0.5)),
        ("rgb(100% 0% 0%)", Rgba(255, 0, 0)),
        ("color(srgb 1 0 none / 0.25)", Rgba(255, 0, 0, 0.25)),
        ("color(srgb 1e-1 0 0)", Rgba(25.5, 0, 0)),
        ("transparent", NOTHING),
    ],
)
def test_what_browsers_compute_is_parsed(text: str, colour: Rgba) -> None:
    assert parse(text) == colour


@pytest.mark.parametrize(
    "text", ["", "none", "red", "oklch(0.5 0.1 20)", "color(display-p3 1 0 0)", "url(#a)", "rgb(1)"]
)
def test_what_needs_a_browser_is_left_to_it(text: str) -> None:
    assert parse(text) is None


@given(COLOURS, COLOURS)
def test_nothing_is_seen_through_what_is_opaque(top: Rgba, bottom: Rgba) -> None:
    assert over(top._replace(alpha=1.0), bottom) == top._replace(alpha=1.0)


@given(COLOURS, COLOURS)
def test_what_lies_on_an_opaque_ground_is_opaque(top: Rgba, bottom: Rgba) -> None:
    assert over(top, bottom._replace(alpha=1.0)).alpha == pytest.approx(1)


@given(COLOURS, COLOURS)
def test_contrast_has_no_direction(one: Rgba, other: Rgba) -> None:
    assert ratio(one, other) == ratio(other, one)
    assert 1 <= ratio(one, other) <= 21


def test_a_ratio_is_not_rounded_up() -> None:
    assert say(4.4999) == "4.49:1"


@pytest.mark.parametrize(
    ("size", "weight", "least"), [(16, 700, 4.5), (24, 400, 3), (18.66, 700, 3), (18.66, 600, 4.5)]
)
def test_large_text_needs_less(size: float, weight: float, least: float) -> None:
    assert needed(size, weight) == least


def drawn(ground: str, ink: str | None) -> Image.Image:
    image = Image.new("RGB", (60, 20), ground)
    if ink:
        ImageDraw.Draw(image).rectangle((10, 8, 50, 11), fill=ink)
    return image


def test_ground_and_ink_are_read_from_pixels() -> None:
    found = near_letters(drawn("#ffffff", "#767676"), drawn("#ffffff", None))
    assert found is not None
    assert found.ink == Rgba(0x76, 0x76, 0x76)
    assert found.shares == [(1.0, WHITE)]
    assert found.short_of(4.5) == 0
    assert found.short_of(4.6) == 1


def test_letters_of_another_text_are_none_of_its_own() -> None:
    inked, bare = drawn("#ffffff", "#000000"), drawn("#ffffff", None)
    assert near_letters(inked, bare, Rgba(255, 255, 255)) is None
    assert near_letters(inked, bare, BLACK) is not None


def test_where_nothing_changes_there_are_no_letters() -> None:
    assert near_letters(drawn("#ffffff", None), drawn("#ffffff", None)) is None


def test_a_few_odd_pixels_are_no_mark() -> None:
    image = Image.new("RGB", (100, 100), "white")
    image.putpixel((5, 5), (0, 0, 0))
    assert strongest(image) == 1
    ImageDraw.Draw(image).rectangle((0, 0, 30, 30), fill="black")
    assert strongest(image) == pytest.approx(21)


def test_boxes_far_from_each_other_get_pictures_of_their_own() -> None:
    boxes = [Box(x=0, y=float(y), width=1000, height=20) for y in (0, 100, 5000)]
    found = clusters(boxes, (1280, 9000))
    assert [(box.y, box.height) for box in found] == [(0, 120), (5000, 20)]


def test_only_so_many_pictures_are_taken() -> None:
    boxes = [Box(x=0, y=y * 4000.0, width=1000, height=20) for y in range(50)]
    assert len(clusters(boxes, (1280, 300_000))) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Fields in red are required.",
        "Click the green button to go on.",
        "Days marked yellow are closed.",
        "Обов’язкові поля позначені червоним.",
        "Натисніть зелену кнопку.",
        "Зайняті місця показано сірим кольором.",
    ],
)
def test_colours_as_signs_are_heard(text: str) -> None:
    assert speaks_of_colour(text)


@pytest.mark.parametrize(
    "text",
    [
        "The White House opened in 1800.",
        "Green energy is cheap.",
        "Choose a colour: red, green or blue.",
        "Чорне море сьогодні тепле.",
        "Червона калина росте у парку.",
        "",
    ],
)
def test_colours_of_things_are_not(text: str) -> None:
    assert speaks_of_colour(text) == ""
