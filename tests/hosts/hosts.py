"""Sites that the controls must live in: other people's style sheets from npm, and a few rules that
are found in the wild, written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vydno import Preferences
from vydno.static import static_dir
from vydno.templating import Macros

from tests import npm


@dataclass(frozen=True, kw_only=True)
class Host:
    """A site, by what it says about everything."""

    name: str
    title: str
    """As a table names it."""
    taken: frozenset[str]
    """What it takes from the controls at 125 % where nothing in them insists."""
    package: str = ""
    """On npm, with its version."""
    sheet: str = ""
    """Its path in the package."""
    css: str = ""
    """Rules of its own, after the sheet."""
    layer: str = ""
    """The cascade layer that the sheet stands in, declared after ours."""
    attributes: str = ""
    """Of ``<body>``."""
    root: float = 16
    """What `1rem` is meant to be where the visitor asks for nothing, in px."""

    def __str__(self) -> str:
        return self.name


def _that(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ALL = "button, label, input, legend, fieldset, summary"

HOSTS: Sequence[Host] = (
    Host(
        name="bootstrap",
        title="Bootstrap 5.3.8",
        package="bootstrap@5.3.8",
        sheet="dist/css/bootstrap.css",
        taken=_that("text words"),
    ),
    Host(
        name="pico",
        title="Pico 2.1.1",
        package="@picocss/pico@2.1.1",
        sheet="css/pico.css",
        # Its root grows with the window; the bridge says the same for every width.
        css=":root { --vydno-root: 1.0625 }",
        root=17,
        taken=_that("ring speed swatch text words"),
    ),
    Host(
        name="tailwind",
        title="Tailwind 4.3.5, preflight in its layer",
        package="tailwindcss@4.3.5",
        sheet="preflight.css",
        layer="base",
        taken=_that("border text"),
    ),
    Host(
        name="preflight",
        title="Tailwind 4.3.5, preflight without a layer",
        package="tailwindcss@4.3.5",
        sheet="preflight.css",
        taken=_that("border text"),
    ),
    Host(
        name="govuk",
        title="GOV.UK Frontend 5.11.0",
        package="govuk-frontend@5.11.0",
        sheet="dist/govuk/govuk-frontend.min.css",
        attributes=' class="govuk-template__body govuk-body"',
        taken=_that(""),
    ),
    Host(
        name="uswds",
        title="USWDS 3.14.0",
        package="@uswds/uswds@3.14.0",
        sheet="dist/css/uswds.min.css",
        attributes=' class="usa-prose"',
        taken=_that("swatch text words"),
    ),
    Host(
        name="reset",
        title="reset-css 5.0.2",
        package="reset-css@5.0.2",
        sheet="reset.css",
        taken=_that("border text words"),
    ),
    Host(
        name="modern-reset",
        title="modern-css-reset 1.4.0",
        package="modern-css-reset@1.4.0",
        sheet="dist/reset.css",
        taken=_that("text"),
    ),
    Host(
        name="unset",
        title="`all: unset` on every control",
        css=f"{_ALL} {{ all: unset }}",
        taken=_that("apply border ring swatch target text"),
    ),
    Host(
        name="transition",
        title="`* { transition: all 20s }`",
        css="*, ::before, ::after { transition: all 20s }",
        taken=_that("ring speed"),
    ),
    Host(
        name="wide",
        title="forms that are wide, tall and loud",
        css="button, input, label { display: block; width: 100%; min-height: 60px; height: 60px;"
        " margin: 0 0 24px; padding: 16px 32px; border: 0; border-radius: 30px;"
        " background: linear-gradient(#ff4081, #f50057); color: #fff; text-transform: uppercase }"
        " :focus { outline: none } [disabled], [aria-disabled=true] { opacity: 0.3 }",
        taken=_that("apply border contrast ring swatch"),
    ),
    Host(
        name="radios",
        title="radios drawn by the host",
        css="input[type=radio] { position: absolute; opacity: 0; width: 0; height: 0 }"
        " input[type=radio]::before { content: ''; width: 40px; height: 40px; background: red }"
        " label { color: #999; font-size: 11px; min-height: 0; padding: 0 }",
        taken=_that("contrast swatch target text"),
    ),
    Host(
        name="dark",
        title="a dark page that does not say so",
        css="body { background: #14171c; color: #e6e6e6 } :focus-visible { outline: 1px dotted }",
        taken=_that("ring"),
    ),
    Host(
        name="62.5",
        title="`html { font-size: 62.5% }`, with `--vydno-root: 0.625`",
        css="html { font-size: 62.5%; --vydno-root: 0.625 } body { font-size: 1.6rem }",
        root=10,
        taken=_that("text words"),
    ),
    Host(
        name="16px",
        title="`html { font-size: 16px }`",
        css="html { font-size: 16px }",
        taken=_that("text words"),
    ),
    Host(
        name="important",
        title="`!important` sizes",
        css="html { font-size: 16px !important }"
        " * { font-size: 14px !important; transition: all 20s !important }"
        " button, label { height: 20px !important; min-height: 0 !important;"
        " padding: 0 !important; outline: 0 !important }",
        taken=_that("ring speed target text words"),
    ),
)

# As the early script does it: before anything is drawn.
_EARLY = (
    "<script>for (const [name, value] of new URLSearchParams(location.search))"
    " document.documentElement.setAttribute(name, value)</script>"
)
_ROOM = "<style>text-scale, theme-switch, details { margin-block: 16px }</style>"

WITHOUT = "without"
"""The folder of the same pages with a style sheet in which nothing insists."""

_TEXT = (
    "<h1>Місто</h1><p>Сьогодні на площі відкрили міст. <a href='#'>Докладніше про це</a> пише "
    "міська рада.</p>"
)


def packages() -> Sequence[str]:
    return [host.package for host in HOSTS if host.package]


def write(folder: Path, archives: Mapping[str, npm.Archive]) -> None:
    """A page for each host, as a site that knows its visitor would serve it, and once more."""
    (folder / WITHOUT).mkdir()
    for name in ("themes.css", "vydno-all.css", "vydno-all.js"):
        content = (static_dir() / name).read_text(encoding="utf-8")
        (folder / name).write_text(content, encoding="utf-8")
        meek = content.replace("!important", "") if name.endswith(".css") else content
        (folder / WITHOUT / name).write_text(meek, encoding="utf-8")
    for host in HOSTS:
        if host.package:
            raw = archives[host.package].read(host.sheet).decode()
            sheet = f"@layer {host.layer} {{{raw}}}" if host.layer else raw
        else:
            sheet = ""
        for place in (folder, folder / WITHOUT):
            (place / f"{host.name}.css").write_text(sheet + host.css, encoding="utf-8")
            (place / f"{host.name}.html").write_text(_page(host), encoding="utf-8")


def _page(host: Host) -> str:
    macros, nobody = Macros(lang="uk"), Preferences()
    controls = (
        macros.text_scale(nobody, action=None)
        + macros.theme_switch(nobody, action=None, default="site")
        + macros.panel(nobody, action=None)
    )
    # The host's own sheet last: what it says comes later, and stands in no layer.
    links = "".join(
        f'<link rel="stylesheet" href="{name}.css">' for name in ("themes", "vydno-all", host.name)
    )
    return (
        '<!doctype html><html lang="uk"><head><meta charset="utf-8"><title>Місто</title>'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f'{_EARLY}{links}{_ROOM}<script type="module" src="vydno-all.js"></script></head>'
        f"<body{host.attributes}><main>{_TEXT}{controls}</main></body></html>"
    )
