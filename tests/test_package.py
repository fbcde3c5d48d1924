"""The wheel: what is in it, and that it serves a page where there is nothing but it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from email.message import Message
from email.parser import BytesParser
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

import pytest
import vydno
from vydno.static import static_dir

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "widgets"
# What a fresh environment gets besides: jinja2 needs markupsafe.
CORE = ("jinja2", "markupsafe")
# The parts that are for whoever builds assets and themes; all else runs on a server.
NEED_AN_EXTRA = (
    "vydno.assets",
    "vydno.audit",
    "vydno.catalogues",
    "vydno.cli",
    "vydno.listen",
    "vydno.modules",
    "vydno.lint",
    "vydno.pytest_plugin",
    "vydno.themes",
    "vydno.web.django",
    "vydno.web.flask",
)

APP = """
from vydno.templating import Macros
from vydno.web.asgi import VydnoMiddleware, preferences

vydno = Macros(lang="uk")

async def page(scope, receive, send):
    chosen = preferences(scope)
    html = f'''<!doctype html><html lang="uk"{vydno.html_attributes(chosen)}>{vydno.head()}
        {vydno.text_scale(chosen, return_to="/")}{vydno.theme_switch(chosen, return_to="/")}'''
    headers = [(b"content-type", b"text/html; charset=utf-8")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": html.encode()})

app = VydnoMiddleware(page)
"""

# A visitor without a browser: looks at the page, presses a button, follows, fetches the script.
VISIT = """
import asyncio, json, re, runpy, sys

app = runpy.run_path(sys.argv[1])["app"]

def request(method, target, body=b"", **headers):
    path, _, query = target.partition("?")
    answer = {"body": ""}
    async def receive():
        return {"type": "http.request", "body": body}
    async def send(message):
        answer["status"] = message.get("status", answer.get("status"))
        answer["body"] += message.get("body", b"").decode()
        pairs = [(k.decode(), v.decode()) for k, v in message.get("headers", ())]
        answer["headers"] = answer.get("headers", {}) | dict(pairs)
    raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(),
             "scheme": "http", "root_path": "", "headers": [(b"host", b"city.example"), *raw]}
    asyncio.run(app(scope, receive, send))
    return answer

page = request("GET", "/")
form = b"text-scale=larger&return-to=%2F"
posted = request("POST", "/vydno/preferences", form, sec_fetch_site="same-origin",
                 content_type="application/x-www-form-urlencoded")
cookie = posted["headers"]["set-cookie"].partition(";")[0]
again = request("GET", posted["headers"]["location"], cookie=cookie)
script = request("GET", re.search(r'src="([^"]+)"', again["body"])[1])
print(json.dumps({"page": page, "posted": posted, "again": again, "script": script}))
"""

# Every module by itself; what one lacks, or why it ended.
IMPORTS = """
import importlib, json, pkgutil, vydno

found = {"vydno": None}
for module in pkgutil.walk_packages(vydno.__path__, "vydno."):
    try:
        importlib.import_module(module.name)
        found[module.name] = None
    except ModuleNotFoundError as error:
        found[module.name] = error.name
    except SystemExit as error:
        found[module.name] = error.code
