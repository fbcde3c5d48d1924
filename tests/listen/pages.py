"""Bare pages with one control each, sound and broken on purpose."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from vydno.audit.reports import html as html_report
from vydno.templating import Macros
from vydno.web.asgi import VydnoMiddleware, preferences

from tests.audit import sample_runs

AROUND = {"uk": ("Перед", "Після"), "en": ("Before", "After")}


def _late(page: str) -> str:
    """The result becomes a live region only after its text has changed."""
    script = (
        "<script>const late = document.querySelector('text-scale [aria-live]');"
        "late.removeAttribute('aria-live'); let changed = false;"
        "new MutationObserver(() => { if (changed) return; changed = true;"
        "late.removeAttribute('aria-live'); setTimeout(() => late.ariaLive = 'polite', 900); })"
        ".observe(late, { attributes: true, childList: true })</script>"
    )
    return page.replace("</body>", f"{script}</body>")


def _doubled(page: str) -> str:
    """A toast of the site's own says the result once more, in other words around it."""
    script = (
        "<p id=toast aria-live=polite></p><script>"
        "const said = document.querySelector('text-scale [aria-live]');"
        "new MutationObserver(() => toast.textContent = '✓ ' + said.textContent)"
        ".observe(said, {childList: true})</script>"
    )
    return page.replace("</body>", f"{script}</body>")


# What is done to a sound page, by the name in the address.
FAULTS: dict[str, Callable[[str], str]] = {
    "no-name": lambda page: re.sub(r'(<button[^>]*) aria-label="[^"]*"', r"\1", page),
    "no-label": lambda page: re.sub(r"(<label>)(<input[^>]*>)[^<]*(</label>)", r"\1\2\3", page),
    "wrong-role": lambda page: page.replace('<button name="text', '<button role="link" name="text'),
    "late-live-region": _late,
    "doubled": _doubled,
}


async def control(request: Request) -> Response:
    """`/text_scale/uk?fault=no-name`."""
    lang, chosen = request.path_params["lang"], preferences(request)
    macros = Macros(lang=lang)
    drawn = getattr(macros, request.path_params["control"])(chosen, return_to=str(request.url.path))
    before, after = AROUND[lang]
    page = (
        f'<!doctype html><html lang="{lang}"{macros.html_attributes(chosen)}><head>'
        f'<meta charset="utf-8"><title>{before}</title><link rel="icon" href="data:,">'
        f"{macros.head(all=True)}</head><body><p>{before}</p>{drawn}<p>{after}</p></body></html>"
    )
    fault = request.query_params.get("fault")
    return HTMLResponse(FAULTS[fault](page) if fault else page)


async def empty(request: Request) -> Response:
    """The same elements where no server draws them."""
    lang = request.path_params["lang"]
    before, after = AROUND[lang]
    macros = Macros(lang=lang)
    return HTMLResponse(
        f'<!doctype html><html lang="{lang}"><head><title>{before}</title>'
        f'<link rel="icon" href="data:,">{macros.head(all=True, lang=lang)}</head>'
        f"<body><p>{before}</p>"
        f"<{request.path_params['element']}></{request.path_params['element']}><p>{after}</p>"
    )


async def report(_: Request) -> Response:
    return HTMLResponse(html_report.render(sample_runs.mixed()))


def app() -> Starlette:
    routes = [
        Route("/report", report),
        Route("/empty/{element}/{lang}", empty),
        Route("/{control}/{lang}", control),
    ]
    return Starlette(routes=routes, middleware=[Middleware(VydnoMiddleware)])
