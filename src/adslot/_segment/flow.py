"""The flow: the body's blocks in reading order, whatever wrappers they stand in.

A walk over the body without recursion. Elements that only group others are looked through, at any
depth; everything else is one piece. Loose text between them is gathered into runs and cut into
lines. Nothing here knows where a slot may go: a piece remembers its nodes and its frame, and
`seams` says between which two siblings each gap lies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import attrs

from adslot._door import BLOCKS, COMMENT, EMBEDS, HEADINGS, LISTS, TEXT, UNSEEN, WRAPPERS, Cut, Door, Node, Seam
from adslot._segment.foreign import classify
from adslot._segment.loose import lines
from adslot._segment.seen import has_blocks, has_media, has_picture, is_hidden, raw_text, text_of
from adslot.roles import Role

# A paragraph that is wholly bold counts as a heading up to this many code points: the subheads of
# German service texts ("Tag 2: Rom") are shorter, bold leads are longer.
PSEUDO_HEADING_CHARS = 100
# Wrappers are looked through no deeper than browsers nest elements.
DEEPEST = 512

_BOLD = ("strong", "b")
_ROLES = {
    "p": Role.PARAGRAPH,
    "blockquote": Role.QUOTE,
    "figure": Role.FIGURE,
    "table": Role.TABLE,
    "pre": Role.CODE,
    "listing": Role.CODE,
    "xmp": Role.CODE,
    "hr": Role.SEPARATOR,
    **dict.fromkeys(HEADINGS, Role.HEADING),
    **dict.fromkeys(LISTS, Role.LIST),
    **dict.fromkeys(BLOCKS - WRAPPERS - HEADINGS - LISTS - {"p", "blockquote", "figure", "table", "pre", "hr"}, Role.BOX),
}
_ROLES |= {"listing": Role.CODE, "xmp": Role.CODE}
# Blocks even where they are empty: nothing may stand directly below an empty heading either.
_EVER = frozenset({Role.SEPARATOR, Role.HEADING})
_CONTROLS = ("button", "select", "textarea", "label", "input")
MARKER = re.compile(r"\s*adslot:\s*(none|off|on|here)\b[ \t]*([\w.-]*)\s*\Z")


@attrs.define(eq=False)
class Frame:
    """An element that was looked through, and the one around it."""

    node: Node
    outer: Frame | None
    depth: int
    closed: bool = False


@attrs.define(eq=False)
class Piece:
    """A block as found in the tree. *strays* are unseen elements between it and the piece above."""

    role: Role
    nodes: Sequence[Node]
    frame: Frame
    text: str
    cut: Cut | None = None
    counted: bool = False
    strays: Sequence[Node] = ()


@attrs.frozen(eq=False)
class Marker:
    """An editor's comment, standing after *after* pieces."""

    verb: str
    name: str
    after: int
    node: Node


@attrs.frozen(eq=False)
class Choices:
    """The nodes that the policy's `[article]` selectors matched."""

    atomic: frozenset[Node] = frozenset()
    open: frozenset[Node] = frozenset()
    ads: frozenset[Node] = frozenset()
    is_opaque: Callable[[str], bool] | None = None


@attrs.define(eq=False)
class Flow:
    """The walk's result: pieces in reading order, markers, and the strays after the last piece."""

    root: Frame
    pieces: list[Piece] = attrs.field(factory=list)
    markers: list[Marker] = attrs.field(factory=list)
    strays: list[Node] = attrs.field(factory=list)


def read_flow(door: Door, body: Node, choices: Choices | None = None) -> Flow:
    """Every block of *body*, in reading order."""
    return _Walk(door, body, choices or Choices()).flow


