"""What the package's README shows is what the tests run, and what it names is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from vydno.frontend.declarations import FRAMEWORKS
from vydno.frontend.paste import MARK, with_lines
from vydno.static import manifest, static_dir

from .packages import HERE

README = (static_dir() / "README.md").read_text(encoding="utf-8")
SHOWN = (
    "vydno-early.js",
    "react/App.jsx",
    "vue/vite.config.js",
    "vue/App.vue",
    "svelte/App.svelte",
)


@pytest.mark.parametrize("path", SHOWN)
def test_a_recipe_stands_there_word_for_word(path: str) -> None:
    recipe = (HERE / "recipes" / path).read_text(encoding="utf-8")
    recipe = recipe.replace('"../vydno-early.js"', '"./vydno-early.js"')  # all recipes share it
    assert f"```{Path(path).suffix[1:]}\n{recipe}```\n" in README


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(?:vydno/)?([\w-]+\.(?:js|css|json))`", README))
    others = {"package.json", "settings.json", "vite.config.js"}
    assert len(named) > 8
    assert [name for name in named - others if not (static_dir() / name).is_file()] == []


def test_it_leads_to_no_address() -> None:
    assert re.findall(r"https?:|\]\(", README) == []


def test_the_setting_of_the_editor_is_json() -> None:
    (block,) = re.findall(r"^```json\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    (path,) = json.loads(block)["html.customData"]
    assert (static_dir() / Path(path).name).is_file()


def test_only_the_block_below_the_mark_is_written_anew() -> None:
    block = "```html\nold\n```\n"
    written = with_lines(f"{block}{MARK}{block}", manifest())
    assert written.startswith(f"{block}{MARK}```html\n<script src=")
    assert written.count("old") == 1


def test_the_types_that_are_named_are_those_of_the_frameworks() -> None:
    (block,) = re.findall(r"^```ts\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"vydno/(\w+)", block))
    assert named == set(FRAMEWORKS)
    assert [name for name in named if not (static_dir() / f"{name}.d.ts").is_file()] == []
