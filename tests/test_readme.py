"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from vydno import PREFERENCES
from vydno.static import manifest, static_dir
from vydno.templating import Macros
from vydno.themes.pairs import ROLES

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{re.escape(language)}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def rows(first: str) -> list[list[str]]:
    """The body of the table whose first heading is ``first``."""
    table = re.search(rf"^\| {first} \|.*\n\|[-|]+\n((?:\|.*\n)+)", README, re.MULTILINE)
    assert table, first
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table[1].splitlines()]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.anyio
async def test_the_starlette_example_serves_a_page_and_keeps_a_choice() -> None:
    names: dict[str, Any] = {}
    exec(blocks("python")[0], names)
    transport = httpx.ASGITransport(app=names["app"])
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        page = await client.get("/")
        assert "Збільшити текст" in page.text
        assert page.headers["vary"] == "Cookie"
        answer = await client.post("/vydno/preferences", data={"theme": "red"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert 'data-theme="red"' in (await client.get("/")).text


def test_the_files_to_paste_are_there() -> None:
    named = re.findall(r'(?:src|href)="vydno/([^"]+)"', blocks("html")[0])
    assert {"vydno.js", "vydno.css", "themes.css", "vydno-early.js"} == set(named)
    assert all((static_dir() / name).is_file() for name in named)


def test_the_preferences_are_those_of_the_list() -> None:
    said = {codes(row[0])[0]: (codes(row[1]), codes(row[2])) for row in rows("preference")}
    assert said == {
        name: ([preference.attribute], list(preference.values))
        for name, preference in PREFERENCES.items()
    }


def test_every_macro_of_a_control_is_in_the_table() -> None:
    known = set(vars(Macros())["_macros"]) - {"head", "html_attributes"}
    assert {codes(row[2])[0] for row in rows("element") if len(row) == 3 and codes(row[2])} >= known


def test_the_functions_are_those_that_the_module_exports() -> None:
    script = (static_dir() / "vydno.js").read_text(encoding="utf-8")
    exported = re.match(r"export const\[([\w,]+)\]", script)
    assert exported
    said = [codes(row[0])[0].partition("(")[0] for row in rows("function")]
    assert sorted(said) == sorted(exported[1].split(","))


def test_the_custom_properties_are_the_roles_of_the_themes() -> None:
    said = [name for row in rows("roles") for name in codes(row[1])]
    assert sorted(said) == sorted(f"--vydno-{role}" for role in ROLES)


def test_the_sizes_are_those_of_the_built_files() -> None:
    for file, size, limit in rows("file"):
        brotli = int(manifest()[codes(file)[0]]["brotli"])
        assert f"{brotli:,}" == size
        assert brotli <= int(limit.replace(",", ""))


def test_the_pictures_are_there() -> None:
    root = Path(__file__).parents[1]
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    assert all((root / picture).is_file() for picture in pictures)
