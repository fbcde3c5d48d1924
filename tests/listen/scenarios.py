"""Scenarios: a page, keys, and what a listener must hear of each."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vydno.listen import ScreenReader, Step

HERE = Path(__file__).parent
TRANSCRIPTS = HERE / "transcripts"
LANGUAGES = {"uk": "uk-UA", "en": "en-GB"}


@dataclass(frozen=True, kw_only=True)
class Expected:
    """Keys, and what must be said to them.

    ``hears`` are phrases that must each be said once in all; ``only`` says that nothing else may
    be; ``never`` are phrases that may not be said at all. A script runs instead of keys.
    """

    keys: str = ""
    script: str = ""
    hears: Sequence[str] = ()
    never: Sequence[str] = ()
    only: bool = False


@dataclass(frozen=True, kw_only=True)
class Scenario:
    name: str
    lang: str
    site: str
    page: str
    steps: Sequence[Expected]

    def __str__(self) -> str:
        return f"{self.name} ({self.lang})"

    @property
    def transcript(self) -> Path:
        return TRANSCRIPTS / f"{self.name}.{self.lang}.json"

    @property
    def tree(self) -> Path:
        return TRANSCRIPTS / f"{self.name}.{self.lang}.tree.txt"


def scenarios() -> Iterator[Scenario]:
    """All of `scenarios.toml`, one for each language that it is written in."""
    read = tomllib.loads((HERE / "scenarios.toml").read_text())
    for name, entry in read.items():
        for lang in LANGUAGES:
            if lang in entry:
                yield Scenario(
                    name=name,
                    lang=lang,
                    site=entry["site"],
                    page=entry[lang]["page"],
                    steps=[Expected(**step) for step in entry[lang]["steps"]],
                )


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What was said to one of the scenario's steps."""

    expected: Expected
    steps: Sequence[Step]

    @property
    def texts(self) -> list[str]:
        return [text for step in self.steps for text in step.heard]

    @property
    def language(self) -> set[str]:
        return {one.language for step in self.steps for one in step.spoken}


def play(scenario: Scenario, reader: ScreenReader, address: str) -> list[Heard]:
    """Open the page and do the steps; the first is the opening, and says only what must not be."""

    def once() -> list[Heard]:
        first, *others = scenario.steps
        heard = [Heard(expected=first, steps=[reader.open(address)])]
        for step in others:
            done = [reader.evaluate(step.script)] if step.script else reader.press(step.keys)
            heard.append(Heard(expected=step, steps=done))
        return heard

    return reader.attempt(once)


def faults(heard: Sequence[Heard], language: str) -> list[str]:
    """What a listener would have to complain of; none is sound."""
    found = []
    for one in heard:
        where = one.expected.keys or one.expected.script or "opening"
        said = " | ".join(one.texts)
        found += [
            f"{where}: «{phrase}» was said {times} times, in «{said}»"
            for phrase in one.expected.hears
            if (times := said.count(phrase)) != 1
        ]
        found += [
            f"{where}: «{phrase}» was said, in «{said}»"
            for phrase in one.expected.never
            if phrase in said
        ]
        if one.expected.only and len(one.texts) > len(one.expected.hears):
            found.append(f"{where}: more was said than {list(one.expected.hears)}: «{said}»")
        if wrong := one.language - {language}:
            found.append(f"{where}: spoken as {', '.join(sorted(wrong))} and not {language}")
    return found


def as_data(heard: Sequence[Heard]) -> list[Mapping[str, Any]]:
    """The transcript, as it is kept. What is said of a page's loading is not the page's to say."""
    return [
        {"key": step.key or one.expected.script, "heard": step.heard}
        for one in heard[1:]
        for step in one.steps
    ]


def write(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
