"""One task with what is left of its gaps: the values that the exact tables are made of.

The exempt gap is never among a lane's gaps: whether a task stands there is decided first, and then the
lane knows that it has a slot at the end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress

import attrs

from adslot.planner.solver.legality import Slot, fits
from adslot.planner.solver.problem import OWN, Model, Option, Task
from adslot.planner.solver.seating import Seating, folded
from adslot.planner.solver.worth import VALUE_SHIFT, Tie, low_levels

# From an index to before another one, but for one that is spared in between, if that is not -1.
Run = tuple[int, int, int]
# Gaps, their values, and their seats if the task has some.
Parts = tuple[Sequence[int], Sequence[int], Sequence[tuple[Option, ...]]]


@attrs.define(eq=False, kw_only=True)
class Lane:
    """The gaps that one task may still use, and what follows from them.

    *base* is what each gap is worth but for evenness, *follow* the index of the first gap that may come
    after it. *ends* says that a slot stands at the exempt gap too. Only where sections have less room than distances
    leave, and some hold several slots, *share* is how many at the most, *rooms* how many in the section of each gap, and
    *next_section* has for each gap the index of the first one in a later section; *steps* are what layers know of these. Where all gaps are in one section,
    that comes to the *most* slots before the end. Only where it matters which seat serves which gap, there is a *seating*.
    """

    index: int
    task: Task
    gaps: Sequence[int]
    base: Sequence[int]
    follow: list[int]
    position: Sequence[int]
    ends: bool = False
    most: int | None = None
    share: int | None = None
    next_section: Sequence[int] = ()
    rooms: Sequence[int] = ()
    steps: Sequence[Sequence[tuple[int, int]]] = ()
    weighs: bool = True
    seating: Seating | None = None
    capacity: int | None = None

    @property
    def is_plain(self) -> bool:
        """Whether where the next slot may stand is all that a slot decides."""
        return self.share is None and self.seating is None

    @property
    def states(self) -> int:
        """How many rows a table of this lane has: what is used of a section's share, times cursors of seats."""
        return (self.share or 1) * (self.seating.width if self.seating else 1)


def make_lane(
    problem: Model, index: int, parts: Parts, tie: Tie, *, ends: bool = False, left: Sequence[int] = ()
) -> Lane:
    """The lane of a task over *parts* of its candidates, where sections have so much *left* for it and others."""
    task = problem.tasks[index]
    if ends:
        parts = _beside_the_end(problem, index, parts)
    gaps, values, seats = parts
    groups = folded(seats) if seats else None
    if groups:
        values = [value + each[0][1] for value, each in zip(values, seats, strict=True)]
    low = low_levels(task.name, len(problem.position).bit_length(), tie)
    if any(values):
        base = [low[gap] + (value << VALUE_SHIFT) for gap, value in zip(gaps, values, strict=True)]
    else:
        base = [low[gap] for gap in gaps]
    reach = problem.reach[index, index] if gaps else ()
    follow = [bisect_left(gaps, reach[gap], after) for after, gap in enumerate(gaps, 1)]
    if groups:
        follow = list(map(max, follow, _next_group(groups)))
    lane = Lane(
        index=index,
        task=task,
        gaps=gaps,
        base=base,
        follow=follow,
        position=problem.position,
        ends=ends,
    )
    if seats and not groups:
        lane.seating = Seating.of(seats)
    is_counted = problem.shares is not None and index in problem.shares.counted
    if gaps and (task.per_section is not None or is_counted):
        sections = [problem.section[gap] for gap in gaps]
        _part_sections(lane, sections, _rooms(problem, lane, sections, left if is_counted else ()))
    return lane


def _rooms(problem: Model, lane: Lane, sections: Sequence[int], left: Sequence[int]) -> dict[int, int]:
    """How many slots each section of a lane's gaps may hold."""
    most, last = lane.task.per_section, problem.section[problem.exempt]
    rooms = dict.fromkeys(sections, lane.task.most)
    for number in rooms:
        if most is not None:
            rooms[number] = min(rooms[number], most - (lane.ends and number == last))
        if left:
            rooms[number] = min(rooms[number], left[number])
    return rooms


