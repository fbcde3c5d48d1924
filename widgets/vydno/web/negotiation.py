"""Two request headers that choose what goes out: ``Accept-Encoding`` and ``If-None-Match``."""

from __future__ import annotations

import re
from collections.abc import Iterable

# RFC 9110, section 12.5.3: a coding and perhaps its weight, 0 to 1 with at most three decimals.
_CODING = re.compile(
    r"\s*([\w!#$%&'*+.^`|~-]+)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?",
    re.ASCII | re.IGNORECASE,
)
_UNNAMED = 0.0001  # less than the smallest weight that can be written
# RFC 9110, section 8.8.3, without the mark of weakness: If-None-Match looks past it (13.1.2).
_TAG = re.compile(r'"[^"]*"')


def weights(accept_encoding: str) -> dict[str, float]:
    """The codings of a header and their weights; an entry that cannot be read is left out."""
    entries = (_CODING.fullmatch(entry) for entry in accept_encoding.split(","))
    return {entry[1].lower(): float(entry[2] or 1) for entry in entries if entry}


def choose_encoding(accept_encoding: str, available: Iterable[str]) -> str | None:
    """The coding that the client likes best; of equals the first in ``available``.

    ``identity`` is acceptable unless the header says otherwise, but after all that is named.
    None means that the client accepts nothing of what there is.
    """
    asked = weights(accept_encoding)

    def weight(name: str) -> float:
        return asked.get(name, asked.get("*", _UNNAMED if name == "identity" else 0))

    best = max(available, key=weight, default="identity")
    return best if weight(best) > 0 else None


def is_unchanged(if_none_match: str, etag: str) -> bool:
    """Whether the client has the representation of this strong ``etag`` already."""
    return if_none_match.strip() == "*" or etag in _TAG.findall(if_none_match)
