"""caption: nothing stands between a picture and its caption.

**What it does.** Refuses the gap between a figure, embed or table and a caption that is a block of its
own below it, and the gap between two lines of such a caption. A text directly below a picture is its
caption where a class name says so, its own or that of the element around it (`caption`, `wp-caption-text`,
`image-credit`, `bildunterschrift`, `legende`), or where it has up to 200 characters and begins as captions
do (`Foto:`, `(Bild: …`, `Quelle:`, `Photo by`, `Crédit photo :`), ends in such words in brackets, or has
a `©` in it.

**Why.** A caption below a slot reads as the slot's own, and the ad as the picture. The name of a
photographer must stand with the photo.

**Options.** `[guards] caption = false` takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.guards import Guard
from adslot.roles import BlockLike


def barred(blocks: Sequence[BlockLike]) -> Iterator[int]:
    """The gaps above captions."""
    return (index for index, block in enumerate(blocks) if "caption" in block.traits)


GUARD = Guard(name="caption", order=3, sentence="between a picture and its caption", barred=barred)
