"""``package.json``, and all the files that make the built folder an npm package."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import VydnoError
from .declarations import FRAMEWORKS, declarations
from .editor import html_data
from .elements import SOURCES, elements
from .functions import functions
from .manifest import custom_elements
from .paste import with_lines

SERVER = "./vydno-server.js"
# Where there is no page, whatever the bundle is for; and Node, unless it bundles for a browser.
_CONDITIONS = ("workerd", "edge-light", "browser", "node", "default")
_OF_BROWSERS = ("browser", "default")
# By suffix, so that a new built file needs no word here. The proof of the contrasts stays out:
# it weighs more than all the rest, and tools for themes have it in the Python package.
FILES = (
    "*.js",
    "*.css",
    "*.d.ts",
    "lang/*.js",
    "custom-elements.json",
    "html-data.json",
    "manifest.json",
)


def package_files(built: Mapping[str, bytes], manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """What stands beside the ``built`` files, name to content.

    Raises VydnoError outside of a checkout: an installed package lacks ``pyproject.toml``.
    """
    root = SOURCES.parents[1]
    known, exported = elements(), functions()
    # A language is there for what it does, and has nothing to declare.
    scripts = [name for name in built if name.endswith(".js") and "/" not in name]
    readme = (SOURCES / "frontend" / "README.md").read_text(encoding="utf-8")
    texts = {
        "LICENSE": _of_checkout(root / "LICENSE"),
        "README.md": with_lines(readme, manifest),
        "custom-elements.json": _json(custom_elements(known, exported, built)),
        "html-data.json": _json(html_data(known)),
        "package.json": _json(package(_of_checkout(root / "pyproject.toml"), scripts)),
        **declarations(known, exported, scripts),
    }
    return {name: text.encode() for name, text in texts.items()}


def package(pyproject: str, scripts: list[str]) -> dict[str, Any]:
    """The contents of ``package.json``: what both packages share comes from ``pyproject.toml``."""
    project = tomllib.loads(pyproject)["project"]
    return {
        **{key: project[key] for key in ("name", "version", "description", "license", "keywords")},
        "type": "module",
        "main": "./vydno.js",
        "types": "./vydno.d.ts",
        "exports": {
            ".": _conditional("vydno"),
            **{f"./{name}": _conditional(Path(name).stem) for name in scripts if _is_module(name)},
            **{f"./{name}": {"types": f"./{name}.d.ts"} for name in FRAMEWORKS},
            "./*": "./*",
        },
        "sideEffects": ["*.js", "*.css"],
        "customElements": "custom-elements.json",
        "files": list(FILES),
    }


def _is_module(script: str) -> bool:
    """Whether it needs a page when it is imported; classic scripts are nothing to import."""
    return script not in ("vydno-early.js", "vydno-fixed.js", "vydno-classic.js", "vydno-server.js")


def _conditional(stem: str) -> dict[str, str]:
    script = {
        condition: f"./{stem}.js" if condition in _OF_BROWSERS else SERVER
        for condition in _CONDITIONS
    }
    return {"types": f"./{stem}.d.ts", **script}


def _of_checkout(path: Path) -> str:
    if not path.is_file():
        raise VydnoError(f"There is no {path}: static/ can only be built in a checkout.")
    return path.read_text(encoding="utf-8")


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
