"""What the pure functions answer; each door turns it into its framework's own response."""

from __future__ import annotations

from dataclasses import dataclass

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Response:
    """A whole answer.

    Header names are in lower case; ``content-length`` is among them where the status allows it.
    """

    status: int
    headers: Headers
    body: bytes = b""


def sentence(status: int, text: str, *headers: tuple[str, str]) -> Response:
    """An answer for people: one sentence of plain text, which no cache may keep."""
    body = f"{text}\n".encode()
    return Response(
        status,
        (
            ("content-type", "text/plain; charset=utf-8"),
            ("content-length", str(len(body))),
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            *headers,
        ),
        body,
    )
