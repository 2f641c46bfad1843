"""Reading a tree of lxml: its article, which has no offsets."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from adslot.article.assembly import all_pieces, assembled
from adslot.article.draft import Draft
from adslot.article.survey import survey
from adslot.article.values import Article
from adslot.html.content_model import Parents
from adslot.html.dom import InsertionPoint, Place
from adslot.html.flat import Flat, is_inside
from adslot.html.lxml_tree import Tree
from adslot.policy.language.placeholders import opaque_spans
from adslot.policy.policy import Policy


def draft_tree(tree: Tree, policy: Policy) -> Draft:
    """Begin an article at the tree door."""
    found = survey(tree, policy.article, policy.selectors, policy.anchors, with_lead=True)
    syntaxes = policy.article.opaque
    if not syntaxes or tree.unread:
        return Draft(tree, found, _TreeJudge(Parents(tree)), None)
    flat = Flat(tree)
    return Draft(tree, found, _TreeJudge(Parents(tree), flat, opaque_spans(flat.text, syntaxes)), None)


def read_draft(draft: Draft, policy: Policy) -> Article:
    """The article of a draft at the tree door."""
    return assembled(draft, [None] * len(all_pieces(draft)), policy)


@attrs.frozen
class _TreeJudge:
    """Judges places in a tree: what may hold a slot matters there, and what must not be cut."""

    parents: Parents
    flat: Flat | None = None
    opaque: Sequence[tuple[int, int]] = ()

    def certify(self, point: InsertionPoint) -> Place:
        fault = self.parents.fault(point.parent)
        if fault is None and self.flat is not None and is_inside(self.opaque, self.flat.at(point)):
            fault = "opaque"
        return Place(None, None, fault)

    def certify_all(self, points: Sequence[InsertionPoint]) -> list[Place]:
        return list(map(self.certify, points))
