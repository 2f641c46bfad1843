"""Loose text: content that stands in a container without a `<p>` of its own.

Classic editors store paragraphs as bare text with blank lines, older ones as lines with `<br><br>`
between them. A run of loose nodes is cut into lines at these breaks; each line with something to
see becomes a block. A single `<br>` does not end a line, as it ends no paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot.html.dom import COMMENT, TEXT, Cut, Door, Node
from adslot.html.text import BLANK_LINE, visible
from adslot.html.visible import raw_text


@attrs.define(eq=False)
class Line:
    """Consecutive loose nodes of one paragraph; *cut* is where it begins inside a text node."""

    nodes: list[Node] = attrs.field(factory=list)
    parts: list[str] = attrs.field(factory=list)
    cut: Cut | None = None

    @property
    def text(self) -> str:
        """The visible text of the line."""
        return visible("".join(self.parts))


def lines(door: Door, run: Sequence[Node], *, blank_lines: bool) -> list[Line]:
    """Cut *run* into lines at `<br><br>` and, where *blank_lines* count, at blank lines."""
    found = [Line()]
    breaks = 0
    for node in run:
        tag = door.tag(node)
        if tag == "br":
            breaks += 1
            found[-1].nodes.append(node)
            found[-1].parts.append("\n")
            continue
        blank = tag == COMMENT or (tag == TEXT and not door.text(node).strip(" \t\n\r\f"))
        if breaks > 1 and not blank:
            found.append(Line())
        breaks = breaks if blank else 0
        if tag == TEXT and blank_lines:
            _add_text(door, node, found)
        else:
            found[-1].nodes.append(node)
            found[-1].parts.append(raw_text(door, node))
    return [line for line in found if line.nodes]


def _add_text(door: Door, node: Node, found: list[Line]) -> None:
    """Add a text node to the last line, and begin a new line after each of its blank lines."""
    for part, cut in _cut_text(door, node):
        if cut is not None and (found[-1].nodes or found[-1].cut):
            found.append(Line(cut=cut))
        if part:
            found[-1].nodes.append(node)
            found[-1].parts.append(part)


def _cut_text(door: Door, node: Node) -> Iterator[tuple[str, Cut | None]]:
    data, start, cut = door.text(node), 0, None
    for ordinal, match in enumerate(BLANK_LINE.finditer(data)):
        yield data[start : match.end()], cut
        start, cut = match.end(), Cut(node, ordinal, match.end())
    yield data[start:], cut
