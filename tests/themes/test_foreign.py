"""Somebody else's colours, and lists of pairs."""

import json
from pathlib import Path

import pytest
from vydno import VydnoError
from vydno.themes.certificate import summary
from vydno.themes.export import bundle
from vydno.themes.foreign import read, read_pairs
from vydno.themes.pairs import Rule, all_pairs
from vydno.themes.seeds import load
from vydno.themes.solver import build_all

PAIRS = """
accent = "--primary"
[[pairs]]
foreground = ["--text", "--primary"]
surface = "--background"
target = 4.5
more = 7
[[pairs]]
foreground = "#FFF"
surface = "--primary"
target = 4.5
"""

CSS = """
:root { --background: #fff; --text: #333; --primary: #0d6efd; --space: 4px }
@media (prefers-contrast: more) { :root { --text: #000 } }
[data-theme=night] { --background: #212529; --text: #dee2e6; --primary: #6ea8fe }
"""


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_a_style_sheet_is_measured_by_a_list_of_pairs(tmp_path: Path) -> None:
    found = read(file(tmp_path, "a.css", CSS), file(tmp_path, "a.toml", PAIRS))
    said = summary(found.palettes, found.expectations.rules, found.expectations.accent)
    # Two themes, each normal and more, three pairs.
    assert said["pairs"] == 12
    assert said["failures"] == [
        "#FFF #ffffff on --primary #6ea8fe in night, light: 2.415, needs 4.5",
        "#FFF #ffffff on --primary #6ea8fe in night, light-more: 2.415, needs 4.5",
        "--primary #0d6efd on --background #ffffff in default, light-more: 4.5, needs 7",
        "--primary #6ea8fe on --background #212529 in night, light-more: 6.387, needs 7",
    ]
    assert set(said["colour-vision"]) == {"light", "light-more"}


def test_ratios_are_not_rounded(tmp_path: Path) -> None:
    css = file(tmp_path, "a.css", ":root { --a: #767676; --b: #777777; --c: #ffffff }")
    pairs = file(
        tmp_path,
        "a.json",
        '[{"foreground": ["--a", "--b"], "surface": "--c", "target": 4.5}]',
    )
    found = read(css, pairs)
    passes = [pair.passes for pair in all_pairs(found.palettes, found.expectations.rules)]
    # #777 on white is 4.478, which rounds to 4.5.
    assert passes == [True, False]


def test_a_translucent_colour_is_measured_on_what_it_stands_on(tmp_path: Path) -> None:
    css = file(tmp_path, "a.css", ":root { --ring: #029ae840; --page: #fff }")
    pairs = file(tmp_path, "p.toml", "[[pairs]]\nforeground='--ring'\nsurface='--page'\ntarget=3")
    found = read(css, pairs)
    [pair] = all_pairs(found.palettes, found.expectations.rules)
    assert pair.colours == ("#c0e6f9", "#ffffff")
    assert not pair.passes


def test_a_surface_through_which_one_sees_cannot_be_measured(tmp_path: Path) -> None:
    css = file(tmp_path, "a.css", ":root { --ink: #000; --page: #fff8 }")
    pairs = file(tmp_path, "p.toml", "[[pairs]]\nforeground='--ink'\nsurface='--page'\ntarget=3")
    with pytest.raises(VydnoError, match=r"--page of default, light is #ffffff88; .* opaque"):
        read(css, pairs)


def test_our_own_roles_need_no_list(tmp_path: Path) -> None:
    themes = build_all(load())
    [text] = bundle(themes).values()
    found = read(file(tmp_path, "our.resolver.json", text))
    said = summary(found.palettes, found.expectations.rules, found.expectations.accent)
    assert (said["pairs"], said["failures"], said["too-near"]) == (864, [], [])
    assert said["colour-vision"] == summary()["colour-vision"]


def test_tokens_without_our_roles_are_measured_by_their_own_names(tmp_path: Path) -> None:
    tokens = {
        "color": {
            "$type": "color",
            "ink": {"$value": "#222"},
            "page": {"$value": {"colorSpace": "oklch", "components": [1, 0, "none"]}},
        }
    }
    pairs = [{"foreground": "color.ink", "surface": "color.page", "target": 7}]
    found = read(
        file(tmp_path, "brand.tokens.json", json.dumps(tokens)),
        file(tmp_path, "pairs.json", json.dumps({"pairs": pairs})),
    )
    assert found.palettes == {"brand": {"brand": {"color.ink": "#222222", "color.page": "#ffffff"}}}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.css", ":root{--vydno-text:#000}", "lacks --vydno-surface and 19 more of our roles"),
        ("a.css", "a{}", "sets no custom property"),
        ("a.json", '{"a": {"$value": "#fff"}}', "lacks vydno.surface and 20 more of our roles"),
        ("a.txt", "", r"a\.txt is neither a seed file"),
        ("a.css", "\ud800", "could not be read"),
    ],
)
def test_a_file_that_says_too_little_says_so(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(VydnoError, match=message):
        read(tmp_path / name)


def test_an_unknown_role_is_named_with_those_that_are_near(tmp_path: Path) -> None:
    css = file(tmp_path, "a.css", CSS)
    pairs = file(tmp_path, "p.toml", PAIRS.replace('"--text"', '"--txt"'))
    with pytest.raises(VydnoError, match=r"a\.css has no '--txt'.*; near it are --text"):
        read(css, pairs)


def test_a_colour_that_is_none_is_named(tmp_path: Path) -> None:
    css = file(tmp_path, "a.css", CSS)
    pairs = file(tmp_path, "p.toml", PAIRS.replace('"--text"', '"--space"'))
    with pytest.raises(
        VydnoError, match="--space with data-theme=night in light: '4px' is no colour"
    ):
        read(css, pairs)


def test_a_list_of_pairs_is_a_list_of_rules(tmp_path: Path) -> None:
    rules = read_pairs(file(tmp_path, "p.toml", PAIRS)).rules
    assert rules[0] == Rule(("--text", "--primary"), ("--background",), 4.5, 7, "as listed")
    assert rules[1].more == 4.5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "could not be read"),
        ("pairs = 3", "has no list of pairs"),
        ("", "has no list of pairs"),
        ("pairs = []", "lists no pair"),
        ("pairs = [3]", "3 is no pair; give foreground, surface, target"),
        ("[[pairs]]\nforeground='a'\nsurface='b'", "is no pair"),
        ("[[pairs]]\nforeground='a'\nsurface='b'\ntarget='AA'", "'AA' is no contrast ratio"),
        ("[[pairs]]\nforeground='a'\nsurface='b'\ntarget=0.5", "0.5 is no contrast ratio"),
        ("[[pairs]]\nforeground='a'\nsurface='b'\ntarget=nan", "nan is no contrast ratio"),
        ("[[pairs]]\nforeground='a'\nsurface='b'\ntarget=true", "True is no contrast ratio"),
        ("[[pairs]]\nforeground=[]\nsurface='b'\ntarget=3", r"\[\] names no colour"),
        ("[[pairs]]\nforeground=[1]\nsurface='b'\ntarget=3", "names no colour"),
        ("[[pairs]]\nforeground='a'\nsurface='b'\ntarget=3\nwhy=''", "a pair has 'why'"),
        ("accent = 3\n[[pairs]]\nforeground='a'\nsurface='b'\ntarget=3", "accent is 3"),
    ],
)
def test_a_wrong_list_of_pairs_says_what_it_takes(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(VydnoError, match=message):
        read_pairs(file(tmp_path, "p.toml", text))
