"""``path("vydno/", include("vydno.web.django.urls"))``."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "vydno"
urlpatterns = [
    path("preferences", views.preferences, name="preferences"),
    path("static/<path:name>", views.file, name="file"),
]
