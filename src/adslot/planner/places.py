"""Places: which gaps the rules of a policy may use, and by which anchors, as far as fixed things go."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from adslot.kept import lazy
from adslot.planner.anchors import leads_outside
from adslot.planner.closed import Closed
from adslot.planner.levels import Levels, levels_of
from adslot.planner.seats import Seats, Way, Ways
from adslot.planner.solver.problem import Option
from adslot.planner.solver.seats import serve
from adslot.policy.declarations import Rule


class Places:
    """The places of an article under a policy; *below* the story is that of the last gap, as a gap of its own.

    What does not depend on which gaps are safe is taken from *earlier* ones of the same article and policy.
    """

    def __init__(self, closed: Closed, earlier: Places | None = None) -> None:
        self.closed, self.article, self.things = closed, closed.article, closed.things
        self.rules, self.slots = closed.constraints.rules, closed.constraints.slots
        self.last = self.things.last
        self.below = self.last + 1
        self.known: dict[int, Seats] = {} if earlier is None else earlier.known
        self._ways: dict[int, Ways] = {}

    def seats(self, i: int) -> Seats:
        """The seats that the anchors of rule *i* have."""
        if i not in self.known:
            self.known[i] = Seats(self.article, self.things.measures, self.rules[i])
        return self.known[i]

    def reached(self, i: int) -> Ways:
        """The gaps that the anchors of rule *i* lead to, open or not; none for a rule without anchors."""
        return self.seats(i).ways(start=True, lead=True) if self.rules[i].names_places else {}

    def ways(self, i: int) -> Ways:
        """The ways to serve those of them that are open, as far as fixed things go."""
        if i not in self._ways:
            self._ways[i] = self._open_ways(i)
        return self._ways[i]

    def _open_ways(self, i: int) -> Ways:
        """Which anchor serves the first gap decides whether it is open: a slot after a lead above the body stands elsewhere."""
        seats, usable = self.seats(i), self._usable(i)
        start = lead = True
        if seats.at_start and self.last >= 0:
            start, lead = bool(usable[0]) and 0 not in self.article.refused, self._is_lead_open(i)
        found = {
            gap: ways
            for gap, ways in seats.ways(start=start, lead=lead).items()
            if gap in (0, self.below) or usable[gap]
        }
        if self.below in found and self.closed.is_shut_below(i):
            del found[self.below]
        return found

    def _is_lead_open(self, i: int) -> bool:
        """Whether a slot may stand after a lead above the body: nothing bars that place, but for distances to what is below it."""
        outside = self.article.lead_outside
        near = any(first <= 0 for _, first, *_ in self.closed.ranges(i))
        return outside is not None and outside.unsafe is None and not self.article.none and not near

    def allowed(self, i: int) -> list[int]:
        """The gaps that rule *i* may use as far as fixed things go, safe or not."""
        if self.rules[i].names_places:
            return list(self.ways(i))
        usable = self._usable(i)
        usable[:1] = usable[-1:] = b"\0" * min(self.last + 1, 1)
        return list(compress(range(self.last + 1), usable))

    def _usable(self, i: int) -> bytearray:
        """Which gaps of the story fixed things leave to rule *i*, whatever its anchors."""
        count = self.last + 1
        free = int.from_bytes(b"\1" * count, "little") & ~self.closed.mask(i)
        usable, done = bytearray(free.to_bytes(count, "little")), 0
        for first, last in sorted([fields[1:3] for fields in self.closed.ranges(i)]):
            if last >= done:
                usable[max(first, done) : last + 1] = bytes(last + 1 - max(first, done))
                done = last + 1
        return usable

    @lazy
    def levels(self) -> Levels:
        """What weighs how much in the value of a place."""
        moving = [i for i, rule in enumerate(self.rules) if _moves(rule)]
        bits = max((self.seats(i).moved_bits for i in moving), default=0)
        return levels_of(self.rules, self.last, bits, shows=any(slot.shows_articles for slot in self.slots))

    def options(self, i: int, gaps: Sequence[int]) -> tuple[tuple[Option, ...], ...]:
        """The ways to serve *gaps* in the solver's terms."""
        of, ways = self.levels.of, self.ways(i)
        return tuple(tuple((way.seat, of(way)) for way in ways[gap]) for gap in gaps)

    def served(self, i: int, gaps: Sequence[int]) -> tuple[Way | None, ...] | None:
        """The way in which each of ascending *gaps* of rule *i* is best served, None without anchors; none if they cannot all be."""
        if not self.rules[i].names_places:
            return (None,) * len(gaps)
        ways = self.ways(i)
        if any(gap not in ways for gap in gaps):
            return None
        found = serve(self.options(i, gaps), ends=bool(gaps) and gaps[-1] == self.below)
        return found and tuple(ways[gap][pick] for gap, pick in zip(gaps, found[1], strict=True))

    def may_follow_lead(self, i: int) -> bool:
        """Whether an anchor of rule *i* leads to the first gap from a lead above the body."""
        return any(leads_outside(self.article, self.rules[i], way.rank) for way in self.reached(i).get(0, ()))

    def is_outside(self, i: int, ways: Sequence[Way | None] | None) -> bool:
        """Whether the first slot of rule *i*, served in these ways, stands after a lead above the body, if it is in the first gap."""
        first = ways[0] if ways else None
        return first is not None and leads_outside(self.article, self.rules[i], first.rank)


def _moves(rule: Rule) -> bool:
    """Whether slots of a rule may stand beside the places that it names."""
    return bool(rule.within or rule.every) or any(anchor.percent is not None for anchor in rule.at)
