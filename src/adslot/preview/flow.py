"""An article from top to bottom as a preview shows it: stretches of blocks and gaps, parted by slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from adslot.article.values import Article, Block
from adslot.html.text import one_line, shortened
from adslot.planner.placements import Placement
from adslot.planner.plan import Plan
from adslot.preview import heights
from adslot.preview.contents import Entry, contents
from adslot.preview.items import items_of
from adslot.preview.refused import Refused
from adslot.preview.rulers import Ruler
from adslot.preview.states import STATES
from adslot.roles import GROUPS, SLOT_ROLES

# So much is shown of a block: a page that is one block of many megabytes is still a page to look at.
MOST_TEXT = 20_000
_WIDTH = 60
# More make each step of a scroll longer, fewer make more to look after.
_PIECE = 24


@attrs.frozen
class Box:
    """A slot as a box: the *height* that is reserved for it is said by the class of its slot."""

    placement: Placement
    label: str
    kind: str
    heights: str
    titles: Sequence[str]

    @property
    def where(self) -> str:
        """The rule, and the anchor that it names."""
        anchor = self.placement.anchor
        return f"{self.placement.rule}, {shortened(one_line(anchor), _WIDTH)}" if anchor else self.placement.rule


@attrs.frozen(kw_only=True)
class GapRow:
    """A gap: its *state* with its *mark*, what is *said* of it, and how far it is *away* from what stands above."""

    index: int
    state: str
    mark: str
    said: str
    away: str

    @property
    def tick(self) -> str:
        """The number of *away*, without its unit."""
        return self.away.partition(" ")[0]


@attrs.frozen(kw_only=True)
class BlockRow:
    """A block: its *text*, as far as it is shown, how many characters are *left* out, and the *entry* that it heads.

    A list that is shown whole has its *items*, too.
    """

    index: int
    role: str
    level: int
    text: str
    left: int
    chars: int
    shape: str
    entry: Entry | None
    items: Sequence[str]


@attrs.frozen
class Stretch:
    """The *rows* between two marks, the *distances* between these in every unit, and what ends it: *boxes*, or a slot of the page."""

    rows: Sequence[GapRow | BlockRow]
    distances: Sequence[str]
    boxes: Sequence[Box] = ()
    existing: BlockRow | None = None

    @property
    def pieces(self) -> Sequence[Sequence[GapRow | BlockRow]]:
        """The rows in pieces, each of which a browser lays out as a whole when it comes near."""
        return [self.rows[at : at + _PIECE] for at in range(0, len(self.rows), _PIECE)]


def stretches(refused: Refused, ruler: Ruler) -> Iterator[Stretch]:
    """The story, stretch by stretch. Each begins below a mark, and has the gap of the slot that ends it."""
    article = refused.plan.article
    blocks = article.blocks
    if not article.gaps:
        return
    entries = contents(refused.plan)
    headings = {entry.first: entry for entry in entries if entry.has_heading}
    boxes = _boxes(refused.plan)
    if 0 in boxes and blocks:
        yield Stretch([_gap(refused, ruler, 0, 0)], (), boxes[0])
    for above, below in pairwise(ruler.marks):
        start, end = above.below, below.above
        rows: list[GapRow | BlockRow] = []
        if (start == 0 and not (0 in boxes and blocks)) or above.is_block:
            rows.append(_gap(refused, ruler, start, start))
        for index in range(start, end):
            rows.append(_block(article, index, headings.get(index)))
            rows.append(_gap(refused, ruler, index + 1, start))
        existing = _block(article, end, None) if below.is_block else None
        yield Stretch(rows, ruler.between(start, end), () if below.is_block else boxes.get(end, ()), existing)


def _boxes(plan: Plan) -> Mapping[int, Sequence[Box]]:
    """The slots of each gap that has any."""
    found: dict[int, list[Box]] = {}
    for placement in plan.placements:
        if placement.gap is not None:
            found.setdefault(placement.gap, []).append(box(plan, placement))
    return found


def _gap(refused: Refused, ruler: Ruler, gap: int, mark: int) -> GapRow:
    state = STATES[refused.state(gap)]
    away = ruler.between(mark, gap)[0]
    return GapRow(index=gap, state=state.name, mark=state.mark, said=refused.said(gap) or state.said, away=away)


def _block(article: Article, index: int, entry: Entry | None) -> BlockRow:
    block = article.blocks[index]
    left = max(len(block.text) - MOST_TEXT, 0)
    return BlockRow(
        index=index,
        role=str(block.role),
        level=block.level,
        text=block.text[:MOST_TEXT],
        left=left,
        chars=block.chars,
        shape=shape_of(block),
        entry=entry,
        items=() if left else items_of(article, block),
    )


def shape_of(block: Block) -> str:
    """How a block is drawn: as a heading, as text, or as a thing that stands for what cannot be shown."""
    if block.role in SLOT_ROLES:
        return "existing"
    if block.role in GROUPS["headings"]:
        return "heading"
    return "text" if block.role in GROUPS["text"] else "other"


def box(plan: Plan, placement: Placement) -> Box:
    """The slot of *placement*."""
    slot = plan.policy.slot(placement.slot)
    return Box(
        placement,
        slot.label or slot.name,
        slot.kind,
        heights.told(slot),
        [one_line(item.title) for item in placement.items],
    )
