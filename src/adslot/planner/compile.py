"""From an article and a policy to a `Model`: integers for the solver.

What stands fixed becomes each rule's candidates (`closed`, `places`), its anchors become seats and values of
these (`seats`, `levels`). What two slots demand of each other becomes a table: for a slot of one rule at gap g, the
first gap where one of another rule may follow.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from adslot.article.outline import Outline
from adslot.kept import lazy
from adslot.planner.anchors import PagePlace, leads_outside, pages_of
from adslot.planner.closed import Closed
from adslot.planner.constraints import ITEMS, Constraints, MinDistance, constraints_of, falls_under
from adslot.planner.fixed import FixedThings
from adslot.planner.growing import growths_of
from adslot.planner.measures import Measures
from adslot.planner.places import Places
from adslot.planner.sections import sections_of, shares_of
from adslot.planner.solver.problem import OWN, Choice, Inventory, Model, Option, Task
from adslot.policy.declarations import MOST_SLOTS, Rule
from adslot.policy.policy import Policy
from adslot.related.ranking import Ranked
from adslot.related.relevance import Scored
from adslot.roles import GROUPS, SLOT_ROLES

# Which constraints, by their number, and whether one gap has room for one slot only.
Demand = tuple[int, bool]
_EVEN = ("even", "section-end")


class Compiled:
    """An article under a policy, in the solver's terms and back.

    *items* is how many articles there are for teasers; *scores* has how relevant each of them is to each
    section, and last to the story as a whole. Rules that can place nothing are left out of the problem's
    pairs, unless it must be *complete*. What does not depend on which gaps are safe is taken from an
    *earlier* one of the same article and policy.
    """

    # A policy serves many articles: what follows from it alone is kept.
    _known: Callable[[Policy], Constraints] = staticmethod(constraints_of)

    def __init__(
        self,
        article: Outline,
        policy: Policy,
        items: int,
        *,
        scores: Scored | None = None,
        complete: bool = False,
        earlier: Compiled | None = None,
    ) -> None:
        self.article, self.policy, self.items, self.complete = article, policy, items, complete
        self.scores = scores
        self.constraints = self._known(policy)
        self.rules, self.slots = self.constraints.rules, self.constraints.slots
        self.measures: Measures = (
            Measures(article.blocks, policy.article.sizes) if earlier is None else earlier.measures
        )
        self.things = FixedThings(article, policy, self.measures, items)
        self.closed = Closed(self.constraints, self.things)
        self.last = self.things.last
        self.places: Places = Places(self.closed, None if earlier is None else earlier.places)
        self.below = self.places.below
        self._pages: dict[int, list[PagePlace]] = {}

    def pages(self, i: int) -> list[PagePlace]:
        """The safe places outside the story that rule *i* may use."""
        if i not in self._pages:
            found = pages_of(self.article, self.rules[i]) if self.rules[i].at else []
            self._pages[i] = [page for page in found if page.place.unsafe is None]
        return self._pages[i]

    @lazy
    def problem(self) -> Model:
        """What the solver is given."""
        tasks = tuple(map(self._task, range(len(self.rules))))
        wanted = [i for i, task in enumerate(tasks) if task.most or self.complete]
        demands, ends = self.constraints.demands, any(self.constraints.ends)
        which = {(r, s): (demands[r, s], self.own_apart(r, s) if ends else None) for r in wanted for s in wanted}
        rows: dict[Demand, tuple[int, ...]] = {}
        reaches = {key: self._reach(rows, *key) for key in set(which.values())}
        position, section = self.measures.before("chars"), sections_of(self.article, is_lead=self._is_lead(tasks))
        return Model(
            tasks=tasks,
            position=(*position, *position[-1:]),
            section=section,
            reach={pair: reaches[key] for pair, key in which.items()},
            sharing=self.constraints.sharing,
            exempt=self.below,
            room=self._room if self.constraints.limits else (),
            growths=growths_of(self.constraints, self.things, wanted) if self.constraints.grows else (),
            shares=shares_of(self.constraints, self.things, section),
            inventory=self.inventory if any(task.weight for task in tasks) or self._standing() else None,
        )

    @lazy
    def inventory(self) -> Inventory | None:
        """The articles, where it matters which slot shows one, and which: not if none is relevant anywhere, and none has to be."""
        rows = self.scores.rows if self.scores is not None else ()
        zones = {row: zone for zone, row in enumerate(dict.fromkeys(rows))}
        if not any(row[row.best(1)[0]] for row in zones) and not (
            rows and any(rule.min_relevance for rule in self.rules)
        ):
            return None
        at = [zones[rows[section]] for section in self.article.section_at]
        whole = zones[rows[-1]]
        if at:  # at its ends a teaser is one to the whole story
            at[0] = at[-1] = whole
        return Inventory(tuple(zones), (*at, whole, whole), tuple(at[gap] for gap in self._standing()))

    def _standing(self) -> list[int]:
        """The gaps of editors' teasers."""
        return [gap for slot, gap in self.things.standing if slot.shows_articles]

    def relevance(self, gap: int | None, item: int) -> int | None:
        """How relevant an article is at *gap*, or outside the story, in permille; None where nobody asked."""
        row = self._row_at(gap)
        return None if row is None else row[item]

    def suited(self, gap: int | None, count: int, *, without: Collection[int] = (), least: int = 0) -> Sequence[int]:
        """The *count* articles that are the most relevant at *gap*, or outside the story, *without* some and those that are less than *least*."""
        row, most = self._row_at(gap), min(count + len(without), self.items)
        best: Iterable[int] = range(most) if row is None else row.best(most)
        found = [item for item in best if item not in without and (0 if row is None else row[item]) >= least]
        return found[:count]

    def _row_at(self, gap: int | None) -> Ranked | None:
        """How relevant articles are at *gap*; none where nobody asked."""
        if self.scores is None or not self.scores.is_known:
            return None
        inside = gap is not None and 0 < gap < self.last
        return self.scores.rows[self.article.section_at[gap] if inside and gap is not None else -1]

    # ------------------------------------------------------------------------------------------- tasks

    def _task(self, i: int) -> Task:
        rule = self.rules[i]
        most = self.most(i)
        allowed = self.places.allowed(i) if most else []
        candidates = (
            tuple(gap for gap in allowed if not self.is_unsafe(i, gap)) if self.article.refused else tuple(allowed)
        )
        position = self.measures.before("chars")
        seats, values = self._worths(i, candidates, most)
        return self._task_of(
            i,
            priority=rule.priority,
            most=most,
            candidates=candidates,
            values=values,
            least=min(rule.min, most),
            pages=self._page_ranks(i) if most and rule.at else (),
            seats=seats,
            even=rule.prefer in _EVEN,
            span=(position[min(allowed[0], self.last)], position[min(allowed[-1], self.last)]) if allowed else (0, 0),
        )

    def _task_of(self, i: int, *, most: int, **chosen: Any) -> Task:
        """The task of rule *i* with the fields of `Task` that are *chosen*, and those that are the same wherever its slots stand."""
        rule = self.rules[i]
        return Task(
            name=rule.name,
            most=most,
            # A share that no rule can use up is none: the solver makes room for all of it.
            per_section=None if (rule.per_section or 0) > MOST_SLOTS else rule.per_section,
            uses=self.constraints.uses[i],
            weight=self._weight(i) if most else 0,
            stands_in=self.constraints.stands_in[i],
            floor=rule.min_relevance,
            **chosen,
        )

    def _page_ranks(self, i: int) -> tuple[int, ...]:
        """What the places outside the story are worth to rule *i*, by their rank."""
        return tuple(-page.rank * self.places.levels.rank for page in self.pages(i))

    def _weight(self, i: int) -> int:
        """What a permille of relevance weighs; nothing where it does not matter."""
        if self.scores is None or not self.slots[i].shows_articles or self.inventory is None:
            return 0
        return self.places.levels.relevance

    def most(self, i: int) -> int:
        """How many slots rule *i* may place at the most, as far as the article's size and what there is to show go."""
        return 0 if self.slots[i].shows_articles and not self.items else self.most_of(i)

    def most_of(self, i: int) -> int:
        """How many slots rule *i* may place at the most, as far as the article's size goes."""
        rule = self.rules[i]
        bars = (
            self.article.none,
            self.article.unread,
            self.is_too_short(rule),
            self.is_too_long(rule),
            self.replaced(i),
        )
        if any(bars):
            return 0
        return rule.max if rule.rate is None else min(rule.max, self.rated(rule))

    def replaced(self, i: int) -> list[str]:
        """The editors' slots that stand, of rules that rule *i* stands in for."""
        wanted = {self.rules[other].slot for other in self.constraints.stands_in[i]}
        return [slot.name for slot, _ in self.things.standing if slot.name in wanted]

    def is_too_short(self, rule: Rule) -> bool:
        """Whether the article is smaller than the rule asks for."""
        return rule.min_article is not None and not self.measures.holds(rule.min_article, 0, max(self.last, 0))

    def is_too_long(self, rule: Rule) -> bool:
        """Whether the article is larger than the rule asks for."""
        return rule.max_article is not None and not self.measures.is_within(rule.max_article, 0, max(self.last, 0))

    def rated(self, rule: Rule) -> int:
        """How many slots the rate of *rule* gives this article."""
        if rule.rate is None:
            return rule.max
        return rule.rate.most(self.measures.before(rule.rate.per.unit)[-1])

    def is_unsafe(self, i: int, gap: int) -> bool:
        """Whether *gap* is known to be unsafe for rule *i*; of the first one its ways tell."""
        return min(gap, self.last) in self.article.refused and not (gap == 0 and self.rules[i].at)

    def _worths(
        self, i: int, gaps: Sequence[int], most: int
    ) -> tuple[tuple[tuple[Option, ...], ...] | None, tuple[int, ...]]:
        """The seats of *gaps*, and what each is worth besides; a rule with one slot, or with a seat for each gap, needs no choice."""
        liked = self._liked(i, gaps)
        if not self.rules[i].names_places:
            return None, tuple(liked)
        of, ways = self.places.levels.of, self.places.ways(i)
        if most <= 1 or all(len(ways[gap]) == 1 and ways[gap][0].seat == OWN for gap in gaps):
            return None, tuple(like + max(map(of, ways[gap])) for gap, like in zip(gaps, liked, strict=True))
        return self.places.options(i, gaps), tuple(liked)

    def _liked(self, i: int, gaps: Sequence[int]) -> Sequence[int]:
        """What rule *i* prefers among *gaps*."""
        prefer = self.rules[i].prefer
        if prefer == "late":
            return [min(gap, self.last) for gap in gaps]
        if prefer == "section-end":
            return [int(self._ends_section(gap)) for gap in gaps]
        return (0,) * len(gaps)

    def _ends_section(self, gap: int) -> bool:
        return gap >= self.last or self.article.blocks[gap].role in GROUPS["headings"]

    # ------------------------------------------------------------------------------------------- pairs

    def own_apart(self, r: int, s: int) -> MinDistance | None:
        """What a slot of rule *s* below the story keeps from those of rule *r*: its own distance, no other."""
        is_kind = self.slots[r].kind == self.slots[s].kind
        return self.constraints.aparts[s] if is_kind and self.constraints.ends[s] else None

    def _reach(self, rows: dict[Demand, tuple[int, ...]], demand: Demand, own: MinDistance | None) -> tuple[int, ...]:
        """For each gap the first one below it that keeps what is demanded, and below the story its *own*."""
        if demand not in rows:
            rows[demand] = self._row(self.constraints.distinct[demand[0]], least=int(demand[1]))
        if own is None:
            return rows[demand]
        ends = self.things.clearance(own).reach
        return tuple(
            first if first <= self.last or end <= self.last else self.below + 1
            for first, end in zip(rows[demand], ends, strict=False)  # an article without blocks has no gap, but a size
        )

    def _row(self, constraints: tuple[MinDistance, ...], *, least: int) -> tuple[int, ...]:
        """For each gap the first one below it, by *least* gaps, that keeps all *constraints*."""
        count = self.last + 1
        columns = [
            range(least, count + least),
            *(self.things.clearance(constraint).reach for constraint in constraints),
        ]
        return tuple(map(max, *columns)) if len(columns) > 1 else tuple(columns[0])

    @property
    def _room(self) -> tuple[int, ...]:
        """What existing and editors' slots leave of each limit."""
        counts = self.policy.article.counts_existing
        there = [block.role for block in self.article.blocks if counts and block.role in SLOT_ROLES]
        room = []
        for name, limit in self.constraints.limits:
            value = self.items if name == ITEMS else limit
            existing = sum(name in ("slots", role) for role in there)
            room.append(value - existing - sum(falls_under(slot, name) for slot, _ in self.things.standing))
        return tuple(room)

    def _is_lead(self, tasks: Sequence[Task]) -> bool:
        """Whether all slots that may stand in the first gap stand after a lead above the body."""
        ways = [
            (i, way) for i, task in enumerate(tasks) if task.candidates[:1] == (0,) for way in self.places.ways(i)[0]
        ]
        return bool(ways) and all(leads_outside(self.article, self.rules[i], way.rank) for i, way in ways)

    # -------------------------------------------------------------------------------------------- back

    def gaps_of(self, choice: Choice) -> set[int]:
        """The gaps of the story that *choice* writes slots in."""
        found = {min(gap, self.last) for gaps in choice.gaps for gap in gaps if gap}
        at_start = any(
            0 in gaps and not self.places.is_outside(i, self.places.served(i, gaps))
            for i, gaps in enumerate(choice.gaps)
        )
        return found | {0} if at_start else found
