"""How many slots each of several tasks might have: what is decided before their places.

The tasks of one tier are *weighed*. Tasks of later tiers that have a minimum are *reserved*: only the number
of their slots counts, and nothing beyond the minimum. Under growing distances the slots of earlier tiers
take part too, *fixed* where they are. Who stands at the exempt gap makes a case; each case has targets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import add, le

import attrs

from adslot.planner.solver.alone import Found, Placed, end_worth, lanes_of, page_worth
from adslot.planner.solver.board import Board, Counts
from adslot.planner.solver.lane import Lane, closed_runs, make_lane, weightless
from adslot.planner.solver.legality import Slot
from adslot.planner.solver.shares import full_runs
from adslot.planner.solver.single import GapTable, best_of, make_table, most_slots
from adslot.planner.solver.worth import SLOT_BITS

# Lower than any rank.
_NO_RANK = -(1 << 4096)

# A rank, counts and pages.
Vector = tuple[int, Counts, Counts]

# With more ways to count, or more choices of who stands at the end, there is no exact answer.
MOST_VECTORS = 5_000
MOST_CASES = 64


class CountCase:
    """The lanes for one choice of who stands at the exempt gap, and what was worked out about them."""

    def __init__(self, placed: Placed, lanes: Sequence[Lane], fixed: frozenset[int]) -> None:
        self.placed, self.lanes, self.fixed = placed, lanes, fixed
        self._tables: dict[tuple[int, int], GapTable] = {}
        self._board: Board | None = None

    @property
    def ends(self) -> list[Slot]:
        """The slots at the exempt gap."""
        return [(lane.index, self.placed.problem.exempt) for lane in self.lanes if lane.ends]

    @property
    def board(self) -> Board:
        """The lanes' board, made once."""
        if self._board is None:
            self._board = Board(self.placed.problem, self.lanes, self.fixed, self.placed.left)
        return self._board

    def table(self, r: int, count: int) -> GapTable:
        """The table of lane r for *count* slots."""
        if (r, count) not in self._tables:
            self._tables[r, count] = make_table(self.lanes[r], count)
        return self._tables[r, count]

    def best(self, r: int, count: int, slots: Sequence[Slot] = ()) -> tuple[int, tuple[int, ...]] | None:
        """What *count* slots of lane r are worth at best beside *slots*, and where they stand; None if they do not fit."""
        lane = self.lanes[r]
        self.placed.meter.spend(1 + (len(lane.gaps) * count >> 6))
        closed = closed_runs(self.placed.problem, lane.index, lane.gaps, slots)
        if lane.index not in self.fixed:  # what is placed has had its share
            closed += full_runs(self.placed.problem, self.placed.left_beside(self.ends), lane, slots)
        return best_of(lane, self.table(r, count), closed)


def combined(choices: Iterable[Sequence[Option]], left: Sequence[int]) -> list[Vector] | None:
    """All ways to take one option of each, as far as what is *left* of caps and limits goes; none if they are too many.

    A way has the sum of the ranks, and the counts and numbers on the page in the order of *choices*.
    """
    room = [max(each, 0) for each in left]
    found: list[tuple[Vector, tuple[int, ...]]] = [((0, (), ()), (0,) * len(room))]
    for options in choices:
        if len(found) * len(options) > MOST_VECTORS:
            return None
        found = [
            ((rank + option.rank, (*counts, option.count), (*pages, option.pages)), used)
            for (rank, counts, pages), before in found
            for option in options
            for used in [tuple(map(add, before, option.uses))]
            if all(map(le, used, room))
        ]
    return [vector for vector, _ in found]


@attrs.frozen(eq=False, kw_only=True)
class Target:
    """Numbers of slots for the lanes of a case: *counts* before the end, and *pages*.

    *rank* has the levels of the objective that follow from numbers alone. *extra* is what places on the
    page and at the end are worth, and *bound* the most that a plan with these numbers can be worth.
    """

    case: CountCase
    counts: Counts
    pages: Counts
    extra: int
    bound: int


