"""Law 10, for the solver. Who allows more, gets no less; what does not matter changes nothing."""

from __future__ import annotations

from random import Random

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from adslot.planner.solver.problem import Model, Task
from adslot.planner.solver.solver import solve
from adslot.planner.solver.worth import objective
from tests.planner.solver.instances import own, plain_problems, problems

dice = st.integers(0, 1 << 30).map(Random)


def with_task(problem, index, **changes):
    task = attrs.evolve(problem.tasks[index], **changes)
    return attrs.evolve(problem, tasks=(*problem.tasks[:index], task, *problem.tasks[index + 1 :]))


def top_levels(problem, choice, count=2):
    """All shortfalls, and the first levels of the first tier: slots, value, evenness."""
    tiers = len({task.priority for task in problem.tasks})
    return objective(problem, choice)[: tiers + count]


def best(problem):
    return objective(problem, solve(problem))


@given(problems, dice)
def test_a_shorter_distance_never_lowers_the_objective(problem, rng):
    """Whatever distance is relaxed, the full objective is not lower."""
    pair = rng.choice(sorted(problem.reach))
    nearer = rng.choice([1, 2])
    row = tuple(max(first - nearer, min(first, g + 1)) for g, first in enumerate(problem.reach[pair]))
    assert best(attrs.evolve(problem, reach={**problem.reach, pair: row})) >= best(problem)


@given(problems, dice)
def test_more_room_never_lowers_the_objective(problem, rng):
    """Whatever limit is raised, the full objective is not lower."""
    room = problem.room or (0,)
    limit = rng.randrange(len(room))
    room = tuple(left + (which == limit) for which, left in enumerate(room))
    assert best(attrs.evolve(problem, room=room)) >= best(problem)


@given(problems, dice)
def test_a_larger_share_of_the_section_never_lowers_the_objective(problem, rng):
    """Whatever share is raised or given up, the full objective is not lower."""
    shares = [(r, task.per_section) for r, task in enumerate(problem.tasks) if task.per_section is not None]
    assume(shares)
    index, share = rng.choice(shares)
    wider = with_task(problem, index, per_section=rng.choice([None, share + 1]))
    assert best(wider) >= best(problem)


@given(problems, dice)
def test_more_gaps_never_lower_the_top(problem, rng):
    """Where a task may use one gap more, neither shortfalls nor the top tier's slots and value are worse."""
    every = range(len(problem.position))
    options = [(r, gap) for r, task in enumerate(problem.tasks) for gap in every if gap not in task.candidates]
    assume(options)
    index, gap = rng.choice(options)
    problem = with_task(problem, index, seats=None)
    task = problem.tasks[index]
    values = {**dict(zip(task.candidates, task.values, strict=True)), gap: rng.choice([-1, 0, 2])}
    gaps = tuple(sorted(values))
    span = (problem.position[gaps[0]], problem.position[gaps[-1]])
    wider = with_task(problem, index, candidates=gaps, values=tuple(values[g] for g in gaps), span=span)
    assert top_levels(wider, solve(wider)) >= top_levels(problem, solve(problem))


@given(problems, dice)
def test_a_larger_max_never_lowers_the_top(problem, rng):
    """Where a task may place one slot more, neither shortfalls nor the top tier's slots and value are worse."""
    index = rng.randrange(len(problem.tasks))
    more = with_task(problem, index, most=problem.tasks[index].most + 1)
    assert top_levels(more, solve(more)) >= top_levels(problem, solve(problem))


@given(plain_problems, dice)
def test_the_order_of_declaration_does_not_matter(problem, rng):
    """The same rules in another order get the same gaps."""
    order = rng.sample(range(len(problem.tasks)), len(problem.tasks))
    other = attrs.evolve(
        problem,
        tasks=tuple(problem.tasks[r] for r in order),
        reach={(a, b): problem.reach[r, s] for a, r in enumerate(order) for b, s in enumerate(order)},
        sharing=frozenset(
            (a, b) for a, r in enumerate(order) for b, s in enumerate(order) if (r, s) in problem.sharing
        ),
    )
    before, after = solve(problem), solve(other)
    assert objective(other, after) == objective(problem, before)
    assert [after.gaps[order.index(r)] for r in range(len(order))] == list(before.gaps)


