"""The Jinja2 macros, ready to be handed to any template engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .errors import VydnoError
from .preferences import PREFERENCES
from .static import manifest, static_dir
from .strings import ENGLISH, direction, known, language, text

_HERE = Path(__file__).parent


class Macros:
    """Every macro of the package under its own name.

    They render in an environment of their own, autoescaping and strict about undefined names,
    whatever the site's is, and return ``Markup``. Give one to the site's templates as ``vydno``:

    >>> from vydno import Preferences
    >>> vydno = Macros(lang="uk")
    >>> vydno.html_attributes(Preferences({"theme": "red"}))
    Markup(' data-theme="red"')

    ``asset_base`` is the address of the built files and ends in ``/``; ``action`` is that of the
    form endpoint, or None on a host without a server. ``lang`` is the controls' language, a tag
    along which one of our catalogues lies.
    """

    def __init__(
        self,
        *,
        asset_base: str = "/vydno/static/",
        action: str | None = "/vydno/preferences",
        lang: str = "en",
    ) -> None:
        if not asset_base.endswith("/"):
            raise VydnoError(f"asset_base is {asset_base!r}; it must end in '/', as in '/static/'.")
        known(lang)
        environment = Environment(
            loader=FileSystemLoader(_HERE),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(
            endpoint=action,
            asset=lambda attribute, name: _asset(asset_base, attribute, name),
            content=lambda name: Markup((static_dir() / name).read_text(encoding="utf-8")),  # noqa: S704
            direction=lambda tag: "rtl" if direction(tag) == "rtl" else None,
            in_english=lambda tag: language(tag) == ENGLISH,
            known=known,
            language=lang,
            preference=PREFERENCES.__getitem__,
            text=_text,
            words=_words,
        )
        self._macros: dict[str, Callable[..., Markup]] = {}
        for path in sorted(_HERE.glob("**/[!_]*.jinja")):
            module = environment.get_template(path.relative_to(_HERE).as_posix()).module
            self._macros |= {n: m for n, m in vars(module).items() if not n.startswith("_")}

    @property
    def names(self) -> tuple[str, ...]:
        """Of all macros."""
        return tuple(self._macros)

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        macros: dict[str, Callable[..., Markup]] = vars(self).get("_macros", {})
        if name in macros:
            return macros[name]
        raise AttributeError(f"There is no macro {name!r}; there are {', '.join(macros)}.")


def install(
    environment: Environment,
    *,
    asset_base: str = "/vydno/static/",
    action: str | None = "/vydno/preferences",
    lang: str = "en",
) -> Macros:
    """Give the macros, as ``vydno``, to every template of a Jinja2 environment.

    That is all that a framework without a door of its own needs here; what a page shows comes from
    ``Preferences.from_cookie_header``, and the keywords are those of ``Macros``.
    """
    macros = Macros(asset_base=asset_base, action=action, lang=lang)
    environment.globals["vydno"] = macros
    return macros


def _asset(base: str, attribute: str, name: str) -> Markup:
    entry = manifest()[name]
    result = Markup('{}="{}{}?v={}" integrity="{}"').format(
        attribute, base, name, entry["version"], entry["integrity"]
    )
    # Integrity of another origin's file can only be checked if that origin allows it (CORS).
    return result + Markup(' crossorigin="anonymous"') if "//" in base else result


def _text(tag: str, key: str) -> str:
    """A text; a language that nobody knows is the mistake of whoever wrote the page."""
    return text(known(tag), key)


def _words(what: str, given: str | Iterable[str], allowed: Collection[str]) -> list[str]:
    words = given.split() if isinstance(given, str) else list(given)
    if not words or len(set(words)) < len(words) or not set(words) <= set(allowed):
        raise VydnoError(
            f"{what} is {' '.join(words)!r}; use words of {' '.join(allowed)!r}, each at most once."
        )
    return words
