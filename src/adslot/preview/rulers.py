"""Rulers: how far it is along a story, in the units that its policy counts in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from adslot.kept import lazy
from adslot.planner.measures import Measures
from adslot.planner.plan import Plan
from adslot.policy.language.distance import PLAIN_UNITS, Distance
from adslot.policy.policy import Policy
from adslot.roles import SLOT_ROLES


@attrs.frozen
class Mark:
    """What distances are counted from and to: its *name*, and the blocks *above* and *below* which it stands."""

    name: str
    above: int
    below: int

    @property
    def is_block(self) -> bool:
        """Whether it is a block of the page, with a gap above it and one below."""
        return self.below != self.above


@attrs.frozen
class Ruler:
    """The *before* of each gap in each unit, and the *marks*: the story's ends, the slots, and the page's own ones."""

    before: Mapping[str, Sequence[int]]
    marks: Sequence[Mark]

    @lazy
    def whole(self) -> Sequence[str]:
        """How long the story is."""
        return self.between(0, -1)

    def between(self, above: int, below: int) -> Sequence[str]:
        """The distance of two gaps, in every unit."""
        return [_counted(sums[below] - sums[above], unit, sums[-1]) for unit, sums in self.before.items()]


def ruler(plan: Plan) -> Ruler:
    """The ruler of a plan's article."""
    measures = Measures(plan.article.blocks, plan.policy.article.sizes)
    return Ruler({unit: measures.before(unit) for unit in units(plan.policy)}, list(_marks(plan)))


def units(policy: Policy) -> Sequence[str]:
    """The units of the policy's distances that need no layout; characters where it has none.

    >>> units(Policy())
    ['chars']
    """
    found = {unit for distance in _distances(policy) for unit in distance.units}
    return [unit for unit in PLAIN_UNITS if unit in found] or ["chars"]


def _distances(policy: Policy) -> Iterator[Distance]:
    """Every distance that a policy asks for."""
    every: list[attrs.AttrsInstance] = [*policy.rules, *policy.spacing]
    for declared in every:
        for field in attrs.fields(type(declared)):
            if isinstance(value := getattr(declared, field.name), Distance):
                yield value


def _marks(plan: Plan) -> Iterator[Mark]:
    """From the start to the end. A slot stands in a gap; one of the page itself is a block, and above and below differ."""
    last = len(plan.article.blocks)
    yield Mark("the start", 0, 0)
    stacks = {each.gap: each.id for each in reversed(plan.placements) if each.gap is not None and 0 < each.gap < last}
    found = [Mark(name, gap, gap) for gap, name in stacks.items()]
    if plan.policy.article.counts_existing:
        blocks = enumerate(plan.article.blocks)
        found += [Mark(f"existing {block.role}", at, at + 1) for at, block in blocks if block.role in SLOT_ROLES]
    yield from sorted(found, key=lambda mark: (mark.above, mark.below))
    yield Mark("the end", last, last)


def _counted(number: int, unit: str, whole: int) -> str:
    if unit == "%":
        return f"{number * 100 // (whole or 1)}%"
    return f"{number:,} {unit.removesuffix('s') if number == 1 else unit}"
