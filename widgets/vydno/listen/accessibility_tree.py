"""Print what the accessibility bus has of the page, a line an object.

The system's Python runs this inside the desktop: the bus's library is not to be had from PyPI.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402 (the version comes first)

DOCUMENT = "document web"
# What a listener is told of; `showing`, `visible` and the like say where the window stands.
STATES = (
    "CHECKED", "EXPANDED", "COLLAPSED", "EXPANDABLE", "PRESSED", "REQUIRED", "READ_ONLY",
    "INVALID_ENTRY", "FOCUSED",
)  # fmt: skip
OPERATED = {"push button", "button", "radio button", "check box", "link", "entry", "combo box"}
RELATIONS = ("LABELLED_BY", "DESCRIBED_BY", "CONTROLLER_FOR", "MEMBER_OF", "ERROR_MESSAGE")
ATTRIBUTES = ("posinset", "setsize", "live", "level")


def documents(accessible: Any) -> Iterator[Any]:
    """The web documents that are on the screen."""
    if accessible is None:
        return
    if accessible.get_role_name() == DOCUMENT:
        if accessible.get_state_set().contains(Atspi.StateType.SHOWING):
            yield accessible
        return
    for child in children(accessible):
        yield from documents(child)


def children(accessible: Any) -> Iterator[Any]:
    for index in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(index)
        if child is not None:
            yield child


def line(accessible: Any) -> str:
    role = accessible.get_role_name()
    parts = [role]
    if name := accessible.get_name():
        parts.append(f"«{name}»")
    if description := accessible.get_description():
        parts.append(f"described «{description}»")
    states = accessible.get_state_set()
    told = [
        state.lower().replace("_", " ")
        for state in STATES
        if states.contains(getattr(Atspi.StateType, state))
    ]
    if role in OPERATED and not states.contains(Atspi.StateType.SENSITIVE):
        told.append("disabled")
    if told:
        parts.append(f"({', '.join(told)})")
    attributes = accessible.get_attributes() or {}
    parts += [f"{name}={attributes[name]}" for name in ATTRIBUTES if name in attributes]
    for relation in accessible.get_relation_set() or []:
        kind = relation.get_relation_type()
        for known in RELATIONS:
            if kind == getattr(Atspi.RelationType, known):
                targets = [relation.get_target(at) for at in range(relation.get_n_targets())]
                names = ", ".join(sorted({f"«{t.get_name()}»" for t in targets if t}))
                parts.append(f"{known.lower().replace('_', ' ')} {names}")
    if language := language_of(accessible):
        parts.append(f"[{language}]")
    return " ".join(parts)


def language_of(accessible: Any) -> str:
    text = accessible.get_text_iface()
    if text is None:
        return ""
    attributes, _start, _end = Atspi.Text.get_attribute_run(text, 0, True)
    return str((attributes or {}).get("language", ""))


def show(accessible: Any, depth: int = 0) -> None:
    print("  " * depth + line(accessible))
    for child in children(accessible):
        show(child, depth + 1)


def main() -> int:
    desktop = Atspi.get_desktop(0)
    for application in children(desktop):
        for document in documents(application):
            show(document)
    return 0


if __name__ == "__main__":
    sys.exit(main())
