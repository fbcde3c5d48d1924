"""`python -m tests.bridges`: measure every host with and without its bridge, and write what was
found to the README of the bridges, with a picture."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests import axe, npm
from tests.browsers import Machine, find

from .kits import KITS, VARIANTS, Variant, open_kit, survey, wear, write

ROOT = Path(__file__).parents[2]
README = ROOT / "widgets" / "vydno" / "bridges" / "README.md"
PICTURE = ROOT / "demo" / "pictures" / "bridges.png"
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"
HEAD = (
    "| host | elements | pairs | too weak without | too weak | axe without | axe |\n"
    "|---|---|---|---|---|---|---|\n"
)
SHOWN = (Variant("red", "dark", "normal"), Variant("orange", "light", "normal"))
WIDTH, HEIGHT = 900, 1100


def _rows(page: Page, folder: Path, archives: Mapping[str, npm.Archive]) -> Iterator[str]:
    for kit in KITS:
        cells: dict[bool, tuple[int, int, int, int]] = {}
        for bridged in (False, True):
            file = write(folder, kit, archives[kit.package], bridged=bridged)
            open_kit(page, (folder / file).as_uri())
            measured, weak = survey(page)
            cells[bridged] = (_count(page), measured, len(weak), _violations(page))
        (_, _, weak_alone, axe_alone), (elements, measured, weak_now, axe_now) = cells.values()
        figures = (elements, measured, weak_alone, weak_now, axe_alone, axe_now)
        yield f"| {kit.package} | {' | '.join(f'{each:,}' for each in figures)} |\n"


def _count(page: Page) -> int:
    return int(page.locator("main *").count())


def _violations(page: Page) -> int:
    """Of all variants, each rule once in each."""
    axe.inject(page)
    found = 0
    for variant in VARIANTS:
        wear(page, variant)
        found += sum("undecided" not in each for each in axe.run(page))
    return found


def _picture(page: Page, folder: Path) -> Image.Image:
    sheet = Image.new("RGB", (WIDTH * len(KITS), HEIGHT * len(SHOWN)), "white")
    for column, kit in enumerate(KITS):
        open_kit(page, (folder / f"{kit.name}.html").as_uri())
        for row, variant in enumerate(SHOWN):
            wear(page, variant)
            picture = Image.open(io.BytesIO(page.screenshot()))
            sheet.paste(picture, (column * WIDTH, row * HEIGHT))
    # In a palette the surfaces would change their hue.
    return sheet.resize((sheet.width // 2, sheet.height // 2))


def main() -> None:
    """Write the table between its marks, and the picture."""
    chromium = find(Machine(), ["chromium"])["chromium"]
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        archives = npm.fetch(folder, [kit.package for kit in KITS])
        browser = playwright.chromium.launch(**chromium.playwright_options)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        table = HEAD + "".join(_rows(page, folder, archives))
        _picture(page, folder).save(PICTURE, optimize=True)
        browser.close()
    text = README.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    README.write_text(f"{before}{BEGIN}{table}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
