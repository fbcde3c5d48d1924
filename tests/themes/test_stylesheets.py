"""Somebody else's style sheets, judged as a browser would judge them."""

import minify
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vydno import VydnoError
from vydno.themes.certificate import palettes
from vydno.themes.css import stylesheet
from vydno.themes.custom_properties import UnreadableStyleError
from vydno.themes.pairs import ROLES
from vydno.themes.stylesheets import StyleSheet


def values(css: str, name: str = "--x") -> dict[str, dict[str, str]]:
    """Theme to variant to the colour of one custom property."""
    found = StyleSheet(css).palettes([name])
    return {
        theme: {variant: palette[name] for variant, palette in variants.items()}
        for theme, variants in found.items()
    }


@pytest.mark.parametrize("css", [stylesheet(), minify.string("text/css", stylesheet())])
def test_our_own_style_sheet_says_what_the_solver_found(css: str) -> None:
    names = [f"--vydno-{role}" for role in ROLES]
    found = {
        theme: {
            variant: {name.removeprefix("--vydno-"): colour for name, colour in palette.items()}
            for variant, palette in variants.items()
        }
        for theme, variants in StyleSheet(css).palettes(names).items()
    }
    assert found == palettes()


@pytest.mark.parametrize(
    ("css", "found"),
    [
        (":root{--x:#FFF}", {"default": {"light": "#ffffff"}}),
        ("html{--x:red}", {"default": {"light": "#ff0000"}}),
        ("*{--x:rgb(1 2 3)}", {"default": {"light": "#010203"}}),
        # Order, specificity, importance, layers
        (":root{--x:#111}html{--x:#222}", {"default": {"light": "#111111"}}),
        (":where(:root){--x:#111}html{--x:#222}", {"default": {"light": "#222222"}}),
        ("html{--x:#111!important}:root{--x:#222}", {"default": {"light": "#111111"}}),
        ("html{--x:#111}@layer a{:root{--x:#222}}", {"default": {"light": "#111111"}}),
        (
            "@layer b,a;@layer a{html{--x:#111}}@layer b{:root{--x:#222}}",
            {"default": {"light": "#111111"}},
        ),
        (
            "@layer a{@layer b{:root{--x:#222}}html{--x:#111}}",
            {"default": {"light": "#111111"}},
        ),
        # What does not match the root, and what one does not know
        (
            ":root{--x:#111}body,.a,:root .b,::selection{--x:#222}",
            {"default": {"light": "#111111"}},
        ),
        (":root,:unknown-thing{--x:#111}", {"default": {"light": "#111111"}}),
        ("@media print{:root{--x:#222}}:root{--x:#111}", {"default": {"light": "#111111"}}),
        (":root{--x:#111}@media screen{:root{--x:#222}}", {"default": {"light": "#222222"}}),
        (
            ":root{--x:#111}@media (forced-colors){:root{--x:#222}}",
            {"default": {"light": "#111111"}},
        ),
        (
            ":root{--x:#111}@supports not (color:red){:root{--x:#222}}",
            {"default": {"light": "#111111"}},
        ),
        # The system's wishes
        (
            ":root{--x:#111}@media (prefers-color-scheme:dark){:root{--x:#222}}",
            {"default": {"light": "#111111", "dark": "#222222"}},
        ),
        (
            ":root{--x:#111;@media (prefers-color-scheme:dark){--x:#222}}",
            {"default": {"light": "#111111", "dark": "#222222"}},
        ),
        (
            ":root{--x:#111}@media not (prefers-color-scheme:dark){:root{--x:#222}}",
            {"default": {"light": "#222222", "dark": "#111111"}},
        ),
        (
            ":root{--x:#111}@media (prefers-contrast:more){:root{--x:#000}}",
            {"default": {"light": "#111111", "light-more": "#000000"}},
        ),
        (
            ":root{--x:#111}@media screen and (prefers-color-scheme:dark) and "
            "(prefers-contrast:more){:root{--x:#fff}}",
            {"default": {"light": "#111111", "light-more": "#111111", "dark-more": "#ffffff"}},
        ),
        # light-dark() follows color-scheme, which somebody must set
        (":root{--x:light-dark(#111,#222)}", {"default": {"light": "#111111"}}),
        (
            ":root{color-scheme:light dark;--x:light-dark(#111,#222)}",
            {"default": {"light": "#111111", "dark": "#222222"}},
        ),
        (":root{color-scheme:dark;--x:light-dark(#111,#222)}", {"default": {"light": "#222222"}}),
        # var(), with a fallback and without a loop
        (":root{--y:#111;--x:var(--y)}", {"default": {"light": "#111111"}}),
        (":root{--x:var(--none,var(--y));--y:#111}", {"default": {"light": "#111111"}}),
        (":root{--y:initial;--x:var(--y,#111)}", {"default": {"light": "#111111"}}),
        (":root{--r:0 0;--x:rgb(var(--r) 255)}", {"default": {"light": "#0000ff"}}),
        # Themes
        ("[data-theme=a]{--x:#111}", {"a": {"light": "#111111"}}),
        (
            "[data-theme=a]{--x:#111}[data-theme='b']{--x:#222}:where(:root){--x:#111}",
            {"a": {"light": "#111111"}, "b": {"light": "#222222"}},
        ),
        (
            ":root{--x:#000;&[data-theme=a]{--x:#111}}",
            {"default": {"light": "#000000"}, "a": {"light": "#111111"}},
        ),
    ],
)
def test_the_value_that_wins_is_found(css: str, found: dict[str, dict[str, str]]) -> None:
    assert values(css) == found


