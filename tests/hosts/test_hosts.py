"""The controls keep what they promise, whatever the site around them says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from selenium.webdriver.remote.webdriver import WebDriver

from tests.engines import PlaywrightVisitor, SeleniumVisitor, Visitor, open_visitor

from .hosts import HOSTS, WITHOUT, Host
from .measuring import measure, ring_by_pixels

pytestmark = pytest.mark.browser

each_host = pytest.mark.parametrize("host", HOSTS, ids=str)
# Those whose rules an engine might weigh otherwise than another.
HARD = [host for host in HOSTS if host.name in {"pico", "unset", "62.5", "important"}]

NARROW = 320
ROOT = "return getComputedStyle(document.documentElement).fontSize"
OUTSIDE = """
return [...document.querySelectorAll("text-scale *, theme-switch *, summary")].filter((each) => {
  const { left, right } = each.getBoundingClientRect();
  return each.getClientRects().length && (left < 0 || right > innerWidth);
}).map((each) => each.outerHTML);
"""


@pytest.fixture(scope="module")
def visitor(chromium: Browser) -> Iterator[PlaywrightVisitor]:
    somebody = open_visitor(chromium, viewport={"width": 700, "height": 1000})
    yield somebody
    somebody.context.close()


@each_host
def test_nothing_is_lost_in_any_host(visitor: PlaywrightVisitor, pages: str, host: Host) -> None:
    address = f"{pages}/{host.name}.html"
    found = measure(visitor, address)
    assert (found.lost(), found.data["root"]) == (frozenset(), host.root)
    larger = measure(visitor, address, scale=125, theme="red", color_scheme="dark")
    assert (larger.lost(), larger.data["root"]) == (frozenset(), host.root * 1.25)


@each_host
def test_without_insisting_a_host_takes_what_is_said_of_it(
    visitor: PlaywrightVisitor, pages: str, host: Host
) -> None:
    found = measure(visitor, f"{pages}/{WITHOUT}/{host.name}.html", scale=125)
    assert found.lost() == host.taken


@each_host
def test_the_pixels_of_the_focus_change_as_much_as_a_line_of_two(
    visitor: PlaywrightVisitor, pages: str, host: Host
) -> None:
    visitor.goto(f"{pages}/{host.name}.html")
    visitor.wait("return document.querySelector('theme-switch:defined')")
    visitor.press("Tab")
    for selector in ("text-scale button[value=smaller]", "theme-switch label:nth-of-type(2)"):
        assert ring_by_pixels(visitor.page, visitor.page.locator(selector).first) >= 2


def test_a_ring_that_the_host_takes_has_no_pixels(visitor: PlaywrightVisitor, pages: str) -> None:
    visitor.goto(f"{pages}/{WITHOUT}/unset.html")
    visitor.wait("return document.querySelector('theme-switch:defined')")
    visitor.press("Tab")
    assert ring_by_pixels(visitor.page, visitor.page.locator("text-scale button").first) == 0


@each_host
def test_on_a_narrow_page_at_200_percent_nothing_of_the_controls_is_outside(
    visitor: PlaywrightVisitor, pages: str, host: Host
) -> None:
    visitor.page.set_viewport_size({"width": NARROW, "height": 1000})
    try:
        found = measure(visitor, f"{pages}/{host.name}.html", scale=200)
        assert (found.lost(), visitor.read(OUTSIDE)) == (frozenset(), [])
    finally:
        visitor.page.set_viewport_size({"width": 700, "height": 1000})


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_other_engines_agree(engine: str, request: pytest.FixtureRequest, pages: str) -> None:
    other = _open(request, engine)
    for host in HARD:
        found = measure(other, f"{pages}/{host.name}.html", scale=125)
        assert (host.name, found.lost(), found.data["root"]) == (
            host.name,
            frozenset(),
            host.root * 1.25,
        )


# What a host changes on purpose


def test_what_insists_is_changed_by_custom_properties(
    visitor: PlaywrightVisitor, pages: str
) -> None:
    visitor.goto(f"{pages}/unset.html")
    visitor.page.add_style_tag(
        content="text-scale { --vydno-radius: 0; --vydno-surface-raised: #123; --vydno-text: #fff }"
    )
    look = visitor.read(
        "const { borderRadius, backgroundColor, color } ="
        "getComputedStyle(document.querySelector('text-scale button'));"
        "return [borderRadius, backgroundColor, color];"
    )
    assert look == ["0px", "rgb(17, 34, 51)", "rgb(255, 255, 255)"]


def test_a_layer_before_ours_outranks_what_insists(visitor: PlaywrightVisitor, pages: str) -> None:
    visitor.goto(f"{pages}/16px.html")
    visitor.read(
        "document.querySelector('meta').insertAdjacentHTML('afterend', '<style>@layer above, vydno;"
        "@layer above { text-scale button { border-style: dotted !important } }</style>')"
    )
    style = "getComputedStyle(document.querySelector('text-scale button')).borderTopStyle"
    assert visitor.read(f"return {style}") == "dotted"


def test_a_root_of_which_nothing_is_said_gets_percent_of_the_visitors_own_size(
    visitor: PlaywrightVisitor, pages: str
) -> None:
    """62.5 % without `--vydno-root`: 125 % is then twice the page, as the README says."""
    visitor.goto(f"{pages}/62.5.html?data-text-scale=125")
    visitor.read("document.documentElement.style.setProperty('--vydno-root', 'initial')")
    assert visitor.read(ROOT) == "20px"


def test_a_page_of_slow_transitions_has_its_new_size_at_once(
    visitor: PlaywrightVisitor, pages: str
) -> None:
    visitor.goto(f"{pages}/transition.html")
    visitor.wait("return document.querySelector('text-scale:defined')")
    visitor.click("text-scale button[value=larger]")
    assert visitor.read(ROOT) == "17.6px"


def _open(request: pytest.FixtureRequest, engine: str) -> Visitor:
    browser = request.getfixturevalue(engine)
    return SeleniumVisitor(browser) if isinstance(browser, WebDriver) else open_visitor(browser)
