"""The catalogues: from ``locale/*.po``, which translators write, to the texts that are built.

``locale/vydno.pot`` is English and says what there is to translate; a language is one more ``.po``
beside it. What is wrong in one stops the build with the file and the line. What CLDR knows of a
language, how it writes percent and which way it runs, comes from there (through Babel) and from
nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from .errors import VydnoError

LOCALE = Path(__file__).parent / "locale"
TEMPLATE = "vydno.pot"
ENGLISH = "en"

_SOURCE = re.compile(r"Source ([\w-]+): (.+)")
_BORROWED = re.compile(r"Percent, direction and name: (\w+)(?:, (.+))?")
_NAMED = re.compile(r"[\w-]+")
_STRING = re.compile(r'(?:msg\w+(?:\[\d+\])?\s+)?"(?:[^"\\]|\\.)*"')
_PLACE = "{}"
# A language that is spoken and not written: its pages say "no", and mean Bokmål.
_MACROLANGUAGES = {"no": "nb"}


@dataclass(frozen=True)
class Language:
    """One catalogue, as it is built.

    ``name`` is its own name for itself, ``direction`` "ltr" or "rtl", ``texts`` key to text, with
    CLDR's percent in it: ``{}`` stands for the number alone. ``sources`` are what its texts rest
    on, by the short names under which the catalogue's entries refer to them.
    """

    tag: str
    name: str
    direction: str
    texts: Mapping[str, str]
    sources: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """What there is to translate: a key, its English text, and the files that say it."""

    key: str
    english: str
    files: tuple[str, ...]


def entries(path: Path = LOCALE / TEMPLATE) -> dict[str, Entry]:
    """The template, key to entry, in the order in which it stands."""
    found: dict[str, Entry] = {}
    for message in _messages(path, _read(path)):
        if not message.context:
            raise _wrong(path, message, f"{message.id!r} has no msgctxt, which is its key")
        files = tuple(str(file) for file, _ in message.locations)
        found[message.context] = Entry(message.context, str(message.id), files)
    return found


def languages(folder: Path = LOCALE) -> dict[str, Language]:
    """Tag to language, English first. Raises VydnoError where a catalogue is not whole."""
    template = entries(folder / TEMPLATE)
    found = {ENGLISH: in_english(template)}
    for path in sorted(folder.glob("*.po")):
        found[path.stem] = _translated(path, template)
    return found


def in_english(template: Mapping[str, Entry]) -> Language:
    """The template as a language."""
    texts = {key: entry.english for key, entry in template.items()}
    return _language(ENGLISH, texts, {"hand": "written for this project"}, Catalog())


def _translated(path: Path, template: Mapping[str, Entry]) -> Language:
    catalog = _read(path)
    if catalog.locale_identifier != path.stem.replace("-", "_"):
        raise VydnoError(
            f"{path.name}:1: the header says Language: {catalog.locale_identifier}; "
            f"the file's name says {path.stem}, and both must say the same."
        )
    sources = dict(_SOURCE.findall(catalog.header_comment))
    texts: dict[str, str] = {}
    for message in _messages(path, catalog):
        entry = template.get(message.context or "")
        for complaint in _complaints(message, entry, sources):
            raise _wrong(path, message, complaint)
        texts[message.context or ""] = str(message.string)
    if missing := [key for key in template if key not in texts]:
        last = len(path.read_text(encoding="utf-8").splitlines())
        raise VydnoError(
            f"{path.name}:{last}: the catalogue ends without {', '.join(missing)}; "
            f"a language has all texts of {TEMPLATE}, or it is not there."
        )
    return _language(path.stem, {key: texts[key] for key in template}, sources, catalog)


def _complaints(message: Message, entry: Entry | None, sources: Mapping[str, str]) -> Iterator[str]:
    if entry is None:
        yield f"there is no text {message.context!r} in {TEMPLATE}"
        return
    text = str(message.string)
    if message.id != entry.english:
        yield f"the English text of {entry.key!r} is now {entry.english!r}; translate that"
    if not text or text != text.strip():
        yield f"the text of {entry.key!r} is empty, or has spaces around it"
    if message.fuzzy:
        yield f"the text of {entry.key!r} is marked fuzzy; check it, and take the mark away"
    if re.findall(r"[{}]+", text) != re.findall(r"[{}]+", entry.english):
        yield f"the text of {entry.key!r} must hold {{}} as often as {entry.english!r}"
    named = [_NAMED.match(comment) for comment in message.user_comments]
    known = [name[0] for name in named if name and name[0] in sources]
    if not known or len(known) < len(named):
        listed = ", ".join(sources) or "none"
        yield (
            f"each comment of {entry.key!r} must begin with a source that the head of the file "
            f"names; there are: {listed}"
        )


def _read(path: Path) -> Catalog:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VydnoError(f"{path.name}:1: the catalogue cannot be read: {error}.") from None
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        # Babel takes what stands between the first sign and the last, quotation marks or not.
        if line.startswith(("msg", '"')) and not _STRING.fullmatch(line.strip()):
            raise VydnoError(
                f"{path.name}:{number}: {line.strip()!r} is no string of gettext; "
                'write it as msgstr "…", with a backslash before a quotation mark in it.'
            )
        if line.startswith("msgctxt") and seen.setdefault(line, number) != number:
            raise VydnoError(
                f"{path.name}:{number}: {line} stands in line {seen[line]} already; keep one."
            )
    try:
        return read_po(text.splitlines(keepends=True), abort_invalid=True)
    except PoFileError as error:
        raise VydnoError(f"{path.name}:{error.lineno + 1}: {error}.") from None
    except (ValueError, LookupError) as error:
        raise VydnoError(f"{path.name}:1: no catalogue of gettext: {error}.") from None


def _messages(path: Path, catalog: Catalog) -> Iterator[Message]:
    for message in catalog:
        if not message.id:
            continue
        if message.pluralizable:
            raise _wrong(path, message, "no text of ours has plural forms")
        yield message


def _wrong(path: Path, message: Message, complaint: str) -> VydnoError:
    return VydnoError(f"{path.name}:{message.lineno}: {complaint}.")


# What CLDR knows


def _language(
    tag: str, texts: Mapping[str, str], sources: Mapping[str, str], catalog: Catalog
) -> Language:
    borrowed = _BORROWED.search(catalog.header_comment)
    lender, name = (borrowed[1], borrowed[2]) if borrowed else (tag, None)
    try:
        locale = Locale.parse(lender, sep="-")
    except (UnknownLocaleError, ValueError):
        raise VydnoError(
            f"{tag}.po:1: CLDR does not know {lender!r}; say whose percent, direction and name to "
            "take in a comment of the head: Percent, direction and name: tr, qırımtatarca."
        ) from None
    percent = percent_pattern(locale)
    return Language(
        tag=tag,
        name=name or locale.get_display_name() or tag,
        direction=locale.text_direction,
        texts={key: text.replace(_PLACE, percent) for key, text in texts.items()},
        sources=sources,
    )


def percent_pattern(locale: Locale) -> str:
    """How a language writes percent, with ``{}`` for the number: "{}%", "{} %", "%{}"."""
    number = re.compile(r"[#0,.]+")
    written: str = locale.percent_formats[None].pattern
    # Babel leaves the sign as the pattern has it; CLDR has another for some scripts.
    sign: str = locale.number_symbols["latn"]["percentSign"]
    return number.sub(_PLACE, written.replace("%", sign))


def other_tags(tags: Mapping[str, object]) -> dict[str, str]:
    """Tags that mean one of these without lying along it: "iw" is "he", "zh-TW" is "zh-Hant".

    By CLDR's aliases of languages and its likely subtags.
    """
    found = {other: tag for other, tag in _MACROLANGUAGES.items() if tag in tags}
    aliases: Mapping[str, str] = get_global("language_aliases")
    found |= {
        old: new for old, new in aliases.items() if new in tags and re.fullmatch("[a-z]{2}", old)
    }
    likely: Mapping[str, str] = get_global("likely_subtags")
    for given, full in likely.items():
        language, _, rest = full.partition("_")
        script = rest.partition("_")[0]
        written = given.replace("_", "-")
        if f"{language}-{script}" in tags and re.fullmatch("[a-z]{2}-[A-Z]{2}", written):
            found[written] = f"{language}-{script}"
    return dict(sorted(found.items()))
