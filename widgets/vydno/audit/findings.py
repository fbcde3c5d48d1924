"""What an audit finds: data alone, with no browser in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .criteria import CRITERIA, Criterion
from .variants import Variant


class Outcome(StrEnum):
    """What is known of a finding, the worst first."""

    FAILS = "fails"
    """A machine can know that the criterion is not met."""
    NEEDS_REVIEW = "needs-review"
    """A person must decide."""
    ADVICE = "advice"
    """Good practice beyond WCAG at level AA; shown on request."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle in CSS pixels of the page, from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def area(self) -> float:
        return self.width * self.height

    def intersection(self, other: Box) -> Box:
        """What both cover; of no width or height where they do not meet."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        width = max(0.0, min(self.right, other.right) - x)
        height = max(0.0, min(self.bottom, other.bottom) - y)
        return Box(x=x, y=y, width=width, height=height)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing wrong with one element, in every variant that it holds for.

    A check yields it for one variant; the audit merges what is the same in several.
    """

    rule: str
    """`reflow`, or the id of a rule of axe."""
    source: str
    """`axe`, `vydno`, or the name that a team gave to its own checks."""
    criteria: Sequence[str]
    """Success criteria of WCAG 2.2, such as `("1.4.3",)`; none for good practice."""
    outcome: Outcome
    page: str
    """Address of the page."""
    target: str
    """CSS selector of the element. Hosts of shadow roots and frames come before it, joined by
    ` >>> `."""
    html: str
    """The element's start, at most 300 characters."""
    message: str
    """What is wrong, in one sentence."""
    measured: str = ""
    """Such as `2.32:1`."""
    needed: str = ""
    """Such as `at least 4.5:1`."""
    fix: str = ""
    """How to mend it."""
    help_url: str = ""
    """Where the rule is explained; the criterion's own explanation if the rule has none."""
    variants: Sequence[Variant] = ()
    holds_for: str = ""
    """The variants said the short way: `only in dark`; empty when it is all of them."""
    picture: bytes | None = field(default=None, compare=False, repr=False)
    """PNG of the element and what is around it."""
    known: str | None = None
    """Why the baseline lets it pass; `None` when it does not."""

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What makes findings of several variants the same."""
        return (self.source, self.rule, self.page, self.target, self.outcome)

    @property
    def explanations(self) -> list[Criterion]:
        """The criteria with their names, levels and addresses."""
        return [CRITERIA[number] for number in self.criteria if number in CRITERIA]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What a check noted of a page, for its judgement of the whole site."""

    rule: str
    page: str
    target: str
    html: str
    values: Sequence[str]
    """Whatever the check keeps."""
    variants: Sequence[Variant] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What makes facts of several variants the same."""
        return ("", self.rule, self.page, self.target, *self.values)


class Status(StrEnum):
    """How far the audit of a page came."""

    AUDITED = "audited"
    PARTLY = "partly-audited"
    """Some of the checks or variants could not run; the reason says which."""
    NOT_AUDITED = "not-audited"


@dataclass(frozen=True, kw_only=True)
class PageResult:
    """A page of a run."""

    url: str
    status: Status
    reason: str = ""
    """One sentence; empty when all of it was audited."""
    title: str = ""
    variants: Sequence[Variant] = ()
    """Those in which the page was audited."""
    findings: Sequence[Finding] = ()
    seconds: float = 0.0
    timings: Mapping[str, float] = field(default_factory=dict)
    """Seconds by rule, and of `load`, `axe` and so on; for `--timings`."""
    notes: Sequence[str] = ()
    """What this browser cannot do, on whatever page; told once a run."""
    links: Sequence[str] = ()
    """Where the page leads to; for a crawl."""
    facts: Sequence[Fact] = ()
    """What checks of the whole site noted of it."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """All that one run found."""

    pages: Sequence[PageResult]
    started: str
    """ISO 8601 with the time zone."""
    seconds: float
    tools: Mapping[str, str]
    """Name to version: `vydno`, `axe-core`, and each browser."""
    variants: Sequence[Variant] = ()
    interrupted: bool = False

    @property
    def findings(self) -> list[Finding]:
        return [finding for page in self.pages for finding in page.findings]

    @property
    def not_audited(self) -> list[PageResult]:
        """Pages of which something is not known."""
        return [page for page in self.pages if page.status is not Status.AUDITED]

    def exit_code(self, fail_on: Outcome | None = Outcome.FAILS) -> int:
        """0 clean, 1 findings that the baseline does not know, 2 when something could not be
        audited, whatever else was found: of that page nobody knows.

        `fail_on` is the mildest outcome that counts; `None` counts none.
        """
        if self.not_audited or self.interrupted or not self.pages:
            return 2
        if fail_on is None:
            return 0
        counted = list(Outcome)[: list(Outcome).index(fail_on) + 1]
        new = (finding for finding in self.findings if finding.known is None)
        return int(any(finding.outcome in counted for finding in new))
