"""What is named on the command line, as sources."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from vydno.lint.reading import Reader
from vydno.lint.source import Kind

from ..servers import folder

Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write files into a new working directory; those that are not given hold a rule."""
    monkeypatch.chdir(tmp_path)

    def make(*names: str, **contents: str) -> None:
        for name in (*names, *contents):
            path = tmp_path / name.replace("__", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(contents.get(name, "p { color: red }"))

    return make


def names(*targets: str, exclude: tuple[str, ...] = ()) -> list[str]:
    reader = Reader(exclude=exclude)
    reader.read(targets)
    return [document.source.name for document in reader.documents]


def failures(*targets: str) -> list[str]:
    reader = Reader()
    reader.read(targets)
    return [str(unread) for unread in reader.unread]


def test_a_folder_is_read_with_all_in_it_but_other_peoples_packages(write: Write) -> None:
    write(
        "a/b.css", "a/c/d.HTML", "a/node_modules/e.css", "a/.git/f.css", "a/g.scss", "a/h.css.map"
    )
    assert names("a") == ["a/b.css", "a/c/d.HTML"]


def test_a_folder_of_packages_is_read_when_it_is_named(write: Write) -> None:
    write("node_modules/x/a.css", "node_modules/x/node_modules/b.css")
    assert names("node_modules/x") == ["node_modules/x/a.css"]


def test_files_can_be_left_out(write: Write) -> None:
    write("a/b.css", "a/b.min.css", "a/old/c.css")
    assert names("a", exclude=("*.min.css", "a/old/*")) == ["a/b.css"]


def test_a_pattern_finds_files_in_folders(write: Write) -> None:
    write("a/b.css", "a/c/d.css", "a/node_modules/e.css", "a/f.txt")
    assert names("a/**/*") == ["a/b.css", "a/c/d.css"]


def test_what_is_named_twice_is_read_once(write: Write) -> None:
    write("a/b.css", a__html="<link rel=stylesheet href=a/b.css>")
    assert names("a/b.css", "a", "a.html", "a/../a/b.css") == ["a/b.css", "a.html"]


def test_a_page_brings_its_sheets_and_they_bring_theirs(write: Write) -> None:
    write(
        "static/b.css",
        a__html="<link rel=stylesheet href='one.css?v=1#x'><link rel=stylesheet href=/static/b.css>"
        "<link rel=stylesheet href=https://elsewhere.example/c.css>",
        one__css="@import 'two.css'; @import url(three%2Ecss);",
        two__css="@import 'one.css'; a { color: red }",
        three__css="a { color: red }",
    )
    assert names("a.html") == ["a.html", "one.css", "two.css", "three.css", "static/b.css"]


def test_standard_input_is_a_sheet_or_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for raw, kind in ((b"p { color: red }", Kind.CSS), (b"\n<!doctype html>", Kind.HTML)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        reader = Reader()
        reader.read(["-"])
        assert [document.source.kind for document in reader.documents] == [kind]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("missing.css", "missing.css: No such file or directory."),
        ("empty", "empty: There is no file in it that ends with .css, .html, .htm, .xhtml."),
        ("picture.css", "picture.css: It is not CSS: there are zero bytes in it."),
        ("readme.txt", "readme.txt: Its name ends with none of .css, .html, .htm, .xhtml."),
        ("*.less", "*.less: No file is like this."),
        ("data.css", "data.css: It is no style sheet: there is no rule up to line 1."),
        ("page.html", "gone.css: No such file or directory."),
        ("ftp://town.example/a.css", "ftp://town.example/a.css: 'ftp://town.example/a.css' is not"),
        ("http://127.0.0.1:9/a.css", "http://127.0.0.1:9/a.css: http://127.0.0.1:9/a.css could"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_goes_on(
    target: str, reason: str, write: Write
) -> None:
    write("good.css", picture__css="\x89PNG\0", readme__txt="a", data__css="[1, 2]")
    write(page__html="<link rel=stylesheet href=gone.css>")
    Path("empty").mkdir()
    [failure] = failures(target, "good.css")
    assert failure.startswith(reason)
    assert names(target, "good.css")[-1] == "good.css"


@pytest.mark.parametrize("style", ["p" + "{a" * 5000, "p{font-size:" + "(" * 5000])
def test_a_sheet_that_is_nested_too_deeply_is_told(style: str, write: Write) -> None:
    write(deep__css=style)
    assert failures("deep.css") == ["deep.css: It is nested too deeply to be read."]


# The web. -----------------------------------------------------------------------------------------


def test_an_address_is_read_with_the_sheets_of_its_page(write: Write, tmp_path: Path) -> None:
    write(
        "css/two.css",
        index__html="<link rel=stylesheet href=one.css><link rel=stylesheet href=gone.css>",
        one__css="@import 'css/two.css';",
    )
    with folder(tmp_path) as address:
        reader = Reader()
        reader.read([f"{address}/"])
        assert [document.source.name for document in reader.documents] == [
            f"{address}/",
            f"{address}/one.css",
            f"{address}/css/two.css",
        ]
        [failure] = reader.unread
    assert failure.source == f"{address}/gone.css"
    assert "the server answered 404" in failure.reason


def test_the_address_of_a_sheet_is_read_as_one(write: Write, tmp_path: Path) -> None:
    write(one__css="p { color: red }")
    with folder(tmp_path) as address:
        reader = Reader()
        reader.read([f"{address}/one.css"])
    assert [document.source.kind for document in reader.documents] == [Kind.CSS]
