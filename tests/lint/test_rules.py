"""The table of rules: each finds what it must, lets pass what it should, and is documented."""

from __future__ import annotations

import pytest
from vydno.errors import VydnoError
from vydno.lint.reference import explained, markdown
from vydno.lint.rules import RULES, Fix, Rule, selected

from .sources import html, judged

every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)


@every_rule
def test_the_broken_page_fails_and_the_sound_one_passes(rule: Rule) -> None:
    assert [found.rule for found in judged(html(rule.broken)).findings] == [rule.id]
    assert rule.id not in {found.rule for found in judged(html(rule.sound)).findings}


@every_rule
def test_what_the_table_says_of_mending_is_so(rule: Rule) -> None:
    [found] = judged(html(rule.broken)).findings
    assert found.fixable is (rule.fix is not Fix.NONE)


@every_rule
def test_every_rule_has_a_row_and_an_explanation(rule: Rule) -> None:
    [row] = [line for line in markdown().splitlines() if line.startswith(f"| `{rule.id}` |")]
    assert rule.title in row
    assert rule.criterion in row
    assert f"- **{rule.id}**: {rule.why}" in explained().splitlines()


def test_every_row_has_five_cells() -> None:
    assert {line.count("|") for line in markdown().splitlines()} == {6}


def test_advice_is_told_only_when_it_is_selected() -> None:
    assert selected([], []) == {rule.id for rule in RULES.values() if rule.usual}
    assert "text-fluid" not in selected([], [])
    assert selected(["text-fluid"], []) == {"text-fluid"}


def test_rules_are_named_with_commas_or_one_by_one() -> None:
    assert selected(["text-fluid, zoom-shrinks"], []) == selected(
        ["text-fluid", "zoom-shrinks"], []
    )


def test_what_is_ignored_is_taken_from_what_is_selected() -> None:
    assert selected(["all"], ["text-fluid"]) == RULES.keys() - {"text-fluid"}


def test_an_unknown_rule_is_refused_with_those_there_are() -> None:
    with pytest.raises(VydnoError, match=r"no rule 'text-tiny'; there are text-fixed-size, "):
        selected(["text-tiny"], [])
