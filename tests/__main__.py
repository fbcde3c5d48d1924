"""`python3 -m tests`: set up what is missing, then run every check, the cheap ones first.

With arguments they go to pytest, and pytest is all that runs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from demo import environment
from demo.environment import ROOT
from tests import browsers

USAGE = """\
usage: python3 -m tests [pytest arguments]

Without arguments: lint, type check, static/ against its sources, then all tests.
With arguments: pytest alone, with them, for example python3 -m tests -k cookie

The first run makes .venv, and finds or installs Chromium, Firefox, WebKit, a Selenium Grid and a
screen reader.
CI=true makes one that is left out a failure.
"""
# Four on two cores were slower than two (measured on the audit's pages).
WORKERS = 2


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One command that must exit with 0. Where tests are counted, one at least must pass."""

    name: str
    command: Sequence[str]
    counted: bool = False


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How the tests of a stage ended."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            passed=self.passed + other.passed,
            failed=self.failed + other.failed,
            skipped=self.skipped + other.skipped,
        )

    def __str__(self) -> str:
        parts = [f"{self.passed} tests passed"]
        parts += [f"{self.failed} failed"] if self.failed else []
        parts += [f"{self.skipped} skipped"] if self.skipped else []
        return ", ".join(parts)


@dataclass(frozen=True, kw_only=True)
class Result:
    """How a stage went."""

    stage: Stage
    code: int
    seconds: float
    counts: Counts = Counts()

    @property
    def failure(self) -> int:
        """The exit code, or 1 when there is none and yet nothing was tested; 0 is success."""
        return self.code or int(self.stage.counted and not self.counts.passed)


def main(argv: Sequence[str] | None = None) -> int:
    """0 when everything ran and passed, 2 when it could not run, else the failing stage's code."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments in (["-h"], ["--help"]):
        print(USAGE, end="")
        return 0
    environment.ensure("test", "tests", arguments)
    try:
        machine = browsers.Machine()
        found = browsers.find_or_install(machine, environment.say)
        grid = browsers.find_or_install_grid(machine, environment.say)
        screen_reader = browsers.find_or_install_screen_reader(machine, environment.say)
    except browsers.MissingBrowserError as missing:
        environment.say(str(missing))
        return environment.COULD_NOT_RUN
    except KeyboardInterrupt:
        return environment.INTERRUPTED
    there = [*found.values(), *filter(None, [grid, screen_reader])]
    print(f"Browsers: {'; '.join(map(str, there))}", flush=True)
    environ = {**os.environ, **browsers.to_environment(found.values(), grid)}
    left_out = browsers.left_out(found, grid, screen_reader)
    return run_pytest(arguments, environ, left_out) if arguments else run_all(environ, left_out)


def run_all(environ: Mapping[str, str], left_out: Sequence[browsers.Part]) -> int:
    """Every stage up to the first that fails, and a summary."""
    stages = all_stages(ROOT)
    results = list(run(stages, environ))
    code = exit_code(results, left_out, ci=_is_ci(environ))
    lines = [*summarise(stages, results), *say_left_out(left_out, ci=_is_ci(environ))]
    print(*lines, last_line(results, code), sep="\n", flush=True)
    return code


def run_pytest(
    arguments: Sequence[str], environ: Mapping[str, str], left_out: Sequence[browsers.Part]
) -> int:
    """Pytest alone. It counts its tests itself, and fails when there are none."""
    result = run_stage(_pytest("pytest", arguments), environ)
    for line in say_left_out(left_out, ci=_is_ci(environ)):
        print(line, flush=True)
    return exit_code([result], left_out, ci=_is_ci(environ))


def _is_ci(environ: Mapping[str, str]) -> bool:
    return environ.get("CI") == "true"


# What runs


def all_stages(root: Path) -> list[Stage]:
    """Every stage, in the order in which the cheapest finds come first."""
    python = [sys.executable, "-m"]
    return [
        Stage(name="ruff check", command=[*python, "ruff", "check", "."]),
        Stage(name="ruff format", command=[*python, "ruff", "format", "--check", "."]),
        Stage(name="biome", command=biome_command(root)),
        Stage(name="mypy", command=[*python, "mypy"]),
        Stage(name="vydno build", command=[*python, "vydno.cli", "build", "--check"]),
        _tests("tests", ["-m", "not browser"]),
        _tests("tests in browsers", ["-m", "browser", "-n", str(WORKERS), "--dist", "loadgroup"]),
    ]


def biome_command(root: Path) -> list[str]:
    """Lint the scripts and style sheets that people write; what is built from them is not."""
    biome = Path(sys.executable).with_name("biome")
    sources = [
        str(path.relative_to(root))
        for folder in ("widgets", "demo")
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in {".js", ".css"}
    ]
    executable = str(biome) if biome.exists() else shutil.which("biome") or "biome"
    return [executable, "lint", "--config-path=tests", "--error-on-warnings", *sources]


def _pytest(name: str, arguments: Iterable[str]) -> Stage:
    return Stage(name=name, command=[sys.executable, "-m", "pytest", *arguments])


def _tests(name: str, arguments: Iterable[str]) -> Stage:
    return replace(_pytest(name, arguments), counted=True)


# Running


def run(stages: Iterable[Stage], environ: Mapping[str, str]) -> Iterator[Result]:
    """Run one stage after another, up to and with the first that fails."""
    for stage in stages:
        print(f"\n== {stage.name}", flush=True)
        result = run_stage(stage, environ)
        yield result
        if result.failure:
            return


def run_stage(stage: Stage, environ: Mapping[str, str]) -> Result:
    """Run one stage where the project is, its output going where ours goes."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="vydno-tests-") as folder:
        report = Path(folder, "report.xml")
        extra = [f"--junitxml={report}"] if stage.counted else []
        code = _call([*stage.command, *extra], environ)
        counts = read_counts(report)
    return Result(stage=stage, code=code, seconds=time.monotonic() - start, counts=counts)


