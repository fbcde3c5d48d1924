"""vydno.templating: what the macros render, whoever is given it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import Environment, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup
from playwright.sync_api import Browser
from vydno import PREFERENCES, Preferences, VydnoError, templating
from vydno.static import manifest, static_dir
from vydno.strings import CATALOGUES, text
from vydno.templating import Macros

PACKAGE = Path(templating.__file__).parent
NOBODY = Preferences()
EVERYBODY = [NOBODY] + [
    Preferences({name: value}) for name, one in PREFERENCES.items() for value in one.values
]
HOSTILE = "\"'><script>alert(1)</script>&amp;{{ 7 * 7 }}</form></fieldset>\r\n{}"

vydno = Macros()


def macro(name: str) -> Macro:
    found: Macro = getattr(vydno, name)
    return found


# A file whose name begins with "_" is for other templates.
MACROS = sorted(
    name
    for path in PACKAGE.glob("**/[!_]*.jinja")
    for name in re.findall(r"{% macro (\w+)\(", path.read_text(encoding="utf-8"))
)
DRAWN = [name for name in MACROS if {"preferences", "lang"} <= set(macro(name).arguments)]
CHOICES = [name for name in DRAWN if "values" in macro(name).arguments]
CONTROLS = [*CHOICES, "text_scale"]

each_drawn = pytest.mark.parametrize("name", DRAWN)
each_control = pytest.mark.parametrize("name", CONTROLS)
each_choice = pytest.mark.parametrize("name", CHOICES)
each_language = pytest.mark.parametrize("lang", CATALOGUES)
# By hand, from right to left, and with percent before the number.
some_languages = pytest.mark.parametrize("lang", ["en", "uk", "ar", "tr"])


def parse(markup: str, *, head: str = "", html: str = "") -> Element:
    """The tree of a page around the markup. A parse error of HTML, any at all, is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(
        f"<!doctype html><html{html}><head><title>Test</title>{head}</head>"
        f"<body>{markup}</body></html>"
    )
    return tree


def draw(name: str, preferences: Preferences = NOBODY, **arguments: Any) -> Element:
    """The body of a page with what a macro draws."""
    body = parse(macro(name)(preferences, **arguments)).find("body")
    assert body is not None
    return body


def preference_of(name: str) -> str:
    """``color_scheme_switch`` shows ``color-scheme``."""
    return name.removesuffix("_switch").replace("_", "-")


def tags(tree: Element) -> list[str]:
    return [element.tag for element in tree.iter()]


def said(tree: Element) -> Iterator[str]:
    """All that a page says: texts and the values of attributes."""
    for element in tree.iter():
        yield from filter(None, [element.text, element.tail, *element.attrib.values()])


def the(tree: Element, path: str) -> Element:
    (found,) = tree.findall(f".//{path}")
    return found


# Every macro


def test_every_macro_of_the_package_is_there_and_no_helper() -> None:
    with pytest.raises(AttributeError) as error:
        vydno.nothing  # noqa: B018
    listed = str(error.value).partition("there are ")[2].rstrip(".").split(", ")
    assert sorted(listed) == MACROS


def test_the_macros_can_be_copied_as_frameworks_copy_what_templates_get() -> None:
    assert copy(vydno).html_attributes(NOBODY) == ""


@some_languages
@each_drawn
def test_a_macro_renders_valid_html_for_every_value(name: str, lang: str) -> None:
    for preferences in EVERYBODY:
        tree = draw(name, preferences, lang=lang, return_to="/новини?page=2")
        ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids)) > 0


@each_language
@each_drawn
def test_a_macro_speaks_the_language_that_it_is_given(name: str, lang: str) -> None:
    said_here = {one.strip() for one in said(draw(name, lang=lang))}
    others = {one for tag, texts in CATALOGUES.items() if tag != lang for one in texts.values()}
    assert said_here & set(CATALOGUES[lang].values())
    assert said_here & (others - set(CATALOGUES[lang].values())) == set()


@each_drawn
def test_an_unknown_language_is_refused_with_those_that_there_are(name: str) -> None:
    sentence = r"^There is no language 'tlh'; there are ar, be, .+, zh-Hant\. To fall back"
    with pytest.raises(VydnoError, match=sentence):
        macro(name)(NOBODY, lang="tlh")
    with pytest.raises(VydnoError, match=sentence):
        Macros(lang="tlh")
    with pytest.raises(VydnoError, match=sentence):
        vydno.head(lang="tlh")


