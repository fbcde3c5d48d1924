"""vydno.catalogues: what translators write, and that nothing half done gets past the build."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from vydno import VydnoError, catalogues, cli
from vydno.catalogues import LOCALE, TEMPLATE, entries, languages, percent_pattern

PACKAGE = LOCALE.parent
FILES = sorted(LOCALE.glob("*.po"))
README = (LOCALE / "README.md").read_text(encoding="utf-8")
# A text of its own stands on what its author knows; every other on something published.
BY_HAND = {"en", "uk"}

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The template and one catalogue, to be spoilt."""
    for name in (TEMPLATE, "pl.po"):
        shutil.copy(LOCALE / name, tmp_path)
    return tmp_path


# What there is


@each_file
def test_every_text_of_a_catalogue_names_the_published_term_that_it_rests_on(path: Path) -> None:
    catalog = read_po(path.read_text(encoding="utf-8").splitlines(keepends=True))
    for message in catalog:
        if not message.id or path.stem in BY_HAND:
            continue
        terms = [c for c in message.user_comments if not c.startswith("cldr: ")]
        published = [re.fullmatch(r"[\w-]+: (?:.+ )?→ (.+)", term) or ["", ""] for term in terms]
        parts = [part[1] for part in published] if len(published) > 1 else [published[0][1]]
        said = str(message.string).casefold()
        assert parts
        assert [part for part in parts if part.casefold() not in said] == []


@each_file
def test_pieces_of_a_phrase_and_the_signs_between_them_are_all_of_it(path: Path) -> None:
    """Take the published terms and the place for the number away: CLDR's signs are what is left."""
    catalog = read_po(path.read_text(encoding="utf-8").splitlines(keepends=True))
    if path.stem in {*BY_HAND, "sr-Latn"}:
        return
    for key in ("size", "largest", "smallest"):
        message = next(one for one in catalog if one.context == key)
        left = str(message.string).casefold().replace("{}", "")
        for comment in message.user_comments:
            left = left.replace(comment.partition("→ ")[2].casefold() or "→", "")
        assert re.fullmatch(r"[\s:：՝()（）\u200f\u202f]+", left), left


def test_every_key_is_asked_for_by_the_files_that_it_names() -> None:
    for key, entry in entries().items():
        assert entry.files
        for name in entry.files:
            source = (PACKAGE / name).read_text(encoding="utf-8")
            asked = {"theme_switch", "color_scheme_switch", "contrast_switch"}
            assert key in source or Path(name).stem in asked, (key, name)


def test_no_file_asks_for_a_key_that_the_template_lacks() -> None:
    asked = {
        match[1] or match[2]
        for path in [*PACKAGE.glob("*.jinja"), *PACKAGE.glob("*/*.jinja"), *PACKAGE.glob("*.js")]
        for match in re.finditer(
            r'\btext\((?:lang|[\w.]+), "([\w-]+)"\)|\btext\([^"]*, "([\w-]+)"\)',
            path.read_text(encoding="utf-8"),
        )
    }
    assert len(asked) > 5
    assert asked <= set(entries())


def _in_english(tag: str) -> str | None:
    return Locale.parse(tag, sep="-").get_display_name("en")


def test_the_table_of_languages_is_that_of_the_catalogues() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.+?) \| (.+?) \| (.+?) \|$", README, re.MULTILINE)
    known = languages()
    wanted = {
        tag: (_in_english(tag), one.direction, "; ".join(one.sources.values()))
        for tag, one in known.items()
    }
    assert {tag: tuple(row) for tag, *row in rows} == wanted


# CLDR


@pytest.mark.parametrize(
    ("tag", "pattern"),
    [
        ("uk", "{}%"),
        ("de", "{}\u00a0%"),
        ("tr", "%{}"),
        ("eu", "%\u00a0{}"),
        ("ar", "{}\u200e%\u200e"),
    ],
)
def test_percent_is_that_of_cldr(tag: str, pattern: str) -> None:
    assert percent_pattern(Locale.parse(tag)) == pattern


def test_english_has_percent_too() -> None:
    assert languages()["en"].texts["size"] == "Text size {}%"


# What stops the build

Spoil = Callable[[str], str]


def replacing(old: str, new: str) -> Spoil:
    def spoil(text: str) -> str:
        assert text.count(old) >= 1
        return text.replace(old, new, 1)

    return spoil


