"""What a control shows as its label, and whether its name says that."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum

from .reading import Reading, is_inline
from .snapshot import Element

_ICON_FONTS = re.compile(r"icon|material|symbol|glyph|font ?awesome|fa-|codicon|entypo|dashicons")
_MOST = 400


class Said(Enum):
    """How much of the visible label the name says."""

    ALL = "all"
    SCATTERED = "scattered"
    """Its words, but not as they stand in the label."""
    SHORTENED = "shortened"
    """The label's words are the starts of words of the name, or parted in another way."""
    NOT = "not"


def label_of(element: Element, reading: Reading) -> str:
    """The text that is seen in the element: no icons of a font, nothing hidden from anybody."""
    return re.sub(r"\s+", " ", "".join(_pieces(element, reading))).strip()


def _pieces(element: Element, reading: Reading) -> Iterator[str]:
    todo: list[str | Element] = list(reversed(_inside(element, reading)))
    length = 0
    while todo and length < _MOST:
        part = todo.pop()
        if isinstance(part, str):
            length += len(part)
            yield part
        elif part.tag == "br":
            yield " "
        elif part.visible and part.exposed and part.tag not in ("select", "textarea", "svg"):
            inside = list(reversed(_inside(part, reading)))
            todo += inside if is_inline(part) else [" ", *inside, " "]


def _inside(element: Element, reading: Reading) -> list[str | Element]:
    parts = reading.parts(element)
    if _ICON_FONTS.search(element.style.get("font-family", "").lower()):
        return [part for part in parts if not isinstance(part, str)]
    return parts


def says(name: str, label: str) -> Said:
    """Whether the name has the label in it, word by word; case, punctuation, brackets and what
    stands in them do not count."""
    spoken = words(name)
    for shown in {words(label), words(_without_brackets(label)), words(label, join="-‐‑")}:
        for told in (spoken, words(name, join="-‐‑")):
            if not shown or _contains(told, shown):
                return Said.ALL
    shown = words(_without_brackets(label))
    if "".join(shown) in "".join(spoken) and len("".join(shown)) > 3:
        return Said.SHORTENED
    if set(shown) <= set(spoken):
        return Said.SCATTERED
    if all(any(word.startswith(start) for word in spoken) for start in shown):
        return Said.SHORTENED
    return Said.NOT


def words(text: str, *, join: str = "") -> tuple[str, ...]:
    """Its words in small letters; the signs of `join` join what stands beside them."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"['’ʼ`´]", "", text)
    for sign in join:
        text = text.replace(sign, "")
    return tuple(re.findall(r"[^\W_]+", text))


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text)


def _contains(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    starts = range(len(whole) - len(part) + 1)
    return any(whole[start : start + len(part)] == part for start in starts)
