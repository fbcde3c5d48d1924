"""``vydno lint``: what it prints, writes, and ends with."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from vydno.cli import main

Output = pytest.CaptureFixture[str]

BROKEN = "p { font-size: 14px; line-height: 20px }\n"
MENDED = "p { font-size: 0.875rem; line-height: 20px }\n"


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "site.css"
    path.write_text(BROKEN)
    return path


def lint(*arguments: str) -> int:
    return main(["lint", *arguments])


def test_a_clean_sheet_ends_with_0(sheet: Path, capsys: Output) -> None:
    sheet.write_text("p { font-size: 1rem }")
    assert lint("site.css") == 0
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == "Nothing in 1 source keeps text from growing.\n"


@pytest.mark.usefixtures("sheet")
def test_findings_end_with_1_and_stand_on_stdout(capsys: Output) -> None:
    assert lint("site.css") == 1
    output = capsys.readouterr()
    assert [line.split()[1] for line in output.out.splitlines()] == [
        "text-fixed-size",
        "line-height-fixed",
    ]
    assert output.err == "2 places in 1 source. 1 can be mended by --fix.\n"


def test_when_nothing_can_be_read_it_ends_with_2(capsys: Output) -> None:
    assert lint("nothing.css", "nowhere/") == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.splitlines()[-1] == "Nothing could be read."


@pytest.mark.usefixtures("sheet")
def test_what_cannot_be_read_is_told_beside_what_can(capsys: Output) -> None:
    assert lint("nothing.css", "site.css") == 1
    assert "nothing.css: No such file or directory." in capsys.readouterr().err


@pytest.mark.usefixtures("sheet")
def test_rules_are_selected_and_ignored(capsys: Output) -> None:
    assert lint("site.css", "--select", "line-height-fixed") == 1
    assert "text-fixed-size" not in capsys.readouterr().out
    assert lint("site.css", "--ignore", "line-height-fixed,text-fixed-size") == 0


def test_fix_writes_and_tells_what_is_left(sheet: Path, capsys: Output) -> None:
    assert lint("site.css", "--fix") == 1
    assert sheet.read_text() == MENDED
    output = capsys.readouterr()
    assert "site.css:1:39: line-height-fixed" in output.out
    assert "Mended 1 value in 1 source." in output.err


def test_fix_ends_with_0_when_nothing_is_left(sheet: Path) -> None:
    assert lint("site.css", "--fix", "--line-heights") == 0
    assert sheet.read_text() == "p { font-size: 0.875rem; line-height: 1.25rem }\n"


def test_diff_shows_and_writes_nothing(sheet: Path, capsys: Output) -> None:
    assert lint("site.css", "--diff") == 1
    assert sheet.read_text() == BROKEN
    assert capsys.readouterr().out == (
        f"--- site.css\n+++ site.css\n@@ -1 +1 @@\n-{BROKEN}+{MENDED}"
    )


@pytest.mark.parametrize("style", ["p { font-size: 1rem }", "p { line-height: 20px }"])
def test_diff_ends_with_0_when_there_is_nothing_to_mend(sheet: Path, style: str) -> None:
    sheet.write_text(style)
    assert lint("site.css", "--diff") == 0


def test_standard_input_is_mended_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
    assert lint("--fix", "-") == 1
    output = capsys.readouterr()
    assert output.out == MENDED
    assert "<stdin>:1:39: line-height-fixed" in output.err


@pytest.mark.usefixtures("sheet")
def test_the_root_can_be_told(capsys: Output) -> None:
    lint("site.css", "--root-font-size", "10", "--format", "json")
    assert json.loads(capsys.readouterr().out)["findings"][0]["instead"] == "1.4rem"


def test_the_rules_are_told(capsys: Output) -> None:
    assert lint("--rules") == 0
    assert "| `text-fixed-size` |" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name a file, a folder, an address, or - for standard input."),
        (["a.css", "--fix", "--diff"], "--fix writes and --diff does not; give one of them."),
        (["a.css", "--line-heights"], "--line-heights is for --fix and --diff."),
        (["https://town.example", "--fix"], "--fix writes files; for an address there is --diff."),
        (["-", "a.css", "--fix"], "With --fix, standard input is read alone."),
        (["a.css", "--select", "text-tiny"], "There is no rule 'text-tiny'; there are text-fixed"),
        (["a.css", "--root-font-size", "0"], "'0' is no number of px from 1 to 100."),
        (["a.css", "--root-font-size", "1/0"], "'1/0' is no number of px from 1 to 100."),
    ],
)
def test_a_wrong_use_ends_with_2_and_one_sentence(
    arguments: list[str], said: str, capsys: Output
) -> None:
    assert lint(*arguments) == 2
    assert said in " ".join(capsys.readouterr().err.split())
