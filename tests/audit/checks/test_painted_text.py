"""Pictures of text are held against what was measured only where that still stands."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser
from vydno.audit.page import Page
from vydno.audit.painting import moved
from vydno.audit.variants import Viewport

from ..drivers import driver_of, page_url

HTML = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Harbour</title>
<header>Town</header><p>The harbour opens at six.</p></html>"""


def test_what_a_late_script_pushes_away_is_known(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(HTML, encoding="utf-8")
    with driver_of(chromium) as driver:
        driver.open(page_url(file), Viewport())
        driver.inject()
        page = Page(driver, page_url(file))
        texts = [page.snapshot.tagged("header")[0], page.snapshot.tagged("p")[0]]
        assert moved(page, texts) == set()
        page.evaluate("() => { document.querySelector('p').style.marginTop = '99px'; }")
        assert moved(page, texts) == {texts[1]}
