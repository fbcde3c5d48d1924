"""The gallery shows each control in each state, as its own files say it, and cannot drift."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from operator import attrgetter
from pathlib import Path
from typing import Any

import httpx
import pytest
import vydno
from playwright.sync_api import Browser
from vydno import PREFERENCES, Preferences, VydnoError, catalogues
from vydno.templating import Macros

from demo.content import LANGUAGES
from demo.gallery import WIDGETS, Gallery, Widget, stills_css, widgets
from demo.gallery_stills import still, stylesheet
from demo.pages import Pages

from .engines import PlaywrightVisitor, open_visitor

PATHS = [f"{folder}/gallery/" for folder in LANGUAGES.values()]
EVERY = widgets()
NAME = attrgetter("name")
each_widget = pytest.mark.parametrize("widget", EVERY, ids=NAME)


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[PlaywrightVisitor]:
    somebody = open_visitor(chromium, viewport={"width": 1280, "height": 900})
    yield somebody
    somebody.context.close()


# What is in it


@pytest.mark.parametrize("path", PATHS)
def test_every_folder_of_a_widget_is_in_the_gallery(site: str, path: str) -> None:
    html = httpx.get(site + path).text
    scripts = (each for each in WIDGETS.glob("*/*.js") if each.stem == each.parent.name)
    assert {widget.name for widget in EVERY} == {*(script.stem for script in scripts), "panel"}
    for widget in EVERY:
        assert f'<h2 id="{widget.name}">' in html
        shown = [e for e in enumerate(widget.examples, 1) if not e[1].refused]
        for place, _ in shown:
            assert html.count(f' id="{widget.element}-{place}"') == 1


@each_widget
def test_every_widget_has_its_own_examples(widget: Widget) -> None:
    assert (WIDGETS / widget.name / "examples.toml").is_file()


@each_widget
def test_hover_focus_language_and_direction_are_shown_of_every_widget(widget: Widget) -> None:
    examples = widget.examples
    assert any(example.hover for example in examples)
    assert any(example.focus for example in examples)
    assert any(example.dir == "rtl" for example in examples)
    assert any(example.lang == "en" for example in examples)
    assert any("200" in example.preferences.values() for example in examples)


def test_every_text_size_is_shown() -> None:
    (widget,) = (widget for widget in EVERY if widget.name == "text_scale")
    shown = {example.preferences.get("text-scale", "100") for example in widget.examples}
    assert shown == set(PREFERENCES["text-scale"].values)


@each_widget
def test_the_html_to_copy_is_what_the_macro_writes(site: str, widget: Widget) -> None:
    html = httpx.get(site + "/gallery/").text
    codes = [unescape(code) for code in re.findall(r"<code>(.*?)</code>", html, re.DOTALL)]
    written = str(getattr(Macros(), widget.name)(Preferences(), lang="uk")).strip()
    assert re.sub(r"\n\s*\n", "\n", written) in codes
    assert f'{{{{ vydno.{widget.name}(preferences, lang="uk") }}}}' in codes


def test_the_still_of_a_panel_holds_stills_alone(site: str) -> None:
    html = httpx.get(site + "/gallery/").text
    panels = re.findall(
        r'<details class="vydno-panel-still" id="panel-\d+".*?</details>', html, re.DOTALL
    )
    assert len(panels) > 5
    for panel in panels:
        found = set(re.findall(r"<([a-z]+-[a-z-]+)", panel))
        assert found == {still(each.element) for each in EVERY if each.name != "panel"}


# What a widget's README says

BASES = {
    "PreferenceElement": WIDGETS / "preference_element.js",
    "ChoiceElement": WIDGETS / "choice_element.js",
}
ASKED = re.compile(r'this\.(?:words|getAttribute)\("([a-z-]+)"')


def read_by(script: Path) -> set[str]:
    """The attributes that an element asks for, and those of the class that it extends."""
    source = script.read_text(encoding="utf-8")
    extended = re.search(r"extends (\w+)", source)
    asked = set(ASKED.findall(source))
    return asked | read_by(BASES[extended[1]]) if extended and extended[1] in BASES else asked


def said(widget: Widget, heading: str) -> list[str]:
    """The first column of a table of the widget's README."""
    readme = (WIDGETS / widget.name / "README.md").read_text(encoding="utf-8")
    table = re.search(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n)+)", readme, re.MULTILINE)
    return re.findall(r"^\| `([^`]+)`", table[1], re.MULTILINE) if table else []


