"""The certificate: the exact offset at which a slot lands where the plan says, or why there is none.

After the end tag of the block above, an HTML5 parser inserts into the block's parent; if nothing but
white space, comments and complete unseen elements follows, the start tag of the block below is
inserted there too. A balanced block-level slot takes the same path as that start tag, and leaves the
parser as it found it, unless a formatting element is still pending: then everything that follows is
wrapped. So a place is certified when

1. its parent may hold a slot and lies no deeper than browsers nest;
2. the element above is closed in the source, or is a `<p>` that the slot closes as its neighbour did, and so is
   what shows nothing and stands between;
3. only blanks, comments, stray ends of paragraphs and whole unseen elements stand between, by the text itself;
4. no formatting element in the block above is open or made up, none in the block below is made up,
   and something at the insertion point would show it if an older one were pending (a *witness*). Where there is
   no witness, `probe` tries the insertion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from adslot.html.breaks import edge_breaks
from adslot.html.content_model import Parents
from adslot.html.document import Document
from adslot.html.dom import TEXT, InsertionPoint, Node, Place
from adslot.html.elements import COMMENT_PATTERN, INLINE, OPENING_PATTERN, UNSEEN
from adslot.html.flat import is_inside
from adslot.html.formatting import Formatting
from adslot.html.probe import proven
from adslot.html.spans import COMMENT_MARKUP, MARKUP, Spans, Unsafe
from adslot.patterns import pattern

_BLANK = pattern(rf"(?>[ \t\n\f]+|{COMMENT_PATTERN})*", re.S)
# What shows nothing, and changes nothing for what follows: blanks, text without width, stray ends of paragraphs.
_QUIET = pattern(
    rf"(?>[ \t\n\f\xa0\xad\u200b-\u200d\u2060\ufeff]+|{COMMENT_PATTERN}|</p(?:[ \t\n\f][^>]*)?>"
    r"|&(?:nbsp|shy|ZeroWidthSpace|zwnj|zwj|NoBreak|#(?:160|173|820[345]|8288|65279)|#x0*(?:a0|ad|200[bcd]|2060|feff));)*",
    re.S | re.I,
)
_CLOSING = pattern(r"<!--\s*/|<!--<?!\[endif|<!--\s*adslot:", re.I)
_OPENING = pattern(f"<!--{OPENING_PATTERN}", re.I)


# So many insertion points are cheaper asked together.
_MANY = 8


class Certifier:
    """Certifies places of one document; what it learns about a parent or an element is kept."""

    def __init__(self, document: Document, body: Node, opaque: Sequence[tuple[int, int]] = ()) -> None:
        self._document, self._opaque = document, opaque  # in order, and none inside another
        self.edges = Spans(document)
        self._formatting = Formatting(document, body)
        self._parents = Parents(document, self._formatting.is_left_open)

    def certify_all(self, points: Sequence[InsertionPoint]) -> list[Place]:
        """The places of *points*; those without a witness are tried, all in one further parse."""
        if len(points) > _MANY:
            self._formatting.look_at_body()
        places = [self.certify(point) for point in points]
        doubtful = [i for i, place in enumerate(places) if place.doubtful]
        if doubtful:
            trials = [(places[i].at or 0, self._element(points[i].below)) for i in doubtful]
            for i, safe in zip(doubtful, proven(self._document, trials), strict=True):
                places[i] = attrs.evolve(places[i], unsafe=None if safe else "unproven", doubtful=False)
        return places

    def certify(self, point: InsertionPoint) -> Place:
        """The place of *point*."""
        return self._plain(point) or self._any(point)

    def _plain(self, point: InsertionPoint) -> Place | None:
        """The place of an insertion point between two closed elements with white space at most; None for all others.

        Nearly every insertion point of a real article is of this kind, and this path is the cheapest.
        """
        above, below = point.above, point.below
        if above is None or below is None or point.cut is not None or point.strays or self._opaque:
            return None
        if self._formatting.is_misread:
            return None
        upper, lower = self._document.location(above), self._document.location(below)
        if upper is None or lower is None or upper.end_tag is None:
            return None
        start, stop = upper.end_tag.end_offset, lower.start_tag.start_offset
        blank = self._document.source[start:stop]
        if start > stop or blank.strip(" \t\n\f") or self._parents.fault(point.parent) or self._runs_on(above):
            return None
        if self._document.tag(above) == "form":
            return None
        # White space that stands between the two in the tree as well is a witness: it would have opened pending
        # formatting again, and what follows would stand inside that.
        between = above.next_sibling
        if blank and between is not None and between.next_sibling == below and self._document.tag(between) == TEXT:
            return Place(stop, stop)
        proven = self._formatting.is_clean(point) and self._formatting.shows_first(point.lower[0], stop)
        return Place(stop, stop) if proven else None

    def _any(self, point: InsertionPoint) -> Place:
        try:
            if fault := self._parents.fault(point.parent):
                return Place(None, None, fault)
            offset, at = self._offset(point)
        except Unsafe as reason:
            return Place(None, None, str(reason))
        if self._document.source[at - 1 : at] == "<":  # with a slot behind it this is text, without it perhaps a tag
            return Place(None, None, "not-blank")
        if is_inside(self._opaque, at):
            return Place(offset, at, "opaque")
        if self._formatting.is_pending(point):
            return Place(offset, at, "pending-formatting")
        if self._formatting.is_misread:
            return Place(offset, at, "unproven")
        if self._formatting.has_witness(point, at):
            return Place(offset, at)
        return Place(offset, at, "unproven", doubtful=True)

    # ------------------------------------------------------------------------------------- offsets

    def _offset(self, point: InsertionPoint) -> tuple[int, int]:
        """Where the insertion point is in the source, and where the slot is written."""
        edges, above, below = self.edges, point.above, point.below
        if point.cut is not None:
            return _alike(edges.cut(point.cut))
        if self._is_mid_line(point):
            raise Unsafe("mid-line")
        stop = None if below is None or self._document.tag(below) == TEXT else edges.start(below)
        if above is None:
            return self._settle(point, edges.inner_start(point.parent, below), stop)
        if self._document.tag(above) == TEXT:
            return self._after_text(point, stop)
        if self._is_open_p(above):
            return self._after_open_p(point, stop)
        return self._settle(point, edges.end(above), stop)

    def _settle(self, point: InsertionPoint, start: int, stop: int | None) -> tuple[int, int]:
        """Check what stands between *start* and *stop*, and choose the place among its comments."""
        source, last, in_p = self._document.source, start, False
        for node in self._fillers(point):
            if self._is_stray_end(node):
                continue
            begin = self.edges.start(node)
            if begin < last or not _QUIET.fullmatch(source, last, begin):
                raise Unsafe("not-blank")
            in_p = self._is_open_p(node)
            last = self.edges.last_tag_end(node) if in_p else self.edges.end(node)
        if stop is None:
            end = _blank_end(source, last)
            if point.below is None:
                return _alike(_among_comments(source, last, end, last))
            if in_p or end == len(source) or MARKUP.match(source, end):
                raise Unsafe("not-blank")
            self.edges.text(point.below)  # its place is known, and not inside a table
            return end, _among_comments(source, last, end, end)
        if stop < last or not _QUIET.fullmatch(source, last, stop):
            raise Unsafe("not-blank")
        return stop, stop if in_p else _among_comments(source, last, stop, stop)

    def _fillers(self, point: InsertionPoint) -> list[Node]:
        """The elements between the insertion point's two nodes: all of them show nothing, else they would be blocks."""
        if point.below is None:
            return []
        found = []
        node = point.above.next_sibling if point.above is not None else self._document.children(point.parent)[0]
        while node is not None and node != point.below:
            if self._document.tag(node)[0] != "#":
                found.append(node)
            node = node.next_sibling
        return found

    def _is_stray_end(self, node: Node) -> bool:
        """Whether *node* is the empty `p` that a parser makes of a `</p>` without a beginning."""
        return self._document.tag(node) == "p" and self._document.location(node) is None and not node.children

    def _element(self, node: Node | None) -> Node | None:
        return None if node is None or self._document.tag(node)[0] == "#" else node

    # ------------------------------------------------------------------------------------ open p, text

    def _is_open_p(self, node: Node) -> bool:
        location = self._document.location(node)
        return self._document.tag(node) == "p" and location is not None and location.end_tag is None

    def _after_open_p(self, point: InsertionPoint, stop: int | None) -> tuple[int, int]:
        """A `<p>` without end tag is closed by the slot just as by what follows it, but only right there."""
        tail = self.edges.last_tag_end(point.above)  # a <math> in it would keep the slot, but not a <p>
        if fillers := self._fillers(point):
            return self._settle(point, self.edges.start(fillers[0]), stop)
        if stop is not None:
            return _alike(stop)
        if point.below is not None:
            raise Unsafe("unclosed")
        if (
            point.above is not None and (following := point.above.next_sibling) is not None
        ):  # no part of the story, and yet it ended the `<p>`
            return _alike(self.edges.start(following))
        end = self.edges.inner_end(point.parent, has_open_p=True)
        if point.parent == self._document.root:
            self._check_tail(tail, end)
        return _alike(end)

    def _check_tail(self, start: int, end: int) -> None:
        """Refuse a place at the end of the text that lies inside an unfinished tag or comment."""
        if "<" in COMMENT_MARKUP.sub("", self._document.source[start:end]):
            raise Unsafe("not-blank")

    def _after_text(self, point: InsertionPoint, stop: int | None) -> tuple[int, int]:
        """The place after loose text: before what follows it, or at the parent's end."""
        start, end = self.edges.text(point.above)
        if not self._document.source[start:end].strip():
            raise Unsafe("not-blank")
        if point.below is None:
            at = self.edges.inner_end(point.parent)
            self._check_tail(start, at)
            return _alike(at)
        fillers = self._fillers(point)
        if stop is None and not fillers:
            raise Unsafe("not-blank")
        return self._settle(point, _blank_end(self._document.source, end), stop)

    # ---------------------------------------------------------------------------------- lines of text

    def _is_mid_line(self, point: InsertionPoint) -> bool:
        """Whether text or inline elements stand on both sides, with no `<br>` to part them."""
        if not self._runs_on(point.below or self._next_seen(point.above)):
            return False
        fillers = [node for node in self._fillers(point) if self._document.tag(node) not in UNSEEN]
        if any(map(self._breaks, fillers)):
            return False
        above = fillers[-1] if fillers else point.above or self._text_before(point.below)
        return self._runs_on(above) and not self._breaks(above, last=True) and not self._breaks(point.below, last=False)

    def _breaks(self, node: Node | None, *, last: bool = True) -> bool:
        """Whether a line ends with *node*, or where it is not the *last* of the line, before all that shows of it."""
        if node is None or (tag := self._document.tag(node)) == TEXT:
            return False
        return tag not in INLINE or edge_breaks(self._document, node)[last] > 0

    def _text_before(self, node: Node | None) -> Node | None:
        """The text before a node, comments passed over: `&nbsp;` shows nothing, but is no white space of HTML."""
        before = None if node is None else node.previous_sibling
        while before is not None and (tag := self._document.tag(before))[0] == "#":
            if tag == TEXT and self._document.text(before).strip(" \t\n\f"):
                return before
            before = before.previous_sibling
        return None

    def _next_seen(self, node: Node | None) -> Node | None:
        """The next sibling that may show, text of `&nbsp;` alone included."""
        while node is not None and (node := node.next_sibling) is not None:
            tag = self._document.tag(node)
            if tag == TEXT and self._document.text(node).strip(" \t\n\f"):
                return node
            if tag[0] != "#" and tag not in UNSEEN:
                return node
        return None

    def _runs_on(self, node: Node | None) -> bool:
        """Whether *node* runs on in a line of text."""
        return node is not None and ((tag := self._document.tag(node)) == TEXT or tag in INLINE)


def _alike(offset: int) -> tuple[int, int]:
    return offset, offset


def _blank_end(source: str, start: int) -> int:
    """Where the blanks and comments from *start* on end."""
    match = _BLANK.match(source, start)
    return match.end() if match else start


def _among_comments(source: str, start: int, stop: int, default: int) -> int:
    """The place in a run of blanks and comments that keeps paired comments with their block."""
    if "<!--" not in source[start:stop]:
        return default
    place, opening = None, None
    for comment in COMMENT_MARKUP.finditer(source, start, stop):
        if _CLOSING.match(source, comment.start()):
            place, opening = comment.end(), None
        elif opening is None and _OPENING.match(source, comment.start()):
            opening = comment.start()
    return place if place is not None else opening if opening is not None else default
