"""The npm package: what is in it, and that what it says of itself is so."""

from __future__ import annotations

import json
import re
import tarfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import vydno
from playwright.sync_api import Browser
from vydno import PREFERENCES, VydnoError, assets
from vydno.frontend import package as packaging
from vydno.frontend.elements import elements
from vydno.frontend.functions import functions
from vydno.static import static_dir

from tests.servers import folder

from .packages import pack, run

STATIC = static_dir()
PACKAGE: dict[str, Any] = json.loads((STATIC / "package.json").read_text(encoding="utf-8"))
ELEMENTS: dict[str, Any] = json.loads((STATIC / "custom-elements.json").read_text(encoding="utf-8"))
HTML_DATA: dict[str, Any] = json.loads((STATIC / "html-data.json").read_text(encoding="utf-8"))
EXPORTED = re.compile(r"^export const\[([\w,]+)\]")

needs_npm = pytest.mark.timeout(900)  # it may have to fetch everything first


def exported(script: str) -> list[str]:
    match = EXPORTED.match((STATIC / script).read_text(encoding="utf-8"))
    assert match, script
    return sorted(match[1].split(","))


def declared(module: str, kind: str) -> list[dict[str, Any]]:
    (found,) = (each for each in ELEMENTS["modules"] if each["path"] == module)
    return [each for each in found["declarations"] if each["kind"] == kind]


# The package


@needs_npm
@pytest.mark.usefixtures("place")
def test_npm_packs_what_belongs_and_nothing_else(tmp_path: Path) -> None:
    (archive,) = pack(tmp_path)
    with tarfile.open(archive) as packed:
        names = {name.removeprefix("package/") for name in packed.getnames()}
    built = {one.relative_to(STATIC).as_posix() for one in STATIC.rglob("*") if one.is_file()}
    assert names == built - {assets.CERTIFICATE, assets.TEXTS}


def test_the_version_is_that_of_the_python_package() -> None:
    assert (PACKAGE["name"], PACKAGE["version"]) == ("vydno", vydno.__version__)


def test_the_licence_is_ours() -> None:
    root = Path(__file__).parents[2]
    assert PACKAGE["license"] == "MIT"
    assert (STATIC / "LICENSE").read_bytes() == (root / "LICENSE").read_bytes()


def targets(exports: Any) -> list[str]:
    if isinstance(exports, str):
        return [exports]
    return [target for each in exports.values() for target in targets(each)]


def test_every_address_of_the_package_leads_to_a_file() -> None:
    named = [
        PACKAGE["main"],
        PACKAGE["types"],
        PACKAGE["customElements"],
        *targets(PACKAGE["exports"]),
    ]
    assert [name for name in named if "*" not in name and not (STATIC / name).is_file()] == []


def test_every_script_has_its_declarations() -> None:
    assert [
        path.name for path in STATIC.glob("*.js") if not path.with_suffix(".d.ts").is_file()
    ] == []


@needs_npm
def test_a_server_that_draws_pages_can_import_it(place: Path) -> None:
    program = """
        import { get, set, subscribe, translate } from "vydno";
        await import("vydno/vydno-all.js");
        await import("vydno/text-scale.js");
        translate({});
        subscribe(() => {})();
        console.log(get("text-scale"), JSON.stringify(get("theme")));
        for (const wrong of [() => get("colour"), () => set("theme", "red")]) {
          try { wrong(); } catch (error) { console.log(`${error.name}: ${error.message}`); }
        }
    """
    (place / "program.mjs").write_text(program, encoding="utf-8")
    assert run(["node", "program.mjs"], place).splitlines() == [
        '100 ""',
        'RangeError: name="colour": use text-scale,theme,color-scheme,contrast',
        "Error: theme: a server has nobody to choose for; "
        "set the cookie, or call this in the browser",
    ]


@pytest.mark.parametrize("script", ["vydno-all.js", "vydno-server.js"])
def test_the_same_functions_are_there_on_a_server_and_in_the_large_file(script: str) -> None:
    assert exported(script) == exported("vydno.js")


def test_outside_of_a_checkout_the_build_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(packaging, "SOURCES", tmp_path / "widgets" / "vydno")
    with pytest.raises(VydnoError, match=r"static/ can only be built in a checkout\.$"):
        packaging._of_checkout(tmp_path / "pyproject.toml")


# The descriptions


