"""The documentation that is made from the table of options."""

from __future__ import annotations

import re

import pytest
from vydno.audit.option import Group, Option
from vydno.audit.options import table
from vydno.audit.reference import markdown


@pytest.mark.parametrize("row", table(), ids=lambda row: row.key)
def test_every_option_has_one_row_with_its_help(row: Option) -> None:
    said = re.escape(f"| `{row.flag}")
    [line] = [line for line in markdown().splitlines() if re.match(rf"{said}[` ]", line)]
    assert row.help in line.replace("\\|", "|")


def test_every_group_has_a_heading_and_every_row_three_cells() -> None:
    lines = markdown().splitlines()
    assert [line.strip("*") for line in lines if line.startswith("**")] == list(Group)
    rows = [line for line in lines if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}
