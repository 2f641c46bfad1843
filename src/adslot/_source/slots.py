"""adslot's own slots in a text: found by the parser, taken out by their source spans."""

from __future__ import annotations

from adslot._door import Node
from adslot._source.document import Document, Mode, parse
from adslot._source.encoding import Source

# Real pages have a `data-adslot` of their own: only both attributes together are adslot's.
MARK, RULE_MARK = "data-adslot", "data-adslot-rule"
_OWN = f"[{MARK}][{RULE_MARK}]"


def own_slots(document: Document) -> list[tuple[int, int]]:
    """Source spans of the outermost own slots: elements with both marks and an end tag."""
    return [span for _, span in own_elements(document)]


def own_elements(document: Document) -> list[tuple[Node, tuple[int, int]]]:
    """The outermost own slots, each with its source span, in source order."""
    found: list[tuple[Node, tuple[int, int]]] = []
    for element in document.root.select(_OWN):
        span = _span(document, element)
        if span is not None and (not found or span[0] >= found[-1][1][1]):
            found.append((element, span))
    return found


def _span(document: Document, element: Node) -> tuple[int, int] | None:
    location = document.location(element)
    if location is None or location.end_tag is None:
        return None
    return location.start_tag.start_offset, location.end_tag.end_offset


def strip_source(source: Source, mode: Mode = "auto") -> Source:
    """*source* without own slots; the same object where it has none."""
    return strip_parsed(source, mode)[0] if RULE_MARK in source.text.lower() else source


def strip_parsed(source: Source, mode: Mode = "auto") -> tuple[Source, Document]:
    """*source* without own slots, and its tree.

    Taking out one slot can uncover another (a slot inside the torn tag of a second one), so this
    goes on until the parser sees none.
    """
    document = parse(source.text, mode)
    while spans := own_slots(document):
        source = source.without(spans)
        document = parse(source.text, mode)
    return source, document


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """*text* without *spans*."""
    cut = Source(text).cut(spans)
    return cut if isinstance(cut, str) else ""
