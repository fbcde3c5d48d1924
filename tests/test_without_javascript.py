"""Without scripts both controls are forms that lead back to the same page, dressed as chosen."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import httpx
import pytest
from playwright.sync_api import Browser, Playwright, Route

from .conftest import launch
from .demo_pages import DEMO_PAGES
from .engines import PlaywrightVisitor, Visitor

# What a cache gives to everybody cannot be dressed without a script.
SHARED = "static-page"
# Where a page that was sent is come back to, it is asked for anew.
ADDRESSES = [page.path for page in DEMO_PAGES if not page.sent_empty]
PERSONAL = [path for path in ADDRESSES if SHARED not in path]


# What the server says


class Forms(HTMLParser):
    """The forms of the page's own two controls: address, and what their hidden fields hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, dict[str, str]]] = {}
        self._element = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if given.get("id") in ("text-scale", "theme-switch"):
            self._element = given["id"]
        elif tag == "form" and self._element:
            self.found[self._element] = (given["action"], {})
        elif tag == "input" and given["type"] == "hidden" and self._element:
            self.found[self._element][1][given["name"]] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == self._element:
            self._element = ""


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    """Somebody with cookies and without a script."""
    with httpx.Client(base_url=site) as client:
        yield client


def send(client: httpx.Client, path: str, element: str, value: str) -> httpx.Response:
    """What follows a press of a button on the page, as a browser would send it."""
    action, fields = Forms(client.get(path).text).found[element]
    name = "theme" if element == "theme-switch" else element
    referer = {"Referer": str(client.base_url.join(path))}
    return client.post(action.partition("#")[0], data={**fields, name: value}, headers=referer)


def first_tag(client: httpx.Client, path: str) -> str:
    """The opening tag of ``<html>``: before it the page has nothing but its doctype."""
    doctype, _, rest = client.get(path).text.lstrip().partition("<html")
    assert doctype.strip().lower() == "<!doctype html>"
    return f"<html{rest.partition('>')[0]}>"


@pytest.mark.parametrize("path", ADDRESSES)
def test_both_forms_lead_back_to_their_page(client: httpx.Client, path: str) -> None:
    for element, value in (("text-scale", "larger"), ("theme-switch", "red")):
        response = send(client, path, element, value)
        assert (response.status_code, response.headers["location"]) == (303, path)
    assert client.cookies["vydno"] == "text-scale=110&theme=red"


@pytest.mark.parametrize("path", PERSONAL)
def test_the_page_is_dressed_from_its_first_tag_on(client: httpx.Client, path: str) -> None:
    send(client, path, "text-scale", "larger")
    send(client, path, "theme-switch", "red")
    assert first_tag(client, path).endswith(' data-text-scale="110" data-theme="red">')
    assert "Cookie" in client.get(path).headers["vary"]


@pytest.mark.parametrize("path", [path for path in ADDRESSES if SHARED in path])
def test_the_page_for_everybody_is_the_same_for_everybody(client: httpx.Client, path: str) -> None:
    before = client.get(path)
    send(client, path, "theme-switch", "red")
    assert client.get(path).text == before.text
    assert "Cookie" not in before.headers.get("vary", "")
    assert "set-cookie" not in before.headers


def test_the_buttons_are_commands(client: httpx.Client) -> None:
    sizes = []
    for command in ("larger", "larger", "smaller", "reset", "smaller", "smaller"):
        send(client, "/", "text-scale", command)
        sizes.append(client.cookies.get("vydno"))
    assert sizes == [
        *(f"text-scale={size}" for size in (110, 125, 110)),
        None,
        *["text-scale=90"] * 2,
    ]


def test_the_query_of_the_page_is_kept(client: httpx.Client) -> None:
    path = "/timetable/?day=sunday"
    assert send(client, path, "theme-switch", "red").headers["location"] == path


# What the visitor sees

