"""From a survey to an `Article`: nodes become values, seams become gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from adslot._door import TEXT, Door, Seam
from adslot._nesting import parent_fault
from adslot._segment.pieces import Marker, Piece
from adslot._segment.sections import sections_of
from adslot._segment.survey import Survey, survey
from adslot._source.certificate import Certifier, Place
from adslot._source.document import Document, parse
from adslot._source.edges import Edges
from adslot._source.encoding import Source
from adslot._source.opaque import opaque_spans
from adslot._tree import Tree
from adslot.article import ID_PREFIX, Anchored, Article, Block, Gap, Manual
from adslot.policy import Policy, Rule, Slot
from adslot.roles import COUNTED, Role
from adslot.terms import Term

PSEUDO_LEVEL = 7

Span = tuple[int, int]


def read_source(source: Source, document: Document, policy: Policy, *, with_lead: bool = True) -> Article:
    """Read an article at the text door: every gap certified, every offset one of the input."""
    found = survey(document, policy, with_lead=with_lead)
    certifier = Certifier(document, found.flow.root.node, opaque_spans(document.source, policy.article.opaque))
    extra = [*found.outside.values(), *([found.lead_seam] if found.lead_seam else [])]
    places = certifier.certify_all([*found.seams, *extra])
    spans = _spans(certifier.edges, found.flow.pieces, len(document.source))
    if not source.is_flat:
        places, spans = _in_bytes(source, places, spans)
    return assemble(document, found, places, spans, policy, source)


def _in_bytes(source: Source, places: Sequence[Place], spans: Sequence[Span]) -> tuple[list[Place], list[Span]]:
    """*places* and *spans* of a text as those of its bytes."""
    wanted = [offset for place in places for offset in (place.offset, place.at) if offset is not None]
    at = source.offsets([*wanted, *(edge for span in spans for edge in span)])
    moved = [
        place if place.offset is None else Place(at[place.offset], at[place.at or 0], place.unsafe) for place in places
    ]
    return moved, [(at[start], at[end]) for start, end in spans]


@attrs.frozen
class TextReader:
    """Answers later questions to an article from its text."""

    def matching(self, article: Article, css: str) -> tuple[int, ...]:
        """The blocks that a selector matches, by reading the text again."""
        source, document = self._parse(article)
        asking = Rule("asking", slot="nothing", after=Term(None, css), max=0)
        policy = Policy([Slot("nothing", kind="promo")], [asking], article=article.options)
        return read_source(source, document, policy, with_lead=False).matches[css]

    def tree(self, article: Article) -> Any:
        """The page as an lxml element."""
        return self._parse(article)[1].to_lxml()

    def _parse(self, article: Article) -> tuple[Source, Document]:
        source = Source.of(article.source or "", article.encoding)
        return source, parse(source.text, "page" if article.is_page else "fragment")


def read_door(tree: Tree, policy: Policy) -> tuple[Article, Survey]:
    """Read an article at the tree door; the survey says where its gaps are in the tree."""
    found = survey(tree, policy, with_lead=True)
    extra = [*found.outside.values(), *([found.lead_seam] if found.lead_seam else [])]
    places = [Place(None, None, parent_fault(tree, seam.parent)) for seam in (*found.seams, *extra)]
    spans = [None] * len(found.flow.pieces)
    return assemble(tree, found, places, spans, policy, None), found


def _spans(edges: Edges, pieces: Sequence[Piece], length: int) -> list[Span]:
    """Source spans of *pieces*, ascending; an edge that the source does not show is the neighbour's."""
    starts: list[int] = []
    ends: list[int | None] = []
    for piece in pieces:
        start, end = edges.span(piece.nodes, piece.cut)
        last = starts[-1] if starts else 0
        starts.append(last if start is None else max(start, last))
        ends.append(end)
    nexts = [*starts[1:], length][: len(starts)]
    return [
        (start, max(start, after if end is None else min(end, after)))
        for start, end, after in zip(starts, ends, nexts, strict=True)
    ]


def assemble(
    door: Door,
    found: Survey,
    places: Sequence[Place],
    spans: Sequence[Span | None],
    policy: Policy,
    source: Source | None,
) -> Article:
    """The article of a survey whose seams, then outside anchors, then outside lead have *places*."""
    short = policy.article.short
    blocks = tuple(_block(door, piece, span, short) for piece, span in zip(found.flow.pieces, spans, strict=True))
    sections, members = sections_of(blocks)
    gap_count = len(found.seams)
    outside = [_anchored(place) for place in places[gap_count:]]
    anchors: dict[tuple[str, str], Anchored | tuple[int, ...]] = {**found.inside}
    anchors.update(zip(found.outside, outside, strict=False))
    return Article(
        blocks,
        sections,
        _gaps(found.seams, places, members, found.flow.markers),
        body=found.body,
        language=policy.article.language or _language(door),
        source=None if source is None else source.whole,
        encoding=None if source is None else source.codec,
        is_page=door.is_page,
        options=policy.article,
        lead=found.lead_gap,
        lead_outside=outside[-1] if found.lead_seam else None,
        manual=tuple(
            Manual(m.name, min(m.after, gap_count - 1))
            for m in found.flow.markers
            if m.verb == "here" and m.name and gap_count
        ),
        none=found.none,
        ids=door.ids(ID_PREFIX),
        matches=found.matches,
        anchors=anchors,
        reader=None if source is None else TextReader(),
    )


def _block(door: Door, piece: Piece, span: tuple[int, int] | None, short: int) -> Block:
    role = piece.role
    tag = door.tag(piece.nodes[0])
    if role is Role.PARAGRAPH and len(piece.text) < short:
        role = Role.SHORT_PARAGRAPH
    level = int(tag[1]) if role is Role.HEADING else PSEUDO_LEVEL if role is Role.PSEUDO_HEADING else 0
    chars = len(piece.text) if role in COUNTED or piece.counted else 0
    return Block(role, "" if tag == TEXT else tag, level, piece.text, span, chars)


def _gaps(
    seams: Sequence[Seam], places: Sequence[Place], members: Sequence[int], markers: Sequence[Marker]
) -> tuple[Gap, ...]:
    last = len(seams) - 1
    off = _off_gaps(markers, len(seams))
    return tuple(
        Gap(
            index,
            place.offset,
            index - 1 if index else None,
            index if index < last else None,
            members[index - 1] if index else 0,
            place.at,
            place.unsafe,
            seam.closed or index in off,
        )
        for index, (seam, place) in enumerate(zip(seams, places[: len(seams)], strict=True))
    )


def _off_gaps(markers: Sequence[Marker], count: int) -> frozenset[int]:
    """The gaps between an editor's `off` and the next `on`."""
    closed: set[int] = set()
    begin: int | None = None
    for marker in markers:
        if marker.verb == "off" and begin is None:
            begin = marker.after
        elif marker.verb == "on" and begin is not None:
            closed.update(range(begin, marker.after))
            begin = None
    if begin is not None:
        closed.update(range(begin, count))
    return frozenset(closed)


def _anchored(place: Place) -> Anchored:
    return Anchored(place.at, place.unsafe)


def _language(door: Door) -> str | None:
    """The language that the page declares for itself."""
    if not door.is_page:
        return None
    return next((door.attribute(node, "lang") or None for node in door.find_all(door.root, "html")), None)
