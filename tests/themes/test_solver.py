"""From any seed either a proven theme or a refusal that helps."""

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vydno import VydnoError
from vydno.themes.colour_vision import distance
from vydno.themes.pairs import ROLES, VARIANTS, all_pairs, failures
from vydno.themes.seeds import Seed, load
from vydno.themes.solver import Theme, UnsatisfiableSeedError, build, build_all, tone

hues = st.floats(0, 360)
chromas = st.floats(0, 0.3)
colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def build_or_nearest(key: str, seed: Callable[[str], Seed], colour: str) -> tuple[Theme, str]:
    """The theme with this accent, or the one that the refusal offers; and the accent it has."""
    try:
        return build(seed(colour)), colour
    except UnsatisfiableSeedError as error:
        refusal = error
    assert not refusal.pair.passes
    assert f"nearest {key} that works is '{refusal.nearest}'" in str(refusal)
    return build(seed(refusal.nearest)), refusal.nearest


def assert_proven(theme: Theme) -> None:
    pairs = all_pairs({theme.name: theme.variants})
    assert len(pairs) == 216
    assert not failures(pairs)


@settings(max_examples=60)
@given(hues, chromas)
def test_every_hue_and_chroma_gives_a_proven_theme(hue: float, chroma: float) -> None:
    assert_proven(build(Seed("any", hue, chroma)))


@settings(max_examples=40)
@given(colours)
def test_a_brand_colour_is_kept_exactly_or_refused_with_one_that_works(brand: str) -> None:
    theme, kept = build_or_nearest("brand", lambda colour: Seed("brand", brand=colour), brand)
    assert_proven(theme)
    assert theme.variants["light"]["accent"] == kept


@settings(max_examples=40)
@given(hues, chromas, st.sampled_from(VARIANTS), colours)
def test_an_exact_accent_is_kept_or_refused_with_one_that_works(
    hue: float, chroma: float, variant: str, colour: str
) -> None:
    theme, kept = build_or_nearest(
        f"accent.{variant}",
        lambda exact: Seed("exact", hue, chroma, accent={variant: exact}),
        colour,
    )
    assert_proven(theme)
    assert theme.variants[variant]["accent"] == kept


def test_a_refusal_names_the_pair_the_ratio_and_the_nearest_that_works() -> None:
    with pytest.raises(VydnoError) as caught:
        build(Seed("sun", brand="#ffcc00"))
    assert re.fullmatch(
        r"accent #ffcc00 on surface-tint #[0-9a-f]{6} in sun, light: 1\.3\d+, needs 3\. "
        r"The nearest brand that works is '#[0-9a-f]{6}'\.",
        str(caught.value),
    )


def test_a_refusal_names_the_variant_of_an_exact_accent() -> None:
    seed = Seed("red", 18, 0.2, accent={"dark-more": "#660000"})
    with pytest.raises(UnsatisfiableSeedError, match=r"nearest accent\.dark-more that works"):
        build(seed)


def test_a_brand_colour_in_capitals_is_the_same_brand_colour() -> None:
    assert build(Seed("a", brand="#0A75D0")).variants == build(Seed("a", brand="#0a75d0")).variants


def test_the_same_seeds_give_the_same_colours() -> None:
    first = build_all(load())
    assert first == build_all(load())
    assert list(first) == ["blue", "green", "orange", "red"]


@pytest.mark.parametrize("theme", build_all(load()).values(), ids=lambda theme: theme.name)
class TestOurThemes:
    def test_every_role_has_an_opaque_colour_in_every_variant(self, theme: Theme) -> None:
        assert tuple(theme.variants) == VARIANTS
        for palette in theme.variants.values():
            assert set(palette) == set(ROLES)
            assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in palette.values())

    def test_more_contrast_stands_on_pure_white_and_black(self, theme: Theme) -> None:
        assert theme.variants["light-more"]["surface"] == "#ffffff"
        assert theme.variants["dark-more"]["surface"] == "#000000"

    def test_a_hover_can_be_seen(self, theme: Theme) -> None:
        for palette in theme.variants.values():
            assert distance(palette["accent"], palette["accent-hover"]) > 2

    def test_the_surfaces_and_states_can_be_told_apart(self, theme: Theme) -> None:
        for palette in theme.variants.values():
            for one, other in combinations(("danger", "success", "warning", "info"), 2):
                assert distance(palette[one], palette[other]) > 15
            assert distance(palette["surface"], palette["surface-tint"]) > 3

    def test_links_and_accents_have_a_hue_of_the_theme(self, theme: Theme) -> None:
        named = {"blue": (245, 265), "green": (140, 168), "orange": (40, 68), "red": (10, 29)}
        low, high = named[theme.name]
        for variant, palette in theme.variants.items():
            for role in ("accent", "link"):
                assert low <= tone(palette[role]).hue <= high, f"{role} in {variant}"
                assert tone(palette[role]).chroma >= 0.08, f"{role} in {variant}"
