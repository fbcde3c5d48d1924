"""The early script and the server read the same preferences from the same cookie.

Each cookie is given to a real browser, which keeps it, refuses it or trims it as it will; then the
built script reads `document.cookie` and the server the `Cookie` header of a request.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from vydno import PREFERENCES, Preferences
from vydno.static import static_dir
from vydno.web.asgi import preferences

from .servers import serve

EARLY = (static_dir() / "vydno-early.js").read_text(encoding="utf-8")

# Both readings of a list of cookies, each a name, a value and a path, and what the browser kept.
READ = """
async ([cookies, script]) => {
  for (const [name, value, path] of cookies) document.cookie = `${name}=${value}; path=${path}`;
  const root = document.documentElement;
  for (const name of root.getAttributeNames()) root.removeAttribute(name);
  const kept = document.cookie;
  new Function(script)();
  const early = Object.fromEntries([...root.attributes].map(({ name, value }) => [name, value]));
  const server = await (await fetch("/deep/read")).json();
  for (const [name, , path] of cookies) document.cookie = `${name}=; path=${path}; max-age=0`;
  return { kept, early, server, left: document.cookie };
}
"""

# A script of a page may hand itself anything: a cookie string that no browser would have made.
READ_A_STUB = """
([cookie, script]) => {
  const found = {};
  const documentElement = { setAttribute: (name, value) => { found[name] = value; } };
  new Function("document", script)({ cookie, documentElement });
  return found;
}
"""

Cookie = tuple[str, str, str]

# Text that is nearly right finds more than noise does.
pieces = st.sampled_from(
    [
        *PREFERENCES,
        *(value for one in PREFERENCES.values() for value in one.values),
        *["=", "&", "&", "=", "+", "%", "%20", "%3D", "%26", "%72ed", "%00", "%ff", "%F0%9F"],
        *[
            "?",
            "#",
            ",",
            '"',
            "/",
            " ",
            "\t",
            "é",
            "є",
            "١",
            "🎨",
            "vydno=",
            "; vydno=",
            "__proto__",
        ],
    ]
)
right = st.sampled_from(
    [f"{name}={value}" for name, one in PREFERENCES.items() for value in one.values]
)
wrong = st.lists(pieces, max_size=6).map("".join)
values = st.one_of(
    st.lists(right, max_size=5).map("&".join),
    st.lists(right | wrong, max_size=5).map("&".join),
    st.lists(right | pieces, max_size=8).map("".join),
    st.text(st.characters(codec="utf-8"), max_size=40),
)
names = st.sampled_from([*["vydno"] * 7, "Vydno", "xvydno", "vydno2", "session"])
paths = st.sampled_from(["/", "/deep", "/deep/"])
cookies = st.lists(st.tuples(names, values, paths), min_size=1, max_size=4)


async def page_below(_: Request) -> Response:
    return HTMLResponse('<!doctype html><title>Test</title><link rel="icon" href="data:,">')


async def read_by_the_server(request: Request) -> Response:
    return JSONResponse(preferences(request).attributes)


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    app = Starlette(
        routes=[Route("/deep/page", page_below), Route("/deep/read", read_by_the_server)]
    )
    with serve(app) as address, chromium.new_context() as context, context.new_page() as page:
        page.goto(f"{address}/deep/page")
        yield page


def read(page: Page, given_cookies: list[Cookie]) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(READ, [given_cookies, EARLY])
    assert found["left"] == "", "one example must not reach into the next"
    return found


def meant(attributes: dict[str, str]) -> Preferences:
    """What attributes say. Of a default that a cookie spells out the script makes an attribute.

    No cookie of ours does: it would be absent.
    """
    return Preferences({name.removeprefix("data-"): value for name, value in attributes.items()})


@settings(max_examples=200)
@given(cookies)
@example([("vydno", "text-scale=125&theme=red", "/")])
@example([("vydno", "theme=red", "/"), ("vydno", "theme=green", "/deep")])
@example([("vydno", "theme=red&theme=green", "/")])
@example([("vydno", "theme&theme=green", "/")])
@example([("vydno", "th%65me=r%65d+", "/")])
@example([("vydno", "?theme=red", "/")])
@example([("", "vydno=theme=red", "/")])
@example([("session", "a, vydno=theme=red", "/"), ("vydno", " theme=blue ", "/")])
@example([("vydno", "&".join(["theme=red", *["a=b"] * 900]), "/")])
def test_both_read_the_same_from_whatever_the_browser_keeps(
    page: Page, given_cookies: list[Cookie]
) -> None:
    found = read(page, given_cookies)
    assert meant(found["early"]) == meant(found["server"]), found["kept"]


@settings(max_examples=200)
@given(values | st.text(max_size=200))
@example("theme=red\r\nSet-Cookie: evil=1")
@example("theme=re\ud800d")
@example("constructor=red&__proto__=red&toString=red")
def test_nothing_but_valid_values_ever_comes_out_and_nothing_is_thrown(
    page: Page, value: str
) -> None:
    # Lone surrogates do not travel to the browser; they do within JSON.
    script = f"([script]) => ({READ_A_STUB.strip()})([{json.dumps(f'vydno={value}')}, script])"
    found = page.evaluate(script, [EARLY])
    valid = {one.attribute: one.values for one in PREFERENCES.values()}
    assert [name for name, chosen in found.items() if chosen not in valid.get(name, ())] == []


@pytest.mark.parametrize("name", PREFERENCES)
def test_every_value_of_the_list_is_read_by_both(page: Page, name: str) -> None:
    for value in PREFERENCES[name].values:
        found = read(page, [("vydno", f"{name}={value}", "/")])
        assert found["early"] == {f"data-{name}": value}


def test_a_page_without_a_cookie_is_left_alone(page: Page) -> None:
    assert read(page, []) == {"kept": "", "early": {}, "server": {}, "left": ""}
