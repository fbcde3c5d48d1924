"""Sources for tests, and what the rules say of them."""

from __future__ import annotations

from fractions import Fraction

from vydno.lint.findings import Finding
from vydno.lint.lint import Document, Result, lint
from vydno.lint.rules import selected
from vydno.lint.source import Kind, Source


def css(text: str | bytes, name: str = "site.css") -> Source:
    raw = text.encode() if isinstance(text, str) else text
    return Source(name=name, kind=Kind.CSS, raw=raw)


def html(text: str | bytes, name: str = "page.html") -> Source:
    raw = text.encode() if isinstance(text, str) else text
    return Source(name=name, kind=Kind.HTML, raw=raw)


def judged(*sources: Source, root: int | None = None, select: str = "all") -> Result:
    return lint(
        [Document.of(source) for source in sources],
        rules=selected([select], []),
        root=None if root is None else Fraction(root),
    )


def findings(style: str, rule: str = "all") -> list[Finding]:
    """What is found in a style sheet."""
    return list(judged(css(style), select=rule).findings)


def ids(style: str) -> list[str]:
    """The usual rules that a style sheet breaks, in the order of their places."""
    usual = selected([], [])
    return [found.rule for found in findings(style) if found.rule in usual]
