"""Going on from the report of a run that was interrupted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..errors import VydnoError
from .baseline import as_found
from .findings import PageResult, Run, Status
from .reports.json_report import read as read_report
from .variants import Variant


def earlier(file: Path, *, variants: Sequence[Variant], tools: Mapping[str, str]) -> Run:
    """The run that a JSON report tells of.

    `tools` are those that are known before the run: `vydno`, `axe-core`. Raises VydnoError when
    the report is none, or when its pages were looked at in another way: what two ways found must
    not stand in one report.
    """
    run = read_report(file)
    if set(run.variants) != set(variants):
        raise VydnoError(
            f"{file} tells of other variants than this run is to have; give the options that it "
            "was made with, or leave out --resume."
        )
    for name, version in tools.items():
        if run.tools.get(name, version) != version:
            raise VydnoError(
                f"{file} was made with {name} {run.tools[name]}, and this is {version}; leave out "
                "--resume to audit all pages with one."
            )
    # What was known then need not be now.
    return replace(run, pages=[as_found(page) for page in run.pages])


def done(run: Run) -> dict[str, PageResult]:
    """The pages that need not be audited again, by name: nothing of them was missed."""
    wanted = set(run.variants)
    return {
        page.url: page
        for page in run.pages
        if page.status is Status.AUDITED and wanted <= set(page.variants)
    }


def joined(before: Run, after: Run, names: Collection[str]) -> Run:
    """Both runs as one, in the order of `names`, the pages that are wanted.

    The later result of a page counts. Pages that nobody wants any more are left out.
    """
    pages = done(before) | {page.url: page for page in after.pages}
    return replace(
        after,
        pages=[pages[name] for name in names if name in pages],
        started=before.started,
        seconds=before.seconds + after.seconds,
        tools={**before.tools, **after.tools},
    )
