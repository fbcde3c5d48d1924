"""``vydno themes``: see that themes are proven, make them, take them away, bring them in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from ..errors import VydnoError
from . import export as exporting
from . import foreign, incoming, seeds, show, tokens
from .certificate import Palettes, palettes, summary
from .pairs import all_pairs, failures
from .seeds import OURS, Seed
from .solver import Theme, build, build_all, made_by_hand

MINE = Path("themes.toml")
"""Where a designer's own themes are kept unless another file is named."""

# OKLCH; vivid without being loud, and within sRGB at every hue for some lightness.
CHROMA = 0.15

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)

Command = TypeVar("Command", bound=Callable[..., Any])


class WeakThemesError(click.ClickException):
    """Themes in which something cannot be read or told apart."""

    exit_code = 1


class CouldNotRunError(click.ClickException):
    """What was asked for cannot be done, and nothing was written."""

    exit_code = 2


class _Themes(click.Group):
    """A group whose errors say one thing and end with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except VydnoError as error:
            raise CouldNotRunError(show.printable(str(error))) from None


@click.group(cls=_Themes)
def themes() -> None:
    """Themes whose contrast is proven."""


def _from_seeds(command: Command) -> Command:
    option = click.option(
        "--seeds", "file", type=FILE, default=OURS, help="Their seed file (default: our four)."
    )
    return click.argument("names", nargs=-1, metavar="[NAME]...")(option(command))


def _into_seeds(command: Command) -> Command:
    return click.option(
        "--seeds",
        "file",
        type=click.Path(dir_okay=False, path_type=Path),
        default=MINE,
        show_default=True,
        help="The seed file to add to; it is made if it is not there.",
    )(command)


# check. -----------------------------------------------------------------------------------------


@themes.command()
@click.argument("file", type=FILE, default=OURS, metavar="[SEEDS|CSS|TOKENS]")
@click.option("--pairs", type=FILE, help="What stands on what and owes how much (TOML or JSON).")
@click.option("--json", "as_json", is_flag=True, help="Write the summary as JSON.")
def check(file: Path, pairs: Path | None, as_json: bool) -> None:
    """Print what is proven of our themes, of a seed file's, or of somebody else's colours.

    Somebody else's come as a style sheet (.css) or as design tokens (.json, DTCG 2025.10). Unless
    they have our roles, --pairs lists which colour stands on which:

    \b
        [[pairs]]
        foreground = ["--text", "--link"]
        surface = "--background"
        target = 4.5

    Exit 1 if a pair of colours misses its ratio or two accents are too near.
    """
    if file.suffix.lower() != ".toml":
        found = foreign.read(file, pairs)
        for rule in found.left_out:
            click.echo(show.printable(f"Left out, as only a browser can tell: {rule}"), err=True)
        expected = found.expectations
        report(summary(found.palettes, expected.rules, expected.accent), as_json=as_json)
    elif pairs:
        raise VydnoError("The themes of a seed file owe what ours owe; take --pairs away.")
    else:
        report(summary(_unproven(seeds.load(file))), as_json=as_json)


def report(found: Mapping[str, Any], *, as_json: bool = False) -> None:
    """Print a summary on stdout; raises WeakThemesError, naming each, if something fails."""
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        show.summary(found)
    if weak := [*found["failures"], *found["too-near"]]:
        raise WeakThemesError(show.printable("\n".join(weak)))


def _unproven(found: Mapping[str, Seed]) -> Palettes:
    """The colours of all themes, of those made by hand too whether they pass or not."""
    if not found:
        raise VydnoError("The seed file has no theme; there is nothing to prove.")
    built = {
        name: made_by_hand(seed) if seed.colours else build(seed) for name, seed in found.items()
    }
    return palettes(built)


# new, import. -----------------------------------------------------------------------------------


@themes.command()
@click.argument("name")
@click.option("--hue", type=float, help="OKLCH degrees: 25 is red, 145 green, 255 blue.")
@click.option("--chroma", type=float, help=f"OKLCH chroma, 0 to 0.4 (default: {CHROMA}).")
@click.option("--brand", help="A colour to keep exactly, such as '#005cb1', instead of a hue.")
@_into_seeds
def new(name: str, hue: float | None, chroma: float | None, brand: str | None, file: Path) -> None:
    """Make the theme NAME from a hue or a brand colour, show it, and keep its seed."""
    if (hue is None) == (brand is None):
        raise VydnoError("Give either --hue or --brand.")
    if brand is None:
        seed = Seed(name, hue, CHROMA if chroma is None else chroma)
    elif brand == "":
        raise VydnoError("--brand is empty; give a colour such as '#005cb1'.")
    else:
        seed = Seed(name, chroma=chroma, brand=brand)
    _keep([seed], file)


@themes.command(name="import")
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="TOKENS...")
@click.option("--name", default="", help="The theme's name, if the tokens do not say it.")
@click.option("--group", default=exporting.GROUP, show_default=True, help="Where the roles are.")
@click.option("--accents", is_flag=True, help="Keep the accents only and build all other roles.")
@_into_seeds
def import_(files: tuple[Path, ...], name: str, group: str, accents: bool, file: Path) -> None:
    """Bring themes back from design tokens: a resolver, or a file for each variant.

    A theme of ours comes back as its seed; one that was changed by hand keeps all its colours. Exit
    1, and nothing is kept, if a pair of colours misses its ratio.
    """
    modes = [mode for path in files for mode in tokens.read(path)]
    found = incoming.seeds(modes, name=name, group=group, accents=accents)
    if weak := failures(all_pairs(_unproven(found))):
        raise WeakThemesError("\n".join(map(str, weak)))
    _keep(found.values(), file)


def _keep(new_seeds: Iterable[Seed], file: Path) -> None:
    """Build, write, and only then show."""
    built = [build(seed) for seed in new_seeds]
    seeds.add(file, [theme.seed for theme in built])
    for theme in built:
        show.theme(theme)
        report(summary(palettes({theme.name: theme})))
    names = ", ".join(theme.name for theme in built)
    click.echo(f"Added to {file}: {names}", err=True)
    if near := summary(_unproven(seeds.load(file)))["too-near"]:
        click.echo("Not by colour alone can one tell these:", err=True)
        click.echo("\n".join(near), err=True)


# export. ----------------------------------------------------------------------------------------


@themes.command()
@_from_seeds
@click.option("--format", "format_", type=click.Choice([*exporting.FORMATS]), required=True)
@click.option("--output", type=FOLDER, help="The folder to write to (default: standard output).")
def export(names: tuple[str, ...], file: Path, format_: str, output: Path | None) -> None:
    """Write themes as a style sheet, as design tokens (DTCG 2025.10), for Figma, or for Sass."""
    chosen = _chosen(names, file)
    if output is not None:
        _write(exporting.FORMATS[format_](chosen), output)
    elif format_ == "figma":
        raise VydnoError("Figma takes a file for each variant; say with --output where to.")
    else:
        make = exporting.bundle if format_ == "dtcg" else exporting.FORMATS[format_]
        click.echo("".join(make(chosen).values()), nl=False)


def _chosen(names: Iterable[str], file: Path) -> dict[str, Theme]:
    """Themes of a seed file, built; all of them if none is named."""
    known = seeds.load(file)
    if not known:
        raise VydnoError(f"{file} has no theme.")
    for name in names:
        if name not in known:
            raise VydnoError(f"There is no theme {name!r}; there are {', '.join(known)}.")
    return build_all({name: known[name] for name in names or known})


def _write(files: Mapping[str, str], folder: Path) -> None:
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            click.echo(path)
    except OSError as error:
        raise VydnoError(f"{folder} could not be written: {error.strerror}.") from None


# sheet. -----------------------------------------------------------------------------------------


@themes.command()
@_from_seeds
@click.option("--page", help="Address or file of a page that uses the roles (default: a sample).")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("themes.png"),
    show_default=True,
)
def sheet(names: tuple[str, ...], file: Path, page: str | None, output: Path) -> None:
    """Draw a contact sheet: every theme and variant, as seen with and without colour deficiency."""
    from . import sheet as drawing

    drawing.write(_chosen(names, file), output, page=page)
    click.echo(output)
