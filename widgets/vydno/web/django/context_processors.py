"""``"vydno.web.django.context_processors.vydno"``: the same for templates of any engine."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .visits import macros, preferences


def vydno(request: HttpRequest) -> dict[str, Any]:
    """``vydno``, the macros, and ``preferences``, the visitor's; both wait until they are used."""
    return {
        "vydno": SimpleLazyObject(macros),
        "preferences": SimpleLazyObject(lambda: preferences(request)),
    }
