"""An example: what one article of a site tells of all of them. The start of a policy is made of it."""

from __future__ import annotations

from collections import Counter

import attrs

from adslot.article.draft import Draft
from adslot.article.foreign.classify import classify
from adslot.article.select.finder import Finder
from adslot.cli.init.language import language_of
from adslot.cli.init.selector import lasts, selector_of
from adslot.html.dom import TEXT, Dom, Node
from adslot.html.elements import UNSEEN
from adslot.html.visible import has_media, text_of
from adslot.roles import Role

# Void, or no place for an ad: an empty one says nothing.
_NO_PLACE = frozenset("br hr wbr img input p a span b i em strong svg h1 h2 h3 h4 h5 h6 li figure".split())
_FEWEST_EMPTY = 2


@attrs.frozen
class Ads:
    """Ads that the page has: in the *story*, where they count; *inside* other blocks of it, where they do not; *elsewhere*.

    *empty* are selectors of empty elements between the blocks, each with how many there are: perhaps
    places that a script fills.
    """

    story: int
    inside: int
    elsewhere: int
    empty: tuple[tuple[str, int], ...]


@attrs.frozen
class Example:
    """What an article tells. *body* and *lead* are selectors, None where none is needed or found.

    *how* says how the body was found. *language* is what the page declares, *heard* what its words say.
    """

    body: str | None
    how: str
    lead: str | None
    has_lead: bool
    language: str | None
    heard: str | None
    blocks: int
    chars: int
    ads: Ads


def example_of(draft: Draft) -> Example:
    """What the article of *draft* tells."""
    dom, flow = draft.dom, draft.found.flow
    body, lead = flow.root.node, _lead(draft)
    is_element = body != dom.root and dom.tag(body) not in ("html", "body")
    return Example(
        selector_of(dom, body) if is_element else None,
        draft.found.body.how,
        None if lead is None else selector_of(dom, lead),
        lead is not None,
        draft.page_language,
        language_of(" ".join(piece.text for piece in draft.blocks if piece.chars)),
        len(draft.blocks),
        sum(piece.chars for piece in draft.blocks),
        _ads(draft, body),
    )


def _lead(draft: Draft) -> Node | None:
    """The element of the lead."""
    if draft.lead is not None:
        node = draft.blocks[draft.lead - 1].nodes[0]
        return None if draft.dom.tag(node) == TEXT else node
    return None if draft.found.lead_point is None else draft.found.lead_point.above


def _ads(draft: Draft, body: Node) -> Ads:
    dom = draft.dom
    pieces = [piece for piece in draft.blocks if piece.role is Role.AD]
    known = {node for piece in pieces for node in piece.nodes}
    below = _outermost(dom, body)
    inside = [node for node in below if not _stands_in(dom, node, known, body)]
    everywhere = _outermost(dom, dom.root)
    elsewhere = len(everywhere) - len(set(everywhere) & set(below))
    return Ads(len(pieces), len(inside), elsewhere, _empty(dom, draft))


def _outermost(dom: Dom, top: Node) -> list[Node]:
    """The ads below *top* that stand in no other ad."""
    found, covered = [], set()
    for node in dom.elements(top):
        if dom.parent(node) in covered:
            covered.add(node)
        elif classify(dom, node, dom.tag(node)) is Role.AD:
            covered.add(node)
            found.append(node)
    return found


def _stands_in(dom: Dom, node: Node | None, known: set[Node], top: Node) -> bool:
    while node is not None and node != top:
        if node in known:
            return True
        node = dom.parent(node)
    return False


def _empty(dom: Dom, draft: Draft) -> tuple[tuple[str, int], ...]:
    """Selectors of empty elements between the blocks of the story, by classes that no other element of the page has."""
    parents = {id(piece.frame): piece.frame.node for piece in draft.blocks}
    children = [child for parent in parents.values() for tag, child in dom.tagged_children(parent) if _may(tag)]
    empty = [child for child in children if _is_empty(dom, child) and classify(dom, child, dom.tag(child)) is None]
    counts = Counter(word for child in empty for word in dom.attribute(child, "class").split() if lasts(word))
    finder = Finder(dom)
    found: dict[Node, tuple[str, int]] = {}  # the first of several classes of the same elements
    for word, count in counts.items():
        matched = finder.find(f".{word}")
        if len(matched) == count >= _FEWEST_EMPTY:
            found.setdefault(matched[0], (f".{word}", count))
    return tuple(found.values())


def _may(tag: str) -> bool:
    return tag[0] != "#" and tag not in UNSEEN and tag not in _NO_PLACE


def _is_empty(dom: Dom, node: Node) -> bool:
    return not text_of(dom, node) and not has_media(dom, node)
