"""What the solver is given and what it answers: integers only."""

from __future__ import annotations

from collections.abc import Mapping

import attrs


@attrs.frozen
class Task:
    """One rule, compiled.

    *most* caps its slots, places on the page included. *candidates* are the gaps that it may use as far
    as fixed things go, ascending, and *values* what each of them is worth: larger is better. *pages* are
    the values of its places outside the story; each holds one slot of this task, and no distance counts
    there. *least* is a wish. *cells* has for each candidate the anchor that it belongs to: equal ones
    stand side by side, and a cell takes one slot. Evenness is measured between the two positions of
    *span*. *uses* has pairs of a limit and how much of it one slot takes, at least 1.
    """

    name: str
    priority: int
    most: int
    candidates: tuple[int, ...]
    values: tuple[int, ...]
    least: int = 0
    pages: tuple[int, ...] = ()
    per_section: int | None = None
    cells: tuple[int, ...] | None = None
    even: bool = True
    span: tuple[int, int] = (0, 0)
    uses: tuple[tuple[int, int], ...] = ()


@attrs.frozen
class Growth:
    """A spacing that holds only once *least* things of its upper kind precede, the upper one counted.

    Slots of the tasks in *counted* are upper things; *before* has for each gap how many fixed ones lie
    above it. *reach[r, s]* is as in `Problem`. *posts* are fixed upper things: a gap b, where the thing
    lies between b and b + 1, and the first gap that each lower task may use below it. *shut* has the gaps
    of an upper task that are too near above a fixed lower thing.
    """

    least: int
    counted: frozenset[int]
    before: tuple[int, ...]
    reach: Mapping[tuple[int, int], tuple[int, ...]]
    posts: tuple[tuple[int, Mapping[int, int]], ...] = ()
    shut: Mapping[int, frozenset[int]] = attrs.field(factory=dict)


@attrs.frozen
class Problem:
    """All that the solver knows.

    *tasks* in order of priority, then of declaration: the order inside a stack, the first on top.
    *position* is what lies before each gap, for evenness, and *section* its section; neither ever falls.
    *reach[r, s][g]* is the first gap where task s may stand below a slot of task r at gap g; it never
    falls as g grows. A pair in *sharing*, which has both orders, may use one gap together whatever its
    distance. The *exempt* gap, the last or -1, takes no part in distances. *room[k]* is how much of limit
    k is left. Limits in *inner* count slots inside the story only: none on the page, none at the exempt gap.
    """

    tasks: tuple[Task, ...]
    position: tuple[int, ...]
    section: tuple[int, ...]
    reach: Mapping[tuple[int, int], tuple[int, ...]]
    sharing: frozenset[tuple[int, int]]
    exempt: int
    room: tuple[int, ...]
    growths: tuple[Growth, ...] = ()
    inner: frozenset[int] = frozenset()


@attrs.frozen
class Choice:
    """Chosen *gaps* and *pages* (indexes into `Task.pages`) per task, ascending; *optimal* if proved to be best."""

    gaps: tuple[tuple[int, ...], ...]
    pages: tuple[tuple[int, ...], ...]
    optimal: bool
