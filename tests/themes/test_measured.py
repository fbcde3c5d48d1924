"""What three engines really draw of the gallery agrees with the contrast certificate."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from vydno.static import static_dir
from vydno.themes.pairs import VARIANTS

from tests.demo_pages import THEMES, wear
from tests.engines import PlaywrightVisitor, SeleniumVisitor, Visitor

CERTIFICATE = json.loads((static_dir() / "contrast-certificate.json").read_text(encoding="utf-8"))
SCRIPT = Path(__file__).with_name("measure.js").read_text(encoding="utf-8")
MEASURE = f"const measure =\n{SCRIPT}\nreturn measure();"
# WCAG 1.4.3 and 1.4.11, and with more contrast 1.4.6 and as much for shapes.
LETTERS, SHAPES = (4.5, 7.0), (3.0, 4.5)
THINNEST = 2  # CSS px of a focus ring (WCAG 2.4.13)

# A link on the accent and the label of a radio on a tinted surface: what is focused, and what has
# the ring.
FOCUSED = {
    "a.language": "a.language",
    "#live-theme-switch input:checked": "#live-theme-switch label:has(:checked)",
}
# In px around an element: where its ring ends, and what is around it begins.
REACH = 7
# A window that another process draws may be shown as it was before: so often is it looked at.
FRAMES = 3


def least(variant: str, levels: tuple[float, float]) -> float:
    return levels[variant.endswith("-more")]


def proven(theme: str, variant: str, levels: tuple[float, float]) -> dict[tuple[str, str], float]:
    """Colour and what it stands on, to the ratio that the certificate says, where it owes enough
    for letters or for shapes."""
    colours = CERTIFICATE["colours"][theme][variant]
    return {
        (colours[pair["foreground"]], colours[pair["surface"]]): pair["ratio"]
        for pair in CERTIFICATE["pairs"]
        if (pair["theme"], pair["variant"]) == (theme, variant)
        and pair["target"] >= least(variant, levels)
    }


def ratio(*colours: str) -> float:
    """WCAG's contrast ratio, worked out by these lines and not by the package."""
    found = []
    for colour in colours:
        parts = [value / 255 for value in bytes.fromhex(colour[1:])]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        found.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(found) + 0.05) / (min(found) + 0.05)


def wrong_pairs(found: Sequence[Any], levels: tuple[float, float]) -> Iterator[str]:
    """Each that is measured and is not proven, or not as the certificate says."""
    for theme, variant, colour, behind, what in found:
        said = proven(theme, variant, levels).get((colour, behind))
        measured = ratio(colour, behind)
        if said is None or not said <= measured < said + 0.001:
            yield f"{what} {colour} on {behind} in {theme}, {variant}: {measured:.3f}, not {said}"
        elif measured < least(variant, levels):
            yield f"{what} {colour} on {behind} in {theme}, {variant}: {measured:.3f}"


def wrong_ring(theme: str, variant: str, ring: str, gap: str, outside: str) -> Iterator[str]:
    """A ring must differ from the gap; of the two one at least from what is around them."""
    shapes = proven(theme, variant, SHAPES)
    ringed = CERTIFICATE["colours"][theme][variant]["focus-ring"]
    if ring != ringed or (ring, gap) not in shapes or ratio(ring, gap) < least(variant, SHAPES):
        yield f"ring {ring} with gap {gap}"
    # The gap may lie on an accent: contrast has no direction.
    if not {(ring, outside), (outside, gap)} & set(shapes):
        yield f"ring {ring} and gap {gap} on {outside}"


def disagreements(measured: Mapping[str, Any]) -> list[str]:
    """Where what a browser computed is not what the certificate says."""
    rings = [
        f"{what} in {theme}, {variant}: {said}"
        for theme, variant, ring, gap, outside, thick, what in measured["rings"]
        for said in (
            *wrong_ring(theme, variant, ring, gap, outside),
            *([f"ring of {thick} px"] if thick < THINNEST else []),
        )
    ]
    letters = wrong_pairs(measured["letters"], LETTERS)
    return [*letters, *wrong_pairs(measured["edges"], SHAPES), *rings]


# Pixels


