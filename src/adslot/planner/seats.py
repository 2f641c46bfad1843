"""Seats: which places that the anchors of a rule name may serve which gaps, and how far a slot has moved then.

An anchor with a number, and a share of the story, names one place; one without a number names all of its
places, a rhythm those at its multiples. Each place serves one slot. Where slots may not move, a place serves its own gap and no other; where they
may, and for shares, places reach many gaps, and each gap may have several.

Those places are put in order, from the top of the story down: what a slot costs by moving is convex, in chars, in
blocks and upwards alike. So whoever serves two slots crosswise does not do worse the other way round, and the
solver need not look at ways that cross.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

import attrs

from adslot.article.outline import Outline
from adslot.planner.anchors import gaps_of
from adslot.planner.measures import Measures
from adslot.planner.solver.problem import OWN
from adslot.policy.declarations import Rule
from adslot.policy.language.anchors import Anchor
from adslot.policy.language.distance import Amount
from adslot.policy.language.within import Within

# A plan has fewer slots than 2 to this.
COUNT_BITS = 12


@attrs.frozen
class Way:
    """One way to serve a gap: by which *seat*, at what *rank* in the rule's list, and how far the slot has *moved*.

    The moved way is counted in hundredths of a char, or of the unit of the rule's rhythm, then halves of gaps, then
    those upwards, as one number.
    """

    seat: int
    rank: int
    moved: int = 0


Ways = dict[int, tuple[Way, ...]]


@attrs.frozen(kw_only=True)
class _Seat:
    """A place that serves the gaps from *first* to *last*: where it is *at*, as moved ways are counted, and in halves of gaps.

    The seat of an `end` serves gaps above the last one only; below the story it is the best there is.
    """

    at: int
    half: int
    first: int
    last: int
    rank: int
    is_end: bool = False


class Seats:
    """The seats of a rule in an article. Below the story, where `end` leads, is a gap of its own, behind the last one."""

    def __init__(self, article: Outline, measures: Measures, rule: Rule) -> None:
        self._article, self._measures, self._rule = article, measures, rule
        self._last = len(article.section_at) - 1
        self._sums = _hundredths(measures, rule) if self._last >= 0 else ()
        self._bits = (2 * (self._last + 2)).bit_length() + COUNT_BITS
        self._known: dict[tuple[bool, bool], Ways] = {}

    @property
    def at_start(self) -> bool:
        """Whether an anchor leads to the first gap, or above the body, which counts as that."""
        return 0 in self.ways(start=True, lead=True)

    def ways(self, *, start: bool, lead: bool) -> Ways:
        """All ways to serve each gap; whether the first one is open, and whether a lead above the body is."""
        if (start, lead) not in self._known:
            self._known[start, lead] = self._ways(start=start, lead=lead) if self._last >= 0 else {}
        return self._known[start, lead]

    def _ways(self, *, start: bool, lead: bool) -> Ways:
        own: dict[int, int] = {}
        seats = list(self._rhythm(self._rule.every)) if self._rule.every is not None else []
        for rank, anchor in enumerate(self._rule.at):
            is_lead = anchor.what == "lead" and self._article.lead_outside is not None
            if anchor.percent is not None:
                seats.append(self._share(anchor, anchor.percent, rank))
            elif self._rule.within is not None:
                targets = gaps_of(self._article, anchor, self._last)
                is_open = lead if is_lead else start
                seats += self._moving(targets, rank, self._rule.within, is_open=is_open, is_end=anchor.where == "end")
            elif anchor.where == "end":
                own.setdefault(self._last + 1, rank)
            else:
                for gap in gaps_of(self._article, anchor, self._last):
                    if gap or (lead if is_lead else start):
                        own.setdefault(gap, rank)
        found = {gap: [Way(OWN, rank)] for gap, rank in own.items()}
        for gap, way in self._served(sorted(seats, key=attrgetter("at", "half", "first", "last", "rank"))):
            found.setdefault(gap, []).append(way)
        return {gap: tuple(found[gap]) for gap in sorted(found)}

    def _served(self, seats: Sequence[_Seat]) -> Iterator[tuple[int, Way]]:
        """Every gap that a seat serves; below the story the first `end` in the list does."""
        for number, seat in enumerate(seats):
            for gap in range(seat.first, seat.last + 1):
                yield gap, Way(number, seat.rank, self._moved(seat, gap))
        ends = [(seat.rank, number) for number, seat in enumerate(seats) if seat.is_end]
        if ends:
            yield self._last + 1, Way(min(ends)[1], min(ends)[0])

    def _moved(self, seat: _Seat, gap: int) -> int:
        away, halves = self._sums[gap] - seat.at, 2 * gap - seat.half
        return ((abs(away) << self._bits) + abs(halves) << self._bits) + max(0, -halves)

    @property
    def moved_bits(self) -> int:
        """How many bits all ways that the slots of a plan have moved may have, as one sum."""
        most = self._sums[-1] + 100 if self._sums else 1
        return most.bit_length() + 2 * self._bits + COUNT_BITS

    # ------------------------------------------------------------------------------------------ reaches

    def _rhythm(self, every: Amount) -> Iterator[_Seat]:
        """The seats at the multiples of a rhythm: each serves the gaps that are less than half a beat away."""
        sums, start = self._sums, self._first_beat(every)
        beat = _in_hundredths(self._measures, every)
        if not beat or start is None:
            return
        reached: dict[int, tuple[int, int]] = {}
        for gap in range(1, self._last):
            number = self._nearest(gap, start, beat)
            if number > 0 and 2 * abs(sums[gap] - start - number * beat) < beat:
                reached[number] = reached.get(number, (gap, gap))[0], gap
        for number, (first, last) in reached.items():
            at = start + number * beat
            yield _Seat(at=at, half=self._half(at), first=first, last=last, rank=0)

    def _nearest(self, gap: int, start: int, beat: int) -> int:
        """The number of the beat that is nearest to *gap*: the first is one beat below the start, the last above the story's end."""
        last = (self._sums[-1] - start - 1) // beat
        return min((2 * (self._sums[gap] - start) + beat) // (2 * beat), last)

    def off_beat(self, gap: int, every: Amount) -> tuple[int, int] | None:
        """How far a slot may be from a place of a rhythm at the most, and how far the nearest one is from *gap*, in whole units.

        None where the story is too short for a place.
        """
        beat, start, scale = _in_hundredths(self._measures, every), self._first_beat(every), 100
        if every.unit == "%":
            scale = max(self._sums[-1] // 100, 1)
        if not beat or start is None or self._sums[-1] <= start + beat:
            return None
        number = max(self._nearest(gap, start, beat), 1)
        away = abs(self._sums[gap] - start - number * beat)
        return (beat - 1) // (2 * scale), -(-away // scale)

    def _first_beat(self, every: Amount) -> int | None:
        """Where a rhythm begins: at the start, or where the rule's distance to it ends; nowhere, if the story is too short."""
        least = self._rule.from_start
        if least is None:
            return 0
        match least.alternatives:
            case ((amount,),) if amount.unit == every.unit:
                return _in_hundredths(self._measures, amount)
        first = self._measures.first_below(least, 0)
        return self._sums[first] if first <= self._last else None

    def _half(self, at: int) -> int:
        """Where a place is, in halves of gaps."""
        below = bisect_left(self._sums, at)
        return 2 * below - (below > self._last or self._sums[below] != at)

    def _share(self, anchor: Anchor, percent: int, rank: int) -> _Seat:
        """The seat at a share of the story: near every gap, or as near to the nearest one as slots may move."""
        sums, last = self._sums, self._last
        if anchor.unit is None:
            at = percent * sums[-1] // 100
            half = self._half(at)
            middle = min(range(1, last), key=lambda gap: (abs(sums[gap] - at), abs(2 * gap - half), -gap), default=1)
        else:
            target = self._shared(anchor.unit, percent)
            at, half, middle = sums[target], 2 * target, min(max(target, 1), last - 1)
        if self._rule.within is None:
            return _Seat(at=at, half=half, first=1, last=last - 1, rank=rank)
        first, end = self._reach(self._rule.within, middle, 1, last - 1)
        return _Seat(at=at, half=half, first=first, last=end if last > 1 else 0, rank=rank)

    def _shared(self, unit: str, percent: int) -> int:
        """The gap that is nearest to a share of the story in a unit: of two as near the lower one, of several the first."""
        parts = self._measures.before(unit)
        away = [100 * part - percent * parts[-1] for part in parts]
        return min(range(len(parts)), key=lambda gap: (abs(away[gap]), away[gap] < 0, gap))

    def _moving(
        self, targets: Sequence[int], rank: int, within: Within, *, is_open: bool, is_end: bool
    ) -> Iterator[_Seat]:
        """The seats at *targets*, and how far slots may move from them; the first gap must be open.

        A slot never passes so many other places of its anchor as there are slots: one of those is nearer, and free. That
        is so for one slot more, too, of which may be asked why it is not there.
        """
        most = self._rule.max + 1
        places = sorted(set(targets))
        for number, target in enumerate(places):
            first = places[number - most] + 1 if number >= most else 1
            last = places[number + most] - 1 if number + most < len(places) else self._last - 1
            first, last = self._reach(within, target, max(first, 1), min(last, self._last - 1))
            if target == 0 and is_open:
                first = 0
            if target == self._last and not is_end:
                last = target
            if first <= last or is_end:
                at = self._sums[target]
                yield _Seat(at=at, half=2 * target, first=first, last=last, rank=rank, is_end=is_end)

    def _reach(self, within: Within, target: int, first: int, last: int) -> tuple[int, int]:
        """The first and the last gap that a slot may move to from *target*, between *first* and *last*."""
        near, way = self._measures.is_within, within.direction
        if way == "down":
            first = max(first, target)
        else:
            first += bisect_left(range(first, target), x=True, key=lambda gap: near(within.distance, gap, target))
        if way == "up":
            last = min(last, target)
        else:
            below = range(target + 1, last + 1)
            last = min(
                last, target + bisect_left(below, x=True, key=lambda gap: not near(within.distance, target, gap))
            )
        return first, last


def _hundredths(measures: Measures, rule: Rule) -> Sequence[int]:
    """What lies before each gap, as moved ways are counted."""
    if rule.every is None or rule.every.unit in ("chars", "%"):
        return measures.before("%")  # in hundredths of a char
    return [100 * size for size in measures.before(rule.every.unit)]


def _in_hundredths(measures: Measures, amount: Amount) -> int:
    required = measures.required(amount)
    return required if amount.unit == "%" else 100 * required
