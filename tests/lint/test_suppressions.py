"""Comments that silence a rule: where they hold, and that they need a reason."""

from __future__ import annotations

import pytest

from .sources import css, findings, html, ids, judged

WHY = "vydno-lint: ignore text-fixed-size because it is a logo"


@pytest.mark.parametrize(
    "style",
    [
        f"p {{ font-size: 14px; /* {WHY} */\n}}",
        f"p {{ /* {WHY} */\n font-size: 14px }}",
        f"p {{ font-size: 14px /* {WHY} */ }}",
        f"p {{ font-size: /* {WHY} */ 14px }}",
        f"/* {WHY} */ p {{ font-size: 14px }}",
        f"/* {WHY} */\n@media screen {{ p {{ font-size: 14px }} }}",
        f"p /* {WHY} */ {{ font-size: 14px }}",
        f"p {{ font-size: 14px }} /* {WHY} */\n",
        f"/*! {WHY} */ p {{ font-size: 14px }}",
        "a { color: red } /* vydno-lint: ignore-file text-fixed-size because it is for print */"
        " p { font-size: 14px } b { font-size: 14px }",
        "/* vydno-lint: ignore all because it is old */ p { font-size: 14px }",
        "/* vydno-lint: ignore zoom-shrinks, text-fixed-size because it is old */"
        "p { font-size: 14px }",
    ],
)
def test_it_holds_for_what_it_stands_at(style: str) -> None:
    assert ids(style) == []


@pytest.mark.parametrize(
    "style",
    [
        f"p {{ font-size: 14px; /* {WHY} */\n font-size: x; }} b {{ font-size: 14px }}",
        f"p {{ color: red; /* {WHY} */\n font-size: 14px }}",
        f"/* {WHY} */ b {{ color: red }} p {{ font-size: 14px }}",
        "/* vydno-lint: ignore zoom-shrinks because it is a logo */ p { font-size: 14px }",
        "/* vydno-ignore text-fixed-size because it is a logo */ p { font-size: 14px }",
    ],
)
def test_it_holds_for_nothing_else(style: str) -> None:
    assert ids(style) == ["text-fixed-size"]


@pytest.mark.parametrize(
    "comment",
    [
        "vydno-lint: ignore text-fixed-size",
        "vydno-lint: ignore text-fixed-size because",
        "vydno-lint: ignore because it is a logo",
        "vydno-lint: ignore text-size because it is a logo",
        "vydno-lint: off",
    ],
)
def test_one_that_is_not_complete_silences_nothing_and_is_told(comment: str) -> None:
    assert set(ids(f"/* {comment} */ p {{ font-size: 14px }}")) == {
        "suppression",
        "text-fixed-size",
    }


def test_a_comment_of_html_holds_for_the_next_element() -> None:
    page = html(f"<!-- {WHY} --><p style='font-size: 14px'>a<p style='font-size: 15px'>b")
    [found] = judged(page).findings
    assert "15px" in found.message


def test_a_comment_of_html_can_hold_for_the_page() -> None:
    why = "vydno-lint: ignore-file text-fixed-size because it is a letter"
    page = html(f"<!-- {why} --><style>p {{ font-size: 14px }}</style><p style='font-size:1px'>a")
    assert judged(page, css("b { color: red }")).findings == []


def test_other_comments_are_no_matter() -> None:
    assert findings("/* vydno */ p { color: red } /* lint: ignore */") == []
