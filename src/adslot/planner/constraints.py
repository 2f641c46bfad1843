"""What a policy demands whatever the article: the part of planning that is done once per policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from adslot.kept import Memo, kept
from adslot.policy.declarations import Rule, Spacing
from adslot.policy.language.distance import Distance
from adslot.policy.language.terms import Term
from adslot.policy.policy import Policy
from adslot.policy.slots import Slot
from adslot.roles import KINDS

Pair = tuple[int, int]
# The limit that the number of articles sets to teasers.
ITEMS = "items"


@attrs.frozen(eq=False, kw_only=True)
class MinDistance:
    """A distance that an upper and a lower thing must keep; *code* says who asks for it.

    Within the constraints of a policy each exists once, so that one is compared by identity, and fast.

    It is waived where a block of *unless* stands between the two, or one of *unless_at* directly beside the slot. It holds once *since* things of
    *counted* precede the lower one.
    """

    code: str
    distance: Distance
    unless: tuple[Term, ...] = ()
    unless_at: tuple[Term, ...] = ()
    since: int = 1
    counted: tuple[Term, ...] = ()


# What a rule keeps from fixed things: the distance, their terms, whether they are the upper ones, and the policy's key.
Towards = tuple[MinDistance, tuple[Term, ...], bool, str]


class Constraints:
    """The constraints of one policy.

    *rules* and *slots* are in the solver's order: by priority, then declaration. *names* are the
    terms that name the slots of each rule. *aparts* are their own distances, *ends* says which of them lead
    below the story. *between* has for every pair of rules, upper and lower,
    what their slots demand of each other; *towards* for each rule what its slots demand of fixed
    things, with the terms that name these, whether they are the upper ones, and the key of the policy that asks.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        order = sorted(range(len(policy.rules)), key=lambda index: (policy.rules[index].priority, index))
        self.rules = [policy.rules[index] for index in order]
        self.slots = [policy.slot(rule.slot) for rule in self.rules]
        self.names = [names_of(slot, rule) for slot, rule in zip(self.slots, self.rules, strict=True)]
        self.limits = limits_of(policy)
        if any(slot.shows_articles for slot in self.slots):
            self.limits.append((ITEMS, 0))
        self.uses = [self._uses(slot) for slot in self.slots]
        self._known: dict[object, MinDistance] = {}
        self.aparts = [None if rule.apart is None else self._apart(rule.apart) for rule in self.rules]
        self.ends = [any(anchor.where == "end" for anchor in rule.at) for rule in self.rules]
        # Which guards are on for each rule.
        switches = attrs.asdict(policy.guards)
        usual = _on(switches)
        self.guards = [_on({**switches, **rule.guards}) if rule.guards else usual for rule in self.rules]
        count = range(len(self.rules))
        like, pairs = self._like(), [(r, s) for r in count for s in count]
        every = Memo[Pair, list[MinDistance]](self._between)
        at_once = Memo[Pair, tuple[MinDistance, ...]](lambda pair: tuple(d for d in every[pair] if d.since == 1))
        later = Memo[Pair, tuple[MinDistance, ...]](lambda pair: tuple(d for d in every[pair] if d.since > 1))
        self.between = {(r, s): at_once[like[r], like[s]] for r, s in pairs}
        # The distinct ones of `between`, and which of them each pair has: many pairs demand the same.
        self.distinct = list(dict.fromkeys(self.between.values()))
        numbers = {found: number for number, found in enumerate(self.distinct)}
        self.which = {pair: numbers[found] for pair, found in self.between.items()}
        self.growing = {(r, s): later[like[r], like[s]] for r, s in pairs}
        self.towards = [tuple(self._towards(i)) for i in count]
        self.grows = any(constraint.since > 1 for constraint in self._known.values())
        # For each pair, whether it keeps to one slot in a gap.
        keeps = ["adjacent" in guards for guards in self.guards]
        self.apart_gaps = {(r, s): keeps[r] or keeps[s] for r, s in pairs}
        # And what a problem asks of it: which constraints, and whether one gap has room for one slot only.
        self.demands = {(r, s): (self.which[r, s], r == s or self.apart_gaps[r, s]) for r, s in pairs}
        may_share = Memo[Pair, bool](self._may_share)
        self.sharing = frozenset((r, s) for r, s in pairs if r != s and may_share[like[r], like[s]])
        numbers_of = {rule.name: i for i, rule in enumerate(self.rules)}
        self.stands_in = [tuple(numbers_of[name] for name in rule.instead_of) for rule in self.rules]

    def _like(self) -> list[int]:
        """For each rule the first one that distances treat like it: what holds between two rules, does so between many."""
        sides = [names for spacing in self.policy.spacing for both in sides_of(spacing) for names in both]
        first: dict[object, int] = {}
        return [
            first.setdefault(
                (
                    self.slots[i].kind,
                    self.aparts[i],
                    rule.stack,
                    "adjacent" in self.guards[i],
                    tuple(map(self.names[i].isdisjoint, sides)),
                ),
                i,
            )
            for i, rule in enumerate(self.rules)
        ]

    def _between(self, pair: Pair) -> list[MinDistance]:
        r, s = pair
        found: dict[MinDistance, None] = {}
        for apart in (self.aparts[r], self.aparts[s]) if self.slots[r].kind == self.slots[s].kind else ():
            if apart is not None:
                found[apart] = None
        for spacing in self.policy.spacing:
            for above, below in sides_of(spacing):
                if not self.names[r].isdisjoint(above) and not self.names[s].isdisjoint(below):
                    found[self._spaced(spacing, above)] = None
        return list(found)

    def _apart(self, distance: Distance) -> MinDistance:
        return self._once(code="apart", distance=distance)

    def key_of(self, constraint: MinDistance, upper: int, lower: int, first: int) -> str | None:
        """The key of the policy that asks rules *upper* and *lower* for *constraint*; of two rules with the same `apart` that of *first*."""
        if constraint.code == "apart":
            rules = sorted((upper, lower), key=lambda i: i != first)
            return next((self.apart_key(i) for i in rules if self.aparts[i] is constraint), None)
        for index, spacing in enumerate(self.policy.spacing):
            for above, below in sides_of(spacing):
                is_of_both = not self.names[upper].isdisjoint(above) and not self.names[lower].isdisjoint(below)
                if is_of_both and self._spaced(spacing, above) is constraint:
                    return spacing_key(index)
        return None

    def growing_key(self, constraint: MinDistance) -> str | None:
        """The key of the policy that asks for a growing distance: the first one, where several ask for the same."""
        for index, spacing in enumerate(self.policy.spacing):
            for above, _ in sides_of(spacing):
                if constraint in (self._spaced(spacing, above), self._spaced(spacing, above, waives=False)):
                    return spacing_key(index)
        return None

    def apart_key(self, i: int) -> str:
        """What the `apart` of rule *i* is called."""
        return f"rules[{self.rules[i].name}].apart"

    def _spaced(self, spacing: Spacing, above: tuple[Term, ...], *, waives: bool = True) -> MinDistance:
        since, unless_at = spacing.from_count, spacing.unless_at if waives else ()
        counted = above if since > 1 else ()
        return self._once(
            code="spacing",
            distance=spacing.min,
            unless=spacing.unless,
            unless_at=unless_at,
            since=since,
            counted=counted,
        )

    def _once(self, **fields: Any) -> MinDistance:
        """The one constraint of these *fields*."""
        key = tuple(fields.values())
        if key not in self._known:
            self._known[key] = MinDistance(**fields)
        return self._known[key]

    def _towards(self, i: int) -> Iterator[Towards]:
        apart = self.aparts[i]
        if apart is not None:
            kind, key = (Term(self.slots[i].kind),), self.apart_key(i)
            yield apart, kind, True, key
            yield apart, kind, False, key
        for index, spacing in enumerate(self.policy.spacing):
            key = spacing_key(index)
            for above, below in sides_of(spacing):
                if not self.names[i].isdisjoint(below):
                    yield self._spaced(spacing, above), above, True, key
                if not self.names[i].isdisjoint(above):
                    yield self._spaced(spacing, above, waives=not spacing.either), below, False, key

    def _may_share(self, pair: Pair) -> bool:
        """Whether two rules may use one gap: stacked ones, and without the guard all that need no distance."""
        r, s = pair
        if self.rules[r].stack and self.rules[s].stack:
            return True
        are_spaced = any(group[each] for group in (self.between, self.growing) for each in ((r, s), (s, r)))
        return not self.apart_gaps[r, s] and not are_spaced

    def _uses(self, slot: Slot) -> tuple[Pair, ...]:
        return tuple((index, 1) for index, (name, _) in enumerate(self.limits) if falls_under(slot, name))


