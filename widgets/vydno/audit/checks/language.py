"""Language: whether the one that is declared is the one that is spoken; and its direction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .. import tongues
from ..page import Page
from ..snapshot import Element
from ..speech import Speech, Spoken, declared, parts, spoken
from ..tongues import Verdict
from ..variants import Variant
from ..words import kinds, plain, says
from .check import Found, advice, check, fails, needs_review

_UK = "Ми працюємо щодня з дев'ятої до шостої, а в суботу до обіду. "
_EN = "We are open every day from nine to six, and until noon on Saturdays. "


def _measured(verdict: Verdict, text: str) -> str:
    return f"{verdict.language}, {verdict.sure:.0%} sure: “{text.strip()[:60]}”"


@check(
    "language-of-page-wrong",
    criteria=["3.1.1"],
    title="The page is in another language than it says",
    method="The text without a language of its own, with the page's title, is given to a language "
    "detector. It fails when 300 letters and more are clearly in another language and no block "
    "of it is in the declared one; shorter text is for a person. Code, addresses and names are "
    "left out; regions such as en-GB do not matter.",
    limits="Languages close to each other, such as Czech and Slovak, need more text. A missing "
    "`lang`, or one that is no language, is axe's.",
    fix="Give `<html lang>` the language of most of the page.",
    broken=f'<!doctype html><html lang="en"><title>Розклад</title><p>{_UK * 6}</p></html>',
    sound=f'<!doctype html><html lang="uk"><title>Розклад</title><p>{_UK * 6}</p></html>',
)
def language_of_page_wrong(page: Page, _: Variant) -> Iterator[Found]:
    said = page.once(spoken)
    if said.declared and said.wrong:
        build = fails if said.wrong.certain else needs_review
        text = " ".join(one.text for one in said.speeches)
        yield build(
            "html",
            "The text is in another language than `lang` says, and is read out with its sounds.",
            measured=_measured(said.wrong, text),
            needed=f"text in {said.declared}, or another `lang`",
        )


@check(
    "language-of-passage-unmarked",
    criteria=["3.1.2"],
    title="A passage is in another language than the page and is not marked",
    method="Each block of text, and its sentences and quotations, are given to a language "
    "detector. Long clear ones fail, short ones are for a person. Names, single "
    "words, code and addresses are left out. Names of languages in a list of them count: "
    "«Deutsch» on an English page.",
    limits="Short phrases are missed, and so is Latin, which pages have as filler; loans and "
    "titles may be reported.",
    fix="Put the passage into an element with its `lang`.",
    broken=f"<p>{_EN}</p><p>{_UK * 2}</p>",
    sound=f"<p>{_EN}</p><p lang=uk>{_UK * 2}</p>",
)
def language_of_passage_unmarked(page: Page, _: Variant) -> Iterator[Found]:
    said = page.once(spoken)
    if not said.declared:
        return
    for speech in said.speeches:
        if speech.source and speech.source.tag == "html":
            yield from _passage(speech, said)
    for element in page.snapshot.elements:
        if element.role in _CHOICES and said.languages[element.number] == said.declared:
            yield from _name_of_language(element, said)


_CHOICES = {"link", "option", "menuitem", "button"}


def _passage(speech: Speech, said: Spoken) -> Iterator[Found]:
    element, text = speech.block, speech.text
    verdict = tongues.judge(text, said.declared)
    whole = verdict is not None
    if verdict is None:
        for inside, piece in parts(speech):
            if verdict := tongues.judge(piece, said.declared):
                element, text = inside, piece
                break
    if verdict is None or (said.wrong and verdict.language == said.wrong.language):
        return
    build = fails if verdict.certain and whole else needs_review
    yield build(
        element,
        "The text is in another language than the page, without `lang`.",
        measured=_measured(verdict, text),
        needed=f'lang="{verdict.language}"',
    )


def _name_of_language(element: Element, said: Spoken) -> Iterator[Found]:
    for code in kinds("language-name-").get(plain(element.text), ()):
        if code != tongues.primary(said.declared):
            yield needs_review(
                element,
                "A language is called by its own name, without `lang`.",
                measured=f"“{element.text}”",
                needed=f'lang="{code}"',
            )


@check(
    "language-mark-wrong",
    criteria=["3.1.2"],
    title="A passage is marked as a language that it is not in",
    method="The text of elements with `lang` is given to a language detector. `lang` and "
    "`xml:lang` that differ are reported too.",
    limits="Short phrases and names are not judged. A `lang` that is no language is axe's.",
    fix="Give the language of the text; take the `lang` off where it is the page's.",
    broken=f"<p lang=fr>{_EN}</p>",
    sound="<p lang=fr>Nous sommes ouverts tous les jours de neuf à dix-huit heures.</p>",
)
def language_mark_wrong(page: Page, _: Variant) -> Iterator[Found]:
    said = page.once(spoken)
    for element in page.snapshot.elements[1:]:
        lang, xml = (element.attributes.get(name, "") for name in ("lang", "xml:lang"))
        if lang and xml and tongues.primary(lang) != tongues.primary(xml):
            yield needs_review(
                element, "`lang` and `xml:lang` differ.", measured=f"{lang} and {xml}"
            )
    blamed: set[int] = set()
    for speech in said.speeches:
        source = speech.source
        if source is None or source.tag == "html" or source.number in blamed:
            continue
        verdict = tongues.judge(speech.text, speech.declared)
        if verdict:
            blamed.add(source.number)
            yield (fails if verdict.certain else needs_review)(
                source,
                "The text is in another language than its `lang` says.",
                measured=_measured(verdict, speech.text),
                needed=f"text in {speech.declared}, or another `lang`",
            )


_ATTRIBUTES = ("alt", "title", "aria-label", "aria-description", "placeholder")


@check(
    "language-of-name-unmarked",
    criteria=["3.1.2", "3.1.1"],
    title="A text that is only heard or hovered is in another language",
    method="`alt`, `title`, `aria-label`, `aria-description`, `placeholder`, the captions of "
    "buttons, and the page's title are given to a language detector, and held against the "
    "language of their element. Names in another script count from two words on.",
    limits="Short names are not judged.",
    fix="Translate it; or, where the language is meant, put `lang` on the element.",
    broken="<p>Our team</p><img src='data:,' alt='Троє людей стоять перед будинком'>",
    sound="<p>Our team</p><img src='data:,' alt='Three people stand in front of a house'>",
)
def language_of_name_unmarked(page: Page, _: Variant) -> Iterator[Found]:
    said = page.once(spoken)
    seen: set[tuple[str, str]] = set()
    wrong = said.wrong.language if said.wrong else ""
    if said.declared and not said.wrong:
        verdict = tongues.judge(page.snapshot.title, said.declared)
        if verdict:
            yield needs_review(
                "title",
                "The title is in another language than the page.",
                measured=_measured(verdict, page.snapshot.title),
                criteria=["3.1.1", "3.1.2"],
            )
    for element in page.snapshot.elements:
        language = said.languages[element.number]
        if not language or not element.exposed:
            continue
        for name in _ATTRIBUTES:
            text = element.attributes.get(name, "")
            if len(text) < 8 or (language, text) in seen:
                continue
            seen.add((language, text))
            verdict = tongues.judge(text, language)
            if verdict and verdict.language != wrong:
                yield needs_review(
                    element,
                    f"`{name}` is in another language than the text around it.",
                    measured=_measured(verdict, text),
                    needed=f"text in {language}",
                )


# Direction. -------------------------------------------------------------------------------------


@check(
    "direction-wrong",
    criteria=["1.3.2"],
    title="Text runs in the wrong direction",
    method="Blocks of mostly Arabic or Hebrew letters whose computed direction is from left to "
    "right, and blocks of other letters that run from right to left, from 20 letters on; and "
    "values of `dir` that are none.",
    limits="Where neither punctuation nor figures nor other words stand in the text, it may read "
    "well all the same.",
    fix='Put `dir="rtl"` on `<html>` or on the passage; `dir="auto"` where it is not known.',
    broken="<p lang=ar>مرحبا بكم في موقعنا، نحن نعمل كل يوم من الساعة 9 إلى 6.</p>",
    sound="<p lang=ar dir=rtl>مرحبا بكم في موقعنا، نحن نعمل كل يوم من الساعة 9 إلى 6.</p>",
)
def direction_wrong(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.elements:
        value = element.attributes.get("dir", "auto").strip().lower()
        if value not in ("ltr", "rtl", "auto", ""):
            yield needs_review(
                element, "`dir` has a value that is none.", measured=value, needed="ltr, rtl, auto"
            )
    for speech in page.once(spoken).speeches:
        text = speech.text
        right_to_left = tongues.scripts_in(text)
        letters = right_to_left.total()
        if letters < 20:
            continue
        share = sum(right_to_left[script] for script in tongues.RIGHT_TO_LEFT) / letters
        runs = speech.block.style.get("direction")
        if share > 0.7 and runs == "ltr":
            yield needs_review(
                speech.block,
                "Text that is read from right to left is set from left to right.",
                measured=f"“{text[:40]}”",
                needed="dir=rtl",
            )
        elif share < 0.1 and runs == "rtl":
            yield needs_review(
                speech.block,
                "Text that is read from left to right is set from right to left.",
                measured=f"“{text[:40]}”",
                needed="dir=ltr",
            )


# Letters. ---------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]{3,}")
_MIXED = re.compile(r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]")
_DISGUISED = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9]{3,}")


@check(
    "letters-look-alike",
    criteria=["1.1.1"],
    title="Words are spelt with letters that only look like the right ones",
    method="Words that mix Latin letters into Cyrillic ones that look the same (an English “i” in "
    "a Ukrainian word) or the other way round, and words in mathematical, circled or full-width "
    "letters used as a typeface. They are read out as nonsense, or letter by letter.",
    limits="Words that are joined of both on purpose, with other letters of both, are left out.",
    fix="Spell the word with the letters of its language; style letters by CSS.",
    broken="<p>The 𝓫𝓮𝓼𝓽 bread in town</p>",
    sound="<p>The <i>best</i> bread in town</p>",
)
def letters_look_alike(page: Page, _: Variant) -> Iterator[Found]:
    said = page.once(spoken)
    for element in page.snapshot.elements:
        if not element.text or not element.exposed or not said.languages[element.number]:
            continue
        text = element.text
        if disguised := _DISGUISED.search(text):
            usual = unicodedata.normalize("NFKC", disguised[0])
            yield needs_review(
                element,
                "Signs of mathematics stand for letters.",
                measured=f"{disguised[0]} for “{usual}”",
            )
        elif _MIXED.search(text):
            word = next((one for one in _WORD.findall(text) if _is_disguised(one)), "")
            if word:
                yield needs_review(
                    element,
                    "Latin and Cyrillic letters that look the same are mixed in one word.",
                    measured=f"“{word}”: {_strangers(word)}",
                )


_TWINS = frozenset("aceiopxyABCEHIKMOPTXYсаеіорхуАВСЕНІКМОРТХУ")
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[Ѐ-ӿ]")


def _is_disguised(word: str) -> bool:
    """Whether the letters of one of its scripts all have a twin in the other."""
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    if not latin or not cyrillic:
        return False
    few = min(latin, cyrillic, key=len)
    return len(word) >= 3 and _TWINS.issuperset(few) and not word.isupper()


def _strangers(word: str) -> str:
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    few = latin if len(latin) <= len(cyrillic) else cyrillic
    return ", ".join(f"{letter} is {'Latin' if few is latin else 'Cyrillic'}" for letter in few[:3])


# Abbreviations. ---------------------------------------------------------------------------------

_ABBREVIATION = re.compile(r"(?<![\w.-])[A-ZА-ЯІЇЄҐ]{2,6}(?![\w-])")
_ROMAN = re.compile(r"^[IVXLCDM]+$|^[ІVХ]+$")
_MOST = 10


@check(
    "abbreviation-not-expanded",
    criteria=["3.1.4"],
    title="An abbreviation is never written out",
    method="Words of two to six capitals that stand in the text without `<abbr title>`, without "
    "words in brackets beside them, and that are not commonly known (EU, PDF, США). At most ten "
    "of a page; `<abbr>` without a title counts.",
    limits="Which abbreviations its readers know, only the site can say.",
    fix="Write it out where it stands first: “Town Services Office (TSO)”, or use `<abbr title>`.",
    broken="<p>Send the letter to the TSOV by Friday.</p>",
    sound="<p>Send the letter to the Town Services Office (TSOV) by Friday.</p>",
    advice=True,
)
def abbreviation_not_expanded(page: Page, _: Variant) -> Iterator[Found]:
    said = page.once(spoken)
    whole = " ".join(one.text for one in said.speeches)
    marked = {
        plain(one.text_content)
        for one in page.snapshot.tagged("abbr", "acronym", "dfn")
        if one.attributes.get("title")
    }
    seen: set[str] = set()
    for speech in said.speeches:
        if speech.text.isupper():
            continue
        for found in _ABBREVIATION.finditer(speech.text):
            short = found[0]
            if short in seen or _ROMAN.match(short) or len(seen) >= _MOST:
                continue
            if plain(short) in marked or says("known-abbreviation", short):
                continue
            if re.search(rf"\(\W*{short}\W*\)|\b{short}\W*\([^)]*\w{{4}}", whole):
                continue
            seen.add(short)
            yield advice(speech.block, "The page never says what it stands for.", measured=short)
    for element in page.snapshot.tagged("abbr"):
        if element.exposed and not element.attributes.get("title") and not declared(element):
            short = element.text_content
            if short not in seen and f"({short})" not in whole and len(short) < 10:
                seen.add(short)
                yield advice(element, "It is marked and not expanded.", measured=short)
