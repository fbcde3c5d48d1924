"""Set-up from a bare Python, and the demo's command line: told by their outcomes, no installs."""

from __future__ import annotations

import importlib.metadata
import os
import re
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from demo import __main__ as command
from demo import environment
from demo.environment import ROOT, SetUpError

PYPROJECT = """
[project]
name = "vydno"
dependencies = ["jinja2>=3.1"]
[project.optional-dependencies]
build = ["brotli>=1"]
demo = ["starlette>=1,<2"]
test = ["vydno[build, demo]", "pytest>=8"]
"""


class Commands:
    """Stands in for the commands of a set-up: remembers them, and makes a venv when asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ran: list[list[str]] = []
        self.answers: dict[str, tuple[int, str]] = {}

    def __call__(
        self, command: list[str], _root: Path, _lock: IO[bytes]
    ) -> subprocess.CompletedProcess[str]:
        self.ran.append(command)
        if "venv" in command:
            make_venv(self.root)
        answers = [answer for word, answer in self.answers.items() if word in command]
        code, said = answers[0] if answers else (0, "")
        return subprocess.CompletedProcess(command, code, said)

    def count(self, word: str) -> int:
        return sum(word in command for command in self.ran)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Моя папка"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    return folder


@pytest.fixture
def commands(root: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    stand_in = Commands(root)
    monkeypatch.setattr(environment, "_quietly", stand_in)
    return stand_in


@pytest.fixture
def went_inside(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What `ensure` would have put in this process's place."""
    runs: list[list[str]] = []

    def note(_root: Path, module_and_arguments: list[str], *, after_set_up: bool) -> None:
        runs.append([*module_and_arguments, *(["after set-up"] if after_set_up else [])])

    monkeypatch.setattr(environment, "_run_inside", note)
    monkeypatch.setattr(environment, "is_prepared", lambda _extra, **_: False)
    monkeypatch.delenv("VYDNO_SET_UP", raising=False)
    return runs


def make_venv(root: Path) -> Path:
    python = root / ".venv" / environment._PYTHON
    python.parent.mkdir(parents=True, exist_ok=True)
    (root / ".venv" / "pyvenv.cfg").touch()
    python.touch()
    python.chmod(0o755)
    return python


# What is asked for, and what is there


def test_an_extra_that_includes_others_asks_for_what_they_ask_for(root: Path) -> None:
    asked = environment.requirements("test", root=root)
    assert asked == ["jinja2>=3.1", "pytest>=8", "brotli>=1", "starlette>=1,<2"]


def test_an_unknown_extra_is_answered_with_the_known_ones(root: Path) -> None:
    with pytest.raises(SetUpError, match=r"no extra 'tests'.*build, demo, test"):
        environment.requirements("tests", root=root)


@pytest.mark.parametrize(
    ("requirement", "installed", "satisfied"),
    [
        ("thing", "0.1", True),
        ("thing>=1.9", "1.10", True),
        ("thing>=1.10", "1.9", False),
        ("thing>=1,<2", "2.0", False),
        ("thing >= 1.0", "1", True),
        ("thing[extra]>=3", "2.9.1", False),
        ("thing>=2", "2.0rc1", True),
        ("thing>=2; python_version<'4'", "1", False),
        ("thing!=1.5", "1.5", False),
    ],
)
def test_a_requirement_is_compared_by_its_numbers(
    requirement: str, installed: str, satisfied: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.metadata, "version", {"thing": installed}.__getitem__)
    assert environment.is_satisfied(requirement) is satisfied


def test_a_package_that_is_not_installed_does_not_satisfy() -> None:
    assert not environment.is_satisfied("no-such-thing-as-this")


def test_the_projects_own_requirements_are_all_understood() -> None:
    for line in environment.requirements("test"):
        assert re.fullmatch(r"[A-Za-z0-9._-]+((>=|<=|==|!=|<|>)[0-9.]+,?)*", line), line


