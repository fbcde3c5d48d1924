"""What the audit finds by itself of keyboard and names is what the screen reader meets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser
from vydno.audit import axe
from vydno.audit.checks import Found, all_checks
from vydno.audit.engine import Plan, audit
from vydno.audit.findings import Outcome
from vydno.audit.page import Page
from vydno.audit.variants import Variant
from vydno.audit.walk import element_of, walk
from vydno.listen import ScreenReader

from tests.audit.drivers import driver_of, run_checks

pytestmark = [pytest.mark.xdist_group("en chromium"), pytest.mark.timeout(900)]

# What axe and our own checks say of what has no name, or cannot be reached.
NAMELESS = {"link-name", "button-name", "label", "input-button-name", "summary-name"}
# As Orca calls them in English; a radio is two messages.
SPOKEN = {"link": "link", "button": "push button", "radio": "radio button", "textbox": "entry"}


@pytest.mark.listener("en")
def test_orca_meets_every_stop_of_the_audit_in_its_order_under_its_name(
    chromium: Browser, screen_reader: ScreenReader, site: str
) -> None:
    stops: list[tuple[str, str]] = []

    def walked(page: Page, _: Variant) -> Iterator[Found]:
        for stop in page.once(walk).order:
            element = element_of(page, stop.at)
            assert element
            stops.append((element.role, element.name))
        yield from ()

    check = replace(all_checks()["click-without-keyboard"], function=walked)
    with driver_of(chromium, viewport={"width": 1280, "height": 900}) as driver:
        assert run_checks(driver, f"{site}/en/", [check]).findings == ()
    assert len(stops) > 15

    _, *tabs = screen_reader.hear(f"{site}/en/", ["Tab"] * len(stops))
    for (role, name), tab in zip(stops, tabs, strict=True):
        said = " ".join(tab.heard)
        assert SPOKEN[role] in said, (role, name, said)
        # Orca says a range of years and the like in its own words: the first two are enough.
        assert " ".join(name.split()[:2]) in said, (role, name, said)


@pytest.mark.listener("en")
def test_where_the_audit_misses_a_name_orca_has_none_to_say(
    chromium: Browser, screen_reader: ScreenReader, bare: str
) -> None:
    url = f"{bare}/theme_switch/en?fault=no-label"
    asked = Plan(variants=[Variant()], checks=[], axe_options=axe.options(axe.TAGS))
    with driver_of(chromium) as driver:
        found = audit(driver, url, asked).findings
    missed = {one.rule for one in found if one.outcome is Outcome.FAILS}
    assert missed & NAMELESS == {"label"}
    _, tab = screen_reader.hear(url, "Tab")
    assert "Default" not in " ".join(tab.heard)
    assert "radio button" in " ".join(tab.heard)
