"""A folder and three lines: below a path of a static host, and without any server at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from vydno.frontend.paste import lines
from vydno.static import manifest, static_dir

from tests.engines import TIMEOUT, Visitor
from tests.servers import folder

ROOT = Path(__file__).parents[2]
README = (static_dir() / "README.md").read_text(encoding="utf-8")
ONLINE, OFFLINE = re.findall(r"^```html\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
BODY = "<main><text-scale></text-scale><h1>Місто</h1><theme-switch></theme-switch></main>"
ATTRIBUTES = "const d = document.documentElement.dataset; return `${d.textScale} ${d.theme}`"


def page(head: str) -> str:
    return (
        f'<!doctype html><html lang="uk"><head><meta charset="utf-8"><title>Місто</title>'
        f'<link rel="icon" href="data:,">{head}</head><body>{BODY}</body></html>'
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """What somebody uploads: two pages, one of them deeper, and the copied folder."""
    (tmp_path / "site" / "news").mkdir(parents=True)
    shutil.copytree(static_dir(), tmp_path / "site" / "vydno")
    write(tmp_path / "site", ONLINE)
    return tmp_path / "site"


def write(site: Path, head: str) -> None:
    head = f'<script src="vydno/lang/uk.js"></script>{head}'
    (site / "index.html").write_text(page(head), encoding="utf-8")
    deeper = re.sub(r'"vydno/', '"../vydno/', head)
    (site / "news" / "one.html").write_text(page(deeper), encoding="utf-8")


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """Of the site, below a path of its host."""
    with folder(site.parent) as host:
        yield f"{host}/site"


def test_the_lines_are_three_and_every_file_has_its_integrity() -> None:
    assert lines(manifest()) == ONLINE
    assert len(ONLINE.splitlines()) == 3
    named = re.findall(r'(?:src|href)="vydno/([\w.-]+)" integrity="([^"]+)"', ONLINE)
    assert [name for name, _ in named] == ["vydno-early.js", "themes.css", "vydno.css", "vydno.js"]
    assert all(manifest()[name]["integrity"] == integrity for name, integrity in named)


def test_the_readme_shows_the_same_lines() -> None:
    assert ONLINE in (ROOT / "README.md").read_text(encoding="utf-8")


def test_below_a_path_the_choice_holds_from_page_to_page(visitor: Visitor, address: str) -> None:
    visitor.goto(f"{address}/")
    visitor.wait("return document.querySelectorAll('form').length === 2")
    visitor.click("button[value=larger]")
    visitor.click("input[value=red]")
    assert visitor.read(ATTRIBUTES) == "110 red"
    visitor.goto(f"{address}/news/one.html")
    visitor.wait("return document.querySelectorAll('form').length === 2")
    assert visitor.read(ATTRIBUTES) == "110 red"
    assert visitor.read("return getComputedStyle(document.documentElement).fontSize") == "17.6px"


def test_a_file_that_was_changed_on_the_way_does_not_run(
    chromium: Browser, site: Path, address: str
) -> None:
    with (site / "vydno" / "vydno.js").open("a") as script:
        script.write(" ")
    with chromium.new_context() as context:
        visited = context.new_page()
        visited.goto(f"{address}/")
        assert visited.locator("text-scale").count() == 1
        assert visited.locator("form").count() == 0


# Without any server


def opened(browser: Browser, site: Path, head: str) -> Page:
    """The page of a folder, with these lines, in a new profile."""
    write(site, head)
    visited = browser.new_context().new_page()
    visited.set_default_timeout(TIMEOUT * 1000)
    visited.goto((site / "index.html").as_uri())
    return visited


# What the table in the README says of the choice on the next page.
@pytest.mark.browser
@pytest.mark.parametrize(("name", "kept"), [("chromium", "undefined"), ("firefox", "red")])
def test_a_file_works_and_keeps_the_choice_where_the_browser_has_cookies_for_files(
    name: str, kept: str, site: Path, request: pytest.FixtureRequest
) -> None:
    visited = opened(request.getfixturevalue(name), site, OFFLINE)
    visited.click("button[value=larger]")
    visited.click("label:has([value=red])")
    assert visited.evaluate(f"() => {{ {ATTRIBUTES} }}") == "110 red"
    assert visited.locator("text-scale p:not(:empty)").inner_text() == "Розмір тексту 110%"
    visited.goto((site / "news" / "one.html").as_uri())
    assert visited.locator("form").count() == 2
    assert visited.evaluate("`${document.documentElement.dataset.theme}`") == kept
    visited.context.close()


@pytest.mark.parametrize(
    "head",
    [
        ONLINE,
        re.sub(r' integrity="[^"]+"', "", ONLINE),
        OFFLINE.replace("<script defer", "<script defer crossorigin"),
    ],
    ids=["integrity", "modules", "crossorigin"],
)
def test_what_cannot_work_from_a_file_does_not(chromium: Browser, site: Path, head: str) -> None:
    visited = opened(chromium, site, head)
    assert visited.locator("text-scale").count() == 1
    assert visited.locator("form").count() == 0
    visited.context.close()


def test_the_classic_script_has_all_four_controls(chromium: Browser, site: Path) -> None:
    visited = opened(chromium, site, OFFLINE)
    names = ["text-scale", "theme-switch", "color-scheme-switch", "contrast-switch"]
    assert visited.evaluate("(names) => names.every((name) => customElements.get(name))", names)
    visited.context.close()
