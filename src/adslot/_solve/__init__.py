"""The solver."""

from adslot._solve.legality import addable, fits, legal, room_left
from adslot._solve.problem import Choice, Growth, Problem, Task
from adslot._solve.solver import DEFAULT, solve
from adslot._solve.worth import objective

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
