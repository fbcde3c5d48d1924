"""The real packages from npm, installed once for this environment, and the tools in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from vydno.static import static_dir

from tests.browsers import GRID_FOLDER, Machine, npm

HERE = Path(__file__).parent
WANTED = HERE / "package.json"
SECONDS = 600


class NoNpmError(Exception):
    """npm is not there, or its registry cannot be reached."""


def folder() -> Path:
    """Where ``node_modules`` with what ``package.json`` names is. Raises NoNpmError.

    Another version of the list has another folder. What another process installed meanwhile is
    as good as ours.
    """
    name = f"npm-{sha256(WANTED.read_bytes()).hexdigest()[:12]}"
    target = Path(GRID_FOLDER, name)
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f"{name}-") as made:
        shutil.copy(WANTED, made)
        try:
            run(
                [*npm(Machine()), "install", "--no-audit", "--no-fund", "--ignore-scripts"],
                Path(made),
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise NoNpmError(f"npm install did not work: {error}") from None
        ready = Path(made, "ready")
        ready.mkdir()
        for path in Path(made).iterdir():
            if path != ready:
                path.rename(ready / path.name)
        if not target.is_dir():
            ready.rename(target)
    return target


@contextmanager
def workspace() -> Iterator[Path]:
    """A folder from which both the packages and ours, as npm packs it, can be imported."""
    with tempfile.TemporaryDirectory(dir=folder(), prefix="work-") as made:
        place = Path(made)
        (archive,) = pack(place)
        ours = place / "node_modules" / "vydno"
        ours.parent.mkdir()
        shutil.unpack_archive(archive, place, filter="data")
        (place / "package").rename(ours)
        archive.unlink()
        yield place


def pack(place: Path) -> list[Path]:
    """Ours, as ``npm pack`` puts it into ``place``."""
    run([*npm(Machine()), "pack", "--silent", str(static_dir())], place)
    return list(place.glob("*.tgz"))


def run(command: list[str], place: Path, *, check: bool = True) -> str:
    """What the command says on both streams; tools of the packages are found by their names."""
    tools = [str(folder() / "node_modules" / ".bin")] if "install" not in command else []
    path = os.pathsep.join([*tools, str(Path(sys.executable).parent), os.environ["PATH"]])
    found = shutil.which(command[0], path=path) or command[0]
    done = subprocess.run(
        [found, *command[1:]],
        cwd=place,
        env={**os.environ, "PATH": path, "NO_COLOR": "1", "npm_config_update_notifier": "false"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    if check and done.returncode:
        raise subprocess.SubprocessError(
            f"{command[0]} ended with {done.returncode}: {done.stdout}"
        )
    return done.stdout
