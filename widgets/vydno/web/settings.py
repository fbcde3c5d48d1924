"""What a site configures, the same for every door; a wrong value fails at start-up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from ..errors import VydnoError
from ..strings import CATALOGUES, has
from .address import local_path

_ORIGIN = re.compile(r"https?://[^\s/?#@\\]+")
# BCP 47, section 2.1, as far as anybody needs it: letters, then parts of letters and digits.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# A path of one's own or the address of another host; a query would swallow the files' names.
_BASE = re.compile(r"(https?:/)?/[^\s?#\\\"'<>]*/|/")

PROXIES = ("", "x-forwarded", "forwarded")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where Vydno answers.

    ``endpoint`` takes the form and ``static`` holds the files: both are paths below the prefix
    under which the application is mounted, and ``static`` ends with a slash. ``asset_base`` is the
    address of the same files at a CDN. ``lang`` is the language of the controls.

    ``site`` is the site's public origin, such as ``https://city.example``, and ``proxy`` the family
    of headers in which the proxy in front says it: ``x-forwarded`` (``X-Forwarded-Proto`` and
    ``-Host``) or ``forwarded`` (RFC 7239). One of the two is needed behind a proxy that changes
    ``Host`` or ends TLS. Name only headers that the proxy writes itself: it is believed.
    """

    endpoint: str = "/vydno/preferences"
    static: str = "/vydno/static/"
    site: str = ""
    proxy: str = ""
    asset_base: str = ""
    lang: str = "en"

    def __post_init__(self) -> None:
        for complaint in complaints(self, str):
            raise VydnoError(complaint)

    @classmethod
    def of(cls, given: Mapping[str, Any], *, called: Callable[[str], str] = str) -> Settings:
        """The settings in a framework's own configuration, which calls each ``called(name)``.

        Raises VydnoError, in one sentence with the framework's name for the setting.
        """
        known = [each.name for each in fields(cls)]
        if unknown := [name for name in given if name not in known]:
            listed = ", ".join(called(name) for name in known)
            raise VydnoError(f"There is no setting {called(unknown[0])}; there are {listed}.")
        values = {each.name: each.default for each in fields(cls)} | dict(given)
        draft = object.__new__(cls)
        draft.__dict__.update(values)
        for complaint in complaints(draft, called):
            raise VydnoError(complaint)
        return cls(**given)


def complaints(settings: Settings, called: Callable[[str], str]) -> Iterator[str]:
    """What is wrong, a sentence each, with the names that the site's author knows them by."""
    endpoint, static = called("endpoint"), called("static")
    yield from _path_complaints(endpoint, settings.endpoint, "/vydno/preferences")
    yield from _path_complaints(static, settings.static, "/vydno/static/")
    if settings.endpoint == "/":
        yield f"{endpoint} must not be '/', the site's first page; name a path of its own."
    if not settings.static.endswith("/"):
        yield f"{static} must end with a slash: {settings.static + '/'!r}."
    if settings.endpoint.startswith(settings.static):
        yield (
            f"The files in {settings.static!r} would hide the endpoint {settings.endpoint!r}; "
            f"name two paths, {endpoint} and {static}, of which neither holds the other."
        )
    if settings.site != "" and not _matches(_ORIGIN, settings.site):
        yield (
            f"{called('site')} must be an origin without a path, such as 'https://city.example'; "
            f"{settings.site!r} is not."
        )
    if settings.proxy not in PROXIES:
        listed = ", ".join(map(repr, PROXIES))
        yield f"{called('proxy')} must be one of {listed}; {settings.proxy!r} is not."
    if settings.asset_base != "" and not _matches(_BASE, settings.asset_base):
        yield (
            f"{called('asset_base')} must be a path or an address that ends with a slash, such as "
            f"'https://cdn.example/vydno/'; {settings.asset_base!r} is not."
        )
    if not _matches(_LANGUAGE, settings.lang):
        yield (
            f"{called('lang')} must be a language tag, such as 'uk' or 'en-GB'; "
            f"{settings.lang!r} is not."
        )
    elif not has(settings.lang):
        yield (
            f"{called('lang')} is {settings.lang!r}, a language that Vydno does not speak; "
            f"there are {', '.join(sorted(CATALOGUES))}."
        )


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def check_path(name: str, path: str) -> None:
    """Raise VydnoError, which names the setting, unless ``path`` is a clean path of a site."""
    for complaint in _path_complaints(name, path, f"/vydno/{name}"):
        raise VydnoError(complaint)


def _path_complaints(name: str, path: object, example: str) -> Iterator[str]:
    if not isinstance(path, str) or local_path(path) != path or "?" in path or "#" in path:
        yield (
            f"{name} must be a path that starts with one slash and has no query, such as "
            f"{example!r}; {path!r} is not."
        )
