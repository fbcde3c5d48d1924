"""Every door's example, and one way to send a request to any of them."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import importlib
import logging
import os
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

HOST = "http://127.0.0.1"
ASGI = ("starlette", "fastapi", "litestar")
WSGI = ("wsgi", "flask", "jinja")
DJANGO = ("django", "django-asgi")
DOORS = (*ASGI, *WSGI, *DJANGO)
FORM = {"content-type": "application/x-www-form-urlencoded"}


@functools.cache
def set_up_django() -> None:
    """Start the example's project, in this process, once."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.examples.on_django.settings"
    importlib.import_module("django").setup()


@functools.cache
def application(door: str) -> Any:
    """The example behind a door."""
    if door in DJANGO:
        set_up_django()
        kind = "asgi" if door == "django-asgi" else "wsgi"
        module = importlib.import_module(f"django.core.{kind}")
        return getattr(module, f"get_{kind}_application")()
    with _logging_left_alone():
        return importlib.import_module(f"tests.examples.on_{door}").app


@contextlib.contextmanager
def _logging_left_alone() -> Iterator[None]:
    """Litestar takes the root logger over; that is for its server's process, not for this one."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def send(
    app: Any,
    method: str,
    path: str,
    *,
    prefix: str = "",
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> httpx.Response:
    """One request, as a browser at 127.0.0.1 sends it; no redirect is followed."""
    options: dict[str, Any] = {"headers": headers or {}, **more}
    if not _is_asgi(app):
        with httpx.Client(
            transport=httpx.WSGITransport(app=app, script_name=prefix), base_url=HOST
        ) as client:
            return client.request(method, path, **options)

    async def sending() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, root_path=prefix)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            return await client.request(method, prefix + path, **options)

    return asyncio.run(sending())


def visit(door: str, method: str, path: str, **more: Any) -> httpx.Response:
    """The same to the example behind a door."""
    return send(application(door), method, path, **more)


def _is_asgi(app: Any) -> bool:
    return asyncio.iscoroutinefunction(getattr(app, "__call__", None))  # noqa: B004
