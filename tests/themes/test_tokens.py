"""The reader of design tokens: what the format can say, and files that say something else."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vydno import VydnoError
from vydno.themes.tokens import NoTokensError, read

BLUE = {"colorSpace": "srgb", "components": [0, 0.360784, 0.694118], "hex": "#005cb1"}


def write(folder: Path, document: object, name: str = "a.tokens.json") -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def colour(folder: Path, document: object, path: str = "a") -> str:
    [mode] = read(write(folder, document))
    return mode.colour(path)


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"a": {"$type": "color", "$value": BLUE}}, "a"),
        ({"$type": "color", "g": {"a": {"$value": BLUE}}}, "g.a"),
        ({"a": {"$type": "color", "$value": "{b}"}, "b": {"$type": "color", "$value": BLUE}}, "a"),
        ({"a": {"$value": "{g.b}"}, "g": {"$type": "color", "b": {"$value": BLUE}}}, "a"),
        ({"a": {"$ref": "#/b"}, "b": {"$type": "color", "$value": BLUE}}, "a"),
        ({"a": {"$value": {"$ref": "#/b/$value"}}, "b": {"$value": BLUE}}, "a"),
        (
            {
                "a": {
                    "$type": "color",
                    "$value": {
                        "colorSpace": "srgb",
                        "components": [0, {"$ref": "#/b/$value/components/1"}, 0.694118],
                    },
                },
                "b": {"$type": "color", "$value": BLUE},
            },
            "a",
        ),
        ({"a": {"$root": {"$type": "color", "$value": BLUE}}}, "a.$root"),
        ({"a": {"$extends": "{g}"}, "g": {"b": {"$type": "color", "$value": BLUE}}}, "a.b"),
        ({"a": {"$type": "color", "$value": "#005CB1"}}, "a"),
        ({"a": {"$type": "color", "$value": {**BLUE, "hex": "#005CB1", "alpha": 1}}}, "a"),
    ],
)
def test_a_colour_is_found_however_the_format_says_it(
    tmp_path: Path, document: object, path: str
) -> None:
    [mode] = read(write(tmp_path, document))
    assert path in mode.names()
    assert mode.colour(path) == "#005cb1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no JSON"),
        ("[]", "it is no JSON object"),
        ("3", "it is no JSON object"),
        ("{}", "has no design tokens"),
        ('{"a": {"value": "#fff"}}', "nothing in it has a \\$value"),
        ("[" * 100_000, "is no JSON"),
        ("\0", "is no JSON"),
    ],
)
def test_a_file_that_has_no_tokens_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(NoTokensError, match=message):
        read(write(tmp_path, text))


@pytest.mark.parametrize(
    ("token", "message"),
    [
        ({"$type": "dimension", "$value": {"value": 1, "unit": "px"}}, "of type dimension"),
        ({"$type": "color", "$value": "{a}"}, "an alias of itself"),
        ({"$type": "color", "$value": "{b}"}, "There is no token b"),
        ({"$type": "color", "$value": "red-ish"}, "'red-ish' is no colour"),
        ({"$type": "color", "$value": 3}, "3 has no colorSpace"),
        ({"$type": "color", "$value": {"colorSpace": "cmyk", "components": [0, 0, 0]}}, "'cmyk'"),
        ({"$type": "color", "$value": {"colorSpace": "srgb"}}, "its components are None"),
        ({"$type": "color", "$value": {**BLUE, "components": [0, 0]}}, "2 components"),
        ({"$type": "color", "$value": {**BLUE, "components": ["0", 0, 0]}}, "its components are"),
        ({"$type": "color", "$value": {**BLUE, "components": [1e300, 0, 0]}}, "its components"),
        ({"$type": "color", "$value": {**BLUE, "components": [0, 92, 177]}}, "outside sRGB"),
        ({"$type": "color", "$value": {**BLUE, "alpha": 2}}, "its alpha is 2"),
        ({"$type": "color", "$value": {**BLUE, "hex": "blue"}}, "its hex is 'blue'"),
        ({"$type": "color", "$value": {**BLUE, "hex": "#005cb2"}}, "#005cb2, but .* #005cb1"),
        (
            {"$type": "color", "$value": {"colorSpace": "display-p3", "components": [1, 0, 0]}},
            "outside sRGB",
        ),
    ],
)
def test_a_token_that_is_no_colour_says_why(tmp_path: Path, token: object, message: str) -> None:
    with pytest.raises(NoTokensError, match=message):
        colour(tmp_path, {"a": token})


def test_groups_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    document = {"a": {"$extends": "{b}"}, "b": {"$extends": "{a}", "c": {"$value": BLUE}}}
    with pytest.raises(NoTokensError, match="extends itself"):
        read(write(tmp_path, document))


def test_a_resolver_gives_a_mode_for_each_choice_of_contexts(tmp_path: Path) -> None:
    write(tmp_path, {"ink": {"$type": "color", "$value": "#000"}}, "base.json")
    resolver = {
        "version": "2025.10",
        "sets": {"base": {"sources": [{"$ref": "base.json"}]}},
        "modifiers": {
            "scheme": {
                "contexts": {
                    "light": [],
                    "dark": [{"ink": {"$type": "color", "$value": "#fff"}}],
                }
            }
        },
        "resolutionOrder": [
            {"$ref": "#/sets/base"},
            {"$ref": "#/modifiers/scheme"},
            {"type": "modifier", "name": "size", "contexts": {"small": [], "large": []}},
        ],
    }
    modes = read(write(tmp_path, resolver, "my.resolver.json"))
    assert {mode.name: mode.colour("ink") for mode in modes} == {
        "light-small": "#000000",
        "light-large": "#000000",
        "dark-small": "#ffffff",
        "dark-large": "#ffffff",
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": "2024.1"}, "version '2024.1'"),
        ({"resolutionOrder": {}}, "resolutionOrder must be a list"),
        ({"resolutionOrder": [3]}, "neither a set nor a modifier"),
        ({"resolutionOrder": [{"$ref": "#/sets/none"}]}, "leads to nothing"),
        ({"resolutionOrder": [{"sources": [{"$ref": "none.json"}]}]}, "could not be read"),
        ({"resolutionOrder": [{"sources": [{"$ref": "https://a.example/b"}]}]}, "not fetched"),
        ({"resolutionOrder": [{"sources": [3]}]}, "no source of tokens"),
        ({"resolutionOrder": [{"contexts": {}}]}, "neither a set nor a modifier"),
        ({"resolutionOrder": [{"contexts": {"a": [], "b": []}}] * 11}, "more than 1000 modes"),
        (
            {
                "sets": {"s": {"sources": [{"$ref": "#/sets/s"}]}},
                "resolutionOrder": [{"$ref": "#/sets/s"}],
            },
            "nested too deeply",
        ),
    ],
)
def test_a_resolver_that_cannot_be_followed_says_why(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    document = {"version": "2025.10", "resolutionOrder": [{"sources": []}], **change}
    with pytest.raises(NoTokensError, match=message):
        read(write(tmp_path, document, "my.resolver.json"))


keys = st.sampled_from(
    [
        *("a", "b", "$value", "$type", "$ref", "$extends", "$root", "$extensions", "vydno"),
        *("components", "colorSpace", "hex", "resolutionOrder", "version", "sources", "contexts"),
    ]
)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(["color", "{a}", "{b}", "#/a", "#/b/$value", "#fff", "srgb", "2025.10", ""]),
)
documents = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=25,
)


@given(document=st.dictionaries(keys, documents, max_size=5))
def test_any_json_is_read_or_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, document: object
) -> None:
    colours: list[str] = []
    refused = ""
    try:
        for mode in read(write(tmp_path_factory.getbasetemp(), document, "any.json")):
            colours += map(mode.colour, mode.names())
    except VydnoError as error:
        refused = str(error)
    assert refused == "" or refused.endswith(".")
    assert all(colour.startswith("#") for colour in colours)
