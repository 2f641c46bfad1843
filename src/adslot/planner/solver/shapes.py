"""The best places of strands, whoever has them: a sweep over the gaps that keeps all ways that are equally good.

As in `sweep`, a label is a way to have placed some slots. Here it only knows how many slots of each strand it has placed,
and a cursor for each group; and of labels that are worth the same none is dropped, as names may decide between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from operator import le

import attrs

from adslot.planner.solver.board import Board, Counts, State
from adslot.planner.solver.counts import Meter
from adslot.planner.solver.layers import IMPOSSIBLE, Row
from adslot.planner.solver.strands import Strand

# A gap, and the strands that have a slot there.
Step = tuple[int, tuple[int, ...]]
Key = tuple[Counts, State]
Ceiling = Sequence[Row]


@attrs.frozen(eq=False)
class Label:
    """What placed slots are worth, and all *ways* to have placed them: a label before, and a step."""

    worth: int
    ways: tuple[tuple[Label, Step], ...] = ()

    def shapes(self) -> Iterator[tuple[Step, ...]]:
        """All ways from the first step to here."""
        if not self.ways:
            yield ()
        for before, step in self.ways:
            for steps in before.shapes():
                yield (*steps, step)


class ShapeSweep:
    """All best ways to place all slots of *strands*, of those that are worth *floor* at least.

    *ceilings* has for each group, or none for it, by the number of slots that are left, what they are worth at most from each gap on.
    """

    def __init__(
        self, board: Board, strands: Sequence[Strand], meter: Meter, floor: int, ceilings: Sequence[Ceiling | None]
    ) -> None:
        self._board, self._strands, self._meter = board, strands, meter
        self._goal = tuple(strand.count for strand in strands)
        self._of_group = [[s for s, strand in enumerate(strands) if strand.group == g] for g in range(len(board.lanes))]
        self._room = [_slots_left(lane.follow) for lane in board.lanes]
        self._rests = [[rest[0] for rest in strand.table.rests] for strand in strands]
        self._ceilings = ceilings
        self._waiting: dict[int, dict[Key, Label]] = {}
        # What the best ways are worth, and the labels at their ends.
        self.best = floor
        self.found: list[Label] = []

    def run(self) -> bool:
        """Sweep all gaps; false if the budget ended before."""
        start = list(self._board.start)
        for g, own in enumerate(self._of_group):
            if not own:
                self._board.finish(start, g)
        self._push((0,) * len(self._goal), start, Label(0))
        for gap in sorted({gap for lane in self._board.lanes for gap in lane.gaps}):
            for (counts, state), label in self._kept(self._waiting.pop(gap, {})):
                if self._meter.left < 0:
                    return False
                self._pass(gap, counts, state, label)
        return self._meter.left >= 0

    def _kept(self, labels: Mapping[Key, Label]) -> Iterator[tuple[Key, Label]]:
        """The labels than which no other one is better in every respect."""
        if len(labels) == 1 or len(self._board.lanes) == 1:
            yield from labels.items()
            return
        fronts: dict[Counts, list[tuple[int, State]]] = {}
        for key, label in sorted(labels.items(), key=lambda item: (-item[1].worth, item[0])):
            front = fronts.setdefault(key[0], [])
            self._meter.spend(len(front) >> 3)
            if not any(worth > label.worth and all(map(le, other, key[1])) for worth, other in front):
                front.append((label.worth, key[1]))
                yield key, label

    def _pass(self, gap: int, counts: Counts, state: State, label: Label) -> None:
        """Pass a label on, without a slot and with each set of slots that may stand at *gap*."""
        lanes, sizes = self._board.lanes, self._board.sizes
        there = [g for g, lane in enumerate(lanes) if state[g] < sizes[g] and lane.gaps[state[g]] == gap]
        skipped = list(state)
        for g in there:
            skipped[g] += 1
        self._push(counts, skipped, label)
        for clique in self._board.cliques if len(there) > 1 else [(there[0],)]:
            if all(g in there for g in clique):
                below = self._board.place(state, clique, gap)
                for chosen in product(*(self._open(g, counts) for g in clique)):
                    self._place(counts, list(below), state, (gap, chosen), label)

    def _open(self, g: int, counts: Counts) -> list[int]:
        """The strands of a group that may have the next slot."""
        return [
            s
            for s in self._of_group[g]
            if counts[s] < self._goal[s] and (self._strands[s].above < 0 or counts[self._strands[s].above] > counts[s])
        ]

    def _place(self, counts: Counts, below: list[int], state: State, step: Step, label: Label) -> None:
        worth, after = label.worth, list(counts)
        for s in step[1]:
            strand = self._strands[s]
            worth += strand.table.worths[counts[s]][state[strand.group]]
            after[s] += 1
        for s in step[1]:
            g = self._strands[s].group
            if all(after[t] == self._goal[t] for t in self._of_group[g]):
                self._board.finish(below, g)
        self._push(tuple(after), below, Label(worth, ((label, step),)))

    def _push(self, counts: Counts, state: list[int], label: Label) -> None:
        """Let a label wait at its next gap, unless nothing good can come of it."""
        self._meter.spend(1)
        if label.worth + self._rest(counts, state) < self.best:
            return
        if counts == self._goal:
            if label.worth > self.best:
                self.best, self.found = label.worth, []
            self.found.append(label)
            return
        gap = min(
            lane.gaps[a] for lane, a, size in zip(self._board.lanes, state, self._board.sizes, strict=True) if a < size
        )
        there, key = self._waiting.setdefault(gap, {}), (counts, tuple(state))
        known = there.get(key)
        if known is None or known.worth < label.worth:
            there[key] = label
        elif known.worth == label.worth:
            there[key] = Label(label.worth, (*known.ways, *label.ways))

    def _rest(self, counts: Counts, state: Sequence[int]) -> int:
        """At most so much can be added to a label."""
        rest = 0
        for own, room, ceiling, cursor in zip(self._of_group, self._room, self._ceilings, state, strict=True):
            left = sum(self._goal[s] - counts[s] for s in own)
            if left > room[cursor]:
                return IMPOSSIBLE
            part = sum(self._rests[s][counts[s]][cursor] for s in own)
            rest += part if ceiling is None else min(part, ceiling[left][cursor])
        return rest


def _slots_left(follow: Sequence[int]) -> list[int]:
    """For each gap how many slots fit from there on."""
    left = [0] * (len(follow) + 1)
    for a in range(len(follow) - 1, -1, -1):
        left[a] = max(left[a + 1], 1 + left[follow[a]])
    return left
