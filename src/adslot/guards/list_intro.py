"""list-intro: nothing stands between an introduction and what it introduces.

**What it does.** Refuses the gap below a paragraph that ends in a colon, whatever block comes next:
a list, a quotation, a picture, another paragraph. Brackets may close after the colon. A colon inside
quotation marks counts where the paragraph begins with one, or a list comes next.

**Why.** The colon promises what follows. A slot in between takes its place, so that the ad reads as
the first item of the list, or as what somebody said.

**Options.** `[guards] list-intro = false` takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.guards import Guard
from adslot.roles import SLOT_ROLES, BlockLike, Role

_INTRODUCING = frozenset({Role.PARAGRAPH, Role.SHORT_PARAGRAPH, Role.PSEUDO_HEADING})
_COLONS = (":", "：", "﹕", "៖", "፦")  # Latin, CJK, Khmer, Ethiopic
_BLANKS = " \xa0\u3000"
_OPENING, _CLOSING = "([{（［【〈《", ")]}）］】〉》"
_QUOTES = "\"'“”„‟‘’‚»«›‹」』"
_AFTER = _BLANKS + _CLOSING + _QUOTES
_LAST = frozenset((*_COLONS, *_AFTER))  # most paragraphs end otherwise, and are asked no more


def barred(blocks: Sequence[BlockLike]) -> Iterator[int]:
    """The gaps from each introduction to what it introduces; slots of the article in between are looked through."""
    for index in [at for at, block in enumerate(blocks) if block.text[-1:] in _LAST and block.role in _INTRODUCING]:
        below = index + 1
        while below < len(blocks) and blocks[below].role in SLOT_ROLES:
            below += 1
        if below < len(blocks) and _introduces(blocks[index].text, blocks[below]):
            yield from range(index + 1, below + 1)


def _introduces(text: str, below: BlockLike) -> bool:
    """Whether *text* ends in a colon, and not just in that of something quoted."""
    if not text.rstrip(_AFTER).endswith(_COLONS):
        return False
    closing = _CLOSING if any(bracket in text for bracket in _OPENING) else ""  # else it is a smile
    if text[0] in _QUOTES or below.role is Role.LIST:
        closing += _QUOTES
    return text.rstrip(_BLANKS + closing).endswith(_COLONS)


EXAMPLE = (
    "<p>Um 22.14 Uhr rollt der Zug aus der Halle.</p>"
    "<p>Wer ein Bett bucht, findet darauf:</p>"
    "<ul><li>ein Laken und eine Decke</li><li>ein Handtuch</li><li>Wasser und einen Apfel</li></ul>"
    "<p>Kurz vor sechs liegt das Meer grau hinter den Kränen.</p>"
)
GUARD = Guard(
    name="list-intro", order=2, sentence="between a colon and what it introduces", barred=barred, example=EXAMPLE
)
