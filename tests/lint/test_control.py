"""A root of another size, and a text size control that must be told of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from vydno.cli import main
from vydno.static import static_dir

from .sources import css, html, judged

CONTROL = "<text-scale></text-scale>"
NOT_TOLD = "root-not-told"


def instead(style: str, page: str = CONTROL) -> list[str]:
    """What the site is told to write, where its page has the control."""
    return [found.instead for found in judged(css(style), html(page), select=NOT_TOLD).findings]


@pytest.mark.parametrize(
    ("style", "share"),
    [
        ("html { font-size: 62.5% }", "0.625"),
        (":root { font-size: 18px }", "1.125"),
        ("html { font: 10px/1.5 a }", "0.625"),
        ("html, body { font-size: 0.625em }", "0.625"),
        (":root { --size: 62.5% } html { font-size: var(--size) }", "0.625"),
        ("html { font-size: 62.5%; --vydno-root: 0.9 }", "0.625"),
        ("html { font-size: 62.5% } p { font-size: 1.6rem }", "0.625"),
    ],
)
def test_a_root_of_another_size_is_to_be_told(style: str, share: str) -> None:
    assert instead(style) == [f"--vydno-root: {share} into the same rule"]


@pytest.mark.parametrize(
    "style",
    [
        "html { font-size: 100% }",
        "html { font-size: 16px }",
        "html { font-size: calc(1rem + 1vw) }",
        "html { font-size: 62.5%; --vydno-root: .625 }",
        "html { font-size: 62.5% } :root { --vydno-root: 0.625 }",
        "html { font-size: 13.333px; --vydno-root: 0.83 }",
        "html { font-size: 62.5%; --vydno-root: calc(10 / 16) }",
        "@media print { html { font-size: 10pt } }",
        "html { font-size: 62.5% } /* vydno-lint: ignore root-not-told because scripts do */",
        "p { font-size: 62.5% }",
    ],
)
def test_what_is_told_or_needs_no_telling_is_let_pass(style: str) -> None:
    assert instead(style) == []


def test_each_window_s_root_is_told_by_itself() -> None:
    told = "html { font-size: 62.5%; --vydno-root: 0.625 }"
    style = f"{told} @media (width > 1px) {{ html {{ font-size: 75% }} }}"
    assert instead(style) == ["--vydno-root: 0.75 into the same rule"]
    assert instead(style.replace("75%", "75%; --vydno-root: 0.75")) == []


@pytest.mark.parametrize(
    "page",
    [
        CONTROL,
        "{{ vydno.text_scale(preferences) }}",
        "{% vydno_text_scale %}",
        "{{ vydno.panel(preferences) }}",
        "<head>{{ vydno.head() }}</head>",
    ],
)
def test_the_control_is_known_by_its_element_and_by_its_macros(page: str) -> None:
    assert instead("html { font-size: 62.5% }", page)


def test_a_site_without_the_control_has_nothing_to_tell() -> None:
    assert instead("html { font-size: 62.5% }", "<p>Text</p>") == []


def test_our_style_sheet_among_the_sheets_is_the_control(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site.css").write_text("html { font-size: 62.5% }")
    ours = static_dir() / "vydno.css"
    assert main(["lint", str(tmp_path)]) == 0
    assert main(["lint", str(tmp_path), str(ours)]) == 1
    assert capsys.readouterr().out.endswith(
        "site.css:1:19: root-not-told 1rem is 10px, which `<text-scale>` is not told, so that at "
        "125 % text becomes 2 times as large: write --vydno-root: 0.625 into the same rule. "
        "(WCAG 1.4.4)\n"
    )
