"""What pages on this disk refer to."""

from __future__ import annotations

from pathlib import Path

import pytest
from vydno.audit.referred import referred


def written(place: Path, text: str = "") -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return place.resolve()


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<link rel="stylesheet" href="../css/a.css?v=1#x">', "css/a.css"),
        ('<link rel="shortcut icon" href="../a.ico">', "a.ico"),
        ('<script src="../a.js"></script>', "a.js"),
        ('<script type="module">import "../a.mjs"</script>', "a.mjs"),
        ('<img src="../day%201.png" alt="">', "day 1.png"),
        ('<img srcset="x.png 1x, ../b.png 2x" alt="">', "b.png"),
        ('<video poster="../a.jpg"></video>', "a.jpg"),
        ('<svg><use href="../a.svg#b"/></svg>', "a.svg"),
        ("<style>@import '../a.css';</style>", "a.css"),
        ('<p style="background: url(../a.png)">', "a.png"),
        ('<base href="../"><img src="a.png" alt="">', "a.png"),
    ],
)
def test_what_a_page_loads_is_found(tmp_path: Path, html: str, name: str) -> None:
    file = written(tmp_path / name)
    page = written(tmp_path / "pages" / "page.html", html)
    assert referred([page]).files == {file}


def test_what_its_style_sheets_and_scripts_name_is_found_too(tmp_path: Path) -> None:
    page = written(
        tmp_path / "pages" / "page.html",
        '<link rel="stylesheet" href="../css/a.css"><script type="module" src="../js/a.js">',
    )
    files = {
        written(tmp_path / "css" / "a.css", '@import "b.css"; /* url(no.png) */'),
        written(tmp_path / "css" / "b.css", "@font-face { src: url('../fonts/a.woff2') }"),
        written(tmp_path / "fonts" / "a.woff2"),
        written(tmp_path / "js" / "a.js", 'export { one } from "./b.js"; import("../c.js")'),
        written(tmp_path / "js" / "b.js", 'import "./a.js"'),
        written(tmp_path / "c.js"),
    }
    written(tmp_path / "css" / "no.png")
    assert referred([page]).files == files


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../a.css">a link</a>',
        '<link rel="next" href="../a.css">',
        '<object data="../a.json"></object><iframe src="../a.txt"></iframe>',
        '<img src="../secret" alt="">',
        '<img src="../folder.png" alt="">',
        '<img src="https://city.example/a.css" alt=""><img src="//city.example/a.css" alt="">',
        '<base href="https://city.example/pages/"><script src="../a.css"></script>',
        '<script src="{root}/a.css"></script><script src="file://{root}/a.css"></script>',
        '<base href="http://["><img src="http://[" alt=""><img src="%00.png" alt="">',
        '<img src="" alt=""><img srcset="," alt=""><img src alt="">',
    ],
)
def test_nothing_else_is(tmp_path: Path, html: str) -> None:
    for name in ("a.css", "a.json", "a.txt", "secret"):
        written(tmp_path / name)
    (tmp_path / "folder.png").mkdir()
    page = written(tmp_path / "pages" / "page.html", html.replace("{root}", tmp_path.as_posix()))
    assert not referred([page]).files


def test_style_sheets_that_are_not_there_are_told(tmp_path: Path) -> None:
    page = written(
        tmp_path / "page.html",
        '<link rel="stylesheet" href="gone.css"><link rel="stylesheet" href="/root.css">'
        '<link rel="icon" href="gone.ico">',
    )
    assert referred([page]).missing == ((tmp_path / "gone.css").resolve(),)
