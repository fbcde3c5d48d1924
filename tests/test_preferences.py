"""vydno.preferences: values, cookie and attributes, and what hostile input makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from vydno import PREFERENCES, Preferences, VydnoError, preferences

ALL_DEFAULTS = Preferences()

valid = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(one.values) for name, one in PREFERENCES.items()}
).map(Preferences)
# What a server makes of any bytes in a header.
header_text = st.binary(max_size=600).map(lambda raw: raw.decode("latin-1"))
# Text that is nearly right finds more than noise does.
nearly = st.lists(
    st.sampled_from(
        [*PREFERENCES, "125", "red", "dark", "more", "=", "&", ";", " ", "vydno=", '"', "%20", "é"]
    ),
    max_size=30,
).map("".join)
hostile = st.one_of(header_text, nearly, st.text())


def is_valid(value: Preferences) -> bool:
    return all(choice in PREFERENCES[name].values for name, choice in value.chosen.items())


# The list


def test_there_are_four_preferences_in_the_list_s_order() -> None:
    assert list(PREFERENCES) == ["text-scale", "theme", "color-scheme", "contrast"]


def test_the_text_scale_has_seven_steps_from_90_to_200() -> None:
    assert PREFERENCES["text-scale"].values == ("90", "100", "110", "125", "150", "175", "200")


def test_the_json_file_is_the_only_list() -> None:
    path = Path(preferences.__file__).with_name("preferences.json")
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert {name: list(one.values) for name, one in PREFERENCES.items()} == stored


@pytest.mark.parametrize("name", PREFERENCES)
def test_a_default_is_one_of_the_values_or_left_to_the_site(name: str) -> None:
    preference = PREFERENCES[name]
    assert preference.default in ("", *preference.values)


@pytest.mark.parametrize("name", PREFERENCES)
def test_values_need_no_escaping_in_a_cookie_or_an_attribute(name: str) -> None:
    assert all(value.isascii() and value.isalnum() for value in PREFERENCES[name].values)


@pytest.mark.parametrize(
    ("value", "by", "reached"),
    [("100", 1, "110"), ("100", -1, "90"), ("200", 1, "200"), ("90", -1, "90"), ("90", 99, "200")],
)
def test_a_step_is_held_at_either_end(value: str, by: int, reached: str) -> None:
    assert PREFERENCES["text-scale"].step(value, by) == reached


# Values


def test_an_unset_preference_reads_as_its_default() -> None:
    assert (ALL_DEFAULTS["text-scale"], ALL_DEFAULTS["theme"]) == ("100", "")


def test_choosing_the_default_is_choosing_nothing() -> None:
    assert Preferences({"text-scale": "100"}) == ALL_DEFAULTS


def test_equal_preferences_are_equal_whatever_the_order_they_were_given_in() -> None:
    one = Preferences({"theme": "red", "contrast": "more"})
    other = Preferences({"contrast": "more", "theme": "red"})
    assert (one, hash(one), one.to_cookie()) == (other, hash(other), other.to_cookie())


def test_an_unknown_name_is_an_error_that_lists_the_valid_ones() -> None:
    with pytest.raises(VydnoError, match="text-scale, theme, color-scheme, contrast"):
        Preferences({"colour": "red"})


def test_an_unknown_value_is_an_error_that_lists_the_valid_ones() -> None:
    with pytest.raises(VydnoError, match="blue, green, orange, red"):
        Preferences({"theme": "purple"})


@given(valid)
def test_attributes_are_the_chosen_values_and_no_others(chosen: Preferences) -> None:
    assert chosen.attributes == {f"data-{name}": value for name, value in chosen.chosen.items()}


# Cookie


@given(valid)
def test_a_cookie_reads_back_as_what_was_written(chosen: Preferences) -> None:
    assert Preferences.from_cookie(chosen.to_cookie()) == chosen


@given(valid, st.booleans())
def test_set_cookie_reads_back_through_a_request_header(chosen: Preferences, secure: bool) -> None:
    pair = chosen.set_cookie(secure=secure).partition(";")[0]
    assert Preferences.from_cookie_header(f"session=1; {pair}; other=2") == chosen


def test_all_defaults_remove_the_cookie() -> None:
    assert ALL_DEFAULTS.set_cookie(secure=False) == "vydno=; Path=/; Max-Age=0; SameSite=Lax"


def test_the_cookie_lasts_a_year_on_the_whole_host_and_scripts_may_read_it() -> None:
    attributes = Preferences({"theme": "red"}).set_cookie(secure=False).split("; ")
    assert attributes == ["vydno=theme=red", "Path=/", "Max-Age=31536000", "SameSite=Lax"]


def test_the_cookie_is_secure_where_the_page_is() -> None:
    assert Preferences({"theme": "red"}).set_cookie(secure=True).endswith("; Secure")


def test_unknown_names_and_values_are_dropped_and_the_rest_holds() -> None:
    cookie = "theme=purple&font=arial&text-scale=125&contrast=<script>&color-scheme"
    assert Preferences.from_cookie(cookie) == Preferences({"text-scale": "125"})


@pytest.mark.parametrize("cookie", ["theme=red&theme=green", "theme=red&theme", "th%65me=r%65d"])
def test_of_a_name_that_stands_twice_the_first_holds(cookie: str) -> None:
    assert Preferences.from_cookie(cookie)["theme"] == "red"


@pytest.mark.parametrize("cookie", ["theme=x&theme=red", "theme=&theme=red", "theme&theme=red"])
def test_a_wrong_value_is_not_mended_by_a_later_one(cookie: str) -> None:
    assert Preferences.from_cookie(cookie) == ALL_DEFAULTS


def test_of_two_cookies_of_our_name_the_first_holds() -> None:
    header = "vydno=theme=red; vydno=theme=green"
    assert Preferences.from_cookie_header(header)["theme"] == "red"


@pytest.mark.parametrize("header", ["xvydno=theme=red", "vydno2=theme=red", "VYDNO=theme=red"])
def test_a_cookie_of_a_similar_name_is_not_ours(header: str) -> None:
    assert Preferences.from_cookie_header(header) == ALL_DEFAULTS


@pytest.mark.parametrize("rest", ["x" * 100_000, "&" * 100_000, "&a=b" * 20_000, "%ff" * 30_000])
def test_an_oversized_cookie_gives_the_little_that_is_valid(rest: str) -> None:
    assert Preferences.from_cookie(f"theme=red&{rest}") == Preferences({"theme": "red"})


def test_our_cookie_is_found_among_thousands() -> None:
    header = "; ".join([*(f"c{number}=1" for number in range(5000)), "vydno=theme=red"])
    assert Preferences.from_cookie_header(header)["theme"] == "red"


@given(hostile)
@example("theme=red\r\nSet-Cookie: evil=1")
@example("theme=r\u0435d")  # a Cyrillic letter
@example("theme=re\ud800d")  # half of a surrogate pair
@example("text-scale=1٢5")  # an Arabic digit
def test_any_cookie_gives_valid_preferences(value: str) -> None:
    assert is_valid(Preferences.from_cookie(value))
    assert is_valid(Preferences.from_cookie_header(f"vydno={value}"))
    assert is_valid(Preferences.from_cookie_header(value))


@given(hostile)
def test_nothing_of_a_cookie_is_echoed_but_valid_values(value: str) -> None:
    read = Preferences.from_cookie_header(f"vydno={value}")
    assert Preferences(read.chosen).set_cookie(secure=False) == read.set_cookie(secure=False)
    assert read.set_cookie(secure=False).isascii()
    assert read.set_cookie(secure=False).isprintable()


# Change


def test_a_change_keeps_what_it_does_not_name() -> None:
    before = Preferences({"theme": "red", "contrast": "more"})
    assert before.change([("theme", "green")]) == Preferences(
        {"theme": "green", "contrast": "more"}
    )


def test_a_change_leaves_the_old_preferences_alone() -> None:
    before = Preferences({"theme": "red"})
    before.change([("theme", "green")])
    assert before == Preferences({"theme": "red"})


@pytest.mark.parametrize("value", ["", "reset"])
@pytest.mark.parametrize("name", PREFERENCES)
def test_an_empty_value_or_reset_takes_a_preference_back(name: str, value: str) -> None:
    before = Preferences({name: PREFERENCES[name].values[0], "theme": "red"})
    assert name not in before.change([(name, value)]).chosen


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ("100", "larger", "110"),
        ("110", "smaller", "100"),
        ("200", "larger", "200"),
        ("90", "smaller", "90"),
    ],
)
def test_the_buttons_move_the_text_scale_by_one_step(before: str, step: str, after: str) -> None:
    moved = Preferences({"text-scale": before}).change([("text-scale", step)])
    assert moved["text-scale"] == after


def test_larger_is_no_theme() -> None:
    before = Preferences({"theme": "red"})
    assert before.change([("theme", "larger")]) == before


@given(valid, st.lists(st.tuples(st.sampled_from([*PREFERENCES, "x"]) | hostile, hostile)))
def test_any_fields_give_valid_preferences(
    before: Preferences, fields: list[tuple[str, str]]
) -> None:
    assert is_valid(before.change(fields))


@given(valid, st.sampled_from(list(PREFERENCES)), hostile)
def test_a_value_that_is_not_valid_changes_nothing(
    before: Preferences, name: str, value: str
) -> None:
    known = {"", "reset", "larger", "smaller", *PREFERENCES[name].values}
    assert value in known or before.change([(name, value)]) == before
