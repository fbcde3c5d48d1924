"""React, Vue and Svelte around both controls: the packed package, built by Vite, in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.engines import TIMEOUT
from tests.servers import folder

from .packages import HERE, run

# npm may have to fetch everything first.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

RECIPES = HERE / "recipes"
FRAMEWORKS = sorted(path.name for path in RECIPES.iterdir() if path.is_dir())
# As it is delivered; and drawn on a server, in the framework's development mode, which complains.
PAGES = ("mounted", "hydrated")

# How many look at <html> for the preferences: every control and every subscription does.
WATCH = """
window.watching = new Set();
const { observe, disconnect } = MutationObserver.prototype;
MutationObserver.prototype.observe = function (target, options) {
  if (options.attributeFilter?.includes("data-theme")) window.watching.add(this);
  observe.call(this, target, options);
};
MutationObserver.prototype.disconnect = function () {
  window.watching.delete(this);
  disconnect.call(this);
};
"""
REMEMBER = "window.before = [...document.querySelectorAll('form, button, input')]"
SAME = """() => {
  const now = [...document.querySelectorAll('form, button, input')];
  return now.length === before.length && now.every((node, n) => node === before[n]);
}"""
# Two <text-scale>, one <theme-switch>, and the application itself.
WATCHING = 4


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The page of a framework, and what its console complained of."""

    page: Page
    complaints: list[str]

    def larger(self, section: str = "one") -> None:
        self.page.click(f"#{section} button[value=larger]")

    def theme(self, name: str) -> None:
        self.page.click(f"theme-switch label:has([value={name}])")

    @property
    def said(self) -> str:
        return self.page.locator("samp").inner_text()

    @property
    def size(self) -> str:
        return str(self.page.evaluate("document.documentElement.dataset.textScale ?? '100'"))

    @property
    def forms(self) -> int:
        return self.page.locator("form").count()

    @property
    def watching(self) -> int:
        return int(self.page.evaluate("watching.size"))


@pytest.fixture(scope="module")
def built(place: Path) -> Path:
    for path in RECIPES.iterdir():
        copy = shutil.copytree if path.is_dir() else shutil.copy
        copy(path, place / path.name)
    return place


@pytest.fixture(scope="module", params=FRAMEWORKS)
def framework(request: pytest.FixtureRequest, built: Path) -> Iterator[str]:
    """Address of the built pages of a framework; Vite must not say a word."""
    said = run(["node", "build.js", request.param], built)
    assert [line for line in said.splitlines() if "warn" in line.lower()] == []
    with folder(built / request.param / "dist") as address:
        yield address


@pytest.fixture(params=PAGES)
def trial(request: pytest.FixtureRequest, framework: str, chromium: Browser) -> Iterator[Trial]:
    with chromium.new_context() as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        page.set_default_timeout(TIMEOUT * 1000)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.goto(f"{framework}/{request.param}/")
        expect(page.locator("form")).to_have_count(3)
        expect(page.locator("theme-switch input")).to_have_count(4)  # blue is the site's own
        yield Trial(page=page, complaints=complaints)
        assert [
            each for each in complaints if not each.startswith(("info:", "debug:", "log:"))
        ] == []


def test_a_choice_is_heard_in_the_framework(trial: Trial) -> None:
    trial.larger()
    expect(trial.page.locator("samp")).to_have_text("text-scale: 110")
    trial.theme("red")
    expect(trial.page.locator("samp")).to_have_text("theme: red")
    expect(trial.page.locator("b")).to_have_text("red")


def test_the_framework_can_prevent_a_choice(trial: Trial) -> None:
    trial.page.click("#lock")
    trial.theme("green")
    trial.larger()
    expect(trial.page.locator("theme-switch :checked")).to_have_value("")
    assert (trial.size, trial.said) == ("100", "")


def test_a_page_drawn_again_keeps_the_controls_their_state_and_the_focus(trial: Trial) -> None:
    trial.larger()
    trial.theme("orange")
    trial.page.focus("#one button[value=smaller]")
    trial.page.evaluate(REMEMBER)
    for _ in range(5):
        trial.page.evaluate("document.getElementById('again').click()")
    expect(trial.page.locator("main")).to_have_class("times-5")
    assert trial.page.evaluate(SAME)
    expect(trial.page.locator("#one button[value=smaller]")).to_be_focused()
    expect(trial.page.locator("#one text-scale p:not(:empty)")).to_have_text("Розмір тексту 110%")
    expect(trial.page.locator("theme-switch :checked")).to_have_value("orange")


def test_controls_that_are_moved_have_one_form_and_hear_once(trial: Trial) -> None:
    for order in (["two", "one"], ["one", "two"], ["two", "one"]):
        trial.page.click("#turn")
        assert (
            trial.page.evaluate("[...document.querySelectorAll('section')].map((s) => s.id)")
            == order
        )
    assert (trial.forms, trial.watching) == (3, WATCHING)
    trial.larger()
    expect(trial.page.locator("#two text-scale p:not(:empty)")).to_have_text("Розмір тексту 110%")
    assert trial.size == "110"


def test_controls_that_come_back_show_what_holds_and_nothing_is_left_of_the_old(
    trial: Trial,
) -> None:
    trial.larger()
    trial.theme("green")
    for _ in range(3):
        trial.page.click("#toggle")
        expect(trial.page.locator("form")).to_have_count(1)
        assert trial.watching == 1
        trial.larger("two")
        trial.page.click("#toggle")
        expect(trial.page.locator("form")).to_have_count(3)
    expect(trial.page.locator("#one text-scale p:not(:empty)")).to_have_text("Розмір тексту 175%")
    trial.larger()
    expect(trial.page.locator("samp")).to_have_text("text-scale: 200")
    assert (trial.forms, trial.watching) == (3, WATCHING)


def test_the_choice_holds_on_the_next_visit_before_any_module(trial: Trial) -> None:
    trial.larger()
    trial.theme("green")
    trial.page.route("**/*.js", lambda route: route.abort())
    trial.page.reload()
    root = trial.page.locator("html")
    expect(root).to_have_attribute("data-text-scale", "110")
    expect(root).to_have_attribute("data-theme", "green")
    trial.complaints.clear()  # of the scripts that were kept away


# What goes wrong otherwise


@pytest.fixture(scope="module")
def wrong(built: Path) -> Iterator[str]:
    """React that makes one control anew at each call, and is not kept out of any."""
    copied = shutil.copytree(built / "react", built / "wrong")
    for name, instead in (
        ("App.jsx", "key={Math.random()}"),
        ("Trial.jsx", ""),
    ):
        path = copied / name
        text = path.read_text(encoding="utf-8").replace("{...itsOwn}", instead)
        path.write_text(text, encoding="utf-8")
    run(["node", "build.js", "wrong"], built)
    with folder(copied / "dist") as address:
        yield address


def test_a_control_that_is_made_anew_is_another_and_shows_what_holds(
    wrong: str, chromium: Browser
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{wrong}/mounted/")
        page.click("#one button[value=larger]")
        page.evaluate(REMEMBER)
        page.click("#again")
        expect(page.locator("main")).to_have_class("times-1")
        assert not page.evaluate(SAME)
        expect(page.locator("#one text-scale p:not(:empty)")).to_have_text("Розмір тексту 110%")


def test_react_complains_of_a_control_that_it_was_not_kept_out_of(
    wrong: str, chromium: Browser
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        with page.expect_event("pageerror") as complaint:
            page.goto(f"{wrong}/hydrated/")
        assert "Hydration failed" in str(complaint.value)
