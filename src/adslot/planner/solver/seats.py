"""Which seats serve which slots: an anchor that names one place has one seat, and many gaps may be near enough to it.

Seats are in such an order that in some best way to serve slots no two cross: the lower slot has the higher
seat. So the seats that are left below a slot are those from a *cursor* on, and one number tells all. The slot
at the exempt gap is apart: it has its seat whatever the others have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adslot.planner.solver.problem import OWN, Option, Task

Options = Sequence[Option]


def seated(task: Task, gaps: Sequence[int], exempt: int) -> tuple[int, tuple[int, ...]] | None:
    """The most that seats add to slots at ascending *gaps*, and which option each slot has; none if they do not suffice."""
    if task.seats is None:
        return 0, (0,) * len(gaps)
    rows = dict(zip(task.candidates, task.seats, strict=True))
    return serve([rows[gap] for gap in gaps], ends=bool(gaps) and gaps[-1] == exempt)


def serve(rows: Sequence[Options], *, ends: bool = False) -> tuple[int, tuple[int, ...]] | None:
    """The same for slots that have these options; with *ends* the last one is apart."""
    taken = rows[-1][0] if ends else None
    # For each cursor the best way to it: the lower the cursor, the less a way needs to be worth.
    ways: list[tuple[int, int, tuple[int, ...]]] = [(0, 0 if taken is None else taken[1], ())]
    for row in rows[:-1] if ends else rows:
        after: dict[int, tuple[int, tuple[int, ...]]] = {}
        for cursor, before, picks in ways:
            for number, (seat, worth) in enumerate(row):
                if (seat != OWN and seat < cursor) or (taken is not None and seat == taken[0] != OWN):
                    continue
                now = cursor if seat == OWN else seat + 1
                if now not in after or before + worth > after[now][0]:
                    after[now] = before + worth, (*picks, number)
        ways = list(_undominated(after))
    if not ways:
        return None
    _, best, picks = max(ways, key=lambda way: way[1])
    return best, (*picks, 0) if ends else picks


def _undominated(
    ways: dict[int, tuple[int, tuple[int, ...]]],
) -> Iterable[tuple[int, int, tuple[int, ...]]]:
    best: int | None = None
    for cursor in sorted(ways):
        worth, picks = ways[cursor]
        if best is None or worth > best:
            best = worth
            yield cursor, worth, picks
