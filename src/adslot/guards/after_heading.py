"""after-heading: nothing stands directly below a heading.

**What it does.** Refuses the gap below each heading and pseudo-heading, for every rule.

**Why.** A slot there parts a heading from its text, and readers take the heading for the slot's
own; Google's policies name that risk. On 49 German news pages with 146 ad breaks only 3 stood
directly below a heading where chance would have put 26.

**Options.** `[guards] after-heading = false` takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.guards import Guard
from adslot.roles import GROUPS, BlockLike


def barred(blocks: Sequence[BlockLike]) -> Iterator[int]:
    """The gaps that this guard closes."""
    return (index + 1 for index, block in enumerate(blocks) if block.role in GROUPS["headings"])


EXAMPLE = (
    "<p>Um 22.14 Uhr rollt der Zug aus der Halle.</p>"
    "<h2>Was die Nacht kostet</h2>"
    "<p>Ein Platz im Abteil zu viert kostet 49 Euro, das Bett mit Laken das Doppelte.</p>"
    "<p>Kurz vor sechs liegt das Meer grau hinter den Kränen.</p>"
)
GUARD = Guard(
    name="after-heading",
    order=1,
    sentence="directly below a heading",
    needs=GROUPS["headings"],
    barred=barred,
    example=EXAMPLE,
)
