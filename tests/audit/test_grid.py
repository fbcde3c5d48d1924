"""A real Selenium Grid, hub and two nodes: it finds what is found here, and a node may die."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from vydno.audit.findings import PageResult, Status
from vydno.audit.runner import Limits, Runner
from vydno.audit.sessions import Settings, Source
from vydno.audit.sources import open_source
from vydno.audit.webdriver_sessions import Grid
from vydno.errors import VydnoError

from ..browsers import grid_from_environment
from ..conftest import found
from ..servers import folder
from .grid import SESSIONS, RunningGrid, running_grid
from .same import AXE_ALONE, essence, pages_of

pytestmark = pytest.mark.browser
NODES = 2


class Listed:
    """Pages that are known from the start."""

    def __init__(self, urls: Sequence[str]) -> None:
        self.urls = urls

    def start(self) -> Sequence[str]:
        return self.urls

    def more(self, url: str, links: Sequence[str]) -> Sequence[str]:  # noqa: ARG002
        return ()


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGrid]:
    program = grid_from_environment()
    if program is None:
        pytest.skip("no Selenium Grid was found: `python3 -m tests` finds or installs it")
    log = tmp_path_factory.mktemp("grid")
    with running_grid(program, found("chromium"), log, nodes=NODES) as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    path = tmp_path_factory.mktemp("site")
    names = pages_of(path)
    with folder(path) as address:
        yield [f"{address}/{name}" for name in names]


def runner(source: Source, urls: Sequence[str], *, workers: int = 0) -> Runner:
    return Runner(source, Listed(urls), AXE_ALONE, Limits(workers=workers, page_seconds=60))


def results(running: Runner) -> dict[str, PageResult]:
    return {result.url: result for result in running}


def test_a_grid_offers_as_many_sessions_as_its_nodes_have_together(grid: RunningGrid) -> None:
    with open_source(Settings(grid=grid.address)) as source:
        assert source.slots("chromium") == NODES * SESSIONS


def test_a_grid_without_a_browser_says_which_it_has(grid: RunningGrid) -> None:
    with (
        open_source(Settings(grid=grid.address)) as source,
        pytest.raises(VydnoError, match="has no Firefox; it has chrome"),
    ):
        source.slots("firefox")


def test_an_address_without_a_grid_is_said_at_once() -> None:
    with pytest.raises(VydnoError, match=r"No WebDriver answers at http://127\.0\.0\.1:9/status"):
        Grid("http://127.0.0.1:9", Settings())


def test_the_same_is_found_on_a_grid_as_here_and_a_node_that_dies_loses_no_page(
    grid: RunningGrid, site: list[str]
) -> None:
    with open_source(Settings()) as source:
        here = results(runner(source, site, workers=1))
    with open_source(Settings(grid=grid.address)) as source:
        running = runner(source, site)
        assert running.workers == NODES * SESSIONS
        there = {}
        for result in running:
            there[result.url] = result
            if len(there) == len(site) // 3:
                grid.nodes[0].kill()
    assert set(there) == set(site)
    assert {result.status for result in there.values()} == {Status.AUDITED}, [
        result.reason for result in there.values() if result.reason
    ]
    assert any(result.findings for result in here.values())
    for url in site:
        assert essence(there[url]) == essence(here[url])
