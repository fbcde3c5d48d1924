"""Set-up from a bare Python: make `.venv`, install the project in it, go on inside it.

Standard library only, because it runs before anything is installed. One file in `.venv`, the
mark, says what was installed from which `pyproject.toml`; it exists in its whole form only while
the environment is whole, so that an interrupted set-up is noticed and made again.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.util
import json
import operator
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
COULD_NOT_RUN = 2
INTERRUPTED = 130

_WINDOWS = os.name == "nt"
_BIN = "Scripts" if _WINDOWS else "bin"
_SITE_PACKAGES = "Lib/site-packages" if _WINDOWS else "lib/*/site-packages"
_PYTHON = Path(_BIN, "python.exe" if _WINDOWS else "python")
_MARK = "vydno.json"
_UNFINISHED: dict[str, Any] = {"unfinished": True}
# Set for the run after a set-up: another one there would only go round in a circle.
_SET_UP = "VYDNO_SET_UP"
# What an environment consists of. A `.venv` with anything else in it is somebody's folder.
_PARTS = {"bin", "include", "lib", "lib64", "share", "etc", "man", "pyvenv.cfg", ".gitignore"}
_PARTS |= {"Scripts", "Include", "Lib", "CACHEDIR.TAG", _MARK}
# What pip says when no package index answers.
_OFFLINE = re.compile(
    "NewConnectionError|NameResolutionError|Failed to establish a new connection|ConnectTimeout"
    "|ReadTimeout|Network is unreachable|ProxyError|Cannot connect to proxy|Connection refused"
)

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}


class SetUpError(Exception):
    """Set-up stopped; the message says why and what to do."""


def ensure(extra: str, module: str, argv: Sequence[str], *, root: Path = ROOT) -> None:
    """Return in an environment with the requirements of `extra`, or run `module` in one.

    Returns when the running interpreter has them all. Otherwise `.venv` in the project's root is
    made or brought up to date, and `python -m module *argv` takes this process's place in it.
    Leaves with exit code 2 and a sentence when that cannot be done.
    """
    try:
        comes_from_set_up = os.environ.pop(_SET_UP, None)
        if is_prepared(extra, root=root):
            return
        if comes_from_set_up:
            raise SetUpError(
                f"{root / '.venv'} was set up, yet not everything that [{extra}] needs is in it. "
                "Remove that folder and run the command again."
            )
        needs_set_up = _runs_in(root / ".venv") or not is_current(extra, root=root)
        if needs_set_up:
            _set_up(extra, root)
    except SetUpError as stopped:
        stop(str(stopped))
    except KeyboardInterrupt:
        stop("Stopped during set-up. The next run makes it whole.", INTERRUPTED)
    except OSError as failure:
        stop(_no_access(failure, root))
    _run_inside(root, [module, *argv], after_set_up=needs_set_up)


def stop(sentence: str, code: int = COULD_NOT_RUN) -> NoReturn:
    """Say one sentence on stderr and leave."""
    say(sentence)
    raise SystemExit(code)


def say(sentence: str) -> None:
    """Talk goes to stderr, at once."""
    print(sentence, file=sys.stderr, flush=True)


# What the project asks for


def requirements(extra: str, *, root: Path = ROOT) -> list[str]:
    """Every requirement of the project and of `extra`, the extras that it includes unfolded."""
    project = _project(root)
    listed = list(project.get("dependencies", []))
    for name in _unfold(extra, project):
        listed += project["optional-dependencies"][name]
    return [line for line in listed if not _own_extras(line, project)]


def included_extras(extra: str, *, root: Path = ROOT) -> list[str]:
    """`extra` and the extras that installing it installs too."""
    return _unfold(extra, _project(root))


def _project(root: Path) -> dict[str, Any]:
    import tomllib  # here, because a second run from a bare Python never needs it

    with (root / "pyproject.toml").open("rb") as file:
        project: dict[str, Any] = tomllib.load(file)["project"]
    return project


def _unfold(extra: str, project: dict[str, Any]) -> list[str]:
    offered = project["optional-dependencies"]
    if extra not in offered:
        raise SetUpError(f"There is no extra '{extra}'; there are: {', '.join(sorted(offered))}.")
    names = [extra]
    for name in names:
        for line in offered[name]:
            names += [other for other in _own_extras(line, project) if other not in names]
    return names


def _own_extras(line: str, project: dict[str, Any]) -> list[str]:
    own = re.match(rf"{re.escape(project['name'])}\s*\[([^\]]*)\]", line)
    return [name.strip() for name in own[1].split(",")] if own else []


# What is installed


def is_prepared(extra: str, *, root: Path = ROOT) -> bool:
    """Whether the running interpreter has this checkout's package and all that `extra` needs."""
    return _imports_checkout(root) and all(map(is_satisfied, requirements(extra, root=root)))


