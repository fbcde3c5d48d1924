"""Everything that a run can be told, in one table: `Options`.

The command line, `vydno-audit.toml` and the documentation are all made from its fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from ..errors import VydnoError
from ..preferences import PREFERENCES
from . import option
from .axe import TAGS
from .findings import Outcome
from .option import Group, Kind, Option
from .variants import BROWSERS, SCALES, Variant, Viewport, matrix

MOST_PAGES = 10_000
"""How many pages a run has at most unless it is told."""


def _viewport(value: Any, _: Path) -> Viewport:
    return Viewport.parse(value if isinstance(value, str) else str(value))


_VIEWPORT = Kind(
    metavar="WIDTHxHEIGHT", expected="written 1280x800, in CSS px, or as a width", read=_viewport
)
_THEME = option.text("NAME", "the name of a theme in small letters, or default", "[a-z][a-z0-9-]*")
_RULE = option.text("RULE", "the id of a rule, such as reflow", "[a-z0-9][a-z0-9-]*")
_DEFAULT = {"default": None}
_SCHEMES = _DEFAULT | {value: value for value in PREFERENCES["color-scheme"].values}
_CONTRASTS = _DEFAULT | {value: value for value in PREFERENCES["contrast"].values}
_FORCED = {"none": False, "active": True}
_MOTION = {"no-preference": False, "reduce": True}
_FAIL_ON: dict[str, Outcome | None] = {str(outcome): outcome for outcome in Outcome}
_FAIL_ON["never"] = None
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - RFC 9110, section 5.6.2
_COOKIE = option.pair("NAME=VALUE", "written name=value", rf"({_TOKEN})=([^\s;,]*)")
_HEADER = option.pair("'NAME: VALUE'", "written Name: value", rf"({_TOKEN}):[ \t]*([^\r\n\0]*)")
_USER = option.pair("USER:PASSWORD", "written user:password", r"([^:\r\n]+):([^\r\n]*)")


def _theme(value: Any, folder: Path) -> str | None:
    name: str = _THEME.read(value, folder)
    return None if name == "default" else name


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a run is told. What is left out is as it is in most runs.

    Raises VydnoError for options that rule each other out.
    """

    targets: Annotated[
        Sequence[str],
        Option(
            group=Group.TARGETS,
            kind=option.TARGET,
            help="Addresses, HTML files, and folders of them.",
            multiple=True,
            argument=True,
        ),
    ] = ()
    urls_file: Annotated[
        Path | None,
        Option(
            group=Group.TARGETS,
            kind=option.FILE,
            help="Audit the addresses in this file, one a line; # starts a comment.",
        ),
    ] = None
    sitemap: Annotated[
        Sequence[str],
        Option(
            group=Group.TARGETS,
            kind=option.FILE_OR_ADDRESS,
            help="Audit the pages of a sitemap, or of an index of sitemaps.",
            multiple=True,
        ),
    ] = ()
    crawl: Annotated[
        int,
        Option(
            group=Group.TARGETS,
            kind=option.whole(0, 100_000),
            help="Follow the links of audited pages within their origin, up to N pages in all.",
        ),
    ] = 0

    browser: Annotated[
        Sequence[str],
        Option(
            group=Group.VARIANTS,
            kind=option.one_of("BROWSER", {name: name for name in BROWSERS}),
            help="Look at it in this browser.",
            multiple=True,
            commas=True,
            every=BROWSERS,
            choices=BROWSERS,
            usual="chromium",
        ),
    ] = ()
    viewport: Annotated[
        Sequence[Viewport],
        Option(
            group=Group.VARIANTS,
            kind=_VIEWPORT,
            help="In a window of this size, in CSS px.",
            multiple=True,
            commas=True,
            usual="1280x800",
        ),
    ] = ()
    text_scale: Annotated[
        Sequence[int],
        Option(
            group=Group.VARIANTS,
            kind=option.one_of("PERCENT", {str(scale): scale for scale in SCALES}),
            help="With text of this size: by Vydno's attribute, or by the browser's font size.",
            multiple=True,
            commas=True,
            every=[str(scale) for scale in SCALES],
            choices=[str(scale) for scale in SCALES],
            usual="100",
        ),
    ] = ()
    theme: Annotated[
        Sequence[str | None],
        Option(
            group=Group.VARIANTS,
            kind=Kind(metavar="NAME", expected=_THEME.expected, read=_theme),
            help="In this theme of Vydno's; all: " + ", ".join(PREFERENCES["theme"].values) + ".",
            multiple=True,
            commas=True,
            every=PREFERENCES["theme"].values,
            usual="default, the page's own",
        ),
    ] = ()
    color_scheme: Annotated[
        Sequence[str | None],
        Option(
            group=Group.VARIANTS,
            kind=option.one_of("SCHEME", _SCHEMES),
            help="In light or dark colours.",
            multiple=True,
            commas=True,
            every=PREFERENCES["color-scheme"].values,
            choices=[*_SCHEMES],
            usual="default, the browser's own",
        ),
    ] = ()
    contrast: Annotated[
        Sequence[str | None],
        Option(
            group=Group.VARIANTS,
            kind=option.one_of("CONTRAST", _CONTRASTS),
            help="In normal or more contrast.",
            multiple=True,
            commas=True,
            every=PREFERENCES["contrast"].values,
            choices=[*_CONTRASTS],
            usual="default, the browser's own",
        ),
    ] = ()
    forced_colors: Annotated[
        Sequence[bool],
        Option(
            group=Group.VARIANTS,
            kind=option.one_of("COLORS", _FORCED),
            help="In the page's colours, or in the few of a visitor who forces them.",
            multiple=True,
            commas=True,
            every=[*_FORCED],
            choices=[*_FORCED],
            usual="none",
        ),
    ] = ()
    reduced_motion: Annotated[
        Sequence[bool],
        Option(
            group=Group.VARIANTS,
            kind=option.one_of("MOTION", _MOTION),
            help="For a visitor who asked for less motion.",
            multiple=True,
            commas=True,
            every=[*_MOTION],
            choices=[*_MOTION],
            usual="no-preference",
        ),
    ] = ()

    rule: Annotated[
        Sequence[str],
        Option(
            group=Group.CHECKS,
            kind=_RULE,
            help="Run these rules alone, axe's and ours.",
            multiple=True,
            commas=True,
        ),
    ] = ()
    skip_rule: Annotated[
        Sequence[str],
        Option(
            group=Group.CHECKS,
            kind=_RULE,
            help="Leave out these rules, axe's and ours.",
            multiple=True,
            commas=True,
        ),
    ] = ()
    axe: Annotated[
        Path | bool,
        Option(
            group=Group.CHECKS,
            kind=option.FILE,
            help="Another axe.min.js than the one that comes along; --no-axe leaves axe out.",
            off=True,
        ),
    ] = True
    axe_tag: Annotated[
        Sequence[str],
        Option(
            group=Group.CHECKS,
            kind=option.text("TAG", "a tag of axe's rules, such as wcag2aa", r"[A-Za-z][\w.-]*"),
            help="Run the rules of axe that have this tag.",
            multiple=True,
            commas=True,
            usual=", ".join(TAGS),
        ),
    ] = TAGS
    checks: Annotated[
        bool,
        Option(
            group=Group.CHECKS,
            kind=option.FLAG,
            help="Run our own checks too.",
            switch=True,
            usual="yes",
        ),
    ] = True
    own_checks: Annotated[
        Sequence[str],
        Option(
            group=Group.CHECKS,
            kind=option.MODULE_OR_FILE,
            help="Import a Python module or file with your team's checks, and run them.",
            multiple=True,
        ),
    ] = ()
    passive: Annotated[
        bool,
        Option(
            group=Group.CHECKS,
            kind=option.FLAG,
            help="Leave out checks that press and hover.",
            switch=True,
        ),
    ] = False
    advice: Annotated[
        bool,
        Option(
            group=Group.CHECKS,
            kind=option.FLAG,
            help="Tell of good practice beyond WCAG too.",
            switch=True,
        ),
    ] = False
    accept_errors: Annotated[
        bool,
        Option(
            group=Group.CHECKS,
            kind=option.FLAG,
            help="Audit pages that come with an HTTP status from 400 up.",
            switch=True,
        ),
    ] = False

    storage_state: Annotated[
        Path | None,
        Option(
            group=Group.LOGIN,
            kind=option.FILE,
            help="Cookies and storage that Playwright saved after a login.",
        ),
    ] = field(default=None, repr=False)
    cookie: Annotated[
        Sequence[tuple[str, str]],
        Option(
            group=Group.LOGIN,
            kind=_COOKIE,
            help="Send a cookie to the hosts that are audited.",
            multiple=True,
            environment="VYDNO_AUDIT_COOKIE",
        ),
    ] = field(default=(), repr=False)
    header: Annotated[
        Sequence[tuple[str, str]],
        Option(
            group=Group.LOGIN,
            kind=_HEADER,
            help="Send a header to the hosts that are audited; WebDriver cannot.",
            multiple=True,
            environment="VYDNO_AUDIT_HEADER",
        ),
    ] = field(default=(), repr=False)
    basic_auth: Annotated[
        tuple[str, str] | None,
        Option(
            group=Group.LOGIN,
            kind=_USER,
            help="User and password where the server asks for them.",
            environment="VYDNO_AUDIT_BASIC_AUTH",
        ),
    ] = field(default=None, repr=False)
    ignore_https_errors: Annotated[
        bool,
        Option(
            group=Group.LOGIN,
            kind=option.FLAG,
            help="Trust any certificate.",
            switch=True,
        ),
    ] = field(default=False, repr=False)

    grid: Annotated[
        str | None,
        Option(
            group=Group.BROWSERS,
            kind=option.address("http", "https"),
            help="Use a Selenium Grid.",
        ),
    ] = None
    connect: Annotated[
        str | None,
        Option(
            group=Group.BROWSERS,
            kind=option.address("ws", "wss", "http", "https"),
            help="Use a Playwright server, or a Chromium with DevTools.",
        ),
    ] = None
    webdriver: Annotated[
        bool,
        Option(
            group=Group.BROWSERS,
            kind=option.FLAG,
            help="Drive this machine's browsers through Selenium.",
            switch=True,
        ),
    ] = False
    chromium: Annotated[
        Path | None,
        Option(
            group=Group.BROWSERS,
            kind=option.PROGRAM,
            help="Chromium or Chrome, if not where it is looked for.",
            environment="VYDNO_CHROMIUM",
        ),
    ] = None
    chromedriver: Annotated[
        Path | None,
        Option(
            group=Group.BROWSERS,
            kind=option.PROGRAM,
            help="Its WebDriver.",
            environment="VYDNO_CHROMEDRIVER",
        ),
    ] = None
    firefox: Annotated[
        Path | None,
        Option(
            group=Group.BROWSERS,
            kind=option.PROGRAM,
            help="Firefox.",
            environment="VYDNO_FIREFOX",
        ),
    ] = None
    webkit: Annotated[
        Path | None,
        Option(
            group=Group.BROWSERS,
            kind=option.PROGRAM,
            help="WebKitGTK's MiniBrowser, or Playwright's WebKit.",
            environment="VYDNO_WEBKIT",
        ),
    ] = None
    webkit_driver: Annotated[
        Path | None,
        Option(
            group=Group.BROWSERS,
            kind=option.PROGRAM,
            help="WebKitGTK's WebDriver.",
            environment="VYDNO_WEBKIT_DRIVER",
        ),
    ] = None

    page_timeout: Annotated[
        float,
        Option(
            group=Group.LIMITS,
            kind=option.seconds(1, 3600),
            help="How long a page may take in one browser, all variants together.",
            usual="60",
        ),
    ] = 60.0
    workers: Annotated[
        int,
        Option(
            group=Group.LIMITS,
            kind=option.whole(0, 64),
            help="How many pages are audited at once.",
            usual="0, as many as the machine has cores, or the Grid has sessions",
        ),
    ] = 0
    max_pages: Annotated[
        int | None,
        Option(
            group=Group.LIMITS,
            kind=option.whole(1, 1_000_000),
            help="Audit the first N pages and leave out the rest.",
            usual=f"an error when there are more than {MOST_PAGES:,}",
        ),
    ] = None

    baseline: Annotated[
        Path | None,
        Option(
            group=Group.KNOWN,
            kind=option.OUTPUT,
            help="The findings that are known and let pass.",
        ),
    ] = None
    update_baseline: Annotated[
        bool,
        Option(
            group=Group.KNOWN,
            kind=option.FLAG,
            help="Write what this run finds into the baseline.",
            switch=True,
            once=True,
        ),
    ] = False
    resume: Annotated[
        bool,
        Option(
            group=Group.KNOWN,
            kind=option.FLAG,
            help="Keep what the file of --json says of pages that were done, and audit the others.",
            switch=True,
            once=True,
        ),
    ] = False

    html: Annotated[
        Path | None,
        Option(
            group=Group.REPORTS,
            kind=option.OUTPUT,
            help="Write a page for people to read.",
        ),
    ] = None
    json: Annotated[
        Path | None,
        Option(
            group=Group.REPORTS,
            kind=option.OUTPUT,
            help="Write all of it as JSON.",
        ),
    ] = None
    junit: Annotated[
        Path | None,
        Option(
            group=Group.REPORTS,
            kind=option.OUTPUT,
            help="Write JUnit's XML, for test reports in CI.",
        ),
    ] = None
    sarif: Annotated[
        Path | None,
        Option(
            group=Group.REPORTS,
            kind=option.OUTPUT,
            help="Write SARIF 2.1.0, for code scanning.",
        ),
    ] = None
    earl: Annotated[
        Path | None,
        Option(
            group=Group.REPORTS,
            kind=option.OUTPUT,
            help="Write EARL as JSON-LD, for accessibility tools.",
        ),
    ] = None
    fail_on: Annotated[
        Outcome | None,
        Option(
            group=Group.REPORTS,
            kind=option.one_of("OUTCOME", _FAIL_ON),
            help="Exit 1 for findings from this outcome up.",
            choices=[*_FAIL_ON],
            usual="fails",
        ),
    ] = Outcome.FAILS

    def __post_init__(self) -> None:
        used = [name for name in ("grid", "connect", "webdriver") if getattr(self, name)]
        if len(used) > 1:
            raise VydnoError(f"{used[0]} and {used[1]} rule each other out; give one of them.")
        if self.update_baseline and not self.baseline:
            raise VydnoError("update-baseline needs a baseline, the file to write.")
        if self.resume and not self.json:
            raise VydnoError("resume needs json, the report that it goes on from.")
        if self.resume and self.crawl:
            raise VydnoError(
                "resume and crawl rule each other out, as reports do not keep the pages' links; "
                "name the pages in a file for urls-file."
            )
        if self.axe is False and not self.checks and not self.own_checks:
            raise VydnoError("Without axe and without checks there is nothing to look for.")
        if both := set(self.rule) & set(self.skip_rule):
            raise VydnoError(f"The rule {min(both)} is both asked for and left out.")

    @property
    def variants(self) -> list[Variant]:
        """Every combination of what was asked for; the default one if nothing was."""
        rows = [row.name for row in table() if row.group is Group.VARIANTS]
        return matrix({name: getattr(self, name) for name in rows})

    @property
    def reports(self) -> dict[str, Path]:
        """Format to the file that it is written to."""
        rows = [row.name for row in table() if row.kind is option.OUTPUT]
        named = {name: getattr(self, name) for name in rows if name != "baseline"}
        return {name: path for name, path in named.items() if path}


@cache
def table() -> tuple[Option, ...]:
    """Every option, in the order in which they are shown."""
    hints = get_type_hints(Options, include_extras=True)
    return tuple(replace(hints[one.name].__metadata__[0], name=one.name) for one in fields(Options))
