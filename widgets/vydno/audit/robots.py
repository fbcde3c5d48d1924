"""What a site asks of robots (RFC 9309): where they may not go."""

from __future__ import annotations

from protego import Protego

from .address import origin
from .fetch import AGENT, Client, UnavailableError

_MOST = 512_000
"""Bytes that are read, the least that the RFC allows (500 KiB)."""


class Robots:
    """Reads each origin's robots.txt once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._rules: dict[str, Protego] = {}

    def allow(self, url: str) -> bool:
        """Whether the site lets us follow a link there."""
        home = origin(url)
        if home not in self._rules:
            self._rules[home] = Protego.parse(self._text(home))
        return self._rules[home].can_fetch(url, AGENT)

    def _text(self, home: str) -> str:
        try:
            return self._client.text(f"{home}/robots.txt", _MOST)
        except UnavailableError as error:
            # Section 2.3.1: what is not there forbids nothing; what cannot be reached, everything.
            gone = error.status is not None and 400 <= error.status < 500
            return "" if gone else "User-agent: *\nDisallow: /"
