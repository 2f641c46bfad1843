"""A draft: an article while it is read and planned, with the parser's nodes still at hand.

A plan uses a handful of an article's gaps, and a certificate costs more than everything else that
planning asks. So a draft certifies the gaps that a plan wants to use; a plan that is the best one
over gaps presumed safe, and all of whose gaps are safe, is the best one over the safe gaps.
`reading` makes an `Article` of a draft, with every gap certified.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from adslot.article.blocks.headings import level_of
from adslot.article.insertion_points import point_of
from adslot.article.links import links_of
from adslot.article.markers import off_gaps
from adslot.article.obstacles import closed_story, closed_texts, obstacles, parted_gaps
from adslot.article.raw import RawBlock
from adslot.article.sections import section_numbers, sections_of
from adslot.article.survey import Survey
from adslot.article.values import Anchored, AnchorKey, Block, Links, Manual, Section
from adslot.html.dom import TEXT, Dom, InsertionPoint, Place, Span
from adslot.html.source import Source
from adslot.kept import lazy
from adslot.roles import HERE, Role

PSEUDO_LEVEL = 7

# After so many plans with unsafe gaps in them, all gaps are certified.
_MOST_ROUNDS = 2


class Certifying(Protocol):
    """Judges insertion points."""

    def certify(self, point: InsertionPoint) -> Place:
        """The place of *point*; a doubtful one is not settled yet."""

    def certify_all(self, points: Sequence[InsertionPoint]) -> list[Place]:
        """The places of *points*, all settled: in which order and with what others they are asked may matter."""


class Draft:
    """Satisfies `Outline`. Offsets are those of the input: code points or bytes."""

    def __init__(self, dom: Dom, found: Survey, judge: Certifying, source: Source | None) -> None:
        self.dom, self.found, self.source = dom, found, source
        self._judge = judge
        self._places: dict[int, Place] = {}
        self._rounds = 0
        self.refused: dict[int, str] = {}
        self.blocks: Sequence[RawBlock] = found.flow.pieces
        self.outside = [*found.flow.above, *found.flow.below]
        self.gap_count = len(self.blocks) + 1 if self.blocks else 0
        self.section_at = section_numbers(self.blocks)
        self.lead, self.none, self.unread = found.lead_gap, found.none, dom.unread or found.flow.unread
        self.anchors: dict[AnchorKey, Anchored | tuple[int, ...]] = {**found.inside}
        self.lead_outside: Anchored | None = None
        if found.outside or found.lead_point is not None:
            self._place_outside()

    def _place_outside(self) -> None:
        """Certify the places of anchors and of a lead outside the flow."""
        lead = [] if self.found.lead_point is None else [self.found.lead_point]
        places = self._in_input(self._judge.certify_all([*self.found.outside.values(), *lead]))
        outside = [Anchored(place.at, place.unsafe) for place in places]
        self.anchors.update(zip(self.found.outside, outside, strict=False))
        self.lead_outside = outside[-1] if lead else None

    @lazy
    def closed(self) -> Collection[int]:
        """The gaps inside elements, or between markers, where an editor wants no slot."""
        closed = off_gaps(self.found.flow.markers, self.gap_count) if self.found.flow.markers else set()
        if self.found.flow.has_closed:
            closed |= {gap for gap in range(self.gap_count) if self.point(gap).closed}
        return closed

    @lazy
    def manual(self) -> tuple[Manual, ...]:
        """The slots that an editor asks for."""
        markers = self.found.flow.markers if self.gap_count else ()
        return tuple(Manual(m.name, min(m.after, self.gap_count - 1)) for m in markers if m.verb == HERE and m.name)

    @lazy
    def ids(self) -> frozenset[str]:
        """The page's own ids that a slot's could collide with."""
        return self.dom.slot_ids()

    @lazy
    def links(self) -> Links:
        """The page's own addresses, and where its story leads."""
        parts = self.found.lead_above, self.found.flow.root.node
        return links_of(self.dom, [node for node in parts if node is not None])

    @lazy
    def page_language(self) -> str | None:
        """The language that the page declares for itself."""
        dom = self.dom
        if not dom.is_page:
            return None
        html = (node for node in (dom.root, *dom.children(dom.root)) if dom.tag(node) == "html")
        return next((dom.attribute(node, "lang") or None for node in html), None)

    @lazy
    def warnings(self) -> tuple[str, ...]:
        """How the page was read, what of it could not be, and what takes no slot though it looks as if it could."""
        flow = self.found.flow
        if gaps := parted_gaps(flow):
            self.certify(gaps)
        elif self.gap_count > 3 and not self._has_safe_gap() and not self.certify((1,)):
            self.certify(range(1, self.gap_count - 1))
        return (
            *self.found.warnings,
            *obstacles(self.dom, flow),
            *closed_texts(self.dom, flow, self.refused),
            *closed_story(flow, self.refused),
        )

    def _has_safe_gap(self) -> bool:
        """Whether a slot can stand between two blocks, as far as is known: where a plan has placed one it can."""
        last = self.gap_count - 1
        return any(0 < gap < last and place.unsafe is None for gap, place in self._places.items())

    @property
    def matches(self) -> Mapping[str, tuple[int, ...]]:
        """The blocks that each selector of the policy matches."""
        return self.found.matches

    @property
    def enclosed(self) -> Collection[str]:
        """The selectors of the policy that match no block, but something inside of one."""
        return self.found.enclosed

    def matching(self, css: str) -> Sequence[int]:
        """The blocks that a selector of the policy matches."""
        return self.found.matches[css]

    @lazy
    def sections(self) -> tuple[Section, ...]:
        """The sections, of blocks without spans."""
        return sections_of([block_of(self.dom, piece, None) for piece in self.blocks])

    def point(self, gap: int) -> InsertionPoint:
        """Where in the tree *gap* lies."""
        return point_of(self.dom, self.found.flow, gap)

    def certify(self, gaps: Collection[int]) -> bool:
        """Whether all of *gaps* are safe; the others are in `refused` from now on.

        What a trial insertion finds depends on what is tried with it. So where one gap needs one, or
        plan after plan fails, all gaps are certified, as `reading` does.
        """
        waiting = sorted({gap for gap in gaps if gap not in self._places})
        if not waiting:
            return self.refused.keys().isdisjoint(gaps)
        places = [self._judge.certify(self.point(gap)) for gap in waiting]
        self._rounds += 1
        if self._rounds > _MOST_ROUNDS or any(place.doubtful for place in places):
            self.certify_all()
        else:
            self._keep(waiting, places)
        return self.refused.keys().isdisjoint(gaps)

    def certify_all(self) -> list[Place]:
        """The places of all gaps."""
        if len(self._places) < self.gap_count:
            gaps = range(self.gap_count)
            self._keep(gaps, self._judge.certify_all([self.point(gap) for gap in gaps]))
        return [self._places[gap] for gap in range(self.gap_count)]

    def _keep(self, gaps: Sequence[int], places: Sequence[Place]) -> None:
        for gap, place in zip(gaps, self._in_input(places), strict=True):
            self._places[gap] = place
            if place.unsafe is not None:
                self.refused[gap] = place.unsafe

    def _in_input(self, places: Sequence[Place]) -> Sequence[Place]:
        """*places* of the text as those of the input."""
        if self.source is None or self.source.is_flat:
            return places
        at = self.source.offsets([o for place in places for o in (place.offset, place.at) if o is not None])
        return [_moved(place, self.source, at) for place in places]

    def slot_offset(self, gap: int) -> int | None:
        """Where in the input a slot in a certified *gap* is written."""
        return self._places[gap].at


def _moved(place: Place, source: Source, at: Mapping[int, int]) -> Place:
    """*place* of the text as one of the input, unsafe where that has no room for a slot."""
    if place.offset is None or place.at is None:
        return place
    room = source.room(place.at, at[place.at])
    unsafe = place.unsafe if room is not None else place.unsafe or "encoding"
    return Place(at[place.offset], at[place.at] if room is None else room, unsafe, place.doubtful)


def block_of(dom: Dom, piece: RawBlock, span: Span | None) -> Block:
    """The block that *piece* is; *span* is where it stands in the input."""
    role = piece.role
    tag = dom.tag(piece.nodes[0])
    level = (
        level_of(dom, piece.nodes[0]) if role is Role.HEADING else PSEUDO_LEVEL if role is Role.PSEUDO_HEADING else 0
    )
    return Block(role, "" if tag == TEXT else tag, level, piece.text, span, piece.chars, piece.traits)
