"""Laws: what must lie between which things of a page, as `apart` and the spacings of its policy say."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

import attrs

from adslot.checker.page import FilledPage, key_of
from adslot.checker.positions import FoundSlot
from adslot.kept import lazy
from adslot.policy.declarations import Rule, Spacing
from adslot.policy.language.distance import Distance
from adslot.policy.language.terms import Term
from adslot.roles import KINDS, SLOT_ROLES, Role

Key = tuple[int, int]

# More slots of one gap than a stack can have are not looked through.
_MOST_STACKED = 64


@attrs.frozen(eq=False, kw_only=True)
class Thing:
    """A thing in the story, between the gap *above* it and the gap *below* it; *key* sorts in document order."""

    key: Key
    above: int
    below: int
    name: str
    slot: FoundSlot | None = None
    block: int | None = None
    is_slot: bool = False


class Row:
    """Things in document order."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = sorted(things, key=lambda thing: thing.key)
        self._keys = [thing.key for thing in self.things]

    def count_above(self, key: Key) -> int:
        """How many stand above *key*."""
        return bisect_left(self._keys, key)

    def nearest_above(self, thing: Thing) -> Thing | None:
        """The nearest one above *thing*, but for those that share a stack with it."""
        at = self.count_above(thing.key)
        for above in self.things[max(0, at - _MOST_STACKED) : at][::-1]:
            if not share_stack(above, thing):
                return above
        at = self.count_above((thing.key[0], -1))
        return self.things[at - 1] if at else None

    def nearest_below(self, key: Key) -> Thing | None:
        """The nearest one below *key*."""
        at = bisect_right(self._keys, key)
        return self.things[at] if at < len(self.things) else None


@attrs.frozen(eq=False)
class Side:
    """The things of one side of a distance: slots of rules, editors' slots, and what the article has."""

    ruled: Row
    editors: Row
    fixed: Row

    @lazy
    def keys(self) -> list[Key]:
        """The keys of all, in document order."""
        return sorted(thing.key for row in (self.ruled, self.editors, self.fixed) for thing in row.things)

    def holds(self, slot: FoundSlot) -> bool:
        """Whether a slot is among them."""
        return any(thing.slot is slot for thing in self._at(slot))

    def _at(self, slot: FoundSlot) -> Sequence[Thing]:
        row = self.editors if slot.is_editors else self.ruled
        at = row.count_above(key_of(slot))
        return row.things[at : at + 1]


@attrs.frozen(eq=False, kw_only=True)
class Law:
    """A *distance* that every lower thing keeps from every upper one, once *since* upper ones precede it.

    *waived* has, for each gap, how many blocks above it waive the distance where they stand between. It is none to a
    slot in one of *spared*, as the lower thing, or with *spares_upper* as the upper one.
    """

    code: str
    distance: Distance
    upper: Side
    lower: Side
    waived: Sequence[int]
    since: int = 1
    spared: frozenset[int] = frozenset()
    spares_upper: bool = False

    @property
    def begin(self) -> Key | None:
        """The key below which it holds: that of the last upper thing that it spares; None where it spares all."""
        return self.upper.keys[self.since - 1] if self.since <= len(self.upper.keys) else None


def share_stack(one: Thing, other: Thing) -> bool:
    """Whether two things are slots of one stack: in one gap, of different rules that both allow it."""
    a, b = one.slot, other.slot
    if a is None or b is None or a.gap != b.gap:
        return False
    return a.is_stacked and b.is_stacked and a.rule is not b.rule


