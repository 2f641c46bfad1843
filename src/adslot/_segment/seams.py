"""Seams: between which two siblings of the tree each gap of a flow lies.

Neighbours in the flow need not be siblings: many sites wrap each paragraph in elements of its own.
The gap then lies between the wrappers, in the lowest element that holds both blocks.
"""

from __future__ import annotations

from itertools import pairwise

from adslot._door import Node, Seam
from adslot._segment.pieces import Flow, Frame, Piece


def seams_of(flow: Flow) -> list[Seam]:
    """The gap before each piece and the one after the last; none where there are no pieces."""
    if not flow.pieces:
        return []
    between = [_between(above, below) for above, below in pairwise(flow.pieces)]
    return [_first(flow.root, flow.pieces[0]), *between, _last(flow)]


def _first(root: Frame, below: Piece) -> Seam:
    return Seam(
        root.node,
        None,
        _child(below, root, 0),
        cut=below.cut if below.frame is root else None,
        lower=below.nodes,
        strays=below.strays,
        closed=root.closed,
    )


def _last(flow: Flow) -> Seam:
    above, root = flow.pieces[-1], flow.root
    return Seam(
        root.node, _child(above, root, -1), None, upper=above.nodes, strays=tuple(flow.strays), closed=root.closed
    )


def _between(above: Piece, below: Piece) -> Seam:
    common = _common(above.frame, below.frame)
    return Seam(
        common.node,
        _child(above, common, -1),
        _child(below, common, 0),
        cut=below.cut if below.frame is common else None,
        upper=above.nodes,
        lower=below.nodes,
        strays=below.strays,
        closed=common.closed,
    )


def _common(one: Frame, other: Frame) -> Frame:
    """The lowest frame around both."""
    while one is not other:
        if one.depth >= other.depth:
            one = one.outer or one
        else:
            other = other.outer or other
    return one


def _child(piece: Piece, frame: Frame, end: int) -> Node:
    """The child of *frame* that holds *piece*, or the first (0) or last (-1) node of the piece itself."""
    inner = piece.frame
    if inner is frame:
        return piece.nodes[end]
    while inner.outer is not None and inner.outer is not frame:
        inner = inner.outer
    return inner.node