@each_widget
def test_the_arguments_in_a_readme_are_those_of_the_macro(widget: Widget) -> None:
    macro: Any = getattr(Macros(), widget.name)
    assert said(widget, "argument") == list(macro.arguments)


@pytest.mark.parametrize("widget", [each for each in EVERY if each.name != "panel"], ids=NAME)
def test_the_attributes_in_a_readme_are_those_that_the_element_reads(widget: Widget) -> None:
    folder = WIDGETS / widget.name
    script = f"{widget.name}/{widget.name}.js"
    texts = [key for key, entry in catalogues.entries().items() if script in entry.files]
    read = read_by(folder / f"{widget.name}.js") | set(texts) - {widget.element}
    assert len(read) > 4
    assert sorted(said(widget, "attribute")) == sorted(read)


@each_widget
def test_the_html_in_a_readme_is_what_the_macro_writes(widget: Widget) -> None:
    readme = (WIDGETS / widget.name / "README.md").read_text(encoding="utf-8")
    *_, shown = re.findall(r"^```html\n(.*?)\n```$", readme, re.MULTILINE | re.DOTALL)
    written = re.sub(r"\n\s*\n", "\n", str(getattr(Macros(), widget.name)(Preferences()))).strip()
    before, _, after = shown.partition("…")  # of the panel only what is around its controls
    assert written.startswith(before)
    assert written.endswith(after)
    assert after or written == shown


def test_the_events_in_a_readme_are_those_of_the_script() -> None:
    script = (WIDGETS / "preferences.js").read_text(encoding="utf-8")
    sent = sorted(set(re.findall(r'"(preference-change\w*)"', script)))
    assert sent
    for widget in EVERY:
        if widget.name != "panel":
            assert sorted(said(widget, "event")) == sent


# A new folder


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package's folder, from which the macros are read."""
    folder = tmp_path / "vydno"
    shutil.copytree(WIDGETS, folder, ignore=shutil.ignore_patterns("__pycache__", "themes"))
    monkeypatch.setattr(vydno.templating, "_HERE", folder)
    return folder


def sections(package: Path) -> str:
    pages = Pages(version=lambda _: "0", javascript=False)
    shown = Gallery(pages, package).examples["en"]
    return "\n".join(f"{name}: {each.name} {each.still}" for name in shown for each in shown[name])


def add_widget(package: Path) -> Path:
    folder = package / "line_height"
    folder.mkdir()
    macro = "{% macro line_height(preferences, lang='en', id='x') %}<line-height id='{{ id }}'>"
    folder.joinpath("line_height.jinja").write_text(
        f"{macro}<button value='a'>1</button></line-height>{{% endmacro %}}"
    )
    folder.joinpath("line_height.css").write_text(":where(line-height) :hover { color: red }")
    return folder


def test_a_new_folder_appears_by_itself(package: Path) -> None:
    add_widget(package)
    assert "line_height: At rest <line-height-still id='line-height-1'>" in sections(package)
    assert ":where(line-height-still)" in stills_css(package)


def test_a_new_folder_is_shown_as_its_examples_say(package: Path) -> None:
    add_widget(package).joinpath("examples.toml").write_text(
        "[[examples]]\nname = { uk = 'Під курсором', en = 'Hovered' }\nhover = \"value='a'\"\n"
    )
    assert "line_height: Hovered" in sections(package)
    assert "<button value='a' data-state=\"hover\">" in sections(package)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[examples]]\nname = { uk = 'А' }", "line_height/examples.toml: .* no name in en"),
        ("[[examples]]\nname = {uk='А',en='A'}\ncolour = 1", "no example has 'colour'; use name"),
        ("[[examples]]\nname = {uk='А',en='A'}\nfocus = 'z'", "focus names 'z'.* exactly once"),
        ("[[examples", "line_height/examples.toml is no TOML"),
        ("[[examples]]\nname = {uk='А',en='A'}\nrefused = true", "'A' is not refused"),
    ],
)
def test_a_wrong_example_file_is_said_at_start(package: Path, text: str, said: str) -> None:
    add_widget(package).joinpath("examples.toml").write_text(text)
    with pytest.raises(VydnoError, match=said):
        sections(package)


