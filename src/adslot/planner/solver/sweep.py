"""The best places for given numbers of slots, or all numbers there are: a sweep over the gaps.

A label is a way to have placed some slots: their counts, the state that they leave, what they are worth.
It waits at the next gap where one of its lanes may stand. There it passes on, once without a slot and once
for each set of lanes that may stand there together. Labels with the same counts and state are one, the
best; one that another at the same gap is as good as in every respect is dropped, and so is one that even
each lane's best rest does not raise above the best plan known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import le

from adslot.planner.solver.board import Board, Clique, Counts, State
from adslot.planner.solver.counts import Meter, Path
from adslot.planner.solver.lane import Lane
from adslot.planner.solver.layers import IMPOSSIBLE, NOTHING, seated_takes, take
from adslot.planner.solver.single import GapTable

Label = tuple[int, Path | None]
# For each lane what any number of slots can add to the rank of a plan; and what rank there is a plan for.
Hope = tuple[Sequence[Sequence[int]], int]


class Sweep:
    """A sweep to *target* counts. With *tables*, one for each lane, it looks for the best way above *floor*.

    Without, it looks for all counts of which there is *hope*.
    """

    def __init__(
        self,
        board: Board,
        target: Counts,
        meter: Meter,
        tables: Sequence[GapTable] = (),
        floor: int = NOTHING,
        hope: Hope = ((), 0),
    ) -> None:
        self._board, self._target, self._tables, self._meter = board, target, tables, meter
        self._hopes, self._least = hope
        self._left = [_slots_left(lane) for lane in board.lanes] if self._hopes else []
        self._plain = [lane.is_plain for lane in board.lanes]
        self._waiting: dict[int, dict[tuple[Counts, State], Label]] = {}
        # The best way so far; without tables: all counts there are, each with a way.
        self.best = floor
        self.path: Path | None = None
        self.found: dict[Counts, Path | None] = {}

    def run(self) -> bool:
        """Sweep all gaps; false if the budget ended before."""
        board, start = self._board, list(self._board.start)
        for r, most in enumerate(self._target):
            if not most:
                board.finish(start, r)
        self._push((0,) * len(self._target), start, -1, (0, None))
        for gap in sorted({gap for lane in board.lanes for gap in lane.gaps}):
            for (counts, state), label in self._kept(self._waiting.pop(gap, {})):
                if self._meter.left < 0:
                    return False
                self._pass(gap, counts, state, label)
        return self._meter.left >= 0

    def _kept(self, labels: Mapping[tuple[Counts, State], Label]) -> Iterator[tuple[tuple[Counts, State], Label]]:
        """The labels that no other one dominates."""
        if len(labels) == 1:
            yield from labels.items()
            return
        fronts: dict[Counts, list[State]] = {}
        for key, label in sorted(labels.items(), key=lambda item: (-item[1][0], item[0])):
            counts, state = key
            front = fronts.setdefault(counts, [])
            self._meter.spend(len(front) >> 3)
            if not any(all(map(le, other, state)) for other in front):
                front.append(state)
                yield key, label

    def _pass(self, gap: int, counts: Counts, state: State, label: Label) -> None:
        """Pass a label on, without a slot and with each set of slots that may stand at *gap*."""
        board = self._board
        ready = [r for r, lane in enumerate(board.lanes) if state[r] < board.sizes[r] and lane.gaps[state[r]] == gap]
        skipped = list(state)
        for r in ready:
            skipped[r] += 1
        self._push(counts, skipped, gap, label)
        cliques = board.cliques if len(ready) > 1 else [(ready[0],)]
        if self._tables:
            bound = label[0] + self._rest(counts, state)
            lost = {r: self._lost(r, counts[r], state) for r in ready}
            cliques = [c for c in cliques if bound - sum(lost.get(r, 0) for r in c) > self.best]
        for clique in cliques:
            if all(r in ready for r in clique):
                self._place(gap, counts, state, clique, label)

    def _lost(self, r: int, i: int, state: State) -> int:
        """How much less lane r can be worth if its slot i stands at its cursor."""
        lane, table, a = self._board.lanes[r], self._tables[r], state[r]
        if self._plain[r]:
            return table.rests[i][0][a] - table.worths[i][a] - table.rests[i + 1][0][lane.follow[a]]
        row = self._board.row(state, r)
        rests = table.rests[i + 1]
        if lane.seating is not None:
            most = max((w + rests[there][after] for w, after, there in seated_takes(lane, a, row)), default=IMPOSSIBLE)
            return table.rests[i][row][a] - table.worths[i][a] - most
        after, there = take(lane, a, row)
        return table.rests[i][row][a] - table.worths[i][a] - rests[there][after]

    def _place(self, gap: int, counts: Counts, state: State, clique: Clique, label: Label) -> None:
        new = self._board.place(state, clique, gap)
        if not self._board.grow(counts, new, clique, gap):
            return
        value, path = label
        after = list(counts)
        for r in clique:
            if self._tables:
                value += self._tables[r].worths[counts[r]][state[r]]
            after[r] += 1
        seats = self._board.seats
        ways = self._board.seated(state, new, clique, gap, least=not self._tables) if seats else [(0, new)]
        for worth, seated in ways:
            for r in clique:
                if after[r] == self._target[r]:
                    self._board.finish(seated, r)
            self._push(tuple(after), seated, gap, (value + worth, (path, gap, clique)))

    def _push(self, counts: Counts, new: list[int], above: int, label: Label) -> None:
        """Let a label wait at its next gap, unless nothing good can come of it."""
        self._meter.spend(1)
        board, tables = self._board, self._tables
        if tables:
            if label[0] + self._rest(counts, new) <= self.best:
                return
            if counts == self._target:
                self.best, self.path = label
                return
        gap = board.next_gap(counts, new, above)
        if gap is not None:
            board.settle(new, gap)
        if board.fixed and board.is_stuck(counts, new):
            return
        if not tables:
            if self._hope(counts, new) < self._least:
                return
            self.found.setdefault(counts, label[1])
        if gap is not None:
            there, key = self._waiting.setdefault(gap, {}), (counts, tuple(new))
            if key not in there or there[key][0] < label[0]:
                there[key] = label

    def _hope(self, counts: Counts, new: Sequence[int]) -> int:
        """The highest rank that a label can come to."""
        hope = 0
        for r, (row, left, cap) in enumerate(zip(self._hopes, self._left, self._target, strict=True)):
            hope += row[min(cap, counts[r] + left[new[r]])]
        return hope

    def _rest(self, counts: Counts, new: Sequence[int]) -> int:
        """At most so much can be added to a label."""
        rest, board = 0, self._board
        for r, (table, count, a) in enumerate(zip(self._tables, counts, new, strict=False)):
            row = 0 if self._plain[r] else board.row(new, r)
            rest += table.rests[count][row][a]
        return rest


def _slots_left(lane: Lane) -> list[int]:
    """For each gap of a lane how many slots it may have from there on, at most."""
    left = [0] * (len(lane.gaps) + 1)
    for a in range(len(lane.gaps) - 1, -1, -1):
        left[a] = 1 + left[lane.follow[a]]
    return left
