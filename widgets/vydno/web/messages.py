"""ASGI's scope and messages, to and from what the pure functions take and give."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, TypeAlias

from .response import Response

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


def request_headers(scope: Mapping[str, Any]) -> dict[str, str]:
    """Header names in lower case to values; several of a name are joined as HTTP joins them."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope.get("headers", ()):
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        # HTTP/2 may send every cookie in a field of its own (RFC 9113, section 8.2.3).
        separator = "; " if name == "cookie" else ", "
        headers[name] = f"{headers[name]}{separator}{value}" if name in headers else value
    return headers


async def read_body(receive: Receive, *, at_most: int) -> bytes | None:
    """The request's body, or its beginning if it is longer than ``at_most`` bytes.

    None if the client went away before the end.
    """
    body = b""
    while len(body) <= at_most:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return body


async def send_response(response: Response, scope: Scope, send: Send) -> None:
    """Send the whole response; to HEAD only its headers."""
    headers = [(name.encode(), value.encode("latin-1")) for name, value in response.headers]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    body = b"" if scope["method"] == "HEAD" else response.body
    await send({"type": "http.response.body", "body": body})
