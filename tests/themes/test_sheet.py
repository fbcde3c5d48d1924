"""The contact sheet: photographed by Chromium, put together here."""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest
from PIL import Image
from vydno import VydnoError
from vydno.themes import sheet
from vydno.themes.certificate import palettes, summary
from vydno.themes.colour_vision import VISIONS
from vydno.themes.contrast import channels
from vydno.themes.montage import montage
from vydno.themes.pairs import VARIANTS
from vydno.themes.seeds import load
from vydno.themes.solver import build_all

from ..conftest import found

OURS = build_all(load())
TWO = ("blue", "red")


def photograph(names: Sequence[str], page: Path | str | None = None) -> sheet.Shots:
    """In a thread of its own: in this one the run's Playwright is at work already."""
    themes = {name: OURS[name] for name in names}
    address = None if page is None else str(page)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(sheet.photograph, themes, page=address).result()


@pytest.fixture
def chromium_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser of this run; the sheet starts its own, from the same variable."""
    monkeypatch.setenv(sheet.BROWSER_VARIABLE, found("chromium").executable)


@pytest.mark.browser
@pytest.mark.usefixtures("chromium_is_there")
class TestInABrowser:
    def test_every_theme_and_variant_is_seen_in_its_own_colours_by_every_eye(self) -> None:
        shots = photograph(TWO)
        assert set(shots) == set(product(VISIONS, TWO, VARIANTS))
        for theme, variant in product(TWO, VARIANTS):
            accent = palettes()[theme][variant]["accent"]
            assert shots["normal", theme, variant].getpixel((4, 4)) == channels(accent)
            seen = {shots[vision, theme, variant].getpixel((4, 4)) for vision in VISIONS}
            assert len(seen) == len(VISIONS)

    def test_a_page_can_be_named(self, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        page.write_text(
            "<!doctype html><meta http-equiv='Content-Security-Policy' "
            "content=\"default-src 'none'\">"
        )
        shots = photograph(TWO, page)
        surface = palettes()["blue"]["dark"]["surface"]
        assert shots["normal", "blue", "dark"].getpixel((99, 99)) == channels(surface)

    def test_a_page_that_does_not_use_the_roles_is_named(self, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        page.write_text("<!doctype html><html style='background:#fff;color:#000'><p>Hello")
        with pytest.raises(VydnoError, match="looks the same in every theme"):
            photograph(TWO, page)

    @pytest.mark.parametrize("page", ["none.html", "http://127.0.0.1:9/", "nonsense://a"])
    def test_a_page_that_does_not_open_is_named(self, page: str) -> None:
        with pytest.raises(VydnoError, match=f"The page {page} could not be opened"):
            photograph(["red"], page)


@pytest.mark.parametrize("names", [["red"], ["blue", "red"], list(OURS)])
def test_every_picture_has_its_place(names: list[str]) -> None:
    # Each picture in a colour of its own, so that it can be found again.
    keys = list(product(VISIONS, names, VARIANTS))
    shots = {
        key: Image.new("RGB", (200, 180), (place, 255 - place, 99))
        for place, key in enumerate(keys)
    }
    picture = montage(shots, names, summary({name: OURS[name].variants for name in names}))
    seen = {colour for _, colour in picture.getcolors(1 << 24) or []}
    assert {shot.getpixel((0, 0)) for shot in shots.values()} <= seen


def test_a_browser_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(sheet.BROWSER_VARIABLE, "/bin/false")
    with pytest.raises(VydnoError, match="/bin/false does not start as a Chromium"):
        photograph(["red"])


def test_a_machine_without_a_browser_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(sheet.BROWSER_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VydnoError, match=r"-m playwright install chromium`, .* VYDNO_CHROMIUM"):
        sheet.executable(str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("module", "says"), [("PIL", "needs Pillow"), ("playwright.sync_api", "needs Playwright")]
)
def test_what_is_not_installed_is_named(
    module: str, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delitem(sys.modules, "vydno.themes.montage", raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(VydnoError, match=rf'{says}: pip install "vydno\[sheet\]"'):
        sheet.write(OURS, tmp_path / "a.png")
    assert not list(tmp_path.iterdir())