def test_a_control_whose_texts_are_all_given_speaks_any_language() -> None:
    given: dict[str, Any] = {
        key: key for key in ("label", "larger", "reset", "smaller", "size", "largest")
    }
    tree = draw("text_scale", lang="tlh", smallest="smallest", **given)
    assert the(tree, "text-scale").attrib["lang"] == "tlh"


@each_drawn
def test_the_markup_of_a_language_from_right_to_left_says_so(name: str) -> None:
    assert {e.attrib.get("dir") for e in draw(name, lang="he").iter() if "lang" in e.attrib} == {
        "rtl"
    }
    assert not [e for e in draw(name, lang="uk").iter() if "dir" in e.attrib]


def test_what_the_script_will_say_comes_with_the_markup() -> None:
    uk = the(draw("text_scale", lang="uk-UA"), "text-scale").attrib
    assert (uk["size"], uk["largest"], uk["smallest"]) == (
        "Розмір тексту {}%",
        "Розмір тексту {}%, найбільший",
        "Розмір тексту {}%, найменший",
    )
    english = the(draw("text_scale", lang="en-GB"), "text-scale").attrib
    assert not {"size", "largest", "smallest"} & set(english)


def test_the_head_asks_for_the_script_of_a_language_that_scripts_will_draw() -> None:
    def scripts(**arguments: Any) -> list[tuple[str, bool]]:
        head = parse("", head=vydno.head(**arguments)).iter("script")
        return [
            (
                one.attrib["src"].removeprefix("/vydno/static/").partition("?")[0],
                "defer" in one.attrib,
            )
            for one in head
        ]

    core = ("vydno.js", False)
    assert scripts() == scripts(lang="en-GB") == [core]
    assert scripts(lang="uk-UA") == [("lang/uk.js", True), core]
    assert scripts(lang="zh-TW") == [("lang/zh-Hant.js", True), core]
    assert scripts(lang="uk", script=False) == []
    # The script of what is fixed speaks while the page is still read.
    assert scripts(lang="uk", fixed=True) == [
        ("lang/uk.js", False),
        ("vydno-fixed.js", False),
        core,
    ]
    head = vydno.head(lang="uk")
    assert str(manifest()["lang/uk.js"]["integrity"]) in head


@each_drawn
def test_the_language_of_the_macros_is_that_of_the_site_unless_given(name: str) -> None:
    site = Macros(lang="uk")
    assert getattr(site, name)(NOBODY) == macro(name)(NOBODY, lang="uk")


@each_drawn
def test_what_a_macro_renders_is_markup_in_a_strict_template(name: str) -> None:
    site = Environment(autoescape=True, undefined=StrictUndefined)
    template = site.from_string(f"{{{{ vydno.{name}(preferences) }}}}")
    rendered = template.render(vydno=vydno, preferences=NOBODY)
    assert rendered == macro(name)(NOBODY)
    assert isinstance(macro(name)(NOBODY), Markup)


@pytest.mark.parametrize("name", MACROS)
def test_an_unknown_argument_is_a_type_error(name: str) -> None:
    arguments = [NOBODY] if "preferences" in macro(name).arguments else []
    with pytest.raises(TypeError, match="colour"):
        macro(name)(*arguments, colour="red")


@each_drawn
def test_the_preferences_must_be_given(name: str) -> None:
    with pytest.raises(Exception, match="preferences"):
        macro(name)()


# Nothing of a text becomes markup


def texts_of(name: str) -> list[str]:
    """The arguments that take any text."""
    structural = {"preferences", "lang", "order", "values", "default", "names", "open"}
    return [argument for argument in macro(name).arguments if argument not in structural]


@pytest.mark.parametrize(
    ("name", "argument"), [(name, argument) for name in DRAWN for argument in texts_of(name)]
)
def test_a_hostile_text_stays_text(name: str, argument: str) -> None:
    for preferences in (
        NOBODY,
        Preferences({"text-scale": "90"}),
        Preferences({"text-scale": "200"}),
    ):
        harmless = draw(name, preferences, **{"return_to": "/", argument: "harmless"})
        hostile = draw(name, preferences, **{"return_to": "/", argument: HOSTILE})
        assert tags(hostile) == tags(harmless)
        assert [sorted(one.attrib) for one in hostile.iter()] == [
            sorted(one.attrib) for one in harmless.iter()
        ]


@each_choice
def test_a_hostile_name_of_a_value_stays_text(name: str) -> None:
    value = PREFERENCES[preference_of(name)].values[0]
    hostile = draw(name, names={value: HOSTILE})
    assert tags(hostile) == tags(draw(name))
    # A parser makes one line break of two.
    assert HOSTILE.replace("\r\n", "\n") in said(hostile)


