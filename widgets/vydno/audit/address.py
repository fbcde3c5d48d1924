"""Addresses of pages: which are good, and when two are the same."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from ..errors import VydnoError

LONGEST = 2048
"""As sitemaps.org and most servers have it, in characters."""
_PORTS = {"http": 80, "https": 443}
# They tell where a visitor came from, or who it is, and never change what the page is.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|phpsessid|jsessionid|aspsessionid\w*", re.IGNORECASE
)
# RFC 3986, section 2.3, and the signs that a path may have as they are; what is encoded stays so.
_KEPT = "%!$&'()*+,;=:@/~-._"


def checked(text: str) -> str:
    """The address of a page, without its fragment. Raises VydnoError for what is none."""
    found = text.strip()
    try:
        split = urlsplit(found)
        good = split.scheme in _PORTS and split.hostname and split.port != 0
    except ValueError:
        raise VydnoError(f"{text!r} is not an address.") from None
    if not good:
        raise VydnoError(f"{text!r} is not an address{_meant(found)}.")
    if split.username is not None:
        raise VydnoError(
            f"The address of {split.hostname} has a user's name in it, which every report would "
            "show; give it with --basic-auth."
        )
    if any(sign.isspace() or not sign.isprintable() for sign in found):
        raise VydnoError(f"{text!r} is not an address: there is a space in it, or a control sign.")
    if len(found) > LONGEST:
        raise VydnoError(f"The address {found[:60]!r}… is longer than {LONGEST} characters.")
    return urlunsplit(split._replace(fragment=""))


def _meant(text: str) -> str:
    """What to write instead."""
    if "://" in text:
        return "; it starts with http:// or https:// and names a host"
    if re.fullmatch(r"(localhost|[\d.]+|\[[0-9a-f:]+\])(:\d+)?(/\S*)?", text, re.IGNORECASE):
        return f" and no file of that name is there; write http://{text} for the page"
    if re.fullmatch(r"[^\s/?#:@]+\.[^\W\d][\w-]+(:\d+)?([/?]\S*)?", text):
        return f" and no file of that name is there; write https://{text} for the page"
    return " and no file or folder of that name is there"


def origin(url: str) -> str:
    """`https://city.example`: scheme, host and, where it is not the usual one, port."""
    split = urlsplit(url)
    host = split.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = "" if split.port in (None, _PORTS.get(split.scheme)) else f":{split.port}"
    return f"{split.scheme}://{host}{port}"


def same(url: str) -> str:
    """Equal for addresses of one page: without what only tells where a visitor came from."""
    split = urlsplit(url)
    path = re.sub(r";(jsessionid|phpsessid)=[^/]*", "", split.path or "/", flags=re.IGNORECASE)
    path = re.sub("%[0-9a-fA-F]{2}", lambda found: found[0].upper(), quote(path, safe=_KEPT))
    query = parse_qsl(split.query, keep_blank_values=True)
    kept = sorted((name, value) for name, value in query if not _TRACKING.fullmatch(name))
    return origin(url) + path + ("?" + urlencode(kept) if kept else "")


def without_host(page: str) -> str:
    """`/news/?year=2026`: the page on whatever host it is. What is no address stays as it is."""
    try:
        split = urlsplit(page)
    except ValueError:
        return page
    if split.scheme not in _PORTS:
        return page
    return urlunsplit(("", "", split.path or "/", split.query, ""))
