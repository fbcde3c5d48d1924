"""Seed files: what they take, and what they say of anything else."""

from pathlib import Path

import pytest
from vydno import VydnoError
from vydno.preferences import PREFERENCES
from vydno.themes.seeds import Seed, load, loads


def test_our_seeds_are_the_themes_that_can_be_preferred() -> None:
    assert tuple(load()) == PREFERENCES["theme"].values


def test_a_seed_file_gives_seeds_in_its_order() -> None:
    seeds = loads("[sea]\nhue = 220\nchroma = 0.1\n[mine]\nbrand = '#005cb1'\n")
    assert seeds == {"sea": Seed("sea", 220, 0.1), "mine": Seed("mine", brand="#005cb1")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[sea", "no TOML"),
        ("sea = 3", r"sea is 3; give a table \[sea\]"),
        ("[sea]\nhue = 1", "needs a hue and a chroma, or a brand colour"),
        ("[sea]\nhue = 361\nchroma = 0.1", "hue of the theme sea is 361; .* 0 to 360"),
        ("[sea]\nhue = nan\nchroma = 0.1", "hue of the theme sea is nan"),
        ("[sea]\nhue = 'blue'\nchroma = 0.1", "hue of the theme sea is 'blue'"),
        ("[sea]\nhue = true\nchroma = 0.1", "hue of the theme sea is True"),
        ("[sea]\nhue = 1\nchroma = 14", "chroma of the theme sea is 14; .* 0 to 0.4"),
        ("[sea]\nhue = 1\nchroma = -0.1", "chroma of the theme sea is -0.1"),
        ("[sea]\nbrand = 'blue'", "brand of the theme sea is 'blue'; .* '#005cb1'"),
        ("[sea]\nbrand = '#005cb180'", "brand of the theme sea is '#005cb180'; give an opaque"),
        ("[sea]\nbrand = 5", "brand of the theme sea is 5"),
        ("[sea]\nbrand = 'color(display-p3 1 0 0)'", "opaque sRGB"),
        ("[sea]\nbrand = '#005cb1'\naccent = 4", "accent of the theme sea is 4"),
        (
            "[sea]\nbrand = '#005cb1'\naccent = { dim = '#fff' }",
            "are light, dark, light-more",
        ),
        (
            "[sea]\nbrand = '#005cb1'\naccent = { dark = 'no' }",
            "accent.dark of .* sea is 'no'",
        ),
        ("[sea]\nhues = 4", "has 'hues'; a seed takes hue, chroma, brand, accent"),
        ("['<b>']\nhue = 1\nchroma = 0", "no name for a theme"),
        ("['a]{}']\nhue = 1\nchroma = 0", "no name for a theme"),
    ],
)
def test_a_wrong_seed_is_answered_with_what_is_valid(text: str, message: str) -> None:
    with pytest.raises(VydnoError, match=message):
        loads(text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(VydnoError, match=r"none\.toml could not be read"):
        load(tmp_path / "none.toml")
