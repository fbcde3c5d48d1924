"""What shows of texts, what lies over what, and which elements are the same after a change."""

from __future__ import annotations

from vydno.audit.findings import Box
from vydno.audit.showing import counterparts, overlaps, showing

from .elements import Tree


def test_a_box_that_hides_what_runs_over_cuts_its_text() -> None:
    tree = Tree()
    box = tree.add("div", (0, 0, 100, 40), parent=tree.body, overflow_x="hidden")
    text = tree.add("p", (0, 10, 300, 20), parent=box, text="A long line")
    cut = showing(tree.snapshot()).cut(text)
    assert cut is not None
    assert (cut.by, cut.sideways, cut.lost, cut.whole) == (box, True, 200, False)


def test_a_line_below_the_box_is_lost_as_a_whole() -> None:
    tree = Tree()
    box = tree.add("div", (0, 0, 300, 40), parent=tree.body, overflow_y="hidden")
    text = tree.add("p", (0, 50, 300, 20), parent=box, text="A line below")
    cut = showing(tree.snapshot()).cut(text)
    assert cut is not None
    assert cut.whole


def test_the_room_for_tails_may_be_cut() -> None:
    tree = Tree()
    box = tree.add("div", (0, 0, 300, 17), parent=tree.body, overflow_y="hidden")
    text = tree.add("p", (0, 0, 300, 20), parent=box, text="A line")
    assert showing(tree.snapshot()).cut(text) is None


def test_absolute_text_leaves_a_box_that_does_not_place_it() -> None:
    tree = Tree()
    box = tree.add("div", (0, 0, 100, 40), parent=tree.body, overflow_x="hidden")
    text = tree.add("p", (0, 10, 300, 20), parent=box, text="A line", position="absolute")
    assert showing(tree.snapshot()).cut(text) is None


def test_absolute_text_is_cut_by_a_box_that_places_it() -> None:
    tree = Tree()
    box = tree.add(
        "div", (0, 0, 100, 40), parent=tree.body, overflow_x="hidden", position="relative"
    )
    text = tree.add("p", (0, 10, 300, 20), parent=box, text="A line", position="absolute")
    assert showing(tree.snapshot()).cut(text) is not None


def test_the_body_gives_its_overflow_to_the_window() -> None:
    tree = Tree()
    tree.body.style = {**tree.body.style, "overflow-x": "hidden"}
    tree.body.box = Box(x=0, y=0, width=500, height=800)
    text = tree.add("p", (0, 0, 900, 20), parent=tree.body, text="Wider than the body")
    assert showing(tree.snapshot()).cut(text) is None
    assert showing(tree.snapshot(viewport=(640, 400))).cut(text) is not None


def test_what_lies_left_of_the_page_is_lost_unless_it_runs_from_the_right() -> None:
    tree = Tree()
    text = tree.add("p", (-100, 0, 300, 20), parent=tree.body, text="Half outside")
    assert showing(tree.snapshot()).cut(text) is not None
    tree.html.style = {**tree.html.style, "direction": "rtl"}
    assert showing(tree.snapshot()).cut(text) is None


def test_texts_in_the_same_place_overlap() -> None:
    tree = Tree()
    first = tree.add("p", (0, 0, 200, 20), parent=tree.body, text="One")
    second = tree.add("p", (100, 5, 200, 20), parent=tree.body, text="Two")
    assert [(one.first, one.second) for one in overlaps(tree.snapshot())] == [(first, second)]


def test_lines_that_merely_touch_do_not_overlap() -> None:
    tree = Tree()
    tree.add("p", (0, 0, 200, 20), parent=tree.body, text="One")
    tree.add("p", (0, 14, 200, 20), parent=tree.body, text="Two")
    assert list(overlaps(tree.snapshot())) == []


def test_what_is_scrolled_out_of_its_box_overlaps_nothing() -> None:
    tree = Tree()
    box = tree.add("div", (0, 0, 200, 40), parent=tree.body, overflow_y="auto")
    tree.add("p", (0, 100, 200, 20), parent=box, text="Scrolled out")
    tree.add("p", (0, 100, 200, 20), parent=tree.body, text="Below the box")
    assert list(overlaps(tree.snapshot())) == []


def test_twenty_thousand_texts_in_one_place_are_given_up_on() -> None:
    tree = Tree()
    for number in range(20_000):
        tree.add("p", (0, 0, 200, 20), parent=tree.body, text=str(number))
    assert len(list(overlaps(tree.snapshot()))) < 20_000


def test_elements_are_told_by_what_they_say_when_a_script_added_some() -> None:
    before, after = Tree(), Tree()
    old = before.add("p", (0, 0, 200, 20), parent=before.body, text="Here before")
    after.add("button", (0, 0, 40, 40), parent=after.body, text="Menu")
    new = after.add("p", (0, 0, 200, 20), parent=after.body, text="Here before")
    known = counterparts(before.snapshot(), after.snapshot())
    assert known[new.number] is old
    assert len(known) == len(before.elements)
