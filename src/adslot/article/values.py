"""The article as adslot understands it: blocks, sections and the gaps between them.

All values are frozen, hold text and numbers only, compare by value and pickle. Offsets and spans
are code points for an article read from `str` and bytes for one read from `bytes`; at the tree
door there is no text to point into, and they are None.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from adslot.errors import AdslotError
from adslot.html.dom import Span
from adslot.html.text import count_words
from adslot.kept import lazy
from adslot.policy.numbers import brief, how_many
from adslot.roles import SLOT_ROLES, Role

if TYPE_CHECKING:
    from adslot import TypedBlock
    from adslot.policy.declarations import ArticleOptions
    from adslot.policy.policy import Policy


# Where an anchor leads to: before, after or at which of what a selector matches.
AnchorKey = tuple[str, str]


def _name(heading: Block | None) -> str:
    """What stands for a heading where a section shows itself."""
    return brief(heading and heading.text)


@attrs.frozen
class Block:
    """One atomic piece of the article's flow.

    *text* is what a reader sees, white space collapsed; zero-width spaces between Thai words and the like stay. *chars* is its length in code points, 0
    where the role does not count (captions, tables, embeds, code, ads, teasers); *level* is 1 to 6
    for a heading, 7 for a pseudo-heading, else 0. *traits* are what its markup says beyond that: `floated`
    of a picture beside the text, `caption` of a line that belongs to the picture above it.
    """

    role: Role
    tag: str = attrs.field(repr=brief)
    level: int
    text: str = attrs.field(repr=brief)
    span: Span | None
    chars: int
    traits: frozenset[str] = frozenset()

    @property
    def words(self) -> int:
        """The number of words, as the reference of measures counts them; 0 where chars are 0."""
        return count_words(self.text) if self.chars else 0


@attrs.frozen(kw_only=True)
class Gap:
    """A place between two neighbouring blocks, or before the first or after the last.

    *above* and *below* are block indices, None at the article's ends. *offset* is directly before
    what stands below, *slot_offset* where a slot is written: before it, where comments that come in
    pairs (`<!-- wp:paragraph -->`, `<!--[if IE]>`) belong to the block below. *unsafe* says why no slot
    may be inserted there (a code of `adslot.codes`), None for a certified gap. *closed* is True
    where an editor's marker keeps all slots away.
    """

    index: int
    offset: int | None
    above: int | None
    below: int | None
    section: int
    slot_offset: int | None
    unsafe: str | None = None
    closed: bool = False


@attrs.frozen
class Section:
    """A heading and the blocks under it; the opening section has no heading and level 0.

    *parent* is the index of the section that this one is nested in, None at the top.
    """

    index: int
    heading: Block | None = attrs.field(repr=_name)
    level: int
    parent: int | None
    blocks: tuple[Block, ...] = attrs.field(repr=how_many)
    first: int

    @property
    def words(self) -> int:
        """The number of words of the section's blocks, its heading included."""
        return sum(block.words for block in self.blocks)

    @property
    def text(self) -> str:
        """What a reader sees under the heading, one line for each block; ads and teasers left out."""
        shown = (block for block in self.blocks if block is not self.heading and block.role not in SLOT_ROLES)
        return "\n".join(block.text for block in shown)

    @property
    def span(self) -> Span | None:
        """From the first block's start to the last block's end in the source."""
        if not self.blocks or self.blocks[0].span is None or self.blocks[-1].span is None:
            return None
        return self.blocks[0].span[0], self.blocks[-1].span[1]


@attrs.frozen
class Outside:
    """A block at an end of the body that is not the story's, and the *reason*, a key of `adslot.codes.OUTSIDE`."""

    block: Block
    reason: str


@attrs.frozen
class Body:
    """The element that holds the story: its *tag*, and *how* it was found."""

    tag: str = attrs.field(repr=brief)
    how: str = attrs.field(repr=brief)


@attrs.frozen
class Anchored:
    """Where an anchor outside the flow leads to: a certified *offset*, or *unsafe* says why not.

    *missing* anchors match nothing on the page.
    """

    offset: int | None = None
    unsafe: str | None = None
    missing: bool = False


@attrs.frozen
class Manual:
    """An editor's `<!-- adslot: here NAME -->`: slot *name* goes to the gap *gap*."""

    name: str
    gap: int


@attrs.frozen
class Links:
    """Where a page leads: the addresses that it has for itself, its *base*, and the *hrefs* of its story."""

    own: tuple[str, ...] = ()
    base: str = ""
    hrefs: tuple[str, ...] = ()


class NoTextError(AdslotError, LookupError):
    """A question that needs the article's text, to an article that was read from a tree."""


class ArticleReader(Protocol):
    """Reads an article's text again; kept with the article instead of a live tree."""

    def matching(self, article: Article, css: str) -> tuple[int, ...]:
        """The blocks that a selector matches."""

    def tree(self, article: Article) -> Any:
        """The page as an lxml element."""


