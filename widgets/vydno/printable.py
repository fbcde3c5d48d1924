"""Other people's text on a terminal."""

from __future__ import annotations

_INSTEAD = "\ufffd"


def printable(text: str) -> str:
    """Without what would tell a terminal to do something: control characters, and those that turn
    the direction of what follows. Lines stay lines."""
    return "".join(
        sign if sign.isprintable() or sign == "\n" else " " if sign.isspace() else _INSTEAD
        for sign in text
    )
