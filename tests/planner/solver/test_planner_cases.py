"""Plans that two other programs, an exhaustive search and CP-SAT, proved to be the best.

`planner_cases.json` is a list of problems with the best *gaps* of each task and the *objective* of the plan.
*tasks* have number, priority, most, least, candidates, values, per_section, span and uses. *steps* are
distances: how many gaps below each gap the next one may stand; *distances[r][s]* says which of them holds
for task s below task r. Of each pair in *exclusive* only one task may be used: the better of the plans
without one of them counts. Ties are decided by the number that the cases were made with.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import attrs
import pytest

from adslot.planner.solver.problem import Model, Task
from adslot.planner.solver.solver import solve
from adslot.planner.solver.worth import objective

CASES = json.loads((Path(__file__).parent / "planner_cases.json").read_text(encoding="utf-8"))


def mixed(name, gap):
    """The tie of the cases: 20 bits of a hash of the rule's number and the gap."""
    x = (gap * 0x9E3779B1 + int(name) * 0x85EBCA77 + 0x27D4EB2F) & 0xFFFFFFFF
    x = (x ^ x >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
    return (x ^ x >> 12) & 0xFFFFF


def problem_of(case):
    tasks = []
    for number, priority, most, least, gaps, values, per_section, span, uses in case["tasks"]:
        pairs = tuple((limit, amount) for limit, amount in uses)
        tasks.append(
            Task(
                name=str(number),
                priority=priority,
                most=most,
                candidates=tuple(gaps),
                values=tuple(values),
                least=least,
                per_section=per_section,
                span=tuple(span),
                uses=pairs,
            )
        )
    rows = [tuple(gap + step for gap, step in enumerate(steps)) for steps in case["steps"]]
    return Model(
        tasks=tuple(tasks),
        position=tuple(case["position"]),
        section=tuple(case["section"]),
        reach={(r, s): rows[which] for r, line in enumerate(case["distances"]) for s, which in enumerate(line)},
        sharing=frozenset((r, s) for r, s in case["sharing"]),
        exempt=-1,
        room=tuple(case["room"]),
    )


def without(problem, off):
    """The problem where the tasks in *off* place nothing."""
    tasks = tuple(attrs.evolve(task, most=0) if r in off else task for r, task in enumerate(problem.tasks))
    return attrs.evolve(problem, tasks=tasks)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_best_plan(case):
    """The solver finds the plan that was proved to be the best, and proves it too."""
    found = []
    for off in product(*case["exclusive"]):
        problem = without(problem_of(case), off)
        choice = solve(problem, tie=mixed)
        assert choice.optimal
        found.append((objective(problem, choice, mixed), choice.gaps))
    best, gaps = max(found)
    assert list(best) == case["objective"]
    assert [list(row) for row in gaps] == case["gaps"]
