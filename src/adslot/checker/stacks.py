"""Slots that share a gap: only stacked ones may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from adslot.checker.page import Breach, FilledPage
from adslot.checker.positions import FoundSlot


def breaches(filled: FilledPage) -> Iterator[Breach]:
    """Slots that stand in a gap with others, and may not."""
    standing = [stand for stand in filled.stands if stand.where in ("gap", "lead")]
    places = sorted(standing, key=_place)
    for _, group in groupby(places, key=_place):
        yield from _in_one_place(filled, list(group))


def _place(stand: FoundSlot) -> tuple[bool, int]:
    """A slot after a lead above the body only counts as standing in the first gap."""
    return stand.where == "gap", stand.gap or 0


def _in_one_place(filled: FilledPage, group: Sequence[FoundSlot]) -> Iterator[Breach]:
    """The slots of one place that may not stand there below those above; of each rule one above is enough to say so."""
    first: dict[tuple[bool, str | None], FoundSlot] = {}
    for stand in group:
        other = next((above for above in first.values() if not _may_share(filled, above, stand)), None)
        if other is not None:
            yield Breach("adjacent", stand, against=other.id)
        first.setdefault(_rule_of(stand), stand)


def _may_share(filled: FilledPage, one: FoundSlot, other: FoundSlot) -> bool:
    """Whether two slots may share a gap: never two of one rule, stacked ones always."""
    if one.rule is not None and one.rule is other.rule:
        return False
    is_on = "adjacent" in filled.guarded
    return not is_on or all(stand.is_editors or stand.is_stacked for stand in (one, other))


def _rule_of(stand: FoundSlot) -> tuple[bool, str | None]:
    """The rule of a slot, or that an editor asked for it."""
    return stand.is_editors, None if stand.rule is None else stand.rule.name
