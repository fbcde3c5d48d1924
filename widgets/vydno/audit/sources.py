"""The source of sessions that the settings ask for."""

from __future__ import annotations

from ..errors import VydnoError
from .sessions import Settings, Source


def open_source(settings: Settings) -> Source:
    """Raises VydnoError when two sources are asked for, or a library is missing."""
    settings.visitor.check()
    asked = [
        name
        for name, value in (
            ("--connect", settings.connect),
            ("--webdriver", settings.webdriver),
            ("--grid", settings.grid),
        )
        if value
    ]
    if len(asked) > 1:
        raise VydnoError(f"{' and '.join(asked)} exclude each other; give one of them.")
    try:
        if settings.grid:
            from .webdriver_sessions import Grid

            return Grid(settings.grid, settings)
        if settings.webdriver:
            from .webdriver_sessions import LocalWebDriver, RemoteWebDriver

            if settings.webdriver != "local":
                return RemoteWebDriver(settings.webdriver, settings)
            return LocalWebDriver(settings)
        from .playwright_sessions import LocalPlaywright, PlaywrightServer

        if settings.connect:
            return PlaywrightServer(settings.connect, settings)
        return LocalPlaywright(settings)
    except ImportError as missing:
        raise VydnoError(f'The audit needs {missing.name}: pip install "vydno[audit]".') from None
