"""The solver against judges that share no code with it.

`ADSLOT_INSTANCES` is how many random problems are tried: `make judge` tries many.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import given

from adslot.planner.solver.legality import addable, legal
from adslot.planner.solver.solver import solve
from adslot.planner.solver.worth import hashed, objective
from tests.oracles import brute
from tests.planner.solver.instances import make_article, make_crowd, make_problem, problems, with_shares, with_stand_ins

INSTANCES = int(os.environ.get("ADSLOT_INSTANCES", "400"))


def check(problem, judge):
    """The plan is legal, full, optimal, and worth what the judge's best is worth."""
    choice = solve(problem)
    assert legal(problem, choice)
    assert next(addable(problem, choice), None) is None
    assert choice.optimal
    best, _ = judge.best(problem, hashed)
    assert objective(problem, choice) == best
    assert brute.worth(problem, tuple(zip(choice.gaps, choice.pages, strict=True)), hashed) == best


@given(problems)
def test_no_plan_is_better(problem):
    """Trying all plans finds none with a higher objective."""
    check(problem, brute)


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_is_better_for_many_random_problems(seed):
    """The same for problems of a fixed series, of up to three tasks at seven gaps, then of four at six."""
    for number in range(seed, INSTANCES, 10):
        check(make_problem(Random(number)), brute)
        if number % 8 == 0:
            check(make_problem(Random(number), gaps=6, tasks=4), brute)


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_is_better_where_tasks_share_sections(seed):
    """The same where sections have a share of several tasks' slots, and tasks stand in for others."""
    for number in range(seed, INSTANCES, 10):
        rng = Random(number)
        made = make_problem(rng) if number % 2 else make_crowd(rng)
        check(with_stand_ins(rng, with_shares(rng, made)), brute)


# Seeds 5, 55, 400 and 1181 tell faults in dominance, in shares of the last section, and in shares at all.
@pytest.mark.parametrize("seed", sorted({*range(INSTANCES // 10), 55, 400, 1181}))
def test_no_plan_is_better_in_a_crowd(seed):
    """The same where many plans are nearly as good, so that the sweep has to tell them apart."""
    check(make_crowd(Random(seed)), brute)


@pytest.mark.parametrize("seed", range(max(20, INSTANCES // 50)))
def test_no_plan_is_better_for_articles(seed):
    """Constraint programming finds no plan with a higher objective for up to four tasks at 60 gaps."""
    cpsat = pytest.importorskip("tests.oracles.cpsat", exc_type=ImportError)
    check(make_article(Random(seed)), cpsat)
