"""The tree door: lxml trees, read and changed in place.

lxml keeps text in the elements around it (`.text`, `.tail`); this module hands it out as nodes of its
own, so that the segmenter sees the same kinds of node as at the text door.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from html import escape
from itertools import pairwise
from typing import Any

import attrs
import lxml.etree
import lxml.html

from adslot.errors import wrong_type
from adslot.html.dom import COMMENT, OTHER, TEXT, Concealed, Dom, InsertionPoint, Node, is_display_none
from adslot.html.elements import MOST_ON_PAGE, OPENING_PATTERN, SILENT
from adslot.html.slot_form import excess_of, is_form
from adslot.html.unseen import MARKS, TAG, Unseen
from adslot.kept import lazy
from adslot.roles import ID_PREFIX, MARK, RULE_MARK

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
_MARKED = lxml.etree.XPath(f"descendant::*[@{MARK}][@{RULE_MARK}]")
_CARRIER = "adslot-carrier"
_BLANKS = " \t\n\f"
_OPENING = re.compile(OPENING_PATTERN, re.I)


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

    def text(self, node: Node) -> str:
        if isinstance(node, TreeText):
            return _data(node)
        return str(_STRING(node)) if isinstance(node.tag, str) else node.text or ""

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


def markup_excess(markup: str) -> str | None:
    """What *markup* holds that no slot does, so that it could not be taken out again; None where all is well."""
    tree = Tree(lxml.html.fragment_fromstring(markup))
    return excess_of(tree, tree.root)


def insert_all(stacks: Iterable[tuple[InsertionPoint, Iterable[str]]]) -> None:
    """Insert slots, given as markup, at insertion points in document order; several at one insertion point in their order.

    Texts are cut from the last place to the first, so that each insertion point still finds its own.
    """
    in_texts = []
    for point, markups in stacks:
        slots = [lxml.html.fragment_fromstring(markup) for markup in markups]
        if place := _place_in_text(point):
            in_texts.append((place, slots))
        else:
            _insert_between(point, slots[0])
            _add_after(slots)
    for (text, index), slots in reversed(in_texts):
        _insert_in_text(text, index, slots[0])
        _add_after(slots)


def _place_in_text(point: InsertionPoint) -> tuple[TreeText, int] | None:
    """The text that a slot at *point* stands in, and where: what comes before is white space at least."""
    if point.cut is not None:
        return point.cut.node, point.cut.index
    if not isinstance(point.below, TreeText):
        return None
    text = _data(point.below)
    return point.below, len(text) - len(text.lstrip(_BLANKS))


def _insert_between(point: InsertionPoint, slot: Element) -> None:
    below, above = point.below, point.above
    if below is not None:
        _before_comments(below).addprevious(slot)
    elif above is not None and not isinstance(above, TreeText):
        above.addnext(slot)
    elif above is not None:
        point.parent.append(slot)
    else:
        point.parent.insert(0, slot)
        _set_tail(slot, point.parent.text)
        point.parent.text = None


def _add_after(slots: Sequence[Element]) -> None:
    """Put the slots behind the first one, which stands in the tree, between it and the text after it."""
    text = slots[0].tail
    slots[0].tail = None
    for before, slot in pairwise(slots):
        before.addnext(slot)
    _set_tail(slots[-1], text)


def _before_comments(element: Element) -> Element:
    """*element*, or the first of the opening comments that belong to it."""
    previous = element.getprevious()
    while previous is not None and previous.tag is lxml.etree.Comment and _OPENING.match(previous.text or ""):
        if (previous.tail or "").strip():
            break
        element, previous = previous, previous.getprevious()
    return element


def _insert_in_text(text: TreeText, index: int, slot: Element) -> None:
    """Split a text in two at *index* and put *slot* between."""
    data, owner = _data(text), text.owner
    if text.is_tail:
        owner.tail = None
        owner.addnext(slot)
        _set_tail(owner, data[:index])
    else:
        owner.text = None
        owner.insert(0, slot)
        _set_text(owner, data[:index])
    _set_tail(slot, data[index:])


def _data(text: TreeText) -> str:
    return (text.owner.tail if text.is_tail else text.owner.text) or ""


# lxml reads text with characters that XML has not, and refuses to write it. Such text is parsed once more, behind an
# element that takes it to its place and is then dropped.


def _set_text(element: Element, text: str) -> None:
    """Set the text at the beginning of *element*."""
    try:
        element.text = text
    except ValueError:
        element.text = None
        element.insert(0, _carrier(text))
        lxml.etree.strip_elements(element, _CARRIER, with_tail=False)


def _set_tail(element: Element, text: str | None) -> None:
    """Set the text directly after *element*."""
    try:
        element.tail = text
    except ValueError:
        element.tail = None
        element.addnext(_carrier(text or ""))
        lxml.etree.strip_elements(element.getparent(), _CARRIER, with_tail=False)


def _carrier(text: str) -> Element:
    written = escape(text).replace("\r", "&#13;")
    return lxml.html.fragment_fromstring(f"<div><{_CARRIER}></{_CARRIER}>{written}</div>")[0]


def remove_slots(tree: Tree) -> None:
    """Remove adslot's own slots, those inside of others first; the text after each stays."""
    for slot in reversed(_MARKED(tree.root)):
        if not is_form(tree.tag(slot), partial(tree.attribute, slot)) or excess_of(tree, slot) is not None:
            continue
        parent, previous = slot.getparent(), slot.getprevious()
        if slot.tail and previous is not None:
            _set_tail(previous, (previous.tail or "") + slot.tail)
        elif slot.tail:
            _set_text(parent, (parent.text or "") + slot.tail)
        parent.remove(slot)
