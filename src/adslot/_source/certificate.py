"""The certificate: the exact offset at which a slot lands where the plan says, or why there is none.

After the end tag of the block above, an HTML5 parser inserts into the block's parent; if nothing but
white space, comments and complete unseen elements follows, the start tag of the block below is
inserted there too. A balanced block-level slot takes the same path as that start tag, and leaves the
parser as it found it, unless a formatting element is still pending: then everything that follows is
wrapped. So a place is certified when

1. its parent may hold a slot and lies no deeper than browsers nest;
2. the element above is closed in the source, or is a `<p>` that the slot closes as its neighbour did;
3. only blanks, comments and whole unseen elements stand between, by the text itself;
4. no formatting element in the block above is open or made up, none in the block below is made up,
   and something at the seam would show it if an older one were pending (a *witness*). Where there is
   no witness, `probe` tries the insertion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from adslot._door import BLOCKS, COMMENT, FORMATTING, INLINE, TEXT, UNSEEN, VOID, Cut, Node, Seam
from adslot._nesting import parent_fault
from adslot._source.document import Document
from adslot._source.probe import proven

_BLANK = re.compile(r"(?>[ \t\n\f]+|<!--(?:-?>|.*?--!?>))*", re.S)
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.S)
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_BLANK_LINE = re.compile(r"\n[ \t\r\f]*\n[ \t\r\n\f]*")
_CLOSING = re.compile(r"<!--\s*/|<!--<?!\[endif|<!--\s*adslot:", re.I)
_OPENING = re.compile(r"<!--\s*wp:|<!--\s*\[if\b", re.I)

# Start tags before which no parser reconstructs pending formatting, and that hide what is inside.
_MUTE = frozenset("table iframe hr textarea param source track object marquee applet select xmp plaintext".split()) | UNSEEN
_TRANSPARENT = BLOCKS | {"li", "dd", "dt", "figcaption", "summary", "rt", "rp", "rb", "rtc"}
_FORMATTING = sorted(FORMATTING)
_FORMATTING_NAMES = ",".join(_FORMATTING)


@attrs.frozen(slots=False)
class Place:
    """A certified *offset* of the source, or the code *unsafe* that says why there is none.

    *offset* is directly before what stands below; *at* is where a slot is written, which differs
    where comments that come in pairs stand in between. *doubtful* places lack a witness only: a
    trial insertion may still certify them.
    """

    offset: int | None
    at: int | None
    unsafe: str | None = None
    doubtful: bool = False


class _Unsafe(Exception):
    """The reason why a place cannot be certified."""


class Certifier:
    """Certifies places of one document; what it learns about a parent or an element is kept."""

    def __init__(self, document: Document, body: Node, opaque: Sequence[tuple[int, int]] = ()) -> None:
        self.document = document
        self.opaque = opaque
        # Most bodies have no formatting element that is open or made up: then no block needs a look.
        self._all_clean = not self._leaves_formatting((body,))
        self._parents: dict[Node, str | None] = {}
        self._clean: dict[Node, bool] = {}

    def certify(self, seam: Seam) -> Place:
        """The place of *seam*."""
        return self._plain(seam) or self._certify(seam)

    def _plain(self, seam: Seam) -> Place | None:
        """The place of a seam between two closed elements with white space at most; None for all others.

        Nearly every seam of a real article is of this kind, and this path is the cheapest.
        """
        above, below = seam.above, seam.below
        if above is None or below is None or seam.cut is not None or seam.strays or self.opaque:
            return None
        upper, lower = self.document.location(above), self.document.location(below)
        if upper is None or lower is None or upper.end_tag is None:
            return None
        start, stop = upper.end_tag.end_offset, lower.start_tag.start_offset
        blank = self.document.source[start:stop]
        if start > stop or blank.strip(" \t\n\f") or self._parent_fault(seam.parent) or self._runs_on(above):
            return None
        if not ((self._all_clean and seam.in_flow) or all(map(self._is_clean, (*seam.upper, *seam.lower)))):
            return None
        # White space between the two is a witness.
        return Place(stop, stop) if blank or self._shows_formatting(seam.lower[0]) else None

    def _is_clean(self, node: Node) -> bool:
        """Whether every formatting element of *node* has a start and an end tag of its own."""
        clean = self._clean.get(node)
        if clean is None:
            clean = self._clean[node] = not self._leaves_formatting((node,))
        return clean

    def _certify(self, seam: Seam) -> Place:
        try:
            if fault := self._parent_fault(seam.parent):
                return Place(None, None, fault)
            offset, at = self._offset(seam)
        except _Unsafe as reason:
            return Place(None, None, str(reason))
        if any(start < at < end for start, end in self.opaque):
            return Place(offset, at, "opaque")
        if self._leaves_formatting(seam.upper) or self._leaves_formatting(seam.strays):
            return Place(offset, at, "pending-formatting")
        if any(self._has_clone(node) for node in seam.lower):
            return Place(offset, at, "pending-formatting")
        return Place(offset, at) if self._has_witness(seam) else Place(offset, at, "unproven", doubtful=True)

    def certify_all(self, seams: Sequence[Seam]) -> list[Place]:
        """The places of *seams*; those without a witness are tried, all in one further parse."""
        places = [self.certify(seam) for seam in seams]
        doubtful = [i for i, place in enumerate(places) if place.doubtful]
        if doubtful:
            trials = [(places[i].at or 0, _element(self.document, seams[i].below)) for i in doubtful]
            for i, safe in zip(doubtful, proven(self.document, trials), strict=True):
                places[i] = attrs.evolve(places[i], unsafe=None if safe else "unproven", doubtful=False)
        return places

    def span(self, nodes: Sequence[Node], cut: Cut | None) -> tuple[int | None, int | None]:
        """Where the source of a block begins and ends; None where the source does not say."""
        return self._edge(nodes[0], cut, 0), self._edge(nodes[-1], None, 1)

    def _edge(self, node: Node, cut: Cut | None, end: int) -> int | None:
        location = self.document.location(node) if cut is None else None
        if location is not None and location.start_tag is not None and location.end_tag is not None:
            edge: int = location.end_tag.end_offset if end else location.start_tag.start_offset
            return edge
        try:
            if cut is not None:
                return self._cut_offset(cut)
            if self.document.tag(node) == TEXT:
                return self._text_start(node)[end]
            return self._end(node) if end else self._start(node)
        except _Unsafe:
            return None

    # ------------------------------------------------------------------------------------- parents

    def _parent_fault(self, parent: Node) -> str | None:
        if parent not in self._parents:
            self._parents[parent] = parent_fault(self.document, parent)
        return self._parents[parent]

    # ------------------------------------------------------------------------------------- offsets

    def _offset(self, seam: Seam) -> tuple[int, int]:
        """Where the seam is in the source, and where the slot is written."""
        document = self.document
        if seam.cut is None and self._is_mid_line(seam):
            raise _Unsafe("mid-line")
        if seam.cut is not None:
            return _alike(self._cut_offset(seam.cut))
        below_is_text = seam.below is not None and document.tag(seam.below) == TEXT
        stop = None if below_is_text or seam.below is None else self._start(seam.below)
        if seam.above is None:
            start = self._inner_start(seam.parent, seam.below)
        elif document.tag(seam.above) == TEXT:
            return _alike(self._text_end(seam) if stop is None else self._after_text(seam, stop))
        elif self._is_open_p(seam.above):
            return _alike(self._after_open_p(seam, stop))
        else:
            start = self._end(seam.above)
        return self._settle(seam, start, stop)

    def _is_mid_line(self, seam: Seam) -> bool:
        """Whether text or inline elements stand on both sides, with no `<br>` to part them."""
        if not self._runs_on(seam.below or self._next_seen(seam.above)):
            return False
        fillers = [node for node in self._fillers(seam) if self.document.tag(node) not in UNSEEN]
        return self._runs_on(fillers[-1] if fillers else seam.above)

    def _next_seen(self, node: Node | None) -> Node | None:
        """The next sibling element that may show."""
        while node is not None:
            node = node.next_sibling
            if node is not None and (tag := self.document.tag(node))[0] != "#" and tag not in UNSEEN:
                return node
        return None

    def _runs_on(self, node: Node | None) -> bool:
        """Whether *node* runs on in a line of text."""
        return node is not None and ((tag := self.document.tag(node)) == TEXT or tag in INLINE)

    def _settle(self, seam: Seam, start: int, stop: int | None) -> tuple[int, int]:
        """Check what stands between *start* and *stop*, and choose the place among its comments."""
        source = self.document.source
        last = start
        if seam.above is not None or seam.below is not None:
            for node in self._fillers(seam):
                if _BLANK.match(source, last).end() < (begin := self._start(node)):  # type: ignore[union-attr] # it matches ""
                    raise _Unsafe("not-blank")
                if begin < last:
                    raise _Unsafe("not-blank")
                last = self._end(node)
        if stop is None:
            end = _BLANK.match(source, last).end()  # type: ignore[union-attr] # it matches ""
            if seam.below is None:
                return _alike(_among_comments(source, last, end, last))
            if end == len(source) or _MARKUP.match(source, end):
                raise _Unsafe("not-blank")
            return end, _among_comments(source, last, end, end)
        if stop < last or source[last:stop].strip(" \t\n\f") and not _BLANK.fullmatch(source, last, stop):
            raise _Unsafe("not-blank")
        return stop, _among_comments(source, last, stop, stop)

    def _fillers(self, seam: Seam) -> list[Node]:
        """The elements between the seam's two nodes: all of them unseen, else they would be blocks."""
        document, found = self.document, []
        if seam.above is not None:
            node = seam.above.next_sibling
        else:
            children = document.children(seam.parent)
            node = children[0] if children else None
        stop = seam.below
        while node is not None and node != stop and not (stop is None):
            tag = document.tag(node)
            if tag[0] != "#":
                found.append(node)
            node = node.next_sibling
        return found

    def _start(self, node: Node) -> int:
        location = self.document.location(node)
        if location is None or location.start_tag is None:
            raise _Unsafe("synthetic")
        start: int = location.start_tag.start_offset
        return start

    def _end(self, node: Node) -> int:
        location = self.document.location(node)
        if location is None or location.start_tag is None:
            raise _Unsafe("synthetic")
        if location.end_tag is not None:
            end: int = location.end_tag.end_offset
            return end
        if self.document.tag(node) not in VOID:
            raise _Unsafe("unclosed")
        end = location.start_tag.end_offset
        return end

    def _inner_start(self, parent: Node, below: Node) -> int:
        """Where the content of *parent* begins; where it has no tag of its own, at *below*."""
        if parent == self.document.root:
            return 1 if self.document.source.startswith("\ufeff") else 0
        location = self.document.location(parent)
        if location is not None and location.start_tag is not None:
            start: int = location.start_tag.end_offset
            return start
        if self.document.tag(below) == TEXT:
            raise _Unsafe("synthetic")
        return self._start(next(iter(self._leading(below)), below))

    def _leading(self, below: Node) -> list[Node]:
        found, node = [], below.previous_sibling
        while node is not None:
            if self.document.tag(node)[0] != "#":
                found.append(node)
            node = node.previous_sibling
        return found[::-1]

    def _inner_end(self, parent: Node) -> int:
        if parent == self.document.root:
            return len(self.document.source)
        location = self.document.location(parent)
        if location is None or location.end_tag is None:
            raise _Unsafe("unclosed")
        end: int = location.end_tag.start_offset
        return end

    def _is_open_p(self, node: Node) -> bool:
        if self.document.tag(node) != "p":
            return False
        location = self.document.location(node)
        return location is not None and location.end_tag is None

    def _after_open_p(self, seam: Seam, stop: int | None) -> int:
        """A `<p>` without end tag is closed by the slot just as by what follows it, but only right there."""
        if stop is not None:
            if self._fillers(seam):
                raise _Unsafe("unclosed")
            return stop
        if seam.below is not None:
            raise _Unsafe("unclosed")
        for element in seam.above.iter_elements():
            self._end(element)
        end = self._inner_end(seam.parent)
        if seam.parent == self.document.root:
            self._check_tail(self._tail_start(seam.above), end)
        return end

    def _tail_start(self, node: Node) -> int:
        """The end of the last tag inside *node*."""
        last = self.document.location(node)
        if last is None or last.start_tag is None:
            raise _Unsafe("synthetic")
        return max([last.start_tag.end_offset, *(self._end(element) for element in node.iter_elements())])

    def _check_tail(self, start: int, end: int) -> None:
        """Refuse a place at the end of the text that lies inside an unfinished tag or comment."""
        rest = _COMMENT.sub("", self.document.source[start:end])
        if "<" in rest:
            raise _Unsafe("not-blank")

    # ----------------------------------------------------------------------------------- loose text

    def _text_end(self, seam: Seam) -> int:
        """The place after a text node with no element below it: before the next text, or at the parent's end."""
        if seam.below is not None:
            raise _Unsafe("not-blank")
        end = self._inner_end(seam.parent)
        self._check_tail(self._text_start(seam.above)[0], end)
        return end

    def _after_text(self, seam: Seam, stop: int) -> int:
        """The place before an element that loose text precedes."""
        start, end = self._text_start(seam.above)
        if end > stop or not self.document.source[start:end].strip():
            raise _Unsafe("not-blank")
        for node in self._fillers(seam):
            if not end <= self._start(node) <= self._end(node) <= stop:
                raise _Unsafe("not-blank")
        return stop

    def _text_start(self, node: Node) -> tuple[int, int]:
        """Where the source of a text node begins and ends."""
        source, before = self.document.source, []
        first = node
        while (previous := first.previous_sibling) is not None and self.document.tag(previous) in (TEXT, COMMENT):
            first = previous
            before.append(previous)
        if previous is not None:
            at = self._end(previous)
        else:
            at = self._inner_start(first.parent, first)
        for sibling in reversed(before):
            at = self._text_stop(at) if self.document.tag(sibling) == TEXT else self._comment_stop(at)
        end = self._text_stop(at)
        return at, end if end <= len(source) else len(source)

    def _text_stop(self, at: int) -> int:
        match = _MARKUP.search(self.document.source, at)
        return match.start() if match else len(self.document.source)

    def _comment_stop(self, at: int) -> int:
        match = _COMMENT.match(self.document.source, at)
        if match is None:
            raise _Unsafe("not-blank")
        return match.end()

    def _cut_offset(self, cut: Cut) -> int:
        """The source offset of a blank line, counted among the blank lines of its text node.

        The slot goes to that side of the blank line where the text node has more than white space:
        a node of white space alone parts no line of text for every reader.
        """
        start, end = self._text_start(cut.node)
        found = list(_BLANK_LINE.finditer(self.document.source, start, end))
        if len(found) != len(_BLANK_LINE.findall(self.document.text(cut.node))):
            raise _Unsafe("not-blank")
        blank = found[cut.ordinal]
        if self.document.source[start : blank.start()].strip():
            return blank.end()
        if not self.document.source[blank.end() : end].strip():
            raise _Unsafe("mid-line")
        return blank.start()

    # ------------------------------------------------------------------------------------ formatting

    def _leaves_formatting(self, nodes: Sequence[Node]) -> bool:
        """Whether a formatting element of *nodes* is open at their end, or was made up by the parser."""
        for node in nodes:
            for element in self._formatting(node):
                location = self.document.location(element)
                if location is None or location.start_tag is None or location.end_tag is None:
                    return True
        return False

    def _has_clone(self, node: Node) -> bool:
        return any(self.document.location(element) is None for element in self._formatting(node))

    def _formatting(self, node: Node) -> list[Node]:
        tag = self.document.tag(node)
        if tag[0] == "#" or not (tag in FORMATTING or self.document.holds(node, _FORMATTING_NAMES)):
            return []
        return list(node.iter_elements(_FORMATTING, include_self=True))

    def _has_witness(self, seam: Seam) -> bool:
        """Whether formatting that is pending at the seam would show in the tree next to it."""
        document = self.document
        before = seam.below.previous_sibling if seam.below is not None else None
        after = seam.above.next_sibling if seam.above is not None else None
        if any(node is not None and document.tag(node) == TEXT for node in (before, after, seam.below)):
            return True
        return any(map(self._shows_formatting, seam.lower)) or any(map(self._shows_formatting, seam.upper))

    def _shows_formatting(self, top: Node) -> bool:
        """Whether a parser that reads *top* would wrap something of it in pending formatting."""
        waiting = [top]
        while waiting:
            node = waiting.pop()
            tag = self.document.tag(node)
            if tag == TEXT or (tag[0] != "#" and tag not in _MUTE and tag not in _TRANSPARENT):
                return True
            if tag in _TRANSPARENT and tag not in _MUTE:
                waiting.extend(reversed(self.document.children(node)))
        return False


def _element(document: Document, node: Node | None) -> Node | None:
    return None if node is None or document.tag(node)[0] == "#" else node


def _alike(offset: int) -> tuple[int, int]:
    return offset, offset


def _among_comments(source: str, start: int, stop: int, default: int) -> int:
    """The place in a run of blanks and comments that keeps paired comments with their block."""
    if "<!--" not in source[start:stop]:
        return default
    place = None
    opening = None
    for comment in _COMMENT.finditer(source, start, stop):
        if _CLOSING.match(source, comment.start()):
            place, opening = comment.end(), None
        elif opening is None and _OPENING.match(source, comment.start()):
            opening = comment.start()
    return place if place is not None else opening if opening is not None else default
