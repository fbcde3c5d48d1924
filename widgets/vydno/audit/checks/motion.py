"""Motion that starts by itself, and flashes."""

from __future__ import annotations

from collections.abc import Iterator

from ..contrast import Rgba, over, parse
from ..flashes import AREA, MOST, Light, light, moments, rate
from ..moving import Animation, Changed, is_loading, moving, plays_by_attribute, watched
from ..page import Page
from ..playing import can_be_stopped, has_controls, playing
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import letters
from .check import Found, check, fails, needs_review

_LONG = 5.0
"""Seconds that motion may last (criterion 2.2.2)."""
_SEEN = 400
"""CSS px² below which motion is hardly noticed."""
_MOVES = {
    "transform", "translate", "rotate", "scale", "left", "right", "top", "bottom", "marginLeft",
    "marginTop", "marginRight", "marginBottom", "insetInlineStart", "insetBlockStart", "textIndent",
    "backgroundPosition", "backgroundPositionX", "backgroundPositionY", "offsetDistance", "width",
    "height", "clipPath", "opacity", "visibility", "color", "backgroundColor", "filter", "content",
    "backgroundImage", "fontSize", "display", "strokeDashoffset", "fill", "borderColor",
}  # fmt: skip


def _how_sure(element: Element, shown: Snapshot) -> str:
    """`stopped`, `fails` or `review`: by what might stop it, and what moves."""
    if can_be_stopped(shown):
        return "stopped"
    says = letters(element.text_content) > 1 or element.tag in ("img", "video")
    return "review" if has_controls(shown) or not says else "fails"


def _length(seconds: float | None) -> str:
    return "without end" if seconds is None else f"{seconds:.1f} s"