class Laws:
    """Makes the laws of a policy for one page."""

    def __init__(self, filled: FilledPage) -> None:
        self._filled = filled
        self._things = {slot: _thing(slot) for slot in filled.apart}
        self._names = _names_of(filled.apart)
        self._sides: dict[frozenset[Term], Side] = {}
        self._fixed_rows: dict[tuple[Term, ...], Row] = {}
        self._never = [0] * (filled.last + 1)
        self._counts = filled.policy.article.counts_existing

    def thing(self, slot: FoundSlot) -> Thing:
        """A slot as a thing."""
        return self._things[slot]

    def of_rules(self) -> Iterator[Law]:
        """`apart`: to every other slot of the same kind, whatever rule placed it."""
        for rule in self._filled.policy.rules:
            if rule.apart is not None:
                mine, every = self._of_rule(rule), self._named((Term(self._filled.policy.slot(rule.slot).kind),))
                yield Law(code="apart", distance=rule.apart, upper=every, lower=mine, waived=self._never)
                yield Law(code="apart", distance=rule.apart, upper=mine, lower=every, waived=self._never)

    def below(self, slot: FoundSlot) -> tuple[Law, Thing] | None:
        """What a slot below the story keeps itself, `apart` from all of its kind; what others ask is nothing to it."""
        if slot.rule is None or slot.rule.apart is None:
            return None
        every = self._named((Term(slot.kind),))
        law = Law(code="apart", distance=slot.rule.apart, upper=every, lower=every, waived=self._never)
        return law, _thing(slot)

    def of_kinds(self) -> Iterator[Law]:
        """What the rules of each kind that have an `apart` agree in, for things that no rule placed."""
        distances: dict[str, Distance] = {}
        for rule in self._filled.policy.rules:
            if rule.apart is not None:
                kind = self._filled.policy.slot(rule.slot).kind
                distances[kind] = distances[kind] | rule.apart if kind in distances else rule.apart
        for kind, distance in distances.items():
            every = self._named((Term(kind),))
            yield Law(code="apart", distance=distance, upper=every, lower=every, waived=self._never)

    def of_spacings(self) -> Iterator[Law]:
        """What the spacings ask, in either order where they do."""
        for spacing in self._filled.policy.spacing:
            yield self._of_spacing(spacing, spacing.above, spacing.below)
            if spacing.either and set(spacing.above) != set(spacing.below):
                yield self._of_spacing(spacing, spacing.below, spacing.above)

    def _of_spacing(self, spacing: Spacing, above: tuple[Term, ...], below: tuple[Term, ...]) -> Law:
        waiving = self._filled.blocks_of(spacing.unless)
        waived = list(accumulate((block in waiving for block in range(self._filled.last)), initial=0))
        return Law(
            code="spacing",
            distance=spacing.min,
            upper=self._named(above),
            lower=self._named(below),
            waived=waived,
            since=spacing.from_count,
            spared=self._beside(spacing.unless_at),
            spares_upper=not spacing.either,
        )

    def _beside(self, terms: tuple[Term, ...]) -> frozenset[int]:
        """The gaps directly above and below the blocks that *terms* name."""
        named = self._filled.blocks_of(terms)
        return named | {block + 1 for block in named}

    def _of_rule(self, rule: Rule) -> Side:
        return self._side(lambda slot: slot.rule is rule, Row(()))

    def _named(self, terms: tuple[Term, ...]) -> Side:
        """The things that *terms* name."""
        wanted = frozenset(terms)
        if wanted not in self._sides:
            self._sides[wanted] = self._side(lambda slot: not self._names[slot].isdisjoint(wanted), self._fixed(terms))
        return self._sides[wanted]

    def _side(self, is_in: Callable[[FoundSlot], bool], fixed: Row) -> Side:
        found = [(slot, thing) for slot, thing in self._things.items() if is_in(slot)]
        ruled = Row([thing for slot, thing in found if not slot.is_editors])
        return Side(ruled, Row([thing for slot, thing in found if slot.is_editors]), fixed)

    def _fixed(self, terms: tuple[Term, ...]) -> Row:
        if terms not in self._fixed_rows:
            blocks = self._filled.article.blocks
            counted = tuple(term for term in terms if self._counts or term.name not in KINDS)
            named = self._filled.blocks_of(counted)
            if not self._counts:
                others = tuple(term for term in counted if not term.but)
                named = frozenset(i for i in named if blocks[i].role not in SLOT_ROLES) | self._filled.blocks_of(others)
            found = [_block_thing(i, blocks[i].role) for i in named]
            points = {term.name for term in terms}
            self._fixed_rows[terms] = Row([*found, *(t for t in self._points() if t.name in points)])
        return self._fixed_rows[terms]

    def _points(self) -> Iterator[Thing]:
        """The ends of the story, and where its lead ends."""
        article, last = self._filled.article, self._filled.last
        yield Thing(key=(-2, 0), above=0, below=0, name="start")
        yield Thing(key=(2 * last + 1, 0), above=last, below=last, name="end")
        if article.lead_outside is not None:
            yield Thing(key=(-1, 0), above=0, below=0, name="lead")
        elif article.lead is not None:
            yield Thing(key=(2 * article.lead - 1, 1), above=article.lead, below=article.lead, name="lead")


def _thing(slot: FoundSlot) -> Thing:
    return Thing(key=key_of(slot), above=slot.gap or 0, below=slot.gap or 0, name=slot.id, slot=slot)


def _names_of(slots: Sequence[FoundSlot]) -> dict[FoundSlot, frozenset[Term]]:
    """The terms that name each slot; most slots of a page have the same."""
    known: dict[tuple[str, str, str | None], frozenset[Term]] = {}
    names: dict[FoundSlot, frozenset[Term]] = {}
    for slot in slots:
        key = (slot.kind, slot.own.slot, None if slot.is_editors else slot.own.rule)
        if key not in known:
            rule = [] if key[2] is None else [Term(rule=key[2])]
            known[key] = frozenset((Term(slot.kind), Term(slot=slot.own.slot), *rule))
        names[slot] = known[key]
    return names


def _block_thing(index: int, role: Role) -> Thing:
    is_slot = role in SLOT_ROLES
    name = f"existing {role}" if is_slot else str(role)
    return Thing(key=(2 * index + 1, 0), above=index, below=index + 1, name=name, block=index, is_slot=is_slot)
