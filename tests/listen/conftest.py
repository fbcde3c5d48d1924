"""Pages that only the screen reader's tests need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers import serve

from .pages import app


@pytest.fixture(scope="session")
def bare() -> Iterator[str]:
    """Address of bare pages with one control each."""
    with serve(app()) as address:
        yield address
