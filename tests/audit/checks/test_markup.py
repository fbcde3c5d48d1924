"""Errors of the parser."""

from __future__ import annotations

import inspect

import pytest
from tinyhtml5 import parser, tokenizer
from vydno.audit.checks.markup import _CHANGING, _CHANGING_FOR_SOME, _SAID, _changes_meaning, _error

SOURCE = inspect.getsource(parser) + inspect.getsource(tokenizer)


@pytest.mark.parametrize("code", sorted({*_SAID, *_CHANGING, *_CHANGING_FOR_SOME}))
def test_every_code_is_one_of_the_parser(code: str) -> None:
    assert f'"{code}"' in SOURCE


def test_a_stray_end_tag_changes_nothing() -> None:
    assert not _changes_meaning(_error("unexpected-end-tag", 1, 2, {"name": "div"}))


def test_a_heading_closed_by_another_changes_the_outline() -> None:
    assert _changes_meaning(_error("end-tag-too-early", 1, 2, {"name": "h2"}))


def test_an_error_says_its_line_and_its_element() -> None:
    error = _error(
        "expected-one-end-tag-but-got-another", 7, 2, {"gotName": "a", "expectedName": "b"}
    )
    assert str(error) == "line 7: </a> comes while <b> is open"
