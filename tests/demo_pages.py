"""Every page of the demo, found from its own lists, and the ways in which visitors wear it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from vydno import PREFERENCES

from demo.content import LANGUAGES, NEWS, PAGES, address

from .engines import Visitor

THEMES = PREFERENCES["theme"].values
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SCALES = PREFERENCES["text-scale"].values
# A phone's width at which WCAG 1.4.10 asks for reflow, and a desk's.
NARROW, WIDE = 320, 1280


@dataclass(frozen=True, kw_only=True)
class DemoPage:
    """A page: an address, and whether its form is sent empty to see what it says of that."""

    path: str
    sent_empty: bool = False

    def __str__(self) -> str:
        return f"{self.path} with errors" if self.sent_empty else self.path

    @property
    def of_the_city(self) -> bool:
        """Whether it is a page of the municipal site, and not of the workshop beside it, where
        controls and themes are taken to pieces by the hundred."""
        return not any(part in self.path for part in ("/docs/", "/gallery/", "/studio/"))


def every_page() -> Iterator[DemoPage]:
    """Each page in each language, one that is not there, and the form with its errors.

    Of the documents, which share one template and one way from Markdown to HTML, only the one with
    most kinds of content: test_docs.py looks at them all, each in one variant.
    """
    yield DemoPage(path=address("en", "docs/reference"))
    for language, folder in LANGUAGES.items():
        for name in (*PAGES, *(f"news/{name}" for name in NEWS)):
            yield DemoPage(path=address(language, name))
        yield DemoPage(path=f"{folder}/no-such-page/")
        yield DemoPage(path=address(language, "street_light"), sent_empty=True)


DEMO_PAGES = tuple(every_page())


# In place: a page need not be loaded again to be worn otherwise.
WEAR = """
for (const [name, value] of Object.entries(attributes)) {
  if (value === null) document.documentElement.removeAttribute(name);
  else document.documentElement.setAttribute(name, value);
}
"""


def open_page(visitor: Visitor, site: str, what: DemoPage) -> None:
    visitor.goto(site + what.path)
    if what.sent_empty:
        visitor.click(".form button")
        visitor.wait("return document.querySelector('[aria-invalid=true]') !== null")
    # Of a page that the server could not make nothing can be said.
    assert visitor.read("return document.querySelector('main') !== null"), what


def wear(visitor: Visitor, attributes: Mapping[str, str | None]) -> None:
    visitor.read(f"const attributes = {json.dumps(attributes)}; {WEAR}")
