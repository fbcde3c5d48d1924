"""What the page's own text size control, `<text-scale>`, must be told of a root of another size."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import tinycss2

from .findings import Finding
from .font import parts
from .reporting import finding
from .root import sizes
from .sheet import Declaration, is_root_itself
from .site import TOLD_ROOT, Site
from .sizes import USUAL_ROOT, UnknownSizeError, significant, written

_NEAR = Fraction(1, 200)
"""Of 1rem, which nobody sees: `0.83` for 13.33 px will do."""
_STEP = Fraction(125, 100)
"""The choice that the message speaks of."""


def untold_roots(site: Site, declaration: Declaration) -> Iterator[Finding]:
    """A size of the root that is not the usual one, while no sheet says so to the control."""
    size = parts(declaration).size
    context = declaration.context
    if not size or context.printed or not is_root_itself(context) or not site.has_control:
        return
    try:
        found = sorted(sizes(size, site.custom_properties))
    except UnknownSizeError:
        return
    for px in found:
        if not _is_told(site, px / USUAL_ROOT):
            yield _untold(declaration, size, px)
            return


def _is_told(site: Site, share: Fraction) -> bool:
    """Whether some sheet says the share; one that is calculated is taken at its word."""
    told = site.custom_properties.values(TOLD_ROOT) or [tinycss2.parse_component_value_list("1")]
    numbers = [significant(each) for each in told]
    return any(
        len(each) != 1 or each[0].type != "number" or abs(Fraction(each[0].value) - share) < _NEAR
        for each in numbers
    )


def _untold(declaration: Declaration, size: Any, px: Fraction) -> Finding:
    grown = float(round(USUAL_ROOT * _STEP / px, 2))
    return finding(
        "root-not-told",
        declaration,
        f"1rem is {float(px):g}px, which `<text-scale>` is not told, so that at 125 % text becomes "
        f"{grown:g} times as large",
        at=significant(size)[0],
        instead=f"{TOLD_ROOT}: {written(px / USUAL_ROOT, '0')} into the same rule",
    )
