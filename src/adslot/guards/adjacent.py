"""adjacent: one slot to a gap.

**What it does.** Refuses a gap that another slot uses, and the gaps directly above and below an ad
or teaser that the article already has. Slots of rules with `stack = true` may share a gap.

**Why.** Two ads in a row, or an ad on top of a teaser, read as one block of advertising; newsrooms
report it as a fault.

**Options.** `[guards] adjacent = false` takes it back; distances between slots still hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.guards import Guard
from adslot.roles import SLOT_ROLES, BlockLike


def barred(blocks: Sequence[BlockLike]) -> Iterator[int]:
    """The gaps next to slots that the article already has."""
    return (gap for index, block in enumerate(blocks) if block.role in SLOT_ROLES for gap in (index, index + 1))


GUARD = Guard(
    name="adjacent",
    order=5,
    sentence="another slot stands at this gap",
    docs="one slot to a gap",
    counts_itself=True,
    barred=barred,
)
