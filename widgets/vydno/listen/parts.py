"""The programs that it takes, and the packages of Debian and Ubuntu that have them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import VydnoError


@dataclass(frozen=True, kw_only=True)
class Part:
    """One program, or one file that it cannot do without."""

    name: str
    package: str
    path: str


PARTS = (
    Part(name="Orca", package="orca", path="orca"),
    Part(name="a session bus", package="dbus", path="dbus-daemon"),
    Part(name="what talks to it", package="dbus", path="dbus-send"),
    Part(
        name="the accessibility bus",
        package="at-spi2-core",
        path="/usr/share/dbus-1/services/org.a11y.Bus.service",
    ),
    Part(name="a screen", package="xvfb", path="Xvfb"),
    Part(name="a window manager", package="openbox", path="openbox"),
    Part(name="a keyboard", package="xdotool", path="xdotool"),
    Part(name="languages", package="locales", path="/usr/share/i18n/locales/uk_UA"),
)
PACKAGES = tuple(dict.fromkeys(part.package for part in PARTS))


class MissingPartsError(VydnoError):
    """Something of the desktop is not installed."""


def missing(
    which: Callable[[str], str | None] = shutil.which,
    exists: Callable[[str], bool] = lambda path: Path(path).exists(),
) -> list[str]:
    """The packages that are not there, in the order of `PACKAGES`."""
    absent = [
        part.package
        for part in PARTS
        if not (exists(part.path) if os.path.isabs(part.path) else which(part.path))  # noqa: PTH117
    ]
    return [package for package in PACKAGES if package in absent]


def require() -> None:
    """Raises MissingPartsError that names the packages to install."""
    if absent := missing():
        raise MissingPartsError(
            f"Listening needs {_listed(absent)}: sudo apt-get install {' '.join(absent)}."
        )


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
