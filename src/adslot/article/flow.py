"""The flow: the body's blocks in reading order, whatever wrappers they stand in.

A walk over the body without recursion. Elements that only group others are looked through, at any
depth; everything else is one piece (`pieces`). Loose text between them is gathered into runs. Nothing
here knows where a slot may go: a piece remembers its nodes and its frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.article.blocks.aria import aria_role
from adslot.article.blocks.headings import SHELLS, is_shell, named_heading
from adslot.article.blocks.names import ROLES, WHOLE, Choices
from adslot.article.blocks.paragraphs import OF_TEXT, begins_line, holds_paragraphs, is_blank, paragraph_role
from adslot.article.blocks.quotations import is_quotation
from adslot.article.deep import Deep
from adslot.article.foreign.classify import classify, classify_unnamed
from adslot.article.foreign.covers import Covers
from adslot.article.foreign.openings import may_be_label
from adslot.article.groups.unnamed import is_unnamed
from adslot.article.groups.whole import Wholes
from adslot.article.markers import MARKING, Editors, Marker
from adslot.article.pieces import Pieces, TooLongError
from adslot.article.raw import Flow, Frame
from adslot.html.dom import COMMENT, TEXT, Dom, Node
from adslot.html.elements import FORMATTING, HEADINGS, PAGE_TAGS, UNSEEN, WRAPPERS
from adslot.html.text import visible
from adslot.html.visible import block_text, has_blocks, is_hidden
from adslot.roles import AD, MARK, Role

# Wrappers are looked through no deeper than browsers nest elements.
DEEPEST = 512
# From here on what a wrapper holds is found out for all of them at once.
DEEP = 16


def read_flow(dom: Dom, body: Node, choices: Choices | None = None) -> Flow:
    """Every block of *body*, in reading order; none where there are more than any story has."""
    try:
        return _Walk(dom, body, choices or Choices()).flow
    except TooLongError:
        return Flow(Frame(body, None, 0), unread=True)


class _Walk:
    """The state of one walk: the open frames and the run of loose nodes in the innermost one."""

    def __init__(self, dom: Dom, body: Node, choices: Choices) -> None:
        self.dom: Dom = dom
        self.choices = choices
        self.wholes, self.covers = Wholes(dom, body), Covers(dom, body)
        # All are rare: asked once, not for every block.
        self.may_hide = body in dom.unseen.around
        self.may_close = dom.holds_mark(body) or (dom.tag(body)[0] != "#" and dom.has_attribute(body, MARK))
        self.has_breaks = dom.holds(body, "br")
        self.is_steered = choices.name_blocks
        self.opened = choices.open  # by the policy, whatever they are
        closed = dom.tag(body)[0] != "#" and self._is_off(body)
        self.flow = Flow(Frame(body, None, 0, closed), closed)
        self.pieces = Pieces(self.flow, choices)
        self.run: list[Node] = []
        self.editors, self.inner_markers = Editors(dom, body), list[tuple[Frame, Marker]]()
        self.may_mark = bool(dom.comments(body, holding=MARKING))
        self.unnamed = False  # whether no name of the element at hand says anything
        # How many of the run were asked whether they show anything, and whether one did.
        self.asked, self.has_begun = 0, False
        self._walk()

    def _walk(self) -> None:
        root, dom = self.flow.root, self.dom
        stack: list[tuple[Frame, Iterator[tuple[str, Node]]]] = [(root, iter(dom.tagged_children(root.node)))]
        while stack:
            frame, children = stack[-1]
            inner = self._advance(frame, children)
            if self.run:
                self._end_run(frame)
            if inner is None:
                stack.pop()
                self._leave(frame)
                if frame.depth == DEEP:
                    self.dom = dom
            else:
                stack.append((inner, iter(dom.tagged_children(inner.node))))
            edge = inner or frame
            if not edge.is_wrapper and dom.tag(edge.node) in FORMATTING:
                self.flow.strays.append(edge.node)  # open, or made up, it would wrap a slot before or after it

    def _advance(self, frame: Frame, children: Iterator[tuple[str, Node]]) -> Frame | None:
        """Take the children of *frame* up to one that must be looked through; None at the end."""
        for tag, node in children:
            if tag[0] == "#" or tag in UNSEEN:
                if tag != TEXT or self.run or not self.dom.text(node).isspace():
                    self._pass(node, tag, frame)
                continue
            if tag == "p" and self._is_plain(node, frame):
                continue
            text = block_text(self.dom, node, tag) if tag in ROLES else None
            raw = self.dom.text(node) if tag in WRAPPERS else None  # asked by several, and long
            self.unnamed = raw is not None and is_unnamed(self.dom, node, tag)
            role = self._known_role(node, tag, text, raw)
            if role is None:
                shell = tag in SHELLS and node not in self.opened and is_shell(self.dom, node, tag, raw)
                parted = self.has_breaks and tag in OF_TEXT and self._is_parted(node, tag)
                if shell or parted or ((text is None or self.is_steered) and self._is_open(node, tag)):
                    if (inner := self._enter(node, tag, frame, raw, shell=shell, parted=parted)) is not None:
                        return inner
                    continue
                if text is None:
                    self.run.append(node)
                    continue
            if self.run:
                self._end_run(frame)
            self._block(node, tag, role, frame, text)
        return None

    def _is_plain(self, node: Node, frame: Frame) -> bool:
        """Whether a paragraph is plain text and nothing else by any mark: most are, and are taken at once."""
        dom = self.dom
        if self.is_steered or dom.attribute_names(node):
            return False
        is_broken = node in dom.unseen.broken
        text = visible(dom.seen_text(node) if is_broken else dom.text(node))
        if not text or may_be_label(text) or (is_broken and self._is_parted(node, "p")):
            return False
        if self.run:
            self._end_run(frame)
        nodes = (node,)
        self.pieces.add(dom, paragraph_role(dom, nodes, text), nodes, frame, text)
        return True

    def _pass(self, node: Node, tag: str, frame: Frame) -> None:
        """Take what is no element, or none that shows: part of a run where one has begun."""
        if tag == COMMENT and self.may_mark:
            self._note_marker(node, frame)
        if self.run or tag == TEXT:
            self.run.append(node)

    def _known_role(self, node: Node, tag: str, text: str | None, raw: str | None) -> Role | None:
        """The role of an element that the policy or its own marks name; None for all others.

        *text* is what a reader sees of it, *raw* all its text, where these are known.
        """
        if self.is_steered:
            if node in self.choices.ads:
                return AD
            if node in self.choices.headings:
                return named_heading(self.dom, node, tag)
            if node in self.opened:
                return None
            if node in self.choices.atomic or node in self.choices.skip:
                return Role.BOX
        if tag in HEADINGS:
            return None
        if self.unnamed:
            role = classify_unnamed(self.dom, node, raw)
        else:
            role = classify(self.dom, node, tag, text, raw)
            if role is None and (names := self.dom.attribute_names(node)):
                role = self._own_role(node, tag, names)
        if role is None or role is AD:  # ads are there before they are shown
            return role
        is_gone = (self.may_hide and is_hidden(self.dom, node)) or self.covers.has(self.dom, node)
        return None if is_gone else role

    def _own_role(self, node: Node, tag: str, names: Sequence[str]) -> Role | None:
        """The role of an element, with attributes of these *names*, that its `role` or its class tells, not its tag."""
        role = aria_role(self.dom, node) if "role" in names else None
        return Role.QUOTE if role is None and "class" in names and is_quotation(self.dom, node, tag) else role

    def _is_open(self, node: Node, tag: str) -> bool:
        """Whether an element must be looked through: a wrapper by its name, or what holds blocks all the same."""
        if tag in WRAPPERS or node in self.opened:
            return True
        return tag not in ROLES and tag not in WHOLE and has_blocks(self.dom, node)

    def _is_parted(self, node: Node, tag: str) -> bool:
        """Whether an element's own text is several paragraphs to a reader, and none of them began before it."""
        return holds_paragraphs(self.dom, node, tag, self.choices.short) and (
            tag == "p" or begins_line(self.dom, self.run)
        )

    def _enter(self, node: Node, tag: str, frame: Frame, raw: str | None, *, shell: bool, parted: bool) -> Frame | None:
        """The frame of a wrapper, perhaps the *shell* of a heading, or of text that is *parted*.

        None for one that is hidden, one that stays whole, or is nested deeper than browsers do.
        """
        if self.may_hide and is_hidden(self.dom, node):
            self.run.append(node)
            return None
        if not self.unnamed and node not in self.opened and self.covers.has(self.dom, node):
            self.flow.strays.append(node)
            return None
        is_open = shell or parted or frame.is_shell or node in self.opened
        if not is_open and (whole := self.wholes.role(self.dom, node, tag, raw, unnamed=self.unnamed)) is not None:
            if self.run:
                self._end_run(frame)
            self._block(node, tag, whole, frame, None)
            return None
        if frame.depth >= DEEPEST:
            return None
        closed = frame.closed or self._is_off(node)
        self.flow.has_closed |= closed
        if frame.depth + 1 == DEEP:
            self.dom = Deep(self.dom, node)
        self.flow.is_parted |= parted
        return Frame(node, frame, frame.depth + 1, closed, tag in WRAPPERS, shell or frame.is_shell, parted)

    def _is_off(self, node: Node) -> bool:
        return self.may_close and self.dom.attribute(node, MARK) == "off" and self.dom.tag(node) not in PAGE_TAGS

    def _note_marker(self, node: Node, frame: Frame) -> None:
        if found := self.editors.marker(node):
            marker = Marker(found[1], found[2], len(self.flow.pieces) + self._has_begun())
            self.flow.markers.append(marker)
            if frame.outer is not None:
                self.inner_markers.append((frame, marker))

    def _leave(self, frame: Frame) -> None:
        """Tell the markers in *frame* that it ends here."""
        while self.inner_markers and self.inner_markers[-1][0] is frame:
            self.inner_markers.pop()[1].until = len(self.flow.pieces)

    def _has_begun(self) -> bool:
        """Whether the run shows anything so far; every node of it is asked once."""
        while not self.has_begun and self.asked < len(self.run):
            self.has_begun = not is_blank(self.dom, self.run[self.asked])
            self.asked += 1
        return self.has_begun

    def _block(self, node: Node, tag: str, known: Role | None, frame: Frame, text: str | None) -> None:
        """Add one block-level element, of a *known* role or its tag's; pass over it where the page hides it."""
        if known is None and self.may_hide and is_hidden(self.dom, node):
            self.flow.strays.append(node)
        else:
            self.pieces.add_element(self.dom, node, tag, known, frame, text)

    def _end_run(self, frame: Frame) -> None:
        """Turn the loose nodes gathered so far into pieces."""
        run, self.run = self.run, []
        self.asked, self.has_begun = 0, False
        self.pieces.add_run(self.dom, run, frame)
