"""What a real screen reader says of every control and page, held against what must be heard.

`python -m pytest tests/listen --update-transcripts` writes the transcripts and the trees anew; read
the difference before it is committed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from vydno.listen import ScreenReader

from .pages import FAULTS
from .scenarios import LANGUAGES, Scenario, as_data, faults, play, scenarios, write

# A busy machine is no failure: the engine has limits of its own.
pytestmark = pytest.mark.timeout(900)
SCENARIOS = list(scenarios())
# Firefox names some things otherwise; that it says what must be heard is enough.
IN_FIREFOX = [each for each in SCENARIOS if each.name in ("text_scale", "theme_switch")]


@pytest.fixture(scope="session")
def sites(bare: str, site: str, site_without_scripts: str) -> Mapping[str, str]:
    return {"bare": bare, "demo": site, "without scripts": site_without_scripts}


def listener(scenario: Scenario, engine: str = "chromium") -> pytest.MarkDecorator:
    return pytest.mark.listener(scenario.lang, engine)


def cases(chosen: list[Scenario], engine: str = "chromium") -> list[object]:
    # One group a screen reader: under pytest-xdist none is started twice.
    return [
        pytest.param(
            each,
            id=str(each),
            marks=[listener(each, engine), pytest.mark.xdist_group(f"{each.lang} {engine}")],
        )
        for each in chosen
    ]


@pytest.mark.parametrize("scenario", cases(SCENARIOS))
def test_a_listener_hears_what_there_is_once_and_in_their_language(
    scenario: Scenario,
    screen_reader: ScreenReader,
    sites: Mapping[str, str],
    pytestconfig: pytest.Config,
) -> None:
    heard = play(scenario, screen_reader, sites[scenario.site] + scenario.page)
    tree = screen_reader.tree()
    assert faults(heard, LANGUAGES[scenario.lang]) == []
    if pytestconfig.getoption("--update-transcripts"):
        write(scenario.transcript, as_data(heard))
        scenario.tree.write_text(tree)
    assert as_data(heard) == json.loads(scenario.transcript.read_text())
    assert tree == scenario.tree.read_text()


@pytest.mark.parametrize("scenario", cases(IN_FIREFOX, "firefox"))
def test_firefox_says_it_too(
    scenario: Scenario, screen_reader: ScreenReader, sites: Mapping[str, str]
) -> None:
    heard = play(scenario, screen_reader, sites[scenario.site] + scenario.page)
    assert faults(heard, LANGUAGES[scenario.lang]) == []


@pytest.mark.listener("uk")
@pytest.mark.xdist_group("uk chromium")
@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ("no-name", "«Збільшити текст звичайна кнопка» was said 0 times"),
        ("wrong-role", "«Збільшити текст звичайна кнопка» was said 0 times"),
        ("late-live-region", "«Розмір тексту 110%» was said 0 times"),
        ("doubled", "«Розмір тексту 110%» was said 2 times"),
    ],
)
def test_a_control_that_is_broken_on_purpose_fails(
    fault: str, complaint: str, screen_reader: ScreenReader, sites: Mapping[str, str]
) -> None:
    scenario = next(each for each in SCENARIOS if str(each) == "text_scale (uk)")
    start = replace(scenario, steps=scenario.steps[:3])
    heard = play(start, screen_reader, f"{sites['bare']}{scenario.page}?fault={fault}")
    assert any(complaint in one for one in faults(heard, "uk-UA"))


def test_every_way_to_break_a_control_is_tried() -> None:
    (mark,) = (
        mark
        for mark in test_a_control_that_is_broken_on_purpose_fails.pytestmark  # type: ignore[attr-defined]
        if mark.name == "parametrize"
    )
    # Radios without a label: test_agreement.py.
    assert {*(fault for fault, _ in mark.args[1]), "no-label"} == set(FAULTS)


def test_no_transcript_is_left_of_a_scenario_that_is_gone() -> None:
    known = {path for each in SCENARIOS for path in (each.transcript, each.tree)}
    assert set(SCENARIOS[0].transcript.parent.iterdir()) == known