@each_drawn
def test_the_way_back_arrives_as_it_was_given(name: str) -> None:
    fields = draw(name, return_to=HOSTILE).findall(".//input[@name='return-to']")
    assert {field.attrib["value"] for field in fields} == {HOSTILE.replace("\r\n", "\n")}


@pytest.mark.parametrize("asset_base", [f'/"><script>{HOSTILE}/', "/ onerror=alert(1) /"])
def test_a_hostile_address_of_the_files_stays_one_attribute(asset_base: str) -> None:
    harmless = parse("", head=vydno.head(early=True))
    hostile = parse("", head=Macros(asset_base=asset_base).head(early=True))
    assert tags(hostile) == tags(harmless)
    assert [sorted(one.attrib) for one in hostile.iter()] == [
        sorted(one.attrib) for one in harmless.iter()
    ]


# A+ A A−


def disabled(preferences: Preferences) -> dict[str, str]:
    buttons = draw("text_scale", preferences).iter("button")
    return {button.attrib["value"]: button.attrib["aria-disabled"] for button in buttons}


@pytest.mark.parametrize("value", PREFERENCES["text-scale"].values)
def test_the_button_of_the_end_that_is_reached_is_disabled_and_no_other(value: str) -> None:
    ends = {"larger": "200", "smaller": "90", "reset": None}
    found = disabled(Preferences({"text-scale": value}))
    assert found == {name: "true" if end == value else "false" for name, end in ends.items()}


def test_no_button_is_disabled_natively() -> None:
    for preferences in EVERYBODY:
        assert draw("text_scale", preferences).findall(".//*[@disabled]") == []


@some_languages
@pytest.mark.parametrize(
    ("value", "phrase"), [("90", "smallest"), ("100", "size"), ("125", "size"), ("200", "largest")]
)
def test_the_status_is_a_whole_phrase(value: str, phrase: str, lang: str) -> None:
    tree = draw("text_scale", Preferences({"text-scale": value}), lang=lang)
    assert the(tree, "p[1]").text == text(lang, phrase).replace("{}", value)
    assert the(tree, "p[@aria-live='polite']").text is None


def test_a_phrase_of_the_page_is_said_and_handed_to_the_element() -> None:
    tree = draw("text_scale", size="{} of a hundred")
    assert the(tree, "p[1]").text == "100 of a hundred"
    assert the(tree, "text-scale").attrib["size"] == "{} of a hundred"


def test_the_order_of_the_buttons_is_the_page_s() -> None:
    found = [
        button.text for button in draw("text_scale", order="smaller reset larger").iter("button")
    ]
    assert found == ["A−", "A", "A+"]


@pytest.mark.parametrize("order", ["larger wider", "larger larger", "A+", ["smaller", ""], "", []])
def test_a_wrong_order_is_an_error_that_lists_the_words(order: Any) -> None:
    with pytest.raises(VydnoError, match=r"order is .* use words of 'larger reset smaller'"):
        vydno.text_scale(NOBODY, order=order)


# Radios


def radios(tree: Element) -> list[dict[str, str]]:
    return [dict(one.attrib) for one in tree.iter("input") if one.attrib["type"] == "radio"]


@each_choice
def test_the_radio_of_what_holds_is_checked_and_no_other(name: str) -> None:
    preference = PREFERENCES[preference_of(name)]
    for value in ("", *preference.values):
        shown = radios(draw(name, Preferences({preference.name: value} if value else {})))
        assert [one["value"] for one in shown if "checked" in one] == [value]
        assert {one["value"] for one in shown} == {"", *preference.values}
        assert {one["name"] for one in shown} == {preference.name}


@each_choice
def test_the_value_that_holds_while_nothing_is_chosen_is_sent_as_nothing(name: str) -> None:
    preference = PREFERENCES[preference_of(name)]
    for initial in preference.values:
        shown = radios(draw(name, default=initial))
        values = {one[preference.attribute]: one["value"] for one in shown}
        assert values == {value: "" if value == initial else value for value in preference.values}
        assert [one["value"] for one in shown if "checked" in one] == [""]


@each_choice
def test_a_page_that_was_chosen_to_be_as_it_is_anyway_has_that_radio_checked(name: str) -> None:
    preference = PREFERENCES[preference_of(name)]
    first = preference.values[0]
    shown = radios(draw(name, Preferences({preference.name: first}), default=first))
    assert [one[preference.attribute] for one in shown if "checked" in one] == [first]


