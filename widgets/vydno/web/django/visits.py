"""The visit of a request: whose preferences it shows, and what its response must say."""

from __future__ import annotations

from typing import Any

from django.conf import settings as project
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from ...preferences import Preferences
from ...strings import ENGLISH, has
from ...templating import Macros
from ..visit import Visit, macros_at
from .configuration import configuration
from .finders import FOLDER, VydnoFinder

# The request's attribute.
VISIT = "_vydno"


def visit(request: HttpRequest) -> Visit:
    """The request's one visit."""
    found: Visit | None = getattr(request, VISIT, None)
    if found is None:
        found = Visit.of(
            {name.lower(): value for name, value in request.headers.items()},
            settings=configuration().settings,
            scheme=request.scheme or "http",
            root_path=get_script_prefix().rstrip("/"),
        )
        setattr(request, VISIT, found)
    return found


def preferences(request: HttpRequest) -> Preferences:
    """The visitor's preferences; to ask makes the response vary by the cookie."""
    return visit(request).preferences


def macros(lang: str = "") -> Macros:
    """The macros, with the project's addresses, in ``lang`` or the active language.

    Which one is active may be the visitor's doing: where Vydno does not speak it, English it is.
    """
    active = get_language() or project.LANGUAGE_CODE
    return macros_at(
        configuration().settings.asset_base or _asset_base(),
        reverse("vydno:preferences"),
        lang or (active if has(active) else ENGLISH),
    )


def sign_in(request: HttpRequest) -> Preferences:
    """What the signal ``user_logged_in`` does, for a project that signs in by other means."""
    return configuration().accounts.sign_in(request, visit(request))


def sign_out(request: HttpRequest) -> None:
    """What the signal ``user_logged_out`` does."""
    visit(request).sign_out()


def signed_in(*, request: HttpRequest | None, **_: Any) -> None:
    """Django's own sign-in; a project without accounts of its preferences is left alone."""
    if request is not None and configuration().accounts.load:
        sign_in(request)


def signed_out(*, request: HttpRequest | None, **_: Any) -> None:
    """Django's own sign-out."""
    if request is not None and configuration().accounts.load:
        sign_out(request)


def _asset_base() -> str:
    """Where the files are collected to, or else the address that is included."""
    if any(isinstance(finder, VydnoFinder) for finder in finders.get_finders()):
        return static(f"{FOLDER}/vydno.js").rpartition("/")[0] + "/"
    return reverse("vydno:file", args=["vydno.js"]).removesuffix("vydno.js")
