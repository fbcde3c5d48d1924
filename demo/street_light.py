"""The report of a broken street light: what the form sends, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import parse_qsl

PROBLEMS = ("dark", "flickers", "always_on", "broken")

# A full form takes about 8 kB: 1,200 letters, six bytes each once they are percent-encoded.
MAX_BODY = 16 * 1024

_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")


@dataclass(frozen=True)
class Report:
    """What was filled in; the names are those of the form's fields."""

    street: str = ""
    building: str = ""
    problem: str = ""
    details: str = ""
    email: str = ""

    @classmethod
    def from_body(cls, body: bytes) -> Report:
        """Read an urlencoded body. What is no field of ours is dropped; of two the first counts."""
        pairs = parse_qsl(body.decode("utf-8", "replace"))
        known = {field.name for field in fields(cls)}
        return cls(**{name: _clean(value) for name, value in reversed(pairs) if name in known})

    def errors(self) -> Mapping[str, str]:
        """Field to the key of its message, in the order of the form; empty when all is well."""
        found = {
            "street": "street_long" if len(self.street) > 120 else "",
            "building": "building_long" if len(self.building) > 40 else "",
            "problem": "" if self.problem in PROBLEMS else "problem_missing",
            "details": "details_long" if len(self.details) > 1000 else "",
            "email": "" if not self.email or _EMAIL.fullmatch(self.email) else "email_wrong",
        }
        if not self.street:
            found["street"] = "street_missing"
        return {field: message for field, message in found.items() if message}


def _clean(value: str) -> str:
    """Drop control characters and what is no character at all: neither may stand in HTML."""
    kept = (c for c in value if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cn", "Cs"})
    return "".join(kept).strip()
