"""What the README of the command says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import vydno.lint
from vydno.cli import main
from vydno.lint.command import lint
from vydno.lint.reference import explained, markdown

from .packages import PACKAGES, Package
from .sources import ids

README = Path(vydno.lint.__file__).with_name("README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("site.css").write_text(blocks("css")[0])


def test_the_table_of_rules_is_that_of_the_code() -> None:
    assert markdown() in README
    assert explained() in README


@pytest.mark.usefixtures("sheet")
def test_the_example_is_what_the_command_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "site.css"]) == 1
    assert [capsys.readouterr().out] == blocks("text")


@pytest.mark.usefixtures("sheet")
def test_the_example_of_a_difference_is_what_the_command_shows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["lint", "site.css", "--diff"]) == 1
    assert [capsys.readouterr().out] == blocks("diff")


def test_the_example_of_a_comment_silences() -> None:
    assert ids(blocks("css")[1]) == []


def test_every_option_has_a_row_and_every_row_an_option() -> None:
    told = set(re.findall(r"^\| `(--[\w-]+)", README, re.MULTILINE))
    assert told == {name for each in lint.params for name in each.opts if name.startswith("--")}


@pytest.mark.parametrize("package", PACKAGES, ids=str)
def test_every_package_has_a_row_with_what_was_found(package: Package) -> None:
    found = ", ".join(f"{many} × `{rule}`" for rule, many in package.found.items())
    assert f"| {package.npm} | {found or 'nothing'} | {package.mended or ''} |\n" in README
