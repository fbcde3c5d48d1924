"""``custom-elements.json``: the Custom Elements Manifest, schema 2.1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .elements import Attribute, Element, Event, registered_by
from .functions import Function, Parameter

SCHEMA_VERSION = "2.1.0"
_USED = re.compile(r"var\((--vydno-[\w-]+)(?:,\s*([^)]+))?\)")


def custom_elements(
    elements: list[Element], functions: Mapping[str, Function], built: Mapping[str, bytes]
) -> dict[str, Any]:
    """The manifest of the files in ``built`` that a page imports."""
    modules = [_element_module(each, built) for each in elements]
    modules += [
        _functions_module("vydno.js", registered_by("vydno.js", elements), functions),
        _functions_module("vydno-all.js", registered_by("vydno_all.js", elements), functions),
    ]
    return {"schemaVersion": SCHEMA_VERSION, "readme": "README.md", "modules": modules}


def _element_module(element: Element, built: Mapping[str, bytes]) -> dict[str, Any]:
    path = f"{element.tag}.js"
    return {
        "kind": "javascript-module",
        "path": path,
        "declarations": [
            {
                "kind": "class",
                "name": element.class_name,
                "description": element.summary,
                "superclass": {"name": "HTMLElement", "package": "global:"},
                "customElement": True,
                "tagName": element.tag,
                "attributes": [_attribute(each) for each in element.attributes],
                "events": [_event(each) for each in element.events],
                "cssProperties": list(_css_properties(built[f"{element.tag}.css"].decode())),
            }
        ],
        "exports": [_definition(element, path)],
    }


def _definition(element: Element, path: str) -> dict[str, Any]:
    return {
        "kind": "custom-element-definition",
        "name": element.tag,
        "declaration": {"name": element.class_name, "module": path},
    }


def _attribute(attribute: Attribute) -> dict[str, Any]:
    return {
        "name": attribute.name,
        "description": attribute.description,
        "type": {"text": attribute.type},
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "name": event.name,
        "description": event.description,
        "type": {"text": "CustomEvent<PreferenceChange>"},
    }


def _css_properties(style: str) -> Iterator[dict[str, str]]:
    """Those that the style sheet reads, with what holds in a page that does not set them."""
    used = sorted(set(_USED.findall(style)))
    for name in dict.fromkeys(name for name, _ in used):
        defaults = [default for other, default in used if other == name and default]
        # Several mean that it depends on the place.
        yield {"name": name, "default": defaults[0]} if len(defaults) == 1 else {"name": name}


def _functions_module(
    path: str, elements: list[Element], functions: Mapping[str, Function]
) -> dict[str, Any]:
    return {
        "kind": "javascript-module",
        "path": path,
        "declarations": [_function(each) for each in functions.values()],
        "exports": [
            *(
                {"kind": "js", "name": name, "declaration": {"name": name, "module": path}}
                for name in functions
            ),
            *(_definition(each, f"{each.tag}.js") for each in elements),
        ],
    }


def _function(function: Function) -> dict[str, Any]:
    kind, description = function.returns
    returned = {"type": {"text": kind or "void"}} | (
        {"description": description} if description else {}
    )
    return {
        "kind": "function",
        "name": function.name,
        "description": function.description,
        "parameters": [_parameter(each) for each in function.parameters],
        "return": returned,
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described = {"description": parameter.description} if parameter.description else {}
    optional = {"optional": True} if parameter.optional else {}
    return {"name": parameter.name, "type": {"text": parameter.type}, **described, **optional}
