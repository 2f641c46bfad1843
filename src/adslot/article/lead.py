"""The lead: the standfirst between headline and story, wherever the page keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from adslot.article.raw import RawBlock
from adslot.html.dom import Dom, Node
from adslot.html.visible import text_of
from adslot.kept import kept, size_of_text
from adslot.roles import Role

# Class and attribute words that news sites use for the standfirst.
_WORDS = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|leadtext|leadin|standfirst|vorspann|anrisstext|teasertext|intro|introduction|introtext"
    r"|dek|deck|abstract|excerpt|summary|subheadline|chapeau|sommario|entradilla|ingress|description)(?:$|[\s_-])",
    re.I,
)
# A lead stands among the first blocks of a body, and says something.
_FIRST_PIECES = 4
_FEWEST_CHARS = 40
_SCOPES = ("article", "main", "body")


def lead_piece(dom: Dom, pieces: Sequence[RawBlock]) -> int | None:
    """The index of the piece that is the lead, among the first pieces of the body."""
    for index, piece in enumerate(pieces[:_FIRST_PIECES]):
        if (
            piece.role in (Role.PARAGRAPH, Role.PSEUDO_HEADING, Role.SHORT_PARAGRAPH)
            and len(piece.text) >= _FEWEST_CHARS
        ):
            marked = [
                node for node in (piece.nodes[0], piece.frame.node if piece.frame.outer else None) if node is not None
            ]
            if any(_is_marked(dom, node) for node in marked):
                return index
    return None


def lead_outside(dom: Dom, body: Node) -> Node | None:
    """The last element in front of *body*, within the same article, that is marked as the lead."""
    found = None
    for node in _before(dom, _scope(dom, body), body):
        if _is_marked(dom, node) and len(text_of(dom, node)) >= _FEWEST_CHARS:
            found = node
    return found


def _scope(dom: Dom, body: Node) -> Node:
    node, outer = body, dom.parent(body)
    while outer is not None and dom.tag(outer) not in _SCOPES:
        node, outer = outer, dom.parent(outer)
    return node if outer is None else outer


def _before(dom: Dom, scope: Node, body: Node) -> Iterator[Node]:
    for node in dom.find_all(scope, "p", "h2", "div", "header", "section"):
        if node == body:
            return
        if dom.tag(node) in ("p", "h2", "div") and not dom.holds(node, "p,div,section,article"):
            yield node


def _is_marked(dom: Dom, node: Node) -> bool:
    if dom.tag(node)[0] == "#":
        return False
    return any(_has_word(dom.attribute(node, name)) for name in ("class", "itemprop", "id"))


@kept(megabytes=0.5, size=size_of_text)
def _has_word(value: str) -> bool:
    return bool(value) and _WORDS.search(value) is not None
