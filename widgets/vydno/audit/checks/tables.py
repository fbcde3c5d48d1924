"""Tables: data without headers, layout that pretends to be data, and texts that are tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ..page import Page
from ..reading import Reading, is_inline, read, weight
from ..snapshot import Element
from ..variants import Variant
from ..words import letters, says
from .check import Found, advice, check, fails, needs_review

_BOLD = 600
_WIDEST = 200
"""Columns that are counted; a span may claim more."""


@dataclass(eq=False)
class Table:
    """A `<table>` with its cells in a grid, as HTML forms one."""

    element: Element
    rows: list[list[Element]]
    """The cells that begin in each row."""
    reading: Reading

    @cached_property
    def widths(self) -> list[int]:
        """How many columns each row fills, spans counted."""
        left: Counter[int] = Counter()
        widths = []
        for row in self.rows:
            covered = sum(1 for column in left if left[column] > 0)
            column = 0
            own: list[tuple[int, int]] = []
            for cell in row:
                while left[column] > 0:
                    column += 1
                span, down = _span(cell, "colspan"), _span(cell, "rowspan")
                own += [(column + offset, down) for offset in range(span)]
                column += span
            widths.append(covered + len(own))
            left = Counter({at: number - 1 for at, number in left.items() if number > 1})
            left.update({at: down - 1 for at, down in own if down > 1})
        return widths

    @cached_property
    def cells(self) -> list[Element]:
        return [cell for row in self.rows for cell in row]

    def is_header(self, cell: Element) -> bool:
        return cell.tag == "th" or cell.attributes.get("role") in ("columnheader", "rowheader")

    @cached_property
    def headers(self) -> list[Element]:
        return [cell for cell in self.cells if self.is_header(cell)]

    @cached_property
    def texts(self) -> dict[int, str]:
        return {cell.number: self.reading.text(cell) for cell in self.cells}

    def says(self, cell: Element) -> str:
        return self.texts[cell.number]

    @property
    def is_presentation(self) -> bool:
        return self.element.attributes.get("role", "").strip() in ("presentation", "none")

    @cached_property
    def part(self) -> dict[str, Element]:
        """`caption` and `thead`, where they are."""
        return {child.tag: child for child in reversed(self.element.children)}

    @cached_property
    def looks_like_layout(self) -> bool:
        """One row or one column, or whole blocks of a page in the cells."""
        if len(self.rows) < 2 or max(self.widths, default=0) < 2:
            return True
        large = {"form", "nav", "h1", "h2", "h3", "table", "main", "section", "article", "iframe"}
        blocks = sum(
            any(inside.tag in large for inside in cell.descendants()) for cell in self.cells
        )
        long = sum(len(text) > 250 for text in self.texts.values())
        fields = sum(
            any(inside.tag in ("input", "select", "textarea") for inside in cell.descendants())
            for cell in self.cells
        )
        number = max(1, len(self.cells))
        only_links = sum(
            bool(self.says(cell))
            and any(
                one.tag == "a" and self.reading.text(one) == self.says(cell)
                for one in cell.descendants()
            )
            for cell in self.cells
        )
        pairs_with_fields = max(self.widths) <= 2 and fields * 2.5 >= number
        leads = only_links * 2 > number and not self.headers
        return blocks > 0 or long * 4 > number or pairs_with_fields or leads

    @cached_property
    def is_plainly_data(self) -> bool:
        """Whether the author said so, or its first row or column stands out as headers do."""
        return (
            "caption" in self.part
            or "thead" in self.part
            or self.first_row_stands_out
            or self.is_numeric
        )

    @cached_property
    def first_row_stands_out(self) -> bool:
        first, rest = self.rows[0], [cell for row in self.rows[1:] for cell in row]
        return self._stands_out(first, rest)

    @cached_property
    def first_column_stands_out(self) -> bool:
        first = [row[0] for row in self.rows[1:] if row]
        rest = [cell for row in self.rows[1:] for cell in row[1:]]
        return len(first) > 1 and self._stands_out(first, rest)

    def _stands_out(self, some: Sequence[Element], rest: Sequence[Element]) -> bool:
        spoken = [cell for cell in some if self.says(cell)]
        others = [cell for cell in rest if self.says(cell) and not self.is_header(cell)]
        return (
            len(spoken) > 1
            and bool(others)
            and all(self.is_bold(cell) for cell in spoken)
            and sum(self.is_bold(cell) for cell in others) * 4 < len(others)
        )

    def is_bold(self, cell: Element) -> bool:
        speaking = [one for one in (cell, *cell.descendants()) if one.text and one.rendered]
        return bool(speaking) and all(weight(one) >= _BOLD for one in speaking)

    @cached_property
    def is_numeric(self) -> bool:
        """Whether a column is of numbers below a first cell of words."""
        width = len(self.rows[0])
        for column in range(width):
            below = [self.says(row[column]) for row in self.rows[1:] if len(row) == width]
            worded = letters(self.says(self.rows[0][column])) > 1
            if worded and len(below) > 1 and all(map(_NUMBER.match, below)):
                return True
        return False


_NUMBER = re.compile(r"^[^\w]{0,3}\d[\d\s.,:%/−–-]*\D{0,4}$")


def _span(cell: Element, name: str) -> int:
    value = cell.attributes.get(name, "1").strip()
    return max(1, min(int(value), _WIDEST)) if value.isdecimal() else 1


def _tables(page: Page) -> list[Table]:
    return page.once(_read_tables)


def _read_tables(page: Page) -> list[Table]:
    reading = page.once(read)
    found = []
    for element in page.snapshot.tagged("table"):
        role = element.attributes.get("role", "table").strip()
        if not element.exposed or role not in ("", "table", "presentation", "none", "grid"):
            continue
        rows = [
            [cell for cell in row.children if cell.tag in ("td", "th") and cell.rendered]
            for row in _rows(element)
        ]
        rows = [row for row in rows if row]
        if rows:
            found.append(Table(element=element, rows=rows, reading=reading))
    return found


def _rows(table: Element) -> Iterator[Element]:
    for child in table.children:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child.children if row.tag == "tr")


def _data_tables(page: Page) -> list[Table]:
    return [table for table in _tables(page) if not table.is_presentation]


@check(
    "table-headers-missing",
    criteria=["1.3.1"],
    title="A table of data has no header cells",
    method="Tables of at least two rows and columns without `<th>` or a role of headers. Where "
    "there is a caption or `<thead>`, where the first row alone is bold, or where numbers stand "
    "under words, the table is known to hold data; others are for a person.",
    limits="A table for layout should say so with `role=presentation`.",
    fix="Mark header cells up as `<th scope=col>` and `<th scope=row>`.",
    broken="<table><caption>Fares</caption><tr><td>Zone<td>Price<tr><td>A<td>20</table>",
    sound="<table><caption>Fares</caption><tr><th>Zone<th>Price<tr><td>A<td>20</table>",
)
def table_headers_missing(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        if table.headers or table.looks_like_layout:
            continue
        spoken = sum(bool(text) for text in table.texts.values())
        if spoken < 3:
            continue
        measured = f"{len(table.rows)} rows, {max(table.widths)} columns, no th"
        if table.is_plainly_data:
            yield fails(table.element, "It holds data, and no cell is a header.", measured=measured)
        else:
            yield needs_review(
                table.element, "It may hold data, and no cell is a header.", measured=measured
            )


@check(
    "table-header-not-marked-up",
    criteria=["1.3.1"],
    title="Cells look like headers and are none",
    method="In a table with some `<th>`: the first row, or the first column, is bold where the "
    "rest is not, and made of `<td>`.",
    limits="Bold may be mere emphasis.",
    fix="Mark header cells up as `<th scope=col>` and `<th scope=row>`.",
    broken="<table><tr><th>Day<th>Open<th>Shut<tr><td><b>Monday</b><td>8<td>17<tr><td><b>Friday"
    "</b><td>8<td>16</table>",
    sound="<table><tr><th>Day<th>Open<th>Shut<tr><th>Monday<td>8<td>17<tr><th>Friday<td>8<td>16"
    "</table>",
)
def table_header_not_marked_up(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        if not table.headers or len(table.rows) < 2:
            continue
        column = [row[0] for row in table.rows[1:] if row]
        if table.first_column_stands_out and not any(map(table.is_header, column)):
            yield needs_review(
                column[0], "The first column is bold like headers, and of plain cells."
            )
        first = table.rows[0]
        if table.first_row_stands_out and not any(map(table.is_header, first)):
            yield needs_review(first[0], "The first row is bold like headers, and of plain cells.")


@check(
    "table-header-blank",
    criteria=["1.3.1"],
    title="A header cell is empty",
    method="`<th>` without text or name, but for the corner, where its row or column holds text.",
    limits="Above a column of buttons it may do no harm.",
    fix="Give the header its text, if need be visually hidden; leave `<td>` where it heads "
    "nothing.",
    broken="<table><tr><th>Zone<th></th><tr><td>A<td>20<tr><td>B<td>30</table>",
    sound="<table><tr><td><th>Price<tr><th>A<td>20<tr><th>B<td>30</table>",
)
def table_header_blank(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        for number, row in enumerate(table.rows):
            for place, cell in enumerate(row):
                corner = number == 0 and place == 0 and len(row) > 1
                if not table.is_header(cell) or corner or _has_name(cell, table):
                    continue
                yield needs_review(cell, "It heads a row or a column and says nothing.")


def _has_name(cell: Element, table: Table) -> bool:
    if table.reading.text(cell, exposed=True) or cell.attributes.get("aria-label"):
        return True
    return any(
        inside.tag in ("img", "svg", "input") or inside.attributes.get("aria-label")
        for inside in cell.descendants()
    )


@check(
    "table-scope-missing",
    criteria=["1.3.1"],
    title="It is not said what the header cells of a table head",
    method="Tables with header cells both in the first row and in the first column, or in the "
    "middle, where some of them have neither `scope` nor `headers` that name them.",
    limits="Browsers guess well in simple tables.",
    fix="Write `scope=col` or `scope=row` on every `<th>`; in tables of several levels `headers`.",
    broken="<table><tr><td><th>Open<th>Shut<tr><th>Monday<td>8<td>17<tr><th>Friday<td>8<td>16"
    "</table>",
    sound="<table><tr><td><th scope=col>Open<th scope=col>Shut<tr><th scope=row>Monday<td>8<td>17"
    "<tr><th scope=row>Friday<td>8<td>16</table>",
)
def table_scope_missing(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        loose = [
            cell
            for cell in table.headers
            if cell.tag == "th"
            and not cell.attributes.get("scope")
            and not cell.attributes.get("role")
        ]
        named = {
            name for cell in table.cells for name in cell.attributes.get("headers", "").split()
        }
        loose = [cell for cell in loose if cell.attributes.get("id") not in named]
        places = [
            (row, place)
            for row, cells in enumerate(table.rows)
            for place, cell in enumerate(cells)
            if table.is_header(cell) and cell.closest("tfoot") is None
        ]
        in_column = any(row > 0 and place == 0 for row, place in places)
        in_row = any(row == 0 and place > 0 for row, place in places)
        inside = any(row > 0 and place > 0 for row, place in places)
        if loose and ((in_column and in_row) or inside):
            where = "in rows and in columns" if not inside else "in the middle of the table too"
            yield needs_review(
                table.element,
                f"Header cells stand {where}, and some do not say what they head.",
                measured=f"{len(loose)} of {len(table.headers)} th without scope",
            )


_SCOPES = {"row", "col", "rowgroup", "colgroup"}


@check(
    "table-scope-wrong",
    criteria=["1.3.1"],
    title="The scope of a header cell is none, or points the wrong way",
    method="`scope` with another value than `row`, `col`, `rowgroup` and `colgroup`; `scope=row` "
    "on every cell of a first row of headers, and `scope=col` on a header that begins a row of "
    "data.",
    limits="What a header is meant to head is guessed from where it stands.",
    fix="`scope=col` on what heads a column, `scope=row` on what heads a row.",
    broken="<table><tr><th scope=column>Zone<th scope=column>Price<tr><td>A<td>20<tr><td>B<td>30"
    "</table>",
    sound="<table><tr><th scope=col>Zone<th scope=col>Price<tr><td>A<td>20<tr><td>B<td>30</table>",
)
def table_scope_wrong(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        odd = [cell for cell in table.headers if _scope(cell) not in {"", *_SCOPES}]
        if odd:
            yield needs_review(
                odd[0],
                "No browser knows this scope.",
                measured=f"scope=“{odd[0].attributes['scope']}”",
                needed="row, col, rowgroup or colgroup",
            )
        first, rest = table.rows[0], table.rows[1:]
        if len(first) > 1 and rest and all(_scope(cell) in ("row", "rowgroup") for cell in first):
            yield fails(
                first[0],
                "The first row heads columns, and says that it heads rows.",
                measured="scope=row",
                needed="scope=col",
            )
        for row in rest:
            data = [cell for cell in row[1:] if not table.is_header(cell)]
            if data and len(data) == len(row) - 1 and _scope(row[0]) == "col":
                yield fails(
                    row[0],
                    "It heads a row, and says that it heads a column.",
                    measured="scope=col",
                    needed="scope=row",
                )
                break


def _scope(cell: Element) -> str:
    """In small letters; empty of a cell that is no `<th>`, or has none."""
    return cell.attributes.get("scope", "").strip().lower() if cell.tag == "th" else ""


@check(
    "table-row-empty",
    criteria=["1.3.1", "1.3.2"],
    title="A row or column of a table is empty",
    method="Rows without text, picture or control in a table of data, between rows that have some; "
    "and columns without any, header included, of three rows and more.",
    limits="A form on paper may have rows to fill in.",
    fix="Make space with `padding`; leave empty rows and columns out.",
    broken="<table><tr><th>Zone<th>Price<tr><td>A<td>20<tr><td>&nbsp;<td>&nbsp;<tr><td>B<td>30"
    "</table>",
    sound="<table><tr><th>Zone<th>Price<tr><td>A<td>20<tr><td>B<td></table>",
)
def table_row_empty(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        if table.looks_like_layout or len(table.rows) < 3:
            continue
        blank = [all(_is_blank(cell, table) for cell in row) for row in table.rows]
        inner = [at for at in range(1, len(blank) - 1) if blank[at] and not all(blank[at:])]
        if inner and (row := table.rows[inner[0]][0].parent) is not None:
            yield needs_review(row, "The row holds nothing.", measured=f"{sum(blank)} empty rows")
        width = len(table.rows[0])
        if width < 3 or any(len(row) != width for row in table.rows):
            continue
        for place in range(width):
            if all(_is_blank(row[place], table) for row in table.rows):
                yield needs_review(table.rows[0][place], "The column that it begins holds nothing.")
                break


def _is_blank(cell: Element, table: Table) -> bool:
    return (
        not table.says(cell).strip("\u00a0\u200b ")
        and not _has_name(cell, table)
        and not any(
            inside.tag in ("select", "textarea", "button", "a") for inside in cell.descendants()
        )
        and not cell.before
        and not cell.after
        and "url(" not in cell.style.get("background-image", "")
    )


@check(
    "table-rows-by-breaks",
    criteria=["1.3.1"],
    title="Line breaks make the rows of a table",
    method="A row of a table in which at least two cells hold three lines and more, and as many "
    "lines each, parted by `<br>` or in paragraphs of a few words.",
    limits="Addresses of the same number of lines look like it.",
    fix="Give each line of data a row of its own.",
    broken="<table><tr><th>Zone<th>Price<tr><td>A<br>B<br>C<td>20<br>30<br>40</table>",
    sound="<table><tr><th>Zone<th>Price<tr><td>A<td>20<tr><td>B<td>30<tr><td>C<td>40</table>",
)
def table_rows_by_breaks(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        for row in table.rows:
            counts = Counter(len(_short_lines(cell, table)) for cell in row)
            lines, cells = max(counts.items(), key=lambda found: (found[0] > 2, found[1]))
            if lines > 2 and cells > 1 and cells * 2 >= len(row) and row[0].parent is not None:
                yield needs_review(
                    row[0].parent,
                    "Its cells seem to hold several rows, held together by line breaks alone.",
                    measured=f"{lines} lines in {cells} cells",
                )
                break


def _short_lines(cell: Element, table: Table) -> list[str]:
    """The lines of a cell in which nothing but line breaks and paragraphs part short texts."""
    inside = list(cell.descendants())
    if any(one.tag not in ("br", "p", "b", "strong") for one in inside):
        return []
    if sum(one.tag in ("br", "p") for one in inside) < 2:
        return []  # what CSS stacks, belongs together
    lines = [line for line in table.reading.lines(cell) if line.strip()]
    return lines if all(len(line) <= 30 for line in lines) else []


@check(
    "table-title-in-cell",
    criteria=["1.3.1"],
    title="The title of a table stands in a cell",
    method="The first row is one cell over all columns, headers or bold cells follow in the "
    "second, and there is no `<caption>`.",
    limits="It may be the head of a group of columns.",
    fix="Write the title as `<caption>`.",
    broken="<table><tr><th colspan=2>Fares<tr><th>Zone<th>Price<tr><td>A<td>20</table>",
    sound="<table><caption>Fares</caption><tr><th>Zone<th>Price<tr><td>A<td>20</table>",
)
def table_title_in_cell(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        if "caption" in table.part or len(table.rows) < 3 or len(table.rows[0]) != 1:
            continue
        title, second = table.rows[0][0], table.rows[1]
        if _span(title, "colspan") < 2 or len(second) < 2 or not table.says(title):
            continue
        spoken = [cell for cell in second if table.says(cell)]
        if len(spoken) > 1 and all(table.is_header(one) or table.is_bold(one) for one in spoken):
            yield needs_review(
                title,
                "It seems to be the title, and is met as a cell of data or a header.",
                measured=f"“{table.says(title)[:60]}”",
            )


@check(
    "table-without-data",
    criteria=["1.3.1"],
    title="A table is made of header cells alone",
    method="Tables of two rows or more in which every cell is a `<th>`.",
    limits="A table of two rows may be made of headers on purpose.",
    fix="Mark the cells of data up as `<td>`.",
    broken="<table><tr><th>Zone<th>Price<tr><th>A<th>20</table>",
    sound="<table><tr><th>Zone<th>Price<tr><td>A<td>20</table>",
)
def table_without_data(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        if len(table.rows) > 1 and len(table.headers) == len(table.cells) > 3:
            yield fails(
                table.element,
                "Every cell is a header, so none is told from the data.",
                measured=f"{len(table.cells)} th, no td",
            )


@check(
    "table-caption-missing",
    criteria=["1.3.1"],
    title="A table has no name",
    method="Tables with header cells and no `<caption>`, `aria-label`, `aria-labelledby` or "
    "`title`; "
    "and captions that say nothing.",
    limits="A heading before the table may be enough.",
    fix="Give the table a `<caption>`.",
    broken="<table><tr><th>Zone<th>Price<tr><td>A<td>20</table>",
    sound="<table><caption>Fares</caption><tr><th>Zone<th>Price<tr><td>A<td>20</table>",
)
def table_caption_missing(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        caption = table.part.get("caption")
        text = table.reading.text(caption, exposed=True) if caption else ""
        if caption is not None and (not text or says("vague-heading", text) or _is_numbered(text)):
            yield needs_review(caption, "The caption does not say what the table shows.")
        elif caption is None and table.headers and not _is_named(table.element):
            yield advice(table.element, "Nothing names the table.")


def _is_named(element: Element) -> bool:
    return any(element.attributes.get(name) for name in ("aria-label", "aria-labelledby", "title"))


def _is_numbered(text: str) -> bool:
    """`Table`, `Table 1`, «Таблиця 2»: a number, no name."""
    return bool(
        re.fullmatch(
            r"(?:table|таблиця|таблица|tabelle|tableau|tabela|caption)\W*\d*\W*",
            text.strip(),
            re.IGNORECASE,
        )
    )


@check(
    "table-ragged",
    criteria=["1.3.1"],
    title="The rows of a table are of different lengths",
    method="Rows of a table of data that fill fewer or more columns than most, `colspan` and "
    "`rowspan` counted.",
    limits="A short last row may be meant.",
    fix="Give every row as many cells as there are columns; let a cell that spans several say so.",
    broken="<table><tr><th>A<th>B<th>C<tr><td>1<td>2<td>3<tr><td>1<td>2</table>",
    sound="<table><tr><th>A<th>B<th>C<tr><td>1<td>2<td>3<tr><td colspan=2>1<td>2</table>",
)
def table_ragged(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        if len(table.rows) < 2 or not table.headers:
            continue
        usual = max(table.widths[0], Counter(table.widths).most_common(1)[0][0])
        for row, width in zip(table.rows, table.widths, strict=True):
            if width != usual and row[0].parent is not None:
                yield needs_review(
                    row[0].parent,
                    "The row has another number of columns than the table.",
                    measured=f"{width} columns",
                    needed=f"{usual} columns",
                )
                break


@check(
    "table-nested",
    criteria=["1.3.1"],
    title="A table stands in a table",
    method="`<table>` inside a cell, where neither is `role=presentation`.",
    limits="Tables in a table for layout are known only by its role.",
    fix="Split the data into tables that follow each other; lay pages out with CSS.",
    broken="<table><tr><th>Zone<th>Fares<tr><td>A<td><table><tr><th>Adult<td>20</table></table>",
    sound="<table><tr><th>Zone<th>Adult<tr><td>A<td>20</table>",
)
def table_nested(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        around = table.element.parent.closest("table", "body") if table.element.parent else None
        if around is None or around.tag == "body":
            continue
        if around.attributes.get("role", "").strip() in ("presentation", "none"):
            continue
        in_header = table.element.closest("th")
        if in_header is not None:
            yield fails(table.element, "The table stands in a header cell of another one.")
        else:
            yield needs_review(table.element, "The table stands in a cell of another one.")


@check(
    "table-layout-with-headers",
    criteria=["1.3.1"],
    title="A table for layout is marked up like data",
    method="`role=presentation` on a table that has header cells, a caption, a summary or `scope`, "
    "as failure F46 of WCAG has it; and tables of one row, one column or whole blocks of the page "
    "that have them.",
    limits="Whether a table lays the page out is guessed where no role says so.",
    fix="Lay the page out with CSS; or keep `role=presentation` and use `<td>` alone.",
    broken="<table role=presentation><tr><th>Zone<th>Price<tr><td>A<td>20</table>",
    sound="<table role=presentation><tr><td>Zone<td>Price<tr><td>A<td>20</table>",
)
def table_layout_with_headers(page: Page, _: Variant) -> Iterator[Found]:
    for table in _tables(page):
        traits = _traits(table)
        if table.is_presentation and traits:
            yield fails(
                table.element,
                f"The table is said to be for layout alone, and has {traits}.",
                measured=traits,
            )
        elif traits and table.looks_like_layout and _holds_blocks(table):
            yield needs_review(
                table.element,
                f"The table seems to lay the page out, and has {traits}.",
                measured=traits,
            )


def _traits(table: Table) -> str:
    """The marks of data that it has, in words."""
    marks = {
        "header cells": bool(table.headers),
        "a caption": "caption" in table.part,
        "a summary": bool(table.element.attributes.get("summary", "").strip()),
        "scope or headers": any(
            cell.attributes.get("scope") or cell.attributes.get("headers") for cell in table.cells
        ),
    }
    return ", ".join(mark for mark, there in marks.items() if there)


def _holds_blocks(table: Table) -> bool:
    large = {"form", "nav", "h1", "h2", "h3", "table", "main", "section", "article", "p", "ul"}
    return any(inside.tag in large for cell in table.cells for inside in cell.descendants())


@check(
    "table-for-layout",
    criteria=["1.3.1", "1.3.2"],
    title="A table seems to lay out the page",
    method="Tables without header cells and without `role=presentation` that hold forms, headings, "
    "navigation or long texts, or that have one row or column.",
    limits="It is guessed from what the cells hold.",
    fix="Lay the page out with CSS, or write `role=presentation` on the table.",
    broken="<table><tr><td><nav><a href='/a'>News</a></nav><td><h1>Town</h1></table>",
    sound="<div style='display: flex'><nav><a href='/a'>News</a></nav><main><h1>Town</h1></main>"
    "</div>",
)
def table_for_layout(page: Page, _: Variant) -> Iterator[Found]:
    for table in _data_tables(page):
        if not table.headers and table.looks_like_layout and len(table.cells) > 1:
            yield needs_review(
                table.element,
                "It is met as a table, and seems to hold no data.",
                measured=f"{len(table.rows)} rows, {max(table.widths)} columns",
            )


# Tables that are none. ---------------------------------------------------------------------------

_CODE = re.compile(r"[{};=<>]|^\s*(?:#|//|\$ |def |class |import |return )|\(\)", re.MULTILINE)


@check(
    "table-from-text",
    criteria=["1.3.1", "1.3.2"],
    title="Text is set like a table and is none",
    method="`<pre>` of at least three lines with gaps at the same places; lines parted by tabs of "
    "no-break spaces; and boxes without roles that stand in at least three rows and three columns "
    "of short texts, or that CSS draws as a table.",
    limits="Boxes in columns may be cards that belong to no common column.",
    fix="Use `<table>` with `<th>`.",
    broken="<pre>Zone    Adult   Child\nA       20      10\nB       30      15</pre>",
    sound="<table><tr><th>Zone<th>Adult<tr><td>A<td>20</table>",
)
def table_from_text(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    for pre in shown.tagged("pre"):
        text = reading.raw.get(pre.number, "")
        if pre.exposed and _is_in_columns(text) and not _CODE.search(text):
            yield needs_review(pre, "Spaces set the text in columns.")
    for element in shown.elements:
        if not element.visible or not element.exposed:
            continue
        if element.style.get("display") in ("table", "inline-table", "grid", "flex", "block"):
            rows = _grid(element, reading)
            if rows and not element.closest("table", "form", "nav", "ul", "ol", "dl", "pre", "svg"):
                yield needs_review(
                    element,
                    "Texts stand in rows and columns like a table.",
                    measured=f"{len(rows)} rows, {len(rows[0])} columns",
                )


def _is_in_columns(text: str) -> bool:
    lines = [line.expandtabs() for line in text.splitlines() if line.strip()]
    if len(lines) < 3:
        return False
    places = Counter(
        match.end() for line in lines for match in re.finditer(r"(?<=\S) {2,}(?=\S)", line)
    )
    shared = [place for place, number in places.items() if number >= max(3, len(lines) * 0.6)]
    return bool(shared)


_TABLE_ROLES = {"table", "grid", "treegrid", "presentation", "none", "list", "listbox", "group"}
_TABLE_ROLES |= {"radiogroup", "tablist", "toolbar", "menu", "row", "rowgroup", "img"}


def _grid(element: Element, reading: Reading) -> list[list[Element]]:
    """Rows of cells of an element whose children stand like a table's rows; or nothing."""
    if element.attributes.get("role") in _TABLE_ROLES or element.tag in ("body", "main", "html"):
        return []
    children = [child for child in element.children if child.visible]
    if element.style.get("display") == "grid" and len(children) >= 6:
        rows = _rows_of_cells(children)
        if rows and _stand_in_columns(rows) and _are_short(rows, reading):
            return rows
    drawn = element.style.get("display") in ("table", "inline-table")
    if drawn and len(children) == 1 and children[0].style.get("display") == "table-row-group":
        children = [child for child in children[0].children if child.visible]
    least = 2 if drawn else 3
    if len(children) < least or len({child.tag for child in children}) > 1:
        return []
    rows = [[cell for cell in child.children if cell.visible] for child in children]
    if not drawn and any(is_inline(cell) for row in rows for cell in row):
        return []
    width = len(rows[0])
    if width < least or any(len(row) != width for row in rows):
        return []
    return rows if _stand_in_columns(rows) and _are_short(rows, reading) else []


