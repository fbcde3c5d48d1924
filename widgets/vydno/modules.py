"""A webassets filter that puts ES modules into one file."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from webassets.filter import Filter

from .catalogues import ENGLISH, entries, in_english
from .errors import VydnoError

_NAMES = r"\{\s*\w+(?:,\s*\w+)*,?\s*\}"
_IMPORT = re.compile(
    rf'^import (?:{_NAMES} from )?"(?P<path>\.{{1,2}}/[^"]+\.js)";\n', re.MULTILINE
)
_CONSTANT = re.compile(
    r'^import (?P<name>\w+) from "(?P<path>\.{1,2}/[^"]+\.(?:json|(?P<pot>pot)))" '
    r'with \{ type: "(?(pot)gettext|json)" \};\n',
    re.MULTILINE,
)
_EXPORT_FROM = re.compile(
    rf'^export (?P<names>{_NAMES}) from "(?P<path>\.{{1,2}}/[^"]+\.js)";\n', re.MULTILINE
)
_EXPORT = re.compile(
    r"^export (?=(?:async )?(?:function\*?|class|const|let) (?P<name>\w+))", re.MULTILINE
)
_LEFT = re.compile(r"^\s*(?:import|export)\b.*|^.*\bimport\s*[(.].*", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:function\*?|class|const|let|var) (\w+)", re.MULTILINE)


class ESModules(Filter):  # type: ignore[misc]  # webassets has no types
    """Put a module and all that it imports into one file: each once, what is imported first.

    What the first module exports stays exported; one that exports nothing becomes a classic script.
    It takes what our sources use and no more: named imports from files beside them, JSON as a
    default import, of a gettext template the texts that name the module, and names that are unique
    over all. Anything else raises VydnoError.
    """

    name = "es-modules"
    max_debug_level = None

    def open(self, out: io.StringIO, source_path: str, **_: Any) -> None:
        """Write the bundle of the module at ``source_path``."""
        entry = Path(source_path).resolve()
        names = ", ".join(sorted(_exported(entry.read_text(encoding="utf-8"))))
        body = "".join(_collect(entry, set()))
        _check_unique(entry, body)
        # A function of its own, in which the minifier may shorten every name.
        prefix = f"export const [{names}] = " if names else ""
        returned = f"return [{names}];\n" if names else ""
        out.write(f"{prefix}(() => {{\n{body}{returned}}})();\n")


def _exported(source: str) -> Iterator[str]:
    for match in _EXPORT.finditer(source):
        yield match["name"]
    for match in _EXPORT_FROM.finditer(source):
        yield from re.findall(r"\w+", match["names"])


def _collect(path: Path, seen: set[tuple[Path, str]]) -> Iterator[str]:
    if (path, "") in seen:
        return
    seen.add((path, ""))
    source = path.read_text(encoding="utf-8")
    imports = [*_IMPORT.finditer(source), *_CONSTANT.finditer(source)]
    for match in [*sorted(imports, key=re.Match.start), *_EXPORT_FROM.finditer(source)]:
        target = (path.parent / match["path"]).resolve()
        if target.suffix in _DATA:
            yield from _constant(target, match["name"], path, seen)
        else:
            yield from _collect(target, seen)
    for pattern in (_IMPORT, _CONSTANT, _EXPORT_FROM, _EXPORT):
        source = pattern.sub("", source)
    if left := _LEFT.search(source):
        raise VydnoError(
            f"{path.name}: the build does not understand {left[0].strip()!r}; "
            'write `import { name } from "./file.js";`, or `export` before a declaration.'
        )
    yield source


def _constant(path: Path, name: str, module: Path, seen: set[tuple[Path, str]]) -> Iterator[str]:
    if (path, name) not in seen:
        seen.add((path, name))
        data = _DATA[path.suffix](path, module)
        yield f"const {name} = {json.dumps(data, ensure_ascii=False)};\n"


def _json(path: Path, _: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _english(path: Path, module: Path) -> dict[str, dict[str, str]]:
    """Of a template in ``locale``, the texts that name the module, for ``translate()``."""
    name = module.relative_to(path.parents[1]).as_posix()
    english = in_english(entries(path)).texts
    texts = {key: english[key] for key, entry in entries(path).items() if name in entry.files}
    if not texts:
        raise VydnoError(f"{path.name}: no text names {name}; add the comment `#: {name}` to some.")
    return {ENGLISH: texts}


_DATA = {".json": _json, ".pot": _english}


def _check_unique(entry: Path, body: str) -> None:
    twice = [name for name, times in Counter(_DECLARED.findall(body)).items() if times > 1]
    if twice:
        raise VydnoError(
            f"{entry.name}: the modules that it imports declare {', '.join(twice)} more than once; "
            "one file has room for one of a name, so give each its own."
        )
