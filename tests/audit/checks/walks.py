"""Stops of a walk by Tab, as the tests need them."""

from __future__ import annotations

from collections.abc import Sequence

from vydno.audit.walk import NOWHERE, Stop


def stop(at: int = NOWHERE, *, moves: Sequence[int] = (), kind: str = "") -> Stop:
    return Stop(
        at=at,
        box=None,
        kind=kind or str(at),
        unseen="",
        covered=0,
        coverer=NOWHERE,
        changed=(),
        ring=(),
        text=False,
        prevented=False,
        moves=moves,
        gone=(),
        went=False,
        did=(),
    )
