"""Layers of tables with more than one row: sections that may hold several slots, and seats that serve one each.

The row of a gap is how many slots its section has, times the cursors of seats that there may be, plus how far the
cursor is below the first seat that is left there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from adslot.planner.solver.lane import Lane
from adslot.planner.solver.problem import OWN

Row = Sequence[int]

# What nothing legal is worth: less than any sum of worths, also after many additions.
IMPOSSIBLE = -(1 << 600)
# What is worth less than this has something impossible in it.
NOTHING = IMPOSSIBLE >> 1


def shared_layer(lane: Lane, row: Row, rest: Sequence[Row]) -> list[Row]:
    """The layer of a lane whose sections may hold several slots."""
    if not lane.steps:
        lane.steps = [_steps(lane, used) for used in range(lane.share or 1)]
    rest = [*rest, [IMPOSSIBLE]]
    rows: list[Row] = []
    for used, steps in enumerate(lane.steps):
        takes = [worth + rest[taken][after] for worth, (after, taken) in zip(row, steps, strict=True)]
        if not used:
            rows.append([*accumulate(reversed(takes), max, initial=IMPOSSIBLE)][::-1])
            continue
        found = [IMPOSSIBLE] * len(rows[0])
        for start, stop in pairwise((0, *sorted(set(lane.next_section)))):
            best = accumulate(reversed(takes[start:stop]), max, initial=rows[0][stop])
            found[start:stop] = [*best][:0:-1]
        rows.append(found)
    return rows


def _steps(lane: Lane, used: int) -> list[tuple[int, int]]:
    """What `take` says for each gap where *used* slots are taken; where its section has no more room, a row with nothing in it."""
    nowhere = 0, lane.share or 1
    return [take(lane, a, used) if is_free(lane, a, used) else nowhere for a in range(len(lane.gaps))]


def is_free(lane: Lane, a: int, used: int) -> bool:
    """Whether the section of gap *a*, of whose share *used* slots are taken, has room for one."""
    return used < lane.rooms[a]


def take(lane: Lane, a: int, used: int) -> tuple[int, int]:
    """The first gap that may follow a slot at gap *a*, and how much of the share of its section is used then."""
    after, start = lane.follow[a], lane.next_section[a]
    if not is_free(lane, a, used + 1):
        return max(after, start), 0
    return after, used + 1 if after < start else 0


def most_shared(lane: Lane, most: int) -> int:
    """The largest number of slots, at most *most*, as far as distances and shares of sections go."""
    count = a = used = 0
    most = most if lane.most is None else min(most, lane.most)
    while a < len(lane.gaps) and count < most:
        count += 1
        a, used = (lane.follow[a], 0) if lane.share is None else take(lane, a, used)
    return count


def seated_layer(lane: Lane, row: Row, rest: Sequence[Row]) -> list[Row]:
    """The layer of a lane with a seating."""
    size, width, lows = len(lane.gaps), lane.states // (lane.share or 1), _lows(lane)
    rows = [[IMPOSSIBLE] * (size + 1) for _ in range(lane.states)]
    for a in range(size - 1, -1, -1):
        shift = lows[a + 1] - lows[a]
        for taken in range(lane.share or 1):
            stays = width * (taken if taken and a + 1 < lane.next_section[a] else 0)
            takes = _takes(lane, rest, a, taken)
            for k, best in enumerate(takes):
                rows[taken * width + k][a] = max(rows[stays + max(0, k - shift)][a + 1], best + row[a])
    return list(rows)


def _takes(lane: Lane, rest: Sequence[Row], a: int, taken: int) -> list[int]:
    """For each cursor the best that a slot at gap *a* adds by its seat, with the *rest* below it."""
    width, lows = lane.states // (lane.share or 1), _lows(lane)
    found, best = [IMPOSSIBLE] * width, IMPOSSIBLE
    if lane.share is not None and not is_free(lane, a, taken):
        return found
    after, used = (lane.follow[a], 0) if lane.share is None else take(lane, a, taken)
    base, skipped = used * width, lows[after]
    waiting = list(lane.seating.options[a]) if lane.seating else []
    own = waiting.pop(0)[1] if waiting and waiting[0][0] == OWN else None
    for k in range(width - 1, -1, -1):
        cursor = lows[a] + k
        while waiting and waiting[-1][0] >= cursor:
            seat, worth = waiting.pop()
            best = max(best, worth + rest[base + max(0, seat + 1 - skipped)][after])
        found[k] = best if own is None else max(best, own + rest[base + max(0, cursor - skipped)][after])
    return found


def _lows(lane: Lane) -> Sequence[int]:
    return lane.seating.lows if lane.seating else ()


def seated_takes(lane: Lane, a: int, used: int) -> Iterator[tuple[int, int, int]]:
    """What seats may add to a slot at gap *a* in row *used*, each with the first gap that may follow, and the row there."""
    if lane.seating is None:
        return
    width, lows = lane.seating.width, lane.seating.lows
    taken, cursor = divmod(used, width)
    if lane.share is not None and not is_free(lane, a, taken):
        return
    after, there = (lane.follow[a], 0) if lane.share is None else take(lane, a, taken)
    for worth, now in lane.seating.free(a, lows[a] + cursor):
        yield worth, after, there * width + max(0, now - lows[after])


def skipped(lane: Lane, a: int, used: int) -> int:
    """The row of the gap below *a* where that one is passed in row *used*."""
    if lane.seating is None:
        return used if used and a + 1 < lane.next_section[a] else 0
    lows = lane.seating.lows
    taken, cursor = divmod(used, lane.seating.width)
    stays = taken if taken and a + 1 < lane.next_section[a] else 0
    return stays * lane.seating.width + max(0, cursor + lows[a] - lows[a + 1])
