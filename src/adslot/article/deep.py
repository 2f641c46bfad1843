"""A `Dom` of what is nested absurdly deep: all that lies below one element, numbered in one pass.

The walk asks every wrapper for its text and for what it holds, and a parser answers by going through all
that lies below. A few levels cost nothing worth mentioning; hundreds of them, around the whole page, do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter

import attrs

from adslot.html.dom import TEXT, Dom, Node
from adslot.html.elements import SILENT


@attrs.frozen
class _Extent:
    """An element's number, that of the last element below it, and where its text is in that of all.

    *seen_start* is negative inside an element that is silent or unseen.
    """

    number: int
    last: int
    start: int
    end: int
    seen_start: int
    seen_end: int


class Deep:
    """Satisfies `Dom` for *top* and what lies below it; questions about single nodes are those of the page's `Dom`."""

    def __init__(self, dom: Dom, top: Node) -> None:
        self._dom, self._top = dom, top
        self._elements: list[Node] = []
        self._extents: dict[Node, _Extent] = {}
        self._text = self._seen = ""
        self._sums: dict[tuple[str, Callable[[Dom, Node], int]], list[int]] = {}
        self._named: dict[tuple[str, ...], list[tuple[int, Node]]] = {}
        self._number()
        self.root, self.is_page, self.wrapper, self.unread = dom.root, dom.is_page, dom.wrapper, dom.unread
        self.tag, self.children, self.tagged_children = dom.tag, dom.children, dom.tagged_children
        self.parent, self.data = dom.parent, dom.data
        self.attribute, self.has_attribute = dom.attribute, dom.has_attribute
        self.classes, self.upwards = dom.classes, dom.upwards
        self.attribute_names, self.is_hidden, self.holding = dom.attribute_names, dom.is_hidden, dom.holding
        self.holds_mark, self.unseen = dom.holds_mark, dom.unseen
        self.slot_ids, self.comments = dom.slot_ids, dom.comments

    def _number(self) -> None:
        """One pass over all that lies below, without recursion."""
        dom, texts, seen = self._dom, _Joined(), _Joined()
        opened: list[tuple[Node, _Extent, Iterator[tuple[str, Node]]]] = []
        self._open(opened, self._top, 0, 0)
        silent = None  # the element around all of which no text is seen
        while opened:
            node, begun, children = opened[-1]
            for tag, child in children:
                if tag == TEXT:
                    texts.add(dom.text(child))
                    if silent is None:
                        seen.add(dom.text(child))
                elif tag[0] != "#" or dom.tag(node) == "template":  # whose content a parser may keep in a fragment
                    if tag == "br" and silent is None:
                        seen.add("\n")
                    self._open(opened, child, texts.length, -1 if silent is not None else seen.length)
                    if silent is None and (tag in SILENT or child in dom.unseen.nodes):
                        silent = child
                    break
            else:
                self._extents[node] = attrs.evolve(
                    begun, last=len(self._elements) - 1, end=texts.length, seen_end=seen.length
                )
                if silent == node:
                    silent = None
                opened.pop()
        self._text, self._seen = "".join(texts.parts), "".join(seen.parts)

    def _open(
        self, opened: list[tuple[Node, _Extent, Iterator[tuple[str, Node]]]], node: Node, start: int, seen_start: int
    ) -> None:
        number = len(self._elements)
        opened.append(
            (
                node,
                _Extent(number, number, start, start, seen_start, seen_start),
                iter(self._dom.tagged_children(node)),
            )
        )
        if self._dom.tag(node)[0] != "#":
            self._elements.append(node)

    def text(self, node: Node) -> str:
        extent = self._extents.get(node)
        return self._dom.text(node) if extent is None else self._text[extent.start : extent.end]

    def seen_text(self, node: Node, apart: Collection[str] = ()) -> str:
        extent = self._extents.get(node)
        if (
            apart
            or extent is None
            or extent.seen_start < 0
            or self._dom.tag(node) in SILENT
            or node in self.unseen.nodes
        ):
            return self._dom.seen_text(node, apart)
        return self._seen[extent.seen_start : extent.seen_end]

    def elements(self, node: Node) -> Iterator[Node]:
        extent = self._extents.get(node)
        if extent is None:
            return self._dom.elements(node)
        return iter(self._elements[extent.number + 1 : extent.last + 1])

    def find_all(self, node: Node, *tags: str) -> list[Node]:
        extent = self._extents.get(node)
        if extent is None:
            return self._dom.find_all(node, *tags)
        named = self._all_named(tags)
        first, behind = self._between(named, extent)
        return [found for _, found in named[first:behind]]

    def total(self, node: Node, tag: str, measure: Callable[[Dom, Node], int]) -> int:
        extent = self._extents.get(node)
        if extent is None:
            return self._dom.total(node, tag, measure)
        named = self._all_named((tag,))
        if (tag, measure) not in self._sums:
            self._sums[tag, measure] = list(accumulate((measure(self, each) for _, each in named), initial=0))
        first, behind = self._between(named, extent)
        return self._sums[tag, measure][behind] - self._sums[tag, measure][first]

    def holds(self, node: Node, names: str) -> bool:
        extent = self._extents.get(node)
        if extent is None:
            return self._dom.holds(node, names)
        first, behind = self._between(self._all_named(tuple(names.split(","))), extent)
        return first < behind

    def holds_custom(self, node: Node) -> bool:
        extent = self._extents.get(node)
        if extent is None:
            return self._dom.holds_custom(node)
        first, behind = self._between(self._all_custom(), extent)
        return first < behind

    def _all_named(self, tags: tuple[str, ...]) -> Sequence[tuple[int, Node]]:
        if tags not in self._named:
            found = self._dom.find_all(self._top, *tags)
            self._named[tags] = [(self._extents[node].number, node) for node in found if node in self._extents]
        return self._named[tags]

    def _all_custom(self) -> Sequence[tuple[int, Node]]:
        """The elements with a hyphen in their names."""
        if ("-",) not in self._named:
            tag = self._dom.tag
            self._named["-",] = [(number, node) for number, node in enumerate(self._elements) if "-" in tag(node)]
        return self._named["-",]

    def _between(self, named: Sequence[tuple[int, Node]], extent: _Extent) -> tuple[int, int]:
        """Which of *named* lie below an element."""
        number = itemgetter(0)
        return bisect_right(named, extent.number, key=number), bisect_right(named, extent.last, key=number)


class _Joined:
    """Parts of a text, and how long they are together."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def add(self, part: str) -> None:
        if part:
            self.parts.append(part)
            self.length += len(part)
