"""The plan: where slots go, and for every other gap and rule the reasons why not.

Reasons are worked out when they are asked for, from the article and the policy that the plan keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from adslot._anchors import leads_outside
from adslot._bans import Ban
from adslot._compile import Compiled
from adslot._solve import Choice, Done, fits, room, solve
from adslot.article import ID_PREFIX, Article
from adslot.errors import AdslotError
from adslot.policy import Policy
from adslot.related import Related, usable

MANUAL_RULE = "here"


@attrs.frozen
class Placement:
    """A slot put in a gap.

    *gap* is the index of the gap, None for a place outside the story. *offset* is where in the input
    the markup goes (code points for `str`, bytes for `bytes`, None at the tree door). *stack* counts
    the slots above it at the same place.
    """

    rule: str
    slot: str
    id: str
    gap: int | None
    offset: int | None
    stack: int = 0
    item: Related | None = None
    anchor: str | None = None


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


@attrs.frozen
class Plan:
    """Placements in document order, and on demand the refusals.

    *status* is "optimal" if no legal plan is better, proved; else "bounded". *warnings* are sentences.
    """

    placements: tuple[Placement, ...]
    status: str
    warnings: tuple[str, ...]
    article: Article = attrs.field(repr=False)
    policy: Policy = attrs.field(repr=False)
    items: tuple[Related, ...] = attrs.field(default=(), repr=False)

    def explain(self, *, rule: str | None = None, gap: int | None = None) -> tuple[Refusal, ...]:
        """Every reason why a rule does not use a gap; of all rules and all gaps, or of the ones named.

        A gap that the rule uses has none. Raises LookupError for a rule or gap that does not exist.
        """
        known = [r.name for r in self.policy.rules]
        if rule is not None and rule not in known:
            msg = f"no rule {rule!r} in the policy, but {', '.join(known) or 'none at all'}"
            raise UnknownNameError(msg)
        if gap is not None and not 0 <= gap < len(self.article.gaps):
            msg = f"no gap {gap}: the article has {len(self.article.gaps)}"
            raise UnknownNameError(msg)
        return tuple(self._explainer.refusals(rule, gap))

    @cached_property
    def _explainer(self) -> _Explainer:
        return _Explainer(self)


class UnknownNameError(AdslotError, LookupError):
    """A question names a rule or a gap that does not exist."""


def make_plan(article: Article, policy: Policy, related: Sequence[Related] = (), warnings: Sequence[str] = ()) -> Plan:
    """The best plan for *article* under *policy*; teasers show *related* in the order given."""
    items = usable(related)
    compiled = Compiled(article, policy, len(items))
    choice = solve(compiled.problem)
    placements = _number(_placed(compiled, choice), items, article.ids)
    status = "optimal" if choice.optimal else "bounded"
    return Plan(tuple(placements), status, (*warnings, *_warnings(compiled)), article, policy, items)


def _warnings(compiled: Compiled) -> Iterator[str]:
    known = {slot.name for slot in compiled.policy.slots}
    for manual in compiled.article.manual:
        if manual.name not in known:
            yield f"an editor's marker asks for the slot {manual.name!r}, which the policy does not have"


@attrs.frozen
class _Put:
    """A placement before it is numbered; sorts in document order."""

    where: int
    order: int
    rule: str
    slot: str
    kind: str
    gap: int | None
    offset: int | None
    anchor: str | None


def _placed(compiled: Compiled, choice: Choice) -> list[_Put]:
    """All placements in document order; within a stack by priority, then declaration."""
    article, found = compiled.article, []
    for slot, gap in compiled.fixed.standing:
        place = article.gaps[gap].slot_offset
        found.append(_Put(_where(place, gap), -1, MANUAL_RULE, slot.name, slot.kind, gap, place, None))
    for order, (rule, slot) in enumerate(zip(compiled.rules, compiled.slots, strict=True)):
        task = compiled.problem.tasks[order]
        for gap in choice.gaps[order]:
            rank = task.ranks[task.candidates.index(gap)]
            if gap == 0 and leads_outside(article, rule, rank):
                place = article.lead_outside.offset if article.lead_outside else None
                found.append(_Put(_where(place, 0), order, rule.name, slot.name, slot.kind, None, place, "after lead"))
            else:
                place = article.gaps[gap].slot_offset
                anchor = str(rule.at[rank]) if rule.at else None
                found.append(_Put(_where(place, gap), order, rule.name, slot.name, slot.kind, gap, place, anchor))
        for page in compiled.pages[order]:
            if page.rank in choice.pages[order]:
                place = page.place.offset
                found.append(_Put(_where(place, -1), order, rule.name, slot.name, slot.kind, None, place, page.anchor))
    return sorted(found, key=lambda put: (put.where, put.order))


def _where(offset: int | None, gap: int) -> int:
    return gap if offset is None else offset


def _number(puts: Sequence[_Put], items: Sequence[Related], taken: frozenset[str]) -> Iterator[Placement]:
    """Ids in document order, items to teasers in the order given, places in stacks."""
    counts: dict[str, int] = {}
    waiting = iter(items)
    last: tuple[int, int | None] | None = None
    stack = 0
    for put in puts:
        counts[put.rule] = counts.get(put.rule, 0) + 1
        stack = stack + 1 if last == (put.where, put.gap) else 0
        last = (put.where, put.gap)
        item = next(waiting, None) if put.kind == "teaser" else None
        name = _unused(f"{ID_PREFIX}{put.rule}-{counts[put.rule]}", taken)
        yield Placement(put.rule, put.slot, name, put.gap, put.offset, stack, item, put.anchor)


def _unused(name: str, taken: frozenset[str]) -> str:
    """*name*, made longer until the page has no such id: it must be unique."""
    while name in taken:
        name += "-slot"
    return name


class _Explainer:
    """Answers why not, for one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.compiled = Compiled(plan.article, plan.policy, len(plan.items), complete=True)
        self.tasks = self.compiled.problem.tasks
        self.index = {task.name: i for i, task in enumerate(self.tasks)}

    @cached_property
    def done(self) -> Done:
        """The plan's slots per task, in the solver's terms."""
        gaps: dict[int, list[int]] = {i: [] for i in range(len(self.tasks))}
        pages: dict[int, list[int]] = {i: [] for i in range(len(self.tasks))}
        for placement in self.plan.placements:
            if placement.rule not in self.index:
                continue
            i = self.index[placement.rule]
            if placement.gap is not None:
                gaps[i].append(placement.gap)
            elif placement.anchor == "after lead":
                gaps[i].append(0)
            else:
                pages[i].append(0)
        return {i: (tuple(gaps[i]), tuple(pages[i])) for i in gaps}

    def refusals(self, rule: str | None, gap: int | None) -> Iterator[Refusal]:
        for i, task in enumerate(self.tasks):
            if rule in (None, task.name):
                for each in self.plan.article.gaps:
                    if gap in (None, each.index) and each.index not in self.done[i][0]:
                        yield from self._of(i, each.index)

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
        for placement in self.plan.placements:
            other = self.index.get(placement.rule)
            at = 0 if placement.anchor == "after lead" and placement.gap is None else placement.gap
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
        """Reasons that lie in counts: the rule's own, the teasers there are, the page's limits."""
        task, rule = self.tasks[i], self.compiled.rules[i]
        used = sum(map(len, self.done[i]))
        if used >= rule.max:
            yield Refusal("max", task.name, gap, rule.max, used, "slots")
        elif self.compiled.slots[i].kind == "teaser" and used >= len(self.plan.items):
            yield Refusal("no-item", task.name, gap, used + 1, len(self.plan.items), "items")
        for limit in task.groups:
            if room(self.compiled.problem, limit, self.done) <= 0:
                yield Refusal("limit", task.name, gap, against=self.compiled.demands.limits[limit][0])
