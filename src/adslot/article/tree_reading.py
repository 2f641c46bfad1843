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
from adslot.html.lxml_tree import Tree
from adslot.policy.policy import Policy


def draft_tree(tree: Tree, policy: Policy) -> Draft:
    """Begin an article at the tree door."""
    return Draft(
        tree,
        survey(tree, policy.article, policy.selectors, policy.anchors, with_lead=True),
        _TreeJudge(Parents(tree)),
        None,
    )


def read_draft(draft: Draft, policy: Policy) -> Article:
    """The article of a draft at the tree door."""
    return assembled(draft, [None] * len(all_pieces(draft)), policy)


@attrs.frozen
class _TreeJudge:
    """Judges places in a tree: only what may hold a slot matters there."""

    parents: Parents

    def certify(self, point: InsertionPoint) -> Place:
        return Place(None, None, self.parents.fault(point.parent))

    def certify_all(self, points: Sequence[InsertionPoint]) -> list[Place]:
        return list(map(self.certify, points))
