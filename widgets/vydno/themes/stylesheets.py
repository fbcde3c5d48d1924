"""Somebody else's style sheet: what its custom properties are on ``<html>``, state by state.

A state is a theme (``data-theme``), a colour scheme and a contrast, each either chosen by an
attribute or wished for by the system. Rules, layers, media queries, nesting, ``var()`` and
``light-dark()`` are followed as a browser would, as far as they bear on the root element; what
cannot be judged without a browser is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from math import inf
from typing import Any
from xml.etree import ElementTree

import cssselect2
import tinycss2

from .custom_properties import Root, UnreadableStyleError
from .media_queries import State, holds, split

DEFAULT = "default"

_THEME = re.compile(
    r"""\[\s*data-theme\s*~?=\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|([\w-]+))""", re.IGNORECASE
)
_DARK = re.compile(r"prefers-color-scheme\s*:\s*dark|light-dark\(|data-color-scheme", re.IGNORECASE)
_MORE = re.compile(r"prefers-contrast\s*:\s*more|data-contrast", re.IGNORECASE)

# At-rules that colour nothing on the root element by themselves.
_IRRELEVANT = (
    *("charset", "namespace", "font-face", "keyframes", "-webkit-keyframes", "property"),
    *("counter-style", "page", "font-feature-values", "view-transition", "starting-style"),
)


@dataclass(frozen=True)
class _Declaration:
    name: str
    value: Sequence[Any]
    selectors: Sequence[Any]
    media: tuple[Sequence[Any], ...]
    layer: tuple[str, ...]
    important: bool


@dataclass
class _Place:
    """Where in a style sheet a block stands."""

    media: tuple[Sequence[Any], ...] = ()
    layer: tuple[str, ...] = ()
    selector: str = ""


@dataclass
class StyleSheet:
    """The custom properties of a style sheet's text; ``left_out`` names what was not judged."""

    text: str
    left_out: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._layers: list[tuple[str, ...]] = []
        self._found: list[_Declaration] = []
        rules = tinycss2.parse_stylesheet(self.text, skip_comments=True, skip_whitespace=True)
        try:
            self._read(rules, _Place())
        except RecursionError:
            raise UnreadableStyleError("The style sheet is nested too deeply.") from None
        if not self._found:
            raise UnreadableStyleError("The style sheet sets no custom property on the root.")

    @property
    def names(self) -> set[str]:
        """Every custom property that the root has in some state."""
        return {found.name for found in self._found if found.name.startswith("--")}

    @property
    def themes(self) -> list[str]:
        """The values of ``data-theme`` that the style sheet knows, in its order."""
        return list(dict.fromkeys("".join(found) for found in _THEME.findall(self.text)))

    def palettes(self, names: Sequence[str]) -> dict[str, dict[str, dict[str, str]]]:
        """Theme to variant to name to ``#rrggbb``; a variant that is as another is left out.

        A page without a theme is judged too, unless all that is asked of it stands in themes.
        """
        found = {theme: self._variants(theme, names) for theme in self.themes}
        if found and not any(map(self._needs_no_theme, names)):
            return found
        default = self._variants(None, names)
        named = [entry for variants in found.values() for entry in variants.items()]
        if all(any(map(partial(_alike, entry), named)) for entry in default.items()):
            return found
        return {DEFAULT: default, **found}

    def _variants(self, theme: str | None, names: Sequence[str]) -> dict[str, dict[str, str]]:
        return _distinct(
            {state.variant: self._palette(names, state) for state in self._states(theme)}
        )

    def _needs_no_theme(self, name: str) -> bool:
        return any(name in self._cascade(state) for state in self._states(None))

    def _states(self, theme: str | None) -> Iterator[State]:
        schemes = ("light", "dark") if _DARK.search(self.text) else ("light",)
        contrasts = ("normal", "more") if _MORE.search(self.text) else ("normal",)
        chosen = (False, True) if "data-color-scheme" in self.text else (False,)
        for by, contrast, scheme in product(chosen, contrasts, schemes):
            yield State(theme, scheme, contrast, by)

    def _palette(self, names: Sequence[str], state: State) -> dict[str, str]:
        root = Root(self._cascade(state), state)
        return {name: root.colour(name) for name in names}

    def _cascade(self, state: State) -> dict[str, Sequence[Any]]:
        """The declared value that wins, of each property on the root."""
        element = _element(state)
        winners: dict[str, tuple[tuple[Any, ...], Sequence[Any]]] = {}
        for place, found in enumerate(self._found):
            specificity = _specificity(found, element)
            if specificity is None or not all(holds(query, state) for query in found.media):
                continue
            layer = self._rank(found.layer)
            layer = tuple(-rank for rank in layer) if found.important else layer
            weight = (found.important, layer, specificity, place)
            if found.name not in winners or winners[found.name][0] < weight:
                winners[found.name] = (weight, found.value)
        return {name: value for name, (_, value) in winners.items()}

    # Reading. ---------------------------------------------------------------------------------

    def _read(self, rules: Sequence[Any], place: _Place) -> None:
        for rule in rules:
            if rule.type == "qualified-rule":
                self._read_rule(rule, place)
            elif rule.type == "at-rule":
                self._read_at_rule(rule, place)

    def _read_rule(self, rule: Any, place: _Place) -> None:
        prelude = tinycss2.serialize(rule.prelude).strip()
        if place.selector:
            inside = prelude if "&" in prelude else f"& {prelude}"
            prelude = inside.replace("&", f":is({place.selector})")
        self._read_block(rule.content, _Place(place.media, place.layer, prelude))

    def _read_block(self, content: Sequence[Any], place: _Place) -> None:
        inside = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        selectors = list(_selectors(place.selector))
        for item in inside:
            if item.type != "declaration":
                self._read([item], place)
            elif _matters(item.name) and selectors:
                name = item.name if item.name.startswith("--") else item.lower_name
                self._found.append(
                    _Declaration(
                        name, item.value, selectors, place.media, place.layer, item.important
                    )
                )

    def _read_at_rule(self, rule: Any, place: _Place) -> None:
        keyword = rule.lower_at_keyword
        if keyword == "layer":
            self._read_layer(rule, place)
        elif keyword == "media" and rule.content is not None:
            query = tuple(rule.prelude)
            if holds(query, State(None, "light", "normal", chosen=False)) is None:
                self._leave_out(rule)
            else:
                self._read_inside(rule, _Place((*place.media, query), place.layer, place.selector))
        elif keyword == "supports" and rule.content is not None:
            # A browser of today supports what is asked for, or the rule is for one of yesterday.
            if not tinycss2.serialize(rule.prelude).strip().lower().startswith("not"):
                self._read_inside(rule, place)
        elif keyword not in _IRRELEVANT:
            self._leave_out(rule)

    def _read_inside(self, rule: Any, place: _Place) -> None:
        if place.selector:
            self._read_block(rule.content, place)
        else:
            rules = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            self._read(rules, place)

    def _read_layer(self, rule: Any, place: _Place) -> None:
        names = tinycss2.serialize(rule.prelude).split(",")
        for name in names:
            # A layer without a name is like no other.
            own = name.strip() or f" {len(self._layers)}"
            layer = (*place.layer, *own.split("."))
            for depth in range(1, len(layer) + 1):
                if layer[:depth] not in self._layers:
                    self._layers.append(layer[:depth])
            if rule.content is not None:
                self._read_inside(rule, _Place(place.media, layer, place.selector))

    def _rank(self, layer: tuple[str, ...]) -> tuple[float, ...]:
        """Later layers win, a layer over the ones in it, and what is in none over all."""
        known = [self._layers.index(layer[:depth]) for depth in range(1, len(layer) + 1)]
        return (*map(float, known), inf)

    def _leave_out(self, rule: Any) -> None:
        if rule.content is None or "--" in tinycss2.serialize(rule.content):
            name = f"@{rule.at_keyword} {tinycss2.serialize(rule.prelude).strip()}"
            self.left_out.append(name.strip())


