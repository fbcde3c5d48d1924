"""Tokens back into themes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vydno import VydnoError
from vydno.themes.export import bundle, dtcg, figma
from vydno.themes.incoming import seeds
from vydno.themes.pairs import VARIANTS
from vydno.themes.seeds import Seed, add, dumps, load, loads
from vydno.themes.solver import UnprovenThemeError, build, build_all
from vydno.themes.tokens import Mode, read

OURS = build_all(load())
BLUE = {name: json.loads(text) for name, text in dtcg({"blue": OURS["blue"]}).items()}

Change = Callable[[dict[str, Any]], object]


def modes(files: dict[str, str], folder: Path) -> list[Mode]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    resolver = folder / "vydno.resolver.json"
    paths = [resolver] if resolver.exists() else [folder / name for name in files]
    return [mode for path in paths for mode in read(path)]


def changed(change: Change, *variants: str) -> list[Mode]:
    """The modes of blue after a change to the documents of some variants, or of all."""
    found = []
    for variant in VARIANTS:
        document = json.loads(json.dumps(BLUE[f"blue/{variant}.tokens.json"]))
        if not variants or variant in variants:
            change(document)
        found.append(Mode(variant, document))
    return found


def recolour(role: str, colour: str) -> Change:
    return lambda document: document["vydno"][role].update({"$value": colour})


@pytest.mark.parametrize("make", [dtcg, bundle])
def test_what_went_out_comes_back_as_the_same_seeds(make: Any, tmp_path: Path) -> None:
    assert seeds(modes(make(OURS), tmp_path)) == load()


@settings(max_examples=12)
@given(
    st.floats(0, 360),
    st.floats(0, 0.3),
    st.sampled_from(["", "#005cb1", "#aa0000"]),
)
def test_any_theme_comes_back_equal(hue: float, chroma: float, brand: str) -> None:
    seed = Seed("any", hue, chroma, brand)
    documents = dtcg({"any": build(seed)}).items()
    back = seeds(Mode(name, json.loads(text)) for name, text in documents if "resolver" not in name)
    assert back == loads(dumps(seed)) == {"any": seed}


def test_a_theme_changed_by_hand_keeps_its_colours_and_stays_proven(tmp_path: Path) -> None:
    [seed] = seeds(changed(recolour("info", "#00507c"), "light")).values()
    assert seed.colours["light"]["info"] == "#00507c"
    theme = build(seed)
    again = seeds(modes(dtcg({"blue": theme}), tmp_path))
    assert again == {"blue": seed}
    assert build(loads(dumps(seed))["blue"]) == theme


def test_figmas_files_come_back_as_a_theme_made_by_hand(tmp_path: Path) -> None:
    found = modes(figma({"red": OURS["red"]}), tmp_path)
    [seed] = seeds(found, name="crimson").values()
    assert seed.name == "crimson"
    assert build(seed).variants == OURS["red"].variants


def test_a_theme_made_by_hand_that_fails_is_refused_and_the_pair_is_named() -> None:
    [seed] = seeds(changed(recolour("text-muted", "#999999"), "light")).values()
    message = r"text-muted #999999 on surface-tint #[0-9a-f]{6} in blue, light: 2\.\d+, needs 5, "
    with pytest.raises(UnprovenThemeError, match=message + "and 3 more"):
        build(seed)


def test_accents_alone_make_a_seed_around_which_the_rest_is_built() -> None:
    only = [
        Mode(name, {"vydno": {"accent": {"$type": "color", "$value": colour}}})
        for name, colour in (("light", "#005cb1"), ("dark", "#3a8ce0"))
    ]
    [seed] = seeds(only, name="sea", accents=True).values()
    assert seed == Seed("sea", brand="#005cb1", accent={"dark": "#3a8ce0"})
    assert build(seed).variants["dark"]["accent"] == "#3a8ce0"


def test_the_roles_may_stand_in_another_group() -> None:
    moved = changed(lambda document: document.update({"mine": document.pop("vydno")}))
    for mode in moved:
        mode.document["mine"]["focus-gap"]["$value"] = "{mine.surface}"
    assert seeds(moved, group="mine") == {"blue": load()["blue"]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda document: document["vydno"].pop("link"), "light lacks vydno.link; "),
        (
            lambda document: document["vydno"].update(lnk=document["vydno"]["link"]),
            "light has the unknown role 'lnk'; there are surface, ",
        ),
        (recolour("link", "color(display-p3 1 0 0)"), "vydno.link is no colour: .* outside sRGB"),
        (recolour("link", "#00507c80"), "colours.light.link of the theme blue is '#00507c80'"),
        (recolour("focus-gap", "#eeeeee"), "focus-gap .* is #eeeeee; it is always the surface"),
        (lambda document: document["$extensions"].clear(), "The tokens light name no theme"),
        (
            lambda document: document["$extensions"]["vydno"].update(variant="dim"),
            "The tokens light are of no variant",
        ),
        (
            lambda document: document["$extensions"]["vydno"].update(variant="dark"),
            "There are two dark of the theme blue",
        ),
        (
            lambda document: document["$extensions"]["vydno"].update(theme="other"),
            "The theme other lacks dark, light-more, dark-more",
        ),
    ],
)
def test_tokens_that_make_no_theme_say_what_is_missing(change: Change, message: str) -> None:
    with pytest.raises(VydnoError, match=message):
        seeds(changed(change, "light"))


def test_a_theme_whose_name_is_none_is_refused() -> None:
    markup = changed(lambda document: document["$extensions"]["vydno"].update(theme="<b>"))
    with pytest.raises(VydnoError, match="'<b>' is no name for a theme"):
        seeds(markup)


@pytest.mark.parametrize(
    "seed", [3, {"hue": "blue"}, {"hue": 9, "chroma": 0.1}, {"brand": "#ffcc00"}, {"x": 1}]
)
def test_a_seed_in_the_tokens_is_believed_only_if_it_gives_their_colours(seed: object) -> None:
    [found] = seeds(
        changed(lambda document: document["$extensions"]["vydno"].update(seed=seed))
    ).values()
    assert build(found).variants == OURS["blue"].variants


def test_one_name_is_for_one_theme(tmp_path: Path) -> None:
    with pytest.raises(VydnoError, match="One name for 4 themes: blue, green"):
        seeds(modes(bundle(OURS), tmp_path), name="mine")


def test_a_seed_file_keeps_what_stands_in_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("# By hand.\n[sea]\nhue = 220   # degrees\nchroma = 0.1\n")
    add(path, [Seed("sun", 80, 0.1)])
    assert path.read_text().startswith("# By hand.\n[sea]\nhue = 220   # degrees\n")
    assert list(load(path)) == ["sea", "sun"]


@pytest.mark.parametrize("text", ["[sea]\nhue = 1\nchroma = 0\n", "[sea", "[sea]\nhue = 1\n"])
def test_a_seed_file_that_cannot_be_added_to_stays_as_it_is(text: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(VydnoError):
        add(path, [Seed("sun", 80, 0.1), Seed("sea", 220, 0.1)])
    assert path.read_text() == text
    assert [found.name for found in tmp_path.iterdir()] == ["mine.toml"]
