"""Why a teaser shows this article: what the others would be worth in its place, and where they are shown."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from adslot.planner.compile import Compiled
from adslot.planner.placements import Placement
from adslot.policy.numbers import brief
from adslot.related.values import Related


@attrs.frozen
class Rival:
    """An article that a teaser might show instead.

    *relevance* is that to the teaser's section, in permille, None where it was not worked out. *shown* is
    the id of the teaser that shows it, None where none does. *fits* says whether it is relevant enough for
    the rule.
    """

    item: Related = attrs.field(repr=brief)
    relevance: int | None
    shown: str | None
    fits: bool


def rivals(
    compiled: Compiled, placements: Sequence[Placement], items: Sequence[Related], teaser: Placement
) -> tuple[Rival, ...]:
    """All of *items* but those that *teaser* shows, the most relevant there first."""
    shown = {item: placement.id for placement in placements for item in placement.items}
    least = next((rule.min_relevance for rule in compiled.rules if rule.name == teaser.rule), 0)
    found = []
    for number, item in enumerate(items):
        relevance = compiled.relevance(teaser.gap, number)
        if item not in teaser.items:
            found.append(Rival(item, relevance, shown.get(item), (relevance or 0) >= least))
    return tuple(sorted(found, key=lambda rival: -(rival.relevance or 0)))
