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

from adslot.planner.solver.lane import Lane, Run
from adslot.planner.solver.worth import UNEVEN_SHIFT

Row = Sequence[int]

# What nothing legal is worth: less than any sum of worths, also after many additions.
IMPOSSIBLE = -(1 << 600)
# What is worth less than this has something impossible in it.
NOTHING = IMPOSSIBLE >> 1


@attrs.frozen
class GapTable:
    """What is worth what to one lane for one number of slots.

    *worths[i][a]* is what gap a is worth to slot i. *rests[i][j][a]* is the best that the slots from i on are
    worth from gap a on, where the section of gap a has j slots already; without a share there is only j = 0.
    """

    worths: Sequence[Row]
    rests: Sequence[Sequence[Row]]


def most_slots(lane: Lane, most: int) -> int:
    """The largest number of slots before the end, at most *most*."""
    if lane.share is not None:
        return _most_shared(lane, most)
    follow, size = lane.follow, len(lane.follow)
    count = a = 0
    while a < size and count < most:
        count += 1
        a = follow[a]
    return count


def best_gaps(lane: Lane, count: int) -> tuple[int, tuple[int, ...]]:
    """What the best *count* gaps before the end are worth, and which they are; they must fit."""
    if not count:
        return 0, ()
    if lane.share is not None:
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
    return GapTable(rows, _fill(lane, rows))


def best_of(lane: Lane, table: GapTable, closed: Sequence[Run] = ()) -> tuple[int, tuple[int, ...]] | None:
    """What the best gaps of a table are worth, and which they are, where some runs are *closed*; none if too few are left."""
    if closed:
        rows = [_without(row, closed) for row in table.worths]
        table = GapTable(rows, _fill(lane, rows))
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


def _fill(lane: Lane, rows: Sequence[Row]) -> list[list[Row]]:
    """The best rests behind *rows* of worths."""
    rest: list[Row] = [[0] * (len(lane.gaps) + 1)] * (lane.share or 1)
    rests = [rest]
    for row in reversed(rows):
        rest = layer_of(lane, row, rest)
        rests.append(rest)
    return rests[::-1]


def _walk(lane: Lane, table: GapTable) -> tuple[int, ...]:
    """The gaps that make the best of a table."""
    found, a, used = list[int](), 0, 0
    for i in range(len(table.worths)):
        gap, a, used = step(lane, table.rests[i], a, used)
        found.append(gap)
    return tuple(found)


def step(lane: Lane, layer: Sequence[Row], a: int, used: int) -> tuple[int, int, int]:
    """The gap that makes the best of a *layer* from gap *a* on; from where on the next slot stands, and what is used there."""
    while True:
        stays = used if used and a + 1 < lane.next_section[a] else 0
        if layer[used][a] != layer[stays][a + 1]:
            break
        a, used = a + 1, stays
    return lane.gaps[a], *((lane.follow[a], 0) if lane.share is None else take(lane, a, used))


def worth_of(lane: Lane, gaps: Sequence[int]) -> int:
    """What chosen *gaps* of a lane are worth, the exempt one left out."""
    total = len(gaps) + lane.ends
    at = [bisect_left(lane.gaps, gap) for gap in gaps]
    return sum(worths(lane, i, total, a, a + 1)[0] for i, a in enumerate(at))


def layer_of(lane: Lane, row: Row, rest: Sequence[Row]) -> list[Row]:
    """The best from each gap on for a slot that each gap is worth a *row* to, and for the *rest* below it."""
    if lane.share is not None:
        return _shared_layer(lane, row, rest)
    takes = [worth + rest[0][a] for worth, a in zip(row, lane.follow, strict=True)]
    return [[*accumulate(reversed(takes), max, initial=IMPOSSIBLE)][::-1]]


def _shared_layer(lane: Lane, row: Row, rest: Sequence[Row]) -> list[Row]:
    share, size, next_section = lane.share or 1, len(lane.gaps), lane.next_section
    rows = [[IMPOSSIBLE] * (size + 1) for _ in range(share)]
    for a in range(size - 1, -1, -1):
        stays = a + 1 < next_section[a]
        for j in range(share):
            best = rows[j if stays else 0][a + 1]
            if is_free(lane, a, j):
                after, used = take(lane, a, j)
                best = max(best, row[a] + rest[used][after])
            rows[j][a] = best
    return list(rows)


def is_free(lane: Lane, a: int, used: int) -> bool:
    """Whether the section of gap *a*, of whose share *used* slots are taken, has room for one."""
    return used + (a >= lane.late) < (lane.share or 1)


def take(lane: Lane, a: int, used: int) -> tuple[int, int]:
    """The first gap that may follow a slot at gap *a*, and how much of the share of its section is used then."""
    after, start = lane.follow[a], lane.next_section[a]
    if not is_free(lane, a, used + 1):
        return max(after, start), 0
    return after, used + 1 if after < start else 0


def _most_shared(lane: Lane, most: int) -> int:
    count = a = used = 0
    while a < len(lane.gaps) and count < most:
        count += 1
        a, used = take(lane, a, used)
    return count
