"""A page's styles, and where they stand in it."""

from __future__ import annotations

import pytest
from vydno.lint.lint import Document

from .sources import html, judged


def places(page: str) -> list[tuple[int, int]]:
    return [(found.line, found.column) for found in judged(html(page)).findings]


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("<style>p{font-size:14px}</style>", (1, 20)),
        ("<p>\r\n<style type='text/css'>\r\np{font-size:14px}", (3, 13)),
        ("<svg><style>p{font-size:14px}</style></svg>", (1, 25)),
        ("<p class=a style=' font-size:14px'>", (1, 30)),
        ("<p\nstyle=font-size:14px>", (2, 17)),
        ("<p title='style=font-size:1px' STYLE = \"font-size:14px\">", (1, 51)),
        ("<p a style=font-size:14px style=font-size:15px>", (1, 22)),
        ("<textarea><style></textarea><p style=font-size:14px>", (1, 48)),
        ("<script>'<style>'</script>é<p style=font-size:14px>", (1, 47)),
        ("<p>" + "é" * 11000 + "\n<p style=font-size:14px>", (2, 20)),
    ],
)
def test_a_style_is_found_at_its_place(page: str, place: tuple[int, int]) -> None:
    assert places(page) == [place]


@pytest.mark.parametrize(
    "page",
    [
        "<!-- <style>p{font-size:14px}</style> -->",
        "<textarea><style>p{font-size:14px}</style></textarea>",
        "<script>'<style>p{font-size:14px}</style>'</script>",
        "<style type=text/less>p{font-size:14px}</style>",
        "<style media=print>p{font-size:14px}</style>",
        "<p data-style='font-size:14px'>",
        "",
    ],
)
def test_what_is_no_style_is_let_pass(page: str) -> None:
    assert places(page) == []


def test_the_root_element_has_an_attribute_too() -> None:
    [found] = judged(html("<html style='font-size: 62.5%'><p style='font-size: 14px'>")).findings
    assert found.instead == "1.4rem"


def test_the_sheets_that_it_names_are_known() -> None:
    page = html(
        "<base href='/a/'><link rel='alternate StyleSheet' href=' one.css '><link rel=icon href=x>"
        "<link rel=stylesheet href=two.css media=print><style>@import url('three.css');</style>"
    )
    assert Document.of(page).links == ["/a/one.css", "/a/three.css"]


def test_a_reference_in_an_attribute_puts_the_place_at_its_start() -> None:
    assert places("<p style='color:red;font:14px &quot;A&quot;'>") == [(1, 11)]
