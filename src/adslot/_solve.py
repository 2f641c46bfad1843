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
    each how far down its list of anchors it stands (0 = most wanted). *span* is where the part of the
    story that they lie in begins and ends. *pages* are the ranks of its
    places outside the story. *sections* is the section of every gap. *exempt* gaps take no part in
    distances.
    """

    name: str
    priority: int
    most: int
    candidates: tuple[int, ...]
    span: tuple[int, int]
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
    placed = [(other, gap) for other, (gaps, _) in done.items() for gap in gaps]
    free = [i for i, gap in enumerate(task.candidates) if all(fits(problem, slot, (index, gap)) for slot in placed)]
    table = _Table(problem, index, free)
    fitting = table.fit(most)
    options = []
    for count in range(min(fitting, most), -1, -1):
        pages = task.pages[: most - count]
        gaps, worth = table.best(count)
        options.append((count + len(pages), worth + table.ranked(sum(pages)), gaps, pages))
        if len(pages) == len(task.pages):
            break
    _, _, gaps, pages = max(options)
    return gaps, pages


def room(problem: Problem, limit: int, done: Done) -> int:
    """How many slots *limit* allows beside those that are *done*."""
    used = sum(len(gaps) + len(pages) for other, (gaps, pages) in done.items() if limit in problem.tasks[other].groups)
    return problem.room[limit] - used


def fits(problem: Problem, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two slots, each as (task, gap), may stand together."""
    (r, g), (s, h) = (one, other) if one[1] <= other[1] else (other, one)
    if g == h:
        return (r, s) in problem.sharing
    return h == problem.exempt or h >= problem.reach[r, s][g]


class _Table:
    """Best gaps of one task for every number of slots, over its *free* candidates.

    The levels of the objective are fields of one integer each, the tie lowest, so that sums compare
    in lexicographic order: no field can overflow into the next, whatever `MOST_SLOTS` slots add up to.
    """

    def __init__(self, problem: Problem, index: int, free: Sequence[int]) -> None:
        task = problem.tasks[index]
        self._task = task
        self._gaps = gaps = [task.candidates[i] for i in free]
        sections = [problem.section[gap] for gap in gaps] if task.per_section is not None else []
        self._next = _followers(gaps, problem.reach[index, index], problem.exempt) if gaps else []
        # Whether the candidate below, and the one that may follow, share a section whose slots count.
        self._stays = [a + 1 < len(sections) and sections[a] == sections[a + 1] for a in range(len(gaps))]
        self._goes_on = [b < len(sections) and sections[a] == sections[b] for a, b in enumerate(self._next)]
        gap_bits = _TIE_BITS + (MOST_SLOTS * len(problem.position)).bit_length()
        self._uneven_bits, rank_bits = gap_bits, gap_bits + _UNEVEN_BITS
        self._shift = rank_bits
        seed = crc32(task.name.encode())
        self._base = [
            _tie(seed, gap) - (gap << _TIE_BITS) - (task.ranks[i] << rank_bits)
            for i, gap in zip(free, gaps, strict=True)
        ]
        low, high = task.span
        self._offsets, self._span = [problem.position[gap] - low for gap in gaps], high - low

    def ranked(self, ranks: int) -> int:
        """What places outside the story with *ranks* in sum are worth, in the scale of `best`."""
        return -(ranks << self._shift)

    def fit(self, most: int) -> int:
        """The largest number of slots, at most *most*: the earliest legal gap each time."""
        share = self._task.per_section
        count, a, used = 0, 0, 0
        while a < len(self._gaps) and count < most:
            if share is not None and used >= share:
                used = used if self._stays[a] else 0
                a += 1
                continue
            count += 1
            used = used + 1 if self._goes_on[a] else 0
            a = self._next[a]
        return count

    def best(self, count: int) -> tuple[tuple[int, ...], int]:
        """The best *count* gaps, and what they are worth (larger is better)."""
        share = self._task.per_section
        size = len(self._gaps)
        # rest[j][a]: the best rest from candidate a on, j slots already in the section of a. Where the
        # rule has no share per section, j stays 0.
        rest = [[0] * (size + 1) for _ in range((share or 0) + 1)]
        taken = []
        for i in range(count - 1, -1, -1):
            worths = self._worths(i, count)
            rest, choice = self._layer(rest[0], worths) if share is None else self._shared_layer(rest, worths, share)
            taken.append(choice)
        if rest[0][0] <= _IMPOSSIBLE // 2:
            raise AssertionError(count)
        return self._unwind(taken[::-1]), rest[0][0]

    def _layer(self, after: Sequence[int], worths: Sequence[int]) -> tuple[_Rows, _Rows]:
        """The best rests with one slot more than *after*, and where they take their first candidate."""
        best = _IMPOSSIBLE
        row, choice = [best], list[int]()
        for follow, worth in zip(reversed(self._next), reversed(worths), strict=True):
            take = worth + after[follow]
            choice.append(take > best)
            best = max(best, take)
            row.append(best)
        return [row[::-1]], [choice[::-1]]

    def _shared_layer(self, after: _Rows, worths: Sequence[int], share: int) -> tuple[_Rows, _Rows]:
        """As `_layer`, where a section may hold *share* slots at most."""
        size = len(self._gaps)
        rows = [[_IMPOSSIBLE] * (size + 1) for _ in range(share + 1)]
        choice = [[0] * size for _ in range(share + 1)]
        for a in range(size - 1, -1, -1):
            follow, worth = self._next[a], worths[a]
            stays, goes_on = self._stays[a], self._goes_on[a]
            for j in range(share):
                skip = rows[j if stays else 0][a + 1]
                take = worth + after[j + 1 if goes_on else 0][follow]
                rows[j][a] = max(skip, take)
                choice[j][a] = take > skip
            rows[share][a] = rows[share if stays else 0][a + 1]
        return rows, choice

    def _unwind(self, taken: Sequence[_Rows]) -> tuple[int, ...]:
        found, a, j = [], 0, 0
        for choice in taken:
            while not choice[j][a]:
                j = j if self._stays[a] else 0
                a += 1
            found.append(self._gaps[a])
            j = j + 1 if self._goes_on[a] else 0
            a = self._next[a]
        return tuple(found)

    def _worths(self, i: int, count: int) -> list[int]:
        """What each candidate is worth as slot *i* of *count*."""
        if not self._task.even or not self._span:
            return self._base
        centre, scale, bits = self._span * (2 * i + 1), count * self._span, self._uneven_bits
        return [
            base - ((abs(2 * count * offset - centre) * 500 // scale) ** 2 << bits)
            for base, offset in zip(self._base, self._offsets, strict=True)
        ]


_Rows = list[list[int]]
_TIE_BITS = 40  # 32 for one tie, 8 for the sum of 40
_UNEVEN_BITS = 26  # at most 1,000 permille squared for each of 40
_IMPOSSIBLE = -(1 << 256)


def _followers(gaps: Sequence[int], reach: Sequence[int], exempt: int) -> list[int]:
    """For each candidate the first one that may follow it; the exempt gap may follow any."""
    last = len(gaps) - 1
    follows = [bisect_left(gaps, max(reach[gap], gap + 1), a + 1) for a, gap in enumerate(gaps)]
    if gaps[last] == exempt:
        follows[:last] = [min(follow, last) for follow in follows[:last]]
    return follows


def _tie(seed: int, gap: int) -> int:
    """A fixed 32-bit number for a rule's name and a gap: decides between plans that are equal otherwise."""
    mixed = (seed ^ (gap + 1) * 0x9E3779B1) & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
    return mixed ^ mixed >> 12
