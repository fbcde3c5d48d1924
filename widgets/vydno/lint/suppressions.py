"""Comments that silence a rule at one place, and say why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import VydnoError
from .rules import selected

_MARK = re.compile(r"!?\s*vydno-lint\s*:\s*(.*)", re.DOTALL | re.IGNORECASE)
_SAID = re.compile(r"(ignore|ignore-file)\s+(\S.*?)\s+because\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Suppression:
    """The rules that are silenced."""

    rules: frozenset[str]
    whole_file: bool = False


def read(comment: str) -> Suppression | None:
    """What the inside of a comment silences; None for a comment about other things.

    Raises VydnoError, one sentence without its full stop, for one that is not complete.
    """
    marked = _MARK.fullmatch(comment.rstrip())
    if marked is None:
        return None
    said = _SAID.fullmatch(marked[1])
    if said is None:
        raise VydnoError(
            "The comment silences nothing, since it is not written `vydno-lint: ignore RULE "
            "because …` with a reason"
        )
    try:
        rules = selected([said[2]], [])
    except VydnoError as error:
        raise VydnoError(f"The comment silences nothing. {str(error).rstrip('.')}") from None
    return Suppression(rules=rules, whole_file=said[1] == "ignore-file")
