"""What a check is: one function that looks at a page and yields what it found.

@check(
    "no-marquee",
    criteria=["2.2.2"],
    title="Text moves and cannot be stopped",
    fix="Write the text as it is, without <marquee>.",
    source="our-team",
)
def no_marquee(page, variant):
    for element in page.snapshot.tagged("marquee"):
        yield fails(element, "The text moves for as long as the page is open.")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ...errors import VydnoError
from ..criteria import check_numbers
from ..findings import Fact, Outcome
from ..snapshot import Element
from ..variants import DIMENSIONS, Variant

if TYPE_CHECKING:
    from ..page import Page


class Rendition(StrEnum):
    """How the page is drawn while a check looks at it; the audit changes it, not the check."""

    AS_IS = "as-is"
    """As the variant has it."""
    NARROW = "narrow"
    """320 CSS px wide (criterion 1.4.10)."""
    ZOOMED = "zoomed"
    """Page zoom of 200 %: half the viewport's width and height in CSS px."""
    LARGE_TEXT = "large-text"
    """Text alone at 200 %: of Vydno's attribute where the page has it, else of the browser's own
    font size (criterion 1.4.4)."""
    SPACED = "spaced"
    """The text spacing of criterion 1.4.12."""
    FORCED_COLORS = "forced-colors"
    """The visitor's few colours instead of the page's."""
    PORTRAIT = "portrait"
    """Higher than wide."""
    LANDSCAPE = "landscape"
    """Wider than high."""


LAYOUT = ("viewport", "text_scale")
"""What moves things about."""
COLOUR = ("theme", "color_scheme", "contrast", "forced_colors")
"""What colours them."""
STRUCTURE = ("viewport",)
"""What decides which parts of a page there are."""
_OF_PAGES = {"heading-h1-missing", "heading-h1-repeated"}
"""Rules about what a page has, and a frame in it need not have."""
_DIMENSIONS = frozenset(dimension.name for dimension in DIMENSIONS)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a check says of one element; the audit makes a `Finding` of it."""

    element: Element | str | Fact
    """Measured, a CSS selector, or what was noted of a page."""
    message: str
    outcome: Outcome
    measured: str = ""
    needed: str = ""
    fix: str = ""
    criteria: Sequence[str] = ()


def _builder(outcome: Outcome) -> Callable[..., Found]:
    def build(
        element: Element | str | Fact,
        message: str,
        *,
        measured: str = "",
        needed: str = "",
        fix: str = "",
        criteria: Sequence[str] = (),
    ) -> Found:
        return Found(
            element=element,
            message=message,
            outcome=outcome,
            measured=measured,
            needed=needed,
            fix=fix,
            criteria=tuple(criteria),
        )

    return build


fails = _builder(Outcome.FAILS)
"""A machine can know: `fails(element, "one sentence", measured=, needed=, fix=, criteria=)`.
What is left out comes from the check."""
needs_review = _builder(Outcome.NEEDS_REVIEW)
"""A person must decide; called like `fails`."""
advice = _builder(Outcome.ADVICE)
"""Good practice beyond level AA; called like `fails`."""


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What a check keeps of a page, to hold it against the other pages of its site."""

    element: Element | str
    values: tuple[str, ...]


_LONGEST = 300


def note(element: Element | str, *values: str) -> Noted:
    """Keep some texts that tell of an element; the audit makes a `Fact` of them."""
    return Noted(element=element, values=tuple(value[:_LONGEST] for value in values))


Function = Callable[["Page", Variant], Iterable[Found | Noted]]
SiteFunction = Callable[[Sequence[Fact]], Iterable[Found]]