print(json.dumps([vydno.__file__, found]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as pip builds it, with the hatchling that is installed: nothing is downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    run([sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(folder), str(ROOT)])
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def contents(wheel: Path) -> dict[str, bytes]:
    """Path in the wheel to content."""
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def metadata(contents: dict[str, bytes]) -> Message:
    (name,) = (name for name in contents if name.endswith(".dist-info/METADATA"))
    return BytesParser().parsebytes(contents[name])


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The python of an environment with the wheel and what its core needs: no extra, no index."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=os.name != "nt", with_pip=False)
    executable = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    purelib = "import sysconfig; print(sysconfig.get_path('purelib'), end='')"
    site_packages = Path(run([str(executable), "-c", purelib]))
    for name in CORE:
        copy_installed(name, site_packages)
    pip = [sys.executable, "-m", "pip", "--python", str(executable)]
    run([*pip, "install", "--no-deps", "--no-index", "--quiet", str(wheel)])
    return executable


def copy_installed(name: str, site_packages: Path) -> None:
    """Copy what is installed here: nothing is downloaded."""
    for file in distribution(name).files or ():
        if ".." not in file.parts:
            target = site_packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file.locate(), target)


def run(command: list[str]) -> str:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


# What is in it


def test_the_wheel_holds_the_package_and_its_metadata_and_nothing_else_at_top_level(
    contents: dict[str, bytes],
) -> None:
    top = {PurePosixPath(name).parts[0] for name in contents}
    assert top == {"vydno", f"vydno-{vydno.__version__}.dist-info"}


def test_the_wheel_s_static_files_are_those_of_static(contents: dict[str, bytes]) -> None:
    prefix = "vydno/static/"
    shipped = {n.removeprefix(prefix): c for n, c in contents.items() if n.startswith(prefix)}
    built = [path for path in static_dir().rglob("*") if path.is_file()]
    assert shipped == {
        path.relative_to(static_dir()).as_posix(): path.read_bytes() for path in built
    }


def test_the_wheel_holds_every_file_of_the_package(contents: dict[str, bytes]) -> None:
    files = (path for path in (SOURCES / "vydno").rglob("*") if path.is_file())
    there = {path.relative_to(SOURCES).as_posix() for path in files if path.suffix != ".pyc"}
    assert {"vydno/py.typed", "vydno/preferences.json", "vydno/head.jinja"} <= there
    assert {"vydno/static/texts.json", "vydno/static/lang/zh-Hant.js"} <= set(contents)
    assert there - set(contents) == set()


def test_the_wheel_holds_nothing_of_the_demo_and_the_tests(contents: dict[str, bytes]) -> None:
    folders = {part for name in contents for part in PurePosixPath(name).parts[:-1]}
    assert folders & {"demo", "tests", "widgets", "__pycache__", ".venv", "node_modules"} == set()
    assert [name for name in contents if PurePosixPath(name).name.startswith("test_")] == []


def test_the_version_is_the_same_everywhere(metadata: Message) -> None:
    assert metadata["Name"] == "vydno"
    assert metadata["Version"] == vydno.__version__


def test_the_core_needs_jinja2_only(metadata: Message) -> None:
    needed = metadata.get_all("Requires-Dist") or []
    assert [one for one in needed if "extra ==" not in one] == ["jinja2>=3.1"]


def test_the_licence_is_in_the_wheel(contents: dict[str, bytes], metadata: Message) -> None:
    assert metadata["License-Expression"] == "MIT"
    assert [name for name in contents if name.endswith(".dist-info/licenses/LICENSE")]


# In an empty environment


@pytest.fixture(scope="module")
def visit(python: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    app = tmp_path_factory.mktemp("site") / "app.py"
    app.write_text(APP, encoding="utf-8")
    found: dict[str, Any] = json.loads(run([str(python), "-I", "-c", VISIT, str(app)]))
    return found


def test_the_installed_package_renders_a_page(visit: dict[str, Any]) -> None:
    page = visit["page"]
    assert page["status"] == 200
    assert page["headers"]["vary"] == "Cookie"
    assert '<html lang="uk">' in page["body"]
    assert "Збільшити текст" in page["body"]


def test_the_installed_package_takes_the_form(visit: dict[str, Any]) -> None:
    posted = visit["posted"]
    assert posted["status"] == 303
    assert posted["headers"]["location"] == "/"
    assert posted["headers"]["set-cookie"].startswith("vydno=text-scale=110; Path=/;")
    assert '<html lang="uk" data-text-scale="110">' in visit["again"]["body"]


def test_the_installed_package_serves_its_script_for_good(visit: dict[str, Any]) -> None:
    script = visit["script"]
    assert script["status"] == 200
    assert script["headers"]["cache-control"].endswith("immutable")
    assert script["body"].encode() == (static_dir() / "vydno.js").read_bytes()


def test_only_what_builds_assets_and_themes_needs_an_extra(python: Path) -> None:
    where, found = json.loads(run([str(python), "-I", "-c", IMPORTS]))
    assert Path(where).is_relative_to(python.parents[1])
    assert {"vydno.templating", "vydno.web.asgi", "vydno.preferences"} <= set(found)
    lacking = {name: lacks for name, lacks in found.items() if lacks is not None}
    assert [name for name in lacking if not name.startswith(NEED_AN_EXTRA)] == []
    assert [lacks for lacks in lacking.values() if str(lacks).startswith("vydno")] == []


def test_the_command_says_which_extra_it_needs(python: Path) -> None:
    command = python.with_name("vydno.exe" if os.name == "nt" else "vydno")
    done = subprocess.run([command, "--help"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == ""
    assert (
        done.stderr == 'The command needs more than the controls do: pip install "vydno[audit]"\n'
    )
