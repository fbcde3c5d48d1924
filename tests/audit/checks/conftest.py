"""What the tests of the checks share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ...servers import folder
from . import PAGES


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    """The address at which `PAGES` are served."""
    with folder(PAGES) as address:
        yield address
