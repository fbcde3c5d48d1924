"""Each door's example on a real server, visited with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from . import doors
from .servers import started

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
        page.locator("label", has_text="Червоний").click()
        page.locator("theme-switch button").click()
        page.wait_for_url("**#theme-switch")
        assert attributes(page) == ("110", "red")
        assert page.url == f"{address}/?page=2#theme-switch"


def test_there_is_an_example_for_every_door_and_it_is_short() -> None:
    files = {path.stem.removeprefix("on_"): path for path in EXAMPLES.glob("on_*.py")}
    assert {*files, "django"} == set(DOORS)
    for path in files.values():
        code = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        assert len(code) <= 20, path.name
