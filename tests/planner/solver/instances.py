"""Random problems, small enough to try all plans, with everything that a problem can have."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

import attrs
from hypothesis import strategies as st

from adslot.planner.solver.problem import Growth, Inventory, Model, PlainRow, Shares, Task


def chance(rng, share):
    return rng.random() < share


def monotone(rng, count, most, least=1):
    """A distance as a pointer: for each gap the first one that is far enough below."""
    sizes = [rng.randint(0, 4) for _ in range(count)]
    before = [sum(sizes[:g]) for g in range(count)]
    need, blocks = rng.randint(0, most), rng.randint(least, max(least, most // 2))
    return tuple(min(max(bisect_left(before, before[g] + need), g + blocks), count) for g in range(count))


def own(row):
    """The distance of a task to itself: it never stands twice at one gap."""
    return tuple(max(first, g + 1) for g, first in enumerate(row))


def make_problem(rng, *, gaps=7, tasks=3, plain=False):
    """A random problem of at most so many gaps and tasks; a *plain* one has no growing distances."""
    n, k = rng.randint(1, gaps), rng.randint(1, tasks)
    exempt = n - 1 if chance(rng, 0.5) and n > 1 else -1
    limits = rng.choice([0, 0, 1, 2])
    priorities = sorted(rng.choice([[1] * k, list(range(1, k + 1)), [rng.randint(1, 2) for _ in range(k)]]))
    sizes = [rng.choice([0, 10, 30, 50, 90]) for _ in range(n)]
    position = tuple(sum(sizes[:g]) for g in range(n))
    made = tuple(make_task(rng, r, priorities[r], position, limits, exempt) for r in range(k))
    last = rng.choice([0, 1, 2])
    specs = [monotone(rng, n, rng.choice([1, 3, 6, 12]), rng.choice([0, 1])) for _ in range(3)]
    pairs = [(r, s) for r in range(k) for s in range(k)]
    sharing = {(r, s) for r, s in pairs if r < s and chance(rng, 0.4)}
    return Model(
        tasks=made,
        position=position,
        section=tuple(sorted(rng.randint(0, last) for _ in range(n))),
        reach={(r, s): own(rng.choice(specs)) if r == s else rng.choice(specs) for r, s in pairs},
        sharing=frozenset(sharing | {(s, r) for r, s in sharing}),
        exempt=exempt,
        room=tuple(rng.choice([-1, 0, 1, 2, 3, 4, 5]) for _ in range(limits)),
        growths=() if plain or chance(rng, 0.6) else tuple(make_growth(rng, n, k) for _ in range(rng.randint(1, 2))),
        inner=frozenset(limit for limit in range(limits) if chance(rng, 0.3)),
    )


def with_stand_ins(rng, problem):
    """The same where tasks stand in for some of earlier tiers, and have no minimum then."""
    tasks = []
    for task in problem.tasks:
        earlier = [r for r, other in enumerate(problem.tasks) if other.priority < task.priority and chance(rng, 0.5)]
        tasks.append(attrs.evolve(task, stands_in=tuple(earlier), least=0) if earlier else task)
    return attrs.evolve(problem, tasks=tuple(tasks))


def with_shares(rng, problem):
    """The same where sections have a share of the slots of several tasks together."""
    counted = frozenset(r for r in range(len(problem.tasks)) if chance(rng, 0.8))
    left = tuple(rng.choice([-1, 0, 1, 1, 2, 2, 3]) for _ in range(problem.section[-1] + 1))
    return attrs.evolve(problem, shares=Shares(counted, left))


def with_twins(rng, problem, tasks=5):
    """The same where some tasks are there several times, up to so many in all, equal but for their names; no growing distances."""
    which = list(range(len(problem.tasks)))
    while len(which) < tasks and (len(which) == len(problem.tasks) or chance(rng, 0.6)):
        which.append(rng.randrange(len(problem.tasks)))
    which.sort()
    plain = {r: make_plainer(rng, problem.tasks[r]) for r in which}
    # Where twins do not keep one distance, they are not equal.
    odd, alone = chance(rng, 0.1), rng.randrange(len(which)) if chance(rng, 0.2) else -1
    pairs = [(a, b) for a in range(len(which)) for b in range(len(which))]
    return attrs.evolve(
        problem,
        tasks=tuple(attrs.evolve(plain[r], name=f"rule-{number}") for number, r in enumerate(which)),
        reach={
            (a, b): own(rng.choice(list(problem.reach.values())))
            if (odd and a != b) or a == b == alone
            else problem.reach[which[a], which[b]]
            for a, b in pairs
        },
        sharing=frozenset((a, b) for a, b in pairs if (which[a], which[b]) in problem.sharing),
        growths=(),
    )


def make_plainer(rng, task):
    """A task without some of what makes it like no other."""
    return attrs.evolve(
        task,
        seats=task.seats if chance(rng, 0.3) else None,
        pages=task.pages if chance(rng, 0.3) else (),
        per_section=task.per_section if chance(rng, 0.3) else None,
        values=task.values if chance(rng, 0.5) else (0,) * len(task.values),
    )


def make_task(rng, r, priority, position, limits, exempt=-1):
    n = len(position)
    candidates = tuple(g for g in range(n) if chance(rng, rng.choice([0.5, 0.8, 1])))
    values = [rng.choice([0, 0, -1, 1, 3]) if chance(rng, 0.5) else 0 for _ in candidates]
    span = (position[candidates[0]], position[candidates[-1]]) if candidates else (0, 0)
    return Task(
        name=f"rule-{r}",
        priority=priority,
        most=rng.choice([0, 1, 1, 2, 2, 3, 4]),
        candidates=candidates,
        values=tuple(values if chance(rng, 0.5) else [0] * len(values)),
        least=rng.choice([0, 0, 0, 1, 2, 3]),
        pages=tuple(rng.choice([0, -1, 2]) for _ in range(rng.choice([0, 0, 0, 1, 2]))),
        per_section=rng.choice([None, None, 1, 2, 3]),
        seats=make_seats(rng, candidates, position, exempt) if candidates and chance(rng, 0.4) else None,
        even=chance(rng, 0.7),
        span=span if chance(rng, 0.9) else (0, position[-1]),
        uses=tuple((limit, rng.randint(1, 2)) for limit in range(limits) if chance(rng, 0.7)),
    )


def make_seats(rng, candidates, position, exempt):
    """Which seats serve which candidates: anchors that slots may move from, or shares beside places that do not move."""
    last = len(position) - 1 - (exempt >= 0)
    if chance(rng, 0.5):
        near, way = rng.choice([0, 20, 60, 100]), rng.choice([0, 0, 1, -1])
        targets = [(rng.randint(0, last), rng.randint(0, 2), False) for _ in range(rng.randint(1, 4))]
        if exempt >= 0 and chance(rng, 0.6):
            targets.append((last, rng.randint(0, 2), True))
        seats = sorted(
            (position[t], 2 * t, up, down - is_end, rank)
            for t, rank, is_end in targets
            for near_ones in [
                [g for g in range(last + 1) if g == t or (0 < g < last and abs(position[g] - position[t]) <= near)]
            ]
            for up, down in [(near_ones[0] if way <= 0 else t, near_ones[-1] if way >= 0 else t)]
        )
        ends = next((i for i, (at, half, _, down, _) in enumerate(seats) if half == 2 * last and down < last), -1)
        own = {}
    else:
        seats = sorted(
            (rng.randint(0, position[-1]), 2, 1, last - 1, rng.randint(0, 2)) for _ in range(rng.randint(0, 3))
        )
        own, ends = {g: rng.randint(0, 2) for g in candidates if chance(rng, 0.5)}, -1

    def worth(number, gap):
        at, half, _, _, rank = seats[number]
        side = 2 * gap - half if own == {} else 0
        return -(rank << 24) - (((abs(position[gap] - at) << 6) + abs(side)) << 6) - max(0, -side)

    def options(gap):
        if gap == exempt:
            return ((ends, -(rng.randint(0, 2) << 24)),)
        found = [(-1, -(own[gap] << 24))] if gap in own else []
        found += [(i, worth(i, gap)) for i, (_, _, up, down, _) in enumerate(seats) if up <= gap <= down]
        return tuple(found)

    return tuple(map(options, candidates))


def make_growth(rng, n, k):
    fixed = sorted(rng.randrange(n) for _ in range(rng.choice([0, 0, 1, 2])))
    fixed = list(dict.fromkeys(fixed))
    tasks = [r for r in range(k) if chance(rng, 0.7)]
    lower = [r for r in range(k) if chance(rng, 0.7)]
    return Growth(
        least=rng.randint(1, 4),
        counted=frozenset(tasks),
        before=tuple(sum(post < g for post in fixed) for g in range(n)),
        reach={(r, s): monotone(rng, n, rng.choice([3, 6, 12])) for r in tasks for s in lower},
        posts=tuple((post, {s: min(n, post + rng.randint(1, 4)) for s in lower}) for post in fixed if chance(rng, 0.8)),
        shut={r: {g: rng.randint(0, 3) for g in range(n - 1) if chance(rng, 0.2)} for r in tasks if chance(rng, 0.4)},
    )


def make_showing(rng, *, alone=False, **sizes):
    """A random problem where slots show articles; *alone*, where each task is a tier, and no minimum is missed."""
    problem = make_problem(rng, plain=alone, **sizes)
    items, zones = rng.choice([1, 2, 3, 3, 4, 5]), rng.choice([1, 2, 3, 4])
    relevances = rng.choice([[0, 0, 0, 500], [0, 100, 200, 300], [0, 7, 7, 9, 400, 1000]])
    rows = tuple(dict.fromkeys(PlainRow(rng.choice(relevances) for _ in range(items)) for _ in range(zones)))
    tasks = []
    for number, task in enumerate(problem.tasks):
        weight = rng.choice([0, 1, 1, 1, 5])
        changes = {"priority": number + 1, "least": 0, "most": min(task.most, 3)} if alone else {}
        floor = rng.choice([0, 0, 100, 300]) if weight else 0
        tasks.append(attrs.evolve(task, weight=weight, floor=floor, **changes))
    standing = rng.choice([(), (), (), (0,)])
    at = tuple(rng.randrange(len(rows)) for _ in range(len(problem.position) + 1))
    return attrs.evolve(problem, tasks=tuple(tasks), inventory=Inventory(rows, at, standing))


def make_crowd(rng, *, gaps=11, tasks=3):
    """A problem where many plans are nearly as good: one tier, tied values, distances that are not metric.

    In every other one the sections, which hold two or three slots of a task, matter more than distances.
    """
    by_section = chance(rng, 0.5)
    n, k = (rng.randint(5, 8), 2) if by_section else (rng.randint(gaps // 2, gaps), rng.randint(2, tasks))
    sizes = [rng.choice([20, 30, 50]) for _ in range(n)]
    position = tuple(sum(sizes[:g]) for g in range(n))
    exempt = n - 1 if chance(rng, 0.5) and n > 1 else -1
    last, most = rng.choice([0, 1, 2]), rng.choice([3, 4] if by_section else [2, 3])
    made = tuple(
        Task(
            name=f"rule-{r}",
            priority=1,
            most=most,
            candidates=tuple(range(n)),
            values=tuple(rng.choice([0, 0, 0, 1]) for _ in range(n)),
            per_section=rng.choice([2, 2, 3] if by_section else [None, None, 1, 2, 3]),
            even=chance(rng, 0.5),
            span=(0, position[-1]),
            uses=((0, 1),) if chance(rng, 0.5) else (),
        )
        for r in range(k)
    )
    nearest = (1, 2) if by_section else (2, 4)
    steps = {
        (r, s): rng.randint(*nearest) if r == s else rng.randint(0, nearest[1]) for r in range(k) for s in range(k)
    }
    sharing = {(r, s) for r in range(k) for s in range(r) if chance(rng, 0.2)}
    return Model(
        tasks=made,
        position=position,
        section=tuple(sorted(rng.randint(0, last) for _ in range(n))),
        reach={pair: tuple(min(g + step, n) for g in range(n)) for pair, step in steps.items()},
        sharing=frozenset(sharing | {(s, r) for r, s in sharing}),
        exempt=exempt,
        room=(rng.choice([9, 4, 2]),),
        inner=frozenset({0}) if chance(rng, 0.5) else frozenset(),
    )


def make_article(rng, *, least=12, most=60, tasks=4):
    """A problem of the size of an article; no growing distances."""
    n, k = rng.randint(least, most), rng.randint(1, tasks)
    exempt = n - 1 if chance(rng, 0.4) and n > 1 else -1
    limits = rng.choice([0, 0, 1, 2])
    priorities = sorted(rng.choice([[1] * k, list(range(1, k + 1)), [rng.randint(1, 2) for _ in range(k)]]))
    position = tuple(accumulate(rng.choice([0, 20, 40, 60, 80]) for _ in range(n)))
    section = tuple(accumulate(chance(rng, 0.2) for _ in range(n)))
    distances = [rng.choice([1, 100, 200, 300, 500]) for _ in range(3)]
    specs = [
        tuple(max(bisect_left(position, position[g] + distance), g + 1) for g in range(n)) for distance in distances
    ]
    pairs = [(r, s) for r in range(k) for s in range(k)]
    sharing = {(r, s) for r, s in pairs if r < s and chance(rng, 0.2)}
    return Model(
        tasks=tuple(make_task(rng, r, priorities[r], position, limits, exempt) for r in range(k)),
        position=position,
        section=section,
        reach={pair: rng.choice(specs) for pair in pairs},
        sharing=frozenset(sharing | {(s, r) for r, s in sharing}),
        exempt=exempt,
        room=tuple(rng.choice([1, 2, 4, 5, 7, 9]) for _ in range(limits)),
        inner=frozenset(limit for limit in range(limits) if chance(rng, 0.3)),
    )


# Problems that Hypothesis can make smaller.
problems = st.randoms(use_true_random=False).map(make_problem)
plain_problems = st.randoms(use_true_random=False).map(lambda rng: make_problem(rng, plain=True))
