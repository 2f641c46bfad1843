"""What a reader sees of a node: its text, its media."""

from __future__ import annotations

from itertools import takewhile

from adslot.html.dom import TEXT, Dom, Node
from adslot.html.elements import BLOCKS, LISTS, PICTURES, SILENT, UNSEEN, WRAPPERS
from adslot.html.text import visible

# Blocks that hold others; what stands on lines of its own in them. Of tables nobody reads the text in one line.
_COUNTED = LISTS | {"blockquote"}
_OF_PARTS = WRAPPERS | frozenset("aside nav header footer details form fieldset address".split())
# Of longer boxes, scripts and white space included, nobody reads the text.
_LONGEST_BOX = 5_000
_PARTS = BLOCKS | frozenset("li dt dd tr td th caption figcaption legend summary option".split())
_MEDIA = (*PICTURES, "iframe", "video", "audio", "object", "embed", "canvas", "svg", "math", "input", "meter")
_PICTURE_NAMES, _MEDIA_NAMES, _BLOCK_NAMES = ",".join(PICTURES), ",".join(_MEDIA), ",".join(sorted(BLOCKS))


def text_of(dom: Dom, node: Node) -> str:
    """The visible text of *node*, white space collapsed; scripts and ruby readings left out."""
    return visible(raw_text(dom, node))


def element_text(dom: Dom, element: Node) -> str:
    """As `text_of`, of an element that is not silent itself."""
    return visible(dom.seen_text(element) if element in dom.unseen.broken else dom.text(element))


def block_text(dom: Dom, element: Node, tag: str) -> str:
    """As `element_text`, of a block of this *tag*: the texts of items, of what is quoted and of a box do not run together."""
    if tag in _COUNTED or (tag in _OF_PARTS and len(dom.text(element)) <= _LONGEST_BOX):
        return visible(dom.seen_text(element, _PARTS))
    return element_text(dom, element)


def raw_text(dom: Dom, node: Node) -> str:
    """As `text_of`, white space as it is in the tree."""
    tag = dom.tag(node)
    if tag == TEXT:
        return dom.text(node)
    if tag[0] == "#" or tag in SILENT or node in dom.unseen.nodes:
        return ""
    return dom.seen_text(node) if node in dom.unseen.broken else dom.text(node)


def linked_chars(dom: Dom, element: Node) -> int:
    """How much of the text of *element* lies in links."""
    if dom.tag(element) == "a":
        return len(text_of(dom, element))
    return dom.total(element, "a", _size)


def _size(dom: Dom, link: Node) -> int:
    return len(text_of(dom, link))


def has_picture(dom: Dom, node: Node) -> bool:
    """Whether *node* is a picture or holds one."""
    return dom.tag(node) in PICTURES or dom.holds(node, _PICTURE_NAMES)


def has_media(dom: Dom, node: Node) -> bool:
    """Whether *node* is, or holds, something that a reader sees beside text."""
    tag = dom.tag(node)
    if tag in UNSEEN:
        return False
    if node in dom.unseen.around:
        return any(not is_concealed(dom, inner, node) for inner in dom.elements(node) if _is_media(dom.tag(inner)))
    return tag in _MEDIA or "-" in tag or dom.holds(node, _MEDIA_NAMES) or dom.holds_custom(node)


def _is_media(tag: str) -> bool:
    return tag in _MEDIA or "-" in tag


def is_concealed(dom: Dom, node: Node, top: Node) -> bool:
    """Whether *node*, or an element around it below *top*, is unseen."""
    return any(each in dom.unseen.nodes for each in takewhile(lambda each: each != top, dom.upwards(node)))


def has_blocks(dom: Dom, node: Node) -> bool:
    """Whether an element holds a block at any depth."""
    return dom.holds(node, _BLOCK_NAMES)


def is_hidden(dom: Dom, node: Node) -> bool:
    """Whether the page's markup keeps *node* itself from its readers, in the part of the page that was looked into."""
    return node in dom.unseen.nodes
