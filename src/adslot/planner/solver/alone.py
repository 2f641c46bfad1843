"""One task beside slots that are placed already: the exact best, its places on the page and the end included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from adslot.planner.solver.counts import Meter
from adslot.planner.solver.flat import flat_gaps
from adslot.planner.solver.lane import Lane, Parts, clear, make_lane, parts_of, roomy
from adslot.planner.solver.legality import Slot, fits
from adslot.planner.solver.problem import Choice, Model, Task
from adslot.planner.solver.single import best_gaps, most_slots
from adslot.planner.solver.worth import BELOW, GAP_SHIFT, UNEVEN_SHIFT, VALUE_SHIFT, Tie, deviation

# The gaps of a task, and its places on the page.
Found = tuple[tuple[int, ...], tuple[int, ...]]
# What was found for each task of a tier, and whether it is proved to be the best.
Answer = tuple[dict[int, Found], bool]


@attrs.define(eq=False, kw_only=True)
class Placed:
    """What is placed so far, and what is left of the limits."""

    problem: Model
    tie: Tie
    meter: Meter
    room: list[int]
    slots: list[Slot] = attrs.field(factory=list)
    found: dict[int, Found] = attrs.field(factory=dict)
    left: list[int] = attrs.field(default=attrs.Factory(lambda self: _left_at_first(self.problem), takes_self=True))

    def add(self, index: int, found: Found) -> None:
        """Place the slots of a task."""
        gaps, pages = found
        self.found[index] = found
        self.slots += [(index, gap) for gap in gaps]
        inside = len(gaps) - (self.problem.exempt in gaps)
        for limit, amount in self.problem.tasks[index].uses:
            self.room[limit] -= amount * (inside if limit in self.problem.inner else len(gaps) + len(pages))
        self.left = self.left_beside([(index, gap) for gap in gaps])

    def left_beside(self, slots: Iterable[Slot]) -> list[int]:
        """What is left of the shares of sections beside *slots* besides."""
        shares = self.problem.shares
        return self.left if shares is None else shares.after(self.left, self.problem.section, slots)

    def replaces(self, index: int) -> bool:
        """Whether a task stands in for one that has slots."""
        return any(any(self.found.get(other, ())) for other in self.problem.tasks[index].stands_in)

    def copy(self) -> Placed:
        """The same, to try something with."""
        return attrs.evolve(self, slots=list(self.slots), room=list(self.room), found=dict(self.found))

    def choice(self, *, optimal: bool) -> Choice:
        """All that is placed."""
        found = [self.found.get(index, ((), ())) for index in range(len(self.problem.tasks))]
        return Choice(tuple(gaps for gaps, _ in found), tuple(pages for _, pages in found), optimal)

    def caps(self, task: Task, most: int) -> tuple[int, int]:
        """How many slots *task* may have in all, and how many before the story's end."""
        inside = most
        for limit, amount in task.uses:
            if limit in self.problem.inner:
                inside = min(inside, self.room[limit] // amount)
            else:
                most = min(most, self.room[limit] // amount)
        return max(most, 0), max(min(most, inside), 0)


def _left_at_first(problem: Model) -> list[int]:
    return [] if problem.shares is None else list(problem.shares.left)


def solve_alone(placed: Placed, index: int, most: int) -> Found:
    """The best for one task, at most *most* slots, beside what is placed."""
    problem, task = placed.problem, placed.problem.tasks[index]
    most, inside = placed.caps(task, most)
    if not most:
        return (), ()
    if task.pages or (task.candidates and task.candidates[-1] == problem.exempt):
        return _solve_with_places(placed, index, most, inside)
    parts: Parts = (task.candidates, task.values, task.seats or ())
    if placed.slots:
        parts = clear(problem, index, parts, placed.slots)
    parts = roomy(problem, index, parts, placed.left)
    if not parts[0] or not inside:
        return (), ()
    gaps, values, _ = parts
    found = flat_gaps(problem, index, gaps, inside) if values.count(values[0]) == len(values) else None
    if found is None:
        lane = make_lane(problem, index, parts, placed.tie, left=placed.left)
        found = best_gaps(lane, most_slots(lane, inside))[1]
    return found, ()


def _solve_with_places(placed: Placed, index: int, most: int, inside: int) -> Found:
    """The same for a task that may stand outside the story or at its end, where no distances count."""
    task, exempt = placed.problem.tasks[index], placed.problem.exempt
    lanes = lanes_of(placed, index)
    fits = [most_slots(lane, inside) for lane in lanes]
    count = min(most, len(task.pages) + max(fit + lane.ends for fit, lane in zip(fits, lanes, strict=True)))
    best: int | None = None
    found: Found = ((), ())
    for lane, fit in zip(lanes, fits, strict=True):
        for pages in range(min(len(task.pages), count - lane.ends) + 1):
            rest = count - lane.ends - pages
            if rest > fit:
                continue
            worth, gaps = best_gaps(lane, rest)
            worth += end_worth(placed, lane, rest) + page_worth(task, pages)
            if best is None or worth > best:
                best, found = worth, ((*gaps, exempt) if lane.ends else gaps, best_pages(task, pages))
    return found


def lanes_of(placed: Placed, index: int, beside: Sequence[Slot] = ()) -> list[Lane]:
    """The lanes of a task beside what is placed: without a slot at the exempt gap, and with one if that may be.

    Slots *beside* count as placed.
    """
    problem, task = placed.problem, placed.problem.tasks[index]
    at_end = bool(task.candidates) and task.candidates[-1] == problem.exempt
    slots, left = [*placed.slots, *beside], placed.left_beside(beside)
    parts = clear(problem, index, parts_of(task, len(task.candidates) - at_end), slots)
    parts = roomy(problem, index, parts, left)
    lanes = [make_lane(problem, index, parts, placed.tie, left=left)]
    ends = at_end and roomy(problem, index, ((problem.exempt,), (0,), ()), left)[0]
    if ends and all(fits(problem, slot, (index, problem.exempt)) for slot in slots):
        left = placed.left_beside([*beside, (index, problem.exempt)])
        parts = roomy(problem, index, parts, left)
        lanes.append(make_lane(problem, index, parts, placed.tie, ends=True, left=left))
    return lanes


def end_worth(placed: Placed, lane: Lane, before: int) -> int:
    """What the slot at the exempt gap is worth, if there is one, with *before* slots before it."""
    if not lane.ends or not lane.weighs:
        return 0
    problem, task, gap = placed.problem, lane.task, placed.problem.exempt
    off, place = deviation(task, problem.position[gap], before, before + 1), problem.place(gap)
    value = task.values[-1] + (task.seats[-1][0][1] if task.seats else 0)
    low = placed.tie(task.name, place) + BELOW - (place << GAP_SHIFT)
    return (value << VALUE_SHIFT) - (off * off << UNEVEN_SHIFT) + low


def page_worth(task: Task, count: int) -> int:
    """What the best *count* places on the page are worth."""
    return sum(sorted(task.pages, reverse=True)[:count]) << VALUE_SHIFT


def best_pages(task: Task, count: int) -> tuple[int, ...]:
    """The best *count* places on the page, the first of equal ones."""
    return tuple(sorted(sorted(range(len(task.pages)), key=lambda page: -task.pages[page])[:count]))
