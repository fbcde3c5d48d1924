"""Other people's text on a terminal."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from vydno.printable import printable


def test_text_stays_text_and_lines_stay_lines() -> None:
    assert printable("Видно 🇺🇦\n1 %") == "Видно 🇺🇦\n1 %"


def test_what_commands_a_terminal_or_turns_the_direction_is_replaced() -> None:
    assert printable("\x1b[2J\x07\u202e\ud800\x9b") == "\ufffd[2J\ufffd\ufffd\ufffd\ufffd"


def test_every_other_kind_of_space_is_a_space() -> None:
    assert printable("1\u00a0280\tpx\r") == "1 280 px "


@given(st.text(st.characters(codec=None)))
def test_no_text_keeps_a_control_character(text: str) -> None:
    odd = {sign for sign in printable(text) if unicodedata.category(sign) in {"Cc", "Cf", "Cs"}}
    assert odd <= {"\n"}
