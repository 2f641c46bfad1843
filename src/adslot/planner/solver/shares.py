"""Shares of sections: how many slots of several tasks together one section has room for.

A lane knows what is left to it alone, by the section of each gap. What lanes of one tier take from each other is
checked where plans are made, and counted along the sweep.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from adslot.planner.solver.lane import Lane, Run
from adslot.planner.solver.legality import Slot
from adslot.planner.solver.problem import Model
from adslot.planner.solver.worth import SLOT_BITS


def full_runs(problem: Model, left: Sequence[int], lane: Lane, slots: Iterable[Slot]) -> list[Run]:
    """The runs of a lane's gaps in sections where other *slots* take all that is *left*."""
    shares = problem.shares
    if shares is None or lane.index not in shares.counted:
        return []
    rest = shares.after(left, problem.section, slots)
    sections = [problem.section[gap] for gap in lane.gaps]
    runs = (
        (bisect_left(sections, number), bisect_left(sections, number + 1))
        for number in set(sections)
        if rest[number] <= 0
    )
    return [(start, stop, -1) for start, stop in runs]


class SharedSections:
    """The shares of sections in terms of a board's lanes: at *index*, a state has where the section of the last slots ends, and how many it has.

    Both are one number, which is smaller where there is more room: 0 where no slot stands in the section of the next gap.
    """

    def __init__(
        self, problem: Model, lanes: Sequence[Lane], fixed: frozenset[int], left: Sequence[int], index: int
    ) -> None:
        self._section, self._index = problem.section, index
        counted = problem.shares.counted if problem.shares else frozenset()
        self.counted = [r for r, lane in enumerate(lanes) if lane.index in counted - fixed]
        self._room = list(left)
        for r in self.counted:
            self._room[problem.section[problem.exempt]] -= lanes[r].ends
        self._ends = [bisect_left(self._section, number + 1) for number in range(len(self._room))]

    def place(self, new: list[int], clique: Sequence[int], gap: int, firsts: Sequence[Sequence[int]]) -> bool:
        """Count slots of *clique* at *gap* in their section, and close it where it is full; false if it was."""
        more = sum(r in self.counted for r in clique)
        if not more:
            return True
        number = self._section[gap]
        end, room = self._ends[number], self._room[number]
        last, taken = divmod(new[self._index], 1 << SLOT_BITS)
        taken = more + (taken if last == end else 0)
        if taken > room:
            return False
        new[self._index] = (end << SLOT_BITS) + taken
        if taken == room:
            for s in self.counted:
                new[s] = max(new[s], firsts[s][end])
        return True

    def settle(self, new: list[int], gap: int) -> None:
        """Forget a section that ends before *gap*, the next one."""
        if new[self._index] >> SLOT_BITS <= gap:
            new[self._index] = 0
