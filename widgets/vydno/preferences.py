"""What a visitor can prefer, and its three forms: values, cookie, attributes of ``<html>``.

The list itself is ``preferences.json``; the scripts are built from the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qsl

from .errors import VydnoError

COOKIE = "vydno"
# On <html>: the preferences, words of the list, that this page does not follow.
FIXED = "data-vydno-fixed"
COOKIE_MAX_AGE = 365 * 24 * 60 * 60  # one year, in seconds


@dataclass(frozen=True)
class Preference:
    """One thing that can be preferred.

    ``values`` are in the order in which a control offers them; ``default`` is what the absence of
    the attribute means: one of the values, or ``""`` where the site or the system decides.
    """

    name: str
    values: tuple[str, ...]
    default: str

    @property
    def attribute(self) -> str:
        """The attribute of ``<html>`` that holds the value."""
        return f"data-{self.name}"

    def step(self, value: str, by: int) -> str:
        """The value ``by`` places after ``value``, held at either end of the list."""
        last = len(self.values) - 1
        return self.values[min(max(self.values.index(value) + by, 0), last)]


# What the absence of an attribute means is the visitor's own text size, 100 percent by definition;
# of everything else, what the site or the system has.
PREFERENCES: Mapping[str, Preference] = {
    name: Preference(name, tuple(values), "100" if name == "text-scale" else "")
    for name, values in json.loads(
        Path(__file__).with_name("preferences.json").read_text(encoding="utf-8")
    ).items()
}

# What the buttons of <text-scale> send instead of a value, so that a page from a cache, which does
# not know the present size, can still ask for the next one.
STEPS = {"larger": 1, "smaller": -1}
RESET = "reset"


def _valid(name: str, value: str) -> bool:
    return name in PREFERENCES and value in PREFERENCES[name].values


@dataclass(frozen=True)
class Preferences:
    """One visitor's preferences: only those that differ from the default, and only valid ones.

    >>> preferences = Preferences.from_cookie("text-scale=125&theme=red")
    >>> preferences["text-scale"], preferences["theme"], preferences["contrast"]
    ('125', 'red', '')

    ``fixed`` names those that a page does not follow: there they read as their defaults.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    fixed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in (*self.chosen, *self.fixed):
            if name not in PREFERENCES:
                raise VydnoError(
                    f"There is no preference {name!r}; there are {', '.join(PREFERENCES)}."
                )
        for name, value in self.chosen.items():
            if not _valid(name, value):
                raise VydnoError(
                    f"{value!r} is no value of {name!r}; "
                    f"choose one of {', '.join(PREFERENCES[name].values)}."
                )
        # The list's own order and no defaults: equal preferences are equal objects.
        chosen = {
            name: self.chosen[name]
            for name, preference in PREFERENCES.items()
            if self.chosen.get(name, preference.default) != preference.default
        }
        object.__setattr__(self, "chosen", chosen)

    def __getitem__(self, name: str) -> str:
        """The value of a preference, or its default; ``""`` means that site or system decide."""
        default = PREFERENCES[name].default
        return default if name in self.fixed else self.chosen.get(name, default)

    def __hash__(self) -> int:
        return hash((*self.chosen.items(), *self.fixed))

    def fixing(self, *names: str) -> Preferences:
        """The same for a page that does not follow some: a map that must keep its colours, say.

        The page is drawn as if they were at their defaults, and the controls say so. What the
        visitor chose stays, and holds on the next page.

        >>> Preferences({"theme": "red", "contrast": "more"}).fixing("theme").attributes
        {'data-contrast': 'more', 'data-vydno-fixed': 'theme'}
        """
        return replace(self, fixed=names)

    @classmethod
    def from_cookie(cls, value: str) -> Preferences:
        """Read the cookie's value, ``name=value`` joined by ``&``; drop whatever is not valid.

        It is asked for what the list knows; of a name that stands twice the first holds; a leading
        ``?`` is passed over. All as in the scripts, whose URLSearchParams works so.
        """
        pairs = dict(reversed(parse_qsl(value.removeprefix("?"), keep_blank_values=True)))
        return cls({name: pairs[name] for name in PREFERENCES if _valid(name, pairs.get(name, ""))})

    @classmethod
    def from_cookie_header(cls, header: str) -> Preferences:
        """Read a request's ``Cookie`` header; drop whatever is not valid.

        Of several cookies of our name the first holds: browsers put the most specific path first
        (RFC 6265, section 5.4).
        """
        for cookie in header.split(";"):
            name, _, value = cookie.strip().partition("=")
            if name == COOKIE:
                return cls.from_cookie(value)
        return cls()

    def to_cookie(self) -> str:
        """The cookie's value; ``""`` while everything is at its default."""
        return "&".join(f"{name}={value}" for name, value in self.chosen.items())

    def set_cookie(self, *, secure: bool) -> str:
        """The ``Set-Cookie`` header that stores these preferences, or removes the cookie.

        There is no ``Domain``: browsers refuse one with a port, and the host alone is what is
        meant. ``HttpOnly`` is left out because the elements read and write the same cookie.
        """
        value = self.to_cookie()
        age = COOKIE_MAX_AGE if value else 0
        header = f"{COOKIE}={value}; Path=/; Max-Age={age}; SameSite=Lax"
        return f"{header}; Secure" if secure else header

    def change(self, fields: Iterable[tuple[str, str]]) -> Preferences:
        """The preferences after a form was sent; fields that are not valid change nothing.

        An empty value, or ``reset``, takes a preference back to its default. ``larger`` and
        ``smaller`` move the text scale by one step and stay where they are at the end.
        """
        chosen = dict(self.chosen)
        scale = PREFERENCES["text-scale"]
        for name, value in fields:
            if name == scale.name and value in STEPS:
                chosen[name] = scale.step(chosen.get(name, scale.default), STEPS[value])
            elif _valid(name, value):
                chosen[name] = value
            elif value in {"", RESET}:
                chosen.pop(name, None)
        return Preferences(chosen)

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes of ``<html>``, name to value."""
        followed = {
            PREFERENCES[name].attribute: value
            for name, value in self.chosen.items()
            if name not in self.fixed
        }
        return followed | ({FIXED: " ".join(self.fixed)} if self.fixed else {})
