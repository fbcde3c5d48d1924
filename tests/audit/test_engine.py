"""One page: what is found in which variants, and that nothing which goes wrong is kept quiet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from vydno.audit import axe
from vydno.audit.checks import Check, Found, Rendition, fails, needs_review
from vydno.audit.driver import UnsupportedError
from vydno.audit.engine import Plan, audit
from vydno.audit.findings import Box, Outcome, PageResult, Status
from vydno.audit.page import Page
from vydno.audit.playwright_driver import PlaywrightDriver
from vydno.audit.variants import Variant, Viewport, matrix

from ..servers import serve
from .drivers import driver_of

STYLE = """
  p { color: #999 }
  @media (prefers-color-scheme: dark) { html { background: #000; color: #fff } p { color: #eee } }
  [data-theme=red] p { color: #a00; background: #fff }
"""
HTML = f"""<!doctype html><html lang="en"><head><title>A page</title><style>{STYLE}</style></head>
<body><main><h1 id="top">A page</h1><p>Weak text</p></main></body></html>"""


async def page(request: Request) -> Response:
    status = int(request.query_params.get("status", "200"))
    return HTMLResponse(request.query_params.get("html", HTML), status_code=status)


async def data(_: Request) -> Response:
    return JSONResponse({"a": 1})


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serve(Starlette(routes=[Route("/", page), Route("/data", data)])) as address:
        yield address


@pytest.fixture
def driver(chromium: Browser) -> Iterator[PlaywrightDriver]:
    with driver_of(chromium) as opened:
        yield opened


def make(function: Any, **options: Any) -> Check:
    known: dict[str, Any] = {
        "rule": "made-up",
        "criteria": ("1.3.1",),
        "title": "Made up",
        "method": "",
        "limits": "",
        "fix": "Mend it.",
        "broken": "",
        "sound": "",
        "function": function,
        "rendition": Rendition.AS_IS,
        "depends_on": frozenset({"browser", "viewport"}),
        "acts": False,
        "advice": False,
        "source": "vydno",
    }
    return Check(**known | options)


def run(driver: PlaywrightDriver, url: str, *checks: Check, **options: Any) -> PageResult:
    known: dict[str, Any] = {"variants": [Variant()], "axe_options": None}
    return audit(driver, url, Plan(checks=checks, **known | options))


def headings(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.tagged("h1"):
        yield fails(element, "There is a heading.", measured="1", needed="0")


def test_a_finding_carries_all_that_reports_tell(driver: PlaywrightDriver, server: str) -> None:
    (found,) = run(driver, server, make(headings)).findings
    assert (found.rule, found.source, found.criteria) == ("made-up", "vydno", ("1.3.1",))
    assert (found.outcome, found.page, found.target) == (Outcome.FAILS, server, "#top")
    assert found.html == '<h1 id="top">A page</h1>'
    assert (found.measured, found.needed, found.fix) == ("1", "0", "Mend it.")
    assert found.help_url.endswith("/info-and-relationships")


def test_what_axe_finds_in_some_variants_is_one_finding(
    driver: PlaywrightDriver, server: str
) -> None:
    variants = matrix({"color_scheme": ["light", "dark"], "theme": [None, "red"]})
    result = run(driver, server, axe_options=axe.options(), variants=variants)
    (contrast,) = result.findings
    assert (contrast.rule, contrast.source) == ("color-contrast", "axe")
    assert contrast.criteria == ("1.4.3",)
    assert (contrast.measured, contrast.needed) == ("2.84:1", "at least 4.5:1")
    assert contrast.holds_for == "only in the default theme in light"
    assert result.status is Status.AUDITED
    assert len(result.variants) == 4


def test_a_check_runs_once_for_what_it_depends_on_and_holds_for_the_rest(
    driver: PlaywrightDriver, server: str
) -> None:
    asked: list[Variant] = []

    def count(page: Page, variant: Variant) -> Iterator[Found]:
        asked.append(variant)
        yield from headings(page, variant)

    viewports = [Viewport(width=1280, height=800), Viewport(width=400, height=800)]
    variants = matrix({"viewport": viewports, "theme": ["blue", "red"]})
    (found,) = run(driver, server, make(count), variants=variants).findings
    assert [variant.viewport for variant in asked] == viewports
    assert list(found.variants) == variants
    assert found.holds_for == ""


def test_a_check_sees_the_rendition_that_it_asks_for_and_the_page_as_it_was(
    driver: PlaywrightDriver, server: str
) -> None:
    def widths(page: Page, _: Variant) -> Iterator[Found]:
        yield fails("h1", f"{page.as_is.viewport[0]} {page.snapshot.viewport[0]}")

    def after(page: Page, _: Variant) -> Iterator[Found]:
        yield fails("h1", str(page.snapshot.viewport[0]))

    narrow = make(widths, rule="narrow", rendition=Rendition.NARROW)
    result = run(driver, server, narrow, make(after, acts=True))
    assert [found.message for found in result.findings] == ["1280 320", "1280"]


@pytest.mark.parametrize(
    ("rendition", "script", "value"),
    [
        (Rendition.ZOOMED, "innerWidth", 640),
        (Rendition.PORTRAIT, "matchMedia('(orientation: portrait)').matches", True),
        (Rendition.LARGE_TEXT, "getComputedStyle(document.querySelector('p')).fontSize", "32px"),
        (Rendition.SPACED, "getComputedStyle(document.querySelector('p')).wordSpacing", "2.56px"),
        (Rendition.FORCED_COLORS, "matchMedia('(forced-colors: active)').matches", True),
    ],
)
def test_a_rendition_is_what_the_browser_draws(
    driver: PlaywrightDriver, server: str, rendition: Rendition, script: str, value: object
) -> None:
    def look(page: Page, _: Variant) -> Iterator[Found]:
        yield fails("h1", repr(page.evaluate(f"() => {script}")))

    (found,) = run(driver, server, make(look, rendition=rendition)).findings
    assert found.message == repr(value)


@pytest.mark.parametrize("height", [50, 1200])
def test_a_picture_shows_large_text_and_leaves_it_large(
    driver: PlaywrightDriver, server: str, height: int
) -> None:
    bar = "() => { document.documentElement.style.borderLeft = '1rem solid red' }"
    now = "() => [getComputedStyle(document.documentElement).borderLeftWidth, innerHeight]"

    def look(page: Page, _: Variant) -> Iterator[Found]:
        page.evaluate(bar)
        seen = page.picture(Box(x=10, y=5, width=90, height=height))
        red = [seen.getpixel((x, 1)) == (255, 0, 0) for x in (20, 24)]
        yield fails("h1", f"{seen.size} {red} {page.evaluate(now)}")

    large = Variant(browser="chromium", text_scale=200)
    (found,) = run(driver, server, make(look), variants=[large]).findings
    assert found.message == f"(90, {height}) [True, False] ['32px', 800]"


@pytest.mark.parametrize("acts", [False, True])
def test_text_is_as_large_as_each_variant_has_it_whatever_came_before(
    driver: PlaywrightDriver, server: str, acts: bool
) -> None:
    def look(page: Page, variant: Variant) -> Iterator[Found]:
        size = page.evaluate("() => getComputedStyle(document.body).fontSize")
        yield fails("h1", "It has a size.", measured=size)
        sizes.append((variant.text_scale, size))

    sizes: list[tuple[int, str]] = []
    viewports = [Viewport(width=1280, height=800), Viewport(width=400, height=800)]
    variants = matrix({"viewport": viewports, "text_scale": [100, 200]})
    depends = frozenset({"viewport", "text_scale"})
    run(driver, server, make(look, depends_on=depends, acts=acts), variants=variants)
    assert sizes == [(100, "16px"), (200, "32px")] * 2


def test_what_fails_in_one_variant_and_is_doubtful_in_another_is_one_finding(
    driver: PlaywrightDriver, server: str
) -> None:
    def doubt(_: Page, variant: Variant) -> Iterator[Found]:
        large = variant.text_scale > 100
        yield (needs_review if large else fails)("h1", "It is wrong.")
        yield needs_review("p", "It is doubtful.")
        yield fails("p", "It is wrong.")

    variants = matrix({"text_scale": [100, 200]})
    found = run(
        driver, server, make(doubt, depends_on=frozenset({"text_scale"})), variants=variants
    ).findings
    assert [(one.target, one.outcome, one.holds_for) for one in found] == [
        ("#top", Outcome.FAILS, ""),
        ("body > main > p", Outcome.NEEDS_REVIEW, ""),
        ("body > main > p", Outcome.FAILS, ""),
    ]


def test_what_a_check_does_to_a_page_no_other_check_sees(
    driver: PlaywrightDriver, server: str
) -> None:
    def spoil(page: Page, _: Variant) -> Iterator[Found]:
        page.evaluate("() => document.querySelector('h1').remove()")
        yield fails("body", "Spoilt.")

    spoiling = make(spoil, rule="spoil", acts=True)
    result = run(driver, server, spoiling, make(headings))
    assert [found.rule for found in result.findings] == ["made-up", "spoil"]


@pytest.mark.parametrize("fragment", ["", "#top"])
def test_each_variant_is_used_in_the_page_as_it_comes_anew(
    driver: PlaywrightDriver, server: str, fragment: str
) -> None:
    there: list[bool] = []

    def press(page: Page, _: Variant) -> Iterator[Found]:
        there.append(page.evaluate("() => !!document.querySelector('h1')"))
        page.driver.click(5, 5)  # only who was used may ask to be kept
        page.evaluate("() => document.querySelector('h1').remove()")
        yield from ()

    asks = "<script>addEventListener('beforeunload', (event) => event.preventDefault())</script>"
    html = f"<!doctype html><html lang=en><title>A</title><h1>One</h1>{asks}"
    variants = matrix({"viewport": [Viewport(), Viewport(width=320, height=640)]})
    pressing = make(press, acts=True)
    run(driver, f"{server}/?html={quote(html)}{fragment}", pressing, variants=variants)
    assert there == [True, True]


def test_passive_leaves_out_what_acts(driver: PlaywrightDriver, server: str) -> None:
    assert run(driver, server, make(headings, acts=True), passive=True).findings == ()


def test_a_check_that_stumbles_keeps_what_it_found_and_is_named(
    driver: PlaywrightDriver, server: str
) -> None:
    def stumble(page: Page, variant: Variant) -> Iterator[Found]:
        yield from headings(page, variant)
        raise ZeroDivisionError("oh")

    result = run(driver, server, make(stumble))
    assert len(result.findings) == 1
    assert result.status is Status.PARTLY
    assert result.reason == "made-up did not run to its end: ZeroDivisionError: oh"


def test_advice_is_given_to_those_who_ask(driver: PlaywrightDriver, server: str) -> None:
    title = "<!doctype html><html lang=en><title>A</title><h2>Not a first heading</h2>"
    asked = {"axe_options": axe.options(["best-practice"])}
    quiet = run(driver, f"{server}/?html={title}", **asked)
    told = run(driver, f"{server}/?html={title}", **asked, advice=True)
    assert quiet.findings == ()
    assert {found.outcome for found in told.findings} == {Outcome.ADVICE}


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/?status=404", "it answered with the status 404"),
        ("/?status=500", "it answered with the status 500"),
        ("/data", "it is not a page but application/json"),
    ],
)
def test_what_is_not_a_page_is_not_audited(
    driver: PlaywrightDriver, server: str, address: str, reason: str
) -> None:
    result = run(driver, server + address, make(headings))
    assert (result.status, result.reason) == (Status.NOT_AUDITED, reason)


def test_a_page_that_says_what_went_wrong_is_audited_on_request(
    driver: PlaywrightDriver, server: str
) -> None:
    result = run(driver, f"{server}/?status=404", make(headings), accept_errors=True)
    assert result.status is Status.AUDITED


def test_a_port_where_nobody_listens_is_said_in_a_sentence(driver: PlaywrightDriver) -> None:
    result = run(driver, "http://127.0.0.1:9/", make(headings))
    assert result.status is Status.NOT_AUDITED
    assert result.reason in ("nothing answers at its address", "browsers refuse its port")


def test_a_target_finds_its_element_again_in_shadow_roots_too(
    driver: PlaywrightDriver, server: str
) -> None:
    html = """<!doctype html><html lang="en"><title>A</title><div id="12345"></div>
      <ul><li>One<li>Two</ul><a-host><template shadowrootmode="open"><p>In</p><p>side</p></template>
      </a-host></html>"""

    def some(page: Page, _: Variant) -> Iterator[Found]:
        for element in page.snapshot.elements:
            if element.text or element.attributes.get("id"):
                yield needs_review(element, element.text)

    result = run(driver, f"{server}/?html={quote(html)}", make(some))
    targets = {found.message: found.target for found in result.findings}
    assert targets == {
        "A": "html > head > title",
        "": "body > div",
        "One": "body > ul > li:nth-of-type(1)",
        "Two": "body > ul > li:nth-of-type(2)",
        "In": "body > a-host >>> p:nth-of-type(1)",
        "side": "body > a-host >>> p:nth-of-type(2)",
    }


def test_a_picture_shows_the_element_in_the_rendition_that_it_was_found_in(
    driver: PlaywrightDriver, server: str
) -> None:
    html = """<!doctype html><html lang="en"><title>A</title>
      <style>body { margin: 0 } h1 { background: #00f; height: 40px; margin: 60px }
      @media (max-width: 400px) { h1 { background: #0f0 } }</style><h1></h1>"""
    checks = [
        make(headings, rule="wide"),
        make(headings, rule="narrow", rendition=Rendition.NARROW),
    ]
    result = run(driver, f"{server}/?html={quote(html)}", *checks, pictures=True)
    colours = {}
    for found in result.findings:
        assert found.picture
        picture = Image.open(io.BytesIO(found.picture)).convert("RGB")
        colours[found.rule] = picture.getpixel((picture.width // 2, picture.height // 2))
        assert picture.width <= 640
    assert colours == {"wide": (0, 0, 255), "narrow": (0, 255, 0)}


def test_a_rendition_that_the_browser_cannot_draw_is_a_note_and_a_variant_a_gap(
    driver: PlaywrightDriver, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    emulate = driver.emulate

    def without_forced_colors(variant: Variant) -> None:
        if variant.forced_colors:
            raise UnsupportedError("This browser does not force colours")
        emulate(variant)

    monkeypatch.setattr(driver, "emulate", without_forced_colors)
    forced = make(headings, rendition=Rendition.FORCED_COLORS)
    result = run(driver, server, forced)
    assert result.status is Status.AUDITED
    assert result.notes == ("This browser does not force colours: made-up did not run there.",)
    variants = matrix({"forced_colors": [False, True]})
    result = run(driver, server, make(headings), variants=variants)
    assert result.status is Status.PARTLY
    assert "This browser does not force colours" in result.reason
