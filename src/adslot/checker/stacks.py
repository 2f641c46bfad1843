"""Slots that share a gap: only stacked ones may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from adslot.checker.page import FilledPage, RawFinding
from adslot.checker.positions import FoundSlot


def findings(filled: FilledPage) -> Iterator[RawFinding]:
    """Slots that stand in a gap with others, and may not."""
    standing = [slot for slot in filled.slots if slot.where in ("gap", "lead")]
    places = sorted(standing, key=_place)
    for _, group in groupby(places, key=_place):
        yield from _in_one_place(filled, list(group))


def _place(slot: FoundSlot) -> tuple[bool, int]:
    """A slot after a lead above the body only counts as standing in the first gap."""
    return slot.where == "gap", slot.gap or 0


def _in_one_place(filled: FilledPage, group: Sequence[FoundSlot]) -> Iterator[RawFinding]:
    """The slots of one place that may not stand there below those above; of each rule one above is enough to say so."""
    first: dict[tuple[bool, str | None], FoundSlot] = {}
    for slot in group:
        other = next((above for above in first.values() if not _may_share(filled, above, slot)), None)
        if other is not None:
            yield RawFinding("adjacent", slot, against=other.id)
        first.setdefault(_rule_of(slot), slot)


def _may_share(filled: FilledPage, one: FoundSlot, other: FoundSlot) -> bool:
    """Whether two slots may share a gap: never two of one rule, stacked ones always."""
    if one.rule is not None and one.rule is other.rule:
        return False
    is_on = any(filled.is_guarded("adjacent", slot.rule) for slot in (one, other) if not slot.is_editors)
    return not is_on or all(slot.is_editors or slot.is_stacked for slot in (one, other))


def _rule_of(slot: FoundSlot) -> tuple[bool, str | None]:
    """The rule of a slot, or that an editor asked for it."""
    return slot.is_editors, None if slot.rule is None else slot.rule.name
