"""vydno.web.folder: what is read, and what is left where it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from vydno import VydnoError
from vydno.web.folder import read_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "inside"
    (inside / "icons").mkdir(parents=True)
    (inside / "page.css").write_bytes(b"a{}")
    (inside / "icons" / "crest.svg").write_bytes(b"<svg/>")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return inside


def test_files_are_read_with_their_path_in_the_folder(folder: Path) -> None:
    assert read_folder(folder) == {"page.css": b"a{}", "icons/crest.svg": b"<svg/>"}


def test_a_link_to_a_file_outside_is_not_followed(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    assert "link.txt" not in read_folder(folder)


def test_a_link_to_a_folder_outside_is_not_followed(folder: Path) -> None:
    (folder / "up").symlink_to(folder.parent)
    assert not [name for name in read_folder(folder) if name.startswith("up")]


def test_a_link_to_a_file_inside_is_followed(folder: Path) -> None:
    (folder / "site.css").symlink_to("page.css")
    assert read_folder(folder)["site.css"] == b"a{}"


def test_the_folder_itself_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to(folder)
    assert read_folder(tmp_path / "current") == read_folder(folder)


def test_links_that_lead_nowhere_or_in_circles_are_left_out(folder: Path) -> None:
    (folder / "nowhere").symlink_to("missing")
    (folder / "circle").symlink_to("circle")
    assert len(read_folder(folder)) == 2


def test_hidden_files_and_folders_are_left_out(folder: Path) -> None:
    (folder / ".env").write_bytes(b"KEY=1")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_bytes(b"[core]")
    assert len(read_folder(folder)) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_stop_the_reading(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert "pipe" not in read_folder(folder)


def test_a_missing_directory_is_an_error_that_names_it() -> None:
    with pytest.raises(VydnoError, match="no directory 'no/such'"):
        read_folder("no/such")


def test_a_file_in_place_of_a_directory_is_an_error(folder: Path) -> None:
    with pytest.raises(VydnoError, match="no directory"):
        read_folder(folder / "page.css")


def test_an_empty_directory_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VydnoError, match="holds no files"):
        read_folder(tmp_path)


def test_a_file_that_cannot_be_read_is_an_error_that_names_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(VydnoError, match=r"crest.svg' cannot be read|page.css' cannot be read"):
        read_folder(folder)
