"""Other people's style sheets: what is found in them, and that mending them changes nothing until
the visitor asks for larger text."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page
from vydno.lint.fix import changes
from vydno.lint.lint import Result
from vydno.lint.rules import selected

from tests.npm import NoNpmError

from .packages import PACKAGES, Package, fetch
from .sources import css, judged

pytestmark = pytest.mark.browser

MENDED = [package for package in PACKAGES if package.mended]
every_package = pytest.mark.parametrize("package", PACKAGES, ids=str)
every_mended = pytest.mark.parametrize("package", MENDED, ids=str)

# Of every element with text of its own, or a value.
_SIZES = """() => [...document.body.querySelectorAll('*')]
  .filter((each) => each.value || [...each.childNodes].some((node) => node.data?.trim()))
  .map((each) => [
    `${each.localName}.${each.className}`, parseFloat(getComputedStyle(each).fontSize)
  ])
"""


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    try:
        return fetch(tmp_path_factory.mktemp("npm"))
    except NoNpmError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"other people's style sheets were not linted: {error}")


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    # Wide enough that media queries in em say the same when text is twice as large.
    with chromium.new_context(viewport={"width": 1600, "height": 700}) as context:
        yield context.new_page()


def result(package: Package, raw: bytes) -> Result:
    return judged(css(raw, package.sheet), select=",".join(selected([], [])))


def mended(package: Package, raw: bytes) -> bytes:
    [change] = changes(result(package, raw))
    assert change.places == package.mended
    return change.after


@every_package
def test_what_is_found_in_a_sheet_of_others(package: Package, sheets: Mapping[str, bytes]) -> None:
    found = result(package, sheets[package.npm])
    assert not found.unread
    assert Counter(each.rule for each in found.findings) == package.found


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """A page as it looks, and the sizes of its text by element."""

    picture: Any
    usual: list[tuple[str, float]]
    large: list[tuple[str, float]]
    """Where the visitor asks for text twice as large."""

    @property
    def growths(self) -> dict[str, float]:
        return {
            name: large / usual
            for (name, usual), (_, large) in zip(self.usual, self.large, strict=True)
        }


@pytest.fixture(scope="module")
def rendered(sheets: Mapping[str, bytes], page: Page) -> Callable[[Package], list[Rendering]]:
    """Draws the page of a package before and after, once."""

    @cache
    def draw(package: str) -> list[Rendering]:
        [known] = [each for each in MENDED if each.npm == package]
        raw = sheets[package]
        return [_render(page, known.body, sheet) for sheet in (raw, mended(known, raw))]

    return lambda package: draw(package.npm)


@every_mended
def test_a_mended_page_looks_as_before(
    package: Package, rendered: Callable[[Package], list[Rendering]]
) -> None:
    before, after = rendered(package)
    difference = ImageChops.difference(before.picture, after.picture)
    # One step of 255, which the eye does not see, for what is rounded at the edges of letters.
    assert max(difference.tobytes()) <= 1


@every_mended
def test_all_text_of_a_mended_page_becomes_twice_as_large(
    package: Package, rendered: Callable[[Package], list[Rendering]]
) -> None:
    before, after = rendered(package)
    assert min(before.growths.values()) == pytest.approx(1)
    assert after.growths == {name: pytest.approx(2, abs=0.01) for name in after.growths}


def _render(page: Page, body: str, sheet: bytes) -> Rendering:
    _show(page, body, sheet, text=32)
    large = page.evaluate(_SIZES)
    _show(page, body, sheet, text=16)
    raw = page.screenshot(animations="disabled", caret="hide")
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    return Rendering(picture=picture, usual=page.evaluate(_SIZES), large=large)


def _show(page: Page, body: str, sheet: bytes, *, text: int) -> None:
    cdp = page.context.new_cdp_session(page)
    sizes = {"standard": text, "fixed": round(text * 13 / 16)}
    cdp.send("Page.setFontSizes", {"fontSizes": sizes})
    cdp.detach()
    page.set_content(f"<!doctype html><meta charset=utf-8><style>{sheet.decode()}</style>{body}")
