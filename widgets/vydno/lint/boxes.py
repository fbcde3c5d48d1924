"""Boxes, adjustments and queries: what cuts grown text off, or refuses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .findings import Finding
from .reporting import at_offset, finding, is_silent
from .sheet import Block, Declaration, Query
from .site import Site
from .sizes import ABSOLUTE, USUAL_ROOT, dimensions, exact, significant, written

_HEIGHTS = ("height", "max-height", "block-size", "max-block-size")
_OVERFLOWS = ("overflow", "overflow-y", "overflow-block")
_LOWEST = 8
"""CSS px: no text fits into less."""
_TALLEST = 400
"""CSS px: what is as high is a frame for pictures or the page's, not a line of text."""
# The last simple selector of a rule that sizes something without text of its own.
_WITHOUT_TEXT = re.compile(
    r"(?:^|[\s>+~&])(?:img|svg|video|audio|canvas|picture|object|embed|iframe|hr|progress|meter|"
    r"input|path|circle|rect)(?![\w-])[^\s>+~]*$"
    r"|::?-(?:webkit|moz|ms)-[\w-]+[^\s>+~]*$|::(?:backdrop|marker)$"
)
_NONE_INSIDE = {"text-indent", "clip", "clip-path"}


def clipped_heights(block: Block) -> Iterator[Finding]:
    """Heights in one rule that hides what does not fit."""
    if not block or block[0].context.printed or block[0].context.animated:
        return
    known = {declaration.name: declaration for declaration in block}
    if not any(_hides(known[name]) for name in _OVERFLOWS if name in known):
        return
    if _holds_no_text(block[0].context.selectors, known):
        return
    for name in _HEIGHTS:
        if name in known and (token := _fixed_height(known[name])) is not None:
            yield _clipped(known[name], token)


def _hides(declaration: Declaration) -> bool:
    words = [token for token in significant(declaration.value) if token.type == "ident"]
    # Two words are those of both axes, the second the vertical one.
    return bool(words) and words[-1].lower_value in ("hidden", "clip")


def _fixed_height(declaration: Declaration) -> Any:
    only = significant(declaration.value)
    if len(only) != 1 or only[0].type != "dimension" or only[0].lower_unit not in ABSOLUTE:
        return None
    try:
        px = exact(only[0])
    except ValueError:
        return None
    return only[0] if _LOWEST <= px <= _TALLEST else None


def _holds_no_text(selectors: Sequence[str], known: dict[str, Declaration]) -> bool:
    if selectors and all(_WITHOUT_TEXT.search(selector) for selector in selectors):
        return True
    if "content" in known and not _says_something(known["content"]):
        return True
    if known.keys() & _NONE_INSIDE:
        return True
    size = known.get("font-size")
    return size is not None and all(
        token.type in ("number", "dimension") and token.value == 0
        for token in significant(size.value)
    )


def _says_something(content: Declaration) -> bool:
    return any(
        token.type != "string" or token.value.strip() for token in significant(content.value)
    )


def _clipped(declaration: Declaration, token: Any) -> Finding:
    rem = f"{written(exact(token) / 16, '0')}rem"
    name = declaration.name
    least = name.replace("max-", "").replace("height", "min-height")
    least = "min-block-size" if "block-size" in name else least
    return finding(
        "height-clips-text",
        declaration,
        f"Text that grows is cut off in a box of {name} {token.representation}{token.unit} that "
        "hides what does not fit",
        at=token,
        instead=f"{name}: {rem}" if name.startswith("max-") else f"{least}: {rem}",
    )


# One declaration. ---------------------------------------------------------------------------------

_ADJUST = {f"{prefix}text-size-adjust" for prefix in ("", "-webkit-", "-moz-", "-ms-")}


def adjustments(declaration: Declaration) -> Iterator[Finding]:
    """`text-size-adjust` that refuses what a system would enlarge."""
    only = significant(declaration.value)
    if declaration.name not in _ADJUST or len(only) != 1:
        return
    token = only[0]
    refused = token.type == "ident" and token.lower_value == "none"
    smaller = token.type == "percentage" and token.value < 100
    if refused or smaller:
        said = "none" if refused else f"{token.representation}%"
        yield finding(
            "text-size-adjust",
            declaration,
            f"`{declaration.name}: {said}` keeps the text small in some browsers, whatever the "
            "visitor sets",
            at=token,
            instead="100%",
        )


def zooms(declaration: Declaration) -> Iterator[Finding]:
    """`zoom` below 1."""
    only = significant(declaration.value)
    if declaration.name != "zoom" or len(only) != 1 or declaration.context.printed:
        return
    token = only[0]
    if token.type not in ("number", "percentage"):
        return
    share = token.value / 100 if token.type == "percentage" else token.value
    if 0 < share < 1:
        yield finding(
            "zoom-shrinks",
            declaration,
            f"`zoom` makes the text {share:g} times as large as the visitor chose",
            at=token,
            instead="1",
        )


def queries(site: Site, query: Query) -> Iterator[Finding]:
    """Widths in a query that do not follow the text's size."""
    for token in _lengths(query.prelude):
        if token.lower_unit not in ABSOLUTE:
            continue
        yield at_offset(
            "media-fixed-width",
            query.sheet.source,
            query.sheet.offset(token),
            f"A query in {token.unit} does not follow the visitor's text size, only the zoom",
            instead=_relative(site, query, token),
            silent=is_silent("media-fixed-width", query.context, query.sheet),
        )


def _relative(site: Site, query: Query, token: Any) -> str:
    """In em, which in a media query is what the visitor has set (Media Queries 5, section 1.3); in
    a container query that is the container's, and rem the root's."""
    unit, root = ("em", USUAL_ROOT) if query.keyword == "media" else ("rem", site.root.px)
    try:
        return f"{written(exact(token) / root, '0')}{unit}" if root else ""
    except ValueError:
        return ""


def _lengths(prelude: Sequence[Any]) -> Iterator[Any]:
    for token in prelude:
        if token.type in ("() block", "function"):
            content = token.content if token.type == "() block" else token.arguments
            words = " ".join(part.lower_value for part in content if part.type == "ident")
            if "width" in words or "inline-size" in words or not words:
                yield from dimensions([part for part in content if part.type == "dimension"])
            yield from _lengths([part for part in content if part.type == "() block"])
