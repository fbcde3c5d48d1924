"""The table of options, and where their values come from."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from vydno.audit.click_options import AuditCommand, click_options, help_text
from vydno.audit.config import find, load
from vydno.audit.findings import Outcome
from vydno.audit.option import Group, Option
from vydno.audit.options import Options, table
from vydno.audit.variants import SCALES, Variant, Viewport
from vydno.errors import VydnoError

ROWS = {row.key: row for row in table()}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own, without the configuration of this project or of this machine."""
    monkeypatch.chdir(tmp_path)
    for row in table():
        monkeypatch.delenv(row.environment or "NONE", raising=False)


def configured(text: str, name: str = "vydno-audit.toml", **environ: str) -> Options:
    Path(name).write_text(text, encoding="utf-8")
    return load(environ=environ)


def said(*arguments: str) -> Options:
    """What the command would be told."""
    told: list[Options] = []

    @click.command()
    @click_options
    def audit(options: Options) -> None:
        told.append(options)

    audit.main(list(arguments), standalone_mode=False)
    return told[0]


# The table. -------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", table(), ids=lambda row: row.key)
def test_every_option_is_explained_and_has_a_group(row: Option) -> None:
    assert row.help.endswith(".")
    assert row.group in Group


@pytest.mark.parametrize("row", table(), ids=lambda row: row.key)
def test_every_option_is_in_the_help_of_the_command(row: Option) -> None:
    command = click.command(cls=AuditCommand)(click_options(lambda options: None))  # noqa: ARG005
    shown = CliRunner().invoke(command, ["--help"]).output
    assert row.flag in shown
    assert row.group in shown


@pytest.mark.parametrize("row", table(), ids=lambda row: row.key)
def test_no_option_takes_a_table(row: Option) -> None:
    with pytest.raises(VydnoError, match=row.key if not row.once else "every run"):
        configured(f"[{row.key}]\na = 1")


def test_the_help_of_an_option_says_its_words_and_its_default() -> None:
    assert help_text(ROWS["fail-on"]).endswith(
        "[one of fails, needs-review, advice, never; default: fails]"
    )


@pytest.mark.parametrize("row", [row for row in table() if row.choices], ids=lambda row: row.key)
def test_every_word_that_is_offered_is_taken(row: Option) -> None:
    for word in row.choices:
        row.read(word, where=row.flag, folder=Path())


def test_a_run_that_is_told_nothing_has_one_variant() -> None:
    assert Options().variants == [Variant()]


def test_variants_are_every_combination() -> None:
    options = said("--text-scale", "100,200", "--color-scheme", "all", "--viewport", "320")
    assert len(options.variants) == 4
    assert {variant.viewport for variant in options.variants} == {Viewport(width=320, height=640)}


def test_all_stands_for_every_value_of_a_finite_set() -> None:
    assert said("--text-scale", "all").text_scale == SCALES
    assert said("--theme", "all,default").theme == ("blue", "green", "orange", "red", None)


def test_there_is_no_all_of_an_infinite_set() -> None:
    with pytest.raises(VydnoError, match="--viewport: A viewport is written 1280x800"):
        said("--viewport", "all")


def test_secrets_are_not_in_the_text_of_the_options() -> None:
    options = said("--basic-auth", "ann:hush", "--cookie", "a=hush", "--header", "X-Key: hush")
    assert options.basic_auth == ("ann", "hush")
    assert options.header == (("X-Key", "hush"),)
    assert "hush" not in repr(options)


def test_a_secret_is_not_in_an_error() -> None:
    with pytest.raises(VydnoError, match="--basic-auth must be written user:password") as error:
        said("--basic-auth", "hush")
    assert "hush" not in str(error.value)


@pytest.mark.parametrize(
    "header", ["X-A: b\r\nX-B: c", "no colon", ": empty", "X A: b", "X-A: b\x00"]
)
def test_a_header_that_would_be_two_or_none_is_refused(header: str) -> None:
    with pytest.raises(VydnoError, match="--header must be"):
        said("--header", header)


