"""What was started is ended, by its process ids, whatever becomes of who started it.

Everything of a desktop carries a mark in its environment that its children inherit, those too that
a bus starts or that leave their group. A keeper waits at the end of a pipe that breaks when its
owner ends, be it by SIGKILL, and ends whatever still has the mark.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

MARK = "VYDNO_LISTEN_MARK"
_GRACE = 3.0  # seconds from asking to killing
_LOOK = 0.05


def start_keeper(mark: str, home: Path) -> subprocess.Popen[bytes]:
    """Close its standard input to have everything with the mark ended and the home removed; it
    ends after that."""
    return subprocess.Popen(  # noqa: S603 (this file)
        [sys.executable, __file__, mark, str(home)],
        stdin=subprocess.PIPE,
        start_new_session=True,
        env={name: value for name, value in os.environ.items() if name != MARK},
    )


def start(
    command: Iterable[str], environ: dict[str, str], log: IO[Any], **options: Any
) -> subprocess.Popen[str]:
    """Start a program of the desktop, in a session of its own: Ctrl-C is not meant for it."""
    return subprocess.Popen(  # noqa: S603 (programs of the desktop)
        list(command),
        env=environ,
        stdin=subprocess.DEVNULL,
        stderr=log,
        text=True,
        start_new_session=True,
        **{"stdout": log} | options,
    )


def end(mark: str) -> None:
    """Ask, wait, and kill what stays."""
    for what in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + _GRACE
        asked: set[int] = set()
        while (there := marked(mark)) and time.monotonic() < deadline:
            for process in there - asked:
                _signal(process, what)
            asked |= there
            time.sleep(_LOOK)
        if not there:
            return


def marked(mark: str) -> set[int]:
    """The ids of the processes that run and carry the mark."""
    wanted = f"{MARK}={mark}".encode()
    found = set()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        try:
            variables = (folder / "environ").read_bytes().split(b"\0")
        except OSError:  # it has ended, or is somebody else's
            continue
        if wanted in variables:
            found.add(int(folder.name))
    return found


def _signal(process: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, what)


if __name__ == "__main__":
    sys.stdin.buffer.read()
    end(sys.argv[1])
    shutil.rmtree(sys.argv[2], ignore_errors=True)
