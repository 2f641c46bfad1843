"""Refusals: for every gap and rule without a placement all reasons why, with numbers.

They are worked out when they are asked for, from the same facts that the plan was made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot.kept import lazy
from adslot.planner.closed import ClosedGaps
from adslot.planner.compile import Compiled
from adslot.planner.constraints import ITEMS
from adslot.planner.growing import breaches_of
from adslot.planner.measures import Measures
from adslot.planner.placements import AFTER_LEAD, Placement
from adslot.planner.solver.legality import fits, room_left
from adslot.planner.solver.problem import Choice
from adslot.policy.language.distance import Distance


@attrs.frozen
class Refusal:
    """Why *rule* may not use *gap*.

    *code* is one of `adslot.codes.REFUSALS`. Where the reason is a quantity, *required* and *actual*
    are in *unit*. *against* names the other thing: a placement's id, a block, a reason.
    """

    code: str
    rule: str
    gap: int | None
    required: int | None = attrs.field(default=None, kw_only=True)
    actual: int | None = attrs.field(default=None, kw_only=True)
    unit: str | None = attrs.field(default=None, kw_only=True)
    against: str | None = attrs.field(default=None, kw_only=True)


class Explainer:
    """Answers why not, for one plan."""

    def __init__(self, compiled: Compiled, placements: Sequence[Placement]) -> None:
        self.compiled, self.placements = compiled, placements
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
            if i is not None and (gap := gap_of(placement)) is not None:
                gaps[i].append(gap)
            elif i is not None:
                anchors = [page.anchor for page in self.compiled.pages(i)]
                pages[i].append(anchors.index(placement.anchor or ""))
        return Choice(tuple(map(tuple, gaps)), tuple(map(tuple, pages)), optimal=False)

    @lazy
    def slots(self) -> list[tuple[int, int, str]]:
        """(task, gap, id) of the slots in the story, an editor's ones apart."""
        found = [(self.index.get(p.rule), gap_of(p), p.id) for p in self.placements]
        return [(i, gap, name) for i, gap, name in found if i is not None and gap is not None]

    def refusals(self, rule: str | None, gap: int | None) -> Iterator[Refusal]:
        """The refusals of one rule or all, at one gap or all."""
        for i, task in enumerate(self.tasks):
            if rule in (None, task.name):
                for each in range(self.compiled.last + 1):
                    if gap in (None, each) and each not in self.choice.gaps[i]:
                        yield from self.of(i, each)

    def of(self, i: int, gap: int) -> list[Refusal]:
        """All reasons why task *i* does not use *gap*; never none."""
        reasons = [*self._always(i, gap), *self._beside(i, gap), *self._full(i, gap)]
        return reasons or [Refusal("not-chosen", self.tasks[i].name, gap)]

    def _always(self, i: int, gap: int) -> Iterator[Refusal]:
        """Reasons that hold whatever else is placed."""
        compiled, rule, name = self.compiled, self.compiled.rules[i], self.tasks[i].name
        if rule.at and gap not in compiled.spots(i):
            missing = not compiled.spots(i) and not compiled.pages(i)
            yield Refusal("missing" if missing else "anchor", name, gap, against=", ".join(map(str, rule.at)))
        elif not rule.at and gap in (0, compiled.last):
            yield Refusal("edge", name, gap)
        if compiled.is_unsafe(i, gap):
            outside = compiled.article.lead_outside if compiled.is_outside(i, gap) else None
            reason = outside.unsafe if outside is not None else compiled.article.refused[gap]
            yield Refusal("unsafe", name, gap, against=reason)
        if not compiled.is_outside(i, gap):
            yield from (
                Refusal(closed_gaps.code, name, gap, against=closed_gaps.against or None)
                for closed_gaps in self._closed_gaps(i)
                if closed_gaps.mask[gap]
            )
        for closed_range in compiled.closed.closed_at(i, gap):
            yield self._missing(
                closed_range.code,
                i,
                gap,
                closed_range.at,
                closed_range.clearance.distance,
                closed_range.against or None,
            )
        if (best := self._relevance_missed(i, gap)) is not None:
            yield Refusal("relevance", name, gap, required=rule.min_relevance, actual=best, unit="permille")
        if rule.min_article is not None and compiled.is_too_short(rule):
            yield attrs.evolve(self._missing("short-article", i, 0, compiled.last, rule.min_article, None), gap=gap)

    def _closed_gaps(self, i: int) -> Sequence[ClosedGaps]:
        if i not in self._known_gaps:
            self._known_gaps[i] = list(self.compiled.closed.single_gaps(i))
        return self._known_gaps[i]

    def _relevance_missed(self, i: int, gap: int) -> int | None:
        """How relevant the best article is at *gap*, where that is not enough for the rule."""
        compiled, least = self.compiled, self.compiled.rules[i].min_relevance
        if not least or not compiled.slots[i].shows_articles or not compiled.items:
            return None
        best = max(compiled.relevance(gap, item) or 0 for item in range(compiled.items))
        return best if best < least else None

    def _missing(self, code: str, i: int, gap: int, other: int, distance: Distance, against: str | None) -> Refusal:
        """The refusal of *gap* because *distance* to the gap position *other* is missing."""
        above, below = sorted((gap, other))
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
            required, actual, unit = self._measures.shortfall(constraint.distance, above, below)
            yield Refusal(constraint.code, task.name, gap, required=required, actual=actual, unit=unit, against=against)
        own = self.choice.gaps[i]
        spots = self.compiled.spots(i) if self.compiled.rules[i].at else {}
        if gap in spots and any(spots[g].cell == spots[gap].cell for g in own):
            anchor = self.compiled.rules[i].at[spots[gap].rank]
            yield self._used_up("anchor-used", i, gap, allowed=1, used=1, against=str(anchor))
        section = problem.section[gap]
        used = sum(problem.section[g] == section for g in own)
        if task.per_section is not None and used >= task.per_section:
            allowed = task.per_section
            yield self._used_up("section", i, gap, allowed=allowed, used=used, against=f"section {section}")

    def _near(self, i: int, gap: int, other: int, at: int, against: str) -> Iterator[Refusal]:
        """The distances that a slot at *gap* would miss to the one of task *other* at *at*."""
        if gap == at:
            yield self._used_up("adjacent", i, gap, allowed=1, used=1, against=against)
        if self.compiled.last in (gap, at):
            return
        pair = (other, i) if at <= gap else (i, other)
        for constraint in self.compiled.constraints.between[pair]:
            if not self.compiled.things.clearance(constraint).holds(*sorted((gap, at))):
                yield self._missing(constraint.code, i, gap, at, constraint.distance, against)

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
                yield self._used_up("limit", i, gap, allowed=value, used=value - left, against=name)


def gap_of(placement: Placement) -> int | None:
    """The gap where *placement* counts as standing: after a lead above the body that is the first."""
    return 0 if placement.gap is None and placement.anchor == AFTER_LEAD else placement.gap