def _rows_of_cells(cells: Sequence[Element]) -> list[list[Element]]:
    """Rows of three texts and more into which a grid of equal boxes falls; or nothing."""
    if len({cell.tag for cell in cells}) > 1 or any(cell.children for cell in cells):
        return []
    rows: list[list[Element]] = []
    for cell in cells:
        if rows and abs(cell.box.y - rows[-1][0].box.y) < 2:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    even = len({len(row) for row in rows}) == 1
    return rows if even and len(rows) > 2 and len(rows[0]) > 2 else []


def _stand_in_columns(rows: Sequence[Sequence[Element]]) -> bool:
    level = all(
        abs(cell.box.y - row[0].box.y) < max(row[0].box.height, 8) and cell.box.width > 0
        for row in rows
        for cell in row
    )
    below = all(lower[0].box.y >= upper[0].box.bottom - 2 for upper, lower in pairwise(rows))
    columns = all(
        abs(row[place].box.x - rows[0][place].box.x) < 3
        for row in rows
        for place in range(len(row))
    )
    return level and below and columns


def _are_short(rows: Sequence[Sequence[Element]], reading: Reading) -> bool:
    cells = [cell for row in rows for cell in row]
    texts = [reading.text(cell) for cell in cells]
    if any(
        inside.tag in ("img", "input", "select", "textarea", "svg", "button", "h2", "h3", "h4", "p")
        for cell in cells
        for inside in cell.descendants()
    ):
        return False
    return all(len(text) <= 60 for text in texts) and sum(map(bool, texts)) * 4 >= len(texts) * 3
