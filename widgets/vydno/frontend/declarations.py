"""TypeScript declarations, a file beside every module that can be imported, and one a framework."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..preferences import PREFERENCES
from .elements import Element
from .functions import Function

FRAMEWORKS = ("react", "preact", "vue", "svelte")
# A script that is there for what it does.
NOTHING = "export {};\n"


def declarations(
    elements: list[Element], functions: Mapping[str, Function], scripts: Iterable[str]
) -> Mapping[str, str]:
    """File name to content; ``scripts`` are the names of all that are built."""
    return {
        **{f"{Path(name).stem}.d.ts": NOTHING for name in scripts},
        **dict(_rendered(elements, functions)),
    }


def _rendered(
    elements: list[Element], functions: Mapping[str, Function]
) -> Iterator[tuple[str, str]]:
    environment = Environment(  # noqa: S701  # TypeScript, and nobody's input
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    known = {
        "elements": elements,
        "events": elements[0].events,
        "functions": functions.values(),
        "preferences": PREFERENCES.values(),
    }
    for name in ("vydno", "vydno-all", *FRAMEWORKS):
        yield f"{name}.d.ts", environment.get_template(f"{name}.d.ts.j2").render(known)
    one = environment.get_template("element.d.ts.j2")
    for element in elements:
        yield f"{element.tag}.d.ts", one.render(element=element)
