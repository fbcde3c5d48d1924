"""What every door gives: the page, the form, the files, whichever framework is behind it."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from jinja2 import Environment
from vydno import Preferences, web
from vydno.static import manifest, static_dir
from vydno.templating import install
from vydno.web.form import MAX_BODY

from .doors import DJANGO, DOORS, FORM, HOST, application, send, visit

README = Path(web.__file__).with_name("README.md").read_text(encoding="utf-8")
ENDPOINT = "/vydno/preferences"
OWN = {"sec-fetch-site": "same-origin"}
RED = {"cookie": "vydno=theme=red&text-scale=125"}
# The helper for Jinja2 is told its addresses by the site, once.
KNOW_THEIR_PREFIX = [door for door in DOORS if door != "jinja"]

each_door = pytest.mark.parametrize("door", DOORS)


def post(door: str, body: str, **more: object) -> httpx.Response:
    headers = {**FORM, **OWN, **more.pop("headers", {})}  # type: ignore[dict-item]
    return visit(door, "POST", ENDPOINT, content=body, headers=headers, **more)


def addresses(page: httpx.Response) -> list[str]:
    return re.findall(r'(?:src|href|action)="([^"]+)"', page.text)


# The page


@each_door
def test_the_page_wears_what_its_visitor_chose(door: str) -> None:
    page = visit(door, "GET", "/", headers=RED)
    assert page.headers["content-type"].replace(" ", "").lower() == "text/html;charset=utf-8"
    assert '<html lang="uk" data-text-scale="125" data-theme="red">' in page.text
    assert "Розмір тексту 125%" in page.text


@each_door
def test_the_page_varies_by_the_cookie_and_sets_none(door: str) -> None:
    page = visit(door, "GET", "/")
    assert page.headers.get_list("vary", split_commas=True) == ["Cookie"]
    assert "set-cookie" not in page.headers


@each_door
def test_what_is_not_there_is_left_to_the_application(door: str) -> None:
    if door in ("wsgi", "jinja"):  # their one page answers everywhere
        assert visit(door, "GET", "/vydno/other").status_code == 200
    else:
        assert visit(door, "GET", "/vydno/other").status_code == 404


# The form


@each_door
def test_a_choice_is_stored_and_leads_back_with_query_and_fragment(door: str) -> None:
    answer = post(door, "text-scale=larger&return-to=%2Fnews%3Fpage%3D2%23top", headers=RED)
    assert (answer.status_code, answer.headers["location"]) == (303, "/news?page=2#top")
    assert answer.headers["set-cookie"] == (
        "vydno=text-scale=150&theme=red; Path=/; Max-Age=31536000; SameSite=Lax"
    )
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == b""


@each_door
def test_without_a_return_address_the_referer_leads_back(door: str) -> None:
    answer = post(door, "theme=red", headers={"referer": f"{HOST}/news?page=2"})
    assert answer.headers["location"] == "/news?page=2"


@each_door
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "", "origin": "https://evil.example"},
        {"sec-fetch-site": "", "referer": "https://evil.example/"},
        {
            "sec-fetch-site": "",
            "origin": "https://evil.example",
            "x-forwarded-host": "evil.example",
        },
    ],
)
def test_a_form_of_another_site_is_refused(door: str, headers: dict[str, str]) -> None:
    answer = post(door, "theme=red", headers=headers)
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


@each_door
def test_a_form_is_known_by_its_origin_too(door: str) -> None:
    assert (
        post(door, "theme=red", headers={"sec-fetch-site": "", "origin": HOST}).status_code == 303
    )


@each_door
def test_what_is_no_form_is_told_so(door: str) -> None:
    assert visit(door, "GET", ENDPOINT).headers["allow"] == "POST"
    assert visit(door, "DELETE", ENDPOINT).status_code == 405
    assert post(door, "{}", headers={"content-type": "application/json"}).status_code == 415
    assert post(door, "x" * (MAX_BODY + 1)).status_code == 413


# The files


@each_door
def test_a_file_goes_out_for_good_under_its_version(door: str) -> None:
    version = manifest()["vydno.js"]["version"]
    answer = visit(door, "GET", f"/vydno/static/vydno.js?v={version}")
    assert answer.content == (static_dir() / "vydno.js").read_bytes()
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


@each_door
def test_a_file_that_the_client_has_is_not_sent_again(door: str) -> None:
    tag = visit(door, "GET", "/vydno/static/vydno.css").headers["etag"]
    again = visit(door, "GET", "/vydno/static/vydno.css", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@each_door
def test_head_gets_the_length_that_get_has(door: str) -> None:
    plain = {"accept-encoding": "identity"}
    head, get = (
        visit(door, method, "/vydno/static/vydno.css", headers=plain) for method in ("HEAD", "GET")
    )
    assert head.headers["content-length"] == get.headers["content-length"] == str(len(get.content))


@each_door
@pytest.mark.parametrize("name", ["missing.js", "%2e%2e/flask.py", "..%5cflask.py", "%00"])
def test_what_is_not_a_file_is_not_found(door: str, name: str) -> None:
    assert visit(door, "GET", f"/vydno/static/{name}").status_code == 404


# Below a path prefix


@pytest.mark.parametrize("door", KNOW_THEIR_PREFIX)
def test_below_a_prefix_every_address_of_the_page_answers(door: str) -> None:
    page = visit(door, "GET", "/", prefix="/city")
    # What lies at STATIC_URL is its server's to answer, and the same for all of Django's files.
    found = [one for one in addresses(page) if not one.startswith("/static/vydno/")]
    assert len(found) == (2 if door in DJANGO else 5)
    for address in found:
        assert address.startswith("/city/")
        path = address.removeprefix("/city").partition("#")[0]
        assert visit(door, "GET", path, prefix="/city").status_code in (200, 405)


@each_door
def test_below_a_prefix_the_way_back_falls_back_to_its_root(door: str) -> None:
    assert post(door, "theme=red", prefix="/city").headers["location"] == "/city/"


def test_where_no_request_is_known_the_prefix_is_named() -> None:
    templates = Environment(autoescape=True)
    files, action = "/city/vydno/static/", "/city/vydno/preferences"
    install(templates, asset_base=files, action=action)
    assert f'asset_base="{files}"' in README
    assert f'action="{action}"' in README
    page = templates.from_string(
        "{{ vydno.head() }}{{ vydno.text_scale(preferences) }}{{ vydno.theme_switch(preferences) }}"
    ).render(preferences=Preferences())
    addresses = re.findall(r' (?:src|href|action)="([^"]+)"', page)
    assert len(addresses) == 5
    app = application("jinja")
    for address in addresses:
        path = address.partition("#")[0].removeprefix("/city")
        assert path != address.partition("#")[0]
        answer = send(app, "GET", path, prefix="/city")
        assert answer.status_code == (405 if "preferences" in path else 200)
