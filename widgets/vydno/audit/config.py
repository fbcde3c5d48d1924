"""Options out of a file, the environment and the command line, the last one the strongest."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import VydnoError
from .files import seen_from_here
from .option import Group, Option
from .options import Options, table

NAME = "vydno-audit.toml"
PYPROJECT = "pyproject.toml"
TABLE = "tool.vydno.audit"

_SOURCES = ("targets", "urls_file", "sitemap")
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def load(
    given: Mapping[str, Any] | None = None,
    *,
    file: Path | None = None,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Options:
    """The options of a run.

    `given` has the names of fields and comes from the command line; it goes before the environment,
    and that before the file, which is looked for from `folder` (the working directory) upwards
    unless it is named. Whoever names a target sets aside the targets of the file. Raises
    VydnoError.
    """
    environ = os.environ if environ is None else environ
    file = file or find(folder or Path())
    told = dict(_of_file(file, environ)) if file else {}
    told |= _of_environment(environ)
    said = {name: value for name, value in (given or {}).items() if value not in (None, ())}
    if any(name in said for name in _SOURCES):
        told = {name: value for name, value in told.items() if name not in _SOURCES}
    told |= _read(said, Path())
    try:
        return Options(**told)
    except VydnoError as error:
        raise VydnoError(f"{error} The options of {file} count too." if file else error) from None


def _read(said: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    rows = {row.name: row for row in table()}
    return {
        name: rows[name].read(value, where=rows[name].flag, folder=folder)
        for name, value in said.items()
    }


def _of_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    return {
        row.name: row.read(
            value.splitlines() if row.multiple else value, where=row.environment, folder=Path()
        )
        for row in table()
        if row.environment and (value := environ.get(row.environment, "").strip())
    }


# Files. -----------------------------------------------------------------------------------------


def find(folder: Path) -> Path | None:
    """The nearest configuration, from a folder upwards; a pyproject.toml without ours is none.

    Raises VydnoError when one folder has two.
    """
    start = folder.resolve()
    for place in (start, *start.parents):
        there = [path for path in (place / NAME, place / PYPROJECT) if _configures(path)]
        if len(there) > 1:
            raise VydnoError(
                f"{place} has both {NAME} and [{TABLE}] in {PYPROJECT}; keep one of them."
            )
        if there:
            return seen_from_here(there[0])
    return None


def _configures(path: Path) -> bool:
    if not path.is_file():
        return False
    return path.name != PYPROJECT or _our_table(_toml(path)) is not None


def _of_file(file: Path, environ: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    content: Any = _toml(file)
    if file.name == PYPROJECT:
        content = _our_table(content)
    if not isinstance(content, dict):
        raise VydnoError(f"{file} has no table [{TABLE}].")
    rows = {row.key: row for row in table()}
    for key, value in content.items():
        if key not in rows:
            raise VydnoError(_unknown(key, file, rows))
        row = rows[key]
        if row.once:
            raise VydnoError(
                f"{file}: {key} would hold for every run; give {row.flag} when it is meant."
            )
        where = f"{file}: {key}"
        if row.group is Group.LOGIN:
            value = _with_variables(value, where, environ)
        yield row.name, row.read(value, where=where, folder=file.parent)


def _toml(file: Path) -> dict[str, Any]:
    try:
        # Editors of Windows start a file with a mark that TOML does not know.
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise VydnoError(f"{file} could not be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise VydnoError(f"{file} is not TOML: {error}.") from None


def _our_table(content: Any) -> Any:
    for name in TABLE.split("."):
        content = content.get(name) if isinstance(content, dict) else None
    return content


def _unknown(key: str, file: Path, rows: Mapping[str, Option]) -> str:
    near = difflib.get_close_matches(key.replace("_", "-"), rows, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    return f"{file}: there is no option {key!r}{hint} There are {', '.join(rows)}."


def _with_variables(value: Any, where: str, environ: Mapping[str, str]) -> Any:
    """The value with `${NAME}` replaced, so that no secret need stand in a file."""
    if isinstance(value, list):
        return [_with_variables(one, where, environ) for one in value]
    if not isinstance(value, str):
        return value
    for name in _VARIABLE.findall(value):
        if name not in environ:
            raise VydnoError(f"{where} takes {name} from the environment, which does not have it.")
    return _VARIABLE.sub(lambda found: environ[found[1]], value)
