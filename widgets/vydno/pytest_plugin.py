"""The audit and the screen reader as fixtures of pytest's: the engines of the commands.

    def test_the_home_page(page, vydno_audit):      # a page of Playwright's, as it stands
        page.goto("/")
        vydno_audit(page)

    @pytest.mark.variants(theme=["red"], color_scheme=["light", "dark"])
    def test_in_every_variant(driver, vydno_audit):  # or a WebDriver, or an address
        vydno_audit(driver)

Options come from `[tool.vydno.audit]`; override the fixture `vydno_audit_options` for others.
`--vydno-html FILE` and its fellows write one report of all tests, under pytest-xdist too.

    def test_the_button_is_named(screen_reader):   # Orca, as `vydno listen` has it
        opened, tab = screen_reader.hear(URL, "Tab")
        assert tab.heard == ["Search push button."]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .audit.options import Options
    from .audit.testing import Audit
    from .audit.variants import Variant
    from .listen import ScreenReader

FORMATS = ("html", "json", "junit", "sarif", "earl")
_SENT = "vydno_audit"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("vydno", "accessibility audits")
    for name in FORMATS:
        group.addoption(
            f"--vydno-{name}",
            metavar="FILE",
            type=Path,
            help=f"Write what all audits of this run found, as {name}.",
        )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "variants(**values): run the test once in each variant of the audit, such as "
        "theme=['red'], color_scheme=['light', 'dark'], text_scale=[100, 200], viewport=['320'].",
    )
    config.addinivalue_line(
        "markers",
        "listener(lang, browser): the language in which screen_reader names roles and states, "
        "such as 'uk', and the browser that it listens to.",
    )
    config.pluginmanager.register(_Gathered(config), "vydno-gathered")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marker = metafunc.definition.get_closest_marker("variants")
    if marker is None:
        return
    if "vydno_variant" not in metafunc.fixturenames:
        raise pytest.UsageError(
            f"{metafunc.definition.nodeid} is marked with variants and audits nothing; "
            "let it use the fixture vydno_audit."
        )
    from .audit.testing import variants_of

    some = variants_of(marker.args, marker.kwargs, metafunc.definition.nodeid)
    metafunc.parametrize("vydno_variant", some, ids=map(str, some))


class _Gathered:
    """What every audit of the run found, from all of its processes."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.pages: list[Any] = []

    @property
    def _reports(self) -> dict[str, Path]:
        named = {name: self.config.getoption(f"vydno_{name}") for name in FORMATS}
        return {name: path for name, path in named.items() if path}

    def pytest_testnodedown(self, node: Any) -> None:
        """Called by pytest-xdist where it runs, for a worker that has ended."""
        if sent := getattr(node, "workeroutput", {}).get(_SENT):
            from .audit.testing import received

            self.pages += received(sent)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        if not self.pages:
            return
        from .audit import testing

        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[_SENT] = testing.sent(self.pages)
        else:
            testing.write_reports(self.pages, self._reports)


@pytest.fixture(scope="session")
def vydno_screen_readers() -> Iterator[Callable[..., ScreenReader]]:
    """Screen readers by the listener's language and the browser; they end with the run."""
    from contextlib import ExitStack

    from .listen import ScreenReader

    with ExitStack() as stack:

        @cache
        def started(lang: str = "en", engine: str = "chromium") -> ScreenReader:
            return stack.enter_context(ScreenReader(lang, engine))

        yield started


@pytest.fixture
def screen_reader(
    vydno_screen_readers: Callable[..., ScreenReader], request: pytest.FixtureRequest
) -> ScreenReader:
    """A real screen reader: `screen_reader.hear(url, "Tab Tab Enter")` gives a step for each key.

    The marker `listener("uk")` says in which language it names roles and states, and
    `listener("uk", "firefox")` in which browser. One serves all tests of a run.
    """
    marker = request.node.get_closest_marker("listener")
    return vydno_screen_readers(*(marker.args if marker else ()))


@pytest.fixture(scope="session")
def vydno_audit_options() -> Options:
    """The options of every audit: those of the configuration file. Override it for others."""
    from .audit.config import load

    return load()


@pytest.fixture
def vydno_variant() -> Variant | None:
    """The variant of the marker; `None` without one: those of the options count."""
    return None


@pytest.fixture(scope="session")
def _vydno_browsers(vydno_audit_options: Options) -> Iterator[Any]:
    """Browsers for audits of addresses; they start when the first one is asked for."""
    from .audit.testing import Browsers

    with Browsers(vydno_audit_options) as browsers:
        yield browsers


@pytest.fixture
def vydno_audit(
    request: pytest.FixtureRequest,
    vydno_audit_options: Options,
    vydno_variant: Variant | None,
    _vydno_browsers: Any,
) -> Audit:
    """Audit a page of Playwright's, a WebDriver, or an address: call it with one of them.

    It returns the `PageResult`. The test fails, with a list, when there is something to mend, or
    when something could not be audited.
    """
    from .audit.testing import Audit

    gathered: _Gathered = request.config.pluginmanager.get_plugin("vydno-gathered")  # type: ignore[assignment]
    return Audit(
        options=vydno_audit_options,
        variants=None if vydno_variant is None else [vydno_variant],
        browsers=_vydno_browsers,
        gathered=gathered.pages,
    )
