"""`vydno listen` and its fixture where parts are missing, and what is left over after a run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from vydno.cli import main
from vydno.listen import ListenError, MissingPartsError, ScreenReader, Step
from vydno.listen import parts as parts_module
from vydno.listen.parts import PACKAGES, PARTS, missing, require
from vydno.listen.processes import MARK, end, marked, start_keeper
from vydno.listen.recorder import Spoken
from vydno.listen.screen_reader import as_data, transcript

Output = pytest.CaptureFixture[str]

STEPS = [
    Step(key="", spoken=(Spoken(text="News", language="en-GB", cut=True),)),
    Step(key="Tab", spoken=()),
]


def test_all_parts_there_is_nothing_missing() -> None:
    assert missing(which=lambda name: name, exists=lambda _: True) == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.path)
def test_the_package_of_a_missing_part_is_named(part: parts_module.Part) -> None:
    absent = missing(
        which=lambda name: None if name == part.path else name,
        exists=lambda path: path != part.path,
    )
    assert absent == [part.package]


def test_without_parts_it_ends_with_2_and_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(parts_module, "missing", lambda: list(PACKAGES))
    assert main(["listen", "http://127.0.0.1:9/"]) == 2
    said = capsys.readouterr().err
    assert said == (
        "Error: Listening needs orca, dbus, at-spi2-core, xvfb, openbox, xdotool and locales: "
        "sudo apt-get install orca dbus at-spi2-core xvfb openbox xdotool locales.\n"
    )


def test_the_fixture_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts_module, "missing", lambda: ["orca"])
    with pytest.raises(MissingPartsError, match=r"Listening needs orca: sudo apt-get install orca"):
        ScreenReader()


@pytest.mark.parametrize("wrong", ["news.html", "ftp://city.example/", ""])
def test_what_is_no_address_is_said_before_anything_starts(
    wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(parts_module, "missing", list)
    assert main(["listen", wrong]) == 2
    assert "is not an address" in capsys.readouterr().err


def test_a_transcript_is_for_people_and_data_for_programs() -> None:
    assert transcript(STEPS).splitlines() == ["(opening)    «News» (cut off)", "Tab          —"]
    assert as_data(STEPS)[0] == {
        "key": "",
        "spoken": [{"text": "News", "language": "en-GB", "cut": True}],
    }
    json.dumps(as_data(STEPS))


def test_what_is_cut_off_is_not_heard() -> None:
    assert STEPS[0].heard == []


# A run that is spoilt


class Restarting(ScreenReader):
    """Has no desktop; counts how often it would start one."""

    starts = 0

    def _start(self) -> None:
        self.starts += 1

    def close(self) -> None:
        pass


@pytest.fixture
def restarting(monkeypatch: pytest.MonkeyPatch) -> Restarting:
    monkeypatch.setattr(parts_module, "missing", list)
    return Restarting()


def failing(times: int) -> Callable[[], str]:
    left = [ListenError("Orca does not answer.")] * times

    def action() -> str:
        if left:
            raise left.pop()
        return "heard"

    return action


def test_what_is_spoilt_is_done_once_more_on_a_fresh_desktop(restarting: Restarting) -> None:
    assert restarting.attempt(failing(1)) == "heard"
    assert restarting.starts == 1


def test_what_is_spoilt_twice_fails(restarting: Restarting) -> None:
    with pytest.raises(ListenError, match="Orca does not answer"):
        restarting.attempt(failing(2))


# What was started is ended


def sleeper(mark: str) -> subprocess.Popen[bytes]:
    """One that leaves its session, and that does not end when it is asked."""
    stubborn = (
        "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print(flush=True); time.sleep(600)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", stubborn],
        env={**os.environ, MARK: mark},
        start_new_session=True,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    process.stdout.readline()
    process.stdout.close()
    return process


def test_whatever_carries_the_mark_is_ended_and_nothing_else() -> None:
    # Another run on this machine has marks of its own.
    mark = f"ours-{os.getpid()}"
    ours, other = sleeper(mark), sleeper(f"not-{mark}")
    assert marked(mark) == {ours.pid}
    end(mark)
    assert ours.wait() == -signal.SIGKILL
    assert other.poll() is None
    other.kill()
    other.wait()
    other.wait()


def test_it_is_ended_when_its_owner_is_killed(tmp_path: Path) -> None:
    process = sleeper("orphan")
    owner = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import time; from pathlib import Path;"
            "from vydno.listen.processes import start_keeper;"
            "keeper = start_keeper('orphan', Path('home'));"
            "print(keeper.pid, flush=True); time.sleep(600)",
        ],
        stdout=subprocess.PIPE,
        cwd=tmp_path,
    )
    assert owner.stdout
    owner.stdout.readline()
    owner.kill()
    owner.wait()
    owner.stdout.close()
    assert process.wait(timeout=60) == -signal.SIGKILL


def test_the_keeper_ends_with_what_it_kept_and_leaves_no_home(tmp_path: Path) -> None:
    process = sleeper(f"kept-{os.getpid()}")
    home = tmp_path / "home"
    (home / "profile").mkdir(parents=True)
    start_keeper(f"kept-{os.getpid()}", home).communicate()
    assert process.wait() == -signal.SIGKILL
    assert not home.exists()


def test_require_is_silent_where_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts_module, "missing", list)
    require()
