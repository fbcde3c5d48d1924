"""Design tokens back into a seed, or into a theme made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import VydnoError
from .pairs import LIGHT, ROLES, VARIANTS
from .seeds import Seed, parse
from .solver import build
from .tokens import Mode

Colours = Mapping[str, Mapping[str, str]]


def seeds(
    modes: Iterable[Mode], *, name: str = "", group: str = "vydno", accents: bool = False
) -> dict[str, Seed]:
    """The themes that modes are variants of, each as a seed; not yet proven.

    Where the tokens carry a seed of ours that gives exactly these colours, it is that seed;
    otherwise all the colours are kept as they are. With ``accents`` only the accents are kept, and
    all other roles will be built around them. ``name`` is for a theme that does not say its own.
    """
    found = _themes(modes, name)
    if name and len(found) > 1:
        raise VydnoError(f"One name for {len(found)} themes: {', '.join(found)}; import one alone.")
    return {
        own: _from_accents(own, variants, group) if accents else _exact(own, variants, group)
        for own, variants in found.items()
    }


def _themes(modes: Iterable[Mode], name: str) -> dict[str, dict[str, Mode]]:
    """Theme to variant to mode."""
    found: dict[str, dict[str, Mode]] = {}
    for mode in modes:
        said = mode.extension.get("theme")
        theme = name if name and not isinstance(said, str) else str(said or "")
        if not theme:
            raise VydnoError(f"The tokens {mode.name} name no theme; give one with --name.")
        if mode.variant not in VARIANTS:
            raise VydnoError(
                f"The tokens {mode.name} are of no variant; call the file or its Figma mode one of "
                f"{', '.join(VARIANTS)}."
            )
        variants = found.setdefault(theme, {})
        if mode.variant in variants:
            raise VydnoError(f"There are two {mode.variant} of the theme {theme}.")
        variants[mode.variant] = mode
    if name and len(found) == 1:
        return dict.fromkeys([name], *found.values())
    return found


def _from_accents(name: str, variants: Mapping[str, Mode], group: str) -> Seed:
    if LIGHT not in variants:
        raise VydnoError(f"The theme {name} has no light accent, from which the others are made.")
    found = {
        variant: variants[variant].colour(f"{group}.accent")
        for variant in VARIANTS
        if variant in variants
    }
    return Seed(name, brand=found.pop(LIGHT), accent=found)


def _exact(name: str, variants: Mapping[str, Mode], group: str) -> Seed:
    if missing := [variant for variant in VARIANTS if variant not in variants]:
        raise VydnoError(
            f"The theme {name} lacks {', '.join(missing)}; give these too, or take its accents "
            "alone with --accents and have the rest built."
        )
    colours = {variant: _palette(variants[variant], group) for variant in VARIANTS}
    return _ours(name, variants[LIGHT].extension.get("seed"), colours) or Seed(
        name, colours=colours
    )


def _palette(mode: Mode, group: str) -> dict[str, str]:
    prefix = f"{group}."
    roles = [path.removeprefix(prefix) for path in mode.names() if path.startswith(prefix)]
    if unknown := [role for role in roles if role not in ROLES]:
        raise VydnoError(
            f"{mode.name} has the unknown role {unknown[0]!r}; there are {', '.join(ROLES)}."
        )
    if missing := [role for role in ROLES if role not in roles and role != "focus-gap"]:
        raise VydnoError(
            f"{mode.name} lacks {', '.join(f'{prefix}{role}' for role in missing)}; give these "
            "too, or take the accents alone with --accents."
        )
    # Tools that know no alias may have dropped the gap, which is always the surface.
    return {role: mode.colour(prefix + (role if role in roles else "surface")) for role in ROLES}


def _ours(name: str, data: Any, colours: Colours) -> Seed | None:
    """The seed that tokens carry, if it says how these colours came about."""
    if data is None:
        return None
    try:
        seed = parse(name, data)
        built = build(seed)
    except VydnoError:
        return None
    return seed if built.variants == colours else None
