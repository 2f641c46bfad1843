"""The tree door: lxml trees, read and changed in place.

lxml keeps text in the elements around it (`.text`, `.tail`); the door hands it out as nodes of its
own, so that the segmenter sees the same kinds of node as at the text door.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs
import lxml.etree
import lxml.html

from adslot._door import COMMENT, OTHER, SILENT, TEXT, Cut, Door, Node, Seam, is_display_none

# No page that is meant to be read has more.
MOST_ELEMENTS = 100_000

Element = Any  # lxml.etree._Element, whose name is private

_STRING = lxml.etree.XPath("string()")
_COUNT = lxml.etree.XPath("count(descendant::*)")
_HIDDEN = lxml.etree.XPath("boolean(descendant::*[@hidden or @style])")
_OWN = lxml.etree.XPath("descendant::*[@data-adslot][@data-adslot-rule]")
_OPENING = re.compile(r"\s*wp:|\s*\[if\b", re.I)


@attrs.frozen
class TreeText:
    """A text: the `.text` of *owner*, or its tail."""

    owner: Element
    is_tail: bool


class Tree:
    """One lxml tree, an element or a document. Satisfies `Door`."""

    def __init__(self, tree: Element) -> None:
        self.root = tree.getroot() if hasattr(tree, "getroot") else tree
        self.is_page = self.tag(self.root) == "html"
        self.wrapper: Node | None = None
        self.unread = _COUNT(self.root) > MOST_ELEMENTS

    def tag(self, node: Node) -> str:
        if isinstance(node, TreeText):
            return TEXT
        tag = node.tag
        if isinstance(tag, str):
            return tag.lower() if "}" not in tag else tag.rpartition("}")[2].lower()
        return COMMENT if tag is lxml.etree.Comment else OTHER

    def children(self, node: Node) -> Sequence[Node]:
        if isinstance(node, TreeText):
            return ()
        found: list[Node] = [TreeText(node, is_tail=False)] if node.text and isinstance(node.tag, str) else []
        for child in node:
            found.append(child)
            if child.tail:
                found.append(TreeText(child, is_tail=True))
        return found

    def tagged_children(self, node: Node) -> list[tuple[str, Node]]:
        return [(self.tag(child), child) for child in self.children(node)]

    def parent(self, node: Node) -> Node | None:
        if isinstance(node, TreeText):
            return node.owner.getparent() if node.is_tail else node.owner
        return None if node is self.root else node.getparent()

    def text(self, node: Node) -> str:
        if isinstance(node, TreeText):
            return (node.owner.tail if node.is_tail else node.owner.text) or ""
        return str(_STRING(node)) if isinstance(node.tag, str) else node.text or ""

    def seen_text(self, node: Node) -> str:
        parts: list[str] = []
        waiting = self.tagged_children(node)[::-1]
        while waiting:
            tag, inner = waiting.pop()
            if tag == TEXT:
                parts.append(self.text(inner))
            elif tag == "br":
                parts.append("\n")
            elif tag[0] != "#" and tag not in SILENT:
                waiting.extend(reversed(self.tagged_children(inner)))
        return "".join(parts)

    def attribute(self, node: Node, name: str) -> str:
        return str(node.get(name, ""))

    def has_attribute(self, node: Node, name: str) -> bool:
        return node.get(name) is not None

    def attribute_names(self, node: Node) -> list[str]:
        return [str(name) for name in node.attrib]

    def elements(self, node: Node) -> Iterator[Node]:
        elements: Iterator[Node] = node.iterdescendants(lxml.etree.Element)
        return elements

    def find_all(self, node: Node, *tags: str) -> list[Node]:
        return [] if isinstance(node, TreeText) else list(node.iterdescendants(*tags))

    def total(self, node: Node, tag: str, measure: Callable[[Door, Node], int]) -> int:
        return sum(measure(self, inner) for inner in self.find_all(node, tag))

    def holds(self, node: Node, names: str) -> bool:
        return not isinstance(node, TreeText) and next(node.iterdescendants(*names.split(",")), None) is not None

    def holds_custom(self, node: Node) -> bool:
        return any("-" in self.tag(element) for element in self.elements(node))

    def holds_attribute(self, node: Node, name: str) -> bool:
        return any(element.get(name) is not None for element in self.elements(node))

    def is_hidden(self, node: Node) -> bool:
        return node.get("hidden") is not None or is_display_none(node.get("style", ""))

    def holds_hidden(self, node: Node) -> bool:
        return bool(_HIDDEN(node))

    def ids(self, prefix: str) -> frozenset[str]:
        return frozenset(
            name for node in self.root.iter(lxml.etree.Element) if (name := node.get("id", "")).startswith(prefix)
        )

    def comments(self, holding: str) -> list[Node]:
        return [node for node in self.root.iter(lxml.etree.Comment) if holding in (node.text or "")]

    def holding(self, name: str, operator: str = "", value: str = "") -> list[Node]:
        return [
            node
            for node in self.root.iter(lxml.etree.Element)
            if (held := node.get(name)) is not None and (not operator or value in held)
        ]


def insert(seam: Seam, markups: Iterable[str]) -> None:
    """Insert slots, given as markup, at *seam* in order."""
    last: Element | None = None
    for markup in markups:
        slot = lxml.html.fragment_fromstring(markup)
        if last is not None:
            last.addnext(slot)
        elif seam.cut is not None:
            _insert_in_text(seam.cut, slot)
        else:
            _insert_between(seam, slot)
        last = slot


def _insert_between(seam: Seam, slot: Element) -> None:
    below, above = seam.below, seam.above
    if below is not None and not isinstance(below, TreeText):
        _before_comments(below).addprevious(slot)
    elif above is not None and not isinstance(above, TreeText):
        above.addnext(slot)
    elif above is not None and below is None:
        seam.parent.append(slot)
    else:
        seam.parent.insert(0, slot)
        slot.tail, seam.parent.text = seam.parent.text, None


def _before_comments(element: Element) -> Element:
    """*element*, or the first of the opening comments that belong to it."""
    previous = element.getprevious()
    while previous is not None and previous.tag is lxml.etree.Comment and _OPENING.match(previous.text or ""):
        if (previous.tail or "").strip():
            break
        element, previous = previous, previous.getprevious()
    return element


def _insert_in_text(cut: Cut, slot: Element) -> None:
    """Split a text in two and put *slot* between."""
    owner = cut.node.owner
    if cut.node.is_tail:
        before, after = owner.tail[: cut.index], owner.tail[cut.index :]
        owner.addnext(slot)
        owner.tail, slot.tail = before, after
    else:
        before, after = owner.text[: cut.index], owner.text[cut.index :]
        owner.insert(0, slot)
        owner.text, slot.tail = before, after


def remove_slots(tree: Tree) -> None:
    """Remove adslot's own slots; the text after each stays."""
    for slot in _OWN(tree.root):
        parent, previous = slot.getparent(), slot.getprevious()
        if parent is None:
            continue
        if slot.tail and previous is not None:
            previous.tail = (previous.tail or "") + slot.tail
        elif slot.tail:
            parent.text = (parent.text or "") + slot.tail
        parent.remove(slot)
