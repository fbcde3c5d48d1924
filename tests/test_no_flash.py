"""Not for one frame does a visitor see the wrong size or colour, or a page that jumps.

Two witnesses look at each load: the page itself, which says right before every frame what is about
to be painted, and the pictures that the browser sends to its screen.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Page, Route
from vydno.themes.certificate import palettes

from .engines import open_visitor

LOADS = 20
# A cheap phone is about so many times slower than the machine of whoever made the page.
SLOWER = 6
WIDTH, HEIGHT = 800, 600
# Pictures come a little later than what they show; how many frames to wait for the first.
PATIENCE = 300
COOKIE = "text-scale=150&theme=red"
MODULE, EARLY = "**/vydno.js*", "**/vydno-early.js*"

# Animation callbacks run when all else of a frame has been decided: what they read is painted.
WATCH = """
{
  window.frames_seen = [];
  window.jumps_seen = [];
  const where = ({ node, previousRect, currentRect }) =>
    [node?.outerHTML?.slice(0, 60) ?? node?.data ?? "gone", previousRect, currentRect];
  const note = (entries) => {
    for (const { value, sources } of entries)
      jumps_seen.push([value, JSON.stringify(sources.map(where))]);
  };
  const shifts = new PerformanceObserver((list) => note(list.getEntries()));
  shifts.observe({ type: "layout-shift", buffered: true });
  // A busy browser hands entries over later than it paints: what waits is asked for.
  window.all_jumps = () => (note(shifts.takeRecords()), jumps_seen);
  const look = () => {
    const band = document.querySelector("header, text-scale");
    const size = getComputedStyle(document.documentElement).fontSize;
    if (band) frames_seen.push(`${size} ${getComputedStyle(band).backgroundColor}`);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""
# Two frames later what was true has been painted.
UNTIL = """
() => new Promise((done) => {
  const look = () => requestAnimationFrame(CONDITION ? () => requestAnimationFrame(done) : look);
  look();
})
"""
A_FRAME_WAS_PAINTED = UNTIL.replace("CONDITION", "frames_seen.length > 0")
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => done()))"
AT_REST = UNTIL.replace(
    "CONDITION",
    "document.readyState === 'complete' && document.querySelector('text-scale:defined')",
)

WHITE = (255, 255, 255)
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Load:
    """What was seen of one load: frames in words, how much of what jumped, pictures, the last."""

    frames: list[str]
    jumps: list[tuple[float, str]]
    pictures: list[Image.Image]
    last: Image.Image

    @property
    def shifted(self) -> float:
        """Cumulative Layout Shift, 0 where nothing moved."""
        return sum(value for value, _ in self.jumps)


