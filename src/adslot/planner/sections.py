"""Sections: their sizes, as rules ask for them, their numbers, as the solver counts them, and their shares of ads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.article.outline import Outline
from adslot.planner.constraints import Constraints
from adslot.planner.fixed import FixedThings
from adslot.planner.measures import Measures
from adslot.planner.solver.problem import Shares
from adslot.policy.declarations import Rule
from adslot.roles import AD

# The gaps above and below a section.
Span = tuple[int, int]


def spans_of(article: Outline) -> dict[int, Span]:
    """The gaps above and below each section; the number of one in which no block is leads to the first gap twice."""
    found: dict[int, Span] = dict.fromkeys(article.section_at[:1], (0, 0))
    for block, number in enumerate(article.section_at[1:]):
        found[number] = found.get(number, (block, block))[0], block + 1
    return found


def section_faults(rule: Rule, measures: Measures, span: Span) -> Iterator[str]:
    """Why a section is none for a rule, as codes."""
    if rule.min_section is not None and not measures.holds(rule.min_section, *span):
        yield "short-section"
    if rule.max_section is not None and not measures.is_within(rule.max_section, *span):
        yield "long-section"


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
