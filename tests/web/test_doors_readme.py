"""What the doors' README shows is what runs, and its tables say what the code does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from vydno import Preferences
from vydno.static import static_dir
from vydno.web import settings
from vydno.web.settings import Settings

README = (Path(settings.__file__).with_name("README.md")).read_text(encoding="utf-8")
EXAMPLES = Path(__file__).parents[1] / "examples"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{re.escape(language)}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def rows(first: str) -> list[list[str]]:
    """The body of the table whose first heading is ``first``."""
    table = re.search(rf"^\| {first} \|.*\n\|[-|]+\n((?:\|.*\n)+)", README, re.MULTILINE)
    assert table, first
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table[1].splitlines()]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("on_*.py")), ids=lambda path: path.stem)
def test_every_example_stands_there_word_for_word(path: Path) -> None:
    assert path.read_text(encoding="utf-8") in blocks("python")


def test_django_s_example_stands_there_in_parts() -> None:
    folder = EXAMPLES / "on_django"
    assert blocks("html+django") == [(folder / "templates/home.html").read_text(encoding="utf-8")]
    written = "".join(
        (folder / name).read_text(encoding="utf-8") for name in ("settings.py", "urls.py")
    )
    shown = [one for one in blocks("python") if "urlpatterns" in one or "INSTALLED_APPS" in one]
    statements = [one for block in shown for one in re.split(r"\n+(?=[A-Za-z])", block.strip())]
    assert len(statements) == 6
    assert [one for one in statements if one not in written] == []


def test_every_setting_is_in_the_table_with_its_default() -> None:
    said = {row[0].strip("`"): row[1].strip("`") for row in rows("setting")}
    functions = said.pop("load`, `store")
    assert (functions, said) == ("", {each.name: str(each.default) for each in fields(Settings)})


def test_the_modules_are_those_of_the_table() -> None:
    said = {row[1].strip("`").rpartition(".")[2] for row in rows("site")}
    assert said == {"asgi", "wsgi", "flask", "django", "install"}


def test_the_attribute_of_a_fixed_page_and_its_script_are_what_they_are_called() -> None:
    (markup,) = blocks("html")
    assert [*Preferences().fixing("theme").attributes.items()] == [("data-vydno-fixed", "theme")]
    assert 'data-vydno-fixed="theme"' in markup
    named = re.findall(r'src="/vydno/([^"]+)"', markup)
    assert all((static_dir() / name).is_file() for name in named)
