"""The studio shows every theme, measures it, makes new ones, and refuses what makes no sense."""

from __future__ import annotations

import io
import re
import socket
import zipfile
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import product
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from selenium.webdriver.remote.webdriver import WebDriver
from vydno.themes.certificate import certificate
from vydno.themes.export import FORMATS
from vydno.themes.pairs import ROLES, VARIANTS, pairs
from vydno.themes.seeds import Seed
from vydno.themes.solver import build

from demo.content import LANGUAGES
from demo.studio import Bench
from demo.studio_matrix import matrices, nearest, tried
from demo.studio_state import PAGES, SCALES, THEMES, VISIONS, RefusedError, State

from . import axe
from .browsers import ENGINES
from .demo_pages import NARROW, SCHEMES, WIDE, wear
from .engines import PlaywrightVisitor, SeleniumVisitor, Visitor, open_visitor
from .test_gallery import STOPS, hidden, walk

VIEWS = ("/studio/", "/studio/page/", "/studio/contrast/", "/studio/new/")
FILES = ("/studio/preview/", "/studio/theme/style.css", "/studio/theme/export/my-theme.css")
PATHS = [folder + view for folder in LANGUAGES.values() for view in VIEWS]
NEW = "?start=hue&name=lilac&hue=310&chroma=0.15"
each_view = pytest.mark.parametrize("view", VIEWS)


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[PlaywrightVisitor]:
    somebody = open_visitor(chromium, viewport={"width": WIDE, "height": 900})
    yield somebody
    somebody.context.close()


@pytest.fixture(scope="module")
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site) as client:
        yield client


# What the address says


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?theme=red&scheme=dark&contrast=more",
        "?scale=150&vision=deutan&forced=light",
        "?page=timetable&width=320",
        NEW,
        "?start=brand&name=my-theme&brand=%237a3e9d&theme=my-theme",
        "?role=link&colour=%239ad0ff",
    ],
)
def test_an_address_is_read_and_written_as_the_same(query: str) -> None:
    assert State.from_query(query.removeprefix("?")).query() == query


def test_a_colour_may_stand_without_its_sign_and_a_number_with_a_comma() -> None:
    state = State.from_query("brand=7A3E9D&chroma=0,15")
    assert (state.brand, state.chroma) == ("#7a3e9d", 0.15)


def test_a_field_that_is_empty_or_not_ours_says_nothing() -> None:
    assert State.from_query("theme=&utm_source=mail&hue=") == State()


WRONG = {
    "hue=361": "Відтінок: потрібне число від 0 до 360.",
    "hue=-1": "Відтінок: потрібне число",
    "hue=nan": "Відтінок: потрібне число",
    "hue=1e2": "Відтінок: потрібне число",
    "hue=٣": "Відтінок: потрібне число",
    "chroma=0.5&hue=1": "Насиченість: потрібне число від 0 до 0,4.",
    "width=100": "Ширина, пікселів: потрібне число від 240 до 1600.",
    "brand=red": "Колір бренду: потрібні шість",
    "brand=%23ffff0": "Колір бренду: потрібні шість",
    "name=%3Cscript%3E": "Назва: малі латинські літери",
    "name=blue": "Назва: так уже зветься",
    "name=" + "a" * 41: "Назва: малі латинські літери",
    "theme=violet": "Тема: виберіть одне з: all, blue, green, orange, red.",
    "theme=a%22%3E": "Тема: виберіть одне з:",
    "scheme=sepia": "Тло: виберіть одне з: all, light, dark.",
    "contrast=less": "Контраст: виберіть",
    "scale=1000": "Розмір тексту: виберіть",
    "vision=x": "Сприйняття кольору: виберіть",
    "forced=x": "Примусові кольори: виберіть",
    "page=../../etc/passwd": "Сторінка: виберіть",
    "role=surfaces&colour=000000": "Роль: виберіть одне з: surface,",
    "role=link": "Колір: назвіть і роль, і колір",
    "colour=000000": "Колір: назвіть і роль, і колір",
    "start=x": "З чого: виберіть",
    "hue=%ff": "Адреса: її знаки закодовано неправильно.",
    "hue=" + "1" * 1000: "Адреса: задовга",
    "&".join(f"a{number}=1" for number in range(150)): "Адреса: її знаки",
    "brand=ffee00": "Колір бренду: акцент на",
}


