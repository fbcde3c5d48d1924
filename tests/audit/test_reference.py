"""The documentation that is made from the code."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import vydno.audit
from vydno.audit import reference
from vydno.audit.checks import Check, all_checks
from vydno.audit.config import load
from vydno.audit.findings import Fact
from vydno.audit.option import Group, Option
from vydno.audit.options import table
from vydno.audit.variants import Viewport

from ..test_readme import blocks

check_module = sys.modules["vydno.audit.checks.check"]
FOLDER = Path(vydno.audit.__file__).parent
# `python -m vydno.audit.reference` writes them.
FILES = {"README.md": reference.options, "checks/README.md": reference.rules}


@pytest.mark.parametrize("row", table(), ids=lambda row: row.key)
def test_every_option_has_one_row_with_its_help(row: Option) -> None:
    said = re.escape(f"| `{row.flag}")
    lines = reference.options().splitlines()
    [line] = [line for line in lines if re.match(rf"{said}[` ]", line)]
    assert row.help in line.replace("\\|", "|")


def test_every_group_has_a_heading_and_every_row_three_cells() -> None:
    lines = reference.options().splitlines()
    assert [line.strip("*") for line in lines if line.startswith("**")] == list(Group)
    rows = [line for line in lines if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}


@pytest.mark.parametrize("check", all_checks().values(), ids=lambda check: check.rule)
def test_every_rule_has_one_row_that_says_how_sure_it_is(check: Check) -> None:
    lines = reference.rules().splitlines()
    [line] = [line for line in lines if f"| `{check.rule}` |" in line]
    assert check.title in line.replace("\\|", "|")
    assert reference.outcomes(check), "no fails, needs_review or advice is in its code"


@pytest.mark.parametrize("name", FILES)
def test_the_files_hold_what_the_code_says(name: str) -> None:
    assert FILES[name]() in (FOLDER / name).read_text(encoding="utf-8")


def test_the_options_of_the_readme_are_read_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = [block for block in blocks("toml") if "[tool.vydno.audit]" in block]
    file = tmp_path / "pyproject.toml"
    file.write_text(example, encoding="utf-8")
    monkeypatch.setenv("TOKEN", "secret")
    options = load(file=file)
    assert options.header == (("Authorization", "Bearer secret"),)
    assert options.viewport == (Viewport(), Viewport(width=320, height=640))


def test_the_checks_of_the_readme_are_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    monkeypatch.setattr(check_module, "_registry", {})
    for example in examples:
        exec(example, {"__name__": "checks_of_the_readme"})
    page, site = check_module.registered().values()
    assert (page.rule, page.source, page.over_site) == ("phone-number-plain", "our-team", None)
    facts = [
        Fact(rule=site.rule, page=url, target="a", html="", values=[f"tel:{number}"])
        for url, number in (("/a", 1), ("/b", 1), ("/c", 2))
    ]
    assert site.over_site
    (found,) = site.over_site(facts)
    assert (found.element, found.message) == (facts[2], "/a has another one.")
