"""Runs as an audit would make them, without a browser."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from PIL import Image
from vydno.audit.findings import Finding, Outcome, PageResult, Run, Status
from vydno.audit.variants import Variant, Viewport, describe, matrix

SITE = "https://city.example"
VARIANTS = matrix(
    {
        "viewport": [Viewport(), Viewport(width=320, height=640)],
        "text_scale": [100, 200],
        "color_scheme": ["light", "dark"],
    }
)
DARK = [variant for variant in VARIANTS if variant.color_scheme == "dark"]
LARGE_AND_NARROW = [v for v in VARIANTS if v.text_scale == 200 and v.viewport.width == 320]

# What a page may hold to break out of a report, to run in it, or to take over a terminal.
HOSTILE = (
    "<script>alert(1)</script>",
    "</pre></code><img src=x onerror=alert(1)>",
    "\"'><svg/onload=alert(1)>",
    "]]><!-- --><![CDATA[",
    "{{ 7 * 7 }}{% raw %}",
    "[bold red]rich[/bold red][/]",
    "\x1b]0;title\x07\x1b[2J\x00\x08",
    "\u202egnirts\u2066",
    "\ud800 half a pair",
    "&amp; &lt;&#0;",
    "\ufffe\uffff",
    "Україна 🇺🇦",
)
HOSTILE_TEXT = " ".join(HOSTILE)


def picture(width: int = 320, height: int = 96, colour: str = "#c9d6e2") -> bytes:
    """A PNG as an engine would have cut it out of a page."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("#7f8fa0", (16, height // 2 - 6, width * 2 // 3, height // 2 + 6))
    file = io.BytesIO()
    image.save(file, "png")
    return file.getvalue()


def contrast(page: str = f"{SITE}/", **changed: Any) -> Finding:
    """A failure of axe in dark variants alone."""
    finding = Finding(
        rule="color-contrast",
        source="axe",
        criteria=("1.4.3",),
        outcome=Outcome.FAILS,
        page=page,
        target=".news > li:nth-child(2) .meta",
        html='<p class="meta"><time datetime="2026-03-02">2 March 2026</time></p>',
        message="Text does not stand out from its background.",
        measured="2.32:1",
        needed="at least 4.5:1",
        fix="Use a lighter colour for the text in the dark scheme: #a4b3c4 gives 8.1:1.",
        help_url="https://dequeuniversity.com/rules/axe/4.12/color-contrast",
        variants=DARK,
        picture=picture(),
    )
    return _described(finding, changed)


def reflow(page: str = f"{SITE}/timetable/", **changed: Any) -> Finding:
    """A failure of our own at 320 px and 200 %."""
    finding = Finding(
        rule="reflow",
        source="vydno",
        criteria=("1.4.10",),
        outcome=Outcome.FAILS,
        page=page,
        target="main > .timetable",
        html='<div class="timetable" style="min-width: 40rem">',
        message="The page scrolls sideways, and this element is what sticks out.",
        measured="656 CSS px wide",
        needed="at most 320 CSS px",
        fix="Take min-width away, or let the table alone scroll.",
        variants=LARGE_AND_NARROW,
    )
    return _described(finding, changed)


def review(page: str = f"{SITE}/", **changed: Any) -> Finding:
    """What only a person can decide, in every variant."""
    finding = Finding(
        rule="text-over-picture",
        source="axe",
        criteria=("1.4.3", "1.4.11"),
        outcome=Outcome.NEEDS_REVIEW,
        page=page,
        target="header .skyline > text",
        html='<text x="12" y="40">Vydnohrad</text>',
        message="Text lies on a picture, so its contrast could not be computed.",
        variants=VARIANTS,
    )
    return _described(finding, changed)


def advice(page: str = f"{SITE}/", **changed: Any) -> Finding:
    finding = Finding(
        rule="region",
        source="axe",
        criteria=(),
        outcome=Outcome.ADVICE,
        page=page,
        target=".cookie-note",
        html='<div class="cookie-note">',
        message="Content is outside of every landmark.",
        fix="Put it into main, or into an aside with a name.",
        variants=VARIANTS,
    )
    return _described(finding, changed)


def _described(finding: Finding, changed: dict[str, Any]) -> Finding:
    said = describe(changed.get("variants", finding.variants), VARIANTS)
    return replace(finding, **{"holds_for": said} | changed)


