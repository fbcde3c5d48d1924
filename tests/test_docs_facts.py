"""The tables of every document are held against the code, each by a test that ``HELD`` names."""

from __future__ import annotations

import re
from dataclasses import fields
from fnmatch import fnmatch
from math import prod
from pathlib import Path

import pytest
from vydno import PREFERENCES, Preferences
from vydno.preferences import COOKIE, COOKIE_MAX_AGE
from vydno.static import static_dir
from vydno.templating import Macros
from vydno.web.form import FormRequest, answer
from vydno.web.settings import Settings

from demo.documents import Library
from demo.environment import ROOT

TESTS = Path(__file__).parent
PACKAGE = ROOT / "widgets/vydno"
README, WEB = "README.md", "widgets/vydno/web/README.md"
REFERENCE, PRIVACY = "demo/docs/reference.md", "demo/docs/privacy.md"
ACCESSIBILITY = "demo/docs/accessibility.md"

HERE = "test_docs_facts.py"
OF_A_WIDGET = {
    "argument | default | meaning": "test_the_arguments_in_a_readme_are_those_of_the_macro",
    "attribute | meaning": "test_the_attributes_in_a_readme_are_those_that_the_element_reads",
    "event | when": "test_the_events_in_a_readme_are_those_of_the_script",
}
# Document and heads of a table to the test that holds it, or to the reason why none can.
LISTEN = "widgets/vydno/listen/README.md"
HELD: dict[tuple[str, str], str] = {
    (
        README,
        "site | what to write",
    ): f"{HERE}::test_the_lines_for_each_framework_are_those_of_its_door",
    (
        README,
        "preference | attribute | values | absent means",
    ): "test_readme.py::test_the_preferences_are_those_of_the_list",
    (
        README,
        "element | draws | macro",
    ): "test_readme.py::test_every_macro_of_a_control_is_in_the_table",
    (
        README,
        "element | attribute | meaning",
    ): f"{HERE}::test_the_attributes_of_all_elements_are_those_of_their_own_documents",
    (README, "event | when"): f"{HERE}::test_the_events_are_those_that_the_script_sends",
    (
        README,
        "function | does",
    ): "test_readme.py::test_the_functions_are_those_that_the_module_exports",
    (README, "what | how"): f"{HERE}::test_cookie_and_endpoint_are_as_they_are_described",
    (
        README,
        "roles | custom properties",
    ): "test_readme.py::test_the_custom_properties_are_the_roles_of_the_themes",
    (README, "option | for | what is in it"): f"{HERE}::test_the_reports_are_those_of_the_command",
    (README, "file | bytes | limit"): "test_readme.py::test_the_sizes_are_those_of_the_built_files",
    (
        WEB,
        "site | door | install",
    ): "web/test_doors_readme.py::test_the_modules_are_those_of_the_table",
    (
        WEB,
        "setting | default | meaning | Flask | Django",
    ): "web/test_doors_readme.py::test_every_setting_is_in_the_table_with_its_default",
    (
        WEB,
        "page | says | a CDN",
    ): "web/test_caches.py::test_what_a_door_says_to_caches_is_what_the_table_says",
    (
        WEB,
        "when | what happens | why",
    ): "web/test_accounts.py::test_at_sign_out_the_cookie_goes_and_the_account_stays",
    (REFERENCE, "what | where"): "test_docs.py::test_every_link_of_a_document_leads_somewhere",
    (REFERENCE, "file | what it is"): f"{HERE}::test_the_files_are_all_that_are_built",
    (
        REFERENCE,
        "macro | argument | default | meaning",
    ): f"{HERE}::test_the_macros_of_the_page_have_these_arguments",
    (
        REFERENCE,
        "property | of what | without it",
    ): f"{HERE}::test_the_custom_properties_are_those_that_the_controls_read",
    (
        REFERENCE,
        "of `Preferences` | what it is",
    ): f"{HERE}::test_the_members_of_preferences_are_those_of_the_class",
    (
        ACCESSIBILITY,
        "what | how | Chromium | Firefox | WebKit | tests",
    ): f"{HERE}::test_what_was_tested_is_tested_in_the_engines_that_are_named",
    (ACCESSIBILITY, "what | status"): "nothing: it says what was not done",
    (
        "widgets/vydno/audit/checks/README.md",
        "rule | difference",
    ): "audit/checks/test_firefox.py::test_the_docs_name_what_differs",
    (
        "widgets/vydno/bridges/README.md",
        "host | bridge | what to write | bytes, brotli",
    ): "bridges/test_reference.py::test_its_size_is_that_of_the_built_file",
    (
        "widgets/vydno/bridges/README.md",
        "host | elements | pairs | too weak without | too weak | axe without | axe",
    ): "bridges/test_reference.py::test_the_measurement_found_nothing_too_weak_with_a_bridge",
    (
        "widgets/vydno/frontend/README.md",
        "at `file://` | Chromium | Firefox",
    ): "frontend/test_no_server.py::test_what_cannot_work_from_a_file_does_not",
    (
        "widgets/vydno/frontend/README.md",
        "import | brings",
    ): "frontend/test_npm.py::test_every_address_of_the_package_leads_to_a_file",
    (
        "widgets/vydno/hosts/README.md",
        "holds | how to change it",
    ): "hosts/test_hosts.py::test_what_insists_is_changed_by_custom_properties",
    (
        "widgets/vydno/hosts/README.md",
        "host | smallest target | A+ A A− | ring, by pixels | lowest contrast | taken without",
    ): "hosts/test_hosts.py::test_nothing_is_lost_in_any_host",
    (
        "widgets/vydno/hosts/README.md",
        "your root | at 100 % | at 125 %",
    ): "hosts/test_hosts.py::"
    "test_a_root_of_which_nothing_is_said_gets_percent_of_the_visitors_own_size",
    (
        LISTEN,
        "option | meaning",
    ): f"{HERE}::test_the_options_of_listen_are_those_of_the_command",
    (
        LISTEN,
        "what was poor | what was said | tried | said then",
    ): "nothing: it says what was tried before",
    (
        "widgets/vydno/locale/README.md",
        "built | for",
    ): "test_assets.py::test_the_manifest_describes_every_file_that_a_page_loads",
    (
        "widgets/vydno/locale/README.md",
        "tag | language | direction | sources",
    ): "test_catalogues.py::test_the_table_of_languages_is_that_of_the_catalogues",
    (PRIVACY, "what | how it is"): f"{HERE}::test_the_cookie_is_as_the_notice_says",
    (
        "widgets/vydno/lint/README.md",
        "option | what it does",
    ): "lint/test_reference.py::test_every_option_has_a_row_and_every_row_an_option",
    (
        "widgets/vydno/lint/README.md",
        "rule | what is wrong | WCAG | level | `--fix`",
    ): "lint/test_reference.py::test_the_table_of_rules_is_that_of_the_code",
    (
        "widgets/vydno/lint/README.md",
        "package | found | mended",
    ): "lint/test_reference.py::test_every_package_has_a_row_with_what_was_found",
    (
        "widgets/vydno/audit/README.md",
        "command line | in a file | what it does",
    ): "audit/test_reference.py::test_the_files_hold_what_the_code_says",
    (
        "widgets/vydno/audit/checks/README.md",
        "criterion | rule | what is wrong | how it is found | how sure",
    ): "audit/test_reference.py::test_the_files_hold_what_the_code_says",
    (
        "widgets/vydno/listen/TRANSCRIPTS.md",
        "key | said",
    ): "listen/test_reference.py::test_the_page_of_transcripts_is_what_the_data_make",
    ("CONTRIBUTING.md", "where | what"): f"{HERE}::test_the_places_of_the_project_are_there",
    **{
        (f"widgets/vydno/{name}/README.md", heads): f"test_gallery.py::{test}"
        for name in ("text_scale", "theme_switch", "color_scheme_switch", "contrast_switch")
        for heads, test in OF_A_WIDGET.items()
    },
    (
        "widgets/vydno/panel/README.md",
        "argument | default | meaning",
    ): "test_gallery.py::test_the_arguments_in_a_readme_are_those_of_the_macro",
}

