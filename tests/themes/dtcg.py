"""What the Design Tokens Format and Resolver Modules 2025.10 ask of our files, as JSON Schema.

Written from the specification, for colours and the properties that we use: the community group's
own schema is published on its site only, in no package, and tests fetch nothing from sites.
"""

from __future__ import annotations

from typing import Any

_COLOUR = {
    # Color Module, section 4.1
    "type": "object",
    "required": ["colorSpace", "components"],
    "additionalProperties": False,
    "properties": {
        "colorSpace": {"const": "srgb"},
        "components": {
            "type": "array",
            "minItems": 3,
            "maxItems": 3,
            "items": {"type": "number", "minimum": 0, "maximum": 1},
        },
        "alpha": {"type": "number", "minimum": 0, "maximum": 1},
        "hex": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
    },
}

# Format Module, section 5.1.1: no name begins with $ or has one of {}. in it.
_NAME = r"^[^${}.][^{}.]*$"

_META = {
    "$description": {"type": "string"},
    "$extensions": {"type": "object"},
    "$deprecated": {"type": ["boolean", "string"]},
}

FORMAT: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$ref": "#/$defs/group",
    "$defs": {
        "group": {
            "type": "object",
            "properties": {"$schema": {"type": "string"}, "$type": {"const": "color"}, **_META},
            "patternProperties": {
                _NAME: {
                    "if": {"required": ["$value"]},
                    "then": {"$ref": "#/$defs/token"},
                    "else": {"$ref": "#/$defs/group"},
                }
            },
            "additionalProperties": False,
        },
        "token": {
            "type": "object",
            "required": ["$value", "$type"],
            "properties": {
                "$type": {"const": "color"},
                "$value": {
                    "oneOf": [_COLOUR, {"type": "string", "pattern": r"^\{[^{}]+\}$"}],
                },
                **_META,
            },
            "additionalProperties": False,
        },
    },
}

_REFERENCE = {
    # Resolver Module, section 4.2
    "type": "object",
    "required": ["$ref"],
    "properties": {
        "$ref": {"type": "string", "not": {"pattern": "^#/(resolutionOrder|modifiers)/"}}
    },
    "additionalProperties": False,
}

RESOLVER: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["version", "resolutionOrder"],
    "properties": {
        "$schema": {"type": "string"},
        "name": {"type": "string"},
        "description": {"type": "string"},
        "version": {"const": "2025.10"},
        "modifiers": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["contexts"],
                "properties": {
                    "contexts": {
                        "type": "object",
                        "minProperties": 2,
                        "additionalProperties": {
                            "type": "array",
                            "items": {
                                "if": {"required": ["$ref"]},
                                "then": _REFERENCE,
                                "else": {"$ref": "#/$defs/group"},
                            },
                        },
                    },
                    "default": {"type": "string"},
                },
                "additionalProperties": False,
            },
        },
        "resolutionOrder": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["$ref"],
                "properties": {"$ref": {"type": "string", "pattern": "^#/(sets|modifiers)/"}},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
    "$defs": FORMAT["$defs"],
}
