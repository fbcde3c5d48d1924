"""How a browser reads an address: more forgiving than RFC 3986, and so more dangerous."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit


def follow(page: str, location: str) -> str:
    """Where a browser on ``page`` goes for ``location`` (WHATWG URL, section 4.4).

    It trims spaces and control characters, drops tabs and line breaks, and reads a backslash as a
    slash; then any number of slashes in front of a host will do.
    """
    location = re.sub(r"[\t\r\n]", "", location.strip("".join(map(chr, range(0x21)))))
    path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", location, re.DOTALL).groups()  # type: ignore[union-attr]
    location = re.sub(r"^/{2,}", "//", path.replace("\\", "/")) + mark + rest
    return urljoin(page, location)


def stays(location: str, page: str = "https://city.example/news/one") -> bool:
    """Whether both a strict and a forgiving reading of ``location`` stay on the page's origin."""
    here = urlsplit(page)[:2]
    return all(urlsplit(read(page, location))[:2] == here for read in (urljoin, follow))
