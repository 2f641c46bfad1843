"""Parts: the children of a wrapper that may show something."""

from __future__ import annotations

import attrs

from adslot.html.dom import TEXT, Dom, Node
from adslot.html.elements import HEADINGS, LISTS, SILENT_NAMES, UNSEEN
from adslot.html.visible import has_media, text_of

_TEXTS = HEADINGS | LISTS | {"p", "blockquote"}


@attrs.frozen(eq=False)
class Part:
    """A child of a wrapper: its tag, its classes, its inline style."""

    node: Node
    tag: str
    classes: str
    style: str


def _shows(dom: Dom, child: Node, tag: str) -> bool:
    """Whether a reader sees something of a child; what text is in one of `_TEXTS` nearly always is."""
    if dom.text(child).strip() and (tag in _TEXTS or not dom.holds(child, SILENT_NAMES)):
        return True
    return has_media(dom, child) or bool(text_of(dom, child))


def parts_of(dom: Dom, node: Node) -> list[Part]:
    """The elements in a wrapper that show something, in order; none where text stands loose beside them."""
    found = []
    for tag, child in dom.tagged_children(node):
        if tag == TEXT:
            if not dom.text(child).isspace():
                return []
        elif tag[0] != "#" and tag not in UNSEEN and tag != "br" and _shows(dom, child, tag):
            names = dom.attribute_names(child)
            found.append(
                Part(
                    child,
                    tag,
                    dom.attribute(child, "class") if "class" in names else "",
                    dom.attribute(child, "style") if "style" in names else "",
                )
            )
    return found
