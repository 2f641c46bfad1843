"""Strands: the slots of equal tasks that are worth the same wherever they stand.

Of so many tasks with two slots each, all first slots are one strand, and all second ones another: what a gap is worth
to a slot depends on which of how many it is, never on whose. One task by itself is one strand with all its slots.
Worths are told here without their lowest field, the tie.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot.planner.solver.groups import Group
from adslot.planner.solver.layers import Row
from adslot.planner.solver.single import GapTable, fill, layer_of, worths
from adslot.planner.solver.worth import GAP_SHIFT

# For each number of slots, from none on, how many tasks of a group have so many; of a loose group only how many slots.
Profile = tuple[int, ...]


@attrs.frozen(eq=False, kw_only=True)
class Strand:
    """*count* slots of a group's tasks that have *of* slots each, by a *table* without ties.

    They are the slots *ordinal* of all these tasks, or, where that is -1, all slots of one task, one after the
    other. A strand may not be ahead of the one *above* it, if that is not -1.
    """

    group: int
    of: int
    ordinal: int
    count: int
    above: int
    table: GapTable

    @property
    def centre(self) -> int:
        """About where in the span its slots would stand best, so that no strand is before the one above it."""
        return ((2 * max(self.ordinal, 0) + 1) << 20) // self.of

    def ordinal_of(self, number: int) -> int:
        """The how-manieth slot of its task the slot *number* of this strand is."""
        return number if self.ordinal < 0 else self.ordinal


def profiles(group: Group, total: int) -> Iterator[Profile]:
    """All ways to share *total* slots out among equal tasks that miss as little as can be of their minima."""
    if group.is_loose:
        yield (total,)
        return
    tasks, least = len(group.lanes), group.lane.task.least
    few, many = (0, min(group.cap, least)) if total < tasks * least else (min(group.cap, least), group.cap)
    yield from _shared(tasks, total, few, many, (0,) * few)


def _shared(tasks: int, total: int, few: int, many: int, before: Profile) -> Iterator[Profile]:
    """The profiles that go on from *before* with tasks of *few* to *many* slots each."""
    if few == many:
        if tasks * few == total:
            yield (*before, tasks)
        return
    for number in range(tasks, -1, -1):
        rest, left = tasks - number, total - number * few
        if rest * (few + 1) <= left <= rest * many:
            yield from _shared(rest, left, few + 1, many, (*before, number))


class Loom:
    """The strands of *groups*, and the tables of these, each made once."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._rows: dict[tuple[int, int, int], Row] = {}
        self._rests: dict[tuple[int, int, int], list[list[Row]]] = {}
        self._chains: dict[tuple[int, int], GapTable] = {}
        self._ceilings: dict[tuple[int, frozenset[tuple[int, int]]], list[Row]] = {}

    def strands(self, chosen: Sequence[Profile]) -> list[Strand]:
        """The strands where each group has the *chosen* profile."""
        found = list[Strand]()
        for g, profile in enumerate(chosen):
            if self._groups[g].is_loose:
                found += self._equal_strands(g, 1, profile[0], 0)
                continue
            for of, tasks in enumerate(profile):
                if tasks == 1 and of:
                    table = self._chain(g, of)
                    found.append(Strand(group=g, of=of, ordinal=-1, count=of, above=-1, table=table))
                else:
                    found += self._equal_strands(g, of, tasks, len(found))
        return found

    def _equal_strands(self, g: int, of: int, count: int, start: int) -> Iterator[Strand]:
        """The strands of so many tasks with so many slots each, from index *start* on."""
        for i in range(of if count else 0):
            above = start + i - 1 if i else -1
            yield Strand(group=g, of=of, ordinal=i, count=count, above=above, table=self._equal(g, i, of, count))

    def ceilings(self, strands: Sequence[Strand]) -> list[list[Row] | None]:
        """For each group, by a number of slots, what so many of any of its *strands* are worth at most from each gap on; none where one strand says so."""
        return [self._ceiling(g, [s for s in strands if s.group == g]) for g, _ in enumerate(self._groups)]

    def _ceiling(self, g: int, own: Sequence[Strand]) -> list[Row] | None:
        if len(own) < 2:
            return None
        kinds = frozenset((i, s.of) for s in own for i in (range(s.of) if s.ordinal < 0 else (s.ordinal,)))
        if (g, kinds) not in self._ceilings:
            row = list(map(max, *(self._row(g, *kind) for kind in kinds)))
            rests = fill(self._groups[g].lane, [row] * self._groups[g].most)
            self._ceilings[g, kinds] = [rest[0] for rest in reversed(rests)]
        return self._ceilings[g, kinds]

    def _row(self, g: int, i: int, of: int) -> Row:
        """What each gap is worth to slot *i* of a task that has so many."""
        if (g, i, of) not in self._rows:
            lane = self._groups[g].lane
            made = worths(lane, i, of + lane.ends, 0, len(lane.gaps))
            self._rows[g, i, of] = [worth >> GAP_SHIFT for worth in made]
        return self._rows[g, i, of]

    def _chain(self, g: int, of: int) -> GapTable:
        if (g, of) not in self._chains:
            rows = [self._row(g, i, of) for i in range(of)]
            self._chains[g, of] = GapTable(rows, fill(self._groups[g].lane, rows))
        return self._chains[g, of]

    def _equal(self, g: int, i: int, of: int, count: int) -> GapTable:
        """The table of *count* equal slots; its layers serve larger numbers too."""
        lane, row = self._groups[g].lane, self._row(g, i, of)
        rests = self._rests.setdefault((g, i, of), fill(lane, []))
        while len(rests) <= count:
            rests.append(layer_of(lane, row, rests[-1]))
        return GapTable([row] * count, rests[count::-1])
