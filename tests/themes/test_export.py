"""Themes to take away."""

import json
import re
from itertools import product
from pathlib import PurePosixPath
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from vydno.themes.certificate import palettes
from vydno.themes.css import stylesheet
from vydno.themes.export import FORMATS, RESOLVER, bundle, css, dtcg, figma, owes, scss
from vydno.themes.pairs import DECORATIVE, ROLES, VARIANTS
from vydno.themes.seeds import load
from vydno.themes.solver import build_all

from .dtcg import FORMAT
from .dtcg import RESOLVER as RESOLVER_SCHEMA

THEMES = build_all(load())
DTCG = {name: json.loads(text) for name, text in dtcg(THEMES).items()}
FIGMA = {name: json.loads(text) for name, text in figma(THEMES).items()}
DOCUMENTS = {name: document for name, document in DTCG.items() if name != RESOLVER}


def assert_valid(document: Any, schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_of_tokens_is_what_the_format_asks_for(name: str) -> None:
    assert_valid(DOCUMENTS[name], FORMAT)


def test_the_resolver_is_what_the_format_asks_for_and_knows_every_document() -> None:
    resolver = DTCG[RESOLVER]
    assert_valid(resolver, RESOLVER_SCHEMA)
    mode = resolver["modifiers"]["mode"]
    sources = [source["$ref"] for [source] in mode["contexts"].values()]
    assert sources == list(DOCUMENTS)
    assert mode["default"] in mode["contexts"]


def test_one_file_can_hold_it_all() -> None:
    [text] = bundle(THEMES).values()
    resolver = json.loads(text)
    assert_valid(resolver, RESOLVER_SCHEMA)
    assert [source for [source] in resolver["modifiers"]["mode"]["contexts"].values()] == list(
        DOCUMENTS.values()
    )


@pytest.mark.parametrize(
    ("breaks", "value"),
    [
        ("$value", "#005cb1"),
        ("$value", {"colorSpace": "srgb", "components": [0, 92, 177]}),
        ("$value", {"colorSpace": "srgb", "components": [0, 0, 0], "hex": "#000"}),
        ("$type", "colour"),
        ("$extensions", []),
        ("value", "#005cb1"),
    ],
)
def test_the_schema_of_these_tests_refuses_what_the_format_refuses(breaks: str, value: Any) -> None:
    document = json.loads(json.dumps(DTCG["blue/light.tokens.json"]))
    document["vydno"]["accent"][breaks] = value
    assert not Draft202012Validator(FORMAT).is_valid(document)


@pytest.mark.parametrize(("theme", "variant"), list(product(THEMES, VARIANTS)))
def test_tokens_have_the_colours_that_were_proven(theme: str, variant: str) -> None:
    tokens = DTCG[f"{theme}/{variant}.tokens.json"]["vydno"]
    for role, colour in palettes()[theme][variant].items():
        value = tokens[role]["$value"]
        if role == "focus-gap":
            assert value == "{vydno.surface}"
            continue
        assert value["hex"] == colour
        again = "#" + bytes(round(part * 255) for part in value["components"]).hex()
        assert again == colour


def test_a_folder_for_figma_is_a_collection_whose_files_are_its_modes() -> None:
    assert len(FIGMA) == len(THEMES) * len(VARIANTS)
    for name, document in FIGMA.items():
        assert_valid(document, FORMAT)
        path = PurePosixPath(name)
        assert document["$extensions"] == {"com.figma.modeName": path.stem}
        palette = palettes()[path.parent.name][path.stem]
        values = {role: token["$value"]["hex"] for role, token in document["vydno"].items()}
        assert values == dict(palette)
    accent = FIGMA["red/dark.json"]["vydno"]["accent"]
    assert accent["$extensions"]["com.figma.codeSyntax"] == {"WEB": "var(--vydno-accent)"}


def test_css_is_the_style_sheet_of_the_build() -> None:
    assert css(THEMES) == {"themes.css": stylesheet()}


def test_sass_gets_one_map_whose_keys_are_no_colours() -> None:
    [text] = scss(THEMES).values()
    assert text.count("(") == text.count(")") == 1 + 1 + 4 + 16
    found = re.findall(r'^ {6}"([a-z-]+)": (#[0-9a-f]{6}),$', text, re.MULTILINE)
    wanted = [
        item
        for variants in palettes().values()
        for palette in variants.values()
        for item in palette.items()
    ]
    assert found == wanted
    assert '  "blue": (' in text


def test_a_theme_can_be_taken_alone() -> None:
    alone = {"red": THEMES["red"]}
    for make in FORMATS.values():
        assert "blue" not in "".join(make(alone))


@pytest.mark.parametrize("role", ROLES)
def test_a_token_says_what_is_proven_of_it(role: str) -> None:
    assert re.match("Decorative|At least [0-9.]+:1 on |Proven under ", owes(role))
    assert owes(role).startswith("Decorative") == (role in DECORATIVE)
