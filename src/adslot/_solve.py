"""The solver: integers in, chosen gaps out. It knows no HTML and no text.

The objective is lexicographic, tier by tier (a tier is the rules of one priority): as many slots as
possible; then the better anchors; then evenness; then the earliest gaps; then a hash of rule name
and gap, so that the best plan is unique whatever the order of declaration.

One rule alone is solved exactly. Every constraint between two slots is monotone: once a gap is far
enough below another, all later gaps are. So the largest number of slots is what taking the earliest
legal gap each time gives, and for that number a table over (slot, candidate) finds the best gaps:

    best[i][a] = max(best[i][a + 1], worth(i, a) + best[i + 1][first candidate reachable from a])

Rules are solved in order of priority, each given those before it. Where two rules of one tier get in
each other's way that need not be the tier's optimum, and the choice says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from zlib import crc32

import attrs

# No rule places more: the tables stay small, and no reader wants more.
MOST_SLOTS = 40


@attrs.frozen
class Task:
    """One rule, compiled.

    *candidates* are the gaps that it may use as far as fixed things go, ascending; *ranks* says for
    each how far down its list of anchors it stands (0 = most wanted). *pages* are the ranks of its
    places outside the story. *sections* is the section of every gap. *exempt* gaps take no part in
    distances.
    """

    name: str
    priority: int
    most: int
    candidates: tuple[int, ...]
    ranks: tuple[int, ...]
    pages: tuple[int, ...] = ()
    per_section: int | None = None
    even: bool = True
    groups: tuple[int, ...] = ()


@attrs.frozen
class Problem:
    """All that the solver knows.

    *tasks* in order of solving. *position* is what lies before each gap, for evenness. *section* is
    the section of each gap. *reach[r, s][g]* is the first gap where task s may stand below a slot of
    task r at gap g. Tasks of a pair in *sharing* may use one gap together, whatever their distance.
    The *exempt* gap takes no part in distances. *room[k]* is how many slots limit k still allows.
    """

    tasks: tuple[Task, ...]
    position: tuple[int, ...]
    section: tuple[int, ...]
    reach: Mapping[tuple[int, int], tuple[int, ...]]
    sharing: frozenset[tuple[int, int]]
    exempt: int
    room: tuple[int, ...]


@attrs.frozen
class Choice:
    """Chosen *gaps* and ranks of *pages*, per task; *optimal* if proved to be the best plan."""

    gaps: tuple[tuple[int, ...], ...]
    pages: tuple[tuple[int, ...], ...]
    optimal: bool


def solve(problem: Problem) -> Choice:
    """The best choice, rule by rule in order of priority."""
    done: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
    optimal = True
    for tier in _tiers(problem.tasks):
        before = dict(done)
        alone = {index: _solve_task(problem, index, before) for index in tier}
        for index in tier:
            done[index] = alone[index] if done == before else _solve_task(problem, index, done)
        optimal = optimal and all(done[index] == alone[index] for index in tier)
    order = range(len(problem.tasks))
    return Choice(tuple(done[index][0] for index in order), tuple(done[index][1] for index in order), optimal)


def _tiers(tasks: Sequence[Task]) -> list[list[int]]:
    tiers: dict[int, list[int]] = {}
    for index, task in enumerate(tasks):
        tiers.setdefault(task.priority, []).append(index)
    return [tiers[priority] for priority in sorted(tiers)]


Done = Mapping[int, tuple[tuple[int, ...], tuple[int, ...]]]


def _solve_task(problem: Problem, index: int, done: Done) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The best gaps and page places of one task, given what is *done*."""
    task = problem.tasks[index]
    most = min(task.most, *(room(problem, limit, done) for limit in task.groups), MOST_SLOTS)
    if most <= 0:
        return (), ()
    free = [i for i, gap in enumerate(task.candidates) if is_free(problem, index, gap, done)]
    table = _Table(problem, index, free)
    fitting = table.fit(most)
    options = []
    for count in range(min(fitting, most), -1, -1):
        pages = task.pages[: most - count]
        gaps, worth = table.best(count)
        options.append((count + len(pages), worth[0] - sum(pages), worth[1:], gaps, pages))
        if len(pages) == len(task.pages):
            break
    best = max(options, key=lambda option: option[:3])
    return best[3], best[4]


def room(problem: Problem, limit: int, done: Done) -> int:
    """How many slots *limit* allows beside those that are *done*."""
    used = sum(
        len(gaps) + len(pages) for other, (gaps, pages) in done.items() if limit in problem.tasks[other].groups
    )
    return problem.room[limit] - used


def is_free(problem: Problem, index: int, gap: int, done: Done) -> bool:
    """Whether task *index* may use *gap* beside all slots that are *done*."""
    return all(
        fits(problem, (other, placed), (index, gap)) for other, (gaps, _) in done.items() for placed in gaps
    )


