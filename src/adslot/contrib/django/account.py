"""What a plan comes to, in one line: how many slots each rule has."""

from __future__ import annotations

from collections import Counter

from adslot import Plan


def counted(slots: Counter[str]) -> str:
    """How many slots each rule has.

    >>> counted(Counter({"in-text": 2, "end": 1}))
    '1 end, 2 in-text'
    """
    return ", ".join(f"{count} {rule}" for rule, count in sorted(slots.items())) or "no slot"


def slots_of(plan: Plan) -> Counter[str]:
    """How many slots of a *plan* each rule has."""
    return Counter(placement.rule for placement in plan.placements)


def summary(plan: Plan) -> str:
    """A *plan* in one line."""
    unmet = f"; too few: {', '.join(plan.unmet)}" if plan.unmet else ""
    return counted(slots_of(plan)) + unmet
