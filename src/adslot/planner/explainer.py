"""The explainer: for every gap and rule without a placement all reasons why, with numbers.

They are worked out when they are asked for, from the same facts that the plan was made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot.kept import lazy
from adslot.planner.closed import ClosedGaps
from adslot.planner.compile import Compiled
from adslot.planner.constraints import ITEMS, MinDistance
from adslot.planner.growing import breaches_of
from adslot.planner.measures import Measures
from adslot.planner.placements import AFTER_LEAD, END, Placement
from adslot.planner.refusals import Refusal, side_of, with_key
from adslot.planner.sections import section_faults
from adslot.planner.solver.legality import fits, may_show, room_left
from adslot.planner.solver.problem import Choice
from adslot.policy.declarations import Rule
from adslot.policy.language.distance import Amount, Distance
from adslot.related.values import Related
from adslot.roles import KINDS


class Explainer:
    """Answers why not, for one plan."""

    def __init__(self, compiled: Compiled, placements: Sequence[Placement], items: Sequence[Related] = ()) -> None:
        self.compiled, self.placements, self.items = compiled, placements, items
        self.tasks = compiled.problem.tasks
        self.index = {task.name: i for i, task in enumerate(self.tasks)}
        self._known_gaps: dict[int, Sequence[ClosedGaps]] = {}

    @lazy
    def choice(self) -> Choice:
        """The plan's slots per task, in the solver's terms."""
        gaps: list[list[int]] = [[] for _ in self.tasks]
        pages: list[list[int]] = [[] for _ in self.tasks]
        for placement in self.placements:
            i = self.index.get(placement.rule)
            if i is not None and (gap := self.gap_of(placement)) is not None:
                gaps[i].append(gap)
            elif i is not None:
                anchors = [page.anchor for page in self.compiled.pages(i)]
                pages[i].append(anchors.index(placement.anchor or ""))
        return Choice(tuple(map(tuple, gaps)), tuple(map(tuple, pages)), optimal=False)

    @lazy
    def slots(self) -> list[tuple[int, int, str]]:
        """(task, gap, id) of the slots in the story, an editor's ones apart."""
        found = [(self.index.get(p.rule), self.gap_of(p), p.id) for p in self.placements]
        return [(i, gap, name) for i, gap, name in found if i is not None and gap is not None]

    def refusals(self, rule: str | None, gap: int | None) -> Iterator[Refusal]:
        """The refusals of one rule or all, at one gap or all."""
        for i, task in enumerate(self.tasks):
            if rule in (None, task.name):
                for each in range(self.compiled.last + 1):
                    if gap in (None, each) and not self.uses(i, each):
                        yield from self.of(i, each)

    def uses(self, i: int, gap: int) -> bool:
        """Whether task *i* has a slot in *gap*, in the story or below it."""
        return any(min(each, self.compiled.last) == gap for each in self.choice.gaps[i])

    def gap_of(self, placement: Placement) -> int | None:
        """The gap where *placement* counts as standing: after a lead above the body that is the first, at `end` one past the last."""
        if placement.gap is None:
            return 0 if placement.anchor == AFTER_LEAD else None
        is_below = placement.anchor == END and placement.gap == self.compiled.last
        return self.compiled.below if is_below else placement.gap

    def place(self, i: int, gap: int) -> int:
        """The gap that speaks for *gap* where task *i* may use it in two ways: below the story less holds."""
        return (
            self.compiled.below
            if gap == self.compiled.last and self.compiled.below in self.compiled.places.reached(i)
            else gap
        )

    def of(self, i: int, gap: int) -> list[Refusal]:
        """All reasons why task *i* does not use *gap*; never none."""
        place = self.place(i, gap)
        reasons = [*self._always(i, place), *self._beside(i, place), *self._full(i, gap)]
        reasons = [attrs.evolve(reason, gap=gap) for reason in reasons] if place != gap else reasons
        found = reasons or [self._relevance_left(i, gap) or Refusal("not-chosen", self.tasks[i].name, gap)]
        return [with_key(reason) for reason in found]

    def _always(self, i: int, gap: int) -> Iterator[Refusal]:
        """Reasons that hold whatever else is placed."""
        compiled, rule, name = self.compiled, self.compiled.rules[i], self.tasks[i].name
        yield from self._led(i, gap)
        yield from self._shut(i, gap)
        yield from self._instead(i, gap)
        for found in compiled.closed.closed_at(i, gap):
            missing = self._missing(found.code, i, gap, found.at, found.clearance.distance, found.against or None)
            yield attrs.evolve(missing, side=found.side, block=found.block, key=found.key)
        if (best := self._relevance_missed(i, gap)) is not None:
            yield Refusal("relevance", name, gap, required=rule.min_relevance, actual=best, unit="permille")
        if rule.min_article is not None and compiled.is_too_short(rule):
            yield attrs.evolve(self._missing("short-article", i, 0, compiled.last, rule.min_article, None), gap=gap)
        if rule.max_article is not None and compiled.is_too_long(rule):
            most, actual, unit = self._measures.excess(rule.max_article, 0, compiled.last)
            yield Refusal("long-article", name, gap, required=most, actual=actual, unit=unit)

    def _led(self, i: int, gap: int) -> Iterator[Refusal]:
        """The reasons that lie in where the rule wants its slots: its anchors, its rhythm, or any gap between two blocks."""
        compiled, rule, name = self.compiled, self.compiled.rules[i], self.tasks[i].name
        reached = compiled.places.reached(i)
        if rule.every is not None and gap not in reached and 0 < gap < compiled.last:
            yield self._off_beat(i, gap, rule.every)
        if rule.at and gap not in reached:
            missing = not reached and not compiled.pages(i)
            yield Refusal("missing" if missing else "anchor", name, gap, against=", ".join(map(str, rule.at)))
        elif not rule.at and gap in (0, compiled.last):
            yield Refusal("edge", name, gap)

    def _shut(self, i: int, gap: int) -> Iterator[Refusal]:
        """The reasons that lie in the gap itself, and in its section; after a lead above the body a slot stands elsewhere."""
        compiled, name, place = self.compiled, self.tasks[i].name, min(gap, self.compiled.last)
        outside = compiled.article.lead_outside if gap == 0 and compiled.places.may_follow_lead(i) else None
        unsafe = compiled.article.refused.get(place) if outside is None else outside.unsafe
        if unsafe is not None:
            yield Refusal("unsafe", name, gap, against=unsafe)
        if outside is not None:
            return
        for closed in self._closed_gaps(i):
            if closed.mask[place]:
                block = {"above": place - 1, "below": place}.get(closed.side or "")
                against, side = closed.against or None, closed.side
                yield Refusal(closed.code, name, gap, against=against, side=side, block=block, key=closed.key)
        yield from self._sized(i, gap)

    def _sized(self, i: int, gap: int) -> Iterator[Refusal]:
        """The reasons that lie in the size of the gap's section."""
        rule, place = self.compiled.rules[i], min(gap, self.compiled.last)
        span = self.compiled.closed.sections[self.compiled.article.section_at[place]]
        for code in section_faults(rule, self._measures, span):
            is_short = code == "short-section"
            asked = rule.min_section if is_short else rule.max_section
            assert asked is not None  # noqa: S101  # else there were no such code
            required, actual, unit = (self._measures.shortfall if is_short else self._measures.excess)(asked, *span)
            against = self._section_of(gap)
            yield Refusal(code, rule.name, gap, required=required, actual=actual, unit=unit, against=against)

    def _instead(self, i: int, gap: int) -> Iterator[Refusal]:
        """The refusals of *gap* because a rule that this one stands in for has slots, or an editor one of its."""
        for other in self.compiled.constraints.stands_in[i]:
            if self.choice.gaps[other] or self.choice.pages[other]:
                yield Refusal("instead", self.tasks[i].name, gap, against=self.tasks[other].name)
        for name in self.compiled.replaced(i):
            yield Refusal("instead", self.tasks[i].name, gap, against=f"{name} (editor)")

    def _off_beat(self, i: int, gap: int, every: Amount) -> Refusal:
        """The refusal of *gap* because no place of the rule's rhythm is near."""
        found = self.compiled.places.seats(i).off_beat(gap, every)
        refusal = Refusal("rhythm", self.tasks[i].name, gap, against=f"every {every}")
        return refusal if found is None else attrs.evolve(refusal, required=found[0], actual=found[1], unit=every.unit)

    def _closed_gaps(self, i: int) -> Sequence[ClosedGaps]:
        if i not in self._known_gaps:
            self._known_gaps[i] = list(self.compiled.closed.single_gaps(i))
        return self._known_gaps[i]

    def _relevance_missed(self, i: int, gap: int) -> int | None:
        """How relevant the best article is at *gap*, where that is not enough for the rule."""
        compiled, least = self.compiled, self.compiled.rules[i].min_relevance
        if not least or not compiled.slots[i].shows_articles or not compiled.items:
            return None
        best = compiled.relevance(gap, *compiled.suited(gap, 1)) or 0
        return best if best < least else None

    def _relevance_left(self, i: int, gap: int) -> Refusal | None:
        """The refusal of *gap* where the articles that no slot shows are not relevant enough, nor would they be if all were shown anew."""
        compiled, least = self.compiled, self.compiled.rules[i].min_relevance
        if not least or not compiled.slots[i].shows_articles or may_show(compiled.problem, self.choice, (i, gap)):
            return None
        shown = {item for placement in self.placements for item in placement.items}
        best = next((item for item in compiled.suited(gap, len(shown) + 1) if self.items[item] not in shown), None)
        best = 0 if best is None else min(compiled.relevance(gap, best) or 0, least - 1)
        return Refusal("relevance", self.tasks[i].name, gap, required=least, actual=best, unit="permille")

    def _missing(self, code: str, i: int, gap: int, other: int, distance: Distance, against: str | None) -> Refusal:
        """The refusal of *gap* because *distance* to the gap position *other* is missing."""
        above, below = sorted(min(each, self.compiled.last) for each in (gap, other))
        required, actual, unit = self._measures.shortfall(distance, above, below)
        return Refusal(code, self.tasks[i].name, gap, required=required, actual=actual, unit=unit, against=against)

    def _used_up(self, code: str, i: int, gap: int, *, allowed: int, used: int, against: str | None = None) -> Refusal:
        """The refusal of *gap* because as many slots are used as are allowed."""
        return Refusal(code, self.tasks[i].name, gap, required=allowed, actual=used, unit="slots", against=against)

    @property
    def _measures(self) -> Measures:
        return self.compiled.measures

    def _beside(self, i: int, gap: int) -> Iterator[Refusal]:
        """Reasons that lie in the slots placed: nearness, the anchor's slot, the share of the section."""
        problem, task = self.compiled.problem, self.tasks[i]
        for other, at, against in self.slots:
            if not fits(problem, (other, at), (i, gap)):
                yield from self._near(i, gap, other, at, against)
        for constraint, above, below, against in breaches_of(
            self.compiled.constraints, self.compiled.things, self.slots, (i, gap)
        ):
            missing = self._missing(constraint.code, i, above, below, constraint.distance, against)
            key = self.compiled.constraints.growing_key(constraint)
            yield attrs.evolve(missing, gap=gap, side=side_of(gap, above, below), key=key)
        own = self.choice.gaps[i]
        if own and gap in self.compiled.places.ways(i) and self.compiled.places.served(i, sorted((*own, gap))) is None:
            rank = min(way.rank for way in self.compiled.places.ways(i)[gap])
            yield self._used_up("anchor-used", i, gap, allowed=1, used=1, against=_place(self.compiled.rules[i], rank))
        section = problem.section[gap]
        used = sum(problem.section[g] == section for g in own)
        if task.per_section is not None and used >= task.per_section:
            allowed = task.per_section
            yield self._used_up("section", i, gap, allowed=allowed, used=used, against=self._section_of(gap))
        yield from self._ads_of_section(i, gap)

    def _ads_of_section(self, i: int, gap: int) -> Iterator[Refusal]:
        """The refusal of *gap* because its section has its share of ads."""
        problem = self.compiled.problem
        shares, number = problem.shares, problem.section[gap]
        if shares is None or i not in shares.counted:
            return
        slots = [(other, at) for other, gaps in enumerate(self.choice.gaps) for at in gaps]
        left, most = (
            shares.after(shares.left, problem.section, slots)[number],
            self.compiled.policy.limits.ads_per_section,
        )
        if left <= 0 and most is not None:
            against = self._section_of(gap)
            refusal = self._used_up("section-limit", i, gap, allowed=most, used=most - left, against=against)
            yield attrs.evolve(refusal, key="limits.ads_per_section")

    def _section_of(self, gap: int) -> str:
        """What the section of a gap is called."""
        return f"section {self.compiled.article.section_at[min(gap, self.compiled.last)]}"

    def _near(self, i: int, gap: int, other: int, at: int, against: str) -> Iterator[Refusal]:
        """The distances that a slot at *gap* would miss to the one of task *other* at *at*."""
        compiled = self.compiled
        if compiled.problem.is_shared(gap, at):
            yield self._used_up("adjacent", i, gap, allowed=1, used=1, against=against)
        pair = (other, i) if at <= gap else (i, other)
        constraints: Sequence[MinDistance] = compiled.constraints.between[pair]
        if compiled.below in (gap, at):
            own = compiled.own_apart(*pair)
            constraints = () if own is None else (own,)
        for constraint in constraints:
            if not compiled.things.clearance(constraint).holds(*sorted(min(each, compiled.last) for each in (gap, at))):
                key = compiled.constraints.key_of(constraint, *pair, i)
                missing = self._missing(constraint.code, i, gap, at, constraint.distance, against)
                yield attrs.evolve(missing, side=side_of(gap, *sorted((gap, at))), key=key)

    def _full(self, i: int, gap: int) -> Iterator[Refusal]:
        """Reasons that lie in counts: the rule's own, the articles there are for teasers, the page's limits."""
        task, compiled = self.tasks[i], self.compiled
        used = len(self.choice.gaps[i]) + len(self.choice.pages[i])
        rule = compiled.rules[i]
        if used >= rule.max:
            yield self._used_up("max", i, gap, allowed=rule.max, used=used)
        if used >= compiled.rated(rule) and rule.rate is not None:
            yield self._used_up("rate", i, gap, allowed=compiled.rated(rule), used=used, against=str(rule.rate))
        for limit, amount in task.uses:
            name, value = compiled.constraints.limits[limit]
            left = room_left(compiled.problem, limit, self.choice)
            if left >= amount:
                continue
            if name == ITEMS:
                wanted = compiled.items + 1
                yield Refusal("no-item", task.name, gap, required=wanted, actual=compiled.items, unit="articles")
            else:
                refusal = self._used_up("limit", i, gap, allowed=value, used=value - left, against=name)
                yield attrs.evolve(refusal, key=f"limits.{KINDS[name].limit if name in KINDS else name}")


def _place(rule: Rule, rank: int) -> str:
    """What a rule calls the place of this rank."""
    return str(rule.at[rank]) if rule.at else f"every {rule.every}"