@attrs.frozen
class Article:
    """A story, read: what it consists of and where a slot could go.

    *gaps* has one more entry than *blocks*: gap i stands before block i. *lead* is the index of
    the gap after the lead inside the body, None where the lead is elsewhere or missing; *lead_outside*
    is the place directly after a lead above the body. *matches* and *anchors* hold the answers
    for the selectors that were asked for at reading time. *language* is the policy's, else
    *page_language*, the one that the page declares. *ids* are the page's own ids that a slot's could
    collide with. *unread* says that the page was not read, because it would have far more elements or blocks
    than any article has. *warnings* are sentences on how it was read: where the policy's `body` matches no element,
    or several, where the story is hidden until a script shows it, what of the page could not be read, and which
    paragraphs no slot can part. *links* has the page's own addresses and the links of the story. *outside* has the
    blocks above and below the story, in order: bylines, share bars, author boxes and the like. *enclosed* are those of
    the selectors that match no block, but something inside of one.
    """

    blocks: tuple[Block, ...] = attrs.field(repr=how_many)
    sections: tuple[Section, ...] = attrs.field(repr=how_many)
    gaps: tuple[Gap, ...] = attrs.field(repr=how_many)
    body: Body
    language: str | None = attrs.field(repr=brief)
    source: str | bytes | None = attrs.field(repr=False)
    encoding: str | None = attrs.field(repr=False)
    is_page: bool
    options: ArticleOptions = attrs.field(repr=False)
    lead: int | None = attrs.field(default=None, repr=False)
    lead_outside: Anchored | None = attrs.field(default=None, repr=False)
    manual: tuple[Manual, ...] = attrs.field(default=(), repr=False)
    none: bool = attrs.field(default=False, repr=False)
    unread: bool = attrs.field(default=False, repr=False)
    warnings: tuple[str, ...] = attrs.field(default=(), repr=how_many)
    page_language: str | None = attrs.field(default=None, repr=False)
    ids: frozenset[str] = attrs.field(default=frozenset(), repr=False)
    # Equal articles have equal answers, but a mapping has no hash.
    matches: Mapping[str, tuple[int, ...]] = attrs.field(factory=dict, repr=False, hash=False)
    anchors: Mapping[AnchorKey, Anchored | tuple[int, ...]] = attrs.field(factory=dict, repr=False, hash=False)
    links: Links = attrs.field(default=Links(), repr=False)

    outside: tuple[Outside, ...] = attrs.field(default=(), repr=False)

    enclosed: frozenset[str] = attrs.field(default=frozenset(), repr=False)

    reader: ArticleReader | None = attrs.field(default=None, repr=False, eq=False)

    @classmethod
    def from_blocks(cls, blocks: Iterable[TypedBlock | Mapping[str, Any]], policy: Policy | None = None) -> Article:
        """As `adslot.read_blocks`.

        >>> [block.role.value for block in Article.from_blocks([{"role": "heading", "text": "Bahn"}]).blocks]
        ['heading']
        """
        import adslot  # noqa: PLC0415  # reading takes all that reads HTML; whoever makes an article by hand needs none of it

        return adslot.read_blocks(blocks, policy)

    def section_of(self, gap: Gap) -> Section:
        """The section that *gap* belongs to: the one that ends there, where a heading follows."""
        return self.sections[gap.section]

    @lazy
    def section_at(self) -> tuple[int, ...]:
        """The index of each gap's section."""
        return tuple(gap.section for gap in self.gaps)

    @lazy
    def closed(self) -> frozenset[int]:
        """The gaps where an editor's marker keeps all slots away."""
        return frozenset(gap.index for gap in self.gaps if gap.closed)

    @lazy
    def refused(self) -> Mapping[int, str]:
        """The gaps where no slot may be inserted, each with the reason, a code of `adslot.codes`."""
        return {gap.index: gap.unsafe for gap in self.gaps if gap.unsafe is not None}

    def certify(self, gaps: Collection[int]) -> bool:
        """Whether all of *gaps* are safe."""
        return self.refused.keys().isdisjoint(gaps)

    def slot_offset(self, gap: int) -> int | None:
        """Where in the source a slot in *gap* is written; None at the tree door."""
        return self.gaps[gap].slot_offset

    def matching(self, css: str) -> tuple[int, ...]:
        """The indices of the blocks that a selector matches, or that stand in an element that it matches.

        Selectors of the policy that the article was read with are answered at once, others by
        reading the text again. Raises SelectorError, and NoTextError at the tree door.
        """
        if css in self.matches:
            return self.matches[css]
        return self._text_reader.matching(self, css)

    @property
    def tree(self) -> Any:
        """The page as HTML5 parses it, as an lxml element made anew; None for an empty fragment.

        Raises NoTextError at the tree door: there the tree is the caller's.
        """
        return self._text_reader.tree(self)

    @property
    def _text_reader(self) -> ArticleReader:
        if self.reader is None:
            raise NoTextError("the article was read from a tree, there is no text to read again")
        return self.reader

    @property
    def chars(self) -> int:
        """The number of code points that a reader sees."""
        return sum(block.chars for block in self.blocks)
