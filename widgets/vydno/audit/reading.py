"""What a reader meets in order: texts with the elements between them, addresses and labels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from .driver import API
from .snapshot import Element

if TYPE_CHECKING:
    from .page import Page

T = TypeVar("T")

_SCRIPT = Path(__file__).with_name("reading.js").read_text(encoding="utf-8").strip().rstrip(";")
_LONGEST = 2_000
_SPACE = re.compile(r"\s+")

FIELDS = ("input", "select", "textarea")
BUTTON_TYPES = {"button", "submit", "reset", "image"}


@dataclass(frozen=True, kw_only=True)
class Timer:
    """Something that a script does again and again, or much later."""

    delay: float
    """Milliseconds."""
    repeats: bool
    source: str
    """The beginning of what it does."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """The order of a page's texts; elements are told by their number in the snapshot."""

    contents: Mapping[int, Sequence[str | int]]
    """Of elements with text of their own: texts and child elements as they follow each other.
    White space is collapsed, no-break spaces are kept."""
    raw: Mapping[int, str]
    """The text of `<pre>` as it is."""
    hrefs: Mapping[int, str]
    """Whole addresses of links."""
    labels: Mapping[int, Sequence[int]]
    """Of fields: the `<label>` elements that are tied to them."""
    forms: Mapping[int, int]
    """Of fields and buttons: their form."""
    allowed: Mapping[int, bool]
    """Of elements with a role: whether HTML lets them have it."""
    scripts: Sequence[str]
    """The page's own scripts that stand in its HTML."""
    timers: Sequence[Timer]
    frames: int
    """How often scripts asked for a frame to draw in, so far."""
    sounds: Sequence[Mapping[str, Any]]
    """Players that scripts started and that are not in the page: `loop`, and `seconds` or None."""
    names: frozenset[str]
    """The names of `<a name>`."""
    elements: Sequence[Element]

    def parts(self, element: Element) -> list[str | Element]:
        """Its texts and child elements in order."""
        items = self.contents.get(element.number)
        if items is None:
            return list(element.children)
        return [item if isinstance(item, str) else self.elements[item] for item in items]

    def text(self, element: Element, *, exposed: bool = False) -> str:
        """Its visible text in order, white space collapsed, at most about 2,000 characters; or all
        text that assistive technology meets."""
        return _SPACE.sub(" ", "".join(self._pieces(element, exposed=exposed))).strip()

    def _pieces(self, element: Element, *, exposed: bool) -> Iterator[str]:
        todo: list[str | Element] = list(reversed(self.parts(element)))
        length = 0
        while todo and length < _LONGEST:
            part = todo.pop()
            if isinstance(part, str):
                length += len(part)
                yield part
            elif part.tag == "br":
                yield " "
            elif part.exposed if exposed else part.rendered and not part.concealed:
                inside = list(reversed(self.parts(part)))
                todo += inside if is_inline(part) else [" ", *inside, " "]

    def lines(self, element: Element) -> list[str]:
        """Its text as `<br>` and blocks in it part it, no-break spaces kept."""
        found = [""]
        todo: list[str | Element] = list(reversed(self.parts(element)))
        while todo and len(found) < 200:
            part = todo.pop()
            if isinstance(part, str):
                found[-1] += part
            elif part.tag == "br" or not is_inline(part):
                found.append("")
                todo += reversed(self.parts(part)) if part.rendered else []
            elif part.rendered:
                todo += reversed(self.parts(part))
        return [line.strip(" \n\t") for line in found]

    def labels_of(self, field: Element) -> list[Element]:
        return [self.elements[at] for at in self.labels.get(field.number, ()) if at >= 0]


def is_inline(element: Element) -> bool:
    """Whether it stands in a line with the text around it."""
    return element.style.get("display", "none").startswith(("inline", "contents", "ruby"))


def is_painted(element: Element) -> bool:
    """Whether CSS fills its box with a colour or a picture of its own."""
    style = element.style
    colour = style.get("background-color", "")
    clear = colour in ("", "transparent") or colour.endswith(", 0)")
    filled = not clear or style.get("background-image", "none") != "none"
    return element.visible and filled and min(element.box.width, element.box.height) >= 4


def read(page: Page) -> Reading:
    """For `page.once`."""
    elements = page.snapshot.elements
    data = json.loads(page.evaluate(f"() => ({_SCRIPT})({API}.nodes())"))
    return Reading(
        contents=_by_number(data["contents"]),
        raw=_by_number(data["raw"]),
        hrefs=_by_number(data["hrefs"]),
        labels=_by_number(data["labels"]),
        forms=_by_number(data["forms"]),
        allowed=_by_number(data["allowed"]),
        scripts=data["scripts"],
        timers=[Timer(**one) for one in data["going"]["timers"]],
        frames=data["going"]["frames"],
        sounds=data["going"]["sounds"],
        names=frozenset(data["names"]),
        elements=elements,
    )


def _by_number(found: dict[str, T]) -> dict[int, T]:
    return {int(number): value for number, value in found.items()}


def is_field(element: Element) -> bool:
    """Whether something is filled in or chosen in it: no button, nothing hidden."""
    if element.tag == "input":
        return element.attributes.get("type", "text").lower() not in BUTTON_TYPES | {"hidden"}
    return element.tag in FIELDS


def input_type(element: Element) -> str:
    """`text`, `email`, `radio`; `select` and `textarea` of those."""
    if element.tag == "input":
        return element.attributes.get("type", "text").strip().lower() or "text"
    return element.tag


def referred(element: Element, attribute: str) -> list[str]:
    """The ids that an attribute such as `aria-describedby` lists."""
    return element.attributes.get(attribute, "").split()


def size(element: Element) -> float:
    """The font size in CSS px; 0 of what is not rendered."""
    return element.px("font-size")


def weight(element: Element) -> float:
    return element.px("font-weight", 400.0)
