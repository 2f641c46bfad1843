"""Pending formatting: elements like `<b>` that are left open wrap whatever comes after them.

HTML5 parsers keep a list of open formatting elements and open them again, as clones without a tag
in the source, before the next text or inline element. So a formatting element without a start tag
shows that one was pending before it, one without an end tag that it is pending after it; and
something before which a parser opens them again, a *witness*, shows by its looks that none is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adslot.html.document import Document
from adslot.html.dom import TEXT, InsertionPoint, Node
from adslot.html.elements import BLOCKS, FORMATTING, UNSEEN
from adslot.patterns import pattern

# Start tags before which no parser reopens formatting, and that hide what is inside.
_MUTE = (
    frozenset("table iframe hr textarea param source track object marquee applet select xmp plaintext".split()) | UNSEEN
)
# Those before which it does not either, but whose content shows it.
_TRANSPARENT = BLOCKS | frozenset("li dd dt figcaption summary rt rp rb rtc".split())
# Their start tags end an open element of the same name, and so hide that it was pending.
_UNIQUE = frozenset({"a", "nobr"})
_PRE = frozenset({"pre", "listing"})
_FORMATTING = sorted(FORMATTING)
_NAMES = ",".join(_FORMATTING)
_END_TAG = pattern(rf"</(?:{'|'.join(_FORMATTING)})[\s/>]", re.I)
# What no text begins with: parsers drop the line feed behind the start tag of a `pre`.
_NO_TEXT = frozenset({"", "<"})
_NO_TEXT_OF_PRE = _NO_TEXT | {"\n", "\r"}


class Formatting:
    """The formatting of one document around one body."""

    def __init__(self, document: Document, body: Node) -> None:
        self._document, self._body = document, body
        self._clean: dict[Node, bool] = {}
        self._body_is_clean = False
        # Before U+0000 the parser opens formatting again that was left open, and browsers do not: they drop it. Then
        # its tree proves nothing.
        self.is_misread = "\0" in document.source and not self._is_clean(document.root)

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

    def has_witness(self, point: InsertionPoint, at: int) -> bool:
        """Whether formatting that is pending at *point*, the offset *at*, would show in the tree next to it.

        The block above shows none that was left open around it, or between it and the point.
        """
        before = point.below.previous_sibling if point.below is not None else None
        after = point.above.next_sibling if point.above is not None else None
        if self._is_at_text(at) and any(
            node is not None and self._document.tag(node) == TEXT for node in (before, after, point.below)
        ):
            return True
        if any(self.shows_first(node, at) for node in point.lower):
            return True
        return (point.above is None or self._is_clean(point.above)) and any(map(self._shows, point.upper))

    def _is_at_text(self, at: int) -> bool:
        """Whether no tag and no comment parts the offset *at* from a text on one of its sides."""
        source = self._document.source
        return source[at : at + 1] not in _NO_TEXT or (at > 0 and source[at - 1] != ">")

    def shows_first(self, top: Node, at: int) -> bool:
        """Whether *top* would show formatting that is pending at the offset *at* before it.

        It shows none that an end tag ends between the two: such a tag leaves no trace in the tree.
        """
        source = self._document.source
        for node, tag in self._walk(top):
            if tag in _UNIQUE or tag == TEXT or (location := self._document.location(node)) is None:
                return False
            witness = location.start_tag.start_offset
            if tag in _TRANSPARENT:
                witness = location.start_tag.end_offset
                if source[witness : witness + 1] in (_NO_TEXT_OF_PRE if tag in _PRE else _NO_TEXT):
                    continue
            return not _END_TAG.search(source, at, witness)
        return False

    def _shows(self, top: Node) -> bool:
        """Whether a parser that reads *top* would wrap something of it in formatting that is pending before it."""
        return next((tag not in _UNIQUE for _, tag in self._walk(top) if tag not in _TRANSPARENT), False)

    def _walk(self, top: Node) -> Iterator[tuple[Node, str]]:
        """*top* and what it holds, with their tags, without what parsers wrap in nothing."""
        waiting = [top]
        while waiting:
            node = waiting.pop()
            tag = self._document.tag(node)
            if tag in _MUTE or (tag[0] == "#" and tag != TEXT):
                continue
            yield node, tag
            if tag in _TRANSPARENT:
                waiting.extend(reversed(self._document.children(node)))
