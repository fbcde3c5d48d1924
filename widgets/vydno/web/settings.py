"""What a site configures, the same for every door; a wrong value fails at start-up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import VydnoError
from .address import local_path

_ORIGIN = re.compile(r"https?://[^\s/?#@\\]+")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where Vydno answers.

    ``endpoint`` takes the form and ``static`` holds the files: both are paths below the prefix
    under which the application is mounted, and ``static`` ends with a slash. ``site`` is the site's
    public origin, such as ``https://city.example``, and needed only behind a proxy that changes the
    ``Host`` header.
    """

    endpoint: str = "/vydno/preferences"
    static: str = "/vydno/static/"
    site: str = ""

    def __post_init__(self) -> None:
        check_path("endpoint", self.endpoint)
        check_path("static", self.static)
        if self.endpoint == "/":
            raise VydnoError(
                "endpoint must not be '/', the site's first page; name a path of its own."
            )
        if not self.static.endswith("/"):
            raise VydnoError(f"static must end with a slash: {self.static + '/'!r}.")
        if self.endpoint.startswith(self.static):
            raise VydnoError(
                f"The files in {self.static!r} would hide the endpoint {self.endpoint!r}; "
                "name two paths of which neither holds the other."
            )
        if self.site and not (isinstance(self.site, str) and _ORIGIN.fullmatch(self.site)):
            raise VydnoError(
                "site must be an origin without a path, such as 'https://city.example'; "
                f"{self.site!r} is not."
            )


def check_path(name: str, path: str) -> None:
    """Raise VydnoError, which names the setting, unless ``path`` is a clean path of a site."""
    if not isinstance(path, str) or local_path(path) != path or "?" in path or "#" in path:
        raise VydnoError(
            f"{name} must be a path that starts with one slash and has no query, such as "
            f"'/vydno/{name}'; {path!r} is not."
        )
