"""tail: nothing stands between the last paragraph and the short lines that end a story.

**What it does.** Refuses the gaps above the short paragraphs that end the story, up to five of them,
where a paragraph, list or quotation stands somewhere above. Ads and teasers that the article has
there already are looked through, and below the lines boxes and separators too, such as a form for
comments. The gap below the last line stays free. What is short says `short` in `[article]`.

**Why.** Agency lines, authors' initials and sources belong to the text above; a slot in between
tears them off, and readers take it for the end. More than five short paragraphs in a row are no such
lines but a dialogue, verse or an address.

**Options.** `[guards] tail = false` takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.guards import Guard
from adslot.roles import SHORT_PARAGRAPH, SLOT_ROLES, BlockLike, Role

_LONG = frozenset({Role.PARAGRAPH, Role.LIST, Role.QUOTE})
_BELOW = SLOT_ROLES | {Role.BOX, Role.SEPARATOR}
_LINES = SLOT_ROLES | {SHORT_PARAGRAPH}
_MOST_LINES = 5


def barred(blocks: Sequence[BlockLike]) -> Iterator[int]:
    """The gaps from above the first of the lines that end the story to above the last one."""
    end = _without(blocks, len(blocks), _BELOW)
    first = _without(blocks, end, _LINES)
    lines = sum(block.role is SHORT_PARAGRAPH for block in blocks[first:end])
    if lines <= _MOST_LINES and any(block.role in _LONG for block in blocks[:first]):
        yield from range(first, end)


def _without(blocks: Sequence[BlockLike], end: int, roles: frozenset[Role]) -> int:
    """Where the first *end* blocks end without the last ones of *roles*."""
    while end and blocks[end - 1].role in roles:
        end -= 1
    return end


EXAMPLE = (
    "<p>Ein Platz im Abteil zu viert kostet 49 Euro, das Bett mit Laken das Doppelte.</p>"
    "<p>Kurz vor sechs liegt das Meer grau hinter den Kränen.</p>"
    "<p>Alle Angaben ohne Gewähr.</p>"
)
GUARD = Guard(
    name="tail",
    order=4,
    sentence="between the last paragraph and the short lines that end the story",
    needs=frozenset({SHORT_PARAGRAPH}),
    barred=barred,
    example=EXAMPLE,
)
