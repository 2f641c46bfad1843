"""A tier with equal tasks: the exact best for all of them together, by what they have in common.

As in `joint`, numbers come first, then a good plan, then a sweep that finds nothing better. But the numbers are those of
groups of equal tasks (`aims`), and what is swept are the slots of groups (`strands`, `shapes`). Who of a group has which slots
is decided last (`naming`), for all best plans that there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import le

from adslot.planner.solver.aims import Aim, Aims
from adslot.planner.solver.alone import Answer, Found, Placed, best_pages
from adslot.planner.solver.counts import Path
from adslot.planner.solver.lane import closed_runs
from adslot.planner.solver.layers import NOTHING, Row
from adslot.planner.solver.legality import Slot
from adslot.planner.solver.naming import NO_TIE, Naming, Seat, named_loosely
from adslot.planner.solver.shapes import ShapeSweep, Step
from adslot.planner.solver.single import best_of
from adslot.planner.solver.worth import GAP_SHIFT

# For each strand its gaps.
Plan = list[tuple[int, ...]]


class Crowd:
    """The weighed tasks of one tier beside what is placed, some of them equal."""

    def __init__(self, placed: Placed, aims: Aims) -> None:
        self._placed, self._aims, self._meter = placed, aims, placed.meter
        # What the best plans known are worth without ties, and one of them.
        self._best = NOTHING
        self._plan: tuple[Aim, tuple[Step, ...]] | None = None

    def solve(self) -> Answer | None:
        """The best gaps and places of the tier's tasks, and whether they are proved to be; none if there are too many numbers."""
        ways = self._aims.ways()
        aims = None if ways is None else self._aims.best(ways)
        if ways is None or not aims:
            return None
        finals, exact = list[tuple[Aim, ShapeSweep]](), True
        for aim in aims:
            if aim.bound < self._best:
                break
            self._try_plans(aim, ways[aim.side][aim.totals])
            ceilings: Sequence[Sequence[Row] | None] = [None] * len(aim.side.groups)
            if self._best < aim.bound:
                ceilings = aim.side.loom.ceilings(aim.strands)
            sweep = ShapeSweep(aim.side.board, aim.strands, self._meter, self._best - aim.main, ceilings)
            exact = sweep.run() and exact
            if sweep.found:
                self._best = sweep.best + aim.main
                finals.append((aim, sweep))
            if not exact:
                break
        return self._named(finals, exact=exact)

    # ----------------------------------------------------------------------------------------- good plans

    def _try_plans(self, aim: Aim, path: Path | None) -> None:
        """Keep the best of some plans made strand by strand, if it is better than what is known."""
        strands = range(len(aim.strands))
        starts = [self._by_strand(aim, strands), self._by_strand(aim, strands[::-1]), _along(aim, path)]
        for plan in starts:
            if plan is not None and self._best < aim.bound:
                self._offer(aim, plan)

    def _by_strand(self, aim: Aim, order: Sequence[int]) -> Plan | None:
        """A plan where every strand takes the best that those before it leave."""
        plan: Plan = [()] * len(aim.strands)
        for s in order:
            found = self._best_beside(aim, plan, s)
            if found is None:
                return None
            plan[s] = found[1]
        return plan if _steps_of(aim, plan) is not None else None

    def _best_beside(self, aim: Aim, plan: Plan, s: int) -> tuple[int, tuple[int, ...]] | None:
        """The best for one strand beside the others."""
        strand, groups = aim.strands[s], aim.side.groups
        lane, slots = groups[strand.group].lane, list[Slot]()
        for t, other in enumerate(aim.strands):
            if t != s:
                group = groups[other.group]
                index = group.other if other.group == strand.group else group.lane.index
                slots += [(index, gap) for gap in plan[t]]
        self._meter.spend(1 + (len(lane.gaps) * strand.count >> 6))
        return best_of(lane, strand.table, closed_runs(self._placed.problem, lane.index, lane.gaps, slots))

    def _offer(self, aim: Aim, plan: Plan) -> None:
        """Improve a plan strand by strand as long as that helps, and keep it if it is the best so far."""
        worths = [_worth_of(aim, s, gaps) for s, gaps in enumerate(plan)]
        waiting = list(range(len(plan)))
        while waiting:
            s = waiting.pop(0)
            found = self._best_beside(aim, plan, s)
            if found is None or found[0] <= worths[s]:
                continue
            before, plan[s] = plan[s], found[1]
            if _steps_of(aim, plan) is None:
                plan[s] = before
            else:
                worths[s] = found[0]
                waiting = [t for t in range(len(plan)) if t != s]
        steps = _steps_of(aim, plan)
        if steps is not None and aim.main + sum(worths) > self._best:
            self._best, self._plan = aim.main + sum(worths), (aim, steps)

    # --------------------------------------------------------------------------------------------- names

    def _named(self, finals: Sequence[tuple[Aim, ShapeSweep]], *, exact: bool) -> Answer | None:
        """The best names for the best shapes."""
        best: tuple[int, dict[int, Found]] | None = None
        for aim, sweep in finals:
            if sweep.best + aim.main < self._best:
                continue
            for shape in (shape for label in sweep.found for shape in label.shapes()):
                if not self._meter.spend(1) and best is not None:
                    return best[1], False
                tie, found, sure = self._name(aim, shape)
                exact = exact and sure
                if best is None or tie > best[0]:
                    best = tie, found
        if best is None and self._plan is not None:
            best = self._name(*self._plan)[:2]
        return None if best is None else (best[1], exact)

    def _name(self, aim: Aim, steps: Sequence[Step]) -> tuple[int, dict[int, Found], bool]:
        """What the ties of the best names for a shape sum up to, what each task has then, and whether that is proved."""
        total, answer, exact = aim.extra & (1 << GAP_SHIFT) - 1, dict[int, Found](), True
        seats: list[list[Seat]] = [[] for _ in aim.side.groups]
        numbers, tie = [0] * len(aim.strands), self._placed.tie
        for gap, chosen in steps:
            for s in chosen:
                strand = aim.strands[s]
                costs = tuple(NO_TIE - tie(lane.task.name, gap) for lane in aim.side.groups[strand.group].lanes)
                seats[strand.group].append(Seat(gap, (strand.ordinal_of(numbers[s]), strand.of), costs))
                numbers[s] += 1
        for group, own, pages in zip(aim.side.groups, seats, aim.pages, strict=True):
            if group.is_loose:
                named, sure = named_loosely(own, len(group.lanes), group.cap, group.lane.task.least, self._meter), True
            else:
                named, sure = Naming(own, len(group.lanes), self._meter).solve()
            exact = exact and sure
            for lane, gaps in zip(group.lanes, named, strict=True):
                total += sum(tie(lane.task.name, gap) for gap in gaps)
                after = (self._placed.problem.exempt,) if lane.ends else ()
                answer[lane.index] = (*gaps, *after), best_pages(lane.task, pages)
        return total, answer, exact


