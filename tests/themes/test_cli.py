"""``vydno themes check``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from vydno.themes.certificate import palettes, summary
from vydno.themes.cli import WeakThemesError, report, themes
from vydno.themes.seeds import OURS


def test_our_themes_pass_and_the_numbers_are_printed() -> None:
    result = CliRunner().invoke(themes, ["check"])
    assert result.exit_code == 0
    assert "864 pairs, 0 failures" in result.stdout
    assert all(word in result.stdout for word in ("protan", "dark-more", "surface-tint"))


def test_the_summary_is_there_as_json() -> None:
    result = CliRunner().invoke(themes, ["check", "--json"])
    assert json.loads(result.stdout) == json.loads(json.dumps(summary()))


def test_accents_that_are_too_near_end_with_1_and_are_named(tmp_path: Path) -> None:
    near = tmp_path / "near.toml"
    near.write_text("[moss]\nhue = 140\nchroma = 0.1\n[leaf]\nhue = 150\nchroma = 0.1\n")
    result = CliRunner().invoke(themes, ["check", str(near)])
    assert result.exit_code == 1
    assert "the accents of moss and leaf in light" in result.stderr


def test_a_pair_that_fails_is_named() -> None:
    weak = {name: dict(variants) for name, variants in palettes().items()}
    weak["red"]["dark"] = {**weak["red"]["dark"], "text-muted": "#555555"}
    with pytest.raises(WeakThemesError, match=r"text-muted #555555 on surface #[0-9a-f]{6} in red"):
        report(summary(weak), as_json=True)
    assert WeakThemesError.exit_code == 1


def test_a_theme_alone_is_near_to_none(tmp_path: Path) -> None:
    alone = tmp_path / "alone.toml"
    alone.write_text("[violet]\nhue = 300\nchroma = 0.15\n")
    assert CliRunner().invoke(themes, ["check", str(alone)]).exit_code == 0


def test_our_seed_file_is_the_default() -> None:
    ours = CliRunner().invoke(themes, ["check", str(OURS)])
    assert ours.stdout == CliRunner().invoke(themes, ["check"]).stdout
