"""Several tasks together: where each may stand after any of them has placed a slot.

A state has a cursor for each lane, the index of the first gap that it may still use; a lane whose sections
hold several slots has besides, for each of its last slots, where the section of that slot ends, and one whose
slots need seats the first seat that is left. What lanes have used of a section together is one number.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from adslot.planner.solver.lane import Lane
from adslot.planner.solver.problem import Growth, Model
from adslot.planner.solver.shares import SharedSections

State = tuple[int, ...]
Counts = tuple[int, ...]
Clique = tuple[int, ...]

# With more sets of lanes that may share a gap, there is no exact answer.
MOST_CLIQUES = 128


class Board:
    """*lanes* in the order of their tasks; those in *fixed* stand where they are and take all their gaps."""

    def __init__(
        self, problem: Model, lanes: Sequence[Lane], fixed: frozenset[int] = frozenset(), left: Sequence[int] = ()
    ) -> None:
        self.lanes = lanes
        self.sizes = [len(lane.gaps) for lane in lanes]
        self.fixed = [r for r, lane in enumerate(lanes) if lane.index in fixed]
        count = len(problem.position)
        self.firsts = [_firsts(lane.gaps, count) for lane in lanes]
        self.jumps = [[self._jumps(problem.reach, r, s) for s in range(len(lanes))] for r in range(len(lanes))]
        self.cliques, self.complete = _cliques(problem, lanes)
        self.growths = [_Grown(self, growth) for growth in problem.growths]
        self._offsets: list[int] = []
        # Where in a state the seats of a lane are told, for the lanes that need some.
        self.seats: dict[int, int] = {}
        self.start = self._begin()
        self._shared: SharedSections | None = None
        if problem.shares is not None:
            self._shared = SharedSections(problem, lanes, fixed, left, len(self.start))
            self.start += (0,)

    def _jumps(self, reach: Mapping[tuple[int, int], Sequence[int]], r: int, s: int) -> Sequence[int]:
        """For each gap of lane r the cursor of lane s below a slot there."""
        upper, lower = self.lanes[r], self.lanes[s]
        if r == s:
            return upper.follow
        row, firsts = reach[upper.index, lower.index], self.firsts[s]
        return [firsts[max(row[gap], gap + 1)] for gap in upper.gaps]

    def _begin(self) -> State:
        offset = len(self.lanes)
        for lane in self.lanes:
            self._offsets.append(offset)
            offset += lane.share or 0
        for r, lane in enumerate(self.lanes):
            if lane.seating:
                self.seats[r] = offset
                offset += 1
        return (0,) * offset

    def place(self, state: State, clique: Clique, gap: int) -> list[int]:
        """The state below slots of *clique* at *gap*, but for growing distances."""
        new = list(state)
        for r in clique:
            a = self.firsts[r][gap]
            for s, jumps in enumerate(self.jumps[r]):
                new[s] = max(new[s], jumps[a])
            if self.lanes[r].share is not None:
                self._turn(new, r, a)
        return new

    def seated(
        self, state: State, new: list[int], clique: Clique, gap: int, *, least: bool
    ) -> list[tuple[int, list[int]]]:
        """The ways to give slots of *clique* at *gap* their seats: what these add, and the state below.

        With *least* only the way that takes the least from the slots below.
        """
        ways = [(0, new)]
        for r, at in self.seats.items():
            seating = self.lanes[r].seating
            if seating is None or r not in clique:
                continue
            free = list(seating.free(self.firsts[r][gap], state[at]))[: 1 if least else None]
            ways = [
                (value + worth, [*below[:at], now, *below[at + 1 :]]) for value, below in ways for worth, now in free
            ]
        return ways

    def settle(self, new: list[int], gap: int) -> None:
        """Let states be equal that leave the same seats, and the same room in sections, from *gap* on, the next one."""
        if self._shared is not None:
            self._shared.settle(new, gap)
        for r, lane in enumerate(self.lanes):
            offset, cursor = self._offsets[r], new[r]
            for at in range(offset, offset + (lane.share or 0)):
                if new[at] <= cursor:
                    new[at] = 0
        for r, at in self.seats.items():
            if seating := self.lanes[r].seating:
                new[at] = max(new[at], seating.lows[new[r]])

    def grow(self, counts: Counts, new: list[int], clique: Clique, gap: int) -> bool:
        """Let growing distances and full sections move the cursors below *clique*, where *counts* are above; false if one forbids it."""
        if self._shared is not None and not self._shared.place(new, clique, gap, self.firsts):
            return False
        return all(growth.place(counts, new, clique, gap) for growth in self.growths)

    def _turn(self, new: list[int], r: int, a: int) -> None:
        """Note where the section of a slot of lane r at its gap *a* ends, and wait for it if its share is used up."""
        lane, offset = self.lanes[r], self._offsets[r]
        share = lane.share or 0
        ends = [*new[offset + 1 : offset + share], lane.next_section[a]]
        new[offset : offset + share] = ends
        if ends.count(lane.next_section[a]) >= lane.rooms[a]:
            new[r] = max(new[r], lane.next_section[a])

    def row(self, state: Sequence[int], r: int) -> int:
        """The row of its tables where lane r is: how much of its share it has used in the section of its cursor, what seats are left."""
        lane, offset, cursor = self.lanes[r], self._offsets[r], state[r]
        used = sum(end > cursor for end in state[offset : offset + lane.share]) if lane.share else 0
        if lane.seating is None:
            return used
        return used * lane.seating.width + max(0, state[self.seats[r]] - lane.seating.lows[cursor])

    def finish(self, new: list[int], r: int) -> None:
        """Note that lane r is done."""
        new[r] = self.sizes[r]
        offset, share = self._offsets[r], self.lanes[r].share or 0
        new[offset : offset + share] = [0] * share

    def next_gap(self, counts: Counts, new: list[int], above: int) -> int | None:
        """The next gap below *above* where some lane may stand; growing distances below fixed things are noted."""
        while True:
            gaps = [lane.gaps[a] for lane, a, size in zip(self.lanes, new, self.sizes, strict=False) if a < size]
            gap = min(gaps) if gaps else None
            if gap is None or not self.growths:
                return gap
            before = list(new)
            for growth in self.growths:
                growth.pass_posts(counts, new, above, gap)
            if new == before:
                return gap

    def is_stuck(self, counts: Sequence[int], new: Sequence[int]) -> bool:
        """Whether a slot that stands fixed was made impossible."""
        return any(new[r] > counts[r] for r in self.fixed)


def _firsts(gaps: Sequence[int], count: int) -> list[int]:
    """For each of *count* gaps, and beyond, the index of the first of *gaps* that is not above it."""
    firsts = list[int]()
    for a, gap in enumerate(gaps):
        firsts.extend([a] * (gap + 1 - len(firsts)))
    firsts.extend([len(gaps)] * (count + 2 - len(firsts)))
    return firsts


def _cliques(problem: Model, lanes: Sequence[Lane]) -> tuple[list[Clique], bool]:
    """The sets of lanes that may stand together at one gap, and whether these are all."""
    found: list[Clique] = [()]
    for r, lane in enumerate(lanes):
        mates = [q for q in range(r) if (lanes[q].index, lane.index) in problem.sharing]
        found += [(*clique, r) for clique in found if all(q in mates for q in clique)]
        if len(found) > MOST_CLIQUES:
            return found[1:], False
    return found[1:], True


class _Grown:
    """One growing distance in terms of a board's lanes."""

    def __init__(self, board: Board, growth: Growth) -> None:
        self._growth, self._board = growth, board
        self._counted = [r for r, lane in enumerate(board.lanes) if lane.index in growth.counted]
        self._rows = {
            (r, s): growth.reach[upper.index, lower.index]
            for r, upper in enumerate(board.lanes)
            for s, lower in enumerate(board.lanes)
            if (upper.index, lower.index) in growth.reach
        }
        self._posts = sorted(growth.posts, key=lambda post: post[0])

    def place(self, counts: Counts, new: list[int], clique: Clique, gap: int) -> bool:
        """Move the cursors below slots of *clique* at *gap*; false if one may not stand there."""
        lanes, firsts = self._board.lanes, self._board.firsts
        growth, ordinal = self._growth, sum(counts[r] for r in self._counted)
        for r in clique:
            if r not in self._counted:
                continue
            ordinal += 1
            if growth.shuts(lanes[r].index, gap, ordinal):
                return False
            if growth.before[gap] + ordinal < growth.least:
                continue
            for s in range(len(lanes)):
                if (r, s) in self._rows:
                    new[s] = max(new[s], firsts[s][self._rows[r, s][gap]])
        return True

    def pass_posts(self, counts: Counts, new: list[int], above: int, below: int) -> None:
        """Move the cursors below fixed things between two gaps."""
        slots = sum(counts[r] for r in self._counted)
        start = bisect_left(self._posts, above, key=lambda post: post[0])
        for post, least in self._posts[start:]:
            if post >= below:
                break
            if self._growth.before[post] + 1 + slots >= self._growth.least:
                for s, lane in enumerate(self._board.lanes):
                    new[s] = max(new[s], self._board.firsts[s][least.get(lane.index, 0)])
