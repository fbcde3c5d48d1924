"""Style sheets of the studio that are made from the themes when the demo starts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vydno.themes.pairs import ROLES

# As a page in forced colours might be: a dark and a light palette of a system, none in particular.
_PALETTES = {
    "dark": {
        "Canvas": "#000",
        "CanvasText": "#fff",
        "LinkText": "#ffee32",
        "VisitedText": "#e39bff",
        "Highlight": "#1aebff",
        "HighlightText": "#000",
        "ButtonFace": "#000",
        "ButtonText": "#fff",
        "GrayText": "#3ff23f",
    },
    "light": {
        "Canvas": "#fff",
        "CanvasText": "#000",
        "LinkText": "#00009f",
        "VisitedText": "#6a0064",
        "Highlight": "#37006e",
        "HighlightText": "#fff",
        "ButtonFace": "#fff",
        "ButtonText": "#000",
        "GrayText": "#600000",
    },
}
_FORCED = re.compile(r"@media \(forced-colors:\s*active\) \{\n\s*[^{]+\{([^}]*)\}")
_INSIDE = "[data-forced-colors]"


def roles() -> str:
    """A class for each role as a colour, and as what colours stand on."""
    rules = (
        f"  .as-{role} {{ color: var(--vydno-{role}); }}\n"
        f"  .on-{role} {{ background-color: var(--vydno-{role}); }}\n"
        for role in ROLES
    )
    return f"@layer site {{\n{''.join(rules)}}}\n"


def forced_colours(themes: str) -> str:
    """A simulation of forced colours inside ``[data-forced-colors]``.

    The roles are what ``themes``, the style sheet of the themes, says of forced colours; the rest
    is what a browser does by itself there.
    """
    match = _FORCED.search(themes)
    if match is None:
        raise ValueError("The themes say nothing of forced colours.")
    return (
        "@layer site {\n" + "\n".join([*_palettes(), _roles(match[1]), _BY_THE_BROWSER]) + "\n}\n"
    )


def _palettes() -> Iterator[str]:
    for name, colours in _PALETTES.items():
        values = "".join(f" --sys-{word}: {colour};" for word, colour in colours.items())
        yield f'[data-forced-colors="{name}"] {{{values} color-scheme: {name}; }}'


def _roles(declarations: str) -> str:
    values = re.sub(r":\s*([A-Z]\w+)", r": var(--sys-\1)", " ".join(declarations.split()))
    return f"{_INSIDE}, {_INSIDE} :is([data-theme], [data-contrast]) {{ {values} }}"


# Twice the attribute, so that it goes before whatever a page says.
_BY_THE_BROWSER = """\
[data-forced-colors][data-forced-colors] :not(:where(option, path, .swatch *)) {
  border-color: var(--sys-CanvasText);
  background-color: var(--sys-Canvas);
  color: var(--sys-CanvasText);
  box-shadow: none;
}
[data-forced-colors][data-forced-colors] :is(a, a *) { color: var(--sys-LinkText); }
[data-forced-colors][data-forced-colors] a.visited { color: var(--sys-VisitedText); }
[data-forced-colors][data-forced-colors] :is(button, input, select, textarea) {
  border-color: var(--sys-ButtonText);
  background-color: var(--sys-ButtonFace);
  color: var(--sys-ButtonText);
}
[data-forced-colors][data-forced-colors] mark {
  background-color: var(--sys-Highlight);
  color: var(--sys-HighlightText);
}
[data-forced-colors][data-forced-colors] .sections a:not([aria-current]) {
  border-color: var(--sys-Canvas);
}
[data-forced-colors] .skyline { display: none; }
html[data-forced-colors] { background-color: var(--sys-Canvas); }"""
