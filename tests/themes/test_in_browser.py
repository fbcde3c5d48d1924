"""What a browser makes of the style sheet: islands, contrast, forced colours, paper."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from vydno.themes.certificate import palettes
from vydno.themes.css import PRINT, stylesheet
from vydno.themes.pairs import ROLES, VARIANTS

THEMES = palettes()
CSS = stylesheet()

# The computed colour of a role where it is used, in an element that is then taken away again.
MEASURE = """
([element, roles]) => {
  const probe = document.querySelector(element).appendChild(document.createElement("span"));
  const colours = roles.map((role) => {
    probe.style.color = `var(--vydno-${role})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colours;
}
"""

UNTOUCHED = {
    "media": "screen",
    "color_scheme": "light",
    "contrast": "no-preference",
    "forced_colors": "none",
}

Show = Callable[..., Page]


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


@pytest.fixture
def show(page: Page) -> Show:
    """Open a page with the themes; ``<html>`` has these attributes, the media these values."""

    def open_page(attributes: str, body: str = "", style: str = "", **media: Any) -> Page:
        page.emulate_media(**(UNTOUCHED | media))
        page.set_content(
            f"<!doctype html><html lang=uk {attributes}><style>{style}</style>"
            f"<style>{CSS}</style><body>{body}"
        )
        return page

    return open_page


def rgb(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgb({red}, {green}, {blue})"


def roles(page: Page, element: str = "body") -> dict[str, str]:
    found: list[str] = page.evaluate(MEASURE, [element, list(ROLES)])
    return dict(zip(ROLES, found, strict=True))


def wanted(theme: str, variant: str) -> dict[str, str]:
    return {role: rgb(colour) for role, colour in THEMES[theme][variant].items()}


def attributes(theme: str, variant: str) -> str:
    scheme, _, more = variant.partition("-")
    return f"data-theme={theme} data-color-scheme={scheme} data-contrast={more or 'normal'}"


@pytest.mark.parametrize(("theme", "variant"), list(product(THEMES, VARIANTS)))
def test_every_role_computes_to_the_colour_that_was_proven(
    theme: str, variant: str, show: Show
) -> None:
    assert roles(show(attributes(theme, variant))) == wanted(theme, variant)


@pytest.mark.parametrize("outer", VARIANTS)
@pytest.mark.parametrize("inner", VARIANTS)
def test_an_island_has_its_own_theme_in_any_page(outer: str, inner: str, show: Show) -> None:
    page = show(attributes("green", outer), f"<section {attributes('red', inner)}>")
    assert roles(page, "section") == wanted("red", inner)
    assert roles(page) == wanted("green", outer)


@pytest.mark.parametrize(
    ("page_has", "island_has", "theme", "variant"),
    [
        ("data-theme=green data-contrast=more", "data-theme=red", "red", "light-more"),
        ("data-theme=green data-color-scheme=dark", "data-theme=red", "red", "dark"),
        ("data-theme=green", "data-color-scheme=dark", "green", "dark"),
        ("data-theme=green", "data-contrast=more", "green", "light-more"),
        ("data-theme=green data-contrast=more", "data-contrast=normal", "green", "light"),
        ("data-theme=green", "data-theme=blue", "blue", "light"),
        ("", "data-theme=orange data-color-scheme=dark", "orange", "dark"),
        ("", "data-contrast=more", "blue", "light-more"),
        ("data-contrast=more", "data-theme=green data-contrast=normal", "green", "light"),
    ],
)
def test_what_an_island_does_not_say_it_has_from_the_page(
    page_has: str, island_has: str, theme: str, variant: str, show: Show
) -> None:
    page = show(page_has, f"<section {island_has}>")
    assert roles(page, "section") == wanted(theme, variant)


@pytest.mark.parametrize(("outer", "middle"), [("red", "blue"), ("blue", "red"), ("green", "red")])
def test_contrast_alone_follows_the_nearest_theme(outer: str, middle: str, show: Show) -> None:
    body = f"<div data-theme={middle}><section data-contrast=more>"
    page = show(f"data-theme={outer}", body)
    assert roles(page, "section") == wanted(middle, "light-more")


def test_an_island_is_painted(show: Show) -> None:
    page = show(
        "data-theme=green",
        '<section data-theme=red data-color-scheme=dark><a href="#there">there</a></section>',
    )
    found = page.evaluate(
        """() => {
          const island = getComputedStyle(document.querySelector("section"));
          const link = getComputedStyle(document.querySelector("a"));
          return [island.backgroundColor, island.color, island.colorScheme, link.color];
        }"""
    )
    dark = wanted("red", "dark")
    assert found == [dark["surface"], dark["text"], "dark", dark["link"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_theme_follows_the_system_until_a_scheme_is_chosen(scheme: str, show: Show) -> None:
    assert roles(show("data-theme=red", color_scheme=scheme)) == wanted("red", scheme)
    page = show("data-theme=red data-color-scheme=light", color_scheme=scheme)
    assert roles(page) == wanted("red", "light")


def test_contrast_follows_the_system_until_one_is_chosen(show: Show) -> None:
    assert roles(show("data-theme=red", contrast="more")) == wanted("red", "light-more")
    page = show("data-theme=red data-contrast=normal", contrast="more")
    assert roles(page) == wanted("red", "light")


def test_without_a_theme_the_roles_are_blue_and_nothing_is_painted(show: Show) -> None:
    page = show("", style=":root { color: rgb(1, 2, 3) }", color_scheme="dark")
    assert roles(page) == wanted("blue", "light")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgba(0, 0, 0, 0)"
    )


def test_without_a_theme_the_sites_own_scheme_decides(show: Show) -> None:
    page = show("", style=":root { color-scheme: dark }")
    assert roles(page) == wanted("blue", "dark")


def test_whatever_the_site_says_wins(show: Show) -> None:
    style = """
      * { color: rgb(1, 2, 3) }
      :root { background-color: rgb(4, 5, 6); --vydno-accent: tan }
    """
    page = show("data-theme=red", "<a href='#x'>x</a>", style=style)
    assert page.evaluate("getComputedStyle(document.querySelector('a')).color") == "rgb(1, 2, 3)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(4, 5, 6)"
    )
    assert roles(page)["accent"] == "rgb(210, 180, 140)"


def test_a_site_may_put_its_own_layer_above_ours(show: Show) -> None:
    style = "@layer vydno, site; @layer site { body { --vydno-text: tan } }"
    assert roles(show("data-theme=red", style=style))["text"] == "rgb(210, 180, 140)"


def test_forced_colours_are_the_systems(show: Show) -> None:
    page = show("data-theme=red data-color-scheme=dark", forced_colors="active")
    names = ["Canvas", "CanvasText", "LinkText", "Highlight"]
    canvas, text, link, highlight = page.evaluate(
        """(names) => names.map((name) => {
          document.body.style.color = name;
          return getComputedStyle(document.body).color;
        })""",
        names,
    )
    page.evaluate("document.body.removeAttribute('style')")
    found = roles(page)
    assert found["surface"] == found["on-accent"] == found["focus-gap"] == canvas
    assert found["text"] == found["accent"] == found["focus-ring"] == text
    assert (found["link"], found["selection"]) == (link, highlight)


def test_paper_is_white_whatever_the_screen_was(show: Show) -> None:
    paper = {role: rgb(colour) for role, colour in PRINT.items()}
    island = f"<section {attributes('blue', 'dark')}>"
    page = show(attributes("red", "dark-more"), island, media="print", color_scheme="dark")
    assert roles(page) == roles(page, "section") == paper


def test_a_selection_has_the_colours_that_were_proven(show: Show) -> None:
    page = show(attributes("orange", "dark"), "<p>word</p>")
    found = page.evaluate(
        """() => {
          const style = getComputedStyle(document.querySelector("p"), "::selection");
          return [style.backgroundColor, style.color];
        }"""
    )
    dark = wanted("orange", "dark")
    assert found == [dark["selection"], dark["selection-text"]]
