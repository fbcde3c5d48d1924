"""The table of options as options of a click command."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from . import config
from .option import Group, Option
from .options import table

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def click_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command every option of the table, and `--config`.

    The command gets `options`, an `Options`, instead of them; its own parameters stay its own.
    """

    @functools.wraps(command)
    def run(*args: Any, config_file: Path | None, **given: Any) -> Any:
        told = {row.name: _said(row, given) for row in table()}
        return command(*args, options=config.load(told, file=config_file), **given)

    decorated: Callable[..., Any] = run
    for row in reversed(table()):
        for decorator in _decorators(row):
            decorated = decorator(decorated)
    return click.option(
        "--config",
        "config_file",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help=f"Read options from FILE (default: {config.NAME} or [{config.TABLE}] of "
        f"{config.PYPROJECT}, here or in a folder above).",
    )(decorated)


def _said(row: Option, given: dict[str, Any]) -> Any:
    value = given.pop(row.name)
    return False if row.off and given.pop(f"no_{row.name}") else value


def _decorators(row: Option) -> list[Decorator]:
    if row.argument:
        return [click.argument(row.name, nargs=-1, metavar=f"[{row.metavar}]...")]
    if row.switch:
        names = row.flag if row.once else f"{row.flag}/--no-{row.key}"
        # What nobody said must not go before what a file says.
        return [
            click.option(names, row.name, is_flag=True, default=None, help=help_text(row)),
        ]
    decorators: list[Decorator] = [
        click.option(
            row.flag,
            row.name,
            multiple=row.multiple,
            default=None,
            type=str,
            metavar=row.metavar,
            help=help_text(row),
        )
    ]
    if row.off:
        decorators.append(click.option(f"--no-{row.key}", is_flag=True, hidden=True))
    return decorators


def help_text(row: Option) -> str:
    """What `--help` says of an option."""
    words = ", ".join([*row.choices, *(["all"] if row.every else [])])
    notes = [
        words and f"one of {words}" if not row.commas else words and f"{words}; commas between",
        "can be repeated" if row.multiple and not row.commas else "",
        f"variable: {row.environment}" if row.environment else "",
        f"default: {row.usual}" if row.usual else "",
    ]
    said = "; ".join(filter(None, notes))
    return f"{row.help} [{said}]" if said else row.help


class AuditCommand(click.Command):
    """A command whose help shows the options under the headings of their groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write them; those that are not of the table stand under "Options"."""
        group_of = {row.name: row.group for row in table()}
        shown: dict[str, list[tuple[str, str]]] = {group: [] for group in Group} | {"Options": []}
        for parameter in self.get_params(ctx):
            if record := parameter.get_help_record(ctx):
                shown[group_of.get(parameter.name or "", "Options")].append(record)
        for heading, records in shown.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)
