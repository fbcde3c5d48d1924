"""While everything is used no policy is broken, no console speaks, and nobody else is called."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request
from starlette.applications import Starlette
from starlette.requests import Request as ServerRequest
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from demo.security import security_headers

from .demo_pages import DEMO_PAGES, DemoPage, open_page
from .engines import PlaywrightVisitor, Visitor
from .servers import PAGES, serve

# The event says it in every engine; what the console says differs.
REPORT = """
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
  console.error(`violation of ${effectiveDirective}: ${blockedURI}`));
"""
each_page = pytest.mark.parametrize("what", DEMO_PAGES, ids=str)


class Log:
    """What went wrong with the pages of a visitor; ``expected`` are addresses that answer 4xx."""

    def __init__(self, page: Page, origin: str, expected: set[str]) -> None:
        self.page = page
        self.lines: list[str] = []
        self.origin = origin
        self.expected = expected
        page.add_init_script(REPORT)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.lines.append(f"error: {error}"))
        page.on("request", self._request)

    def read(self) -> list[str]:
        """The lines so far; a violation is reported in a task of its own."""
        self.page.evaluate("() => new Promise((done) => setTimeout(done))")
        return self.lines

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # Chromium reports a page that is itself the answer 404 or 422 as a resource that failed.
        if message.location["url"] in self.expected and "status of 4" in message.text:
            return
        self.lines.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.origin + "/"):
            self.lines.append(f"request: {request.url}")


# WebDriver tells nobody what the console says, so WebKitGTK is not asked.
both_engines = pytest.mark.parametrize("engine", ["chromium", "firefox"])


def expected(site: str) -> set[str]:
    pages = (page for page in DEMO_PAGES if page.sent_empty or "no-such" in page.path)
    return {site + page.path for page in pages}


def use_the_controls(visitor: Visitor) -> None:
    for command in ("larger", "reset", "smaller"):
        visitor.click(f"#text-scale button[value={command}]")
        visitor.press("Enter", "Space")
    visitor.click("#theme-switch input[data-theme=red]")
    visitor.press("ArrowLeft", "ArrowLeft", "Space", "Enter")
    worn = visitor.read("return { ...document.documentElement.dataset }")
    assert worn == {"textScale": "90", "theme": "green"}


@each_page
@pytest.mark.parametrize("engine", ["chromium"])
def test_using_the_controls_breaks_no_policy(
    visitor: PlaywrightVisitor, site: str, what: DemoPage
) -> None:
    log = Log(visitor.page, site, expected(site))
    open_page(visitor, site, what)
    use_the_controls(visitor)
    visitor.goto(site + what.path)
    assert log.read() == []


@both_engines
def test_sending_the_form_and_going_from_page_to_page_breaks_no_policy(
    visitor: PlaywrightVisitor, site: str
) -> None:
    log = Log(visitor.page, site, expected(site))
    open_page(visitor, site, DemoPage(path="/street-light/", sent_empty=True))
    visitor.click("[aria-labelledby=summary] a")
    visitor.page.fill("#street", "Садова")
    visitor.click("label:has(#problem-dark)")
    visitor.click(".form button")
    visitor.page.wait_for_url("**/street-light/sent/")
    for place in range(1, 5):
        visitor.click(f".sections li:nth-child({place}) a")
        use_the_controls(visitor)
    visitor.click("a.language")
    visitor.page.wait_for_url("**/en/**")
    visitor.press("Tab", "Enter")
    assert visitor.read("return location.hash") == "#main"
    assert log.read() == []


@both_engines
def test_text_becomes_markup_nowhere(visitor: PlaywrightVisitor, site: str) -> None:
    log = Log(visitor.page, site, set())
    visitor.goto(site)
    tried = "try { document.body.innerHTML = '<p>' } catch (error) { return error.name }"
    assert visitor.read(tried) == "TypeError"
    assert visitor.read("return document.querySelector('main') !== null")
    assert any("violation of require-trusted-types-for" in line for line in log.read()), log.lines


@pytest.fixture(scope="module")
def broken() -> Iterator[str]:
    """The broken pages, under the demo's policy at /strict/ and under none at /lax/."""

    async def page(request: ServerRequest) -> Response:
        name, policy = request.path_params["name"], request.path_params["policy"]
        headers = security_headers(javascript=True) if policy == "strict" else None
        return FileResponse(PAGES / f"{name}.html", headers=headers)

    with serve(Starlette(routes=[Route("/{policy}/{name}", page)])) as address:
        yield address


@both_engines
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("strict/inline-script", "violation of script-src-elem: inline"),
        ("strict/third-party", "violation of img-src: http://third-party.invalid/picture.png"),
        ("lax/third-party", "request: http://third-party.invalid/picture.png"),
        ("lax/inline-script", "error: "),
    ],
)
def test_the_same_log_names_what_a_broken_page_does(
    visitor: PlaywrightVisitor, broken: str, address: str, said: str
) -> None:
    log = Log(visitor.page, broken, set())
    visitor.goto(f"{broken}/{address}")
    assert any(said in line for line in log.read()), log.lines
