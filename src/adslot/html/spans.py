"""Spans: where in the source a node begins and ends, as far as the source says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adslot.html.document import Document
from adslot.html.dom import COMMENT, TEXT, Node, TextCut
from adslot.html.elements import COMMENT_PATTERN, VOID
from adslot.html.text import BLANK_LINE
from adslot.patterns import pattern

COMMENT_MARKUP = pattern(COMMENT_PATTERN, re.S)
# What HTML takes for a comment.
_CDATA = pattern(r"<!\[CDATA\[[^>]*>", re.I)
MARKUP = pattern(r"<[a-zA-Z/!?]")
_SEEN, _SPACE = pattern(r"\S"), pattern(r"[ \t\n\f]")
# What may follow `</body>`; anything else goes on where the body was left.
_NOTHING = pattern(rf"(?>[ \t\n\f]+|{COMMENT_PATTERN}|</html>)*\Z", re.S | re.I)


class Unsafe(Exception):  # noqa: N818  # no error, but a reason: it never leaves the certificate
    """Why a place cannot be certified: a code of `adslot.codes.UNSAFE`."""


class Spans:
    """The spans of one document's nodes. What the source does not say raises `Unsafe`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._texts: dict[Node, tuple[int, int]] = {}
        self._blanks: dict[Node, list[re.Match[str]]] = {}
        self._tables: dict[Node, dict[Node, int]] = {}

    def start(self, node: Node) -> int:
        """Where an element's start tag begins."""
        location = self.document.location(node)
        if location is None:
            raise Unsafe("synthetic")
        return location.start_tag.start_offset

    def end(self, node: Node) -> int:
        """Where an element's end tag ends; where it can have none, its start tag."""
        location = self.document.location(node)
        if location is None:
            raise Unsafe("synthetic")
        if location.end_tag is not None:
            if self.document.tag(node) == "form":
                self._check_form(node, location.end_tag.start_offset)
            return location.end_tag.end_offset
        if self.document.tag(node) not in VOID:
            raise Unsafe("unclosed")
        return location.start_tag.end_offset

    def _check_form(self, form: Node, end: int) -> None:
        """Refuse a form with something open in it: `</form>` ends nothing but the form."""
        for inner in form.iter_elements():
            location = self.document.location(inner)
            last = None if location is None else location.end_tag
            if (last is None and self.document.tag(inner) not in VOID) or (last is not None and last.end_offset > end):
                raise Unsafe("unclosed")

    def inner_start(self, parent: Node, below: Node) -> int:
        """Where the content of *parent* begins; where that has no tag of its own, at its first element."""
        if parent == self.document.root:
            if self.document.source.startswith("\ufeff") and self.document.tag(below) == TEXT:
                raise Unsafe("mid-line")
            return 1 if self.document.source.startswith("\ufeff") else 0
        location = self.document.location(parent)
        if location is not None and location.start_tag is not None:
            return location.start_tag.end_offset
        if self.document.tag(below) == TEXT:
            raise Unsafe("synthetic")
        first = below
        while (previous := below.previous_sibling) is not None:
            below = previous
            first = first if self.document.tag(below)[0] == "#" else below
        return self.start(first)

    def inner_end(self, parent: Node, *, has_open_p: bool = False) -> int:
        """Where the content of *parent* ends."""
        if parent == self.document.root:
            return len(self.document.source)
        location = self.document.location(parent)
        if location is None or location.end_tag is None:
            raise Unsafe("unclosed")
        if self.document.tag(parent) == "body":
            self._check_end(location.end_tag.end_offset, has_open_p=has_open_p)
        return location.end_tag.start_offset

    def _check_end(self, end: int, *, has_open_p: bool) -> None:
        """Refuse the end of a body that goes on behind `</body>`: into an open `<p>` white space goes too."""
        if not _NOTHING.match(self.document.source, end):
            raise Unsafe("not-blank")
        if has_open_p and _SPACE.search(COMMENT_MARKUP.sub("", self.document.source[end:])):
            raise Unsafe("unclosed")

    def last_tag_end(self, node: Node) -> int:
        """Where the last tag in an element without end tag ends; every element in it must be closed."""
        location = self.document.location(node)
        if location is None:
            raise Unsafe("synthetic")
        return max([location.start_tag.end_offset, *map(self.end, node.iter_elements())])

    # ----------------------------------------------------------------------------------- loose text

    def text(self, node: Node) -> tuple[int, int]:
        """Where the source of a text begins and ends, found from the element or parent before it."""
        if node not in self._texts:
            self._texts[node] = self._find_text(node)
        return self._texts[node]

    def _find_text(self, node: Node) -> tuple[int, int]:
        before: list[Node] = []
        first, previous = node, node.previous_sibling
        while previous is not None and self.document.tag(previous) in (TEXT, COMMENT):
            before.append(previous)
            first, previous = previous, previous.previous_sibling
        at = self.end(previous) if previous is not None else self.inner_start(first.parent, first)
        for sibling in reversed(before):
            at = self._text_stop(at) if self.document.tag(sibling) == TEXT else self._comment_stop(at)
        if at > self._tables_below(node.parent).get(node, at):
            raise Unsafe("not-blank")
        return at, self._text_stop(at)

    def _tables_below(self, parent: Node) -> dict[Node, int]:
        """For each text in *parent* above a table where the first such table begins.

        Text that stands behind that in the source was moved out of the table, and no slot would be moved with it.
        """
        if parent not in self._tables:
            found: dict[Node, int] = {}
            first: int | None = None
            for tag, child in reversed(self.document.tagged_children(parent)):
                location = self.document.location(child) if tag == "table" else None
                if location is not None:
                    start = location.start_tag.start_offset
                    first = start if first is None else min(first, start)
                elif tag == TEXT and first is not None:
                    found[child] = first
            self._tables[parent] = found
        return self._tables[parent]

    def _text_stop(self, at: int) -> int:
        match = MARKUP.search(self.document.source, at)
        return match.start() if match else len(self.document.source)

    def _comment_stop(self, at: int) -> int:
        match = COMMENT_MARKUP.match(self.document.source, at) or _CDATA.match(self.document.source, at)
        if match is None:
            raise Unsafe("not-blank")
        return match.end()

    def cut(self, cut: TextCut) -> int:
        """Where to cut at a blank line, counted among those of its text node.

        That is the side of the blank line where the text node has more than white space: a node of
        white space alone parts no line of text for every reader.
        """
        start, end = self.text(cut.node)
        blank = self._blank_lines(cut.node, start, end)[cut.ordinal]
        if _SEEN.search(self.document.source, start, blank.start()):
            return blank.end()
        if not _SEEN.search(self.document.source, blank.end(), end):
            raise Unsafe("mid-line")
        return start  # the text begins with this blank line

    def _blank_lines(self, node: Node, start: int, end: int) -> list[re.Match[str]]:
        """The blank lines of a text's source; as many as in the text itself, else no cut is safe."""
        if node not in self._blanks:
            self._blanks[node] = list(BLANK_LINE.finditer(self.document.source, start, end))
            if len(self._blanks[node]) != len(BLANK_LINE.findall(self.document.text(node))):
                self._blanks[node] = []
        if not self._blanks[node]:
            raise Unsafe("not-blank")
        return self._blanks[node]

    # ---------------------------------------------------------------------------------------- blocks

    def span(self, nodes: Sequence[Node], cut: TextCut | None) -> tuple[int | None, int | None]:
        """Where a block of consecutive *nodes* begins and ends; None where the source does not say."""
        if cut is None and len(nodes) == 1:
            location = self.document.location(nodes[0])
            if location is not None and location.end_tag is not None:
                return location.start_tag.start_offset, location.end_tag.end_offset
        return self._edge(nodes[0], cut, 0), self._edge(nodes[-1], None, 1)

    def _edge(self, node: Node, cut: TextCut | None, side: int) -> int | None:
        try:
            if cut is not None:
                return self.cut(cut)
            if self.document.tag(node) == TEXT:
                return self.text(node)[side]
            return self.end(node) if side else self.start(node)
        except Unsafe:
            return None
