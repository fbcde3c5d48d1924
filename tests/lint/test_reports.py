"""A result in every format."""

from __future__ import annotations

import json

import pytest
from vydno.lint.findings import Unread
from vydno.lint.lint import Document, lint
from vydno.lint.reports import FORMATS
from vydno.lint.rules import RULES

from .sources import css

_STYLE = "p { font-size: 14px }\nh1 { font-size: 5vw }\nb { zoom: 0.5; font: small a }"
_RESULT = lint(
    [Document.of(css(_STYLE, "a,b:c\x1b%.css"))],
    rules=frozenset(RULES),
    unread=[Unread(source="gone.css", reason="No such [file].")],
)


def test_text_has_a_line_for_each_with_place_rule_and_value() -> None:
    first, *_ = FORMATS["text"](_RESULT).splitlines()
    assert first == (
        "a,b:c\ufffd%.css:1:16: text-fixed-size [*] Text of 14px keeps its size when the visitor "
        "asks for larger text: write `0.875rem`. (WCAG 1.4.4)"
    )


def test_what_is_not_to_be_mended_by_a_machine_has_no_mark() -> None:
    assert [line.split()[2] for line in FORMATS["text"](_RESULT).splitlines()].count("[*]") == 1


def test_json_has_everything() -> None:
    said = json.loads(FORMATS["json"](_RESULT))
    assert [found["rule"] for found in said["findings"]] == [
        "text-fixed-size",
        "text-viewport-units",
        "zoom-shrinks",
        "text-keyword-size",
    ]
    assert said["findings"][0] == {
        "source": "a,b:c\x1b%.css",
        "line": 1,
        "column": 16,
        "rule": "text-fixed-size",
        "level": "warning",
        "criterion": "1.4.4",
        "message": "Text of 14px keeps its size when the visitor asks for larger text",
        "instead": "0.875rem",
        "fix": "yes",
        "left": "",
    }
    assert said["unread"][0]["source"] == "gone.css"


def test_github_gets_an_annotation_a_line_with_its_signs_escaped() -> None:
    lines = FORMATS["github"](_RESULT).splitlines()
    assert [line.split()[0] for line in lines] == ["::warning", "::error", "::notice", "::warning"]
    assert (
        "file=a%2Cb%3Ac\x1b%25.css,line=1,col=16,title=vydno lint%3A text-fixed-size::" in lines[0]
    )


def test_sarif_names_every_rule_and_place() -> None:
    [run] = json.loads(FORMATS["sarif"](_RESULT))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    region = run["results"][0]["locations"][0]["physicalLocation"]
    assert region["artifactLocation"]["uri"] == "a%2Cb%3Ac%1B%25.css"
    assert region["region"] == {"startLine": 1, "startColumn": 16}
    [notice] = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == "gone.css: No such \\[file\\]."


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_can_say_that_there_is_nothing(form: str) -> None:
    empty = lint([Document.of(css("p { color: red }"))], rules=frozenset(RULES))
    assert "14px" not in FORMATS[form](empty)
