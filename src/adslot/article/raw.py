"""Raw blocks: what the walk over a body finds, still in terms of the parser's nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot.article.markers import Marker
from adslot.html.dom import Node, TextCut
from adslot.html.text import count_words
from adslot.roles import Role


@attrs.define(eq=False)
class Frame:
    """An element that was looked through, and the one around it; *closed* where an editor wants no slot.

    *is_wrapper* is False for one that is none by its name, such as a `span` around paragraphs, *is_shell* True
    for one of which nothing but a heading is a block, *is_parted* for an inline element or a `p` whose text `<br><br>`
    parts.
    *is_cut_at_blank_lines* says whether blank lines part paragraphs in it, *traits* which it gives to a picture
    and its caption, *size* how long the text in it is; all None until that is asked.
    """

    node: Node
    outer: Frame | None
    depth: int
    closed: bool = False
    is_wrapper: bool = True
    is_shell: bool = False
    is_parted: bool = False
    is_cut_at_blank_lines: bool | None = None
    traits: frozenset[str] | None = None
    size: int | None = None

    def common(self, other: Frame) -> Frame:
        """The lowest frame around both; they are of one body."""
        one = self
        while one is not other:
            if one.depth >= other.depth:
                one = one.outer or one
            else:
                other = other.outer or other
        return one

    def outward(self) -> Iterator[Frame]:
        """This frame and those around it, the body's own left out."""
        frame = self
        while frame.outer is not None:
            yield frame
            frame = frame.outer

    def is_within(self, around: Frame) -> bool:
        """Whether this is *around* or stands in it."""
        inner = self
        while inner.depth > around.depth and inner.outer is not None:
            inner = inner.outer
        return inner is around


@attrs.define(eq=False)
class RawBlock:
    """A block as found in the tree: one element, or the *nodes* of a line of loose text.

    *text* is what a reader sees of it, *chars* what counts of that. *cut* is where it begins inside a
    text node. *strays* are elements that show nothing, between it and the piece above. *traits* are those
    of `Block.traits`.
    """

    role: Role
    nodes: Sequence[Node]
    frame: Frame
    text: str
    chars: int
    cut: TextCut | None = None
    strays: Sequence[Node] = ()
    traits: frozenset[str] = frozenset()

    @property
    def words(self) -> int:
        """As `Block.words`."""
        return count_words(self.text) if self.chars else 0


# A block at an end of a body that is not the story's, and why it is not.
OutsideBlock = tuple[RawBlock, str]


@attrs.define(eq=False)
class Flow:
    """All pieces of a story in reading order, the markers, and the strays after the last piece.

    *above* and *below* it are the pieces of the body that are none of it.

    *has_closed* says whether any frame is closed, *is_parted* whether any is that, *unread* that there are far too many
    pieces: then it has none.
    """

    root: Frame
    has_closed: bool = False
    unread: bool = False
    is_parted: bool = False
    pieces: list[RawBlock] = attrs.field(factory=list)
    markers: list[Marker] = attrs.field(factory=list)
    strays: list[Node] = attrs.field(factory=list)
    above: list[OutsideBlock] = attrs.field(factory=list)
    below: list[OutsideBlock] = attrs.field(factory=list)
