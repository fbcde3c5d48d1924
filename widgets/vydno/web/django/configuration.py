"""What stands in ``settings.VYDNO``, a dictionary.

``site``, ``proxy`` and ``asset_base`` are those of ``Settings``. ``load`` and ``store``, functions
or their dotted names, keep a signed-in visitor's preferences (see ``vydno.web.accounts``). Where
Vydno answers is said in the project's ``urls``, and the language is the one that is active.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from django.conf import settings as project
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from ...errors import VydnoError
from ..accounts import Accounts
from ..settings import Settings

KEYS = ("site", "proxy", "asset_base", "load", "store")


@dataclass(frozen=True)
class Configuration:
    """What is configured, checked."""

    settings: Settings
    accounts: Accounts


@functools.cache
def configuration() -> Configuration:
    """Read ``settings.VYDNO``; raises ImproperlyConfigured, one sentence, for a wrong value."""
    given = getattr(project, "VYDNO", {})
    if not isinstance(given, dict):
        raise ImproperlyConfigured(f"VYDNO must be a dictionary of settings; {given!r} is not.")
    if unknown := [name for name in given if name not in KEYS]:
        listed = ", ".join(map(_called, KEYS))
        raise ImproperlyConfigured(
            f"There is no setting {_called(unknown[0])}; there are {listed}."
        )
    functions = {name: _function(name, given.get(name)) for name in ("load", "store")}
    try:
        values = {name: value for name, value in given.items() if name not in functions}
        return Configuration(
            Settings.of(values, called=_called), Accounts(**functions, called=_called)
        )
    except VydnoError as error:
        raise ImproperlyConfigured(str(error)) from error


def _called(name: str) -> str:
    return f"VYDNO[{name!r}]"


def _function(name: str, given: Any) -> Any:
    if not isinstance(given, str):
        return given
    try:
        return import_string(given)
    except ImportError as error:
        raise ImproperlyConfigured(
            f"{_called(name)} must be a function or its dotted name; {given!r} cannot be imported: "
            f"{error}."
        ) from error


def _forget(*, setting: str, **_: Any) -> None:
    """Tests may override settings."""
    if setting == "VYDNO":
        configuration.cache_clear()


setting_changed.connect(_forget)
