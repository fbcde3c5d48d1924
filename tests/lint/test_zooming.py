"""What `<meta name=viewport>` allows."""

from __future__ import annotations

import pytest

from .sources import html, judged


def told(content: str) -> list[str]:
    page = html(f'<meta name="Viewport" content="{content}">')
    return [found.message for found in judged(page).findings]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("user-scalable=no", "user-scalable=no"),
        ("width=device-width; user-scalable = NO", "user-scalable=no"),
        ("user-scalable=0", "user-scalable=0"),
        ("user-scalable=0.5", "user-scalable=0.5"),
        ("maximum-scale=1", "maximum-scale"),
        ("maximum-scale=4.9", "maximum-scale"),
        ("maximum-scale=no", "maximum-scale"),
        ("minimum-scale=1.5", "minimum-scale"),
    ],
)
def test_what_keeps_from_zooming_is_told(content: str, key: str) -> None:
    [message] = told(content)
    assert key in message


@pytest.mark.parametrize(
    "content",
    [
        "width=device-width, initial-scale=1",
        "interactive-widget=resizes-content, viewport-fit=cover",
        "user-scalable=yes",
        "user-scalable=1",
        "user-scalable=device-width",
        "maximum-scale=5",
        "maximum-scale=-1",
        "minimum-scale=1",
        "minimum-scale=0.5",
        "",
    ],
)
def test_what_lets_zoom_is_let_pass(content: str) -> None:
    assert told(content) == []


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("maximum-scale=1.9", "viewport-scale"),
        ("maximum-scale=2", "viewport-scale-low"),
        ("minimum-scale=2", "viewport-scale-low"),
    ],
)
def test_zooming_to_200_percent_is_what_wcag_asks_for(content: str, rule: str) -> None:
    page = html(f"<meta name=viewport content='{content}'>")
    assert [found.rule for found in judged(page).findings] == [rule]


def test_each_key_is_a_finding_at_its_own_place() -> None:
    page = html('<meta name=viewport content="maximum-scale=1, user-scalable=no">')
    places = {found.column for found in judged(page).findings}
    assert places == {30, 47}


def test_a_comment_before_it_silences_it() -> None:
    comment = "<!-- vydno-lint: ignore viewport-scale because it is a kiosk -->"
    page = html(f"{comment}<meta name=viewport content='user-scalable=no'>")
    assert judged(page).findings == []
