"""Our own style sheets let text grow."""

from __future__ import annotations

from pathlib import Path

import pytest
from vydno.cli import main

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("folder", ["demo/static", "static", "widgets"])
def test_nothing_of_ours_keeps_text_from_growing(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", str(ROOT / folder)]) == 0, capsys.readouterr().out
