"""Which elements may hold a slot, and how deep: what browsers and readers allow."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from adslot.html.dom import Dom, Node
from adslot.html.elements import BLOCKS, FORMATTING, KNOWN

# Chromium flattens elements at depth 512.
DEEPEST = 500

_BANNED = frozenset(
    "template noscript svg math select button a object marquee applet p h1 h2 h3 h4 h5 h6 pre option head frameset "
    "summary label caption dt ruby textarea title iframe".split()
)
_NOT_PARENTS = frozenset(
    "table tbody thead tfoot tr colgroup ul ol dl menu dir html hgroup picture video audio".split()
)
_PARENTS_INLINE = frozenset("span ins del".split())
# Editors and word processors wrap a whole text in one of these. A slot fits in, where it has both tags: it is
# wrapped by what was meant to wrap all.
_PASTED = frozenset("b big em font i s small strike strong u".split())
_FLOW = frozenset("li dd td th".split())


class Parents:
    """The elements of one page as parents of slots; what is found out about one is kept for those inside it.

    *is_left_open* says of a formatting element that nobody closed it: in a tree, all are closed.
    """

    def __init__(self, dom: Dom, is_left_open: Callable[[Node], bool] = lambda _: False) -> None:
        self._dom, self._is_left_open = dom, is_left_open
        self._faults: dict[Node, str | None] = {}
        # How deep an element lies; from the first one on that holds no slot at any depth, infinitely.
        self._depths: dict[Node, float] = {dom.root: 0}

    def fault(self, parent: Node) -> str | None:
        """Why no slot may be a child of *parent*: a code of `adslot.codes.UNSAFE`, or None."""
        if parent not in self._faults:
            self._faults[parent] = self._fault(parent)
        return self._faults[parent]

    def _fault(self, parent: Node) -> str | None:
        if parent is None:  # beside the root of a tree
            return "banned"
        tag = self._dom.tag(parent)
        if parent == self._dom.root and tag[0] == "#":
            return "banned"
        if tag in _NOT_PARENTS or not (tag in BLOCKS or tag in _PARENTS_INLINE or tag in _FLOW or tag not in KNOWN):
            if tag not in FORMATTING or tag in _BANNED:
                return "banned"
            if tag not in _PASTED or self._is_left_open(parent):
                return "pending-formatting"
        depth = self._depth(parent)
        return "banned" if depth == inf else "depth" if depth > DEEPEST else None

    def _depth(self, node: Node | None) -> float:
        path = []
        while node is not None and node not in self._depths:
            path.append(node)
            node = self._dom.parent(node)
        depth = 0 if node is None else self._depths[node]
        for inner in reversed(path):
            depth = self._depths[inner] = inf if self._dom.tag(inner) in _BANNED else depth + 1
        return depth
