"""A desktop that nobody sees: a screen, a window manager, a session bus, and Orca.

It has a home, a display and a synthesiser of its own. What belongs to the desktop of whoever starts
it is neither read nor touched.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..errors import VydnoError
from . import parts, processes
from .recorder import Recorder, Spoken

LOCALES = {"uk": "uk_UA", "en": "en_GB"}
SECONDS_TO_START = 60
SECONDS_TO_SETTLE = 30
_LOOK = 0.02
_CUSTOMIZATIONS = Path(__file__).with_name("orca_customizations.py")
_TREE = Path(__file__).with_name("accessibility_tree.py")
_A11Y_BUS = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={home}</listen>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_SCREEN = "1280x900x24"


class ListenError(VydnoError):
    """Orca or the browser did not do what they do; the message ends with the log."""


class Desktop:
    """Starts when the context is entered, and ends with it."""

    def __init__(self, lang: str = "en") -> None:
        if lang not in LOCALES:
            raise VydnoError(f"Orca can listen in {' or '.join(LOCALES)}, not in {lang}.")
        parts.require()
        self.lang = lang
        self._mark = uuid.uuid4().hex
        self._begun: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Self:
        self.home = Path(tempfile.mkdtemp(prefix="vydno-listen-"))
        self._keeper = processes.start_keeper(self._mark, self.home)
        try:
            self._log = (self.home / "log").open("w+")
            self.recorder = Recorder(self.home / "speech")
            self.environ = self._environ()
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process and remove the home."""
        self._keeper.communicate()
        for process in self._begun:
            process.wait()
            if process.stdout:
                process.stdout.close()
        if hasattr(self, "recorder"):
            self.recorder.close()
        for open_one in ("_orca_socket", "_orca_listener", "_log"):
            if hasattr(self, open_one):
                getattr(self, open_one).close()
        shutil.rmtree(self.home, ignore_errors=True)

    def _environ(self) -> dict[str, str]:
        """Nothing of who starts it but the way to its programs."""
        locale = LOCALES[self.lang]
        return {
            "PATH": f"{self.home / 'bin'}:{os.environ.get('PATH', os.defpath)}",
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            "LANG": f"{locale}.UTF-8",
            # The locale is made here: a machine need not have it.
            "LOCPATH": str(self.home / "locale"),
            "SPEECHD_ADDRESS": f"unix_socket:{self.home / 'speech'}",
            "VYDNO_LISTEN_ORCA": str(self.home / "orca"),
            "GNOME_ACCESSIBILITY": "1",  # what Firefox asks for
            "GSETTINGS_BACKEND": "memory",
            processes.MARK: self._mark,
        }

    def _start(self) -> None:
        self._make_locale()
        number = self._first_line("Xvfb", "-displayfd", "1", "-screen", "0", _SCREEN)
        self.environ["DISPLAY"] = f":{number}"
        self.environ["DBUS_SESSION_BUS_ADDRESS"] = self._first_line(
            "dbus-daemon",
            f"--config-file={self._bus_configuration()}",
            "--nofork",
            "--print-address",
        )
        self._run(
            "dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus",
            "org.freedesktop.DBus.Properties.Set", "string:org.a11y.Status", "string:IsEnabled",
            "variant:boolean:true",
        )  # fmt: skip
        self._begin("openbox")
        self._start_orca()

    def _bus_configuration(self) -> Path:
        """A bus that can start the accessibility bus, and no portal, keyring or other guest."""
        services = self.home / "services"
        services.mkdir()
        (services / _A11Y_BUS.name).symlink_to(_A11Y_BUS)
        path = self.home / "bus.conf"
        path.write_text(_BUS.format(home=self.home, services=services))
        return path

    def _make_locale(self) -> None:
        (self.home / "locale").mkdir()
        locale = LOCALES[self.lang]
        self._run("localedef", "-i", locale, "-f", "UTF-8", f"{self.home}/locale/{locale}.UTF-8")

    def _start_orca(self) -> None:
        folder = self.home / ".local/share/orca"
        folder.mkdir(parents=True)
        shutil.copy(_CUSTOMIZATIONS, folder / "orca-customizations.py")
        # Orca asks whether this user has another one and refuses to be the second: a desktop of its
        # own is beside whatever runs on others.
        (self.home / "bin").mkdir()
        (self.home / "bin/pgrep").symlink_to(shutil.which("true") or "/bin/true")
        self._orca_listener = socket.socket(socket.AF_UNIX)
        self._orca_listener.bind(self.environ["VYDNO_LISTEN_ORCA"])
        self._orca_listener.listen()
        self._orca_listener.settimeout(SECONDS_TO_START)
        self._orca = self._begin("orca", "--debug-file", str(self.orca_log))
        try:
            self._orca_socket, _ = self._orca_listener.accept()
        except TimeoutError:
            raise self.error("Orca did not start") from None
        # «Screen reader on.»
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.recorder.take():
            if time.monotonic() > deadline or self._orca.poll() is not None:
                raise self.error("Orca did not speak")
            time.sleep(_LOOK)
        self.settle()

    @property
    def orca_log(self) -> Path:
        return self.home / "orca.log"

    def _begin(self, *command: str, **options: Any) -> subprocess.Popen[str]:
        process = processes.start(command, self.environ, self._log, **options)
        self._begun.append(process)
        return process

    def _first_line(self, *command: str) -> str:
        """What a server prints once it listens."""
        process = self._begin(*command, stdout=subprocess.PIPE)
        line = process.stdout.readline().strip() if process.stdout else ""
        if not line:
            raise self.error(f"{command[0]} did not start")
        return line

    def _run(self, *command: str) -> str:
        """What the program printed, complaints last."""
        try:
            done = subprocess.run(  # noqa: S603 (programs of ours)
                command, env=self.environ, stdin=subprocess.DEVNULL, capture_output=True,
                text=True, timeout=SECONDS_TO_START, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise self.error(f"{command[0]} did not end") from None
        if done.returncode:
            raise self.error(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout + done.stderr

    def key(self, name: str) -> None:
        """Press and release a key, by its X name; `shift+Tab` holds another one down.

        Raises VydnoError for a key that no keyboard has.
        """
        if "No such key name" in self._run("xdotool", "key", "--clearmodifiers", name):
            raise VydnoError(
                f"There is no key {name}: use names such as Tab, Shift+Tab, Enter, Space, Escape, "
                "ArrowDown, Home, F1, or a letter."
            )

    def tree(self) -> str:
        """What the accessibility bus has of the page that is shown."""
        return self._run("/usr/bin/python3", "-W", "ignore", str(_TREE))

    def settle(self) -> None:
        """Wait until Orca has handled all that it was told, and has said what came of it."""
        self._orca_socket.settimeout(SECONDS_TO_SETTLE)
        try:
            self._orca_socket.sendall(b"settle\n")
            answered = self._orca_socket.recv(1024)
        except OSError:
            answered = b""
        if not answered:
            raise self.error("Orca does not answer")

    def spoken(self) -> list[Spoken]:
        """What was said since the last call."""
        return self.recorder.take()

    def error(self, what: str) -> ListenError:
        """With the ends of both logs, which are gone with the home."""
        lines = [f"{what}."]
        for path in (self.home / "log", self.orca_log):
            if path.exists():
                text = path.read_text(errors="replace").splitlines()
                lines += [f"--- the end of {path.name}", *text[-40:]]
        return ListenError("\n".join(lines))
