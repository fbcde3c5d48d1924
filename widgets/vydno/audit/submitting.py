"""What scripts say to a form that is sent as it is. Nothing leaves the page (`early.js`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .operate import Shown, Told, operated
from .page import Page
from .snapshot import Element
from .walk import Heard, heard

_MOST = 2


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A field that looks different afterwards, without the focus."""

    element: Element
    invalid: bool
    """Whether it says so by `aria-invalid`."""
    colours: bool
    """Whether colours are all that changed of its edge and ground."""


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """What came of sending one form."""

    form: Element
    shown: Sequence[Shown]
    told: Sequence[Told]
    focus: int
    """Number of the element with the focus afterwards."""
    heard: Collection[int]
    """Of the texts those that the focus is in, or that what has the focus refers to."""
    dialog: bool
    did: Sequence[Mapping[str, str]]
    """What it wanted to do then, such as to be sent."""
    marked: Sequence[Marked]


def submitted(page: Page) -> list[Submitted]:
    """Of forms that a script handles and the browser lets pass; ask with `page.once(submitted)`."""
    listening = page.once(heard)
    wanted = [form.number for form in _handled(page, listening)]
    return [_of(page, row) for row in operated(page, "send", wanted[:_MOST])]


def _handled(page: Page, listening: Heard) -> Iterator[Element]:
    for form in page.snapshot.tagged("form"):
        if not form.visible or form.attributes.get("method", "").lower() == "dialog":
            continue
        inside = list(form.descendants())
        types = listening.of(form) | listening.above(form)
        pressed = any("click" in listening.of(one) for one in inside if one.tag == "button")
        if "submit" in types or pressed:
            yield form


def _of(page: Page, row: Mapping[str, Any]) -> Submitted:
    elements = page.snapshot.elements
    return Submitted(
        form=elements[row["number"]],
        shown=[Shown(**one) for one in row["shown"]],
        told=[Told(**one) for one in row["told"]],
        focus=row["focus"],
        heard=frozenset(row["heard"]),
        dialog=bool(row["dialog"]),
        did=row["did"],
        marked=[
            Marked(element=elements[one["number"]], invalid=one["invalid"], colours=one["colours"])
            for one in row["marked"]
            if 0 <= one["number"] < len(elements)
        ],
    )
