"""The controls' texts, from the same files that the scripts are built from."""

from __future__ import annotations

import json
from pathlib import Path


def _load() -> dict[str, dict[str, str]]:
    """Language to key to text: of every widget, and what the macros alone say."""
    catalogues: dict[str, dict[str, str]] = {}
    for path in sorted(Path(__file__).parent.glob("**/strings.json")):
        for tag, texts in json.loads(path.read_text(encoding="utf-8")).items():
            catalogues.setdefault(tag, {}).update(texts)
    return catalogues


CATALOGUES = _load()


def language(tag: str) -> str:
    """The catalogue nearest to a BCP 47 language tag: along the tag from its end, then English."""
    tag = tag.lower()
    while tag and tag not in CATALOGUES:
        tag = tag.rpartition("-")[0]
    return tag or "en"


def text(tag: str, key: str) -> str:
    """A text of the controls; a key that no catalogue has is its own text: a new theme's name."""
    return (CATALOGUES["en"] | CATALOGUES[language(tag)]).get(key, key)
