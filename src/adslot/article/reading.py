"""Reading a text: its article, and what it is asked later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from adslot.article.assembly import all_pieces, assembled
from adslot.article.draft import Draft
from adslot.article.raw import RawBlock
from adslot.article.survey import Survey, survey
from adslot.article.values import Article
from adslot.html.certificate import Certifier
from adslot.html.document import Document, parse
from adslot.html.dom import Span
from adslot.html.source import Source
from adslot.html.spans import Spans
from adslot.policy.language.placeholders import opaque_spans
from adslot.policy.policy import Policy


def draft_source(
    source: Source,
    document: Document,
    policy: Policy,
    *,
    selectors: Sequence[str] | None = None,
    with_lead: bool = True,
) -> Draft:
    """Begin an article at the text door: its gaps are certified when they are asked for.

    It answers the policy's *selectors*, or more of them.
    """
    selectors = policy.selectors if selectors is None else selectors
    found = survey(document, policy.article, selectors, policy.anchors, with_lead=with_lead)
    return drafted(source, document, found)


def drafted(source: Source, document: Document, found: Survey) -> Draft:
    """The draft of a text that was surveyed."""
    opaque = opaque_spans(document.source, found.options.opaque)
    return Draft(document, found, Certifier(document, found.flow.root.node, opaque), source)


def read_source(source: Source, document: Document, policy: Policy, *, with_lead: bool = True) -> Article:
    """Read an article at the text door: every gap certified, every offset one of the input."""
    draft = draft_source(source, document, policy, with_lead=with_lead)
    spans = _spans(Spans(document), all_pieces(draft), len(document.source))
    if not source.is_flat:
        starts, ends = source.offsets(start for start, _ in spans), source.ends(end for _, end in spans)
        spans = [(starts[start], ends[end]) for start, end in spans]
    return assembled(draft, spans, policy, TextReader())


def certified(draft: Draft, policy: Policy) -> Article:
    """The article of *draft* as planning asks for it: every gap certified, and as in a draft its blocks without spans."""
    return assembled(draft, [None] * len(all_pieces(draft)), policy, TextReader())


@attrs.frozen
class TextReader:
    """Answers later questions to an article from its text."""

    def matching(self, article: Article, css: str) -> tuple[int, ...]:
        """The blocks that a selector matches, by reading the text again."""
        return survey(self._parse(article), article.options, [css]).matches[css]

    def tree(self, article: Article) -> Any:
        """The page as an lxml element."""
        return self._parse(article).to_lxml()

    def _parse(self, article: Article) -> Document:
        text = Source.of(article.source or "", article.encoding).text
        return parse(text, "page" if article.is_page else "fragment")


def _spans(edges: Spans, pieces: Sequence[RawBlock], length: int) -> list[Span]:
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
