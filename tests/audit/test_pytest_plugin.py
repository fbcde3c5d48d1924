"""The fixture, the marker and the gathered reports, in runs of pytest within pytest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from ..servers import folder
from ..test_readme import blocks

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.browser

SOUND = """<!doctype html><html lang="en"><head><title>Opening hours of the town hall</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Opening hours</h1><p>We are here from nine to five.</p></main></body></html>"""
WEAK = SOUND.replace("<p>", '<p id="weak" style="color: #999">')
DARK = SOUND.replace(
    "</head>",
    "<style>@media (prefers-color-scheme: dark) { :root { background: #000; color: #333 } }</style>"
    "</head>",
)
CONFTEST = """
import pytest
from playwright.sync_api import sync_playwright
from vydno.browsers import playwright_options

@pytest.fixture(scope="session")
def page():
    with sync_playwright() as playwright:
        options = playwright_options("chromium", playwright.chromium.executable_path)
        browser = playwright.chromium.launch(**options)
        yield browser.new_page(viewport={"width": 700, "height": 500})
        browser.close()
"""


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("site")
    for name, html in (("sound", SOUND), ("weak", WEAK), ("dark", DARK)):
        (place / f"{name}.html").write_text(html, encoding="utf-8")
    with folder(place) as address:
        yield address


@pytest.fixture
def run(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest(CONFTEST)
    pytester.makepyprojecttoml("[tool.vydno.audit]\nchecks = false\n")
    return pytester


def outcome(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    # In a process of its own: a second Playwright has no place in this one's loop.
    plugin = () if installed() else ("-p", "vydno.pytest_plugin")
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", *plugin, *arguments)


def installed() -> bool:
    """Whether pytest finds the plugin by itself, as it does for whoever installs Vydno."""
    return any(one.value == "vydno.pytest_plugin" for one in entry_points(group="pytest11"))


def test_a_sound_page_passes_and_a_weak_one_fails_with_a_list(
    run: pytest.Pytester, site: str
) -> None:
    run.makepyfile(f"""
        def test_sound(page, vydno_audit):
            page.goto("{site}/sound.html")
            assert vydno_audit(page).findings == ()

        def test_weak(page, vydno_audit):
            page.goto("{site}/weak.html")
            vydno_audit(page)
    """)
    result = outcome(run)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*color-contrast*1.4.3*", "*#weak*2.84:1*"])


def test_an_address_needs_no_browser_of_the_tests_own(run: pytest.Pytester, site: str) -> None:
    run.makepyfile(f"""
        import pytest

        @pytest.mark.parametrize("name", ["sound", "weak"])
        def test_page(name, vydno_audit):
            vydno_audit(f"{site}/{{name}}.html")

        def test_nobody_there(vydno_audit):
            vydno_audit("{site}/no-such.html")
    """)
    result = outcome(run)
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["*status 404*"])


def test_a_marker_runs_a_test_in_each_variant(run: pytest.Pytester, site: str) -> None:
    run.makepyfile(f"""
        import pytest

        @pytest.mark.variants(color_scheme=["light", "dark"], text_scale=[100, 200])
        def test_page(page, vydno_audit):
            page.goto("{site}/dark.html")
            vydno_audit(page)
    """)
    result = outcome(run, "-v")
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(["*dark* FAILED*"])


@pytest.mark.parametrize(
    ("marker", "words"),
    [
        ('colour=["red"]', "the marker variants takes browser, viewport"),
        ('color_scheme=["purple"]', "must be default, light or dark"),
    ],
)
def test_a_marker_that_is_wrong_is_told_what_is_right(
    run: pytest.Pytester, marker: str, words: str
) -> None:
    run.makepyfile(f"""
        import pytest

        @pytest.mark.variants({marker})
        def test_page(vydno_audit):
            pass
    """)
    result = outcome(run)
    assert result.ret != 0
    assert words in " ".join(result.outlines)


def test_a_page_is_given_back_as_it_was(run: pytest.Pytester, site: str) -> None:
    run.makepyfile(f"""
        import pytest

        @pytest.mark.variants(theme=["red"], viewport=["320x640"], color_scheme=["dark"])
        def test_page(page, vydno_audit):
            page.goto("{site}/sound.html")
            page.evaluate("document.documentElement.dataset.theme = 'blue'")
            vydno_audit(page)
            assert page.evaluate("innerWidth") == 700
            assert page.evaluate("document.documentElement.dataset.theme") == "blue"
            assert page.evaluate("matchMedia('(prefers-color-scheme: light)').matches")
            page.goto("{site}/weak.html")
            assert page.url.endswith("weak.html")
    """)
    outcome(run).assert_outcomes(passed=1)


def test_options_of_a_test_suite_are_a_fixture_of_its_own(run: pytest.Pytester, site: str) -> None:
    run.makepyfile(f"""
        import pytest
        from vydno.audit.options import Options

        @pytest.fixture(scope="session")
        def vydno_audit_options():
            return Options(checks=False, skip_rule=["color-contrast"])

        def test_page(vydno_audit):
            vydno_audit("{site}/weak.html")
    """)
    outcome(run).assert_outcomes(passed=1)


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["alone", "xdist"])
def test_one_report_tells_of_all_tests(
    run: pytest.Pytester, site: str, workers: list[str], tmp_path: Path
) -> None:
    run.makepyfile(f"""
        import pytest

        @pytest.mark.parametrize("name", ["sound", "weak", "dark"])
        def test_page(name, vydno_audit):
            vydno_audit(f"{site}/{{name}}.html")
    """)
    report = tmp_path / "audit.json"
    outcome(run, *workers, f"--vydno-json={report}").assert_outcomes(passed=2, failed=1)
    told = json.loads(report.read_text(encoding="utf-8"))
    assert sorted(page["url"].rpartition("/")[2] for page in told["pages"]) == [
        "dark.html",
        "sound.html",
        "weak.html",
    ]
    assert [finding["target"] for finding in told["findings"]] == ["#weak"]


def test_what_is_no_page_is_refused(run: pytest.Pytester) -> None:
    run.makepyfile("def test_page(vydno_audit):\n    vydno_audit(42)\n")
    outcome(run).stdout.fnmatch_lines(["*a WebDriver or an address can be audited; not 42*"])


def test_the_examples_of_the_readme_run(run: pytest.Pytester, site: str) -> None:
    (example,) = [block for block in blocks("python") if "def test_the_home_page" in block]
    run.makepyfile(f'HOME = FORM = "{site}/sound.html"\n{example}')
    outcome(run).assert_outcomes(passed=5)
