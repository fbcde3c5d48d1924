"""What an option of the audit is: one row of the table that the command line, the configuration and
the documentation are made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..errors import VydnoError


class Group(StrEnum):
    """The headings under which options are shown."""

    TARGETS = "What is audited"
    VARIANTS = "How it is looked at"
    CHECKS = "What is looked for"
    LOGIN = "Who looks"
    BROWSERS = "Which browsers"
    LIMITS = "Limits"
    KNOWN = "What is known already"
    REPORTS = "Reports"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How one value is read from the command line, the environment or a file."""

    metavar: str
    expected: str
    """What is valid, for "must be …"."""
    read: Callable[[Any, Path], Any]
    """Gets the value and the folder that paths are relative to. Raises ValueError."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing that a run can be told."""

    help: str
    group: Group
    kind: Kind
    name: str = ""
    """Of the field; the key is the same with hyphens."""
    multiple: bool = False
    """A list: the option is given several times."""
    commas: bool = False
    """A list whose values can also stand together: `--theme blue,green`."""
    every: Sequence[str] = ()
    """What `all` stands for."""
    argument: bool = False
    """It has no name on the command line."""
    switch: bool = False
    """It takes no value there: `--advice`, `--no-advice`."""
    once: bool = False
    """It is said for one run, never in a file."""
    off: bool = False
    """It can be `false`, which is `--no-axe` there."""
    environment: str = ""
    """The variable that is read where the command line is silent; a list has a value a line."""
    choices: Sequence[str] = ()
    """The valid words, where there are few."""
    usual: str = ""
    """The default in words, where it is not plain from the help."""

    @property
    def key(self) -> str:
        """Its name in a configuration file."""
        return self.name.replace("_", "-")

    @property
    def flag(self) -> str:
        """Its name on the command line."""
        return self.metavar if self.argument else f"--{self.key}"

    @property
    def metavar(self) -> str:
        return "" if self.switch else self.kind.metavar

    def read(self, value: Any, *, where: str, folder: Path) -> Any:
        """The value as a field of `Options` holds it.

        `where` names it in errors; paths are relative to `folder`. Raises VydnoError.
        """
        if self.off and isinstance(value, bool):
            return value
        if not self.multiple:
            return self._read_one(value, where, folder)
        if isinstance(value, Mapping) or value is None:
            raise VydnoError(f"{where} must be a list; {value!r} is not.")
        given = list(value) if isinstance(value, (list, tuple)) else [value]
        if self.commas:
            given = [part for one in given for part in _parts(one)]
        if self.every and "all" in given:
            given = [*self.every, *(one for one in given if one != "all")]
        read = [self._read_one(one, where, folder) for one in given]
        return tuple(one for place, one in enumerate(read) if one not in read[:place])

    def _read_one(self, value: Any, where: str, folder: Path) -> Any:
        try:
            return self.kind.read(value, folder)
        except VydnoError as error:
            raise VydnoError(f"{where}: {error}") from None
        except (ValueError, TypeError):
            expected = self.kind.expected + (", or all" if self.every else "")
            raise VydnoError(f"{where} must be {expected}; {self._shown(value)} is not.") from None

    def _shown(self, value: Any) -> str:
        # Logs are read by many.
        return "what it holds" if self.group is Group.LOGIN else repr(value)


def _parts(value: Any) -> list[Any]:
    if not isinstance(value, str):
        return [value]
    return [part.strip() for part in value.split(",") if part.strip()] or [value]


# Kinds. -----------------------------------------------------------------------------------------


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or "\x00" in value:
        raise ValueError
    return value.strip()


def _flag(value: Any, _: Path) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


FLAG = Kind(metavar="", expected="true or false", read=_flag)


def text(metavar: str, expected: str, pattern: str = ".+") -> Kind:
    """Text that matches a pattern as a whole."""

    def read(value: Any, _: Path) -> str:
        found = _text(value)
        if not re.fullmatch(pattern, found):
            raise ValueError
        return found

    return Kind(metavar=metavar, expected=expected, read=read)