TABLE = re.compile(r"^\| (.*) \|\n\|[-|: ]+\|\n((?:\|.*\n)*)", re.MULTILINE)
CELL = re.compile(r"(?<!\\)\|")


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def rows(path: str, heads: str) -> list[list[str]]:
    """The body of a table."""
    (body,) = [body for found, body in TABLE.findall(text(path)) if found == heads]
    return [
        [cell.strip() for cell in CELL.split(row.strip().strip("|"))] for row in body.splitlines()
    ]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_table_is_held_by_a_test() -> None:
    every = {
        (document.path, heads)
        for document in Library().documents
        for heads, _ in TABLE.findall(text(document.path))
    }
    assert every - set(HELD) == set(), "say in HELD which test holds these tables"
    assert set(HELD) - every == set()


@pytest.mark.parametrize("test", sorted({*HELD.values()}))
def test_the_test_that_holds_a_table_is_there(test: str) -> None:
    if not test.startswith("nothing: "):
        file, _, name = test.partition("::")
        assert f"\ndef {name}(" in (TESTS / file).read_text(encoding="utf-8")


# README


def test_the_lines_for_each_framework_are_those_of_its_door() -> None:
    doors = text(WEB)
    said = rows(README, "site | what to write")
    assert len(said) == 6
    for _, line in said:
        for code in codes(line):
            code = code.replace("vydno.templating.install(environment, ", "install(templates, ")
            for word in re.findall(r"[\w.]{4,}", code):
                assert word in doors, (code, word)


