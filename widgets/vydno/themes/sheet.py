"""The contact sheet: every theme and variant of a page, as eyes of each kind see it.

The page is photographed by Chromium, which simulates colour-vision deficiencies itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from ..browsers import VARIABLES, chromium_arguments, for_playwright
from ..errors import VydnoError
from .certificate import palettes, summary
from .colour_vision import NORMAL, VISIONS
from .css import stylesheet
from .pairs import VARIANTS
from .solver import Theme

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Browser, Page, Playwright, ViewportSize

SAMPLE = Path(__file__).with_name("sample.html")
BROWSER_VARIABLE = VARIABLES["chromium"]

# What Chromium's protocol calls them (Emulation.setEmulatedVisionDeficiency).
_EMULATED = {
    NORMAL: "none",
    "protan": "protanopia",
    "deutan": "deuteranopia",
    "tritan": "tritanopia",
}

# CSS pixels of the page that is photographed.
VIEWPORT = (680, 610)

Shots = Mapping[tuple[str, str, str], "Image"]
"""Vision, theme, variant: the picture."""


def write(themes: Mapping[str, Theme], output: Path, *, page: str | None = None) -> None:
    """Draw the contact sheet of themes on a page (ours if none is named) into a PNG."""
    try:
        from .montage import montage
    except ImportError:
        raise VydnoError('The contact sheet needs Pillow: pip install "vydno[sheet]".') from None
    shots = photograph(themes, page=page)
    picture = montage(shots, tuple(themes), summary(palettes(themes)))
    try:
        picture.save(output, format="PNG", optimize=True)
    except OSError as error:
        raise VydnoError(f"{output} could not be written: {error.strerror}.") from None


def photograph(themes: Mapping[str, Theme], *, page: str | None = None) -> Shots:
    """The page in every theme and variant, for every kind of vision."""
    from PIL import Image

    shots: dict[tuple[str, str, str], Image.Image] = {}
    with _opened(page, stylesheet(themes)) as shown, _progress() as progress:
        protocol = shown.context.new_cdp_session(shown)
        todo = list(product(themes, VARIANTS))
        for theme, variant in progress.track(todo, description="Photographing"):
            _put_on(shown, theme, variant)
            for vision in VISIONS:
                protocol.send("Emulation.setEmulatedVisionDeficiency", {"type": _EMULATED[vision]})
                picture = Image.open(BytesIO(shown.screenshot(animations="disabled")))
                shots[vision, theme, variant] = picture.convert("RGB")
    _check_that_themes_show(shots, list(themes))
    return shots


def _check_that_themes_show(shots: Shots, themes: list[str]) -> None:
    seen = {shots[NORMAL, theme, VARIANTS[0]].tobytes() for theme in themes}
    if len(themes) > 1 and len(seen) == 1:
        raise VydnoError(
            "The page looks the same in every theme; let it use the roles, "
            "such as `background: var(--vydno-surface)`."
        )


def _put_on(page: Page, theme: str, variant: str) -> None:
    scheme, _, more = variant.partition("-")
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light",
        contrast="more" if more else "no-preference",
        reduced_motion="reduce",
    )
    page.evaluate(
        "(wanted) => Object.assign(document.documentElement.dataset, wanted)",
        {"theme": theme, "colorScheme": scheme, "contrast": more or "normal"},
    )


@contextmanager
def _progress() -> Iterator[Progress]:
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        yield progress


# The browser. -----------------------------------------------------------------------------------


@contextmanager
def _opened(address: str | None, css: str) -> Iterator[Page]:
    """A page in a browser, with the themes' style sheet in it."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise VydnoError(
            'The contact sheet needs Playwright: pip install "vydno[sheet]".'
        ) from None
    with sync_playwright() as playwright:
        browser = _launch(playwright, Error)
        try:
            # The page's own policy need not allow the themes' style sheet.
            width, height = VIEWPORT
            viewport: ViewportSize = {"width": width, "height": height}
            page = browser.new_context(viewport=viewport, bypass_csp=True).new_page()
            _open(page, address, Error)
            page.add_style_tag(content=css)
            yield page
        finally:
            browser.close()


def _open(page: Page, address: str | None, error: type[Exception]) -> None:
    if address is None:
        page.set_content(SAMPLE.read_text(encoding="utf-8"))
        return
    url = address if "://" in address else Path(address).resolve().as_uri()
    try:
        answer = page.goto(url, wait_until="load")
    except error as failure:
        reason = str(failure).splitlines()[0]
        raise VydnoError(f"The page {address} could not be opened: {reason}.") from None
    if answer is not None and not answer.ok:
        raise VydnoError(f"The page {address} answers {answer.status}.")


def _launch(playwright: Playwright, error: type[Exception]) -> Browser:
    path = executable(playwright.chromium.executable_path)
    try:
        return playwright.chromium.launch(executable_path=path, args=chromium_arguments())
    except error as failure:
        reason = str(failure).splitlines()[0]
        raise VydnoError(f"{path} does not start as a Chromium: {reason}") from None


def executable(own: str) -> str:
    """The named browser, the system's, or Playwright's ``own`` if it was ever downloaded."""
    return for_playwright("chromium", own)
