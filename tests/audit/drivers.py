"""Drivers of the audit on the browsers that a test run shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from vydno.audit import axe
from vydno.audit.checks import Check
from vydno.audit.driver import MEASURE
from vydno.audit.engine import Plan, audit
from vydno.audit.findings import PageResult
from vydno.audit.playwright_driver import PlaywrightDriver
from vydno.audit.variants import Variant


@contextmanager
def driver_of(
    browser: Browser, name: str = "chromium", **options: Any
) -> Iterator[PlaywrightDriver]:
    """A page of a context of its own, with the audit's scripts in every document."""
    context = browser.new_context(**options)
    script = axe.script()
    context.add_init_script(f"{script};{MEASURE}")
    page = context.new_page()
    yield PlaywrightDriver(page, browser=name, axe_script=script, prepared=True)
    context.close()


def run_checks(
    driver: PlaywrightDriver, url: str, checks: Sequence[Check], *variants: Variant, **plan: Any
) -> PageResult:
    """The page's result with the checks alone, without axe, advice included."""
    worn = variants or (Variant(browser=driver.browser),)
    return audit(
        driver, url, Plan(variants=worn, checks=checks, axe_options=None, advice=True, **plan)
    )


def page_url(path: Path) -> str:
    return path.resolve().as_uri()
