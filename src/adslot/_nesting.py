"""Which elements may hold a slot, and how deep: what browsers and readers allow."""

from __future__ import annotations

from adslot._door import BLOCKS, FORMATTING, Door, Node

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
_FLOW = frozenset("li dd td th".split())


def parent_fault(door: Door, parent: Node) -> str | None:
    """Why no slot may be a child of *parent*: a code of `adslot.codes.UNSAFE`, or None."""
    if parent == door.root and door.tag(parent)[0] == "#":
        return "banned"
    tag = door.tag(parent)
    if tag in _NOT_PARENTS or not (tag in BLOCKS or tag in _PARENTS_INLINE or tag in _FLOW or "-" in tag):
        return "pending-formatting" if tag in FORMATTING else "banned"
    depth, node = 0, parent
    while node is not None and node != door.root:
        if door.tag(node) in _BANNED:
            return "banned"
        depth += 1
        node = door.parent(node)
    return "depth" if depth > DEEPEST else None
