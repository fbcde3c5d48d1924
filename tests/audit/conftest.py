"""What the audit's tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from vydno.audit.playwright_driver import PlaywrightDriver

from .drivers import driver_of


@pytest.fixture(scope="module")
def driver(chromium: Browser) -> Iterator[PlaywrightDriver]:
    """One tab for the pages of a module."""
    with driver_of(chromium) as opened:
        yield opened
