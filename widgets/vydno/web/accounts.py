"""A signed-in visitor's preferences, kept by the site; the page itself follows the cookie alone.

At sign-in the account fills in what this browser does not say, and the browser's own choices hold:
whoever has just made the text larger to find the form must not see it shrink. Both together go into
the cookie and into the account, so nothing is lost on either side.

At sign-out the cookie goes. Who signs out by hand mostly leaves a computer that others use, and
what stayed would be taken for the next visitor's own choice and stored in that visitor's account.
Where a session merely ends, the cookie stays.

In between, what the browser says is stored when it differs from the account: at every form, and at
every page that asked for the preferences. A page without the cookie stores nothing, for that may be
a browser that dropped it (Safari drops after a week what a script has written).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import VydnoError
from ..preferences import Preferences

if TYPE_CHECKING:
    from .visit import Visit


def merged(browser: Preferences, account: Preferences) -> Preferences:
    """What holds after sign-in: of each preference the browser's choice, or else the account's."""
    return Preferences({**account.chosen, **browser.chosen})


def loaded(value: object) -> Preferences | None:
    """What the site's ``load`` returned, as preferences; None while nobody is signed in.

    The text of a cookie or a mapping of names to values: what is not valid in it, from an older
    list of preferences say, is dropped.
    """
    if value is None or isinstance(value, Preferences):
        return value
    if isinstance(value, str):
        return Preferences.from_cookie(value)
    if isinstance(value, Mapping):
        pairs = [(str(name), str(each)) for name, each in value.items()]
        return Preferences().change(pairs)
    raise VydnoError(
        "load must return a cookie's text, a mapping of names to values, or None while nobody is "
        f"signed in; it returned {value!r}."
    )


@dataclass(frozen=True)
class Accounts:
    """The site's two functions; ``called`` is the configuration's name for each.

    ``load(request)`` returns what the account keeps (see ``loaded``), ``store(request,
    preferences)`` keeps it. The request is the framework's own. Without them nothing happens.
    """

    load: Callable[[Any], Any] | None = None
    store: Callable[[Any, Preferences], Any] | None = None
    called: Callable[[str], str] = str

    def __post_init__(self) -> None:
        for name, other in (("load", "store"), ("store", "load")):
            function = getattr(self, name)
            if function is not None and not callable(function):
                raise VydnoError(
                    f"{self.called(name)} must be a function of the request; {function!r} is not."
                )
            if function is not None and getattr(self, other) is None:
                raise VydnoError(
                    f"{self.called(name)} is given without {self.called(other)}; "
                    "give both, or neither."
                )

    def of(self, request: Any) -> Preferences | None:
        """What the account keeps; None while nobody is signed in."""
        return loaded(self.load(request)) if self.load else None

    def took(self, request: Any, preferences: Preferences | None) -> None:
        """The form was taken, or refused: None."""
        if preferences is not None and self.store:
            account = self.of(request)
            if account is not None and account != preferences:
                self.store(request, preferences)

    def saw(self, request: Any, visit: Visit) -> None:
        """A page was made."""
        if visit.varies and visit.kept.chosen:
            self.took(request, visit.kept)

    def sign_in(self, request: Any, visit: Visit) -> Preferences:
        """Somebody has signed in; returns what holds from now on."""
        preferences = visit.sign_in(self.of(request) or Preferences())
        self.took(request, preferences)
        return preferences


class AsyncAccounts(Accounts):
    """The same where either function may be a coroutine function."""

    async def of(self, request: Any) -> Preferences | None:  # type: ignore[override]
        return loaded(await _awaited(self.load(request))) if self.load else None

    async def took(self, request: Any, preferences: Preferences | None) -> None:  # type: ignore[override]
        if preferences is not None and self.store:
            account = await self.of(request)
            if account is not None and account != preferences:
                await _awaited(self.store(request, preferences))

    async def saw(self, request: Any, visit: Visit) -> None:  # type: ignore[override]
        if visit.varies and visit.kept.chosen:
            await self.took(request, visit.kept)

    async def sign_in(self, request: Any, visit: Visit) -> Preferences:  # type: ignore[override]
        preferences = visit.sign_in(await self.of(request) or Preferences())
        await self.took(request, preferences)
        return preferences


async def _awaited(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value