def _imports_checkout(root: Path) -> bool:
    spec = importlib.util.find_spec("vydno")
    if spec is None or spec.origin is None:
        return False
    return Path(spec.origin).resolve().is_relative_to(root / "widgets")


def is_satisfied(requirement: str) -> bool:
    """Whether the requirement is installed in a version that it allows.

    Knows what `pyproject.toml` uses: names, extras, and numeric versions (PEP 508 without
    markers and addresses, which are taken as met once the name is installed).
    """
    import importlib.metadata  # here, because a bare Python that goes inside never needs it

    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    if name is None:
        return False
    try:
        installed = importlib.metadata.version(name[0])
    except importlib.metadata.PackageNotFoundError:
        return False
    wanted = requirement[name.end() :].partition(";")[0]
    return all(
        _COMPARISONS[sign](_numbers(installed), _numbers(version))
        for sign, version in re.findall(r"([<>=!]=|[<>])\s*([0-9.]+)(?![0-9.*])", wanted)
    )


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in re.findall(r"\d+", re.split(r"[^\d.]", version)[0])]
    while numbers and numbers[-1] == 0:  # 1.0 is 1
        numbers.pop()
    return tuple(numbers)


# The mark


def is_current(extra: str, *, root: Path = ROOT) -> bool:
    """Whether `.venv` holds `extra` as `pyproject.toml` stands now, for this Python, here."""
    mark = _read_mark(root)
    held = mark.get("extras", {}).get(extra)
    return held == stamp(extra, root=root) and _is_whole(mark, root)


def stamp(extra: str, *, root: Path = ROOT) -> str:
    """A hash of all that a set-up with `extra` depends on."""
    pyproject = (root / "pyproject.toml").read_bytes()
    return hashlib.sha256(b"\0".join([pyproject, extra.encode(), _home(root).encode()])).hexdigest()


def _home(root: Path) -> str:
    # A copied folder must not use an environment that points back at the original.
    tag = sys.implementation.cache_tag or sys.version
    return f"{tag} {os.fsencode(root).hex()}"


def _is_whole(mark: dict[str, Any], root: Path) -> bool:
    return mark.get("home") == _home(root) and os.access(root / ".venv" / _PYTHON, os.X_OK)


def _read_mark(root: Path) -> dict[str, Any]:
    try:
        mark = json.loads((root / ".venv" / _MARK).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        return _UNFINISHED
    return mark if isinstance(mark, dict) else _UNFINISHED


def _write_mark(root: Path, mark: dict[str, Any]) -> None:
    # Under another name first: a mark that is cut short would be a lie.
    path = root / ".venv" / _MARK
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(mark, indent=1), "utf-8")
    draft.replace(path)


# Set-up


def _set_up(extra: str, root: Path) -> None:
    with _lock(root) as lock:
        mark = _read_mark(root)
        if is_current(extra, root=root):
            if not _runs_in(root / ".venv"):
                return  # somebody else did it while this run waited
            mark = _UNFINISHED  # it claims what is not so: something was taken out by hand
        if _is_whole(mark, root):
            say(f"Bringing .venv up to date with pyproject.toml [{extra}] …")
            extras = mark["extras"]
        else:
            _make(root, mark, lock)
            extras = {}
        _write_mark(root, _UNFINISHED)
        _install(extra, root, lock)
        _make_path_relative(root)
        extras |= {name: stamp(name, root=root) for name in included_extras(extra, root=root)}
        _write_mark(root, {"home": _home(root), "extras": extras})


def _make(root: Path, mark: dict[str, Any], lock: IO[bytes]) -> None:
    venv = root / ".venv"
    _refuse_if_not_an_environment(venv)
    _need_ensurepip(lock)
    say("Setting up .venv anew …" if mark else "Setting up .venv (first run only) …")
    # What we made for something else, or half, goes; what somebody else made is added to.
    ours = bool(mark) or not os.access(venv / _PYTHON, os.X_OK)
    venv.mkdir(exist_ok=True)
    if ours:
        _write_mark(root, _UNFINISHED)
        _empty(venv)
    base = getattr(sys, "_base_executable", sys.executable)  # not the .venv that is being remade
    made = _quietly([base, "-m", "venv", str(venv.resolve())], root, lock)
    if made.returncode:
        raise SetUpError(f"{made.stdout.rstrip()}\nPython could not make {venv}; see above.")


def _empty(venv: Path) -> None:
    """Remove everything but the mark, which must outlive an interruption."""
    for path in venv.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != _MARK:
            path.unlink()


def _refuse_if_not_an_environment(venv: Path) -> None:
    if not venv.exists():
        if venv.is_symlink():
            raise SetUpError(f"{venv} is a link to nowhere. Remove it and run the command again.")
        return
    if not venv.is_dir():
        raise SetUpError(f"{venv} is not a folder. Remove it and run the command again.")
    strangers = {path.name for path in venv.iterdir()} - _PARTS - {"vydno.new"}
    if strangers and not (venv / "pyvenv.cfg").exists() and not (venv / _MARK).exists():
        raise SetUpError(
            f"{venv} is not a virtual environment: it holds {min(strangers)}. "
            "Move it away and run the command again."
        )


