"""The page of the docs that shows the transcripts: `python -m tests.listen.reference` writes it."""

from __future__ import annotations

import json
from pathlib import Path

import vydno
from babel import Locale

from .scenarios import Scenario, scenarios

PAGE = Path(vydno.__file__).parent / "listen" / "TRANSCRIPTS.md"

_HEAD = """\
# Transcripts

What Orca says of each control and page, key by key, in Chromium; generated from the data of the
tests (`tests/listen/transcripts`). A script stands for another tab that changed something.
"""


def page() -> str:
    return "\n".join([_HEAD, *map(_section, scenarios())])


def _section(scenario: Scenario) -> str:
    steps = json.loads(scenario.transcript.read_text())
    rows = [f"| {_key(step['key'])} | {_said(step['heard'])} |" for step in steps]
    title = scenario.name.replace("_", " ").capitalize().replace("javascript", "JavaScript")
    language = Locale(scenario.lang).get_display_name("en")
    return "\n".join([f"## {title}, in {language}", "", "| key | said |", "|---|---|", *rows, ""])


def _key(key: str) -> str:
    return "*another tab*" if "BroadcastChannel" in key else f"`{key}`"


def _said(heard: list[str]) -> str:
    return " ".join(f"«{text}»" for text in heard).replace("|", "\\|") or "*nothing*"


if __name__ == "__main__":
    PAGE.write_text(page())
