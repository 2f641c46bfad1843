"""Sizes: how much story lies between two gaps, by plain sums over the blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate

import attrs

from adslot.article.values import Block
from adslot.policy.language.distance import Amount, Distance
from adslot.roles import SLOT_ROLES, Role

# A per cent is counted in hundredths of a char: 1 % of the story is the number of its chars.
_OF_BLOCK: dict[str, Callable[[Block], int]] = {
    "chars": lambda block: block.chars,
    "words": lambda block: block.words,
    "paragraphs": lambda block: block.role is Role.PARAGRAPH and block.chars > 0,
    "blocks": lambda block: block.role not in SLOT_ROLES,
    "%": lambda block: 100 * block.chars,
}


@attrs.frozen
class Missing:
    """A distance that is not kept: the amount that misses the least of it, *actual* rounded down."""

    required: int
    actual: int
    unit: str


class Sizes:
    """The sizes of one article. A gap is given by its index; what lies between two is what the blocks have."""

    def __init__(self, blocks: Sequence[Block], sizes: Mapping[str, Distance]) -> None:
        self._blocks, self._given = blocks, sizes
        self._sums: dict[str, list[int]] = {}

    def between(self, unit: str, above: int, below: int) -> int:
        """How much of *unit* lies between two gaps; per cents in hundredths of a char."""
        if unit not in self._sums:
            self._sums[unit] = list(accumulate((self._of_block(unit, block) for block in self._blocks), initial=0))
        return self._sums[unit][below] - self._sums[unit][above]

    def _of_block(self, unit: str, block: Block) -> int:
        """What a block has of *unit*; a policy may say that of roles without text."""
        size = _OF_BLOCK[unit](block)
        if block.role not in self._given:
            return size
        named = [
            amount for amount in self._given[block.role].alternatives[0] if amount.unit == unit.replace("%", "chars")
        ]
        return size + max((amount.number * (100 if unit == "%" else 1) for amount in named), default=0)

    def whole(self, unit: str) -> int:
        """How much of *unit* the article has."""
        return self.between(unit, 0, len(self._blocks))

    def missing(self, distance: Distance, above: int, below: int) -> Missing | None:
        """What is missing of *distance* between two gaps, None where it is kept."""
        lacking = [[a for a in every if self._lacks(a, above, below)] for every in distance.alternatives]
        if not all(lacking):
            return None
        nearest = min((a for every in lacking for a in every), key=lambda a: self._lack(a, above, below))
        actual = self.between(nearest.unit, above, below)
        shown = actual // (self.whole("chars") or 1) if nearest.unit == "%" else actual
        return Missing(nearest.number, shown, nearest.unit)

    def is_within(self, distance: Distance, above: int, below: int) -> bool:
        """Whether at most *distance* lies between two gaps: of one alternative no amount is exceeded."""
        return any(
            all(self.between(a.unit, above, below) <= self._number(a) for a in every) for every in distance.alternatives
        )

    def exceeding(self, distance: Distance, above: int, below: int) -> Missing | None:
        """What is more than *distance* between two gaps, None where that is the most there is: the amount exceeded least."""
        if self.is_within(distance, above, below):
            return None
        amounts = [a for every in distance.alternatives for a in every]
        over = [a for a in amounts if self.between(a.unit, above, below) > self._number(a)]
        nearest = max(
            over, key=lambda a: self._lack(a, above, below) if self._number(a) else -self.between(a.unit, above, below)
        )
        return Missing(nearest.number, self.between(nearest.unit, above, below), nearest.unit)

    def _number(self, amount: Amount) -> int:
        return amount.number * self.whole("chars") if amount.unit == "%" else amount.number

    def _lacks(self, amount: Amount, above: int, below: int) -> bool:
        return self.between(amount.unit, above, below) < self._number(amount)

    def _lack(self, amount: Amount, above: int, below: int) -> Fraction:
        required = self._number(amount)
        return Fraction(required - self.between(amount.unit, above, below), required)
