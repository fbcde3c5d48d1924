"""The rules, in one table: the command, its reports and the documentation are made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..audit.criteria import CRITERIA, Criterion
from ..errors import VydnoError


class Level(StrEnum):
    """How much it matters."""

    ERROR = "error"
    """A visitor cannot make the text twice as large, whatever they do: WCAG is not met."""
    WARNING = "warning"
    """The browser's zoom enlarges the text; the visitor's text size does not, or it then breaks."""
    ADVICE = "advice"
    """Worth knowing; told when it is selected."""


class Fix(StrEnum):
    """What `--fix` does about it."""

    NONE = ""
    YES = "yes"
    ASKED = "with `--line-heights`"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Something that keeps text from growing."""

    id: str
    title: str
    criterion: str
    level: Level
    why: str
    """For the documentation: what it looks for, and what it lets pass."""
    broken: str
    """A page's source that has it."""
    sound: str
    """The same page without it."""
    fix: Fix = Fix.NONE

    @property
    def criteria(self) -> Criterion:
        return CRITERIA[self.criterion]

    @property
    def usual(self) -> bool:
        """Whether it is told unless it is ignored."""
        return self.level is not Level.ADVICE


def _css(style: str) -> str:
    return f"<style>{style}</style>"


_TABLE = (
    Rule(
        id="text-fixed-size",
        title="Text has a size in px, pt, pc, in, cm, mm or Q",
        criterion="1.4.4",
        level=Level.WARNING,
        fix=Fix.YES,
        why="`font-size`, the size in `font`, and custom properties that end in either, also in "
        "`calc()`, `min()`, `max()` and `clamp()` where the length keeps the text below 190 % when "
        "the visitor asks for 200 %. Rules for print are let pass, and sizes below 1 px.",
        broken=_css("p { font-size: 14px }"),
        sound=_css("p { font-size: 0.875rem }"),
    ),
    Rule(
        id="root-fixed-size",
        title="The page's own text size replaces the visitor's",
        criterion="1.4.4",
        level=Level.WARNING,
        fix=Fix.YES,
        why="A `font-size` of `html` or `:root` in px, pt and so on, which fixes every `rem` too.",
        broken=_css("html { font-size: 16px }"),
        sound=_css("html { font-size: 100% }"),
    ),
    Rule(
        id="root-not-told",
        title="The page's own text size control is not told what 1rem is",
        criterion="1.4.4",
        level=Level.WARNING,
        why="A `font-size` of `html` or `:root` that makes 1rem another length than 16 px, in a "
        "site that has `<text-scale>`, its macro or its style sheet, while no rule sets "
        "`--vydno-root` to that size in parts of 16 px. The control's percent are of 16 px "
        "otherwise. A root that follows the window is let pass.",
        broken=_css("html { font-size: 62.5% }") + "<text-scale></text-scale>",
        sound=_css("html { font-size: 62.5%; --vydno-root: 0.625 }") + "<text-scale></text-scale>",
    ),
    Rule(
        id="text-keyword-size",
        title="Text has a size by keyword",
        criterion="1.4.4",
        level=Level.WARNING,
        why="`xx-small` to `xxx-large`, and `initial`, follow the browser's setting but not the "
        "root's font size, by which a page's own text size control works. `smaller`, `larger` and "
        "keywords on the root are let pass.",
        broken=_css("p { font-size: small }"),
        sound=_css("p { font-size: smaller }"),
    ),
    Rule(
        id="text-viewport-units",
        title="Text has the window's size and cannot be doubled",
        criterion="1.4.4",
        level=Level.ERROR,
        why="`vw`, `vh`, `vmin`, `cqw` and their like, unless zooming to at most 500 % doubles the "
        "text, as it does with `calc(1rem + 1vw)` and with `clamp()` whose upper bound is at most "
        "2.5 times the lower (WCAG's failure F94).",
        broken=_css("h1 { font-size: 5vw }"),
        sound=_css("h1 { font-size: clamp(1rem, 5vw, 2.5rem) }"),
    ),
    Rule(
        id="text-fluid",
        title="Text follows the window and grows only in part",
        criterion="1.4.4",
        level=Level.ADVICE,
        why="Zoom doubles it, but when the visitor asks for 200 % by text size it gets less than "
        "190 %, since the part in `vw` stays.",
        broken=_css("h1 { font-size: calc(1.375rem + 1.5vw) }"),
        sound=_css("h1 { font-size: 2.5rem }"),
    ),
    Rule(
        id="line-height-fixed",
        title="Lines have a height in px or in the window's units",
        criterion="1.4.12",
        level=Level.WARNING,
        fix=Fix.ASKED,
        why="`line-height`, also in `font`: larger text overlaps with the next line. Line heights "
        "without a unit, in percent, em and rem are let pass, and what is below 8 px.",
        broken=_css("p { line-height: 20px }"),
        sound=_css("p { line-height: 1.5 }"),
    ),
    Rule(
        id="height-clips-text",
        title="A box of fixed height hides what does not fit",
        criterion="1.4.4",
        level=Level.WARNING,
        why="`height`, `max-height` and their logical names in px and so on, in the same rule as "
        "`overflow: hidden` or `clip`. Let pass are heights below 8 px and above 400 px, pictures "
        "and other elements without text, and rules that hide text on purpose.",
        broken=_css("nav { height: 48px; overflow: hidden }"),
        sound=_css("nav { min-height: 3rem; overflow: hidden }"),
    ),
    Rule(
        id="text-size-adjust",
        title="Enlarging text is refused",
        criterion="1.4.4",
        level=Level.WARNING,
        why="`text-size-adjust: none` or below 100 %, also with `-webkit-`, `-moz-` and `-ms-`. "
        "`none` keeps visitors of older WebKit from enlarging text; `100%`, which only stops a "
        "phone from doing it by itself, is let pass.",
        broken=_css("html { -webkit-text-size-adjust: none }"),
        sound=_css("html { -webkit-text-size-adjust: 100% }"),
    ),
    Rule(
        id="viewport-scale",
        title="The page forbids zooming to 200 %",
        criterion="1.4.4",
        level=Level.ERROR,
        why="`<meta name=viewport>` with `user-scalable=no`, or with `maximum-scale` below 2. "
        "Other keys, such as `interactive-widget`, are let pass.",
        broken='<meta name="viewport" content="width=device-width, maximum-scale=1">',
        sound='<meta name="viewport" content="width=device-width, initial-scale=1">',
    ),
    Rule(
        id="viewport-scale-low",
        title="The page limits zooming",
        criterion="1.4.4",
        level=Level.WARNING,
        why="`<meta name=viewport>` with `maximum-scale` from 2 to below 5, where browsers allow 5 "
        "and more; or with a `minimum-scale` above 1, which keeps a phone from showing the whole.",
        broken='<meta name="viewport" content="width=device-width, maximum-scale=3">',
        sound='<meta name="viewport" content="width=device-width, maximum-scale=5">',
    ),
    Rule(
        id="zoom-shrinks",
        title="`zoom` makes text smaller than the visitor chose",
        criterion="1.4.4",
        level=Level.ADVICE,
        why="`zoom` below 1.",
        broken=_css("main { zoom: 0.8 }"),
        sound=_css("main { zoom: 1 }"),
    ),
    Rule(
        id="media-fixed-width",
        title="A media or container query in px does not know how large the text is",
        criterion="1.4.10",
        level=Level.ADVICE,
        why="Queries of width in px follow the browser's zoom but not its text size; in em they "
        "follow both. Neither follows the root's font size, so a page's own text size control "
        "changes no media query; a container query in rem or em does follow it.",
        broken=_css("@media (min-width: 800px) { nav { float: left } }"),
        sound=_css("@media (min-width: 50em) { nav { float: left } }"),
    ),
    Rule(
        id="suppression",
        title="A comment that should silence a rule does not",
        criterion="1.4.4",
        level=Level.WARNING,
        why="A comment that starts with `vydno-lint:` but names no rule of this table, or gives no "
        "reason after `because`.",
        broken=_css("/* vydno-lint: ignore text-fluid */ p { color: red }"),
        sound=_css("/* vydno-lint: ignore text-fluid because it is a logo */ p { color: red }"),
    ),
)

RULES: Mapping[str, Rule] = {rule.id: rule for rule in _TABLE}
ALL = "all"


def selected(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The rules that are told: those of `select`, or the usual ones, without those of `ignore`.

    Raises VydnoError for one that is not in the table.
    """
    chosen, left_out = _named(select), _named(ignore)
    return (chosen or frozenset(rule.id for rule in _TABLE if rule.usual)) - left_out


def _named(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in (part.strip() for given in names for part in given.split(",")):
        if name not in RULES and name != ALL:
            raise VydnoError(f"There is no rule {name!r}; there are {', '.join([*RULES, ALL])}.")
        found |= RULES.keys() if name == ALL else {name}
    return frozenset(found)
