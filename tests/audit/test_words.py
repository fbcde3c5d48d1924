"""The words that checks look for."""

from __future__ import annotations

import pytest
from vydno.audit.words import is_address, is_file_name, mentions, plain, says, words


def test_plain_text_has_small_letters_and_no_signs_at_its_ends() -> None:
    assert plain("  » Click HERE! ") == "click here"


def test_every_apostrophe_is_the_same() -> None:
    assert plain("Обов’язково") == plain("обовʼязково") == "обов'язково"


@pytest.mark.parametrize("text", ["Click here", "тут", "Hier klicken »", "AQUÍ"])
def test_links_that_say_nothing_are_known_in_several_languages(text: str) -> None:
    assert says("vague-link", text)


@pytest.mark.parametrize("text", ["Here comes the bus", "тут зупиняється автобус", ""])
def test_a_phrase_within_a_text_is_not_the_whole_text(text: str) -> None:
    assert not says("vague-link", text)


def test_a_phrase_is_found_in_a_text_at_the_bounds_of_words_alone() -> None:
    assert mentions("required", "Fields with * are required.")
    assert not mentions("required", "the unrequiredness of it")


def test_files_and_addresses_are_told_from_words() -> None:
    assert is_file_name("index.html")
    assert not is_file_name("Read the budget.pdf now")
    assert is_address("https://vydne.example/a")
    assert not is_address("and/or")


@pytest.mark.parametrize("kind", ["vague-link", "vague-title", "vague-label", "required", "error"])
def test_there_are_english_and_ukrainian_words_of_each_kind(kind: str) -> None:
    listed = words(kind)
    assert any(word.isascii() for word in listed)
    assert any("і" in word or "и" in word for word in listed)
