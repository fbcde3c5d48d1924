"""System checks: what the project must name besides the application itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt
from django.urls import NoReverseMatch, reverse

from ...strings import CATALOGUES, has

MIDDLEWARE = "vydno.web.django.middleware.VydnoMiddleware"
_REQUEST = "django.template.context_processors.request"


def check_project(**_: Any) -> list[CheckMessage]:
    """An error for every part that is missing, each a sentence with what to write; a warning where
    the project's own language is none of ours."""
    found: list[CheckMessage] = []
    if MIDDLEWARE not in settings.MIDDLEWARE:
        found.append(Error(f"MIDDLEWARE lacks {MIDDLEWARE!r}; add it at its end.", id="vydno.E001"))
    try:
        reverse("vydno:preferences")
    except NoReverseMatch:
        line = 'path("vydno/", include("vydno.web.django.urls"))'
        found.append(Error(f"The form has no address; add {line} to urlpatterns.", id="vydno.E002"))
    found += [
        Error(
            f"TEMPLATES[{index}] lacks the context processor {_REQUEST!r}, by which the template "
            "tags know their visitor; add it.",
            id="vydno.E003",
        )
        for index, engine in enumerate(settings.TEMPLATES)
        if engine["BACKEND"].endswith("DjangoTemplates")
        and _REQUEST not in engine.get("OPTIONS", {}).get("context_processors", [])
    ]
    if not has(settings.LANGUAGE_CODE):
        found.append(
            Doubt(
                f"LANGUAGE_CODE is {settings.LANGUAGE_CODE!r}, a language that Vydno does not "
                f"speak: its controls will be in English. There are {', '.join(CATALOGUES)}.",
                id="vydno.W001",
            )
        )
    return found
