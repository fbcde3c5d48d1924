"""What the command prints: the proof as tables, a theme as swatches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from ..printable import printable as printable  # the commands say errors with it
from .colour_vision import GATE, GATE_MORE, VISIONS
from .contrast import contrast
from .pairs import ROLES
from .solver import Theme


def console() -> Console:
    """Standard output. What is no terminal is as wide as it must be: no line of data is folded."""
    width = None if Console().is_terminal else 200
    return Console(width=width, markup=False, highlight=False)


def summary(found: Mapping[str, Any]) -> None:
    """The closest pairs, the colour-vision table, and how many pairs there are."""
    out = console()
    out.print(_closest(found))
    if found["colour-vision"]:
        out.print(_colour_vision(found))
    out.print(f"{found['pairs']} pairs, {len(found['failures'])} failures")


def _closest(found: Mapping[str, Any]) -> Table:
    table = Table("target", "ratio", "margin", "pair", title="The closest pair of each target")
    for target, entry in found["closest"].items():
        margin = f"{entry['margin']:.1%}"
        table.add_row(target, f"{entry['ratio']:.3f}", margin, printable(entry["pair"]))
    return table


def _colour_vision(found: Mapping[str, Any]) -> Table:
    title = f"The nearest two accents, ΔE2000 (at least {GATE:g}; with more contrast {GATE_MORE:g})"
    table = Table("variant", *VISIONS, title=title)
    for variant, row in found["colour-vision"].items():
        table.add_row(printable(variant), *(f"{row[vision]:.1f}" for vision in VISIONS))
    return table


def theme(shown: Theme) -> None:
    """Every role of a theme in every variant; on a terminal in its colour."""
    table = Table("role", *shown.variants, title=shown.name)
    for role in ROLES:
        table.add_row(role, *(_swatch(palette[role]) for palette in shown.variants.values()))
    console().print(table)


def _swatch(colour: str) -> Text:
    ink = max("#ffffff", "#000000", key=lambda ink: contrast(ink, colour))
    return Text(f" {colour} ", Style(color=ink, bgcolor=colour))
