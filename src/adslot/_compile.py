"""From an article and a policy to a `Problem`: integers for the solver, bans for the explanations.

What stands fixed (the article's ends, headings, existing ads, editors' slots) closes ranges of gaps
to a rule; each closed range is a `Ban` that remembers why. What two slots demand of each other
becomes a table: for a slot of rule r at gap g, the first gap where one of rule s may follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from adslot._solve import Problem, Task
from adslot.article import Anchored, Article, Gap
from adslot.distance import Distance
from adslot.guards import GUARDS
from adslot.measure import Measures
from adslot.policy import Policy, Rule, Slot, Spacing
from adslot.roles import GROUPS, KINDS
from adslot.terms import Anchor, Term


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
class Page:
    """A place outside the story that a rule may use."""

    rank: int
    anchor: str
    place: Anchored


@attrs.define
class Compiled:
    """A compiled policy: the *problem*, and per task (in the solver's order) what stands behind it.

    *clear* has for a pair of tasks the distances that the lower one must keep to the upper one, each
    with the code of its refusal.
    """

    article: Article
    policy: Policy
    measures: Measures
    rules: tuple[Rule, ...]
    slots: tuple[Slot, ...]
    bans: list[list[Ban]]
    ranks: list[dict[int, int]]
    pages: list[list[Page]]
    manual: list[tuple[Slot, int]]
    clear: dict[tuple[int, int], list[tuple[str, Distance]]]
    limits: list[str]
    problem: Problem


def compile_policy(article: Article, policy: Policy, items: int) -> Compiled:
    """Everything that the solver and the explanations need; *items* is how many teasers there are to show."""
    return _Compiler(article, policy, items).compiled()


class _Compiler:
    def __init__(self, article: Article, policy: Policy, items: int) -> None:
        self.article, self.policy, self.items = article, policy, items
        self.measures = Measures(article.blocks)
        self.last = len(article.gaps) - 1
        order = sorted(range(len(policy.rules)), key=lambda index: (policy.rules[index].priority, index))
        self.rules = tuple(policy.rules[index] for index in order)
        self.slots = tuple(policy.slot(rule.slot) for rule in self.rules)
        self.shared = [self._gap_bans(gap) for gap in article.gaps]
        self.standing = list(self._manual())

    def compiled(self) -> Compiled:
        ranks = [self._ranks(i) for i in range(len(self.rules))]
        bans = [[*self._place_bans(i, ranks[i]), *self._bans(i)] for i in range(len(self.rules))]
        pages = [self._pages(i) for i in range(len(self.rules))]
        clear = self._clear()
        names, room = self._limits()
        tasks = tuple(self._task(i, bans[i], ranks[i], pages[i], names) for i in range(len(self.rules)))
        problem = Problem(
            tasks,
            position=self.measures.before("chars"),
            section=tuple(gap.section for gap in self.article.gaps),
            reach={pair: self._reach([d for _, d in needed]) for pair, needed in clear.items()},
            sharing=self._sharing(clear),
            exempt=self.last,
            room=room,
        )
        return Compiled(
            self.article,
            self.policy,
            self.measures,
            self.rules,
            self.slots,
            bans=bans,
            ranks=ranks,
            pages=pages,
            manual=self.standing,
            clear=clear,
            limits=names,
            problem=problem,
        )

    def _task(self, i: int, bans: Sequence[Ban], ranks: dict[int, int], pages: Sequence[Page], limits: list[str]) -> Task:
        rule, slot = self.rules[i], self.slots[i]
        open_gaps = _unbanned(bans, self.last + 1)
        candidates = tuple(gap for gap in sorted(ranks) if open_gaps[gap])
        most = min(rule.max, self.items) if slot.kind == "teaser" else rule.max
        return Task(
            rule.name,
            rule.priority,
            0 if self.article.none else most,
            candidates,
            tuple(ranks[gap] for gap in candidates),
            tuple(page.rank for page in pages if page.place.unsafe is None),
            rule.per_section,
            rule.prefer == "even",
            tuple(index for index, name in enumerate(limits) if _falls_under(slot, name)),
        )

    # ---------------------------------------------------------------------------------------- fixed

    def _gap_bans(self, gap: Gap) -> list[Ban]:
        """What closes a gap to every rule."""
        bans = []
        if gap.unsafe is not None:
            bans.append(Ban("unsafe", gap.index, gap.index, gap.unsafe))
        if gap.closed or self.article.none:
            bans.append(Ban("marker", gap.index, gap.index))
        return bans

    def _place_bans(self, i: int, ranks: dict[int, int]) -> Iterator[Ban]:
        """What makes places unsafe; a slot after a lead above the body stands there, not in the first gap."""
        outside = self.article.lead_outside
        by_lead = 0 in ranks and leads_outside(self.article, self.rules[i], ranks[0])
        for bans in self.shared[1 if by_lead else 0 :]:
            yield from bans
        if by_lead and outside is not None and outside.unsafe is not None:
            yield Ban("unsafe", 0, 0, outside.unsafe)

    def _bans(self, i: int) -> Iterator[Ban]:
        """What closes gaps to rule *i*, of all that stands fixed."""
        rule = self.rules[i]
        for name, guard in GUARDS.items():
            if getattr(self.policy.guards, name) and not (name == "adjacent" and rule.stack):
                yield from (Ban(guard.CODE, gap, gap) for gap in guard.barred(self.article.blocks))
        yield from self._neighbour_bans(rule)
        if rule.from_start is not None:
            first = self.measures.first_below(rule.from_start, 0)
            yield from self._distance_ban("start", 0, first - 1, "start", rule.from_start, 0)
        if rule.from_end is not None:
            last = self.measures.last_above(rule.from_end, self.last)
            yield from self._distance_ban("end", last + 1, self.last - 1, "end", rule.from_end, self.last)
        yield from self._things(i)

    def _distance_ban(self, code: str, first: int, last: int, against: str, distance: Distance, edge: int) -> Iterator[Ban]:
        """A ban of a range of gaps, the end of the story left out: what stands there is below the story."""
        if first <= min(last, self.last - 1):
            yield Ban(code, max(first, 0), min(last, self.last - 1), against, distance, edge)

    def _neighbour_bans(self, rule: Rule) -> Iterator[Ban]:
        for terms, side in ((rule.after, "above"), (rule.before, "below")):
            if terms:
                wanted = self._blocks(terms)
                for gap in self.article.gaps:
                    block = gap.above if side == "above" else gap.below
                    if block not in wanted and not (block is None and rule.at):
                        yield Ban("neighbour", gap.index, gap.index, " or ".join(map(str, terms)))

    def _things(self, i: int) -> Iterator[Ban]:
        """Bans near ads, teasers and editors' slots that stand already, and near what spacings name."""
        kind = self.slots[i].kind
        for code, distance, thing, above, below in self._fixed_demands(i, kind):
            if above:  # the thing stands above the slot
                edge = thing[2]
                yield from self._distance_ban(
                    code, edge, self.measures.first_below(distance, edge) - 1, thing[0], distance, edge
                )
            if below:
                edge = thing[1]
                yield from self._distance_ban(
                    code, self.measures.last_above(distance, edge) + 1, edge, thing[0], distance, edge
                )

    def _fixed_demands(self, i: int, kind: str) -> Iterator[tuple[str, Distance, tuple[str, int, int], bool, bool]]:
        """(code, distance, thing, thing may be above, thing may be below) for each fixed thing."""
        rule = self.rules[i]
        if rule.apart is not None:
            for thing in self._slots_there(kind):
                yield "apart", rule.apart, thing, True, True
        for spacing in self.policy.spacing:
            for own, other, thing_above in self._directions(spacing):
                if any(_names_kind(term, kind) for term in own):
                    for thing in self._named(other):
                        yield "spacing", spacing.min, thing, thing_above, not thing_above

    def _directions(self, spacing: Spacing) -> Iterator[tuple[Sequence[Term], Sequence[Term], bool]]:
        """(terms of the slot, terms of the thing, whether the thing stands above)."""
        yield spacing.below, spacing.above, True
        yield spacing.above, spacing.below, False
        if spacing.either:
            yield spacing.above, spacing.below, True
            yield spacing.below, spacing.above, False

    def _named(self, terms: Sequence[Term]) -> Iterator[tuple[str, int, int]]:
        """The fixed things that *terms* name, each as (name, gap above it, gap below it)."""
        for term in terms:
            if term.name == "start":
                yield "start", 0, 0
            elif term.name == "end":
                yield "end", self.last, self.last
            elif term.name == "lead":
                at = self.article.lead if self.article.lead is not None else 0
                yield "lead", at, at
            elif term.name in KINDS:
                yield from self._slots_there(term.name or "")
            else:
                yield from ((str(term), block, block + 1) for block in sorted(self._blocks([term])))

    def _slots_there(self, kind: str) -> Iterator[tuple[str, int, int]]:
        """Existing and editors' slots of *kind*."""
        for index, block in enumerate(self.article.blocks):
            if block.role == kind:
                yield f"existing {kind}", index, index + 1
        for other, gap in self.standing:
            if other.kind == kind and gap != self.last:
                yield f"{other.name} (editor)", gap, gap

    def _manual(self) -> Iterator[tuple[Slot, int]]:
        """The editors' slots that stand: safe, known, and not stopped by a limit of 0."""
        known = {slot.name: slot for slot in self.policy.slots}
        for manual in self.article.manual:
            slot = known.get(manual.name)
            if slot is not None and self.article.gaps[manual.gap].unsafe is None and not self.article.none:
                if all(value != 0 for name, value in self._limit_values() if _falls_under(slot, name)):
                    yield slot, manual.gap

    def _blocks(self, terms: Iterable[Term]) -> frozenset[int]:
        return frozenset(index for term in terms for index in matching(self.article, term))

    # -------------------------------------------------------------------------------------- anchors

    def _ranks(self, i: int) -> dict[int, int]:
        """The gaps that rule *i* may use by its anchors, each with the rank of the first that leads there."""
        rule = self.rules[i]
        if not rule.at:
            return dict.fromkeys(range(1, self.last), 0)
        ranks: dict[int, int] = {}
        for rank, anchor in enumerate(rule.at):
            for gap in anchored_gaps(self.article, anchor):
                ranks.setdefault(gap, rank)
        return ranks

    def _pages(self, i: int) -> list[Page]:
        """The places outside the story that rule *i* may use."""
        found = []
        for rank, anchor in enumerate(self.rules[i].at):
            place = page_place(self.article, anchor)
            if place is not None:
                found.append(Page(rank, str(anchor), place))
        return found

    # ---------------------------------------------------------------------------------------- pairs

    def _clear(self) -> dict[tuple[int, int], list[tuple[str, Distance]]]:
        """For every pair (above, below) of tasks the distances between their slots."""
        pairs: dict[tuple[int, int], list[tuple[str, Distance]]] = {}
        for r, upper in enumerate(self.rules):
            for s, lower in enumerate(self.rules):
                one, other = self.slots[r].kind, self.slots[s].kind
                apart = [rule.apart for rule in (upper, lower) if rule.apart is not None] if one == other else []
                pairs[r, s] = [("apart", distance) for distance in dict.fromkeys(apart)]
                pairs[r, s] += [("spacing", sp.min) for sp in self.policy.spacing if _speaks_of(sp, one, other)]
        return pairs

    def _reach(self, distances: Sequence[Distance]) -> tuple[int, ...]:
        least = 1 if self.policy.guards.adjacent else 0
        first: Callable[[Distance, int], int] = self.measures.first_below
        return tuple(
            max([gap + least, *(first(distance, gap) for distance in distances)]) for gap in range(self.last + 1)
        )

    def _sharing(self, clear: dict[tuple[int, int], list[tuple[str, Distance]]]) -> frozenset[tuple[int, int]]:
        """Pairs of tasks that may use one gap: stacked ones, and all that nothing keeps apart."""
        return frozenset(
            (r, s)
            for r, s in clear
            if r != s
            and (
                (self.rules[r].stack and self.rules[s].stack)
                or (not self.policy.guards.adjacent and not clear[r, s] and not clear[s, r])
            )
        )

    # --------------------------------------------------------------------------------------- limits

    def _limit_values(self) -> list[tuple[str, int]]:
        limits = self.policy.limits
        values = {"slots": limits.slots, "ad": limits.ads, "teaser": limits.teasers, "promo": limits.promos}
        return [(name, value) for name, value in values.items() if value is not None]

    def _limits(self) -> tuple[list[str], tuple[int, ...]]:
        """The limits that are set, and what existing and editors' slots leave of each."""
        names, room = [], []
        for name, value in self._limit_values():
            there = sum(block.role == name or (name == "slots" and block.role in KINDS) for block in self.article.blocks)
            names.append(name)
            room.append(value - there - sum(_falls_under(slot, name) for slot, _ in self.standing))
        return names, tuple(room)


def matching(article: Article, term: Term) -> Sequence[int]:
    """The blocks that *term* names."""
    if term.css is not None:
        return article.matching(term.css)
    roles = GROUPS.get(term.name or "", frozenset({term.name}))
    return [index for index, block in enumerate(article.blocks) if block.role in roles]


def anchored_gaps(article: Article, anchor: Anchor) -> Sequence[int]:
    """The gaps of the story that *anchor* leads to."""
    last = len(article.gaps) - 1
    if last < 0:
        return ()
    if anchor.where in ("start", "end"):
        return (0,) if anchor.where == "start" else (last,)
    if anchor.what == "lead":
        return (0,) if article.lead_outside is not None else () if article.lead is None else (article.lead,)
    if anchor.selector is not None:
        found = article.anchors.get((anchor.where, anchor.selector), ())
        return found if isinstance(found, tuple) else ()
    blocks = matching(article, Term(anchor.what))
    if anchor.number is not None:
        at = anchor.number - 1 if anchor.number > 0 else len(blocks) + anchor.number
        blocks = blocks[at : at + 1] if 0 <= at < len(blocks) else ()
    return [block + 1 for block in blocks] if anchor.where == "after" else list(blocks)


def leads_outside(article: Article, rule: Rule, rank: int) -> bool:
    """Whether the anchor of this *rank* is a lead above the body: its slot counts as standing at the start."""
    return bool(rule.at) and rule.at[rank].what == "lead" and article.lead_outside is not None


def page_place(article: Article, anchor: Anchor) -> Anchored | None:
    """The place outside the story that *anchor* leads to, None where it does not lead outside."""
    if anchor.selector is not None:
        found = article.anchors.get((anchor.where, anchor.selector))
        return found if isinstance(found, Anchored) else None
    return None


def _unbanned(bans: Iterable[Ban], count: int) -> bytearray:
    """1 for every gap that no ban closes."""
    free = bytearray(b"\1") * count
    for ban in bans:
        free[ban.first : ban.last + 1] = bytes(ban.last + 1 - ban.first)
    return free


def _names_kind(term: Term, kind: str) -> bool:
    return term.css is None and term.name == kind


def _speaks_of(spacing: Spacing, above: str, below: str) -> bool:
    """Whether *spacing* keeps a slot of kind *below* off one of kind *above* that stands above it."""
    straight = any(_names_kind(t, above) for t in spacing.above) and any(_names_kind(t, below) for t in spacing.below)
    turned = any(_names_kind(t, above) for t in spacing.below) and any(_names_kind(t, below) for t in spacing.above)
    return straight or (spacing.either and turned)


def _falls_under(slot: Slot, limit: str) -> bool:
    return limit == "slots" or slot.kind == limit

