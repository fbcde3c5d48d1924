"""Choices: boxes that are checked, and what is selected, pressed or current; and how they look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from .contrast import Rgba
from .page import Page
from .painting import Colours, Paint, is_disabled, paint
from .snapshot import Element

MOST = 40
"""Of each page so many are looked at closely."""

_STATES = ("aria-selected", "aria-checked", "aria-pressed", "aria-current")

_SIZES = ("width", "height", "left", "top", "margin-left")


def boxes(page: Page) -> list[Element]:
    """Checkboxes and radios that are drawn by the page, one of each kind."""
    found: list[Element] = []
    known: set[tuple[Any, ...]] = set()
    for element in page.snapshot.tagged("input"):
        if element.attributes.get("type", "").lower() not in ("checkbox", "radio"):
            continue
        native = element.visible and element.style.get("appearance", "none") != "none"
        if not element.rendered or native or is_disabled(element):
            continue
        if len(found) < MOST and not is_known(element, known):
            found.append(element)
    return found


def pairs(page: Page) -> list[tuple[Element, Element]]:
    """What is chosen, with a neighbour of its kind that is not."""
    found: list[tuple[Element, Element]] = []
    for element in page.snapshot.elements:
        state = state_of(element) if element.visible and not is_disabled(element) else ""
        other = _neighbour(element, state) if state else None
        if other is not None and len(found) < MOST:
            found.append((element, other))
    return found


def state_of(element: Element) -> str:
    """The attribute by which it says that it is the chosen one; else empty."""
    for name in _STATES:
        value = element.attributes.get(name, "false")
        if value not in ("false", "", "undefined"):
            return name
    return ""


def _neighbour(element: Element, state: str) -> Element | None:
    parent = element.parent
    if parent is None:
        return None
    siblings: list[Element] = [one for one in parent.children if one is not element]
    if not siblings or all(one.tag != element.tag for one in siblings):
        # Links in the items of a list.
        around = parent.parent
        siblings = [child for one in around.children for child in one.children] if around else []
    for one in siblings:
        alike = one.tag == element.tag and one.visible and one is not element
        same_role = one.attributes.get("role") == element.attributes.get("role")
        if (
            alike
            and same_role
            and not state_of(one)
            and (state == "aria-current" or state in one.attributes)
        ):
            return one
    return None


def is_known(element: Element, known: set[tuple[Any, ...]]) -> bool:
    """Whether one that looks the same, by its own and its surroundings' classes, was there."""
    chain = [element, *islice(element.ancestors(), 3)]
    kind = (
        tuple((one.tag, one.attributes.get("class", "")) for one in chain),
        tuple(element.style.values()) if element.tag == "svg" else element.attributes.get("style"),
        element.name if element.role == "img" else "",
        element.attributes.get("id", "") if "class" not in element.attributes else "",
    )
    if kind in known:
        return True
    known.add(kind)
    return False


def look_of(
    parts: Sequence[Mapping[str, Any]], told: Colours, ground: Rgba, *, sized: bool = True
) -> list[tuple[str, str, Paint]]:
    """All that can be seen of the elements and their pseudo-elements."""
    found = []
    for part in parts:
        for pseudo, style in part["parts"]:
            if not sized:
                style = {name: value for name, value in style.items() if name not in _SIZES}
            text = bool(part["text"]) and not pseudo
            painted = paint(style, colours=told, ground=ground, tag=part["tag"], text=text)
            if painted:
                found.append((part["tag"], pseudo, painted))
    return found
