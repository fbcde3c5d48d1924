"""vydno.strings: the controls' texts, language by language."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from babel.numbers import format_percent
from playwright.sync_api import Browser
from vydno import strings
from vydno.strings import CATALOGUES, language, text

PACKAGE = Path(strings.__file__).parent
FILES = sorted(PACKAGE.glob("**/strings.json"))
ENGLISH = CATALOGUES["en"]

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
each_language = pytest.mark.parametrize("tag", CATALOGUES)


def read(path: Path) -> dict[str, dict[str, str]]:
    catalogues: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return catalogues


def placeholders(phrase: str) -> list[str]:
    return re.findall(r"\{[^}]*\}?|\}", phrase)


def mixed_words(phrase: str) -> list[str]:
    """Words with letters of two scripts: a Latin i among Cyrillic letters looks the same."""
    return [word for word in re.findall(r"\w+", phrase) if len(scripts(word)) > 1]


def scripts(word: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in word if letter.isalpha()}


def untypographic(phrase: str) -> list[str]:
    """Signs that Ukrainian sets otherwise: the apostrophe is ’ and quotation marks are «»."""
    return re.findall(r"['\"`´“”„‘‚ʼ′]", phrase)


# Whole


def test_ukrainian_and_english_are_there() -> None:
    assert {"uk", "en"} <= set(CATALOGUES)


@each_file
def test_a_widget_speaks_every_language(path: Path) -> None:
    assert set(read(path)) == set(CATALOGUES)


@each_file
@each_language
def test_a_catalogue_has_every_english_key_in_the_same_order_and_no_other(
    path: Path, tag: str
) -> None:
    assert list(read(path)[tag]) == list(read(path)["en"])


@each_language
def test_a_key_of_two_widgets_means_the_same_in_both(tag: str) -> None:
    different = [
        (path.parent.name, key)
        for path in FILES
        for key, phrase in read(path)[tag].items()
        if CATALOGUES[tag][key] != phrase
    ]
    assert different == []


@each_language
def test_every_text_says_something_and_begins_and_ends_with_it(tag: str) -> None:
    wrong = [
        key for key, phrase in CATALOGUES[tag].items() if not phrase or phrase.strip() != phrase
    ]
    assert wrong == []


# Placeholders and percent


@each_language
def test_placeholders_are_those_of_the_english_text(tag: str) -> None:
    found = {key: placeholders(phrase) for key, phrase in CATALOGUES[tag].items()}
    assert found == {key: placeholders(phrase) for key, phrase in ENGLISH.items()}


def test_a_placeholder_is_a_pair_of_braces() -> None:
    assert {sign for phrase in ENGLISH.values() for sign in placeholders(phrase)} == {"{}"}


def phrases_with_a_number(tag: str) -> list[str]:
    return [phrase.replace("{}", "125") for phrase in CATALOGUES[tag].values() if "{}" in phrase]


@each_language
def test_percent_is_written_as_cldr_has_it(tag: str) -> None:
    percent = format_percent(1.25, locale=tag.replace("-", "_"))
    assert [phrase for phrase in phrases_with_a_number(tag) if percent not in phrase] == []


def test_percent_is_written_as_the_browser_has_it(chromium: Browser) -> None:
    format_in = "tag => new Intl.NumberFormat(tag, { style: 'percent' }).format(1.25)"
    with chromium.new_page() as page:
        percent = {tag: page.evaluate(format_in, tag) for tag in CATALOGUES}
    wrong = {
        tag: [phrase for phrase in phrases_with_a_number(tag) if percent[tag] not in phrase]
        for tag in CATALOGUES
    }
    assert wrong == {tag: [] for tag in CATALOGUES}


# Letters and signs


@each_language
def test_no_letter_of_another_script_hides_in_a_word(tag: str) -> None:
    assert [word for phrase in CATALOGUES[tag].values() for word in mixed_words(phrase)] == []


def test_a_latin_letter_in_a_cyrillic_word_is_found() -> None:
    assert mixed_words("Синій, Cиній, A+ 125%") == ["Cиній"]


def test_the_ukrainian_apostrophe_and_quotation_marks_are_typographic() -> None:
    assert [sign for phrase in CATALOGUES["uk"].values() for sign in untypographic(phrase)] == []


def test_other_apostrophes_and_quotation_marks_are_found() -> None:
    assert untypographic('пам\'ять, памʼять, "лапки", “лапки”') == ["'", "ʼ", '"', '"', "“", "”"]
    assert untypographic("пам’ять, «лапки»") == []


# Finding a text


@pytest.mark.parametrize(
    ("tag", "nearest"),
    [
        ("uk", "uk"),
        ("uk-UA", "uk"),
        ("UK-Cyrl-ua", "uk"),
        ("en-GB", "en"),
        ("tlh", "en"),
        ("ukr", "en"),
        ("", "en"),
        ("-", "en"),
        ("uk_UA", "en"),
    ],
)
def test_the_nearest_catalogue_lies_along_the_tag(tag: str, nearest: str) -> None:
    assert language(tag) == nearest


@each_language
def test_a_text_is_that_of_the_language(tag: str) -> None:
    assert {key: text(tag, key) for key in ENGLISH} == CATALOGUES[tag]


def test_what_no_catalogue_has_is_its_own_text() -> None:
    assert text("uk", "violet") == "violet"
