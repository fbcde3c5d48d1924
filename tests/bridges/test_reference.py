"""What the README of the bridges says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from vydno import assets
from vydno.static import manifest, static_dir
from vydno.themes.pairs import ROLES

FOLDER = Path(assets.__file__).with_name("bridges")
README = (FOLDER / "README.md").read_text(encoding="utf-8")

each_bridge = pytest.mark.parametrize("bridge", assets.BRIDGES)


@each_bridge
def test_its_size_is_that_of_the_built_file(bridge: str) -> None:
    size = int(manifest()[f"{bridge}.css"]["brotli"])
    assert re.search(rf"\| `{bridge}\.css` \| [^|]+ \| {size:,} \|", README)


@each_bridge
def test_it_names_no_role_that_is_not_there(bridge: str) -> None:
    source = (FOLDER / f"{bridge}.css").read_text(encoding="utf-8")
    named = set(re.findall(r"var\(--vydno-([\w-]+)", source))
    assert named
    assert named <= set(ROLES)


@each_bridge
def test_it_has_no_colour_of_its_own(bridge: str) -> None:
    built = (static_dir() / f"{bridge}.css").read_text(encoding="utf-8")
    # Nothing but what one sees through in a gradient.
    assert set(re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsl", built)) <= {"#0000"}


def test_the_roles_of_tailwind_are_all_roles() -> None:
    source = (FOLDER / "tailwind.css").read_text(encoding="utf-8")
    assert sorted(re.findall(r"--color-([\w-]+): var\(--vydno-\1\);", source)) == sorted(ROLES)


def test_the_measurement_found_nothing_too_weak_with_a_bridge() -> None:
    rows = re.findall(r"^\| \S+@[\d.]+ \|(.*)\|$", README, re.MULTILINE)
    assert len(rows) == len(assets.BRIDGES)
    for row in rows:
        cells = [int(cell.replace(",", "")) for cell in row.split("|")]
        assert (cells[3], cells[5]) == (0, 0)


def test_the_pictures_are_there() -> None:
    for readme in (FOLDER / "README.md", FOLDER.parent / "hosts" / "README.md"):
        for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme.read_text(encoding="utf-8")):
            assert (readme.parent / picture).is_file()


def test_the_sheets_that_its_css_imports_are_there() -> None:
    shown = re.findall(r"^```css\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    named = re.findall(r'"\./vydno/([\w.-]+)"', "".join(shown))
    assert named
    assert [name for name in named if not (static_dir() / name).is_file()] == []
