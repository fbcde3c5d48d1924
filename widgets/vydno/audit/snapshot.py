"""A page as it was measured: every element with its box, its style, its role and its name.

One trip to the browser brings all of it (`measure.js`); checks are small functions over it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .findings import Box

LIMIT = 20_000
"""Elements that are measured at most; of the rest nothing is said, and the audit says so."""

_RENDERED, _VISIBLE, _CONCEALED, _IGNORED, _HOST = 1, 2, 4, 8, 16
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass(frozen=True, kw_only=True)
class Scroll:
    """How much is in a box, and how much of it shows, in CSS px."""

    width: float
    height: float
    client_width: float
    client_height: float


@dataclass(eq=False, kw_only=True, slots=True)
class Element:
    """An element in document order; the content of an open shadow root comes before the host's
    own children."""

    number: int
    """Its place in `Snapshot.elements`."""
    parent: Element | None
    tag: str
    """Local name in lower case."""
    attributes: Mapping[str, str]
    text: str
    """Its own text nodes, white space collapsed; not that of elements in it."""
    box: Box
    flags: int
    style: Mapping[str, str]
    """Computed values of the properties in `measure.js`; empty for what is not rendered."""
    scroll: Scroll
    lines: Sequence[Box]
    """The boxes of the lines of its own text, 100 at most."""
    before: str
    after: str
    """`content` of the pseudo-elements as the browser writes it; empty where there is none."""
    tab_index: int
    role: str
    """Computed by axe-core for what has or may have one; else empty."""
    name: str
    """Accessible name, likewise."""
    children: list[Element] = field(default_factory=list)

    @property
    def rendered(self) -> bool:
        """Whether it has a box and is not `visibility: hidden`."""
        return bool(self.flags & _RENDERED)

    @property
    def visible(self) -> bool:
        """Whether it can be seen: rendered, not transparent, not clipped to nothing, not outside
        of the page to the left or above."""
        return bool(self.flags & _VISIBLE)

    @property
    def concealed(self) -> bool:
        """Whether it is kept from eyes and not from assistive technology, by clipping."""
        return bool(self.flags & _CONCEALED)

    @property
    def exposed(self) -> bool:
        """Whether assistive technology meets it: rendered, not `aria-hidden`, not `inert`."""
        return self.rendered and not self.flags & _IGNORED

    @property
    def is_host(self) -> bool:
        """Whether it has an open shadow root."""
        return bool(self.flags & _HOST)

    @property
    def focusable(self) -> bool:
        """Whether a script or a pointer can focus it."""
        return self.rendered and (self.tab_index >= 0 or "tabindex" in self.attributes)

    @property
    def heading_level(self) -> int:
        """1 to 6 (or what `aria-level` says) for headings, else 0."""
        if self.attributes.get("role", "").strip() == "heading":
            level = self.attributes.get("aria-level", "2").strip()
            return int(level) if level.isdecimal() and int(level) else 2
        return _HEADINGS.get(self.tag, 0) if not self.attributes.get("role") else 0

    def px(self, name: str, default: float = 0.0) -> float:
        """A computed length in CSS px; the default for `normal`, `auto` and the like."""
        value = self.style.get(name, "")
        try:
            return float(value.removesuffix("px"))
        except ValueError:
            return default

    @property
    def matrix(self) -> tuple[float, ...]:
        """Of its computed `transform`: six numbers in the plane, sixteen in space; none without
        one, and where it has no box and the browser gives what the style sheet says."""
        kind, _, numbers = self.style.get("transform", "none").partition("(")
        if kind not in ("matrix", "matrix3d"):
            return ()
        return tuple(map(float, numbers.rstrip(")").split(",")))

    def ancestors(self) -> Iterator[Element]:
        """From its parent up to `<html>`."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent

    def descendants(self) -> Iterator[Element]:
        """All elements in it, in document order."""
        todo = list(reversed(self.children))
        while todo:
            element = todo.pop()
            yield element
            todo.extend(reversed(element.children))

    def closest(self, *tags: str) -> Element | None:
        """Itself or the nearest ancestor with one of the names."""
        if self.tag in tags:
            return self
        return next((element for element in self.ancestors() if element.tag in tags), None)

    @property
    def text_content(self) -> str:
        """Its text and that of all in it. The order of texts and elements side by side is lost."""
        texts = [self.text, *(element.text for element in self.descendants())]
        return " ".join(filter(None, texts))

    @property
    def visible_text(self) -> str:
        """The same of what can be seen."""
        inside = (element for element in self.descendants() if element.visible)
        return " ".join(filter(None, [self.text, *(element.text for element in inside)]))

    def __repr__(self) -> str:
        return f"<{self.tag} {dict(self.attributes)} {self.text[:30]!r}>"


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """A page at one moment, in one rendition."""

    elements: Sequence[Element]
    title: str
    url: str
    viewport: tuple[int, int]
    """Width and height of the window's inside, in CSS px."""
    size: tuple[int, int]
    """Width and height of all that can be scrolled to."""
    complete: bool
    """Whether every element was measured."""
    quirks: bool
    """Whether the browser draws it in quirks mode."""
    focus: int
    """Number of the focused element; -1 when it is none of them."""

    @property
    def root(self) -> Element:
        """`<html>`."""
        return self.elements[0]

    @cached_property
    def body(self) -> Element | None:
        return next((element for element in self.elements if element.tag == "body"), None)

    @cached_property
    def _by_id(self) -> Mapping[str, Element]:
        found: dict[str, Element] = {}
        for element in self.elements:
            if element.attributes.get("id"):
                found.setdefault(element.attributes["id"], element)
        return found

    def by_id(self, name: str) -> Element | None:
        """The first element with the id."""
        return self._by_id.get(name)

    def tagged(self, *tags: str) -> list[Element]:
        """The elements with one of the names, in document order."""
        return [element for element in self.elements if element.tag in tags]

    @cached_property
    def texts(self) -> list[Element]:
        """Visible elements with text of their own."""
        return [element for element in self.elements if element.text and element.visible]


