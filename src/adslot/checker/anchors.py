"""Where the anchors of a rule lead, how far from there its slots may stand, and slots for which no place is left.

Each place that an anchor leads to takes one slot of the rule. A page does not say which place a slot has, so it has
the one that suits it best: a slot in the last gap stands below the story wherever an `end` may have it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from heapq import heappop, heappush
from typing import TypeVar

from adslot.article.values import Anchored
from adslot.checker.page import FilledPage, RawFinding
from adslot.checker.positions import FoundSlot
from adslot.checker.rhythm import beats
from adslot.kept import lazy
from adslot.policy.declarations import Rule
from adslot.policy.language.anchors import Anchor
from adslot.policy.language.distance import Distance
from adslot.policy.language.terms import Term

_T = TypeVar("_T")

# The first and the last gap that an anchor reaches.
Reach = tuple[int, int]

# The first gap is reached by its own anchors only, a lead above the body by none of those that may move up or down.
_START, _LEAD = -1, 0


class Leads:
    """Where the anchors of one *rule* lead to. Each place that they lead to takes one slot.

    A share of the story (`50%`) leads to the nearest gap that the rule may use. Which one that is
    depends on all other slots, so any gap between two blocks will do.
    """

    def __init__(self, filled: FilledPage, rule: Rule) -> None:
        self._filled, self._rule = filled, rule
        anchors = filled.article.anchors
        places = [anchors.get(a.key) for a in rule.at if a.selector is not None]
        self.outside = [place for place in places if isinstance(place, Anchored)]

    @lazy
    def reaches(self) -> list[Reach]:
        """How far up and down each place in the story can take a slot, in order."""
        if self._rule.every is not None:
            return list(beats(self._filled, self._rule, self._rule.every))
        return sorted(reach for anchor in self._rule.at for reach in self._reaches(anchor))

    @lazy
    def ends(self) -> list[Reach]:
        """How far up each `end` can take a slot."""
        return [reach for anchor in self._rule.at if anchor.where == "end" for reach in self._reaches(anchor)]

    def fault(self, slot: FoundSlot) -> str | None:
        """Why *slot* may not stand where it does, as far as anchors go: a code, or None."""
        if not self._rule.at:
            return self._fault_without(slot) or self._off_beat(slot)
        if slot.where == "page":
            alike, at = self._filled.positions.are_alike, slot.own.offset
            is_led = any(place.offset is None or alike(at, place.offset) for place in self.outside)
        else:
            is_led = position(slot) in self._reached
        return None if is_led else "anchor" if self.reaches or self.outside else "missing"

    def _fault_without(self, slot: FoundSlot) -> str | None:
        """The same for a rule without anchors: it uses the gaps between two blocks."""
        if slot.where == "page":
            return "misplaced"
        return None if 0 < position(slot) < self._filled.last else "edge"

    def _off_beat(self, slot: FoundSlot) -> str | None:
        """The same for one with a rhythm, which has a place for each beat."""
        return "rhythm" if self._rule.every is not None and position(slot) not in self._reached else None

    @lazy
    def _reached(self) -> frozenset[int]:
        """Every position that some place reaches."""
        found: set[int] = set()
        end = _START
        for first, last in self.reaches:
            found.update(range(max(first, end), last + 1))
            end = max(end, last)
        return frozenset(found)

    # ------------------------------------------------------------------------------------------- moves

    def _reaches(self, anchor: Anchor) -> list[Reach]:
        """The reach of each place in the story that *anchor* names."""
        last = self._filled.last
        if not last:
            return []
        if anchor.percent is not None:
            return [(1, last - 1)]
        if anchor.what == "lead" and self._filled.article.lead_outside is not None:
            return [(_LEAD, self._lowest(0))]
        return [(self._highest(gap), self._lowest(gap) or _START) for gap in self._gaps(anchor)]

    def _highest(self, gap: int) -> int:
        """How far up a slot may move from *gap*: never to the first gap."""
        within = self._rule.within
        if within is None or within.direction == "down":
            return gap or _START
        is_near = partial(self._filled.sizes.is_within, within.distance, below=gap)
        return bisect_left(range(1, gap), x=True, key=is_near) + 1 if gap else _START

    def _lowest(self, gap: int) -> int:
        """How far down: never to the last gap."""
        within = self._rule.within
        if within is None or within.direction == "up":
            return gap
        is_far = partial(self._is_far, within.distance, gap)
        return gap + bisect_left(range(gap + 1, self._filled.last), x=True, key=is_far)

    def _is_far(self, distance: Distance, above: int, below: int) -> bool:
        return not self._filled.sizes.is_within(distance, above, below)

    # --------------------------------------------------------------------------------------- anchors

    def _gaps(self, anchor: Anchor) -> Sequence[int]:
        """The gaps of the story that *anchor* names."""
        article, last = self._filled.article, self._filled.last
        if anchor.where in ("start", "end"):
            return (0,) if anchor.where == "start" else (last,)
        if anchor.what == "lead":
            return () if article.lead is None else (article.lead,)
        if anchor.selector is not None:
            found = article.anchors.get(anchor.key, ())
            return _counted(found, anchor) if isinstance(found, tuple) else ()
        spans = self._spans(anchor)
        return [after if anchor.where == "after" else before for before, after in spans]

    def _spans(self, anchor: Anchor) -> Sequence[tuple[int, int]]:
        """The gaps before and after the things that *anchor* counts."""
        sections = [(s.first, s.first + len(s.blocks)) for s in self._filled.article.sections if s.heading is not None]
        if anchor.what == "section":
            return _counted(sections, anchor)
        blocks = sorted(self._filled.blocks_of((Term(anchor.what),)))
        if anchor.section is not None:
            inside = _chosen(sections, anchor.section)
            blocks = [block for block in blocks if any(before <= block < after for before, after in inside)]
        return [(block, block + 1) for block in _counted(blocks, anchor)]


def _counted(things: Sequence[_T], anchor: Anchor) -> Sequence[_T]:
    """Those of *things* that *anchor* counts."""
    if anchor.every is None:
        return _chosen(things, anchor.number)
    first = anchor.number or anchor.every
    return [thing for number, thing in enumerate(things, 1) if number >= first and not (number - first) % anchor.every]


def _chosen(things: Sequence[_T], number: int | None) -> Sequence[_T]:
    """All of *things*, or the one of this *number*, counted from 1 or back from -1."""
    if number is None:
        return things
    at = number - 1 if number > 0 else len(things) + number
    return things[at : at + 1] if 0 <= at < len(things) else ()


def position(slot: FoundSlot) -> int:
    """Where a slot stands among those of the story, as reaches count: its gap, but for what is above the first block."""
    return _LEAD if slot.where == "lead" else slot.gap or _START


def below_story(filled: FilledPage, leads: Mapping[str, Leads]) -> frozenset[FoundSlot]:
    """The slots in the last gap that an `end` of their rule may have, so that the others have as many places as before."""
    found = set[FoundSlot]()
    for rule in filled.policy.rules:
        if ends := leads[rule.name].ends:
            slots = _in_story(filled, rule, leads[rule.name])
            last = [slot for slot in slots if position(slot) == filled.last][:1]
            rest, reaches = [slot for slot in slots if slot not in last], list(leads[rule.name].reaches)
            reaches.remove(ends[0])
            if len(list(_left_over(rest, reaches))) <= len(list(_left_over(slots, leads[rule.name].reaches))):
                found.update(last)
    return frozenset(found)


def findings(filled: FilledPage, leads: Mapping[str, Leads]) -> Iterator[RawFinding]:
    """The slots for which no place is left; those that stand where no anchor leads are reported elsewhere."""
    for rule in filled.policy.rules:
        if rule.names_places:
            yield from _of_rule(filled, rule, leads[rule.name])


def told(rule: Rule) -> str:
    """Where the slots of a rule are meant to stand."""
    return ", ".join(map(str, rule.at)) if rule.every is None else f"every {rule.every}"


def _of_rule(filled: FilledPage, rule: Rule, leads: Leads) -> Iterator[RawFinding]:
    on_page = [slot for slot in _led(filled, rule, leads) if slot.where == "page"]
    for slot in (*on_page[len(leads.outside) :], *_left_over(_in_story(filled, rule, leads), leads.reaches)):
        yield RawFinding("anchor-used", slot, against=told(rule))


def _led(filled: FilledPage, rule: Rule, leads: Leads) -> Iterator[FoundSlot]:
    """The slots of a rule that stand where its anchors lead."""
    for slot in filled.slots:
        if slot.rule is rule and slot.where != "lost" and leads.fault(slot) is None:
            yield slot


def _in_story(filled: FilledPage, rule: Rule, leads: Leads) -> list[FoundSlot]:
    """Those of them in the story, from top to bottom."""
    return sorted((slot for slot in _led(filled, rule, leads) if slot.where != "page"), key=position)


def _left_over(slots: Sequence[FoundSlot], reaches: Sequence[Reach]) -> Iterator[FoundSlot]:
    """The slots without a place. Each gets, of the places that reach it, the one that reaches no farther than others."""
    waiting: list[int] = []
    count = 0
    for slot in slots:
        while count < len(reaches) and reaches[count][0] <= position(slot):
            heappush(waiting, reaches[count][1])
            count += 1
        while waiting and waiting[0] < position(slot):
            heappop(waiting)
        if waiting:
            heappop(waiting)
        else:
            yield slot
