"""The examples behind real servers: uvicorn, waitress, and Django's own; and behind a proxy."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from django.test import override_settings
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from waitress.server import create_server

from tests.servers import serve

from .doors import ASGI, application

ROOT = Path(__file__).parents[2]


@contextmanager
def started(door: str, *, prefix: str = "") -> Iterator[str]:
    """Start the example behind a door; yields its address without a slash.

    With a ``prefix`` the server is told that the application is mounted there, as a proxy in front
    of it has it; ``runserver`` cannot be told, so Django's application gets another server, and
    serves its files itself.
    """
    if door in ASGI:
        with serve(application(door), root_path=prefix) as address:
            yield address
    elif door == "django" and not prefix:
        with run_server() as address:
            yield address
    elif door == "django":
        app = application(door)
        with (
            override_settings(STATICFILES_FINDERS=[]),
            serve_wsgi(app, prefix=prefix) as address,
        ):
            yield address
    else:
        with serve_wsgi(application(door), prefix=prefix) as address:
            yield address


@contextmanager
def serve_wsgi(app: Any, *, prefix: str = "") -> Iterator[str]:
    """Serve a WSGI application while the context lasts."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = create_server(app, sockets=[listener], threads=8, url_prefix=prefix)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(5)


@contextmanager
def behind_a_proxy(upstream: str, prefix: str) -> Iterator[str]:
    """A proxy that shows what is upstream below a prefix, which it takes off, and which calls the
    server by another name than visitors do; yields its address without a slash."""

    async def pass_on(request: Request) -> Response:
        own = {"host", "content-length", "connection"}
        headers = [(name, value) for name, value in request.headers.raw if name.decode() not in own]
        query = f"?{request.url.query}" if request.url.query else ""
        address = upstream + request.url.path.removeprefix(prefix) + query
        async with httpx.AsyncClient(timeout=60) as client:
            answer = await client.request(
                request.method, address, headers=headers, content=await request.body()
            )
        response = Response(answer.content, answer.status_code)
        told = ("content-encoding", "content-length", "transfer-encoding", "connection")
        for name, value in answer.headers.multi_items():
            if name not in told:
                response.headers.append(name, value)
        return response

    proxy = Starlette(routes=[Route(f"{prefix}/{{path:path}}", pass_on, methods=["GET", "POST"])])
    with serve(proxy) as address:
        yield address


@contextmanager
def run_server() -> Iterator[str]:
    """``runserver``, which says its address once it listens."""
    command = [sys.executable, "-u", "-m", "django", "runserver", "--noreload", "127.0.0.1:0"]
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.examples.on_django.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
    }
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            said = (re.search(r"at (http://[\d.]+:\d+)", line) for line in process.stdout)
            yield next(found[1] for found in said if found)
        finally:
            process.terminate()
