"""Fixed things: what stands in an article before anything is planned, by the terms that name it."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

import attrs

from adslot.article.outline import Outline
from adslot.planner.anchors import matching
from adslot.planner.constraints import MinDistance, limits_of, names_of
from adslot.planner.measures import Clearance, Measures
from adslot.policy.language.terms import NO_BLOCKS, POINTS, Term
from adslot.policy.policy import Policy
from adslot.policy.slots import Slot
from adslot.roles import KINDS, SLOT_ROLES


@attrs.frozen
class Fixed:
    """A fixed thing between the gap *above* it and the gap *below* it; the same gap for a mere point.

    Slots in gaps up to *last_above* stand above it, those from *first_below* on below it: in the gap of a point all
    stand on one side of it, in that of an editor's slot they may stand on either.
    """

    name: str
    above: int
    below: int
    last_above: int
    first_below: int


# What to look for in sorted things that a slot stands below, or above.
FIRST_BELOW, LAST_ABOVE = attrgetter("first_below"), attrgetter("last_above")


def _point(name: str, gap: int) -> Fixed:
    """A point: nothing of the story stands above its start, and its lead is over where a slot follows."""
    is_end = name == "end"
    return Fixed(name, gap, gap, gap if is_end else gap - 1, gap + is_end)


class FixedThings:
    """The fixed things of an article; *standing* are the editors' slots that the plan keeps, each with its gap."""

    def __init__(self, article: Outline, policy: Policy, measures: Measures, items: int) -> None:
        self.article, self.policy, self.measures = article, policy, measures
        self.last = len(article.section_at) - 1
        self.standing = list(self._standing(items)) if article.manual else []
        self._named: dict[tuple[Term, ...], list[Fixed]] = {}
        self._clearances: dict[MinDistance, Clearance] = {}

    def named(self, terms: tuple[Term, ...]) -> list[Fixed]:
        """The things that *terms* name, each once, from top to bottom."""
        if terms not in self._named:
            found: dict[object, Fixed] = {}
            for thing in (thing for term in terms for thing in self._of(term)):
                is_block = thing.above < thing.below  # which several terms may name
                found.setdefault((thing.above, thing.below) if is_block else thing, thing)
            self._named[terms] = sorted(found.values(), key=attrgetter("above", "below", "last_above", "first_below"))
        return self._named[terms]

    def clearance(self, constraint: MinDistance) -> Clearance:
        """The distance of *constraint*, and the blocks that waive it."""
        found = self._clearances.get(constraint)
        if found is None:
            blocks = sorted({block for term in constraint.unless for block in matching(self.article, term)})
            found = self._clearances[constraint] = Clearance(self.measures, constraint.distance, blocks)
        return found

    def _of(self, term: Term) -> Iterator[Fixed]:
        if term.name in POINTS:
            outside = None if self.article.lead_outside is None else 0
            places = {"start": 0, "end": self.last, "lead": outside if self.article.lead is None else self.article.lead}
            if (at := places[term.name]) is not None:
                yield _point(term.name, at)
            return
        for slot, gap in self.standing:
            if term in names_of(slot, None):
                yield Fixed(f"{slot.name} (editor)", gap, gap, gap, gap)
        if term.name in KINDS and not self.policy.article.counts_existing:
            return
        if term.slot is None and term.rule is None and term.name not in NO_BLOCKS:
            name = f"existing {term.name}" if term.name in KINDS else str(term)
            yield from (
                Fixed(name, block, block + 1, block, block + 1)
                for block in matching(self.article, term)
                if self._is_seen(term, block)
            )

    def _is_seen(self, term: Term, block: int) -> bool:
        """Whether a block counts as one of all others: the page's own slots may be none that anybody sees."""
        return not term.but or self.policy.article.counts_existing or self.article.blocks[block].role not in SLOT_ROLES

    def _standing(self, items: int) -> Iterator[tuple[Slot, int]]:
        """The editors' slots that stand: known, in a safe gap, with *items* to show, not stopped by a limit of 0."""
        slots = {slot.name: slot for slot in self.policy.slots}
        stopped = {name for name, value in limits_of(self.policy) if value == 0}
        for manual in self.article.manual:
            slot = slots.get(manual.name)
            if slot is None or self.article.none or not stopped.isdisjoint({"slots", slot.kind}):
                continue
            if self.article.certify((manual.gap,)) and (items > 0 or not slot.shows_articles):
                items -= slot.shows_articles
                yield slot, manual.gap