@attrs.frozen
class Option:
    """Numbers of slots for one lane, what they add to the rank, and what they use of each limit."""

    count: int
    pages: int
    rank: int
    uses: tuple[int, ...]


class Tier:
    """What a tier's plan is made for: the *weighed* tasks, and the *reserved* ones of later tiers."""

    def __init__(self, placed: Placed, weighed: Sequence[int], reserved: Sequence[int]) -> None:
        self.placed, self.weighed, self.reserved = placed, weighed, reserved
        tasks = placed.problem.tasks
        self.caps = {index: tasks[index].most for index in weighed}
        self.caps |= {index: min(tasks[index].most, tasks[index].least) for index in reserved}
        priorities = sorted({tasks[index].priority for index in self.caps}, reverse=True)
        self._shifts = {priority: SLOT_BITS * level for level, priority in enumerate(priorities, 1)}

    def cases(self) -> list[CountCase] | None:
        """All choices of who stands at the exempt gap; none if they are too many."""
        fixed = self._fixed_lanes()
        taken: list[tuple[Lane, ...]] = [()]
        for index in sorted(self.caps):
            lanes = lanes_of(self.placed, index)
            taken = [
                (*before, lane)
                for before in taken
                for lane in lanes
                if not lane.ends or self._may_end((lane, *(b for b in before if b.ends)))
            ]
            if len(taken) > MOST_CASES:
                return None
        indexes = frozenset(lane.index for lane in fixed)
        return [
            CountCase(self.placed, sorted((*fixed, *self._beside(lanes)), key=lambda lane: lane.index), indexes)
            for lanes in taken
        ]

    def _may_end(self, lanes: Sequence[Lane]) -> bool:
        """Whether the first of *lanes* may stand at the exempt gap with the others, which may together."""
        problem, (new, *others) = self.placed.problem, lanes
        left = self.placed.left_beside([(lane.index, problem.exempt) for lane in lanes])
        has_room = all(rest >= min(before, 0) for before, rest in zip(self.placed.left, left, strict=True))
        return has_room and all((new.index, other.index) in problem.sharing for other in others)

    def _beside(self, lanes: Sequence[Lane]) -> Iterator[Lane]:
        """The lanes of a case, without the gaps that slots of others at the exempt gap close."""
        ends = [(lane.index, self.placed.problem.exempt) for lane in lanes if lane.ends]
        for lane in lanes:
            others = [slot for slot in ends if slot[0] != lane.index]
            made = lane
            if self.placed.problem.shares or closed_runs(self.placed.problem, lane.index, lane.gaps, others):
                made = lanes_of(self.placed, lane.index, others)[lane.ends]
            yield made if lane.index in self.weighed else weightless(made)

    def _fixed_lanes(self) -> list[Lane]:
        """The slots that are placed already, where distances grow."""
        problem, lanes = self.placed.problem, list[Lane]()
        for index, (gaps, _) in self.placed.found.items() if problem.growths else ():
            inside = tuple(gap for gap in gaps if gap != problem.exempt)
            if inside:
                lanes.append(weightless(make_lane(problem, index, (inside, inside, ()), self.placed.tie)))
        return lanes

    def ideal(self, cases: Sequence[CountCase]) -> list[Target] | None:
        """The targets of the highest rank that caps and limits allow, the most promising first."""
        tops = [self.vectors(case, top=True) for case in cases]
        # Where limits allow every lane the most that it may have, no other numbers rank higher.
        if len(cases) == 1 and tops[0]:
            return self._ranked([(cases[0], vector) for vector in tops[0]])
        return self.targets(dict.fromkeys(cases))

    def targets(self, cases: Mapping[CountCase, Mapping[Counts, object] | None]) -> list[Target] | None:
        """The targets of the highest rank; where a case has counts, only those. None if there are too many to count."""
        found = list[tuple[CountCase, Vector]]()
        for case, possible in cases.items():
            vectors = self.vectors(case)
            if vectors is None:
                return None
            found += [(case, vector) for vector in vectors if possible is None or vector[1] in possible]
        return self._ranked(found)

    def _ranked(self, found: Sequence[tuple[CountCase, Vector]]) -> list[Target]:
        """The best of the vectors found as targets, the most promising first."""
        best = max((vector[0] for _, vector in found), default=0)
        group = [self._target(case, vector[1], vector[2]) for case, vector in found if vector[0] == best]
        return sorted(group, key=lambda target: -target.bound)

    def _target(self, case: CountCase, counts: Counts, pages: Counts) -> Target:
        extra = sum(
            end_worth(self.placed, lane, count) + (page_worth(lane.task, page) if lane.weighs else 0)
            for lane, count, page in zip(case.lanes, counts, pages, strict=True)
        )
        return Target(
            case=case,
            counts=counts,
            pages=pages,
            extra=extra,
            bound=extra + sum(case.table(r, count).rests[0][0][0] for r, count in enumerate(counts)),
        )

    def rank(self, found: Mapping[int, Found]) -> int:
        """The levels of the objective that follow from the numbers of slots of a plan."""
        return sum(self.rank_of(index, sum(map(len, found[index]))) for index in self.caps)

    def rank_of(self, index: int, slots: int, tasks: int = 1) -> int:
        """What *slots* of one task, or well shared of so many equal ones, add to the rank."""
        task = self.placed.problem.tasks[index]
        missing = max(0, tasks * task.least - slots) << self._shifts[task.priority]
        return slots - missing if index in self.weighed else -missing

    def hopes(self, case: CountCase, caps: Sequence[int]) -> list[list[int]]:
        """For each lane and number of slots, up to its cap, the most that so many before the end can add to the rank."""
        found = list[list[int]]()
        for lane, cap in zip(case.lanes, caps, strict=True):
            hope = [_NO_RANK] * (cap + 1)
            for option in self.options(case, lane):
                hope[option.count] = max(hope[option.count], option.rank)
            found.append(list(accumulate(hope, max)))
        return found

    def vectors(self, case: CountCase, *, top: bool = False) -> list[Vector] | None:
        """All numbers of slots that caps and limits allow, or only the *top* of every lane; none if they are too many."""
        choices = [list(self.options(case, lane)) for lane in case.lanes]
        if top:
            best = [max((option.rank for option in options), default=0) for options in choices]
            choices = [
                [option for option in options if option.rank == most]
                for options, most in zip(choices, best, strict=True)
            ]
        return combined(choices, self.placed.room)

    def options(self, case: CountCase, lane: Lane) -> Iterator[Option]:
        """All numbers of slots for one lane; for a reserved task, which has no wishes, as many on the page as can be."""
        none = (0,) * len(self.placed.room)
        if lane.index in case.fixed:
            yield Option(len(lane.gaps), 0, 0, none)
            return
        most, inside = self.placed.caps(lane.task, self.caps[lane.index])
        fit, places = most_slots(lane, inside), len(lane.task.pages)
        for pages in range(places + 1):
            for count in range(min(fit, most - lane.ends - pages) + 1):
                if lane.weighs or pages == places or not count:
                    yield self.option(lane, count, pages)

    def option(self, lane: Lane, count: int, pages: int, tasks: int = 1) -> Option:
        """Numbers of slots for a lane, or for that of so many equal *tasks*."""
        task, problem = lane.task, self.placed.problem
        slots = count + lane.ends + pages
        uses = [0] * len(problem.room)
        for limit, amount in task.uses:
            uses[limit] += amount * (count if limit in problem.inner else slots)
        return Option(count, pages, self.rank_of(lane.index, slots, tasks), tuple(uses))
