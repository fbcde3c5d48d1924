"""One workspace for all tests of a process that need npm."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .packages import NoNpmError, workspace


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """From here the packages and ours can be imported; without npm the test is skipped."""
    try:
        with workspace() as folder:
            yield folder
    except NoNpmError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"nothing was tried in front ends: {error}")
