"""The fields of a page's forms: what labels, describes and surrounds each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .reading import Reading, input_type, is_field, read, referred
from .snapshot import Element, Snapshot

if TYPE_CHECKING:
    from .page import Page

_SEARCHES = re.compile(r"search|query|\bq\b|filter|find|пошук|знайти|шука|поиск", re.IGNORECASE)
_FAR = 30
"""Ancestors that are looked at; who nests deeper has no form in mind."""
_WRAPPER_DEPTH = 4
_WRAPPER_SIZE = 14
"""Elements around one field that may all be about it."""
CHOICES = ("radio", "checkbox")


@dataclass(eq=False)
class Field:
    """Something to fill in or to choose."""

    element: Element
    shown: Snapshot
    reading: Reading
    wrapper: Element
    """The largest box around it, a few levels up, that holds no other field; else itself."""

    @property
    def type(self) -> str:
        return input_type(self.element)

    @property
    def is_choice(self) -> bool:
        return self.type in CHOICES

    @cached_property
    def labels(self) -> list[Element]:
        """The `<label>` elements and those of `aria-labelledby`."""
        return [*self.reading.labels_of(self.element), *self._there("aria-labelledby")]

    @cached_property
    def label_text(self) -> str:
        """What its labels say to those who see."""
        texts = [self.reading.text(label) for label in self.labels if label.visible]
        return " ".join(filter(None, texts))

    @property
    def says(self) -> str:
        """Its visible label, or else its name."""
        return self.label_text or self.element.name.strip()

    @cached_property
    def descriptions(self) -> list[Element]:
        """Of `aria-describedby` and `aria-errormessage`, of itself and of its group."""
        found = self._there("aria-describedby") + self._there("aria-errormessage")
        for around in self._around():
            if around.tag == "fieldset" or around.role in ("group", "radiogroup"):
                ids = referred(around, "aria-describedby")
                found += [there for id_ in ids if (there := self.shown.by_id(id_))]
        return found

    def _there(self, attribute: str) -> list[Element]:
        ids = referred(self.element, attribute)
        return [there for id_ in ids if (there := self.shown.by_id(id_)) is not None]

    def _around(self) -> Iterator[Element]:
        for number, around in enumerate(self.element.ancestors()):
            if number > _FAR:
                return
            yield around

    @cached_property
    def form(self) -> Element | None:
        number = self.reading.forms.get(self.element.number, -1)
        return self.shown.elements[number] if number >= 0 else None

    @cached_property
    def group(self) -> Element | None:
        """The nearest `<fieldset>` or element with a role of groups."""
        return next(
            (
                around
                for around in self._around()
                if around.tag == "fieldset"
                or around.attributes.get("role") in ("group", "radiogroup", "listbox", "menu")
            ),
            None,
        )

    @property
    def is_required(self) -> bool:
        attributes = self.element.attributes
        return "required" in attributes or attributes.get("aria-required") == "true"

    @property
    def is_search(self) -> bool:
        """Whether it searches or filters: a button beside it says so, and nothing is sent."""
        attributes = self.element.attributes
        said = [self.element.name, *(attributes.get(name, "") for name in ("name", "id", "class"))]
        role = self.form.attributes.get("role", "") if self.form else ""
        return self.type == "search" or role == "search" or bool(_SEARCHES.search(" ".join(said)))

    @property
    def is_usable(self) -> bool:
        attributes = self.element.attributes
        locked = {"disabled", "readonly"} & attributes.keys()
        return self.element.exposed and not locked and attributes.get("aria-disabled") != "true"

    def is_tied(self, text: Element) -> bool:
        """Whether assistive technology says the text with the field."""
        tied = {one.number for one in (*self.labels, *self.descriptions)}
        return any(one.number in tied for one in (text, *text.ancestors())) or any(
            inside.number in tied for inside in text.descendants()
        )

    def texts_around(self) -> list[Element]:
        """Visible elements with text of their own in its wrapper, outside of labels, buttons and
        options."""
        skipped = (
            *("label", "button", "option", "select", "textarea", "legend", "a", "output", "nav"),
            *("h1", "h2", "h3", "h4", "h5", "h6", "table"),
        )
        return [
            inside
            for inside in (self.wrapper, *self.wrapper.descendants())
            if inside.text and inside.visible and inside.closest(*skipped) is None
        ]


def fields(page: Page) -> list[Field]:
    """Every field that assistive technology meets; shared by the checks."""
    return page.once(_read)


def _read(page: Page) -> list[Field]:
    shown, reading = page.snapshot, page.once(read)
    elements = [element for element in shown.elements if is_field(element) and element.exposed]
    inside: Counter[int] = Counter()
    sizes = _sizes(shown)
    for element in elements:
        for number, around in enumerate(element.ancestors()):
            if number > _FAR:
                break
            inside[around.number] += 1
    return [
        Field(element=one, shown=shown, reading=reading, wrapper=_wrapper(one, inside, sizes))
        for one in elements
    ]


def _sizes(shown: Snapshot) -> Sequence[int]:
    """Of each element: how many are in it."""
    sizes = [0] * len(shown.elements)
    for element in reversed(shown.elements):
        if element.parent is not None:
            sizes[element.parent.number] += sizes[element.number] + 1
    return sizes


def _wrapper(element: Element, inside: Counter[int], sizes: Sequence[int]) -> Element:
    best = element
    for number, around in enumerate(element.ancestors()):
        if number >= _WRAPPER_DEPTH or inside[around.number] > 1:
            break
        if sizes[around.number] > _WRAPPER_SIZE + sizes[element.number]:
            break
        if around.tag in ("form", "body", "main", "html", "fieldset", "section", "table", "dialog"):
            break
        best = around
    return best


def is_red(colour: str) -> bool:
    """Whether a computed colour is one of those that say “wrong”."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", colour)[:3]]
    if len(numbers) < 3 or not colour.startswith("rgb"):
        return False
    red, green, blue = numbers
    return red > 120 and red > green * 1.6 and red > blue * 1.4


def choices(found: Sequence[Field]) -> list[list[Field]]:
    """Groups of radio buttons (of a name and form) and of boxes (of a name, or side by side in
    boxes of the same kind), of two and more."""
    groups: dict[tuple[object, ...], list[Field]] = {}
    for field in found:
        if not field.is_choice or field.element.attributes.get("role") == "switch":
            continue
        name = field.element.attributes.get("name", "")
        stem = re.sub(r"[\[\d_-].*$", "", name)
        if field.type == "radio" and name:
            key: tuple[object, ...] = ("radio", name, field.form and field.form.number)
        else:
            at = field.wrapper if field.wrapper is not field.element else field.element
            parent = at.parent.number if at.parent else -1
            key = (field.type, parent, stem if field.type == "checkbox" and stem else "")
            if field.type == "checkbox":
                key = (field.type, parent)
        groups.setdefault(key, []).append(field)
    return [group for group in groups.values() if len(group) > 1]
