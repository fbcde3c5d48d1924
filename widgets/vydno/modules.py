"""A webassets filter that puts ES modules into one file."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from webassets.filter import Filter

from .errors import VydnoError

_IMPORT = re.compile(
    r'^import (?:(?P<names>.+?) from )?"(?P<path>[^"]+)"(?: with \{[^}]*\})?;\n', re.MULTILINE
)
_EXPORT_FROM = re.compile(r'^export \{(?P<names>[^}]*)\} from "(?P<path>[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(
    r"^export (?=(?:async )?(?:function\*?|class|const|let) (?P<name>\w+))", re.MULTILINE
)
_LEFT = re.compile(r"^\s*(?:import|export)\b.*", re.MULTILINE)


class ESModules(Filter):  # type: ignore[misc]  # webassets has no types
    """Put a module and all that it imports into one file: each once, what is imported first.

    What the first module exports stays exported; one that exports nothing becomes a classic script.
    It takes what our sources use and no more: named imports from files beside them, JSON as a
    default import, and names that are unique over all. Anything else raises VydnoError.
    """

    name = "es-modules"
    max_debug_level = None

    def open(self, out: io.StringIO, source_path: str, **_: Any) -> None:
        """Write the bundle of the module at ``source_path``."""
        entry = Path(source_path).resolve()
        names = ", ".join(sorted(_exported(entry.read_text(encoding="utf-8"))))
        body = "".join(_collect(entry, set()))
        # A function of its own, in which the minifier may shorten every name.
        prefix = f"export const [{names}] = " if names else ""
        returned = f"return [{names}];\n" if names else ""
        out.write(f"{prefix}(() => {{\n{body}{returned}}})();\n")


def _exported(source: str) -> Iterator[str]:
    for match in _EXPORT.finditer(source):
        yield match["name"]
    for match in _EXPORT_FROM.finditer(source):
        yield from re.findall(r"\w+", match["names"])


def _collect(path: Path, seen: set[Path]) -> Iterator[str]:
    if path in seen:
        return
    seen.add(path)
    source = path.read_text(encoding="utf-8")
    for match in [*_IMPORT.finditer(source), *_EXPORT_FROM.finditer(source)]:
        target = (path.parent / match["path"]).resolve()
        if target.suffix == ".json":
            yield from _constant(target, match["names"], seen)
        else:
            yield from _collect(target, seen)
    source = _EXPORT.sub("", _EXPORT_FROM.sub("", _IMPORT.sub("", source)))
    if left := _LEFT.search(source):
        raise VydnoError(
            f"{path.name}: the build does not understand {left[0].strip()!r}; "
            'write `import { name } from "./file.js";`, or `export` before a declaration.'
        )
    yield source


def _constant(path: Path, name: str, seen: set[Path]) -> Iterator[str]:
    if path not in seen:
        seen.add(path)
        data = json.loads(path.read_text(encoding="utf-8"))
        yield f"const {name} = {json.dumps(data, ensure_ascii=False)};\n"
