"""``html-data.json``: what editors complete in HTML, in the format of VS Code's custom data 1.1."""

from __future__ import annotations

from typing import Any

from ..preferences import PREFERENCES
from .elements import Attribute, Element


def html_data(elements: list[Element]) -> dict[str, Any]:
    """The elements, and the attributes that any element of a page may have."""
    return {
        "version": 1.1,
        "tags": [
            {
                "name": element.tag,
                "description": element.summary,
                "attributes": [_attribute(each) for each in element.attributes],
            }
            for element in elements
        ],
        "globalAttributes": [
            {
                "name": preference.attribute,
                "description": f"The {name} of the page, on `<html>`; of a part of it, elsewhere."
                if name != "text-scale"
                else "Percent of the visitor's own text size, on `<html>`.",
                "values": [{"name": value} for value in preference.values],
            }
            for name, preference in PREFERENCES.items()
        ]
        + [
            {
                "name": "data-vydno-fixed",
                "description": "On `<html>`: the preferences that this page does not follow.",
                "values": [{"name": name} for name in PREFERENCES],
            }
        ],
    }


def _attribute(attribute: Attribute) -> dict[str, Any]:
    values = attribute.values or ((attribute.example,) if attribute.example else ())
    offered = {"values": [{"name": value} for value in values]} if values else {}
    return {"name": attribute.name, "description": attribute.description, **offered}