@each_choice
def test_values_come_in_the_page_s_order(name: str) -> None:
    preference = PREFERENCES[preference_of(name)]
    backwards = list(reversed(preference.values))
    for given in (backwards, " ".join(backwards)):
        shown = radios(draw(name, values=given))
        assert [one["value"] for one in shown] == ["", *backwards]


@each_choice
def test_every_radio_stands_in_a_label_that_says_its_name(name: str) -> None:
    tree = draw(name)
    labels = [label for label in tree.iter("label") if label.find("input") is not None]
    assert len(labels) == len(radios(tree))
    assert all("".join(label.itertext()).strip() for label in labels)


@each_choice
@pytest.mark.parametrize("values", ["{} violet", "{0} {0}", ["violet"], ["{} "]])
def test_wrong_values_are_an_error_that_lists_the_words(name: str, values: Any) -> None:
    known = PREFERENCES[preference_of(name)].values
    filled = [each.format(known[0]) for each in ([values] if isinstance(values, str) else values)]
    given = filled[0] if isinstance(values, str) else filled
    with pytest.raises(VydnoError, match=f"values is .* use words of '{' '.join(known)}'"):
        macro(name)(NOBODY, values=given)


@each_choice
@pytest.mark.parametrize("default", ["violet", "", "{} {}"])
def test_a_wrong_default_is_an_error_that_lists_the_words(name: str, default: str) -> None:
    known = PREFERENCES[preference_of(name)].values
    given = default.format(*known)
    with pytest.raises(VydnoError) as error:
        macro(name)(NOBODY, default=given)
    assert f"default is '{given}'; use words of '" in str(error.value)
    assert f" {' '.join(known)}'" in str(error.value)


@each_choice
def test_a_default_that_is_not_offered_is_an_error(name: str) -> None:
    first, *rest = PREFERENCES[preference_of(name)].values
    with pytest.raises(VydnoError, match=f"default is '{first}'"):
        macro(name)(NOBODY, values=rest, default=first)


# Forms


@each_drawn
def test_a_form_posts_to_the_endpoint_and_comes_back_to_its_control(name: str) -> None:
    tree = draw(name, return_to="/here")
    ids = {element.attrib.get("id") for element in tree.iter()}
    for form in tree.iter("form"):
        address, _, fragment = form.attrib["action"].partition("#")
        assert (form.attrib["method"], address) == ("post", "/vydno/preferences")
        assert fragment in ids


@each_drawn
def test_on_a_host_without_a_server_a_form_has_neither_action_nor_method(name: str) -> None:
    for tree in (
        draw(name, action=None, return_to="/here"),
        parse(getattr(Macros(action=None), name)(NOBODY, return_to="/here")),
    ):
        assert [set(form.attrib) for form in tree.iter("form")] == [{"autocomplete"}] * len(
            list(tree.iter("form"))
        )
        assert tree.findall(".//input[@name='return-to']") == []


@each_control
def test_a_group_has_a_name(name: str) -> None:
    group = the(draw(name, label="What this is"), "fieldset")
    assert group.attrib["aria-label"] == the(group, "legend").text == "What this is"
    assert the(group, "legend").attrib["aria-hidden"] == "true"


# The attributes of <html>


def test_the_attributes_are_those_that_differ_from_the_default() -> None:
    chosen = Preferences({"text-scale": "125", "theme": "red"})
    tree = parse("", html=vydno.html_attributes(chosen))
    assert tree.attrib == {"data-text-scale": "125", "data-theme": "red"}
    assert vydno.html_attributes(NOBODY) == ""


# The head


def hashed(algorithm: str, content: bytes) -> str:
    digest = base64.b64encode(hashlib.new(algorithm, content).digest()).decode()
    return f"{algorithm}-{digest}"


def files(head: Markup) -> dict[str, dict[str, str]]:
    """Name of a file to the attributes of its element."""
    tree = parse("", head=head)
    elements = [one for one in tree.iter() if one.tag in {"link", "script"} and len(one.attrib)]
    addresses = [one.attrib.get("src") or one.attrib["href"] for one in elements]
    return {
        address.partition("?")[0].rpartition("/")[2]: dict(element.attrib)
        for address, element in zip(addresses, elements, strict=True)
    }


