"""The silent synthesiser: what a client of Speech Dispatcher asks for, and what is noted."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from vydno.listen.recorder import Recorder, Spoken


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    recorder = Recorder(tmp_path / "speech")
    yield recorder
    recorder.close()


@pytest.fixture
def client(recorder: Recorder, tmp_path: Path) -> Iterator[BinaryIO]:  # noqa: ARG001
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(tmp_path / "speech"))
        with connection.makefile("rwb") as lines:
            yield cast("BinaryIO", lines)


def ask(client: BinaryIO, *lines: str) -> list[str]:
    """Send lines, and read up to the end of the answer: a number that no hyphen follows."""
    client.write("".join(f"{line}\r\n" for line in lines).encode())
    client.flush()
    answer: list[str] = []
    while not answer or answer[-1][3] == "-":
        answer.append(client.readline().decode().rstrip("\r\n"))
    return answer


def speak(client: BinaryIO, *lines: str) -> None:
    assert ask(client, "SPEAK") == ["230 OK RECEIVING DATA"]
    assert ask(client, *lines, ".")[-1] == "225 OK MESSAGE QUEUED"
    assert client.readline().startswith(b"701-")
    for _ in range(5):  # the rest of BEGIN and END
        client.readline()


def test_a_message_is_noted_without_its_markup_and_in_its_language(
    recorder: Recorder, client: BinaryIO
) -> None:
    ask(client, "SET self LANGUAGE uk-UA")
    speak(client, '<speak><mark name="0:6"/>Розмір &amp; <mark name="7:13"/>колір</speak>')
    assert recorder.take() == [Spoken(text="Розмір & колір", language="uk-UA")]
    assert recorder.take() == []


def test_what_was_taken_back_is_marked_and_what_comes_after_is_not(
    recorder: Recorder, client: BinaryIO
) -> None:
    speak(client, "first")
    assert ask(client, "CANCEL self") == ["210 OK CANCELED"]
    speak(client, "second")
    assert [(one.text, one.cut) for one in recorder.take()] == [("first", True), ("second", False)]


def test_a_line_of_a_full_stop_is_text_where_it_is_doubled(
    recorder: Recorder, client: BinaryIO
) -> None:
    speak(client, "one", "..", "two")
    assert [one.text for one in recorder.take()] == ["one . two"]


def test_a_message_of_nothing_is_none(recorder: Recorder, client: BinaryIO) -> None:
    speak(client, "<speak> </speak>")
    assert recorder.take() == []


@pytest.mark.parametrize(
    ("command", "last"),
    [
        ("HISTORY GET CLIENT_ID", "245 OK CLIENT ID SENT"),
        ("LIST SYNTHESIS_VOICES", "249 OK VOICE LIST SENT"),
        ("LIST OUTPUT_MODULES", "250 OK MODULE LIST SENT"),
        ("GET RATE", "251 OK GET RETURNED"),
        ("SET self RATE 20", "200 OK"),
    ],
)
def test_every_question_is_answered(client: BinaryIO, command: str, last: str) -> None:
    assert ask(client, command)[-1] == last
