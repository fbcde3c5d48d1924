"""The Chromium that the audit starts for itself is driven by Chrome's own protocol, and must show
the same as one that Playwright drives."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from vydno.audit.checks import Rendition, all_checks
from vydno.audit.findings import Box
from vydno.audit.page import Page
from vydno.audit.playwright_chromium import OwnChromium
from vydno.audit.playwright_driver import PlaywrightDriver
from vydno.audit.sessions import Settings
from vydno.audit.sources import open_source
from vydno.audit.variants import Variant, Viewport

from ..drivers import run_checks
from ..faults import faulty_site
from ..same import essence

pytestmark = [pytest.mark.browser]

INSIDE = "() => [innerWidth, innerHeight]"
LARGE = Viewport(width=1280, height=800)
SMALL = Viewport(width=320, height=640)
# By pictures, by sizes, by keys, by colours that are emulated.
PAGES = (
    "text-on-image-contrast/broken-photo.html",
    "icon-contrast/broken-painted.html",
    "forced-colors-vanish/broken-gradient-cross.html",
    "focus-not-visible/broken-ring-of-no-width.html",
    "reflow-loss/broken-overlap.html",
    "zoom-loss/broken-height-in-vh.html",
    "large-text-loss/broken-own-control.html",
    "orientation-locked/broken-cover.html",
)


@pytest.fixture(scope="module")
def own() -> Iterator[OwnChromium]:
    with open_source(Settings()) as source:
        session = source.session("chromium")
        driver = session.page(300)
        assert isinstance(driver, OwnChromium)
        yield driver
        session.close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with faulty_site() as address:
        yield address


def test_the_page_has_the_size_that_was_asked_for_in_every_process(
    own: OwnChromium, site: str
) -> None:
    own.open(f"{site}/sound", SMALL)
    assert own.evaluate(INSIDE) == [320, 640]
    own.resize(Viewport(width=900, height=600))
    assert own.evaluate(INSIDE) == [900, 600]
    # Another site is another process.
    own.open(f"{site.replace('127.0.0.1', 'localhost')}/sound", SMALL)
    assert own.evaluate(INSIDE) == [320, 640]
    own.open(f"{site}/sound", LARGE)
    assert own.evaluate(INSIDE) == [1280, 800]


@pytest.mark.parametrize("box", [None, Box(x=10, y=20, width=100, height=2000)])
def test_a_picture_leaves_the_page_as_it_was(own: OwnChromium, site: str, box: Box | None) -> None:
    own.open(f"{site}/sound", LARGE)
    own.resize(SMALL)
    picture = Image.open(io.BytesIO(own.screenshot(box)))
    assert picture.size == ((100, 2000) if box else (320, 640))
    assert own.evaluate(INSIDE) == [320, 640]


@pytest.mark.parametrize("rendition", list(Rendition))
def test_each_rendition_can_follow_each_other(
    own: OwnChromium, site: str, rendition: Rendition
) -> None:
    sizes = {
        Rendition.NARROW: [320, 640],
        Rendition.ZOOMED: [640, 400],
        Rendition.PORTRAIT: [600, 900],
        Rendition.LANDSCAPE: [900, 600],
    }
    own.open(f"{site}/sound", LARGE)
    own.inject()
    page = Page(own, f"{site}/sound")
    page.wear(Variant(browser="chromium", viewport=LARGE))
    for before in Rendition:
        page.render(before)
        page.render(rendition)
        assert own.evaluate(INSIDE) == sizes.get(rendition, [1280, 800])
        forced = own.evaluate("() => matchMedia('(forced-colors: active)').matches")
        assert forced == (rendition is Rendition.FORCED_COLORS)
        spaced = own.evaluate("() => getComputedStyle(document.body).letterSpacing !== 'normal'")
        assert spaced == (rendition is Rendition.SPACED)
    page.restore()
    assert own.evaluate(INSIDE) == [1280, 800]


@pytest.mark.parametrize("path", PAGES)
def test_the_checks_find_the_same(
    own: OwnChromium, driver: PlaywrightDriver, pages: str, path: str
) -> None:
    checks = list(all_checks().values())
    worn = [Variant(browser="chromium", text_scale=percent) for percent in (100, 200)]
    ours, theirs = (run_checks(each, f"{pages}/{path}", checks, *worn) for each in (own, driver))
    assert essence(ours) == essence(theirs)
    assert path.partition("/")[0] in {finding.rule for finding in ours.findings}
