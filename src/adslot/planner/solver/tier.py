"""One tier: each of its tasks alone, and together where they get in each other's way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from adslot.planner.solver.alone import Answer, Found, Placed, solve_alone
from adslot.planner.solver.legality import fits, growths_hold


def solve_tier(placed: Placed, tier: Sequence[int], later: Sequence[int]) -> Answer:
    """The best for the tasks of a tier that leaves room for those in *later*, and whether it is proved to be."""
    if not later:
        found = {index: solve_alone(placed, index, placed.problem.tasks[index].most) for index in tier}
        if go_together(placed, found):
            return found, True
    from adslot.planner.solver.joint import Joint  # noqa: PLC0415  # in most articles tasks have room for one another

    return Joint(placed, tier, later).solve()


def go_together(placed: Placed, found: Mapping[int, Found]) -> bool:
    """Whether what was *found* for each task of a tier alone can be placed together."""
    problem = placed.problem
    if len(found) > 1:
        slots = [(index, gap) for index, (gaps, _) in found.items() for gap in gaps]
        if not all(fits(problem, one, other) for one, other in combinations(slots, 2) if one[0] != other[0]):
            return False
        if problem.room:
            trial = placed.copy()
            for index, each in found.items():
                trial.add(index, each)
            if any(after < min(before, 0) for before, after in zip(placed.room, trial.room, strict=True)):
                return False
    if problem.shares is not None:
        slots = [(index, gap) for index, (gaps, _) in found.items() for gap in gaps]
        after = placed.left_beside(slots)
        if any(rest < min(before, 0) for before, rest in zip(placed.left, after, strict=True)):
            return False
    if problem.growths:
        slots = [(index, gap) for index, (gaps, _) in found.items() for gap in gaps]
        return growths_hold(problem, placed.slots + slots)
    return True
