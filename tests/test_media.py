"""The controls and the pages in forced colours, for whoever wants no motion, and on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser
from vydno.themes.contrast import contrast

from .demo_pages import DEMO_PAGES, SCHEMES, THEMES, DemoPage, Scheme, open_page, wear
from .engines import PlaywrightVisitor, open_visitor
from .servers import PAGES

DEAF = (PAGES / "deaf-to-media.html").as_uri()
LARGER, RESET = "#text-scale button[value=larger]", "#text-scale button[value=reset]"
RADIO = "#theme-switch input[data-theme={}]"
GREEN = "#theme-switch label:has([data-theme=green])"
# Room for a focus ring of 3 px and its gap of 2.
AROUND = 6

each_page = pytest.mark.parametrize("what", DEMO_PAGES, ids=str)
each_page_of_the_city = pytest.mark.parametrize(
    "what", [page for page in DEMO_PAGES if page.of_the_city], ids=str
)
each_scheme = pytest.mark.parametrize("scheme", SCHEMES)


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[PlaywrightVisitor]:
    somebody = open_visitor(chromium)
    yield somebody
    somebody.context.close()


def picture(visitor: PlaywrightVisitor, selector: str, *, around: int = 0) -> Image.Image:
    """An element as it is on the screen, with so many px around it."""
    element = visitor.page.locator(selector)
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box
    left, top = box["x"] - around, box["y"] - around
    width, height = box["width"] + 2 * around, box["height"] + 2 * around
    shot = visitor.page.screenshot(clip={"x": left, "y": top, "width": width, "height": height})
    return Image.open(io.BytesIO(shot)).convert("RGB")


# Forced colours


@pytest.fixture
def forced(visitor: PlaywrightVisitor, scheme: Scheme) -> PlaywrightVisitor:
    visitor.page.emulate_media(forced_colors="active", color_scheme=scheme)
    return visitor


def chosen_is_told_apart(visitor: PlaywrightVisitor) -> bool:
    """Whether the radio that is checked is drawn otherwise than the others, which are all alike."""
    others = {picture(visitor, RADIO.format(theme)).tobytes() for theme in THEMES[1:]}
    return len(others) == 1 and picture(visitor, RADIO.format(THEMES[0])).tobytes() not in others


def end_is_told_apart(visitor: PlaywrightVisitor) -> bool:
    """Whether the button at the end of the sizes differs in colour, and in more than colour."""
    at_end, other = visitor.read(
        f"return ['{LARGER}', '{RESET}'].map((selector) => {{"
        "  const { color, borderTopStyle } = getComputedStyle(document.querySelector(selector));"
        "  return [color, borderTopStyle];"
        "})"
    )
    return all(one != another for one, another in zip(at_end, other, strict=True))


def ring(visitor: PlaywrightVisitor, selector: str, focusable: str) -> float:
    """How much more stands out, at 3:1 (WCAG 1.4.11), of an element that has the focus."""
    before = ink(picture(visitor, selector, around=AROUND))
    visitor.press("Tab")  # who came by the keyboard is shown where the focus is
    visitor.page.focus(focusable)
    return ink(picture(visitor, selector, around=AROUND)) - before


def ink(image: Image.Image) -> float:
    """The part of the pixels that differ from the corner by at least 3:1."""
    ground = _hex(image.getpixel((0, 0)))
    pixels = image.width * image.height
    counted = image.getcolors(pixels) or []
    return sum(count for count, colour in counted if contrast(_hex(colour), ground) >= 3) / pixels


def _hex(colour: object) -> str:
    assert isinstance(colour, tuple)
    return "#{:02x}{:02x}{:02x}".format(*colour)


# A ring of 3 px around a target of 44 is a sixth of the picture.
RING = 0.1


@each_scheme
def test_in_forced_colours_the_chosen_theme_is_told_from_the_others(
    forced: PlaywrightVisitor, site: str
) -> None:
    forced.goto(site)
    assert chosen_is_told_apart(forced)


@each_scheme
def test_in_forced_colours_the_end_of_the_sizes_is_told_from_what_can_be_pressed(
    forced: PlaywrightVisitor, site: str
) -> None:
    forced.goto(site)
    assert not end_is_told_apart(forced)
    for _ in range(5):
        forced.click(LARGER)
    assert end_is_told_apart(forced)


@each_scheme
def test_in_forced_colours_focus_is_seen(forced: PlaywrightVisitor, site: str) -> None:
    forced.goto(site)
    assert ring(forced, RESET, RESET) > RING
    assert ring(forced, GREEN, f"{GREEN} input") > RING


@each_scheme
def test_the_same_looks_find_fault_with_a_page_that_is_deaf(forced: PlaywrightVisitor) -> None:
    forced.goto(DEAF)
    assert not chosen_is_told_apart(forced)
    assert not end_is_told_apart(forced)
    assert ring(forced, RESET, RESET) < RING
    assert ring(forced, GREEN, f"{GREEN} input") < RING


# Motion

# What takes time on its way from one state to another, or on its way there.
MOVING = """
return [...document.querySelectorAll("*")].filter((element) => {
  const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
  return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior !== "auto";
}).map((element) => element.outerHTML.slice(0, 60));
"""


@each_page
def test_nothing_moves_for_whoever_wants_no_motion(
    visitor: PlaywrightVisitor, site: str, what: DemoPage
) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")
    open_page(visitor, site, what)
    visitor.click(LARGER)
    visitor.click(RADIO.format("red"))
    assert visitor.read(MOVING) == []
    assert visitor.read("return document.getAnimations().length") == 0


def test_the_same_look_finds_what_moves_on_a_page_that_is_deaf(visitor: PlaywrightVisitor) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")
    visitor.goto(DEAF)
    assert len(visitor.read(MOVING)) == 7


# Paper

# Colours of text, each with what is behind it; the canvas is white where nothing is painted.
PRINTED = """
const found = new Set();
const background = (element) => element && getComputedStyle(element).backgroundColor;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
  let behind = element;
  while (background(behind) === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
  found.add(`${getComputedStyle(element).color} on ${background(behind)}`);
}
return [...found];
"""
BLACK_ON_WHITE = ["rgb(0, 0, 0) on rgb(255, 255, 255)"]


@each_page_of_the_city
def test_on_paper_every_page_is_black_on_white_and_without_controls(
    visitor: PlaywrightVisitor, site: str, what: DemoPage
) -> None:
    open_page(visitor, site, what)
    visitor.page.emulate_media(media="print")
    for theme in THEMES:
        for scheme in SCHEMES:
            wear(visitor, {"data-theme": theme, "data-color-scheme": scheme})
            assert visitor.read(PRINTED) == BLACK_ON_WHITE, (theme, scheme)
    assert not visitor.page.is_visible("#text-scale")
    assert not visitor.page.is_visible("#theme-switch")


def test_the_same_look_finds_what_a_page_that_is_deaf_prints(visitor: PlaywrightVisitor) -> None:
    visitor.goto(DEAF)
    visitor.page.emulate_media(media="print")
    assert visitor.read(PRINTED) == [
        "rgb(255, 255, 238) on rgb(0, 68, 68)",
    ]
    assert visitor.page.is_visible("#text-scale")
