"""Pages for audits that must agree, and what they must agree about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from vydno.audit import axe
from vydno.audit.engine import Plan
from vydno.audit.findings import Finding, PageResult
from vydno.audit.variants import Variant

AXE_ALONE = Plan(variants=[Variant()], checks=(), axe_options=axe.options())

_HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
# Each stands or falls by itself, so that any of them can be put together.
_PARTS: Mapping[str, tuple[str, str]] = {
    "alt": ('<img src="x.png" alt="A tram">', '<img src="x.png">'),
    "contrast": ("<p>Strong text</p>", '<p style="color:#999">Weak text</p>'),
    "label": ("<label>Street <input></label>", "<input>"),
    "button": ("<button>Send</button>", "<button></button>"),
    "list": ("<ul><li>One</li></ul>", "<ul><p>One</p></ul>"),
    "target": (
        '<p><a href="/">Home</a></p>',
        '<div><a href="/" style="font-size:8px">a</a><a href="/" style="font-size:8px">b</a></div>',
    ),
    "shadow": (
        "<div><template shadowrootmode=open><p>Light</p></template></div>",
        '<div><template shadowrootmode=open><img src="y.png"></template></div>',
    ),
    "frame": (
        '<iframe title="Map" srcdoc="<title>Map</title><p lang=en>Map"></iframe>',
        '<iframe title="Map" srcdoc="<title>Map</title><img src=z.png>"></iframe>',
    ),
}


def pages_of(folder: Path, number: int = 24) -> list[str]:
    """Write so many different pages, sound and broken, into the folder; their names."""
    names = []
    for page in range(number):
        # Every pattern of faults is another page.
        body = [parts[(page * 37 >> bit) & 1] for bit, parts in enumerate(_PARTS.values())]
        html = (
            f"{_HEAD.format(title=f'Page {page}')}<body><main><h1>Page {page}</h1>{''.join(body)}"
        )
        name = f"page-{page}.html"
        (folder / name).write_text(f"{html}</main></body></html>", encoding="utf-8")
        names.append(name)
    return names


def essence(result: PageResult) -> list[Finding]:
    """What was found, in an order of its own, without pictures and how long it took."""
    return sorted(
        (replace(finding, picture=None) for finding in result.findings),
        key=lambda finding: (*finding.key, finding.message),
    )
