"""What the solver is given and what it answers: integers only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import attrs

# A seat, and what it adds to the value of a candidate that it serves.
Option = tuple[int, int]
# A seat that serves no other candidate.
OWN = -1


@attrs.frozen(kw_only=True)
class Task:
    """One rule, compiled.

    *most* caps its slots, places on the page included. *candidates* are the gaps that it may use as far
    as fixed things go, ascending, and *values* what each of them is worth: larger is better. *pages* are
    the values of its places outside the story; each holds one slot of this task, and no distance counts
    there. *least* is a wish. *seats* has for each candidate the seats that may serve it, in ascending order; a
    seat serves one slot, and a slot needs one. Some best way to serve slots gives the lower one the higher
    seat, the one at the exempt gap apart, which has one option. Evenness is measured between the two positions of
    *span*. *uses* has pairs of a limit and how much of it one slot takes, at least 1. A slot of a task with
    a *weight* shows an article of the inventory, whose relevance there must be *floor* at least; each
    permille of it is worth the weight. A task that *stands_in* for others, of earlier tiers, has slots where these
    have none.
    """

    name: str
    priority: int
    most: int
    candidates: tuple[int, ...]
    values: tuple[int, ...]
    least: int = 0
    pages: tuple[int, ...] = ()
    per_section: int | None = None
    seats: tuple[tuple[Option, ...], ...] | None = None
    even: bool = True
    span: tuple[int, int] = (0, 0)
    uses: tuple[tuple[int, int], ...] = ()
    weight: int = 0
    floor: int = 0
    stands_in: tuple[int, ...] = ()


class Row(Protocol):
    """How relevant each article is in a zone, in permille, of which the best are known."""

    def __getitem__(self, item: int, /) -> int: ...

    def __len__(self) -> int: ...

    def best(self, count: int) -> Sequence[int]:
        """The first *count* articles, the most relevant first, else in the order given."""


class PlainRow(tuple[int, ...]):
    """A row as a tuple."""

    __slots__ = ()

    def best(self, count: int) -> Sequence[int]:
        """The first *count* articles, the most relevant first, else in the order given."""
        return sorted(range(len(self)), key=self.__getitem__, reverse=True)[:count]


@attrs.frozen(eq=False)
class Inventory:
    """The articles that some slots show, each of them once.

    A zone is all places where each article is equally relevant: *rows* has for each zone how relevant, in
    permille. *at* has the zone of each gap, and last that of all places on the page. *standing* are the zones
    of slots that stand fixed and show an article too: they come first. Of *k* slots each has to know its *k* best
    articles only: the others cannot take all of these away. So a row is never asked for all of its articles.
    """

    rows: tuple[Row, ...]
    at: tuple[int, ...]
    standing: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many articles there are."""
        return len(self.rows[0])

    def top(self, zone: int, count: int, floor: int = 0) -> Sequence[int]:
        """The *count* best articles in a zone, the most relevant first, else in the order given, that are relevant enough."""
        row = self.rows[zone]
        found = row.best(count)
        return found[: bisect_right(found, -floor, key=lambda item: -row[item])] if floor else found

    def best(self, zone: int, floor: int) -> int | None:
        """How relevant the best article is in a zone; none if that is not enough."""
        found = self.rows[zone][self.rows[zone].best(1)[0]]
        return found if found >= floor else None


@attrs.frozen(kw_only=True)
class Growth:
    """A spacing that holds only once *least* things of its upper kind precede, the upper one counted.

    Slots of the tasks in *counted* are upper things; *before* has for each gap how many fixed ones lie
    above it. *reach[r, s]* is as in `Model`. *posts* are fixed upper things: a gap b, where the thing
    lies between b and b + 1, and the first gap that each lower task may use below it. *shut* has the gaps
    of an upper task that are too near above fixed lower things, and for each how many fixed upper things precede
    the last of these: a slot there is one too many if it makes *least* of them, with those of its own kind above.
    """

    least: int
    counted: frozenset[int]
    before: tuple[int, ...]
    reach: Mapping[tuple[int, int], tuple[int, ...]]
    posts: tuple[tuple[int, Mapping[int, int]], ...] = ()
    shut: Mapping[int, Mapping[int, int]] = attrs.field(factory=dict)

    def shuts(self, task: int, gap: int, ordinal: int) -> bool:
        """Whether a slot of *task*, the how-manieth one that counts, is too near above a fixed lower thing at *gap*."""
        before = self.shut.get(task, {}).get(gap)
        return before is not None and before + ordinal >= self.least


@attrs.frozen
class Shares:
    """How many slots of the *counted* tasks together each section has *left*, by the numbers of sections."""

    counted: frozenset[int]
    left: tuple[int, ...]

    def after(self, left: Sequence[int], section: Sequence[int], slots: Iterable[tuple[int, int]]) -> list[int]:
        """What is *left* beside *slots*, pairs of task and gap, where each gap has its *section*."""
        rest = list(left)
        for index, gap in slots:
            rest[section[gap]] -= index in self.counted
        return rest


@attrs.frozen(kw_only=True)
class Model:
    """All that the solver knows.

    *tasks* in order of priority, then of declaration: the order inside a stack, the first on top.
    *position* is what lies before each gap, for evenness, and *section* its section; neither ever falls.
    *reach[r, s][g]* is the first gap where task s may stand below a slot of task r at gap g; it never
    falls as g grows. A pair in *sharing*, which has both orders, may use one gap together whatever its
    distance. The *exempt* gap, the last or -1, is the same place as the gap above it, but below the story: no
    distance grows there, and how near it may be is told by the entries of reach beyond all other gaps. *room[k]* is how much of limit
    k is left. Limits in *inner* count slots inside the story only: none on the page, none at the exempt gap.
    Without an *inventory* it does not matter which slot shows what, without *shares* how many slots of several tasks
    a section has.
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
    inventory: Inventory | None = None
    shares: Shares | None = None

    def place(self, gap: int) -> int:
        """The place of a gap: two of them are one where the exempt gap is."""
        return gap - (gap == self.exempt > 0)

    def is_shared(self, gap: int, other: int) -> bool:
        """Whether two gaps are the same place."""
        return self.place(gap) == self.place(other)


@attrs.frozen
class Choice:
    """Chosen *gaps* and *pages* (indexes into `Task.pages`) per task, ascending; *optimal* if proved to be best."""

    gaps: tuple[tuple[int, ...], ...]
    pages: tuple[tuple[int, ...], ...]
    optimal: bool

    def has(self, index: int) -> bool:
        """Whether a task has a slot anywhere."""
        return bool(self.gaps[index] or self.pages[index])