def test_the_attributes_of_all_elements_are_those_of_their_own_documents() -> None:
    choice = {"values", "default"}
    heads = "attribute | meaning"
    for element, attribute, _ in rows(README, "element | attribute | meaning"):
        name = codes(attribute)[0] if codes(attribute) else ""
        own = {codes(row[0])[0] for row in rows("widgets/vydno/text_scale/README.md", heads)}
        other = {codes(row[0])[0] for row in rows("widgets/vydno/theme_switch/README.md", heads)}
        match element:
            case "`<text-scale>`":
                assert name in own - other
            case "the others":
                assert name in choice & (other - own)
            case _:
                assert not name or name in own & other


def test_the_events_are_those_that_the_script_sends() -> None:
    script = (PACKAGE / "preferences.js").read_text(encoding="utf-8")
    sent = sorted(set(re.findall(r'"(preference-change\w*)"', script)))
    assert sorted(codes(row[0])[0] for row in rows(README, "event | when")) == sent


def test_cookie_and_endpoint_are_as_they_are_described() -> None:
    said = {row[0]: row[1] for row in rows(README, "what | how")}
    cookie = Preferences.from_cookie("text-scale=125&theme=red").set_cookie(secure=False)
    assert codes(said["cookie"])[0] == cookie.partition(";")[0]
    assert "Domain" not in cookie
    assert all(part in cookie for part in ("Path=/", "SameSite=Lax", f"Max-Age={365 * 86400}"))
    post, *names = codes(said["endpoint"])
    assert post == f"POST {Settings().endpoint}"
    assert names == [*PREFERENCES, "return-to"]
    assert codes(said["`text-scale`"]) == ["larger", "smaller", "reset"]
    sent = FormRequest(
        method="POST",
        content_type="application/x-www-form-urlencoded",
        body=b"text-scale=smaller&text-scale=larger&text-scale=larger&no=thing&return-to=/a",
        host="city.example",
        scheme="http",
        sec_fetch_site="same-origin",
    )
    answered = answer(sent)
    assert (answered.status, dict(answered.headers)["location"]) == (303, "/a")


def test_the_reports_are_those_of_the_command() -> None:
    from vydno.audit.option import Group
    from vydno.audit.options import table

    said = {codes(row[0])[0] for row in rows(README, "option | for | what is in it")}
    reports = {
        f"{option.flag} FILE"
        for option in table()
        if option.group is Group.REPORTS and option.key != "fail-on"
    }
    assert said == reports


def test_the_options_of_listen_are_those_of_the_command() -> None:
    from vydno.listen.command import listen

    said = {codes(row[0])[0].split()[0] for row in rows(LISTEN, "option | meaning")}
    assert said == {max(one.opts, key=len) for one in listen.params if one.opts[0].startswith("-")}


# The reference


def test_the_files_are_all_that_are_built() -> None:
    said = [name for row in rows(REFERENCE, "file | what it is") for name in codes(row[0])]
    files = [path for path in static_dir().rglob("*") if path.is_file()]
    built = [path.relative_to(static_dir()).as_posix() for path in files]
    assert [name for name in built if not any(fnmatch(name, one) for one in said)] == []
    assert [one for one in said if not any(fnmatch(name, one) for name in built)] == []


