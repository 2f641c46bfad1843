"""label: nothing stands between a label and the words that it belongs to.

**What it does.** Refuses the gap below a line that says nothing without the block below it:

- who speaks, a time or a number (`MODERATORIN`, `12.30 Uhr`, `§ 4`), by a class name such as `speaker`, `time` or
  `num`, or as there is nothing else in the line;
- the question of an interview: a text with a question mark at its end that is wholly bold or italic, that is
  called `question` or `frage`, or that begins with the name of one of two who speak; and short questions between
  long paragraphs, where a story has several;
- the title of a table, listing or picture: a line directly above that begins with a number of it (`Tabelle 2:`),
  is called a title, or shares an element with nothing else;
- a verse, where the stanza goes on in the same element (`stanza`, `strophe`, `poem`);
- a heading over a teaser that the article already has.

**Why.** A question above an ad has lost its answer, and the ad seems to be said by somebody. A number or a time
without its text is nothing at all.

**Options.** `[guards] label = false` takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.guards import Guard
from adslot.roles import SLOT_ROLES, BlockLike


def barred(blocks: Sequence[BlockLike]) -> Iterator[int]:
    """The gaps from each label to its words; slots of the article in between are looked through."""
    below = len(blocks)  # the next block that is no slot
    for index in range(len(blocks) - 1, -1, -1):
        if blocks[index].role in SLOT_ROLES:
            continue
        if "label" in blocks[index].traits and below < len(blocks):
            yield from range(index + 1, below + 1)
        below = index


EXAMPLE = (
    "<p>Seit Mai fährt wieder ein Nachtzug ans Meer.</p>"
    "<p><i>Wann legen Sie sich hin?</i></p>"
    "<p>Hinter Cottbus. Dann haben alle ihr Bett gefunden, und es wird still im Wagen.</p>"
    "<p><i>Und wann stehen Sie auf?</i></p>"
    "<p>Kurz vor fünf. Um sechs sind wir am Meer, und bis dahin will jeder einen Kaffee.</p>"
)
GUARD = Guard(
    name="label",
    order=7,
    sentence="between a label and its words",
    needs=frozenset({"label"}),
    barred=barred,
    example=EXAMPLE,
)