LARGER, APPLY = "#text-scale button[value=larger]", "#theme-switch button"
LOOK = """
const band = getComputedStyle(document.querySelector(".masthead")).backgroundColor;
const text = getComputedStyle(document.querySelector(".prose p")).fontSize;
return [parseFloat(text), band];
"""
# The page is where the fragment leads: the control is on the screen again.
IN_SIGHT = """
const { top, bottom } = document.querySelector(location.hash).getBoundingClientRect();
return Math.round(top) >= 0 && Math.round(bottom) <= innerHeight;
"""
# Where scripts may run it gives one two seconds to come.
APPLY_IS_SEEN = f"document.querySelector('{APPLY}').checkVisibility({{ visibilityProperty: true }})"


class WithoutScripts(PlaywrightVisitor):
    """A visitor whose pages run nothing: nor can they say that an element has come to rest."""

    def click(self, selector: str) -> None:
        self.page.click(selector, force=True)


def arrive(visitor: Visitor, fragment: str) -> None:
    """Wait for the page that the form leads to; where scripts are off, it cannot be asked."""
    if isinstance(visitor, PlaywrightVisitor):
        visitor.page.wait_for_url(f"**#{fragment}")
    else:
        visitor.wait(f"return location.hash === '#{fragment}'")
    visitor.wait(f"return document.readyState === 'complete' && {APPLY_IS_SEEN}")


def assert_both_forms_work(visitor: Visitor, address: str) -> None:
    visitor.goto(address)
    size, blue = visitor.read(LOOK)
    visitor.click(LARGER)
    arrive(visitor, "text-scale")
    assert visitor.read(LOOK) == [pytest.approx(1.1 * size), blue]
    assert visitor.read(IN_SIGHT)
    visitor.click("#theme-switch input[data-theme=red]")
    assert visitor.read(LOOK)[1] == blue
    visitor.click(APPLY)
    arrive(visitor, "theme-switch")
    larger, red = visitor.read(LOOK)
    assert larger == pytest.approx(1.1 * size)
    assert red != blue
    assert visitor.read(IN_SIGHT)
    assert visitor.read("return document.querySelector('input[data-theme=red]').checked")
    assert visitor.read("return location.pathname") == "/news/e-governance/"


def test_where_no_script_comes_both_forms_work(visitor: Visitor, site_without_scripts: str) -> None:
    assert_both_forms_work(visitor, f"{site_without_scripts}/news/e-governance/")


def test_where_chromium_runs_no_script_both_forms_work(chromium: Browser, site: str) -> None:
    visitor = WithoutScripts(chromium.new_context(java_script_enabled=False))
    assert_both_forms_work(visitor, f"{site}/news/e-governance/")
    visitor.context.close()


def test_where_firefox_runs_no_script_both_forms_work(playwright: Playwright, site: str) -> None:
    preferences = {"javascript.enabled": False}
    with launch(playwright, "firefox", firefox_user_prefs=preferences) as browser:
        visitor = WithoutScripts(browser.new_context())
        assert_both_forms_work(visitor, f"{site}/news/e-governance/")


# Right before every frame: is the button about to be painted?
WATCH = """
{
  window.frames_seen = [];
  const look = () => {
    const apply = document.querySelector("#theme-switch button");
    if (apply) frames_seen.push(apply.checkVisibility({ visibilityProperty: true }));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_where_the_script_comes_apply_is_never_seen(visitor: PlaywrightVisitor, site: str) -> None:
    held: list[Route] = []
    visitor.page.add_init_script(WATCH)
    visitor.page.route("**/vydno.js*", lambda route: held.append(route))
    visitor.page.goto(site, wait_until="commit")
    visitor.wait("return frames_seen.length > 3")
    assert not visitor.read("return document.querySelector('theme-switch').matches(':defined')")
    for route in held:
        route.continue_()
    visitor.wait("return document.querySelector('theme-switch').matches(':defined')")
    visitor.wait("window.enough ??= frames_seen.length + 3; return frames_seen.length >= enough")
    assert not any(visitor.read("return frames_seen"))
