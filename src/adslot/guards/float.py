"""float: nothing stands beside a floated picture.

**What it does.** Refuses the gap below a figure, embed, table, box or quotation that floats to the left or
right, and each further gap until 250 characters of text stand in between. Another picture, embed, table or
box counts as 125 of them, the caption of one and ads as nothing, and a heading ends nothing. The gap at
the end of the story stays free.
A block floats where its class names say so (`alignleft`, `float-right`, `pull-left`, `image-right`),
its style (`float: left`), or the `align` of a picture or table. The class may also be that of an element
around it, up to four of them, or of the only one inside it.

**Why.** A slot beside a picture is squeezed to the width that is left, or pushed below the picture, with
a hole above. How far a picture reaches, only the style sheet knows. The 250 characters assume one of 300
by 225 pixels in a column of 640: lines of 22 to 45 characters beside it, 8 of them at a line height of 27.

**Options.** `[guards] float = false` takes it back, for sites that float nothing on any screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.guards import Guard
from adslot.roles import GROUPS, BlockLike

_REACH = 250  # code points
_PICTURE = 125  # what another one takes of the height


def barred(blocks: Sequence[BlockLike]) -> Iterator[int]:
    """The gaps beside floated blocks, but for the end of the story."""
    reach = 0
    for index, block in enumerate(blocks[:-1]):
        if "floated" in block.traits:
            reach = _REACH
        elif "caption" not in block.traits:
            reach -= _PICTURE if block.role in GROUPS["media"] else block.chars
        if reach > 0:
            yield index + 1


EXAMPLE = (
    "<p>Um 22.14 Uhr rollt der Zug aus der Halle.</p>"
    '<figure class="alignright"><img src="zug.jpg"></figure>'
    "<p>Hinter Cottbus wird es still. Wer jetzt noch wach ist, sitzt im Speisewagen, bei Soljanka und Schwarzbrot.</p>"
    "<p>Der Fahrplan ist großzügig gerechnet. In Berlin steht der Zug eine Stunde, in Stettin wechselt er die Lok.</p>"
    "<p>Ein Platz im Abteil zu viert kostet 49 Euro, das Bett mit Laken das Doppelte.</p>"
    "<p>Kurz vor sechs liegt das Meer grau hinter den Kränen.</p>"
)
GUARD = Guard(
    name="float",
    order=6,
    sentence="beside a floated picture",
    needs=frozenset({"floated"}),
    barred=barred,
    example=EXAMPLE,
)
