"""Measures: how much story lies before each gap, in every unit, as prefix sums.

The distance between two things is the size of the article's blocks between them. With prefix sums,
"at least d after gap g" allows exactly the gaps from some gap on, so that a distance compiles to one
number per gap, however many units it joins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import accumulate

import attrs

from adslot.kept import lazy
from adslot.policy.language.distance import Amount, Distance
from adslot.roles import PARAGRAPH, SLOT_ROLES, BlockLike

# What is counted of each block in a unit that is no text.
_COUNTS: dict[str, Callable[[Sequence[BlockLike]], list[int]]] = {
    "paragraphs": lambda blocks: [int(block.role is PARAGRAPH and block.chars > 0) for block in blocks],
    "blocks": lambda blocks: [int(block.role not in SLOT_ROLES) for block in blocks],
}


class Measures:
    """Prefix sums over an article's blocks; entry g is what lies before gap g.

    A unit is summed when it is first asked for: words are expensive to count, and few policies use them. What blocks of
    roles without text count is given by *sizes*, where anything is.
    """

    def __init__(self, blocks: Sequence[BlockLike], sizes: Mapping[str, Distance] | None = None) -> None:
        self._blocks = blocks
        self._given = {role: _amounts(size) for role, size in (sizes or {}).items()}
        self._sums: dict[str, tuple[int, ...]] = {}

    def before(self, unit: str) -> tuple[int, ...]:
        """Prefix sums in *unit*; for % in hundredths of a code point, so that 1 % is the total of chars."""
        if unit not in self._sums:
            if unit == "%":
                self._sums[unit] = tuple([100 * chars for chars in self.before("chars")])
            else:
                self._sums[unit] = tuple(accumulate(self._sizes(unit), initial=0))
        return self._sums[unit]

    def _sizes(self, unit: str) -> list[int]:
        """What each block has of *unit*."""
        if unit in _COUNTS:
            return _COUNTS[unit](self._blocks)
        sizes = [block.chars if unit == "chars" else block.words for block in self._blocks]
        if not self._given:
            return sizes
        given = {role: amounts.get(unit, 0) for role, amounts in self._given.items()}
        return [size + given.get(block.role, 0) for size, block in zip(sizes, self._blocks, strict=True)]

    def required(self, amount: Amount) -> int:
        """*amount* in the scale of `before`."""
        return amount.number * self.before("chars")[-1] if amount.unit == "%" else amount.number

    def actual(self, unit: str, above: int, below: int) -> int:
        """What lies between two gaps, in *unit* itself (whole per cent, rounded down)."""
        sums = self.before(unit)
        between = sums[below] - sums[above]
        return between // (sums[-1] // 100 or 1) if unit == "%" else between

    def holds(self, distance: Distance, above: int, below: int) -> bool:
        """Whether at least *distance* lies between two gaps."""
        return any(all(self._has(amount, above, below) for amount in every) for every in distance.alternatives)

    def is_within(self, distance: Distance, above: int, below: int) -> bool:
        """Whether at most *distance* lies between two gaps."""
        return any(all(self._fits(amount, above, below) for amount in every) for every in distance.alternatives)

    def _fits(self, amount: Amount, above: int, below: int) -> bool:
        sums = self.before(amount.unit)
        return sums[below] - sums[above] <= self.required(amount)

    def _has(self, amount: Amount, above: int, below: int) -> bool:
        sums = self.before(amount.unit)
        return sums[below] - sums[above] >= self.required(amount)

    def reach(self, distance: Distance) -> list[int]:
        """For each gap the first one at or below it that is at least *distance* below; one past the last if none is."""
        rows = []
        for every in distance.alternatives:
            columns = [self._reach_of(amount) for amount in every]
            rows.append(list(map(max, *columns)) if len(columns) > 1 else columns[0])
        return list(map(min, *rows)) if len(rows) > 1 else rows[0]

    def _reach_of(self, amount: Amount) -> list[int]:
        sums, required = self.before(amount.unit), self.required(amount)
        if required <= 0:
            return list(range(len(sums)))
        # Of each gap, for each distance: a loop takes longer.
        return list(map(partial(bisect_left, sums), map(required.__add__, sums)))

    def first_below(self, distance: Distance, gap: int) -> int:
        """The first gap at or below *gap* that is at least *distance* below it; one past the last if none is."""
        return min(max(self._first(amount, gap) for amount in every) for every in distance.alternatives)

    def last_above(self, distance: Distance, gap: int) -> int:
        """The last gap at or before *gap* that is at least *distance* above it; -1 if none is."""
        return max(min(self._last(amount, gap) for amount in every) for every in distance.alternatives)

    def _first(self, amount: Amount, gap: int) -> int:
        sums = self.before(amount.unit)
        return max(gap, bisect_left(sums, sums[gap] + self.required(amount)))

    def _last(self, amount: Amount, gap: int) -> int:
        sums = self.before(amount.unit)
        return min(gap, bisect_right(sums, sums[gap] - self.required(amount)) - 1)

    def shortfall(self, distance: Distance, above: int, below: int) -> tuple[int, int, str]:
        """(required, actual, unit) of the amount that misses the least of *distance* between two gaps."""
        missing = [amount for every in distance.alternatives for amount in every if not self._has(amount, above, below)]
        nearest = min(missing, key=lambda amount: self._missing_share(amount, above, below))
        return nearest.number, self.actual(nearest.unit, above, below), nearest.unit

    def excess(self, distance: Distance, above: int, below: int) -> tuple[int, int, str]:
        """(most, actual, unit) of the amount that exceeds *distance* the least between two gaps."""
        every = [amount for each in distance.alternatives for amount in each if not self._fits(amount, above, below)]
        nearest = max(every, key=lambda amount: self._missing_share(amount, above, below))
        return nearest.number, self.actual(nearest.unit, above, below), nearest.unit

    def _missing_share(self, amount: Amount, above: int, below: int) -> int:
        sums = self.before(amount.unit)
        required = self.required(amount)
        return (required - (sums[below] - sums[above])) * 1000 // (required or 1)


def _amounts(size: Distance) -> dict[str, int]:
    """A size by its units; of what is said twice, the larger."""
    found: dict[str, int] = {}
    for amount in size.alternatives[0]:
        found[amount.unit] = max(found.get(amount.unit, 0), amount.number)
    return found


@attrs.frozen(eq=False)
class Clearance:
    """A distance to keep, waived where one of *barriers*, ascending block indices, stands between."""

    measures: Measures
    distance: Distance
    barriers: Sequence[int] = ()

    def holds(self, above: int, below: int) -> bool:
        """Whether things at two gaps are clear of each other."""
        return self._is_waived(above, below) or self.measures.holds(self.distance, above, below)

    def _is_waived(self, above: int, below: int) -> bool:
        at = bisect_left(self.barriers, above)
        return at < len(self.barriers) and self.barriers[at] < below

    @lazy
    def reach(self) -> list[int]:
        """For each gap the first one at or below it that is clear of it; one past the last if none is."""
        reach = self.measures.reach(self.distance)
        if not self.barriers:
            return reach
        return [min(first, self._past_barrier(gap, first)) for gap, first in enumerate(reach)]

    def last_above(self, gap: int) -> int:
        """The last gap at or above *gap* that is clear of it; -1 if none is."""
        return min(gap, bisect_right(self.reach, gap) - 1)

    def _past_barrier(self, gap: int, default: int) -> int:
        at = bisect_left(self.barriers, gap)
        return self.barriers[at] + 1 if at < len(self.barriers) else default