@needs_npm
def test_the_manifest_keeps_to_its_schema(place: Path) -> None:
    schema = json.loads(
        (place.parent / "node_modules/custom-elements-manifest/schema.json").read_text()
    )
    jsonschema.validate(ELEMENTS, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**ELEMENTS, "modules": [{"kind": "module"}]}, schema)


@needs_npm
def test_the_editor_data_keep_to_their_schema(place: Path) -> None:
    path = place.parent / "node_modules/vscode-html-languageservice/docs/customData.schema.json"
    schema = json.loads(path.read_text())
    jsonschema.validate(HTML_DATA, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**HTML_DATA, "tags": [{"description": "nameless"}]}, schema)


@needs_npm
def test_an_editor_completes_tags_attributes_and_values(place: Path) -> None:
    program = """
        import service from "vscode-html-languageservice";
        import { readFileSync } from "node:fs";
        const { getLanguageService, newHTMLDataProvider, TextDocument } = service;
        const data = JSON.parse(readFileSync("node_modules/vydno/html-data.json", "utf8"));
        const customDataProviders = [newHTMLDataProvider("vydno", data)];
        const editor = getLanguageService({ useDefaultDataProvider: false, customDataProviders });
        const offered = (text) => {
          const page = TextDocument.create("page.html", "html", 1, text.replace("|", ""));
          const position = page.positionAt(text.indexOf("|"));
          const { items } = editor.doComplete(page, position, editor.parseHTMLDocument(page));
          return items.map((item) => item.label);
        };
        const asked = ["<|", "<text-scale |>", '<theme-switch default="|">', '<p data-theme="|">'];
        console.log(JSON.stringify(asked.map(offered)));
    """
    (place / "editor.mjs").write_text(program, encoding="utf-8")
    tags, attributes, values, themes = json.loads(run(["node", "editor.mjs"], place))
    assert {"text-scale", "theme-switch", "color-scheme-switch", "contrast-switch"} <= set(tags)
    assert {"order", "label", "larger", "data-theme"} <= set(attributes)
    assert values == [*PREFERENCES["theme"].values, "site"]
    assert themes == list(PREFERENCES["theme"].values)


@pytest.mark.browser
def test_the_elements_of_a_module_are_those_that_it_registers(chromium: Browser) -> None:
    with folder(STATIC) as address, chromium.new_context() as context:
        page = context.new_page()
        for module in ELEMENTS["modules"]:
            page.goto(f"{address}/manifest.json")
            page.evaluate("(path) => import(path)", f"{address}/{module['path']}")
            tags = [each.tag for each in elements()]
            script = "(tags) => tags.filter((tag) => customElements.get(tag))"
            said = [each["name"] for each in module["exports"] if "-" in each["name"]]
            assert page.evaluate(script, tags) == sorted(said), module["path"]


def test_the_class_is_called_as_in_its_script() -> None:
    for element in elements():
        folder_name = element.tag.replace("-", "_")
        source = assets.SOURCES / folder_name / f"{folder_name}.js"
        assert f"class {element.class_name} extends" in source.read_text(encoding="utf-8")
        assert [each["name"] for each in declared(f"{element.tag}.js", "class")] == [
            element.class_name
        ]


@pytest.mark.parametrize("module", ["vydno.js", "vydno-all.js"])
def test_the_functions_of_a_module_are_those_that_it_exports(module: str) -> None:
    assert sorted(each["name"] for each in declared(module, "function")) == exported(module)


@pytest.mark.parametrize("name", functions())
def test_a_function_is_declared_with_the_parameters_of_its_source(name: str) -> None:
    modules = ("preferences.js", "strings.js")
    sources = "".join((assets.SOURCES / each).read_text(encoding="utf-8") for each in modules)
    declarations = (STATIC / "vydno.d.ts").read_text(encoding="utf-8")
    written = re.search(rf"^export function {name}\((.*)\) \{{$", sources, re.MULTILINE)
    typed = re.search(rf"^export function {name}[^(]*\((.*)\): ", declarations, re.MULTILINE)
    assert written
    assert typed
    names = [each.partition(" ")[0] for each in written[1].split(", ") if each]
    assert [each.name for each in functions()[name].parameters] == names
    assert re.findall(r"(\w+)\??: ", typed[1]) == names


def test_a_readme_that_does_not_describe_its_element_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "line_height").mkdir()
    (tmp_path / "line_height" / "line_height.js").write_text("")
    with pytest.raises(VydnoError, match=r"^line_height/README\.md must describe <line-height>: "):
        elements(tmp_path)
