"""From an article and a policy to a `Problem`: integers for the solver.

What stands fixed becomes each rule's candidates (`_bans`). What two slots demand of each other
becomes a table: for a slot of one rule at gap g, the first gap where one of another rule may follow.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from adslot._anchors import Page, leads_outside, pages_of, ranks_of
from adslot._bans import Ban, Fixed, limits_of
from adslot._solve import Choice, Problem, Task
from adslot.article import Outline
from adslot.distance import Distance
from adslot.measure import Measures
from adslot.policy import Policy, Slot, Spacing
from adslot.roles import SLOT_ROLES

Pair = tuple[int, int]
# The limit that the number of articles sets to teasers.
ITEMS = "items"


class Demands:
    """What a policy demands whatever the article: the part of compiling that is done once.

    *rules* and *slots* are in the solver's order: by priority, then declaration. *clear* has for
    every pair of rules, upper and lower, the distances between their slots, each with its code.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        order = sorted(range(len(policy.rules)), key=lambda index: (policy.rules[index].priority, index))
        self.rules = [policy.rules[index] for index in order]
        self.slots = [policy.slot(rule.slot) for rule in self.rules]
        self.limits = [*limits_of(policy), (ITEMS, 0)]
        count = range(len(self.rules))
        self.clear = {(r, s): self._needed(r, s) for r in count for s in count}
        self.distances = {pair: tuple(distance for _, distance in needed) for pair, needed in self.clear.items()}
        self.sharing = frozenset((r, s) for r, s in self.clear if r != s and self._may_share(r, s))

    def _needed(self, r: int, s: int) -> list[tuple[str, Distance]]:
        above, below = self.slots[r].kind, self.slots[s].kind
        found: dict[tuple[str, Distance], None] = {}
        for rule in (self.rules[r], self.rules[s]) if above == below else ():
            if rule.apart is not None:
                found["apart", rule.apart] = None
        for spacing in self.policy.spacing:
            if _parts(spacing, above, below):
                found["spacing", spacing.min] = None
        return list(found)

    def _may_share(self, r: int, s: int) -> bool:
        """Whether two rules may use one gap: stacked ones, and without the guard all that nothing parts."""
        if self.rules[r].stack and self.rules[s].stack:
            return True
        return not self.policy.guards.adjacent and not self.clear[r, s] and not self.clear[s, r]

    def limits_on(self, i: int) -> tuple[int, ...]:
        """The limits that count the slots of rule *i*."""
        return tuple(index for index, (name, _) in enumerate(self.limits) if _falls_under(self.slots[i], name))


@lru_cache(maxsize=256)
def demands_of(policy: Policy) -> Demands:
    """The demands of *policy*, kept: a policy serves many articles."""
    return Demands(policy)


class Compiled:
    """An article under a policy, in the solver's terms and back.

    *items* is how many articles there are for teasers. Rules that can place nothing are left out of
    the problem's pairs, unless it must be *complete*.
    """

    def __init__(self, article: Outline, policy: Policy, items: int, *, complete: bool = False) -> None:
        self.article, self.policy, self.items, self.complete = article, policy, items, complete
        self.demands = demands_of(policy)
        self.rules, self.slots = self.demands.rules, self.demands.slots
        self.measures = Measures(article.blocks)
        self.fixed = Fixed(article, policy, self.measures, items)
        self._bans: dict[int, list[Ban]] = {}

    @cached_property
    def ranks(self) -> list[dict[int, int]]:
        """For each rule the gaps that its anchors lead to, and the rank of the anchor."""
        return [ranks_of(self.article, rule) for rule in self.rules]

    @cached_property
    def pages(self) -> list[list[Page]]:
        """For each rule its places outside the story."""
        return [pages_of(self.article, rule) for rule in self.rules]

    def bans(self, i: int) -> list[Ban]:
        """What closes gaps to rule *i*, of all that stands fixed."""
        if i not in self._bans:
            self._bans[i] = self.fixed.bans(self.rules[i], self.slots[i], self.ranks[i])
        return self._bans[i]

    @cached_property
    def problem(self) -> Problem:
        """What the solver is given."""
        tasks = tuple(self._task(i) for i in range(len(self.rules)))
        wanted = [i for i, task in enumerate(tasks) if task.most or self.complete]
        distinct = dict.fromkeys(self.demands.distances[r, s] for r in wanted for s in wanted)
        reaches = {distances: self._reach(distances) for distances in distinct}
        return Problem(
            tasks,
            position=self.measures.before("chars"),
            section=tuple(self.article.section_at),
            reach={(r, s): reaches[self.demands.distances[r, s]] for r in wanted for s in wanted},
            sharing=self.demands.sharing,
            exempt=self.fixed.last,
            room=self._room,
        )

    def _task(self, i: int) -> Task:
        rule, slot = self.rules[i], self.slots[i]
        idle = self.article.none or (slot.kind == "teaser" and not self.items)
        most = 0 if idle else rule.max
        allowed = self._candidates(i) if most else ()
        candidates = tuple(g for g in allowed if not self.fixed.is_refused(rule, self.ranks[i], g))
        position = self.measures.before("chars")
        return Task(
            rule.name,
            rule.priority,
            most,
            candidates,
            (position[allowed[0]], position[allowed[-1]]) if allowed else (0, 0),
            tuple(self.ranks[i][gap] for gap in candidates),
            tuple(page.rank for page in self.pages[i] if page.place.unsafe is None),
            rule.per_section,
            rule.prefer == "even",
            self.demands.limits_on(i),
        )

    def _candidates(self, i: int) -> tuple[int, ...]:
        """The gaps that rule *i* may use as far as fixed things go."""
        free = bytearray(b"\1") * len(self.article.section_at)
        for ban in self.bans(i):
            free[ban.first : ban.last + 1] = bytes(ban.last + 1 - ban.first)
        return tuple(gap for gap in sorted(self.ranks[i]) if free[gap])

    def _reach(self, distances: tuple[Distance, ...]) -> tuple[int, ...]:
        """For each gap the first one below it that keeps all *distances*."""
        least = 1 if self.policy.guards.adjacent else 0
        count = len(self.article.section_at)
        columns = [range(least, count + least), *(self.measures.reach(distance) for distance in distances)]
        return tuple(map(max, *columns)) if len(columns) > 1 else tuple(columns[0])

    def gaps_of(self, choice: Choice) -> set[int]:
        """The gaps of the story that *choice* writes slots in."""
        return {
            gap
            for task, rule, gaps in zip(self.problem.tasks, self.rules, choice.gaps, strict=True)
            for gap in gaps
            if gap or not leads_outside(self.article, rule, task.ranks[task.candidates.index(gap)])
        }

    @property
    def _room(self) -> tuple[int, ...]:
        """What existing and editors' slots leave of each limit."""
        room = []
        for name, limit in self.demands.limits:
            value = self.items if name == ITEMS else limit
            there = sum(b.role in SLOT_ROLES and name in ("slots", b.role) for b in self.article.blocks)
            room.append(value - there - sum(_falls_under(slot, name) for slot, _ in self.fixed.standing))
        return tuple(room)


def _parts(spacing: Spacing, above: str, below: str) -> bool:
    """Whether *spacing* parts a slot of kind *above* from one of kind *below* that stands below it."""
    upper, lower = {term.name for term in spacing.above}, {term.name for term in spacing.below}
    return (above in upper and below in lower) or (spacing.either and above in lower and below in upper)


def _falls_under(slot: Slot, limit: str) -> bool:
    return limit in ("slots", slot.kind) or (limit == ITEMS and slot.kind == "teaser")