def test_no_axe_leaves_axe_out_and_a_path_takes_another() -> None:
    Path("axe.min.js").touch()
    assert said().axe is True
    assert said("--no-axe").axe is False
    assert said("--axe", "axe.min.js").axe == Path("axe.min.js")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--workers", "65"], "--workers must be a whole number from 0 to 64; '65' is not."),
        (["--workers", "two"], "--workers must be a whole number"),
        (["--page-timeout", "nan"], "--page-timeout must be seconds, from 1 to 3600"),
        (["--page-timeout", "0"], "--page-timeout must be seconds"),
        (["--crawl", "-1"], "--crawl must be"),
        (["--text-scale", "105"], "90, 100, 110, 125, 150, 175 or 200, or all; '105' is not."),
        (["--theme", "Blue"], "--theme must be the name of a theme"),
        (["--grid", "hub:4444"], "--grid must be an address that starts with http:// or https://"),
        (["--connect", "ws://"], "--connect must be an address"),
        (["--connect", "ws://host:99999"], "--connect must be an address"),
        (["--axe", "none.js"], "--axe: there is no file 'none.js'."),
        (["--html", "."], "--html: '.' is a folder"),
        (["--own-checks", "a-b"], "--own-checks must be the name of a Python module"),
        (["--grid", "http://h", "--connect", "ws://h"], "grid and connect rule each other out"),
        (["--update-baseline"], "update-baseline needs a baseline"),
        (["--resume"], "resume needs json"),
        (["--resume", "--json", "a.json", "--crawl", "5"], "resume and crawl rule each other out"),
        (["--no-axe", "--no-checks"], "there is nothing to look for"),
        (["--rule", "reflow", "--skip-rule", "reflow"], "The rule reflow is both"),
    ],
)
def test_what_cannot_be_is_one_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(VydnoError) as error:
        said(*arguments)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


# The file. --------------------------------------------------------------------------------------


def test_a_file_holds_what_the_command_line_can_say() -> None:
    options = configured(
        """
        targets = ["https://city.example/"]
        text-scale = [100, 200]
        theme = "all"
        forced-colors = ["none", "active"]
        viewport = ["1280x800", 320]
        fail-on = "needs-review"
        axe = false
        workers = 3
        """
    )
    assert options == said(
        "https://city.example/",
        *("--text-scale", "100,200", "--theme", "all", "--forced-colors", "all"),
        *("--viewport", "1280x800", "--viewport", "320", "--fail-on", "needs-review"),
        *("--no-axe", "--workers", "3"),
    )
    assert options.fail_on is Outcome.NEEDS_REVIEW


def test_pyproject_holds_the_same_in_its_table() -> None:
    assert configured("[tool.vydno.audit]\ncrawl = 7", "pyproject.toml").crawl == 7


def test_the_nearest_file_above_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("vydno-audit.toml").write_text("crawl = 1", encoding="utf-8")
    inner = Path("a/b")
    inner.mkdir(parents=True)
    # A pyproject.toml without our table is none of ours.
    Path("a/pyproject.toml").write_text("[project]", encoding="utf-8")
    monkeypatch.chdir(inner)
    assert load(environ={}).crawl == 1


def test_two_files_in_one_folder_are_one_too_many() -> None:
    Path("pyproject.toml").write_text("[tool.vydno.audit]", encoding="utf-8")
    with pytest.raises(VydnoError, match="has both"):
        configured("")


def test_the_command_line_goes_before_the_environment_and_that_before_the_file() -> None:
    Path("vydno-audit.toml").write_text('firefox = "f"\nchromium = "f"\nwebkit = "f"')
    environ = {"VYDNO_FIREFOX": "/e", "VYDNO_CHROMIUM": "/e"}
    options = load({"chromium": "/c"}, environ=environ)
    assert [options.chromium, options.firefox, options.webkit] == [
        Path("/c"),
        Path("/e"),
        Path("f"),
    ]


def test_the_command_line_can_take_back_what_a_file_says() -> None:
    configured("advice = true\naxe = false\nchecks = false\npassive = true\nown-checks = 'a'")
    options = said("--no-advice", "--checks")
    assert (options.advice, options.checks, options.passive) == (False, True, True)


def test_who_names_a_target_sets_aside_those_of_the_file() -> None:
    configured('targets = ["https://a.example"]\nsitemap = "https://a.example/s.xml"\ncrawl = 3')
    options = said("https://b.example")
    assert (options.targets, options.sitemap, options.crawl) == (("https://b.example",), (), 3)