def _on(switches: Mapping[str, bool]) -> frozenset[str]:
    """The fields of the guards that are on."""
    return frozenset(name for name, is_on in switches.items() if is_on)


@kept(megabytes=6)
def constraints_of(policy: Policy) -> Constraints:
    """The constraints of *policy*, kept: a policy serves many articles."""
    return Constraints(policy)


def names_of(slot: Slot, rule: Rule | None) -> frozenset[Term]:
    """The terms that name a slot of *rule*, or an editor's slot."""
    own = {Term(slot.kind), Term(slot=slot.name)}
    return frozenset(own if rule is None else {*own, Term(rule=rule.name)})


def spacing_key(index: int) -> str:
    """What the spacing of this *index* is called."""
    return f"spacing[{index}]"


def sides_of(spacing: Spacing) -> Iterator[tuple[tuple[Term, ...], tuple[Term, ...]]]:
    """(terms of the upper thing, terms of the lower one)."""
    yield spacing.above, spacing.below
    if spacing.either and set(spacing.above) != set(spacing.below):
        yield spacing.below, spacing.above


def limits_of(policy: Policy) -> list[tuple[str, int]]:
    """The limits that are set, each by the kind of slots that it counts, or "slots" for all."""
    limits = policy.limits
    values = {"slots": limits.slots, **{kind: limits.of(kind) for kind in KINDS}}
    return [(name, value) for name, value in values.items() if value is not None]


def falls_under(slot: Slot, limit: str) -> bool:
    """Whether *limit* counts *slot*."""
    return limit in ("slots", slot.kind) or (limit == ITEMS and slot.shows_articles)
