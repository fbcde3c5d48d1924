"""The sheets that belong together, and what holds for all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from .custom_properties import CustomProperties
from .page import PageSource
from .root import RootSize, root_size
from .sheet import Sheet
from .sizes import variables

TOLD_ROOT = "--vydno-root"
"""By which a site tells `<text-scale>` what 1rem is, in parts of 16 px."""
_CONTROL = re.compile(r"<text-scale\b|\bvydno[._](?:head|text_scale|panel)\b", re.IGNORECASE)


@dataclass(kw_only=True)
class Site:
    """Everything that one call was given."""

    sheets: Sequence[Sheet]
    pages: Sequence[PageSource] = ()
    told_root: Fraction | None = None
    """What the user says that `1rem` is, in px."""

    @cached_property
    def custom_properties(self) -> CustomProperties:
        return CustomProperties(each for sheet in self.sheets for each in sheet.declarations)

    @cached_property
    def has_control(self) -> bool:
        """Whether a page has `<text-scale>` or its macro, or a sheet is one of Vydno's own."""
        return any(_CONTROL.search(page.source.text) for page in self.pages) or any(
            TOLD_ROOT in variables(declaration.value)
            for sheet in self.sheets
            for declaration in sheet.declarations
        )

    @cached_property
    def root(self) -> RootSize:
        if self.told_root is not None:
            return RootSize(px=self.told_root)
        every = (each for sheet in self.sheets for each in sheet.declarations)
        return root_size(every, self.custom_properties)
