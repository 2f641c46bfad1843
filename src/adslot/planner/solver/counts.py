"""Which numbers of slots are possible together: a table over counts, without a gap axis.

All constraints are monotone, so of the ways to place the same sets of lanes in the same order the earliest
is the best for what follows. A state that another one with the same counts is nowhere above of is dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from operator import le

import attrs

from adslot.planner.solver.board import Board, Clique, Counts, State

# The way to a state: what came before, the gap and the lanes that stand there.
Path = tuple["Path | None", int, Clique]


@attrs.define
class Meter:
    """What is left of the budget: one for each label made or compared. No clock, so the same plan everywhere."""

    left: int

    def spend(self, amount: int) -> bool:
        """Whether the budget allows for *amount* more."""
        self.left -= amount
        return self.left >= 0


def possible_counts(board: Board, wanted: AbstractSet[Counts], meter: Meter) -> dict[Counts, Path | None] | None:
    """Which of the *wanted* counts fit, each with a way to place them; none if the budget ends.

    With any counts all lower ones must be wanted too.
    """
    caps = [max(column) for column in zip(*wanted, strict=True)]
    shared = [_common(board, clique) for clique in board.cliques]
    layers: list[dict[Counts, list[tuple[State, Path | None]]]] = [{} for _ in range(sum(caps) + 1)]
    layers[0][(0,) * len(caps)] = [(board.start, None)]
    found: dict[Counts, Path | None] = {}
    for layer in layers:
        for counts, front in layer.items():
            found[counts] = front[0][1]
            for clique, gaps in zip(board.cliques, shared, strict=True):
                after = tuple(count + (r in clique) for r, count in enumerate(counts))
                if after not in wanted:
                    continue
                there = layers[sum(after)].setdefault(after, [])
                for state, path in front:
                    if not meter.spend(1 + len(there)):
                        return None
                    _extend(board, (after, caps), (state, path), (clique, gaps), there)
                if not there:
                    del layers[sum(after)][after]
    return found


def _common(board: Board, clique: Clique) -> Sequence[int]:
    """The gaps that all lanes of *clique* may use."""
    if len(clique) == 1:
        return board.lanes[clique[0]].gaps
    return sorted(set.intersection(*(set(board.lanes[r].gaps) for r in clique)))


def _extend(
    board: Board,
    goal: tuple[Counts, Sequence[int]],
    label: tuple[State, Path | None],
    item: tuple[Clique, Sequence[int]],
    there: list[tuple[State, Path | None]],
) -> None:
    """Add the state with *item* at its earliest gap to those that are *there*, unless one of them is as good."""
    (after, caps), (state, path), (clique, gaps) = goal, label, item
    if any(state[r] >= board.sizes[r] for r in clique):
        return
    a = bisect_left(gaps, max(board.lanes[r].gaps[state[r]] for r in clique))
    if a == len(gaps):
        return
    new = board.place(state, clique, gaps[a])
    for r in clique:
        if after[r] == caps[r]:
            board.finish(new, r)
    placed = tuple(new)
    if any(all(map(le, other, placed)) for other, _ in there):
        return
    there[:] = [kept for kept in there if not all(map(le, placed, kept[0]))]
    there.append((placed, (path, gaps[a], clique)))
