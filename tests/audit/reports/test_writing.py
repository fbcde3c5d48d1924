"""One function writes any report: at once or not at all, and says why not."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vydno.audit.findings import Run
from vydno.audit.reports import FORMATS, check, write
from vydno.errors import VydnoError

from .. import sample_runs

RUNS = ("clean", "mixed", "interrupted", "empty", "hostile")
each_format = pytest.mark.parametrize("format_name", FORMATS)


def test_the_five_reports_are_there() -> None:
    assert list(FORMATS) == ["html", "json", "junit", "sarif", "earl"]


@each_format
@pytest.mark.parametrize("name", RUNS)
def test_every_run_becomes_a_file_of_utf_8(tmp_path: Path, format_name: str, name: str) -> None:
    run: Run = getattr(sample_runs, name)()
    write(run, format_name, tmp_path / "report")
    assert (tmp_path / "report").read_text(encoding="utf-8")


@each_format
def test_the_same_run_becomes_the_same_file(format_name: str) -> None:
    render = FORMATS[format_name]
    assert render(sample_runs.mixed(), 2) == render(sample_runs.mixed(), 2)


@each_format
@settings(max_examples=20)
@given(text=st.text(st.characters(codec=None), max_size=40))
def test_no_text_of_a_page_breaks_a_report(format_name: str, text: str) -> None:
    rendered = FORMATS[format_name](sample_runs.hostile(text), 1)
    assert rendered.encode(errors="replace")


@pytest.mark.parametrize("format_name", ["json", "sarif"])
def test_the_exit_code_of_the_command_is_told(tmp_path: Path, format_name: str) -> None:
    write(sample_runs.clean(), format_name, tmp_path / "report", exit_code=1)
    text = (tmp_path / "report").read_text(encoding="utf-8")
    assert '"exit-code": 1' in text or '"exitCode": 1' in text


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write(sample_runs.clean(), "json", tmp_path / "a" / "b" / "report.json")
    assert json.loads((tmp_path / "a" / "b" / "report.json").read_text(encoding="utf-8"))


def test_nothing_is_left_beside_the_report(tmp_path: Path) -> None:
    write(sample_runs.clean(), "json", tmp_path / "report.json")
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_a_write_that_breaks_off_leaves_the_old_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.json"
    report.write_text("old", encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(sample_runs.clean(), "json", report)
    assert report.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_a_report_may_be_read_by_those_who_may_read_other_new_files(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.touch()
    write(sample_runs.clean(), "json", tmp_path / "report.json")
    assert (tmp_path / "report.json").stat().st_mode == other.stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "report.json")
    write(sample_runs.clean(), "json", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "report.json").is_file()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write(sample_runs.clean(), "json", pipe)
    reader.join(10)
    assert json.loads(got[0])["version"] == 1
    assert pipe.is_fifo()


@pytest.mark.parametrize("act", [check, lambda *given: write(sample_runs.clean(), *given)])
def test_a_file_as_a_folder_is_one_clear_sentence(tmp_path: Path, act: object) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "report.json"
    with pytest.raises(VydnoError, match=r"report\.json could not be written \(.+\); name a file"):
        act("json", path)  # type: ignore[operator]


def test_a_folder_as_a_report_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(VydnoError, match="is a folder; name a file for the html report"):
        check("html", tmp_path)


def test_an_unknown_format_lists_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(VydnoError, match="no report 'pdf'; there are html, json, junit, sarif"):
        write(sample_runs.clean(), "pdf", tmp_path / "report.pdf")


def test_a_check_before_the_run_leaves_nothing_and_changes_nothing(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    check("json", report)
    assert list(tmp_path.iterdir()) == []
    report.write_text("old", encoding="utf-8")
    check("json", report)
    assert report.read_text(encoding="utf-8") == "old"
