"""What a policy allows in a story, and every reason why not: from the words of the reference.

`Law.alone` has the reasons that stand fixed, `Law.between` those between two slots, `Law.full` those of counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import attrs

from tests.oracles.stories.keys import OPEN
from tests.oracles.stories.language import KINDS
from tests.oracles.stories.nearness import Nearness, Slot
from tests.oracles.stories.reasons import Reason
from tests.oracles.stories.service import Spot, cheapest, ideals, places_of, rhythm_of
from tests.oracles.stories.story import EXISTING, Story
from tests.oracles.stories.wishes import Wish, spacings, wishes

# Whether a rule that has its most may say that its anchor is used where another one would serve.
_IS_LOOSE = "anchor-used of a rule that has its most" in OPEN


class Law:
    """The law of one policy for one story."""

    def __init__(self, story: Story, policy: Mapping[str, Any]) -> None:
        self.story = story.sized(policy["article"].get("sizes", {}))
        self.rules, self.limits = wishes(policy), policy["limits"]
        self.counts_existing = policy["article"].get("existing") != "ignore"
        self.near = Nearness(self.story, self.rules, spacings(policy), self.counts_existing)
        self.places = [places_of(self.story, rule) for rule in self.rules]
        self.index = {rule.name: number for number, rule in enumerate(self.rules)}

    def spots(self, i: int) -> list[Spot]:
        """The spots that a rule's places reach."""
        places = self.places[i]
        if places is None:
            return [(gap, False) for gap in range(1, self.story.last)]
        return sorted({spot for place in places for spot in place})

    def most(self, i: int) -> int:
        """How many slots a rule may have at all."""
        rule = self.rules[i]
        return 0 if any(self.of_article(i)) else min(rule.most, self.rated(i))

    def rated(self, i: int) -> int:
        """How many slots the rate gives."""
        rule = self.rules[i]
        if rule.rate is None:
            return rule.most
        slots, (number, unit) = rule.rate
        return slots * self.story.total(unit) // number

    # ------------------------------------------------------------------------------------------ alone

    def alone(self, i: int, spot: Spot) -> Iterator[Reason]:
        """The reasons why a rule may not use a spot, whatever else is placed."""
        rule, story, (gap, is_below) = self.rules[i], self.story, spot
        yield from self._unreached(i, spot)
        yield from (Reason(guard) for guard in sorted(rule.guards) if gap in story.guarded(guard))
        above, below = story.blocks[:gap][-1:], story.blocks[gap : gap + 1]
        if any(
            terms and sides and not sides[0].is_of(terms)
            for terms, sides in ((rule.after, above), (rule.before, below))
        ):
            yield Reason("neighbour")
        if rule.from_start is not None and not story.keeps(rule.from_start, 0, gap):
            yield Reason("start", rule.from_start, 0, gap)
        if rule.from_end is not None and not story.keeps(rule.from_end, gap, story.last):
            yield Reason("end", rule.from_end, gap, story.last)
        yield from self.near.from_existing(rule, gap)
        if not is_below:
            yield from self.near.from_things(rule, gap)
        yield from self.of_article(i)
        yield from self._of_section(rule, gap)

    def _unreached(self, i: int, spot: Spot) -> Iterator[Reason]:
        rule, is_end = self.rules[i], spot[0] in (0, self.story.last)
        if spot in self.spots(i):
            return
        if is_end and not rule.at:
            yield Reason("edge")
        if rule.every is not None:
            yield from self._off_beat(rule, spot[0], is_end=is_end)
        elif rule.at:
            yield Reason("anchor" if self.spots(i) else "missing")

    def _off_beat(self, rule: Wish, gap: int, *, is_end: bool) -> Iterator[Reason]:
        """Whether the nearest place of a rhythm is half a beat away, or more; at the ends that need not be told."""
        beat, unit = rhythm_of(self.story, rule)
        scale = self.story.total("chars") if unit == "%" else 1
        away = min((abs(self.story.sums[unit][gap] - at) for at in ideals(self.story, rule)), default=None)
        if away is None:
            yield Reason("rhythm", sure=not is_end)
        elif 2 * away >= beat or "rhythm at the end of the story" in OPEN:
            yield Reason("rhythm", numbers=((beat - 1) // (2 * scale), -(-away // scale), unit), sure=not is_end)

    def of_article(self, i: int) -> Iterator[Reason]:
        """Whether the article is too short or too long for a rule."""
        rule, last = self.rules[i], self.story.last
        if rule.min_article is not None and not self.story.keeps(rule.min_article, 0, last):
            yield Reason("short-article", rule.min_article, 0, last)
        if rule.max_article is not None and not self.story.fits(rule.max_article, 0, last):
            yield Reason("long-article", rule.max_article, 0, last, is_most=True)

    def _of_section(self, rule: Wish, gap: int) -> Iterator[Reason]:
        above, below = self.story.section(self.story.sections[gap])
        if rule.min_section is not None and not self.story.keeps(rule.min_section, above, below):
            yield Reason("short-section", rule.min_section, above, below)
        if rule.max_section is not None and not self.story.fits(rule.max_section, above, below):
            yield Reason("long-section", rule.max_section, above, below, is_most=True)

    # ---------------------------------------------------------------------------------------- between

    def between(self, one: Slot, other: Slot) -> Iterator[Reason]:
        """The reasons why two slots may not stand together."""
        (i, (gap, _)), (j, (at, _)) = one, other
        if gap == at and self._may_share(i, j):
            return
        if gap == at:
            guards = self.rules[i].guards | self.rules[j].guards
            yield Reason("adjacent", numbers=(1, 1, "slots"), sure="adjacent" in guards)
        reasons = [*self.near.own_apart(one, other), *self.near.spaced(one, other)]
        yield from (attrs.evolve(reason, sure=gap != at) for reason in reasons)

    def _may_share(self, i: int, j: int) -> bool:
        """Whether two rules may use one gap: stacked ones, or without the guard those that need no distance."""
        one, other = self.rules[i], self.rules[j]
        if i == j or (one.stack and other.stack):
            return i != j
        is_apart = one.kind == other.kind and (one.apart or other.apart)
        is_spaced = any(
            (one.is_of(s.above) and other.is_of(s.below)) or (other.is_of(s.above) and one.is_of(s.below))
            for s in self.near.spacings
        )
        return "adjacent" not in one.guards | other.guards and not is_apart and not is_spaced

    # ----------------------------------------------------------------------------------------- counts

    def full(self, i: int, spot: Spot, slots: Sequence[Slot]) -> Iterator[Reason]:
        """What is used up for one more slot of a rule at a spot, beside *slots*."""
        rule, own = self.rules[i], [at for j, at in slots if j == i]
        places = self.places[i]
        if own and places is not None and not any(self.alone(i, spot)):
            is_used, is_full = cheapest(places, [*own, spot]) is None, len(own) >= rule.most and _IS_LOOSE
            if is_used or is_full:
                yield Reason("anchor-used", numbers=(1, 1, "slots"), sure=is_used)
        section = self.story.sections[spot[0]]
        used = sum(self.story.sections[gap] == section for gap, _ in own)
        if rule.per_section is not None and used >= rule.per_section:
            yield Reason("section", numbers=(rule.per_section, used, "slots"))
        if len(own) >= rule.most:
            yield Reason("max", numbers=(rule.most, len(own), "slots"))
        if rule.rate is not None and len(own) >= self.rated(i):
            yield Reason("rate", numbers=(self.rated(i), len(own), "slots"))
        yield from self._limited(rule, section, slots)
        if any(self.rules[j].name in rule.instead_of for j, _ in slots):
            yield Reason("instead")

    def _limited(self, rule: Wish, section: int, slots: Sequence[Slot]) -> Iterator[Reason]:
        for name, most in self.limits.items():
            used = self.used(name, slots, section if name == "ads_per_section" else None)
            counted = ("ads" if name == "ads_per_section" else name) in ("slots", f"{rule.kind}s")
            if counted and used >= most:
                code = "section-limit" if name == "ads_per_section" else "limit"
                yield Reason(code, numbers=(most, used, "slots"))

    def used(self, limit: str, slots: Sequence[Slot], section: int | None = None) -> int:
        """How much of a limit is used, of that of sections in one of them."""
        kinds = ("ad",) if section is not None else KINDS if limit == "slots" else (limit[:-1],)
        sections = self.story.sections
        there = [
            block.role
            for index, block in enumerate(self.story.blocks)
            if self.counts_existing and block.role in EXISTING and section in (None, sections[index + 1])
        ]
        own = [self.rules[i].kind for i, (gap, _) in slots if section in (None, sections[gap])]
        return sum(kind in kinds for kind in [*there, *own])

    def is_whole(self, slots: Sequence[Slot]) -> bool:
        """Whether limits, growing distances and stand-ins allow all of *slots* together."""
        for number, (i, spot) in enumerate(slots):
            rest = [*slots[:number], *slots[number + 1 :]]
            section = self.story.sections[spot[0]]
            if any(self._limited(self.rules[i], section, rest)):
                return False
            if any(self.rules[j].name in self.rules[i].instead_of for j, _ in rest):
                return False
        return not any(self.near.growing(slots))

    def reasons(self, i: int, spot: Spot, slots: Sequence[Slot]) -> Iterator[Reason]:
        """Every reason why a rule may not use a spot beside *slots*."""
        yield from self.alone(i, spot)
        for other in slots:
            yield from self.between((i, spot), other)
        yield from self.near.growing([*slots, (i, spot)])
        yield from self.full(i, spot, slots)

    def speaks(self, i: int, gap: int) -> Spot:
        """The spot that speaks for a gap: below the story, if the rule has an anchor there."""
        return (gap, True) if gap == self.story.last and (gap, True) in self.spots(i) else (gap, False)

    def is_legal(self, slots: Sequence[Slot]) -> bool:
        """Whether all of *slots* may stand together."""
        return self.is_whole(slots) and not any(any(self.between(one, other)) for one, other in combinations(slots, 2))
