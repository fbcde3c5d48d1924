"""A page that does not follow a preference: it is drawn without it, and its control says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from vydno import PREFERENCES, Preferences, VydnoError
from vydno.static import static_dir
from vydno.strings import CATALOGUES, text
from vydno.templating import Macros
from vydno.web.asgi import VydnoMiddleware, preferences

from . import axe
from .engines import Visitor
from .servers import CSP, serve
from .test_templating import CONTROLS, DRAWN, draw, parse, preference_of

RED = Preferences({"text-scale": "125", "theme": "red"})
SENTENCE = {tag: text(tag, "fixed") for tag in CATALOGUES}

vydno = Macros()


# The preferences of such a page


def test_a_fixed_preference_reads_as_its_default_and_the_others_hold() -> None:
    fixed = RED.fixing("theme")
    assert (fixed["theme"], fixed["text-scale"]) == ("", "125")
    assert fixed.attributes == {"data-text-scale": "125", "data-vydno-fixed": "theme"}
    assert RED.fixing("text-scale")["text-scale"] == "100"


def test_the_visitor_s_choice_stays_for_the_next_page() -> None:
    fixed = RED.fixing("theme")
    assert fixed.to_cookie() == RED.to_cookie()
    assert fixed != RED
    assert fixed.fixing() == RED
    assert hash(fixed.fixing()) == hash(RED)


def test_an_unknown_name_is_an_error_that_lists_the_valid_ones() -> None:
    with pytest.raises(VydnoError, match="no preference 'colour'; there are text-scale, theme"):
        RED.fixing("colour")


# What the macros draw


def sentences(tree: Element) -> list[str]:
    return [one.text or "" for one in tree.iter("p") if "id" in one.attrib]


@pytest.mark.parametrize("lang", ["en", "uk", "ar"])
@pytest.mark.parametrize("name", CONTROLS)
def test_the_control_cannot_be_operated_and_says_so(name: str, lang: str) -> None:
    tree = draw(name, RED.fixing(preference_of(name)), lang=lang, return_to="/")
    (fieldset,) = tree.iter("fieldset")
    (sentence,) = (one for one in tree.iter("p") if "id" in one.attrib)
    assert "disabled" in fieldset.attrib
    assert fieldset.attrib["aria-describedby"] == sentence.attrib["id"]
    assert sentence.text == SENTENCE[lang]


@pytest.mark.parametrize("name", CONTROLS)
def test_the_page_can_say_it_in_words_of_its_own(name: str) -> None:
    fixed = RED.fixing(preference_of(name))
    assert sentences(draw(name, fixed, fixed="The map has <colours>.")) == [
        "The map has <colours>."
    ]
    assert sentences(draw(name, RED, fixed="The map has colours.")) == []


def test_in_the_panel_only_the_fixed_control_says_so() -> None:
    tree = draw("panel", RED.fixing("theme", "contrast"))
    disabled = [one.find("legend") for one in tree.iter("fieldset") if "disabled" in one.attrib]
    assert [one.text for one in disabled if one is not None] == ["Page colour", "Contrast"]


def test_the_size_that_is_said_is_the_one_that_the_page_has() -> None:
    tree = draw("text_scale", RED.fixing("text-scale"))
    (said, announced) = (one for one in tree.iter("p") if "id" not in one.attrib)
    assert (said.text, announced.text) == ("Text size 100%", None)


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_of_it_is_on_other_pages(name: str) -> None:
    tree = draw(name, RED)
    assert not any("disabled" in one.attrib for one in tree.iter())
    assert sentences(tree) == []


def test_the_script_is_asked_for_on_such_a_page_only() -> None:
    def scripts(**arguments: Any) -> list[str]:
        head = parse("", head=vydno.head(**arguments))
        return [one.attrib["src"].partition("?")[0] for one in head.iter("script")]

    folder = "/vydno/static/"
    early = [f"{folder}vydno-early.js", f"{folder}vydno-fixed.js", f"{folder}vydno.js"]
    assert scripts(early=True, fixed=RED.fixing("theme").fixed) == early
    assert scripts(fixed=RED.fixed) == [f"{folder}vydno.js"]
    assert scripts(fixed=True, script=False) == []


# In a browser

DRAWN_BY_THE_SERVER, DRAWN_BY_ITSELF = "/server", "/client"
# What stands on <html> as each frame is about to be painted.
WATCH = """
window.seen = [];
const look = () => {
  window.seen.push(document.documentElement.dataset.theme ?? "");
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def page_of(attributes: str, head: str, body: str) -> HTMLResponse:
    return HTMLResponse(
        f'<!doctype html><html lang="uk"{attributes}><head><meta charset="utf-8">'
        f'<title>Test</title><link rel="icon" href="data:,">{head}</head>'
        f"<body><main><h1>Мапа</h1>{body}</main></body>",
        headers={"Content-Security-Policy": CSP},
    )


async def drawn_by_the_server(request: Request) -> HTMLResponse:
    chosen = preferences(request).fixing("theme")
    controls = vydno.text_scale(chosen, lang="uk") + vydno.theme_switch(chosen, lang="uk")
    return page_of(vydno.html_attributes(chosen), vydno.head(fixed=chosen.fixed), controls)


async def drawn_by_itself(request: Request) -> HTMLResponse:
    """From a cache, on which nobody's choice is known; with ``script=no``, the script forgotten."""
    fixed = request.query_params.get("fixed", "theme")
    return page_of(
        f' data-vydno-fixed="{fixed}"',
        vydno.head(early=True, lang="uk", fixed=request.query_params.get("script") != "no"),
        "<text-scale></text-scale><theme-switch></theme-switch>",
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = Starlette(
        routes=[
            Route(DRAWN_BY_THE_SERVER, drawn_by_the_server),
            Route(DRAWN_BY_ITSELF, drawn_by_itself),
        ],
        middleware=[Middleware(VydnoMiddleware)],
    )
    with serve(app) as address:
        yield address


@pytest.fixture
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """Somebody who has chosen red elsewhere."""
    with chromium.new_context() as context:
        context.add_cookies([{"name": "vydno", "value": "theme=red", "url": address}])
        context.add_init_script(WATCH)
        yield context


def visit(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.wait_for_function("() => !!customElements.get('theme-switch') && seen.length > 2")
    return page


def themes(page: Page) -> set[str]:
    return set(page.evaluate("seen.concat(document.documentElement.dataset.theme ?? '')"))


@pytest.mark.parametrize("path", [DRAWN_BY_THE_SERVER, DRAWN_BY_ITSELF])
def test_the_page_is_never_painted_in_the_theme(
    context: BrowserContext, address: str, path: str
) -> None:
    page = visit(context, address + path)
    page.evaluate("document.documentElement.dataset.theme = 'green'")
    page.wait_for_function("() => (window.enough ??= seen.length + 3) <= seen.length")
    assert themes(page) == {""}


def test_without_the_script_it_would_be(context: BrowserContext, address: str) -> None:
    page = visit(context, f"{address}{DRAWN_BY_ITSELF}?script=no")
    assert "red" in themes(page)


@pytest.mark.parametrize("path", [DRAWN_BY_THE_SERVER, DRAWN_BY_ITSELF])
def test_the_control_says_so_to_all_and_cannot_be_operated(
    context: BrowserContext, address: str, path: str
) -> None:
    page = visit(context, address + path)
    group = page.locator("theme-switch fieldset")
    expect(page.locator("theme-switch input:disabled")).to_have_count(5)
    expect(group).to_have_accessible_description(SENTENCE["uk"])
    expect(page.locator("theme-switch").get_by_text(SENTENCE["uk"])).to_be_visible()
    assert page.locator("p[id]").count() == 1
    page.locator("label").last.click(force=True)
    assert themes(page) == {""}


@pytest.mark.parametrize("path", [DRAWN_BY_THE_SERVER, DRAWN_BY_ITSELF])
def test_axe_finds_nothing_on_it(context: BrowserContext, address: str, path: str) -> None:
    page = visit(context, address + path)
    axe.inject(page)
    assert axe.run(page) == []


def test_the_other_controls_work_and_the_choice_is_kept(
    context: BrowserContext, address: str
) -> None:
    page = visit(context, address + DRAWN_BY_ITSELF)
    page.click("[value=larger]")
    assert page.locator("html").get_attribute("data-text-scale") == "110"
    (cookie,) = context.cookies()
    assert cookie["value"] == "theme=red&text-scale=110"


def test_a_script_of_the_page_cannot_choose_for_it_either(
    context: BrowserContext, address: str
) -> None:
    page = visit(context, address + DRAWN_BY_ITSELF)
    source = page.locator("script[type=module]").get_attribute("src")
    page.evaluate("source => import(source).then(({ set }) => set('theme', 'green'))", source)
    (cookie,) = context.cookies()
    assert cookie["value"] == "theme=red"


def test_a_control_that_comes_later_says_so_too(context: BrowserContext, address: str) -> None:
    page = visit(context, address + DRAWN_BY_ITSELF)
    page.evaluate("document.body.append(document.createElement('theme-switch'))")
    expect(page.locator("theme-switch fieldset:disabled p")).to_have_count(2)


def test_a_wrong_word_is_reported_with_those_that_are_right(
    context: BrowserContext, address: str
) -> None:
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(error.message))
    page.goto(f"{address}{DRAWN_BY_ITSELF}?fixed=colour+theme")
    page.wait_for_function("() => !!customElements.get('theme-switch')")
    assert errors == [f'data-vydno-fixed="colour theme": use {",".join(PREFERENCES)}']
    expect(page.locator("theme-switch fieldset:disabled")).to_have_count(1)


def test_every_engine_leaves_the_page_as_it_is(visitor: Visitor, address: str) -> None:
    visitor.goto(address + DRAWN_BY_ITSELF)
    visitor.read("document.cookie = 'vydno=theme=red; Path=/'")
    visitor.reload()
    visitor.wait("return document.querySelector('theme-switch fieldset:disabled p')")
    assert not visitor.read("return document.documentElement.hasAttribute('data-theme')")


def test_where_scripts_are_off_nothing_can_be_sent(chromium: Browser, address: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context, context.new_page() as page:
        page.goto(address + DRAWN_BY_THE_SERVER)
        expect(page.locator("theme-switch input").first).to_be_disabled()
        assert page.locator("theme-switch button").count() == 0


def test_the_script_is_small() -> None:
    assert len((static_dir() / "vydno-fixed.js").read_bytes()) < 2500
