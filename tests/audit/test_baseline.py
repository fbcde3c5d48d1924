"""What is known, new, stale and expired."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vydno.audit.baseline import Baseline, Entry, exit_code, failing, judged_by, key_of
from vydno.audit.baseline_file import read, write
from vydno.audit.findings import Finding, Outcome, PageResult, Run, Status
from vydno.audit.options import Options
from vydno.audit.variants import Variant, matrix
from vydno.errors import VydnoError

from tests.audit.sample_runs import (
    DARK,
    SITE,
    VARIANTS,
    contrast,
    hostile,
    page,
    partly,
    reflow,
    review,
    run,
)

TODAY = datetime.date(2026, 11, 23)
YESTERDAY = TODAY - datetime.timedelta(days=1)


def entry(finding: Finding | None = None, **changed: Any) -> Entry:
    """What a baseline would have of a finding."""
    found = finding or contrast()
    rule, where, target, outcome = key_of(found)
    made = Entry(
        rule=rule,
        page=where,
        target=target,
        outcome=outcome,
        variants=frozenset(found.variants),
        reason="In May.",
    )
    return replace(made, **changed)


def findings(run_: Run) -> list[tuple[str | None, int]]:
    """Of each finding why it is known, and in how many variants it holds."""
    return [(finding.known, len(finding.variants)) for finding in run_.findings]


# Applying. --------------------------------------------------------------------------------------


def test_what_is_known_is_marked_with_its_reason_and_passes() -> None:
    verdict = Baseline(entries=[entry()]).apply(run(page(f"{SITE}/", contrast())), today=TODAY)
    assert findings(verdict.run) == [("In May.", len(DARK))]
    assert not verdict.complaints
    assert exit_code(verdict.run, verdict.complaints) == 0


def test_a_reason_may_be_missing() -> None:
    known = Baseline(entries=[entry(reason="")])
    verdict = known.apply(run(page(f"{SITE}/", contrast())), today=TODAY)
    assert findings(verdict.run) == [("", len(DARK))]
    assert verdict.run.exit_code() == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"rule": "other"},
        {"target": "main"},
        {"page": f"{SITE}/elsewhere"},
        {"page": f"{SITE}/?a=1"},
    ],
)
def test_another_rule_target_or_page_is_new(changed: dict[str, str]) -> None:
    url = changed.get("page", f"{SITE}/")
    verdict = Baseline(entries=[entry()]).apply(run(page(url, contrast(**changed))), today=TODAY)
    assert [finding.known for finding in verdict.run.findings] == [None]


def test_what_was_to_be_reviewed_and_now_fails_is_new() -> None:
    known = Baseline(entries=[entry(outcome=Outcome.NEEDS_REVIEW)])
    verdict = known.apply(run(page(f"{SITE}/", contrast())), today=TODAY)
    assert [finding.known for finding in verdict.run.findings] == [None]


def test_the_host_is_no_part_of_what_is_known() -> None:
    url = "http://staging.example:8000/"
    verdict = Baseline(entries=[entry()]).apply(run(page(url, contrast(url))), today=TODAY)
    assert findings(verdict.run) == [("In May.", len(DARK))]


def test_in_further_variants_it_is_new_and_says_in_which() -> None:
    everywhere = contrast(variants=VARIANTS, holds_for="")
    verdict = Baseline(entries=[entry()]).apply(run(page(f"{SITE}/", everywhere)), today=TODAY)
    known, new = verdict.run.findings
    assert (known.known, known.holds_for) == ("In May.", "only in dark")
    assert (new.known, new.holds_for) == (None, "only in light")
    assert exit_code(verdict.run, verdict.complaints) == 1


def test_two_entries_may_know_a_part_each() -> None:
    half = len(DARK) // 2
    some, others = frozenset(DARK[:half]), frozenset(DARK[half:])
    known = Baseline(entries=[entry(variants=some), entry(variants=others, reason="Later.")])
    verdict = known.apply(run(page(f"{SITE}/", contrast())), today=TODAY)
    assert findings(verdict.run) == [("In May.", half), ("Later.", len(DARK) - half)]
    assert exit_code(verdict.run, verdict.complaints) == 0


def test_marks_of_a_report_that_was_read_again_do_not_count() -> None:
    everywhere = run(page(f"{SITE}/", contrast(variants=VARIANTS, holds_for="")))
    marked = Baseline(entries=[entry()]).apply(everywhere, today=TODAY).run
    again = Baseline().apply(marked, today=TODAY).run
    assert len(marked.findings) == 2
    assert findings(again) == [(None, len(VARIANTS))]
    assert list(again.findings[0].variants) == VARIANTS


# Stale and expired. -----------------------------------------------------------------------------


def complaints(known: Entry, *pages: PageResult, **more: Any) -> list[str]:
    return list(Baseline(entries=[known]).apply(run(*pages), today=TODAY, **more).complaints)


def test_what_is_not_found_any_more_is_stale_and_fails() -> None:
    clean = run(page(f"{SITE}/"))
    verdict = Baseline(entries=[entry()]).apply(clean, today=TODAY)
    [said] = verdict.complaints
    assert said.startswith("The baseline's entry for color-contrast at .news > li:nth-child(2)")
    assert "on / is stale: it is not found any more" in said
    assert exit_code(verdict.run, verdict.complaints) == 1


def test_what_holds_in_fewer_variants_is_stale_in_the_others() -> None:
    [said] = complaints(entry(variants=frozenset(VARIANTS)), page(f"{SITE}/", contrast()))
    assert "is stale only in light: it is" in said


def test_of_a_page_that_was_not_audited_nothing_is_stale() -> None:
    assert not complaints(entry(), page(f"{SITE}/elsewhere"))


def test_of_a_page_that_was_partly_audited_nothing_is_stale() -> None:
    assert not complaints(entry(), partly(f"{SITE}/"))


def test_of_variants_that_were_not_audited_nothing_is_stale() -> None:
    light = [variant for variant in VARIANTS if variant not in DARK]
    assert not complaints(entry(), page(f"{SITE}/", variants=light))


@pytest.mark.parametrize(
    ("options", "judges"),
    [
        (Options(), True),
        (Options(rule=["color-contrast"]), True),
        (Options(rule=["reflow"]), False),
        (Options(skip_rule=["color-contrast"]), False),
        (Options(axe=False), False),
        (Options(checks=False), True),
    ],
)
def test_of_rules_that_did_not_run_nothing_is_stale(options: Options, judges: bool) -> None:
    found = complaints(entry(), page(f"{SITE}/"), judged=judged_by(options))
    assert bool(found) is judges


def test_our_own_checks_are_judged_unless_they_are_left_out() -> None:
    ours = entry(reflow())
    assert judged_by(Options(axe=False))(ours)
    assert not judged_by(Options(checks=False))(ours)


def test_advice_is_judged_only_where_it_was_asked_for() -> None:
    advised = entry(outcome=Outcome.ADVICE)
    assert judged_by(Options(advice=True))(advised)
    assert not judged_by(Options())(advised)


@pytest.mark.parametrize(
    ("fail_on", "count"),
    [(None, 1), (Outcome.FAILS, 1), (Outcome.NEEDS_REVIEW, 2), (Outcome.ADVICE, 3)],
)
def test_what_fails_a_run_is_what_an_update_makes_known(
    fail_on: Outcome | None, count: int
) -> None:
    assert failing(fail_on) == set(list(Outcome)[:count])


def test_an_entry_lets_pass_on_its_last_day_and_not_after() -> None:
    failing = page(f"{SITE}/", contrast())
    assert not complaints(entry(expires=TODAY), failing)
    verdict = Baseline(entries=[entry(expires=YESTERDAY)]).apply(run(failing), today=TODAY)
    assert [finding.known for finding in verdict.run.findings] == [None]
    [said] = verdict.complaints
    assert "expired on 2026-11-22: In May." in said


def test_an_expired_entry_fails_even_when_its_page_was_not_audited() -> None:
    assert len(complaints(entry(expires=YESTERDAY), page(f"{SITE}/elsewhere"))) == 1


def test_what_could_not_be_audited_weighs_more_than_a_stale_entry() -> None:
    verdict = Baseline(entries=[entry()]).apply(
        run(page(f"{SITE}/"), partly(f"{SITE}/other")), today=TODAY
    )
    assert exit_code(verdict.run, verdict.complaints) == 2


# Updating. --------------------------------------------------------------------------------------


def test_an_update_keeps_reason_and_expiry_of_what_still_holds() -> None:
    later = TODAY + datetime.timedelta(days=9)
    before = Baseline(entries=[entry(variants=frozenset(VARIANTS), expires=later)])
    after = before.update(run(page(f"{SITE}/", contrast())), today=TODAY)
    assert list(after.entries) == [entry(expires=later)]


def test_an_update_takes_out_what_is_gone_and_adds_what_is_new() -> None:
    found = run(page(f"{SITE}/"), page(f"{SITE}/timetable/", reflow()))
    after = Baseline(entries=[entry()]).update(found, today=TODAY)
    assert list(after.entries) == [entry(reflow(), reason="")]


def test_an_update_adds_further_variants_without_a_reason() -> None:
    everywhere = contrast(variants=VARIANTS, holds_for="")
    after = Baseline(entries=[entry()]).update(run(page(f"{SITE}/", everywhere)), today=TODAY)
    assert {(one.reason, len(one.variants)) for one in after.entries} == {
        ("In May.", len(DARK)),
        ("", len(VARIANTS) - len(DARK)),
    }


def test_an_update_leaves_what_was_not_looked_at() -> None:
    before = Baseline(entries=[entry(), entry(expires=YESTERDAY)])
    assert before.update(run(page(f"{SITE}/elsewhere")), today=TODAY) == before
    nothing = before.update(
        run(page(f"{SITE}/")), today=TODAY, judged=judged_by(Options(axe=False))
    )
    assert nothing == before


def test_an_update_lets_an_expired_entry_pass_again_with_its_reason() -> None:
    after = Baseline(entries=[entry(expires=YESTERDAY)]).update(
        run(page(f"{SITE}/", contrast())), today=TODAY
    )
    assert list(after.entries) == [entry()]


def test_an_update_knows_what_fails_and_more_only_when_it_is_told() -> None:
    found = run(page(f"{SITE}/", review()))
    assert not Baseline().update(found, today=TODAY).entries
    both = Baseline().update(found, today=TODAY, outcomes=(Outcome.FAILS, Outcome.NEEDS_REVIEW))
    assert [one.outcome for one in both.entries] == [Outcome.NEEDS_REVIEW]


# Properties. ------------------------------------------------------------------------------------

_MATRIX = matrix(
    {"theme": [None, "blue"], "text_scale": [100, 200], "forced_colors": [False, True]}
)


def _some_of(values: Sequence[Any], min_size: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), unique=True, min_size=min_size)


@st.composite
def _pages(draw: st.DrawFn) -> PageResult:
    host = draw(st.sampled_from(["https://a.example", "http://b.example:81"]))
    url = host + draw(st.sampled_from(["/", "/x", "/x?y=1"]))
    audited = draw(_some_of(_MATRIX, min_size=1))
    outcomes = {"color-contrast": Outcome.FAILS, "reflow": Outcome.FAILS, "text": Outcome.ADVICE}
    found = [
        contrast(
            url,
            rule=rule,
            outcome=outcomes[rule],
            target=target,
            variants=draw(_some_of(audited, min_size=1)),
            holds_for="somehow",
        )
        for rule, target in draw(_some_of([(r, t) for r in outcomes for t in ("a", "b")]))
    ]
    return page(url, *found, variants=audited)


_RUNS = st.lists(_pages(), max_size=4).map(lambda pages: run(*pages))
_ENTRIES = st.lists(
    st.builds(
        Entry,
        rule=st.sampled_from(["color-contrast", "reflow", "other"]),
        page=st.sampled_from(["/", "/x", "/x?y=1"]),
        target=st.sampled_from(["a", "b", "виділене > b"]),
        variants=_some_of(_MATRIX, min_size=1).map(frozenset),
        reason=st.text(max_size=5),
        expires=st.sampled_from([None, YESTERDAY, TODAY]),
    ),
    max_size=6,
)
_RULES = ["color-contrast", "reflow", "text", "other"]


def _looked_at(one: Entry, run_: Run) -> bool:
    urls = {key_of(contrast(result.url))[1]: set[Variant]() for result in run_.pages}
    for result in run_.pages:
        urls[key_of(contrast(result.url))[1]] |= set(result.variants)
    return bool(one.variants & urls.get(one.page, set()))


@given(found=_RUNS, entries=_ENTRIES)
def test_after_an_update_the_same_run_is_clean(found: Run, entries: list[Entry]) -> None:
    # What expired and was not looked at is still for people to see.
    before = Baseline(
        entries=[one for one in entries if one.expires != YESTERDAY or _looked_at(one, found)]
    )
    after = before.update(found, today=TODAY)
    verdict = after.apply(found, today=TODAY)
    left = [one for one in after.entries if one.expires == YESTERDAY]
    assert len(verdict.complaints) == len(left)
    assert all(
        finding.known is not None
        for finding in verdict.run.findings
        if finding.outcome is Outcome.FAILS
    )


@given(found=_RUNS, entries=_ENTRIES)
def test_an_update_of_what_was_updated_changes_nothing(found: Run, entries: list[Entry]) -> None:
    once = Baseline(entries=entries).update(found, today=TODAY)
    assert once.update(found, today=TODAY) == once


@given(found=_RUNS, entries=_ENTRIES)
def test_applying_loses_no_finding_and_no_variant(found: Run, entries: list[Entry]) -> None:
    marked = Baseline(entries=entries).apply(found, today=TODAY).run
    assert _holding(marked.findings) == _holding(found.findings)


def _holding(some: Iterable[Finding]) -> set[tuple[Any, ...]]:
    return {(*finding.key, variant) for finding in some for variant in finding.variants}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=_ENTRIES)
def test_what_is_written_is_read_again(tmp_path: Path, entries: list[Entry]) -> None:
    write(Baseline(entries=entries), tmp_path / "b.json")
    assert read(tmp_path / "b.json") == Baseline(entries=entries)


# The file. --------------------------------------------------------------------------------------


def test_many_variants_are_written_as_few_words(tmp_path: Path) -> None:
    write(Baseline(entries=[entry(), entry(variants=frozenset(VARIANTS[:1]))]), tmp_path / "b.json")
    content = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert [one["variants"] for one in content["known"]] == [
        [
            {
                "browser": "chromium",
                "viewport": ["320x640", "1280x800"],
                "text-scale": [100, 200],
                "color-scheme": "dark",
            }
        ],
        [{"browser": "chromium", "color-scheme": "light"}],
    ]


def test_a_change_of_one_member_is_a_change_of_one_line(tmp_path: Path) -> None:
    written = []
    for reason in ("In May.", "In June."):
        write(Baseline(entries=[entry(reason=reason), entry()]), tmp_path / "b.json")
        written.append((tmp_path / "b.json").read_text(encoding="utf-8").splitlines())
    assert len(written[0]) == len(written[1])
    assert sum(one != other for one, other in zip(*written, strict=True)) == 1


def test_whatever_a_page_holds_goes_through_the_file(tmp_path: Path) -> None:
    found = hostile()
    known = Baseline().update(found, today=TODAY)
    write(known, tmp_path / "b.json")
    again = read(tmp_path / "b.json").apply(found, today=TODAY)
    assert len(known.entries) > 1
    assert all(one.known is not None for one in again.run.findings if one.outcome is Outcome.FAILS)


def text_of(**changed: Any) -> str:
    """A baseline of one entry, as people write it."""
    one = {"rule": "r", "page": "/", "target": "a", "variants": [{}]} | changed
    kept = {key: value for key, value in one.items() if value is not None}
    return json.dumps({"vydno-baseline": 1, "known": [kept]})


def read_text(tmp_path: Path, text: str | bytes) -> Baseline:
    file = tmp_path / "b.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(file)


def test_people_write_variants_in_the_words_of_the_options(tmp_path: Path) -> None:
    variants = [{"text-scale": "all", "theme": ["default", "blue"], "forced-colors": "active"}]
    [one] = read_text(tmp_path, text_of(variants=variants)).entries
    assert len(one.variants) == 14
    assert all(variant.forced_colors for variant in one.variants)


def test_people_may_paste_a_whole_address(tmp_path: Path) -> None:
    [one] = read_text(tmp_path, text_of(page="https://city.example/news?a=1")).entries
    assert one.page == "/news?a=1"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        (b"\xff\xfe", "could not be read"),
        ("[]", 'is not a baseline, which starts with "vydno-baseline": 1.'),
        ("{}", "is not a baseline"),
        ('{"vydno-baseline": 2, "known": []}', "is of version 2, and this is for 1"),
        ('{"vydno-baseline": 1}', 'has no list "known"'),
        ('{"vydno-baseline": 1, "known": ["a"]}', "entry 1 is not an object with rule, outcome"),
        (text_of(rule=None), "entry 1 needs 'rule' as text"),
        (text_of(target=5), "entry 1 needs 'target' as text"),
        (text_of(reason=["a"]), "entry 1 needs 'reason' as text"),
        (text_of(expire="2027-01-01"), "entry 1 has 'expire'; there are rule,"),
        (text_of(expires="31.05.2027"), "entry 1 expires on '31.05.2027'; write a day such as"),
        (text_of(outcome="bad"), "entry 1 has the outcome 'bad'; there are fails,"),
        (text_of(outcome=[]), "entry 1 has the outcome []"),
        (text_of(variants=None), "entry 1 needs 'variants', a list of at least one"),
        (text_of(variants=[]), "entry 1 needs 'variants'"),
        (text_of(variants=["dark"]), "entry 1: a variant is an object with browser,"),
        (text_of(variants=[{"colour": "dark"}]), "entry 1: a variant has no 'colour', but"),
        (text_of(variants=[{"text-scale": 101}]), "entry 1: text-scale must be 90, 100,"),
    ],
)
def test_a_wrong_file_is_one_sentence_that_names_it(
    tmp_path: Path, text: str | bytes, sentence: str
) -> None:
    with pytest.raises(VydnoError) as error:
        read_text(tmp_path, text)
    assert sentence in str(error.value)
    assert "b.json" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_an_error_unless_it_is_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(VydnoError, match=r"There is no baseline .*; --update-baseline makes one"):
        read(tmp_path / "b.json")
    assert read(tmp_path / "b.json", missing=True) == Baseline()


def test_a_file_that_cannot_be_written_keeps_what_was_in_it(tmp_path: Path) -> None:
    (tmp_path / "b.json").mkdir()
    with pytest.raises(VydnoError, match=r"b\.json could not be written"):
        write(Baseline(), tmp_path / "b.json")
    assert [path.name for path in tmp_path.iterdir()] == ["b.json"]


def test_a_link_to_a_baseline_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to("b.json")
    write(Baseline(), tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert read(tmp_path / "b.json") == Baseline()


def test_a_whole_run_goes_through_the_file_and_is_clean(tmp_path: Path) -> None:
    found = run(page(f"{SITE}/", contrast(), review()), page(f"{SITE}/timetable/", reflow()))
    write(Baseline().update(found), tmp_path / "b.json")
    verdict = read(tmp_path / "b.json").apply(found)
    assert exit_code(verdict.run, verdict.complaints) == 0
    assert all(result.status is Status.AUDITED for result in verdict.run.pages)
