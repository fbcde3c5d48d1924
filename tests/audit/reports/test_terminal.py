"""The summary on a terminal."""

from __future__ import annotations

import io
import unicodedata

import pytest
from rich.console import Console
from vydno.audit.findings import Run
from vydno.audit.reports import terminal

from .. import sample_runs
from ..sample_runs import SITE


def printed(run: Run, *, width: int = 100, colour: bool = False, advice: bool = False) -> str:
    file = io.StringIO()
    out = Console(
        file=file, width=width, force_terminal=colour, markup=False, highlight=False, emoji=False
    )
    terminal.summary(run, out, advice=advice)
    return file.getvalue()


def test_it_says_what_fails_where_in_which_variants_and_how_to_fix_it() -> None:
    text = printed(sample_runs.mixed())
    for part in (
        "FAILS  reflow  1.4.10 Reflow (AA)",
        "The page scrolls sideways, and this element is what sticks out.  1 element on 1 page",
        "Fix: Take min-width away",
        "main > .timetable  656 CSS px wide, needs at most 320 CSS px  only at 200 % at 320 px",
        f"{SITE}/timetable/",
    ):
        assert part in text


def test_the_worst_comes_first_and_the_counts_last() -> None:
    lines = [line.split() for line in printed(sample_runs.mixed()).splitlines() if line]
    marks = [line[0] for line in lines if line[0].isupper()]
    assert marks == ["FAILS", "FAILS", "REVIEW", "NOT"]
    assert " ".join(lines[-1]) == (
        "5 failures, 1 to review, 1 advised, 1 known on 6 pages, 2 not audited, in 8 variants, "
        "12.5 s"
    )


def test_a_page_that_was_not_audited_has_its_reason() -> None:
    text = printed(sample_runs.mixed())
    assert "The page did not finish loading within 30 seconds." in text
    assert "in part: WebKit crashed in 2 of 8 variants" in text


def test_advice_is_shown_when_it_is_asked_for() -> None:
    assert "ADVICE region  good practice" in printed(sample_runs.mixed(), advice=True)
    assert "ADVICE" not in printed(sample_runs.mixed())


def test_what_the_baseline_knows_is_only_counted() -> None:
    assert ".advert" not in printed(sample_runs.mixed(), advice=True)


def test_of_many_elements_the_first_few_are_shown() -> None:
    found = [sample_runs.contrast(target=f"p:nth-child({number})") for number in range(50)]
    text = printed(sample_runs.run(sample_runs.page(f"{SITE}/", *found)))
    assert "and 47 more elements" in text
    assert len(text.splitlines()) < 15


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("clean", "nothing fails on 2 pages, in 8 variants, 12.5 s"),
        ("empty", "no page was audited, 12.5 s"),
    ],
)
def test_a_run_without_findings_is_a_line(name: str, last: str) -> None:
    assert printed(getattr(sample_runs, name)()).splitlines()[-1] == last


def test_an_interruption_is_said() -> None:
    assert "The run was interrupted" in printed(sample_runs.interrupted())


@pytest.mark.parametrize("width", [40, 100, 200])
def test_hostile_text_neither_commands_the_terminal_nor_starts_a_line(width: int) -> None:
    text = printed(sample_runs.hostile(sample_runs.HOSTILE_TEXT + "\nFAILS  forged"), width=width)
    odd = {sign for sign in text if unicodedata.category(sign) in {"Cc", "Cf", "Cs"}}
    assert odd <= {"\n"}
    assert "[bold" in text
    forged = [line for line in text.splitlines() if line.startswith("FAILS  forged")]
    assert forged == []


def test_colour_is_for_terminals_alone() -> None:
    assert "\x1b[" in printed(sample_runs.mixed(), colour=True)
    assert "\x1b[" not in printed(sample_runs.mixed())