def _install(extra: str, root: Path, lock: IO[bytes]) -> None:
    python = str(root / ".venv" / _PYTHON)
    pip = [python, "-m", "pip", "--no-input", "--disable-pip-version-check"]
    installed = _quietly([*pip, "install", "--editable", f".[{extra}]"], root, lock)
    if installed.returncode == 0:
        return
    if _OFFLINE.search(installed.stdout):
        raise SetUpError(
            "pip reached no package index, and set-up needs one. Connect to a network, or name an "
            "index that you can reach (pip config set global.index-url …), and run this again."
        )
    raise SetUpError(
        f"{installed.stdout.rstrip()}\n"
        f"pip could not install the project with [{extra}]; it says why above."
    )


def _make_path_relative(root: Path) -> None:
    # Python up to 3.12 reads this file in the locale's encoding: ASCII alone is right in all.
    for path in (root / ".venv").glob(f"{_SITE_PACKAGES}/_*vydno.pth"):
        widgets = os.path.relpath(root / "widgets", path.parent)
        path.write_text(Path(widgets).as_posix() + "\n", "ascii")


def _quietly(command: list[str], root: Path, lock: IO[bytes]) -> subprocess.CompletedProcess[str]:
    """Run, keeping what it says. It holds the lock as well, in case this process is killed."""
    return subprocess.run(  # noqa: S603
        command,
        cwd=root,
        # A pip that somebody set to install for the user would refuse to work in an environment.
        env={**os.environ, "PIP_USER": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=() if _WINDOWS else (lock.fileno(),),
        check=False,
    )


# Debian keeps ensurepip in a package of its own


def _need_ensurepip(lock: IO[bytes]) -> None:
    if _has_ensurepip():
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", _venv_package()]
    if _may_use_apt():
        say(f"This Python lacks ensurepip: installing {_venv_package()} …")
        _apt(["apt-get", "update"], lock)
        _apt(install, lock)
        importlib.invalidate_caches()
        if _has_ensurepip():
            return
    if shutil.which("apt-get"):
        raise SetUpError(
            "This Python cannot make virtual environments yet. Type this, then run the command "
            f"again:\n    sudo apt-get install {_venv_package()}"
        )
    raise SetUpError(
        "This Python lacks the standard modules venv and ensurepip. Install them with your "
        "system's package manager, or use a Python from python.org, and run the command again."
    )


def _has_ensurepip() -> bool:
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def _venv_package() -> str:
    base = getattr(sys, "_base_executable", sys.executable)
    ordinary = Path("/usr/bin/python3").resolve() == Path(base).resolve()
    return "python3-venv" if ordinary else f"python3.{sys.version_info.minor}-venv"


def _may_use_apt() -> bool:
    return not _WINDOWS and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(command: list[str], lock: IO[bytes]) -> None:
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    done = _quietly(command, ROOT, lock)
    # An update that fails is no reason to stop: the lists at hand may do.
    if done.returncode and "install" in command:
        say(done.stdout.rstrip())


# Going inside


def _runs_in(venv: Path) -> bool:
    return Path(sys.prefix).resolve() == venv.resolve() and sys.prefix != sys.base_prefix


def _run_inside(root: Path, module_and_arguments: list[str], *, after_set_up: bool) -> NoReturn:
    python = str(root / ".venv" / _PYTHON)
    command = [python, "-m", *module_and_arguments]
    if after_set_up:
        os.environ[_SET_UP] = "1"
    sys.stdout.flush()
    if not _WINDOWS:
        os.execv(python, command)  # noqa: S606
    # Windows has no exec: there this process waits, and Ctrl+C is the other one's to answer.
    with subprocess.Popen(command) as process:  # noqa: S603
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                raise SystemExit(process.wait())


@contextlib.contextmanager
def _lock(root: Path) -> Iterator[IO[bytes]]:
    """One set-up at a time. The lock is on pyproject.toml, so that no file of its own is left."""
    with (root / "pyproject.toml").open("r+b") as file:
        if not _try_lock(file):
            say("Waiting for another run that is setting up .venv …")
            while not _try_lock(file, wait=True):
                pass
        yield file  # closing the file lets go


def _try_lock(file: IO[bytes], *, wait: bool = False) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 30)  # far behind the end: others may read the file meanwhile
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as busy:
        if busy.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            raise
        return False
    return True


def _no_access(failure: OSError, root: Path) -> str:
    where = failure.filename or root
    return (
        f"Set-up could not write {where}: {failure.strerror or failure}. "
        "Work in a folder of your own with room in it, and run the command again."
    )
