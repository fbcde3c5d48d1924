"""Videos and sounds of a page, and what their files say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from .driver import API
from .snapshot import Element, Snapshot
from .words import mentions

if TYPE_CHECKING:
    from .page import Page

_SCRIPT = Path(__file__).with_name("media.js").read_text(encoding="utf-8").strip().rstrip(";")
_MOST = 8
"""Whose files are looked into."""


@dataclass(frozen=True, kw_only=True)
class Track:
    kind: str
    lang: str
    label: str
    state: str
    """`there`, `missing`, `empty`, `no WebVTT`, or `unknown`."""


@dataclass(frozen=True, kw_only=True)
class Playing:
    """A `<video>` or `<audio>`."""

    element: Element
    url: str
    live: bool
    seconds: float | None
    sound: bool | None
    """None where the file does not tell."""
    muted: bool
    starts: bool
    """Whether it plays by itself, by its attribute or by a script."""
    autoplay: bool
    loops: bool
    controls: bool
    tracks: Sequence[Track]
    scripted: int
    """Text tracks that a script added."""

    @property
    def is_video(self) -> bool:
        return self.element.tag == "video"

    @property
    def is_background(self) -> bool:
        """A silent loop that nobody can operate: motion, not something to watch."""
        silent = self.muted or self.sound is False
        return self.is_video and silent and not self.controls and (self.starts or self.loops)


def playing(page: Page) -> Mapping[int, Playing]:
    """By the element's number, of what is rendered or can be heard; for `page.once`."""
    shown = page.snapshot
    wanted = [
        element.number
        for element in shown.tagged("video", "audio")
        if element.rendered or "autoplay" in element.attributes or element.tag == "audio"
    ]
    if not wanted:
        return {}
    script = f"(wanted) => ({_SCRIPT})([{API}.nodes(), wanted])"
    found: dict[int, Playing] = {}
    for fact in json.loads(page.evaluate(script, wanted[:_MOST])):
        tracks = [Track(**track) for track in fact.pop("tracks")]
        number = fact.pop("number")
        found[number] = Playing(element=shown.elements[number], tracks=tracks, **fact)
    return found


def has_near(element: Element, kind: str, shown: Snapshot) -> bool:
    """Whether one of the words stands in the figure, item or section around the element, or in a
    link, a button or a heading of the page where there is one such element only."""
    for around in islice(element.ancestors(), 4):
        if around.tag in ("body", "html") or _has_another(around, element):
            break
        if mentions(kind, _said(around)):
            return True
    alike = [one for one in shown.tagged("video", "audio", "iframe") if one.rendered]
    if len(alike) > 1:
        return False
    told = (one for one in shown.elements if one.tag in _TELLING or one.heading_level)
    return any(mentions(kind, _said(one)) for one in told if one.exposed)


def _has_another(around: Element, element: Element) -> bool:
    return any(
        one is not element and one.tag in ("video", "audio", "iframe")
        for one in around.descendants()
    )


_TELLING = {"a", "button", "summary", "figcaption"}


def _said(element: Element) -> str:
    return f"{element.text_content[:3000]} {element.attributes.get('aria-label', '')}"


def can_be_stopped(shown: Snapshot) -> bool:
    """Whether a control of the page is called pause, stop or the like."""
    return any(
        mentions("pause", f"{element.name} {element.attributes.get('title', '')}")
        for element in shown.elements
        if element.exposed and _is_control(element)
    )


def has_controls(shown: Snapshot) -> bool:
    """Whether the page has anything that might stop something."""
    return any(element.exposed and _is_control(element) for element in shown.elements)


def _is_control(element: Element) -> bool:
    if element.tag in ("button", "summary") or element.role in ("button", "switch", "checkbox"):
        return True
    if "onclick" in element.attributes:
        return True
    return element.tag == "input" and element.attributes.get("type", "").lower() in (
        "button",
        "checkbox",
        "image",
        "radio",
    )
