"""Texts and addresses of audited pages, made fit for a format. They are nobody's friends."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import quote

from ..variants import DIMENSIONS, Variant

# XML 1.0, section 2.2: everything else may not even be escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# What is reserved, and the percent sign of what is quoted already.
_OF_A_URI = "!#$%&'()*+,/:;=?@[]~"


def xml(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def count(number: int, noun: str) -> str:
    """`1 page`, `2 pages`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def uri(address: str) -> str:
    """The same address with nothing in it that a URI cannot hold (RFC 3986)."""
    quoted = quote(_STRAY_PERCENT.sub("%25", address), safe=_OF_A_URI, errors="replace")
    # Brackets are for the hosts that are numbers; a second number sign is for nothing.
    start = re.match(
        r"[a-z][a-z0-9+.-]*://(?:[^/?#@\[\]]*@)?(?:\[[0-9a-f:.]+\])?", quoted, re.IGNORECASE
    )
    host = start[0] if start else ""
    rest = quoted[len(host) :].replace("[", "%5B").replace("]", "%5D")
    before, sign, fragment = rest.partition("#")
    return host + before + sign + fragment.replace("#", "%23")


def link(address: str, schemes: Collection[str] = ("http", "https")) -> str:
    """The address if it may be followed, else nothing: `javascript:` may not."""
    scheme, colon, _ = address.partition(":")
    return uri(address) if colon and scheme.lower() in schemes else ""


def short_variants(variants: Collection[Variant]) -> dict[Variant, str]:
    """Variant to words that say where it differs from the others: `dark, 200 %`."""
    some = list(dict.fromkeys(variants))
    told = [d for d in DIMENSIONS if len({getattr(variant, d.name) for variant in some}) > 1]
    return {
        variant: ", ".join(
            filter(
                None, (dimension.say_one(getattr(variant, dimension.name)) for dimension in told)
            )
        )
        or "default"
        for variant in some
    }
