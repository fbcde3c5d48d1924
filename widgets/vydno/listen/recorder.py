"""A synthesiser that makes no sound: it notes what it is asked to speak, and in which language.

Orca speaks through Speech Dispatcher, over a socket, in SSIP. This is the other end of that socket.
It has a voice in every language that it is asked for and is done with each message at once, so that
reading on has to wait for nobody's breath. What Orca asks for is noted as it was asked: its log
has neither the language nor what it reads on its own.
"""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

# `<mark name="0:4"/>` before each word, by which Orca follows the reading.
_MARKUP = re.compile(r"<[^>]*>")
_NO_VOICE_CHOSEN = "en"


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One message as the synthesiser got it."""

    text: str
    language: str  # BCP 47, such as "uk-UA"
    # Whether Orca took it back for something else before a listener could have heard it out.
    cut: bool = False


class Recorder:
    """Listens on a Unix socket until `close`."""

    def __init__(self, socket: Path) -> None:
        self._lock = threading.Lock()
        self._spoken: list[Spoken] = []
        self._numbers = 0
        recorder = self

        class Server(socketserver.ThreadingUnixStreamServer):
            daemon_threads = True

        class Connection(_Connection):
            def setup(self) -> None:
                super().setup()
                self.recorder = recorder

        self._server = Server(str(socket), Connection)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self) -> list[Spoken]:
        """What was spoken since the last call."""
        with self._lock:
            taken, self._spoken = self._spoken, []
        return taken

    def add(self, spoken: Spoken) -> int:
        """The message's number."""
        with self._lock:
            self._spoken.append(spoken)
            self._numbers += 1
            return self._numbers

    def cut(self) -> None:
        """Everything so far was taken back."""
        with self._lock:
            self._spoken = [
                Spoken(text=spoken.text, language=spoken.language, cut=True)
                for spoken in self._spoken
            ]


class _Connection(socketserver.StreamRequestHandler):
    """One client. SSIP is lines; answers have a number, and a hyphen where more follows."""

    recorder: Recorder

    def handle(self) -> None:
        self.language = _NO_VOICE_CHOSEN
        self.notified = False
        for line in self._lines():
            words = line.split()
            for answer in self._answer([word.upper() for word in words], words):
                self._send(answer)
            if words and words[0].upper() == "QUIT":
                return

    def _lines(self) -> Iterator[str]:
        while raw := self.rfile.readline():
            yield raw.decode("utf-8", "replace").rstrip("\r\n")

    def _send(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def _answer(self, words: list[str], given: list[str]) -> Iterator[str]:
        match words:
            case ["SPEAK"]:
                self._send("230 OK RECEIVING DATA")
                yield from self._speak(self._data())
            case ["CHAR" | "KEY" | "SOUND_ICON", _]:
                name = given[1]
                yield from self._speak(" " if name == "space" else name.replace("_", " "))
            case ["CANCEL" | "STOP", *_]:
                self.recorder.cut()
                yield "210 OK CANCELED"
            case ["SET", _, "LANGUAGE", _]:
                self.language = given[3]
                yield "201 OK LANGUAGE SET"
            case ["HISTORY", "GET", "CLIENT_ID"]:
                yield "245-1"
                yield "245 OK CLIENT ID SENT"
            case ["LIST", "SYNTHESIS_VOICES"]:
                yield "249-recorder\tuk\tnone"
                yield "249-recorder\ten\tnone"
                yield "249 OK VOICE LIST SENT"
            case ["LIST", *_]:
                yield "250-recorder"
                yield "250 OK MODULE LIST SENT"
            case ["GET", "LANGUAGE"]:
                yield f"251-{self.language}"
                yield "251 OK GET RETURNED"
            case ["GET", *_]:
                yield "251-0"
                yield "251 OK GET RETURNED"
            case ["QUIT"]:
                yield "231 HAPPY HACKING"
            case _:
                yield "200 OK"

    def _data(self) -> str:
        """Lines up to one of a full stop alone; one that begins with a full stop has another."""
        lines = []
        for line in self._lines():
            if line == ".":
                break
            lines.append(line[1:] if line.startswith("..") else line)
        return "\n".join(lines)

    def _speak(self, data: str) -> Iterator[str]:
        text = " ".join(unescape(_MARKUP.sub("", data)).split())
        number = self.recorder.add(Spoken(text=text, language=self.language)) if text else 0
        yield f"225-{number}"
        yield "225 OK MESSAGE QUEUED"
        for event in ("701 BEGIN", "702 END"):
            code = event[:3]
            yield f"{code}-{number}"
            yield f"{code}-1"
            yield event
