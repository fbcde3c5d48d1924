"""``vydno lint``: what a developer runs over style sheets."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import click
from rich.console import Console
from rich.text import Text

from ..errors import VydnoError
from ..printable import printable
from . import fix as fixing
from . import lint as whole
from . import reference, reports
from .findings import Finding
from .lint import Document, Result
from .reading import STDIN, Reader
from .rules import ALL, RULES, Level, selected

_COLOURS = {Level.ERROR: "bold red", Level.WARNING: "bold yellow", Level.ADVICE: "bold cyan"}
_LEAST_ROOT, _MOST_ROOT = 1, 100


class _RootSize(click.ParamType[Fraction]):
    name = "px"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        try:
            px = Fraction(str(value)[:20])
        except (ValueError, ZeroDivisionError):
            px = Fraction(0)
        if not _LEAST_ROOT <= px <= _MOST_ROOT:
            self.fail(
                f"{value!r} is no number of px from {_LEAST_ROOT} to {_MOST_ROOT}.", param, ctx
            )
        return px


def _rules(ctx: click.Context, param: click.Parameter, value: Sequence[str]) -> Sequence[str]:
    try:
        selected(value, ())
    except VydnoError as error:
        raise click.BadParameter(str(error), ctx, param) from None
    return value


@click.command("lint")
@click.argument("targets", nargs=-1, metavar="[PATH|URL|-]...")
@click.option(
    "--select", multiple=True, metavar="RULES", callback=_rules, help=f"Tell these alone; or {ALL}."
)
@click.option("--ignore", multiple=True, metavar="RULES", callback=_rules, help="Leave these out.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out these files of folders.")
@click.option("--fix", is_flag=True, help="Write font sizes in rem into the files.")
@click.option("--diff", is_flag=True, help="Show what --fix would write; write nothing.")
@click.option("--line-heights", is_flag=True, help="With --fix or --diff: heights of lines too.")
@click.option(
    "--root-font-size",
    type=_RootSize(),
    metavar="PX",
    help="What 1rem is, where the sheets do not say it (default: what their rule for html says).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(reports.FORMATS)),
    default="text",
    show_default=True,
    help="How findings are told.",
)
@click.option("--rules", "tell_rules", is_flag=True, help="Tell the rules, and stop.")
def lint(
    targets: Sequence[str],
    select: Sequence[str],
    ignore: Sequence[str],
    exclude: Sequence[str],
    fix: bool,
    diff: bool,
    line_heights: bool,
    root_font_size: Fraction | None,
    form: str,
    tell_rules: bool,
) -> int:
    """Name the rules in style sheets and pages that keep text from growing.

    Folders are read with all folders in them, but not node_modules; a page with its sheets. All
    that one call names counts as one site. Exit status: 0 clean, 1 findings, 2 when nothing could
    be read.
    """
    if tell_rules:
        click.echo(reference.markdown() + "\n" + reference.explained(), nl=False)
        return 0
    _check(targets, fix=fix, diff=diff, line_heights=line_heights)
    reader = Reader(exclude=exclude)
    reader.read(targets)

    def judge(documents: Sequence[Document]) -> Result:
        rules = selected(select, ignore)
        return whole.lint(documents, rules=rules, root=root_font_size, unread=reader.unread)

    result = judge(reader.documents)
    for unread in result.unread:
        _say(str(unread))
    if diff:
        return _show_changes(result, list(fixing.changes(result, line_heights=line_heights)))
    if fix:
        result = judge(_mend(result, line_heights=line_heights))
    _tell(result, form, err=fix and STDIN in targets)
    return result.exit_code


def _check(targets: Sequence[str], *, fix: bool, diff: bool, line_heights: bool) -> None:
    if not targets:
        raise click.UsageError("Name a file, a folder, an address, or - for standard input.")
    if fix and diff:
        raise click.UsageError("--fix writes and --diff does not; give one of them.")
    if line_heights and not (fix or diff):
        raise click.UsageError("--line-heights is for --fix and --diff.")
    if fix and any("://" in target for target in targets):
        raise click.UsageError("--fix writes files; for an address there is --diff.")
    if fix and STDIN in targets and len(targets) > 1:
        raise click.UsageError("With --fix, standard input is read alone.")


# Telling. -----------------------------------------------------------------------------------------


def _tell(result: Result, form: str, *, err: bool) -> None:
    """The findings; on standard error where standard output holds what was mended."""
    console = Console(highlight=False, soft_wrap=True, emoji=False, markup=False, stderr=err)
    if form == "text" and console.is_terminal:
        for finding in result.findings:
            console.print(_coloured(finding))
    else:
        click.echo(reports.FORMATS[form](result), nl=False, err=err)
    _say(_summary(result))


def _coloured(finding: Finding) -> Text:
    rule = RULES[finding.rule]
    return Text.assemble(
        (printable(finding.source), "bold"),
        (f":{finding.line}:{finding.column}: ", "dim"),
        (rule.id, _COLOURS[rule.level]),
        " ",
        (reports.mark(finding), "green"),
        printable(reports.sentences(finding)),
    )


def _summary(result: Result) -> str:
    if not result.sources:
        return "Nothing could be read."
    read = _many(len(result.sources), "source")
    if not result.findings:
        return f"Nothing in {read} keeps text from growing."
    mendable = sum(bool(reports.mark(finding)) for finding in result.findings)
    hint = f" {mendable} can be mended by --fix." if mendable else ""
    return f"{_many(len(result.findings), 'place')} in {read}.{hint}"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _say(sentence: str) -> None:
    click.echo(printable(sentence), err=True)


# Mending. -----------------------------------------------------------------------------------------


def _mend(result: Result, *, line_heights: bool) -> list[Document]:
    """Write what can be mended; gives the documents as they are then."""
    after = {}
    places = 0
    for change in fixing.changes(result, line_heights=line_heights):
        after[change.source.name] = change.after
        places += change.places
        if change.source.path is not None:
            fixing.write(change)
    for source in result.sources:
        if source.path is None:
            _write(after.get(source.name, source.raw))
    if after:
        _say(f"Mended {_many(places, 'value')} in {_many(len(after), 'source')}.")
    return [
        Document.of(replace(source, raw=after.get(source.name, source.raw)))
        for source in result.sources
    ]


def _show_changes(result: Result, changes: Sequence[fixing.Change]) -> int:
    """What would be mended: 1 if anything."""
    for change in changes:
        _write(fixing.diff(change))
    places = sum(change.places for change in changes)
    _say(f"--fix would mend {_many(places, 'value')} in {_many(len(changes), 'source')}.")
    return int(bool(changes)) if result.sources else 2


def _write(content: bytes) -> None:
    """Bytes as they are; to a terminal, without what would tell it to do something."""
    if sys.stdout.isatty():
        click.echo(printable(content.decode(errors="replace")), nl=False)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
