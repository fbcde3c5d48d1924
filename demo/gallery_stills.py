"""The controls' own style sheets, changed so that a copy can stand still in any state.

A still is the markup of a control under a name that no script defines, so it stays as the server
wrote it. Its rules are the control's own, rewritten when the demo starts: they cannot drift.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2

# What a root is to a page, an element of this class is to a still.
ROOT = "still-root"

# A still is hovered when anything in it is, as elements are.
_HOVER = ':is(:hover,[data-state~="hover"],:has([data-state~="hover"]))'
_FOCUS = ':is(:focus-visible,[data-state~="focus"])'


def still(element: str) -> str:
    """The name under which a copy of an element stands still."""
    return f"{element}-still"


def stylesheet(css: str, elements: Iterable[str]) -> str:
    """The rules of ``css`` for the stills of ``elements``.

    A state can be given: ``data-state="hover"`` or ``"focus"``. ``:root`` is what wears the
    preferences, and ``rem`` is its font size, which ``--still-rem`` must hold.
    """
    names = {element: still(element) for element in elements}
    parts = tinycss2.parse_component_value_list(css, skip_comments=True)
    return "".join(_rewritten(parts, names))


def _rewritten(
    parts: Sequence[Any], names: dict[str, str], *, in_block: bool = False
) -> Iterator[str]:
    in_at_rule = False  # whose prelude asks about the page, and is left as it is
    place = 0
    while place < len(parts):
        part = parts[place]
        if part.type == "at-keyword":
            in_at_rule = True
        elif part.type == "{} block" or part == ";":
            in_at_rule = False
        if not in_at_rule and part == ":" and (state := _pseudo_class(parts, place + 1)):
            yield state
            place += 1
        elif in_at_rule or (in_block and _is_property(parts, place)):
            yield part.serialize()
        else:
            yield _part(part, names)
        place += 1


def _is_property(parts: Sequence[Any], place: int) -> bool:
    """Whether a name in a block is a property's: line-height may be an element as well."""
    following = parts[place + 1 :]
    if parts[place].type != "ident" or not following or following[0] != ":":
        return False
    end = next((part for part in following if part == ";" or part.type == "{} block"), ";")
    return bool(end == ";")


def _pseudo_class(parts: Sequence[Any], place: int) -> str:
    """What stands for the pseudo-class whose name or function is at ``place``; "" for itself."""
    part = parts[place] if place < len(parts) else None
    if part is None or (place > 1 and parts[place - 2] == ":"):
        return ""
    if part.type == "ident":
        return {
            "hover": _HOVER,
            "focus-visible": _FOCUS,
            "root": f".{ROOT}",
            # No still is ever defined, and it must look as if it were.
            "defined": ":not(:defined)",
        }.get(part.lower_value, "")
    inner = part.type == "function" and part.lower_name == "not" and part.arguments
    return ":defined" if inner and tinycss2.serialize(inner).strip() == ":defined" else ""


def _part(part: Any, names: dict[str, str]) -> str:
    match part.type:
        case "ident":
            return names.get(part.value) or str(part.serialize())
        case "dimension" if part.lower_unit == "rem":
            return f"calc({part.representation}*var(--still-rem))"
        case "function":
            return f"{part.name}({''.join(_rewritten(part.arguments, names))})"
        case "() block":
            return f"({''.join(_rewritten(part.content, names))})"
        case "[] block":
            return str(part.serialize())
        case "{} block":
            return f"{{{''.join(_rewritten(part.content, names, in_block=True))}}}"
    return str(part.serialize())
