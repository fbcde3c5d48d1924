"""A wrong setting stops a real server before it listens, with one sentence as its last words.

Django's is in test_django.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SENTENCE = "{} must be one of '', 'x-forwarded', 'forwarded'; 'nginx' is not."
UVICORN = ["-m", "uvicorn", "--port", "0", "site_of_ours:app"]
# Its module passes no exit status on, as its command does.
WAITRESS = ["waitress-serve", "--port", "0", "site_of_ours:app"]
APPS = {
    "starlette": (
        UVICORN,
        """
from starlette.applications import Starlette
from starlette.middleware import Middleware
from vydno.web.asgi import configured
app = Starlette(middleware=[Middleware(configured(proxy="nginx"))])
""",
    ),
    "fastapi": (
        UVICORN,
        """
from fastapi import FastAPI
from vydno.web.asgi import configured
app = FastAPI()
app.add_middleware(configured(proxy="nginx"))
""",
    ),
    "litestar": (
        UVICORN,
        """
from litestar import Litestar
from vydno.web.asgi import VydnoMiddleware
app = VydnoMiddleware(Litestar([]), proxy="nginx")
""",
    ),
    "wsgi": (
        WAITRESS,
        """
from vydno.web.wsgi import VydnoMiddleware
app = VydnoMiddleware(lambda environ, start_response: [], proxy="nginx")
""",
    ),
    "flask": (
        WAITRESS,
        """
from flask import Flask
from vydno.web.flask import Vydno
app = Flask(__name__)
app.config["VYDNO_PROXY"] = "nginx"
Vydno(app)
""",
    ),
}


def start(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}
    return subprocess.run(
        [sys.executable, *command],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("door", APPS)
def test_a_wrong_setting_stops_the_server(door: str, tmp_path: Path) -> None:
    command, source = APPS[door]
    if command is WAITRESS:
        command = [str(Path(sys.executable).with_name(command[0])), *command[1:]]
    (tmp_path / "site_of_ours.py").write_text(source)
    ended = start(command, tmp_path)
    assert ended.returncode != 0
    said = [line.strip() for line in (ended.stdout + ended.stderr).splitlines()]
    name = "VYDNO_PROXY" if door == "flask" else "proxy"
    assert any(line.endswith(SENTENCE.format(name)) for line in said), said[-5:]


def test_a_wrong_setting_stops_any_other_site_with_jinja(tmp_path: Path) -> None:
    (tmp_path / "site_of_ours.py").write_text(
        "from jinja2 import Environment\n"
        "from vydno.templating import install\n"
        "install(Environment(), asset_base='/static')\n"
    )
    ended = start(["-m", "site_of_ours"], tmp_path)
    assert ended.returncode != 0
    assert "asset_base is '/static'; it must end in '/'" in ended.stderr.splitlines()[-1]