def _along(aim: Aim, path: Path | None) -> Plan | None:
    """The gaps of a path, given to the strands of each group by where their centres are."""
    gaps: list[list[int]] = [[] for _ in aim.side.groups]
    while path is not None:
        path, gap, clique = path
        for g in clique:
            gaps[g].insert(0, gap)
    plan: Plan = [()] * len(aim.strands)
    for s in sorted(range(len(aim.strands)), key=lambda s: aim.strands[s].centre):
        own = gaps[aim.strands[s].group]
        plan[s] = tuple(own[: aim.strands[s].count])
        del own[: aim.strands[s].count]
    return plan


def _worth_of(aim: Aim, s: int, gaps: Sequence[int]) -> int:
    strand = aim.strands[s]
    at = {gap: a for a, gap in enumerate(aim.side.groups[strand.group].lane.gaps)}
    return sum(strand.table.worths[i][at[gap]] for i, gap in enumerate(gaps))


def _steps_of(aim: Aim, plan: Plan) -> tuple[Step, ...] | None:
    """A plan in the order of gaps; none if a strand is ahead of the one above it."""
    at: dict[int, tuple[int, ...]] = {}
    for s, gaps in enumerate(plan):
        strand = aim.strands[s]
        if strand.above >= 0 and any(map(le, gaps, plan[strand.above])):
            return None
        for gap in gaps:
            at[gap] = (*at.get(gap, ()), s)
    return tuple(sorted(at.items()))
