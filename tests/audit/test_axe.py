"""What the audit says of axe is what axe says, asked as seldom as can be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from vydno.audit import axe
from vydno.audit.criteria import criteria_of_tags
from vydno.audit.engine import Plan, audit
from vydno.audit.findings import Outcome
from vydno.audit.page import Page
from vydno.audit.playwright_driver import PlaywrightDriver
from vydno.audit.variants import Variant, Viewport, matrix
from vydno.errors import VydnoError

from ..demo_pages import DEMO_PAGES
from ..servers import folder

PAGES = Path(__file__).parents[1] / "pages"
LEAST = 100
VALUES = {"theme": ["blue", "red"], "color_scheme": ["light", "dark"]}
ASKED = axe.options((*axe.TAGS, "best-practice"))
Result = set[tuple[str, str, str, str]]


def bare(driver: PlaywrightDriver) -> Result:
    """axe asked for all of it."""
    answer = driver.run_axe(ASKED)
    return {
        (kind, rule["id"], axe.target(node["target"]), measured(node))
        for kind in ("violations", "incomplete")
        for rule in answer[kind]
        for node in rule["nodes"]
    }


def measured(node: dict[str, Any]) -> str:
    ratios = [(one.get("data") or {}) for one in node["any"]]
    return next(
        (
            f"{data['contrastRatio']}:1"
            for data in ratios
            if isinstance(data, dict) and data.get("contrastRatio")
        ),
        "",
    )


def ours(on_page: axe.AxeOnPage) -> Result:
    return {
        (
            "incomplete" if finding.outcome is Outcome.NEEDS_REVIEW else "violations",
            finding.rule,
            finding.target,
            finding.measured,
        )
        for finding in on_page.findings()
        if finding.criteria
    }


def with_criteria(found: Result, driver: PlaywrightDriver) -> Result:
    """Those of rules that stand for a criterion: what is best practice is advice for us."""
    tags = driver.evaluate("() => window.axe.getRules().map(({ ruleId, tags }) => [ruleId, tags])")
    known = {rule for rule, its in tags if criteria_of_tags(its)}
    return {one for one in found if one[1] in known}


def compare(driver: PlaywrightDriver, url: str) -> int:
    """How many findings there were, the same in every variant."""
    count = 0
    variants = matrix(VALUES)
    driver.open(url, variants[0].viewport)
    driver.inject()
    page = Page(driver, url)
    on_page = axe.AxeOnPage(driver, ASKED, url)
    for variant in variants:
        page.wear(variant)
        found = ours(on_page)
        assert found == with_criteria(bare(driver), driver), variant
        count += len(found)
    return count


def test_over_a_hundred_pages_say_in_every_variant_what_axe_alone_says_of_them(
    driver: PlaywrightDriver,
) -> None:
    paths = sorted(path.relative_to(PAGES) for path in PAGES.rglob("*.html"))
    # An even choice of what there is: all of them would take minutes.
    chosen = paths[:: max(1, len(paths) // LEAST)]
    with folder(PAGES) as address:
        assert sum(compare(driver, f"{address}/{path}") for path in chosen) > 0
    assert len(chosen) >= LEAST


OF_THE_CITY = [page for page in DEMO_PAGES if page.of_the_city]


@pytest.mark.parametrize("page", OF_THE_CITY[:5], ids=str)
def test_so_do_pages_of_the_demo(driver: PlaywrightDriver, site: str, page: Any) -> None:
    compare(driver, site + page.path)


def test_a_variant_that_moves_nothing_and_fails_nothing_is_asked_about_kinds_alone(
    driver: PlaywrightDriver, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []
    run = driver.run_axe

    def noted(options: Any, context: Any = None) -> dict[str, Any]:
        asked.append(None if context is None else len(context))
        return run(options, context)

    monkeypatch.setattr(driver, "run_axe", noted)
    plan = Plan(variants=matrix({"theme": ["blue", "red"]}), checks=[], axe_options=ASKED)
    audit(driver, f"{site}/", plan)
    whole, kinds = asked
    assert whole is None
    assert kinds
    assert kinds < 60


def test_a_refusal_is_no_clean_page(driver: PlaywrightDriver, site: str) -> None:
    driver.open(f"{site}/", Viewport())
    driver.inject()
    asked = axe.options(without=["no-such-rule"])
    with pytest.raises(VydnoError, match="axe did not run"):
        axe.AxeOnPage(driver, asked, site).findings()
    plan = Plan(variants=[Variant()], checks=[], axe_options=asked)
    result = audit(driver, f"{site}/", plan)
    assert "axe did not run" in result.reason


def test_what_is_not_axe_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "axe.min.js"
    with pytest.raises(VydnoError, match="could not be read"):
        axe.script(other)
    other.write_text("alert(1)")
    with pytest.raises(VydnoError, match="not axe-core"):
        axe.script(other)


def test_the_version_stands_at_the_head_of_the_file() -> None:
    assert axe.version(axe.script()) >= "4.12"
