"""``vydno themes``: what the proof says, for people and for CI."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from .certificate import palettes, summary
from .colour_vision import GATE, GATE_MORE, VISIONS
from .seeds import OURS, load
from .solver import build_all


class WeakThemesError(click.ClickException):
    """Themes in which something cannot be read or told apart."""

    exit_code = 1


@click.group()
def themes() -> None:
    """Themes whose contrast is proven."""


@themes.command()
@click.argument("seeds", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=OURS)
@click.option("--json", "as_json", is_flag=True, help="Write the summary as JSON.")
def check(seeds: Path, as_json: bool) -> None:
    """Build the themes of SEEDS (default: ours) and print what was proven.

    Exit 1 if a pair of colours misses its ratio or two accents are too near.
    """
    report(summary(palettes(build_all(load(seeds)))), as_json=as_json)


def report(found: Mapping[str, Any], *, as_json: bool = False) -> None:
    """Print a summary on stdout; raises WeakThemesError, naming each, if something fails."""
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        # What is not a terminal is as wide as it must be: no line of data is folded.
        console = Console(width=None if Console().is_terminal else 160)
        for table in (_closest(found), _colour_vision(found)):
            console.print(table)
        console.print(f"{found['pairs']} pairs, {len(found['failures'])} failures")
    if weak := [*found["failures"], *found["too-near"]]:
        raise WeakThemesError("\n".join(weak))


def _closest(found: Mapping[str, Any]) -> Table:
    table = Table("target", "ratio", "margin", "pair", title="The closest pair of each target")
    for target, entry in found["closest"].items():
        table.add_row(target, f"{entry['ratio']:.3f}", f"{entry['margin']:.1%}", entry["pair"])
    return table


def _colour_vision(found: Mapping[str, Any]) -> Table:
    title = f"The nearest two accents, ΔE2000 (at least {GATE:g}; with more contrast {GATE_MORE:g})"
    table = Table("variant", *VISIONS, title=title)
    for variant, row in found["colour-vision"].items():
        table.add_row(variant, *(f"{row[vision]:.1f}" for vision in VISIONS))
    return table
