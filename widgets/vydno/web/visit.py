"""One request in the hands of a door: what its visitor prefers, and what its response must say."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..preferences import Preferences
from ..templating import Macros
from .accounts import merged
from .address import local_path
from .proxy import as_seen
from .settings import Settings
from .vary import with_cookie


@dataclass(kw_only=True)
class Visit:
    """``cookie`` is the ``Cookie`` header; ``scheme`` and ``root_path`` are as in FormRequest."""

    settings: Settings
    cookie: str = ""
    scheme: str = "http"
    root_path: str = ""
    varies: bool = field(default=False, init=False)
    set_cookie: str = field(default="", init=False)
    _preferences: Preferences | None = field(default=None, init=False)

    @classmethod
    def of(
        cls, headers: Mapping[str, str], *, settings: Settings, scheme: str, root_path: str = ""
    ) -> Visit:
        """From what every door has; the names in ``headers`` are in lower case."""
        scheme, _ = as_seen(scheme, "", headers, settings.proxy)
        cookie = headers.get("cookie", "")
        return cls(settings=settings, cookie=cookie, scheme=scheme, root_path=root_path)

    @property
    def preferences(self) -> Preferences:
        """The visitor's; to ask makes the response depend on the cookie."""
        self.varies = True
        return self.kept

    @property
    def kept(self) -> Preferences:
        """The same, asked for by a door and not for a page."""
        if self._preferences is None:
            self._preferences = Preferences.from_cookie_header(self.cookie)
        return self._preferences

    def macros(self, lang: str = "") -> Macros:
        """The macros, with addresses below this request's prefix."""
        settings, prefix = self.settings, local_path(self.root_path) or ""
        return macros_at(
            settings.asset_base or f"{prefix}{settings.static}",
            f"{prefix}{settings.endpoint}",
            lang or settings.lang,
        )

    def sign_in(self, account: Preferences) -> Preferences:
        """Put the account's into the cookie, as ``accounts`` says; returns what holds now."""
        return self._write(merged(self.kept, account))

    def sign_out(self) -> None:
        """Take the cookie away."""
        self._write(Preferences())

    def headers(self, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """The response's headers, with what the visit adds to them."""
        headers = with_cookie(headers) if self.varies else list(headers)
        return [*headers, (b"set-cookie", self.set_cookie.encode())] if self.set_cookie else headers

    def _write(self, preferences: Preferences) -> Preferences:
        secure = self.scheme == "https" or self.settings.site.startswith("https://")
        self.set_cookie = preferences.set_cookie(secure=secure)
        self._preferences = preferences
        return preferences


@functools.lru_cache(maxsize=64)  # languages times prefixes; to make them takes some milliseconds
def macros_at(asset_base: str, action: str, lang: str) -> Macros:
    """The macros of a site with its files and its form at these addresses."""
    return Macros(asset_base=asset_base, action=action, lang=lang)
