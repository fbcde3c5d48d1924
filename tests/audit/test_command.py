"""`vydno audit` from end to end: what it prints, writes, and ends with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from vydno.audit.checks import all_checks
from vydno.cli import main

from ..servers import folder

Output = pytest.CaptureFixture[str]

HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{}</title>'
SOUND = HEAD.format("Opening hours of the town hall") + (
    '<meta name="viewport" content="width=device-width"></head><body><main>'
    "<h1>Opening hours</h1><p>We are here from nine to five.</p></main></body></html>"
)
WEAK = SOUND.replace("<p>", '<p id="weak" style="color: #999">')
WIDE = SOUND.replace("<p>", '<p id="wide" style="width: 600px">')
TEAM = """
from vydno.audit.checks import check, fails

@check("no-nine", criteria=["3.1.5"], title="Nine is too early", fix="Write ten.", source="team")
def no_nine(page, variant):
    for element in page.snapshot.texts:
        if "nine" in element.text:
            yield fails(element, "Nobody comes at nine.")
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    place = tmp_path / "site"
    place.mkdir()
    for name, html in (("sound", SOUND), ("weak", WEAK), ("wide", WIDE)):
        (place / f"{name}.html").write_text(html, encoding="utf-8")
    return place


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No configuration of this checkout counts."""
    place = tmp_path / "work"
    place.mkdir()
    (place / "vydno-audit.toml").write_text("")
    monkeypatch.chdir(place)


@pytest.mark.browser
def test_a_folder_is_audited_and_told_of_in_every_format(
    site: Path, tmp_path: Path, capsys: Output
) -> None:
    names = {"html": "a.html", "json": "a.json", "junit": "a.xml", "sarif": "a.sarif"}
    files = {name: tmp_path / file for name, file in {**names, "earl": "a.jsonld"}.items()}
    told = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    assert main(["audit", str(site), *told]) == 1
    output = capsys.readouterr()
    assert "color-contrast" in output.out
    assert "reflow" in output.out
    assert output.err == ""
    report = json.loads(files["json"].read_text(encoding="utf-8"))
    assert [page["status"] for page in report["pages"]] == ["audited"] * 3
    found = {(one["source"], one["rule"], one["target"]) for one in report["findings"]}
    assert {("axe", "color-contrast", "#weak"), ("vydno", "reflow", "#wide")} <= found
    assert all(path.stat().st_size for path in files.values())
    assert "data:image/png" in files["html"].read_text(encoding="utf-8")


@pytest.mark.browser
def test_a_sound_page_ends_with_0_and_a_missing_one_with_2(site: Path, capsys: Output) -> None:
    assert main(["audit", str(site / "sound.html")]) == 0
    with folder(site) as address:
        assert main(["audit", f"{address}/gone.html", f"{address}/weak.html"]) == 2
    assert "it answered with the status 404" in capsys.readouterr().out


@pytest.mark.browser
def test_a_teams_own_check_runs_beside_ours(site: Path, tmp_path: Path, capsys: Output) -> None:
    checks = tmp_path / "checks.py"
    checks.write_text(TEAM)
    told = ["--no-axe", "--no-checks", "--own-checks", str(checks)]
    assert main(["audit", str(site / "sound.html"), *told]) == 1
    assert "no-nine" in capsys.readouterr().out


@pytest.mark.browser
def test_what_the_baseline_knows_fails_nothing_until_it_is_gone(site: Path, capsys: Output) -> None:
    told = ["--rule", "color-contrast", "--baseline", "known.json"]
    page = site / "weak.html"
    assert main(["audit", str(page), *told, "--update-baseline"]) == 0
    assert main(["audit", str(page), *told]) == 0
    page.write_text(SOUND, encoding="utf-8")
    assert main(["audit", str(page), *told]) == 1
    assert "is stale" in capsys.readouterr().err


@pytest.mark.browser
def test_a_page_in_several_variants_is_one_finding_with_its_variants(
    site: Path, capsys: Output
) -> None:
    dark = "<style>@media (prefers-color-scheme: dark) { p { color: #bbb } }</style></head>"
    (site / "sound.html").write_text(SOUND.replace("</head>", dark), encoding="utf-8")
    told = ["--rule", "color-contrast", "--color-scheme", "all", "--viewport", "320,1280"]
    assert main(["audit", str(site / "sound.html"), *told]) == 1
    assert "only in dark" in capsys.readouterr().out


@pytest.mark.browser
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send")
def test_ctrl_c_writes_what_was_done_and_resume_does_the_rest(site: Path, tmp_path: Path) -> None:
    slow, begun = tmp_path / "slow.py", tmp_path / "begun"
    slow.write_text(
        "import time\nfrom vydno.audit.checks import check\n"
        "@check('slow', criteria=['1.1.1'], title='Slow', fix='-', source='team')\n"
        f"def slow(page, variant):\n    open({str(begun)!r}, 'a').write('x')\n"
        "    time.sleep(1)\n    return ()\n"
    )
    for number in range(6):
        (site / f"more-{number}.html").write_text(SOUND, encoding="utf-8")
    report = tmp_path / "audit.json"
    command = [sys.executable, "-m", "vydno.cli", "audit", str(site), "--json", str(report)]
    command += ["--no-axe", "--no-checks", "--own-checks", str(slow), "--workers", "1"]
    # Where the tests run in the background of a shell they ignore it, and so would the child.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
    finally:
        signal.signal(signal.SIGINT, before)
    while process.poll() is None and (not begun.exists() or begun.stat().st_size < 3):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 2
    first = json.loads(report.read_text(encoding="utf-8"))
    assert 0 < len(first["pages"]) < 9
    again = subprocess.run([*command, "--resume"], capture_output=True, text=True, timeout=150)
    assert again.returncode == 0, again.stderr
    assert len(json.loads(report.read_text(encoding="utf-8"))["pages"]) == 9


# Without a browser. -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Say what to audit"),
        (["htp://example.org"], "htp://example.org"),
        (["no-such-folder/"], "no-such-folder"),
        (["https://example.org", "--rule", "no-such-rule"], "There is no rule 'no-such-rule'"),
        (["https://example.org", "--viewport", "wide"], "1280x800"),
        (["https://example.org", "--html", "vydno-audit.toml/a.html"], "could not be written"),
        (["https://example.org", "--axe", "missing.js"], "missing.js"),
        (["https://example.org", "--own-checks", "no_such_module"], "no_such_module"),
        (["https://example.org", "--baseline", "missing.json"], "missing.json"),
        (["--explain", "reflo"], "did you mean 'reflow'"),
    ],
)
def test_what_cannot_run_is_said_in_a_sentence(
    arguments: list[str], words: str, capsys: Output
) -> None:
    assert main(["audit", *arguments]) == 2
    output = capsys.readouterr()
    assert words in output.err
    assert "Traceback" not in output.err
    assert output.out == ""


def test_a_rule_is_explained_with_criterion_method_limits_and_examples(capsys: Output) -> None:
    assert main(["audit", "--explain", "reflow"]) == 0
    told = capsys.readouterr().out
    check = all_checks()["reflow"]
    for words in (check.title, check.broken, "1.4.10 Reflow (AA)", "Limits:", "Sound:"):
        assert words in told


def test_all_rules_are_named_with_their_criteria(capsys: Output) -> None:
    assert main(["audit", "--rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines} == set(all_checks())
