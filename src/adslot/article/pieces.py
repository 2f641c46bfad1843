"""Pieces: what the walk finds becomes blocks of the flow, elements one by one and loose text line by line.

What shows nothing is no block. It is noted for the piece below it all the same: formatting that it leaves open would
wrap a slot.
"""

from __future__ import annotations

from collections.abc import Sequence

from adslot.article.blocks.names import EVER, FILLED, ROLES, Choices
from adslot.article.blocks.paragraphs import Line, is_blank, line_role, lines, paragraph_role, text_role, trim
from adslot.article.groups.placeholders import placeholder_role
from adslot.article.raw import Flow, Frame, RawBlock
from adslot.article.story.subheads import MOST_NAMED, is_named_subhead
from adslot.article.traits import CAPTION, CAPTIONED, NO_TRAITS, media_traits, text_traits
from adslot.html.dom import Dom, Node, TextCut
from adslot.html.elements import UNSEEN
from adslot.html.text import chars_of
from adslot.html.visible import block_text, has_media, has_picture
from adslot.roles import COUNTED, PARAGRAPH, PSEUDO_HEADING, Role

# The longest novels have fewer paragraphs.
MOST_PIECES = 25_000
# Text that is no more than that, unless it stands below a picture or a quotation.
_RUNNING = COUNTED - {Role.QUOTE}


class TooLongError(Exception):
    """There are more pieces than any story has."""


class Pieces:
    """Adds pieces to a flow; what stands above one says whether it is a caption."""

    def __init__(self, flow: Flow, choices: Choices) -> None:
        self._flow, self._choices = flow, choices
        self._below: Role | None = None  # the picture or quotation above, whose captions may go on

    def add_element(self, dom: Dom, node: Node, tag: str, known: Role | None, frame: Frame, text: str | None) -> None:
        """Add one block-level element, of a *known* role or its tag's; pass over it where a reader sees nothing of it."""
        text = block_text(dom, node, tag) if text is None else text
        role = known or ROLES[tag]
        if known is None:
            if not (text or role in EVER or has_media(dom, node) or _is_placeholder(dom, node, tag)):
                self._flow.strays.append(node)
                return
            if tag == "figcaption" and has_picture(dom, node):
                role = Role.FIGURE
            elif role is PARAGRAPH:
                role = paragraph_role(dom, (node,), text)
        self.add(dom, role, (node,), frame, text)

    def add_run(self, dom: Dom, run: Sequence[Node], frame: Frame) -> None:
        """Add the lines of loose nodes."""
        if all(is_blank(dom, node) for node in run):
            self._stray(dom, run)
            return
        for line in lines(dom, run, blank_lines=_is_cut_at_blank_lines(dom, frame)):
            self._add_line(dom, line, frame)

    def add(
        self, dom: Dom, role: Role, nodes: Sequence[Node], frame: Frame, text: str, cut: TextCut | None = None
    ) -> None:
        """Add a piece of *nodes* with this visible *text*, perhaps in another role: by its class, by its length."""
        if frame.is_shell and role is not Role.HEADING:
            self._stray(dom, nodes)
            return
        flow, choices = self._flow, self._choices
        if role is PARAGRAPH:
            if len(text) <= MOST_NAMED and is_named_subhead(dom, nodes, frame):
                role = PSEUDO_HEADING
            elif len(text) < choices.short:
                role = text_role(text, choices.short)
        traits, counts = NO_TRAITS, True
        if self._below is not None or role not in _RUNNING:
            traits = self._traits(dom, role, nodes, frame, text)
            counts = (role in COUNTED and CAPTION not in traits) or nodes[0] in choices.atomic
        strays: Sequence[Node] = ()
        if flow.strays:
            strays, flow.strays = flow.strays, []
        if len(flow.pieces) >= MOST_PIECES:
            raise TooLongError
        chars = chars_of(text) if counts else 0
        flow.pieces.append(RawBlock(role, nodes, frame, text, chars, cut, strays, traits))

    def _traits(self, dom: Dom, role: Role, nodes: Sequence[Node], frame: Frame, text: str) -> frozenset[str]:
        """The traits of what is no text, or stands below a picture or quotation."""
        traits = NO_TRAITS
        if role not in _RUNNING:
            traits = media_traits(dom, role, nodes, frame)
        elif self._below is not None:
            traits = text_traits(dom, role, nodes, frame, text, self._below)
        if CAPTION not in traits:
            self._below = role if role in CAPTIONED else None
        return traits

    def _add_line(self, dom: Dom, line: Line, frame: Frame) -> None:
        is_opaque = self._choices.is_opaque
        text = line.text
        first, last = trim(dom, line.nodes, line.parts)
        shown = line.nodes[first:last]
        role = Role.BOX if is_opaque is not None and is_opaque(text) else line_role(dom, shown, text)
        if role is None or not shown:
            self._stray(dom, line.nodes)
            return
        self._stray(dom, line.nodes[:first])
        self.add(dom, role, shown, frame, text, line.cut if first == 0 else None)
        self._stray(dom, line.nodes[last:])

    def _stray(self, dom: Dom, nodes: Sequence[Node]) -> None:
        """Note elements that show nothing: formatting that they leave open would wrap a slot."""
        for node in nodes:
            tag = dom.tag(node)
            if tag[0] != "#" and tag not in UNSEEN:
                self._flow.strays.append(node)


def _is_placeholder(dom: Dom, node: Node, tag: str) -> bool:
    return tag in FILLED and placeholder_role(dom, node, tag) is not None


def _is_cut_at_blank_lines(dom: Dom, frame: Frame) -> bool:
    """Whether blank lines part paragraphs: in editors' fragments without `<p>`, never in a page as it is served."""
    if frame.is_parted:
        return False
    if frame.is_cut_at_blank_lines is None:
        children = () if dom.is_page else dom.tagged_children(frame.node)
        frame.is_cut_at_blank_lines = not dom.is_page and [tag for tag, _ in children].count("p") <= 1
    return frame.is_cut_at_blank_lines
