"""Scheme and host as the browser sees them, where a proxy stands in between."""

from __future__ import annotations

import re
from collections.abc import Mapping

# RFC 7239, section 4: pairs of a token and a token or a quoted string. The nearest proxy's element
# is the last; a comma within quotation marks parts nothing.
_PAIR = re.compile(r'([\w!#$%&\'*+.^`|~-]+)=("(?:[^"\\]|\\.)*"|[^\s;,"]*)', re.ASCII)
_ELEMENT = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^,"])+')
_HOST = re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?", re.ASCII)


def as_seen(scheme: str, host: str, headers: Mapping[str, str], family: str) -> tuple[str, str]:
    """``(scheme, host)`` of the address in the browser.

    ``family`` names the headers to believe: ``""`` for none, ``x-forwarded`` or ``forwarded``.
    Whatever a client wrote stands further left, so the last value holds; one that is no scheme or
    no host is passed over.
    """
    said = _SAID[family](headers) if family else {}
    proto, public = said.get("proto", "").lower(), said.get("host", "")
    return (
        proto if proto in ("http", "https") else scheme,
        public if _HOST.fullmatch(public) else host,
    )


def _x_forwarded(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name: headers.get(f"x-forwarded-{name}", "").rpartition(",")[2].strip()
        for name in ("proto", "host")
    }


def _forwarded(headers: Mapping[str, str]) -> dict[str, str]:
    elements = _ELEMENT.findall(headers.get("forwarded", ""))
    pairs = _PAIR.findall(elements[-1]) if elements else []
    return {name.lower(): _unquoted(value) for name, value in pairs}


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


_SAID = {"x-forwarded": _x_forwarded, "forwarded": _forwarded}
