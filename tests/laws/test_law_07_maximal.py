"""Law 7, for the solver. Nothing legal can be added to a plan, proved or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adslot.planner.solver.legality import addable, added, legal
from adslot.planner.solver.problem import Choice
from adslot.planner.solver.solver import solve
from adslot.planner.solver.worth import hashed, objective
from tests.oracles import brute
from tests.planner.solver.instances import problems


@given(problems, st.randoms(use_true_random=False))
def test_what_can_be_added_is_what_is_legal_then(problem, rng):
    """Of a plan with holes exactly those slots can be added with which it is legal."""
    choice = solve(problem)
    rows = [[tuple(one for one in row if rng.random() < 0.6) for row in side] for side in (choice.gaps, choice.pages)]
    choice = Choice(tuple(rows[0]), tuple(rows[1]), optimal=False)
    assert legal(problem, choice)
    slots = [
        (r, gap)
        for r, task in enumerate(problem.tasks)
        for gap in [*task.candidates, *(~page for page in range(len(task.pages)))]
        if gap not in choice.gaps[r] and ~gap not in choice.pages[r]
    ]
    assert list(addable(problem, choice)) == [slot for slot in slots if legal(problem, added(choice, *slot))]


@given(problems, st.integers(0, 60))
def test_nothing_can_be_added_whatever_the_budget(problem, budget):
    """A plan is legal and full however small the budget, and it is the best if it says so."""
    choice = solve(problem, budget)
    assert legal(problem, choice)
    assert list(addable(problem, choice)) == []
    best, _ = brute.best(problem, hashed)
    assert objective(problem, choice) == best if choice.optimal else objective(problem, choice) <= best
