"""The style sheet's text."""

import re

import brotli
import minify
import pytest
from vydno.themes.css import stylesheet
from vydno.themes.pairs import ROLES
from vydno.themes.seeds import Seed
from vydno.themes.solver import build

CSS = stylesheet()


def test_the_four_themes_fit_the_budget() -> None:
    served = minify.string("text/css", CSS).encode()
    assert len(brotli.compress(served, quality=11)) <= 1500


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_a_custom_property(role: str) -> None:
    assert f"--vydno-{role}:" in CSS


def test_colours_are_opaque_hex_and_nothing_that_must_be_worked_out() -> None:
    assert not re.search(r"oklch|color-mix|rgba?\(|#[0-9a-f]{8}|#[0-9a-f]{4}\b", CSS)
    assert "@property" not in CSS


def test_nothing_insists() -> None:
    assert "!important" not in CSS
    assert CSS.startswith("@layer vydno.themes {")
    assert CSS.count("@layer") == 1


def test_a_fifth_theme_stands_alone() -> None:
    violet = build(Seed("violet", 300, 0.15))
    css = stylesheet({"violet": violet})
    assert "[data-theme=violet]" in css
    assert "data-theme=blue" not in css
    # Alone, all that it has is what all themes have.
    assert violet.variants["light"]["accent"] in css


def test_the_same_bytes_at_every_call() -> None:
    assert stylesheet() == CSS
