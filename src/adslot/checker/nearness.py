"""What is too near together: `apart` and spacings, between slots and the other things of the story.

Distances only grow along the story. So of all things above a slot the nearest one decides that a
distance is meant for, and each distance of a slot is asked about one thing only: time stays linear.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import attrs

from adslot.checker.distances import Law, Laws, Row, Side, Thing, share_stack
from adslot.checker.page import FilledPage, RawFinding
from adslot.checker.positions import FoundSlot
from adslot.checker.sizes import Missing


def findings(filled: FilledPage) -> Iterator[RawFinding]:
    """Every distance between two things that is missing."""
    laws = Laws(filled)
    spacings = list(laws.of_spacings())
    for law in [*laws.of_rules(), *spacings]:
        for slot in filled.apart:
            yield from _of_slot(filled, law, laws.thing(slot))
    if filled.policy.article.counts_existing:
        for law in [*laws.of_kinds(), *spacings]:
            yield from _of_existing(filled, law)
    for slot in sorted(filled.below, key=lambda each: each.number):
        yield from _below_story(filled, laws, slot)


def _below_story(filled: FilledPage, laws: Laws, slot: FoundSlot) -> Iterator[RawFinding]:
    """What a slot below the story is too near to, as far as its own rule goes."""
    own = laws.below(slot)
    if own is None:
        return
    law, thing = own
    rows = (law.upper.ruled, law.upper.editors, law.upper.fixed)
    uppers = [upper for row in rows for upper in row.things if not share_stack(upper, thing)]
    upper = max(uppers, key=lambda each: each.below, default=None)
    if upper is not None and (missing := _missing(filled, law, upper, thing)):
        yield RawFinding.of(law.code, slot, missing, upper.name)
    nothing = filled.sizes.missing(law.distance, filled.last, filled.last)
    for other in filled.below - {slot}:
        if nothing and other.kind == slot.kind and not (slot.is_stacked and other.is_stacked):
            yield RawFinding.of(law.code, slot, nothing, other.id)


def _of_slot(filled: FilledPage, law: Law, thing: Thing) -> Iterator[RawFinding]:
    """What a slot is too near to: anything above it, and below it what is no slot of a rule."""
    slot = thing.slot
    assert slot is not None  # noqa: S101  # a thing of a slot
    if law.lower.holds(slot):
        rows = [law.upper.ruled] if slot.is_editors else [law.upper.ruled, law.upper.editors, law.upper.fixed]
        upper = max(filter(None, (row.nearest_above(thing) for row in rows)), key=lambda t: t.key, default=None)
        if upper is not None and (missing := _missing(filled, law, upper, thing)):
            yield RawFinding.of(law.code, slot, missing, upper.name)
    if law.begin is not None and law.upper.holds(slot) and not slot.is_editors:
        lower = law.lower.fixed.nearest_below(max(thing.key, law.begin))
        if lower is not None and (missing := _missing(filled, law, thing, lower)):
            yield RawFinding.of(law.code, slot, missing, lower.name)


def _missing(filled: FilledPage, law: Law, upper: Thing, lower: Thing) -> Missing | None:
    """What is missing of the distance of a law between two things."""
    if law.waived[lower.above] > law.waived[upper.below] or _is_spared(law, upper, lower):
        return None
    if law.since > 1 and _count(law.upper, lower) < law.since:
        return None
    return filled.sizes.missing(law.distance, upper.below, lower.above)


def _is_spared(law: Law, upper: Thing, lower: Thing) -> bool:
    """Whether a block stands beside the slot of the two that waives the distance."""
    slot = lower if lower.slot is not None else upper
    return slot.above in law.spared and (slot is lower or law.spares_upper) and slot.slot is not None


def _count(side: Side, lower: Thing) -> int:
    """How many things of *side* precede *lower*; those of its own stack do not."""
    is_stacked = lower.slot is not None and lower.slot.is_stacked
    return bisect_left(side.keys, (lower.key[0], -1) if is_stacked else lower.key)


def _of_existing(filled: FilledPage, law: Law) -> Iterator[RawFinding]:
    """Existing ads and teasers that are too near together: adslot did not place them, so these are warnings."""
    uppers = Row([thing for thing in law.upper.fixed.things if thing.is_slot])
    for lower in law.lower.fixed.things:
        upper = uppers.nearest_above(lower) if lower.is_slot else None
        if upper is not None and (missing := _missing(filled, law, upper, lower)):
            finding = RawFinding.of(law.code, lower.block or 0, missing, upper.name)
            yield attrs.evolve(finding, is_error=False)
