"""The seats of one lane, as far as its tables need to know them: by cursors that are counted from what is left.

Below a slot the seats from a cursor on are left. Of the cursors above the first seat that can still be of use, all
are as good as that one, so that a table has rows for the few others only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from adslot.planner.solver.problem import OWN
from adslot.planner.solver.seats import Options
from adslot.planner.solver.worth import VALUE_SHIFT


@attrs.frozen(eq=False)
class Seating:
    """The seats that are left of a lane's gaps.

    *options* has for each gap its seats, and the *worth* of each in the field of values. *lows* has for each gap,
    and past the last, the first seat that can serve one from there on: a cursor above it is as good as it.
    *width* is how many cursors there may be at a gap, counted from there.
    """

    options: Sequence[Options]
    lows: Sequence[int]
    width: int

    @classmethod
    def of(cls, options: Sequence[Options]) -> Seating:
        """The seats of gaps that have these."""
        count = max((seat for each in options for seat, _ in each), default=OWN) + 1
        lows = [count]
        for each in reversed(options):
            lows.append(min([lows[-1], *(seat for seat, _ in each if seat != OWN)]))
        lows.reverse()
        width = top = 1
        for low, each in zip(lows, [*options, ()], strict=True):
            width = max(width, top - low)
            top = max([top, *(seat + 2 for seat, _ in each)])
        shifted = [tuple((seat, worth << VALUE_SHIFT) for seat, worth in each) for each in options]
        return cls(shifted, lows, width)

    def weightless(self) -> Seating:
        """The same where only the number of slots counts."""
        return attrs.evolve(self, options=[tuple((seat, 0) for seat, _ in each) for each in self.options])

    def free(self, a: int, cursor: int) -> Iterable[tuple[int, int]]:
        """What a slot at gap *a* may be worth below a *cursor*, each with the cursor after it; none is worse in both."""
        best: int | None = None
        for seat, worth in self.options[a]:
            if (seat == OWN or seat >= cursor) and (best is None or worth > best):
                best = worth
                yield worth, cursor if seat == OWN else seat + 1


def folded(options: Sequence[Options]) -> list[int] | None:
    """The seat of each gap as a group, where each has one, and those of a seat stand side by side; else none."""
    groups = list[int]()
    for a, each in enumerate(options):
        if len(each) != 1:
            return None
        groups.append(~a if each[0][0] == OWN else each[0][0])
    runs = sum(group != above for group, above in zip(groups[1:], groups, strict=False)) + 1
    return groups if runs == len(set(groups)) else None
