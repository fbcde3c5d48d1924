"""vydno.strings: the controls' texts, language by language, as they are built."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from babel.core import get_global
from playwright.sync_api import Browser, Page
from vydno import PREFERENCES, VydnoError, strings
from vydno.static import static_dir
from vydno.strings import CATALOGUES, NAMES, direction, has, known, language, text

ENGLISH = CATALOGUES["en"]
SAID = ("size", "largest", "smallest")
# Chinese and Japanese write signs of several scripts in one word.
MIXED = {"ja", "zh", "zh-Hant"}

# CLDR's scripts, to the words with which Unicode begins the names of their letters.
SCRIPTS = {
    "Arab": {"ARABIC"},
    "Armn": {"ARMENIAN"},
    "Cyrl": {"CYRILLIC"},
    "Geor": {"GEORGIAN"},
    "Grek": {"GREEK"},
    "Hans": {"CJK"},
    "Hant": {"CJK"},
    "Hebr": {"HEBREW"},
    "Jpan": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    "Kore": {"HANGUL"},
}

each_language = pytest.mark.parametrize("tag", CATALOGUES)


def mixed_words(phrase: str) -> list[str]:
    """Words with letters of two scripts: a Latin i among Cyrillic letters looks the same."""
    return [word for word in re.findall(r"\w+", phrase) if len(scripts(word)) > 1]


def scripts(word: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in word if letter.isalpha()}


def untypographic(phrase: str) -> list[str]:
    """Signs that Ukrainian sets otherwise: the apostrophe is ’ and quotation marks are «»."""
    return re.findall(r"['\"`´“”„‘‚ʼ′]", phrase)


# Whole


def test_the_languages_that_were_promised_are_there() -> None:
    promised = (
        "uk bg cs da de el en es et fi fr ga hr hu it lt lv nl pl pt ro sk sl sv ka hy tr ar he"
    )
    assert set(promised.split()) <= set(CATALOGUES)


@each_language
def test_a_catalogue_has_every_english_key_in_the_same_order_and_no_other(tag: str) -> None:
    assert list(CATALOGUES[tag]) == list(ENGLISH)


@each_language
def test_every_text_says_something_and_begins_and_ends_with_it(tag: str) -> None:
    wrong = [
        key for key, phrase in CATALOGUES[tag].items() if not phrase or phrase.strip() != phrase
    ]
    assert wrong == []


@each_language
def test_choices_of_one_control_and_its_buttons_are_told_apart(tag: str) -> None:
    texts = CATALOGUES[tag]
    for group in (
        ("larger", "reset", "smaller"),
        ("site", "blue", "green", "orange", "red"),
        ("system", "light", "dark"),
        ("system", "more", "normal"),
        SAID,
    ):
        assert len({texts[key] for key in group}) == len(group)


@each_language
def test_the_script_of_a_language_says_what_the_server_says(tag: str) -> None:
    path = static_dir() / "lang" / f"{tag}.js"
    if tag == "en":
        assert not path.exists()
        return
    script = path.read_text(encoding="utf-8")
    texts = re.sub(
        r'([{,])([\w-]+):"', r'\1"\2":"', script[script.rindex("]={") + 2 :].rstrip(";\n")
    )
    assert json.loads(texts) == CATALOGUES[tag]


# Percent, direction, name


@each_language
def test_a_place_for_the_number_stands_in_what_is_said_and_nowhere_else(tag: str) -> None:
    places = {key: phrase.count("{}") for key, phrase in CATALOGUES[tag].items() if "{" in phrase}
    assert places == dict.fromkeys(SAID, 1)


def spoken(page: Page, by: str) -> list[str]:
    """The languages that the browser knows; Chromium comes without Belarusian, Georgian, Irish…"""
    tags: list[str] = page.evaluate(f"tags => Intl.{by}.supportedLocalesOf(tags)", list(CATALOGUES))
    assert len(tags) > 25
    assert {"uk", "en", "ar", "he", "tr", "fr"} <= set(tags)
    return tags


def test_percent_is_written_as_the_browser_has_it(chromium: Browser) -> None:
    values = list(PREFERENCES["text-scale"].values)
    format_in = """([tag, values]) => values.map(
        (value) => new Intl.NumberFormat(tag, { style: "percent" }).format(value / 100))"""
    wrong = []
    with chromium.new_page() as page:
        for tag in spoken(page, "NumberFormat"):
            texts = CATALOGUES[tag]
            percents = page.evaluate(format_in, [tag, values])
            for key in SAID:
                said = [texts[key].replace("{}", value) for value in values]
                wrong += [
                    (tag, one, percent)
                    for one, percent in zip(said, percents, strict=True)
                    if percent not in one
                ]
    assert wrong == []


def test_the_name_and_the_direction_are_those_that_the_browser_has(chromium: Browser) -> None:
    with chromium.new_page() as page:
        ask = "tag => new Intl.DisplayNames(tag, { type: 'language' }).of(tag)"
        names = {tag: page.evaluate(ask, tag) for tag in spoken(page, "DisplayNames")}
        ask = "tag => new Intl.Locale(tag).getTextInfo().direction"
        directions = {tag: page.evaluate(ask, tag) for tag in CATALOGUES}
    assert {tag: direction(tag) for tag in CATALOGUES} == directions
    assert {tag for tag, way in directions.items() if way == "rtl"} == {"ar", "he"}
    # Of a language with its script Babel and the browser put the name together differently.
    plain = {tag: name for tag, name in names.items() if "-" not in tag}
    assert {tag: NAMES[tag].lower() for tag in plain} == {
        tag: name.lower() for tag, name in plain.items()
    }


# Letters and signs


@pytest.mark.parametrize("tag", [tag for tag in CATALOGUES if tag not in MIXED])
def test_no_letter_of_another_script_hides_in_a_word(tag: str) -> None:
    assert [word for phrase in CATALOGUES[tag].values() for word in mixed_words(phrase)] == []


def test_a_latin_letter_in_a_cyrillic_word_is_found() -> None:
    assert mixed_words("Синій, Cиній, A+ 125%") == ["Cиній"]


@each_language
def test_the_letters_are_those_in_which_the_language_is_written(tag: str) -> None:
    full: str = get_global("likely_subtags").get(tag.replace("-", "_"), tag.replace("-", "_"))
    script = full.split("_")[1]
    letters = set().union(*(scripts(phrase) for phrase in CATALOGUES[tag].values()))
    assert letters <= SCRIPTS.get(script, {"LATIN"})


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
        ("sr-Latn-RS", "sr-Latn"),
        ("sr-RS", "sr"),
        ("sr-ME", "sr-Latn"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh-CN", "zh"),
        ("zh-Hans", "zh"),
        ("no", "nb"),
        ("iw-IL", "he"),
        ("de-x-private", "de"),
        ("tlh", "en"),
        ("ukr", "en"),
        ("", "en"),
        ("-", "en"),
        ("uk_UA", "en"),
    ],
)
def test_the_nearest_catalogue_lies_along_the_tag(tag: str, nearest: str) -> None:
    assert language(tag) == nearest
    assert has(tag) == (nearest != "en" or tag == "en-GB")


@each_language
def test_a_text_is_that_of_the_language(tag: str) -> None:
    assert {key: text(tag, key) for key in ENGLISH} == CATALOGUES[tag]


def test_what_one_catalogue_lacks_is_asked_of_the_next_along_the_tag(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shorter = {tag: dict(texts) for tag, texts in CATALOGUES.items()}
    del shorter["sr-Latn"]["red"], shorter["uk"]["red"]
    monkeypatch.setattr(strings, "CATALOGUES", shorter)
    assert text("sr-Latn-RS", "red") == "Црвена"
    assert text("uk-UA", "red") == "Red"


def test_what_no_catalogue_has_is_its_own_text() -> None:
    assert text("uk", "violet") == "violet"


@pytest.mark.parametrize("tag", ["tlh", "", "uk_UA", "en_US", "<script>"])
def test_an_unknown_language_is_refused_with_those_that_there_are(tag: str) -> None:
    with pytest.raises(
        VydnoError, match=r"^There is no language .+; there are ar, be, .+, zh"
    ) as error:
        known(tag)
    assert repr(tag) in str(error.value)


def test_built_texts_that_are_broken_stop_the_start_with_one_sentence(tmp_path: Path) -> None:
    """In a process of its own: the texts are read when the module is."""
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "texts.json").write_text('{"languages": {"uk": []}}')
    program = (
        "import sys; from pathlib import Path; from vydno import static\n"
        "static.static_dir = lambda: Path(sys.argv[1])\n"
        "import vydno.templating\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    last = done.stderr.splitlines()[-1]
    assert "VydnoError" in last
    assert "texts.json does not hold the controls' texts" in last
