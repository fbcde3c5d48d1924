"""Four themes stay four for eyes that see colours differently."""

import pytest
from vydno.themes.certificate import palettes
from vydno.themes.colour_vision import VISIONS, Distance, distance, distances, seen


@pytest.mark.parametrize(
    "found", distances(palettes()), ids=lambda found: f"{found.variant}-{found.vision}"
)
def test_accents_stay_apart(found: Distance) -> None:
    least = 11 if found.variant.endswith("-more") else 15
    assert found.distance >= least, str(found)
    assert found.passes


def test_every_variant_is_judged_for_every_vision() -> None:
    found = distances(palettes())
    assert {distance.vision for distance in found} == set(VISIONS)
    assert len(found) == 4 * len(VISIONS)


def test_accents_of_equal_luminance_collapse_and_are_named() -> None:
    # As light as each other: red and green are then nearly one colour without the M cones.
    themes = palettes()
    alike = {"red": "#c2403a", "green": "#5d7b26"}
    weak = {
        name: {variant: {"accent": colour} for variant in themes["red"]}
        for name, colour in alike.items()
    }
    failed = [found for found in distances(weak) if not found.passes]
    assert "the accents of red and green in light are" in str(failed[0])
    assert "for deutan vision, need 15" in "".join(map(str, failed))


def test_the_distance_is_ciede2000() -> None:
    # Black and white are 100 apart by definition.
    assert distance("#000000", "#ffffff") == pytest.approx(100, abs=1e-3)
    assert distance("#336699", "#336699") == 0


def test_grey_is_grey_for_everyone() -> None:
    for vision in VISIONS:
        assert seen("#808080", vision) == pytest.approx(seen("#808080", "normal"), abs=0.1)
