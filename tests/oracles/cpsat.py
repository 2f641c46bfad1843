"""The best plan by constraint programming, level by level: for problems that are too large to try all plans.

Growing distances are left out.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model


def best(problem, tie):
    """The highest objective among all legal plans, and the plan: gaps and pages per task."""
    return _Model(problem).solve(tie)


class _Model:
    def __init__(self, problem):
        self.problem, self.model = problem, cp_model.CpModel()
        self.slot: dict[tuple[int, int], Any] = {}
        self.page: dict[tuple[int, int], Any] = {}
        self.ordered: dict[tuple[int, ...], Any] = {}
        self.counts: list[Any] = []
        self.seats: dict[int, list[Any]] = {}
        for r, task in enumerate(problem.tasks):
            self._add_task(r, task)
        for (one, a), (other, b) in combinations(self.slot.items(), 2):
            if not _is_clear(problem, one, other):
                self.model.add_at_most_one(a, b)
        for limit, room in enumerate(problem.room):
            self.model.add(self._used(limit) <= max(room, 0))

    def _add_task(self, r, task):
        """Which gaps and pages, how many gaps, and which is the how-manieth of them."""
        model, gaps = self.model, range(len(task.candidates))
        xs = [model.new_bool_var("") for _ in gaps]
        self.slot |= {(r, gap): x for gap, x in zip(task.candidates, xs, strict=True)}
        pages = [model.new_bool_var("") for _ in task.pages]
        self.page |= {(r, page): y for page, y in enumerate(pages)}
        self.counts.append(sum(xs) + sum(pages))
        model.add(self.counts[r] <= max(task.most, 0))
        sections = [self.problem.section[gap] for gap in task.candidates]
        for group in set(sections) if task.per_section is not None else ():
            model.add(sum(x for x, there in zip(xs, sections, strict=True) if there == group) <= task.per_section)
        self._add_seats(r, task, xs)
        totals = [model.new_bool_var("") for _ in range(max(task.most, 0) + 1)]
        model.add_exactly_one(totals)
        model.add(sum(xs) == sum(count * total for count, total in enumerate(totals)))
        for a in gaps:
            of = [model.new_bool_var("") for count in range(len(totals)) for _ in range(count)]
            keys = [(count, i) for count in range(len(totals)) for i in range(count)]
            self.ordered |= {(r, task.candidates[a], *key): z for key, z in zip(keys, of, strict=True)}
            model.add(sum(of) == xs[a])
            for (count, i), z in zip(keys, of, strict=True):
                model.add_implication(z, totals[count])
                model.add(sum(xs[:a]) == i).only_enforce_if(z)

    def _add_seats(self, r, task, xs):
        """Each slot has a seat, and no two have one."""
        taken: dict[int, list[Any]] = {}
        for x, options in zip(xs, task.seats or (), strict=task.seats is not None):
            of = [self.model.new_bool_var("") for _ in options]
            self.model.add(sum(of) == x)
            self.seats.setdefault(r, []).extend(worth * y for (_, worth), y in zip(options, of, strict=True))
            for (seat, _), y in zip(options, of, strict=True):
                taken.setdefault(seat, []).append(y)
        for seat, those in taken.items():
            if seat != -1:
                self.model.add_at_most_one(those)

    def _used(self, limit):
        """How much of a limit is used."""
        problem, used = self.problem, []
        for r, task in enumerate(problem.tasks):
            amount = sum(amount for which, amount in task.uses if which == limit)
            inside = [x for (s, gap), x in self.slot.items() if s == r and gap != problem.exempt]
            used.append(amount * (sum(inside) if limit in problem.inner else self.counts[r]))
        return sum(used)

    def solve(self, tie):
        """Fix one level after the other at its best."""
        missing, levels = [], []
        priorities = sorted({task.priority for task in self.problem.tasks})
        tiers = [[r for r, task in enumerate(self.problem.tasks) if task.priority == p] for p in priorities]
        for tier in tiers:
            short = [self._shortfall(r) for r in tier]
            missing.append(self._best(-sum(short)))
        for tier in tiers:
            levels += [self._best(level) for level in self._levels(tier, tie)]
        gaps = [
            tuple(g for (s, g), x in self.slot.items() if s == r and self.value(x)) for r in range(len(self.counts))
        ]
        pages = [
            tuple(p for (s, p), y in self.page.items() if s == r and self.value(y)) for r in range(len(self.counts))
        ]
        return (*missing, *levels), tuple(zip(gaps, pages, strict=True))

    def _shortfall(self, r):
        least = self.problem.tasks[r].least
        short = self.model.new_int_var(0, least, "")
        self.model.add(short >= least - self.counts[r])
        return short

    def _levels(self, tier, tie):
        tasks = self.problem.tasks
        slots = [(tasks[r], r, g, x) for (r, g), x in self.slot.items() if r in tier]
        pages = [tasks[r].pages[p] * y for (r, p), y in self.page.items() if r in tier]
        yield sum(self.counts[r] for r in tier)
        values = [task.values[task.candidates.index(g)] * x for task, _, g, x in slots]
        yield sum(values) + sum(pages) + sum(worth for r in tier for worth in self.seats.get(r, ()))
        yield -sum(self._off(r, g, count, i) ** 2 * z for (r, g, count, i), z in self.ordered.items() if r in tier)
        places = [(task, g - 1 if g == self.problem.exempt else g, x) for task, _, g, x in slots]
        yield -sum(g * x for _, g, x in places)
        ends = [x for (r, g), x in self.slot.items() if r in tier and g == self.problem.exempt]
        yield sum(tie(task.name, g) * x for task, g, x in places) + sum(ends)

    def _off(self, r, gap, count, i):
        task = self.problem.tasks[r]
        low, high = task.span
        if not task.even or low == high:
            return 0
        ideal = (high - low) * (2 * i + 1)
        return abs(2 * count * (self.problem.position[gap] - low) - ideal) * 500 // (count * (high - low))

    def _best(self, level):
        """The most that a level can be; from now on it is that much."""
        if isinstance(level, int):
            return level
        self.model.maximize(level)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        assert solver.solve(self.model) == cp_model.OPTIMAL
        top = round(solver.objective_value)
        self.value = solver.value
        self.model.add(level == top)
        self.model.clear_objective()
        return top


def _is_clear(problem, one, other):
    """Whether two slots may stand together."""
    (q, g), (r, h) = sorted((one, other), key=lambda slot: slot[1])
    if g == h or (h == problem.exempt and g == h - 1):
        return (q, r) in problem.sharing
    return h >= problem.reach[q, r][g]
