"""The tree door: lxml trees as they are read.

lxml keeps text in the elements around it (`.text`, `.tail`); this module hands it out as nodes of its
own, so that the segmenter sees the same kinds of node as at the text door.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import attrs
import lxml.etree
import lxml.html

from adslot.errors import wrong_type
from adslot.html.dom import COMMENT, OTHER, TEXT, Concealed, Dom, Node, is_display_none
from adslot.html.elements import MOST_ON_PAGE, SILENT
from adslot.html.unseen import MARKS, TAG, Unseen
from adslot.kept import lazy
from adslot.roles import ID_PREFIX, MARK

Element = Any  # lxml.etree._Element, whose name is private

_STRING = lxml.etree.XPath("string()")
_COUNT = lxml.etree.XPath("count(descendant::*)")
_MAY_BE_UNSEEN = lxml.etree.XPath(
    "descendant::*[{}]".format(
        " or ".join(
            [
                f"local-name()='{TAG}'",
                *(
                    f"contains(@{mark.name},'{part}')" if part and not mark.any_case else f"@{mark.name}"
                    for mark in MARKS
                    for part in mark.parts or ("",)
                ),
            ]
        )
    )
)


@attrs.frozen
class TreeText:
    """A text: the `.text` of *owner*, or its tail."""

    owner: Element
    is_tail: bool


class Tree:
    """One lxml tree, an element or a document. Satisfies `Dom`. One that lxml cannot read is as if it were empty."""

    def __init__(self, tree: Element) -> None:
        if not hasattr(tree, "getroot") and not lxml.etree.iselement(tree):
            raise wrong_type("tree", "an element or a document of lxml", tree)
        root = tree.getroot() if hasattr(tree, "getroot") else tree
        self.root = root if _is_readable(root) else lxml.etree.Element("div")
        self.is_page = self.tag(self.root) == "html"
        self.wrapper: Node | None = None
        self.unread = _COUNT(self.root) > MOST_ON_PAGE

    def tag(self, node: Node) -> str:
        if isinstance(node, TreeText):
            return TEXT
        tag = node.tag
        if isinstance(tag, str):
            return tag.lower() if tag[0] != "{" else tag.partition("}")[2].lower()
        return COMMENT if tag is lxml.etree.Comment else OTHER

    def children(self, node: Node) -> Sequence[Node]:
        if isinstance(node, TreeText):
            return ()
        found: list[Node] = [TreeText(node, is_tail=False)] if isinstance(node.tag, str) and node.text else []
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

    def upwards(self, node: Node | None) -> Iterator[Node]:
        while node is not None:
            yield node
            node = self.parent(node)

    def text(self, node: Node) -> str:
        if isinstance(node, TreeText):
            return data_of(node)
        return str(_STRING(node)) if isinstance(node.tag, str) else ""

    def data(self, node: Node) -> str:
        data: str = node.text or ""
        return data

    def seen_text(self, node: Node, apart: Collection[str] = ()) -> str:
        parts: list[str] = []
        unseen = self.unseen.nodes
        waiting = self.tagged_children(node)[::-1]
        while waiting:
            tag, inner = waiting.pop()
            if tag == TEXT:
                parts.append(self.text(inner))
            elif tag == "br":
                parts.append("\n")
            elif tag[0] != "#" and tag not in SILENT and inner not in unseen:
                if tag in apart:
                    parts.append("\n")
                    waiting.append(("br", inner))
                waiting.extend(reversed(self.tagged_children(inner)))
        return "".join(parts)

    def attribute(self, node: Node, name: str) -> str:
        return str(node.get(name, ""))

    def classes(self, node: Node) -> str:
        return "" if isinstance(node, TreeText) else self.attribute(node, "class")

    def has_attribute(self, node: Node, name: str) -> bool:
        return node.get(name) is not None

    def attribute_names(self, node: Node) -> list[str]:
        return [] if isinstance(node, TreeText) else [str(name) for name in node.attrib]

    def elements(self, node: Node) -> Iterator[Node]:
        elements: Iterator[Node] = node.iterdescendants(lxml.etree.Element)
        return elements

    def find_all(self, node: Node, *tags: str) -> list[Node]:
        return [] if isinstance(node, TreeText) else list(node.iterdescendants(*tags))

    def total(self, node: Node, tag: str, measure: Callable[[Dom, Node], int]) -> int:
        return sum(measure(self, inner) for inner in self.find_all(node, tag))

    def holds(self, node: Node, names: str) -> bool:
        return not isinstance(node, TreeText) and next(node.iterdescendants(*names.split(",")), None) is not None

    def holds_custom(self, node: Node) -> bool:
        return any("-" in self.tag(element) for element in self.elements(node))

    def holds_mark(self, node: Node) -> bool:
        return any(element.get(MARK) is not None for element in self.elements(node))

    def is_hidden(self, node: Node) -> bool:
        return node.get("hidden") is not None or is_display_none(node.get("style", ""))

    @lazy
    def unseen(self) -> Concealed:
        return Unseen(self, _MAY_BE_UNSEEN)

    def slot_ids(self) -> frozenset[str]:
        names = (self.attribute(node, "id") for node in self.root.iter(lxml.etree.Element))
        return frozenset(name for name in names if name.startswith(ID_PREFIX))

    def comments(self, node: Node, holding: str) -> list[Node]:
        return [comment for comment in node.iter(lxml.etree.Comment) if holding in (comment.text or "")]

    def holding(self, name: str, operator: str = "", value: str = "") -> list[Node]:
        return [
            node
            for node in self.root.iter(lxml.etree.Element)
            if (held := node.get(name)) is not None and (not operator or value in held)
        ]


def _is_readable(root: Element) -> bool:
    """Whether *root* is an element that lxml can read: XML parsers that recover take halves of characters, which nobody can."""
    if not isinstance(root.tag, str):
        return False
    if isinstance(root.getroottree().parser, lxml.etree.HTMLParser):
        return True
    try:
        lxml.etree.tostring(root, encoding="unicode", with_tail=False)
    except UnicodeDecodeError:
        return False
    return True


def data_of(text: TreeText) -> str:
    """What a text says."""
    return (text.owner.tail if text.is_tail else text.owner.text) or ""
