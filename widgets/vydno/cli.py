"""The command ``vydno``."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import __version__
from .errors import VydnoError

try:
    import click
except ImportError:
    sys.stderr.write('The command needs more than the controls do: pip install "vydno[audit]"\n')
    sys.exit(2)

# In a checkout static/ lies beside widgets/.
_STATIC = Path(__file__).parents[2] / "static"


@dataclass(frozen=True, kw_only=True)
class _Elsewhere:
    """A command that is imported when it is asked for: each has libraries of its own."""

    module: str
    name: str
    extra: str

    def load(self) -> click.Command:
        """Raises UsageError that names the extra where a library is missing."""
        try:
            command: click.Command = getattr(importlib.import_module(self.module), self.name)
        except ImportError as error:
            raise click.UsageError(
                f'`vydno {self.name}` needs {error.name}: pip install "vydno[{self.extra}]".'
            ) from None
        return command


_ELSEWHERE = {
    "audit": _Elsewhere(module="vydno.audit.command", name="audit", extra="audit"),
    "listen": _Elsewhere(module="vydno.listen.command", name="listen", extra="listen"),
    "lint": _Elsewhere(module="vydno.lint.command", name="lint", extra="lint"),
    "themes": _Elsewhere(module="vydno.themes.cli", name="themes", extra="themes"),
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE:
            return _ELSEWHERE[cmd_name].load()
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Commands)
@click.version_option(__version__)
def vydno() -> None:
    """Text size and page colour for a site's visitors."""


@vydno.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file is stale.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=_STATIC,
    help="The folder to write (default: static/ of the checkout).",
)
def build(check: bool, output: Path) -> None:
    """Build static/ from the sources in widgets/, and what documents quote of it."""
    from . import assets

    if check:
        if names := [*assets.stale(output), *_quotations(output, write=False)]:
            raise StaleError(names)
        click.echo(f"{output.name}/ is up to date.")
        return
    for name in [*assets.build(output), *_quotations(output, write=True)]:
        click.echo(name)


def _quotations(output: Path, *, write: bool) -> list[str]:
    """The documents of a checkout that quote its own static/, where they are not current."""
    from .frontend import paste

    return paste.refresh(paste.manifest_in(output), write=write) if output == _STATIC else []


class StaleError(click.ClickException):
    """Built files that are not what their sources make."""

    exit_code = 1

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"Stale: {', '.join(names)}. Run `vydno build` and commit the result.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0 clean, 1 findings, 2 could not run."""
    try:
        code = vydno.main(argv, prog_name="vydno", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Abort:
        return 130
    except (VydnoError, OSError) as error:
        click.echo(f"Error: {error}", err=True)
        return 2
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    sys.exit(main())