# The stills


@pytest.mark.parametrize(
    ("css", "rewritten"),
    [
        ("a-b{color:red}", "a-b-still{color:red}"),
        ("a-b:hover{}", 'a-b-still:is(:hover,[data-state~="hover"],:has([data-state~="hover"])){}'),
        ("a:focus-visible{}", 'a:is(:focus-visible,[data-state~="focus"]){}'),
        (":root{font-size:2rem}", ".still-root{font-size:calc(2*var(--still-rem))}"),
        ("a-b:defined{}", "a-b-still:not(:defined){}"),
        ("a-b:not(:defined){}", "a-b-still:defined{}"),
        ("x{a-b:1;c:2}", "x{a-b:1;c:2}"),
        ("x{a-b:hover{c:2}}", 'x{a-b-still:is(:hover,[data-state~="hover"],'),
        ("@media(width>2rem){a-b{}}", "@media(width>2rem){a-b-still{}}"),
        ("a::before{width:max(1px,2rem)}", "a::before{width:max(1px,calc(2*var(--still-rem)))}"),
    ],
)
def test_a_rule_of_a_control_becomes_one_of_its_stills(css: str, rewritten: str) -> None:
    assert stylesheet(css, ["a-b"]).startswith(rewritten)


# What is drawn, of a control or of its still.
DRAWN = """
const style = getComputedStyle(element);
const { width, height } = element.getBoundingClientRect();
const { borderColor, boxShadow, outline, fontSize, color, backgroundColor } = style;
return { borderColor, boxShadow, outline, fontSize, color, backgroundColor, width, height };
"""
STILL = "text-scale-still[id='text-scale-{}'] button[value={}]"


def drawn(visitor: PlaywrightVisitor, selector: str) -> Any:
    return visitor.read(f"const element = document.querySelector(`{selector}`); {DRAWN}")


def test_a_still_looks_as_the_real_control_does_in_that_state(
    visitor: PlaywrightVisitor, site: str
) -> None:
    visitor.goto(f"{site}/gallery/")
    real = "#live-text-scale button[value={}]"
    visitor.read("document.querySelector('.live').className = 'still-root'")
    visitor.page.hover(real.format("larger"))
    hovered = drawn(visitor, real.format("larger"))
    assert drawn(visitor, STILL.format(2, "larger")) == hovered
    assert drawn(visitor, STILL.format(1, "larger")) != hovered
    visitor.page.mouse.move(0, 0)
    visitor.page.focus("#live-text-scale button[value=larger]")
    visitor.press("Tab")
    focused = drawn(visitor, real.format("reset"))
    assert drawn(visitor, STILL.format(3, "reset")) == focused


@pytest.mark.parametrize("scale", PREFERENCES["text-scale"].values)
def test_a_still_is_as_large_as_the_control_on_a_page_of_that_size(
    visitor: PlaywrightVisitor, site: str, scale: str
) -> None:
    (widget,) = (widget for widget in EVERY if widget.name == "text_scale")
    sizes = [example.preferences.get("text-scale", "100") for example in widget.examples]
    visitor.goto(f"{site}/gallery/")
    place = sizes.index(scale) + 1
    still_size = drawn(visitor, f"#text-scale-{place} p")["fontSize"]
    visitor.read(f"document.documentElement.dataset.textScale = {scale}")
    assert drawn(visitor, "#text-scale p")["fontSize"] == still_size


def test_what_the_system_decides_is_drawn_as_neither_light_nor_dark(
    visitor: PlaywrightVisitor, site: str
) -> None:
    visitor.goto(f"{site}/gallery/")
    drawing = (
        "getComputedStyle(document.querySelector(`#color-scheme-switch-2 {}`)).backgroundImage"
    )
    swatches = [f"[data-color-scheme={value}]" for value in ("system", "light", "dark")]
    system, *others = [visitor.read(f"return {drawing.format(each)}") for each in swatches]
    assert system.startswith("linear-gradient")
    assert others == ["none", "none"]


