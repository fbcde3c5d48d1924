"""Mending: the values change, and no other byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vydno.errors import VydnoError
from vydno.lint.fix import changes, diff, write
from vydno.lint.lint import Document
from vydno.lint.source import Kind, Source

from .sources import css, html, judged

_NUMBER = re.compile(
    rb"[+-]?(?:\d*\.)?\d+(?:e[+-]?\d+)?(?:px|pt|pc|in|cm|mm|q|rem|%)", re.IGNORECASE
)


def mended(source: Source, *, line_heights: bool = False, root: int | None = None) -> bytes:
    for change in changes(judged(source, root=root), line_heights=line_heights):
        return change.after
    return source.raw


def fixed(style: str) -> str:
    return mended(css(style)).decode()


# Sheets as people write them, and as nobody would. ------------------------------------------------

_space = st.sampled_from(["", " ", "\t", "\n", "\r\n", "\r", "\f", "/* 14px */", "/**/ "])
_size = st.sampled_from(
    [
        *("14px", "16PX", "+13px", "1.3e1px", "10pt", "1pc", ".5in", "0.5cm", "4.2mm", "20Q"),
        *("1rem", "0", "5vw", "14p\\78", "14px\\9", "calc( 14px +  2px )", "clamp(16px,2vw,32px)"),
        *("var(--a)", "var(--b,14px)", "max(1em , 20px)", "1e9px", "small", "«14px»", "-3px"),
    ]
)
_property = st.sampled_from(
    [
        *("font-size", "FONT-SIZE", "font", "--a", "--b", "line-height", "_font-size", "*zoom"),
        *("fon\\74-size", "margin", "height", "font-family"),
    ]
)
_wrapping = st.sampled_from(["{}", "bold {} a", "{}/1.5 'b 14px'", "{}/20px «c»", "{} !important"])
_selector = st.sampled_from(
    ["p", "html", ":root", "html, p", "a:hover", "@media print", "@media (width>20em)", "№ é", "*"]
)


@st.composite
def declarations(draw: st.DrawFn) -> str:
    space = [draw(_space) for _ in range(4)]
    value = draw(_wrapping).replace("{}", draw(_size))
    end = draw(st.sampled_from([";", ";;", "", "}"]))
    return f"{space[0]}{draw(_property)}{space[1]}:{space[2]}{value}{space[3]}{end}"


@st.composite
def rules(draw: st.DrawFn) -> str:
    inside = "".join(draw(st.lists(declarations(), max_size=4)))
    ending = draw(st.sampled_from(["}", "}\r\n", "} <!--", ""]))
    return f"{draw(_space)}{draw(_selector)}{draw(_space)}{{{inside}{ending}"


_junk = st.text(alphabet="{}()[];:@'\"\\/*-.0123456789pxremé№\r\n\f <!", max_size=12)
_styles = st.lists(rules() | declarations() | _junk, max_size=6).map("".join)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    style = draw(_styles)
    encoding, bom, declared = draw(
        st.sampled_from(
            [
                ("utf-8", b"", ""),
                ("utf-8", b"\xef\xbb\xbf", ""),
                ("windows-1251", b"", '@charset "windows-1251";'),
                ("utf-16-le", b"\xff\xfe", ""),
                ("utf-16-be", b"\xfe\xff", ""),
                ("shift_jis", b"", '@charset "shift_jis";'),
            ]
        )
    )
    kind = draw(st.sampled_from(["css", "style", "attribute"]))
    if kind == "css":
        raw = (declared + style).encode(encoding, "ignore")
        stray = draw(st.sampled_from([b"", b"\xff", b"\x98", b"\x80\x81"]))
        return css(bom + raw + (stray if encoding == "utf-8" else b""))
    if kind == "style":
        return html(f"<p>14px<style>{style}</style><p>font-size:14px".encode("utf-8", "ignore"))
    quote = draw(st.sampled_from(["'", '"', ""]))
    return html(f"<b\r\nstyle ={quote}{style}{quote} title=14px>".encode("utf-8", "ignore"))


def _is_readable(source: Source) -> bool:
    try:
        Document.of(source)
    except VydnoError:
        return False
    return True


_readable = sources().filter(_is_readable)


@given(_readable, st.booleans())
def test_bytes_outside_of_the_replaced_values_stay(source: Source, line_heights: bool) -> None:
    after = mended(source, line_heights=line_heights)
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(source.raw[:2])
    before, after = (
        (
            raw.decode(encoding, "surrogatepass").encode("utf-8", "surrogatepass")
            if encoding
            else raw
        )
        for raw in (source.raw, after)
    )
    assert _NUMBER.sub(b"#", before) == _NUMBER.sub(b"#", after)


@given(_readable, st.booleans())
def test_mending_twice_is_mending_once(source: Source, line_heights: bool) -> None:
    once = mended(source, line_heights=line_heights)
    again = Source(name=source.name, kind=source.kind, raw=once)
    assert mended(again, line_heights=line_heights) == once


@given(_readable)
def test_the_difference_that_is_shown_is_what_is_written(source: Source) -> None:
    for change in changes(judged(source)):
        assert _applied(diff(change), change.source.raw) == change.after


def _applied(patch: bytes, before: bytes) -> bytes:
    """What `patch` makes of a file."""
    lines, out, at = before.split(b"\n"), [], 0
    hunks = re.split(rb"^@@ -(\d+)(?:,\d+)? .*@@\n", patch, flags=re.MULTILINE)[1:]
    for number, body in zip(hunks[::2], hunks[1::2], strict=True):
        start = int(number) - 1
        out += lines[at:start]
        at = start
        for line in body.split(b"\n")[:-1]:
            if line.startswith(b"\\"):
                continue
            if line[:1] in b" -":
                assert lines[at] == line[1:]
                at += 1
            if line[:1] in b" +":
                out.append(line[1:])
    return b"\n".join([*out, *lines[at:]])


# Single cases. ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_stays(encoding: str) -> None:
    before = "p { font-size: 14px } /* її */".encode(encoding)
    assert mended(css(before)) == "p { font-size: 0.875rem } /* її */".encode(encoding)


def test_letters_of_another_encoding_stay() -> None:
    before = '@charset "windows-1251"; p { font: 14px "Її" }'
    after = before.replace("14px", "0.875rem")
    assert mended(css(before.encode("cp1251"))) == after.encode("cp1251")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("p{font-size:14px!important}", "p{font-size:0.875rem!important}"),
        ("p{FONT-SIZE:/*a*/14PX/*b*/}", "p{FONT-SIZE:/*a*/0.875rem/*b*/}"),
        ("p{font:bold.5in a}", "p{font:bold+3rem a}"),
        ("p { font: 12px/18px a }", "p { font: 0.75rem/18px a }"),
        ("html{font-size:62.5%}p{font-size:14px}", "html{font-size:62.5%}p{font-size:1.4rem}"),
        ("html{font-size:10px}p{font-size:14px}", "html{font-size:62.5%}p{font-size:1.4rem}"),
        ("p{content:'14px';font-size:14px}", "p{content:'14px';font-size:0.875rem}"),
        ("p{font-size:14px\\9}", "p{font-size:14px\\9}"),
        ("p{font-size:14p\\78}", "p{font-size:14p\\78}"),
        ("p{padding:14px;height:20px}", "p{padding:14px;height:20px}"),
    ],
)
def test_a_value_is_replaced_in_its_place(before: str, after: str) -> None:
    assert fixed(before) == after


def test_heights_of_lines_are_mended_when_that_is_asked_for() -> None:
    source = css("p { font: 12px/18px a; line-height: 20px }")
    assert (
        mended(source, line_heights=True) == b"p { font: 0.75rem/1.125rem a; line-height: 1.25rem }"
    )


def test_a_root_that_the_user_tells_is_taken() -> None:
    assert mended(css("p{font-size:14px}"), root=10) == b"p{font-size:1.4rem}"


def test_where_the_root_has_several_sizes_nothing_but_the_root_is_mended() -> None:
    style = "html{font-size:16px}@media (width>40em){html{font-size:18px}}p{font-size:14px}"
    result = judged(css(style))
    assert "16px and 18px in different rules" in result.findings[-1].left
    assert fixed(style) == (
        "html{font-size:100%}@media (width>40em){html{font-size:112.5%}}p{font-size:14px}"
    )


def test_a_page_is_mended_in_its_style_element_and_its_style_attributes() -> None:
    page = "<STYLE>\r\np{font-size:14px}\r\n</STYLE><!-- font-size:14px --><p style=font-size:14px>"
    assert mended(html(page)).decode() == (
        "<STYLE>\r\np{font-size:0.875rem}\r\n</STYLE><!-- font-size:14px -->"
        "<p style=font-size:0.875rem>"
    )


def test_an_attribute_with_character_references_is_told_and_left_alone() -> None:
    source = html('<p style="font:14px &quot;A&quot;">')
    [found] = judged(source).findings
    assert found.left
    assert mended(source) == source.raw


def test_a_silenced_rule_is_not_mended() -> None:
    style = "p{font-size:14px/* vydno-lint: ignore text-fixed-size because it is a logo */}"
    assert fixed(style) == style


def test_the_file_is_written_with_its_mode_kept(tmp_path: Path) -> None:
    path = tmp_path / "site.css"
    path.write_bytes(b"p{font-size:14px}")
    path.chmod(0o640)
    source = Source(name="site.css", kind=Kind.CSS, raw=path.read_bytes(), path=path)
    [change] = changes(judged(source))
    write(change)
    assert path.read_bytes() == b"p{font-size:0.875rem}"
    assert path.stat().st_mode & 0o777 == 0o640
