"""One task alone: the most slots, and the best gaps for any number of them.

Every constraint between two slots of a task is monotone, so taking the earliest gap each time gives the
largest number. Slot i of that many stands between where the earliest and the latest fit put it, and only
there the table is filled: rest[i][a] is the best that slots i, i + 1, ... are worth from gap a on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

import attrs

from adslot.planner.solver.lane import Lane, Run, weightless
from adslot.planner.solver.layers import (
    IMPOSSIBLE,
    NOTHING,
    Row,
    most_shared,
    seated_layer,
    seated_takes,
    shared_layer,
    skipped,
    take,
)
from adslot.planner.solver.seats import serve
from adslot.planner.solver.worth import UNEVEN_SHIFT


@attrs.frozen
class GapTable:
    """What is worth what to one lane for one number of slots.

    *worths[i][a]* is what gap a is worth to slot i. *rests[i][j][a]* is the best that the slots from i on are
    worth from gap a on, where the section of gap a has j slots already; without a share there is only j = 0. With
    seats there are so many rows for each j as there may be cursors, counted from the first that is left at gap a.
    """

    worths: Sequence[Row]
    rests: Sequence[Sequence[Row]]


def most_slots(lane: Lane, most: int) -> int:
    """The largest number of slots before the end, at most *most*."""
    if lane.seating is not None:
        if lane.capacity is None:
            lane.capacity = _capacity(lane)
        return min(most, lane.capacity)
    return most_shared(lane, most)


def _capacity(lane: Lane) -> int:
    """The largest number of slots where these need seats: as many as there are layers in which something is possible."""
    count = most_shared(lane, lane.task.most)
    if _without_seats(lane, count) is not None:
        return count
    bare, nothing = weightless(lane), [0] * len(lane.gaps)
    rest: Sequence[Row] = [[0] * (len(lane.gaps) + 1)] * lane.states
    for found in range(count):
        rest = seated_layer(bare, nothing, rest)
        if rest[0][0] < NOTHING:
            return found
    return count


def _without_seats(lane: Lane, count: int) -> tuple[int, int, tuple[int, ...]] | None:
    """The best gaps if each had the best of its seats to itself: what they would be worth, what they are, and which they are.

    None where the seats do not suffice. If both worths are equal, there is nothing better.
    """
    seating = lane.seating
    if seating is None or not all(seating.options):
        return None
    tops = [max(worth for _, worth in each) for each in seating.options]
    base = [worth + top for worth, top in zip(lane.base, tops, strict=True)]
    hope, gaps = best_gaps(attrs.evolve(lane, seating=None, base=base), count)
    at = [bisect_left(lane.gaps, gap) for gap in gaps]
    seats = serve([seating.options[a] for a in at])
    return None if seats is None else (hope, hope + seats[0] - sum(tops[a] for a in at), gaps)


def best_gaps(lane: Lane, count: int) -> tuple[int, tuple[int, ...]]:
    """What the best *count* gaps before the end are worth, and which they are; they must fit."""
    if not count:
        return 0, ()
    found = _without_seats(lane, count)
    if found is not None and found[0] == found[1]:
        return found[1:]
    if not lane.is_plain:
        table = make_table(lane, count)
        return table.rests[0][0][0], _walk(lane, table)
    follow, total = lane.follow, count + lane.ends
    first, last = [0], [len(follow) - 1]
    for _ in range(count - 1):
        first.append(follow[first[-1]])
        last.append(bisect_right(follow, last[-1]) - 1)
    rows = list[list[int]]()
    rest, offset = list[int](), 0
    for i in range(count - 1, -1, -1):
        start, stop = first[i], last[count - 1 - i] + 1
        row = worths(lane, i, total, start, stop)
        if rest:
            row = [worth + rest[a - offset] for worth, a in zip(row, follow[start:stop], strict=True)]
        rows.append(row)
        if i:
            rest, offset = list(accumulate(reversed(row), max))[::-1], start
    return max(rows[-1]), _unwind(lane, rows, first)


def _unwind(lane: Lane, rows: Sequence[Sequence[int]], first: Sequence[int]) -> tuple[int, ...]:
    """The gaps behind the best value; *rows* has what taking each gap gives, the last slot first."""
    found, a = [], 0
    for row, start in zip(reversed(rows), first, strict=True):
        left = row[a - start :] if a > start else row
        a = max(a, start) + left.index(max(left))
        found.append(lane.gaps[a])
        a = lane.follow[a]
    return tuple(found)


def worths(lane: Lane, i: int, total: int, start: int, stop: int) -> list[int]:
    """What the gaps from *start* to *stop* are worth to slot *i* of *total*."""
    low, high = lane.task.span
    if not lane.task.even or low == high or not lane.weighs:
        return list(lane.base[start:stop])
    twice, scale, position = 2 * total, total * (high - low), lane.position
    centre = twice * low + (high - low) * (2 * i + 1)
    return [
        base - ((off := abs(twice * position[gap] - centre) * 500 // scale) * off << UNEVEN_SHIFT)
        for base, gap in zip(lane.base[start:stop], lane.gaps[start:stop], strict=True)
    ]


def make_table(lane: Lane, count: int) -> GapTable:
    """The whole table for *count* slots."""
    rows = [worths(lane, i, count + lane.ends, 0, len(lane.gaps)) for i in range(count)]
    return GapTable(rows, fill(lane, rows))


def best_of(lane: Lane, table: GapTable, closed: Sequence[Run] = ()) -> tuple[int, tuple[int, ...]] | None:
    """What the best gaps of a table are worth, and which they are, where some runs are *closed*; none if too few are left."""
    if closed:
        rows = [_without(row, closed) for row in table.worths]
        table = GapTable(rows, fill(lane, rows))
    worth = table.rests[0][0][0]
    return None if worth < NOTHING else (worth, _walk(lane, table))


def _without(row: Row, closed: Sequence[Run]) -> Row:
    open_row = list(row)
    for start, stop, spared in closed:
        worth = open_row[spared] if spared >= 0 else 0
        open_row[start:stop] = [IMPOSSIBLE] * (stop - start)
        if spared >= 0:
            open_row[spared] = worth
    return open_row


def fill(lane: Lane, rows: Sequence[Row]) -> list[list[Row]]:
    """The best rests behind *rows* of what gaps are worth, one for each slot."""
    rest: list[Row] = [[0] * (len(lane.gaps) + 1)] * lane.states
    rests = [rest]
    for row in reversed(rows):
        rest = layer_of(lane, row, rest)
        rests.append(rest)
    return rests[::-1]


def _walk(lane: Lane, table: GapTable) -> tuple[int, ...]:
    """The gaps that make the best of a table."""
    found, a, used = list[int](), 0, 0
    for row, layer, rest in zip(table.worths, table.rests, table.rests[1:], strict=False):
        gap, a, used = step(lane, (row, layer, rest), a, used)
        found.append(gap)
    return tuple(found)


def step(lane: Lane, table: tuple[Row, Sequence[Row], Sequence[Row]], a: int, used: int) -> tuple[int, int, int]:
    """The gap that makes the best of a layer from gap *a* on; from where on the next slot stands, and what is used there.

    A *table* has what each gap is worth, the layer, and the rest that it was made from.
    """
    row, layer, rest = table
    while True:
        stays = skipped(lane, a, used)
        if layer[used][a] != layer[stays][a + 1]:
            break
        a, used = a + 1, stays
    if lane.seating is not None:
        after, there = next(
            (after, there)
            for worth, after, there in seated_takes(lane, a, used)
            if row[a] + worth + rest[there][after] == layer[used][a]
        )
        return lane.gaps[a], after, there
    return lane.gaps[a], *((lane.follow[a], 0) if lane.share is None else take(lane, a, used))


def worth_of(lane: Lane, gaps: Sequence[int]) -> int:
    """What chosen *gaps* of a lane are worth, the exempt one left out."""
    total = len(gaps) + lane.ends
    at = [bisect_left(lane.gaps, gap) for gap in gaps]
    seats = serve([lane.seating.options[a] for a in at]) if lane.seating else None
    return (seats[0] if seats else 0) + sum(worths(lane, i, total, a, a + 1)[0] for i, a in enumerate(at))


def layer_of(lane: Lane, row: Row, rest: Sequence[Row]) -> list[Row]:
    """The best from each gap on for a slot that each gap is worth a *row* to, and for the *rest* below it."""
    if lane.seating is not None:
        return seated_layer(lane, row, rest)
    if lane.share is not None:
        return shared_layer(lane, row, rest)
    takes = [worth + rest[0][a] for worth, a in zip(row, lane.follow, strict=True)]
    return [[*accumulate(reversed(takes), max, initial=IMPOSSIBLE)][::-1]]
