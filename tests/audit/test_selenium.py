"""Through WebDriver the same is found as through Playwright, and whatever a page does, it ends."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser
from vydno.audit.driver import API, LostError, NotAPageError, UnsupportedError
from vydno.audit.engine import Plan, audit
from vydno.audit.findings import Box, PageResult
from vydno.audit.selenium_driver import SeleniumDriver, engine_of, key_codes
from vydno.audit.sessions import Session, Settings, Source
from vydno.audit.sources import open_source
from vydno.audit.variants import Variant, Viewport
from vydno.errors import VydnoError

from ..conftest import found
from ..servers import PAGES, folder
from .drivers import driver_of
from .faults import closed_port, faulty_site, silent_host
from .same import AXE_ALONE, essence, pages_of

ENGINES = ("chromium", "webkit")
FAR_MORE = 60.0
"""Seconds that no page here needs; a busy machine is not a failure."""
SOON = 5.0
VIEWPORT = Viewport()


@pytest.fixture(scope="module")
def source() -> Iterator[Source]:
    with open_source(Settings(webdriver="local", load_seconds=SOON)) as opened:
        yield opened


def session_of(source: Source, engine: str) -> Iterator[Session]:
    if found(engine).driver is None:  # type: ignore[arg-type]
        pytest.skip(f"{engine} has no WebDriver here")
    session = source.session(engine)
    yield session
    session.close()


@pytest.fixture(scope="module", params=ENGINES)
def session(request: pytest.FixtureRequest, source: Source) -> Iterator[Session]:
    yield from session_of(source, request.param)


@pytest.fixture(scope="module")
def in_chromium(source: Source) -> Iterator[Session]:
    yield from session_of(source, "chromium")


@pytest.fixture(scope="module")
def in_webkit(source: Source) -> Iterator[Session]:
    yield from session_of(source, "webkit")


@pytest.fixture(scope="module")
def faults() -> Iterator[str]:
    with faulty_site() as address:
        yield address


def shown(session: Session, url: str, viewport: Viewport = VIEWPORT) -> SeleniumDriver:
    driver = session.page(FAR_MORE)
    assert isinstance(driver, SeleniumDriver)
    driver.open(url, viewport)
    driver.inject()
    return driver


def html(body: str, tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    path.write_text(f"<!doctype html><html lang=en><title>Page</title>{body}", encoding="utf-8")
    return path.as_uri()


# The same findings.


def audits(session: Session, urls: Sequence[str], plan: Plan) -> dict[str, PageResult]:
    return {url: audit(session.page(FAR_MORE), url, plan) for url in urls}


@pytest.mark.browser
class TestSameFindings:
    def test_chromium_finds_through_selenium_what_it_finds_through_playwright(
        self, in_chromium: Session, chromium: Browser, tmp_path: Path
    ) -> None:
        names = pages_of(tmp_path, 96)
        with folder(tmp_path) as address, folder(PAGES) as ours:
            urls = [f"{address}/{name}" for name in names]
            urls += [f"{ours}/{path.name}" for path in sorted(PAGES.glob("*.html"))]
            through_selenium = audits(in_chromium, urls, AXE_ALONE)
            with driver_of(chromium) as driver:
                through_playwright = {url: audit(driver, url, AXE_ALONE) for url in urls}
        assert len(urls) >= 100
        assert sum(len(result.findings) for result in through_playwright.values()) > len(urls)
        for url in urls:
            assert essence(through_selenium[url]) == essence(through_playwright[url])

    def test_webkit_finds_what_chromium_finds(
        self, in_webkit: Session, chromium: Browser, tmp_path: Path
    ) -> None:
        names = pages_of(tmp_path, 12)
        with folder(tmp_path) as address, driver_of(chromium) as driver:
            urls = [f"{address}/{name}" for name in names]
            there = audits(in_webkit, urls, AXE_ALONE)
            for url in urls:
                here = audit(driver, url, AXE_ALONE)
                keys = {(*finding.key, finding.measured) for finding in here.findings}
                assert {(*one.key, one.measured) for one in there[url].findings} == keys
        assert any(result.findings for result in there.values())


# What a driver does.


@pytest.mark.browser
class TestDriver:
    def test_functions_may_be_asynchronous_and_take_an_argument(
        self, session: Session, faults: str
    ) -> None:
        driver = shown(session, f"{faults}/sound")
        assert driver.evaluate("async (a) => { await 0; return [a.b, document.title]; }", {"b": 1})
        assert driver.evaluate("() => undefined") is None

    def test_a_function_that_rejects_is_an_error_at_once(
        self, session: Session, faults: str
    ) -> None:
        driver = shown(session, f"{faults}/sound")
        with pytest.raises(LostError, match="the browser said: TypeError: nothing"):
            driver.evaluate("async () => { throw new TypeError('nothing'); }")

    def test_an_axe_that_refuses_answers(self, session: Session, faults: str) -> None:
        driver = shown(session, f"{faults}/sound")
        assert "unknown rule" in driver.run_axe({"rules": {"none": {"enabled": True}}})["refused"]

    def test_axe_looks_at_a_part_only(self, session: Session, tmp_path: Path) -> None:
        driver = shown(session, html('<img id="a"><img id="b">', tmp_path))
        answer = driver.run_axe({"runOnly": ["image-alt"]}, ["#b"])
        assert [node["target"] for node in answer["violations"][0]["nodes"]] == [["#b"]]

    def test_keys_have_playwrights_names(self, session: Session, tmp_path: Path) -> None:
        driver = shown(session, html("<input id=a><button id=b>B</button><input id=c>", tmp_path))
        driver.press("Tab", "x", "Tab", "Tab", "Shift+Tab")
        asked = "() => [document.activeElement.id, document.querySelector('#a').value]"
        assert driver.evaluate(asked) == ["b", "x"]

    def test_the_mouse_moves_and_clicks(self, session: Session, tmp_path: Path) -> None:
        body = "<button style='position:fixed;inset:0' onmousemove='this.title=1'>B</button>"
        driver = shown(session, html(body, tmp_path))
        driver.move(40, 40)
        driver.click(50, 50)
        asked = "() => [document.querySelector('button').title, document.activeElement.tagName]"
        assert driver.evaluate(asked)[0] == "1"

    def test_a_point_outside_of_the_window_is_said(self, session: Session, faults: str) -> None:
        driver = shown(session, f"{faults}/sound")
        with pytest.raises(VydnoError, match="outside of the window"):
            driver.move(5000, 5000)

    def test_the_window_is_as_large_inside_as_asked(self, session: Session, faults: str) -> None:
        for viewport in (Viewport(width=640, height=400), Viewport(width=1280, height=800)):
            driver = shown(session, f"{faults}/sound", viewport)
            size = [viewport.width, viewport.height]
            assert driver.evaluate("() => [innerWidth, innerHeight]") == size

    def test_chromium_is_as_narrow_as_a_telephone(self, in_chromium: Session, faults: str) -> None:
        driver = shown(in_chromium, f"{faults}/sound", Viewport(width=320, height=640))
        assert driver.evaluate("() => innerWidth") == 320

    def test_a_window_that_cannot_be_so_narrow_is_said(
        self, in_webkit: Session, faults: str
    ) -> None:
        driver = shown(in_webkit, f"{faults}/sound")
        with pytest.raises(UnsupportedError, match=r"WebKit makes its window \d+x640, not 320x640"):
            driver.resize(Viewport(width=320, height=640))

    def test_chromium_emulates_every_medium_and_forgets_it(
        self, in_chromium: Session, faults: str
    ) -> None:
        driver = shown(in_chromium, f"{faults}/sound")
        dark = (
            "() => matchMedia('(prefers-color-scheme: dark) and (forced-colors: active)').matches"
        )
        driver.emulate(Variant(color_scheme="dark", forced_colors=True))
        assert driver.evaluate(dark) is True
        driver.emulate(Variant())
        assert driver.evaluate(dark) is False

    def test_what_an_engine_does_not_emulate_is_said_and_the_usual_is_not(
        self, in_webkit: Session, faults: str
    ) -> None:
        driver = shown(in_webkit, f"{faults}/sound")
        driver.emulate(Variant(color_scheme="light", contrast="normal"))
        with pytest.raises(UnsupportedError, match="does not emulate prefers-color-scheme: dark"):
            driver.emulate(Variant(color_scheme="dark"))

    def test_chromium_takes_another_font_size(self, in_chromium: Session, faults: str) -> None:
        driver = shown(in_chromium, f"{faults}/sound")
        size = "() => getComputedStyle(document.documentElement).fontSize"
        driver.set_font_size(200)
        assert driver.evaluate(size) == "32px"
        driver.set_font_size(100)
        assert driver.evaluate(size) == "16px"

    def test_a_picture_shows_a_box_far_down_the_page(
        self, session: Session, tmp_path: Path
    ) -> None:
        body = "<style>body{margin:0}</style><div style='height:3000px'></div>"
        body += "<div style='height:1000px;width:200px;background:#00f'></div>"
        driver = shown(session, html(body, tmp_path))
        picture = Image.open(io.BytesIO(driver.screenshot(Box(x=0, y=2990, width=100, height=990))))
        assert picture.size == (100, 990)
        shades = [picture.convert("RGB").getpixel((50, y)) for y in (5, 15, 980)]
        assert shades == [(255, 255, 255), (0, 0, 255), (0, 0, 255)]

    def test_the_source_is_what_the_server_sent(self, session: Session, faults: str) -> None:
        driver = shown(session, f"{faults}/sound")
        driver.evaluate("() => document.body.remove()")
        assert driver.source().startswith("<!doctype html><html lang=en><title>sound</title>")

    def test_a_page_is_a_first_visit(self, session: Session, faults: str) -> None:
        kept = "() => [document.cookie, localStorage.length]"
        driver = shown(session, f"{faults}/sound")
        driver.evaluate("() => { document.cookie = 'a=1'; localStorage.a = 1; }")
        assert driver.evaluate(kept) == ["a=1", 1]
        assert shown(session, f"{faults}/sound").evaluate(kept) == ["", 0]


# What pages do.


@pytest.mark.browser
class TestFaults:
    @pytest.fixture(autouse=True)
    def _sound_afterwards(self, session: Session, faults: str) -> Iterator[None]:
        yield
        assert shown(session, f"{faults}/sound").evaluate("() => document.title") == "sound"

    def refusal(self, session: Session, url: str) -> str:
        with pytest.raises(NotAPageError) as refused:
            shown(session, url)
        return str(refused.value)

    def loss(self, session: Session, url: str, seconds: float = FAR_MORE) -> str:
        def use() -> None:
            driver = session.page(seconds)
            driver.open(url, VIEWPORT)
            driver.inject()
            driver.evaluate("() => new Promise((done) => setTimeout(done, 500))")

        with pytest.raises((LostError, NotAPageError)) as lost:
            use()
        assert session.is_alive()  # so that the page is not tried again
        session.renew()
        return str(lost.value)

    def test_a_download_is_no_page(self, session: Session, faults: str) -> None:
        assert "it is a download" in self.refusal(session, f"{faults}/download")

    def test_an_endless_redirect_is_said(self, session: Session, faults: str) -> None:
        assert self.refusal(session, f"{faults}/redirect") == "it redirects without end"

    def test_a_port_where_nobody_listens_is_said(self, session: Session) -> None:
        with closed_port() as address:
            assert self.refusal(session, address) == "nothing answers at its address"

    def test_a_host_that_does_not_exist_is_said(self, session: Session) -> None:
        assert self.refusal(session, "http://nowhere.invalid/") == "its host name is not known"

    def test_what_is_no_page_is_seen_by_its_type(self, session: Session, faults: str) -> None:
        result = audit(session.page(FAR_MORE), f"{faults}/data", AXE_ALONE)
        assert result.reason == "it is not a page but application/json"

    def test_a_dialog_is_dismissed_and_noted(self, session: Session, faults: str) -> None:
        driver = shown(session, f"{faults}/alert")
        assert driver.evaluate(f"() => {API}.facts().title") == "alert"
        assert list(driver.dialogs()) == ["dialog: Good morning"]

    def test_a_server_that_says_nothing_is_left(self, session: Session) -> None:
        with silent_host() as address:
            assert self.loss(session, address) == f"it did not answer within {SOON:g} s"

    def test_dialogs_without_end_end(self, session: Session, faults: str) -> None:
        assert self.loss(session, f"{faults}/alerts")

    def test_a_script_that_hangs_costs_its_own_page_alone(
        self, session: Session, faults: str
    ) -> None:
        assert self.loss(session, f"{faults}/hangs-at-once", 4.0)

    def test_a_driver_that_died_is_not_the_pages_fault(self, session: Session, faults: str) -> None:
        driver = shown(session, f"{faults}/sound")
        session._service.process.kill()  # type: ignore[attr-defined]
        with pytest.raises(LostError):
            driver.evaluate("() => 1")
        assert not session.is_alive()
        session.renew()


# Without a browser.


@pytest.mark.parametrize(
    ("key", "number"), [("Tab", 1), ("Shift+Tab", 2), ("Control+Shift+a", 3), ("+", 1), ("F5", 1)]
)
def test_a_key_is_one_code_and_those_that_are_held(key: str, number: int) -> None:
    assert len(key_codes(key)) == number


@pytest.mark.parametrize("key", ["Tabulator", "Shift+", "Fünf", ""])
def test_a_key_that_is_none_is_said_with_those_there_are(key: str) -> None:
    with pytest.raises(VydnoError, match=r"There is no key .*; keys are Tab, Enter"):
        key_codes(key)


def test_a_browser_of_no_known_engine_is_said() -> None:
    assert engine_of({"browserName": "MicrosoftEdge"}) == "chromium"
    with pytest.raises(VydnoError, match="does not know the browser 'lynx'"):
        engine_of({"browserName": "lynx"})
