"""Anchors and selectors: which blocks an element stands for, and the places beside one elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adslot.article.raw import Flow, RawBlock
from adslot.html.dom import COMMENT, TEXT, Dom, InsertionPoint, Node
from adslot.html.elements import UNSEEN


class BlockIndex:
    """Finds the blocks of the flow that belong to a node of the page."""

    def __init__(self, dom: Dom, flow: Flow) -> None:
        self._dom, self._body = dom, flow.root.node
        self._pieces: dict[Node, int] = {}
        self._frames: dict[Node, list[int]] = {}
        self._containers: dict[Node | None, list[int] | None] = {None: None, self._body: []}
        for piece, _ in (*flow.above, *flow.below):  # they stand beside the story
            self._containers |= dict.fromkeys((*piece.nodes, *_frames(piece)), None)
        for number, piece in enumerate(flow.pieces):
            for node in piece.nodes:
                self._pieces.setdefault(node, number)
            for frame in _frames(piece):
                self._frames.setdefault(frame, []).append(number)
                self._containers.pop(frame, None)

    def blocks(self, node: Node) -> list[int]:
        """The blocks that *node* is or wraps; empty for anything else."""
        if node in self._pieces:
            return [self._pieces[node]]
        return self._frames.get(node, [])

    def around(self, node: Node) -> list[int] | None:
        """As `blocks`, or the block that *node* lies inside; None outside the body."""
        if blocks := self.blocks(node):
            return blocks
        path = []
        current: Node | None = node
        while current not in self._containers and current not in self._pieces:
            path.append(current)
            current = self._dom.parent(current)
        found = [self._pieces[current]] if current in self._pieces else self._containers[current]
        self._containers.update(dict.fromkeys(path, found))  # what is inside of these lies in the same block
        return found

    def matching(self, nodes: Iterable[Node]) -> tuple[int, ...]:
        """The blocks that *nodes* are or wrap, in order."""
        return tuple(sorted({block for node in nodes for block in self.blocks(node)}))

    def meets(self, nodes: Iterable[Node]) -> bool:
        """Whether any of *nodes* is, wraps or lies inside a block of the story."""
        return any(map(self.around, nodes))


def _frames(piece: RawBlock) -> list[Node]:
    return [frame.node for frame in piece.frame.outward()]


def beside(dom: Dom, node: Node, where: str) -> InsertionPoint:
    """The insertion point directly "before" or "after" an element that is not part of the flow."""
    parent = dom.parent(node)
    siblings: Sequence[Node] = dom.children(parent) if parent is not None else [node]
    at = next(index for index, sibling in enumerate(siblings) if sibling == node)
    if where == "before":
        above = _nearest(dom, siblings[:at][::-1])
        return InsertionPoint(
            parent, above, node, upper=() if above is None else (above,), lower=(node,), in_flow=False
        )
    below = _nearest(dom, siblings[at + 1 :])
    return InsertionPoint(parent, node, below, upper=(node,), lower=() if below is None else (below,), in_flow=False)


def _nearest(dom: Dom, siblings: Iterable[Node]) -> Node | None:
    """The first of *siblings* that a certificate has to respect."""
    for node in siblings:
        tag = dom.tag(node)
        if tag == TEXT:
            if dom.text(node).strip():
                return node
        elif tag != COMMENT and tag not in UNSEEN and tag[0] != "#":
            return node
    return None
