"""What stands fixed in an article, and which gaps it closes to a rule.

The article's ends, headings, existing ads and editors' slots close ranges of gaps. Each closed range
is a `Ban` that remembers why, so that planning and explaining speak of the same facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot._anchors import leads_outside, matching, roles_of
from adslot.article import Outline
from adslot.distance import Distance
from adslot.guards import GUARDS
from adslot.measure import Measures
from adslot.policy import Policy, Rule, Slot, Spacing
from adslot.roles import KINDS
from adslot.terms import Term


@attrs.frozen
class Ban:
    """Gaps *first* to *last* are closed to a rule.

    Where the reason is a *distance*, it is missing between the gap and *edge*, a gap position.
    """

    code: str
    first: int
    last: int
    against: str = ""
    distance: Distance | None = None
    edge: int = 0


@attrs.frozen
class Thing:
    """A fixed thing between the gap *above* it and the gap *below* it; the same gap for a mere point."""

    name: str
    above: int
    below: int


class Fixed:
    """The fixed things of an article under a policy; asked for the bans of one rule at a time.

    *standing* are the editors' slots that the plan keeps, each with its gap.
    """

    def __init__(self, article: Outline, policy: Policy, measures: Measures, items: int) -> None:
        self.article, self.policy, self.measures = article, policy, measures
        self.last = len(article.section_at) - 1
        self.standing = list(self._standing(items))
        self._closed = [Ban("marker", gap, gap) for gap in article.closed]
        if article.none:
            self._closed.append(Ban("marker", 0, self.last))
        guards = ((name, guard) for name, guard in GUARDS.items() if getattr(policy.guards, name))
        self._guarded = {name: [Ban(guard.CODE, g, g) for g in guard.barred(article.blocks)] for name, guard in guards}
        if "adjacent" in self._guarded:
            self._guarded["adjacent"] += [Ban("adjacent", g, g, f"{slot.name} (editor)") for slot, g in self.standing]
        self._slots: dict[str, list[Thing]] = {}
        self._neighbours: dict[tuple[tuple[Term, ...], str], list[Ban]] = {}

    def bans(self, rule: Rule, slot: Slot, ranks: dict[int, int]) -> list[Ban]:
        """Everything that closes gaps to *rule*, unsafe ones apart; *ranks* are the gaps that its anchors lead to."""
        found = list(self._place_bans(rule, ranks))
        for name, bans in self._guarded.items():
            if not (name == "adjacent" and rule.stack):
                found += bans
        for terms, side in ((rule.after, "above"), (rule.before, "below")):
            if terms:
                found += self._neighbour_bans(terms, side)
        if any(gap != self.last for gap in ranks):  # a slot at the end keeps no distances
            found += self._end_bans(rule)
            found += self._thing_bans(rule, slot.kind)
        return found

    # ---------------------------------------------------------------------------------- every rule

    def _place_bans(self, rule: Rule, ranks: dict[int, int]) -> Iterator[Ban]:
        """What editors close; a slot after a lead above the body stands there, not in the first gap."""
        outside = self.article.lead_outside
        if outside is None or 0 not in ranks or not leads_outside(self.article, rule, ranks[0]):
            yield from self._closed
            return
        yield from (ban for ban in self._closed if ban.first > 0 or ban.last > 0)
        if outside.unsafe is not None:
            yield Ban("unsafe", 0, 0, outside.unsafe)

    def is_refused(self, rule: Rule, ranks: dict[int, int], gap: int) -> bool:
        """Whether *gap* is known to be unsafe for *rule*; the first gap is none where the rule stands after a lead."""
        return gap in self.article.refused and not (gap == 0 and leads_outside(self.article, rule, ranks.get(0, 0)))

    def _neighbour_bans(self, terms: tuple[Term, ...], side: str) -> list[Ban]:
        """The gaps with another block above or below than *terms* name."""
        if (terms, side) not in self._neighbours:
            names = " or ".join(map(str, terms))
            roles = frozenset[str]().union(*(roles_of(term) for term in terms if term.css is None))
            named = {block for term in terms if term.css is not None for block in self.article.matching(term.css)}
            step = 1 if side == "above" else 0
            self._neighbours[terms, side] = [
                Ban("neighbour", index + step, index + step, names)
                for index, block in enumerate(self.article.blocks)
                if block.role not in roles and index not in named
            ]
        return self._neighbours[terms, side]

    # ------------------------------------------------------------------------------------ distances

    def _end_bans(self, rule: Rule) -> Iterator[Ban]:
        if rule.from_start is not None:
            first = self.measures.first_below(rule.from_start, 0)
            yield from self._range("start", 0, first - 1, Thing("start", 0, 0), rule.from_start, 0)
        if rule.from_end is not None:
            last = self.measures.last_above(rule.from_end, self.last)
            end = Thing("end", self.last, self.last)
            yield from self._range("end", last + 1, self.last, end, rule.from_end, self.last)

    def _thing_bans(self, rule: Rule, kind: str) -> Iterator[Ban]:
        """Bans near existing and editors' slots, and near what spacings name."""
        for code, distance, thing, is_above in self._demands(rule, kind):
            if is_above:
                last = self.measures.first_below(distance, thing.below) - 1
                yield from self._range(code, thing.below, last, thing, distance, thing.below)
            else:
                first = self.measures.last_above(distance, thing.above) + 1
                yield from self._range(code, first, thing.above, thing, distance, thing.above)

    def _range(self, code: str, first: int, last: int, thing: Thing, distance: Distance, edge: int) -> Iterator[Ban]:
        """A ban of a range of gaps, but for the end of the story: what stands there is below the story."""
        last = min(last, self.last - 1)
        if first <= last:
            yield Ban(code, first, last, thing.name, distance, edge)

    def _demands(self, rule: Rule, kind: str) -> Iterator[tuple[str, Distance, Thing, bool]]:
        """(code, distance, thing, whether the thing is the upper one) for all that *rule* must keep off."""
        if rule.apart is not None:
            for thing in self._slots_there(kind):
                yield "apart", rule.apart, thing, True
                yield "apart", rule.apart, thing, False
        for spacing in self.policy.spacing:
            for own, others, is_above in _directions(spacing):
                if any(term.name == kind for term in own):
                    for thing in self._named(others):
                        yield "spacing", spacing.min, thing, is_above

    # --------------------------------------------------------------------------------------- things

    def _named(self, terms: Sequence[Term]) -> Iterator[Thing]:
        """The fixed things that *terms* name."""
        for term in terms:
            if term.name in ("start", "end", "lead"):
                at = {"start": 0, "end": self.last, "lead": self.article.lead or 0}[term.name]
                yield Thing(term.name, at, at)
            elif term.name in KINDS:
                yield from self._slots_there(term.name)
            else:
                yield from (Thing(str(term), block, block + 1) for block in matching(self.article, term))

    def _slots_there(self, kind: str) -> list[Thing]:
        """Existing and editors' slots of *kind*; what stands at the end is below the story."""
        if kind not in self._slots:
            blocks = self.article.blocks
            there = [Thing(f"existing {kind}", i, i + 1) for i, block in enumerate(blocks) if block.role == kind]
            placed = [(slot, gap) for slot, gap in self.standing if slot.kind == kind and gap != self.last]
            self._slots[kind] = [*there, *(Thing(f"{slot.name} (editor)", gap, gap) for slot, gap in placed)]
        return self._slots[kind]

    def _standing(self, items: int) -> Iterator[tuple[Slot, int]]:
        """The editors' slots that stand: known, in a safe gap, with *items* to show, not stopped by a limit of 0."""
        slots = {slot.name: slot for slot in self.policy.slots}
        stopped = {name for name, value in limits_of(self.policy) if value == 0}
        for manual in self.article.manual:
            slot = slots.get(manual.name)
            if slot is None or self.article.none or not stopped.isdisjoint({"slots", slot.kind}):
                continue
            if self.article.certify((manual.gap,)) and (slot.kind != "teaser" or items > 0):
                items -= slot.kind == "teaser"
                yield slot, manual.gap


def limits_of(policy: Policy) -> list[tuple[str, int]]:
    """The limits that are set, each by the kind of slots that it counts, or "slots" for all."""
    limits = policy.limits
    values = {"slots": limits.slots, "ad": limits.ads, "teaser": limits.teasers, "promo": limits.promos}
    return [(name, value) for name, value in values.items() if value is not None]


def _directions(spacing: Spacing) -> Iterator[tuple[Sequence[Term], Sequence[Term], bool]]:
    """(terms of the slot, terms of the thing, whether the thing is the upper one)."""
    yield spacing.below, spacing.above, True
    yield spacing.above, spacing.below, False
    if spacing.either:
        yield spacing.above, spacing.below, True
        yield spacing.below, spacing.above, False
