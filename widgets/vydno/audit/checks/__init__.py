"""The checks that axe cannot do. Every module here registers some; a new one needs no list."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from .check import (
    COLOUR,
    LAYOUT,
    STRUCTURE,
    Check,
    Found,
    Noted,
    Rendition,
    advice,
    check,
    fails,
    in_order,
    needs_review,
    note,
    registered,
    site_check,
)

__all__ = [
    "COLOUR",
    "LAYOUT",
    "STRUCTURE",
    "Check",
    "Found",
    "Noted",
    "Rendition",
    "advice",
    "all_checks",
    "check",
    "fails",
    "in_order",
    "needs_review",
    "note",
    "site_check",
]


def all_checks() -> Mapping[str, Check]:
    """Ours, and those that were registered before the call; by rule."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
    return registered()
