"""Packages of other people, fetched from npm when they are asked for; nothing of them is kept."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

SECONDS = 60


class NoNpmError(Exception):
    """npm is not there, or its registry cannot be reached."""


@dataclass(frozen=True)
class Archive:
    """A package as npm hands it out."""

    path: Path

    def read(self, name: str) -> bytes:
        """A file of it, by its path in the package."""
        with tarfile.open(self.path) as archive:
            file = archive.extractfile(f"package/{name}")
            assert file
            return file.read()


def fetch(folder: Path, packages: Iterable[str]) -> Mapping[str, Archive]:
    """Packages by name and version, `bootstrap@5.3.8`, in one go. Raises NoNpmError."""
    npm = shutil.which("npm")
    if npm is None:
        raise NoNpmError("there is no npm")
    wanted = list(dict.fromkeys(packages))
    try:
        subprocess.run(
            [npm, "pack", "--ignore-scripts", "--silent", *wanted],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=SECONDS,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise NoNpmError(f"npm pack did not work: {error}") from None
    return {package: Archive(folder / _file(package)) for package in wanted}


def _file(package: str) -> str:
    name, version = package.rsplit("@", 1)
    return f"{name.removeprefix('@').replace('/', '-')}-{version}.tgz"
