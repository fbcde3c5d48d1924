"""Elements as a browser would have measured them, for tests that need none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vydno.audit.findings import Box
from vydno.audit.snapshot import Element, Scroll, Snapshot

_RENDERED_AND_VISIBLE = 3
_PLAIN = {"display": "block", "position": "static", "overflow-x": "visible"}
_PLAIN |= {"overflow-y": "visible", "font-size": "16px", "writing-mode": "horizontal-tb"}


class Tree:
    """A page of `<html>` and `<body>`, 1280 × 800 CSS px, to which elements are added."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.html = self.add("html", (0, 0, 1280, 800), parent=None)
        self.body = self.add("body", (0, 0, 1280, 800), parent=self.html)

    def add(
        self,
        tag: str,
        box: Sequence[float],
        *,
        parent: Element | None,
        text: str = "",
        attributes: dict[str, str] | None = None,
        **style: str,
    ) -> Element:
        """An element; its text stands in one line as large as its box, `_` in names is `-`."""
        x, y, width, height = box
        drawn = Box(x=x, y=y, width=width, height=height)
        element = Element(
            number=len(self.elements),
            parent=parent,
            tag=tag,
            attributes=attributes or {},
            text=text,
            box=drawn,
            flags=_RENDERED_AND_VISIBLE,
            style=_PLAIN | {name.replace("_", "-"): value for name, value in style.items()},
            scroll=Scroll(width=width, height=height, client_width=width, client_height=height),
            lines=[drawn] if text else [],
            before="",
            after="",
            tab_index=-1,
            role="",
            name="",
        )
        self.elements.append(element)
        if parent is not None:
            parent.children.append(element)
        return element

    def snapshot(self, **changes: Any) -> Snapshot:
        """The page as it stands."""
        known: dict[str, Any] = {
            "elements": self.elements,
            "title": "",
            "url": "",
            "viewport": (1280, 800),
            "size": (1280, 800),
            "complete": True,
            "quirks": False,
            "focus": -1,
        }
        return Snapshot(**known | changes)
