"""Addresses of a project that forgot to include Vydno's."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
