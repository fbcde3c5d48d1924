"""Addresses that came from outside: paths to go back to, and whose site they belong to."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# Servers and proxies of all kinds take a line of this length.
MAX_LENGTH = 2000

# Browsers drop tabs and line breaks from an address and read "\" as "/" (WHATWG URL, section 4.4),
# so "/\host" and "/<tab>/host" would both leave the site. Lone surrogates cannot be encoded.
_FORBIDDEN = re.compile(r"[\s\\\x00-\x1f\x7f-\x9f\ud800-\udfff]")

# RFC 3986, section 2.2, and "%": what is encoded already stays as it is.
_RESERVED = ":/?#[]@!$&'()*+,;=%"

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def local_path(address: str) -> str | None:
    """``address``, percent-encoded, if it is surely a path on the same site; otherwise None.

    Query and fragment are kept. The result is ASCII, has at most 2,000 characters, and starts with
    exactly one slash, so no browser reads a host or a scheme in it.

    >>> local_path("/новини?page=2")
    '/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8?page=2'
    >>> local_path("//elsewhere.example") is None
    True
    """
    if not address.startswith("/") or address.startswith("//") or _FORBIDDEN.search(address):
        return None
    path = quote(address, safe=_RESERVED)
    return path if len(path) <= MAX_LENGTH else None


def path_of(url: str) -> str | None:
    """The path and query of an absolute http(s) address, as ``local_path`` gives them."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no IPv6 address
        return None
    if parts.scheme not in _DEFAULT_PORTS:
        return None
    return local_path((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def is_at(url: str, host: str) -> bool:
    """Whether an absolute http(s) address is at ``host``, a name with a port or without.

    The schemes are not compared: behind a proxy that ends TLS the server sees ``http`` where the
    browser sees ``https``.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    port = _DEFAULT_PORTS.get(parts.scheme)
    if port is None or not host:
        return False
    return parts.netloc.lower().removesuffix(port) == host.lower().removesuffix(port)