def whole(lowest: int, highest: int) -> Kind:
    """A whole number between two, both included."""

    def read(value: Any, _: Path) -> int:
        if isinstance(value, (bool, float)):
            raise ValueError
        number = int(value)
        if not lowest <= number <= highest:
            raise ValueError
        return number

    return Kind(metavar="N", expected=f"a whole number from {lowest:,} to {highest:,}", read=read)


def seconds(lowest: float, highest: float) -> Kind:
    """A length of time."""

    def read(value: Any, _: Path) -> float:
        if isinstance(value, bool):
            raise ValueError
        number = float(value)
        if not lowest <= number <= highest:
            raise ValueError
        return number

    expected = f"seconds, from {lowest:g} to {highest:g}"
    return Kind(metavar="SECONDS", expected=expected, read=read)


def one_of(metavar: str, values: Mapping[str, Any]) -> Kind:
    """A word, to what it stands for."""

    def read(value: Any, _: Path) -> Any:
        word = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if word not in values:
            raise ValueError
        return values[word]

    *first, last = values
    expected = f"{', '.join(first)} or {last}" if first else last
    return Kind(metavar=metavar, expected=expected, read=read)


def address(*schemes: str, metavar: str = "URL") -> Kind:
    """An absolute address with one of the schemes."""

    def read(value: Any, _: Path) -> str:
        found = _text(value)
        split = urlsplit(found)
        # A port that is no number shows only when it is asked for.
        if split.scheme not in schemes or not split.hostname or split.port == 0:
            raise ValueError
        return found

    starts = " or ".join(f"{scheme}://" for scheme in schemes)
    return Kind(metavar=metavar, expected=f"an address that starts with {starts}", read=read)


def _path(value: Any, folder: Path) -> Path:
    given = value if isinstance(value, Path) else Path(_text(value)).expanduser()
    return folder / given


def _existing(value: Any, folder: Path) -> Path:
    path = _path(value, folder)
    if not path.is_file():
        raise VydnoError(f"there is no file {str(path)!r}.")
    return path


def _writable(value: Any, folder: Path) -> Path:
    path = _path(value, folder)
    if path.is_dir():
        raise VydnoError(f"{str(path)!r} is a folder; name a file in it.")
    return path


def _file_or_address(value: Any, folder: Path) -> str:
    found = _text(value)
    if urlsplit(found).scheme in ("http", "https", "file"):
        return found
    return str(folder / Path(found).expanduser())


def _module_or_file(value: Any, folder: Path) -> str:
    found = _text(value)
    if found.endswith(".py"):
        return str(_existing(found, folder))
    if not all(part.isidentifier() for part in found.split(".")):
        raise ValueError
    return found


def _target(value: Any, folder: Path) -> str:
    found = _text(value)
    path = folder / Path(found).expanduser()
    # What is neither gets its sentence from those who know more of targets.
    return str(path) if "://" not in found and path.exists() else found


TARGET = Kind(metavar="TARGET", expected="an address, a file or a folder", read=_target)
FILE = Kind(metavar="FILE", expected="the path of a file", read=_existing)
"""One that is there."""
OUTPUT = Kind(metavar="FILE", expected="the path of a file", read=_writable)
"""One that can be written."""
PROGRAM = Kind(metavar="PATH", expected="the path of a program", read=_path)
FILE_OR_ADDRESS = Kind(
    metavar="FILE|URL", expected="an address or the path of a file", read=_file_or_address
)
MODULE_OR_FILE = Kind(
    metavar="MODULE|FILE",
    expected="the name of a Python module, or the path of a file that ends with .py",
    read=_module_or_file,
)


def pair(metavar: str, expected: str, pattern: str) -> Kind:
    """Two parts; `pattern` has a group for each."""

    def read(value: Any, _: Path) -> tuple[str, str]:
        found = re.fullmatch(pattern, value)
        if not found:
            raise ValueError
        return found[1], found[2]

    return Kind(metavar=metavar, expected=expected, read=read)
