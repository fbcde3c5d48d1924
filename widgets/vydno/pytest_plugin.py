"""The audit as a fixture of pytest's: the engine, the options and the reports of `vydno audit`.

    def test_the_home_page(page, vydno_audit):      # a page of Playwright's, as it stands
        page.goto("/")
        vydno_audit(page)

    @pytest.mark.variants(theme=["red"], color_scheme=["light", "dark"])
    def test_in_every_variant(driver, vydno_audit):  # or a WebDriver, or an address
        vydno_audit(driver)

Options come from `[tool.vydno.audit]`; override the fixture `vydno_audit_options` for others.
`--vydno-html FILE` and its fellows write one report of all tests, under pytest-xdist too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .audit.options import Options
    from .audit.testing import Audit
    from .audit.variants import Variant

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
