"""Reasons why a rule does not use a gap, and whether a refusal tells one of them."""

from __future__ import annotations

import attrs

import adslot
from tests.oracles.stories.language import Distance
from tests.oracles.stories.story import Story


@attrs.frozen
class Reason:
    """Why not: a code, and what its numbers must be. Of a *distance* they are those between two gaps; or *numbers* tells.

    One that is not *sure* may be told or not.
    """

    code: str
    distance: Distance | None = None
    above: int = 0
    below: int = 0
    numbers: tuple[int, int, str] | None = attrs.field(default=None, kw_only=True)
    is_most: bool = attrs.field(default=False, kw_only=True)
    sure: bool = attrs.field(default=True, kw_only=True)


def tells(refusal: adslot.Refusal, reason: Reason, story: Story) -> bool:
    """Whether a refusal has the code and the numbers of a reason."""
    told = refusal.required, refusal.actual, refusal.unit
    if refusal.code != reason.code:
        return False
    if reason.numbers is not None:
        return told in (reason.numbers, (None, None, None)) if reason.code == "adjacent" else told == reason.numbers
    if reason.distance is None:
        return True
    above, below = reason.above, reason.below
    missed = [
        (number, story.told(unit, above, below), unit)
        for every in reason.distance
        for number, unit in every
        if _is_missed(story, reason, (number, unit))
    ]
    return told in missed


def _is_missed(story: Story, reason: Reason, amount: tuple[int, str]) -> bool:
    """Whether an amount of a distance is not kept, or exceeded where it is the most."""
    size, needed = story.size(amount[1], reason.above, reason.below), story.needed(amount)
    return size > needed if reason.is_most else size < needed
