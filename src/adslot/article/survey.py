"""The survey: all that reading finds out about a page at either door, still in terms of its nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot.article.blocks.names import Choices
from adslot.article.body.choice import find_body
from adslot.article.body.hidden_story import hides_story
from adslot.article.css import BlockIndex, beside
from adslot.article.flow import read_flow
from adslot.article.markers import Editors
from adslot.article.raw import Flow, Frame
from adslot.article.select.finder import Finder
from adslot.article.story.ends import trim_story
from adslot.article.story.joined import join_pieces
from adslot.article.story.labels import mark_labels
from adslot.article.story.lead import lead_outside, lead_piece
from adslot.article.story.pictures import mark_pictures
from adslot.article.story.subheads import mark_subheads
from adslot.article.values import AnchorKey, Body
from adslot.html.dom import Dom, InsertionPoint, Node
from adslot.kept import lazy
from adslot.policy.declarations import ArticleOptions
from adslot.policy.language.anchors import Anchor
from adslot.policy.language.placeholders import is_placeholder
from adslot.roles import PARAGRAPH


@attrs.define(eq=False, kw_only=True)
class Survey:
    """A page's flow; *inside* and *outside* answer the policy's css anchors.

    *inside* gives gap indices, *outside* an insertion point elsewhere on the page; an anchor in neither is
    missing. *enclosed* are the selectors that match no block, but something inside of one.
    """

    dom: Dom
    finder: Finder
    body: Body
    flow: Flow
    options: ArticleOptions
    lead_gap: int | None = None
    lead_point: InsertionPoint | None = None
    none: bool = False
    warnings: tuple[str, ...] = ()
    matches: dict[str, tuple[int, ...]] = attrs.field(factory=dict)
    enclosed: frozenset[str] = frozenset()
    inside: dict[AnchorKey, tuple[int, ...]] = attrs.field(factory=dict)
    outside: dict[AnchorKey, InsertionPoint] = attrs.field(factory=dict)

    @lazy
    def lead_above(self) -> Node | None:
        """The element of the lead that the policy names, else of one that stands above the body."""
        if self.options.lead is not None:
            return next(iter(self.finder.find(self.options.lead)), None)
        if not self.dom.is_page:
            return None
        text = next((piece.nodes[0] for piece in self.flow.pieces if piece.role is PARAGRAPH), None)
        return lead_outside(self.dom, self.flow.root.node, text)


def survey(
    dom: Dom,
    options: ArticleOptions,
    selectors: Sequence[str] = (),
    anchors: Sequence[Anchor] = (),
    *,
    with_lead: bool = False,
    is_story: bool = False,
) -> Survey:
    """Read the page behind *dom*, and what its *selectors* match and its css *anchors* lead to.

    Each selector of an anchor must be among the selectors. The lead is looked for *with_lead* only. What is the story
    and nothing else (*is_story*) keeps all of its blocks.
    """
    if dom.unread:
        return _unread(dom, options, selectors)
    finder = Finder(dom)
    chosen = [] if options.body is None else finder.find(options.body)
    body, how = find_body(dom, next(iter(chosen), None))
    choices = _choices(finder, options)
    dom.unseen.look_into(body)
    flow = read_flow(dom, body, choices)
    join_pieces(dom, flow)
    mark_pictures(dom, flow)
    mark_labels(dom, flow.pieces)
    mark_subheads(flow.pieces)
    if not is_story:
        trim_story(dom, flow, choices)
    found = Survey(
        dom=dom,
        finder=finder,
        body=Body(dom.tag(body) if body != dom.root else "", how),
        flow=flow,
        none=Editors(dom, body).is_none(),
        warnings=tuple(_body_warnings(dom, options.body, len(chosen), body, how)),
        options=options,
    )
    if with_lead:
        found.lead_gap, found.lead_point = _lead(found)
    if selectors:
        _answer(dom, found, selectors, anchors, finder)
    return found


def _body_warnings(dom: Dom, css: str | None, count: int, body: Node, how: str) -> Iterator[str]:
    """What a publisher should know of the body."""
    if css is not None and not count:
        yield f"article.body: {css!r} matches nothing on the page; the body was looked for and found: {how}"
    elif count > 1:
        yield f"article.body: {css!r} matches {count} elements; the first one is the body"
    if hides_story(dom, body):
        yield "the story stands in an element that the page's markup hides; it is read as if a script showed it"


def _unread(dom: Dom, options: ArticleOptions, selectors: Sequence[str]) -> Survey:
    """What is known of a page that is not read."""
    flow = Flow(Frame(dom.root, None, 0), unread=True)
    matches: dict[str, tuple[int, ...]] = dict.fromkeys(selectors, ())
    return Survey(dom=dom, finder=Finder(dom), body=Body("", "not read"), flow=flow, matches=matches, options=options)


def _choices(finder: Finder, options: ArticleOptions) -> Choices:
    def nodes(selectors: Sequence[str]) -> frozenset[Node]:
        return frozenset(node for css in selectors for node in finder.find(css))

    opaque = options.opaque
    is_opaque = (lambda text: is_placeholder(text, opaque)) if opaque else None
    return Choices(
        atomic=nodes(options.atomic),
        open=nodes(options.open),
        ads=nodes(options.ads),
        headings=nodes(options.headings),
        skip=nodes(options.skip),
        keep=nodes(options.keep),
        short=options.short,
        is_opaque=is_opaque,
    )


def _lead(found: Survey) -> tuple[int | None, InsertionPoint | None]:
    """The gap after the lead, or the insertion point after a lead that stands above the body."""
    dom, flow, is_named = found.dom, found.flow, found.options.lead is not None
    piece = None if is_named else lead_piece(dom, flow.pieces)
    if piece is not None:
        return piece + 1, None
    if (node := found.lead_above) is None:
        return None, None
    places = BlockIndex(dom, flow)
    blocks = places.around(node) if is_named else places.blocks(node) or None
    if blocks is None:
        return None, beside(dom, node, "after")
    # A block of the story stands above nothing of it, unless the policy says that it is the lead.
    return (blocks[-1] + 1 if blocks and is_named else None), None


def _answer(dom: Dom, found: Survey, selectors: Sequence[str], anchors: Sequence[Anchor], finder: Finder) -> None:
    """Answer the selectors: matching blocks, and the places of the css anchors."""
    index = BlockIndex(dom, found.flow)
    nodes = {css: finder.find(css) for css in selectors}
    found.matches = {css: index.matching(matched) for css, matched in nodes.items()}
    found.enclosed = frozenset(css for css, blocks in found.matches.items() if not blocks and index.meets(nodes[css]))
    for anchor in anchors:
        if anchor.selector is not None and nodes[anchor.selector]:
            _anchor(dom, found, index, anchor, nodes[anchor.selector])


def _anchor(dom: Dom, found: Survey, index: BlockIndex, anchor: Anchor, nodes: Sequence[Node]) -> None:
    blocks = [index.around(node) for node in nodes]
    if blocks[0] is None and anchor.number is None and anchor.every is None:
        found.outside[anchor.key] = beside(dom, nodes[0], anchor.where)
    else:
        after = anchor.where == "after"
        found.inside[anchor.key] = tuple(sorted({b[-1] + 1 if after else b[0] for b in blocks if b}))
