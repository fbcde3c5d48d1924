"""Non-breaking spaces where a careful typesetter puts them."""

from __future__ import annotations

import re

NBSP = "\u00a0"

# What is glued together may be no longer than this, in characters: on a small phone with the text
# at 200 % and WCAG's spacing a line holds hardly more.
_LONGEST = 11

# Words of one or two letters go to the next line with the word that they belong to; the particles
# б, би, ж, же and ли belong to the word before.
_SHORT_WORDS = re.compile(
    r"(?<![\w’-])((?:(?!(?:би?|же?|ли) )[^\W\d_]{1,2} )+)(?=([\w№«“][^\s<-]*))"
)
_DASH = re.compile(r" (?=[–—] )")
# «14 квітня», «№ 3», "1 May", "no. 3" and "A+ A A−" stay whole.
_NUMBER = re.compile(r"(\d) (?=[^\W\d_]{1,7}\b)|(№|\bno\.|A\+|\bA) (?=\d|A\b)")
_TAG = re.compile(r"(<[^>]*>)")


def typeset(text: str) -> str:
    """Put non-breaking spaces into plain text or into HTML, whose tags are left alone."""
    return "".join(
        part if part.startswith("<") else _typeset_words(part) for part in _TAG.split(text)
    )


def _typeset_words(text: str) -> str:
    text = _DASH.sub(NBSP, text)
    text = _NUMBER.sub(lambda match: f"{match[1] or match[2]}{NBSP}", text)
    return _SHORT_WORDS.sub(_glue, text)


def _glue(match: re.Match[str]) -> str:
    """Glue as many of the short words as the length allows, the nearest to the long one first."""
    length, glued = len(match[2]), ""
    loose = match[1].split()
    while loose and length + len(loose[-1]) + 1 <= _LONGEST:
        length += len(loose[-1]) + 1
        glued = loose.pop() + NBSP + glued
    return "".join(f"{word} " for word in loose) + glued
