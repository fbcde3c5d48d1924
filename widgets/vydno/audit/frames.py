"""Frames of a page's own origin: a driver that looks into one, for checks that only look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .driver import API, Driver, UnsupportedError
from .findings import Box
from .variants import Variant, Viewport

MOST = 20
"""Frames of a page that are looked into."""
DEEPEST = 4
"""How many frames one may be in."""
SECONDS = 8.0
"""How long a frame may take to answer: one that goes elsewhere all the time never does."""

SHOWN = f"""(frame) => {{
  // Of another origin, or empty.
  if (!frame.contentDocument?.documentElement) return null;
  const {{ width, height }} = frame.getBoundingClientRect();
  const seen = width > 1 && height > 1 && frame.checkVisibility({{ visibilityProperty: true }});
  return seen ? {API}.path(frame) : null;
}}"""
"""The selector of a frame that can be looked into; null for others."""
THERE = "typeof window.axe?.run === 'function' && !!window[Symbol.for('vydno.audit')]"
"""Whether a document has the audit's scripts."""


class FrameDriver:
    """Asks in a frame. It is no window: what would move, press or photograph it is refused."""

    def __init__(self, page: Driver, ask: Callable[[str, Any], Any]) -> None:
        """`ask` runs a function in the frame; it raises GoneError when the frame is gone."""
        self._page = page
        self._ask = ask
        self.browser = page.browser

    @property
    def version(self) -> str:
        return self._page.version

    def evaluate(self, function: str, argument: Any = None) -> Any:
        return self._ask(function, argument)

    def inject(self) -> None:
        """Who finds a frame sees to its scripts."""

    def dialogs(self) -> Sequence[str]:
        return self._page.dialogs()

    def frames(self) -> Sequence[tuple[str, Driver]]:
        """The page has them all."""
        return ()

    def open(self, url: str, viewport: Viewport) -> None:  # noqa: ARG002
        raise _refused()

    def run_axe(self, options: Any, context: Sequence[str] | None = None) -> dict[str, Any]:  # noqa: ARG002
        raise _refused()

    def resize(self, viewport: Viewport) -> None:  # noqa: ARG002
        raise _refused()

    def emulate(self, variant: Variant) -> None:  # noqa: ARG002
        raise _refused()

    def set_font_size(self, percent: int) -> None:  # noqa: ARG002
        raise _refused()

    def screenshot(self, box: Box | None = None) -> bytes:  # noqa: ARG002
        raise _refused()

    def press(self, *keys: str) -> None:  # noqa: ARG002
        raise _refused()

    def move(self, x: float, y: float) -> None:  # noqa: ARG002
        raise _refused()

    def click(self, x: float, y: float) -> None:  # noqa: ARG002
        raise _refused()

    def source(self) -> str:
        raise _refused()

    def another(self) -> Driver:
        raise _refused()

    def close(self) -> None:
        """It goes with its page."""


def _refused() -> UnsupportedError:
    return UnsupportedError("A frame is only looked into")
