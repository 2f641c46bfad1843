"""What a plan for groups of equal tasks may aim at: how many slots each group has, and how its tasks share them.

As `cases` does for tasks: the numbers of the highest rank that caps and limits allow, and that fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

import attrs

from adslot.planner.solver.alone import Placed, end_worth, page_worth
from adslot.planner.solver.board import Board, Counts
from adslot.planner.solver.cases import CountCase, Option, Tier, combined
from adslot.planner.solver.counts import Path, possible_counts
from adslot.planner.solver.groups import Group, groups_of
from adslot.planner.solver.strands import Loom, Profile, Strand, profiles
from adslot.planner.solver.worth import GAP_SHIFT


@attrs.frozen(eq=False, kw_only=True)
class Side:
    """One case with its *groups*, their *board*, and the *loom* of their strands."""

    case: CountCase
    groups: list[Group]
    board: Board
    loom: Loom


@attrs.frozen(eq=False, kw_only=True)
class Aim:
    """Numbers of slots for the groups of a side, and how each group shares them.

    *extra* is what places outside the order of gaps are worth, with ties, and *bound* the most that a plan can be worth, without.
    """

    side: Side
    totals: Counts
    pages: Counts
    profiles: tuple[Profile, ...]
    strands: list[Strand]
    extra: int
    bound: int

    @property
    def main(self) -> int:
        """*extra* without ties."""
        return self.extra >> GAP_SHIFT


# A rank, and numbers of slots and of pages for each group.
Numbers = tuple[int, Counts, Counts]


# What an aim costs of the budget: to make its strands.
_PRICE = 8
# With more ways to share the slots of one group, there is no exact answer.
_MOST_PROFILES = 1_000


class Aims:
    """What the weighed tasks of one tier may aim at beside what is placed, by the groups of each of its *cases*."""

    def __init__(self, placed: Placed, tier: Tier, sides: Sequence[Side]) -> None:
        self._placed, self._tier, self._meter, self._sides = placed, tier, placed.meter, sides

    @classmethod
    def of(cls, placed: Placed, tier: Tier, cases: Sequence[CountCase]) -> Aims | None:
        """The aims of a tier; none if there are no cases, or no equal tasks."""
        sides = list[Side]()
        for case in cases:
            groups = groups_of(tier, case)
            if groups is None:
                return None
            board = Board(placed.problem, [group.lane for group in groups])
            sides.append(Side(case=case, groups=groups, board=board, loom=Loom(groups)))
        return cls(placed, tier, sides) if sides else None

    def ways(self) -> dict[Side, Mapping[Counts, Path | None]] | None:
        """For each side the numbers of slots of its groups that fit, each with a way to place them."""
        found = dict[Side, Mapping[Counts, Path | None]]()
        for side in self._sides:
            numbers = self._numbers(side)
            if numbers is None or not side.board.complete:
                return None
            ways = possible_counts(side.board, {counts for _, counts, _ in numbers}, self._meter) if numbers else {}
            if ways is None:
                return None
            found[side] = ways
        return found

    def _numbers(self, side: Side) -> list[Numbers] | None:
        """All numbers of slots that caps and limits allow; none if they are too many."""
        return combined((list(self._options(side, group)) for group in side.groups), self._placed.room)

    def _options(self, side: Side, group: Group) -> Iterator[Option]:
        tasks = len(group.lanes)
        if tasks == 1:
            yield from self._tier.options(side.case, group.lane)
        else:
            yield from (self._tier.option(group.lane, count, 0, tasks) for count in range(group.most + 1))

    def best(self, ways: Mapping[Side, Mapping[Counts, Path | None]]) -> list[Aim] | None:
        """What is aimed at: the numbers of the highest rank, shared in all ways, the most promising first; none if they are too many."""
        found = [(side, n) for side in self._sides for n in self._numbers(side) or () if n[1] in ways[side]]
        best = max((numbers[0] for _, numbers in found), default=0)
        aims = list[Aim]()
        for side, (rank, totals, pages) in found:
            if rank == best:
                shares = [
                    list(islice(profiles(group, total), _MOST_PROFILES + 1))
                    for group, total in zip(side.groups, totals, strict=True)
                ]
                if max(map(len, shares)) > _MOST_PROFILES:
                    return None
                for chosen in product(*shares):
                    if not self._meter.spend(_PRICE):
                        return None
                    aims.append(self._aim(side, totals, pages, chosen))
        return sorted(aims, key=lambda aim: -aim.bound)

    def _aim(self, side: Side, totals: Counts, pages: Counts, chosen: tuple[Profile, ...]) -> Aim:
        extra = sum(
            end_worth(self._placed, group.lane, total) + page_worth(group.lane.task, page)
            for group, total, page in zip(side.groups, totals, pages, strict=True)
        )
        strands = side.loom.strands(chosen)
        bound = (extra >> GAP_SHIFT) + sum(strand.table.rests[0][0][0] for strand in strands)
        return Aim(side=side, totals=totals, pages=pages, profiles=chosen, strands=strands, extra=extra, bound=bound)