def _element(state: State) -> Any:
    """The root element of a page in this state, for selectors to match."""
    attributes = {} if state.theme is None else {"data-theme": state.theme}
    if state.chosen:
        attributes |= {"data-color-scheme": state.scheme, "data-contrast": state.contrast}
    root = ElementTree.Element("html", attributes)
    return cssselect2.ElementWrapper.from_html_root(root)


def _distinct(variants: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Without those that are like an earlier one."""
    kept: dict[str, dict[str, str]] = {}
    for entry in variants.items():
        if not any(map(partial(_alike, entry), kept.items())):
            kept |= [entry]
    return kept


def _alike(one: tuple[str, object], other: tuple[str, object]) -> bool:
    """Whether two variants have the same colours and owe as much."""
    return one[1] == other[1] and one[0].endswith("-more") == other[0].endswith("-more")


def _matters(name: str) -> bool:
    return name.startswith("--") or name.lower() == "color-scheme"


def _selectors(text: str) -> Iterator[Any]:
    """The selectors of a list that can match the root; what one does not know spoils no other."""
    for part in split(tinycss2.parse_component_value_list(text, skip_comments=True)):
        try:
            yield from cssselect2.compile_selector_list(part)
        except (cssselect2.SelectorError, ValueError, SyntaxError, MemoryError):
            # The last two are Python's answer to a selector of a hundred brackets.
            continue


def _specificity(found: _Declaration, element: Any) -> tuple[int, ...] | None:
    matching = [
        tuple(selector.specificity)
        for selector in found.selectors
        if selector.pseudo_element is None and selector.test(element)
    ]
    return max(matching, default=None)
