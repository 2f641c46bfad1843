"""One task with few slots that show articles: the exact best of places and articles together.

Each article is equally relevant everywhere in a zone, so the zones that the slots take decide what the best
articles for them are worth. Sets of zones are tried from the most that they can be worth on: each slot
the best article of its zone, be it twice. The gaps that are best for a set are found by a table of what is
left to place: from gap *a* on, these zones still have to come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import accumulate

from adslot.planner.solver.alone import Found, Placed, best_pages, end_worth, lanes_of, page_worth, solve_alone
from adslot.planner.solver.assign import Showcase, assign, showcases_of, worth_of_tiers
from adslot.planner.solver.lane import Lane
from adslot.planner.solver.layers import IMPOSSIBLE, NOTHING, Row
from adslot.planner.solver.problem import Inventory
from adslot.planner.solver.single import best_gaps, layer_of, most_slots, step, worths
from adslot.planner.solver.worth import VALUE_SHIFT

# For more slots than this, sets of zones are too many.
MOST_EXACT = 3

Zones = tuple[int, ...]


class Search:
    """The best for task *index*, at most *most* slots, beside what is placed; then *shown* is what its articles are worth."""

    def __init__(self, placed: Placed, index: int, most: int) -> None:
        self._placed, self._index, self._task = placed, index, placed.problem.tasks[index]
        self._most, self._inside = placed.caps(self._task, most)
        inventory = placed.problem.inventory
        if inventory is None:
            raise ValueError(index)
        self._inventory: Inventory = inventory
        self._before = showcases_of(placed.problem, placed.choice(optimal=False))
        self._needed = worth_of_tiers(inventory, self._before, assign(inventory, self._before).items)
        self._best: tuple[int, int, Found] | None = None
        self.shown = 0

    def solve(self) -> tuple[Found, bool] | None:
        """The best gaps and places, and whether they are proved to be; none if that takes another way."""
        if not self._most:
            return ((), ()), True
        lanes = lanes_of(self._placed, self._index)
        fits = [most_slots(lane, self._inside) for lane in lanes]
        top = max(fit + lane.ends for fit, lane in zip(fits, lanes, strict=True)) + len(self._task.pages)
        zones = self._zones(lanes)
        if len(zones) == 1:
            return self._solve_equal(zones.pop(), min(top, self._most)), True
        for count in range(min(top, self._most), 0, -1):
            if count > MOST_EXACT:
                return None
            for lane, fit in zip(lanes, fits, strict=True):
                for pages in range(min(len(self._task.pages), count - lane.ends) + 1):
                    if count - lane.ends - pages <= fit and not self._search(lane, count, pages):
                        return self._found(), False
            if self._best is not None:
                break
        return self._found(), True

    def _found(self) -> Found:
        if self._best is None:
            return (), ()
        self.shown = self._best[1]
        return self._best[2]

    def _zones(self, lanes: Sequence[Lane]) -> set[int]:
        at = self._inventory.at
        zones = {at[gap] for gap in lanes[0].gaps}
        if self._task.pages:
            zones.add(at[-1])
        if len(lanes) > 1:
            zones.add(at[self._placed.problem.exempt])
        return zones

    def _solve_equal(self, zone: int, top: int) -> Found:
        """The best where all places are in one zone: as many slots as there are articles for, and then it does not matter which."""
        for count in range(top, 0, -1):
            if self._worth((zone,) * count) is not None:
                found = solve_alone(self._placed, self._index, count)
                self.shown = self._worth((zone,) * sum(map(len, found))) or 0
                return found
        return (), ()

    def _worth(self, zones: Zones) -> int | None:
        """What the best articles in *zones* are worth; none if there are too few, or earlier slots need them."""
        task, inventory = self._task, self._inventory
        if not self._before:
            return self._worth_alone(zones)
        own = [Showcase(task.priority, zone, task.weight, task.floor) for zone in zones]
        showcases = self._before + own
        items = assign(inventory, showcases).items
        if None in items:
            return None
        found = worth_of_tiers(inventory, showcases, items)
        if any(found[tier] < worth for tier, worth in self._needed.items()):
            return None
        return found[task.priority]

    def _worth_alone(self, zones: Zones) -> int | None:
        """The same where no slots show articles yet: of a few slots each has one of as many best articles."""
        inventory, count, floor = self._inventory, len(zones), self._task.floor
        found: list[tuple[int, frozenset[int]]] = [(0, frozenset())]
        for zone in zones:
            row, top = inventory.rows[zone], inventory.top(zone, count, floor)
            found = [(worth + row[item], taken | {item}) for worth, taken in found for item in top if item not in taken]
        return max(worth for worth, _ in found) * self._task.weight if found else None

    def _search(self, lane: Lane, count: int, pages: int) -> bool:
        """Look for better plans with a number of places on the page; false if the budget ends before."""
        rest, outside = count - lane.ends - pages, self._inventory.at[-1]
        ends = (self._inventory.at[self._placed.problem.exempt],) * lane.ends
        extra = end_worth(self._placed, lane, rest) + page_worth(self._task, pages)
        plans = _Plans(lane, rest, self._inventory.at)
        ideal = best_gaps(lane, rest)[0] + extra
        fixed = ends + (outside,) * pages
        hope = sum(self._ideal(zone) for zone in fixed)
        found = sorted({self._inventory.at[gap] for gap in lane.gaps}, key=lambda zone: (-self._ideal(zone), zone))
        for worth, numbers in _sets([self._ideal(zone) for zone in found], rest):
            if self._best is not None and ideal + (hope + worth << VALUE_SHIFT) <= self._best[0]:
                break
            if not self._placed.meter.spend(8 + (len(lane.gaps) >> 3)):
                return False
            zones = tuple(sorted(found[number] for number in numbers))
            shown = self._worth(zones + fixed)
            if shown is None or (self._best is not None and ideal + (shown << VALUE_SHIFT) <= self._best[0]):
                continue
            plan = plans.best(zones)
            total = (plan[0] if plan else NOTHING) + extra + (shown << VALUE_SHIFT)
            if plan and (self._best is None or total > self._best[0]):
                gaps = (*plan[1], self._placed.problem.exempt) if lane.ends else plan[1]
                self._best = total, shown, (gaps, best_pages(self._task, pages))
        return True

    def _ideal(self, zone: int) -> int:
        """The most that an article can be worth in a zone."""
        return self._task.weight * (self._inventory.best(zone, 0) or 0)


def _sets(worths: Sequence[int], size: int) -> Iterator[tuple[int, Zones]]:
    """All sets of *size* numbers, each as often as may be, from the largest sum of their *worths* on, which fall."""
    first = (0,) * size
    waiting, seen = [(-sum(worths[number] for number in first), first)] if worths or not size else [], {first}
    while waiting:
        worth, numbers = heappop(waiting)
        yield -worth, numbers
        for at, number in enumerate(numbers):
            after = (*numbers[:at], number + 1, *numbers[at + 1 :])
            if number + 1 < len(worths) and after not in seen and (at + 1 == size or number < numbers[at + 1]):
                seen.add(after)
                heappush(waiting, (worth + worths[number] - worths[number + 1], after))


class _Plans:
    """The best gaps of a lane for *count* slots in given zones."""

    def __init__(self, lane: Lane, count: int, at: Sequence[int]) -> None:
        self._lane, self._count = lane, count
        self._zone_of = [at[gap] for gap in lane.gaps]
        self._rows: dict[tuple[int, int], list[int]] = {}
        # Where the gaps of each zone begin and end.
        self._spans = {zone: (a, a + 1) for a, zone in reversed([*enumerate(self._zone_of)])}
        for a, zone in enumerate(self._zone_of):
            self._spans[zone] = self._spans[zone][0], a + 1
        nothing: Sequence[Row] = [[0] * (len(lane.gaps) + 1)] * lane.states
        # By the zones that still have to come: the best from each gap on, and that if a zone is the next one.
        self._rests: dict[Zones, Sequence[Row]] = {(): nothing}
        self._firsts: dict[Zones, dict[int, Sequence[Row]]] = {}

    def best(self, zones: Zones) -> tuple[int, tuple[int, ...]] | None:
        """What the best gaps of *zones*, in ascending order, are worth, and which they are; none if these do not fit."""
        worth = self._rest(zones)[0][0]
        if worth < NOTHING:
            return None
        found, a, used = list[int](), 0, 0
        while zones:
            rest = self._rests[zones][used][a]
            zone, layer = next(each for each in self._firsts[zones].items() if each[1][used][a] == rest)
            row, left = self._row(self._count - len(zones), zone), _without(zones, zone)
            gap, a, used = step(self._lane, (row, layer, self._rests[left]), a, used)
            found.append(gap)
            zones = left
        return worth, tuple(found)

    def _rest(self, zones: Zones) -> Sequence[Row]:
        if zones not in self._rests:
            i = self._count - len(zones)
            firsts = {zone: self._first(i, zone, self._rest(_without(zones, zone))) for zone in dict.fromkeys(zones)}
            self._firsts[zones] = firsts
            self._rests[zones] = [
                list(map(max, *rows)) if len(rows) > 1 else rows[0] for rows in zip(*firsts.values(), strict=True)
            ]
        return self._rests[zones]

    def _first(self, i: int, zone: int, rest: Sequence[Row]) -> Sequence[Row]:
        """The best from each gap on if slot *i* stands in *zone*, before the *rest*."""
        lane, (start, stop), row = self._lane, self._spans[zone], self._row(i, zone)
        if not lane.is_plain:
            return layer_of(lane, row, rest)
        takes = [worth + rest[0][a] for worth, a in zip(row[start:stop], lane.follow[start:stop], strict=True)]
        inside = [*accumulate(reversed(takes), max, initial=IMPOSSIBLE)][::-1]
        return [inside[:1] * start + inside + [IMPOSSIBLE] * (len(lane.gaps) - stop)]

    def _row(self, i: int, zone: int) -> list[int]:
        """What each gap of *zone* is worth to slot *i*."""
        if (i, zone) not in self._rows:
            lane, (start, stop) = self._lane, self._spans[zone]
            row = worths(lane, i, self._count + lane.ends, start, stop)
            zones = self._zone_of[start:stop]
            inside = [worth if at == zone else IMPOSSIBLE for worth, at in zip(row, zones, strict=True)]
            self._rows[i, zone] = [IMPOSSIBLE] * start + inside + [IMPOSSIBLE] * (len(lane.gaps) - stop)
        return self._rows[i, zone]


def _without(zones: Zones, zone: int) -> Zones:
    at = zones.index(zone)
    return zones[:at] + zones[at + 1 :]
