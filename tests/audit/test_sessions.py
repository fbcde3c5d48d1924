"""Where drivers come from: every source gives the same, with the visitor's login."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from vydno import browsers
from vydno.audit.driver import LostError, NotAPageError, UnsupportedError
from vydno.audit.sessions import Session, Settings
from vydno.audit.sources import open_source
from vydno.audit.variants import Viewport
from vydno.audit.visitor import Visitor, origin_of
from vydno.errors import VydnoError

from ..browsers import Engine
from ..conftest import found
from .faults import closed_port, faulty_site, untrusted_site

FAR_MORE = 60.0
LOCAL = Settings()
DRIVEN = Settings(webdriver="local")
KINDS = {"playwright": LOCAL, "webdriver": DRIVEN}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with faulty_site() as address:
        yield address


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    if request.param == "webdriver" and found("chromium").driver is None:
        pytest.skip("Chromium has no WebDriver here")
    return str(request.param)


def with_visitor(kind: str, visitor: Visitor) -> Settings:
    return Settings(webdriver=KINDS[kind].webdriver, visitor=visitor)


def text(session: Session, url: str) -> str:
    driver = session.page(FAR_MORE)
    driver.open(url, Viewport())
    return str(driver.evaluate("() => document.body.innerText"))


def text_as(kind: str, visitor: Visitor, *urls: str, browser: Engine = "chromium") -> list[str]:
    """What the visitor gets to see, one page after another."""
    with open_source(with_visitor(kind, visitor)) as source:
        session = source.session(browser)
        seen = [text(session, url) for url in urls]
        session.close()
    return seen


@pytest.mark.browser
class TestInABrowser:
    def test_a_session_starts_ends_and_starts_again(self, kind: str, site: str) -> None:
        with open_source(KINDS[kind]) as source:
            session = source.session("chromium")
            assert session.browser == "chromium"
            assert not session.is_alive()
            assert text(session, f"{site}/sound") == "sound"
            assert session.is_alive()
            session.renew()
            assert not session.is_alive()
            assert text(session, f"{site}/sound") == "sound"
            session.close()

    def test_time_runs_anew_with_every_page(self, kind: str, site: str) -> None:
        never = "() => new Promise(() => {})"
        with open_source(KINDS[kind]) as source:
            session = source.session("chromium")
            text(session, f"{site}/sound")
            driver = session.page(0.5)
            with pytest.raises(LostError, match=r"it took longer than 0\.5 s"):
                driver.evaluate(never)
            assert session.is_alive()
            session.renew()
            assert text(session, f"{site}/sound") == "sound"
            session.close()

    def test_cookies_arrive_with_every_page(self, kind: str, site: str) -> None:
        visitor = Visitor(origins=[site], cookies={"town": "1"})
        for seen in text_as(kind, visitor, f"{site}/seen", f"{site}/seen"):
            assert "cookie: town=1" in seen

    @pytest.mark.parametrize("browser", ["chromium", "firefox"])
    def test_headers_arrive_with_every_page_and_behind_a_redirect(
        self, browser: Engine, site: str
    ) -> None:
        found(browser)
        visitor = Visitor(origins=[site], headers={"X-Key": "abc"}, cookies={"town": "1"})
        pages = [f"{site}/seen", f"{site}/hop?to=/seen", f"{site}/seen"]
        for seen in text_as("playwright", visitor, *pages, browser=browser):
            assert "x-key: abc" in seen
            assert "cookie: town=1" in seen

    @pytest.mark.parametrize(
        ("browser", "origins"), [("chromium", 1), ("chromium", 2), ("firefox", 2)]
    )
    def test_the_login_goes_to_nobody_else_not_even_behind_a_redirect(
        self, browser: Engine, site: str, origins: int
    ) -> None:
        found(browser)
        visitor = Visitor(
            origins=[site, "http://127.0.0.2"][:origins],
            headers={"X-Key": "abc"},
            cookies={"town": "1"},
            basic_auth=("anna", "secret"),
        )
        other = site.replace("127.0.0.1", "localhost")
        pages = [f"{other}/seen", f"{site}/hop?to={other}/seen"]
        pages.append(f"{site}/hop?to={site}/hop?to={other}/seen")
        for seen in text_as("playwright", visitor, *pages, browser=browser):
            assert "abc" not in seen
            assert "town" not in seen
            assert "authorization" not in seen

    @pytest.mark.parametrize("origins", [1, 2])
    def test_a_password_is_not_given_to_another_site_that_asks_for_one(
        self, site: str, origins: int
    ) -> None:
        visitor = Visitor(
            origins=[site, "http://127.0.0.2"][:origins], basic_auth=("anna", "secret")
        )
        other = site.replace("127.0.0.1", "localhost")
        with pytest.raises(NotAPageError, match="it asks for a name and a password"):
            text_as("playwright", visitor, f"{site}/hop?to={other}/guarded")

    def test_a_webdriver_sends_the_login_to_nobody_else(self, site: str) -> None:
        if found("chromium").driver is None:
            pytest.skip("Chromium has no WebDriver here")
        visitor = Visitor(origins=[site], cookies={"town": "1"}, basic_auth=("anna", "secret"))
        other = site.replace("127.0.0.1", "localhost")
        pages = [f"{site}/seen", f"{other}/seen", f"{site}/hop?to={other}/seen"]
        own, *others = text_as("webdriver", visitor, *pages)
        assert "town" in own
        assert all("town" not in seen and "authorization" not in seen for seen in others)

    @pytest.mark.parametrize("origins", [1, 2])
    def test_a_password_opens_each_of_several_sites(self, site: str, origins: int) -> None:
        visitor = Visitor(
            origins=[site, "http://127.0.0.2"][:origins], basic_auth=("anna", "a:b@c")
        )
        [seen] = text_as("playwright", visitor, f"{site}/guarded")
        assert seen == "guarded"

    def test_a_certificate_that_nobody_vouches_for_is_refused_and_trusted_on_request(
        self, kind: str
    ) -> None:
        with untrusted_site() as address:
            with pytest.raises(NotAPageError) as refused:
                text_as(kind, Visitor(), address)
            assert "certificate (--ignore-https-errors trusts any)" in str(refused.value)
            assert text_as(kind, Visitor(ignore_https_errors=True), address) == ["sound"]

    def test_a_password_opens_a_guarded_site(self, kind: str, site: str) -> None:
        visitor = Visitor(origins=[site], basic_auth=("anna", "a:b@c"))
        assert text_as(kind, visitor, f"{site}/guarded", f"{site}/guarded") == ["guarded"] * 2

    def test_a_storage_state_is_there_with_every_page(
        self, kind: str, site: str, tmp_path: Path
    ) -> None:
        cookie = {"name": "sid", "value": "7", "domain": "127.0.0.1", "path": "/", "expires": -1}
        stored = {"origin": site, "localStorage": [{"name": "a", "value": "1"}]}
        state = tmp_path / "state.json"
        state.write_text(json.dumps({"cookies": [cookie], "origins": [stored]}))
        visitor = Visitor(origins=[site], storage_state=state)
        with open_source(with_visitor(kind, visitor)) as source:
            session = source.session("chromium")
            for _ in range(2):
                assert "cookie: sid=7" in text(session, f"{site}/seen")
                driver = session.page(FAR_MORE)
                driver.open(f"{site}/sound", Viewport())
                assert driver.evaluate("() => localStorage.a") == "1"
            session.close()

    def test_a_playwright_server_is_used(self, site: str, tmp_path: Path) -> None:
        options = tmp_path / "options.json"
        known = found("chromium").playwright_options
        options.write_text(
            json.dumps({"executablePath": known["executable_path"], "args": known["args"]})
        )
        command = [sys.executable, "-m", "playwright", "launch-server", "--browser", "chromium"]
        with subprocess.Popen(
            [*command, "--config", str(options)],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as server:
            try:
                assert server.stdout
                address = server.stdout.readline().strip()
                with open_source(Settings(connect=address)) as source:
                    session = source.session("chromium")
                    assert text(session, f"{site}/sound") == "sound"
                    session.close()
            finally:
                # Python's part alone would leave the server itself behind, and its browser.
                os.killpg(server.pid, signal.SIGTERM)


def test_a_server_that_is_not_there_is_said() -> None:
    with closed_port() as address, open_source(Settings(connect=address)) as source:
        session = source.session("chromium")
        with pytest.raises(VydnoError, match="Chromium does not start"):
            session.page(FAR_MORE)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (Settings(connect="127.0.0.1:3000"), "--connect takes an address"),
        (Settings(webdriver="nowhere"), "A WebDriver has an address"),
        (Settings(grid="ftp://127.0.0.1"), "A WebDriver has an address"),
        (Settings(grid="http://a", connect="ws://b"), "--connect and --grid exclude each other"),
        (Settings(axe=Path("none.js")), "axe-core could not be read from none.js"),
    ],
)
def test_what_cannot_work_is_said_at_the_start(settings: Settings, says: str) -> None:
    with pytest.raises(VydnoError, match=says):
        open_source(settings)


@pytest.mark.parametrize("browser", ["chromium", "webkit"])
def test_headers_that_cannot_be_kept_to_the_site_are_said_at_the_start(browser: str) -> None:
    visitor = Visitor(headers={"X-Key": "abc"})
    with (
        open_source(Settings(webdriver="local", visitor=visitor)) as source,
        pytest.raises(UnsupportedError, match="WebDriver cannot keep a header to the hosts"),
    ):
        source.slots(browser)


# The visitor.


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"cookies": [{"name": "a"}]}', '{"origins": [{"localStorage": []}]}', "\0"],
)
def test_a_storage_state_that_is_none_is_said(content: str, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text(content)
    with pytest.raises(VydnoError, match=r"state\.json .*; write it with Playwright's"):
        Visitor(storage_state=state).check()


def test_a_storage_state_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(VydnoError, match="could not be read"):
        Visitor(storage_state=tmp_path / "none.json").check()


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(Visitor(basic_auth=("anna", "secret")))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://city.example:8443/a?b", "https://city.example:8443"),
        ("file:///tmp/a.html", ""),
        ("nonsense", ""),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: str) -> None:
    assert origin_of(url) == origin


# Where browsers are.


def environ(folder: Path, **variables: str) -> dict[str, str]:
    return {name: str(folder / value) for name, value in variables.items()}


def test_a_variable_names_the_browser(tmp_path: Path) -> None:
    named = environ(tmp_path, VYDNO_CHROMIUM="mine")
    assert browsers.for_playwright("chromium", "", named) == str(tmp_path / "mine")


def test_an_unpatched_firefox_is_driven_over_bidi(tmp_path: Path) -> None:
    systems: Any = browsers.playwright_options("firefox", "", environ(tmp_path, VYDNO_FIREFOX="f"))
    own = browsers.playwright_options(
        "firefox", "", environ(tmp_path, VYDNO_FIREFOX="firefox-1543/firefox/firefox")
    )
    assert systems["channel"] == "moz-firefox"
    assert "channel" not in own


def test_webkitgtk_is_none_that_playwright_can_start(tmp_path: Path) -> None:
    with pytest.raises(VydnoError, match=r"No WebKit was found: .* install webkit"):
        browsers.for_playwright("webkit", "", environ(tmp_path, VYDNO_WEBKIT="MiniBrowser"))


def test_webdriver_needs_browser_and_driver(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = environ(tmp_path, VYDNO_FIREFOX="firefox", VYDNO_GECKODRIVER="geckodriver")
    assert browsers.for_webdriver("firefox", both) == tuple(both.values())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VydnoError, match="WebDriver needs Firefox and its geckodriver"):
        browsers.for_webdriver("firefox", environ(tmp_path, VYDNO_FIREFOX="firefox"))
