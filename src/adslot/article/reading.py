"""From a survey to a draft, and from a draft to an `Article`: nodes become values, seams become gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from adslot.article.draft import Draft, block_of
from adslot.article.raw import Piece
from adslot.article.sections import sections_of
from adslot.article.survey import survey
from adslot.article.values import Article, Gap
from adslot.html.certificate import Certifier, Place
from adslot.html.content_model import Parents
from adslot.html.document import Document, parse
from adslot.html.dom import Seam
from adslot.html.lxml_tree import Tree
from adslot.html.source import Source
from adslot.html.spans import Edges
from adslot.policy.declarations import Rule, Slot
from adslot.policy.language.placeholders import opaque_spans
from adslot.policy.language.terms import Term
from adslot.policy.policy import Policy

Span = tuple[int, int]


def draft_source(source: Source, document: Document, policy: Policy, *, with_lead: bool = True) -> Draft:
    """Begin an article at the text door: its gaps are certified when they are asked for."""
    found = survey(document, policy, with_lead=with_lead)
    opaque = opaque_spans(document.source, policy.article.opaque)
    return Draft(document, found, Certifier(document, found.flow.root.node, opaque), source)


def read_source(source: Source, document: Document, policy: Policy, *, with_lead: bool = True) -> Article:
    """Read an article at the text door: every gap certified, every offset one of the input."""
    draft = draft_source(source, document, policy, with_lead=with_lead)
    spans = _spans(Edges(document), draft.blocks, len(document.source))
    if not source.is_flat:
        starts, ends = source.offsets(start for start, _ in spans), source.ends(end for _, end in spans)
        spans = [(starts[start], ends[end]) for start, end in spans]
    return _assemble(draft, spans, policy)


def draft_tree(tree: Tree, policy: Policy) -> Draft:
    """Begin an article at the tree door."""
    return Draft(tree, survey(tree, policy, with_lead=True), _TreeJudge(Parents(tree)), None)


def read_draft(draft: Draft, policy: Policy) -> Article:
    """The article of a draft at the tree door."""
    return _assemble(draft, [None] * len(draft.blocks), policy)


@attrs.frozen
class _TreeJudge:
    """Judges places in a tree: only what may hold a slot matters there."""

    parents: Parents

    def certify(self, seam: Seam) -> Place:
        return Place(None, None, self.parents.fault(seam.parent))

    def certify_all(self, seams: Sequence[Seam]) -> list[Place]:
        return list(map(self.certify, seams))


@attrs.frozen
class TextReader:
    """Answers later questions to an article from its text."""

    def matching(self, article: Article, css: str) -> tuple[int, ...]:
        """The blocks that a selector matches, by reading the text again."""
        document = self._parse(article)
        asking = Rule("asking", slot="nothing", after=Term(None, css), max=0)
        policy = Policy([Slot("nothing", kind="promo")], [asking], article=article.options)
        return survey(document, policy, with_lead=False).matches[css]

    def tree(self, article: Article) -> Any:
        """The page as an lxml element."""
        return self._parse(article).to_lxml()

    def _parse(self, article: Article) -> Document:
        text = Source.of(article.source or "", article.encoding).text
        return parse(text, "page" if article.is_page else "fragment")


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


def _assemble(draft: Draft, spans: Sequence[Span | None], policy: Policy) -> Article:
    """The article of a draft whose blocks have *spans*."""
    door, source = draft.door, draft.source
    blocks = tuple(block_of(door, piece, span) for piece, span in zip(draft.blocks, spans, strict=True))
    return Article(
        blocks,
        sections_of(blocks),
        _gaps(draft),
        body=draft.found.body,
        language=policy.article.language or draft.page_language,
        page_language=draft.page_language,
        source=None if source is None else source.whole,
        encoding=None if source is None else source.codec,
        is_page=door.is_page,
        options=policy.article,
        lead=draft.lead,
        lead_outside=draft.lead_outside,
        manual=draft.manual,
        none=draft.none,
        unread=draft.unread,
        ids=draft.ids,
        matches=draft.matches,
        anchors=draft.anchors,
        links=draft.links,
        reader=None if source is None else TextReader(),
    )


def _gaps(draft: Draft) -> tuple[Gap, ...]:
    last = draft.gap_count - 1
    return tuple(
        Gap(
            index,
            place.offset,
            index - 1 if index else None,
            index if index < last else None,
            section,
            place.at,
            place.unsafe,
            index in draft.closed,
        )
        for index, (place, section) in enumerate(zip(draft.certify_all(), draft.section_at, strict=True))
    )