class Text(HTMLParser):
    """The words of a page, and its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.tags.append(tag)


def plain(html: str) -> str:
    return " ".join(Text(html).words.replace("\u00a0", " ").split())


@each_view
@pytest.mark.parametrize(("query", "said"), WRONG.items(), ids=[query[:30] for query in WRONG])
def test_a_wrong_address_gets_a_sentence_and_status_400(
    client: httpx.Client, view: str, query: str, said: str
) -> None:
    response = client.get(f"{view}?{query}")
    assert response.status_code == 400
    assert said in plain(response.text)
    assert "sample" not in response.text.replace("studio-sample", "")
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(("query", "said"), WRONG.items(), ids=[query[:30] for query in WRONG])
def test_a_file_of_a_wrong_address_is_that_sentence(
    client: httpx.Client, path: str, query: str, said: str
) -> None:
    response = client.get(f"{path}?{query}")
    assert (response.status_code, response.headers["content-type"]) == (
        400,
        "text/plain; charset=utf-8",
    )
    assert response.text.replace("\u00a0", " ").startswith(said)


def test_several_mistakes_are_all_said_in_the_language_of_the_page(client: httpx.Client) -> None:
    said = plain(client.get("/en/studio/?hue=999&scheme=sepia").text)
    assert "Hue: give a number from 0 to 360." in said
    assert "Background: choose one of: all, light, dark." in said


def test_a_file_that_there_is_not_is_said(client: httpx.Client) -> None:
    response = client.get("/en/studio/theme/export/passwd")
    assert response.status_code == 400
    assert response.text.startswith("Format: choose one of: blue.css, ")


fields = st.sampled_from([*State.__dataclass_fields__, "x"])
hostile = st.text(max_size=30) | st.sampled_from(
    ["<script>alert(1)</script>", "'\"><img src=x>", "all", "light", "{{ 7 * 7 }}", "{nearest}"]
)


@settings(max_examples=150)
@given(
    view=st.sampled_from([*VIEWS, *FILES]), pairs=st.lists(st.tuples(fields, hostile), max_size=5)
)
@example(view="/studio/", pairs=[("name", "<script>alert(1)</script>"), ("hue", "10")])
@example(view="/studio/new/", pairs=[("start", "hue"), ("name", "a\r\nSet-Cookie: b")])
def test_whatever_the_address_says_nothing_of_it_becomes_markup(
    client: httpx.Client, view: str, pairs: list[tuple[str, str]]
) -> None:
    query = urlencode(pairs, errors="replace")
    response = client.get(f"{view}?{query}")
    assert response.status_code in (200, 400)
    if response.headers["content-type"].startswith("text/html"):
        assert Text(response.text).tags.count("script") <= 2
        assert "alert" not in response.text
        assert "49" not in re.findall(r"<h1>(.*?)</h1>", response.text)
    if response.status_code == 400:
        assert "sample" not in response.text


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_any_query_is_read_or_refused(query: str) -> None:
    try:
        state = State.from_query(query)
    except RefusedError:
        return
    assert State.from_query(state.query().removeprefix("?")) == state


def test_bytes_that_are_no_query_break_nothing(site: str) -> None:
    host, _, port = site.removeprefix("http://").partition(":")
    for path in ("/", "/gallery/", *VIEWS, *FILES):
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(b"GET %s?hue=\xff HTTP/1.0\r\n\r\n" % path.encode())
            assert connection.recv(12)[-3:] in (b"200", b"400")


def test_the_way_back_from_a_control_is_what_the_studio_understood(client: httpx.Client) -> None:
    back = 'name="return-to" value="/studio/?theme=red"'
    assert client.get("/studio/?theme=red&scheme=all&x=%3Cb%3E").text.count(back) == 2


# A new theme


@settings(max_examples=50)
@given(hue=st.integers(0, 360), chroma=st.integers(0, 300))
def test_any_hue_and_chroma_make_a_theme_that_is_proven(hue: int, chroma: int) -> None:
    bench = Bench.of(State.from_query(f"hue={hue}&chroma={chroma / 1000}"))
    assert bench.new is not None
    assert all(
        pair.passes
        for variant, palette in bench.new.variants.items()
        for pair in pairs("my-theme", variant, palette)
    )


def test_a_new_theme_stands_first_in_every_view(client: httpx.Client) -> None:
    html = client.get(f"/studio/{NEW}").text
    assert html.index('data-theme="lilac"') < html.index('class="sample" data-theme="blue"')
    assert re.search(r"<option value=\"lilac\">lilac", html)
    for view in VIEWS:
        assert f'href="{view}{NEW.replace("&", "&amp;")}"' in html


def test_its_style_sheet_is_that_of_all_themes(client: httpx.Client) -> None:
    response = client.get(f"/studio/theme/style.css{NEW}")
    accent = build(Seed("lilac", 310, 0.15)).variants["light"]["accent"]
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert "[data-theme=lilac]" in response.text
    assert accent in response.text
    assert "[data-theme=red]" in response.text


def test_a_brand_colour_that_cannot_be_is_answered_with_one_that_can(client: httpx.Client) -> None:
    page = client.get("/en/studio/new/?start=brand&brand=ffee00")
    offered = re.search(r'class="nearest" href="([^"]+)"', page.text)
    assert page.status_code == 400
    assert offered is not None
    assert client.get(offered[1].replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("form", FORMATS)
def test_a_theme_is_exported_in_each_format(client: httpx.Client, form: str) -> None:
    html = client.get(f"/en/studio/new/{NEW}").text
    (link,) = re.findall(rf'href="(/en/studio/theme/export/lilac[.-]{form}[^"]*)"', html)
    response = client.get(link.replace("&amp;", "&"))
    theme = Bench.of(State.from_query(NEW[1:])).themes["lilac"]
    files = FORMATS[form]({"lilac": theme})
    assert response.headers["content-disposition"].startswith('attachment; filename="lilac')
    if len(files) == 1:
        assert response.text in files.values()
    else:
        archive = zipfile.ZipFile(io.BytesIO(response.content))
        assert {name: archive.read(name).decode() for name in archive.namelist()} == files


def test_the_view_of_a_new_theme_is_about_it_whatever_theme_is_worn_elsewhere(
    client: httpx.Client,
) -> None:
    worn = client.get(f"/en/studio/new/{NEW}&theme=red").text
    assert "download>lilac.css</a>" in worn
    assert "download>red.css" not in worn
    lead = r"<p id=\"said\".*?</p>"
    assert re.findall(lead, worn) == re.findall(lead, client.get(f"/en/studio/new/{NEW}").text)
    assert "download>red.css</a>" in client.get("/en/studio/new/?theme=red").text


# The matrix


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("theme", THEMES)
def test_the_matrix_holds_what_the_certificate_holds(theme: str, variant: str) -> None:
    data = certificate()
    palette = data["colours"][theme][variant]
    shown = [pair for matrix in matrices(theme, variant, palette) for pair in matrix.found]
    listed = [p for p in data["pairs"] if (p["theme"], p["variant"]) == (theme, variant)]
    keys = ("foreground", "surface", "ratio")
    assert {tuple(pair.as_data()[key] for key in keys) for pair in shown} == {
        tuple(pair[key] for key in keys) for pair in listed
    }


def test_the_rows_nearest_to_their_limit_come_first() -> None:
    for matrix in matrices("red", "dark", build(Seed("red", 18, 0.2)).variants["dark"]):
        margins = [row.closest.margin for row in matrix.rows]
        assert margins == sorted(margins)


@settings(max_examples=40)
@given(
    role=st.sampled_from([role for role in ROLES if role != "focus-gap"]),
    colour=st.integers(0, 0xFFFFFF).map("#{:06x}".format),
)
def test_the_nearest_colour_passes_and_what_passes_is_its_own_nearest(
    role: str, colour: str
) -> None:
    palette = tried(build(Seed("x", 200, 0.1)).variants["light"], role, colour)
    found = nearest(role, "light", palette)
    if found:
        changed = tried(palette, role, found)
        mine = [p for p in pairs("", "light", changed) if role in (p.foreground, p.surface)]
        assert all(pair.passes for pair in mine)
        assert nearest(role, "light", changed) == found


def failed(html: str) -> int:
    (count,) = re.findall(r"below their limit: (\d+)\.", plain(html))
    return int(count)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("border", "focus-gap")])
def test_for_a_colour_that_fails_in_any_role_the_nearest_that_passes_is_an_address(
    client: httpx.Client, role: str
) -> None:
    query = f"?theme=red&contrast=more&role={role}&colour=%23808080"
    html = client.get(f"/en/studio/contrast/{query}").text
    assert failed(html) > 0
    every = {unescape(link) for link in re.findall(r'href="(/en/[^"]*&amp;role=[^"]*)"', html)}
    (offered,) = {link for link in every if "contrast/" in link and not link.endswith(query)}
    assert failed(client.get(offered).text) == 0


def test_a_colour_of_another_role_that_fails_is_shown_and_not_led_to(client: httpx.Client) -> None:
    html = client.get("/en/studio/contrast/?role=surface-tint&colour=888888").text
    said = plain(html)
    assert said.count("The nearest that passes:") > 5
    assert "Lightness alone will not help." in said
    assert "role=link" not in html


# In the browser

SURFACES = """
return [...document.querySelectorAll(".sample")].map((each) =>
  [each.dataset.theme, getComputedStyle(each).backgroundColor]);
