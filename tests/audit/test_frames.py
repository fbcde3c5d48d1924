"""What is in frames of the page's own origin is looked at like the page, whoever drives it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from vydno.audit.checks import COLOUR, Check, Found, Rendition, all_checks, fails
from vydno.audit.driver import Driver, GoneError
from vydno.audit.engine import Plan, audit
from vydno.audit.findings import PageResult, Status
from vydno.audit.frames import MOST
from vydno.audit.page import Page
from vydno.audit.sessions import Settings
from vydno.audit.sources import open_source
from vydno.audit.variants import Variant

from ..conftest import found as browser_found
from ..servers import folder, serve
from .checks.test_pages import whole
from .drivers import driver_of
from .test_engine import make

START = "<!doctype html><html lang=en><title>A page</title>"
DRIVERS = ("playwright", "chromium", "webkit")


async def page(request: Request) -> Response:
    return HTMLResponse(request.query_params["html"])


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serve(Starlette(routes=[Route("/", page)])) as address:
        yield address


@pytest.fixture(scope="module", params=DRIVERS)
def any_driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    if request.param == "playwright":
        with driver_of(request.getfixturevalue("chromium")) as driver:
            yield driver
        return
    if browser_found(request.param).driver is None:
        pytest.skip(f"{request.param} has no WebDriver here")
    with open_source(Settings(webdriver="local")) as source:
        session = source.session(request.param)
        yield session.page(300)
        session.close()


def address(server: str, body: str) -> str:
    return f"{server}/?html={quote(START + body)}"


def run(driver: Driver, url: str, *checks: Check, **options: bool) -> PageResult:
    variants = [Variant(browser=driver.browser)]
    return audit(driver, url, Plan(variants=variants, checks=checks, axe_options=None, **options))


def paragraphs(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.tagged("p"):
        yield fails(element, element.text)


def told(result: PageResult) -> dict[str, str]:
    return {one.message: one.target for one in result.findings}


@pytest.mark.browser
def test_frames_of_the_own_origin_are_looked_into_and_no_others(
    any_driver: Driver, server: str
) -> None:
    other = server.replace("127.0.0.1", "localhost")
    inner = "<p>Inner</p><iframe title=Deep srcdoc='<p id=deep>Deep'></iframe>"
    body = f"""<p>Page</p><iframe title=A src="{address(server, inner)}"></iframe>
      <div><iframe id=doc title=B srcdoc="<p>Written</p>"></iframe></div>
      <a-host><template shadowrootmode=open>
        <iframe title=C srcdoc="<a-b><template shadowrootmode=open><p>Shadow</template></a-b>">
        </iframe></template></a-host>
      <iframe title=D src="{address(other, "<p>Other")}"></iframe>
      <iframe title=E hidden srcdoc="<p>Hidden"></iframe>
      <iframe title=F width=1 height=1 style="border: 0" srcdoc="<p>Tiny"></iframe>
      <iframe title=G></iframe>"""
    result = run(any_driver, address(server, body), make(paragraphs))
    assert (result.status, result.reason, result.notes) == (Status.AUDITED, "", ())
    assert told(result) == {
        "Page": "body > p",
        "Inner": "body > iframe:nth-of-type(1) >>> body > p",
        "Deep": "body > iframe:nth-of-type(1) >>> body > iframe >>> #deep",
        "Written": "#doc >>> body > p",
        "Shadow": "body > a-host >>> iframe >>> body > a-b >>> p",
    }


FRAME = '<iframe id="in" title="Frame" srcdoc="<h1>Frame</h1><p>Text</p>"></iframe>'


def everything(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.elements:
        yield fails(element, "Something.")
    for selector in ("html", "head > title", "body"):
        yield fails(selector, "The document.")


def test_what_is_said_of_a_document_is_said_of_the_page_alone(driver: Driver, server: str) -> None:
    result = run(driver, address(server, FRAME), make(everything))
    inside = {one.target for one in result.findings if one.target.startswith("#in >>>")}
    assert inside == {"#in >>> body > h1", "#in >>> body > p"}
    assert "body" in {one.target for one in result.findings}


@pytest.mark.parametrize(
    "options",
    [
        {"acts": True},
        {"rendition": Rendition.NARROW},
        {"depends_on": frozenset({"browser", *COLOUR})},
        {"in_frames": False},
        {"over_site": lambda _: ()},
    ],
    ids=lambda options: next(iter(options)),
)
def test_what_acts_or_needs_a_window_or_says_so_stays_out(
    driver: Driver, server: str, options: dict[str, object]
) -> None:
    assert told(run(driver, address(server, FRAME), make(paragraphs, **options))) == {}


def test_what_finds_itself_in_need_of_a_window_has_nothing_to_say_of_a_frame(
    driver: Driver, server: str
) -> None:
    def photographs(page: Page, _: Variant) -> Iterator[Found]:
        yield fails("h1", str(page.picture().width))

    result = run(driver, address(server, f"<h1>Page</h1>{FRAME}"), make(photographs))
    assert (result.status, told(result)) == (Status.AUDITED, {"1280": "body > h1"})


def test_a_check_that_stumbles_in_a_frame_says_in_which(driver: Driver, server: str) -> None:
    def stumbles(page: Page, _: Variant) -> Iterator[Found]:
        yield from paragraphs(page, _)
        if page.snapshot.tagged("h1"):
            raise ZeroDivisionError("oh")

    result = run(driver, address(server, FRAME), make(stumbles))
    assert told(result) == {"Text": "#in >>> body > p"}
    assert result.reason == "made-up did not run to its end in #in: ZeroDivisionError: oh"


def test_a_frame_that_goes_away_is_told_and_the_others_are_seen(
    driver: Driver, server: str
) -> None:
    def removes(page: Page, _: Variant) -> Iterator[Found]:
        if page.snapshot.tagged("h1"):
            page.evaluate("() => frameElement.remove()")
        yield from paragraphs(page, _)

    last = "<iframe id=last title=Last srcdoc='<p>Last'></iframe>"
    url = address(server, FRAME + last)
    result = run(driver, url, make(removes))
    assert told(result) == {"Last": "#last >>> body > p"}
    assert result.status is Status.AUDITED
    assert result.notes == (f"The frame #in of {url} changed while it was looked at.",)


def test_a_frame_that_never_stays_is_told_too(
    driver: Driver, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise GoneError("it does not answer")

    url = address(server, f"<p>Page</p>{FRAME}")
    monkeypatch.setattr(driver, "_ask_in", refuse)
    result = run(driver, url, make(paragraphs))
    assert told(result) == {"Page": "body > p"}
    assert result.status is Status.AUDITED
    assert result.notes == (f"The frame about:srcdoc of {url} changed while it was looked at.",)


def test_of_very_many_frames_some_are_looked_into_and_it_says_so(
    driver: Driver, server: str
) -> None:
    url = address(server, "<iframe title=Many srcdoc='<p>Text'></iframe>" * (MOST + 5))
    result = run(driver, url, make(paragraphs))
    assert len(result.findings) == MOST
    assert result.notes == (f"Of {url} only the first {MOST} frames are looked into.",)


def test_a_picture_shows_what_is_in_a_frame(driver: Driver, server: str) -> None:
    inside = "<body style='margin:0'><p style='margin:40px;height:40px;background:#00f'>"
    body = (
        "<body style='margin:0'><div style='height:300px'></div><iframe title=A width=400"
        f" height=300 style='border:9px solid red;padding:30px' srcdoc=\"{inside}\"></iframe>"
    )
    result = run(driver, address(server, body), make(paragraphs), pictures=True)
    (finding,) = result.findings
    assert finding.picture
    picture = Image.open(io.BytesIO(finding.picture)).convert("RGB")
    # Around the 320 x 40 px is a margin of 24, or 80 px of height in all.
    assert picture.size == (320 + 48, 88)
    assert picture.getpixel((184, 44)) == (0, 0, 255)
    assert picture.getpixel((10, 44)) == (255, 255, 255)


# Our own rules. ---------------------------------------------------------------------------------

RULES = [check for check in all_checks().values() if check.looks_into_frames]
SOME = RULES[::4]


def framed(driver: Driver, where: Path, kind: str, rules: Sequence[Check]) -> set[tuple[str, str]]:
    """Of each rule what it finds in its own example when that is in a frame."""
    found = set()
    with folder(where) as server:
        for start in range(0, len(rules), MOST - 1):
            some = rules[start : start + MOST - 1]
            for check in some:
                file = where / f"{check.rule}.html"
                file.write_text(whole(getattr(check, kind)), encoding="utf-8")
            frames = (
                f"<iframe id=f{number} title=Frame src={check.rule}.html width=1280 height=800>"
                "</iframe>"
                for number, check in enumerate(some)
            )
            (where / "page.html").write_text(START + "".join(frames), encoding="utf-8")
            result = run(driver, f"{server}/page.html", *some, advice=True)
            assert (result.status, result.reason) == (Status.AUDITED, "")
            own = {check.rule: f"#f{number}" for number, check in enumerate(some)}
            for finding in result.findings:
                place, _, target = finding.target.partition(" >>> ")
                if place == own[finding.rule] and target:
                    found.add((finding.rule, target))
    return found


def test_no_sound_example_is_blamed_in_a_frame(driver: Driver, tmp_path: Path) -> None:
    assert framed(driver, tmp_path, "sound", RULES) == set()


def test_in_a_frame_the_same_is_found_as_in_the_page(driver: Driver, tmp_path: Path) -> None:
    alone = set()
    file = tmp_path / "page.html"
    with folder(tmp_path) as server:
        for check in SOME:
            file.write_text(whole(check.broken), encoding="utf-8")
            result = run(driver, f"{server}/page.html", check, advice=True)
            alone |= {(one.rule, one.target) for one in result.findings}
    # What is said of a document as a whole is said of pages.
    expected = {
        (rule, target)
        for rule, target in alone
        if target not in ("html", "body") and not target.startswith(("head", "html > head"))
    }
    assert len({rule for rule, _ in expected}) > len(SOME) / 2
    assert expected - framed(driver, tmp_path, "broken", SOME) == set()
