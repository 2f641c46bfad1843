"""Equal tasks as one: who is equal, how slots are shared, who gets which."""

from __future__ import annotations

from itertools import permutations, product
from random import Random

import attrs
import pytest

from adslot.planner.solver.counts import Meter
from adslot.planner.solver.legality import addable, legal
from adslot.planner.solver.naming import NO_TIE, Naming, Seat, named_loosely
from adslot.planner.solver.problem import Model, Task
from adslot.planner.solver.solver import solve


def make_equal(tasks, gaps, *, most=1, apart=1, **wishes):
    """So many equal tasks that may use all gaps but the ends, whose slots stand so many gaps apart."""
    position = tuple(range(0, 100 * gaps, 100))
    inner = tuple(range(1, gaps - 1))
    row = tuple(min(gap + apart, gaps) for gap in range(gaps))
    made = tuple(
        Task(
            **{"name": f"rule-{r}", "priority": 1, "most": most, "candidates": inner, "values": (0,) * len(inner)}
            | {"span": (position[1], position[-2])}
            | wishes
        )
        for r in range(tasks)
    )
    return Model(
        tasks=made,
        position=position,
        section=(0,) * gaps,
        reach={(r, s): row for r in range(tasks) for s in range(tasks)},
        sharing=frozenset(),
        exempt=-1,
        room=(),
    )


def used(choice):
    return sorted(gap for gaps in choice.gaps for gap in gaps)


# A search that tells the tasks apart spends its 30,000 on ten of them, and proves nothing.
@pytest.mark.parametrize(("tasks", "gaps", "budget"), [(8, 60, 700), (12, 60, 1_000), (20, 400, 5_000)])
def test_many_equal_tasks_are_proved_for_little(tasks, gaps, budget):
    """However many tasks are equal, the plan is proved, and for a small part of what is allowed."""
    problem = make_equal(tasks, gaps, apart=2)
    choice = solve(problem, budget=budget)
    assert choice.optimal
    assert legal(problem, choice)
    assert list(map(len, choice.gaps)) == [1] * tasks
    # All want the middle: they stand around it, as near as they may.
    middle = gaps // 2
    assert all(abs(gap - middle) <= tasks + 1 for gap in used(choice))


def test_equal_tasks_share_what_fits():
    """Where not all have room, some have more than others, and the plan is proved."""
    problem = make_equal(8, 24, most=3, apart=2)
    choice = solve(problem)
    assert choice.optimal
    assert used(choice) == list(range(1, 23, 2))
    assert next(addable(problem, choice), None) is None


def test_a_minimum_is_shared_well():
    """Where there is room for a minimum of each, nobody has more until all have it."""
    choice = solve(make_equal(5, 13, most=3, apart=2, least=1))
    assert choice.optimal
    assert min(map(len, choice.gaps)) == 1


@pytest.mark.parametrize("even", [False, True])
def test_the_order_of_equal_tasks_decides_nothing(even):
    """Names decide who has which gap, wherever their tasks stand."""
    problem = make_equal(6, 30, most=2, apart=3, even=even)
    turned = attrs.evolve(problem, tasks=problem.tasks[::-1])
    assert solve(turned).gaps[::-1] == solve(problem).gaps


def test_one_that_differs_is_planned_beside_them():
    """A task that is like no other takes part: here it may only use the middle."""
    problem = make_equal(7, 40, apart=2)
    alone = attrs.evolve(problem.tasks[3], candidates=(20,), values=(0,), span=(2000, 2000))
    choice = solve(attrs.evolve(problem, tasks=(*problem.tasks[:3], alone, *problem.tasks[4:])))
    assert choice.optimal
    assert choice.gaps[3] == (20,)
    assert len(used(choice)) == 7


# ------------------------------------------------------------------------------------------------ names


def make_seats(rng, profile):
    """Seats of tasks with so many slots each, at ascending gaps, so that each task has its slots in their order."""
    kinds = []
    waiting = [[(i, of) for i in range(of)] for of in profile]
    while any(waiting):
        kinds.append(rng.choice([each for each in waiting if each]).pop(0))
    return [Seat(gap, kind, tuple(rng.randrange(NO_TIE) for _ in profile)) for gap, kind in enumerate(kinds)]


def cost(seats, named):
    return sum(seats[gap].costs[name] for name, gaps in enumerate(named) for gap in gaps)


def all_names(seats, names):
    """All ways to name seats."""
    ways: list[list[tuple[int, ...]]] = [[()] * names]
    for seat in seats:
        ordinal, of = seat.kind
        ways = [
            [*way[:name], (*own, seat.gap), *way[name + 1 :]]
            for way in ways
            for name, own in enumerate(way)
            if len(own) == ordinal and (not own or seats[own[-1]].kind[1] == of)
        ]
    return ways


@pytest.mark.parametrize("seed", range(60))
def test_no_names_are_better(seed):
    """Trying all ways to give slots to names finds none with higher ties, whoever has one slot and who more."""
    rng = Random(seed)
    seats = make_seats(rng, [rng.choice([0, 1, 2, 2, 3]) for _ in range(rng.randint(1, 5))])
    names = len(seats[0].costs) if seats else 1
    named, exact = Naming(seats, names, Meter(30_000)).solve()
    assert exact
    assert cost(seats, named) == min(cost(seats, way) for way in all_names(seats, names))
    assert list(named) in all_names(seats, names)


def test_names_end_with_the_budget():
    """Without a budget there are names too, and nobody says that they are the best."""
    seats = make_seats(Random(1), [1, 2, 3, 2, 1])
    named, exact = Naming(seats, 5, Meter(0)).solve()
    assert not exact
    assert list(named) in all_names(seats, 5)


@pytest.mark.parametrize("seed", range(40))
def test_no_loose_names_are_better(seed):
    """The same where it does not matter who has how many, but for their least and most."""
    rng = Random(seed)
    names, cap, least = rng.randint(1, 3), rng.randint(1, 3), rng.randint(0, 3)
    count = rng.randint(0, min(5, names * cap))
    seats = [Seat(gap, (0, 1), tuple(rng.randrange(NO_TIE) for _ in range(names))) for gap in range(count)]
    named = named_loosely(seats, names, cap, least, Meter(30_000))

    def missing(way):
        return sum(max(0, least - way.count(name)) for name in range(names))

    ways = [way for way in product(range(names), repeat=count) if all(way.count(n) <= cap for n in range(names))]
    best = min((missing(way), sum(seat.costs[name] for seat, name in zip(seats, way, strict=True))) for way in ways)
    owner = [name for gap in range(count) for name, gaps in enumerate(named) if gap in gaps]
    assert (missing(tuple(owner)), cost(seats, named)) == best


def test_one_slot_each_is_an_assignment():
    """With one slot to a name, the best names are the best of all permutations."""
    seats = [Seat(gap, (0, 1), tuple(Random(gap).sample(range(100), 4))) for gap in range(4)]
    named, exact = Naming(seats, 4, Meter(1_000)).solve()
    assert exact
    assert cost(seats, named) == min(
        sum(seats[g].costs[n] for g, n in enumerate(way)) for way in permutations(range(4))
    )
