"""The solver."""

from collections.abc import Mapping

from adslot._solve.legality import addable, fits, legal, room_left
from adslot._solve.problem import Choice, Growth, Problem, Task
from adslot._solve.solver import DEFAULT, solve
from adslot._solve.worth import objective

# The two names that `_explain` has used so far; they go when it asks `room_left`.
Done = Mapping[int, tuple[tuple[int, ...], tuple[int, ...]]]


def room(problem: Problem, limit: int, done: Done) -> int:
    """How much of *limit* is left beside what is *done*."""
    found = [done.get(index, ((), ())) for index in range(len(problem.tasks))]
    choice = Choice(tuple(gaps for gaps, _ in found), tuple(pages for _, pages in found), optimal=True)
    return room_left(problem, limit, choice)


__all__ = [
    "DEFAULT",
    "Choice",
    "Growth",
    "Problem",
    "Task",
    "addable",
    "fits",
    "legal",
    "objective",
    "room_left",
    "solve",
]
