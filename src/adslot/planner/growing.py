"""Growing distances: spacings that hold only once so many things of their upper kind precede."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from adslot.planner.constraints import Constraints, MinDistance
from adslot.planner.fixed import FIRST_BELOW, LAST_ABOVE, Fixed, FixedThings
from adslot.planner.solver.problem import Growth
from adslot.policy.language.terms import Term


def growths_of(constraints: Constraints, things: FixedThings, tasks: Sequence[int]) -> tuple[Growth, ...]:
    """The growing distances between *tasks*, and between them and fixed things, in the solver's terms."""
    return tuple(_growth(constraint, constraints, things, tasks) for constraint in _growing(constraints))


def _growing(constraints: Constraints) -> dict[MinDistance, None]:
    """The growing constraints, each once, in order."""
    found = {constraint: None for pair in constraints.growing.values() for constraint in pair}
    return found | {
        constraint: None for towards in constraints.towards for constraint, *_ in towards if constraint.since > 1
    }


def _growth(constraint: MinDistance, constraints: Constraints, things: FixedThings, tasks: Sequence[int]) -> Growth:
    reach = tuple(things.clearance(constraint).reach)
    pairs = [(r, s) for r in tasks for s in tasks if constraint in constraints.growing[r, s]]
    upper = things.named(constraint.counted)
    lower = [i for i in tasks if any(d == constraint and is_above for d, _, is_above, _ in constraints.towards[i])]
    return Growth(
        least=constraint.since,
        counted=frozenset(i for i in tasks if not constraints.names[i].isdisjoint(constraint.counted)),
        before=tuple(bisect_right(upper, gap, key=FIRST_BELOW) for gap in range(len(reach))),
        reach=dict.fromkeys(pairs, reach),
        # What nothing can precede never counts.
        posts=tuple(
            (thing.first_below - 1, dict.fromkeys(lower, reach[thing.below]))
            for thing in upper
            if thing.first_below > 0
        ),
        shut={i: shut for i in tasks if (shut := _shut(constraint, constraints, things, i))},
    )


def _shut(constraint: MinDistance, constraints: Constraints, things: FixedThings, i: int) -> dict[int, int]:
    """The gaps of task *i* too near above fixed things that *constraint* keeps it off, and how many upper ones precede the last."""
    found: dict[int, int] = {}
    upper, clearance = things.named(constraint.counted), things.clearance(constraint)
    for terms in _lower_terms(constraint, constraints, i):
        done = things.last + 1
        for thing in reversed(things.named(terms)):
            before = bisect_right(upper, thing.above, key=FIRST_BELOW)
            first = clearance.last_above(thing.above) + 1
            for gap in range(first, min(thing.last_above + 1, done)):
                found[gap] = max(found.get(gap, 0), before)
            done = min(done, first)
    return found


def _lower_terms(constraint: MinDistance, constraints: Constraints, i: int) -> dict[tuple[Term, ...], None]:
    """The terms of the fixed things that slots of task *i* are kept off above by *constraint*, each once."""
    return {terms: None for other, terms, is_above, _ in constraints.towards[i] if other == constraint and not is_above}


def breaches_of(
    constraints: Constraints, things: FixedThings, slots: Sequence[tuple[int, int, str]], new: tuple[int, int]
) -> Iterator[tuple[MinDistance, int, int, str]]:
    """What would be too near if a slot *new*, (task, gap), joined *slots*, (task, gap, id).

    Each as the constraint, the gap positions between which its distance would be missing, and the name of
    the thing in the way: of several the nearest. The new slot counts as one more thing, and so can
    part two others; these are named both.
    """
    if not constraints.grows or new[1] > things.last:
        return
    every = [(i, Fixed(name, gap, gap, gap, gap)) for i, gap, name in slots if gap <= things.last]
    every.append((new[0], Fixed("", *(new[1],) * 4)))
    for constraint in _growing(constraints):
        clearance = things.clearance(constraint)
        pairs = [
            (thing, other)
            for thing, other in _pairs(constraint, constraints, things, every)
            if not clearance.holds(thing.below, other.above)
        ]
        mine = [pair for pair in pairs if any(not each.name for each in pair)]
        for thing, other in mine or pairs[:1]:
            name = thing.name or other.name if mine else f"{other.name} below {thing.name}"
            yield constraint, thing.below, other.above, name


def _pairs(
    constraint: MinDistance, constraints: Constraints, things: FixedThings, every: Sequence[tuple[int, Fixed]]
) -> Iterator[tuple[Fixed, Fixed]]:
    """The upper and the lower things that must keep *constraint*: one of each two is a slot of *every*, (task, thing).

    Of all things above a lower one the nearest counts, and the other way round.
    """
    fixed = things.named(constraint.counted)
    own = [(i, thing) for i, thing in every if not constraints.names[i].isdisjoint(constraint.counted)]

    def is_counted(below: int, within: int) -> bool:
        """Whether enough things precede what begins at gap *below*; slots precede it up to gap *within*."""
        slots = sum(thing.above <= within for _, thing in own)
        return bisect_right(fixed, below, key=FIRST_BELOW) + slots >= constraint.since

    for s, lower in every:
        if not is_counted(lower.above, lower.above - 1):
            continue
        uppers = [thing for i, thing in own if thing.above < lower.above and constraint in constraints.growing[i, s]]
        if any(other == constraint and is_above for other, _, is_above, _ in constraints.towards[s]):
            uppers += fixed[: bisect_right(fixed, lower.above, key=FIRST_BELOW)][-1:]
        if uppers:
            yield max(uppers, key=FIRST_BELOW), lower
    for i, upper in own:
        for terms in _lower_terms(constraint, constraints, i):
            below = things.named(terms)
            below = below[bisect_left(below, upper.below, key=LAST_ABOVE) :]
            yield from ((upper, lower) for lower in [o for o in below if is_counted(o.above, o.last_above)][:1])
