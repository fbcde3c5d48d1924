"""A visitor's login for Playwright: it goes to the audited sites and to nobody else.

Playwright sends the headers of `route.continue_` along with a redirect, wherever it leads, and
knows one origin for a password. So Chromium is asked through its own protocol, which stops at every
hop; elsewhere a redirect is looked at before the browser may follow it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

from playwright.async_api import Error

from .visitor import Visitor, origin_of

_HOPS = 20
"""Browsers follow no more redirects than that."""


def context_options(visitor: Visitor) -> dict[str, Any]:
    """Keyword arguments of Playwright's `new_context`."""
    options: dict[str, Any] = {"accept_downloads": False}
    if visitor.storage_state:
        options["storage_state"] = str(visitor.storage_state)
    if visitor.ignore_https_errors:
        options["ignore_https_errors"] = True
    if visitor.basic_auth and len(visitor.origins) == 1:
        name, password = visitor.basic_auth
        options["http_credentials"] = {
            "username": name,
            "password": password,
            "origin": visitor.origins[0],
        }
    return options


async def add_cookies(context: Any, visitor: Visitor) -> None:
    """Those that the storage state has not brought."""
    if cookies := [cookie for cookie in visitor.all_cookies() if "url" in cookie]:
        await context.add_cookies(cookies)


async def log_in(page: Any, browser: str, visitor: Visitor) -> None:
    """See to it that a new page sends the visitor's headers."""
    headers = _headers(visitor)
    if not headers:
        return
    if browser == "chromium":
        await _through_devtools(page, visitor, headers)
    else:
        await page.route(
            lambda url: origin_of(url) in visitor.origins, _looking_ahead(visitor, headers)
        )


def _headers(visitor: Visitor) -> dict[str, str]:
    headers = dict(visitor.headers)
    if visitor.basic_auth and len(visitor.origins) > 1:
        login = b64encode(":".join(visitor.basic_auth).encode()).decode()
        headers["Authorization"] = f"Basic {login}"
    return headers


async def _through_devtools(page: Any, visitor: Visitor, headers: Mapping[str, str]) -> None:
    session = await page.context.new_cdp_session(page)
    # Headers have one name, however it is written.
    ours = {name.lower() for name in headers}

    async def go_on(event: Mapping[str, Any]) -> None:
        asked = event["request"]
        sent = {name: value for name, value in asked["headers"].items() if name.lower() not in ours}
        # A hop of a redirect still has what the hop before was given.
        if origin_of(asked["url"]) in visitor.origins:
            sent |= headers
        entries = [{"name": name, "value": value} for name, value in sent.items()]
        # A page that was left asks for nothing any more.
        with suppress(Error):
            await session.send(
                "Fetch.continueRequest", {"requestId": event["requestId"], "headers": entries}
            )

    session.on("Fetch.requestPaused", go_on)
    await session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})


def _looking_ahead(
    visitor: Visitor, headers: Mapping[str, str]
) -> Callable[[Any], Awaitable[None]]:
    async def go_on(route: Any) -> None:
        asked = {**route.request.headers, **headers}
        try:
            answer = await route.fetch(headers=asked, max_redirects=0)
            if 300 <= answer.status < 400 and "location" in answer.headers:
                await _follow(route, answer, asked)
            else:
                await route.fulfill(response=answer)
        except Error:
            with suppress(Error):
                await route.abort()

    async def _follow(route: Any, answer: Any, asked: Mapping[str, str]) -> None:
        """Let the browser follow with the login what stays within the sites, else without it."""
        url = route.request.url
        for _ in range(_HOPS):
            url = urljoin(url, answer.headers.get("location", ""))
            if origin_of(url) not in visitor.origins:
                await route.fulfill(status=302, headers={"Location": url})
                return
            answer = await route.fetch(url=url, headers=asked, max_redirects=0)
            if not 300 <= answer.status < 400:
                break
        await route.continue_(headers=asked)

    return go_on
