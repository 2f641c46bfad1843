"""Growing distances: spacings that hold only once so many things of their upper kind precede."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot._bans import near
from adslot._demands import Demand, Demands
from adslot._solve import Growth
from adslot._things import Thing, Things
from adslot.terms import Term


def growths_of(demands: Demands, things: Things, tasks: Sequence[int]) -> tuple[Growth, ...]:
    """The growing distances between *tasks*, and between them and fixed things, in the solver's terms."""
    return tuple(_growth(demand, demands, things, tasks) for demand in _asked(demands))


def _asked(demands: Demands) -> dict[Demand, None]:
    """The growing demands, each once, in order."""
    asked = {demand: None for pair in demands.growing.values() for demand in pair}
    return asked | {demand: None for towards in demands.towards for demand, _, _ in towards if demand.since > 1}


def _growth(demand: Demand, demands: Demands, things: Things, tasks: Sequence[int]) -> Growth:
    reach = tuple(things.clearance(demand).reach)
    pairs = [(r, s) for r in tasks for s in tasks if demand in demands.growing[r, s]]
    upper = things.named(demand.counted)
    lower = [i for i in tasks if any(d == demand and is_above for d, _, is_above in demands.towards[i])]
    return Growth(
        demand.since,
        frozenset(i for i in tasks if not demands.names[i].isdisjoint(demand.counted)),
        tuple(sum(thing.below <= gap for thing in upper) for gap in range(len(reach))),
        dict.fromkeys(pairs, reach),
        # A point, such as the lead's end, stands above the slots of its own gap. What nothing can precede never counts.
        tuple((thing.below - 1, dict.fromkeys(lower, reach[thing.below])) for thing in upper if thing.below > 0),
        {i: shut for i in tasks if (shut := _shut(demand, demands, things, i))},
    )


def _shut(demand: Demand, demands: Demands, things: Things, i: int) -> frozenset[int]:
    """The gaps of task *i* too near above a fixed thing that *demand* keeps it off."""
    below: dict[tuple[Term, ...], None] = {
        terms: None for asked, terms, is_above in demands.towards[i] if asked == demand and not is_above
    }
    return frozenset(
        gap
        for terms in below
        for _, first, last, *_ in near(
            demand.code, things.clearance(demand), things.named(terms), things.last, is_above=False
        )
        for gap in range(first, last + 1)
    )


def breaches_of(
    demands: Demands, things: Things, slots: Sequence[tuple[int, int, str]], new: tuple[int, int]
) -> Iterator[tuple[Demand, int, int, str]]:
    """What would be too near if a slot *new*, (task, gap), joined *slots*, (task, gap, id).

    Each as the demand, the gap positions between which its distance would be missing, and the name of
    the thing in the way. The new slot counts as one more thing, and so can part two others.
    """
    every = [(i, Thing(name, gap, gap)) for i, gap, name in slots if gap != things.last]
    if new[1] != things.last:
        every.append((new[0], Thing("", new[1], new[1])))
    for demand in _asked(demands):
        named = [(i, thing) for i, thing in every if not demands.names[i].isdisjoint(demand.counted)]
        upper = sorted([*((-1, thing) for thing in things.named(demand.counted)), *named], key=lambda u: u[1].above)
        for i, thing in upper[demand.since - 1 :]:
            for other in _below(demand, demands, things, every, i, thing):
                if not things.clearance(demand).holds(thing.below, other.above):
                    yield demand, thing.below, other.above, thing.name or other.name


def _below(
    demand: Demand, demands: Demands, things: Things, every: Sequence[tuple[int, Thing]], i: int, thing: Thing
) -> Iterator[Thing]:
    """What stands below *thing*, a slot of task *i* or with -1 a fixed one, and must keep *demand*."""
    for s, other in every:
        asked = demands.growing[i, s] if i >= 0 else [d for d, _, is_above in demands.towards[s] if is_above]
        if demand in asked and (other.above > thing.below or (i < 0 and other.above == thing.below)):
            yield other
    for asked_of, terms, is_above in demands.towards[i] if i >= 0 else ():
        if asked_of == demand and not is_above:
            yield from (other for other in things.named(terms) if other.above >= thing.below)
