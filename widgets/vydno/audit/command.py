"""``vydno audit``: what QA runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ..errors import VydnoError
from ..printable import printable
from . import audit as whole
from . import explain as explaining
from .click_options import AuditCommand, click_options
from .findings import PageResult, Run, Status
from .options import Options
from .reports import check, terminal, write

Tell = Callable[[PageResult, int], None]


class CouldNotRunError(click.ClickException):
    """Nothing could be audited."""

    exit_code = 2


@click.command("audit", cls=AuditCommand)
@click_options
@click.option("--explain", metavar="RULE", help="Tell what one of our rules looks for, and stop.")
@click.option("--rules", is_flag=True, help="Name our rules with their criteria, and stop.")
@click.option("--timings", is_flag=True, help="Tell on which checks the time went.")
def audit(options: Options, explain: str | None, rules: bool, timings: bool) -> int:
    """Audit pages with axe and with checks of our own, in every variant that is asked for.

    Exit status: 0 clean, 1 findings, 2 when something could not be audited.
    """
    if explain or rules:
        click.echo(explaining.text(explain) if explain else explaining.overview())
        return 0
    for name, path in options.reports.items():
        check(name, path)
    with _progress() as tell:
        verdict = whole.audit(options, tell=tell, note=_say)
    _report(verdict, options)
    if timings:
        _tell_timings(verdict.run)
    return verdict.exit_code()


def _report(verdict: whole.Verdict, options: Options) -> None:
    """Print the summary and write every file that can be written."""
    failed = []
    for name, path in options.reports.items():
        try:
            write(verdict.run, name, path, exit_code=verdict.exit_code())
        except VydnoError as error:
            failed.append(str(error))
    terminal.summary(verdict.run, advice=options.advice)
    for sentence in (*verdict.notes, *verdict.complaints):
        _say(sentence)
    if failed:
        raise CouldNotRunError(" ".join(failed))


def _say(sentence: str) -> None:
    click.echo(printable(sentence), err=True)


@contextmanager
def _progress() -> Iterator[Tell]:
    """A bar on a terminal; nothing elsewhere, where it would only be noise in a log."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    hidden = not console.is_terminal
    with Progress(*columns, console=console, disable=hidden, transient=True) as progress:
        task = progress.add_task("Starting", total=None)

        def tell(page: PageResult, known: int) -> None:
            mark = "" if page.status is Status.AUDITED else " (not audited)"
            said = escape(printable(page.url)[-60:]) + mark
            progress.update(task, description=said, total=known, advance=1)

        yield tell


def _tell_timings(run: Run) -> None:
    sums: dict[str, float] = {}
    for page in run.pages:
        for name, seconds in page.timings.items():
            sums[name] = sums.get(name, 0.0) + seconds
    for name, seconds in sorted(sums.items(), key=lambda one: -one[1]):
        click.echo(f"{seconds:8.2f} s  {name}", err=True)