@dataclass(frozen=True, kw_only=True)
class Check:
    """A rule, the function that looks for it, and what people are told of it."""

    rule: str
    criteria: tuple[str, ...]
    title: str
    """What is wrong, for headings: `Text is cut off`."""
    method: str
    """How it is measured."""
    limits: str
    """What it cannot tell."""
    fix: str
    broken: str
    """The least HTML that it finds something in: the body of a page, or a whole one."""
    sound: str
    """The same done right."""
    function: Function
    rendition: Rendition
    depends_on: frozenset[str]
    """The dimensions of a variant that can change what is found: it runs once for each of their
    values, and holds for the rest."""
    acts: bool
    """Whether it presses, hovers or types; such checks share a page of their own."""
    advice: bool
    """Whether it yields nothing but advice."""
    source: str
    in_frames: bool = True
    """Whether what is in a frame of the page's own origin may be judged like a page; only for what
    just looks, and neither at colours nor at another rendition."""
    over_site: SiteFunction | None = None
    """Judges what `function` noted of all pages of a site, once they are known."""

    @property
    def judge(self) -> Function | SiteFunction:
        """The function that yields what it finds."""
        return self.over_site or self.function

    @property
    def looks_into_frames(self) -> bool:
        """Whether it runs in frames too: what is behind a frame decides about its colours, and a
        frame is not drawn by itself."""
        looks = not self.acts and self.rendition is Rendition.AS_IS and not self.over_site
        of_page = not self.in_frames or self.rule in _OF_PAGES
        return looks and not of_page and not self.depends_on & set(COLOUR)

    def scope(self, variant: Variant) -> tuple[object, ...]:
        """Equal for variants in which the check finds the same."""
        return tuple(getattr(variant, name) for name in sorted(self.depends_on))


_registry: dict[str, Check] = {}


def check(
    rule: str,
    *,
    criteria: Sequence[str],
    title: str,
    fix: str,
    method: str = "",
    limits: str = "",
    broken: str = "",
    sound: str = "",
    rendition: Rendition = Rendition.AS_IS,
    depends_on: Sequence[str] = STRUCTURE,
    acts: bool = False,
    advice: bool = False,
    in_frames: bool = True,
    source: str = "vydno",
) -> Callable[[Function], Function]:
    """Register the function below as a check. It gets the page and its variant.

    Raises VydnoError for a rule that is there already, a criterion or a dimension that is not.
    """
    numbers, depends = check_numbers(tuple(criteria)), _dimensions(rule, depends_on)

    def register(function: Function) -> Function:
        _register(
            Check(
                rule=rule,
                criteria=numbers,
                title=title,
                method=method,
                limits=limits,
                fix=fix,
                broken=broken,
                sound=sound,
                function=function,
                rendition=rendition,
                depends_on=depends,
                acts=acts,
                advice=advice,
                in_frames=in_frames,
                source=source,
            )
        )
        return function

    return register


def site_check(
    rule: str,
    *,
    notes: Function,
    criteria: Sequence[str],
    title: str,
    fix: str,
    method: str = "",
    limits: str = "",
    broken: str = "",
    sound: str = "",
    depends_on: Sequence[str] = STRUCTURE,
    source: str = "vydno",
) -> Callable[[SiteFunction], SiteFunction]:
    """Register the function below as a check of a whole site.

    `notes` looks at each page like any check, and yields what it `note`s; the function gets the
    facts of all pages of one origin that hold in the same variants, in the order of the pages, and
    yields what it finds at some of them. Raises VydnoError likewise.
    """
    numbers, depends = check_numbers(tuple(criteria)), _dimensions(rule, depends_on)

    def register(function: SiteFunction) -> SiteFunction:
        _register(
            Check(
                rule=rule,
                criteria=numbers,
                title=title,
                method=method,
                limits=limits,
                fix=fix,
                broken=broken,
                sound=sound,
                function=notes,
                rendition=Rendition.AS_IS,
                depends_on=depends,
                acts=False,
                advice=False,
                source=source,
                over_site=function,
            )
        )
        return function

    return register


def _dimensions(rule: str, depends_on: Sequence[str]) -> frozenset[str]:
    if unknown := set(depends_on) - _DIMENSIONS:
        raise VydnoError(
            f"{rule} cannot depend on {unknown.pop()!r}; "
            f"there are {', '.join(sorted(_DIMENSIONS))}."
        )
    # The browser always can: each audits for itself.
    return frozenset(depends_on) | {"browser"}


def _register(made: Check) -> None:
    there = _registry.get(made.rule)
    if there and there.judge.__qualname__ != made.judge.__qualname__:
        raise VydnoError(f"There are two checks called {made.rule!r}; give one another name.")
    _registry[made.rule] = made


def registered() -> Mapping[str, Check]:
    """Every check there is, by rule."""
    return dict(_registry)


def in_order(checks: Iterable[Check]) -> Iterator[tuple[Rendition, list[Check]]]:
    """The checks by the rendition that they look at: the page is drawn anew as seldom as can be."""
    by_rendition: dict[Rendition, list[Check]] = {}
    for one in checks:
        by_rendition.setdefault(one.rendition, []).append(one)
    for rendition in Rendition:
        if rendition in by_rendition:
            yield rendition, by_rendition[rendition]
