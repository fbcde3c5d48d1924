"""Pages built to break the measurements: each ends in time, with what was learnt or the reason."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from vydno.audit import axe
from vydno.audit.checks import all_checks
from vydno.audit.engine import Plan
from vydno.audit.findings import PageResult, Status
from vydno.audit.runner import Limits, Runner
from vydno.audit.sessions import Settings
from vydno.audit.sources import open_source
from vydno.audit.variants import Variant

from ..servers import serve

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

SECONDS = 40.0
START = '<!doctype html><html lang="en"><head><title>Hostile</title></head><body><h1>Hostile</h1>'
BODIES = {
    "huge": "<script>document.body.innerHTML += '<p>Text</p>'.repeat(100_000)</script>",
    "deep": "<script>document.write('<div>'.repeat(3000) + '<a href=#>Text</a>')</script>",
    "endless-animation": "<style>@keyframes a { to { translate: 9em; color: red } }"
    "p { animation: a 0.1s infinite alternate }</style><p>Moving</p>",
    "endless-frames": "<p>0</p><script>(function f() { document.querySelector('p').textContent++;"
    "requestAnimationFrame(f) })()</script>",
    "goes-when-focused": "<button onfocus='this.remove()'>Go</button>" * 30,
    "comes-when-focused": "<button onfocus='this.after(this.cloneNode(true))'>More</button>",
    "steals-focus": "<button onfocus='other.focus()'>One</button>"
    "<button id=other onblur='setTimeout(() => this.focus())'>Two</button><a href=/>Home</a>",
    "alerts-on-focus": "<button onfocus='for (;;) alert(1)'>Alert</button>",
    "alerts": "<script>setInterval(() => alert(1), 1)</script><button>Press</button>",
    "canvas-only": "<canvas width=800 height=600></canvas><script>document.querySelector('canvas')"
    ".getContext('2d').fillRect(0, 0, 800, 600)</script>",
    "shadow-in-frames": "<iframe title=Frame srcdoc='<a-b><template shadowrootmode=open><p style="
    '"color: #999">Weak<button></button></template></a-b>\'></iframe>',
    "frames-in-frames": """<script>
      let around = document;
      for (let deep = 0; deep < 20; deep++) {
        const frame = around.createElement("iframe");
        around.body.append(frame);
        around = frame.contentDocument;
        around.body.innerHTML = "<p>Text</p>";
      }</script>""",
    "many-frames": "<iframe title=Frame srcdoc='<p>Text'></iframe>" * 150,
    "frames-come-and-go": """<script>setInterval(() => {
      for (const frame of document.querySelectorAll("iframe")) frame.remove();
      for (let count = 3; count--; ) {
        const frame = document.createElement("iframe");
        frame.srcdoc = "<p>Text";
        document.body.append(frame);
      } }, 30)</script>""",
    "frames-go-elsewhere": """<iframe title=A src=/frame-reloads></iframe>
      <iframe title=B srcdoc="<script>setTimeout(() => location.replace('about:blank'), 50)
      </script><p>B"></iframe>""",
    "frame-reloads": "<script>if (window !== top) setTimeout(() => location.reload(), 20)</script>",
    "frame-removes-itself": """<iframe title=A srcdoc="<p>A
      <script>setTimeout(() => frameElement.remove(), 300)</script>"></iframe>"""
    * 3,
    "many-stops": "<a href=#>Link</a> " * 5000,
    "names-in-circles": "<div id=a aria-labelledby=b role=button tabindex=0>"
    "<div id=b aria-labelledby=a role=button tabindex=0></div></div>",
    "own-globals": "<script>window.axe = 1; Symbol.for = null; document.querySelectorAll = null;"
    "Element.prototype.getBoundingClientRect = () => { throw 1 }</script><p>Text</p>",
    "submits": "<form method=post action=/gone><input onfocus='form.submit()' name=a></form>",
    "closes-on-keys": "<script>onkeydown = () => { document.documentElement.remove() }</script>"
    "<a href=/>Link</a>",
}
AUDITED = {"endless-animation", "canvas-only", "names-in-circles", "shadow-in-frames", "submits"}


async def page(request: Request) -> Response:
    return HTMLResponse(START + BODIES[request.path_params["name"]])


class Listed:
    def __init__(self, *urls: str) -> None:
        self.urls = urls

    def start(self) -> tuple[str, ...]:
        return self.urls

    def more(self, *_: object) -> tuple[str, ...]:
        return ()


@pytest.fixture(scope="module")
def results() -> Iterator[dict[str, PageResult]]:
    """All of them in one run: what one does must not reach the next."""
    plan = Plan(
        variants=[Variant()],
        checks=[check for check in all_checks().values() if not check.advice],
        axe_options=axe.options(),
    )
    routes = [Route("/{name}", page)]
    with serve(Starlette(routes=routes)) as server, open_source(Settings()) as source:
        pages = Listed(*(f"{server}/{name}" for name in BODIES))
        runner = Runner(source, pages, plan, Limits(workers=2, page_seconds=SECONDS))
        start = time.monotonic()
        found = {result.url.rpartition("/")[2]: result for result in runner}
        assert time.monotonic() - start < (SECONDS + 15) * len(BODIES)
        yield found


@pytest.mark.parametrize("name", BODIES)
def test_a_hostile_page_ends_in_time_with_what_was_learnt_or_the_reason(
    results: dict[str, PageResult], name: str
) -> None:
    result = results[name]
    assert result.seconds < SECONDS + 15
    assert result.status is Status.AUDITED or result.reason
    if name in AUDITED:
        assert (result.status, result.reason) == (Status.AUDITED, "")
