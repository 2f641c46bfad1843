"""caption: nothing stands between a picture and its caption, or a quotation and its author.

**What it does.** Refuses the gap between a figure, embed or table and a caption that is a block of its
own below it, and the gap between two lines of such a caption. A text directly below a picture is its
caption where a class name says so, its own or that of an element around it (`caption`, `wp-caption-text`,
`image-credit`, `bildunterschrift`, `legende`), where it stands with the picture in an element that is made for
both (`figure`, `imageblock`) or holds nothing else, where it is a line of up to 200 characters in small or
italic letters, or centred, or has up to 200 characters and begins as captions do (`Foto:`, `(Bild: …`, `Quelle:`,
`Photo by`, `Crédit photo :`), ends in such words in brackets, or has a `©` in it; or where it ends in
`Foto: Karla Muster`, `(Muster/dpa)` or `Muster/dpa`.

Below a quotation the same holds for the line that says who is quoted: by a class name (`attribution`,
`quote__author`), or where it has up to 120 characters, is no sentence, and begins with a dash or is set in small or
italic letters, or centred.

**Why.** A caption below a slot reads as the slot's own, and the ad as the picture. The name of a
photographer must stand with the photo, that of a speaker with the words.

**Options.** `[guards] caption = false` takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.guards import Guard
from adslot.roles import BlockLike


def barred(blocks: Sequence[BlockLike]) -> Iterator[int]:
    """The gaps above captions."""
    return (index for index, block in enumerate(blocks) if "caption" in block.traits)


EXAMPLE = (
    "<p>Um 22.14 Uhr rollt der Zug aus der Halle.</p>"
    '<p><img src="zug.jpg"></p>'
    "<p>Foto: Landbote</p>"
    "<p>Kurz vor sechs liegt das Meer grau hinter den Kränen.</p>"
)
GUARD = Guard(
    name="caption",
    order=3,
    sentence="between a picture and its caption, or a quotation and its author",
    needs=frozenset({"caption"}),
    barred=barred,
    example=EXAMPLE,
)