@given(problems, st.sampled_from([2, 7, 1000]))
def test_the_scale_of_the_unit_does_not_matter(problem, factor):
    """Positions and spans in a finer unit give the same plan."""
    finer = attrs.evolve(
        problem,
        position=tuple(place * factor for place in problem.position),
        tasks=tuple(attrs.evolve(t, span=(t.span[0] * factor, t.span[1] * factor)) for t in problem.tasks),
    )
    assert solve(finer) == solve(problem)


@given(problems, st.integers(-9, 9))
def test_a_constant_in_all_values_does_not_matter(problem, constant):
    """Values that are all larger by the same give the same plan: slots come before value."""
    raised = attrs.evolve(
        problem,
        tasks=tuple(
            attrs.evolve(
                task,
                values=tuple(value + constant for value in task.values),
                pages=tuple(value + constant for value in task.pages),
            )
            for task in problem.tasks
        ),
    )
    assert solve(raised) == solve(problem)


@given(problems, dice)
def test_to_forbid_an_unused_gap_does_not_matter(problem, rng):
    """Without a gap that it does not use, a task keeps its plan, as long as its span is the same."""
    choice = solve(problem)
    unused = [
        (r, a)
        for r, task in enumerate(problem.tasks)
        for a, gap in enumerate(task.candidates)
        if gap not in choice.gaps[r]
    ]
    assume(unused)
    index, a = rng.choice(unused)
    task = problem.tasks[index]
    fewer = with_task(
        problem,
        index,
        candidates=task.candidates[:a] + task.candidates[a + 1 :],
        values=task.values[:a] + task.values[a + 1 :],
        seats=task.seats and task.seats[:a] + task.seats[a + 1 :],
    )
    assert solve(fewer) == choice


@given(problems, dice)
def test_a_later_rule_takes_nothing_from_earlier_ones(problem, rng):
    """An optional rule of lower priority moves no slot of the rules above, and raises no shortfall."""
    k, gaps = len(problem.tasks), range(len(problem.position))
    latest = max(task.priority for task in problem.tasks) + 1
    uses = tuple((limit, 1) for limit in range(len(problem.room)))
    late = Task(
        name="late",
        priority=latest,
        most=2,
        candidates=tuple(gaps),
        values=tuple(rng.randint(0, 1) for _ in gaps),
        uses=uses,
    )
    rows = list(problem.reach.values())
    pairs = [pair for r in range(k + 1) for pair in ((r, k), (k, r))]
    reach = {pair: own(rng.choice(rows)) for pair in pairs}
    more = attrs.evolve(problem, tasks=(*problem.tasks, late), reach={**problem.reach, **reach})
    before, after = solve(problem), solve(more)
    assert (after.gaps[:k], after.pages[:k]) == (before.gaps, before.pages)


@given(plain_problems)
def test_the_reversed_article_is_as_good(problem):
    """From the end to the start: the same shortfalls, and the top tier has the same slots, value and evenness."""
    if problem.exempt >= 0:  # its seat is apart only as long as the gap is exempt
        problem = attrs.evolve(problem, exempt=-1, tasks=tuple(attrs.evolve(t, seats=None) for t in problem.tasks))
    other = turn(problem)
    assert top_levels(other, solve(other), 3) == top_levels(problem, solve(problem), 3)


def turn(problem):
    """The problem of the reversed article."""
    last, far = len(problem.position) - 1, problem.position[-1]
    rows = {
        (s, r): tuple(
            last - max((g for g, first in enumerate(row) if first <= last - above and g < last - above), default=-1)
            for above in range(last + 1)
        )
        for (r, s), row in problem.reach.items()
    }
    return Model(
        tasks=tuple(turn_task(task, last, far) for task in problem.tasks),
        position=tuple(far - place for place in reversed(problem.position)),
        section=tuple(-section for section in reversed(problem.section)),
        reach=rows,
        sharing=problem.sharing,
        exempt=-1,
        room=problem.room,
        inner=problem.inner,
    )


def turned(option):
    """A seat and its worth, where seats are counted from the end; those that serve one gap are what they were."""
    seat, worth = option
    return (seat, worth) if seat < 0 else (999 - seat, worth)


def turn_task(task, last, far):
    low, high = task.span
    return attrs.evolve(
        task,
        candidates=tuple(last - gap for gap in reversed(task.candidates)),
        values=tuple(reversed(task.values)),
        seats=task.seats and tuple(tuple(sorted(map(turned, each))) for each in reversed(task.seats)),
        span=(far - high, far - low),
    )
