"""Each door's example on a real server, visited with scripts and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests.servers import serve

from . import doors
from .servers import behind_a_proxy, started

DOORS = (*doors.ASGI, *doors.WSGI, "django")
EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module", params=DOORS)
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    with started(request.param) as address:
        yield address


def attributes(page: Page) -> tuple[str | None, str | None]:
    root = page.locator("html")
    return root.get_attribute("data-text-scale"), root.get_attribute("data-theme")


def test_with_scripts_a_choice_holds_at_once_and_the_server_knows_it_next_time(
    chromium: Browser, address: str
) -> None:
    with chromium.new_context() as context, context.new_page() as page:
        page.goto(f"{address}/?page=2")
        page.wait_for_function("() => !!customElements.get('theme-switch')")
        page.click("[value=larger]")
        page.check("[data-theme=red]", force=True)
        assert attributes(page) == ("110", "red")
        assert page.url == f"{address}/?page=2"
        answer = context.request.get(address).text()
        assert '<html lang="uk" data-text-scale="110" data-theme="red">' in answer


def test_without_scripts_the_form_leads_back_to_its_control(
    chromium: Browser, address: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context, context.new_page() as page:
        page.goto(f"{address}/?page=2")
        page.locator("[value=larger]").click()
        page.wait_for_url("**#text-scale")
        # The visitor is at the control again: the next stop of Tab is its first button.
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.value") == "larger"
        page.locator("label", has_text="Червоний").click()
        page.locator("theme-switch button").click()
        page.wait_for_url("**#theme-switch")
        assert attributes(page) == ("110", "red")
        assert page.url == f"{address}/?page=2#theme-switch"


@pytest.fixture(scope="module")
def another_site() -> Iterator[Callable[[str], str]]:
    """A page of somebody else's, whose form is for the address that it is given."""

    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(
            f"<!doctype html><title>A</title><form method=post action={request.query_params['to']}>"
            "<button name=theme value=red>Win</button></form>"
        )

    with serve(Starlette(routes=[Route("/", page)])) as address:
        # The same machine by another name is another site.
        yield lambda to: f"{address.replace('127.0.0.1', 'localhost')}/?to={quote(to)}"


def test_a_form_on_a_page_of_another_site_chooses_nothing(
    chromium: Browser, address: str, another_site: Callable[[str], str]
) -> None:
    with chromium.new_context() as context, context.new_page() as page:
        page.goto(another_site(f"{address}/vydno/preferences"))
        with page.expect_navigation() as navigation:
            page.click("button")
        answer = navigation.value
        assert answer
        assert (answer.status, answer.url) == (403, f"{address}/vydno/preferences")
        assert context.cookies(address) == []
        page.goto(address)
        assert attributes(page) == (None, None)


# What `install` gives knows no request: test_doors.py names the prefix to it.
@pytest.fixture(scope="module", params=[door for door in DOORS if door != "jinja"])
def below_a_prefix(request: pytest.FixtureRequest) -> Iterator[str]:
    with (
        started(request.param, prefix="/city") as upstream,
        behind_a_proxy(upstream, "/city") as proxy,
    ):
        yield f"{proxy}/city"


@pytest.mark.parametrize("scripts", [True, False])
def test_behind_a_proxy_and_below_a_prefix_all_of_it_works(
    chromium: Browser, below_a_prefix: str, scripts: bool
) -> None:
    with (
        chromium.new_context(java_script_enabled=scripts) as context,
        context.new_page() as page,
    ):
        failed: list[str] = []
        page.on("response", lambda one: failed.append(one.url) if one.status >= 400 else None)
        page.goto(f"{below_a_prefix}/?page=2")
        if scripts:
            page.wait_for_function("() => !!customElements.get('text-scale')")
        page.locator("[value=larger]").click()
        if not scripts:
            page.wait_for_url("**#text-scale")
        assert page.url.partition("#")[0] == f"{below_a_prefix}/?page=2"
        assert attributes(page)[0] == "110"
        assert context.cookies()[0]["path"] == "/"
        page.goto(f"{below_a_prefix}/")
        assert attributes(page)[0] == "110"
        assert [url for url in failed if "favicon" not in url] == []


def test_there_is_an_example_for_every_door_and_it_is_short() -> None:
    files = {path.stem.removeprefix("on_"): path for path in EXAMPLES.glob("on_*.py")}
    assert {*files, "django"} == set(DOORS)
    for path in files.values():
        code = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        assert len(code) <= 20, path.name
