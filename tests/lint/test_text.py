"""Sizes of text and heights of lines: which grow, and what to write instead."""

from __future__ import annotations

import pytest

from .sources import css, findings, ids, judged


def instead(style: str, rule: str = "text-fixed-size") -> list[str]:
    return [found.instead for found in findings(style, rule)]


@pytest.mark.parametrize(
    ("size", "rem"),
    [
        ("14px", "0.875rem"),
        ("16PX", "1rem"),
        ("1.8e1px", "1.125rem"),
        ("12pt", "1rem"),
        ("10pt", "0.833333rem"),
        ("1pc", "1rem"),
        ("1in", "6rem"),
        ("2.54cm", "6rem"),
        ("5mm", "1.181102rem"),
        ("20Q", "1.181102rem"),
        ("+14px", "+0.875rem"),
    ],
)
def test_an_absolute_size_is_told_with_its_rem(size: str, rem: str) -> None:
    assert instead(f"p {{ font-size: {size} }}") == [rem]


@pytest.mark.parametrize(
    "size",
    ["1rem", "1.2em", "90%", "smaller", "larger", "inherit", "0", "0px", "0.5px", "2ch", "1lh"],
)
def test_what_grows_or_is_no_text_is_let_pass(size: str) -> None:
    assert ids(f"p {{ font-size: {size} }}") == []


@pytest.mark.parametrize(
    ("font", "rem"),
    [
        ("14px Arial", "0.875rem"),
        ("italic small-caps 700 14px/1.5 Arial", "0.875rem"),
        ("oblique 10deg 14px Arial", "0.875rem"),
        ("bold 14px / 1.5 'A 12px'", "0.875rem"),
        ("bold.5in a", "+3rem"),
    ],
)
def test_the_size_in_the_shorthand_is_found(font: str, rem: str) -> None:
    assert instead(f"p {{ font: {font} }}") == [rem]


@pytest.mark.parametrize("font", ["1rem/1.5 Arial", "caption", "inherit", "bold 90% Arial"])
def test_a_shorthand_that_grows_is_let_pass(font: str) -> None:
    assert ids(f"p {{ font: {font} }}") == []


@pytest.mark.parametrize(
    ("size", "written"),
    [
        ("calc(14px + 2px)", "calc(0.875rem + 0.125rem)"),
        ("max(14px, 1px)", "max(0.875rem, 0.0625rem)"),
        ("clamp(16px, 2vw, 32px)", "clamp(1rem, 2vw, 2rem)"),
        ("min(1rem, 16px)", "min(1rem, 1rem)"),
        ("calc(2 * (7px))", "calc(2 * (0.4375rem))"),
        ("var(--none, 14px)", "var(--none, 0.875rem)"),
    ],
)
def test_lengths_in_an_expression_are_told_where_they_hold_it_back(size: str, written: str) -> None:
    assert instead(f"p {{ font-size: {size} }}") == [written]


@pytest.mark.parametrize(
    "size", ["calc(1rem + 1px)", "max(1rem, 10px)", "calc(var(--unknown) * 14px)", "env(x, 14px)"]
)
def test_an_expression_that_grows_or_that_nobody_knows_is_let_pass(size: str) -> None:
    assert ids(f"p {{ font-size: {size} }}") == []


@pytest.mark.parametrize(
    "style",
    [
        "@media print { p { font-size: 10pt } }",
        "@media only print and (color) { p { font: 10pt serif } }",
        "@page { font-size: 10pt }",
        "@font-face { font-size: 10px }",
        "p { _font-size: 10px; *font-size: 10px; font-size: 10px\\9 }",
        "p { width: 14px; --size: 14px }",
    ],
)
def test_print_and_what_browsers_do_not_read_is_let_pass(style: str) -> None:
    assert ids(style) == []