def page(url: str = f"{SITE}/", *findings: Finding, **changed: Any) -> PageResult:
    result = PageResult(
        url=url,
        status=Status.AUDITED,
        title="Vydnohrad",
        variants=VARIANTS,
        findings=findings,
        seconds=1.25,
        timings={"load": 0.25, "axe": 0.75},
    )
    return replace(result, **changed)


def run(*pages: PageResult, **changed: Any) -> Run:
    result = Run(
        pages=pages,
        started="2026-03-02T10:15:00+02:00",
        seconds=12.5,
        tools={"vydno": "0.1.0", "axe-core": "4.12.1", "chromium": "156.0"},
        variants=VARIANTS,
    )
    return replace(result, **changed)


def clean() -> Run:
    return run(page(), page(f"{SITE}/news/"))


def mixed() -> Run:
    """Every outcome, every status, one failure that the baseline knows."""
    home, news, timetable = f"{SITE}/", f"{SITE}/news/", f"{SITE}/timetable/"
    footer = {"target": "footer .notice > a", "html": '<a href="/licence/">CC BY 4.0</a>'}
    return run(
        page(home, contrast(home), contrast(home, **footer), review(home), advice(home)),
        page(news, contrast(news, **footer), known_failure(news)),
        page(timetable, reflow(timetable), contrast(timetable, **footer), title="Timetable"),
        page(f"{SITE}/contact/"),
        partly(),
        not_audited(),
    )


def known_failure(url: str = f"{SITE}/news/") -> Finding:
    return contrast(url, target=".advert", html='<p class="advert">', known="Bought in, till May.")


def partly(url: str = f"{SITE}/gallery/") -> PageResult:
    reason = "WebKit crashed in 2 of 8 variants, so of those nothing is known."
    return page(url, status=Status.PARTLY, reason=reason, variants=VARIANTS[:6])


def not_audited(url: str = f"{SITE}/old/") -> PageResult:
    reason = "The page did not finish loading within 30 seconds."
    nothing: dict[str, Any] = {"variants": (), "timings": {}, "title": ""}
    return page(url, status=Status.NOT_AUDITED, reason=reason, seconds=30.0, **nothing)


def interrupted() -> Run:
    return run(page(f"{SITE}/", contrast()), interrupted=True)


def empty() -> Run:
    return run(interrupted=True, variants=())


def hostile(text: str = HOSTILE_TEXT) -> Run:
    """The same in every field that an audited page, or whoever runs it, can write into."""
    written = dict.fromkeys(("rule", "source", "target", "html", "message", "measured"), text)
    written |= dict.fromkeys(("needed", "fix", "holds_for"), text)
    addresses = [f"{SITE}/?q={text}", "javascript:alert(1)", f"data:text/html,{text}", text]
    pages = [
        page(
            address,
            *(
                make(address, **written, help_url=help_url, known=known)
                for make in (contrast, review, advice)
                for help_url in ("javascript:alert(1)", text, "")
                for known in (None, text)
            ),
            title=text,
        )
        for address in addresses
    ]
    lost = page(text, status=Status.NOT_AUDITED, reason=text, title=text, variants=())
    odd = [Variant(browser=text, theme=text), *VARIANTS]
    return run(*pages, lost, tools={text: text, "vydno": text}, variants=odd)


def huge(pages: int = 200, findings: int = 3000, *, pictures: int = 300) -> Run:
    """As large as a city's site: many pages, 64 variants, most failures on every page."""
    variants = matrix(
        {
            "viewport": [Viewport(), Viewport(width=320, height=640)],
            "text_scale": [100, 200],
            "contrast": ["normal", "more"],
            "color_scheme": ["light", "dark"],
            "theme": ["blue", "green", "orange", "red"],
        }
    )
    dark = [variant for variant in variants if variant.color_scheme == "dark"]
    result = []
    for number in range(pages):
        url = f"{SITE}/page-{number}/"
        found = [
            contrast(
                url,
                rule=f"rule-{turn % 17}",
                target=f".block-{turn} > p:nth-child({number if turn % 3 else 1})",
                variants=dark if turn % 2 else variants,
                holds_for="only in dark" if turn % 2 else "",
                picture=picture(colour=f"#{number:02x}{turn:02x}cc")
                if number * (findings // pages) + turn < pictures
                else None,
            )
            for turn in range(findings // pages)
        ]
        result.append(page(url, *found, variants=variants, title=f"Page {number}"))
    return run(*result, variants=variants)