def test_a_choice_that_loses_against_the_system_is_seen() -> None:
    # The attribute's block forgot the colour that the media query has.
    css = """
        :root { --x: #111; --y: #fff }
        @media (prefers-color-scheme: dark) { :root { --x: #eee; --y: #000 } }
        [data-color-scheme=dark] { --y: #000 }
    """
    found = StyleSheet(css).palettes(["--x", "--y"])["default"]
    assert list(found) == ["light", "dark", "chosen-dark"]
    assert found["chosen-dark"] == {"--x": "#111111", "--y": "#000000"}


def test_what_only_a_browser_knows_is_left_out_and_named() -> None:
    sheet = StyleSheet(
        '@import "a.css";:root{--x:#111}@media (min-width:40em){:root{--x:#222}}'
        "@container (width>1px){:root{--x:#333}}@media (hover){a{color:red}}"
        "@font-face{font-family:x}"
    )
    assert sheet.palettes(["--x"]) == {"default": {"light": {"--x": "#111111"}}}
    assert sheet.left_out == [
        '@import "a.css"',
        "@media (min-width:40em)",
        "@container (width>1px)",
    ]


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("", "sets no custom property"),
        ("{{{", "sets no custom property"),
        ("<!doctype html><p>", "sets no custom property"),
        ("a{color:red}", "sets no custom property"),
        (":root{--x:16px}", "--x with no theme in light: '16px' is no colour"),
        (":root{--x:var(--x)}", "--x has no value on the root"),
        (":root{--x:var(--y)}", "--x has no value on the root"),
        (":root{--x:light-dark(#111)}", "'' is no colour"),
        (":root{--x:color(display-p3 0 1 0)}", "outside sRGB"),
        ("[data-theme=a]{--x:#111}[data-theme=b]{}", "--x has no value .* data-theme=b in light"),
        (":root{" * 5000, "nested too deeply|sets no custom property"),
    ],
)
def test_a_style_sheet_that_does_not_say_it_is_refused(css: str, message: str) -> None:
    with pytest.raises(UnreadableStyleError, match=message):
        values(css)


pieces = st.sampled_from(
    [
        *(":root", "{", "}", "--x", ":", "#111", ";", "(prefers-color-scheme:dark)", "@layer"),
        *("@media", "a", ",", "var(--x)", "light-dark(", ")", "(", "not ", "[data-theme=a]", "&"),
        *("--y:#222;", ":root{--x:#111}", "@supports", "\\", '"', "/*", "*/", "@import", "\0"),
        *(" and ", "!important"),
    ]
)


@given(st.lists(pieces, max_size=30).map("".join))
def test_any_text_is_read_or_refused_in_a_sentence(css: str) -> None:
    refused = ""
    try:
        values(css)
    except VydnoError as error:
        refused = str(error)
    assert refused == "" or refused.endswith(".")
