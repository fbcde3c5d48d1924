"""The declarations, as tsc, vue-tsc and svelte-check read them: what is right passes, and every
line that is wrong is found."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from .packages import HERE, run

# npm may have to fetch everything first.
pytestmark = pytest.mark.timeout(900)

TYPES = HERE / "types"
# Two formats: Example.vue(12,17): error …, and 1795646330990 ERROR "Example.svelte" 11:15 …
COMPLAINT = re.compile(
    r'^(?:(?P<file>[\w.]+)\((?P<line>\d+),\d+\): error|\d+ ERROR "(?P<file2>.+?)" (?P<line2>\d+):)',
    re.MULTILINE,
)
WRONG = re.compile(r'// wrong|"violet"|onpreference-change=|@preference-change=|<text-scal ')


@pytest.fixture(scope="module")
def project(place: Path) -> Path:
    shutil.copytree(TYPES, place, dirs_exist_ok=True)
    return place


def complaints(
    project: Path, command: list[str], files: list[str], **options: str
) -> Mapping[str, list[int]]:
    """The lines that a tool finds wrong, by file, of these and of whatever they import."""
    settings = json.loads((TYPES / "tsconfig.json").read_text(encoding="utf-8"))
    settings["files"] = files
    settings["compilerOptions"] |= options
    (project / "checked.json").write_text(json.dumps(settings), encoding="utf-8")
    said = run([*command, "checked.json"], project, check=False)
    found: dict[str, set[int]] = {}
    for match in COMPLAINT.finditer(said):
        name, line = match["file"] or match["file2"], match["line"] or match["line2"]
        found.setdefault(name, set()).add(int(line))
    assert found or not said or " 0 ERRORS " in said, said  # nothing is said in a third format
    return {name: sorted(lines) for name, lines in found.items()}


def wrong(*names: str) -> Mapping[str, list[int]]:
    """The lines of the examples that must be found."""
    texts = {name: (TYPES / name).read_text(encoding="utf-8").splitlines() for name in names}
    return {
        name: [number for number, line in enumerate(lines, 1) if WRONG.search(line)]
        for name, lines in texts.items()
    }


def test_typescript_finds_every_wrong_line_and_no_other(project: Path) -> None:
    files = ["right.ts", "wrong.ts", "react.tsx", "preact.tsx"]
    expected = wrong("wrong.ts", "react.tsx", "preact.tsx")
    assert [len(lines) for lines in expected.values()] == [11, 3, 3]
    assert complaints(project, ["tsc", "-p"], files) == expected


def test_the_declarations_are_found_as_node_resolves_modules(project: Path) -> None:
    node = {"module": "nodenext", "moduleResolution": "nodenext"}
    assert complaints(project, ["tsc", "-p"], ["right.ts"], **node) == {}


def test_the_elements_are_known_in_templates_of_vue(project: Path) -> None:
    expected = wrong("Example.vue")
    assert len(expected["Example.vue"]) == 3
    assert complaints(project, ["vue-tsc", "-p"], ["Example.vue"]) == expected


def test_the_elements_are_known_in_markup_of_svelte(project: Path) -> None:
    expected = wrong("Example.svelte")
    assert len(expected["Example.svelte"]) == 2
    command = ["svelte-check", "--output", "machine", "--tsconfig"]
    assert complaints(project, command, ["Example.svelte"]) == expected
