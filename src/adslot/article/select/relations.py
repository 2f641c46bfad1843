"""Combinators: which elements stand below, beside or around others, each in one pass over them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from adslot.article.select.inherited import Inherited
from adslot.article.select.page import Page
from adslot.html.dom import Node

Meets = Callable[[Node], bool]


def after(page: Page, left: Collection[Node], combinator: str) -> Meets:
    """Whether an element stands to one of *left* as *combinator* says."""
    return _AFTER[combinator](page, frozenset(left))


def before(page: Page, right: Iterable[Node], combinator: str) -> set[Node]:
    """The elements to which one of *right* stands as *combinator* says."""
    return _BEFORE[combinator](page, right)


def _below(page: Page, left: frozenset[Node]) -> Meets:
    inside = Inherited(page.parent, start=False, step=lambda node, outer: outer or node in left)
    return lambda node: inside.at(page.parent(node))


def _child(page: Page, left: frozenset[Node]) -> Meets:
    return lambda node: page.parent(node) in left


def _next(page: Page, left: frozenset[Node]) -> Meets:
    return lambda node: _neighbour(page, node) in left


def _neighbour(page: Page, node: Node) -> Node | None:
    """The sibling element directly before *node*."""
    index = page.standing(node).index
    return page.siblings(node)[index - 2] if index > 1 else None


def _behind(page: Page, left: frozenset[Node]) -> Meets:
    firsts: dict[Node, int] = {}  # of each parent's children in `left`, by the first child of all
    for node in left:
        eldest, index = page.siblings(node)[0], page.standing(node).index
        firsts[eldest] = min(index, firsts.get(eldest, index))

    def meets(node: Node) -> bool:
        first = firsts.get(page.siblings(node)[0])
        return first is not None and first < page.standing(node).index

    return meets


def _ancestors(page: Page, right: Iterable[Node]) -> set[Node]:
    found: set[Node] = set()
    for node in right:
        parent = page.parent(node)
        while parent is not None and parent not in found:
            found.add(parent)
            parent = page.parent(parent)
    return found


def _parents(page: Page, right: Iterable[Node]) -> set[Node]:
    return {parent for node in right if (parent := page.parent(node)) is not None}


def _neighbours(page: Page, right: Iterable[Node]) -> set[Node]:
    return {neighbour for node in right if (neighbour := _neighbour(page, node)) is not None}


def _ahead(page: Page, right: Iterable[Node]) -> set[Node]:
    lasts: dict[Node, tuple[int, Sequence[Node]]] = {}
    for node in right:
        siblings, index = page.siblings(node), page.standing(node).index
        if index > lasts.get(siblings[0], (0, ()))[0]:
            lasts[siblings[0]] = index, siblings
    return {node for last, siblings in lasts.values() for node in siblings[: last - 1]}


_AFTER = {" ": _below, ">": _child, "+": _next, "~": _behind}
_BEFORE = {" ": _ancestors, ">": _parents, "+": _neighbours, "~": _ahead}
