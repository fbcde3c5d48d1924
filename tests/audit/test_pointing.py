"""Which targets are too small and too near to others."""

from __future__ import annotations

from vydno.audit.pointing import too_small

from .elements import Tree


def small(*boxes: tuple[float, float, float, float]) -> list[int]:
    """Places of those of the buttons that are too small."""
    tree = Tree()
    buttons = [tree.add("button", box, parent=tree.body) for box in boxes]
    return [buttons.index(one) for one in too_small(buttons, buttons)]


def test_small_targets_side_by_side_are_too_small() -> None:
    assert small((0, 0, 18, 18), (18, 0, 18, 18)) == [0, 1]


def test_room_around_makes_up_for_size() -> None:
    assert small((0, 0, 18, 18), (24, 0, 18, 18)) == []


def test_a_small_target_at_a_large_one_is_too_small() -> None:
    assert small((0, 0, 18, 18), (20, 0, 100, 44)) == [0]


def test_a_small_target_by_itself_is_not() -> None:
    assert small((0, 0, 5, 5)) == []


def test_a_target_in_another_is_not_too_near_to_it() -> None:
    tree = Tree()
    outer = tree.add("a", (0, 0, 100, 100), parent=tree.body)
    inner = tree.add("button", (10, 10, 10, 10), parent=outer)
    assert list(too_small([outer, inner], [outer, inner])) == []


def test_links_in_a_sentence_may_be_as_low_as_its_lines() -> None:
    tree = Tree()
    text = tree.add("p", (0, 0, 300, 18), parent=tree.body, text="See one and two.")
    links = [
        tree.add("a", (left, 0, 20, 18), parent=text, text="one", display="inline")
        for left in (30, 52)
    ]
    assert list(too_small(links, links)) == []
