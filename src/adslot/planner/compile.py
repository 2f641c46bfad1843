"""From an article and a policy to a `Model`: integers for the solver.

What stands fixed becomes each rule's candidates (`closed`), its anchors become values of these
(`anchors`). What two slots demand of each other becomes a table: for a slot of one rule at gap g, the
first gap where one of another rule may follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress

from adslot.article.outline import Outline
from adslot.kept import lazy
from adslot.planner.anchors import PagePlace, Spot, leads_outside, pages_of, spots_of
from adslot.planner.closed import Closed
from adslot.planner.constraints import ITEMS, MinDistance, constraints_of, falls_under
from adslot.planner.fixed import FixedThings
from adslot.planner.growing import growths_of
from adslot.planner.measures import Measures
from adslot.planner.solver.problem import Choice, Inventory, Model, Task
from adslot.policy.declarations import Rule
from adslot.policy.policy import Policy
from adslot.policy.problems import MOST_SLOTS
from adslot.related.relevance import PERMILLE, Scored
from adslot.roles import GROUPS, SLOT_ROLES

_EVEN = ("even", "section-end")


class Compiled:
    """An article under a policy, in the solver's terms and back.

    *items* is how many articles there are for teasers; *scores* has how relevant each of them is to each
    section, and last to the story as a whole. Rules that can place nothing are left out of the problem's
    pairs, unless it must be *complete*. What does not depend on which gaps are safe is taken from an
    *earlier* one of the same article and policy.
    """

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
        self.constraints = constraints_of(policy)
        self.rules, self.slots = self.constraints.rules, self.constraints.slots
        self.measures: Measures = Measures(article.blocks) if earlier is None else earlier.measures
        self.things = FixedThings(article, policy, self.measures, items)
        self.closed = Closed(self.constraints, self.things)
        self.last = self.things.last
        self.known_spots: dict[int, Mapping[int, Spot]] = {} if earlier is None else earlier.known_spots
        self._pages: dict[int, list[PagePlace]] = {}

    def spots(self, i: int) -> Mapping[int, Spot]:
        """The gaps that the anchors of rule *i* lead to; none for a rule without anchors."""
        if i not in self.known_spots:
            self.known_spots[i] = spots_of(self.article, self.measures, self.rules[i])
        return self.known_spots[i]

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
        which = {(r, s): self.constraints.which[r, s] for r in wanted for s in wanted}
        reaches = {number: self._reach(self.constraints.distinct[number]) for number in set(which.values())}
        return Model(
            tasks=tasks,
            position=self.measures.before("chars"),
            section=tuple(self.article.section_at),
            reach={pair: reaches[number] for pair, number in which.items()},
            sharing=self.constraints.sharing,
            exempt=self.last,
            room=self._room if self.constraints.limits else (),
            growths=growths_of(self.constraints, self.things, wanted) if self.constraints.grows else (),
            inventory=self.inventory if any(task.weight for task in tasks) or self._standing() else None,
        )

    @lazy
    def inventory(self) -> Inventory | None:
        """The articles, where it matters which slot shows which: not all of them are equally relevant everywhere."""
        rows = self.scores.rows if self.scores is not None else ()
        zones = {row: zone for zone, row in enumerate(dict.fromkeys(rows))}
        matters = len(zones) > 1 or len(set(rows[0] if rows else ())) > 1
        if not matters and not (rows and any(rule.min_relevance for rule in self.rules)):
            return None
        at = [zones[rows[section]] for section in self.article.section_at]
        if at:  # at its ends a teaser is one to the whole story
            at[0] = at[-1] = zones[rows[-1]]
        return Inventory(tuple(zones), (*at, zones[rows[-1]]), tuple(at[gap] for gap in self._standing()))

    def _standing(self) -> list[int]:
        """The gaps of editors' teasers."""
        return [gap for slot, gap in self.things.standing if slot.shows_articles]

    def relevance(self, gap: int | None, item: int) -> int | None:
        """How relevant an article is at *gap*, or outside the story, in permille; None where nobody asked."""
        if self.scores is None or not self.scores.is_known:
            return None
        inside = gap is not None and 0 < gap < self.last
        return self.scores.rows[self.article.section_at[gap] if inside and gap is not None else -1][item]

    # ------------------------------------------------------------------------------------------- tasks

    def _task(self, i: int) -> Task:
        rule = self.rules[i]
        most = self.most(i)
        allowed = self.allowed(i) if most else []
        if self.article.refused or rule.at:
            candidates = tuple(gap for gap in allowed if not self.is_unsafe(i, gap))
        else:
            candidates = tuple(allowed)
        position = self.measures.before("chars")
        return Task(
            name=rule.name,
            priority=rule.priority,
            most=most,
            candidates=candidates,
            values=self._values(i, candidates),
            least=min(rule.min, most),
            pages=tuple(-page.rank * self._scale(i) for page in self.pages(i)) if most and rule.at else (),
            # A share that no rule can use up is none: the solver makes room for all of it.
            per_section=None if (rule.per_section or 0) > MOST_SLOTS else rule.per_section,
            cells=self._cells(i, candidates),
            even=rule.prefer in _EVEN,
            span=(position[allowed[0]], position[allowed[-1]]) if allowed else (0, 0),
            uses=self.constraints.uses[i],
            weight=self._weight(i) if most else 0,
            floor=rule.min_relevance,
        )

    def _weight(self, i: int) -> int:
        """What a permille of relevance weighs: more than all that the rule prefers; nothing where it does not matter."""
        if self.scores is None or not self.slots[i].shows_articles or self.inventory is None:
            return 0
        return 1 if self.rules[i].prefer in ("even", "early") else MOST_SLOTS * (self.last + 1)

    def most(self, i: int) -> int:
        """How many slots rule *i* may place at the most, as far as the article's size goes."""
        rule = self.rules[i]
        if (
            self.article.none
            or self.article.unread
            or (self.slots[i].shows_articles and not self.items)
            or self.is_too_short(rule)
        ):
            return 0
        return rule.max if rule.rate is None else min(rule.max, self.rated(rule))

    def is_too_short(self, rule: Rule) -> bool:
        """Whether the article is smaller than the rule asks for."""
        return rule.min_article is not None and not self.measures.holds(rule.min_article, 0, max(self.last, 0))

    def rated(self, rule: Rule) -> int:
        """How many slots the rate of *rule* gives this article."""
        if rule.rate is None:
            return rule.max
        return rule.rate.most(self.measures.before(rule.rate.per.unit)[-1])

    def allowed(self, i: int) -> list[int]:
        """The gaps that rule *i* may use as far as fixed things go, safe or not."""
        count, rule = self.last + 1, self.rules[i]
        if rule.at:
            usable = bytearray(count)
            for gap in self.spots(i):
                usable[gap] = 1
        else:
            usable = bytearray(b"\1" * count)
            usable[:1] = usable[-1:] = b"\0" * min(count, 1)
        free = int.from_bytes(usable, "little") & ~self.closed.mask(i)
        if self.is_outside(i, 0) and not self.article.none:  # that place is elsewhere: nothing bars it
            free |= 1
        usable = bytearray(free.to_bytes(count, "little"))
        if count and (not rule.at or any(usable[:-1])):  # a slot at the end keeps no distances
            done = 0
            for first, last in sorted((first, last) for _, first, last, *_ in self.closed.ranges(i)):
                if last >= done:
                    usable[max(first, done) : last + 1] = bytes(last + 1 - max(first, done))
                    done = last + 1
        return list(compress(range(count), usable))

    def is_unsafe(self, i: int, gap: int) -> bool:
        """Whether *gap* is known to be unsafe for rule *i*."""
        spot = self.spots(i).get(gap) if self.rules[i].at else None
        return self.closed.is_unsafe(self.rules[i], gap, spot.rank if spot else 0)

    def _values(self, i: int, gaps: Sequence[int]) -> tuple[int, ...]:
        """What each of *gaps* is worth to rule *i*: anchors first, earlier and nearer ones; then what it prefers."""
        rule = self.rules[i]
        liked: Sequence[int] = (0,) * len(gaps)
        if rule.prefer == "late":
            liked = gaps
        elif rule.prefer == "section-end":
            liked = [int(self._ends_section(gap)) for gap in gaps]
        if not rule.at:
            return tuple(liked)
        spots, steps, scale = self.spots(i), self._steps(i), self._scale(i)
        return tuple(
            like - spots[gap].rank * scale - spots[gap].moved * steps for gap, like in zip(gaps, liked, strict=True)
        )

    def _steps(self, i: int) -> int:
        """What one unit of moving weighs: more than all that rule *i* prefers, and than all relevance."""
        least = 1 if self.rules[i].prefer in ("even", "early") else MOST_SLOTS * (self.last + 1)
        return least + MOST_SLOTS * PERMILLE * self._weight(i)

    def _scale(self, i: int) -> int:
        """What one rank of anchors weighs: more than all ways that slots can be moved."""
        rule = self.rules[i]
        if rule.within is None and all(anchor.percent is None for anchor in rule.at):
            return self._steps(i)
        longest = (100 * self.measures.before("chars")[-1] + 2) * 2 * (self.last + 2)
        return self._steps(i) * MOST_SLOTS * longest

    def _ends_section(self, gap: int) -> bool:
        return gap == self.last or self.article.blocks[gap].role in GROUPS["headings"]

    def _cells(self, i: int, gaps: Sequence[int]) -> tuple[int, ...] | None:
        """Which anchor each of *gaps* belongs to, where one anchor leads to several."""
        rule = self.rules[i]
        if not rule.at or rule.max == 1 or (rule.within is None and all(anchor.percent is None for anchor in rule.at)):
            return None
        spots = self.spots(i)
        return tuple(spots[gap].cell for gap in gaps)

    # ------------------------------------------------------------------------------------------- pairs

    def _reach(self, constraints: tuple[MinDistance, ...]) -> tuple[int, ...]:
        """For each gap the first one below it that keeps all *constraints*."""
        least = 1 if self.policy.guards.adjacent else 0
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

    # -------------------------------------------------------------------------------------------- back

    def gaps_of(self, choice: Choice) -> set[int]:
        """The gaps of the story that *choice* writes slots in."""
        return {gap for i, gaps in enumerate(choice.gaps) for gap in gaps if not self.is_outside(i, gap)}

    def is_outside(self, i: int, gap: int) -> bool:
        """Whether a slot of rule *i* at *gap* stands after a lead above the body."""
        spot = self.spots(i).get(0) if gap == 0 and self.rules[i].at else None
        return spot is not None and leads_outside(self.article, self.rules[i], spot.rank)
