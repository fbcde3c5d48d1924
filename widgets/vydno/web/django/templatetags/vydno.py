"""``{% load vydno %}``: a tag for every macro, ``{% vydno_text_scale %}`` and its like.

The tags know the visitor and the page from the request, so ``preferences`` and ``return_to`` give
themselves; everything else are the macro's keyword arguments. A page that does not follow some
preferences has their names in its context, ``vydno_fixed="theme"``; one that is the same for
everybody has ``vydno_preferences=Preferences()``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template
from django.core.exceptions import ImproperlyConfigured
from django.template import Context
from markupsafe import Markup

from ....preferences import Preferences
from ....templating import Macros
from ..visits import macros, preferences

register = template.Library()


def _tag(name: str, arguments: tuple[str, ...]) -> Callable[..., Markup]:
    def tag(context: Context, **given: Any) -> Markup:
        shown = _preferences(context) if "preferences" in arguments else None
        if "return_to" in arguments:
            given.setdefault("return_to", context["request"].get_full_path())
        if "fixed" in arguments and shown is None:
            given.setdefault("fixed", bool(_fixed(context)))
        macro = getattr(macros(), name)
        return macro(**given) if shown is None else macro(shown, **given)  # type: ignore[no-any-return]

    return tag


def _preferences(context: Context) -> Preferences:
    if "request" not in context:
        raise ImproperlyConfigured(
            "Vydno's tags need the request; render with it, render(request, template, context)."
        )
    given = context.get("vydno_preferences")
    shown = given if given is not None else preferences(context["request"])
    return shown.fixing(*_fixed(context))


def _fixed(context: Context) -> tuple[str, ...]:
    given = context.get("vydno_fixed") or ()
    return tuple(given.split() if isinstance(given, str) else given)


_MACROS = Macros()
for _name in _MACROS.names:
    _arguments = getattr(_MACROS, _name).arguments
    register.simple_tag(_tag(_name, _arguments), takes_context=True, name=f"vydno_{_name}")
