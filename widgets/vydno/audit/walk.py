"""A walk through a page by the Tab key, forward and back: what many checks of the keyboard share.

The page notes by itself what each press did (`keyboard.js`); it is asked once for many presses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .findings import Box
from .page import Page
from .snapshot import Element

KEYBOARD = 'window[Symbol.for("vydno.keyboard")]'
"""What `keyboard.js` left in the page."""
NOWHERE = -1
"""The number of no element: the focus is on the document."""
FOREIGN = 1_000_000
"""From here up: elements that came into the page after it was measured."""
STOPS = 150
"""Presses of Tab at most, forward and back together twice that."""
_BATCH = 30
_TRAPS = 3
_FEW = 20
_INNER_STOPS = 8
_CONTROLS = 12
_COMPOUND = {"date", "datetime-local", "month", "time", "week"}
_FRAMES = ("audio", "embed", "iframe", "object", "video")
_SCRIPT = Path(__file__).with_name("keyboard.js").read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Where the focus was after a press of Tab."""

    at: int
    """Number of the element; NOWHERE, or FOREIGN and up."""
    box: Box | None
    """In CSS px of the page."""
    kind: str
    """Equal for elements that are styled alike, as far as their attributes tell."""
    unseen: str
    """Why it could not be seen while it had the focus; empty when it could."""
    covered: float
    """The share of its points in the window that something floating hides; -1 when none is in
    the window."""
    coverer: int
    changed: Sequence[str] | None
    """The properties by which it looks different with the focus; `None` when nobody knows."""
    ring: Sequence[str]
    """With the focus: its outline, the outline's colour, the colour behind, its shadow."""
    text: bool
    """Whether it shows a caret."""
    prevented: bool
    """Whether a script kept the key from doing what it does."""
    moves: Sequence[int]
    """All elements that had the focus since the press before, in order."""
    gone: Sequence[int]
    """Those of them that are no longer in the page."""
    went: bool
    """Whether the page wanted to go elsewhere meanwhile."""
    did: Sequence[Mapping[str, str]]
    """What else it wanted meanwhile: `{"what": "window", "url": …}`."""


@dataclass(frozen=True, kw_only=True)
class Trap:
    """Elements that Tab does not leave."""

    inside: Sequence[int]
    back: bool
    """Whether Shift+Tab leaves them."""
    escape: bool
    """Whether they can be left after Escape."""
    modal: bool
    """Whether all are in one dialog."""
    buttons: bool
    """Whether a button or a link is among them."""


@dataclass(kw_only=True)
class Walk:
    """Forward from the start of the page, and back from its end."""

    reachable: Sequence[int] = ()
    """What Tab should reach, in document order."""
    hidden: frozenset[int] = frozenset()
    """Those of them that nobody can see without the focus."""
    kinds: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    """Of radio buttons, those that are one stop together."""
    forward: list[Stop] = field(default_factory=list)
    back: list[Stop] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    whole: bool = False
    """Whether it came round to where it began."""

    @property
    def order(self) -> list[Stop]:
        """The stops forward, each once, without those on nothing."""
        found: dict[int, Stop] = {}
        for stop in self.forward:
            if stop.at != NOWHERE:
                found.setdefault(stop.at, stop)
        return list(found.values())


def ask(page: Page, function: str, argument: Any = None) -> Any:
    """Run a function of the scripts here. What goes wrong in it is an error of the check, which
    ends, and not of the page."""
    guarded = f"""async (argument) => {{
      try {{ return [await ({function})(argument), ""]; }}
      catch (error) {{ return [null, String(error)]; }}
    }}"""
    answer, error = page.evaluate(guarded, argument)
    if error:
        raise RuntimeError(error)
    return answer


def prepare(page: Page) -> None:
    """See to it that `keyboard.js` is in the page and the page is measured."""
    _ = page.snapshot
    ask(page, f"() => {{ {_SCRIPT} }}")


def element_of(page: Page, number: int) -> Element | None:
    """The measured element; `None` for nothing and for what came later."""
    elements = page.snapshot.elements
    return elements[number] if 0 <= number < len(elements) else None


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What the page's scripts listen to."""

    by_element: Mapping[int, frozenset[str]]
    """Types of events by number of element: its own listeners, React's and jQuery's included."""
    around: frozenset[str]
    """Of the window and the document."""
    outer: Mapping[int, frozenset[str]]
    """Of what is around each element, the window included."""
    shapes: Mapping[int, int]
    """Of drawings: how many shapes listen to presses and cannot have the focus."""

    def of(self, element: Element) -> frozenset[str]:
        return self.by_element.get(element.number, frozenset())

    def above(self, element: Element) -> frozenset[str]:
        """Of what is around the element."""
        return self.outer.get(element.number, self.around)


