"""The certificate as it is published."""

import json

from vydno.themes.certificate import certificate, palettes, summary
from vydno.themes.pairs import DECORATIVE, ROLES, RULES


def test_the_certificate_is_json_and_lists_every_pair() -> None:
    data = json.loads(json.dumps(certificate()))
    assert len(data["pairs"]) == data["summary"]["pairs"] == 864
    assert all(pair["ratio"] >= pair["target"] for pair in data["pairs"])
    assert data["summary"]["failures"] == data["summary"]["too-near"] == []


def test_the_ratios_can_be_worked_out_again_from_its_own_colours() -> None:
    data = certificate()
    for pair in data["pairs"]:
        palette = data["colours"][pair["theme"]][pair["variant"]]
        assert {pair["foreground"], pair["surface"]} <= set(palette)


def test_every_role_is_proven_or_said_to_be_exempt() -> None:
    proven = {role for rule in RULES for role in (*rule.foregrounds, *rule.surfaces)}
    assert set(ROLES) == proven | set(DECORATIVE)
    assert set(certificate()["exempt"]) == set(DECORATIVE)


def test_the_summary_names_the_closest_pair_of_every_target() -> None:
    closest = summary()["closest"]
    assert list(closest) == ["3", "4.5", "5", "7", "12", "15"]
    assert all(entry["margin"] >= 0 for entry in closest.values())
    assert " on " in closest["4.5"]["pair"]


def test_the_summary_of_a_weak_palette_names_what_fails() -> None:
    themes = {name: dict(variants) for name, variants in palettes().items()}
    themes["red"]["dark"] = {**themes["red"]["dark"], "link": "#803030"}
    failures = summary(themes)["failures"]
    assert len(failures) == 4
    assert all(failure.startswith("link #803030 on surface") for failure in failures)
    assert all("in red, dark" in failure for failure in failures)
