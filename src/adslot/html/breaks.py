"""Line breaks inside inline elements: where their text begins and ends a line, and which paragraphs they hold.

Two `br` in a row part paragraphs wherever they stand; what shows nothing, or is kept from readers, may stand between
the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from adslot.html.dom import TEXT, Dom, Node
from adslot.html.elements import SILENT, UNSEEN
from adslot.html.text import is_invisible, visible

_BR = "br"
# What shows though it has no text; of these a `wbr` and the like are none.
_SHOWN = frozenset("img picture amp-img image iframe video audio object embed canvas input meter".split())


def paragraphs_in(dom: Dom, node: Node) -> list[str]:
    """The texts in *node* that two `br` in a row, or more, part from each other."""
    found: list[list[str]] = []
    breaks = 2
    for tag, part in _parts(dom, node):
        if tag == _BR:
            breaks += 1
            if found:
                found[-1].append("\n")
        elif tag != TEXT or not is_invisible(part):
            if breaks > 1:
                found.append([])
            found[-1].append(part)
            breaks = 0
    return [visible("".join(parts)) for parts in found]


def edge_breaks(dom: Dom, node: Node) -> tuple[int, int]:
    """How many `br` stand in *node* before all, and after all, that shows something of it; the same ones where nothing does."""
    first, last, has_begun = 0, 0, False
    for tag, part in _parts(dom, node):
        if tag == _BR:
            first += not has_begun
            last += 1
        elif tag != TEXT or not is_invisible(part):
            last, has_begun = 0, True
    return first, last


def _parts(dom: Dom, node: Node) -> Iterator[tuple[str, str]]:
    """The texts, breaks and media of *node* in order, each with its tag and text."""
    unseen = dom.unseen.nodes
    waiting = [*reversed(dom.tagged_children(node))]
    while waiting:
        tag, inner = waiting.pop()
        if tag == TEXT:
            yield tag, dom.text(inner)
        elif tag[0] == "#" or inner in unseen:
            continue
        elif tag == _BR or tag in _SHOWN:
            yield tag, ""
        elif tag not in UNSEEN and tag not in SILENT:
            waiting.extend(reversed(dom.tagged_children(inner)))
