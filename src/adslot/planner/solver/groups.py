"""Equal tasks as one: what matters is how many of them have a slot so far, not which.

Tasks of a tier are equal if they differ in nothing but their names, and keep one distance between any two slots.
Their slots are shared out among them at the end (`naming`): names decide only between plans that are equal otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from adslot.planner.solver.cases import CountCase, Tier
from adslot.planner.solver.lane import Lane
from adslot.planner.solver.layers import most_shared
from adslot.planner.solver.problem import Model
from adslot.planner.solver.single import most_slots

# With more slots to share, names alone would take too long.
MOST_SHARED = 100


@attrs.frozen(eq=False, kw_only=True)
class Group:
    """Equal *lanes*, at most *cap* slots before the end to each, and the *lane* of all their slots together."""

    lanes: tuple[Lane, ...]
    cap: int
    lane: Lane

    @property
    def other(self) -> int:
        """The task that a slot belongs to for one of the first lane: another one, if there is one."""
        return self.lanes[-1].index

    @property
    def is_loose(self) -> bool:
        """Whether it is the same to a gap the how-manieth slot of its task stands there: so it does not matter who has how many."""
        low, high = self.lane.task.span
        return len(self.lanes) > 1 and (not self.lane.task.even or low == high)

    @property
    def most(self) -> int:
        """How many slots all lanes together have room for."""
        return most_shared(self.lane, self.cap * len(self.lanes)) if len(self.lanes) > 1 else self.cap


def groups_of(tier: Tier, case: CountCase) -> list[Group] | None:
    """The groups of a case's lanes, in their order; none where no two are equal, or more than distances decides what goes together."""
    problem = case.placed.problem
    if problem.growths or problem.shares is not None or tier.reserved:
        return None
    caps = {lane.index: _cap(tier, lane) for lane in case.lanes}
    found: dict[object, list[list[Lane]]] = {}
    for lane in case.lanes:
        alike = found.setdefault(_key(lane, caps[lane.index]), [])
        mates = next((each for each in alike if _is_equal(problem, case, each, lane)), None)
        if mates is None or not _may_repeat(problem, lane, mates[0], caps[lane.index]):
            alike.append([lane])
        else:
            mates.append(lane)
    groups = sorted((tuple(each) for alike in found.values() for each in alike), key=lambda lanes: lanes[0].index)
    if len(groups) == len(case.lanes):
        return None
    made = [Group(lanes=lanes, cap=caps[lanes[0].index], lane=_joined(problem, lanes)) for lanes in groups]
    are_few = all(group.most <= MOST_SHARED for group in made if len(group.lanes) > 1)
    return made if are_few and all(group.lane.is_plain for group in made) else None


def _cap(tier: Tier, lane: Lane) -> int:
    most, inside = tier.placed.caps(lane.task, tier.caps[lane.index])
    return most_slots(lane, min(inside, most - lane.ends))


def _key(lane: Lane, cap: int) -> object:
    """What equal lanes have in common, but for distances; a lane that also stands elsewhere is like no other."""
    task = lane.task
    if lane.ends or task.pages or not lane.gaps:
        return lane.index
    seats = task.seats if lane.seating is None else lane.index
    return cap, tuple(lane.gaps), task.candidates, task.values, seats, task.least, task.even, task.span, task.uses


def _is_equal(problem: Model, case: CountCase, mates: Sequence[Lane], lane: Lane) -> bool:
    """Whether *lane* keeps the same distances as each of *mates*, and from them what they keep from one another."""
    reach, sharing, one, new = problem.reach, problem.sharing, mates[0].index, lane.index
    row = reach[one, new]
    for mate in mates:
        if (mate.index, new) in sharing or reach[mate.index, new] != row or reach[new, mate.index] != row:
            return False
    if len(mates) > 1 and reach[one, mates[1].index] != row:
        return False
    inside = {mate.index for mate in mates} | {new}
    return all(
        reach[one, other] == reach[new, other]
        and reach[other, one] == reach[other, new]
        and ((one, other) in sharing) == ((new, other) in sharing)
        for other in (each.index for each in case.lanes)
        if other not in inside
    )


def _may_repeat(problem: Model, lane: Lane, mate: Lane, cap: int) -> bool:
    """Whether two slots of either lane keep what slots of both keep, if it may have two."""
    pointers = _pointers(problem, mate, lane) if cap > 1 else []
    return cap <= 1 or all(each.is_plain and each.follow == pointers for each in (lane, mate))


def _pointers(problem: Model, upper: Lane, lower: Lane) -> list[int]:
    """For each gap of *upper* the index of the first gap for a slot of *lower*, which has the same gaps."""
    row, gaps = problem.reach[upper.index, lower.index], upper.gaps
    found, a = list[int](), 0
    for gap in gaps:
        first = max(row[gap], gap + 1)
        while a < len(gaps) and gaps[a] < first:
            a += 1
        found.append(a)
    return found


def _joined(problem: Model, lanes: Sequence[Lane]) -> Lane:
    """The lane of all slots of equal ones."""
    if len(lanes) == 1:
        return lanes[0]
    follow = _pointers(problem, lanes[0], lanes[1])
    return attrs.evolve(lanes[0], follow=follow, most=None, share=None, seating=None, steps=())
