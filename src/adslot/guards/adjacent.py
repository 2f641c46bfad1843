"""adjacent: one slot to a gap.

**What it does.** Refuses a gap that another slot uses, and the gaps directly above and below an ad
or teaser that the article already has, with the heading that stands over one. Slots of rules with `stack = true` may share a gap
with each other, and with an editor's slot; beside an ad that is there already they may not stand either.

**Why.** Two ads in a row, or an ad on top of a teaser, read as one block of advertising; newsrooms
report it as a fault.

**Options.** `[guards] adjacent = false` takes it back; distances between slots still hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.guards import Guard
from adslot.roles import SLOT_ROLES, BlockLike, Role


def barred(blocks: Sequence[BlockLike]) -> Iterator[int]:
    """The gaps next to slots that the article already has."""
    for index, block in enumerate(blocks):
        if block.role in SLOT_ROLES:
            yield index
            yield index + 1
            if index and blocks[index - 1].role is Role.BOX and "label" in blocks[index - 1].traits:
                yield index - 1


EXAMPLE = (
    "<p>Um 22.14 Uhr rollt der Zug aus der Halle.</p>"
    "<p>Die Betten sind schmal, die Decken dick.</p>"
    '<div class="ad-slot"></div>'
    "<p>Hinter Cottbus wird es still.</p>"
    "<p>Kurz vor sechs liegt das Meer grau hinter den Kränen.</p>"
)
GUARD = Guard(
    name="adjacent",
    order=5,
    sentence="another slot stands at this gap",
    docs="one slot to a gap",
    counts_itself=True,
    needs=SLOT_ROLES,
    barred=barred,
    example=EXAMPLE,
)
