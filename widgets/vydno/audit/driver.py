"""What the audit asks of a browser, whoever drives it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from ..errors import VydnoError
from .findings import Box
from .variants import Variant, Viewport

MEASURE = ";".join(
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("early.js", "measure.js", "kinds.js")
)
"""Goes into a page before its own scripts where the browser can do that."""
EARLY = 'window[Symbol.for("vydno.early")]'
"""What `early.js` left in the page."""
API = 'window[Symbol.for("vydno.audit")]'
"""What `measure.js` left in the page."""

KINDS = 'window[Symbol.for("vydno.kinds")]'
"""What `kinds.js` left there."""


class LostError(VydnoError):
    """The page is gone, or never came: the sentence says why. The browser may be of no more use."""


class NotAPageError(VydnoError):
    """There is nothing to audit at the address; the browser is well."""


class UnsupportedError(VydnoError):
    """The browser, or whoever drives it, cannot draw this variant."""


class GoneError(VydnoError):
    """A frame is gone, or shows something else by now; its page is well."""


class Driver(Protocol):
    """One page of one browser.

    Every method may raise LostError. Functions are JavaScript: `(argument) => …`, maybe async.
    """

    browser: str
    """`chromium`, `firefox` or `webkit`."""

    @property
    def version(self) -> str: ...

    def open(self, url: str, viewport: Viewport) -> None:
        """Go there and wait until it is loaded. Raises NotAPageError."""

    def inject(self) -> None:
        """See to it that axe and `measure.js` are in the page."""

    def evaluate(self, function: str, argument: Any = None) -> Any: ...

    def run_axe(self, options: Any, context: Sequence[str] | None = None) -> dict[str, Any]:
        """The violations and incomplete results, of the page and of its frames; or of what the
        selectors of the context find, and of all that is in there."""

    def resize(self, viewport: Viewport) -> None: ...

    def emulate(self, variant: Variant) -> None:
        """Colour scheme, contrast, forced colours, motion. Raises UnsupportedError."""

    def set_font_size(self, percent: int) -> None:
        """The browser's own, of the 16 px that it has by default. Raises UnsupportedError."""

    def screenshot(self, box: Box | None = None) -> bytes:
        """PNG of the box, in CSS px of the page, or of what the window shows."""

    def press(self, *keys: str) -> None:
        """Keys as Playwright names them: `Tab`, `Shift+Tab`, `Enter`, `Space`, `a`."""

    def move(self, x: float, y: float) -> None:
        """The mouse, to a point of the window."""

    def click(self, x: float, y: float) -> None: ...

    def source(self) -> str:
        """The document as the server sent it, before any script."""

    def dialogs(self) -> Sequence[str]:
        """What `alert` and its kind said since the page was opened; each was dismissed."""

    def frames(self) -> Sequence[tuple[str, Driver]]:
        """The frames that show a document of the page's own origin, those in frames too: the
        selector of each, and who asks in it. Asking may raise GoneError."""
