"""Tier by tier: each task alone where that is enough, several together where they get in each other's way."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from adslot.planner.solver.alone import Placed, solve_alone
from adslot.planner.solver.counts import Meter
from adslot.planner.solver.legality import addable, added
from adslot.planner.solver.problem import Choice, Model, Task
from adslot.planner.solver.showing import pruned, solve_showing
from adslot.planner.solver.tier import solve_tier
from adslot.planner.solver.worth import Tie, check_fields, hashed, objective

# How many labels may be made or compared for one plan.
DEFAULT = 30_000


def solve(problem: Model, budget: int = DEFAULT, tie: Tie = hashed) -> Choice:
    """The best choice; the best that the budget allows for if that does not suffice for a proof."""
    check_fields(problem)
    problem = pruned(problem)
    tiers = _tiers(problem.tasks)
    meter = Meter(budget)
    choice = _solve_tiers(problem, tiers, meter, tie, reserve=False)
    if any(task.least for task in problem.tasks) and not _is_met(problem, choice, tie):
        other = _solve_tiers(problem, tiers, meter, tie, reserve=True)
        if problem.inventory is not None:  # what reserved slots show is not reserved
            other = attrs.evolve(other, optimal=False)
        better = other.optimal or objective(problem, other, tie) > objective(problem, choice, tie)
        choice = other if better else attrs.evolve(choice, optimal=False)
    return choice if choice.optimal else complete(problem, choice)


def _tiers(tasks: Sequence[Task]) -> list[list[int]]:
    """The tasks of each priority that may place anything: of the others nothing is known, and nothing asked."""
    tiers: dict[int, list[int]] = {}
    for index, task in enumerate(tasks):
        if task.most > 0:
            tiers.setdefault(task.priority, []).append(index)
    return [tiers[priority] for priority in sorted(tiers)]


def _solve_tiers(problem: Model, tiers: list[list[int]], meter: Meter, tie: Tie, *, reserve: bool) -> Choice:
    """Solve each tier beside those before it; with *reserve* it leaves room for the minima of those after it."""
    placed = Placed(problem=problem, tie=tie, meter=meter, room=list(problem.room))
    optimal = True
    for number, every in enumerate(tiers):
        tier = [index for index in every if not placed.replaces(index)]
        later = [i for after in tiers[number + 1 :] for i in after if problem.tasks[i].least] if reserve else []
        if problem.inventory is not None and any(problem.tasks[index].weight for index in tier):
            found, exact = solve_showing(placed, tier, later)
        else:
            found, exact = solve_tier(placed, tier, later) if tier else ({}, True)
        optimal = optimal and exact
        for index in tier:
            placed.add(index, found[index])
    return placed.choice(optimal=optimal)


def _is_met(problem: Model, choice: Choice, tie: Tie) -> bool:
    """Whether no shortfall is larger than if its task were alone in the article."""
    tiers = dict.fromkeys((task.priority for task in problem.tasks), 0)
    for index, task in enumerate(problem.tasks):
        if task.least:
            placed = Placed(problem=problem, tie=tie, meter=Meter(0), room=list(problem.room))
            alone = sum(map(len, solve_alone(placed, index, min(task.most, task.least))))
            count = len(choice.gaps[index]) + len(choice.pages[index])
            tiers[task.priority] += max(0, task.least - count) - max(0, task.least - alone)
    return not any(tiers.values())


def complete(problem: Model, choice: Choice) -> Choice:
    """*choice* with slots added until nothing legal can be added."""
    while (slot := next(addable(problem, choice), None)) is not None:
        choice = added(choice, *slot)
    return choice
