"""Checks of a whole site: what only several pages together tell, however the run went.

The sites of a rule lie in `tests/pages/sites/RULE/`: of `broken-…` at least one page needs review,
of `sound-…` none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from vydno.audit import sites
from vydno.audit.baseline import Baseline, Entry
from vydno.audit.checks import Check, Found, Noted, all_checks, needs_review, note
from vydno.audit.engine import Plan, audit
from vydno.audit.findings import Fact, Finding, Outcome, PageResult, Run, Status
from vydno.audit.page import Page
from vydno.audit.playwright_driver import PlaywrightDriver
from vydno.audit.reports.json_report import read, render
from vydno.audit.runner import merge
from vydno.audit.variants import Variant, matrix
from vydno.cli import main

from ..servers import PAGES, folder
from .checks.test_pages import whole
from .test_engine import make

SITES = PAGES / "sites"
FOUND = sorted(path.relative_to(SITES) for path in SITES.glob("*/*"))
CHECKS = {rule: check for rule, check in all_checks().items() if check.over_site}
LEAST = 3
ANOTHER = "<!-- another page -->"


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    with folder(SITES) as address:
        yield address


def run_of(*pages: PageResult) -> Run:
    return Run(pages=pages, started="", seconds=0, tools={}, variants=pages[0].variants)


def found(driver: PlaywrightDriver, urls: Sequence[str], check: Check) -> list[Finding]:
    plan = Plan(variants=[Variant()], checks=[check], axe_options=None)
    run = run_of(*(audit(driver, url, plan) for url in urls))
    assert {page.status for page in run.pages} == {Status.AUDITED}
    return sites.judged(run, [check]).findings


# What is found. ---------------------------------------------------------------------------------


@pytest.mark.parametrize("site", FOUND, ids=str)
def test_a_site_gives_what_its_name_says(driver: PlaywrightDriver, pages: str, site: Path) -> None:
    names = sorted(path.name for path in (SITES / site).iterdir())
    urls = [f"{pages}/{site}/{name}" for name in names]
    outcomes = {one.outcome for one in found(driver, urls, CHECKS[site.parts[0]])}
    assert outcomes == ({Outcome.NEEDS_REVIEW} if site.name.startswith("broken-") else set())


@pytest.mark.parametrize("rule", CHECKS)
def test_every_rule_has_at_least_three_sites_of_each_kind(rule: str) -> None:
    names = [path.name.partition("-")[0] for path in FOUND if path.parts[0] == rule]
    assert names.count("broken") >= LEAST
    assert names.count("sound") >= LEAST


@pytest.mark.parametrize("rule", CHECKS)
def test_the_examples_of_a_rule_are_what_they_say(
    driver: PlaywrightDriver, tmp_path: Path, rule: str
) -> None:
    check = CHECKS[rule]
    with folder(tmp_path) as address:
        for name, html in (("broken", check.broken), ("sound", check.sound)):
            urls = []
            for number, page in enumerate(html.split(ANOTHER)):
                (tmp_path / f"{name}{number}.html").write_text(whole(page), encoding="utf-8")
                urls.append(f"{address}/{name}{number}.html")
            assert bool(found(driver, urls, check)) is (name == "broken")


def test_a_finding_says_where_and_what_is_usual(driver: PlaywrightDriver, pages: str) -> None:
    site = f"{pages}/control-named-otherwise/broken-search-or-find"
    urls = [f"{site}/{name}.html" for name in "abc"]
    (one,) = found(driver, urls, CHECKS["control-named-otherwise"])
    assert (one.page, one.target) == (urls[1], "body > header > form > input")
    assert one.message == f"On {urls[0]} the same is called “Search”."
    assert (one.measured, one.needed) == ("“Find”", "“Search”")
    assert one.html.startswith('<input name="q"')
    assert one.help_url.endswith("/consistent-identification")


# However the run went. --------------------------------------------------------------------------

TITLES = CHECKS["title-repeated-on-site"]
LIGHT, DARK = matrix({"color_scheme": ["light", "dark"]})
CHROMIUM, FIREFOX = matrix({"browser": ["chromium", "firefox"]})
BOTH = (LIGHT, DARK)


def page(url: str, title: str = "Town", variants: Sequence[Variant] = BOTH) -> PageResult:
    values = (title.lower(), "en", "", title)
    fact = Fact(rule=TITLES.rule, page=url, target="title", html="", values=values)
    return PageResult(
        url=url,
        status=Status.AUDITED,
        variants=variants,
        facts=[replace(fact, variants=variants)],
    )


def told(run: Run) -> dict[str, str]:
    return {one.page: one.message for one in run.findings}


def judged(*pages: PageResult) -> Run:
    return sites.judged(run_of(*pages), [TITLES])


def test_every_page_of_several_is_told_in_the_variants_that_it_holds_for() -> None:
    run = judged(page("/a"), page("/b"), page("/c", "Buses"), page("/d"))
    assert told(run) == {
        "/a": "/b and /d have the same title.",
        "/b": "/a and /d have the same title.",
        "/d": "/a and /b have the same title.",
    }
    assert {(tuple(one.variants), one.holds_for) for one in run.findings} == {(BOTH, "")}


def test_pages_of_two_hosts_are_two_sites() -> None:
    assert judged(page("https://a.example/"), page("https://b.example/")).findings == []


def test_browsers_see_each_for_itself() -> None:
    here, there = (
        merge([page(url, "Town", [CHROMIUM]), page(url, title, [FIREFOX])])
        for url, title in (("/a", "Town"), ("/b", "Buses"))
    )
    assert len(here.facts) == 1
    assert here.facts[0].variants == [CHROMIUM, FIREFOX]
    assert [one.holds_for for one in judged(here, there).findings] == ["only in Chromium"] * 2


def test_to_judge_again_is_to_judge_once_and_forgets_what_is_mended() -> None:
    once = judged(page("/a"), page("/b"))
    assert sites.judged(once, [TITLES]) == once
    mended = replace(once, pages=[once.pages[0], page("/b", "Buses")])
    assert sites.judged(mended, [TITLES]).findings == []


def test_what_pages_said_goes_through_the_json_report(tmp_path: Path) -> None:
    partly = page("/b")
    partly = replace(partly, facts=[replace(partly.facts[0], variants=[DARK])])
    run = run_of(page("/a"), partly)
    report = tmp_path / "report.json"
    report.write_text(render(run, 0), encoding="utf-8")
    again = [list(page.facts[0].variants) for page in read(report).pages]
    assert again == [[LIGHT, DARK], [DARK]]
    assert told(sites.judged(read(report), [TITLES])) == told(sites.judged(run, [TITLES]))


def test_of_pages_that_were_left_out_nothing_is_stale() -> None:
    entries = [
        Entry(
            rule=TITLES.rule,
            page=url,
            target="title",
            variants=frozenset(BOTH),
            outcome=Outcome.NEEDS_REVIEW,
        )
        for url in ("/a", "/b")
    ]
    known = Baseline(entries=entries)

    def complaints(run: Run) -> int:
        here = sites.judged_here(lambda _: True, entries, run)
        return len(known.apply(run, judged=here).complaints)

    assert complaints(judged(page("/a"))) == 0
    assert complaints(judged(page("/a"), page("/b"))) == 0
    assert complaints(judged(page("/a"), page("/b", "Buses"))) == 2


def test_a_judge_that_stumbles_is_named_on_each_page() -> None:
    def stumble(facts: Sequence[Fact]) -> Iterator[Found]:
        yield needs_review(facts[0], "One.")
        raise ZeroDivisionError("oh")

    run = sites.judged(run_of(page("/a"), page("/b")), [replace(TITLES, over_site=stumble)])
    reason = f"{TITLES.rule} did not run to its end: ZeroDivisionError: oh"
    assert [(one.status, one.reason) for one in run.pages] == [(Status.PARTLY, reason)] * 2


def test_a_fact_is_noted_once_for_what_it_depends_on_and_holds_for_the_rest(
    driver: PlaywrightDriver, pages: str
) -> None:
    def noted(page: Page, _: Variant) -> Iterator[Noted]:
        yield note("h1", page.snapshot.title)

    check = make(noted, over_site=lambda _: ())
    variants = matrix({"theme": ["blue", "red"]})
    url = f"{pages}/title-repeated-on-site/sound-each-its-own/buses.html"
    result = audit(driver, url, Plan(variants=variants, checks=[check], axe_options=None))
    (fact,) = result.facts
    assert (fact.target, tuple(fact.values)) == ("body > main > h1", ("Buses – Kalynivka",))
    assert list(fact.variants) == variants
    assert result.findings == ()


# From end to end. -------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_command_judges_all_pages_resumed_ones_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in "ab":
        (tmp_path / f"{name}.html").write_text(whole("<h1>Town</h1>"), encoding="utf-8")
    told = ["--rule", TITLES.rule, "--json", "report.json", "--fail-on", "needs-review"]
    assert main(["audit", "a.html", *told]) == 0
    assert main(["audit", "a.html", "b.html", *told, "--resume", "--workers", "2"]) == 1
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert [one["page"] for one in report["findings"]] == ["a.html", "b.html"]
    assert "b.html has the same title." in capsys.readouterr().out
    baseline = ["--baseline", "known.json"]
    both = ["audit", "a.html", "b.html", *told, *baseline]
    assert main([*both, "--update-baseline"]) == 0
    assert main(["audit", "a.html", *told, *baseline]) == 0
    (tmp_path / "b.html").write_text(whole("<h1>B</h1>").replace("Example", "Buses"))
    assert main(both) == 1
    assert capsys.readouterr().err.count("is stale") == 2
