"""Several tasks whose best plans get in each other's way: the exact best for all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from operator import ge

from adslot.planner.solver.aims import Aims
from adslot.planner.solver.alone import Answer, Found, Placed, best_pages, solve_alone
from adslot.planner.solver.board import Counts
from adslot.planner.solver.cases import CountCase, Target, Tier
from adslot.planner.solver.counts import Path, possible_counts
from adslot.planner.solver.crowd import Crowd
from adslot.planner.solver.layers import NOTHING
from adslot.planner.solver.legality import Slot, fits, growths_hold
from adslot.planner.solver.single import most_slots, worth_of
from adslot.planner.solver.sweep import Sweep

# For each lane its gaps before the end.
LaneGaps = tuple[tuple[int, ...], ...]


class Joint:
    """One tier beside what is placed; *reserved* are tasks of later tiers whose minima need their places."""

    def __init__(self, placed: Placed, weighed: Sequence[int], reserved: Sequence[int]) -> None:
        self._placed, self._problem = placed, placed.problem
        self._tier = Tier(placed, weighed, reserved)
        self._best: tuple[int, Target, LaneGaps] | None = None

    def solve(self) -> Answer:
        """The best gaps and places of the tier's tasks, and whether they are proved to be."""
        cases = self._tier.cases()
        aims = Aims.of(self._placed, self._tier, cases or ())
        if aims is not None and (answer := Crowd(self._placed, aims).solve()):
            return answer
        group = self._tier.ideal(cases) if cases else None
        if not cases or not group:
            return self._one_by_one(), False
        plan = _each_best(group[0])
        if self._is_legal(group[0], plan):
            return _answer(self._placed, group[0], plan), True
        exact = self._prove(group[0]) if len(group) == 1 and self._try_orders(group[0]) else self._search(cases)
        if self._best is None:
            return self._one_by_one(), False
        return _answer(self._placed, *self._best[1:]), exact

    def _search(self, cases: Sequence[CountCase]) -> bool:
        """Find the numbers of slots that are possible, and the best plan for the best of them."""
        ways = dict[CountCase, Mapping[Counts, Path | None] | None]()
        for case in cases:
            ways[case] = found = self._ways(case)
            if found is None:
                return False
        exact = True
        for target in self._tier.targets(ways) or ():
            if self._best is not None and target.bound <= self._best[0]:
                break
            if not self._placed.meter.spend(1):
                return False
            path = (ways[target.case] or {})[target.counts]
            self._offer(target, _plan_of(target.case, path))
            self._try_orders(target)
            exact = self._prove(target) and exact
        return exact

    def _ways(self, case: CountCase) -> Mapping[Counts, Path | None] | None:
        """The numbers of slots that are possible, each with a way to place them; none if the budget ends."""
        meter, vectors = self._placed.meter, self._tier.vectors(case)
        if vectors is None or not case.board.complete:
            return None
        if not vectors:
            return {}
        if not self._is_counted and not any(lane.seating for lane in case.lanes):
            return possible_counts(case.board, {counts for _, counts, _ in vectors}, meter)
        caps = tuple(self._cap(case, r) for r in range(len(case.lanes)))
        hope = self._tier.hopes(case, caps), self._tier.rank(self._trial().found)
        sweep = Sweep(case.board, caps, meter, hope=hope)
        return sweep.found if sweep.run() else None

    def _cap(self, case: CountCase, r: int) -> int:
        lane = case.lanes[r]
        if lane.index in case.fixed:
            return len(lane.gaps)
        most, inside = self._placed.caps(lane.task, self._tier.caps[lane.index])
        return most_slots(lane, min(inside, most - lane.ends))

    def _prove(self, target: Target) -> bool:
        """Look for a plan for *target* that is better than the best; false if the budget ends before."""
        case = target.case
        free = [
            count for lane, count in zip(case.lanes, target.counts, strict=True) if count and len(lane.gaps) > count
        ]
        if self._best is not None and self._best[0] == target.bound:
            return True
        # Beside lanes that need all their gaps, the one that is free has been given its best.
        if len(free) < 2 and not self._is_counted:
            return True
        tables = [case.table(r, count) for r, count in enumerate(target.counts)]
        floor = NOTHING if self._best is None else self._best[0] - target.extra
        sweep = Sweep(case.board, target.counts, self._placed.meter, tables, floor)
        exact = case.board.complete and sweep.run()
        if sweep.path is not None:
            self._best = sweep.best + target.extra, target, _plan_of(case, sweep.path)
        return exact

    def _try_orders(self, target: Target) -> bool:
        """Offer plans made task by task, in two orders; whether there is a plan."""
        lanes = range(len(target.case.lanes))
        for order in (lanes, lanes[::-1]):
            plan = self._by_rule(target, order)
            if plan is not None and (self._best is None or self._best[0] < target.bound):
                self._offer(target, plan)
        return self._best is not None

    def _by_rule(self, target: Target, order: Sequence[int]) -> LaneGaps | None:
        """A plan where every lane takes the best that those before it leave."""
        case = target.case
        plan: list[tuple[int, ...]] = [()] * len(order)
        for r in order:
            if target.counts[r]:
                slots = () if case.lanes[r].index in case.fixed else _slots(case, plan)
                found = case.best(r, target.counts[r], slots)
                if found is None:
                    return None
                plan[r] = found[1]
        return tuple(plan) if self._is_legal(target, plan) else None

    def _offer(self, target: Target, plan: LaneGaps) -> None:
        """Improve a plan lane by lane as long as that helps, and keep it if it is the best so far."""
        case, better = target.case, list(plan)
        worths = [worth_of(lane, gaps) for lane, gaps in zip(case.lanes, plan, strict=True)]
        movable = [r for r, lane in enumerate(case.lanes) if lane.weighs and target.counts[r]]
        waiting = list(movable)
        while waiting:
            r = waiting.pop(0)
            found = case.best(r, target.counts[r], _slots(case, [*better[:r], (), *better[r + 1 :]]))
            if found is None or found[0] <= worths[r]:
                continue
            before, better[r] = better[r], found[1]
            if self._counts_well(better, target):
                worths[r] = found[0]
                waiting = [s for s in movable if s != r]
            else:
                better[r] = before
        worth = target.extra + sum(worths)
        if self._best is None or worth > self._best[0]:
            self._best = worth, target, tuple(better)

    def _is_legal(self, target: Target, plan: Sequence[tuple[int, ...]]) -> bool:
        """Whether slots that each lane may have may stand together."""
        slots = _slots(target.case, plan)
        return all(
            fits(self._problem, one, other) for one, other in combinations(slots, 2) if one[0] != other[0]
        ) and self._counts_well(plan, target)

    @property
    def _is_counted(self) -> bool:
        """Whether more than the distances of two slots each decides what goes together."""
        return bool(self._problem.growths) or self._problem.shares is not None

    def _counts_well(self, plan: Sequence[tuple[int, ...]], target: Target) -> bool:
        """Whether growing distances and shares of sections hold."""
        slots = _slots(target.case, plan)
        free = [slot for slot in slots if slot[0] not in target.case.fixed]
        after = self._placed.left_beside([*free, *target.case.ends])
        return growths_hold(self._problem, slots) and all(map(ge, after, (min(left, 0) for left in self._placed.left)))

    def _one_by_one(self) -> dict[int, Found]:
        """A good plan, where the best is too far: what the tasks get one by one."""
        trial = self._trial()
        return {index: trial.found[index] for index in self._tier.weighed}

    def _trial(self) -> Placed:
        """The best of some plans made task by task, in several orders."""
        weighed, reserved = list(self._tier.weighed), list(self._tier.reserved)
        trials = []
        for order in (weighed + reserved, weighed[::-1] + reserved, reserved + weighed):
            trial = self._placed.copy()
            for index in order:
                trial.add(index, grown(trial, index, solve_alone(trial, index, self._tier.caps[index])))
            trials.append(trial)
        return max(trials, key=lambda trial: self._tier.rank(trial.found))


