"""The texts of a page by the language that they are marked to be in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from . import tongues
from .page import Page
from .snapshot import Element
from .tongues import Verdict

_CODE = {"code", "pre", "kbd", "samp", "var", "math", "textarea", "svg"}
_BETWEEN = re.compile(r"(?<=[.!?…»”])\s+(?=[«“„]?[^\W\d_])|\s*[«»“”„]\s*")
_MOST = 1500
"""Texts of a page that are judged; a longer page says the same further on."""


@dataclass(frozen=True, kw_only=True)
class Speech:
    """A block's text in one marked language."""

    block: Element
    """The innermost element that has all of it."""
    texts: Sequence[Element]
    """Those that have it between them."""
    declared: str
    """The value of `lang`; empty where there is none."""
    source: Element | None
    """The element that has the `lang`."""

    @cached_property
    def text(self) -> str:
        """All of it; the order of texts and elements side by side is lost."""
        return " ".join(one.text for one in self.texts)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What a page says, and in which language it was marked."""

    speeches: Sequence[Speech]
    declared: str
    """The page's own."""
    wrong: Verdict | None
    """What is wrong with the page's own language."""
    languages: Sequence[str]
    """Of elements, by their number; empty of what is not to be judged, such as code."""


def spoken(page: Page) -> Spoken:
    """For `page.once`."""
    shown = page.snapshot
    sources: list[Element | None] = []
    coded: list[bool] = []
    blocks: list[Element] = []
    gathered: dict[tuple[int, int], list[Element]] = {}
    for element in shown.elements:
        at = element.parent.number if element.parent else -1
        own = "lang" in element.attributes or "xml:lang" in element.attributes
        sources.append(element if own else sources[at] if at >= 0 else None)
        code = element.tag in _CODE or element.attributes.get("translate") == "no"
        code = code or "notranslate" in element.attributes.get("class", "")
        coded.append(code or (at >= 0 and coded[at]))
        flows = element.style.get("display", "").startswith(("inline", "contents"))
        blocks.append(blocks[at] if at >= 0 and flows and element.tag != "li" else element)
        if element.text and element.exposed and not coded[-1]:
            source = sources[-1]
            key = (blocks[-1].number, source.number if source else -1)
            gathered.setdefault(key, []).append(element)
    speeches = []
    for (_, at), texts in gathered.items():
        source = shown.elements[at] if at >= 0 else None
        speeches.append(
            Speech(
                block=_common(texts),
                texts=texts,
                declared=declared(source),
                source=source,
            )
        )
    page_declared = declared(shown.root)
    return Spoken(
        speeches=speeches[:_MOST],
        declared=page_declared,
        wrong=_page_verdict(speeches, shown.title, page_declared),
        languages=[
            "" if code else declared(source) for source, code in zip(sources, coded, strict=True)
        ],
    )


def declared(source: Element | None) -> str:
    if source is None:
        return ""
    return (source.attributes.get("lang") or source.attributes.get("xml:lang", "")).strip()


def _common(texts: Sequence[Element]) -> Element:
    """The element itself where one has all the text, else the innermost around all of it."""
    first, *others = texts
    if not others:
        return first
    around = [first, *first.ancestors()]
    for other in others[:50]:
        inside = {one.number for one in (other, *other.ancestors())}
        around = [one for one in around if one.number in inside]
    return around[0]


def _page_verdict(speeches: Sequence[Speech], title: str, wanted: str) -> Verdict | None:
    """Judged by all text that has no language of its own, and by the share of its blocks."""
    own = [one for one in speeches if one.source is None or one.source.tag == "html"]
    whole = tongues.judge(" ".join([title, *(one.text for one in own)])[:6000], wanted)
    if whole is None:
        return None
    shares: Counter[str] = Counter()
    for one in own[:300]:
        text = tongues.bare(one.text)
        if len(text) > 20 and (known := tongues.guesses(text)):
            shares[max(known, key=lambda code: known[code])] += len(text)
    most = shares.total() or 1
    if shares and shares[whole.language] / most < 0.6:
        return None
    certain = whole.certain and most >= 300 and shares[tongues.primary(wanted)] / most < 0.1
    return Verdict(language=whole.language, sure=whole.sure, certain=certain)


def parts(speech: Speech) -> Iterator[tuple[Element, str]]:
    """Its phrases, sentences and quotations with their elements, where it has several; each of
    four words and more."""
    if len(speech.texts) > 1:
        yield from ((one, one.text) for one in speech.texts if one.text.count(" ") >= 3)
    for element in speech.texts[:20]:
        pieces = [piece for piece in _BETWEEN.split(element.text) if piece.count(" ") >= 3]
        if len(pieces) > 1 or (pieces and len(pieces[0]) < len(element.text) * 0.9):
            yield from ((element, piece) for piece in pieces[:12])
