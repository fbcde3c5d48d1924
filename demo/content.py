"""The words of the site and the addresses of its pages, in each of its languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .typography import typeset

# Ukrainian stands at the root, every other language in a folder of its own.
LANGUAGES: Mapping[str, str] = {"uk": "", "en": "/en"}

PAGES: Mapping[str, str] = {
    "home": "/",
    "timetable": "/timetable/",
    "street_light": "/street-light/",
    "sent": "/street-light/sent/",
    "static_page": "/static-page/",
    "docs": "/docs/",
    "gallery": "/gallery/",
    "languages": "/gallery/languages/",
    "studio": "/studio/",
    "studio_page": "/studio/page/",
    "studio_contrast": "/studio/contrast/",
    "studio_new": "/studio/new/",
}

# Newest first; the day is a date without a year, as HTML allows it.
NEWS: Mapping[str, str] = {"e-governance": "04-16", "bus": "04-12", "park": "04-05"}

NAVIGATION = ("home", "timetable", "street_light", "static_page")

_CONTENT = Path(__file__).with_name("content")


def address(language: str, page: str) -> str:
    """The path of a page: one of ``PAGES``, or ``news/`` and the name of an article."""
    if page in PAGES:
        return LANGUAGES[language] + PAGES[page]
    return f"{LANGUAGES[language]}/{page}/"


def other(language: str) -> str:
    """The language that a page is offered in as well."""
    return next(code for code in LANGUAGES if code != language)


def load_strings() -> Mapping[str, Mapping[str, Any]]:
    """Read every language's table; raise ``ValueError`` if one lacks what another has."""
    tables = {
        code: _typeset(tomllib.loads((_CONTENT / f"{code}.toml").read_text(encoding="utf-8")))
        for code in LANGUAGES
    }
    keys = {code: set(_keys(table)) for code, table in tables.items()}
    every = set().union(*keys.values())
    for code, present in keys.items():
        if missing := sorted(every - present):
            raise ValueError(f"content/{code}.toml lacks {', '.join(missing)}.")
    return tables


def _typeset(value: Any) -> Any:
    match value:
        case str():
            return typeset(value)
        case dict():
            return {key: _typeset(inner) for key, inner in value.items()}
        case list():
            return [_typeset(inner) for inner in value]
    return value


def _keys(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _keys(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"