class Screen:
    """A page on a slow device, and a camera before it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pictures: list[Image.Image] = []
        self.held: list[Route] | None = None
        page.add_init_script(WATCH)
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.session.on("Page.screencastFrame", self._take)

    def hold_the_module(self) -> None:
        """Nobody knows when it arrives; so it does after the first picture, on any machine."""
        self.page.route(MODULE, self._hold)

    def load(self, url: str, *, cold: bool = False) -> Load:
        self.page.goto("about:blank")
        if cold:
            self.session.send("Network.clearBrowserCache")
        held: list[Route] = []
        self.held = held
        self.pictures = []
        self.session.send("Page.startScreencast", {"format": "png"})
        self.page.goto(url, wait_until="commit")
        self.page.evaluate(A_FRAME_WAS_PAINTED)
        self._wait_for_a_picture()
        self.held = None  # what is asked for from now on may come at once
        for route in held:
            route.continue_()
        self.page.evaluate(AT_REST)
        self.session.send("Page.stopScreencast")
        frames, jumps = self.page.evaluate("() => [frames_seen, all_jumps()]")
        return Load(frames, jumps, self.pictures, _image(self.page.screenshot()))

    def _wait_for_a_picture(self) -> None:
        for _ in range(PATIENCE):
            if any(len(picture.getcolors() or [1, 2]) > 1 for picture in self.pictures):
                return
            self.page.evaluate(NEXT_FRAME)
        raise AssertionError("the browser painted, and sent no picture of it")

    def _take(self, event: dict[str, Any]) -> None:
        self.pictures.append(_image(base64.b64decode(event["data"])))
        self.session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    def _hold(self, route: Route) -> None:
        if self.held is None:
            route.continue_()
        else:
            self.held.append(route)


def _image(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.fixture
def screen(chromium: Browser) -> Iterator[Screen]:
    visitor = open_visitor(chromium, viewport={"width": WIDTH, "height": HEIGHT})
    yield Screen(visitor.page)
    visitor.context.close()


def choose(screen: Screen, site: str, cookie: str) -> None:
    screen.page.context.add_cookies([{"name": "vydno", "value": cookie, "url": site}])


# What a frame of the static page must be


@pytest.fixture(scope="module")
def red() -> dict[str, Colour]:
    """The colours of the theme that the visitor chose."""
    palette = palettes()["red"]["light"]
    return {role: _channels(palette[role]) for role in ("accent", "surface")}


def _channels(colour: str) -> Colour:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def wrong_frames(load: Load, red: dict[str, Colour]) -> list[str]:
    right = "24px rgb({}, {}, {})".format(*red["accent"])
    return [frame for frame in load.frames if frame != right]


def wrong_pictures(load: Load, red: dict[str, Colour]) -> list[str]:
    """Those with another band than the theme's, unless they are blank: white, or its surface."""
    right = {red["accent"], red["surface"], WHITE}
    return [str(band(picture)) for picture in load.pictures if band(picture) not in right]


def band(picture: Image.Image) -> Any:
    """Colour of the band at the top, in the middle, where nothing stands in it. Its height tells
    nothing: a page whose end has not come yet has its band without what stands in it."""
    return picture.getpixel((picture.width // 2, 0))


def test_in_twenty_loads_on_a_slow_device_no_frame_is_wrong_and_nothing_jumps(
    screen: Screen, site: str, red: dict[str, Colour]
) -> None:
    choose(screen, site, COOKIE)
    for number in range(LOADS):
        load = screen.load(f"{site}/static-page/", cold=number % 2 == 0)
        assert load.frames
        assert band(load.last) == red["accent"]
        assert wrong_frames(load, red) == []
        assert wrong_pictures(load, red) == []
        assert load.jumps == []


def test_without_the_early_script_the_same_witnesses_see_the_flash(
    screen: Screen, site: str, red: dict[str, Colour]
) -> None:
    choose(screen, site, COOKIE)
    screen.page.route(EARLY, lambda route: route.abort())
    screen.hold_the_module()
    load = screen.load(f"{site}/static-page/")
    assert any(frame.startswith("16px") for frame in wrong_frames(load, red))
    assert wrong_pictures(load, red)
    assert load.shifted > 0


@pytest.mark.parametrize("scale", ["100", "200"])
@pytest.mark.parametrize(("width", "allowed"), [(1280, 0), (320, 0.1)])
def test_elements_that_draw_themselves_move_nothing_on_a_desk_and_little_on_a_phone(
    screen: Screen, controls: str, scale: str, width: int, allowed: float
) -> None:
    """On a phone the radios take as many lines as their names need, which nobody can know before
    they are there; Web Vitals call a page that moves by less than 0.1 a good one."""
    screen.page.set_viewport_size({"width": width, "height": HEIGHT})
    choose(screen, controls, f"text-scale={scale}")
    screen.hold_the_module()
    body = "<text-scale></text-scale><p>Between</p><theme-switch></theme-switch><p>Below</p>"
    load = screen.load(f"{controls}/empty?body={quote(body)}")
    assert load.frames
    assert load.shifted <= allowed


def test_an_element_that_takes_room_only_when_it_is_drawn_is_seen_to_move_the_page(
    screen: Screen, controls: str
) -> None:
    screen.hold_the_module()
    # It is not quite empty, so no room is kept for it.
    body = "<text-scale> </text-scale><p>Below</p>"
    assert screen.load(f"{controls}/empty?body={quote(body)}").shifted > 0
