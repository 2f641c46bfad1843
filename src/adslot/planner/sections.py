"""Sections as the solver counts them, and what ads that stand fixed leave of their shares."""

from __future__ import annotations

from collections.abc import Sequence

from adslot.article.outline import Outline
from adslot.planner.constraints import Constraints
from adslot.planner.fixed import FixedThings
from adslot.planner.solver.problem import Shares
from adslot.roles import AD


def sections_of(article: Outline, *, is_lead: bool) -> tuple[int, ...]:
    """The section of each gap, and of the one below the story.

    Where the first gap *is_lead*, so that all slots there stand after a lead above the body, it is in no section of
    the story: in one of its own, before the others.
    """
    inside = tuple(article.section_at)
    found = (0, *(number + 1 for number in inside[1:])) if is_lead else inside
    return (*found, *found[-1:])


def shares_of(constraints: Constraints, things: FixedThings, section: Sequence[int]) -> Shares | None:
    """What existing and editors' ads leave of each *section*'s share of ads; that of a lead is for all rules at once."""
    policy, sections = constraints.policy, things.article.section_at
    most = policy.limits.ads_per_section
    if most is None or not sections:
        return None
    left = [most] * (sections[-1] + 1)
    for block, each in enumerate(things.article.blocks):
        left[sections[block + 1]] -= policy.article.counts_existing and each.role == AD
    for slot, gap in things.standing:
        left[sections[gap]] -= slot.is_ad
    counted = frozenset(i for i, slot in enumerate(constraints.slots) if slot.is_ad)
    of_lead = [len(counted)] * (section[-1] - sections[-1])
    return Shares(counted, (*of_lead, *left))