@check(
    "motion-not-stoppable",
    criteria=["2.2.2"],
    title="Something moves or blinks by itself and cannot be stopped",
    method="Animations of style sheets, scripts and SVG that started by themselves, go on for more "
    "than five seconds, and move, fade or recolour something that is seen; unless a control of "
    "the page is called pause, stop or the like. They fail when the page has no control at all "
    "and words or an image move; else a person must look. What shows that something is awaited "
    "is left out. A media query for reduced motion is no control of the page.",
    limits="A control may stop it without saying so. Very small things and shadows are left out; "
    "`<marquee>` and `<blink>` are axe's.",
    fix="Let it end within five seconds; or give it a button that stops it.",
    broken="<style>@keyframes run { to { transform: translateX(300px) } }</style>"
    "<p style='animation: run 8s infinite'>The bridge is closed today.</p><p>Welcome.</p>",
    sound="<style>@keyframes run { to { transform: translateX(300px) } }</style>"
    "<p style='animation: run 2s 2'>The bridge is closed today.</p><p>Welcome.</p>",
)
def motion_not_stoppable(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    found = page.once(moving)
    blamed: set[int] = set()
    for one in found.animations:
        if (one.total is None or one.total > _LONG) and _is_seen(one):
            yield from _judged(one.element, shown, one.total, _verb(one), blamed)
    for element, seconds in found.drawings:
        if element.rendered and element.box.area >= _SEEN:
            yield from _judged(element, shown, seconds, "moves", blamed)
    for media in page.once(playing).values():
        too_long = media.seconds is None or media.seconds > _LONG or media.loops
        if media.is_background and media.starts and too_long and media.element.visible:
            seconds = None if media.loops else media.seconds
            yield from _judged(media.element, shown, seconds, "plays", blamed)


def _judged(
    element: Element, shown: Snapshot, seconds: float | None, verb: str, blamed: set[int]
) -> Iterator[Found]:
    # What moves together is one thing to stop.
    around = {one.number for one in element.ancestors()}
    key = element.parent.number if element.parent else -1
    if is_loading(element) or key in blamed or around & blamed or element.number in blamed:
        return
    sure = _how_sure(element, shown)
    if sure == "stopped":
        return
    blamed |= {element.number, key}
    yield (fails if sure == "fails" else needs_review)(
        element,
        f"It {verb} by itself, and nothing is seen that stops it.",
        measured=_length(seconds),
        needed="at most 5 s, or a way to pause, stop or hide it",
    )


def _is_seen(one: Animation) -> bool:
    element = one.element
    if not element.rendered or element.concealed or not _MOVES & set(one.changes):
        return False
    return element.box.area >= _SEEN or (letters(element.text_content) > 1 and not one.pseudo)


def _verb(one: Animation) -> str:
    if {"opacity", "visibility", "display"} & set(one.changes) and one.duration <= 2:
        return "blinks"
    return "moves" if "transform" in one.changes or "left" in one.changes else "changes"


@check(
    "image-moves",
    criteria=["2.2.2"],
    title="An animated image cannot be stopped",
    method="GIF, APNG and WebP files of the page's own site are read: several frames that differ, "
    "shown without end or for more than five seconds. It fails when the page has no control at "
    "all; nothing is said when one is called pause, stop or the like.",
    limits="Files of other sites, and beyond the first forty images, are not read.",
    fix="Show a still image with a button that plays it; or a video with controls.",
    broken="<p>Welcome.</p><img width=64 height=64 alt='A lamp' src='data:image/gif;base64,"
    "R0lGODlhBAAEAIEAAAAAAAAAAAAAAAAAACH/C05FVFNDQVBFMi4wAwEAAAAh+QQAZAAAACwAAAAABAAEAAAICQAB"
    "CBxIsCCAgAAh+QQBZAABACwAAAAABAAEAIH///8AAAAAAAAAAAAICQABCBxIsCCAgAA7'>",
    sound="<p>Welcome.</p><img width=64 height=64 alt='A lamp' src='data:image/gif;base64,"
    "R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=='>",
)
def image_moves(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    for element, animated in page.once(moving).images:
        lasting = animated.seconds is None or animated.seconds > _LONG
        if not animated.moves or not lasting or is_loading(element):
            continue
        sure = _how_sure(element, shown)
        if sure != "stopped":
            yield (fails if sure == "fails" and element.tag == "img" else needs_review)(
                element,
                "Its frames change by themselves, and nothing stops them.",
                measured=f"{animated.frames} frames, {_length(animated.seconds)}",
                needed="at most 5 s, or a way to pause, stop or hide it",
            )


@check(
    "content-updates-itself",
    criteria=["2.2.2"],
    title="A script moves or changes content by itself",
    method="Where something is called a carousel, a ticker, a clock or the like, or a script of "
    "the page repeats something, it is watched for 0.6 to 3.3 seconds, timers that repeat more "
    "seldom are let run once: changes of style, class, "
    "text or scrolling of what is seen, what a timer that repeats changes, and canvases that are "
    "drawn anew. Carousels count too that say in their markup that they "
    "play, or stand beside a script that repeats something every 3 to 20 seconds. Nothing is said "
    "when a control is called pause, stop or the like.",
    limits="Missed is what changes less often and has no telling name. What changes may be over "
    "within five seconds.",
    fix="Start it on demand; or give it a button that stops it.",
    broken="<p id=t>Bread is cheap today</p><p>Welcome.</p><script>let n = 0; setInterval(() => { "
    "document.getElementById('t').style.marginLeft = `${n++}px` }, 50)</script>",
    sound="<p id=t>Bread is cheap today</p><p>Welcome.</p>",
)
def content_updates_itself(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    seen = page.once(watched)
    if can_be_stopped(shown):
        return
    blamed: set[int] = set()
    for one in seen.changed:
        element = _carousel(one.element, seen.called) or one.element
        drawn = "drawing" in one.what
        expected = drawn or one.count > 1 or one.ticked > 0 or element in seen.called
        around = element.parent.number if element.parent else -1
        if {element.number, around} & blamed or not expected:
            continue
        if not (_shows(one.element) or _comes_back(one)):
            continue
        if is_loading(one.element) or (_is_operated(one.element) and not drawn):
            continue
        blamed |= {element.number, around}
        yield needs_review(
            element,
            "It changes by itself, and nothing is seen that stops it.",
            measured=f"{one.count} changes in {seen.milliseconds / 1000:.1f} s: "
            + ", ".join(one.what),
            needed="at most 5 s, or a way to pause, stop or hide it",
        )
    for element in seen.called:
        known = {element.number, *(around.number for around in element.ancestors())}
        if plays_by_attribute(element) and not known & blamed:
            blamed.add(element.number)
            yield needs_review(element, "Its markup says that it moves by itself.")
        elif seen.slow and not known & blamed:
            blamed.add(element.number)
            yield needs_review(
                element,
                "A script of the page repeats something, and this seems to be what it moves.",
                measured=f"every {seen.slow:g} s",
            )


def _carousel(element: Element, called: object) -> Element | None:
    around = [element, *element.ancestors()]
    inside = [one for one in around if isinstance(called, list) and one in called]
    return inside[-1] if inside else None


def _shows(element: Element) -> bool:
    if element.tag in ("body", "html", "head", "main") or not element.rendered:
        return False
    return element.exposed and (element.box.area >= _SEEN or bool(element.text))


def _comes_back(one: Changed) -> bool:
    """Whether a text was away when the page was measured, and is shown again by a timer."""
    parent = one.element.parent
    away = not one.element.rendered and bool(one.element.text)
    there = parent is not None and parent.exposed
    return away and there and one.ticked > 0 and (one.shown or bool(one.flips))


def _is_operated(element: Element) -> bool:
    return element.closest("input", "textarea", "select", "video", "audio", "canvas") is not None


# Flashes. ---------------------------------------------------------------------------------------


@check(
    "flashes",
    criteria=["2.3.1"],
    title="Something flashes more than three times in a second",
    method="Frames of animated images, and the colours, opacity and visibility that animations "
    "go through, are held against the thresholds of WCAG: pairs of opposing changes of a tenth of "
    "the greatest luminance where the darker is below 0.80, or from and to saturated red; more "
    "than three in a second; on more than a quarter of 341 × 256 CSS px. Fast changes by scripts "
    "of areas that large are for a person.",
    limits="Video, canvas and images of other sites are not measured. An area is taken to be one "
    "piece. Animations without a colour of their own are for a person.",
    fix="Slow it down to three flashes in a second, or leave it out.",
    broken="<style>@keyframes f { 50% { background: #fff } }</style>"
    "<div style='width: 400px; height: 300px; background: #000; animation: f .2s infinite'></div>",
    sound="<style>@keyframes f { 50% { background: #fff } }</style>"
    "<div style='width: 400px; height: 300px; background: #000; animation: f 2s infinite'></div>",
)
def flashes(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    found = page.once(moving)
    for element, animated in found.images:
        area = animated.share * element.box.area
        if area > AREA:
            yield fails(
                element,
                "Its frames flash.",
                measured=f"{animated.flashes} flashes in a second on {area:.0f} px²",
                needed=f"at most {MOST}, or {AREA:.0f} px²",
            )
    for one in found.animations:
        yield from _animated(one, shown)
    for changed in page.once(watched).changed:
        many = _per_second(changed)
        if many > 2 * MOST and _area(changed.element, shown) > AREA:
            yield needs_review(
                changed.element,
                "A script changes it so fast that it may flash.",
                measured=f"{many} changes in a second",
                needed=f"at most {MOST} flashes",
            )


def _per_second(changed: Changed) -> int:
    return rate([time / 1000 for time in changed.flips])


def _area(element: Element, shown: Snapshot) -> float:
    box = element.box
    return min(box.width, shown.viewport[0]) * min(box.height, shown.viewport[1])


def _animated(one: Animation, shown: Snapshot) -> Iterator[Found]:
    element = one.element
    if not element.rendered or _area(element, shown) <= AREA or one.pseudo:
        return
    if one.total is not None and one.total < 0.5:
        return
    lights = _lights(one)
    known = [shade for shade in lights if shade is not None]
    if len(known) < 2:
        return
    series = known + (known[::-1] if one.alternates else [])
    step = one.duration * (2 if one.alternates else 1) / max(1, len(series) - 1)
    rounds = min(200, int(2 / max(step * (len(series) - 1), 0.01)) + 1)
    timed = [
        ((turn * (len(series) - 1) + place) * step, shade)
        for turn in range(rounds)
        for place, shade in enumerate(series)
    ]
    many = rate(moments(timed))
    if many > MOST:
        solid = "backgroundColor" in one.changes or _is_solid(one.own)
        yield (fails if solid else needs_review)(
            element,
            "It flashes.",
            measured=f"{many} flashes in a second on {_area(element, shown):.0f} px²",
            needed=f"at most {MOST}, or {AREA:.0f} px²",
        )


def _is_solid(colour: str) -> bool:
    parsed = parse(colour)
    return parsed is not None and parsed.alpha > 0.9


def _lights(one: Animation) -> list[Light | None]:
    """What the element's ground sends out at each keyframe."""
    ground = parse(one.ground) or Rgba(255, 255, 255)
    own = parse(one.own) or ground
    if values := one.changes.get("backgroundColor"):
        return [_light(parse(value), ground) for value in values]
    if own.alpha == 0:
        own = Rgba(0, 0, 0) if light(*ground[:3]).luminance > 0.5 else Rgba(255, 255, 255)
    if values := one.changes.get("opacity"):
        return [_light(own.faded(_number(value)), ground) for value in values]
    if values := one.changes.get("visibility"):
        return [_light(own.faded(float(value == "visible")), ground) for value in values]
    return []


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 1.0


def _light(colour: Rgba | None, ground: Rgba) -> Light | None:
    return light(*over(colour, ground)[:3]) if colour else None
