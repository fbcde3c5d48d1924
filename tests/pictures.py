"""`python -m tests.pictures`: the pictures in the README, drawn anew from the demo.

Chromium is the one that `python3 -m tests` would take; fonts with Cyrillic letters should be there.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from vydno.audit.reports import write
from vydno.cli import main as vydno

from demo.app import create_app
from tests.audit import sample_runs
from tests.browsers import Machine, find
from tests.servers import serve

FOLDER = Path(__file__).parents[1] / "demo" / "pictures"
GAP = 24  # pixels between the pictures of a row


@dataclass(frozen=True)
class View:
    """One look at the demo: a path, the cookie's value, and a window."""

    path: str
    preferences: str
    width: int = 1280
    height: int = 900
    dark: bool = False


PICTURES: dict[str, list[View]] = {
    "home": [View("/", "theme=blue", height=1000)],
    "studio": [View("/en/studio/", "", height=1500)],
    "gallery": [View("/en/gallery/", "", height=1100)],
    "themes": [
        View("/", "theme=green", 390, 844),
        View("/news/e-governance/", "theme=orange", 390, 844),
        View("/news/e-governance/", "theme=red", 390, 844, dark=True),
        View("/timetable/", "theme=blue", 390, 844, dark=True),
    ],
    "sizes": [
        View("/news/e-governance/", "text-scale=90", 390, 844),
        View("/news/e-governance/", "", 390, 844),
        View("/news/e-governance/", "text-scale=150", 390, 844),
        View("/news/e-governance/", "text-scale=200", 390, 844),
    ],
}

# Cyrillic, Latin, Greek; Georgian, Armenian, Japanese; Arabic, Hebrew, Chinese.
SCRIPTS = ["uk", "pl", "el", "ka", "hy", "ja", "ar", "he", "zh"]


def take(browser: Browser, site: str, view: View) -> Image.Image:
    """A screenshot of the window, in CSS pixels."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme="dark" if view.dark else "light",
    )
    if view.preferences:
        context.add_cookies([{"name": "vydno", "value": view.preferences, "url": site}])
    page = context.new_page()
    answer = page.goto(site + view.path)
    if not answer or not answer.ok:
        raise SystemExit(f"{view.path} is not there to be drawn: mend the demo first.")
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return image


def languages(browser: Browser, site: str) -> Image.Image:
    """The controls in nine scripts, two of them from right to left."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site}/en/gallery/languages/")
    page.evaluate(
        """tags => {
            const list = document.querySelector(".languages");
            const items = tags.map((tag) => list.querySelector(`:scope > [lang="${tag}"]`));
            list.replaceChildren(...items);
            list.style.padding = "24px";
        }""",
        SCRIPTS,
    )
    image = Image.open(io.BytesIO(page.locator(".languages").screenshot())).convert("RGB")
    page.close()
    return image


def report(browser: Browser) -> Image.Image:
    """The head of a report of the audit."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "audit.html")
        write(sample_runs.mixed(), "html", file)
        page = browser.new_page(viewport={"width": 1280, "height": 1500})
        page.goto(file.as_uri())
        image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        page.close()
    return image


def row(images: list[Image.Image]) -> Image.Image:
    """Pictures of one height side by side, on nothing."""
    width = sum(image.width for image in images) + GAP * (len(images) - 1)
    whole = Image.new("RGB", (width, images[0].height), "white")
    left = 0
    for image in images:
        whole.paste(image, (left, 0))
        left += image.width + GAP
    return whole


def save(picture: Image.Image, name: str) -> None:
    """Write a picture in few colours: a palette keeps the letters and a third of the bytes."""
    picture.quantize(128).save(FOLDER / f"{name}.png", optimize=True)
    print(f"{name}.png")


def main() -> None:
    """Write every picture of the README."""
    FOLDER.mkdir(exist_ok=True)
    found = find(Machine(), ["chromium"])["chromium"]
    with serve(create_app()) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**found.playwright_options)
        for name, views in PICTURES.items():
            picture = row([take(browser, site, view) for view in views])
            save(picture, name)
        save(languages(browser, site), "languages")
        save(report(browser), "audit")
        browser.close()
    with TemporaryDirectory() as folder:
        sheet = Path(folder, "sheet.png")
        if vydno(["themes", "sheet", "--output", str(sheet)]):
            raise SystemExit("The contact sheet could not be drawn.")
        with Image.open(sheet) as image:
            image.thumbnail((1200, 2400))
            save(image.convert("RGB"), "sheet")


if __name__ == "__main__":
    main()