def _call(command: Sequence[str], environ: Mapping[str, str]) -> int:
    try:
        process = subprocess.Popen(command, cwd=ROOT, env=environ)
    except OSError as failure:
        environment.say(f"{command[0]} did not start: {failure}")
        return environment.COULD_NOT_RUN
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:  # it got the same Ctrl+C, and has things to put away
            continue
        return code if code >= 0 else 128 - code


def read_counts(report: Path) -> Counts:
    """The numbers in pytest's JUnit report; none when pytest wrote none."""
    try:
        suites = ET.parse(report).getroot().iter("testsuite")
    except (OSError, ET.ParseError):
        return Counts()
    return sum((_counts(suite.attrib) for suite in suites), Counts())


def _counts(suite: Mapping[str, str]) -> Counts:
    failed = int(suite["failures"]) + int(suite["errors"])
    skipped = int(suite["skipped"])
    return Counts(
        passed=max(0, int(suite["tests"]) - failed - skipped), failed=failed, skipped=skipped
    )


# The last lines


def summarise(stages: Sequence[Stage], results: Sequence[Result]) -> list[str]:
    """One line a stage, and what was not reached."""
    lines = ["", "== summary", *map(_line, results)]
    not_run = [stage.name for stage in stages[len(results) :]]
    return [*lines, f"not run: {', '.join(not_run)}"] if not_run else lines


def exit_code(results: Sequence[Result], left_out: Sequence[browsers.Part], *, ci: bool) -> int:
    """The failing stage's code; 1 for something left out in CI, and when nothing ran."""
    failing = next((result.failure for result in results if result.failure), 0)
    return failing or int(not results or (ci and bool(left_out)))


def _line(result: Result) -> str:
    verdict = f"exit {result.failure}" if result.failure else "ok"
    counts = f"  {result.counts}" if result.stage.counted else ""
    return f"{result.stage.name:<18} {verdict:<8} {result.seconds:6.1f} s{counts}"


def last_line(results: Sequence[Result], code: int) -> str:
    """The verdict, with the number of tests that it rests on."""
    seconds = sum(result.seconds for result in results)
    verdict = "FAILED" if code else "passed"
    counts = sum((result.counts for result in results), Counts())
    return f"{verdict}: {counts}, {seconds:.1f} s"


def say_left_out(parts: Sequence[browsers.Part], *, ci: bool) -> list[str]:
    """One line that counts and names what nothing ran in; none when all was there."""
    if not parts:
        return []
    names = ", ".join(browsers.NAMES[part] for part in parts)
    failure = " With CI=true that is a failure." if ci else ""
    return [
        f"left out: {len(parts)} of {len(browsers.PARTS)} ({names}). "
        f"To have them: {browsers.apt_line(parts)}.{failure}"
    ]


if __name__ == "__main__":
    sys.exit(main())
