"""Telling caches that a response depends on the cookie."""

from __future__ import annotations

from collections.abc import Iterable

RawHeaders = list[tuple[bytes, bytes]]


def with_cookie(headers: Iterable[tuple[bytes, bytes]]) -> RawHeaders:
    """The headers with one ``Vary`` that names ``Cookie``; ``*`` says more already and stays."""
    headers = list(headers)
    lines = [value for name, value in headers if name.lower() == b"vary"]
    names = [name.strip() for line in lines for name in line.split(b",") if name.strip()]
    if b"*" in names or b"cookie" in (name.lower() for name in names):
        return headers
    others = [(name, value) for name, value in headers if name.lower() != b"vary"]
    return [*others, (b"vary", b", ".join([*names, b"Cookie"]))]
