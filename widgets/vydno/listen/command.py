"""The command `vydno listen`."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import click

from ..audit.address import checked
from . import parts
from .desktop import LOCALES
from .screen_reader import ScreenReader, as_data, transcript


@click.command()
@click.argument("url")
@click.option(
    "--keys",
    default="",
    help="The keys, with spaces between: Tab, Shift+Tab, Enter, Space, Escape, ArrowDown …, and"
    " those of Orca, such as h for the next heading.",
)
@click.option(
    "--lang",
    type=click.Choice(sorted(LOCALES)),
    default="en",
    show_default=True,
    help="The language of the listener, in which Orca names roles and states.",
)
@click.option(
    "--browser",
    type=click.Choice(["chromium", "firefox"]),
    default="chromium",
    show_default=True,
)
@click.option("--tree", is_flag=True, help="Print what the accessibility bus has of the page, too.")
@click.option("--json", "as_json", is_flag=True, help="Print data: keys, texts, languages.")
def listen(url: str, keys: str, lang: str, browser: str, tree: bool, as_json: bool) -> int:
    """Print what a screen reader says: of the page at URL, and after each key.

    Orca listens, on a desktop of its own that nobody sees or hears. It needs Linux, and packages
    that are named where they are missing.
    """
    parts.require()
    # A fragment is where a listener begins.
    address = checked(url) + (f"#{urlsplit(url).fragment}" if urlsplit(url).fragment else "")
    with ScreenReader(lang, browser) as reader:
        steps = reader.hear(address, keys)
        page = reader.tree() if tree else ""
    if as_json:
        data = {"url": address, "lang": lang, "steps": as_data(steps)} | (
            {"tree": page} if tree else {}
        )
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join(filter(None, [transcript(steps), page.rstrip()])))
    return 0