def heard(page: Page) -> Heard:
    """What listens to what; ask with `page.once(heard)`."""
    page.once(prepare)
    answer = ask(page, f"() => {KEYBOARD}.survey()")
    by_element = {number: frozenset(types) for number, types in answer["rows"]}
    around = frozenset(answer["around"])
    outer: dict[int, frozenset[str]] = {}
    for element in page.snapshot.elements:
        if element.parent is not None:
            above = outer.get(element.parent.number, around)
            own = by_element.get(element.parent.number, frozenset())
            outer[element.number] = above if own <= above else above | own
    return Heard(by_element=by_element, around=around, outer=outer, shapes=dict(answer["shapes"]))


def walk(page: Page) -> Walk:
    """Walk by Tab, and back by Shift+Tab where that can differ; ask with `page.once(walk)`."""
    page.once(prepare)
    come_back(page)
    ready = ask(page, f"() => {KEYBOARD}.start()")
    found = Walk(
        reachable=[number for number, *_ in ready["reachable"]],
        hidden=frozenset(number for number, _, seen, _ in ready["reachable"] if not seen),
        kinds={number: kind for number, kind, *_ in ready["reachable"]},
        groups={number: group for number, _, _, group in ready["reachable"] if group},
    )
    if found.reachable:
        walker = _Walker(page, found, ready["left"])
        # A script may take the focus back a little later.
        blurs = {"blur", "focusout"} & frozenset().union(*page.once(heard).by_element.values())
        walker.slowly = bool(blurs) and len(found.reachable) <= _FEW
        walker.forward()
        if ready["floats"] or _acts_on_focus(page.once(heard)):
            walker.backward()
        come_back(page)
    ask(page, f"() => {KEYBOARD}.end()")
    return found


def come_back(page: Page) -> None:
    """See to it that the page has the focus, and not the browser's own controls, to which Tab led.

    Firefox draws no `:focus` and tells of none meanwhile, and keeps it so for the next page.
    """
    for pressed in range(_CONTROLS):
        if ask(page, _HAS_FOCUS, pressed > 0):
            return
        page.driver.press("Tab")


# It may come a little later than the press.
_HAS_FOCUS = """async (patient) => {
  for (let left = patient ? 5 : 0; left && !document.hasFocus(); left -= 1)
    await new Promise((done) => setTimeout(done, 20));
  return document.hasFocus();
}"""


def _acts_on_focus(heard: Heard) -> bool:
    """Without a script that minds, back is forward the other way round."""
    acting = {"keydown", "keypress", "keyup", "focus", "focusin", "blur", "focusout"}
    listening = heard.around.union(*heard.by_element.values())
    return bool(listening & acting)