def grown(placed: Placed, index: int, found: Found) -> Found:
    """As many of the found gaps, from above, as growing distances allow."""
    gaps, pages = found
    if placed.problem.growths:
        kept = list[Slot]()
        for gap in gaps:
            if growths_hold(placed.problem, [*placed.slots, *kept, (index, gap)]):
                kept.append((index, gap))
        gaps = tuple(gap for _, gap in kept)
    return gaps, pages


def _each_best(target: Target) -> LaneGaps:
    """The best gaps of each lane alone."""
    found = [target.case.best(r, count) for r, count in enumerate(target.counts)]
    return tuple(() if each is None else each[1] for each in found)


def _slots(case: CountCase, plan: Sequence[tuple[int, ...]]) -> list[Slot]:
    return [(lane.index, gap) for lane, gaps in zip(case.lanes, plan, strict=True) for gap in gaps]


def _plan_of(case: CountCase, path: Path | None) -> LaneGaps:
    """The gaps of every lane along a path."""
    gaps: list[list[int]] = [[] for _ in case.lanes]
    while path is not None:
        path, gap, clique = path
        for r in clique:
            gaps[r].append(gap)
    return tuple(tuple(row[::-1]) for row in gaps)


def _answer(placed: Placed, target: Target, plan: LaneGaps) -> dict[int, Found]:
    """What a plan gives each weighed task."""
    exempt = placed.problem.exempt
    return {
        lane.index: ((*gaps, exempt) if lane.ends else gaps, best_pages(lane.task, pages))
        for lane, gaps, pages in zip(target.case.lanes, plan, target.pages, strict=True)
        if lane.weighs
    }
