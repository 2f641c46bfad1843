"""Growing distances: spacings that hold only once so many things of their upper kind precede."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from adslot.planner.closed import near
from adslot.planner.constraints import Constraints, MinDistance
from adslot.planner.fixed import Fixed, FixedThings
from adslot.planner.solver.problem import Growth
from adslot.policy.language.terms import Term


def growths_of(constraints: Constraints, things: FixedThings, tasks: Sequence[int]) -> tuple[Growth, ...]:
    """The growing distances between *tasks*, and between them and fixed things, in the solver's terms."""
    return tuple(_growth(constraint, constraints, things, tasks) for constraint in _growing(constraints))


def _growing(constraints: Constraints) -> dict[MinDistance, None]:
    """The growing constraints, each once, in order."""
    found = {constraint: None for pair in constraints.growing.values() for constraint in pair}
    return found | {
        constraint: None for towards in constraints.towards for constraint, _, _ in towards if constraint.since > 1
    }


def _growth(constraint: MinDistance, constraints: Constraints, things: FixedThings, tasks: Sequence[int]) -> Growth:
    reach = tuple(things.clearance(constraint).reach)
    pairs = [(r, s) for r in tasks for s in tasks if constraint in constraints.growing[r, s]]
    upper = things.named(constraint.counted)
    lower = [i for i in tasks if any(d == constraint and is_above for d, _, is_above in constraints.towards[i])]
    return Growth(
        least=constraint.since,
        counted=frozenset(i for i in tasks if not constraints.names[i].isdisjoint(constraint.counted)),
        before=tuple(bisect_right(upper, gap, key=_below) for gap in range(len(reach))),
        reach=dict.fromkeys(pairs, reach),
        # A point, such as the lead's end, stands above the slots of its own gap. What nothing can precede never counts.
        posts=tuple((thing.below - 1, dict.fromkeys(lower, reach[thing.below])) for thing in upper if thing.below > 0),
        shut={i: shut for i in tasks if (shut := _shut(constraint, constraints, things, i))},
    )


def _shut(constraint: MinDistance, constraints: Constraints, things: FixedThings, i: int) -> frozenset[int]:
    """The gaps of task *i* too near above a fixed thing that *constraint* keeps it off."""
    below: dict[tuple[Term, ...], None] = {
        terms: None for other, terms, is_above in constraints.towards[i] if other == constraint and not is_above
    }
    found: set[int] = set()
    for terms in below:
        done = 0
        clearance = things.clearance(constraint)
        for _, first, last, *_ in near(constraint.code, clearance, things.named(terms), things.last, is_above=False):
            found.update(range(max(first, done), last + 1))
            done = max(done, last + 1)
    return frozenset(found)


def breaches_of(
    constraints: Constraints, things: FixedThings, slots: Sequence[tuple[int, int, str]], new: tuple[int, int]
) -> Iterator[tuple[MinDistance, int, int, str]]:
    """What would be too near if a slot *new*, (task, gap), joined *slots*, (task, gap, id).

    Each as the constraint, the gap positions between which its distance would be missing, and the name of
    the thing in the way: of fixed ones the nearest. The new slot counts as one more thing, and so can
    part two others.
    """
    if not constraints.grows:
        return
    every = [(i, Fixed(name, gap, gap)) for i, gap, name in slots if gap != things.last]
    if new[1] != things.last:
        every.append((new[0], Fixed("", new[1], new[1])))
    for constraint in _growing(constraints):
        clearance = things.clearance(constraint)
        for thing, other in _pairs(constraint, constraints, things, every):
            if not clearance.holds(thing.below, other.above):
                yield constraint, thing.below, other.above, thing.name or other.name


def _pairs(
    constraint: MinDistance, constraints: Constraints, things: FixedThings, every: Sequence[tuple[int, Fixed]]
) -> Iterator[tuple[Fixed, Fixed]]:
    """The upper and the lower things that must keep *constraint*: at least one of each two is a slot of *every*, (task, thing)."""
    fixed = things.named(constraint.counted)
    own = sorted(
        ((i, t) for i, t in every if not constraints.names[i].isdisjoint(constraint.counted)), key=lambda u: u[1].above
    )
    for s, other in every:
        at = bisect_right(fixed, other.above, key=_below) - 1
        if at >= 0 and any(d == constraint and is_above for d, _, is_above in constraints.towards[s]):
            preceding = at + sum(thing.above < fixed[at].above for _, thing in own)
            if preceding >= constraint.since - 1:
                yield fixed[at], other
    for number, (i, thing) in enumerate(own):
        if number + bisect_right(fixed, thing.above, key=_above) < constraint.since - 1:
            continue
        yield from ((thing, o) for s, o in every if o.above > thing.below and constraint in constraints.growing[i, s])
        for growing, terms, is_above in constraints.towards[i]:
            lower = things.named(terms) if growing == constraint and not is_above else ()
            at = bisect_left(lower, thing.below, key=_above)
            yield from ((thing, other) for other in lower[at : at + 1])


_above, _below = attrgetter("above"), attrgetter("below")
