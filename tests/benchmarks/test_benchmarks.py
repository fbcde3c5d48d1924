"""The benchmarks' own judgement; what they measure is not for a test."""

from __future__ import annotations

import io
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from vydno.static import manifest

from tests.benchmarks import bytes as sizes
from tests.benchmarks import click
from tests.benchmarks.click import CONTROL, HAND, HAND_AGAIN, KEPT, MISSED, UNDECIDED, Sample

# Bytes


def test_every_budget_names_files_that_are_built() -> None:
    assert {name for one in sizes.BUDGETS for name in one.files} <= set(manifest())


def test_a_budget_is_kept_to_the_byte_and_missed_by_one() -> None:
    size = sizes.ours(sizes.BUDGETS[0]).brotli
    kept, missed = (replace(sizes.BUDGETS[0], limit=limit) for limit in (size, size - 1))
    assert sizes.missed([kept, missed]) == [missed]


def test_a_missed_budget_ends_with_1_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sizes, "BUDGETS", [sizes.Budget("everything", ["vydno.js"], 1)])
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert sizes.main() == 1
    assert "Missed: everything." in capsys.readouterr().out


def test_without_npm_the_others_figures_are_called_recorded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    sizes.main()
    printed = capsys.readouterr().out
    assert "recorded; one widget" in printed
    assert "measured" not in printed
    assert "2,354" in printed


def test_a_registry_that_does_not_answer_is_like_no_npm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def failing(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 1)

    monkeypatch.setattr("shutil.which", lambda _: "npm")
    monkeypatch.setattr("subprocess.run", failing)
    assert not sizes.fetch(sizes.BUDGETS[0].peers, tmp_path)


def test_a_peer_is_measured_inside_its_package(tmp_path: Path) -> None:
    peer = sizes.Peer("@some/peer", "1.0.0", ["a.css", "b.css"], sizes.Size(0, 0))
    with tarfile.open(tmp_path / "some-peer-1.0.0.tgz", "w:gz") as archive:
        for name in peer.files:
            file = tarfile.TarInfo(f"package/{name}")
            file.size = 1000
            archive.addfile(file, io.BytesIO(b"a" * 1000))
    measured = sizes.measure(peer, tmp_path)
    assert measured.plain == 2000
    assert 0 < measured.brotli < 100


# Clicks


def samples(*, hand: float, control: float, again: float, work: float) -> click.Samples:
    return {
        HAND: [Sample(hand, 100)],
        CONTROL: [Sample(control, work)],
        HAND_AGAIN: [Sample(again, 100)],
    }


@pytest.mark.parametrize(
    ("control", "again", "work", "verdict"),
    [
        (105, 100, 105, KEPT),
        (105, 130, 100, KEPT),
        (106, 100, 100, MISSED),
        (106, 102, 100, MISSED),
        (106, 110, 100, UNDECIDED),
        (106, 90, 100, UNDECIDED),
        (100, 100, 106, MISSED),
        (100, 130, 106, MISSED),
    ],
)
def test_the_clock_decides_where_it_is_steady_and_the_work_always(
    control: float, again: float, work: float, verdict: str
) -> None:
    assert click.verdict(samples(hand=100, control=control, again=again, work=work)) == verdict


def test_the_page_has_the_elements_that_it_promises() -> None:
    assert sum(article.count("<") - article.count("</") for article in click.articles()) == 10_000
