"""Themes to take away: as CSS, as DTCG tokens, for Figma, and as Sass maps.

Every format is a set of files, name to text, so that a command and a server can hand them out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from .contrast import channels
from .css import stylesheet
from .pairs import DECORATIVE, RULES, Palette
from .seeds import Seed
from .solver import Theme
from .tokens import EXTENSION, FIGMA_MODE, VERSION

Files = dict[str, str]
Themes = Mapping[str, Theme]

GROUP = "vydno"
"""The group of tokens, which with the role's name gives the name of the custom property."""

RESOLVER = "vydno.resolver.json"

_SCHEMAS = f"https://www.designtokens.org/schemas/{VERSION}"


def css(themes: Themes) -> Files:
    """The style sheet that `vydno build` would make of these themes; the first is the default."""
    return {"themes.css": stylesheet(themes)}


def dtcg(themes: Themes) -> Files:
    """A document of tokens for each variant of each theme, and a resolver that knows them all."""
    documents = {
        _path(theme.name, variant): _document(theme, variant)
        for theme in themes.values()
        for variant in theme.variants
    }
    references = {path: {"$ref": path} for path in documents}
    return _as_json({RESOLVER: _resolver(references), **documents})


def bundle(themes: Themes) -> Files:
    """The same in one file: a resolver that holds its tokens itself."""
    documents = {
        _path(theme.name, variant): _document(theme, variant)
        for theme in themes.values()
        for variant in theme.variants
    }
    return _as_json({RESOLVER: _resolver(documents)})


def figma(themes: Themes) -> Files:
    """A file a mode for Figma's own import of variables; a folder, which is a theme, a collection.

    Figma takes DTCG tokens with sRGB colours, reads the mode's name and a variable's code syntax
    from its own extensions, and follows no alias to another token: each has its colour.
    """
    return _as_json(
        {
            f"{theme.name}/{variant}.json": _figma_document(variant, palette)
            for theme in themes.values()
            for variant, palette in theme.variants.items()
        }
    )


def scss(themes: Themes) -> Files:
    """One map of maps: theme, variant, role."""
    return {"_vydno.scss": "\n".join(_scss(themes))}


FORMATS: Mapping[str, Callable[[Themes], Files]] = {
    "css": css,
    "dtcg": dtcg,
    "figma": figma,
    "scss": scss,
}


# DTCG. ------------------------------------------------------------------------------------------


def _path(theme: str, variant: str) -> str:
    return f"{theme}/{variant}.tokens.json"


def _document(theme: Theme, variant: str) -> dict[str, Any]:
    extension: dict[str, Any] = {"theme": theme.name, "variant": variant}
    if not theme.seed.colours:
        extension["seed"] = seed_as_data(theme.seed)
    return {
        "$schema": f"{_SCHEMAS}/format.json",
        "$description": f"The theme {theme.name}, {variant}.",
        "$extensions": {EXTENSION: extension},
        GROUP: {
            role: {"$type": "color", "$value": _value(role, colour), "$description": owes(role)}
            for role, colour in theme.variants[variant].items()
        },
    }


def _value(role: str, colour: str) -> object:
    # A theme cannot have another gap than its surface: the style sheet says so for all.
    return f"{{{GROUP}.surface}}" if role == "focus-gap" else colour_value(colour)


def colour_value(colour: str) -> dict[str, Any]:
    """A colour as the Color Module has it; six decimals give the same eight bits back."""
    components = [round(channel / 255, 6) for channel in channels(colour)]
    return {"colorSpace": "srgb", "components": components, "alpha": 1, "hex": colour}


def owes(role: str) -> str:
    """What is proven of a role, in a sentence for the designer who meets it in a tool."""
    if role in DECORATIVE:
        return "Decorative: nothing may depend on it."
    said = [
        f"At least {rule.normal:g}:1 on {', '.join(rule.surfaces)}; "
        f"{rule.more:g}:1 with more contrast."
        for rule in RULES
        if role in rule.foregrounds
    ]
    above = [name for rule in RULES if role in rule.surfaces for name in rule.foregrounds]
    return " ".join([*said, *([f"Proven under {', '.join(above)}."] if above else [])])


def _resolver(sources: Mapping[str, Any]) -> dict[str, Any]:
    """One modifier: a theme's variants are not made of two halves that could be combined."""
    contexts = {
        path.removesuffix(".tokens.json").replace("/", "-"): [source]
        for path, source in sources.items()
    }
    return {
        "$schema": f"{_SCHEMAS}/resolver.json",
        "name": "Vydno",
        "version": VERSION,
        "modifiers": {"mode": {"contexts": contexts, "default": next(iter(contexts))}},
        "resolutionOrder": [{"$ref": "#/modifiers/mode"}],
    }


def seed_as_data(seed: Seed) -> dict[str, Any]:
    """A seed as JSON has it: what it says, without its name."""
    said = {entry.name: getattr(seed, entry.name) for entry in fields(seed)}
    del said["name"]
    return {key: value for key, value in said.items() if value not in (None, "", {})}


def _as_json(documents: Mapping[str, Any]) -> Files:
    return {
        name: json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        for name, document in documents.items()
    }


# Figma, Sass. -----------------------------------------------------------------------------------


def _figma_document(variant: str, palette: Palette) -> dict[str, Any]:
    return {
        "$extensions": {FIGMA_MODE: variant},
        GROUP: {role: _figma_token(role, colour) for role, colour in palette.items()},
    }


def _figma_token(role: str, colour: str) -> dict[str, Any]:
    return {
        "$type": "color",
        "$value": colour_value(colour),
        "$description": owes(role),
        "$extensions": {"com.figma.codeSyntax": {"WEB": f"var(--vydno-{role})"}},
    }


def _scss(themes: Themes) -> Iterator[str]:
    # Names of themes are quoted: blue and red would be colours to Sass.
    yield '// map.get($vydno-themes, "blue", "dark", "link")'
    yield "$vydno-themes: ("
    for theme in themes.values():
        yield f'  "{theme.name}": ('
        for variant, palette in theme.variants.items():
            yield f'    "{variant}": ('
            yield from (f'      "{role}": {colour},' for role, colour in palette.items())
            yield "    ),"
        yield "  ),"
    yield ");\n"
