"""The command ``vydno``: what it prints, where, and with which exit status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import vydno
from vydno.cli import main

Output = pytest.CaptureFixture[str]


def test_it_says_its_version(capsys: Output) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"vydno, version {vydno.__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["themes", "--help"]])
def test_help_goes_to_stdout_and_is_no_failure(arguments: list[str], capsys: Output) -> None:
    assert main(arguments) == 0
    output = capsys.readouterr()
    assert output.out.startswith("Usage: vydno ")
    assert output.err == ""


def test_a_clean_check_ends_with_0(capsys: Output) -> None:
    assert main(["build", "--check"]) == 0
    assert capsys.readouterr().out == "static/ is up to date.\n"


def test_findings_end_with_1(tmp_path: Path, capsys: Output) -> None:
    assert main(["build", "--check", "--output", str(tmp_path)]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("Error: Stale: ")


def test_a_build_prints_the_names_of_what_it_wrote(tmp_path: Path, capsys: Output) -> None:
    assert main(["build", "--output", str(tmp_path)]) == 0
    written = (path for path in tmp_path.rglob("*") if path.is_file())
    names = sorted(path.relative_to(tmp_path).as_posix() for path in written)
    assert capsys.readouterr().out.split() == names
    assert main(["build", "--output", str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["biuld"], "biuld"),
        (["--chek"], "--chek"),
        (["build", "--chek"], "--chek"),
        (["build", "everything"], "everything"),
        (["build", "--output"], "--output"),
        (["themes", "chek"], "chek"),
        (["themes", "check", "missing.toml"], "missing.toml"),
    ],
)
def test_what_cannot_be_understood_ends_with_2_and_a_sentence_that_names_it(
    arguments: list[str], wrong: str, capsys: Output
) -> None:
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    (sentence,) = (line for line in output.err.splitlines() if line.startswith("Error: "))
    assert wrong in sentence


def test_a_folder_that_cannot_be_written_ends_with_2(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "file").write_text("")
    assert main(["build", "--output", str(tmp_path / "file" / "static")]) == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith("Error: ")
    assert "Not a directory" in sentence


def test_a_mistake_in_a_seed_file_ends_with_2(tmp_path: Path, capsys: Output) -> None:
    seeds = tmp_path / "seeds.toml"
    seeds.write_text("[moss]\nhue = 'green'\n")
    assert main(["themes", "check", str(seeds)]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("Error: ")


def test_without_a_command_it_shows_help_and_ends_with_2(capsys: Output) -> None:
    assert main([]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_the_exit_status_reaches_the_shell() -> None:
    done = subprocess.run([sys.executable, "-m", "vydno.cli", "biuld"], capture_output=True)
    assert done.returncode == 2