def test_a_still_stays_as_it_is_whatever_is_done(visitor: PlaywrightVisitor, site: str) -> None:
    visitor.goto(f"{site}/gallery/")
    before = visitor.read("return document.querySelector('#text-scale-1').outerHTML")
    visitor.click("#text-scale-1 button[value=larger]")
    visitor.click("#live-text-scale button[value=larger]")
    assert visitor.read("return document.querySelector('#text-scale-1').outerHTML") == before
    assert visitor.read("return document.documentElement.dataset.textScale") == "110"
    assert visitor.read("return location.pathname + location.search") == "/gallery/"


# The page


def test_code_is_copied_and_that_is_said(visitor: PlaywrightVisitor, site: str) -> None:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.goto(f"{site}/gallery/")
    visitor.click(".example summary")
    assert visitor.page.text_content(".example .quiet") == "Копіювати"
    visitor.click(".example .quiet")
    visitor.wait("return document.querySelector('.heard').textContent === 'Скопійовано'")
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied == '{{ vydno.text_scale(preferences, lang="uk") }}'


def test_tab_reaches_every_control_in_order(visitor: PlaywrightVisitor, site: str) -> None:
    visitor.goto(f"{site}/gallery/")
    assert walk(visitor) == visitor.read(STOPS)
    assert hidden(visitor) == []


def test_focus_that_is_not_seen_is_found(visitor: PlaywrightVisitor, site: str) -> None:
    visitor.goto(f"{site}/gallery/")
    style = "a.language { outline: none !important }"
    visitor.read(f"document.adoptedStyleSheets.push(new CSSStyleSheet()); {STOPS}")
    visitor.read(f"document.adoptedStyleSheets.at(-1).replaceSync('{style}')")
    walk(visitor)
    assert hidden(visitor) == ["language"]


# Where Tab must stop: in a group of radios at the checked one, or at the first.
STOPS = """
const lead = (radio) => {
  const all = [...radio.form.elements].filter(({ name }) => name === radio.name);
  return all.find(({ checked }) => checked) ?? all[0];
};
const isStop = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0 &&
  (element.type !== "radio" || element === lead(element));
const stop = "a[href], button, input, select, summary, iframe, [tabindex]";
const every = document.querySelectorAll(stop);
window.stops = [...every].filter(isStop);
return stops.map((_, place) => place);
"""


# Beside the place what shows that it is there: an outline on the screen, of a radio
# around its label.
HERE = """
const element = document.activeElement;
const ringed = element.type === "radio" ? element.closest("label") : element;
const { outlineStyle, outlineWidth } = getComputedStyle(ringed);
const { top, bottom } = ringed.getBoundingClientRect();
const isSeen = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2 &&
  bottom > 0 && top < innerHeight;
if (!isSeen && element.localName !== "iframe") unseen.push(element.className || element.outerHTML);
return stops.indexOf(element);
"""


def walk(visitor: PlaywrightVisitor) -> list[int]:
    """Press Tab through the page; the places of what has focus in the order of the document."""
    total = len(visitor.read(STOPS))
    visitor.read("document.activeElement.blur(); window.unseen = []")
    places = []
    for _ in range(total):
        visitor.press("Tab")
        places.append(visitor.read(HERE))
    return places


def hidden(visitor: PlaywrightVisitor) -> list[str]:
    """Where focus was during the last walk without being seen."""
    found: list[str] = visitor.read("return unseen")
    return found


@pytest.mark.parametrize("path", PATHS)
def test_without_a_script_all_of_it_is_there(
    chromium: Browser, site_without_scripts: str, path: str
) -> None:
    visitor = open_visitor(chromium, java_script_enabled=False)
    visitor.goto(site_without_scripts + path)
    assert visitor.page.locator(".example").count() == sum(len(w.examples) for w in EVERY)
    visitor.click("#live-theme-switch input[data-theme=green]")
    visitor.page.wait_for_selector("#live-theme-switch button", state="visible")
    visitor.click("#live-theme-switch button")
    visitor.page.wait_for_url(f"**{path}#live-theme-switch")
    assert visitor.page.locator("html").get_attribute("data-theme") == "green"
    visitor.context.close()
