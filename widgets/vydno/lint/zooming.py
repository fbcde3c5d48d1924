"""What a page's `<meta name=viewport>` allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .findings import Finding
from .page import PageSource
from .reporting import at_offset

_NEEDED = 2.0
"""WCAG 2.2, 1.4.4: 200 %."""
_USUAL = 5.0
"""What browsers allow where a page says nothing, and what axe-core advises."""
_LEAST, _LARGEST = 0.1, 10.0
"""CSS Device Adaptation 1, section 9.3."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?")
_SEPARATORS = re.compile(r"[\s,;]+")
_WORDS = {"yes": 1.0, "device-width": 10.0, "device-height": 10.0}


def viewports(page: PageSource) -> Iterator[Finding]:
    """What keeps the visitor from zooming."""
    for viewport in page.viewports:
        silent = viewport.silent | page.silent_everywhere
        for rule, key, message in _complaints(_read(viewport.content)):
            yield at_offset(
                rule,
                page.source,
                viewport.offset + max(viewport.content.lower().find(key), 0),
                message,
                instead="nothing of it",
                silent=rule in silent,
            )


def _complaints(said: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Rule, key and sentence."""
    scalable = said.get("user-scalable")
    if scalable is not None and not _allows(scalable):
        yield "viewport-scale", "user-scalable", f"`user-scalable={scalable}` forbids zooming"
    largest = _number(said.get("maximum-scale"))
    if largest is not None and 0 <= largest < _USUAL:
        rule = "viewport-scale" if largest < _NEEDED else "viewport-scale-low"
        percent = max(largest, _LEAST) * 100
        yield rule, "maximum-scale", f"`maximum-scale` lets nobody zoom beyond {percent:g} %"
    smallest = _number(said.get("minimum-scale"))
    if smallest is not None and smallest > 1:
        percent = min(smallest, _LARGEST) * 100
        yield "viewport-scale-low", "minimum-scale", f"`minimum-scale` keeps it at {percent:g} %"


def _read(content: str) -> dict[str, str]:
    """Keys and values as browsers take them apart (CSS Device Adaptation 1, section 9.2)."""
    joined = re.sub(r"\s*=\s*", "=", content.strip().lower())
    pairs = (part.partition("=") for part in _SEPARATORS.split(joined))
    return {key: value for key, _, value in pairs if key}


def _number(value: str | None) -> float | None:
    """A word that is none is 0, as is `no`."""
    if value is None:
        return None
    if value in _WORDS:
        return _WORDS[value]
    found = _NUMBER.match(value)
    return float(found[0]) if found else 0.0


def _allows(value: str) -> bool:
    return abs(_number(value) or 0.0) >= 1