@pytest.mark.parametrize(
    "style",
    [
        "@media screen, print { p { font-size: 14px } }",
        "@supports (display: grid) { @layer a { p { font-size: 14px } } }",
        "nav { color: red; & a { font-size: 14px } }",
        "nav { a:hover { font-size: 14px } }",
        "nav { @media (width > 1px) { font-size: 14px } }",
        "@keyframes a { from { font-size: 14px } }",
        "p { font-size: 14px !important }",
        "p{font-size:14px",
    ],
)
def test_rules_are_found_wherever_they_stand(style: str) -> None:
    assert ids(style) == ["text-fixed-size"]


# Custom properties. -------------------------------------------------------------------------------


def test_a_custom_property_that_ends_in_a_text_size_is_told_where_it_is_set() -> None:
    [found] = findings(":root { --a: 14px; --b: var(--a) }\np { font-size: var(--b) }")
    assert (found.rule, found.line, found.column) == ("text-fixed-size", 1, 14)
    assert found.fixable


def test_a_custom_property_that_is_set_on_the_root_is_no_size_of_the_root() -> None:
    [found] = findings("html { font-size: 62.5% } * { --a: 14px } p { font-size: var(--a) }")
    assert (found.instead, found.fixable) == ("1.4rem", True)


def test_one_that_sizes_other_things_too_is_told_and_left_alone() -> None:
    [found] = findings(":root { --a: 14px } p { font-size: var(--a); margin: var(--a) }")
    assert not found.fixable
    assert found.left == "the custom property is also for something else"


def test_a_custom_property_may_be_used_in_another_sheet() -> None:
    result = judged(css(":root { --a: 14px }"), css("p { font: var(--a) serif }", "other.css"))
    assert [found.source for found in result.findings] == ["site.css"]


@pytest.mark.parametrize(
    "style",
    [
        ":root { --a: 14px } h1 { font-size: calc(var(--a) * 2) }",
        ":root { --a: 14px; --b: calc(var(--a) * 2) } h1 { font-size: var(--b) }",
        ":root { --a: clamp(14px, 2vw, 2rem) } h1 { font-size: var(--a) }",
    ],
)
def test_a_custom_property_that_keeps_a_size_from_growing_is_told(style: str) -> None:
    [found] = findings(style, "text-fixed-size")
    assert (found.line, found.fixable) == (1, True)


@pytest.mark.parametrize(
    "style",
    [
        ":root { --a: 2px } h1 { font-size: calc(2rem + var(--a)) }",
        ":root { --a: 2vw } h1 { font-size: clamp(1rem, var(--a), 2rem) }",
        ":root { --a: 2vw; --b: calc(1rem + var(--a)) } h1 { font-size: var(--b) }",
    ],
)
def test_a_custom_property_in_a_size_that_grows_is_let_pass(style: str) -> None:
    assert ids(style) == []


@pytest.mark.parametrize(
    ("style", "place"),
    [
        (":root { --a: 5vw } h1 { font-size: var(--a) }", "5vw"),
        (":root { --a: 5vw } h1 { font-size: calc(var(--a) * 2) }", "calc(var(--a) * 2)"),
        (
            ":root { --a: 5vw; --b: calc(var(--a) + 1rem) } h1 { font-size: var(--b) }",
            "calc(var(--a) + 1rem)",
        ),
    ],
)
def test_of_the_window_that_is_told_which_sets_the_whole_size(style: str, place: str) -> None:
    [found] = findings(style, "text-viewport-units")
    assert style[found.column - 1 :].startswith(place)


def test_a_custom_property_that_is_a_factor_is_no_length() -> None:
    assert ids(":root { --a: 1.5 } p { font-size: calc(var(--a) * 1rem) }") == []


def test_custom_properties_that_name_each_other_in_a_circle_end() -> None:
    assert ids(":root { --a: var(--b); --b: var(--a) } p { font-size: var(--a) }") == []


def test_custom_properties_that_double_and_double_end_soon() -> None:
    doubling = "".join(f"--a{n}: calc(var(--a{n + 1}) + var(--a{n + 1}));" for n in range(60))
    assert ids(f":root {{ {doubling} }} p {{ font-size: var(--a0) }}") == []


