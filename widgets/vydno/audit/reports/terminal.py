"""The summary that the command prints: what fails, where, for whom, in which variants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ...printable import printable
from ..findings import Finding, Outcome, PageResult, Run, Status
from .issues import KNOWN, Element, Issue, Problem, issues, quoted, state
from .text import count

ELEMENTS = 3
"""Of a problem this many elements are shown; the files have them all."""
PAGES = 3
LONGEST = 300
"""Characters of one text; a selector may be longer than anybody reads."""
_LABELS = {
    Outcome.FAILS: ("FAILS", "bold red"),
    Outcome.NEEDS_REVIEW: ("REVIEW", "bold yellow"),
    Outcome.ADVICE: ("ADVICE", "bold blue"),
}


def console() -> Console:
    """Standard output; what is no terminal is wide, so that no line of data is folded."""
    width = None if Console().is_terminal else 200
    return Console(width=width, markup=False, highlight=False, emoji=False)


def summary(run: Run, out: Console | None = None, *, advice: bool = False) -> None:
    """Print the run, the worst first, and in the last line the counts.

    What the baseline knows is only counted, and so is advice unless it is asked for.
    """
    out = out or console()
    shown = [each for each in issues(run.findings) if _is_shown(each, advice=advice)]
    for issue in shown:
        out.print(Group(*_issue(issue)), "")
    if run.not_audited:
        out.print(Group(*_not_audited(run.not_audited)), "")
    if run.interrupted:
        out.print(_line("The run was interrupted: other pages were not audited.", "bold red"))
    out.print(_line(counts(run), "bold"))


def counts(run: Run) -> str:
    """`3 failures, 2 to review, 1 known on 12 pages, 2 not audited, in 8 variants, 12.5 s`."""
    if not run.pages:
        return f"no page was audited, {run.seconds:.1f} s"
    states = [state(finding) for finding in run.findings]
    fails = states.count(Outcome.FAILS)
    parts = [
        count(fails, "failure") if fails else "nothing fails",
        *(
            f"{states.count(each):,} {words}"
            for each, words in (
                (Outcome.NEEDS_REVIEW, "to review"),
                (Outcome.ADVICE, "advised"),
                (KNOWN, "known"),
            )
            if states.count(each)
        ),
    ]
    where = count(len(run.pages), "page")
    lost = f", {len(run.not_audited):,} not audited" if run.not_audited else ""
    variants = count(len(run.variants), "variant")
    return f"{', '.join(parts)} on {where}{lost}, in {variants}, {run.seconds:.1f} s"


def _is_shown(issue: Issue, *, advice: bool) -> bool:
    return issue.state != KNOWN and (advice or issue.state != Outcome.ADVICE)


def _line(text: str, style: str = "") -> Text:
    """One line of it: what an audited page wrote cannot start another, nor command the terminal."""
    line = " ".join(printable(text).split())
    return Text(line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…", style)


def _issue(issue: Issue) -> Iterator[RenderableType]:
    label, style = _LABELS[Outcome(issue.state)]
    criteria = "; ".join(str(criterion) for criterion in issue.criteria) or "good practice"
    head = Text.assemble((f"{label:<7}", style), _line(issue.first.rule, "bold"), "  ")
    head.append_text(_line(criteria, "dim"))
    yield head
    for problem in issue.problems:
        yield from _problem(problem)


def _problem(problem: Problem) -> Iterator[RenderableType]:
    size = f"{count(len(problem.findings), 'element')} on {count(len(_pages(problem)), 'page')}"
    yield _indented(Text.assemble(_line(problem.message), "  ", (size, "dim")), 2)
    if problem.first.fix:
        yield _indented(_line(f"Fix: {problem.first.fix}", "green"), 2)
    for element in problem.elements[:ELEMENTS]:
        yield from _element(element, words="" if problem.is_one_sentence else quoted(element.first))
    more = len(problem.elements) - ELEMENTS
    if more > 0:
        yield _indented(_line(f"and {count(more, 'more element')}", "dim"), 4)


def _pages(problem: Problem) -> list[str]:
    return list(dict.fromkeys(finding.page for finding in problem.findings))


def _element(element: Element, *, words: str) -> Iterator[RenderableType]:
    finding = element.first
    seen = Text("  ").join(
        filter(
            None,
            (
                _line(finding.target, "cyan"),
                _line(words),
                _line(_measured(finding)),
                _line(finding.holds_for, "yellow"),
            ),
        )
    )
    yield _indented(seen, 4)
    urls = [each.page for each in element.findings]
    more = f" and {len(urls) - PAGES:,} more" if len(urls) > PAGES else ""
    yield _indented(_line(" ".join(urls[:PAGES]) + more, "dim"), 6)


def _measured(finding: Finding) -> str:
    needed = f"needs {finding.needed}" if finding.needed else ""
    return ", ".join(filter(None, (finding.measured, needed)))


def _indented(text: Text, by: int) -> RenderableType:
    return Padding(text, (0, 0, 0, by), expand=False)


def _not_audited(pages: Sequence[PageResult]) -> Iterator[RenderableType]:
    yield _line("NOT AUDITED", "bold red")
    for page in pages:
        part = "in part: " if page.status is Status.PARTLY else ""
        yield _indented(_line(page.url), 2)
        yield _indented(_line(f"{part}{page.reason}", "dim"), 4)
