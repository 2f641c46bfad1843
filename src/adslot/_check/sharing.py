"""Slots that share a gap: only stacked ones may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from adslot._check.filled import Breach, Filled
from adslot._check.stands import Stand


def breaches(filled: Filled) -> Iterator[Breach]:
    """Slots that stand in a gap with others, and may not."""
    standing = [stand for stand in filled.stands if stand.where in ("gap", "lead")]
    places = sorted(standing, key=_place)
    for _, group in groupby(places, key=_place):
        yield from _in_one_place(filled, list(group))


def _place(stand: Stand) -> tuple[bool, int]:
    """A slot after a lead above the body only counts as standing in the first gap."""
    return stand.where == "gap", stand.gap or 0


def _in_one_place(filled: Filled, group: Sequence[Stand]) -> Iterator[Breach]:
    ruled: list[Stand] = []
    editors: list[Stand] = []
    for stand in group:
        other = next((above for above in ruled if not _may_share(filled, above, stand)), None)
        if other is None and not stand.is_editors:
            other = next((above for above in editors[:1] if not _may_share(filled, above, stand)), None)
        if other is not None:
            yield Breach("adjacent", stand, against=other.id)
        (editors if stand.is_editors else ruled).append(stand)


def _may_share(filled: Filled, one: Stand, other: Stand) -> bool:
    """Whether two slots may share a gap: never two of one rule, stacked ones always."""
    if one.rule is not None and one.rule is other.rule:
        return False
    is_on = "adjacent" in filled.guarded
    return not is_on or all(stand.is_editors or stand.is_stacked for stand in (one, other))
