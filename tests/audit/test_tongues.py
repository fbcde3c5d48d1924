"""Which language a text is in."""

from __future__ import annotations

import pytest
from vydno.audit.tongues import bare, guesses, judge, primary, script_of, scripts_in, scripts_of

TEXTS = {
    "uk": "Міська рада запрошує мешканців на громадські слухання щодо нового парку у вівторок.",
    "en": "The town council invites all residents to a public hearing about the new park.",
    "ru": "Городской совет приглашает жителей на общественные слушания о новом парке.",
    "pl": "Rada miasta zaprasza mieszkańców na wysłuchanie publiczne w sprawie nowego parku.",
    "de": "Der Stadtrat lädt alle Einwohner zu einer öffentlichen Anhörung über den Park ein.",
    "fr": "Le conseil municipal invite les habitants à une audition publique sur le parc.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_in_its_own_language_is_not_judged(language: str) -> None:
    assert judge(TEXTS[language], f"{language}-XX") is None


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("declared", TEXTS)
def test_a_sentence_in_another_language_is_found(language: str, declared: str) -> None:
    if language != declared:
        verdict = judge(TEXTS[language], declared)
        assert verdict
        assert verdict.language == language


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("Google Chrome", "uk"),
        ("Microsoft Office 365 Home and Business", "uk"),
        ("Тарас Шевченко", "en"),
        ("c'est la vie", "en"),
        ("https://example.com/the-house-by-the-sea", "uk"),
        ("Lorem ipsum dolor sit amet, consectetur adipiscing elit.", "en"),
        ("Fusce eu ex id ipsum fermentum egestas sit amet at orci.", "en"),
        ("12:00 – 18:00", "en"),
        ("", "en"),
    ],
)
def test_names_loans_addresses_and_filler_are_not_judged(text: str, declared: str) -> None:
    assert judge(text, declared) is None


@pytest.mark.parametrize("declared", ["", "zxx", "mul", "und", "x-klingon", "123"])
def test_what_is_marked_as_no_known_language_is_not_judged(declared: str) -> None:
    assert judge(TEXTS["uk"], declared) is None


def test_a_short_text_is_never_certain() -> None:
    verdict = judge("Le pain est dans la cuisine", "en")
    assert verdict
    assert not verdict.certain


def test_a_long_text_is_certain() -> None:
    verdict = judge(TEXTS["uk"] * 3, "en")
    assert verdict
    assert verdict.certain


def test_letters_that_a_language_has_not_speak_against_it() -> None:
    assert guesses("Сьогодні їжа для всіх").get("ru", 0) < 0.1


@pytest.mark.parametrize(
    ("tag", "scripts"),
    [
        ("uk-UA", {"Cyrl"}),
        ("sr-Latn", {"Latn"}),
        ("sr", {"Latn", "Cyrl"}),
        ("he", {"Hebr"}),
        ("en-GB", {"Latn"}),
        ("ta", set()),
    ],
)
def test_a_tag_says_in_which_letters_its_language_is_written(tag: str, scripts: set[str]) -> None:
    assert scripts_of(tag) == scripts


def test_old_codes_are_read_as_new_ones() -> None:
    assert primary("iw-IL") == "he"


def test_a_text_of_two_scripts_has_none() -> None:
    assert script_of("Київ Kyiv") == ""


def test_code_and_addresses_are_left_out() -> None:
    assert bare("See https://a.example/b and some_name, a@b.example.") == "See and"


def test_a_few_words_without_a_letter_that_tells_are_nobodys_fault() -> None:
    assert judge("Як читати цей сайт", "uk") is None
    verdict = judge("Как пользоваться этим сайтом", "uk")
    assert verdict
    assert verdict.language == "ru"


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("Привіт", {"Cyrl"}),
        ("שלום", {"Hebr"}),
        ("مرحبا", {"Arab"}),
        ("สวัสดี", {"Thai"}),
        ("नमत", {"Deva"}),
        ("ქართული", {"Geor"}),
        ("한국어", {"Hang"}),
        ("ひらがな漢字", {"Kana", "Hani"}),
    ],
)
def test_a_letter_is_of_its_own_script_alone(text: str, scripts: set[str]) -> None:
    assert set(scripts_in(text)) == scripts
