"""The docs say what the data say."""

from __future__ import annotations

from vydno.listen.parts import PACKAGES

from . import reference


def test_the_page_of_transcripts_is_what_the_data_make() -> None:
    assert reference.PAGE.read_text() == reference.page()


def test_the_readme_names_every_package() -> None:
    readme = reference.PAGE.with_name("README.md").read_text()
    assert f"sudo apt-get install {' '.join(PACKAGES)}\n" in readme
