"""Which links of a page lead to further pages of its site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlsplit

from ..errors import VydnoError
from .address import checked, origin, same

QUERIES = 10
"""How many queries of one path are followed: calendars and filters have no end."""
DEEPEST = 16
"""Parts of a path; a wrong relative link makes longer ones without end."""
_REPEATED = 3
"""How often a part may stand in a path, for the same reason."""
# What browsers would download, or show without HTML.
_FILES = re.compile(
    r"\.(7z|avi|avif|bmp|bz2|css|csv|dmg|docx?|epub|exe|gif|gz|ico|ics|jpe?g|js|json|m4a|mov|mp[34]"
    r"|mpe?g|msi|od[pst]|og[ag]|ogv|p7s|pdf|png|pptx?|rar|rss|rtf|tar|tgz|tiff?|txt|wav|webm|webp"
    r"|woff2?|xlsx?|xml|zip)$",
    re.IGNORECASE,
)
# A visitor who follows it is nobody on all pages that come after.
_LOGOUT = re.compile(r"(^|[/._=-])(log|sign)[_-]?(out|off)([/._?&-]|$)", re.IGNORECASE)


class Crawl:
    """Gets each page's links, and says which of them to go to; `limit` counts all pages.

    It follows links within the origins that it starts from, where `may` allows it, and each page
    once, whatever order the parts of its query have.
    """

    def __init__(
        self, starts: Iterable[str], limit: int, may: Callable[[str], bool] = lambda _: True
    ) -> None:
        self._may = may
        self._limit = limit
        self._queries: Counter[str] = Counter()
        self._seen: set[str] = set()
        self._taken = 0
        self.origins: set[str] = set()
        self.elsewhere: Counter[str] = Counter()
        """Origins that links led to and that were left alone."""
        self.followed = 0
        """Links that were pages to go to."""
        self.left_out = 0
        """Pages that were found when the limit was reached."""
        for start in starts:
            self.origins.add(origin(start))
            self._seen.add(same(start))
            self._taken += 1

    def more(self, links: Sequence[str]) -> list[str]:
        """Those of a page's links that lead to pages not seen before."""
        return [link for link in map(self._good, dict.fromkeys(links)) if link and self._new(link)]

    def _good(self, link: str) -> str | None:
        try:
            found = checked(link)
        except VydnoError:
            return None
        if origin(found) not in self.origins:
            self.elsewhere[origin(found)] += 1
            return None
        return None if _is_trap(found) else found

    def _new(self, link: str) -> bool:
        key = same(link)
        if key in self._seen:
            return False
        self._seen.add(key)
        path, question, _ = key.partition("?")
        if (question and self._queries[path] >= QUERIES) or not self._may(link):
            return False
        self._queries[path] += bool(question)
        if self._taken >= self._limit:
            self.left_out += 1
            return False
        self._taken += 1
        self.followed += 1
        return True


def _is_trap(url: str) -> bool:
    split = urlsplit(url)
    parts = [part for part in split.path.split("/") if part]
    repeated = max(Counter(parts).values(), default=0) > _REPEATED
    return (
        len(parts) > DEEPEST
        or repeated
        or _FILES.search(split.path) is not None
        or _LOGOUT.search(f"{split.path}?{split.query}") is not None
    )
