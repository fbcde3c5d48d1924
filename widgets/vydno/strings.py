"""The controls' texts, from the same catalogues that the scripts are built from."""

from __future__ import annotations

import json
from pathlib import Path

_CATALOGUES: dict[str, dict[str, str]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).with_name("locales").glob("*.json"))
}


def language(tag: str) -> str:
    """The catalogue nearest to a BCP 47 language tag: along the tag from its end, then English."""
    tag = tag.lower()
    while tag and tag not in _CATALOGUES:
        tag = tag.rpartition("-")[0]
    return tag or "en"


def text(tag: str, key: str) -> str:
    """A text of the controls; a key that no catalogue has is its own text (a new theme's name)."""
    return (_CATALOGUES["en"] | _CATALOGUES[language(tag)]).get(key, key)
