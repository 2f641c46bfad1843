"""One task alone whose gaps are all worth the same: the common case, without a table.

Where evenness does not count, the earliest gaps are the best. Where it does, each slot's best gap is the
one nearest to the centre of its cell; if these keep their distances, no others are better.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from adslot.planner.solver.problem import Model


def flat_gaps(problem: Model, index: int, gaps: Sequence[int], most: int) -> tuple[int, ...] | None:
    """The best gaps for as many slots as fit, at most *most*; none if that takes a table."""
    task = problem.tasks[index]
    if task.seats is not None or (task.per_section is not None and task.per_section > 1):
        return None
    if problem.shares is not None and index in problem.shares.counted:
        return None
    section = () if task.per_section is None else problem.section
    reach, size = problem.reach[index, index], len(gaps)
    earliest, a = list[int](), 0
    while a < size and len(earliest) < most:
        gap = gaps[a]
        earliest.append(gap)
        after = max(reach[gap], bisect_right(section, section[gap])) if section else reach[gap]
        a = bisect_left(gaps, after, a + 1)
    low, high = task.span
    if not task.even or low == high:
        return tuple(earliest)
    found = [_nearest(problem.position, gaps, (low, high - low), i, len(earliest)) for i in range(len(earliest))]
    for upper, lower in pairwise(found):
        if lower < reach[upper] or lower <= upper or (section and section[lower] == section[upper]):
            return None
    return tuple(found)


def _nearest(position: Sequence[int], gaps: Sequence[int], span: tuple[int, int], i: int, count: int) -> int:
    """The first of the gaps that are nearest to the centre of cell *i* of *count*, in permille."""
    (low, length), twice, scale = span, 2 * count, count * span[1]
    centre = twice * low + length * (2 * i + 1)
    # The first gap below the centre, and the last one above it.
    a = bisect_left(gaps, bisect_left(position, -(-centre // twice)))
    if a < len(gaps):
        off = (twice * position[gaps[a]] - centre) * 500 // scale
        if not a or (centre - twice * position[gaps[a - 1]]) * 500 // scale > off:
            return gaps[a]
    off = (centre - twice * position[gaps[a - 1]]) * 500 // scale
    while a > 1 and (centre - twice * position[gaps[a - 2]]) * 500 // scale == off:
        a -= 1
    return gaps[a - 1]
