"""From a draft to an `Article`: nodes become values, insertion points become gaps."""

from __future__ import annotations

from collections.abc import Sequence

from adslot.article.draft import Draft, block_of
from adslot.article.raw import RawBlock
from adslot.article.sections import sections_of
from adslot.article.values import Article, ArticleReader, Gap, Outside
from adslot.html.dom import Span
from adslot.policy.policy import Policy


def assembled(
    draft: Draft, spans: Sequence[Span | None], policy: Policy, reader: ArticleReader | None = None
) -> Article:
    """The article of a draft; *spans* are those of `all_pieces`, *reader* answers what it is asked later."""
    dom, source = draft.dom, draft.source
    above, last = len(draft.found.flow.above), len(draft.found.flow.above) + len(draft.blocks)
    blocks = tuple(block_of(dom, piece, span) for piece, span in zip(draft.blocks, spans[above:last], strict=True))
    beside = zip(draft.outside, [*spans[:above], *spans[last:]], strict=True)
    return Article(
        blocks,
        sections_of(blocks),
        _gaps(draft),
        body=draft.found.body,
        language=policy.article.language or draft.page_language,
        page_language=draft.page_language,
        source=None if source is None else source.whole,
        encoding=None if source is None else source.codec,
        is_page=dom.is_page,
        options=policy.article,
        lead=draft.lead,
        lead_outside=draft.lead_outside,
        manual=draft.manual,
        none=draft.none,
        unread=draft.unread,
        warnings=draft.warnings,
        ids=draft.ids,
        matches=draft.matches,
        enclosed=draft.found.enclosed,
        anchors=draft.anchors,
        links=draft.links,
        outside=tuple(Outside(block_of(dom, piece, span), reason) for (piece, reason), span in beside),
        reader=reader,
    )


def all_pieces(draft: Draft) -> list[RawBlock]:
    """The pieces above the story, of it, and below it."""
    flow = draft.found.flow
    return [*(piece for piece, _ in flow.above), *flow.pieces, *(piece for piece, _ in flow.below)]


def _gaps(draft: Draft) -> tuple[Gap, ...]:
    last = draft.gap_count - 1
    return tuple(
        Gap(
            index=index,
            offset=place.offset,
            above=index - 1 if index else None,
            below=index if index < last else None,
            section=section,
            slot_offset=place.at,
            unsafe=place.unsafe,
            closed=index in draft.closed,
        )
        for index, (place, section) in enumerate(zip(draft.certify_all(), draft.section_at, strict=True))
    )
