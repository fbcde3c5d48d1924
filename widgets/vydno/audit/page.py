"""The page that a check gets."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from . import snapshot as measured
from .checks.check import Rendition
from .driver import API, EARLY, Driver, UnsupportedError
from .findings import Box
from .snapshot import Element, Snapshot
from .variants import Variant, Viewport

if TYPE_CHECKING:
    from PIL.Image import Image

T = TypeVar("T")

NARROW = Viewport(width=320, height=640)
_VIEWPORTS: Mapping[Rendition, Callable[[Viewport], Viewport]] = {
    Rendition.NARROW: lambda _: NARROW,
    Rendition.ZOOMED: lambda own: Viewport(width=own.width // 2, height=own.height // 2),
    Rendition.PORTRAIT: lambda _: Viewport(width=600, height=900),
    Rendition.LANDSCAPE: lambda _: Viewport(width=900, height=600),
}
"""Of renditions in a window of another size, that size by the variant's own."""


class Page:
    """A page in one variant, drawn in one rendition at a time.

    What is measured is measured once for each rendition, whoever asks first.
    """

    def __init__(self, driver: Driver, url: str, *, before: Snapshot | None = None) -> None:
        self.driver = driver
        self.url = url
        self._before = before
        self.variant = Variant()
        self.rendition = Rendition.AS_IS
        self._once: dict[tuple[Rendition, Any], Any] = {}
        self._has_text_scale: bool | None = None
        self._is_worn = False
        self._font_size = 100

    # For checks.

    @property
    def snapshot(self) -> Snapshot:
        """Every element as it stands now."""
        return self.once(_measure)

    @property
    def as_is(self) -> Snapshot:
        """The page before it was drawn in another rendition, in the same variant.

        Only for checks of another rendition: the audit measures it before it changes the page.
        """
        found: Snapshot = self._once[Rendition.AS_IS, _measure]
        return found

    @property
    def named(self) -> Snapshot | None:
        """What tells the names of the same elements, when they were worked out before."""
        return self._before if self.rendition is Rendition.AS_IS else self.as_is

    def once(self, measure: Callable[[Page], T]) -> T:
        """What the function says of the page, asked once for each variant and rendition."""
        key = (self.rendition, measure)
        if key not in self._once:
            self._once[key] = measure(self)
        found: T = self._once[key]
        return found

    def known(self, measure: Callable[[Page], T]) -> T | None:
        """What `once` said of the page as it is; None when nobody asked."""
        return self._once.get((Rendition.AS_IS, measure))

    def evaluate(self, function: str, argument: Any = None) -> Any:
        """Run JavaScript in the page: `(argument) => …`; what comes back is JSON."""
        return self.driver.evaluate(function, argument)

    def on(self, element: Element | int, function: str, argument: Any = None) -> Any:
        """Run `(element, argument) => …` with the DOM element that was measured."""
        number = element if isinstance(element, int) else element.number
        script = f"([number, argument]) => ({function})({API}.nodes()[number], argument)"
        return self.driver.evaluate(script, [number, argument])

    def picture(self, box: Box | None = None) -> Image:
        """What the page looks like: the box, in CSS px of the page, or what the window shows."""
        from PIL import Image as Images

        if box and self._font_size != 100:
            return self._picture_of_large_text(box)
        return Images.open(io.BytesIO(self.driver.screenshot(box))).convert("RGB")

    def _picture_of_large_text(self, box: Box) -> Image:
        """The box from a window that is as high as that takes.

        A picture of more than the window shows takes the browser's font size back to its default,
        in Chromium, and leaves it there for whoever looks next.
        """
        from PIL import Image as Images

        x, y, width, height = self.evaluate("() => [scrollX, scrollY, innerWidth, innerHeight]")
        needed = math.ceil(box.bottom - y)
        inside = box.y >= y and needed <= height
        if not inside:
            self.driver.resize(Viewport(width=width, height=max(height, needed)))
            self.settle()
            x, y = self.evaluate("() => [scrollX, scrollY]")
        whole = Images.open(io.BytesIO(self.driver.screenshot())).convert("RGB")
        if not inside:
            self.driver.resize(Viewport(width=width, height=height))
            self.settle()
        scale = whole.width / width
        place = (box.x - x, box.y - y, box.right - x, box.bottom - y)
        return whole.crop(tuple(round(side * scale) for side in place))

    @property
    def source(self) -> str:
        """The HTML that the server sent."""
        return self.once(_source)

    # For the audit.

    @property
    def measured(self) -> Snapshot | None:
        """The page as the last variant had it, for another `Page` of the same address."""
        return self.known(_measure)

    def wear(self, variant: Variant) -> None:
        """Draw it in the variant."""
        if variant.viewport != self.variant.viewport:
            self.driver.resize(variant.viewport)
        self.driver.emulate(variant)
        attributes = variant.attributes
        if self._has_text_scale is None and variant.text_scale == 100:
            attributes.pop("data-text-scale")
            # A larger one may be left of the variant, or the page, that was looked at before.
            self._set_font_size(100)
        elif not self.has_text_scale:
            attributes.pop("data-text-scale")
            self._set_font_size(variant.text_scale)
        # What has just settled, and is only looked at as it is, need not settle again.
        settled = replace(variant, browser="", viewport=Viewport()) == Variant(browser="")
        self._wear(attributes, settle=self._is_worn or not settled)
        self._is_worn = True
        self.variant = variant
        self.rendition = Rendition.AS_IS
        self._once = {}

    @property
    def has_text_scale(self) -> bool:
        """Whether its text follows Vydno's attribute."""
        if self._has_text_scale is None:
            self._has_text_scale = bool(self.driver.evaluate(f"() => {API}.hasTextScale()"))
        return self._has_text_scale

    def render(self, rendition: Rendition) -> None:
        """Draw it in another rendition of the same variant. Raises UnsupportedError."""
        if rendition is self.rendition:
            return
        resized = rendition in _VIEWPORTS or self.rendition in _VIEWPORTS
        script = self._change(self.rendition, on=False, to=rendition)
        if self.rendition is Rendition.AS_IS:
            _ = self.snapshot
        self.rendition = Rendition.AS_IS
        try:
            script += self._change(rendition, on=True)
            self.rendition = rendition
        finally:
            settle = "resettle" if resized else "settle"
            self.evaluate(f"() => {{ {script} return {API}.{settle}(); }}")

    def restore(self) -> None:
        """Take the rendition back; whoever draws the page next waits until it is drawn."""
        script = self._change(self.rendition, on=False)
        self.rendition = Rendition.AS_IS
        if script:
            self.evaluate(f"() => {{ {script} }}")

    def reopen(self) -> bool:
        """Load it again, for checks whose presses cannot be undone. What was measured holds.

        Says whether the elements are the same; if not, everything is measured anew.
        """
        before, known = self.snapshot, self._once
        self.driver.open(self.url, self.variant.viewport)
        self.driver.inject()
        self.driver.evaluate(f"() => {{ {API}.stay(); {EARLY}.guard(); return {API}.settle(); }}")
        self.wear(self.variant)
        now = self.snapshot
        same = [one.tag for one in before.elements] == [one.tag for one in now.elements]
        if same:
            self._once = known
        return same

    def _change(self, rendition: Rendition, *, on: bool, to: Rendition = Rendition.AS_IS) -> str:
        """Draw it so, or no longer so but as another rendition wants it; the JavaScript that is
        left to do. Raises UnsupportedError."""
        if rendition in _VIEWPORTS and (on or to not in _VIEWPORTS):
            own = self.variant.viewport
            self._resize(_VIEWPORTS[rendition](own) if on else own)
        match rendition:
            case Rendition.LARGE_TEXT:
                return self._enlarge(200 if on else self.variant.text_scale)
            case Rendition.SPACED:
                return f"{API}.put('spaced', {json.dumps(on)});"
            case Rendition.FORCED_COLORS:
                self.driver.emulate(
                    replace(self.variant, forced_colors=True) if on else self.variant
                )
        return ""

    def _resize(self, viewport: Viewport) -> None:
        try:
            self.driver.resize(viewport)
        except UnsupportedError:
            self.driver.resize(self.variant.viewport)
            raise

    def _enlarge(self, percent: int) -> str:
        if not self.has_text_scale:
            self._set_font_size(percent)
            return ""
        value = None if percent == 100 else str(percent)
        return f"{API}.wear({json.dumps({'data-text-scale': value})});"

    def _set_font_size(self, percent: int) -> None:
        try:
            self.driver.set_font_size(percent)
            self._font_size = percent
        except UnsupportedError:
            if percent != 100:
                raise

    def _wear(self, attributes: dict[str, str | None], *, settle: bool = True) -> None:
        self.driver.evaluate(
            f"async ([wanted, settle]) => {{"
            f" const changed = {API}.wear(wanted); {API}.put('still', true);"
            f" if (changed || settle) await {API}.settle(); }}",
            [attributes, settle],
        )

    def settle(self) -> None:
        """Wait until the page has drawn what was changed."""
        self.driver.evaluate(f"() => {API}.settle()")


def _source(page: Page) -> str:
    return page.driver.source()


def _measure(page: Page) -> Snapshot:
    if page.named is None:
        return _measured(page, names=True)
    # Working out names takes half of the time, and drawing a page otherwise changes none.
    found = _measured(page, names=False)
    if [one.tag for one in found.elements] != [one.tag for one in page.named.elements]:
        return _measured(page, names=True)
    for element, same in zip(found.elements, page.named.elements, strict=True):
        if element.rendered:
            element.role, element.name = same.role, same.name
    return found


def _measured(page: Page, *, names: bool) -> Snapshot:
    options = {"limit": measured.LIMIT, "names": names}
    answer = page.driver.evaluate(f"(options) => {API}.measure(options)", options)
    return measured.read(answer if isinstance(answer, str) else json.dumps(answer))
