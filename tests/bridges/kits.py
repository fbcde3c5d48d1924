"""Hosts whose components follow the theme: a page of each with all of them, and its variants."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import CDPSession, Page
from vydno import PREFERENCES
from vydno.static import static_dir

from tests import npm

_HERE = Path(__file__).parent
_MEASURE = (_HERE / "contrast.js").read_text(encoding="utf-8")
_STILL = "*, ::before, ::after { transition: none !important; animation: none !important }"
OPERATED = "a, button, input, select, textarea, summary, tr"

State = Literal["rest", "hover", "active", "focus"]
STATES: Mapping[State, Sequence[str]] = {
    "rest": [],
    "hover": ["hover"],
    "active": ["hover", "active"],
    "focus": ["focus", "focus-visible"],
}


@dataclass(frozen=True, kw_only=True)
class Kit:
    """A host with a bridge."""

    name: str
    """Of the bridge's sheet, and of the page with the components."""
    package: str
    """On npm, with its version."""
    files: Sequence[str]
    """Of the package: style sheets, or the script that makes one in the page."""

    def __str__(self) -> str:
        return self.name

    @property
    def body(self) -> str:
        return (_HERE / f"{self.name}.html").read_text(encoding="utf-8")


KITS = (
    Kit(name="bootstrap", package="bootstrap@5.3.8", files=["dist/css/bootstrap.css"]),
    Kit(name="pico", package="@picocss/pico@2.1.1", files=["css/pico.css"]),
    Kit(
        name="tailwind",
        package="@tailwindcss/browser@4.3.4",
        files=["dist/index.global.js"],
    ),
)


@dataclass(frozen=True)
class Variant:
    theme: str
    scheme: str
    contrast: str

    def __str__(self) -> str:
        return f"{self.theme} {self.scheme} {self.contrast}"

    @property
    def target(self) -> float:
        """What text must reach."""
        return 7 if self.contrast == "more" else 4.5


VARIANTS = [
    Variant(*each)
    for each in product(PREFERENCES["theme"].values, ("light", "dark"), ("normal", "more"))
]


def write(folder: Path, kit: Kit, archive: npm.Archive, *, bridged: bool = True) -> str:
    """The page of a host's components, with or without its bridge; returns the file's name."""
    ours = (static_dir() / "themes.css").read_text(encoding="utf-8")
    bridge = (static_dir() / f"{kit.name}.css").read_text(encoding="utf-8") if bridged else ""
    head = f"<style>{ours}</style>"
    for file in kit.files:
        content = archive.read(file).decode()
        if file.endswith(".js"):
            sheet = f'@import "tailwindcss";{bridge}'
            head += f'<style type="text/tailwindcss">{sheet}</style><script>{content}</script>'
        else:
            head += f"<style>{content}</style><style>{bridge}</style>"
    name = f"{kit.name}{'' if bridged else '-alone'}.html"
    (folder / name).write_text(
        f'<!doctype html><html lang="uk"><head><meta charset="utf-8"><title>{kit.name}</title>'
        f'<meta name="viewport" content="width=device-width">{head}<style>{_STILL}</style></head>'
        f"<body>{kit.body}</body></html>",
        encoding="utf-8",
    )
    return name


def open_kit(page: Page, address: str) -> None:
    page.goto(address)
    # Tailwind makes its sheet in the page, from the classes that it finds there.
    page.wait_for_function(
        "() => !document.querySelector('style[type]') || document.styleSheets.length > 2"
    )


def wear(page: Page, variant: Variant) -> None:
    page.evaluate(
        "(said) => { for (const [name, value] of Object.entries(said))"
        " document.documentElement.setAttribute(`data-${name}`, value) }",
        {
            "theme": variant.theme,
            "color-scheme": variant.scheme,
            "contrast": variant.contrast,
            # What a site of Bootstrap's says of its scheme itself.
            "bs-theme": variant.scheme,
        },
    )


class States:
    """Everything that can be operated, as if it all were hovered, pressed or focused at once."""

    def __init__(self, page: Page) -> None:
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.send("DOM.enable")
        self._cdp.send("CSS.enable")
        root: Any = self._cdp.send("DOM.getDocument")
        found: Any = self._cdp.send(
            "DOM.querySelectorAll", {"nodeId": root["root"]["nodeId"], "selector": OPERATED}
        )
        self._nodes: list[int] = found["nodeIds"]

    def force(self, state: State) -> None:
        for node in self._nodes:
            forced = {"nodeId": node, "forcedPseudoClasses": STATES[state]}
            self._cdp.send("CSS.forcePseudoState", forced)


def pairs(page: Page, state: State) -> list[tuple[str, float]]:
    """Each element with what was measured of it, and the ratio."""
    ring = str(state == "focus").lower()
    found: Any = page.evaluate(f"() => {{ const ring = {ring}; {_MEASURE} }}")
    return [(name, ratio) for name, ratio in found]


def low(found: Sequence[tuple[str, float]], variant: Variant) -> list[str]:
    """The pairs that are too weak, with their ratio cut to two decimals."""
    return [
        f"{name} {int(ratio * 100) / 100}"
        for name, ratio in found
        if ratio < (3 if re.search(r" (edge|ring)$", name) else variant.target)
    ]


def survey(page: Page) -> tuple[int, list[str]]:
    """How many pairs there are in all states and variants, and those that are too weak."""
    states = States(page)
    weak, measured = [], 0
    for state in STATES:
        states.force(state)
        for variant in VARIANTS:
            wear(page, variant)
            found = pairs(page, state)
            measured += len(found)
            weak += [f"{state}, {variant}: {each}" for each in low(found, variant)]
    states.force("rest")
    return measured, weak
