"""Law 7, for the solver. Nothing legal can be added to a plan, proved or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adslot._solve import addable, legal, objective, solve
from adslot._solve.worth import hashed
from tests.oracles import brute
from tests.solve.instances import problems


@given(problems, st.integers(0, 60))
def test_nothing_can_be_added_whatever_the_budget(problem, budget):
    """A plan is legal and full however small the budget, and it is the best if it says so."""
    choice = solve(problem, budget)
    assert legal(problem, choice)
    assert list(addable(problem, choice)) == []
    best, _ = brute.best(problem, hashed)
    assert objective(problem, choice) == best if choice.optimal else objective(problem, choice) <= best
