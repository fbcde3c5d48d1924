"""axe-core through Playwright, without the audit: for pages in the middle of being used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations", "incomplete"],  # the rest is megabytes that nobody reads
}

# In the middle of a transition colours are neither the old nor the new ones.
STILL = """
const still = new CSSStyleSheet();
still.replaceSync(`
  *, ::before, ::after { transition: none !important; animation: none !important }
`);
document.adoptedStyleSheets.push(still);
"""
# Only what is read travels, and a refusal is an answer.
ANSWER = """
const run = axe.run.bind(axe);
axe.run = (...given) => run(...given).then(
  ({ violations, incomplete }) => ({ violations, incomplete }),
  (error) => ({ refused: String(error) }),
);
"""


def inject(page: Page) -> None:
    """Into the page, and into the pages of its frames, which axe asks for their part."""
    for frame in page.frames:
        frame.evaluate(SCRIPT.read_text(encoding="utf-8"))
        frame.evaluate(f"() => {{ {STILL} {ANSWER} }}")


def run(page: Page, *, without: str = "") -> list[str]:
    """Findings in the page as it stands, one line a rule; ``inject`` comes first.

    What the selector ``without`` matches is left out.
    """
    context = {"include": [["html"]], "exclude": [[without]] if without else []}
    return findings(
        page.evaluate("([context, options]) => axe.run(context, options)", [context, OPTIONS])
    )


def findings(result: dict[str, Any]) -> list[str]:
    """``rule (impact) : count target``; what axe could not decide is a finding too.

    Raises RuntimeError when axe refused to run: that is not a page without findings.
    """
    if "refused" in result:
        raise RuntimeError(f"axe did not run: {result['refused']}")
    return [
        *(_line(rule, "") for rule in result["violations"]),
        *(_line(rule, ", undecided") for rule in result["incomplete"]),
    ]


def _line(rule: dict[str, Any], note: str) -> str:
    # Inside frames and shadow roots a target is a path of selectors, each maybe a list.
    targets = [" ".join(map(str, node["target"])) for node in rule["nodes"]]
    return f"{rule['id']} ({rule['impact']}{note}) : {len(targets)} {', '.join(targets)}"
