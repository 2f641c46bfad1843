"""Greedy first fit over the solver's own problem: what most tools do, as a rival for the planner.

Rules go in order of priority, then of declaration. Each takes the earliest gap that is legal beside what
stands already, again and again until it has its share; places outside the story come after the gaps.
"""

from __future__ import annotations

from collections import Counter

from adslot.planner.solver.legality import Slot, fits, growths_hold
from adslot.planner.solver.problem import Choice, Model
from adslot.planner.solver.seats import seated


def first_fit(problem: Model) -> Choice:
    """The plan that first fit makes: legal, and not proved to be anything else."""
    slots, room = list[Slot](), list(problem.room)
    gaps, pages = [], []
    for index, task in enumerate(problem.tasks):
        found = _gaps(problem, index, slots, room)
        outside = list[int]()
        for page in range(len(task.pages)):
            if len(found) + len(outside) < task.most and _takes(problem, index, room, inside=False):
                outside.append(page)
        gaps.append(tuple(found))
        pages.append(tuple(outside))
    return Choice(tuple(gaps), tuple(pages), optimal=False)


def _gaps(problem: Model, index: int, slots: list[Slot], room: list[int]) -> list[int]:
    """The gaps that one task takes; they join *slots* and use up *room*."""
    task = problem.tasks[index]
    found, sections = list[int](), Counter[int]()
    for gap in task.candidates:
        if len(found) >= task.most:
            break
        section = problem.section[gap]
        if task.per_section is not None and sections[section] >= task.per_section:
            continue
        new = index, gap
        if seated(task, sorted((*found, gap)), problem.exempt) is None:
            continue
        if not all(fits(problem, slot, new) for slot in slots) or not growths_hold(problem, [*slots, new]):
            continue
        if not _takes(problem, index, room, inside=gap != problem.exempt):
            continue
        found.append(gap)
        slots.append(new)
        sections[section] += 1
    return found


def _takes(problem: Model, index: int, room: list[int], *, inside: bool) -> bool:
    """Whether the limits leave room for one slot more of a task; if so it is taken."""
    uses = [(limit, amount) for limit, amount in problem.tasks[index].uses if inside or limit not in problem.inner]
    if any(room[limit] < amount for limit, amount in uses):
        return False
    for limit, amount in uses:
        room[limit] -= amount
    return True