@pytest.mark.parametrize(
    "style",
    [
        "p { font-size: 14px; font-size: 0.875rem }",
        "p { line-height: 20px; line-height: 1.5 }",
        "p { font-size: 14px; color: red; font-size: clamp(1rem, 2vw, 2rem) }",
    ],
)
def test_a_value_for_old_browsers_alone_is_let_pass(style: str) -> None:
    assert ids(style) == []


@pytest.mark.parametrize(
    "style",
    [
        "p { font-size: 14px !important; font-size: 0.875rem }",
        "p { font-size: 14px; font-size: 2rem\\9 }",
        "p { font-size: 14px } p { font-size: 0.875rem }",
    ],
)
def test_a_value_that_may_hold_is_told(style: str) -> None:
    assert ids(style) == ["text-fixed-size"]


# The window. --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "size", ["5vw", "3vmin", "4cqi", "2dvh", "clamp(1rem, 10vw, 8rem)", "calc(1rem + 5vw)"]
)
def test_text_that_zooming_cannot_double_is_an_error(size: str) -> None:
    assert ids(f"h1 {{ font-size: {size} }}") == ["text-viewport-units"]


@pytest.mark.parametrize("size", ["calc(1rem + 1vw)", "clamp(1rem, 4vw, 2.5rem)", "max(2rem, 2vw)"])
def test_text_that_zooming_doubles_is_none(size: str) -> None:
    assert ids(f"h1 {{ font-size: {size} }}") == []


def test_what_is_to_be_written_for_a_share_of_the_window_passes() -> None:
    [found] = findings("h1 { font-size: 5vw }")
    assert ids(f"h1 {{ font-size: {found.instead} }}") == []


def test_fluid_text_is_told_with_how_far_it_grows() -> None:
    [found] = findings("h1 { font-size: calc(1.375rem + 1.5vw) }")
    assert "grows to 153 % in some window" in found.message


# Keywords and the root. ---------------------------------------------------------------------------


def test_a_keyword_is_told_with_the_rem_that_it_is() -> None:
    assert instead("p { font-size: x-large }", "text-keyword-size") == ["1.5rem"]
    assert instead("p { font: small serif }", "text-keyword-size") == ["0.8125rem"]


def test_the_root_gets_percent() -> None:
    assert instead("html { font-size: 10px }", "root-fixed-size") == ["62.5%"]
    assert ids("html { font-size: medium } :root { font-size: 62.5% }") == []


def test_a_rule_for_the_root_and_for_others_is_left_alone() -> None:
    [found] = findings("html, body { font-size: 14px }")
    assert not found.fixable
    assert "for the root and for others" in found.left


# Lines. -------------------------------------------------------------------------------------------


def test_lines_in_px_get_their_share_of_the_text() -> None:
    assert instead("p { font-size: 16px; line-height: 24px }", "line-height-fixed") == ["1.5"]
    assert instead("p { font: 12px/18px a }", "line-height-fixed") == ["1.5"]
    assert instead("html { font-size: 62.5% } p { font: 1.2rem/18px a }", "line-height-fixed") == [
        "1.5"
    ]


def test_lines_get_rem_where_the_share_is_not_known_or_not_even() -> None:
    assert instead("p { line-height: 20px }", "line-height-fixed") == ["1.25rem"]
    assert instead("p { font: 1em/20px a }", "line-height-fixed") == ["1.25rem"]
    assert instead("p { font: 13px/20px a }", "line-height-fixed") == ["1.25rem"]


@pytest.mark.parametrize("height", ["1.5", "150%", "1.5em", "2rem", "normal", "0", "1px"])
def test_lines_that_grow_are_let_pass(height: str) -> None:
    assert ids(f"p {{ line-height: {height} }}") == []


@pytest.mark.parametrize("size", ["1e999px", "1e-999px", "1" * 400 + "px", "5000px"])
def test_numbers_that_no_page_means_are_not_mended(size: str) -> None:
    assert all(not found.fixable for found in findings(f"p {{ font-size: {size} }}"))
