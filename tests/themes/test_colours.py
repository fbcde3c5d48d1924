"""Colours as other people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vydno.themes.colours import SPACES, NoColourError, from_components, from_css
from vydno.themes.contrast import channels, contrast, over
from vydno.themes.export import colour_value

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("css", "colour"),
    [
        ("#FFF", "#ffffff"),
        ("#0070B1", "#0070b1"),
        ("#0070b180", "#0070b180"),
        ("rebeccapurple", "#663399"),
        ("rgb(0 112 177)", "#0070b1"),
        ("rgba(0, 112, 177, .5)", "#0070b180"),
        ("hsl(210 100% 50%)", "#0080ff"),
        (" oklch(0 0 none) ", "#000000"),
    ],
)
def test_a_colour_of_css_becomes_eight_bits(css: str, colour: str) -> None:
    assert from_css(css) == colour


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("", "'' is no colour"),
        ("16px", "'16px' is no colour"),
        ("#12345", "is no colour"),
        ("red; --x: 1", "is no colour"),
        ("color-mix(in srgb, red, blue)", "is no colour that can be measured"),
        ("color(display-p3 1 0 0)", "outside sRGB"),
        ("oklch(0.7 0.4 150)", "outside sRGB"),
    ],
)
def test_what_every_screen_cannot_show_is_refused(css: str, message: str) -> None:
    with pytest.raises(NoColourError, match=message):
        from_css(css)


@pytest.mark.parametrize("space", SPACES)
def test_every_space_of_the_format_has_white_or_black(space: str) -> None:
    assert from_components(space, [0, 0, 100 if space == "hwb" else 0], 1) == "#000000"


def test_percentages_are_counted_to_a_hundred() -> None:
    assert from_components("hsl", [210, 100, 50], 1) == "#0080ff"
    assert from_components("hwb", [0, 50, 50], 1) == "#808080"


@given(colours)
def test_eight_bits_come_back_from_components(colour: str) -> None:
    value = colour_value(colour)
    assert from_components(value["colorSpace"], value["components"], value["alpha"]) == colour


@given(colours, colours)
def test_what_is_opaque_hides_the_surface_and_what_is_clear_shows_it(one: str, other: str) -> None:
    assert over(one, other) == over(f"{one}ff", other) == one
    assert over(f"{one}00", other) == other


def test_a_translucent_colour_is_measured_as_it_is_seen() -> None:
    # Pico's focus ring: 0.25 of a blue on white.
    seen = over("#029ae840", "#ffffff")
    assert contrast(seen, "#ffffff") < 1.8
    assert channels(seen)[0] == round(0.25098 * 2 + 0.74902 * 255)