class _Walk:
    """The state of one walk: the open frames and the run of loose nodes in the innermost one."""

    def __init__(self, door: Door, body: Node, choices: Choices) -> None:
        self.door, self.choices = door, choices
        self.may_hide = door.holds_hidden(body)
        self.is_steered = bool(choices.atomic or choices.open or choices.ads)
        root = Frame(body, None, 0, closed=door.tag(body)[0] != "#" and door.attribute(body, "data-adslot") == "off")
        self.flow = Flow(root)
        self.run: list[Node] = []
        stack: list[tuple[Frame, Iterator[Node]]] = [(root, iter(door.children(body)))]
        while stack:
            frame, children = stack[-1]
            inner = self._advance(frame, children)
            if self.run:
                self._end_run(frame)
            if inner is None:
                stack.pop()
            else:
                stack.append((inner, iter(door.children(inner.node))))

    def _advance(self, frame: Frame, children: Iterator[Node]) -> Frame | None:
        """Take the children of *frame* up to one that must be looked through; None at the end."""
        door = self.door
        for node in children:
            tag = door.tag(node)
            if tag == TEXT:
                if self.run or not door.text(node).isspace():
                    self.run.append(node)
            elif tag in UNSEEN:
                if self.run:
                    self.run.append(node)
            elif tag == COMMENT:
                self._comment(node)
            elif tag[0] == "#":
                continue
            elif (known := self._classified(node, tag)) is not None:
                if self.run:
                    self._end_run(frame)
                self._add(known, [node], frame)
            elif tag in WRAPPERS or self._is_open(node, tag):
                if self.may_hide and is_hidden(door, node):
                    self.run.append(node)
                elif frame.depth < DEEPEST:
                    return Frame(node, frame, frame.depth + 1, frame.closed or self._is_off(node))
            elif tag in _ROLES:
                if self.run:
                    self._end_run(frame)
                self._block(node, tag, frame)
            else:
                self.run.append(node)
        return None

    def _classified(self, node: Node, tag: str) -> Role | None:
        """The role of a node that the policy or its own marks name; None for all others."""
        if self.is_steered:
            if node in self.choices.ads:
                return Role.AD
            if node in self.choices.open:
                return None
            if node in self.choices.atomic:
                return Role.BOX
        if tag in HEADINGS:
            return None
        return classify(self.door, node)

    def _is_open(self, node: Node, tag: str) -> bool:
        """Whether an element that is no wrapper by name must be looked through all the same."""
        if self.is_steered and node in self.choices.open:
            return True
        return tag not in _ROLES and tag not in EMBEDS and tag != "a" and tag != "br" and has_blocks(self.door, node)

    def _is_off(self, node: Node) -> bool:
        return self.door.attribute(node, "data-adslot") == "off"

    def _comment(self, node: Node) -> None:
        data = self.door.text(node)
        if "adslot" in data and (marker := MARKER.match(data)):
            seen = len(self.flow.pieces) + bool(self.run and any(map(self._is_seen, self.run)))
            self.flow.markers.append(Marker(marker[1], marker[2], seen, node))
        if self.run:
            self.run.append(node)

    def _is_seen(self, node: Node) -> bool:
        return bool(raw_text(self.door, node).strip()) or (
            self.door.tag(node)[0] != "#" and has_media(self.door, node)
        )

    def _block(self, node: Node, tag: str, frame: Frame) -> None:
        """Add one block-level element, or pass over it where a reader sees nothing of it."""
        door, role = self.door, _ROLES[tag]
        text = text_of(door, node)
        if (self.may_hide and is_hidden(door, node)) or not (text or role in _EVER or has_media(door, node)):
            self.flow.strays.append(node)
            return
        if role is Role.PARAGRAPH:
            role = _paragraph_role(door, [node], text)
        self._add(role, [node], frame, text)

    def _add(self, role: Role, nodes: Sequence[Node], frame: Frame, text: str | None = None, cut: Cut | None = None) -> None:
        if text is None:
            text = text_of(self.door, nodes[0])
        counted = self.is_steered and nodes[0] in self.choices.atomic
        strays: Sequence[Node] = ()
        if self.flow.strays:
            strays, self.flow.strays = self.flow.strays, []
        self.flow.pieces.append(Piece(role, nodes, frame, text, cut, counted, strays))

    def _end_run(self, frame: Frame) -> None:
        """Turn the loose nodes gathered so far into pieces."""
        run, self.run = self.run, []
        door = self.door
        if all(_is_blank(door, node) for node in run):
            self.flow.strays.extend(node for node in run if door.tag(node)[0] != "#" and door.tag(node) not in UNSEEN)
            return
        for line in lines(door, run, blank_lines=self._blank_lines_count(frame)):
            role = self._line_role(line.nodes, line.text)
            if role is None:
                self.flow.strays.extend(node for node in line.nodes if door.tag(node)[0] != "#")
            else:
                first, last = _trim(door, line.nodes)
                self.flow.strays.extend(node for node in line.nodes[:first] if door.tag(node)[0] != "#")
                self._add(role, line.nodes[first:last], frame, line.text, line.cut if first == 0 else None)
                self.flow.strays.extend(node for node in line.nodes[last:] if door.tag(node)[0] != "#")

    def _blank_lines_count(self, frame: Frame) -> bool:
        """Blank lines part paragraphs in editors' fragments without `<p>`, never in a page as it is served."""
        if self.door.is_page:
            return False
        return sum(self.door.tag(child) == "p" for child in self.door.children(frame.node)) <= 1

    def _line_role(self, nodes: Sequence[Node], text: str) -> Role | None:
        door = self.door
        if text and self.choices.is_opaque is not None and self.choices.is_opaque(text):
            return Role.BOX
        elements = [node for node in nodes if door.tag(node)[0] != "#" and not is_hidden(door, node)]
        controls = "".join(text_of(door, node) for node in elements if door.tag(node) in _CONTROLS)
        if text and text.replace(" ", "") != controls.replace(" ", ""):
            return _paragraph_role(door, nodes, text)
        if any(has_picture(door, node) for node in elements):
            return Role.FIGURE
        if text:
            return Role.BOX
        return Role.EMBED if any(has_media(door, node) for node in elements) else None


