"""The headers that every answer carries."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOBODY, _OURS = "'none'", "'self'"


def security_headers(
    *, javascript: bool, frames: bool = False, framed: bool = False
) -> Mapping[str, str]:
    """Headers under which a page can load nothing but the site's own files.

    A page with ``frames`` may show pages of ours and ask for them; one that is ``framed`` may be
    shown so, and sends no form.
    """
    scripts = _OURS if javascript else _NOBODY
    more = ("frame-src 'self'", "connect-src 'self'") if frames else ()
    policy = (
        "default-src 'none'",
        f"script-src {scripts}",
        "style-src 'self'",
        "img-src 'self'",
        *more,
        f"form-action {_NOBODY if framed else _OURS}",
        "base-uri 'none'",
        f"frame-ancestors {_OURS if framed else _NOBODY}",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


class SecurityHeaders:
    """ASGI middleware that puts the headers on every answer, whoever gives it.

    An answer that brings one of them keeps its own.
    """

    def __init__(self, app: ASGIApp, *, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