def fits(problem: Problem, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two slots, each as (task, gap), may stand together."""
    (r, g), (s, h) = (one, other) if one[1] <= other[1] else (other, one)
    if g == h:
        return (r, s) in problem.sharing
    return h == problem.exempt or h >= problem.reach[r, s][g]


class _Table:
    """Best gaps of one task for every number of slots, over its *free* candidates."""

    def __init__(self, problem: Problem, index: int, free: Sequence[int]) -> None:
        task = problem.tasks[index]
        self._task, self._problem = task, problem
        self._gaps = [task.candidates[i] for i in free]
        self._ranks = [task.ranks[i] for i in free]
        self._sections = [problem.section[gap] for gap in self._gaps]
        reach = problem.reach[index, index]
        self._next = [self._first_after(a, reach) for a in range(len(self._gaps))]
        span = [problem.position[gap] for gap in task.candidates]
        self._low, self._span = (span[0], span[-1] - span[0]) if span else (0, 0)

    def _first_after(self, a: int, reach: Sequence[int]) -> int:
        """The first candidate that may follow candidate *a*."""
        after = bisect_left(self._gaps, max(reach[self._gaps[a]], self._gaps[a] + 1), a + 1)
        last = len(self._gaps) - 1
        if after > last and last > a and self._gaps[last] == self._problem.exempt:
            return last
        return after

    def fit(self, most: int) -> int:
        """The largest number of slots, at most *most*: the earliest legal gap each time."""
        count, a, used = 0, 0, 0
        section = None
        while a < len(self._gaps) and count < most:
            used = used if self._sections[a] == section else 0
            section = self._sections[a]
            if self._task.per_section is not None and used >= self._task.per_section:
                a += 1
                continue
            used, count, a = used + 1, count + 1, self._next[a]
        return count

    def best(self, count: int) -> tuple[tuple[int, ...], tuple[int, int, int, int]]:
        """The best *count* gaps, and their worth: ranks, evenness, earliness, tie (larger is better)."""
        if count == 0:
            return (), (0, 0, 0, 0)
        cap = self._task.per_section or count
        size = len(self._gaps)
        # table[j][a]: the best rest from candidate a on, j slots already in the section of a.
        after: list[list[_Rest]] = [[_DONE] * (size + 1) for _ in range(cap + 1)]
        for i in range(count - 1, -1, -1):
            table: list[list[_Rest]] = [[None] * (size + 1) for _ in range(cap + 1)]
            worths = [self._worth(i, a, count) for a in range(size)]
            for a in range(size - 1, -1, -1):
                for j in range(cap + 1):
                    skip = table[j if self._same(a, a + 1) else 0][a + 1]
                    take = self._take(after, worths, a, j) if j < cap else None
                    table[j][a] = _better(take, skip)
            after = table
        found = after[0][0]
        if found is None:
            raise AssertionError(count)
        return _unwind(found[1]), found[0]

    def _take(self, after: list[list[_Rest]], worths: Sequence[_Worth], a: int, j: int) -> _Rest:
        follow = self._next[a]
        rest = after[j + 1 if self._same(a, follow) else 0][follow]
        if rest is None:
            return None
        worth, more = worths[a], rest[0]
        total = (worth[0] + more[0], worth[1] + more[1], worth[2] + more[2], worth[3] + more[3])
        return total, (self._gaps[a], rest[1])

    def _same(self, a: int, b: int) -> bool:
        return b < len(self._gaps) and self._sections[a] == self._sections[b]

    def _worth(self, i: int, a: int, count: int) -> _Worth:
        """What candidate *a* is worth as slot *i* of *count*."""
        gap = self._gaps[a]
        uneven = self._uneven(i, gap, count) if self._task.even else 0
        return -self._ranks[a], -uneven, -gap, tie(self._task.name, gap)

    def _uneven(self, i: int, gap: int, count: int) -> int:
        """Permille deviation from the centre of the i-th of *count* equal cells, squared."""
        if not self._span:
            return 0
        off = 2 * count * (self._problem.position[gap] - self._low) - self._span * (2 * i + 1)
        return int((abs(off) * 500 // (count * self._span)) ** 2)


_Worth = tuple[int, int, int, int]
_Chain = tuple[int, "_Chain"] | None
_Rest = tuple[_Worth, _Chain] | None
_DONE: _Rest = ((0, 0, 0, 0), None)


def _better(one: _Rest, other: _Rest) -> _Rest:
    if one is None or other is None:
        return one or other
    return one if one[0] > other[0] else other


def _unwind(chain: _Chain) -> tuple[int, ...]:
    gaps = []
    while chain is not None:
        gaps.append(chain[0])
        chain = chain[1]
    return tuple(gaps)


def tie(name: str, gap: int) -> int:
    """A fixed 32-bit number for a rule's name and a gap: decides between plans that are equal otherwise."""
    return crc32(f"{gap}:{name}".encode())
