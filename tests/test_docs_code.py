"""The code in every document does something: it is run, or read by what would run it.

A block that needs a test of its own has one, which ``ELSEWHERE`` names.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import html5lib
import pytest
import tinycss2
from jinja2 import Environment, StrictUndefined
from playwright.sync_api import Browser
from vydno import Preferences
from vydno.cli import vydno
from vydno.listen.parts import PACKAGES
from vydno.static import static_dir
from vydno.templating import Macros

from demo.documents import Library
from demo.environment import ROOT

from .servers import folder

TESTS = ROOT / "tests"


@dataclass(frozen=True)
class Block:
    """A block of code; ``place`` counts those of a language in its document."""

    path: str
    language: str
    place: int
    code: str

    def __str__(self) -> str:
        return f"{self.path}: {self.language} {self.place}"


def every_block() -> Iterator[Block]:
    for document in Library().documents:
        text = (ROOT / document.path).read_text(encoding="utf-8")
        seen: dict[str, int] = {}
        for language, code in re.findall(r"^```(\S*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            seen[language] = place = seen.get(language, 0) + 1
            yield Block(document.path, language, place, code)


BLOCKS = list(every_block())

WEB, AUDIT = "widgets/vydno/web/README.md", "widgets/vydno/audit/README.md"
LINT = "widgets/vydno/lint/README.md"
# Document and language to the file of tests in which its blocks are run.
ELSEWHERE = {
    (WEB, "python"): "web/test_doors_readme.py",
    (WEB, "html+django"): "web/test_doors_readme.py",
    (AUDIT, "python"): "audit/test_reference.py",
    (LINT, "css"): "lint/test_reference.py",
    (LINT, "text"): "lint/test_reference.py",
    (LINT, "diff"): "lint/test_reference.py",
    ("widgets/vydno/bridges/README.md", "css"): "bridges/test_reference.py",
    ("widgets/vydno/frontend/README.md", "jsx"): "frontend/test_readme.py",
    ("widgets/vydno/frontend/README.md", "vue"): "frontend/test_readme.py",
    ("widgets/vydno/frontend/README.md", "svelte"): "frontend/test_readme.py",
    ("widgets/vydno/frontend/README.md", "ts"): "frontend/test_readme.py",
}


# What becomes of each language


def run_python(code: str) -> None:
    names: dict[str, Any] = {"HOME": "", "FORM": ""}
    exec(compile(code, "a document", "exec"), names)
    assert names


def run_commands(code: str) -> None:
    """Each line names what there is: a command with options that it has, an extra, a module."""
    for line in code.splitlines():
        program, *words = shlex.split(line, comments=True)
        if program == "vydno":
            parse(vydno, words)
        elif program == "pip":
            extra = re.fullmatch(r"vydno\[(\w+)\]", words[1])
            project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
            assert extra
            assert extra[1] in project["project"]["optional-dependencies"]
        elif program == "npm":
            assert words == ["install", "vydno"]
        elif program == "sudo":
            assert words == ["apt-get", "install", *PACKAGES]
        else:
            assert (program, words[0]) == ("python3", "-m"), line
            assert importlib.util.find_spec(words[1])


def parse(command: click.Command, words: list[str]) -> None:
    """What the command line makes of its words, without doing it. Raises what it would say."""
    if not isinstance(command, click.Group):
        command.make_context(command.name, list(words), resilient_parsing=False)
        return
    with command.make_context(command.name, list(words)) as context:
        _, inner, rest = command.resolve_command(context, list(words))
        assert inner
        parse(inner, rest)


def run_template(code: str) -> None:
    site = Environment(autoescape=True, undefined=StrictUndefined)
    chosen = Preferences({"theme": "red"})
    html = site.from_string(code).render(vydno=Macros(), preferences=chosen, path="/a")
    assert "<" in html


def read_html(code: str) -> None:
    """Sound, and every file that it names is there."""
    if "<html " not in code:  # the beginning of a page is no whole one
        html5lib.HTMLParser(strict=True).parseFragment(code)
    for name in re.findall(r'(?:src|href)="/vydno/([^"]+)"', code):
        assert (static_dir() / name).is_file(), name


def read_css(code: str) -> None:
    rules = tinycss2.parse_stylesheet(code, skip_whitespace=True, skip_comments=True)
    assert rules
    for rule in rules:
        declarations = tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
        assert [each.type for each in (rule, *declarations) if each.type == "error"] == []


def read_script(code: str) -> None:
    """Run by ``test_the_functions_work_as_written``; here, what it imports is there."""
    for names, file in re.findall(r'import \{ (.*?) \} from "/vydno/(.*?)"', code):
        source = (static_dir() / file).read_text(encoding="utf-8")
        exported = re.match(r"export const\[([\w,]+)\]", source)
        assert exported
        assert set(names.split(", ")) <= set(exported[1].split(","))


def read_words(code: str) -> None:
    """To be pasted as they are: nothing that would be markup there."""
    assert not re.search(r"[<>{}]", code)


RUN: dict[str, Callable[[str], Any]] = {
    "python": run_python,
    "sh": run_commands,
    "html": read_html,
    "html+jinja": run_template,
    "css": read_css,
    "toml": tomllib.loads,
    "json": json.loads,
    "js": read_script,
    "text": read_words,
}


@pytest.mark.parametrize(
    "block", [one for one in BLOCKS if (one.path, one.language) not in ELSEWHERE], ids=str
)
def test_the_code_of_a_document_does_something(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("site.css", "pairs.toml", "themes.toml", "other.toml", "checks.py"):
        Path(name).touch()
    for name in ("static", "templates", "site", "tokens"):
        Path(name).mkdir()
    Path("templates/base.html").touch()
    Path("tokens/vydno.resolver.json").touch()
    assert block.language in RUN, f"{block}: say in RUN what runs {block.language}"
    RUN[block.language](block.code)


@pytest.mark.parametrize(("place", "file"), ELSEWHERE.items(), ids=str)
def test_what_is_run_elsewhere_is_read_there(place: tuple[str, str], file: str) -> None:
    path, language = place
    assert any((each.path, each.language) == place for each in BLOCKS)
    source = (TESTS / file).read_text(encoding="utf-8")
    assert "README" in source
    assert language in source, path


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "from vydno import Preference5"),
        ("sh", "vydno themes chek"),
        ("sh", "vydno lint --fixed static"),
        ("sh", 'pip install "vydno[everything]"'),
        ("sh", "python3 -m demos"),
        ("html", '<script src="/vydno/vydno-late.js"></script>'),
        ("html+jinja", "{{ vydno.text_size(preferences) }}"),
        ("css", ":root { --a }"),
        ("toml", "a = "),
        ("js", 'import { put } from "/vydno/vydno.js";'),
        ("text", "<b>"),
    ],
)
def test_code_that_is_wrong_is_found(
    language: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("static").mkdir()
    with pytest.raises(Exception, match=r"\S"):
        RUN[language](code)


# What only a browser can run


def of(path: str, language: str) -> list[str]:
    return [each.code for each in BLOCKS if (each.path, each.language) == (path, language)]


@pytest.fixture
def static_host(tmp_path: Path) -> Iterator[str]:
    """A host without a server: ``static/`` as ``/vydno/``, and the lines that are to be pasted."""
    shutil.copytree(static_dir(), tmp_path / "vydno")
    head, body = of("README.md", "html")[:2]
    (script,) = (code for code in of("README.md", "js") if '"/vydno/vydno.js"' in code)
    script = script.replace("reset();", "").replace("end();", "")
    (tmp_path / "index.html").write_text(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>A</title>{head}{body}"
    )
    (tmp_path / "functions.html").write_text(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>A</title>{head}{body}"
        f"<script type=module>{script}; window.heard = get('theme')</script>"
    )
    with folder(tmp_path) as address:
        yield address


def test_what_is_pasted_into_a_page_works(chromium: Browser, static_host: str) -> None:
    with chromium.new_context() as context, context.new_page() as page:
        page.goto(static_host)
        page.click("text-scale [value=larger]")
        page.check("theme-switch [data-theme=red]", force=True)
        page.reload()
        root = page.locator("html")
        assert root.get_attribute("data-text-scale") == "110"
        assert root.get_attribute("data-theme") == "red"


def test_the_functions_work_as_written(chromium: Browser, static_host: str) -> None:
    with chromium.new_context() as context, context.new_page() as page:
        errors: list[object] = []
        page.on("pageerror", lambda error: errors.append(error))
        page.goto(f"{static_host}/functions.html")
        page.wait_for_function("() => window.heard === 'red'")
        assert errors == []