def read(answer: str) -> Snapshot:
    """A snapshot from what `measure.js` wrote."""
    data = json.loads(answer)
    names = data["names"]
    styles = [dict(zip(names, joined.split("\n"), strict=True)) for joined in data["styles"]]
    elements: list[Element] = []
    for number, row in enumerate(data["rows"]):
        element = _element(number, row, elements, styles)
        elements.append(element)
        if element.parent is not None:
            element.parent.children.append(element)
    return Snapshot(
        elements=elements,
        title=data["title"],
        url=data["url"],
        viewport=tuple(data["viewport"]),
        size=tuple(data["size"]),
        complete=data["complete"],
        quirks=data["mode"] == "BackCompat",
        focus=data["focus"],
    )


_NOWHERE = Scroll(width=0, height=0, client_width=0, client_height=0)
_NOTHING: tuple[Any, ...] = (None, (), "", "", -1, ("", ""))


def _element(
    number: int, row: list[Any], elements: list[Element], styles: list[dict[str, str]]
) -> Element:
    parent, tag, attributes, text, x, y, width, height, flags, style, *rest = row
    scroll, lines, before, after, tab_index, (role, name) = rest or _NOTHING
    return Element(
        number=number,
        parent=elements[parent] if parent >= 0 else None,
        tag=tag,
        attributes=attributes,
        text=text,
        box=Box(x=x, y=y, width=width, height=height),
        flags=flags,
        style=styles[style] if style >= 0 else {},
        scroll=_scroll(scroll) if scroll else _NOWHERE,
        lines=[Box(x=line[0], y=line[1], width=line[2], height=line[3]) for line in lines],
        before=before,
        after=after,
        tab_index=tab_index,
        role=role,
        name=name,
    )


def _scroll(numbers: list[float]) -> Scroll:
    width, height, client_width, client_height = numbers
    return Scroll(
        width=width, height=height, client_width=client_width, client_height=client_height
    )
