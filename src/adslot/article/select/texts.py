"""The whole text of a page, and which part of it lies in which element."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from adslot.html.dom import TEXT, Dom, Node


class Texts:
    """The text of one page, read once: elements that lie in each other share it."""

    def __init__(self, dom: Dom) -> None:
        self._spans: dict[Node, tuple[int, int]] = {}
        self._starts: dict[str, Sequence[int]] = {}
        parts: list[str] = []
        length = 0
        opened = [(dom.root, 0, iter(dom.tagged_children(dom.root)))]
        while opened:
            node, start, children = opened[-1]
            for tag, child in children:
                if tag == TEXT:
                    parts.append(dom.text(child))
                    length += len(parts[-1])
                elif tag[0] != "#":
                    opened.append((child, length, iter(dom.tagged_children(child))))
                    break
            else:
                self._spans[node] = start, length
                opened.pop()
        self._text = "".join(parts)

    def holds(self, node: Node, text: str) -> bool:
        """Whether *text* occurs in the text of *node*."""
        start, end = self._spans.get(node, (0, -1))  # none inside a template
        starts = self._starts_of(text)
        first = bisect_left(starts, start)
        return first < len(starts) and starts[first] + len(text) <= end

    def _starts_of(self, text: str) -> Sequence[int]:
        if text not in self._starts:
            found, at = [], self._text.find(text)
            while at >= 0:
                found.append(at)
                at = self._text.find(text, at + 1)
            self._starts[text] = found
        return self._starts[text]
