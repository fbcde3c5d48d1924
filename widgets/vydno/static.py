"""Where the built files are."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from .errors import VydnoError

_HERE = Path(__file__).parent


@functools.cache
def static_dir() -> Path:
    """The folder of built files: inside an installed package, or beside ``widgets/`` in a checkout.

    Raises VydnoError where neither holds a manifest.
    """
    for folder in (_HERE / "static", _HERE.parents[1] / "static"):
        if (folder / "manifest.json").is_file():
            return folder
    raise VydnoError(
        "Vydno's built files are missing: static/ holds no manifest.json. "
        "In a checkout run `vydno build`; otherwise install the package again."
    )


@functools.cache
def manifest() -> dict[str, dict[str, str | int]]:
    """File name to ``bytes``, ``brotli``, ``version``, ``integrity`` and ``csp``."""
    content: dict[str, dict[str, str | int]] = json.loads(
        (static_dir() / "manifest.json").read_text(encoding="utf-8")
    )
    return content
