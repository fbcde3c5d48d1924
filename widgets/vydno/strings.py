"""The controls' texts: ``texts.json`` of the built files, which are made from ``locale/*.po``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .errors import VydnoError
from .static import static_dir

TEXTS = "texts.json"
ENGLISH = "en"


@dataclass(frozen=True)
class _Built:
    names: Mapping[str, str]
    directions: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    tags: Mapping[str, str]  # in lower case, of catalogues and what means the same, to catalogue


def _load() -> _Built:
    path = static_dir() / TEXTS
    try:
        built = json.loads(path.read_text(encoding="utf-8"))
        known = built["languages"]
        return _Built(
            names={tag: one["name"] for tag, one in known.items()},
            directions={tag: one["direction"] for tag, one in known.items()},
            texts={tag: one["texts"] for tag, one in known.items()},
            tags={tag.lower(): tag for tag in known}
            | {other.lower(): tag for other, tag in built["otherTags"].items()},
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise VydnoError(
            f"{path} does not hold the controls' texts ({error!r}). "
            "In a checkout run `vydno build`; otherwise install the package again."
        ) from None


_BUILT = _load()

# Language to key to text.
CATALOGUES = _BUILT.texts
# Language to its own name for itself, as CLDR has it.
NAMES = _BUILT.names


def language(tag: str) -> str:
    """The catalogue nearest to a BCP 47 language tag: along the tag from its end, then English."""
    return next(_along(tag), ENGLISH)


def has(tag: str) -> bool:
    """Whether a catalogue lies along the tag."""
    return any(_along(tag))


def known(tag: str) -> str:
    """The nearest catalogue to a tag that somebody has configured.

    Raises VydnoError, which lists the languages, where none lies along it.
    """
    if not has(tag):
        raise VydnoError(
            f"There is no language {tag!r}; there are {', '.join(sorted(CATALOGUES))}. "
            "To fall back to English, ask vydno.strings.language(tag)."
        )
    return language(tag)


def direction(tag: str) -> str:
    """ "rtl" where the catalogue's language runs from right to left, or "ltr"."""
    return _BUILT.directions[language(tag)]


def text(tag: str, key: str) -> str:
    """A text of the controls, from the nearest catalogue that has it, then from English.

    A key that none has is its own text: a new theme's name.
    """
    for found in (*_along(tag), ENGLISH):
        if key in CATALOGUES[found]:
            return CATALOGUES[found][key]
    return key


def _along(tag: str) -> Iterator[str]:
    """The catalogues along a tag, from its end (RFC 4647, section 3.4)."""
    tag = tag.lower()
    while tag:
        if tag in _BUILT.tags:
            yield _BUILT.tags[tag]
        tag = tag.rpartition("-")[0]
