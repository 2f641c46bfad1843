"""Insertion points: between which two siblings of the tree a gap of a flow lies.

Neighbours in the flow need not be siblings: many sites wrap each paragraph in elements of its own.
The gap then lies between the wrappers, in the lowest element that holds both blocks. A list holds items only:
between blocks of two items it lies at the end of the upper item.
"""

from __future__ import annotations

from collections.abc import Sequence

from adslot.article.raw import Flow, Frame, RawBlock
from adslot.html.dom import Dom, InsertionPoint, Node

_LISTS, _ITEMS = frozenset(("ul", "ol", "dl")), frozenset(("li", "dd"))


def point_of(dom: Dom, flow: Flow, gap: int) -> InsertionPoint:
    """The insertion point of *gap*: before the piece of this number, or after the last."""
    pieces = flow.pieces
    if 0 < gap < len(pieces):
        above, below = pieces[gap - 1], pieces[gap]
        common = above.frame.common(below.frame)
        item = _item(dom, above, common) if dom.tag(common.node) in _LISTS else None
        return _between(above, below, common) if item is None else _in_item(above, below, item)
    whole = _whole(flow)
    return _last(whole, pieces[-1], flow.strays) if gap else _first(whole, pieces[0])


def _whole(flow: Flow) -> Frame:
    """The frame in which the story begins and ends: the innermost wrapper around all of several pieces."""
    if len(flow.pieces) == 1:
        return flow.root
    frame = flow.pieces[0].frame.common(flow.pieces[-1].frame)
    while not frame.is_wrapper and frame.outer is not None:
        frame = frame.outer
    return frame


def _first(whole: Frame, below: RawBlock) -> InsertionPoint:
    return InsertionPoint(
        whole.node,
        None,
        _child(below, whole, 0),
        cut=below.cut if below.frame is whole else None,
        lower=below.nodes,
        strays=below.strays,
        closed=whole.closed,
    )


def _last(whole: Frame, above: RawBlock, strays: Sequence[Node]) -> InsertionPoint:
    return InsertionPoint(
        whole.node, _child(above, whole, -1), None, upper=above.nodes, strays=tuple(strays), closed=whole.closed
    )


def _item(dom: Dom, above: RawBlock, around: Frame) -> Frame | None:
    """The item of the list *around* that holds a block."""
    inner = above.frame
    while inner is not around and inner.outer is not None and inner.outer is not around:
        inner = inner.outer
    return inner if inner is not around and dom.tag(inner.node) in _ITEMS else None


def _in_item(above: RawBlock, below: RawBlock, item: Frame) -> InsertionPoint:
    return InsertionPoint(
        item.node,
        _child(above, item, -1),
        None,
        upper=above.nodes,
        lower=below.nodes,
        strays=below.strays,
        closed=item.closed,
    )


def _between(above: RawBlock, below: RawBlock, common: Frame) -> InsertionPoint:
    return InsertionPoint(
        common.node,
        _child(above, common, -1),
        _child(below, common, 0),
        cut=below.cut if below.frame is common else None,
        upper=above.nodes,
        lower=below.nodes,
        strays=below.strays,
        closed=common.closed,
    )


def _child(piece: RawBlock, frame: Frame, end: int) -> Node:
    """The child of *frame* that holds *piece*, or the first (0) or last (-1) node of the piece itself."""
    inner = piece.frame
    if inner is frame:
        return piece.nodes[end]
    while inner.outer is not None and inner.outer is not frame:
        inner = inner.outer
    return inner.node
