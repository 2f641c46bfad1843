"""A tree written out flat: for what is looked for in the text of a page, where there is only a tree.

It is as near to what somebody may have written as a tree can tell: tags with their attributes, texts with
characters instead of references, comments. Nothing is made of it but a search.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from adslot.html.dom import COMMENT, TEXT, Dom, InsertionPoint, Node
from adslot.html.elements import VOID

_BLANKS = " \t\n\f"


class Flat:
    """The text of a tree, and where in it each node begins and ends."""

    def __init__(self, dom: Dom) -> None:
        self._dom = dom
        self._parts: list[str] = []
        self._length = 0
        # Where each node begins, where its content does, and where it ends.
        self._spans: dict[Node, tuple[int, int, int]] = {}
        self._write()

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._parts)

    def at(self, point: InsertionPoint) -> int:
        """Where a slot at *point* would stand."""
        if point.cut is not None:
            return self._spans[point.cut.node][0] + point.cut.index
        if point.below is not None:
            data = self._dom.text(point.below) if self._dom.tag(point.below) == TEXT else ""
            return self._spans[point.below][0] + len(data) - len(data.lstrip(_BLANKS))
        return self._spans[point.parent][1] if point.above is None else self._spans[point.above][2]

    def _write(self) -> None:
        waiting: list[tuple[Node, int, str]] = [(self._dom.root, -1, "")]
        while waiting:
            node, begin, closing = waiting.pop()
            if begin >= 0:  # all of its content is written
                self._add(closing)
                self._spans[node] = begin, self._spans[node][1], self._length
                continue
            begin, tag = self._length, self._dom.tag(node)
            if tag[0] == "#":
                self._add(self._written(node, tag))
                self._spans[node] = begin, begin, self._length
                continue
            self._add(self._start_tag(node, tag))
            self._spans[node] = begin, self._length, self._length
            waiting.append((node, begin, "" if tag in VOID else f"</{tag}>"))
            waiting.extend((child, -1, "") for child in reversed(self._dom.children(node)))

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _start_tag(self, node: Node, tag: str) -> str:
        names = self._dom.attribute_names(node)
        return "<" + "".join([tag, *(f' {name}="{self._dom.attribute(node, name)}"' for name in names)]) + ">"

    def _written(self, node: Node, tag: str) -> str:
        if tag == TEXT:
            return self._dom.text(node)
        data = self._dom.data(node)
        return f"<!--{data}-->" if tag == COMMENT else f"<?{getattr(node, 'target', '')} {data}>"


def is_inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a place lies inside one of ascending *spans*, of which none is inside another."""
    before = bisect_left(spans, (at, 0)) - 1
    return before >= 0 and at < spans[before][1]
