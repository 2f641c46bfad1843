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
    """The shares of sections in terms of a board's lanes: in a state, from *offset*, where the sections of the last slots end."""

    def __init__(
        self, problem: Model, lanes: Sequence[Lane], fixed: frozenset[int], left: Sequence[int], offset: int
    ) -> None:
        self._section = problem.section
        counted = problem.shares.counted if problem.shares else frozenset()
        self.counted = [r for r, lane in enumerate(lanes) if lane.index in counted - fixed]
        self._room = list(left)
        for r in self.counted:
            self._room[problem.section[problem.exempt]] -= lanes[r].ends
        sections = range(len(self._room))
        self._ends = [bisect_left(self._section, number + 1) for number in sections]
        self._offset, self.size = offset, max(max(self._room, default=0), 0)

    def place(self, new: list[int], clique: Sequence[int], gap: int, firsts: Sequence[Sequence[int]]) -> bool:
        """Count slots of *clique* at *gap* in their section, and close it where it is full; false if it was."""
        number = self._section[gap]
        end, room = self._ends[number], self._room[number]
        stop = self._offset + self.size
        for _ in (r for r in clique if r in self.counted):
            taken = sum(each == end for each in new[self._offset : stop])
            if taken >= room:
                return False
            new[self._offset : stop] = [*new[self._offset + 1 : stop], end]
            if taken + 1 == room:
                for s in self.counted:
                    new[s] = max(new[s], firsts[s][end])
        return True