def test_paths_of_a_file_start_at_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("site").mkdir()
    Path("below").mkdir()
    Path("checks.py").touch()
    configured('targets = ["site"]\nown-checks = ["checks.py"]\nhtml = "report.html"')
    here = Path.cwd()
    monkeypatch.chdir("below")
    options = load(environ={})
    assert options.targets == (str(here / "site"),)
    assert options.own_checks == (str(here / "checks.py"),)
    assert options.html == here / "report.html"


def test_a_file_takes_secrets_from_the_environment() -> None:
    options = configured('header = ["Authorization: Bearer ${TOKEN}"]', TOKEN="hush")
    assert options.header == (("Authorization", "Bearer hush"),)


def test_a_secret_that_the_environment_lacks_is_named() -> None:
    with pytest.raises(VydnoError, match=r"vydno-audit\.toml: cookie takes TOKEN from the env"):
        configured('cookie = ["a=${TOKEN}"]')


def test_a_login_can_come_from_its_own_variables() -> None:
    environ = {"VYDNO_AUDIT_COOKIE": "a=1\nb=2", "VYDNO_AUDIT_BASIC_AUTH": "ann:p:w"}
    options = load(environ=environ)
    assert options.cookie == (("a", "1"), ("b", "2"))
    assert options.basic_auth == ("ann", "p:w")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("text_scale = 100", "vydno-audit.toml: there is no option 'text_scale'; did you mean"),
        ("colour-scheme = 'dark'", "did you mean 'color-scheme'? There are targets, urls-file,"),
        ("zzz = 1", "vydno-audit.toml: there is no option 'zzz'. There are targets"),
        ("workers = 'two'", "vydno-audit.toml: workers must be a whole number"),
        ("workers = 2.5", "vydno-audit.toml: workers must be"),
        ("workers = true", "vydno-audit.toml: workers must be"),
        ("advice = 'yes'", "vydno-audit.toml: advice must be true or false; 'yes' is not."),
        ("axe = 4", "vydno-audit.toml: axe must be the path of a file; 4 is not."),
        ("theme = [['blue']]", "vydno-audit.toml: theme must be"),
        ("rule = [1]", "vydno-audit.toml: rule must be the id of a rule"),
        ("text-scale = [true]", "vydno-audit.toml: text-scale must be"),
        ("crawl = 1979-05-27", "vydno-audit.toml: crawl must be"),
        ("update-baseline = true", "update-baseline would hold for every run"),
        ("grid = 'http://h'\nwebdriver = true", "The options of vydno-audit.toml count too."),
        ("crawl = ", "vydno-audit.toml is not TOML: "),
    ],
)
def test_a_wrong_file_is_one_sentence_that_names_it_and_the_key(text: str, sentence: str) -> None:
    with pytest.raises(VydnoError) as error:
        configured(text)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_of_windows_and_its_mark_are_read() -> None:
    Path("vydno-audit.toml").write_bytes(b"\xef\xbb\xbfcrawl = 2\r\n")
    assert load(environ={}).crawl == 2


def test_a_file_that_is_no_text_is_said_to_be_none() -> None:
    Path("vydno-audit.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(VydnoError, match="is not TOML"):
        load(environ={})


def test_a_named_pyproject_without_the_table_is_an_error() -> None:
    Path("pyproject.toml").touch()
    with pytest.raises(VydnoError, match=r"has no table \[tool\.vydno\.audit\]"):
        load(file=Path("pyproject.toml"))


def test_no_file_is_no_error() -> None:
    assert find(Path("/")) is None


_VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.floats(), st.text(), st.none()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=4,
)


@given(row=st.sampled_from(table()), value=_VALUES)
def test_any_value_is_either_read_or_one_sentence_that_names_the_option(
    row: Option, value: Any
) -> None:
    said_of_it = row.key
    try:
        row.read(value, where=row.key, folder=Path())
    except VydnoError as error:
        said_of_it = str(error)
    assert said_of_it.startswith(row.key)


def test_toml_has_no_type_that_was_not_thought_of() -> None:
    """So that the property above covers what a file can say, but for dates."""
    parsed = tomllib.loads("a=1\nb=1.5\nc=true\nd='x'\ne=[]\nf={}")
    assert {type(value) for value in parsed.values()} == {int, float, bool, str, list, dict}
