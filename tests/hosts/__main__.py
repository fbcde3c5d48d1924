"""`python -m tests.hosts`: measure the controls in every host, and write what was found to the
README of the hosts, with pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from tests import npm
from tests.browsers import Machine, find
from tests.engines import PlaywrightVisitor, open_visitor
from tests.servers import folder

from . import hosts
from .measuring import measure, ring_by_pixels

ROOT = Path(__file__).parents[2]
README = ROOT / "widgets" / "vydno" / "hosts" / "README.md"
PICTURE = ROOT / "demo" / "pictures" / "hosts.png"
SHOWN = ("bootstrap", "pico", "preflight", "unset", "wide", "radios", "dark", "important")
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"
HEAD = (
    "| host | smallest target | A+ A A− | ring, by pixels | lowest contrast | taken without |\n"
    "|---|---|---|---|---|---|\n"
)
CLIP = {"x": 0, "y": 0, "width": 700, "height": 330}


def _rows(visitor: PlaywrightVisitor, site: str) -> Iterator[str]:
    """Each cell is what it was where nothing insists, an arrow, and what it is."""
    for host in hosts.HOSTS:
        cells = [_cells(visitor, f"{site}{place}/{host.name}.html") for place in _PLACES]
        both = [f"{one} → {other}" for one, other in zip(*cells, strict=True)]
        taken = ", ".join(sorted(host.taken)) or "nothing"
        yield f"| {' | '.join([host.title, *both, taken])} |\n"


_PLACES = (f"/{hosts.WITHOUT}", "")


def _cells(visitor: PlaywrightVisitor, address: str) -> list[str]:
    found = measure(visitor, address, scale=125)
    target = visitor.page.locator("text-scale button").nth(1)
    ring = ring_by_pixels(visitor.page, target)
    return [f"{found.target:.1f}", found.letters, f"{ring:.1f}", f"{found.contrast:.1f}"]


def _picture(visitor: PlaywrightVisitor, site: str) -> Image.Image:
    sheet = Image.new("RGB", (CLIP["width"] * 2, CLIP["height"] * len(SHOWN)), "white")
    for row, name in enumerate(SHOWN):
        for column, place in enumerate(_PLACES):
            visitor.goto(f"{site}{place}/{name}.html")
            visitor.wait("return document.querySelector('theme-switch:defined')")
            raw = visitor.page.screenshot(clip=CLIP)  # type: ignore[arg-type]
            at = (column * CLIP["width"], row * CLIP["height"])
            sheet.paste(Image.open(io.BytesIO(raw)), at)
    return sheet.quantize(128)


def main() -> None:
    """Write the table between its marks, and the picture."""
    chromium = find(Machine(), ["chromium"])["chromium"]
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        place, packages = Path(name, "pages"), Path(name, "npm")
        place.mkdir()
        packages.mkdir()
        hosts.write(place, npm.fetch(packages, hosts.packages()))
        browser = playwright.chromium.launch(**chromium.playwright_options)
        with folder(place) as site:
            visitor = open_visitor(browser, viewport={"width": 700, "height": 1000})
            table = HEAD + "".join(_rows(visitor, site))
            _picture(visitor, site).save(PICTURE, optimize=True)
        browser.close()
    text = README.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    README.write_text(f"{before}{BEGIN}{table}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
