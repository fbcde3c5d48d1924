"""What moves on a page by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from .driver import API
from .flashes import Animated, of_image
from .imagery import background
from .reading import read
from .snapshot import Element
from .words import mentions

if TYPE_CHECKING:
    from .page import Page

_FOLDER = Path(__file__).parent
_MOVING = (_FOLDER / "moving.js").read_text(encoding="utf-8").strip().rstrip(";")
_WATCHING = (_FOLDER / "watching.js").read_text(encoding="utf-8").strip().rstrip(";")
_IMAGE = re.compile(r"\.(?:gif|a?png|webp)(?:[?#]|$)|^data:image/(?:gif|a?png|webp)", re.IGNORECASE)
_MOST = 40


@dataclass(frozen=True, kw_only=True)
class Animation:
    """One that a style sheet or a script runs by itself."""

    element: Element
    name: str
    pseudo: str
    duration: float
    """Seconds of one round."""
    total: float | None
    """Seconds of all rounds; None without end."""
    alternates: bool
    changes: Mapping[str, Sequence[str]]
    """The values of each property that its keyframes change."""
    own: str
    """The element's background colour."""
    ground: str
    """The colour around it."""


@dataclass(frozen=True, kw_only=True)
class Moving:
    animations: Sequence[Animation]
    drawings: Sequence[tuple[Element, float | None]]
    """Of SVG: the element, and for how many seconds; None without end."""
    images: Sequence[tuple[Element, Animated]]


def moving(page: Page) -> Moving:
    """For `page.once`."""
    shown = page.snapshot
    wanted = []
    for element in shown.elements:
        url = background(element)
        if not element.visible or min(element.box.width, element.box.height) < 12:
            continue
        is_image = element.tag == "img" and _IMAGE.search(element.attributes.get("src", ""))
        if is_image or (url and _IMAGE.search(url)) or "srcset" in element.attributes:
            wanted.append([element.number, "" if element.tag == "img" else url])
    script = f"(wanted) => ({_MOVING})([{API}.nodes(), {API}, wanted])"
    found = json.loads(page.evaluate(script, wanted[:_MOST]))
    images = [
        (shown.elements[one["number"]], animated)
        for one in found["pictures"]
        if (animated := of_image(one["file"]))
    ]
    animations = []
    for one in found["animations"]:
        number = one.pop("number")
        if number >= 0:
            animations.append(Animation(element=shown.elements[number], **one))
    return Moving(
        animations=animations,
        drawings=[
            (shown.elements[one["number"]], one["seconds"])
            for one in found["drawings"]
            if one["number"] >= 0
        ],
        images=images,
    )


# What scripts change. ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Changed:
    """An element that a script changed while it was watched."""

    element: Element
    count: int
    what: Sequence[str]
    flips: Sequence[float]
    """When its colour, or whether it is there, changed: milliseconds from the start."""
    ticked: int
    """How many of the changes came with a timer that repeats."""
    shown: bool
    """Whether it was there after the last change."""


_CALLED = re.compile(
    r"carousel|slider|slideshow|swiper|slick|splide|flickity|ticker|marquee|rotator|countdown|"
    r"\bclock|news-?feed|live-?(?:feed|score|update)|autoplay|karusel|blink|flash|strobe",
    re.IGNORECASE,
)
_PLAYS = {"data-ride", "data-bs-ride", "data-autoplay", "data-interval", "data-auto", "autoplay"}
_EVERY = re.compile(r"setInterval\s*\([\s\S]{0,1500}?,\s*(\d{1,6})\s*\)")
_LOOPS = re.compile(r"setInterval|requestAnimationFrame|setTimeout|\.animate\(|scrollBy|scrollLeft")
_FRAMES = 5
"""Frames beyond which a script may draw without end."""
_SELDOM = 20_000
"""Milliseconds between changes that still count as moving by itself."""
_SHORTEST, _LONGEST = 600, 3300
"""Milliseconds that a page is watched; slides usually stay for three seconds."""


@dataclass(frozen=True, kw_only=True)
class Watched:
    changed: Sequence[Changed]
    called: Sequence[Element]
    """What is called a carousel, a ticker and the like."""
    slow: float
    """Seconds after which a script of the page repeats something, where nobody waited so long."""
    milliseconds: int
    """For how long the page was watched; 0 where nothing hinted at motion."""


def watched(page: Page) -> Watched:
    """For `page.once`. Only pages with a hint are watched: what is called a carousel or the like,
    or a script in the page that repeats something."""
    shown = page.snapshot
    called = [element for element in shown.elements if _is_called(element)]
    reading = page.once(read)
    scripts = [script for script in reading.scripts if _LOOPS.search(script)]
    timed = [int(timer.delay) for timer in reading.timers if timer.repeats]
    steps = timed or [int(found) for script in scripts for found in _EVERY.findall(script)]
    drawn = reading.frames > _FRAMES and bool(shown.tagged("canvas"))
    if not scripts and not called and not timed and not drawn:
        return Watched(changed=(), called=(), slow=0, milliseconds=0)
    time = _SHORTEST if timed else _patience(steps)
    options = {
        "time": time,
        "scrolled": [element.number for element in called[:20]],
        "seldom": _SELDOM,
    }
    script = f"(options) => ({_WATCHING})([{API}.nodes(), options])"
    changed = [
        Changed(
            element=shown.elements[one["number"]],
            count=one["count"],
            what=one["what"],
            flips=one["flips"],
            ticked=one["ticked"],
            shown=_is_shown(one["shade"]),
        )
        for one in json.loads(page.evaluate(script, options))
        if one["number"] >= 0
    ]
    waited = () if timed else steps
    slow = next((step / 1000 for step in waited if 3000 < step <= _SELDOM), 0.0)
    return Watched(changed=changed, called=called, slow=slow, milliseconds=time)


def _is_shown(shade: str) -> bool:
    """Of what `watching.js` noted last: opacity, visibility and display come at the end."""
    *_, opacity, visibility, display = ["", "", *shade.split(",")]
    return opacity != "0" and visibility == "visible" and display != "none"


def _patience(steps: Sequence[int]) -> int:
    """Milliseconds to watch a page of whose timers only the source is known."""
    fitting = [step for step in steps if step <= 3000]
    time = int(max(fitting) * 1.08) if fitting else _SHORTEST
    if fitting and max(fitting) <= 1000:
        time = int(max(fitting) * 2.2)
    return min(_LONGEST, max(_SHORTEST, time))


def _is_called(element: Element) -> bool:
    if not element.visible or element.tag in ("body", "html", "main", "input", "link", "svg"):
        return False
    attributes = element.attributes
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return bool(_CALLED.search(named)) or attributes.get("aria-roledescription") == "carousel"


def plays_by_attribute(element: Element) -> bool:
    """Whether it says that it moves by itself."""
    values = {name: element.attributes.get(name) for name in _PLAYS & set(element.attributes)}
    return any(value not in ("false", "0", "no") for value in values.values())


def is_loading(element: Element) -> bool:
    """Whether it shows that something is awaited: that may move."""
    for one in (element, *islice(element.ancestors(), 3)):
        attributes = one.attributes
        if one.role in ("progressbar", "status", "alert") or attributes.get("aria-busy") == "true":
            return True
        said = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        said += f" {attributes.get('alt', '')} {attributes.get('aria-label', '')}"
        if mentions("loading", re.sub(r"[-_]+", " ", said)):
            return True
    return False
