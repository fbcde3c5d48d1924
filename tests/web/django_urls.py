"""Addresses of a project whose visitors sign in and out, for the tests."""

from __future__ import annotations

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from vydno import Preferences
from vydno.web.django.visits import preferences


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(preferences(request).to_cookie())


def shared(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("the same for all")


def sign_in(request: HttpRequest) -> HttpResponse:
    # What Django's own login() sends once it is done.
    user_logged_in.send(sender=object, request=request, user=None)
    return page(request)


def sign_out(request: HttpRequest) -> HttpResponse:
    user_logged_out.send(sender=object, request=request, user=None)
    return HttpResponse()


def drawn(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", {"vydno_fixed": request.GET.get("fixed", "")})


def cached(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", {"vydno_preferences": Preferences()})


urlpatterns = [
    path("page", page),
    path("shared", shared),
    path("in", sign_in),
    path("out", sign_out),
    path("drawn", drawn),
    path("cached", cached),
    path("vydno/", include("vydno.web.django.urls")),
]
