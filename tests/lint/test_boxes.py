"""Boxes that cut text off, adjustments that refuse it, queries that do not follow it."""

from __future__ import annotations

import pytest

from .sources import findings, ids


@pytest.mark.parametrize(
    "style",
    [
        "nav { height: 48px; overflow: hidden }",
        "nav { overflow: clip; max-height: 3cm }",
        "nav { overflow: auto hidden; block-size: 48px }",
        "nav { overflow-y: hidden; height: 48px !important }",
        "nav, img { height: 48px; overflow: hidden }",
    ],
)
def test_a_fixed_height_that_hides_is_told(style: str) -> None:
    assert ids(style) == ["height-clips-text"]


@pytest.mark.parametrize(
    "style",
    [
        "nav { height: 48px }",
        "nav { height: 3rem; overflow: hidden }",
        "nav { min-height: 48px; overflow: hidden }",
        "nav { height: 48px; overflow: auto }",
        "nav { height: 48px; overflow: hidden auto }",
        "nav { height: 48px; overflow-x: hidden }",
        ".hr { height: 2px; overflow: hidden }",
        "figure { height: 600px; overflow: hidden }",
        "nav img { height: 48px; overflow: hidden }",
        "p::before { content: ''; height: 48px; overflow: hidden }",
        ".logo { text-indent: -999em; height: 48px; overflow: hidden }",
        ".icon { font-size: 0; height: 48px; overflow: hidden }",
        "::-webkit-scrollbar { height: 12px; overflow: hidden }",
        "@media print { nav { height: 48px; overflow: hidden } }",
        "@keyframes a { from { height: 48px; overflow: hidden } }",
    ],
)
def test_a_box_that_grows_scrolls_or_holds_no_text_is_let_pass(style: str) -> None:
    assert ids(style) == []


@pytest.mark.parametrize(
    ("style", "instead"),
    [
        ("nav { height: 48px; overflow: hidden }", "min-height: 3rem"),
        ("nav { block-size: 48px; overflow: hidden }", "min-block-size: 3rem"),
        ("nav { max-height: 48px; overflow: hidden }", "max-height: 3rem"),
    ],
)
def test_it_says_what_to_write(style: str, instead: str) -> None:
    [found] = findings(style)
    assert found.instead == instead


@pytest.mark.parametrize("prefix", ["", "-webkit-", "-moz-", "-ms-"])
@pytest.mark.parametrize("value", ["none", "NONE", "80%"])
def test_a_refused_adjustment_is_told_with_every_prefix(prefix: str, value: str) -> None:
    assert ids(f"html {{ {prefix}text-size-adjust: {value} }}") == ["text-size-adjust"]


@pytest.mark.parametrize("value", ["auto", "100%", "120%", "inherit"])
def test_an_adjustment_that_enlarges_is_let_pass(value: str) -> None:
    assert ids(f"html {{ text-size-adjust: {value} }}") == []


@pytest.mark.parametrize(
    ("zoom", "told"), [("0.8", True), ("80%", True), ("1", False), ("1.2", False), ("0", False)]
)
def test_zoom_is_told_where_it_shrinks(zoom: str, told: bool) -> None:
    assert bool(findings(f"main {{ zoom: {zoom} }}")) is told


@pytest.mark.parametrize(
    ("query", "instead"),
    [
        ("@media (min-width: 800px)", ["50em"]),
        ("@media screen and (400px <= width < 800px)", ["25em", "50em"]),
        ("@container card (inline-size > 400px)", ["25rem"]),
        ("@media (min-width: 50em)", []),
        ("@media (min-resolution: 2dppx)", []),
        ("@media (min-height: 400px)", []),
    ],
)
def test_a_query_of_width_in_px_is_told_with_its_em(query: str, instead: list[str]) -> None:
    assert [found.instead for found in findings(f"{query} {{ p {{ float: left }} }}")] == instead
