"""Pending formatting: elements like `<b>` that are left open wrap whatever comes after them.

HTML5 parsers keep a list of open formatting elements and open them again, as clones without a tag
in the source, before the next text or inline element. So a formatting element without a start tag
shows that one was pending before it, one without an end tag that it is pending after it; and
something before which a parser opens them again, a *witness*, shows by its looks that none is.
"""

from __future__ import annotations

from collections.abc import Iterable

from adslot.html.document import Document
from adslot.html.dom import TEXT, InsertionPoint, Node
from adslot.html.elements import BLOCKS, FORMATTING, UNSEEN

# Start tags before which no parser reopens formatting, and that hide what is inside.
_MUTE = (
    frozenset("table iframe hr textarea param source track object marquee applet select xmp plaintext".split()) | UNSEEN
)
# Those before which it does not either, but whose content shows it.
_TRANSPARENT = BLOCKS | frozenset("li dd dt figcaption summary rt rp rb rtc".split())
# Their start tags end an open element of the same name, and so hide that it was pending.
_UNIQUE = frozenset({"a", "nobr"})
_FORMATTING = sorted(FORMATTING)
_NAMES = ",".join(_FORMATTING)


class Formatting:
    """The formatting of one document around one body."""

    def __init__(self, document: Document, body: Node) -> None:
        self._document, self._body = document, body
        self._clean: dict[Node, bool] = {}
        self._body_is_clean = False

    def look_at_body(self) -> None:
        """Ask once for the whole body: most have no element that is open or made up, then no block needs a look."""
        self._body_is_clean = self._is_clean(self._body)

    def is_clean(self, point: InsertionPoint) -> bool:
        """Whether all formatting elements of the blocks next to *point* have both tags in the source."""
        if self._body_is_clean and point.in_flow:
            return True
        return all(map(self._is_clean, (*point.upper, *point.strays, *point.lower)))

    def is_pending(self, point: InsertionPoint) -> bool:
        """Whether formatting is known to be pending at *point*."""
        if not all(map(self._is_clean, (*point.upper, *point.strays))):
            return True
        return any(self._document.location(element) is None for node in point.lower for element in self._of(node))

    def _is_clean(self, node: Node) -> bool:
        clean = self._clean.get(node)
        if clean is None:
            clean = self._clean[node] = all(map(self._is_closed, self._of(node)))
        return clean

    def is_left_open(self, element: Node) -> bool:
        """Whether a formatting element lacks one of its tags in the source."""
        return not self._is_closed(element)

    def _is_closed(self, element: Node) -> bool:
        location = self._document.location(element)
        return location is not None and location.end_tag is not None

    def _of(self, node: Node) -> Iterable[Node]:
        """The formatting elements of *node*, itself included."""
        tag = self._document.tag(node)
        if tag[0] == "#" and node != self._document.root:
            return ()
        if tag not in FORMATTING and not self._document.holds(node, _NAMES):
            return ()
        found: Iterable[Node] = node.iter_elements(_FORMATTING, include_self=True)
        return found

    def has_witness(self, point: InsertionPoint) -> bool:
        """Whether formatting that is pending at *point* would show in the tree next to it.

        The block above shows none that was left open around it, or between it and the point.
        """
        tag = self._document.tag
        before = point.below.previous_sibling if point.below is not None else None
        after = point.above.next_sibling if point.above is not None else None
        if any(node is not None and tag(node) == TEXT for node in (before, after, point.below)):
            return True
        if any(map(self.shows, point.lower)):
            return True
        return (point.above is None or self._is_clean(point.above)) and any(map(self.shows, point.upper))

    def shows(self, top: Node) -> bool:
        """Whether a parser that reads *top* would wrap something of it in pending formatting."""
        waiting = [top]
        while waiting:
            node = waiting.pop()
            tag = self._document.tag(node)
            if tag in _UNIQUE:
                return False
            if tag == TEXT or (tag[0] != "#" and tag not in _MUTE and tag not in _TRANSPARENT):
                return True
            if tag in _TRANSPARENT and tag not in _MUTE:
                waiting.extend(reversed(self._document.children(node)))
        return False
