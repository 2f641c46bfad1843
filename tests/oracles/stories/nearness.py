"""How near a slot may stand to things of the story and to other slots: `apart`, spacings, and those that grow.

A slot is a rule's number and a spot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tests.oracles.stories.language import KINDS
from tests.oracles.stories.reasons import Reason
from tests.oracles.stories.service import Spot
from tests.oracles.stories.story import EXISTING, Story
from tests.oracles.stories.wishes import Apartness, Wish

Slot = tuple[int, Spot]


@attrs.frozen
class Nearness:
    """The distances of some rules and spacings in a story; *counts_existing* if the page's own ads are asked, too."""

    story: Story
    rules: Sequence[Wish]
    spacings: Sequence[Apartness]
    counts_existing: bool

    def from_existing(self, rule: Wish, gap: int) -> Iterator[Reason]:
        """What a rule's own distance asks of the ads and teasers that the page has."""
        for index, block in enumerate(self.story.blocks):
            if rule.apart is not None and self.counts_existing and block.role in EXISTING and block.role == rule.kind:
                above, below = (gap, index) if gap <= index else (index + 1, gap)
                if not self.story.keeps(rule.apart, above, below):
                    yield Reason("apart", rule.apart, above, below)

    def from_things(self, rule: Wish, gap: int) -> Iterator[Reason]:
        """What spacings ask of fixed things; those that grow are told by `growing`."""
        for spacing in self.spacings:
            if spacing.since > 1:
                continue
            if rule.is_of(spacing.below):
                uppers = [below for _, below, _, first in self.things(spacing.above) if first <= gap]
                yield from self._too_near(spacing, [(below, gap) for below in uppers], gap, is_lower=True)
            if rule.is_of(spacing.above):
                lowers = [above for above, _, last, _ in self.things(spacing.below) if last >= gap]
                yield from self._too_near(spacing, [(gap, above) for above in lowers], gap, is_lower=False)

    def _too_near(
        self, spacing: Apartness, pairs: Sequence[tuple[int, int]], gap: int, *, is_lower: bool
    ) -> Iterator[Reason]:
        if spacing.unless_at and spacing.is_lower == is_lower and self._is_beside(gap, spacing.unless_at):
            return
        for above, below in pairs:
            if not self.is_clear(spacing, above, below):
                yield Reason("spacing", spacing.least, above, below)

    def _is_beside(self, gap: int, terms: tuple[str, ...]) -> bool:
        return any(block.is_of(terms) for block in self.story.blocks[max(gap - 1, 0) : gap + 1])

    def is_clear(self, spacing: Apartness, above: int, below: int) -> bool:
        """Whether a spacing is kept between two gaps, or waived by what stands there."""
        is_waived = any(block.is_of(spacing.unless) for block in self.story.blocks[above:below])
        return is_waived or self.story.keeps(spacing.least, above, below)

    def things(self, terms: Sequence[str]) -> list[tuple[int, int, int, int]]:
        """The gaps above and below each fixed thing that *terms* name, the last whose slots stand above it, the first below."""
        last, lead = self.story.last, self.story.lead
        points = {"start": (0, 0, -1, 0), "end": (last, last, last, last + 1)}
        points |= {} if lead is None else {"lead": (lead, lead, lead - 1, lead)}
        named = [term for term in terms if self.counts_existing or term not in KINDS]
        found = [(i, i + 1, i, i + 1) for i, block in enumerate(self.story.blocks) if block.is_of(named)]
        return found + [points[term] for term in terms if term in points]

    def own_apart(self, one: Slot, other: Slot) -> Iterator[Reason]:
        """A slot below the story keeps its own distance, and nobody keeps one from it."""
        is_below = one[1][1] or other[1][1]
        above, below = sorted((one[1][0], other[1][0]))
        if self.rules[one[0]].kind != self.rules[other[0]].kind:
            return
        for i, (_, is_mine_below) in (one, other):
            apart = self.rules[i].apart
            if apart is not None and (is_mine_below or not is_below) and not self.story.keeps(apart, above, below):
                yield Reason("apart", apart, above, below)

    def spaced(self, one: Slot, other: Slot) -> Iterator[Reason]:
        """What spacings ask of two slots, which take no part in them below the story."""
        if one[1][1] or other[1][1]:
            return
        upper, lower = sorted((one, other), key=lambda slot: slot[1])
        orders = [(upper, lower), (lower, upper)] if upper[1] == lower[1] else [(upper, lower)]
        above, below = upper[1][0], lower[1][0]
        for spacing in self.spacings:
            named = any(
                self.rules[a[0]].is_of(spacing.above) and self.rules[b[0]].is_of(spacing.below) for a, b in orders
            )
            if spacing.since == 1 and named and not self.is_clear(spacing, above, below):
                yield Reason("spacing", spacing.least, above, below)

    def growing(self, slots: Sequence[Slot]) -> Iterator[Reason]:
        """What is too near once so many things precede."""
        inside = [(i, gap) for i, (gap, is_below) in slots if not is_below]
        for spacing in self.spacings:
            if spacing.since > 1:
                yield from self._grown(spacing, inside)

    def _grown(self, spacing: Apartness, inside: Sequence[tuple[int, int]]) -> Iterator[Reason]:
        fixed = [(below, first) for _, below, _, first in self.things(spacing.above)]
        own = [gap for i, gap in inside if self.rules[i].is_of(spacing.above)]
        for i, gap in inside:
            uppers = [below for below, first in fixed if first <= gap] + [at for at in own if at < gap]
            if self.rules[i].is_of(spacing.below) and len(uppers) >= spacing.since:
                yield from self._too_near(spacing, [(at, gap) for at in uppers], gap, is_lower=True)
        for gap, _, last, _ in self.things(spacing.below):
            uppers = [at for at in own if at <= last]
            if len(uppers) + sum(first <= gap for _, first in fixed) >= spacing.since:
                yield from self._too_near(spacing, [(at, gap) for at in uppers], gap, is_lower=True)