"""


def rgb(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgb({red}, {green}, {blue})"


def test_each_sample_wears_its_own_theme_and_variant(visitor: PlaywrightVisitor, site: str) -> None:
    visitor.page.emulate_media(color_scheme="dark", contrast="more")
    visitor.goto(f"{site}/studio/{NEW}")
    themes = Bench.of(State.from_query(NEW[1:])).themes
    wanted = [
        [name, rgb(theme.variants[variant]["surface"])]
        for variant in VARIANTS
        for name, theme in themes.items()
    ]
    assert visitor.read(SURFACES) == wanted


CHOOSE = """
const field = document.querySelector("#{}");
field.focus();
field.value = "{}";
field.dispatchEvent(new Event("input", {{ bubbles: true }}));
"""


@pytest.mark.browser
@pytest.mark.parametrize("engine", ENGINES)
def test_a_change_shows_at_once_and_in_the_address(
    request: pytest.FixtureRequest, engine: str, site: str
) -> None:
    browser = request.getfixturevalue(engine)
    visitor: Visitor = (
        SeleniumVisitor(browser) if isinstance(browser, WebDriver) else open_visitor(browser)
    )
    visitor.goto(f"{site}/studio/")
    visitor.read(CHOOSE.format("vision", "deutan"))
    visitor.wait("return location.search === '?vision=deutan'")
    visitor.wait("return document.querySelector('.stage').matches('.seen-deutan')")
    assert visitor.read("return document.activeElement.id") == "vision"
    visitor.read(CHOOSE.format("theme", "red"))
    visitor.wait("return location.search === '?theme=red&vision=deutan'")
    assert visitor.read("return document.querySelectorAll('.sample').length") == 4
    href = visitor.read("return document.querySelector('a.language').getAttribute('href')")
    assert href == "/en/studio/?theme=red&vision=deutan"


def test_a_new_theme_is_previewed_while_its_hue_is_chosen(
    visitor: PlaywrightVisitor, site: str
) -> None:
    visitor.goto(f"{site}/studio/new/")
    visitor.page.focus("#hue")
    visitor.press("ArrowLeft")
    visitor.wait("return location.search.includes('hue=309')")
    surface = rgb(build(Seed("my-theme", 309, 0.15)).variants["light"]["surface"])
    visitor.wait(
        f"const found = document.querySelector('.sample'); "
        f"return found.dataset.theme === 'my-theme' && "
        f"getComputedStyle(found).backgroundColor === '{surface}'"
    )
    assert visitor.read("return document.querySelector('[for=hue] ~ output').textContent") == "309"
    assert visitor.read("return document.activeElement.id") == "hue"


def test_the_frame_shows_the_page_as_it_is_worn(visitor: PlaywrightVisitor, site: str) -> None:
    query = "?page=timetable&theme=green&scheme=dark&contrast=more&scale=150&width=400"
    visitor.goto(f"{site}/studio/page/{query}")
    frame = visitor.page.frames[1]
    worn = frame.evaluate("({ ...document.documentElement.dataset })")
    assert worn == {
        "theme": "green", "colorScheme": "dark", "contrast": "more", "textScale": "150"
    }  # fmt: skip
    assert frame.evaluate("innerWidth") == 400
    frame.click("nav a >> nth=0")
    frame.wait_for_url(lambda url: "theme=green" in url and "page=" not in url)
    assert visitor.read("return document.querySelector('main') !== null")


@pytest.mark.parametrize("page", PAGES)
def test_what_is_framed_has_no_script_and_sends_no_form(client: httpx.Client, page: str) -> None:
    response = client.get(f"/studio/preview/?page={quote(page)}")
    policy = response.headers["content-security-policy"]
    assert "<script" not in response.text
    for said in ("script-src 'none'", "form-action 'none'", "frame-ancestors 'self'"):
        assert said in policy
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]


@pytest.mark.parametrize("vision", [vision for vision in VISIONS if vision != "normal"])
def test_a_deficiency_is_simulated_in_linear_light(
    visitor: PlaywrightVisitor, site: str, vision: str
) -> None:
    visitor.goto(f"{site}/studio/?vision={vision}&theme=red&scheme=light&contrast=normal")
    band = visitor.page.locator(".sample-band")
    box = band.bounding_box()
    assert box is not None
    clip = {"x": box["x"] + box["width"] - 6, "y": box["y"] + 6, "width": 1, "height": 1}
    shot = visitor.page.screenshot(clip=clip)  # type: ignore[arg-type]
    matrix = visitor.read(
        f"return document.querySelector('#{vision} feColorMatrix').getAttribute('values')"
    )
    accent = certificate()["colours"]["red"]["light"]["accent"]
    assert pixel(shot) == pytest.approx(simulated(accent, matrix), abs=2)


def pixel(png: bytes) -> tuple[int, int, int]:
    from PIL import Image

    found = Image.open(io.BytesIO(png)).convert("RGB").getpixel((0, 0))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def simulated(colour: str, values: str) -> list[float]:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (byte / 255 for byte in bytes.fromhex(colour[1:]))
    ]
    numbers = [float(value) for value in values.split()]
    rows = [numbers[start : start + 3] for start in (0, 5, 10)]
    seen = [min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in rows]
    return [255 * (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055) for c in seen]


def test_a_simulation_is_marked_as_such(client: httpx.Client) -> None:
    for query in ("?vision=tritan", "?forced=dark"):
        assert "A simulation:" in plain(client.get(f"/en/studio/{query}").text)
    assert "A simulation:" not in plain(client.get("/en/studio/").text)


@pytest.mark.parametrize("path", PATHS[:4])
def test_tab_reaches_every_control_in_order(
    visitor: PlaywrightVisitor, site: str, path: str
) -> None:
    visitor.goto(site + path)
    if "page" in path:  # what is in the frame has its own order
        visitor.read("document.querySelector('iframe').tabIndex = -1")
        visitor.read("document.querySelector('iframe').inert = true")
    assert walk(visitor) == visitor.read(STOPS)
    assert hidden(visitor) == []


def test_tab_leads_into_the_frame_and_out_of_it(visitor: PlaywrightVisitor, site: str) -> None:
    visitor.goto(f"{site}/studio/page/")
    inside = visitor.page.frames[1].evaluate(f"() => {{ {STOPS} }}")
    visitor.page.focus(".scroll")
    for _ in range(len(inside)):
        visitor.press("Tab")
        assert visitor.read("return document.activeElement.localName") == "iframe"
    visitor.press("Tab")
    after = visitor.read("return document.activeElement.getAttribute('href')")
    assert after.startswith("/studio/preview/")
    visitor.press("Shift+Tab")
    assert visitor.read("return document.activeElement.localName") == "iframe"


VARIETY = [
    f"/studio/{NEW}&scale=200",
    "/en/studio/?vision=protan&forced=dark",
    "/studio/page/?page=street_light&theme=red&scheme=dark&width=1024",
    "/en/studio/contrast/?role=link&colour=%23005cb1",
    f"/studio/new/{NEW}",
    "/studio/new/?brand=ffee00",
]


@pytest.mark.parametrize("address", VARIETY)
def test_axe_finds_nothing_whatever_is_shown(
    visitor: PlaywrightVisitor, site: str, address: str
) -> None:
    visitor.goto(site + address)
    axe.inject(visitor.page)
    found = []
    # Every colour of the views at rest is seen in test_demo_audit.py.
    colours = product((None, "more"), SCHEMES)
    for width, (more, scheme), theme in zip((WIDE, NARROW) * 2, colours, THEMES, strict=True):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        visitor.page.emulate_media(color_scheme=scheme)
        wear(visitor, {"data-theme": theme, "data-contrast": more})
        name = f"{address} {theme} {scheme} {more} {width}"
        found += [f"{name}: {finding}" for finding in axe.run(visitor.page)]
    assert found == []


@pytest.mark.parametrize("scale", SCALES)
def test_a_sample_at_any_size_keeps_its_text(
    visitor: PlaywrightVisitor, site: str, scale: str
) -> None:
    visitor.goto(f"{site}/studio/?scale={scale}&theme=blue")
    size = visitor.read("return getComputedStyle(document.querySelector('.sample')).fontSize")
    assert size == f"{16 * int(scale) / 100:g}px"
    overflow = "({ scrollWidth, clientWidth }) => scrollWidth > clientWidth"
    assert not visitor.read(f"return [...document.querySelectorAll('.sample')].some({overflow})")


def test_without_a_script_every_view_works_by_its_form(
    chromium: Browser, site_without_scripts: str
) -> None:
    visitor = open_visitor(chromium, java_script_enabled=False)
    page = visitor.page
    visitor.goto(f"{site_without_scripts}/studio/new/")
    page.fill("#name", "sky")
    page.fill("#hue", "230")
    page.click(".show")
    page.wait_for_url("**/studio/new/?name=sky&start=hue&hue=230**")
    assert page.locator(".sample[data-theme=sky]").count() == 4
    page.click("#views a >> nth=2")
    page.wait_for_url("**/studio/contrast/?start=hue&name=sky**")
    page.select_option("#role", "link")
    page.fill("#colour", "#cccccc")
    page.click(".show")
    page.wait_for_url("**colour=%23cccccc**")
    assert page.locator(".fails").count() == 1
    assert page.input_value("#theme") == "sky"
    visitor.context.close()
