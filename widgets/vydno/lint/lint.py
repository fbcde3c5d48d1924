"""All rules over all sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urljoin

from ..errors import VydnoError
from . import boxes, control, text, zooming
from .findings import Edit, Finding, Unread
from .page import PageSource
from .reporting import at_offset
from .rules import RULES, Fix
from .sheet import Block, Sheet
from .site import Site
from .source import Kind, Source


@dataclass(frozen=True, kw_only=True)
class Document:
    """A source that was parsed."""

    source: Source
    sheets: Sequence[Sheet]
    page: PageSource | None = None

    @classmethod
    def of(cls, source: Source) -> Document:
        """Raises VydnoError for a source that cannot be read."""
        if source.kind is Kind.CSS:
            sheet = Sheet(source=source, css=source.text)
            if sheet.errors and not sheet.blocks:
                place = source.place(sheet.errors[0])
                raise VydnoError(f"It is no style sheet: there is no rule up to line {place[0]}.")
            return cls(source=source, sheets=[sheet])
        page = PageSource(source=source)
        for sheet in page.sheets:
            sheet.silent_everywhere |= page.silent_everywhere
        return cls(source=source, sheets=page.sheets, page=page)

    @property
    def links(self) -> list[str]:
        """The style sheets that it names, as addresses from where it is."""
        found = [*(self.page.links if self.page else ()), *_imports(self.sheets)]
        base = self.page.base if self.page else ""
        return [urljoin(base, each) if base else each for each in found]

    @property
    def unparsed(self) -> Iterator[Unread]:
        """Places that are no CSS."""
        for sheet in self.sheets:
            for offset in sheet.errors:
                line, column = self.source.place(offset)
                yield Unread(
                    source=self.source.name,
                    line=line,
                    column=column,
                    reason="What ends here is no rule, and was not read.",
                )


@dataclass(frozen=True, kw_only=True)
class Result:
    """What was read, and what was found in it."""

    sources: Sequence[Source]
    findings: Sequence[Finding]
    unread: Sequence[Unread] = ()
    """What was asked for and could not be read, in whole or in part."""

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings, 2 nothing could be read."""
        if not self.sources:
            return 2
        return 1 if self.findings else 0


def edits_of(
    findings: Iterable[Finding], source: Source, *, line_heights: bool = False
) -> list[Edit]:
    """What `--fix` changes in a source."""
    return [
        edit
        for finding in findings
        if finding.source == source.name and (RULES[finding.rule].fix is Fix.YES or line_heights)
        for edit in finding.edits
    ]


def lint(
    documents: Sequence[Document],
    *,
    rules: frozenset[str],
    root: Fraction | None = None,
    unread: Iterable[Unread] = (),
) -> Result:
    """Judge what belongs to one site.

    `root` is what `1rem` is in px, where the sheets themselves do not say it.
    """
    site = Site(
        sheets=[sheet for document in documents for sheet in document.sheets],
        pages=[document.page for document in documents if document.page],
        told_root=root,
    )
    told = (each for each in _findings(site) if each.rule in rules and not each.silent)
    return Result(
        sources=[document.source for document in documents],
        findings=sorted(dict.fromkeys(told), key=lambda each: each.sort_key),
        unread=[*unread, *(each for document in documents for each in document.unparsed)],
    )


def _imports(sheets: Iterable[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        yield from sheet.imports


def _findings(site: Site) -> Iterator[Finding]:
    for sheet in site.sheets:
        for block in sheet.blocks:
            yield from _of_block(site, block)
        for query in sheet.queries:
            yield from boxes.queries(site, query)
        yield from _bad_comments(sheet.source, sheet.bad_comments)
    for page in site.pages:
        yield from zooming.viewports(page)
        yield from _bad_comments(page.source, page.bad_comments)


def _of_block(site: Site, block: Block) -> Iterator[Finding]:
    for declaration in block:
        yield from text.text_sizes(site, declaration)
        yield from control.untold_roots(site, declaration)
        yield from boxes.adjustments(declaration)
        yield from boxes.zooms(declaration)
    yield from text.line_heights(site, block)
    yield from boxes.clipped_heights(block)


def _bad_comments(source: Source, bad: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    for offset, message in bad:
        yield at_offset("suppression", source, offset, message)