def _is_blank(door: Door, node: Node) -> bool:
    """Whether *node* shows nothing: white space, a comment, something unseen, an empty inline element."""
    tag = door.tag(node)
    if tag == TEXT:
        return not door.text(node).strip()
    if tag[0] == "#" or tag in UNSEEN or tag == "br" or is_hidden(door, node):
        return True
    return not door.text(node).strip() and not has_media(door, node)


def _trim(door: Door, nodes: Sequence[Node]) -> tuple[int, int]:
    """The slice of *nodes* without what shows nothing at its ends."""
    first, last = 0, len(nodes)
    while first < last and _is_blank(door, nodes[first]):
        first += 1
    while last > first and _is_blank(door, nodes[last - 1]):
        last -= 1
    return first, last


def _paragraph_role(door: Door, nodes: Sequence[Node], text: str) -> Role:
    if not text:
        return Role.FIGURE if any(has_picture(door, node) for node in nodes) else Role.EMBED
    if len(text) <= PSEUDO_HEADING_CHARS and not text.endswith((".", ",", ";")) and _is_bold(door, nodes, text):
        return Role.PSEUDO_HEADING
    return Role.PARAGRAPH


def _is_bold(door: Door, nodes: Sequence[Node], text: str) -> bool:
    bold = [
        element
        for node in nodes
        if door.tag(node)[0] != "#"
        for element in ([node] if door.tag(node) in _BOLD else door.find_all(node, *_BOLD))
    ]
    if not bold:
        return False
    return "".join(text_of(door, element) for element in bold).replace(" ", "") == text.replace(" ", "")


def seams(flow: Flow) -> list[Seam]:
    """The gap before each piece and the one after the last, as places between two siblings."""
    pieces = flow.pieces
    if not pieces:
        return []
    first, last = pieces[0], pieces[-1]
    found = [Seam(flow.root.node, None, _child(first, flow.root, 0), first.cut if first.frame is flow.root else None, (), first.nodes, first.strays, flow.root.closed)]
    found += [_between(above, below) for above, below in zip(pieces, pieces[1:])]
    found.append(Seam(flow.root.node, _child(last, flow.root, -1), None, None, last.nodes, (), tuple(flow.strays), flow.root.closed))
    return found


def _between(above: Piece, below: Piece) -> Seam:
    one, other = above.frame, below.frame
    while one is not other:
        if one.depth >= other.depth:
            one = one.outer or one
        else:
            other = other.outer or other
    cut = below.cut if below.frame is one else None
    return Seam(
        one.node,
        _child(above, one, -1),
        _child(below, one, 0),
        cut=cut,
        upper=above.nodes,
        lower=below.nodes,
        strays=below.strays,
        closed=one.closed,
    )


def _child(piece: Piece, frame: Frame, end: int) -> Node:
    """The child of *frame* that holds *piece*, or the first (0) or last (-1) node of the piece itself."""
    if piece.frame is frame:
        return piece.nodes[end]
    inner = piece.frame
    while inner.outer is not None and inner.outer is not frame:
        inner = inner.outer
    return inner.node