def test_the_macros_of_the_page_have_these_arguments() -> None:
    macros = Macros()
    said: dict[str, dict[str, str]] = {}
    for macro, argument, default, _ in rows(REFERENCE, "macro | argument | default | meaning"):
        said.setdefault(codes(macro)[0], {})[codes(argument)[0]] = "".join(codes(default))
    drawn = {each for each in macros.names if "label" in getattr(macros, each).arguments}
    assert {*said} == {*macros.names} - drawn
    for name, arguments in said.items():
        assert list(arguments) == list(getattr(macros, name).arguments)
    source = (PACKAGE / "head.jinja").read_text(encoding="utf-8")
    written = re.search(r"macro head\((.*?)\)", source)
    assert written
    assert said["head"] == dict(part.split("=") for part in written[1].split(", "))


def test_the_custom_properties_are_those_that_the_controls_read() -> None:
    css = (static_dir() / "vydno-all.css").read_text(encoding="utf-8")
    read: dict[str, set[str]] = {}
    for name, fallback in re.findall(r"var\((--vydno-[\w-]+),([\w-]+)\)", css):
        read.setdefault(name, set()).add(fallback.lower())
    said = rows(REFERENCE, "property | of what | without it")
    assert {codes(row[0])[0] for row in said} == {*read}
    for name, _, without in said:
        named = {word.lower() for word in codes(without)}
        assert named <= read[codes(name)[0]]


def test_the_members_of_preferences_are_those_of_the_class() -> None:
    said = [codes(row[0])[0] for row in rows(REFERENCE, "of `Preferences` | what it is")]
    names = {re.match(r"\w+|\[", one)[0].replace("[", "__getitem__") for one in said}  # type: ignore[index]
    public = {name for name in dir(Preferences) if not name.startswith("_")}
    assert names == public | {field.name for field in fields(Preferences)} | {"__getitem__"}


# Privacy


def test_the_cookie_is_as_the_notice_says() -> None:
    said = {row[0]: row[1] for row in rows(PRIVACY, "what | how it is")}
    chosen = Preferences.from_cookie(codes(said["what it holds"])[0])
    assert chosen.to_cookie() == codes(said["what it holds"])[0]
    assert codes(said["name"]) == [COOKIE]
    assert said["how long"].startswith("a year")
    assert COOKIE_MAX_AGE == 365 * 86400
    cookie = chosen.set_cookie(secure=True)
    assert "Domain" not in cookie
    assert all(part in cookie for part in ("SameSite=Lax", "Secure"))


def test_there_are_as_many_contents_as_the_notice_says() -> None:
    many = prod(len({*each.values, each.default}) for each in PREFERENCES.values())
    assert f"There are {many} different contents" in text(PRIVACY)


def test_the_scripts_store_nothing_else() -> None:
    """And ask nobody for anything."""
    for path in static_dir().glob("*.js"):
        script = path.read_text(encoding="utf-8")
        found = re.findall(
            r"localStorage|sessionStorage|indexedDB|caches\b|fetch\(|XMLHttpRequest|sendBeacon"
            r"|WebSocket|EventSource|https?:|navigator",
            script.replace("https:", "", script.count('protocol==="https:"')),
        )
        assert found == [], path.name


# Accessibility


def test_what_was_tested_is_tested_in_the_engines_that_are_named() -> None:
    every = rows(ACCESSIBILITY, "what | how | Chromium | Firefox | WebKit | tests")
    assert len(every) > 10
    for what, _, *engines, file in every:
        source = (ROOT / codes(file)[0]).read_text(encoding="utf-8")
        for engine, said in zip(("chromium", "firefox", "webkit"), engines, strict=True):
            # The shared fixture `visitor` is each engine in turn, unless the file has its own.
            shared = "visitor: Visitor" in source and "\ndef visitor(" not in source
            asked = shared or f"{engine}:" in source or f'"{engine}"' in source
            assert asked or said == "—", (what, engine)


def test_the_versions_of_axe_and_of_vydno_are_those_that_are_there() -> None:
    from vydno import __version__
    from vydno.audit import axe

    statement = text(ACCESSIBILITY)
    version = re.search(r"axe v(\d+\.\d+)", axe.script()[:200])
    assert version
    assert f"| axe-core {version[1]} |" in statement
    assert f"version {__version__}." in statement


# Contributing


def test_the_places_of_the_project_are_there() -> None:
    for place, _ in rows("CONTRIBUTING.md", "where | what"):
        path = codes(place)[0].replace("<widget>", "text_scale")
        assert (ROOT / path).exists(), path
