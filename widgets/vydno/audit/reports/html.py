"""The report for people: one file that needs nothing else, in Vydno's own themes."""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ...preferences import Preferences
from ...printable import printable
from ...static import static_dir
from ...templating import Macros
from ..criteria import CRITERIA
from ..findings import Outcome, PageResult, Run, Status
from ..variants import Variant
from .issues import KNOWN, STATES, Element, Issue, issues, state
from .text import count, link, short_variants

_HERE = Path(__file__).parent
_LINKS = ("http", "https", "file")
PICTURES = 15_000_000
"""Bytes that the pictures of one report may have before they are text."""

LARGE = 300
"""From so many findings on a browser should not lay out what is out of sight."""

NAMES = {
    Outcome.FAILS: "Fails",
    Outcome.NEEDS_REVIEW: "Needs review",
    Outcome.ADVICE: "Advice",
    KNOWN: "Known",
}
MEANINGS = {
    Outcome.FAILS: "A machine can tell that the criterion is not met.",
    Outcome.NEEDS_REVIEW: "A machine cannot tell; a person has to look.",
    Outcome.ADVICE: "Good practice beyond WCAG at level AA.",
    KNOWN: "The baseline lets it pass.",
}


def render(run: Run) -> str:
    """HTML with its styles, scripts and pictures inside, and a policy that allows nothing else."""
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters.update(
        count=count, link=lambda address: link(address, _LINKS), with_code=_with_code
    )
    template = environment.get_template("_report.html.jinja")
    styles = [_static("themes.css"), _static("vydno-all.css"), _own("report.css")]
    early, scripts = _static("vydno-early.js"), [_static("vydno-all.js"), _own("report.js")]
    return template.render(
        report=Report(run, PICTURES),
        vydno=Macros(action=None),
        preferences=Preferences({}),
        policy=_policy([early, *scripts], styles),
        styles=styles,
        early=early,
        scripts=scripts,
        names=NAMES,
        meanings=MEANINGS,
        states=STATES,
        known=KNOWN,
    )


def _with_code(text: str) -> Markup:
    """What stands between backticks as code; they are text where one has no other."""
    parts = [escape(printable(part)) for part in text.split("`")]
    if len(parts) % 2 == 0:
        return Markup("`").join(parts)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else part
        for number, part in enumerate(parts)
    )


