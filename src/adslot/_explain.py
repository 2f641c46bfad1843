"""Refusals: for every gap and rule without a placement all reasons why, with numbers.

They are worked out when they are asked for, from the same facts that the plan was made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from adslot._bans import Ban
from adslot._compile import ITEMS, Compiled
from adslot._placements import AFTER_LEAD, Placement
from adslot._solve import Done, fits, room


@attrs.frozen
class Refusal:
    """Why *rule* may not use *gap*.

    *code* is one of `adslot.codes.REFUSALS`. Where the reason is a quantity, *required* and *actual*
    are in *unit*. *against* names the other thing: a placement's id, a block, a reason.
    """

    code: str
    rule: str
    gap: int | None
    required: int | None = None
    actual: int | None = None
    unit: str | None = None
    against: str | None = None


class Explainer:
    """Answers why not, for one plan."""

    def __init__(self, compiled: Compiled, placements: Sequence[Placement]) -> None:
        self.compiled, self.placements = compiled, placements
        self.tasks = self.compiled.problem.tasks
        self.index = {task.name: i for i, task in enumerate(self.tasks)}

    @cached_property
    def done(self) -> Done:
        """The plan's slots per task, in the solver's terms."""
        gaps: dict[int, list[int]] = {i: [] for i in range(len(self.tasks))}
        pages: dict[int, list[int]] = {i: [] for i in range(len(self.tasks))}
        for placement in self.placements:
            if placement.rule not in self.index:
                continue
            i = self.index[placement.rule]
            if placement.gap is not None:
                gaps[i].append(placement.gap)
            elif placement.anchor == AFTER_LEAD:
                gaps[i].append(0)
            else:
                pages[i].append(0)
        return {i: (tuple(gaps[i]), tuple(pages[i])) for i in gaps}

    def refusals(self, rule: str | None, gap: int | None) -> Iterator[Refusal]:
        for i, task in enumerate(self.tasks):
            if rule in (None, task.name):
                for each in range(len(self.compiled.article.section_at)):
                    if gap in (None, each) and each not in self.done[i][0]:
                        yield from self._of(i, each)

    def _of(self, i: int, gap: int) -> Iterator[Refusal]:
        """All reasons why task *i* does not use *gap*; never none."""
        reasons = [*self._fixed(i, gap), *self._beside(i, gap), *self._full(i, gap)]
        if not reasons:
            reasons = [Refusal("not-chosen", self.tasks[i].name, gap)]
        yield from reasons

    def _fixed(self, i: int, gap: int) -> Iterator[Refusal]:
        """Reasons that hold whatever else is placed."""
        name, rule = self.tasks[i].name, self.compiled.rules[i]
        if gap not in self.compiled.ranks[i]:
            anchors = ", ".join(map(str, rule.at))
            missing = bool(rule.at) and not self.compiled.ranks[i] and not self.compiled.pages[i]
            code = "edge" if not rule.at else "missing" if missing else "anchor"
            yield Refusal(code, name, gap, against=anchors or None)
        if self.compiled.fixed.is_refused(rule, self.compiled.ranks[i], gap):
            yield Refusal("unsafe", name, gap, against=self.compiled.article.refused[gap])
        for ban in self.compiled.bans(i):
            if ban.first <= gap <= ban.last:
                yield self._ban(name, gap, ban)

    def _ban(self, name: str, gap: int, ban: Ban) -> Refusal:
        if ban.distance is None:
            return Refusal(ban.code, name, gap, against=ban.against or None)
        above, below = sorted((gap, ban.edge))
        required, actual, unit = self.compiled.measures.shortfall(ban.distance, above, below)
        return Refusal(ban.code, name, gap, required, actual, unit, ban.against or None)

    def _beside(self, i: int, gap: int) -> Iterator[Refusal]:
        """Reasons that lie in the slots placed: nearness, and the share of the section."""
        problem, name = self.compiled.problem, self.tasks[i].name
        for placement in self.placements:
            other = self.index.get(placement.rule)
            at = 0 if placement.anchor == AFTER_LEAD and placement.gap is None else placement.gap
            if other is None or at is None or fits(problem, (other, at), (i, gap)):
                continue
            yield from self._near(i, gap, other, at, placement.id)
        share = self.tasks[i].per_section
        section = problem.section[gap] if gap < len(problem.section) else -1
        used = sum(problem.section[g] == section for g in self.done[i][0])
        if share is not None and used >= share:
            yield Refusal("section", name, gap, share, used, "slots", against=f"section {section}")

    def _near(self, i: int, gap: int, other: int, at: int, against: str) -> Iterator[Refusal]:
        """The distances that a slot at *gap* would miss to the one of task *other* at *at*."""
        name, measures = self.tasks[i].name, self.compiled.measures
        if gap == at:
            yield Refusal("adjacent", name, gap, 1, 1, "slots", against=against)
        if self.compiled.problem.exempt in (gap, at):
            return
        pair = (other, i) if at <= gap else (i, other)
        above, below = sorted((gap, at))
        for code, distance in self.compiled.demands.clear[pair]:
            if not measures.holds(distance, above, below):
                required, actual, unit = measures.shortfall(distance, above, below)
                yield Refusal(code, name, gap, required, actual, unit, against=against)

    def _full(self, i: int, gap: int) -> Iterator[Refusal]:
        """Reasons that lie in counts: the rule's own, the articles there are for teasers, the page's limits."""
        task, most = self.tasks[i], self.compiled.rules[i].max
        used = sum(map(len, self.done[i]))
        if used >= most:
            yield Refusal("max", task.name, gap, most, used, "slots")
        for limit in task.groups:
            name, value = self.compiled.demands.limits[limit]
            if room(self.compiled.problem, limit, self.done) > 0:
                continue
            if name == ITEMS:
                yield Refusal("no-item", task.name, gap, self.compiled.items + 1, self.compiled.items, "articles")
            else:
                there = value - room(self.compiled.problem, limit, self.done)
                yield Refusal("limit", task.name, gap, value, there, "slots", name)
