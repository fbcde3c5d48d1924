"""Driving an ASGI application: byte by byte, or through httpx as a well-behaved client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
from vydno.web.asgi import App
from vydno.web.messages import Message

Result = TypeVar("Result")


def wait(awaitable: Awaitable[Result]) -> Result:
    """What comes of ``awaitable``, which need not be a coroutine."""

    async def waiting() -> Result:
        return await awaitable

    return asyncio.run(waiting())


@dataclass
class Answer:
    """What an application sent; ``status`` is 0 where it sent nothing."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    def all(self, name: str) -> list[str]:
        return [value.decode() for key, value in self.headers if key == name.encode()]

    def __getitem__(self, name: str) -> str:
        (value,) = self.all(name)
        return value


def http_scope(
    method: str = "GET",
    path: str = "/",
    headers: Iterable[tuple[bytes, bytes]] = (),
    **more: Any,
) -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"city.example"), *headers],
        "scheme": "https",
        "root_path": "",
        **more,
    }


def run(app: App, scope: Mapping[str, Any], chunks: Iterable[bytes | None] = (b"",)) -> Answer:
    """Call ``app`` once; ``None`` among the chunks of the body is a client that goes away."""
    answer, waiting = Answer(), list(chunks)

    async def receive() -> Message:
        chunk = waiting.pop(0) if waiting else None
        if chunk is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": chunk, "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], list(message["headers"])
        else:
            answer.body += message.get("body", b"")

    wait(app(dict(scope), receive, send))
    return answer


def request(app: App, method: str, url: str, **more: Any) -> httpx.Response:
    """Send one request and follow no redirect."""

    async def sending() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="https://city.example") as one:
            return await one.request(method, url, **more)

    return wait(sending())