def _finalize(value: Any) -> Any:
    """Nothing of an audited page reaches the file with a character that nobody can see."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _static(name: str) -> Markup:
    return Markup((static_dir() / name).read_text(encoding="utf-8"))  # noqa: S704


def _own(name: str) -> Markup:
    return Markup((_HERE / name).read_text(encoding="utf-8"))  # noqa: S704


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Content Security Policy Level 3: what is in the file by its hash, and pictures in it."""
    directives = (
        "default-src 'none'",
        f"script-src {_hashes(scripts)}",
        f"style-src {_hashes(styles)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
    return "; ".join(directives)


def _hashes(contents: Iterable[str]) -> str:
    digests = (hashlib.sha256(content.encode()).digest() for content in contents)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


@dataclass(frozen=True)
class Picture:
    """A picture as the page can show it; sides in its own pixels."""

    source: str
    width: int
    height: int


def _picture(content: bytes) -> Picture | None:
    # PNG, section 11.2.2: after the signature, the length and the name of its first chunk.
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    source = f"data:image/png;base64,{base64.b64encode(content).decode()}"
    return Picture(source, width, height)


@dataclass(frozen=True)
class Cell:
    """A page in a variant: how many findings of each state, the worst first, and where the first
    of them is."""

    audited: bool
    counts: Mapping[str, int]
    anchor: str = ""

    @property
    def worst(self) -> str:
        return next(iter(self.counts), "")

    @property
    def said(self) -> str:
        return ", ".join(f"{number} {NAMES[each]}" for each, number in self.counts.items())


@dataclass
class Report:
    """What the template shows, with short names for pages, variants and elements."""

    run: Run
    room: int
    """Bytes left for pictures: the worst findings come first and get theirs."""

    @cached_property
    def issues(self) -> list[Issue]:
        return issues(self.run.findings)

    @property
    def is_large(self) -> bool:
        return len(self.run.findings) > LARGE

    @property
    def worst(self) -> list[Issue]:
        """The first few of what is not known yet."""
        return [issue for issue in self.issues if issue.state != KNOWN][:5]

    @cached_property
    def counts(self) -> dict[str, int]:
        """State to number of findings."""
        return {
            each: sum(len(issue.findings) for issue in self.issues if issue.state == each)
            for each in STATES
        }

    @cached_property
    def variants(self) -> list[Variant]:
        """Those of the run, and any that a finding or a page names besides."""
        found = [*self.run.variants]
        for page in self.run.pages:
            found += page.variants
        for finding in self.run.findings:
            found += finding.variants
        return list(dict.fromkeys(found))

    @cached_property
    def variant_names(self) -> dict[Variant, str]:
        return short_variants(self.variants)

    @cached_property
    def _variant_places(self) -> dict[Variant, int]:
        return {variant: place for place, variant in enumerate(self.variants)}

    def bits(self, variants: Sequence[Variant]) -> str:
        """The variants as a number in hexadecimal digits, a bit each."""
        return f"{sum(1 << self._variant_places[variant] for variant in set(variants)):x}"

    # Pages. --------------------------------------------------------------------------------------

    @cached_property
    def pages(self) -> list[PageResult]:
        """The worst first."""
        return sorted(self.run.pages, key=self._page_rank)

    def _page_rank(self, page: PageResult) -> tuple[int, ...]:
        states = [state(finding) for finding in page.findings]
        return tuple(-states.count(each) for each in STATES)

    @cached_property
    def with_findings(self) -> list[PageResult]:
        return [page for page in self.pages if page.findings]

    @cached_property
    def without_findings(self) -> list[PageResult]:
        """Audited, all of it, and nothing was found."""
        return [page for page in self.pages if not page.findings and page.status is Status.AUDITED]

    @cached_property
    def failing_pages(self) -> int:
        states = [{state(finding) for finding in page.findings} for page in self.run.pages]
        return sum(Outcome.FAILS in found for found in states)

    @cached_property
    def page_places(self) -> dict[str, int]:
        return {page.url: place for place, page in enumerate(self.pages)}

    @cached_property
    def _origin(self) -> str:
        """What the addresses of all pages have in common, when they are of one site."""
        origins = {"/".join(page.url.split("/")[:3]) for page in self.run.pages}
        (origin, *more) = origins or {""}
        return origin if not more and "://" in origin else ""

    @property
    def site(self) -> str:
        return self._origin.partition("://")[2] or self._origin

    def short(self, url: str) -> str:
        """The address without what is the same for all."""
        return url.removeprefix(self._origin) or "/"

    # The matrix. ---------------------------------------------------------------------------------

    def cells(self, page: PageResult) -> list[Cell]:
        """A cell for each variant."""
        of_state: list[dict[str, int]] = [{} for _ in self.variants]
        first: list[str] = [""] * len(self.variants)
        for finding in sorted(page.findings, key=lambda each: STATES.index(state(each))):
            for variant in set(finding.variants):
                place = self._variant_places[variant]
                counts = of_state[place]
                counts[state(finding)] = counts.get(state(finding), 0) + 1
                first[place] = first[place] or self._anchors[id(finding)]
        audited = set(page.variants)
        return [
            Cell(variant in audited or bool(counts), counts, anchor)
            for variant, counts, anchor in zip(self.variants, of_state, first, strict=True)
        ]

    @cached_property
    def _anchors(self) -> dict[int, str]:
        elements = (
            element
            for issue in self.issues
            for problem in issue.problems
            for element in problem.elements
        )
        return {
            id(finding): f"f{number}"
            for number, element in enumerate(elements, 1)
            for finding in element.findings
        }

    def anchor(self, element: Element) -> str:
        return self._anchors[id(element.first)]

    @property
    def states(self) -> list[str]:
        """Those that any finding has."""
        return [each for each in STATES if self.counts[each]]

    # Findings. -----------------------------------------------------------------------------------

    def picture(self, element: Element) -> Picture | None:
        """Of the first finding that has one, while there is room in the report."""
        content = next((each.picture for each in element.findings if each.picture), None)
        if content is None or len(content) > self.room:
            return None
        self.room -= len(content)
        return _picture(content)

    @cached_property
    def criteria(self) -> list[str]:
        numbers = {number for finding in self.run.findings for number in finding.criteria}
        places = {number: place for place, number in enumerate(CRITERIA)}
        return sorted(numbers, key=lambda number: (places.get(number, len(places)), number))

    def criterion_name(self, number: str) -> str:
        found = CRITERIA.get(number)
        return f"{number} {found.name}" if found else number

    @cached_property
    def rules(self) -> list[str]:
        return sorted({finding.rule for finding in self.run.findings})

    @cached_property
    def sources(self) -> list[str]:
        return sorted({finding.source for finding in self.run.findings})

    # Words. --------------------------------------------------------------------------------------

    @cached_property
    def headline(self) -> str:
        """The worst first, in one line."""
        fails, review = self.counts[Outcome.FAILS], self.counts[Outcome.NEEDS_REVIEW]
        audited = [page for page in self.run.pages if page.status is not Status.NOT_AUDITED]
        if not audited:
            return "Nothing was audited"
        if fails:
            pages = f"{self.failing_pages} of {count(len(audited), 'page')}"
            return f"{count(fails, 'failure')} on {pages}"
        if review:
            return f"No failures found, {count(review, 'finding')} to review"
        return f"Nothing found on {count(len(audited), 'page')}"

    @cached_property
    def started(self) -> str:
        moment = datetime.fromisoformat(self.run.started)
        return f"{moment.day} {moment:%B %Y, %H:%M}"

    @cached_property
    def lasted(self) -> str:
        minutes, seconds = divmod(round(self.run.seconds), 60)
        return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"

    @cached_property
    def tools(self) -> str:
        return ", ".join(f"{name} {version}" for name, version in self.run.tools.items())