class _Walker:
    """Presses and reads; knows how far it has come."""

    def __init__(self, page: Page, found: Walk, left: int) -> None:
        self.page = page
        self.found = found
        self.left = left
        self.presses = 0
        self.slowly = False
        self.patient = frozenset(number for number in found.reachable if self._has_inner(number))

    def _has_inner(self, number: int) -> bool:
        """Whether Tab stops several times within it: at the parts of a date, at the buttons of a
        player, at what is in a frame."""
        element = element_of(self.page, number)
        if element is None:
            return False
        return element.tag in _FRAMES or element.attributes.get("type", "").lower() in _COMPOUND

    def forward(self) -> None:
        stops, expected = self.found.forward, len(self.found.reachable) + 2
        while self.presses < STOPS:
            fresh = self._press("Tab", min(_BATCH, max(4, expected - len(stops))))
            stops += fresh
            if is_round(stops):
                self.found.whole = True
                return
            cycle = cycle_of(stops, self.patient)
            if cycle and self._outside(cycle):
                if not self._stays("Tab", cycle, stops):
                    continue
                if len(self.found.traps) >= _TRAPS or not self._trap(cycle):
                    return
            elif cycle:
                self.found.whole = True
                return

    def backward(self) -> None:
        ask(self.page, f"() => {KEYBOARD}.leave()")
        trapped = {number for trap in self.found.traps for number in trap.inside}
        self.presses = 0
        stops, expected = self.found.back, len(self.found.reachable) + 2
        while self.presses < min(STOPS, expected + 8):
            stops += self._press("Shift+Tab", min(_BATCH, max(4, expected - len(stops))))
            if is_round(stops):
                return
            cycle = cycle_of(stops, self.patient)
            if cycle:
                if not trapped & set(cycle) and self._outside(cycle):
                    if not self._stays("Shift+Tab", cycle, stops):
                        continue
                    self._trap(cycle, "Tab")
                return

    def _press(self, key: str, times: int) -> list[Stop]:
        if self.slowly:
            for _ in range(times):
                self.page.driver.press(key)
                ask(self.page, f"() => {KEYBOARD}.later()")
        else:
            self.page.driver.press(*[key] * times)
        self.presses += times
        return [self._stop(row) for row in ask(self.page, f"() => {KEYBOARD}.taken()")]

    def _stop(self, row: Mapping[str, Any]) -> Stop:
        went = row["left"] > self.left
        self.left = row["left"]
        box = row.get("box")
        share, coverer = row.get("cover", (-1, NOWHERE))
        return Stop(
            at=row["at"],
            box=Box(x=box[0], y=box[1], width=box[2], height=box[3]) if box else None,
            kind=row.get("kind", ""),
            unseen=row.get("seen", ""),
            covered=share,
            coverer=coverer,
            changed=row.get("changed"),
            ring=row.get("ring", ()),
            text=row.get("text", False),
            prevented=row["prevented"],
            moves=row["moves"],
            gone=row["gone"],
            went=went,
            did=row["did"],
        )

    def _outside(self, cycle: Sequence[int]) -> bool:
        """Whether there is more to reach than what the focus goes round in."""
        groups = {self.found.groups.get(number) for number in cycle} - {None}
        return any(
            number not in cycle and self.found.groups.get(number) not in groups
            for number in self.found.reachable
            if number not in self.found.hidden
        )

    def _stays(self, key: str, cycle: Sequence[int], stops: list[Stop]) -> bool:
        """Whether it really goes on so: a browser that is busy may be late."""
        more = self._press(key, len(cycle) + 2)
        stops += more
        return all(stop.at in cycle for stop in more)

    def _trap(self, cycle: Sequence[int], other: str = "Shift+Tab") -> bool:
        """Try the other ways out, then go on behind it. Says whether there is a behind."""
        inside = set(cycle)
        steps = len(cycle) + 1 + (_INNER_STOPS if inside & self.patient else 0)
        again = self._press(other, steps)
        back = any(stop.at not in inside for stop in again)
        self._enter(cycle[0])
        escaped = self._press("Escape", 1)[-1:] + self._press("Tab", steps)
        escape = any(stop.at not in inside for stop in escaped)
        way = ask(self.page, f"(inside) => {KEYBOARD}.around(inside)", list(cycle))
        self.found.traps.append(
            Trap(
                inside=tuple(cycle),
                back=back,
                escape=escape,
                modal=way["modal"],
                buttons=way["buttons"],
            )
        )
        behind = [number for number in self.found.reachable if number > max(cycle)]
        return bool(behind) and self._enter(behind[0]) not in inside

    def _enter(self, number: int) -> int:
        at: int = ask(self.page, f"(number) => {KEYBOARD}.focus(number)", number)
        return at


def is_round(stops: Sequence[Stop]) -> bool:
    """Whether the focus left the page at its end: it was on elements, then on none, and where the
    browser goes on from there, at an element that it knew."""
    seen: set[int] = set()
    nowhere = False
    for stop in stops:
        if stop.at == NOWHERE:
            nowhere = bool(seen)
        elif nowhere and stop.at in seen:
            return True
        else:
            seen.add(stop.at)
    return nowhere and stops[-1].at == NOWHERE


def cycle_of(stops: Sequence[Stop], patient: Collection[int] = ()) -> list[int]:
    """The elements that the focus went round in at the end, twice at least; a lone one thrice, and
    one with stops of its own within more often."""
    numbers = [stop.at for stop in stops]
    for period in range(1, len(numbers) // 2 + 1):
        tail = numbers[-period:]
        if len(set(tail)) == 1:
            times = _INNER_STOPS + 3 if tail[0] in patient else 3
            if period > 1 or numbers[-times:] != tail * times:
                continue
        if NOWHERE not in tail and tail == numbers[-2 * period : -period]:
            return list(dict.fromkeys(tail))
    return []


def alike(stops: Sequence[Stop]) -> Iterator[tuple[Stop, int]]:
    """The first stop of each kind, and how many there are of it."""
    counts: dict[str, int] = {}
    first: dict[str, Stop] = {}
    for stop in stops:
        counts[stop.kind] = counts.get(stop.kind, 0) + 1
        first.setdefault(stop.kind, stop)
    for kind, stop in first.items():
        yield stop, counts[kind]
