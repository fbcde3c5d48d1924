"""Going on from the report of an interrupted run."""

from __future__ import annotations

from pathlib import Path

import pytest
from vydno.audit import reports
from vydno.audit.findings import Run
from vydno.audit.resume import done, earlier, joined
from vydno.errors import VydnoError

from tests.audit.sample_runs import SITE, VARIANTS, contrast, not_audited, page, partly, run

TOOLS = {"vydno": "0.1.0", "axe-core": "4.12.1"}


def reported(tmp_path: Path, run_: Run) -> Path:
    file = tmp_path / "run.json"
    reports.write(run_, "json", file)
    return file


def test_what_was_audited_as_a_whole_is_done_and_nothing_else() -> None:
    fewer = page(f"{SITE}/fewer", variants=VARIANTS[:1])
    before = run(page(f"{SITE}/"), partly(), not_audited(), fewer, interrupted=True)
    assert list(done(before)) == [f"{SITE}/"]


def test_both_runs_become_one_in_the_order_of_the_targets(tmp_path: Path) -> None:
    kept = page(f"{SITE}/b", contrast(f"{SITE}/b"))
    file = reported(tmp_path, run(kept, partly(f"{SITE}/a"), interrupted=True))
    before = earlier(file, variants=VARIANTS, tools=TOOLS)
    after = run(page(f"{SITE}/a"), started="2026-03-02T11:00:00+02:00", seconds=2.5)
    whole = joined(before, after, [f"{SITE}/a", f"{SITE}/b"])
    assert [result.url for result in whole.pages] == [f"{SITE}/a", f"{SITE}/b"]
    assert (whole.started, whole.seconds, whole.interrupted) == (before.started, 15.0, False)
    assert [finding.page for finding in whole.findings] == [f"{SITE}/b"]
    assert whole.exit_code() == 1


def test_what_a_baseline_let_pass_then_is_not_known_now(tmp_path: Path) -> None:
    known = contrast(known="In May.", variants=VARIANTS[:2])
    new = contrast(variants=VARIANTS[2:])
    file = reported(tmp_path, run(page(f"{SITE}/", known, new)))
    [finding] = earlier(file, variants=VARIANTS, tools=TOOLS).findings
    assert (finding.known, list(finding.variants)) == (None, VARIANTS)


def test_a_page_that_is_no_target_any_more_is_left_out() -> None:
    whole = joined(run(page(f"{SITE}/old")), run(page(f"{SITE}/a")), [f"{SITE}/a"])
    assert [result.url for result in whole.pages] == [f"{SITE}/a"]


def test_a_run_that_is_interrupted_again_says_so() -> None:
    assert joined(run(page(f"{SITE}/")), run(interrupted=True), [f"{SITE}/"]).interrupted


def test_a_report_of_other_variants_is_refused(tmp_path: Path) -> None:
    file = reported(tmp_path, run(page()))
    with pytest.raises(VydnoError, match=r"run\.json tells of other variants"):
        earlier(file, variants=VARIANTS[:2], tools=TOOLS)


def test_a_report_of_another_axe_is_refused(tmp_path: Path) -> None:
    file = reported(tmp_path, run(page()))
    with pytest.raises(VydnoError, match=r"made with axe-core 4\.12\.1, and this is 4\.13\.0"):
        earlier(file, variants=VARIANTS, tools={"axe-core": "4.13.0"})


def test_a_report_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VydnoError, match=r"none\.json"):
        earlier(tmp_path / "none.json", variants=VARIANTS, tools=TOOLS)