def _part_sections(lane: Lane, sections: Sequence[int], rooms: Mapping[int, int]) -> None:
    """Let sections hold so many slots at most, where that is less than distances let them hold."""
    fits = _fits(lane, sections)
    if all(rooms[number] >= fit for number, fit in fits.items()):
        return
    if len(rooms) == 1:
        lane.most = rooms[sections[0]]
        return
    next_section, share = _next_group(sections), max(min(rooms[number], fit) for number, fit in fits.items())
    if share == 1:
        lane.follow = list(map(max, lane.follow, next_section))
        return
    lane.share, lane.next_section = share, next_section
    lane.rooms = [min(rooms[number], fits[number]) for number in sections]


def _fits(lane: Lane, sections: Sequence[int]) -> Counter[int]:
    """How many slots each section has room for as far as distances, and the most of the task, go."""
    found: Counter[int] = Counter()
    a = 0
    while a < len(sections):
        number = sections[a]
        found[number] += 1
        a = lane.follow[a]
        if found[number] == lane.task.most or a == len(sections) or sections[a] != number:
            a = bisect_right(sections, number)
    return found


def roomy(problem: Model, index: int, parts: Parts, left: Sequence[int]) -> Parts:
    """*parts* of a task without the gaps of sections that have nothing *left* for it."""
    if problem.shares is None or index not in problem.shares.counted:
        return parts
    return _keep(parts, [left[problem.section[gap]] > 0 for gap in parts[0]])


def _beside_the_end(problem: Model, index: int, parts: Parts) -> Parts:
    """*parts* without what a slot of the task at the exempt gap closes: its place, its section, its seat."""
    task = problem.tasks[index]
    parts = _keep(parts, [fits(problem, (index, gap), (index, problem.exempt)) for gap in parts[0]])
    if task.per_section == 1:
        parts = _keep(parts, [problem.section[gap] != problem.section[problem.exempt] for gap in parts[0]])
    if parts[2] and task.seats and task.seats[-1][0][0] != OWN:
        gaps, values, seats = parts
        left = [tuple(option for option in each if option[0] != task.seats[-1][0][0]) for each in seats]
        parts = _keep((gaps, values, left), left)
    return parts


def _next_group(groups: Sequence[int]) -> list[int]:
    """For each item of *groups* the index of the first later one that differs."""
    found, start = [0] * len(groups), len(groups)
    for a in range(len(groups) - 1, -1, -1):
        if a + 1 < len(groups) and groups[a] != groups[a + 1]:
            start = a + 1
        found[a] = start
    return found


def parts_of(task: Task, end: int) -> Parts:
    """The parts of a task's candidates before index *end*."""
    return task.candidates[:end], task.values[:end], task.seats[:end] if task.seats else ()


def weightless(lane: Lane) -> Lane:
    """*lane* where only the number of slots counts."""
    seating = lane.seating.weightless() if lane.seating else None
    return attrs.evolve(lane, base=[0] * len(lane.gaps), weighs=False, seating=seating)


def clear(problem: Model, index: int, parts: Parts, slots: Iterable[Slot]) -> Parts:
    """*parts* of a task without the gaps that are too near to *slots* of other tasks."""
    closed = closed_runs(problem, index, parts[0], slots)
    if not closed:
        return parts
    marks = bytearray(b"\1") * len(parts[0])
    for start, stop, spared in closed:
        mark = marks[spared]
        marks[start:stop] = bytes(stop - start)
        if spared >= 0:
            marks[spared] = mark
    return _keep(parts, marks)


def closed_runs(problem: Model, index: int, gaps: Sequence[int], slots: Iterable[Slot]) -> list[Run]:
    """The runs of a task's *gaps* that *slots* of other tasks close; a gap that may be shared stays open."""
    reach, sharing, exempt = problem.reach, problem.sharing, problem.exempt
    runs = list[Run]()
    for other, gap in slots:
        start = bisect_left(gaps, bisect_right(reach[index, other], gap, 0, gap))
        place = gap - (gap == exempt)
        if gap == exempt:  # nothing stands below, and the gap above is the same place
            start, stop = min(start, bisect_left(gaps, place)), len(gaps)
        else:
            stop = bisect_left(gaps, max(reach[other, index][gap], gap + 1), start)
        if start < stop:
            spared = -1
            if (other, index) in sharing:
                spared = bisect_left(gaps, place, start, stop)
                spared = spared if spared < stop and gaps[spared] == place else -1
            runs.append((start, stop, spared))
    return runs


def _keep(parts: Parts, marks: Sequence[object]) -> Parts:
    gaps, values, seats = parts
    return tuple(compress(gaps, marks)), tuple(compress(values, marks)), tuple(compress(seats, marks))
