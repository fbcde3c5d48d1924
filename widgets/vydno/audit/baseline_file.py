"""The file of a baseline, which people read and edit.

    {
      "vydno-baseline": 1,
      "known": [
        {
          "rule": "color-contrast",
          "page": "/news/",
          "target": ".meta",
          "variants": [{"browser": "chromium", "color-scheme": "dark"}],
          "reason": "The new palette comes in May.",
          "expires": "2027-05-31"
        }
      ]
    }

What `variants` leaves out of a variant is as a run without options has it; a list stands for
each of its values, as on the command line. A finding in any further variant is new.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..errors import VydnoError
from .address import without_host
from .baseline import Baseline, Entry
from .files import write_whole
from .findings import Outcome
from .option import Group, Option
from .options import table
from .variants import Variant, Viewport, matrix

VERSION = 1
_MARK = "vydno-baseline"
_KEYS = ("rule", "outcome", "page", "target", "variants", "reason", "expires")


def read(file: Path, *, missing: bool = False) -> Baseline:
    """The baseline in a file; an empty one for none when it may be `missing`. Raises VydnoError."""
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if missing:
            return Baseline()
        raise VydnoError(
            f"There is no baseline {str(file)!r}; --update-baseline makes one."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise VydnoError(f"The baseline {file} could not be read: {error}.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise VydnoError(f"The baseline {file} is not JSON: {error}.") from None
    if not isinstance(content, dict) or _MARK not in content:
        raise VydnoError(f'{file} is not a baseline, which starts with "{_MARK}": {VERSION}.')
    if content[_MARK] != VERSION:
        raise VydnoError(
            f"The baseline {file} is of version {content[_MARK]!r}, and this is for {VERSION}; "
            "write it anew with --update-baseline and another name, or use its own Vydno."
        )
    known = content.get("known")
    if not isinstance(known, list):
        raise VydnoError(f'The baseline {file} has no list "known".')
    return Baseline(
        entries=[
            _read_entry(one, f"{file}: entry {number}") for number, one in enumerate(known, start=1)
        ]
    )


def _read_entry(one: Any, where: str) -> Entry:
    if not isinstance(one, dict):
        raise VydnoError(f"{where} is not an object with {', '.join(_KEYS)}.")
    if unknown := [key for key in one if key not in _KEYS]:
        raise VydnoError(f"{where} has {unknown[0]!r}; there are {', '.join(_KEYS)}.")
    texts = {key: one.get(key, "") for key in ("rule", "page", "target", "reason", "expires")}
    for key, value in texts.items():
        if not isinstance(value, str) or (key in ("rule", "page", "target") and not value):
            raise VydnoError(f"{where} needs {key!r} as text.")
    variants = one.get("variants")
    if not isinstance(variants, list) or not variants:
        raise VydnoError(f"{where} needs 'variants', a list of at least one.")
    return Entry(
        rule=texts["rule"],
        page=without_host(texts["page"]),
        target=texts["target"],
        variants=frozenset(v for some in variants for v in _read_variants(some, where)),
        outcome=_outcome(one.get("outcome", str(Outcome.FAILS)), where),
        reason=texts["reason"],
        expires=_date(texts["expires"], where),
    )


def _outcome(text: Any, where: str) -> Outcome:
    if text not in list(Outcome):
        raise VydnoError(f"{where} has the outcome {text!r}; there are {', '.join(Outcome)}.")
    return Outcome(text)


def _date(text: str, where: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise VydnoError(f"{where} expires on {text!r}; write a day such as 2027-05-31.") from None


def _rows() -> dict[str, Option]:
    return {row.key: row for row in table() if row.group is Group.VARIANTS}


def _read_variants(some: Any, where: str) -> list[Variant]:
    rows = _rows()
    if not isinstance(some, dict):
        raise VydnoError(f"{where}: a variant is an object with {', '.join(rows)}.")
    if unknown := [key for key in some if key not in rows]:
        raise VydnoError(f"{where}: a variant has no {unknown[0]!r}, but {', '.join(rows)}.")
    return matrix(
        {
            rows[key].name: rows[key].read(value, where=f"{where}: {key}", folder=Path())
            for key, value in some.items()
        }
    )


def write(baseline: Baseline, file: Path) -> None:
    """Replace the file as a whole, so that nobody ever sees a half of it. Raises VydnoError."""
    entries = ",\n".join(map(_lines, baseline.entries))
    known = f"[\n{entries}\n  ]" if entries else "[]"
    text = f'{{\n  "{_MARK}": {VERSION},\n  "known": {known}\n}}\n'
    try:
        # Half a surrogate pair, which a page may have and no encoding has, stays an escape.
        write_whole(file, text.encode(errors="backslashreplace"))
    except OSError as error:
        raise VydnoError(f"The baseline {file} could not be written: {error.strerror}.") from None


def _lines(entry: Entry) -> str:
    """One member a line, so that a change of one is a change of one line."""
    members = (
        f"      {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in _written(entry).items()
    )
    return "    {\n" + ",\n".join(members) + "\n    }"


def _written(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {"rule": entry.rule}
    if entry.outcome is not Outcome.FAILS:
        found["outcome"] = str(entry.outcome)
    found |= {"page": entry.page, "target": entry.target}
    found["variants"] = [_words(box) for box in _boxes(entry.variants)]
    if entry.reason:
        found["reason"] = entry.reason
    if entry.expires:
        found["expires"] = entry.expires.isoformat()
    return found


_Box = Mapping[str, frozenset[Any]]
"""Dimension to values; it stands for each combination of them."""


def _boxes(variants: Iterable[Variant]) -> list[_Box]:
    """Few boxes that hold the variants and no other, always the same ones."""
    names = [row.name for row in _rows().values()]
    boxes: list[dict[str, frozenset[Any]]] = [
        {name: frozenset([getattr(variant, name)]) for name in names}
        for variant in sorted(variants, key=repr)
    ]
    merged = True
    while merged:
        before = len(boxes)
        for name in names:
            together: dict[Any, frozenset[Any]] = {}
            for box in boxes:
                rest = tuple((other, box[other]) for other in names if other != name)
                together[rest] = together.get(rest, frozenset()) | box[name]
            boxes = [dict(rest) | {name: values} for rest, values in together.items()]
        merged = len(boxes) < before
    return list(boxes)


def _words(box: _Box) -> dict[str, Any]:
    """The box as the options would say it; what is the default is left out, but the browser."""
    default = Variant()
    said: dict[str, Any] = {}
    for key, row in _rows().items():
        values = box[row.name]
        if key != "browser" and values == {getattr(default, row.name)}:
            continue
        words = [_word(row, value) for value in sorted(values, key=_rank)]
        said[key] = words[0] if len(words) == 1 else words
    return said


def _rank(value: Any) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)


def _word(row: Option, value: Any) -> str | int:
    if isinstance(value, bool):
        return next(word for word in row.choices if row.kind.read(word, Path()) is value)
    if isinstance(value, Viewport):
        return str(value)
    return "default" if value is None else value
