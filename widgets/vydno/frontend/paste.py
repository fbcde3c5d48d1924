"""The lines of HTML that a page without a server needs, with their integrity."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .elements import SOURCES

# What documents say above the block that is kept current.
MARK = "<!-- `vydno build` keeps the integrity of these lines. -->\n"
_BLOCK = re.compile(rf"(?<={re.escape(MARK)})```html\n.*?^```\n", re.MULTILINE | re.DOTALL)

_LINES = """\
<script {vydno-early.js}></script>
<link rel="stylesheet" {themes.css}> <link rel="stylesheet" {vydno.css}>
<script type="module" {vydno.js}></script>
"""


def lines(manifest: Mapping[str, Any], base: str = "vydno/") -> str:
    """Three lines for the ``<head>`` of a page beside which the folder lies as ``base``."""

    def asset(match: re.Match[str]) -> str:
        attribute = "href" if match[1].endswith(".css") else "src"
        return f'{attribute}="{base}{match[1]}" integrity="{manifest[match[1]]["integrity"]}"'

    return re.sub(r"\{([\w.-]+)\}", asset, _LINES)


def with_lines(document: str, manifest: Mapping[str, Any]) -> str:
    """The document with the lines that hold now below every mark."""
    return _BLOCK.sub(lambda _: f"```html\n{lines(manifest)}```\n", document)


def manifest_in(folder: Path) -> Mapping[str, Any]:
    """That of a built folder; empty where there is none."""
    path = folder / "manifest.json"
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return known


def documents() -> list[Path]:
    """Those of a checkout that show the lines."""
    return [SOURCES.parents[1] / "README.md", SOURCES / "frontend" / "README.md"]


def refresh(manifest: Mapping[str, Any], *, write: bool) -> list[str]:
    """The names of the documents that are not current, which are written where that is wished."""
    changed: list[str] = []
    for path in documents() if manifest else ():
        before = path.read_text(encoding="utf-8")
        after = with_lines(before, manifest)
        if after != before:
            changed.append(path.relative_to(SOURCES.parents[1]).as_posix())
            if write:
                path.write_text(after, encoding="utf-8")
    return changed
