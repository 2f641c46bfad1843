"""listings: nothing stands between listings that follow one another.

**What it does.** Refuses the gap between two blocks of code with nothing in between.

**Why.** They are one example to a reader, as a command and what it prints.

**Options.** `[guards] listings = false` takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from adslot.guards import Guard
from adslot.roles import BlockLike, Role


def barred(blocks: Sequence[BlockLike]) -> Iterator[int]:
    """The gaps with code above and below."""
    pairs = enumerate(pairwise(block.role for block in blocks), 1)
    return (gap for gap, roles in pairs if roles == (Role.CODE, Role.CODE))


EXAMPLE = (
    "<p>Zwei Befehle genügen. Der erste nimmt die Plätze wieder heraus, der zweite setzt sie neu.</p>"
    "<pre><code>adslot strip seite.html</code></pre>"
    "<pre><code>adslot place seite.html</code></pre>"
    "<p>Beide lassen jedes andere Zeichen der Seite, wie es war.</p>"
)
GUARD = Guard(
    name="listings", order=7, sentence="between listings that follow one another", barred=barred, example=EXAMPLE
)
