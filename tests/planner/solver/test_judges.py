"""The solver against judges that share no code with it.

`ADSLOT_INSTANCES` is how many random problems are tried: `make judge` tries many.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import given

from adslot.planner.solver.aims import Aims
from adslot.planner.solver.legality import addable, legal
from adslot.planner.solver.solver import solve
from adslot.planner.solver.worth import hashed, objective
from tests.oracles import brute
from tests.planner.solver.instances import (
    make_article,
    make_crowd,
    make_problem,
    problems,
    with_shares,
    with_stand_ins,
    with_twins,
)

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


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_is_better_where_tasks_are_equal(seed):
    """The same where some tasks differ in their names only."""
    for number in range(seed, INSTANCES // 2, 10):
        rng = Random(number)
        made = make_problem(rng, tasks=2, plain=True) if number % 2 else make_crowd(rng, gaps=9, tasks=2)
        made = with_twins(rng, made, tasks=4)
        if sum(min(task.most, len(task.candidates)) for task in made.tasks) <= 10:  # else there are too many plans
            check(made, brute)


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


@pytest.mark.parametrize("seed", range(max(20, INSTANCES // 50)))
def test_equal_tasks_are_planned_like_others(seed, monkeypatch):
    """Where equal tasks are told apart from the start, the plan is the same."""
    rng = Random(seed)
    problem = with_twins(rng, make_article(rng, least=8, most=30, tasks=3))
    choice = solve(problem)
    assert legal(problem, choice)
    monkeypatch.setattr(Aims, "of", lambda *_: None)
    other = solve(problem, budget=60_000)
    assert choice == other or not other.optimal
    assert objective(problem, choice) >= objective(problem, other) or not choice.optimal