def test_another_checkouts_package_does_not_count(root: Path) -> None:
    assert not environment.is_prepared("demo", root=root)


# Set-up


def test_a_first_run_makes_the_environment_and_goes_inside(
    root: Path, commands: Commands, went_inside: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    environment.ensure("demo", "demo", ["--port", "1"], root=root)
    assert (commands.count("venv"), commands.count(".[demo]")) == (1, 1)
    assert went_inside == [["demo", "--port", "1", "after set-up"]]
    assert capsys.readouterr().err == "Setting up .venv (first run only) …\n"


def test_a_second_run_starts_nothing_and_says_nothing(
    root: Path, commands: Commands, went_inside: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    environment.ensure("demo", "demo", [], root=root)
    capsys.readouterr()
    commands.ran.clear()
    environment.ensure("demo", "demo", [], root=root)
    assert (commands.ran, went_inside[1]) == ([], ["demo"])
    assert capsys.readouterr().err == ""


def test_what_tests_need_is_enough_for_the_demo(
    root: Path, commands: Commands, went_inside: list[Any]
) -> None:
    environment.ensure("test", "tests", [], root=root)
    environment.ensure("demo", "demo", [], root=root)
    assert (commands.count("pip"), len(went_inside)) == (1, 2)


def test_extras_add_up(root: Path, commands: Commands, went_inside: list[Any]) -> None:
    for extra in ("demo", "build", "demo", "build"):
        environment.ensure(extra, "demo", [], root=root)
    assert (commands.count("venv"), commands.count("pip"), len(went_inside)) == (1, 2, 4)


@pytest.mark.usefixtures("went_inside")
def test_a_changed_pyproject_installs_again_in_the_same_environment(
    root: Path, commands: Commands
) -> None:
    environment.ensure("demo", "demo", [], root=root)
    (root / "pyproject.toml").write_text(PYPROJECT + "# changed", "utf-8")
    environment.ensure("demo", "demo", [], root=root)
    assert (commands.count("venv"), commands.count("pip")) == (1, 2)


@pytest.mark.usefixtures("went_inside")
def test_a_set_up_that_was_cut_short_is_made_again_from_nothing(
    root: Path, commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.answers["pip"] = (1, "No space left on device")
    with pytest.raises(SystemExit):
        environment.ensure("demo", "demo", [], root=root)
    half = root / ".venv" / "lib" / "half"
    half.mkdir(parents=True)
    commands.answers.clear()
    environment.ensure("demo", "demo", [], root=root)
    assert not half.exists()
    assert "anew" in capsys.readouterr().err
    assert environment.is_current("demo", root=root)


@pytest.mark.usefixtures("went_inside")
def test_an_environment_without_its_python_is_made_again(root: Path, commands: Commands) -> None:
    environment.ensure("demo", "demo", [], root=root)
    (root / ".venv" / environment._PYTHON).unlink()
    environment.ensure("demo", "demo", [], root=root)
    assert commands.count("venv") == 2


@pytest.mark.usefixtures("went_inside")
def test_a_copied_folder_does_not_use_the_originals_environment(
    root: Path, commands: Commands, tmp_path: Path
) -> None:
    environment.ensure("demo", "demo", [], root=root)
    copy = shutil.copytree(root, tmp_path / "copy")
    assert not environment.is_current("demo", root=copy)
    assert commands.count("pip") == 1


@pytest.mark.usefixtures("went_inside")
def test_an_environment_that_somebody_made_is_added_to(root: Path, commands: Commands) -> None:
    make_venv(root)
    theirs = root / ".venv" / "lib" / "theirs"
    theirs.mkdir(parents=True)
    environment.ensure("demo", "demo", [], root=root)
    assert theirs.exists()
    assert commands.count("pip") == 1


@pytest.mark.usefixtures("commands", "went_inside")
def test_a_folder_that_is_no_environment_is_left_alone(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / ".venv").mkdir()
    (root / ".venv" / "thesis.odt").touch()
    with pytest.raises(SystemExit, match="2"):
        environment.ensure("demo", "demo", [], root=root)
    assert "holds thesis.odt" in capsys.readouterr().err
    assert (root / ".venv" / "thesis.odt").exists()


@pytest.mark.usefixtures("went_inside")
def test_the_path_to_the_package_is_ascii_wherever_the_project_is(
    root: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = root / ".venv" / environment._SITE_PACKAGES.replace("*", "python3.11")
    path = packages / "_editable_impl_vydno.pth"

    def install(*arguments: Any) -> subprocess.CompletedProcess[str]:
        packages.mkdir(parents=True, exist_ok=True)
        path.write_text(str(root / "widgets"), "utf-8")
        return commands(*arguments)

    monkeypatch.setattr(environment, "_quietly", install)
    environment.ensure("demo", "demo", [], root=root)
    written = path.read_text("utf-8").strip()
    assert written.isascii()
    assert Path(os.path.abspath(packages / written)) == root / "widgets"  # noqa: PTH100


@pytest.mark.usefixtures("went_inside")
def test_without_a_network_one_sentence_is_said(
    root: Path, commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.answers["pip"] = (1, "Retrying after NewConnectionError(...)\nERROR: No matching")
    with pytest.raises(SystemExit, match="2"):
        environment.ensure("demo", "demo", [], root=root)
    said = capsys.readouterr().err
    assert "reached no package index" in said
    assert "Retrying" not in said


@pytest.mark.usefixtures("went_inside")
def test_pips_own_words_are_shown_when_it_fails_for_another_reason(
    root: Path, commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.answers["pip"] = (1, "ERROR: the hatch is shut")
    with pytest.raises(SystemExit, match="2"):
        environment.ensure("demo", "demo", [], root=root)
    assert "the hatch is shut\npip could not install" in capsys.readouterr().err


@pytest.mark.usefixtures("commands", "went_inside")
def test_a_folder_that_cannot_be_written_is_said(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(root / ".venv"))

    monkeypatch.setattr(environment, "_write_mark", refuse)
    with pytest.raises(SystemExit, match="2"):
        environment.ensure("demo", "demo", [], root=root)
    assert ".venv: Permission denied. Work in a folder of your own" in capsys.readouterr().err


@pytest.mark.usefixtures("commands", "went_inside")
def test_a_set_up_that_does_not_help_is_not_repeated(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VYDNO_SET_UP", "1")
    with pytest.raises(SystemExit, match="2"):
        environment.ensure("demo", "demo", [], root=root)
    assert "Remove that folder" in capsys.readouterr().err


def test_only_one_set_up_runs_at_a_time(root: Path) -> None:
    with (root / "pyproject.toml").open("r+b") as second:
        with environment._lock(root):
            assert not environment._try_lock(second)
        assert environment._try_lock(second)


# A Python without ensurepip


@pytest.fixture
def no_ensurepip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_has_ensurepip", lambda: False)
    monkeypatch.setattr(environment, "_venv_package", lambda: "python3-venv")
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(environment, "_may_use_apt", lambda: False)


@pytest.mark.usefixtures("went_inside", "no_ensurepip")
def test_an_ordinary_user_without_ensurepip_gets_one_line_to_type(
    root: Path, commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        environment.ensure("demo", "demo", [], root=root)
    assert "\n    sudo apt-get install python3-venv\n" in capsys.readouterr().err
    assert commands.ran == []


@pytest.mark.usefixtures("went_inside", "no_ensurepip")
def test_root_without_ensurepip_installs_it(
    root: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "_may_use_apt", lambda: True)
    monkeypatch.setattr(environment, "_has_ensurepip", lambda: commands.count("python3-venv") > 0)
    environment.ensure("demo", "demo", [], root=root)
    assert commands.count("python3-venv") == 1
    assert environment.is_current("demo", root=root)


# A Python that is too old


def test_an_old_python_can_read_the_file_that_turns_it_away() -> None:
    source = (ROOT / "demo" / "__init__.py").read_bytes()
    assert source.isascii()  # Python 2 stops at anything else
    assert not re.search(rb'\bf"|:=|->|\bmatch\b|^from __future__', source, re.MULTILINE)


def test_an_old_python_is_told_which_one_to_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match="2"):
        runpy.run_path(str(ROOT / "demo" / "__init__.py"))
    assert "needs Python 3.11 or later" in capsys.readouterr().err


# python3 -m demo


def demo(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "demo", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener


@pytest.fixture
def bare_copy(tmp_path: Path) -> Path:
    """The commands' own files in a folder where nothing has been set up."""
    for folder in ("demo", "tests"):
        (tmp_path / folder).mkdir()
        for path in (ROOT / folder).glob("*.py"):
            shutil.copy(path, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize("module", ["demo", "tests"])
def test_help_answers_without_set_up(module: str, bare_copy: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", module, "--help"],
        cwd=bare_copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert f"python3 -m {module}" in answer.stdout
    assert not (bare_copy / ".venv").exists()


@pytest.mark.parametrize("port", ["65536", "-1", "http", "8e3", "", "٣"])
def test_a_wrong_port_is_answered_with_the_right_ones(port: str) -> None:
    answer = demo("--port", port)
    assert answer.returncode == 2
    assert "give a number from 0 to 65535" in answer.stderr


def test_a_taken_port_gets_a_sentence(taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    answer = demo("--port", str(port))
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"Port {port} on 127.0.0.1 is taken by another program. ")
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("host", ["", "no such host", "::zz", "x" * 300])
def test_a_host_that_is_no_address_gets_a_sentence(host: str) -> None:
    with pytest.raises(command.ListenError, match="There is no address"):
        command.listen(host, 0)


def test_an_address_of_another_computer_gets_a_sentence() -> None:
    # 203.0.113.0/24 is for documentation (RFC 5737): no computer has an address of it.
    with pytest.raises(command.ListenError, match="This computer has no address"):
        command.listen("203.0.113.7", 0)


def test_a_port_that_needs_more_rights_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> socket.socket:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(command, "_open", lambda listener, _: (listener.close(), refuse()))
    with pytest.raises(command.ListenError, match="may not listen on port 80"):
        command.listen("127.0.0.1", 80)


def test_without_a_port_the_next_free_one_is_taken(
    taken: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = taken.getsockname()[1]
    monkeypatch.setattr(command, "DEFAULT_PORT", port)
    with command.listen("127.0.0.1", None) as listener:
        assert port < listener.getsockname()[1] < port + command.PORTS_TO_TRY


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:{}/"),
        ("localhost", "http://localhost:{}/"),
        ("0.0.0.0", "http://127.0.0.1:{}/"),
        ("::1", "http://[::1]:{}/"),
        ("[::1]", "http://[::1]:{}/"),
        ("fe80::1%eth0", "http://[fe80::1%25eth0]:{}/"),
    ],
)
def test_the_address_can_be_opened_in_a_browser(
    host: str, address: str, taken: socket.socket
) -> None:
    assert command.address_of(taken, host) == address.format(taken.getsockname()[1])


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "demo", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_the_demo_says_where_it_is_answers_there_and_stops_at_ctrl_c(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    process = start("--port", "0")
    assert process.stdout
    said = process.stdout.readline()
    address = re.fullmatch(r"Vydno demo: (http://127\.0\.0\.1:\d+/) \(Ctrl\+C stops it\)\n", said)
    assert address, process.communicate(timeout=10)
    with urllib.request.urlopen(address[1]) as response:
        assert response.status == 200
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=10) == ("", "")
    assert process.returncode == 0