LARGER = 'msgctxt "larger"\nmsgid "Larger text"\nmsgstr "Powiększ tekst"\n'
WRONG: dict[str, tuple[Spoil, str]] = {
    "no gettext": (replacing(LARGER, "larger = Powiększ tekst\n"), r"pl\.po:\d+: .+"),
    "an open quotation": (
        replacing('msgstr "Powiększ tekst"', 'msgstr "Powiększ tekst'),
        r"pl\.po:\d+: 'msgstr \"Powiększ tekst' is no string of gettext; write it as .+",
    ),
    "a missing text": (
        replacing(LARGER, ""),
        r"pl\.po:\d+: the catalogue ends without larger; a language has all texts of vydno\.pot, "
        r"or it is not there",
    ),
    "an empty text": (
        replacing('"Powiększ tekst"', '""'),
        r"pl\.po:\d+: the text of 'larger' is empty, or has spaces around it",
    ),
    "spaces": (
        replacing('"Powiększ tekst"', '"Powiększ tekst "'),
        r"pl\.po:\d+: the text of 'larger' is empty, or has spaces around it",
    ),
    "an unknown key": (
        replacing('msgctxt "larger"', 'msgctxt "huge"'),
        r"pl\.po:\d+: there is no text 'huge' in vydno\.pot",
    ),
    "a key twice": (
        lambda text: f"{text}\n{LARGER}",
        r"pl\.po:\d+: msgctxt \"larger\" stands in line \d+ already; keep one",
    ),
    "English of yesterday": (
        replacing('msgid "Larger text"', 'msgid "Bigger text"'),
        r"pl\.po:\d+: the English text of 'larger' is now 'Larger text'; translate that",
    ),
    "fuzzy": (
        replacing(LARGER, f"#, fuzzy\n{LARGER}"),
        r"pl\.po:\d+: the text of 'larger' is marked fuzzy; check it, and take the mark away",
    ),
    "no place for the number": (
        replacing("Rozmiar tekstu: {}", "Rozmiar tekstu"),
        r"pl\.po:\d+: the text of 'size' must hold \{\} as often as 'Text size \{\}'",
    ),
    "a place too many": (
        replacing('"Powiększ tekst"', '"Powiększ {tekst}"'),
        r"pl\.po:\d+: the text of 'larger' must hold \{\} as often as 'Larger text'",
    ),
    "no source": (
        replacing("# chromium: Make Text Larger", "#. chromium: Make Text Larger"),
        r"pl\.po:\d+: each comment of 'larger' must begin with a source .+: chromium, .+",
    ),
    "an unknown source": (
        replacing("# chromium: Make Text Larger", "# somebody: Make Text Larger"),
        r"pl\.po:\d+: each comment of 'larger' must begin with a source .+: chromium, .+",
    ),
    "plural forms": (
        replacing(LARGER, LARGER.replace("msgstr", 'msgid_plural "Larger texts"\nmsgstr[0]')),
        r"pl\.po:\d+: no text of ours has plural forms",
    ),
    "another language": (
        replacing("Language: pl", "Language: cs"),
        r"pl\.po:1: the header says Language: cs; the file's name says pl, .+",
    ),
}


@pytest.mark.parametrize(("spoil", "sentence"), WRONG.values(), ids=WRONG)
def test_a_broken_catalogue_stops_the_build_with_file_and_line(
    folder: Path, spoil: Spoil, sentence: str
) -> None:
    path = folder / "pl.po"
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(VydnoError, match=rf"^{sentence}\.$") as error:
        languages(folder)
    assert "\n" not in str(error.value)


def test_the_line_is_that_of_the_text(folder: Path) -> None:
    path = folder / "pl.po"
    text = path.read_text(encoding="utf-8").replace('msgstr "Powiększ tekst"', 'msgstr ""')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VydnoError) as error:
        languages(folder)
    number = int(re.findall(r"\d+", str(error.value))[0])
    assert text.splitlines()[number - 1] == 'msgid "Larger text"'


def test_bytes_that_are_no_utf_8_are_an_error(folder: Path) -> None:
    (folder / "pl.po").write_bytes("Źle".encode("cp1250"))
    with pytest.raises(VydnoError, match=r"^pl\.po:1: the catalogue cannot be read: .+\.$"):
        languages(folder)


def test_a_language_that_cldr_does_not_know_says_whose_percent_it_borrows(folder: Path) -> None:
    text = (folder / "pl.po").read_text(encoding="utf-8").replace("Language: pl", "Language: tlh")
    (folder / "pl.po").unlink()
    path = folder / "tlh.po"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VydnoError, match=r"^tlh\.po:1: CLDR does not know 'tlh'; say whose .+\.$"):
        languages(folder)
    path.write_text(f"# Percent, direction and name: tr, tlhIngan Hol\n{text}", encoding="utf-8")
    found = languages(folder)["tlh"]
    assert (found.name, found.direction) == ("tlhIngan Hol", "ltr")
    assert found.texts["size"] == "Rozmiar tekstu: %{}"


def test_the_command_says_so_and_exits_with_2(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pl.po").write_text("?", encoding="utf-8")
    broken = languages
    monkeypatch.setattr("vydno.assets.languages", lambda: broken(folder))
    assert cli.main(["build", "--check"]) == 2
    written = capsys.readouterr()
    assert re.fullmatch(r"Error: pl\.po:\d+: .+\.\n", written.err)
    assert written.out == ""


def test_the_template_has_no_key_without_its_name(folder: Path) -> None:
    path = folder / TEMPLATE
    text = path.read_text(encoding="utf-8").replace('msgctxt "larger"\n', "")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VydnoError, match=r"^vydno\.pot:\d+: 'Larger text' has no msgctxt"):
        catalogues.entries(path)
