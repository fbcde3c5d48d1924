"""vydno.assets and vydno.modules: what is built, and that it is what its sources make."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from vydno import PREFERENCES, VydnoError, assets, cli
from vydno.modules import ESModules
from vydno.static import manifest, static_dir

STATIC = static_dir()
SOURCES = Path(assets.__file__).parent
STEPS = [value for value in PREFERENCES["text-scale"].values if value != "100"]

# What no file of ours may hold: another host, and whatever turns text into code or into markup.
FORBIDDEN = {
    "another host": re.compile(r"(?:https?:|wss?:|[\"'(=\s])//[\w\[]", re.IGNORECASE),
    "text as code": re.compile(
        r"\beval\b|\bnew Function\b|\bimport\s*\(|\bset(?:Timeout|Interval)\(\s*[\"'`]"
    ),
    "text as markup": re.compile(
        r"(?:inner|outer)HTML|insertAdjacentHTML|document\.write|srcdoc|DOMParser"
        r"|createContextualFragment|setHTML"
    ),
}

Bundle = Callable[..., str]

BUILT = sorted(path for path in STATIC.rglob("*") if path.is_file())


def named(paths: list[Path], folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def forbidden(content: str) -> list[str]:
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(content)]


# What is built


def test_static_is_what_the_sources_make() -> None:
    assert assets.stale(STATIC) == []


def test_another_process_makes_the_same_bytes() -> None:
    """Sets and dictionaries of text come in another order under another seed."""
    command = [sys.executable, "-m", "vydno.cli", "build", "--check"]
    environ = {**os.environ, "PYTHONHASHSEED": "42"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_build_into_an_empty_folder_writes_every_file_and_the_next_one_none(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "not" / "there"
    assert assets.build(folder) == named(BUILT, STATIC)
    assert assets.build(folder) == []


def test_a_build_mends_what_is_changed_missing_or_extra(tmp_path: Path) -> None:
    spoil(tmp_path)
    assert assets.build(tmp_path) == ["extra.js", "lang/tlh.js", "vydno.css", "vydno.js"]
    assert assets.stale(tmp_path) == []


def test_check_exits_with_1_and_lists_what_is_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(tmp_path)
    assert cli.main(["build", "--check", "--output", str(tmp_path)]) == 1
    output = capsys.readouterr()
    assert "Stale: extra.js, lang/tlh.js, vydno.css, vydno.js." in output.err
    assert output.out == ""


def test_check_writes_nothing(tmp_path: Path) -> None:
    spoil(tmp_path)
    before = contents(tmp_path)
    cli.main(["build", "--check", "--output", str(tmp_path)])
    assert contents(tmp_path) == before


def test_check_of_a_folder_that_is_missing_lists_every_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["build", "--check", "--output", str(tmp_path / "missing")]) == 1
    listed = capsys.readouterr().err
    assert [name for name in manifest() if name not in listed] == []


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def spoil(folder: Path) -> None:
    """A build with one file changed, one missing and one too many, in a folder as well."""
    assets.build(folder)
    (folder / "lang" / "tlh.js").write_text("")
    (folder / "vydno.js").write_bytes((folder / "vydno.js").read_bytes() + b" ")
    (folder / "vydno.css").unlink()
    (folder / "extra.js").write_text("")


# The manifest


def test_the_manifest_describes_every_file_that_a_page_loads() -> None:
    built = set(named(BUILT, STATIC))
    assert {name for name in built if name.endswith((".js", ".css"))} == set(manifest())


@pytest.mark.parametrize("name", manifest())
def test_an_entry_of_the_manifest_tells_the_truth_about_its_file(name: str) -> None:
    content = (STATIC / name).read_bytes()
    assert manifest()[name] == {
        "bytes": len(content),
        "brotli": len(brotli.compress(content, quality=11)),
        "version": hashlib.sha256(content).hexdigest()[:12],
        "integrity": f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}",
        "csp": f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}",
    }


# One list


def test_the_sizes_of_the_style_sheet_are_those_of_the_list() -> None:
    source = (SOURCES / "text_scale" / "text_scale.css").read_text(encoding="utf-8")
    found = re.findall(
        r':root\[data-text-scale="(\d+)"\] \{\s*'
        r"font-size: calc\((\d+)% \* var\(--vydno-root, 1\)\) !important;\s*\}",
        source,
    )
    assert found == [(step, step) for step in STEPS]


@pytest.mark.parametrize("name", ["text-scale.css", "vydno.css"])
def test_the_built_sizes_are_those_of_the_list(name: str) -> None:
    built = (STATIC / name).read_text(encoding="utf-8")
    found = re.findall(
        r':root\[data-text-scale="?(\d+)"?\]\{'
        r"font-size:calc\((\d+)% \* var\(--vydno-root,1\)\)!important\}",
        built,
    )
    assert found == [(step, step) for step in STEPS]


@pytest.mark.parametrize("theme", PREFERENCES["theme"].values)
def test_the_themes_style_sheet_has_every_theme_of_the_list(theme: str) -> None:
    built = (STATIC / "themes.css").read_text(encoding="utf-8")
    assert re.search(rf'\[data-theme="?{theme}"?\]', built)


def test_the_themes_style_sheet_has_no_theme_that_is_not_in_the_list() -> None:
    built = (STATIC / "themes.css").read_text(encoding="utf-8")
    found = re.findall(r'\[data-theme="?([\w-]+)"?\]', built)
    assert set(found) == set(PREFERENCES["theme"].values)


@pytest.mark.parametrize("name", [name for name in manifest() if re.fullmatch(r"[\w-]+\.js", name)])
def test_every_script_carries_the_list(name: str) -> None:
    built = (STATIC / name).read_text(encoding="utf-8")
    for preference in PREFERENCES.values():
        assert json.dumps(preference.values, separators=(",", ":")) in built


# What is not in there


@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.name)
def test_no_built_file_leads_elsewhere_or_makes_code_or_markup_of_text(path: Path) -> None:
    assert forbidden(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('fetch("https://elsewhere.example/")', "another host"),
        ("@import url(//elsewhere.example/a.css);", "another host"),
        ("eval('1')", "text as code"),
        ('setTimeout("alert(1)", 1)', "text as code"),
        ('const later=import("./later.js")', "text as code"),
        ("element.innerHTML = name", "text as markup"),
        ("document.write(name)", "text as markup"),
    ],
)
def test_a_file_that_does_so_is_found(content: str, found: str) -> None:
    assert forbidden(content) == [found]


# One file out of many modules


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    """Put modules into one file: name without ``.js`` to source, the entry is ``main``."""

    def bundling(**sources: str) -> str:
        for name, source in sources.items():
            (tmp_path / f"{name}.js").write_text(source, encoding="utf-8")
        out = io.StringIO()
        ESModules().open(out, str(tmp_path / "main.js"))
        return out.getvalue()

    return bundling


def test_a_module_that_is_imported_twice_is_there_once_and_first(bundle: Bundle) -> None:
    built = bundle(
        main='import { a } from "./a.js";\nimport { b } from "./b.js";\na(b);\n',
        a="export function a() {}\n",
        b='import { a } from "./a.js";\nexport const b = a();\n',
    )
    assert built == "(() => {\nfunction a() {}\nconst b = a();\na(b);\n})();\n"


def test_what_the_first_module_exports_stays_exported(bundle: Bundle) -> None:
    built = bundle(
        main='import "./a.js";\nexport { a } from "./a.js";\nexport const own = 1;\n',
        a="export const a = 1;\n",
    )
    assert built.startswith("export const [a, own] = (() => {\n")
    assert built.endswith("return [a, own];\n})();\n")


def test_data_becomes_a_constant(bundle: Bundle, tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text('{"слово": [1]}', encoding="utf-8")
    source = 'import {} from "./list.json" with {{ type: "json" }};\n'
    built = bundle(main='import "./a.js";\n' + source.format("LIST"), a=source.format("SAME"))
    assert 'const SAME = {"слово": [1]};\n' in built
    assert 'const LIST = {"слово": [1]};\n' in built


def test_of_a_template_a_module_gets_the_texts_that_name_it(bundle: Bundle, tmp_path: Path) -> None:
    folder = tmp_path / "locale"
    folder.mkdir()
    entry = '#: {}\nmsgctxt "{}"\nmsgid "{}"\nmsgstr ""\n'
    mine, other = entry.format("main.js", "size", "Size {}"), entry.format("a.js", "red", "Red")
    (folder / "vydno.pot").write_text(f'msgid ""\nmsgstr ""\n\n{mine}\n{other}')
    line = 'import TEXTS from "./locale/vydno.pot" with { type: "gettext" };\n'
    assert 'const TEXTS = {"en": {"size": "Size {}%"}};\n' in bundle(main=line)
    with pytest.raises(VydnoError, match=r"^vydno\.pot: no text names none\.js; add the comment"):
        bundle(main='import "./none.js";\n', none=line)


@pytest.mark.parametrize(
    "line",
    [
        'const later = await import("./a.js");',
        '  import("./a.js").then(go);',
        "const here = import.meta.url;",
        "export default function a() {}",
        "export default 1;",
        "export * from './a.js';",
        'export { a as b } from "./a.js";',
        "export { a };",
        "export const { a } = b;",
        'import * as a from "./a.js";',
        'import a from "./a.js";',
        'import { a as b } from "./a.js";',
        "import { a } from './a.js';",
        'import { a } from "a";',
        'import { a } from "https://elsewhere.example/a.js";',
        'import a from "./a.json";',
        'import a from "./a.json" with { type: "gettext" };',
        'import a from "./a.pot" with { type: "json" };',
        'import { a } from "./a.json" with { type: "json" };',
    ],
)
def test_what_the_build_does_not_understand_is_refused_and_the_file_named(
    bundle: Bundle, tmp_path: Path, line: str
) -> None:
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(VydnoError, match=r"^main\.js: the build does not understand .+\.$"):
        bundle(main=f"{line}\n", a="export const a = 1;\n")


def test_a_mistake_in_a_module_that_is_imported_names_that_module(bundle: Bundle) -> None:
    with pytest.raises(VydnoError, match=r"^deep\.js: "):
        bundle(main='import "./deep.js";\n', deep="export default 1;\n")


def test_a_name_that_two_modules_declare_is_refused(bundle: Bundle) -> None:
    with pytest.raises(VydnoError, match=r"^main\.js: .* declare same more than once"):
        bundle(main='import "./a.js";\nconst same = 1;\n', a="export function same() {}\n")
