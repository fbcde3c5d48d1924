"""Packages and pages that the tests of hosts and of bridges share."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

import pytest

from tests import npm
from tests.servers import folder

from . import hosts


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, npm.Archive]:
    try:
        return npm.fetch(tmp_path_factory.mktemp("npm"), hosts.packages())
    except npm.NoNpmError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"the controls were not put into other people's sites: {error}")


@pytest.fixture(scope="session")
def pages(
    archives: Mapping[str, npm.Archive], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of the hosts' pages."""
    place = tmp_path_factory.mktemp("hosts")
    hosts.write(place, archives)
    with folder(place) as address:
        yield address
