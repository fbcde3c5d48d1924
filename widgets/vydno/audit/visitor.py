"""Who visits the pages: what a login left behind, and whom the browser trusts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..errors import VydnoError


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """The same in every browser and session."""

    origins: Sequence[str] = ()
    """`https://city.example` of each site that is audited: nobody else gets the login."""
    storage_state: Path | None = None
    """A file as Playwright's `storage_state(path=…)` writes it."""
    cookies: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    basic_auth: tuple[str, str] | None = field(default=None, repr=False)
    """Name and password."""
    ignore_https_errors: bool = False

    def all_cookies(self) -> list[dict[str, Any]]:
        """Those of the storage state and those that were named, as Playwright writes them.

        Raises VydnoError for a storage state that cannot be read.
        """
        named = [
            {"name": name, "value": value, "url": f"{origin}/"}
            for origin in self.origins
            for name, value in self.cookies.items()
        ]
        return [*self._state().get("cookies", []), *named]

    def local_storage(self) -> dict[str, dict[str, str]]:
        """Origin to names and values. Raises VydnoError likewise."""
        return {
            entry["origin"]: {item["name"]: item["value"] for item in entry["localStorage"]}
            for entry in self._state().get("origins", [])
        }

    def check(self) -> None:
        """Raises VydnoError when there is something that cannot be read or sent."""
        self.all_cookies()
        self.local_storage()

    def _state(self) -> dict[str, Any]:
        if self.storage_state is None:
            return {}
        advice = "write it with Playwright's context.storage_state(path=…)"
        try:
            state = json.loads(self.storage_state.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise VydnoError(
                f"The storage state {self.storage_state} could not be read ({error}); {advice}."
            ) from None
        if not _is_state(state):
            raise VydnoError(f"{self.storage_state} is not a storage state; {advice}.")
        found: dict[str, Any] = state
        return found


def _is_state(state: Any) -> bool:
    if not isinstance(state, dict) or not {"cookies", "origins"} & set(state):
        return False
    cookies, origins = state.get("cookies", []), state.get("origins", [])
    try:
        return all({"name", "value"} <= set(cookie) for cookie in cookies) and all(
            isinstance(entry["origin"], str)
            and all({"name", "value"} <= set(item) for item in entry["localStorage"])
            for entry in origins
        )
    except (KeyError, TypeError):
        return False


def origin_of(url: str) -> str:
    """`https://city.example:8443`; empty for what has none, such as a file."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else ""
