"""Words that say nothing, and words that say much: lists by language, from `words.toml`.

A page is held against the words of every language: few of them mean something else in another.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).with_name("words.toml")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‘": "'"})
_FILE = re.compile(
    r"^[^\s/]+\.(?:html?|php|aspx?|jsp|pdf|docx?|xlsx?|pptx?|odt|jpe?g|png|gif|svg|webp|txt|zip)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^[\w-]+(?:\.[\w-]+)+/\S*$", re.IGNORECASE)


@cache
def words(kind: str) -> frozenset[str]:
    """All words and phrases of a kind, in every language, as `plain` writes them."""
    return frozenset(plain(word) for words in _lists()[kind].values() for word in words)


@cache
def kinds(prefix: str) -> Mapping[str, Sequence[str]]:
    """By word, as `plain` writes it, the kinds that have it and begin with the prefix, which is
    left off."""
    found: dict[str, list[str]] = {}
    for kind in _lists():
        if kind.startswith(prefix):
            for word in words(kind):
                found.setdefault(word, []).append(kind.removeprefix(prefix))
    return found


@cache
def _lists() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


@lru_cache(4096)
def plain(text: str) -> str:
    """The text in small letters without what is neither letter nor digit at its ends."""
    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).casefold()
    kept = "".join(char if char.isalnum() or char in "'-+_" else " " for char in text)
    return " ".join(kept.split()).strip("'-_ ")


def says(kind: str, text: str) -> bool:
    """Whether the text is one of the phrases and nothing else."""
    return plain(text) in words(kind)


def mentions(kind: str, text: str) -> bool:
    """Whether one of the phrases stands in the text, from its first letter to its last."""
    return bool(_pattern(kind).search(plain(text)))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    longest_first = sorted(words(kind), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def is_file_name(text: str) -> bool:
    return bool(_FILE.match(text.strip()))


def is_address(text: str) -> bool:
    """Whether it is a URL as a person would paste it."""
    return bool(_ADDRESS.match(text.strip()))


def letters(text: str) -> int:
    """How many letters it has."""
    return sum(map(str.isalpha, text))