@pytest.mark.parametrize("arguments", [{"early": True}, {"early": True, "all": True}])
def test_versions_and_integrity_are_those_of_the_bytes(arguments: dict[str, bool]) -> None:
    found = files(vydno.head(**arguments))
    assert len(found) == 4
    for name, attributes in found.items():
        content = (static_dir() / name).read_bytes()
        address = attributes.get("src") or attributes["href"]
        assert address == f"/vydno/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
        assert address.endswith(str(manifest()[name]["version"]))
        assert attributes["integrity"] == hashed("sha384", content) == manifest()[name]["integrity"]
        assert "crossorigin" not in attributes


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ({}, ["themes.css", "vydno.css", "vydno.js"]),
        ({"all": True}, ["themes.css", "vydno-all.css", "vydno-all.js"]),
        ({"early": True}, ["vydno-early.js", "themes.css", "vydno.css", "vydno.js"]),
        ({"early": "inline"}, ["themes.css", "vydno.css", "vydno.js"]),
        ({"themes": False}, ["vydno.css", "vydno.js"]),
        ({"script": False}, ["themes.css", "vydno.css"]),
    ],
)
def test_the_head_names_what_is_asked_for_in_this_order(
    arguments: dict[str, Any], names: list[str]
) -> None:
    assert list(files(vydno.head(**arguments))) == names


def test_the_early_script_blocks_and_the_elements_do_not() -> None:
    found = files(vydno.head(early=True))
    assert set(found["vydno-early.js"]) == {"src", "integrity"}
    assert found["vydno.js"]["type"] == "module"


def test_the_manifest_s_hash_allows_exactly_the_inline_script() -> None:
    tree = parse("", head=vydno.head(early="inline"))
    (inline,) = (script for script in tree.iter("script") if not script.attrib)
    assert inline.text == (static_dir() / "vydno-early.js").read_text(encoding="utf-8")
    assert hashed("sha256", inline.text.encode()) == manifest()["vydno-early.js"]["csp"]


def test_the_phone_s_own_text_size_counts_where_the_page_says_so() -> None:
    tree = parse("", head=vydno.head(meta=True))
    assert the(tree, "meta[@name='text-scale']").attrib["content"] == "scale"
    assert parse("", head=vydno.head()).findall(".//meta") == []


@pytest.mark.parametrize("asset_base", ["https://cdn.example/v/", "//cdn.example/"])
def test_files_of_another_origin_are_asked_for_so_that_integrity_can_be_checked(
    asset_base: str,
) -> None:
    for attributes in files(Macros(asset_base=asset_base).head(early=True)).values():
        assert attributes["crossorigin"] == "anonymous"
        assert (attributes.get("src") or attributes["href"]).startswith(asset_base)


def test_an_address_of_the_files_without_a_slash_at_its_end_is_an_error() -> None:
    with pytest.raises(VydnoError, match=r"asset_base is '/static'; it must end in '/'"):
        Macros(asset_base="/static")


# One structure, whoever draws it

# Of every element, what is in it. Left out is what only a page without the script needs.
STRUCTURES = """
(names) => {
  const describe = (node) => [
    node.localName,
    Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value])),
    [...node.childNodes]
      .map((child) => (child.nodeType === Node.TEXT_NODE ? child.data.trim() : describe(child)))
      .filter((child) => child),
  ];
  const clean = (element) => {
    const extra = element.querySelectorAll("[name=return-to], button:not([name])");
    for (const each of extra) each.remove();
    for (const each of element.querySelectorAll("*")) {
      each.toggleAttribute("checked", Boolean(each.checked));
      for (const own of ["action", "method", "autocomplete", "aria-live"]) {
        each.removeAttribute(own);
      }
    }
    return describe(element)[2];
  };
  return names.map((name) => [...document.querySelectorAll(name)].map(clean));
}
"""
ENDS = [
    NOBODY,
    Preferences({name: one.values[0] for name, one in PREFERENCES.items()}),
    Preferences({name: one.values[-1] for name, one in PREFERENCES.items()}),
]


@some_languages
@pytest.mark.parametrize("preferences", ENDS, ids=["nobody", "first", "last"])
def test_an_empty_element_draws_what_the_macro_renders(
    chromium: Browser, controls: str, preferences: Preferences, lang: str
) -> None:
    elements = [name.replace("_", "-") for name in CONTROLS]
    by_the_macros = [macro(name)(preferences, lang=lang, return_to="/") for name in CONTROLS]
    body = "".join([*by_the_macros, *(f"<{element}></{element}>" for element in elements)])
    with chromium.new_context() as context, context.new_page() as page:
        if cookie := preferences.to_cookie():
            context.add_cookies([{"name": "vydno", "value": cookie, "url": controls}])
        page.goto(f"{controls}/empty?{urlencode({'lang': lang, 'body': body})}")
        page.wait_for_function("!document.querySelector(':not(:defined)')")
        for rendered, drawn in page.evaluate(STRUCTURES, elements):
            assert rendered == drawn
            assert drawn
