"""Press keys in a page, and hear what Orca says to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeVar

from . import parts
from .browser import Browser
from .desktop import Desktop, ListenError
from .recorder import Spoken

__all__ = ["ListenError", "ScreenReader", "Step"]

Answer = TypeVar("Answer")

_FIRST_PAGE = "data:text/html,<title>Vydno</title><button>1</button><button>2</button>"

# A page that goes on talking, such as a clock in a live region, is not waited for.
_ROUNDS = 10
_ROUNDS_OF_SILENCE = 5


@dataclass(frozen=True, kw_only=True)
class Step:
    """One key, or the opening of a page, and what was said then."""

    key: str
    spoken: tuple[Spoken, ...]

    @property
    def heard(self) -> list[str]:
        """What a listener hears out, message by message."""
        return [spoken.text for spoken in self.spoken if not spoken.cut]


class ScreenReader:
    """A listener at a desktop; one serves many pages."""

    def __init__(self, lang: str = "en", engine: str = "chromium") -> None:
        parts.require()
        self._lang = lang
        self._engine = engine

    def __enter__(self) -> Self:
        try:
            self._start()
        except ListenError:
            self._start()
        return self

    def _start(self) -> None:
        self._desktop = Desktop(self._lang)
        self._desktop.__enter__()
        try:
            self._browser = Browser(self._desktop, self._engine)
        except BaseException:
            self._desktop.close()
            raise

    def _begin(self) -> None:
        """Have Orca where it is the same for every page: in a small one, after Tab.

        What it says of a new page depends on the key before it. And where it was busy when the
        window came, it does not know of it before something in there has the focus.
        """
        self._browser.open(_FIRST_PAGE)
        self._settle("")
        for _ in range(_ROUNDS):
            if self.press_one("Tab").heard:
                return
        raise self._desktop.error("Orca does not notice the browser")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End everything that was started."""
        try:
            self._browser.close()
        finally:
            self._desktop.close()

    def hear(self, url: str, keys: str | Iterable[str] = "") -> list[Step]:
        """Open a page and press keys; what Orca or the browser spoils is done once more."""
        pressed = keys.split() if isinstance(keys, str) else list(keys)
        return self.attempt(lambda: [self.open(url), *self.press(pressed)])

    def attempt(self, action: Callable[[], Answer]) -> Answer:
        """Do it, and once more on a fresh desktop where a ListenError ends it."""
        try:
            return action()
        except ListenError:
            self.close()
            self._start()
            return action()

    def tree(self) -> str:
        """Roles, names, descriptions, states and relations of the page, a line an object."""
        self._browser.still()
        return self._desktop.tree()

    def evaluate(self, script: str) -> Step:
        """Run a script in the page, and hear what comes of it."""
        self._browser.evaluate(script)
        return self._settle("")

    def open(self, url: str) -> Step:
        """Open a page in the same window, as somebody who has never been there."""
        self._begin()
        self._browser.forget()
        self._browser.open(url)
        return self._settle("")

    def press(self, keys: str | Iterable[str]) -> list[Step]:
        """Press the keys one after another; a string of them has spaces between."""
        return [self.press_one(key) for key in (keys.split() if isinstance(keys, str) else keys)]

    def press_one(self, key: str) -> Step:
        before = self._browser.keys()
        self._desktop.key("+".join(X_NAMES.get(part, part) for part in key.split("+")))
        step = self._settle(key)
        # Silence is believed when the key has come to the page, or has had the time to.
        for _ in range(_ROUNDS_OF_SILENCE):
            if step.spoken:
                break
            arrived = self._browser.keys() != before
            step = self._settle(key)
            if arrived:
                break
        return step

    def _settle(self, key: str) -> Step:
        spoken: list[Spoken] = []
        for _ in range(_ROUNDS):
            elsewhere = self._browser.settle()
            self._desktop.settle()
            more = self._desktop.spoken()
            spoken += more
            if not (more or elsewhere):
                break
        return Step(key=key, spoken=tuple(spoken))


# What browsers call a key, and what X calls it.
X_NAMES = {
    "Enter": "Return",
    "Space": "space",
    "ArrowDown": "Down",
    "ArrowUp": "Up",
    "ArrowLeft": "Left",
    "ArrowRight": "Right",
    "PageDown": "Next",
    "PageUp": "Prior",
    "Shift": "shift",
    "Control": "ctrl",
    "Alt": "alt",
    "Orca": "Insert",
}


def transcript(steps: Sequence[Step]) -> str:
    """For people: each key, and beside it what was said."""
    lines = []
    for step in steps:
        said = [f"«{one.text}»{' (cut off)' if one.cut else ''}" for one in step.spoken] or ["—"]
        names = [step.key or "(opening)", *[""] * (len(said) - 1)]
        lines += [f"{name:<12} {text}" for name, text in zip(names, said, strict=True)]
    return "\n".join(lines)


def as_data(steps: Sequence[Step]) -> list[dict[str, object]]:
    """For programs."""
    return [
        {
            "key": step.key,
            "spoken": [
                {"text": one.text, "language": one.language, "cut": one.cut} for one in step.spoken
            ],
        }
        for step in steps
    ]
