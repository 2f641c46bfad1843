"""The best plan, by trying all of them: the tuple that plans are compared by, from `docs/explanation/planning.md`.

Only the number that decides between plans which are equal otherwise is the solver's: no words tell it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import attrs

from adslot.planner.solver.worth import hashed
from tests.oracles.stories.law import Law
from tests.oracles.stories.nearness import Slot
from tests.oracles.stories.service import NOTHING, Cost, Spot, cheapest

Levels = tuple[int, ...]
# So many plans are tried for one story.
MOST_PLANS = 150_000


@attrs.frozen
class _Option:
    """Some spots of one rule: as bits, what they bar as bits, and what they are worth."""

    slots: tuple[Slot, ...]
    bits: int
    barred: int
    worth: Levels


class TooManyError(Exception):
    """There are more plans than are tried."""


def best(law: Law) -> tuple[Levels, tuple[Slot, ...]]:
    """The highest objective of all legal plans, and its slots."""
    scale = Scale(law)
    options = [list(_options(scale, i)) for i in range(len(law.rules))]
    budget = [MOST_PLANS]
    return max(found for found in _plans(law, scale, options, budget))


def _plans(
    law: Law, scale: Scale, options: Sequence[Sequence[_Option]], budget: list[int]
) -> Iterator[tuple[Levels, tuple[Slot, ...]]]:
    """All legal plans with what they are worth."""
    for chosen in _together(options, (), 0, 0):
        budget[0] -= 1
        if budget[0] < 0:
            raise TooManyError
        slots = tuple(slot for option in chosen for slot in option.slots)
        if law.is_whole(slots):
            yield scale.summed([option.worth for option in chosen]), slots


def _together(
    options: Sequence[Sequence[_Option]], chosen: tuple[_Option, ...], bits: int, barred: int
) -> Iterator[tuple[_Option, ...]]:
    if len(chosen) == len(options):
        yield chosen
        return
    for option in options[len(chosen)]:
        if not option.bits & barred and not bits & option.barred:
            yield from _together(options, (*chosen, option), bits | option.bits, barred | option.barred)


def _options(scale: Scale, i: int) -> Iterator[_Option]:
    """All that one rule may place alone."""
    law, spots = scale.law, scale.open[i]
    for count in range(min(law.most(i), len(spots)) + 1):
        for chosen in combinations(spots, count):
            slots = tuple((i, spot) for spot in chosen)
            bits = sum(1 << scale.numbers[slot] for slot in slots)
            barred = 0
            for slot in slots:
                barred |= scale.barred[slot]
            cost = scale.cost(i, chosen)
            if not bits & barred and cost is not None and scale.keeps_sections(i, chosen):
                yield _Option(slots, bits, barred, scale.levels(i, chosen, cost))


class Scale:
    """What plans are weighed on: the spots that are open to each rule, and which of these bar each other."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.tiers = sorted({rule.priority for rule in law.rules})
        self.open = [
            [spot for spot in law.spots(i) if not any(law.alone(i, spot))] if law.most(i) > 0 else []
            for i in range(len(law.rules))
        ]
        slots = [(i, spot) for i, spots in enumerate(self.open) for spot in spots]
        self.numbers = {slot: number for number, slot in enumerate(slots)}
        self.barred = {
            slot: sum(1 << self.numbers[other] for other in slots if other != slot and any(law.between(slot, other)))
            for slot in slots
        }

    def cost(self, i: int, spots: Sequence[Spot]) -> Cost | None:
        """What anchors or the rhythm cost."""
        places = self.law.places[i]
        return NOTHING if places is None else cheapest(places, spots)

    def keeps_sections(self, i: int, spots: Sequence[Spot]) -> bool:
        """Whether no section has more than its share of a rule's slots."""
        most, sections = self.law.rules[i].per_section, [self.law.story.sections[gap] for gap, _ in spots]
        return most is None or all(sections.count(section) <= most for section in sections)

    def levels(self, i: int, spots: Sequence[Spot], cost: Cost) -> Levels:
        """What some spots of a rule add to the objective."""
        rule = self.law.rules[i]
        short = max(0, rule.least - len(spots))
        gaps = [gap for gap, _ in spots]
        tie = sum(hashed(rule.name, gap) + is_below for gap, is_below in spots)
        own = (len(spots), *(-each for each in cost), self._liked(i, gaps), -self._uneven(i, gaps), -sum(gaps), tie)
        nothing = (0,) * len(own)
        levels: Levels = tuple(-short * (tier == rule.priority) for tier in self.tiers)
        for tier in self.tiers:
            levels += own if tier == rule.priority else nothing
        return levels

    def summed(self, worths: Sequence[Levels]) -> Levels:
        """What rules are worth together."""
        return tuple(map(sum, zip(*worths, strict=True)))

    def worth(self, slots: Sequence[Slot]) -> Levels | None:
        """The objective of a plan; None where its slots cannot all be served."""
        found = []
        for i in range(len(self.law.rules)):
            spots = sorted(spot for j, spot in slots if j == i)
            cost = self.cost(i, spots)
            if cost is None:
                return None
            found.append(self.levels(i, spots, cost))
        return self.summed(found)

    def _liked(self, i: int, gaps: Sequence[int]) -> int:
        """How much rules that prefer late places, or those at the ends of sections, like theirs."""
        prefer, story = self.law.rules[i].prefer, self.law.story
        if prefer == "late":
            return sum(gaps)
        if prefer == "section-end":
            return sum(gap == story.last or story.blocks[gap].role == "heading" for gap in gaps)
        return 0

    def _uneven(self, i: int, gaps: Sequence[int]) -> int:
        """The squared thousandths of the rule's span that each slot is away from the middle of its part."""
        before, spots, count = self.law.story.sums["chars"], self.open[i], len(gaps)
        if self.law.rules[i].prefer not in ("even", "section-end") or not gaps:
            return 0
        low = before[spots[0][0]]
        span = before[spots[-1][0]] - low
        if not span:
            return 0
        aways = [abs(2 * count * (before[gap] - low) - span * (2 * part - 1)) for part, gap in enumerate(gaps, 1)]
        return sum((away * 500 // (count * span)) ** 2 for away in aways)