@dataclass(frozen=True)
class Box:
    """Where an element lies in the window, in whole px."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def around(self) -> Box:
        """The same with the room that a ring takes."""
        return Box(self.left - REACH, self.top - REACH, self.right + REACH, self.bottom + REACH)

    @property
    def size(self) -> tuple[int, int]:
        return self.right - self.left, self.bottom - self.top


def sections(image: Image.Image) -> Iterator[tuple[str, list[str]]]:
    """Of an element and what is around it: the pixels from outside of each edge inwards, at the
    edge's middle."""
    width, height = image.size
    steps = range(REACH + 2)
    yield "left", [_pixel(image, step, height // 2) for step in steps]
    yield "right", [_pixel(image, width - 1 - step, height // 2) for step in steps]
    yield "top", [_pixel(image, width // 2, step) for step in steps]
    yield "bottom", [_pixel(image, width // 2, height - 1 - step) for step in steps]


def _pixel(image: Image.Image, x: int, y: int) -> str:
    red, green, blue = image.getpixel((x, y))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"


WHERE = """
const element = document.querySelector(`{}`);
document.querySelector(`{}`).focus({{ preventScroll: true }});
element.scrollIntoView({{ block: "center", behavior: "instant" }});
const {{ left, top, right, bottom }} = element.getBoundingClientRect();
const box = [left, top, right, bottom].map(Math.round);
// After the second frame from now the first has been drawn.
const drawn = (tell) => requestAnimationFrame(() => requestAnimationFrame(() => tell(box)));
return new Promise(drawn);
"""


def screenshot(visitor: Visitor, box: Box) -> Image.Image:
    """What is drawn in a box of the window."""
    if isinstance(visitor, PlaywrightVisitor):
        width, height = box.size
        clip: Any = {"x": box.left, "y": box.top, "width": width, "height": height}
        return _image(visitor.page.screenshot(clip=clip))
    assert isinstance(visitor, SeleniumVisitor)
    window = _image(visitor.driver.get_screenshot_as_png())
    return window.crop((box.left, box.top, box.right, box.bottom))


def _image(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def drawn_rings(visitor: Visitor, theme: str, variant: str) -> list[str]:
    """Where what is drawn around a focused control is no ring as the certificate says."""
    return [
        f"{focused} in {theme}, {variant}, {said}"
        for focused, ringed in FOCUSED.items()
        for said in drawn_ring(visitor, theme, variant, WHERE.format(ringed, focused))
    ]


def drawn_ring(visitor: Visitor, theme: str, variant: str, where: str) -> list[str]:
    ring = CERTIFICATE["colours"][theme][variant]["focus-ring"]
    said: list[str] = []
    for _ in range(FRAMES):
        shot = screenshot(visitor, Box(*visitor.read(where)).around)
        said = [
            f"{side}: {wrong}"
            for side, pixels in sections(shot)
            for wrong in wrong_section(theme, variant, ring, pixels)
        ]
        if not said:
            break
    return said


def wrong_section(theme: str, variant: str, ring: str, pixels: Sequence[str]) -> list[str]:
    runs = [(colour, len(list(same))) for colour, same in groupby(pixels)]
    place = next((place for place, (colour, _) in enumerate(runs) if colour == ring), 0)
    if not 0 < place < len(runs) - 1 or runs[place][1] < THINNEST:
        return [f"no ring {ring} of {THINNEST} px in {' '.join(pixels)}"]
    # A pixel beside the ring may be a blend of both, where an edge lies between two of them.
    beside = [colour for colour, _ in runs[place + 1 : place + 3]]
    said = [list(wrong_ring(theme, variant, ring, gap, runs[0][0])) for gap in beside]
    return min(said, key=len)


# The gallery


@pytest.fixture
def gallery(visitor: Visitor, site: str) -> Visitor:
    """The gallery, with all that can be opened open, in the hands of somebody at the keyboard."""
    visitor.goto(f"{site}/gallery/")
    visitor.read("for (const each of document.querySelectorAll('details')) each.open = true")
    visitor.press("Tab")
    return visitor


def put_on(visitor: Visitor, theme: str, variant: str) -> None:
    """By attributes alone: not every driver can say what the screen prefers."""
    scheme, _, more = variant.partition("-")
    worn = {"theme": theme, "color-scheme": scheme, "contrast": more or "normal"}
    wear(visitor, {f"data-{name}": value for name, value in worn.items()})


def test_what_is_computed_and_drawn_is_what_was_proven(gallery: Visitor) -> None:
    wrong = []
    for theme, variant in product(THEMES, VARIANTS):
        put_on(gallery, theme, variant)
        measured = gallery.read(MEASURE)
        # Of a page on which nothing was found nothing is known.
        assert len(measured["letters"]) > 30, measured
        assert len(measured["edges"]) > 10, measured
        assert len(measured["rings"]) > 6, measured
        wrong += disagreements(measured) + drawn_rings(gallery, theme, variant)
    assert wrong == []


# Each is what the check exists to find.
WEAKENED = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :root { --vydno-text-muted: #9aa5b1; --vydno-border-strong: #dfe5ec }
  :root:has(a:focus) { --vydno-focus-ring: #c3ccd6 }
`);
document.adoptedStyleSheets.push(sheet);
// What insists, no sheet overrules.
for (const { style } of document.querySelectorAll("label"))
  style.setProperty("outline-width", "1px", "important");
"""


def test_what_is_too_weak_is_named(gallery: Visitor) -> None:
    put_on(gallery, "green", "light")
    gallery.read(WEAKENED)
    wrong = disagreements(gallery.read(MEASURE)) + drawn_rings(gallery, "green", "light")
    for said in (
        "p.lead #9aa5b1 on #f6fcf8 in green, light: 2.407, not None",
        "button[submit] #dfe5ec on #f6fcf8 in green, light: 1.2",
        "a.language in green, light: ring #c3ccd6 with gap #f6fcf8",
        "input[radio] in green, light: ring of 1 px",
        "a.language in green, light, left: no ring #111111 of 2 px in #009b6a",
        "#live-theme-switch input:checked in green, light, top: no ring #111111 of 2 px in #e0f6e8",
    ):
        assert any(each.startswith(said) for each in wrong), (said, wrong)
    assert not [each for each in wrong if each.startswith(("h1", "h2"))]
