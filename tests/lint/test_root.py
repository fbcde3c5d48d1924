"""What one rem is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from vydno.lint.lint import Document
from vydno.lint.root import RootSize
from vydno.lint.site import Site

from .sources import css


def root(*styles: str) -> RootSize:
    documents = [Document.of(css(style)) for style in styles]
    return Site(sheets=[sheet for each in documents for sheet in each.sheets]).root


@pytest.mark.parametrize(
    ("style", "px"),
    [
        ("", 16),
        ("p { font-size: 10px }", 16),
        ("html { font-size: 62.5% }", 10),
        (":root { font-size: 20px }", 20),
        (":where(:root), :host { font-size: 0.625rem }", 10),
        ("html { font: 15px/1.5 a }", 15),
        ("html { font-size: medium }", 16),
        ("html { font-size: inherit }", 16),
        (":root { --a: 62.5% } html { font-size: var(--a) }", 10),
        ("html { font-size: calc(10 / 16 * 100%) }", 10),
        ("html { font-size: 10px; font-size: 62.5% }", 10),
        ("html.large { font-size: 125% } :root[data-text-scale='200'] { font-size: 200% }", 16),
        ("@media print { html { font-size: 10pt } }", 16),
        (":host { font-size: 10px }", 16),
        ("@media screen { html { & { font-size: 62.5% } } }", 10),
        ("html { p { font-size: 62.5% } }", 16),
    ],
)
def test_the_root_is_what_its_rule_says(style: str, px: int) -> None:
    assert root(style).px == Fraction(px)


@pytest.mark.parametrize(
    "style",
    [
        "html { font-size: 16px } @media (width > 1px) { html { font-size: 18px } }",
        ":root { --a: 100% } @media (width > 1px) { :root { --a: 110% } } "
        "html { font-size: var(--a) }",
        "html { font-size: calc(1rem + 1vw) }",
        "html { font-size: var(--nothing) }",
        "* { font-size: 14px } html { font-size: 16px }",
    ],
)
def test_a_root_of_several_sizes_is_none(style: str) -> None:
    found = root(style)
    assert found.px is None
    assert found.why


def test_all_sheets_together_are_one_site() -> None:
    assert root("p { font-size: 14px }", "html { font-size: 62.5% }").px == 10
