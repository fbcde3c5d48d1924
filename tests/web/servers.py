"""The examples behind real servers: uvicorn, waitress, and Django's own."""

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

from waitress.server import create_server

from tests.servers import serve

from .doors import ASGI, application

ROOT = Path(__file__).parents[2]


@contextmanager
def started(door: str) -> Iterator[str]:
    """Start the example behind a door; yields its address without a slash."""
    if door in ASGI:
        with serve(application(door)) as address:
            yield address
    elif door == "django":
        with run_server() as address:
            yield address
    else:
        with serve_wsgi(application(door)) as address:
            yield address


@contextmanager
def serve_wsgi(app: Any) -> Iterator[str]:
    """Serve a WSGI application while the context lasts."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = create_server(app, sockets=[listener], threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(5)


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
