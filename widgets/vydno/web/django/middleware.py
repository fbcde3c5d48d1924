"""The middleware: ``request.vydno_preferences``, ``Vary`` and what sign-in and sign-out leave."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.decorators import sync_and_async_middleware
from django.utils.functional import SimpleLazyObject

from .configuration import configuration
from .visits import VISIT, preferences

Answer = Callable[[HttpRequest], HttpResponseBase]


@sync_and_async_middleware
def VydnoMiddleware(get_response: Any) -> Any:  # noqa: N802  (Django's middlewares are nouns)
    """Put it at the end of ``MIDDLEWARE``: whoever is signed in must be known by then.

    Raises ImproperlyConfigured, when the server starts, without the application that checks all
    else and hears of sign-in.
    """
    if not apps.is_installed("vydno.web.django"):
        raise ImproperlyConfigured("INSTALLED_APPS lacks 'vydno.web.django'; add it.")
    if iscoroutinefunction(get_response):
        asynchronous: Callable[[HttpRequest], Awaitable[HttpResponseBase]] = get_response

        async def answer(request: HttpRequest) -> HttpResponseBase:
            _begin(request)
            response = await asynchronous(request)
            return await sync_to_async(_finish)(request, response)

        return answer

    def answer_at_once(request: HttpRequest) -> HttpResponseBase:
        _begin(request)
        return _finish(request, get_response(request))

    return answer_at_once


def _begin(request: HttpRequest) -> None:
    # Lazy: a view that does not look does not come to vary by the cookie.
    request.vydno_preferences = SimpleLazyObject(lambda: preferences(request))  # type: ignore[attr-defined]


def _finish(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    found = getattr(request, VISIT, None)
    if found is None:
        return response
    configuration().accounts.saw(request, found)
    if found.varies:
        patch_vary_headers(response, ["Cookie"])
    if found.set_cookie:
        response.cookies.load(found.set_cookie)
    return response
